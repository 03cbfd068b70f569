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

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from pfscore.cells.plain_numbers import is_plain, split
from pfscore.cells.readings import Measured, Reading, TargetKind
from pfscore.formulas.evaluation.generated import generate_score
from pfscore.foundation.numbers import Rounding, to_decimal
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.base import StepRounding
from pfscore.rulesets.model.way import ByBands, ByFormula, ByLevels, ByThresholds, Way
from pfscore.scoring.row.awarding.award import rounding_of
from pfscore.scoring.row.comparing.comparison import compare
from pfscore.scoring.row.comparing.readings_of_row import Outcome, is_scale_lent, lent_units, quantities, read_cells
from pfscore.scoring.row.preparing.inputs import read_points
from pfscore.scoring.row.score import IndicatorScore

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
#: What a frame gives: attributes of a score, by name.
Given = Mapping[str, Any]
_GIVEN = ("score", "low", "high", "outcome", "met", "rule", "codes")
#: The bytes that each of the four memories of an engine may take, twice over.
_MAX_BYTES = 6 << 20
#: Numbers and sizes of more bits are left to the engine, so that a formula's inputs stay within its bounds.
_MAX_BITS = 200
_MAX_RESULTS = 4096


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

    def keep(self, key: _K, value: _V, size: int) -> None:
        """Remember a value of about that many bytes."""
        self._bytes += size
        if self._bytes > _MAX_BYTES:
            self._older, self._bytes = dict(self), size
            self.clear()
        self[key] = value


@lru_cache(maxsize=65536)
def _decimal(score: int, scale: int) -> Decimal:
    return to_decimal(Fraction(score, scale))


@dataclass(slots=True)
class _Arm:
    """The rows of a shape whose actual stands alike to the target; nothing is known of them before the first one."""

    compute: Callable[..., int] | None = None
    scale: int = 1
    #: What all computed scores of the arm share.
    shared: Given = field(default_factory=dict)
    #: Whether the engine scores every row of the arm.
    is_engines: bool = False
    #: What the arm gives: by computed score, or by the text of the points.
    given: dict[int | str | None, Given] = field(default_factory=dict)

    def of(self, score: int) -> Given | None:
        """Return what a computed score stands for; `None` where the function gave none."""
        if score < 0:
            return None
        found = self.given.get(score)
        if found is None:
            points = _decimal(score, self.scale)
            found = {"score": points, "low": points, "high": points, **self.shared}
            if len(self.given) < _MAX_RESULTS:
                self.given[score] = found
        return found


class _Shape(NamedTuple):
    """Two cells without their numbers: how many numbers of the target are compared with the actual, and what 1 is.

    `target` and `actual` are the sizes of 1 as numerator and denominator, `arms` those of targets that are not zero and
    of those that are, by how the actual stands to the target.
    """

    edges: int
    target: tuple[int, int]
    actual: tuple[int, int]
    arms: tuple[dict[Hashable, _Arm], dict[Hashable, _Arm]]


class _Pair(NamedTuple):
    """A shape with the numbers of a target put in."""

    edges: int
    below: _Arm
    at: _Arm
    above: _Arm
    size: int
    per: int
    low: int
    low_per: int
    high: int
    high_per: int
    arms: dict[Hashable, _Arm]

    def arm(self, size: int, per: int) -> _Arm:
        """Return the arm for an actual of `size` / `per`."""
        difference = size * self.low_per - self.low * per
        # Where nothing is compared, 0 may answer 零投诉, and 100% any words.
        standing: Hashable = 0 if not size else 1 if size == per else 2
        if self.edges:
            standing = (difference > 0) - (difference < 0)
        if self.edges == 2:
            beyond = size * self.high_per - self.high * per
            standing = standing, (beyond > 0) - (beyond < 0)
        return _arm(self.arms, standing)


class _Target(NamedTuple):
    """A target as written: its words, its numbers, and what is known of it beside the words of actuals."""

    words: Hashable
    numbers: tuple[tuple[int, int], ...]
    pairs: dict[Hashable, _Pair | None]


class _Actual(NamedTuple):
    """An actual as written: its words, and its number as an integer and the power of ten below it."""

    words: Hashable
    number: int
    power: int
    has_number: bool


class FramedRow(NamedTuple):
    """The cells that a frame looks at; `place` is what else of the row decides."""

    target: str | None
    comparator: str | None
    unit: str | None
    actual: str | None
    points: str | None
    place: Hashable


class Frames:
    """The frames of one engine, bounded in bytes."""

    def __init__(self, compiled: Callable[[RuleInForce], Any], *, borrow: bool) -> None:
        self._compiled, self._borrow = compiled, borrow
        self._targets: _Recent[Hashable, _Target] = _Recent()
        self._actuals: _Recent[str | None, _Actual] = _Recent()
        self._shapes: _Recent[Hashable, _Shape | None] = _Recent()
        self._remembered: _Recent[FramedRow, Given] = _Recent()
        self._points: dict[str | None, tuple[int, int] | None] = {}

    def find(  # noqa: C901 - one look-up after another; calls would cost more than these do
        self,
        target: str | None,
        comparator: str | None,
        unit: str | None,
        actual: str | None,
        points: str | None,
        place: Hashable,
    ) -> Given | None:
        """Return what is known of a row; `None` where the engine must be asked."""
        wanted = self._targets.get((target, comparator, unit, place))
        if wanted is None:
            wanted = self._target(target, comparator, unit, place)
        reached = self._actuals.get(actual)
        if reached is None:
            reached = self._actual(actual)
        pair: _Pair | None = wanted.pairs.get(reached.words, _UNKNOWN)
        if pair is _UNKNOWN:
            pair = self._pair(wanted, reached, (target, comparator, unit, actual, place))
        if pair is None:
            return self._remembered.recall(FramedRow(target, comparator, unit, actual, points, place))
        edges, below, at, above, size, per, low, low_per, high, high_per, _ = pair
        _, number, power, _ = reached
        size *= number
        per *= power
        if edges == 1:
            difference = size * low_per - low * per
            arm = at if not difference else above if difference > 0 else below
        else:
            arm = pair.arm(size, per)
        compute = arm.compute
        if compute is not None:
            worth = self._points.get(points, _UNKNOWN)
            if worth is _UNKNOWN:
                worth = self._worth(points)
            if worth is not None:
                score = compute(size, per, low, low_per, high, high_per, *worth)
                found = arm.given.get(score) or arm.of(score)
                if found is not None:
                    return found
        elif (found := arm.given.get(points)) is not None:
            return found
        return self._remembered.recall(FramedRow(target, comparator, unit, actual, points, place))

    def learn(self, row: FramedRow, score: IndicatorScore) -> None:
        """Record a row that the engine has scored, the first one of its arm or one that no arm is for."""
        target, comparator, unit, actual, points, place = row
        found: Given = {name: getattr(score, name) for name in _GIVEN}
        wanted, reached = self._target(target, comparator, unit, place), self._actual(actual)
        pair = self._pair(wanted, reached, (target, comparator, unit, actual, place))
        if pair is not None:
            size, per = pair.size * reached.number, pair.per * reached.power
            arm = pair.arm(size, per)
            if arm.compute is None and not arm.is_engines and self._worth(points) is not None:
                if _decided_by_points(score, has_number=bool(wanted.numbers) or reached.has_number):
                    if len(arm.given) < _MAX_RESULTS:
                        arm.given[points] = found
                    return
                numbers = (size, per, pair.low, pair.low_per, pair.high, pair.high_per)
                self._compute(arm, score, numbers, points, pair.edges)
                if arm.compute is not None:
                    return
        texts = sum(len(text) for text in (target, comparator, unit, actual, points) if text)
        self._remembered.keep(row, found, 900 + 4 * texts)

    def _compute(
        self, arm: _Arm, score: IndicatorScore, numbers: tuple[int, ...], points: str | None, edges: int
    ) -> None:
        """Make the function of an arm, and keep it if it gives what the engine gave for its first row."""
        rule, worth = score.rule_in_force, self._worth(points)
        if score.outcome is not Outcome.SCORED or worth is None:
            return
        arm.is_engines = True
        rounding = None if rule is None else _decimals(rounding_of(rule, "score"))
        compiled = None if rule is None else self._compiled(rule)
        if rule is None or rounding is None or compiled is None or not _is_everywhere(rule.way):
            return
        if rule.when is not None or score.diagnostics or score.cells is None:
            return
        if not isinstance(score.cells.actual, Measured):
            return
        at_completion = rounding_of(rule, "completion")
        if at_completion is not None and _decimals(at_completion) is None:
            return
        given = {"actual", "points", *({"target"} if edges == 1 else {"low", "high"})}
        if edges == 1 and numbers[2]:
            given |= {"completion", "deviation_rate"}
        known: dict[str, bool | Fraction] = {"deduction": Fraction(0)}
        if score.met is not None:
            known["met"] = score.met
        function = generate_score(compiled.formula.body, known, given, rounding, _decimals(at_completion))
        if function is None:
            return
        scale = 10 ** rounding[0]
        result = function(*numbers, *worth)
        if result >= 0 and score.award.low == score.award.high == Fraction(result, scale):
            arm.scale, arm.is_engines = scale, False
            arm.shared = {name: getattr(score, name) for name in ("outcome", "met", "rule", "codes")}
            arm.compute = function

    def _target(self, target: str | None, comparator: str | None, unit: str | None, place: Hashable) -> _Target:
        key = (target, comparator, unit, place)
        found = self._targets.recall(key)
        if found is None:
            _check_texts(target, comparator, unit)
            apart = split(target) if target and len(target) < 64 else None
            if apart is None or not (len(apart[1]) == 2 or is_plain("target", apart[0], comparator, unit)):
                found = _Target(target, (), {})
            else:
                found = _Target(*apart, {})
            self._targets.keep(key, found, 700 + 4 * len(target or ""))
        return found

    def _actual(self, actual: str | None) -> _Actual:
        found = self._actuals.recall(actual)
        if found is None:
            _check_texts(actual)
            apart = split(actual) if actual and len(actual) < 64 else None
            if apart is None or len(apart[1]) != 1:
                found = _Actual(actual, 0, 1, False)  # noqa: FBT003 - by name, it takes twice as long
            else:
                words, ((number, power),) = apart
                found = _Actual(words, number, power, True)  # noqa: FBT003
            self._actuals.keep(actual, found, 400 + 4 * len(actual or ""))
        return found

    def _worth(self, points: str | None) -> tuple[int, int] | None:
        if points not in self._points:
            _check_texts(points)
            number, problems = read_points(points)
            worth = None if number is None or problems else number.as_integer_ratio()
            if worth is not None and worth[0].bit_length() + worth[1].bit_length() > _MAX_BITS:
                worth = None
            if len(self._points) >= _MAX_RESULTS:
                self._points = {}
            self._points[points] = worth
        return self._points[points]

    def _pair(
        self,
        wanted: _Target,
        reached: _Actual,
        texts: tuple[str | None, str | None, str | None, str | None, Hashable],
    ) -> _Pair | None:
        """Return the shape of two cells with the target's numbers put in; `None` where the row has none."""
        target, comparator, unit, actual, place = texts
        if reached.words in wanted.pairs:
            return wanted.pairs[reached.words]
        key = (wanted.words, reached.words, comparator, unit, place)
        shape = self._shapes.recall(key)
        if shape is None and key not in self._shapes:
            shape = self._shape(wanted, reached, texts)
            self._shapes.keep(key, shape, 2000 + 4 * len(target or "") + 4 * len(actual or ""))
        pair = None if shape is None else _put_in(shape, wanted.numbers)
        if len(wanted.pairs) < 64:
            wanted.pairs[reached.words] = pair
        return pair

    def _shape(
        self,
        wanted: _Target,
        reached: _Actual,
        texts: tuple[str | None, str | None, str | None, str | None, Hashable],
    ) -> _Shape | None:
        """Read a shape with the numbers 1, and 2 for the second of an interval."""
        target, comparator, unit, actual, _ = texts
        if wanted.numbers:
            words: tuple[str, ...] = wanted.words  # type: ignore[assignment]
            target = f"{words[0]}1{words[1]}" if len(words) == 2 else f"1{words[1]}~2{words[2]}"
        if reached.has_number:
            answer: tuple[str, str] = reached.words  # type: ignore[assignment]
            if not is_plain("actual", answer, None, unit):
                return None
            actual = f"{answer[0]}1{answer[1]}"
        cells = read_cells(target, comparator, unit, actual, borrow=self._borrow)
        lent = (
            lent_units(target or "", comparator, unit, actual or "") if cells.assumptions or cells.diagnostics else {}
        )
        if any(is_scale_lent(lender) for lender in lent.values()):
            # Whether the scale is borrowed too depends on both numbers.
            return None
        if reached.has_number and not is_plain("actual", answer, None, lent.get("actual", unit)):
            return None
        if wanted.numbers and not self._is_linear(wanted, comparator, unit, lent.get("target", unit)):
            return None
        return _sizes(wanted, reached, cells.target, cells.actual)

    def _is_linear(self, wanted: _Target, comparator: str | None, *units: str | None) -> bool:
        """Return whether the target's numbers take their places whichever they are, with each of these units beside."""
        words: tuple[str, ...] = wanted.words  # type: ignore[assignment]
        if len(words) == 2:
            return all(is_plain("target", words, comparator, unit) for unit in units)
        # An interval that borrows a unit is read in full.
        return not comparator and len(set(units)) == 1


_UNKNOWN: Any = object()


def _check_texts(*cells: object) -> None:
    """Raise where a cell is no text."""
    for cell in cells:
        if cell is not None and type(cell) is not str:
            raise TypeError("a cell is no text")


def _sizes(wanted: _Target, reached: _Actual, target: Reading | None, actual: Reading | None) -> _Shape | None:
    """Return the sizes of the numbers of a shape, from what it reads as with 1 in their places."""
    if target is not None and target.target_kind is TargetKind.APPROXIMATELY:
        return None
    mine, theirs = quantities(target), quantities(actual)
    if not mine or not theirs or not reached.has_number:
        # Nothing is compared; but a cell that was kept whole may hold numbers, which the other one is measured by.
        whole = (mine if not wanted.numbers else ()) + (theirs if not reached.has_number else ())
        if whole and (wanted.numbers or reached.has_number):
            return None
        one = theirs[0].value.as_integer_ratio() if theirs and reached.has_number else (1, 1)
        return _Shape(0, (1, 1), one, ({}, {}))
    comparison = compare(target, actual)  # type: ignore[arg-type]
    size = comparison.actual
    if size is None:
        return None if not wanted.numbers else _Shape(0, (1, 1), theirs[0].value.as_integer_ratio(), ({}, {}))
    edge = comparison.target if comparison.low is None else comparison.low
    if edge is None or not wanted.numbers or edge <= 0 or max(map(_bits, (size, edge))) > _MAX_BITS // 2:
        return None
    if len(wanted.numbers) == 2 and (comparison.high is None or comparison.high != 2 * edge):
        return None
    return _Shape(len(wanted.numbers), edge.as_integer_ratio(), size.as_integer_ratio(), ({}, {}))


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def _put_in(shape: _Shape, numbers: tuple[tuple[int, int], ...]) -> _Pair:
    """Return a shape with the numbers of a target put in."""
    edges, (size, per), (actual_size, actual_per), arms = shape
    if not numbers:
        return _Pair(edges, _NO_ARM, _NO_ARM, _NO_ARM, actual_size, actual_per, 0, 1, 0, 1, arms[0])
    number, power = numbers[0]
    of_target = arms[number == 0]
    if edges == 0:
        return _Pair(edges, _NO_ARM, _NO_ARM, _NO_ARM, actual_size, actual_per, 0, 1, 0, 1, of_target)
    low, low_per = number * size, power * per
    if edges == 1:
        below, at, above = _arm(of_target, -1), _arm(of_target, 0), _arm(of_target, 1)
        return _Pair(edges, below, at, above, actual_size, actual_per, low, low_per, 0, 1, of_target)
    number, power = numbers[1]
    high, high_per = number * size, power * per
    return _Pair(edges, _NO_ARM, _NO_ARM, _NO_ARM, actual_size, actual_per, low, low_per, high, high_per, of_target)


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


def _arm(arms: dict[Any, _Arm], standing: Hashable) -> _Arm:
    arm = arms.get(standing)
    if arm is None:
        arm = arms[standing] = _Arm()
    return arm


_NO_ARM = _Arm(is_engines=True)
