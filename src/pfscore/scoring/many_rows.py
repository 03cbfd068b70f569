"""Streams of rows: a plain quantity under a plain formula is scored in integers, everything else by the engine.

What the short path keeps is the pair of integers of the score. Whatever else is asked of a score (why, met, trace)
is found by the engine at that moment, from the row's cells; a property test holds both paths equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pfscore.cells.reader import parse_actual, parse_target
from pfscore.cells.readings import Bound, Measured, Op
from pfscore.forms.form import Indicator
from pfscore.formulas.evaluation.generated import Undefined
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.numbers import Rounding, decimal_text, round_ratio
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.inputs import read_points, row_of
from pfscore.scoring.row.readings_of_row import Outcome
from pfscore.scoring.row.result import RowResult
from pfscore.scoring.row.rule_choice import case_of
from pfscore.scoring.scores import IndicatorScore

_PLAIN_KEYS = frozenset({"name", "path", "target", "comparator", "unit", "actual", "points"})
_KNOWN = frozenset({"points", "target", "actual"})
_PATHS = frozenset({tuple, list})
_DIRECT = {Op.AT_LEAST, Op.AT_MOST, Op.GREATER_THAN, Op.LESS_THAN, Op.EQUAL}
#: How many different targets are kept ready.
_MAX_PLANS = 65536


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is the same for all rows with one target: its numbers, the formula as a function, the rounding."""

    unit: str | None
    numerator: int
    denominator: int
    compute: Callable[..., tuple[int, int]]
    names: tuple[str, ...]
    digits: int
    mode: Rounding


class QuickScore(IndicatorScore):
    """A score of which only the points are known so far; the rest is found when it is asked for."""

    __slots__ = ("_cells", "_engine", "_places", "_scaled")

    def __init__(self, engine: Engine, cells: Mapping[str, Any], scaled: int, places: int) -> None:
        self._engine, self._cells, self._scaled, self._places = engine, cells, scaled, places

    @property
    def name(self) -> str:
        return str(self._cells.get("name") or "")

    @property
    def row(self) -> Indicator:
        return row_of(self._cells)

    @property
    def result(self) -> RowResult:
        return self._engine.score(self.row).result

    @property
    def outcome(self) -> Outcome:
        return Outcome.SCORED

    @property
    def score(self) -> Decimal:
        return Decimal(decimal_text(Fraction(self._scaled, 10**self._places)))

    @property
    def low(self) -> Decimal:
        return self.score

    @property
    def high(self) -> Decimal:
        return self.score


def score_rows(engine: Engine, rows: Iterable[Mapping[str, Any]]) -> Iterator[IndicatorScore]:
    """Score rows one after the other, in order and in constant memory."""
    plans: dict[tuple[Any, ...], _Plan | None] = {}
    by_name = engine.chooser.looks_at_names
    for cells in rows:
        plan = None
        get = cells.get
        path, name = get("path"), get("name")
        # What is odd about a row is the engine's to take or refuse; what the key holds is looked at with the plan.
        if (
            _PLAIN_KEYS.issuperset(cells)
            and (path is None or type(path) in _PATHS)
            and (name is None or type(name) is str)
        ):
            key = (
                get("target"),
                get("comparator"),
                get("unit"),
                tuple(path) if path else None,
                name if by_name else None,
            )
            try:
                plan = plans[key]
            except KeyError:
                plan = _plan(engine, cells)
                if len(plans) < _MAX_PLANS:
                    plans[key] = plan
            except TypeError:  # a list or a dict for a cell
                plan = None
        if plan is not None and (quick := _quick(engine, plan, cells)) is not None:
            yield quick
        else:
            yield engine.score(row_of(cells))


def _quick(engine: Engine, plan: _Plan, cells: Mapping[str, Any]) -> QuickScore | None:
    """Score one row in integers, or return `None` where that takes more than arithmetic."""
    actual, worth = cells.get("actual"), cells.get("points")
    if type(actual) is not str or type(worth) is not str:
        return None
    try:
        reading = parse_actual(actual, unit=cells.get("unit"))
    except ExpressionError:
        return None
    points = read_points(worth)[0]
    if type(reading) is not Measured or points is None or reading.assumptions:
        return None
    quantity = reading.quantity
    if quantity.unit != plan.unit:
        return None
    value = quantity.value
    numbers = {
        "points": (points.numerator, points.denominator),
        "actual": (value.numerator, value.denominator),
        "target": (plan.numerator, plan.denominator),
    }
    slots: list[int] = []
    for name in plan.names:
        slots += numbers[name]
    try:
        numerator, denominator = plan.compute(*slots)
    except Undefined:
        return None
    # Below zero or above the points is the engine's to refuse.
    if numerator < 0 or numerator * points.denominator > points.numerator * denominator:
        return None
    scale = 10**plan.digits
    scaled = round_ratio(numerator, denominator, scale, plan.mode)
    if scaled * points.denominator > points.numerator * scale:
        return None
    # A caller may fill one dict again and again; a score keeps its own cells.
    return QuickScore(engine, dict(cells), scaled, plan.digits)


def _plan(engine: Engine, cells: Mapping[str, Any]) -> _Plan | None:
    """Prepare the short path for rows with this target, where it has one."""
    target, comparator, unit = cells.get("target"), cells.get("comparator"), cells.get("unit")
    path, name = tuple(cells.get("path") or ()), cells.get("name") or ""
    if type(target) is not str or not all(type(part) is str for part in path):
        return None
    if not (comparator is None or type(comparator) is str) or not (unit is None or type(unit) is str):
        return None
    try:
        reading = parse_target(target, comparator=comparator, unit=unit)
    except ExpressionError:
        return None
    if type(reading) is not Bound or reading.assumptions:
        return None
    quantity = reading.quantity
    # The rule may depend on the kind of answer, and a plain number in the target's own unit is one kind.
    rule = engine.chooser.for_numbers(case_of(reading, Measured(quantity), path, name))
    if rule is None or rule.formula is None or rule.version.judgement is not None:
        return None
    if engine.given.fixes(name):
        return None
    if reading.op not in _DIRECT and not (
        reading.op is Op.BARE and rule.version.assume is not None and rule.version.assume.direction is not None
    ):
        return None
    compiled = engine.compiled(rule)
    roundings = rule.version.rounding or ()
    if compiled is None or not _KNOWN.issuperset(compiled.names) or len(roundings) != 1:
        return None
    rounding = roundings[0]
    if rounding.at != "score" or rounding.digits is None:
        return None
    value = quantity.value
    return _Plan(
        quantity.unit, value.numerator, value.denominator, compiled.fast, compiled.names, rounding.digits, rounding.mode
    )
