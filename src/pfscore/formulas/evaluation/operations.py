"""What each operation of a formula does with exact numbers: the one definition that all evaluators share."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pfscore.foundation.numbers import round_to

#: The largest value that may be handed in, in bits of numerator or denominator (about 154 digits).
MAX_INPUT_BITS = 512
#: The largest value that may come up, in bits of numerator or denominator in lowest terms.
MAX_BITS = 4096

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def too_large(number: Fraction, bits: int = MAX_BITS) -> bool:
    """Tell whether `number` has a numerator or a denominator of more than `bits` bits."""
    return number.numerator.bit_length() > bits or number.denominator.bit_length() > bits


def call(function: str, numbers: tuple[Fraction, ...]) -> Fraction:
    """Return what a built-in function other than `require` gives for `numbers`.

    >>> call("round", (Fraction("8.918"), Fraction(2)))
    Fraction(223, 25)
    """
    match function:
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "abs":
            return abs(numbers[0])
        case "floor":
            return Fraction(floor(numbers[0]))
        case "ceil":
            return Fraction(ceil(numbers[0]))
    return round_to(numbers[0], int(numbers[1]))
