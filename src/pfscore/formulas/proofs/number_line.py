"""The number line cut into points and open stretches, and the functions of the moving number that a formula is there.

All functions are a line over a line: (a + b·x) ÷ (c + d·x). Their zeros and poles are rational, so that every place
at which a decision changes is found exactly. What leads beyond, such as the product of two moving numbers, is `None`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The function (a + b·x) ÷ (c + d·x) in lowest terms: d is 1, or d is 0 and c is 1.

    >>> Ratio.of(Fraction(2), Fraction(4), Fraction(1), Fraction(2))
    Ratio(a=Fraction(2, 1), b=Fraction(0, 1), c=Fraction(1, 1), d=Fraction(0, 1))
    """

    a: Fraction
    b: Fraction = _ZERO
    c: Fraction = _ONE
    d: Fraction = _ZERO

    @staticmethod
    def of(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> Ratio:
        """Return (a + b·x) ÷ (c + d·x) in lowest terms."""
        if d and a * d == b * c:
            return Ratio(b / d)
        leading = d or c
        return Ratio(a / leading, b / leading, c / leading, d / leading)

    @property
    def is_constant(self) -> bool:
        """Whether the function has one value everywhere."""
        return not (self.b or self.d)

    @property
    def is_straight(self) -> bool:
        """Whether the function is a straight line."""
        return not self.d

    @property
    def direction(self) -> int:
        """1 where the function rises, -1 where it falls, 0 where it is constant; the same on both sides of a pole."""
        return sign_of(self.b * self.c - self.a * self.d if self.d else self.b)

    def __neg__(self) -> Ratio:
        return Ratio(-self.a, -self.b, self.c, self.d)

    def plus(self, other: Ratio) -> Ratio | None:
        """Return the sum; `None` where it is no line over a line."""
        x, y = self, other
        if not (x.d or y.d):
            return Ratio(x.a + y.a, x.b + y.b)
        if x.d == y.d and x.c == y.c:
            return Ratio.of(x.a + y.a, x.b + y.b, x.c, x.d)
        if x.d * y.d or x.b * y.d + y.b * x.d:
            return None
        return Ratio.of(x.a * y.c + y.a * x.c, x.a * y.d + x.b * y.c + y.a * x.d + y.b * x.c, x.c * y.c, x.d + y.d)

    def minus(self, other: Ratio) -> Ratio | None:
        """Return the difference; `None` where it is no line over a line."""
        return self.plus(-other)

    def missing_to(self, value: Fraction) -> Ratio:
        """Return `value` minus the function."""
        if not self.d:
            return Ratio(value - self.a, -self.b)
        return Ratio.of(value * self.c - self.a, value * self.d - self.b, self.c, self.d)

    def times(self, other: Ratio) -> Ratio | None:
        """Return the product; `None` where it is no line over a line."""
        if self.is_constant or other.is_constant:
            factor, moving = (self.a, other) if self.is_constant else (other.a, self)
            return Ratio(factor * moving.a, factor * moving.b, moving.c, moving.d) if factor else Ratio(_ZERO)
        x, y = Ratio.of(self.a, self.b, other.c, other.d), Ratio.of(other.a, other.b, self.c, self.d)
        if x.b * y.b or x.d * y.d:
            return None
        return Ratio.of(x.a * y.a, x.a * y.b + x.b * y.a, x.c * y.c, x.c * y.d + x.d * y.c)

    def inverse(self) -> Ratio:
        """Return 1 ÷ the function, which is not zero everywhere."""
        return Ratio.of(self.c, self.d, self.a, self.b)

    def at(self, x: Fraction) -> Fraction:
        """Return the value at `x`, which is no pole."""
        return (self.a + self.b * x) / (self.c + self.d * x) if self.d else self.a + self.b * x

    def has_pole_at(self, x: Fraction) -> bool:
        """Return whether the function grows without end towards `x`."""
        return self.c + self.d * x == 0

    def limit(self, end: Fraction | None) -> Fraction | None:
        """Return the limit towards a place, or towards either end of the line where it is `None`."""
        if end is not None:
            return None if self.has_pole_at(end) else self.at(end)
        return self.b if self.d else None if self.b else self.a

    def places_of(self, value: Fraction | int) -> list[Fraction]:
        """Return where the function has a value; no place or one for a function that is not constant."""
        slope = self.b - value * self.d
        return [(value * self.c - self.a) / slope] if slope else []


class Cut(Exception):
    """The stretch has to be cut at these places before it can be decided."""

    def __init__(self, places: Iterable[Fraction]) -> None:
        super().__init__()
        self.places = tuple(places)


@dataclass(frozen=True)
class Stretch:
    """An open stretch between two numbers (`None`: without end), or one point."""

    left: Fraction | None
    right: Fraction | None
    point: Fraction | None = None

    @staticmethod
    def at(place: Fraction) -> Stretch:
        """Return a point."""
        return Stretch(None, None, place)

    def sign(self, ratio: Ratio) -> int:
        """Return the sign of `ratio` here; raises `Cut` where it changes."""
        if ratio.is_constant:
            return sign_of(ratio.a)
        if self.point is None:
            poles = [-ratio.c] if ratio.d else []
            if inside := [place for place in (*ratio.places_of(0), *poles) if self.contains(place)]:
                raise Cut(inside)
        return sign_of(ratio.at(self.sample))

    def contains(self, number: Fraction) -> bool:
        """Return whether `number` is the point, or lies strictly inside the stretch."""
        if self.point is not None:
            return number == self.point
        return (self.left is None or number > self.left) and (self.right is None or number < self.right)

    @cached_property
    def sample(self) -> Fraction:
        """A simple number inside, or the point."""
        return between(self.left, self.right) if self.point is None else self.point

    def cut(self, places: Iterable[Fraction]) -> list[Stretch]:
        """Return the points at `places` and the stretches between them, in order."""
        parts, left = [], self.left
        for place in sorted(set(places)):
            parts += [Stretch(left, place), Stretch.at(place)]
            left = place
        return [*parts, Stretch(left, self.right)]

    def bisected(self) -> list[Stretch]:
        """Return the stretch in two parts and the point between; one without end is cut at ever larger numbers."""
        if self.left is not None and self.right is not None:
            return self.cut([self.sample])
        edge = self.right if self.left is None else self.left
        far = _ONE if edge is None else 2 * max(abs(edge), _ONE)
        return self.cut([-far if self.left is None and edge is not None else far])


def between(left: Fraction | None, right: Fraction | None) -> Fraction:
    """Return a simple number strictly between two numbers.

    >>> str(between(None, None)), str(between(Fraction(1, 3), Fraction(2, 3))), str(between(Fraction(3), None))
    ('0', '1/2', '4')
    """
    if left is None:
        return _ZERO if right is None else Fraction(right.__floor__() - 1)
    return Fraction(left.__ceil__() + 1) if right is None else _simplest_between(left, right)


def _simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the number with the smallest denominator strictly between two numbers."""
    if low < 0 < high:
        return _ZERO
    if high <= 0:
        return -_simplest_between(-high, -low)
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:  # between a whole number and the next: 1/n just below the distance
        gap = 1 / (high - whole)
        return whole + Fraction(1, gap.numerator // gap.denominator + 1)
    return whole + 1 / _simplest_between(1 / (high - whole), 1 / (low - whole))


def sign_of(value: Fraction) -> int:
    """Return 1, 0 or -1."""
    return (value > 0) - (value < 0)
