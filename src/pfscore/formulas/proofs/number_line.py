"""The number line cut into points and open stretches, on each of which a formula is one rational function.

A formula is computed once for a whole stretch, with functions of the moving number in place of numbers. Wherever
a decision would fall differently in two parts of the stretch, the stretch is cut there and both parts are computed
anew. Steps (向下取整) that would need too many cuts become a pair of bounds; where the result does not depend on
them, as under a clamp, it is exact all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pfscore.formulas.proofs.polynomials import Polynomial, Ratio, Root, at, roots, simplest_between

#: The highest degree that is worked with.
MAX_DEGREE = 24


class Cut(Exception):
    """The stretch has to be cut at these numbers before it can go on."""

    def __init__(self, places: Iterable[Root]) -> None:
        super().__init__()
        self.places = tuple(places)


class TooComplex(Exception):
    """The formula is beyond what is worked with here."""


class Stretch:
    """An open stretch between two numbers (`None`: without end), or one point."""

    __slots__ = ("_sample", "left", "point", "right")

    def __init__(self, left: Root | None, right: Root | None, point: Root | None = None) -> None:
        self.left, self.right, self.point = left, right, point
        self._sample: Fraction | None = None

    def sign(self, ratio: Ratio) -> int:
        """Return the sign of `ratio` here; raises `Cut` where it changes."""
        if ratio.degree <= 0:
            return _sign(ratio.top[0]) if ratio.top else 0
        if self.point is not None:
            return self.point.sign_of(ratio.top) * self.point.sign_of(ratio.bottom)
        if ratio.degree > MAX_DEGREE:
            raise TooComplex
        inside = [*self.roots_of(ratio.top), *self.roots_of(ratio.bottom)]
        if inside:
            raise Cut(inside)
        here = self.sample()
        return _sign(at(ratio.top, here)) * _sign(at(ratio.bottom, here))

    def roots_of(self, p: Polynomial) -> list[Root]:
        """Return the roots of p that lie strictly inside."""
        return [root for root in roots(p) if self.contains(root)]

    def contains(self, number: Root) -> bool:
        """Tell whether `number` lies strictly inside the stretch."""
        after = self.left is None or number.compare(self.left) > 0
        return after and (self.right is None or number.compare(self.right) < 0)

    def sample(self) -> Fraction:
        """Return a simple rational number inside, or the point (cut off after some digits where it is irrational)."""
        if self._sample is None:
            self._sample = between(self.left, self.right) if self.point is None else self.point.near()
        return self._sample

    def cut(self, places: Iterable[Root]) -> list[Stretch]:
        """Return the points at `places` and the stretches between them, in order."""
        parts, left = [], self.left
        for place in _ordered(places):
            parts += [Stretch(left, place), Stretch(None, None, place)]
            left = place
        return [*parts, Stretch(left, self.right)]

    def bisected(self) -> list[Stretch]:
        """Return the stretch in two parts and the point between; one without end is cut at ever larger numbers."""
        if self.left is not None and self.right is not None:
            return self.cut([Root.rational(self.sample())])
        edge = self.left or self.right
        far = Fraction(1) if edge is None else 2 * max(abs(edge.low), abs(edge.high), Fraction(1))
        return self.cut([Root.rational(-far if self.left is None and edge is not None else far)])


def between(left: Root | None, right: Root | None) -> Fraction:
    """Return a simple rational number strictly between two numbers."""
    if left is None:
        return Fraction(0 if right is None else right.low.__floor__() - 1)
    if right is None:
        return Fraction(left.high.__ceil__() + 1)
    while left.high >= right.low:
        wider = left if left.high - left.low >= right.high - right.low else right
        wider.refine()
    return simplest_between(left.high, right.low)


def _ordered(places: Iterable[Root]) -> list[Root]:
    """Sort numbers and drop those that are equal."""
    found: list[Root] = []
    for place in places:
        index = 0
        while index < len(found) and (order := found[index].compare(place)) < 0:
            index += 1
        if index == len(found) or order > 0:
            found.insert(index, place)
    return found


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
