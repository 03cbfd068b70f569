"""Write exact numbers as cells that read back to the same number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pfscore.foundation.numbers import decimal_places, decimal_text

#: More decimals than this look like the noise of a float; a fraction is written instead.
GRID_DIGITS = 6


def exact_writer(unit: str | None) -> Callable[[Fraction], str]:
    """Return how to write any number exactly as an actual in `unit`: short decimals, else a fraction.

    >>> exact_writer("1")(Fraction(2, 3)), exact_writer("1")(Fraction(9, 10)), exact_writer("套")(Fraction(3, 4))
    ('2/3', '90%', '0.75套')
    """

    def write(value: Fraction) -> str:
        if unit == "1":
            hundred = value * 100
            return f"{decimal_text(hundred)}%" if _is_short(hundred) else ratio_text(value)
        return f"{decimal_text(value) if _is_short(value) else ratio_text(value)}{unit or ''}"

    return write


def ratio_text(value: Fraction) -> str:
    """Write a number as a fraction."""
    return f"{value.numerator}/{value.denominator}"


def _is_short(value: Fraction) -> bool:
    places = decimal_places(value)
    return places is not None and places <= GRID_DIGITS
