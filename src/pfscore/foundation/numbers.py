"""Exact numbers: text in, `Fraction` inside, `Decimal` or decimal text out. Never a float.

A `Fraction` has no ambient context, so nothing a caller sets can change a result. `Decimal` appears only at
the edge, built from integers, and is never computed with.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

#: The longest number that is read, in digits. Real cells have at most a dozen.
MAX_DIGITS = 60

_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")
_FRACTION = re.compile(r"([+-]?[0-9]+)/([0-9]+)")
_FLOAT_NOISE_PLACES = 10
_FLOAT_NOISE_DIGITS = 15


class Rounding(StrEnum):
    """How a number that lies between two steps is rounded."""

    HALF_UP = "half_up"
    """四舍五入: a tie goes away from zero."""
    HALF_EVEN = "half_even"
    """四舍六入五成双: a tie goes to the even neighbour."""
    DOWN = "down"
    """截断: what follows is cut off."""
    UP = "up"
    """进位: anything that follows counts as one more."""


def exact(value: str | int | Decimal | Fraction) -> Fraction:
    """Return `value` as an exact fraction.

    Text is plain decimal notation (`26`, `-0.5`, `28.28`) or a fraction (`2/3`), half width, without separators;
    cells with scale words and units are read by :func:`pfscore.parse_actual`.

    Raises:
        TypeError: for a `float` or a `bool`; a float has already lost the number that was written.
        ValueError: for text that is not such a number, is longer than `MAX_DIGITS`, or is not finite.

    >>> exact("28.28")
    Fraction(707, 25)
    >>> exact("2/3")
    Fraction(2, 3)
    """
    match value:
        case bool() | float():
            raise TypeError(f"expected str, int, Decimal or Fraction, got {type(value).__name__} {value!r}")
        case int() | Fraction():
            return Fraction(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"not a finite number: {value}")
            return Fraction(value)
    if len(value) <= 2 * MAX_DIGITS + 2:
        if match := _DECIMAL.fullmatch(value):
            sign, whole, places = match[1], match[2], match[3] or ""
            if len(whole) + len(places) <= MAX_DIGITS:
                magnitude = Fraction(int(whole + places), 10 ** len(places))
                return -magnitude if sign == "-" else magnitude
        elif (match := _FRACTION.fullmatch(value)) and int(match[2]):
            return Fraction(int(match[1]), int(match[2]))
    shown = value if len(value) <= MAX_DIGITS else value[:MAX_DIGITS] + "…"
    raise ValueError(f"not a number of at most {MAX_DIGITS} digits: {shown!r}")


#: Ten digits behind the point, of which the last ones are a sum that is hardly off: 8.5000000001, 2.9999999999.
_TAIL_OF_FLOAT = re.compile(
    r"[+-]?(?P<kept>[0-9]+\.(?=[0-9]{10})[0-9]{0,6}?)(0{4,}[0-9]{1,4}|(?P<below>9{4,}[0-9]{0,4}))"
)


def looks_like_float_noise(text: str) -> bool:
    """Return whether decimal text is what a spreadsheet leaves of a binary float.

    >>> [looks_like_float_noise(text) for text in ("0.0900000762939453", "8.5000000001", "2.9999999999", "0.0278")]
    [True, True, True, False]
    """
    tail = _TAIL_OF_FLOAT.fullmatch(text)
    if tail is not None and (tail["below"] or tail["kept"].strip("0.")):
        return True
    whole, _, places = text.partition(".")
    digits = (whole + places).lstrip("+-0")
    return len(places) >= _FLOAT_NOISE_PLACES and len(digits) >= _FLOAT_NOISE_DIGITS


def without_float_tail(number: Fraction) -> Fraction | None:
    """Return the short decimal that a float stands for; `None` where none is so near.

    >>> without_float_tail(Fraction("199.999999999998")), without_float_tail(Fraction("0.0900000762939453"))
    (Fraction(200, 1), None)
    """
    for places in range(_FLOAT_NOISE_PLACES - 3):
        short = round(number * 10**places) / Fraction(10**places)
        if abs(short - number) * _TAIL <= abs(short):
            return short or None
    return None


#: A number is so many times its tail, or more.
_TAIL = 10**9


def decimal_places(number: Fraction) -> int | None:
    """Return how many decimals write `number` in full, or `None` where no finite number does.

    >>> decimal_places(Fraction(1, 8)), decimal_places(Fraction(2, 3))
    (3, None)
    """
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def in_percent(share: Fraction) -> str:
    """Write a share in percent.

    >>> in_percent(Fraction(4, 5)), in_percent(Fraction(2, 3))
    ('80%', '200/3%')
    """
    return f"{decimal_text(share * 100)}%"


def decimal_text(number: Fraction) -> str:
    """Write `number` as decimal text without trailing zeros, or as a fraction where it has no finite decimal.

    >>> decimal_text(Fraction(260000)), decimal_text(Fraction(3, 5)), decimal_text(Fraction(2, 3))
    ('260000', '0.6', '2/3')
    """
    numerator, denominator = number.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    places = decimal_places(number)
    return f"{numerator}/{denominator}" if places is None else _write(numerator * (10**places // denominator), places)


def fixed_text(number: Fraction, digits: int, mode: Rounding = Rounding.HALF_UP) -> str:
    """Write `number` rounded to `digits` decimals, with no trailing zeros cut.

    >>> fixed_text(Fraction(19, 2), 2)
    '9.50'
    """
    return _write(round_scaled(number, digits, mode), digits)


def to_decimal(number: Fraction) -> Decimal:
    """Return `number` as the equal `Decimal`.

    Raises:
        ValueError: where no finite decimal is equal to it (2/3); round it first.

    >>> to_decimal(Fraction(237, 25))
    Decimal('9.48')
    """
    if decimal_places(number) is None:
        raise ValueError(f"{number} has no finite decimal; round it first")
    return Decimal(decimal_text(number))


def round_scaled(number: Fraction, digits: int, mode: Rounding) -> int:
    """Return `number` × 10^`digits` rounded to an integer by `mode`; the core of :func:`round_to`."""
    return round_ratio(number.numerator, number.denominator, 10**digits, mode)


def round_ratio(numerator: int, denominator: int, scale: int, mode: Rounding) -> int:
    """Round `numerator` / `denominator` × `scale` (a power of ten) to an integer; `denominator` is positive."""
    magnitude = abs(numerator) * scale
    quotient, rest = divmod(magnitude, denominator)
    if rest and (
        mode is Rounding.UP
        or (mode is Rounding.HALF_UP and 2 * rest >= denominator)
        or (mode is Rounding.HALF_EVEN and (2 * rest > denominator or (2 * rest == denominator and quotient % 2)))
    ):
        quotient += 1
    return quotient if numerator >= 0 else -quotient


def round_to(number: Fraction, digits: int, mode: Rounding = Rounding.HALF_UP) -> Fraction:
    """Round `number` to `digits` decimals by `mode`, symmetrically about zero.

    >>> round_to(Fraction("8.9178"), 2)
    Fraction(223, 25)
    >>> round_to(Fraction("8.9178"), 2, Rounding.DOWN)
    Fraction(891, 100)
    """
    return Fraction(round_scaled(number, digits, mode), 10**digits)


def _write(scaled: int, places: int) -> str:
    if places == 0:
        return str(scaled)
    sign, digits = ("-", str(-scaled)) if scaled < 0 else ("", str(scaled))
    digits = digits.rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


#: How many decimals are written of a number that does not end, and from how many characters on it is cut.
_PLACES, _LONG = 6, 16


def shown(number: Fraction, *, percent: bool = False) -> str:
    """Write a number for reading; a decimal that does not end, or is very long, is cut and marked.

    >>> shown(Fraction(1, 2)), shown(Fraction(2, 3)), shown(Fraction(19, 20), percent=True)
    ('0.5', '0.666666…', '95%')
    """
    scaled, sign = (number * 100, "%") if percent else (number, "")
    text = decimal_text(scaled)
    if "/" not in text and len(text) <= _LONG:
        return text + sign
    cut = abs(scaled.numerator) * 10**_PLACES // scaled.denominator
    return f"{'-' if scaled < 0 else ''}{decimal_text(Fraction(cut, 10**_PLACES))}…{sign}"
