"""Frames: what the engine has found about rows of one shape, as functions of integers.

A row is a shape with numbers put in: `≥26万人` and `28.5万人` are `≥_万人` and `_万人` with 26 and 28.5. For each
shape, a frame holds the sizes of the numbers, and an arm for each way in which the actual can compare with the target.
The engine scores the first row of every arm. Where its rule computes, the formula becomes a function of integers, which
is kept only if it gives what the engine gave; where nothing but the points decides, the engine's result is kept for
these points. Any other row is scored by the engine, and remembered by its texts.

What a frame gives is the points, the outcome and whether the target was met; everything else about a score is found by
the engine when somebody asks (:class:`pfscore.scoring.row.score.Score`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pfscore.cells.plain_numbers import IN_FRONT, POWERS, is_plain, may_be_date, split
from pfscore.cells.readings import Level, Measured, Reading, TargetKind
from pfscore.forms.files.rows import Layout
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.formulas.evaluation.generated import generate_score
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.foundation.numbers import Rounding, to_decimal
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.base import StepRounding
from pfscore.rulesets.model.way import ByBands, ByFormula, ByLevels, ByThresholds, Way
from pfscore.scoring.row.awarding.award import rounding_of
from pfscore.scoring.row.comparing.comparison import compare
from pfscore.scoring.row.comparing.other_words import has_words
from pfscore.scoring.row.comparing.readings_of_row import Outcome, is_scale_lent, lent_units, quantities, read_cells
from pfscore.scoring.row.preparing.inputs import read_points
from pfscore.scoring.row.score import Completing, IndicatorScore, framed_score

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
#: The attributes of a score that are known without the engine.
Given = dict[str, Any]
GIVEN = ("score", "low", "high", "outcome", "met", "rule", "codes")
#: The target and the columns beside it, and what else of the row decides.
_Key = tuple[str | None, str | None, str | None, Hashable]
#: What frames look at of a row: its target, actual and points.
_Row = tuple[_Key, str | None, str | None]
#: A number as an integer and the power of ten below it.
_Number = tuple[int, int]
#: The bytes that each of the memories of an engine may take, twice over.
_MAX_BYTES = 6 << 20
#: Numbers and sizes of more bits are left to the engine, so that a formula's inputs stay within its bounds.
_MAX_BITS = 200
#: The longest cell that is taken apart, in characters.
_MAX_LENGTH = 64
#: How many shapes of actuals are remembered beside a target as it is written.
_MAX_PAIRS = 64
#: How many layouts of rows, and how many texts of points, are remembered.
_MAX_LAYOUTS = 4096


class _Recent(dict[_K, _V], Generic[_K, _V]):
    """A memory of bounded size: what was not asked for while it filled twice is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[_K, _V] = {}
        self._bytes = 0

    def recall(self, key: _K) -> _V | None:
        """Return what is remembered, or was until the memory was full."""
        value = self.get(key)
        if value is None and self._older and (value := self._older.get(key)) is not None:
            self.keep(key, value, 600)
        return value

    def grow(self, size: int) -> None:
        """Count bytes that a remembered value has taken since."""
        self._bytes += size

    def keep(self, key: _K, value: _V, size: int) -> None:
        """Remember a value of about that many bytes."""
        self._bytes += size
        if self._bytes > _MAX_BYTES:
            self._older, self._bytes = dict(self), size
            self.clear()
        self[key] = value


class _Decimals(dict[int, Decimal]):
    """Scores by their number of units, of which `scale` are a point."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self._scale = scale

    def __missing__(self, score: int) -> Decimal:
        found = to_decimal(Fraction(score, self._scale))
        if len(self) < 65536:
            self[score] = found
        return found


@dataclass(slots=True, eq=False)
class _Arm:
    """The rows of a shape whose actual stands alike to the target; nothing is known of them before the first one."""

    compute: Callable[..., int] | None = None
    #: What all computed scores of the arm share, and the decimals of these.
    given: Given = field(default_factory=dict)
    decimals: dict[int, Decimal] = field(default_factory=dict)
    #: Whether the function takes actual ÷ target in place of the actual.
    by_ratio: bool = False
    #: Whether the engine scores every row of the arm.
    is_engines: bool = False


class _Shape(NamedTuple):
    """Two cells without their numbers: how many numbers of the target are compared with the actual, and what 1 is.

    `target` and `actual` are the sizes of 1 as numerator and denominator; `edges` may be :data:`_IN_COLUMN`.
    """

    edges: int
    target: tuple[int, int]
    actual: tuple[int, int]


class _Pair(NamedTuple):
    """A shape with the numbers of a target put in, and its arms by how the actual stands to the target.

    `size` / `per` is what 1 of the actual is, `share` / `of` what it is in units of the target, and `target` holds the
    edges that it is compared with, as numerators and denominators.
    """

    edges: int
    share: int
    of: int
    arms: tuple[_Arm, ...]
    size: int
    per: int
    target: tuple[int, int, int, int]


class Frames:
    """The frames of one engine, bounded in bytes.

    `place` says what rules may ask for of a row's name and path; `None` where such a row is the engine's.
    """

    def __init__(
        self,
        engine: Completing,
        compiled: Callable[[RuleInForce], Compiled | None],
        place: Callable[[str | None, tuple[str, ...] | None], Hashable | None],
        *,
        borrow: bool,
    ) -> None:
        self._engine, self._compiled, self._place, self._borrow = engine, compiled, place, borrow
        self._anywhere = place(None, None)
        self._layouts: dict[tuple[Any, ...], Layout | None] = {}
        self._points: dict[str | None, _Number | None] = {}
        self._decimals: dict[int, _Decimals] = {}
        #: By the target: the words of actuals, and what is known of the two.
        self._pairs: _Recent[_Key, dict[Hashable, _Pair | Literal[False]]] = _Recent()
        self._shapes: _Recent[Hashable, _Shape | Literal[False]] = _Recent()
        self._arms: _Recent[Hashable, tuple[_Arm, ...]] = _Recent()
        #: By an arm and points, or by the row.
        self._remembered: _Recent[Hashable, Given] = _Recent()

    def score(self, cells: dict[Any, Any]) -> IndicatorScore | None:
        """Return the score of a row, of which everything beside the points is found later; `None` to ask the engine."""
        try:
            # Whatever has not been seen takes the way of `_score`; calls would cost more here than what they do.
            layout = self._layouts.get(tuple(cells))
            if layout is None or (layout.is_checked and not layout.fits(cells)):
                return self._score(cells)
            get = cells.get
            place = self._place_in(cells) if layout.has_place else self._anywhere
            pairs = self._pairs.get((get("target"), get("comparator"), get("unit"), place))
            actual = get("actual")
            if pairs is None or actual is None or (match := _in_front(actual)) is None:
                return self._score(cells)
            whole, places, words = match.groups()
            pair = pairs.get(words)
            if not pair or (not words and may_be_date(whole)):
                return self._score(cells)
            edges, share, of, arms, size, per, target = pair
            number, power = (int(whole), 1) if places is None else (int(whole + places), POWERS[len(places)])
            n, d = number * share, power * of
            arm = arms[(n > d) - (n < d) if edges == 1 else _standing(pair, number, power)]
            if arm.compute is None:
                given = self._remembered.get((arm, get("points")))
                if given is None:
                    return self._score(cells)
                earned = given["score"]
            elif (worth := self._points.get(get("points"))) is None:
                return self._score(cells)
            else:
                if not arm.by_ratio:
                    n, d = number * size, power * per
                score = arm.compute(n, d, worth, target)
                if score < 0:
                    return self._score(cells)
                earned, given = arm.decimals[score], arm.given
        except TypeError:  # A cell that is no text.
            return None
        return framed_score(earned, given, cells)

    def learn(self, cells: dict[Any, Any], score: IndicatorScore) -> None:
        """Record a row that the engine has scored, the first one of its arm or one that no arm is for."""
        try:
            row = self._row_of(cells)
            if row is not None:
                self._learn(row, score)
        except TypeError:  # A cell that is no text.
            return

    def _row_of(self, cells: dict[Any, Any]) -> _Row | None:
        """Return what frames look at of a row; `None` where more than these cells may decide."""
        keys = tuple(cells)
        if keys not in self._layouts:
            if len(self._layouts) >= _MAX_LAYOUTS:
                self._layouts.clear()
            self._layouts[keys] = Layout.of(keys)
        layout = self._layouts[keys]
        if layout is None or not layout.fits(cells):
            return None
        get = cells.get
        actual, points, place = get("actual"), get("points"), self._place_in(cells)
        if place is not None and layout.has_place and (has_words(actual) or has_words(get("target"), "target")):
            place = place, get("name")
        key = get("target"), get("comparator"), get("unit"), place
        if type(points) is int and 0 <= points < 1000:
            points = str(points)
        _check_texts(*key[:3], actual, points)
        return None if place is None else (key, actual, points)

    def _place_in(self, cells: dict[Any, Any]) -> Hashable | None:
        path = cells.get("path")
        return self._place(cells.get("name"), tuple(path) if type(path) is list else path)

    def _score(self, cells: dict[Any, Any]) -> IndicatorScore | None:
        """Return the score of a row whose target was not yet seen beside these words, or that is remembered."""
        row = self._row_of(cells)
        if row is None:
            return None
        key, actual, points = row
        words, number, power = _apart(actual)
        given: Given | None = None
        if pair := self._pair(key, actual, words):
            arm = pair.arms[_standing(pair, number, power)]
            worth = self._worth(points)
            if arm.compute is None:
                given = self._remembered.recall((arm, points))
            elif worth is not None:
                score = arm.compute(*_actual(pair, number, power, by_ratio=arm.by_ratio), worth, pair.target)
                if score >= 0:
                    return framed_score(arm.decimals[score], arm.given, cells)
        if given is None:
            given = self._remembered.recall(row)
        return None if given is None else framed_score(given["score"], given, cells)

    def _learn(self, row: _Row, score: IndicatorScore) -> None:
        key, actual, points = row
        given: Given = {"engine": self._engine, **{name: getattr(score, name) for name in GIVEN}}
        words, number, power = _apart(actual)
        pair = self._pair(key, actual, words)
        worth = self._worth(points)
        if pair and worth is not None:
            standing = _standing(pair, number, power)
            arm = pair.arms[standing]
            if arm.compute is None and not arm.is_engines and standing != _FAR:
                has_number = bool(_words_around(words) or _target_apart(*key[:3]).numbers)
                if _decided_by_points(score, has_number=has_number):
                    return self._remembered.keep((arm, points), given, 900)
                self._compute(arm, score, given, pair, (number, power), worth)
                if arm.compute is not None:
                    return None
        texts = sum(len(text) for text in (*key[:3], actual, points) if text)
        return self._remembered.keep(row, given, 900 + 4 * texts)

    def _compute(
        self, arm: _Arm, score: IndicatorScore, given: Given, pair: _Pair, number: _Number, worth: _Number
    ) -> None:
        """Make the function of an arm, and keep it if it gives what the engine gave for its first row."""
        arm.is_engines = True
        rule = score.rule_in_force
        if score.outcome is not Outcome.SCORED or rule is None or rule.when is not None or score.diagnostics:
            return
        rounding, at_completion = rounding_of(rule, "score"), rounding_of(rule, "completion")
        compiled, decimals = self._compiled(rule), _decimals(rounding)
        if compiled is None or decimals is None or not _is_everywhere(rule.way):
            return
        if score.cells is None or not isinstance(score.cells.actual, Measured):
            return
        if at_completion is not None and _decimals(at_completion) is None:
            return
        body = compiled.formula.body
        names = {"actual", "points", *({"target"} if pair.edges in _ONE_EDGE else {"low", "high"})}
        units: set[str] = {"points"} if scales_with_points(body) else set()
        if pair.edges in _ONE_EDGE and pair.of:
            names |= {"completion", "deviation_rate"}
            units |= {"target"} if scales_with_target(body) else set()
        known: dict[str, bool | Fraction] = {"deduction": Fraction(0)}
        if score.met is not None:
            known["met"] = score.met
        scale = 10 ** decimals[0]
        for in_units_of in (units, set[str]()):
            function = generate_score(body, known, names, decimals, _decimals(at_completion), in_units_of=in_units_of)
            if function is not None:
                by_ratio = "target" in in_units_of
                result = function(*_actual(pair, *number, by_ratio=by_ratio), worth, pair.target)
                if result >= 0 and score.award.low == score.award.high == Fraction(result, scale):
                    arm.compute, arm.by_ratio, arm.is_engines = function, by_ratio, False
                    arm.decimals = self._decimals.setdefault(scale, _Decimals(scale))
                    arm.given = {name: given[name] for name in given if name not in {"score", "low", "high"}}
                return

    def _worth(self, points: str | None) -> _Number | None:
        if points not in self._points:
            number, problems = read_points(points)
            worth = None if number is None or problems else number.as_integer_ratio()
            if worth is not None and (not worth[0] or worth[0].bit_length() + worth[1].bit_length() > _MAX_BITS):
                worth = None
            if len(self._points) >= _MAX_LAYOUTS:
                self._points = {}
            self._points[points] = worth
        return self._points[points]

    def _pair(self, key: _Key, actual: str | None, words: Hashable) -> _Pair | Literal[False]:
        """Return the shape of two cells with the target's numbers put in; `False` where there is none."""
        pairs = self._pairs.recall(key)
        if pairs is None:
            pairs = {}
            self._pairs.keep(key, pairs, 600 + 4 * len(key[0] or ""))
        pair = pairs.get(words)
        if pair is None:
            target = _target_apart(*key[:3])
            shape = self._shape(key, target, actual, words)
            pair = shape and _put_in(shape, target.numbers, self._arms_of(key, target, words))
            if len(pairs) < _MAX_PAIRS:
                pairs[words] = pair
                self._pairs.grow(300)
        return pair

    def _arms_of(self, key: _Key, target: _Target, words: Hashable) -> tuple[_Arm, ...]:
        """Return the arms of a shape in a place; those of a target of zero are others."""
        _, comparator, unit, place = key
        is_zero = bool(target.numbers) and not target.numbers[0][0]
        of_shape = target.words, comparator, unit, words, place, is_zero
        arms = self._arms.recall(of_shape)
        if arms is None:
            arms = tuple(_Arm() for _ in range(6))
            self._arms.keep(of_shape, arms, 2000)
        return arms

    def _shape(self, key: _Key, target: _Target, actual: str | None, words: Hashable) -> _Shape | Literal[False]:
        _, comparator, unit, _ = key
        cells = target.words, comparator, unit, words
        shape = self._shapes.recall(cells)
        if shape is None:
            shape = self._read(key, target, actual) or False
            self._shapes.keep(cells, shape, 800 + 4 * len(key[0] or "") + 4 * len(actual or ""))
        return shape

    def _read(self, key: _Key, target: _Target, actual: str | None) -> _Shape | None:
        """Read a shape with the numbers 1, and 2 for the second of an interval."""
        text, comparator, unit, _ = key
        words, numbers = target
        if numbers:
            text = f"{words[0]}1{words[1]}" if len(words) == 2 else f"1{words[1]}~2{words[2]}"
        answer = _words_around(_apart(actual)[0])
        if answer is not None:
            if not is_plain("actual", answer, None, unit) or has_words(actual):
                return None
            actual = f"{answer[0]}1{answer[1]}"
        cells = read_cells(text, comparator, unit, actual, borrow=self._borrow)
        lent = lent_units(text or "", comparator, unit, actual or "") if cells.assumptions or cells.diagnostics else {}
        if any(is_scale_lent(lender) for lender in lent.values()):
            # Whether the scale is borrowed too depends on both numbers.
            return None
        if answer is not None and not is_plain("actual", answer, None, lent.get("actual", unit)):
            return None
        if numbers and not _is_linear(target, comparator, unit, lent.get("target", unit)):
            return None
        shape = _sizes(target, cells.target, cells.actual, has_answer=answer is not None)
        if shape is None or not shape.edges or not unit or not is_scale_lent(unit):
            return shape
        return shape._replace(edges=_IN_COLUMN) if shape.edges == 1 else None


class _Target(NamedTuple):
    """A target taken apart: the words around its numbers, or all of it, and the numbers."""

    #: All of the target, where it has no numbers.
    words: tuple[Any, ...]
    numbers: tuple[_Number, ...]


def _target_apart(target: str | None, comparator: str | None, unit: str | None) -> _Target:
    apart = split(target) if target and len(target) < _MAX_LENGTH else None
    if apart is None or not (len(apart[1]) == 2 or is_plain("target", apart[0], comparator, unit)):
        return _Target((target,), ())
    return _Target(*apart)


def _apart(actual: str | None) -> tuple[Hashable, int, int]:
    """Take an actual apart: its words, its number as an integer, and the power of ten below it.

    The words are a text where the number stands in front, and the whole text in a tuple where there is no number.
    """
    apart = split(actual) if actual and len(actual) < _MAX_LENGTH else None
    if apart is None or len(apart[1]) != 1:
        return (actual,), 0, 1
    (head, tail), ((number, power),) = apart
    return (head, tail) if head else tail, number, power


def _words_around(words: Hashable) -> tuple[str, str] | None:
    """Return the words around the number of an actual; `None` where it has none."""
    if isinstance(words, str):
        return "", words
    return words if isinstance(words, tuple) and len(words) == 2 else None


def _standing(pair: _Pair, number: int, power: int) -> int:
    """Return how an actual of `number` / `power` stands to a target, as an index of its arms.

    0 is at the target or in an interval, 1 and -1 at its ends, 1 and 2 above, -1 and -2 below. Where nothing is
    compared, 0 may answer 零投诉, and 100% any words. What is too far from its target to be surely in the scale of the
    unit column is no arm's.
    """
    edges, share, of, _, size, per, (_, _, high, high_per) = pair
    if not edges:
        return 0 if not number else 1 if number * size == power * per else 2
    n, d = number * share, power * of
    standing = (n > d) - (n < d)
    if edges == _IN_COLUMN:
        return _FAR if 10 * n < d or n > 100 * d else standing
    if edges == 1:
        return standing
    n, d = number * size * high_per, power * per * high
    return standing + (n > d) - (n < d)


def _actual(pair: _Pair, number: int, power: int, *, by_ratio: bool) -> tuple[int, int]:
    """Return the actual as numerator and denominator, in units of the target or as it is."""
    return (number * pair.share, power * pair.of) if by_ratio else (number * pair.size, power * pair.per)


def _is_linear(target: _Target, comparator: str | None, *units: str | None) -> bool:
    """Return whether the target's numbers take their places whichever they are, with each of these units beside."""
    if len(target.numbers) == 1:
        return all(is_plain("target", target.words, comparator, unit) for unit in units)
    # An interval that borrows a unit is read in full.
    return not comparator and len(set(units)) == 1


_UNKNOWN: Any = object()
_in_front = IN_FRONT.fullmatch


def _check_texts(*cells: object) -> None:
    """Raise where a cell is no text."""
    for cell in cells:
        if cell is not None and type(cell) is not str:
            raise TypeError("a cell is no text")


def _sizes(written: _Target, target: Reading | None, actual: Reading | None, *, has_answer: bool) -> _Shape | None:
    """Return the sizes of the numbers of a shape, from what it reads as with 1 in their places."""
    if target is not None and target.target_kind is TargetKind.APPROXIMATELY:
        return None
    mine, theirs = quantities(target), quantities(actual)
    if not mine or not theirs or not has_answer:
        # Nothing is compared; but a cell that was kept whole may hold numbers, which the other one is measured by.
        whole = (mine if not written.numbers else ()) + (theirs if not has_answer else ())
        if whole and (written.numbers or has_answer):
            return None
        if written.numbers and isinstance(actual, Level) and any(letter.isdigit() for letter in actual.text):
            return None
        one = theirs[0].value.as_integer_ratio() if theirs and has_answer else (1, 1)
        return _Shape(0, (1, 1), one)
    comparison = compare(target, actual)  # type: ignore[arg-type]
    size = comparison.actual
    if size is None:
        return None if not written.numbers else _Shape(0, (1, 1), theirs[0].value.as_integer_ratio())
    edge = comparison.target if comparison.low is None else comparison.low
    if edge is None or not written.numbers or edge <= 0 or max(map(_bits, (size, edge))) > _MAX_BITS // 2:
        return None
    if len(written.numbers) == 2 and (comparison.high is None or comparison.high != 2 * edge):
        return None
    return _Shape(len(written.numbers), edge.as_integer_ratio(), size.as_integer_ratio())


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def _put_in(shape: _Shape, numbers: tuple[_Number, ...], arms: tuple[_Arm, ...]) -> _Pair:
    """Return a shape with the numbers of a target put in."""
    edges, (size, per), (actual, actual_per) = shape
    if not edges:
        return _Pair(edges, 1, 1, arms, actual, actual_per, _NOTHING)
    number, power = numbers[0]
    low, low_per = number * size, power * per
    share, of = actual * low_per, low * actual_per
    if (divisor := gcd(share, of)) > 1:
        share, of = share // divisor, of // divisor
    high, high_per = numbers[-1]
    target = low, low_per, high * size, high_per * per
    return tuple.__new__(_Pair, (edges, share, of, arms, actual, actual_per, target))


#: One edge, and a number in the scale of the unit column; the place of what is far from it among the arms.
_IN_COLUMN, _FAR = 3, 3
_ONE_EDGE = frozenset({1, _IN_COLUMN})
#: The edges of a target with which nothing is compared.
_NOTHING = (0, 1, 0, 1)


def _is_everywhere(way: Way) -> bool:
    """Return whether one formula gives the points for every number; bands may end, and refuse what lies outside."""
    return isinstance(way, ByFormula) or (isinstance(way, ByBands) and way.bands.over is None)


def _decided_by_points(score: IndicatorScore, *, has_number: bool) -> bool:
    """Return whether all rows of a score's arm that carry its points earn what it earns."""
    rule = score.rule_in_force
    if not has_number or rule is None or score.cells is None or score.cells.outcome is not Outcome.SCORED:
        return True
    found = score.award.comparison
    if found.problem is not None or (found.target, found.actual, found.low, found.high) == (None, None, None, None):
        return True
    if isinstance(rule.way, ByLevels | ByThresholds) and rule.when is None:
        return True
    if isinstance(rule.way, ByFormula | ByBands) and score.outcome is Outcome.SCORED:
        return False
    formulas = (rule.formula, rule.when, *(rule.bounds or ()))
    return all(set(formula.names) <= {"points", "met"} for formula in formulas if formula is not None)


def _decimals(rounding: StepRounding | None) -> tuple[int, Rounding] | None:
    """Return the decimals that a rounding keeps, and its way; `None` where it rounds to a multiple."""
    return None if rounding is None or rounding.digits is None else (rounding.digits, rounding.mode)
