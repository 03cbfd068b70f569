"""Quantities: an exact number with its unit, compared by what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

from pfscore.cells.lexicon.units import Unit, canonical, unit_of
from pfscore.foundation.numbers import decimal_places, decimal_text
from pfscore.foundation.text import Lang


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact number with its unit: `unit` is `"1"` for a ratio and `None` where no cell gives one.

    `written` is the unit as the cell has it, scale word included (`万元`, `%`): what scoring lends to the other
    cell. The reader fills it in; it takes no part in equality.

    Equal quantities are equal and hash equal whatever their spelling (1 公里 and 1000 米).

    Raises:
        ValueError: when two quantities of different dimensions are ordered.

    >>> from fractions import Fraction
    >>> Quantity(Fraction(1), "公里") == Quantity(Fraction(1000), "米")
    True
    """

    value: Fraction
    unit: str | None = None
    written: str | None = None

    @property
    def measure(self) -> Unit | None:
        """The unit with its dimension and factor."""
        return None if self.unit is None else unit_of(self.unit)

    @property
    def dimension(self) -> str | None:
        """The name of what is measured; quantities of one dimension can be compared."""
        return None if self.unit is None else unit_of(self.unit).dimension

    @property
    def base(self) -> Fraction:
        """The number in the base unit of the dimension."""
        if self.unit is None:
            return self.value
        factor = unit_of(self.unit).factor
        return self.value if factor == 1 else self.value * factor

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.unit == other.unit:
            return self.value == other.value
        return self.dimension == other.dimension and self.base == other.base

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.dimension != other.dimension:
            raise ValueError(f"cannot compare {self} with {other}")
        return self.base < other.base

    def __hash__(self) -> int:
        return hash((self.dimension, self.base))

    def __str__(self) -> str:
        if self.unit == "1":
            return (
                f"{decimal_text(self.value * 100)}%" if decimal_places(self.value) is not None else _ratio(self.value)
            )
        return f"{decimal_text(self.value)}{'' if self.unit is None else canonical(self.unit)}"


def say(quantity: Quantity, lang: Lang = "zh") -> str:
    """Write a quantity for a sentence, with a scale word where Chinese readers expect one: 26 万人."""
    unit = quantity.unit
    if unit in {None, "1"}:
        return str(quantity)
    value, scale = quantity.value, ""
    if lang == "zh" and decimal_places(value) is not None:
        for size, word in ((10**8, "亿"), (10**4, "万")):
            if abs(value) >= size and len(decimal_text(value / size)) <= len(decimal_text(value)):
                value, scale = value / size, word
                break
    return f"{decimal_text(value)} {scale}{canonical(unit or '')}"


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
