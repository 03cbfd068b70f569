"""Score record batches: distinct cells are read once, arithmetic is done on whole columns, and the rest row by row.

What rows share is found by the frames of an engine, as for single rows (:mod:`pfscore.scoring.row.framing.frames`):
here the numbers of a column are put into an arm's formula at once. A row that has no frame, or whose numbers might
need more than 62 bits, is scored as one row; equal rows once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pfscore.cells.cell_text import SideName
from pfscore.forms.files.rows import Layout, is_cell
from pfscore.formulas.evaluation.columns import Integers
from pfscore.scoring.columns.actuals import Actuals, Codes, Combined, Texts, combined, points_of, texts_of
from pfscore.scoring.columns.results import DECIMALS, SCHEMA, Inputs, Result, Results, counted, joined, scores_of
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from pfscore.scoring.row.doubts import may_speak_against
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.figures import TENTH, may_be_slip
from pfscore.scoring.row.framing.arms import ARMS, ENDLESS, FAR, Arm, Frame
from pfscore.scoring.row.framing.frames import GIVEN, Frames, Place
from pfscore.scoring.row.framing.shapes import ONE_IN_SCALE

#: How many rows are scored at a time.
_ROWS = 1 << 17
#: Numbers below this are compared; those above are left to single rows.
_SAFE = 2**54
#: Stands between the parts of a path.
_BETWEEN = "\x1f"


def score_columns(engine: Engine, data: Any) -> Any:
    """Score a table or a record batch; the result is one too, with a row for every row."""
    if isinstance(data, pa.RecordBatch):
        return joined(_scored(engine, [data]))
    found = _scored(engine, (data if isinstance(data, pa.Table) else pa.table(data)).to_batches())
    return pa.Table.from_batches(found, SCHEMA.with_metadata(counted(found)))


def _scored(engine: Engine, batches: list[Any]) -> list[Any]:
    return [
        _Batch(engine, batch.slice(start, _ROWS)).score()
        for batch in batches
        for start in range(0, batch.num_rows, _ROWS)
    ]


class _Batch:
    """Some rows as columns."""

    def __init__(self, engine: Engine, batch: Any) -> None:
        self._engine, self._size = engine, batch.num_rows
        names = batch.schema.names
        self._layout = Layout.of(names) if len(set(names)) == len(names) else None
        #: What decides of each column; all of it where a key may be a misspelling.
        self._columns = {
            name: column
            for name, column in zip(names, batch.columns, strict=True)
            if self._layout is None or is_cell(name)
        }
        self._results = Results(self._size)

    def score(self) -> Any:
        """Return what the rows earn."""
        frames, which = self._engine.frames, self._results.which
        rows = None
        if frames is not None and self._layout is not None:
            rows = _Rows(self._columns, self._layout, frames, self._size)
            _by_frames(rows, self._score_one, self._results)
        left = np.flatnonzero(which < 0)
        if len(left):
            codes, first = (np.arange(len(left)), np.arange(len(left))) if rows is None else rows.alike(left)
            found = [self._results.number(self._score_one(row)) for row in left[first].tolist()]
            which[left] = np.array(found)[codes]
        return self._results.batch(len(left))

    def _score_one(self, row: int) -> Result:
        """Score one row as :meth:`Engine.score_cells` does."""
        one = self._engine.score_cells({name: column[row].as_py() for name, column in self._columns.items()})
        return Result(**{name: getattr(one, name) for name in GIVEN})


class _Rows:
    """The cells of rows as codes, and which rows may have frames."""

    def __init__(self, columns: dict[str, Any], layout: Layout, frames: Frames, size: int) -> None:
        self.frames, self.size, self.has_place = frames, size, layout.has_place
        self.odd = np.zeros(size, np.bool_)
        for name in layout.blank:
            self.odd |= columns[name].is_valid().to_numpy(zero_copy_only=False)
        blank = pa.nulls(size)
        points, odd = points_of(columns.get("points", blank))
        self._note(odd)
        columns = columns | {"points": points}
        for name in layout.texts:
            self._note(texts_of(columns[name])[1])
        if "note" in layout.texts:
            notes = self._texts(columns["note"])
            self.odd |= np.array([bool(text) and may_speak_against(text) for text in notes.values], np.bool_)[
                notes.codes
            ]
        self.target, self.comparator, self.unit, self.points, self.printed = (
            self._texts(columns.get(name, blank))
            for name in ("target", "comparator", "unit", "points", "published_score")
        )
        self.actual, odd = texts_of(columns.get("actual", blank))
        self._note(odd)
        self.actuals = Actuals.of(self.actual, beside_names=layout.has_place)
        self.places: list[Place] = [frames.anywhere]
        self.place: Codes = np.zeros(size, np.int64)
        self.named: Codes = self.place
        if layout.has_place:
            self._find_places(columns.get("name", blank), columns.get("path", blank))
        self.usable = ~self.odd & (self.actuals.codes >= 0) & (self.place >= 0)
        if layout.has_place:
            # Beside words, the name decides too.
            self.usable &= ~self._has_words(self.target, "target")

    def _texts(self, column: Any) -> Texts:
        found = Texts.of(column)
        self._note(found.odd)
        return found

    def _note(self, odd: NDArray[np.bool_] | None) -> None:
        if odd is not None:
            self.odd |= odd

    def _find_places(self, names: Any, paths: Any) -> None:
        """Find what rules may ask for of names and paths; -1 where that is not known."""
        name = self._texts(names)
        path = self._paths(paths)
        self.named, first = combined([(name.codes, len(name.values)), *path], self.size)
        found = [
            self.frames.place(name.values[code], None if held is None else tuple(held))
            for code, held in zip(name.codes[first].tolist(), paths.take(pa.array(first)).to_pylist(), strict=True)
        ]
        numbers: dict[Place, int] = {}
        places = np.array([-1 if one is None else numbers.setdefault(one, len(numbers)) for one in found], np.int64)
        self.places, self.place = list(numbers), places[self.named] if len(places) else self.place

    def _paths(self, column: Any) -> list[tuple[Codes, int]]:
        """Return codes for paths: by their parts, and how many these are."""
        if pa.types.is_null(column.type):
            return []
        if not pa.types.is_list(column.type) or not pa.types.is_string(column.type.value_type):
            self._note(column.is_valid().to_numpy(zero_copy_only=False))
            return []
        joined = Texts.of(pc.binary_join(column, _BETWEEN))
        count = pc.fill_null(pc.list_value_length(column), -1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
        is_blank = pc.binary_join(column, _BETWEEN).is_null().to_numpy(zero_copy_only=False)
        has_between = np.array([text is not None and text.count(_BETWEEN) for text in joined.values], np.int64)
        self.odd |= ((count > 0) & is_blank) | (has_between[joined.codes] > np.maximum(count - 2, 0))
        return [(joined.codes, len(joined.values)), (count, int(count.max(initial=0)) + 1)]

    @staticmethod
    def _has_words(texts: Texts, side: SideName = "actual") -> NDArray[np.bool_]:
        return np.array([has_words(text, side) for text in texts.values], np.bool_)[texts.codes]

    def alike(self, rows: Codes) -> Combined:
        """Return codes that rows have in common which earn the same, and the first row of each code."""
        target, comparator, unit, points = (
            Texts(one.codes[rows], one.values) for one in (self.target, self.comparator, self.unit, self.points)
        )
        actual = Texts.of(self.actual.take(pa.array(rows)))
        columns = [(one.codes, len(one.values)) for one in (target, comparator, unit, points, actual)]
        odd = np.where(self.odd[rows], rows + 1, 0)
        columns.append((odd, self.size + 1))
        if self.has_place:
            place, named = self.place[rows], self.named[rows]
            by_name = (place < 0) | self._has_words(actual) | self._has_words(target, "target")
            columns.append((np.where(by_name, named + 1, 0), int(named.max()) + 2))
            columns.append((np.where(by_name, 0, place), len(self.places) + 1))
            columns.append((self.printed.codes[rows], len(self.printed.values)))
        return combined(columns, len(rows))


def _by_frames(rows: _Rows, score_one: Callable[[int], Result], results: Results) -> None:
    """Score the rows of which frames are known, or become known when the first of them is scored."""
    at = np.flatnonzero(rows.usable)
    if not len(at):
        return
    pairs, frames = _Pairs(rows, at), rows.frames
    points = rows.points.codes[at]
    codes, first = combined([(pairs.arm, len(pairs.arms) + 1), (points, len(rows.points.values))], len(at))
    # What a group of rows shares: the number of its result, and of its function where it has one.
    number, function = np.full((2, len(first)), -1, np.int64)
    functions: dict[int, tuple[int, Arm]] = {}
    worths = np.array([frames.worth(text) or (0, 1) for text in rows.points.values], object)
    groups = [
        (index, pairs.arms[arm], rows.points.values[code], row)
        for index, (arm, code, row) in enumerate(
            zip(pairs.arm[first].tolist(), points[first].tolist(), at[first].tolist(), strict=True)
        )
        if arm < len(pairs.arms)
    ]
    for _, arm, text, row in groups:
        if _may_learn(frames, arm, text):
            score_one(row)
    for index, arm, text, _ in groups:
        worth = frames.worth(text)
        if arm.compute is not None and worth is not None:
            if max(worth) < _SAFE:
                function[index], _ = functions.setdefault(id(arm.compute), (len(functions), arm))
                number[index] = results.number(Result(None, None, None, **{name: arm.given[name] for name in _SHARED}))
        elif (given := frames.given(arm, text)) is not None:
            number[index] = results.number(Result(**{name: given[name] for name in GIVEN}))
    number, function = number[codes], function[codes]
    fixed = np.flatnonzero((function < 0) & (number >= 0))
    results.which[at[fixed]] = number[fixed]
    worths = np.where(worths < _SAFE, worths, 0).astype(np.int64)
    for index, arm in functions.values():
        mine = np.flatnonzero(function == index)
        scores = pairs.scores(arm, mine, worths[points[mine]])
        done = np.flatnonzero(scores >= 0)
        results.compute(at[mine[done]], number[mine[done]], scores[done])


#: What all scores of a function share.
_SHARED = tuple(name for name in GIVEN if name not in {"score", "low", "high"})


def _may_learn(frames: Frames, arm: Arm, points: str | None) -> bool:
    """Return whether a row of an arm that carries these points may teach something about others."""
    has_worth = frames.worth(points) is not None
    return not (has_worth and arm.is_settled) and frames.given(arm, points) is None


class _Pairs:
    """Rows whose cells have a shape: their numbers beside those of their targets, and the arm of each."""

    def __init__(self, rows: _Rows, at: Codes) -> None:
        self._rows, self._at = rows, at
        cells = (rows.target, rows.comparator, rows.unit)
        keys: list[tuple[Codes, int]] = [(one.codes[at], len(one.values)) for one in cells]
        keys.append((rows.actuals.codes[at], len(rows.actuals.words)))
        self._codes, first = combined(keys, len(at))
        #: The arms of all pairs, six for each frame; a row that has none is behind them.
        self.arms: list[Arm] = []
        frames: dict[Frame, int] = {}
        table = []
        actuals = rows.actual.take(pa.array(at[first])).to_pylist()
        parts = zip(*(codes[first].tolist() for codes, _ in keys), actuals, strict=True)
        for target, comparator, unit, words, actual in parts:
            texts = (one.values[code] for one, code in zip(cells, (target, comparator, unit), strict=True))
            pair = rows.frames.pair((*texts, rows.actuals.words[words]), actual)
            numbers = (
                (pair.edges, pair.share, pair.of, *pair.target, pair.size, pair.per, pair.frame.whole) if pair else ()
            )
            if not pair or max(numbers) >= _SAFE:
                table.append((1, *[0] * 9, -1))
                continue
            table.append((*numbers, frames.setdefault(pair.frame, len(frames))))
        self._table = np.array(table, np.int64).T
        self._base = self._bases(list(frames), self._table[-1][self._codes])
        self._number, self._power = rows.actuals.number[at], rows.actuals.power[at]
        self.arm = self._arms()

    def _bases(self, frames: list[Frame], frame: Codes) -> Codes:
        """Return where the arms of each row begin; -1 where it has no frame."""
        rows, at = self._rows, self._at
        place = rows.place[at]
        codes, first = combined([(frame + 1, len(frames) + 1), (place, len(rows.places))], len(at))
        bases = []
        for number, code in zip(frame[first].tolist(), place[first].tolist(), strict=True):
            arms = rows.frames.arms(frames[number], rows.places[code]) if number >= 0 else ()
            bases.append(len(self.arms) if arms else -1)
            self.arms += arms
        return np.array(bases, np.int64)[codes]

    def _arms(self) -> Codes:
        """Return which arm each row belongs to; one behind all of them where it has none, or its numbers are large."""
        edges, share, of = self._table[:3]
        n, d = _product(self._number, share[self._codes]), _product(self._power, of[self._codes])
        self._ratio = n, d
        is_safe = (n >= 0) & (d >= 0)
        standing = (n > d).astype(np.int64) - (n < d)
        kinds = np.unique(edges)
        edge = edges[self._codes] if len(kinds) > 1 else np.full(len(n), kinds[0])
        if 0 in kinds:
            size, per = self._as_it_is()
            is_safe &= (size >= 0) & (per >= 0)
            standing = np.where(edge == 0, np.where(self._number == 0, 0, np.where(size == per, 1, 2)), standing)
        if ONE_IN_SCALE in kinds:
            standing = np.where((edge == ONE_IN_SCALE) & ((10 * n < d) | (n > 10 * d)), FAR, standing)
        if 2 in kinds:
            high, high_per = (self._table[index][self._codes] for index in (5, 6))
            size, per = self._as_it_is()
            n, d = _product(size, high_per), _product(per, high)
            is_safe &= (edge != 2) | ((size >= 0) & (per >= 0) & (n >= 0) & (d >= 0))
            standing = np.where(edge == 2, standing + (n > d) - (n < d), standing)
        is_known = is_safe & (self._base >= 0) & (standing != FAR) & ~self._may_be_doubted(edge)
        return np.where(is_known, self._base + standing % ARMS, len(self.arms))

    def _may_be_doubted(self, edge: Codes) -> NDArray[np.bool_]:
        """Return which actuals may be doubted by their sizes, or as shares of a whole under the name of the row."""
        n, d = self._ratio
        smaller, larger = np.minimum(n, d), np.maximum(n, d)
        found: NDArray[np.bool_] = (edge == 1) & (smaller > 0) & may_be_slip(larger, smaller)
        is_whole = np.array([place.of_name.is_whole for place in self._rows.places])
        whole = self._table[9]
        if is_whole.any() and (whole < ENDLESS).any():
            is_tenth = (edge % 2 == 1) & (TENTH[0] * n < d) & (d <= TENTH[1] * n)
            above = self._number > self._power * whole[self._codes]
            found |= is_whole[self._rows.place[self._at]] & (whole < ENDLESS)[self._codes] & (above | is_tenth)
        return found

    def _as_it_is(self) -> tuple[Integers, Integers]:
        size, per = (self._table[index][self._codes] for index in (7, 8))
        return _product(self._number, size), _product(self._power, per)

    def scores(self, arm: Arm, rows: Codes, points: Integers) -> Integers:
        """Return the scores of rows of one function, as results hold them; -1 where a row is scored alone."""
        made, compute = arm.computation, arm.compute
        found = np.full(len(rows), -1, np.int64)
        if made is None or compute is None or made.decimals[0] > DECIMALS:
            return found
        n, d = (part[rows] for part in (self._ratio if arm.by_ratio else self._as_it_is()))
        edges = self._table[3:7][:, self._codes[rows]] if made.uses_target else np.zeros((4, len(rows)), np.int64)
        inputs = Inputs((n, d), (points[:, 0], points[:, 1]), *((edges[:2], edges[2:]) if made.uses_target else ()))
        safe = np.flatnonzero((n >= 0) & (d >= 0) & (points[:, 1] > 0))
        if len(safe):
            first = safe[0]
            expected = compute(int(n[first]), int(d[first]), tuple(points[first].tolist()), edges[:, first].tolist())
            scores = scores_of(made, inputs if len(safe) == len(rows) else inputs.of(safe))
            if scores[0] in {-1, expected}:
                scale = 10 ** (DECIMALS - made.decimals[0])
                found[safe] = np.where((scores >= 0) & (scores < 2**62 // scale), scores * scale, -1)
        return found


def _product(left: Integers, right: Integers) -> Integers:
    """Return the products; -1 for one that is too large."""
    if not len(left) or int(left.max()) * int(right.max()) < _SAFE:
        return left * right
    is_safe = left <= (_SAFE - 1) // np.maximum(right, 1)
    return np.where(is_safe, np.where(is_safe, left, 0) * right, -1)
