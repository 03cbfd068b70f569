"""Frames: what the engine has found about rows of one shape, as functions of integers.

A row is a shape with numbers put in: `≥26万人` and `28.5万人` are `≥_万人` and `_万人` with 26 and 28.5. For each
shape, a frame holds the sizes of the numbers, and an arm for each way in which the actual can compare with the target.
The engine scores the first row of every arm. Where its rule computes, the formula becomes a function of integers, which
is kept only if it gives what the engine gave; where nothing but the points decides, the engine's result is kept for
these points. Any other row is scored by the engine, and remembered by its texts.

Rows of forms have the frames of single rows, but arms of their own for each year, by which words may be read.
A row whose figures are doubted, or may be with numbers that its arm does not tell apart, is scored by the engine too.

What a frame gives is the points, the outcome and whether the target was met; everything else about a score is found by
the engine when somebody asks (:class:`pfscore.scoring.row.score.Score`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Literal, NamedTuple

from pfscore.cells.plain_numbers import IN_FRONT, POWERS, may_be_date
from pfscore.forms.files.rows import Layout
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.foundation.runtime.memory import Recent, characters
from pfscore.rulesets.in_force import RuleInForce
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from pfscore.scoring.row.comparing.readings_of_row import is_of_a_day
from pfscore.scoring.row.doubts import may_speak_against
from pfscore.scoring.row.figures import OF_NO_NAME, OfName, of_name
from pfscore.scoring.row.framing.arms import (
    ABOVE,
    AT,
    BELOW,
    FAR,
    Arm,
    Frame,
    Given,
    Pair,
    decided_by_points,
    new_arms,
)
from pfscore.scoring.row.framing.shapes import (
    MAX_BITS,
    Number,
    Shape,
    Target,
    actual_apart,
    among_words,
    number_apart,
    read_shape,
    words_around,
)
from pfscore.scoring.row.preparing.inputs import read_points
from pfscore.scoring.row.score import IndicatorScore, Scoring, Unframed, framed_score

#: The attributes of a score that are known without the engine.
GIVEN = ("score", "low", "high", "outcome", "met", "rule", "codes")
#: The target and the columns beside it, and the words of the actual.
_Key = tuple[str | None, str | None, str | None, Hashable]
#: What is kept of a score beside these, so that a sheet adds it up without the engine.
KEPT = (*GIVEN, "is_adjustment", "treatment")
#: What frames look at of a row: its key and its place, the texts of its actual and its points, and a printed score.
_Row = tuple[_Key, "Place", str | None, str | None, str | None]
#: How many layouts of rows, and how many texts of points, are remembered, and of how many characters.
_MAX_LAYOUTS, _MAX_LENGTH = 4096, 1000


class Place(NamedTuple):
    """What decides beside the cells: what rules ask for of the name, the path and the year, and what doubts look at."""

    asked: Hashable
    of_name: OfName = OF_NO_NAME
    is_of_a_day: bool = False


class Frames:
    """The frames of one engine, bounded in bytes.

    `place` says what rules may ask for of a row's name and path; `None` where such a row is the engine's.
    """

    def __init__(
        self,
        engine: Scoring,
        compiled: Callable[[RuleInForce], Compiled | None],
        place: Callable[[str | None, tuple[str, ...] | None], Hashable | None],
        *,
        borrow: bool,
    ) -> None:
        self._engine, self._compiled, self._place, self._borrow = engine, compiled, place, borrow
        #: The place of rows that have no keys for a name and a path: never that of a row whose name is known.
        self.anywhere = Place((place(None, None), None))
        #: By the name, or the name and the path, and the year.
        self._places: Recent[Hashable, Place | Literal[False]] = Recent()
        self._layouts: dict[tuple[Any, ...], Layout | None] = {}
        self._points: dict[str | None, Number | None] = {}
        self._pairs: Recent[_Key, Pair | Literal[False]] = Recent()
        self._shapes: Recent[Hashable, Shape | Literal[False]] = Recent()
        #: By the words of both cells.
        self._frames: Recent[Hashable, Frame | Literal[False]] = Recent()
        #: By a frame and the place of a row, and by the frame and what the place is remembered by.
        self._arms: Recent[tuple[Frame, Hashable], tuple[Arm, ...]] = Recent()
        self._arms_of_names: Recent[tuple[Frame, Hashable], tuple[Arm, ...]] = Recent()
        #: By the texts of a row whose actual does not begin with a number.
        self._worded: Recent[Hashable, Given] = Recent()
        #: By an arm and points, or by the row.
        self._remembered: Recent[Hashable, Given] = Recent()

    def score(self, cells: dict[Any, Any], year: int | None = None) -> IndicatorScore | None:  # noqa: C901 - one look-up after another
        """Return the score of a row, of which everything beside the points is found later; `None` to ask the engine.

        `year` is that of the form, by which the words of a row may be read; rows of a form have a place.
        """
        try:
            # Whatever is not plain goes to `_score`; calls would cost more here than what they do.
            layout = self._layouts.get(tuple(cells))
            if layout is None or (layout.is_checked and not _is_plain(cells, layout)):
                return self._score(cells, year)
            actual = cells["actual"]
            match = _in_front(actual or "")
            if match is None:
                given = self._worded.get(texts := _texts_of(cells, year))
                return self._score(cells, year, texts) if given is None else framed_score(given["score"], given, cells)
            whole, places, words = match.groups()
            if not words and may_be_date(whole):
                return self._score(cells, year)
            if layout.has_columns:
                key = cells["target"], cells.get("comparator"), cells.get("unit"), words
            else:
                key = cells["target"], None, None, words
            pair = self._pairs.get(key)
            if not pair:
                if pair is None:
                    pair = self.pair(key, actual)
                if not pair:
                    return self._score(cells, year)
            if places is None:
                number, power = int(whole), 1
            else:
                number, power = int(whole + places), POWERS[len(places)]
            if layout.has_place:
                named, path = cells.get("name"), cells.get("path")
                if year is not None:
                    named = named, path, year
                elif path is not None:
                    named = named, tuple(path) if type(path) is list else path
                arms = self._arms_of_names.get((pair.frame, named))
                if arms is None:
                    return self._score(cells, year)
            else:
                arms = pair.frame.arms
            n, d = number * pair.share, power * pair.of
            if not pair.is_simple:
                if layout.has_place and (number > power * pair.most or n * pair.few < d):
                    return self._score(cells, year)
                arm = arms[pair.standing(number, power)]
            elif n < d:
                if n * pair.few < d and n:
                    return self._score(cells, year)
                arm = arms[BELOW]
            elif n > d:
                arm = arms[ABOVE]
                if number > power * pair.most:
                    if layout.has_place:
                        return self._score(cells, year)
                    arm = arms[pair.standing(number, power)]
            else:
                arm = arms[AT]
            points = cells["points"]
            given = arm.given
            if arm.by_points is not None:
                score = arm.by_points.get(points)
                if score is None:
                    return self._score(cells, year)
            elif (compute := arm.compute) is None or (worth := self._points.get(points)) is None:
                given = self._remembered.get((arm, points))
                if given is None:
                    return self._score(cells, year)
                score = given["score"]
            else:
                if not arm.by_ratio:
                    n, d = number * pair.size, power * pair.per
                units = compute(n, d, worth, pair.target)
                if units < 0:
                    return self._score(cells, year)
                score = arm.decimals[units]
        except KeyError:  # A row without such a cell.
            return self._score(cells, year)
        except TypeError:  # A cell that is no text.
            return None
        kept = cells.copy()
        if layout.has_place and type(path) is list:
            kept["path"] = tuple(path)
        one: Any = Unframed()
        one.score, one._given, one._cells, one.__class__ = score, given, kept, IndicatorScore  # noqa: SLF001
        return one  # type: ignore[no-any-return]

    def learn(self, cells: dict[Any, Any], score: IndicatorScore, year: int | None = None) -> None:
        """Record a row that the engine has scored, the first one of its arm or one that no arm is for."""
        try:
            row = self._row_of(cells, year)
            if row is not None:
                self._learn(row, score)
        except TypeError:  # A cell that is no text.
            return

    def given(self, arm: Arm, points: str | None) -> Given | None:
        """Return what rows of an arm share that carry these points; `None` where nothing is known of them."""
        return self._remembered.recall((arm, points))

    def _row_of(self, cells: dict[Any, Any], year: int | None) -> _Row | None:
        """Return what frames look at of a row; `None` where more than these cells may decide."""
        layout = self._layout_of(tuple(cells))
        if layout is None or not _is_plain(cells, layout):
            return None
        get = cells.get
        actual, points = get("actual"), get("points")
        place = self.place(get("name"), _path_of(cells), year) if layout.has_place else self.anywhere
        # Beside words, the name decides too.
        if place is not None and layout.has_place and (has_words(actual) or has_words(get("target"), "target")):
            place = place._replace(asked=(place.asked, get("name")))
        printed = get("published_score") if place is not None and place.of_name.turned else None
        key = get("target"), get("comparator"), get("unit"), actual_apart(actual)[0]
        if type(points) is int and 0 <= points < 1000:
            points = str(points)
        _check_texts(*key[:3], actual, points)
        return None if place is None else (key, place, actual, points, printed)

    def _layout_of(self, keys: tuple[Any, ...]) -> Layout | None:
        if keys in self._layouts:
            return self._layouts[keys]
        layout = Layout.of(keys)
        if characters(keys) <= _MAX_LENGTH:
            if len(self._layouts) >= _MAX_LAYOUTS:
                self._layouts.clear()
            self._layouts[keys] = layout
        return layout

    def place(self, name: str | None, path: tuple[str, ...] | None, year: int | None = None) -> Place | None:
        """Return the place of a name and a path in a form of `year`; `None` where such a row is the engine's."""
        key = _named(name, path, year)
        if (place := self._places.recall(key)) is None:
            asked = self._place(name, path)
            asked = asked if asked is None or year is None else (asked, year)
            place = asked is not None and Place(asked, of_name(name or "", path or ()), is_of_a_day(name or ""))
            self._places.keep(key, place, 400 + 4 * characters((name, path)))
        return place or None

    def _score(self, cells: dict[Any, Any], year: int | None, texts: tuple[Any, ...] = ()) -> IndicatorScore | None:
        """Return the score of a row that is not plain, or that is remembered; its `texts` find it from then on."""
        row = self._row_of(cells, year)
        if row is None:
            return None
        key, place, actual, points, _ = row
        _, number, power = actual_apart(actual)
        given: Given | None = None
        if (pair := self.pair(key, actual)) and (arms := self.arms(pair.frame, place)):
            if place is not self.anywhere:
                self._note_name(_named(cells.get("name"), _path_of(cells), year), pair.frame, arms)
            arm = self._arm(pair, place, number, power)
            worth = self.worth(points)
            if arm is None:
                score = -1
            elif arm.compute is None or worth is None:
                score = 0
            else:
                score = arm.compute(*pair.actual(number, power, by_ratio=arm.by_ratio), worth, pair.target)
                if score >= 0 and not arm.is_doubted:
                    self._keep_points(arm, points, score)
                    return framed_score(arm.decimals[score], arm.given, cells)
            if score >= 0:
                given = self._remembered.recall((arm, points))
        if given is None:
            given = self._remembered.recall(row)
        if given is not None and texts and type(cells["points"]) is not int:
            self._worded.keep(texts, given, 900 + 4 * characters(texts))
        return None if given is None else framed_score(given["score"], given, cells)

    def _note_name(self, named: Hashable, frame: Frame, arms: tuple[Arm, ...]) -> None:
        """Remember the arms of a frame for what the place of a row is remembered by."""
        key = frame, named
        if self._arms_of_names.recall(key) is not arms:
            self._arms_of_names.keep(key, arms, 1000 + 4 * characters((named,)))

    @staticmethod
    def _keep_points(arm: Arm, points: str | None, score: int) -> None:
        """Remember the score that a text of points alone decides."""
        if arm.by_points is not None and len(points or "") <= _MAX_LENGTH:
            if len(arm.by_points) >= _MAX_LAYOUTS:
                arm.by_points.clear()
            arm.by_points[points] = arm.decimals[score]

    def _learn(self, row: _Row, score: IndicatorScore) -> None:
        key, place, actual, points, _ = row
        given: Given = {"engine": self._engine, **{name: getattr(score, name) for name in KEPT}}
        words, number, power = actual_apart(actual)
        pair = self.pair(key, actual)
        worth = self.worth(points)
        arm = self._arm(pair, place, number, power) if pair else None
        if pair and arm is not None and pair.tells(score, number, power):
            has_number = bool(words_around(words) or Target.of(*key[:3]).numbers)
            found = score.award.comparison
            # A rule's assumptions may compare what else has two units (≥365天/年 beside 340天).
            is_compared = (found.target, found.actual, found.low, found.high) != (None, None, None, None)
            if score.points_exact is None and (pair.edges or not is_compared):
                return self._remembered.keep((arm, points), given, 900)
            if worth is not None and not arm.is_settled:
                rule = score.rule_in_force
                compiled = None if rule is None else self._compiled(rule)
                if (pair.edges or not is_compared) and decided_by_points(score, has_number=has_number):
                    return self._remembered.keep((arm, points), given, 900)
                arm.find_function(score, given, compiled, pair, (number, power), worth)
                if arm.compute is not None and not arm.is_doubted:
                    return None
            if arm.is_doubted and score.award.in_doubt:
                return self._remembered.keep((arm, points), given, 900)
        texts = sum(len(text) for text in (*key[:3], actual, points) if text)
        return self._remembered.keep(row, given, 900 + 4 * texts)

    def worth(self, points: str | None) -> Number | None:
        """Return the points of a text; `None` where they are none that functions are computed with."""
        if points in self._points:
            return self._points[points]
        number, problems = read_points(points)
        worth = None if number is None or problems else number.as_integer_ratio()
        if worth is not None and (not worth[0] or worth[0].bit_length() + worth[1].bit_length() > MAX_BITS):
            worth = None
        if len(points or "") <= _MAX_LENGTH:
            if len(self._points) >= _MAX_LAYOUTS:
                self._points = {}
            self._points[points] = worth
        return worth

    def pair(self, key: _Key, actual: str | None) -> Pair | Literal[False]:
        """Return the shape of two cells with the target's numbers put in; `False` where there is none."""
        pair = self._pairs.recall(key)
        if pair is None:
            text, comparator, unit, words = key
            found = among_words(text) if text else None
            # Words that took another number take this one.
            frame = found and self._frames.get((found[0], comparator, unit, words, number_apart(*found, unit)))
            if found and frame:
                pair = Pair.of_numbers(frame, found[1])
                self._pairs.keep(key, pair, 800)
                return pair
            _check_texts(text, comparator, unit)
            target = Target.of(text, comparator, unit)
            of_frame = target.words, comparator, unit, words, number_apart(target.words, target.numbers, unit)
            frame = self._frames.recall(of_frame)
            if frame is None:
                shape = self._shape(key, target, actual)
                frame = Frame(shape) if shape else False
                self._frames.keep(of_frame, frame, 2000)
            pair = Pair.of_numbers(frame, target.numbers) if frame else False
            if not target.is_open:
                self._pairs.keep(key, pair, 600 + 4 * len(text or ""))
        return pair

    def _arm(self, pair: Pair, place: Place, number: int, power: int) -> Arm | None:
        """Return the arm of an actual; `None` where its size may be doubted, or the side that its target asks for.

        A share of a whole that is above 100% is doubted whatever it is: such rows have arms of their own.
        """
        if place.of_name.is_whole and pair.is_above_whole(number, power):
            place = place._replace(asked=(place.asked, "above 100%"))
        elif place.of_name.is_whole and pair.may_be_tenth(number, power):
            return None
        arms, standing = self.arms(pair.frame, place), pair.standing(number, power)
        return arms[standing] if arms and standing != FAR else None

    def arms(self, frame: Frame, place: Place) -> tuple[Arm, ...]:
        """Return the arms of a frame in a place; none where a number may be a day, or ask for the wrong side there."""
        if place is self.anywhere:
            return frame.arms
        if place.of_name.may_turn(frame.shape.asked) or (place.is_of_a_day and frame.shape.may_be_day):
            return ()
        arms = self._arms.recall((frame, place.asked))
        if arms is None:
            arms = new_arms()
            self._arms.keep((frame, place.asked), arms, 1500)
        return arms

    def _shape(self, key: _Key, target: Target, actual: str | None) -> Shape | Literal[False]:
        text, comparator, unit, words = key
        cells = target.words, comparator, unit, words
        shape = self._shapes.recall(cells)
        if shape is None:
            shape = read_shape(target, comparator, unit, actual, words, borrow=self._borrow) or False
            self._shapes.keep(cells, shape, 800 + 4 * len(text or "") + 4 * len(actual or ""))
        return shape


_in_front = IN_FRONT.fullmatch


def _is_plain(cells: dict[Any, Any], layout: Layout) -> bool:
    """Return whether a row is plain text, with a note that says nothing against it, or none."""
    return layout.fits(cells) and not ((note := cells.get("note")) and may_speak_against(note))


def _path_of(cells: dict[Any, Any]) -> Any:
    path = cells.get("path")
    return tuple(path) if type(path) is list else path


def _texts_of(cells: dict[Any, Any], year: int | None) -> tuple[Any, ...]:
    """Return all that decides of a row that has a layout."""
    get = cells.get
    texts = get("target"), get("comparator"), get("unit"), get("actual"), get("points"), get("published_score")
    return *texts, get("name"), _path_of(cells), year


def _named(name: Any, path: Any, year: int | None) -> Any:
    """Return what a place is remembered by: the name, and the path and the year where there is one."""
    return (name, path, year) if year is not None else name if path is None else (name, path)


def _check_texts(*cells: object) -> None:
    """Raise where a cell is no text."""
    for cell in cells:
        if cell is not None and type(cell) is not str:
            raise TypeError("a cell is no text")
