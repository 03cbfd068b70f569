"""Intervals: two ends (60%-80%), two bounds (≥60%且≤80%), a centre with a tolerance (100±5)."""

from __future__ import annotations

from fractions import Fraction

from pfscore.cells.grammar.tree import Amount, Around, Clause, Range, Trouble
from pfscore.cells.lexicon.quantities import RATIO, Quantity, in_units, unit_of
from pfscore.cells.meaning.cell import Cell
from pfscore.cells.meaning.comparator_words import EDGES, EXPLICIT, Demand, check_signs, demand_of
from pfscore.cells.readings import LOWER, UPPER, AllOf, Between, Bound, Change, Reading, TargetKind


def read_range(cell: Cell, measure: Range, clause: Clause) -> Reading:
    """Read 60%-80%, [60%,80%), 60%≤X≤80%.

    Raises:
        Trouble: PF314, PF325 where a bound stands beside the interval; PF319, PF320 as :func:`_interval`.
    """
    low, high = shared(measure.low.amount, measure.high.amount)
    low_open = measure.low_open or any(word.kind == "EXCLUDED" for word in measure.low.edges)
    high_open = measure.high_open or any(word.kind == "EXCLUDED" for word in measure.high.edges)
    demand = demand_of(clause, ())
    check_signs(clause, edged=True)
    for edge in measure.high.edges:
        if EDGES.get(edge.kind) is TargetKind.AT_LEAST:
            raise Trouble("PF314", low.start, edge.end)
    if measure.signs:
        first, second = (EXPLICIT[word.kind] for word in measure.signs)
        if (first in UPPER) != (second in UPPER):
            raise Trouble("PF314", measure.signs[0].start, measure.signs[1].end)
        low_open, high_open = (
            first in {TargetKind.LESS_THAN, TargetKind.GREATER_THAN},
            second in {TargetKind.LESS_THAN, TargetKind.GREATER_THAN},
        )
        if first in LOWER:
            low, high, low_open, high_open = high, low, high_open, low_open
    if demand.op is not None and demand.op is not TargetKind.EQUAL:
        raise Trouble("PF314", clause.start, high.end)
    if cell.comparator.op not in {None, TargetKind.EQUAL}:
        raise Trouble("PF325", low.start, high.end)
    return _interval(cell, (low, high), demand, low_open=low_open, high_open=high_open)


def _interval(cell: Cell, ends: tuple[Amount, Amount], demand: Demand, *, low_open: bool, high_open: bool) -> Reading:
    """Build an interval, or a change within one.

    Raises:
        Trouble: PF319 reversed ends, PF320 two units.
    """
    low, high = (cell.quantity(amount, demand.per) for amount in ends)
    start, end = min(amount.start for amount in ends), max(amount.end for amount in ends)
    if low.dimension != high.dimension:
        raise Trouble("PF320", start, end)
    if high.base < low.base < 0:
        low, high, low_open, high_open = high, low, high_open, low_open  # -18℃至-22℃ is colder and colder
    if low.base > high.base or (low.base == high.base and (low_open or high_open)):
        raise Trouble("PF319", start, end)
    if low.unit != high.unit:
        high = Quantity(in_units(high.base, low.unit), low.unit, low.written)
    direction = demand.direction or cell.comparator.direction
    if direction in {"increase", "decrease"}:
        at_least = Change(direction, TargetKind.GREATER_THAN if low_open else TargetKind.AT_LEAST, low)
        return AllOf((at_least, Change(direction, TargetKind.LESS_THAN if high_open else TargetKind.AT_MOST, high)))
    return Between(low, high, low_open, high_open)


def read_around(cell: Cell, measure: Around, clause: Clause) -> Reading:
    """Read 100±5 and ±5%以内.

    Raises:
        Trouble: PF314 where it says 以上, PF319 where the tolerance is negative, PF320 two units.
    """
    spread, demand = measure.spread.amount, demand_of(clause, ())
    per = demand.per
    check_signs(clause, edged=True)
    if demand.op in LOWER:
        raise Trouble("PF314", clause.start, spread.end)
    for edge in measure.spread.edges:
        if EDGES.get(edge.kind) is TargetKind.AT_LEAST:
            raise Trouble("PF314", spread.start, edge.end)
    if spread.number < 0:
        raise Trouble("PF319", spread.start, spread.end)
    if measure.centre is None:
        return both_ways(cell.quantity(spread, per))
    if (
        measure.centre.unit is None
        and spread.unit == RATIO
        and cell.column.unit is None
        and measure.centre.number > 100
    ):
        # 120±5%: 115% to 125%, or 120 and a twentieth of it. 95±2% is a rate.
        raise Trouble("PF331", measure.centre.start, spread.end)
    if spread.unit == RATIO and (measure.centre.unit or cell.column.unit) not in {None, RATIO}:
        # 8000±2% under 吨 is no share.
        centre, size = measure.centre, Quantity(spread.value, RATIO)
    else:
        centre, spread = shared(measure.centre, spread)
        size = cell.quantity(spread, per)
    middle = cell.quantity(centre, per)
    if middle.dimension == size.dimension:
        step = size.value if middle.unit is None else size.base / unit_of(middle.unit).factor
    elif size.unit == RATIO:
        # 2.1万头±5%: a share of the number itself.
        step = middle.value * size.value
    else:
        raise Trouble("PF320", centre.start, spread.end)
    low, high = (Quantity(middle.value + shift, middle.unit, middle.written) for shift in (-step, step))
    return Between(low, high)


def both_ways(size: Quantity) -> Reading:
    """Read ±5% and 上下浮动不超过5%: at most so much, either way."""
    return Between(Quantity(-size.value, size.unit, size.written), size)


def joined(one: Reading, other: Reading, place: tuple[int, int]) -> Between | None:
    """Two bounds on one quantity, a lower and an upper one, are an interval.

    Raises:
        Trouble: PF319 where nothing can satisfy both.
    """
    if not (isinstance(one, Bound) and isinstance(other, Bound)):
        return None
    if one.op in UPPER and other.op in LOWER:
        one, other = other, one
    if one.op not in LOWER or other.op not in UPPER:
        return None
    low, high = one.quantity, other.quantity
    if low.unit is None and high.unit is not None:
        low = Quantity(low.value, high.unit, high.written)
    if low.dimension != high.dimension:
        return None
    if low.base > high.base:
        raise Trouble("PF319", *place)
    return Between(low, high, one.op is TargetKind.GREATER_THAN, other.op is TargetKind.LESS_THAN)


def shared(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Read the unit and the scale word behind the second number for both: 60-80%, 1.5-2亿元."""
    if low.unit is not None and high.unit is not None and high.unit.startswith(f"{low.unit}/"):
        # 100元-200元/人次
        return low._replace(unit=high.unit), high
    if low.unit is not None or (high.unit is None and high.scale == 1):
        return low, high
    if low.scale == 1 and low.number <= high.number and high.scale != 1:
        low = low._replace(scale=high.scale)
    return low._replace(unit=high.unit, factor=high.factor if high.unit is not None else Fraction(1)), high
