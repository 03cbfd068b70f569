"""Amounts in another measure than their target: 77℉ under 26℃, and under some names what stands for each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity, measures_of_names, say
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.readings import Achieved, Actual, Bound, Measured
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written


def measured_otherwise(
    target: Bound, actual: Actual | None, row: Written, said: str
) -> Iterator[tuple[Actual, Message]]:
    """Yield an amount in the measure of its target: 77℉ is 25℃, 7500升 of water 7.5吨, 35分/页 of a price 0.35元/页."""
    if not isinstance(actual, Measured | Achieved) or actual.quantity.dimension == target.quantity.dimension:
        return
    value = _in_degrees(target.quantity, actual.quantity)
    if value is None:
        value = _by_name(target.quantity, actual.quantity, fold(row.name))
    if value is not None:
        quantity = replace(actual.quantity, value=value, unit=target.quantity.unit, written=target.quantity.unit)
        yield (
            replace(actual, quantity=quantity),
            Message(f"“{said}”是 {say(quantity)}", f"“{said}” is {say(quantity, 'en')}"),
        )


def _in_degrees(wanted: Quantity, reached: Quantity) -> Fraction | None:
    """Return a temperature on the other scale, whose zero is not the same."""
    match wanted.dimension, reached.dimension:
        case "温度", "华氏温度":
            return (reached.value - _FREEZING) * _DEGREE
        case "华氏温度", "温度":
            return reached.value / _DEGREE + _FREEZING
    return None


_FREEZING, _DEGREE, _ONE = 32, Fraction(5, 9), Fraction(1)


def _by_name(wanted: Quantity, reached: Quantity, name: str) -> Fraction | None:
    """Return an amount in another measure that stands for its own under a name; both are for each of the same."""
    (top, _, each), (other, _, given) = ((one.unit or "").partition("/") for one in (wanted, reached))
    if bool(each) is not bool(given) or (each and Quantity(_ONE, each) != Quantity(_ONE, given)):
        return None
    for named, sizes in measures_of_names().items():
        if top in sizes and other in sizes and rule(named).search(name):
            return reached.value * sizes[other] / sizes[top]
    return None
