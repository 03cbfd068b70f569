"""Units of measurement: which words name one, which dimension it has, and how it converts, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its text without scale word, its dimension, and its size in the dimension's base unit.

    Two quantities can be compared when their units have the same `dimension`. A unit that no table knows is a
    dimension of its own (`窗口` is compared with `窗口` alone).
    """

    text: str
    dimension: str
    factor: Fraction


def unit_of(text: str) -> Unit:
    """Return the unit that `text` (without scale word) names."""
    return Unit(text, text, Fraction(1))
