"""What each operation of a formula does with exact numbers: the one definition that all evaluators share."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

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
    """Return whether `number` has a numerator or a denominator of more than `bits` bits."""
    return number.numerator.bit_length() > bits or number.denominator.bit_length() > bits
