"""Turn a rule round: the exact edge at which a condition on a number begins to hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from pfscore.foundation.numbers import Rounding, round_to

#: How close the two sides are brought together; only one fraction of a sane size then lies between them.
_CLOSE = Fraction(1, 10**28)
_HAIR = Fraction(1, 10**24)
#: How much closer the two sides come before it is guessed that the edge is the simplest number between them.
_GUESS = Fraction(1, 1000)
#: The digits behind the point of a number beside a guess.
_SHORT = 40

Holds = Callable[[Fraction], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a condition begins or ceases to hold, and whether it holds there."""

    value: Fraction
    included: bool


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator within [`low`, `high`].

    >>> simplest_between(Fraction("0.333"), Fraction("0.334"))
    Fraction(1, 3)
    """
    whole = low.numerator // low.denominator
    if whole == low:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1) if low > 0 or high < 0 else Fraction(0 if low <= 0 <= high else whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))


def edge_between(bad: Fraction, good: Fraction, holds: Holds, *, grid: Fraction | None = None) -> Edge:
    """Return the edge between a number for which a condition does not hold and one for which it does.

    With `grid`, only multiples of it count, and the edge is the last of them that holds.

    >>> edge_between(Fraction(0), Fraction(10), lambda number: number * 3 >= 2)
    Edge(value=Fraction(2, 3), included=True)
    """
    if grid is not None:
        return _on_grid(bad, good, holds, grid)
    scale = max(abs(bad), abs(good), Fraction(1))
    close, guess_at = _CLOSE * scale, scale * _GUESS
    while (gap := abs(good - bad)) > close:
        if gap <= guess_at:
            if (edge := _guessed(bad, good, holds, close)) is not None:
                return edge
            guess_at = gap * _GUESS
        middle = _middle(bad, good)
        if holds(middle):
            good = middle
        else:
            bad = middle
    found = simplest_between(min(bad, good), max(bad, good))
    return Edge(found, holds(found))


def _guessed(bad: Fraction, good: Fraction, holds: Holds, close: Fraction) -> Edge | None:
    """Return the simplest number between two as the edge, where the condition begins right there."""
    value = simplest_between(min(bad, good), max(bad, good))
    step = close if good > bad else -close
    before, behind = (round_to(value + side, _SHORT, Rounding.HALF_UP) for side in (-step, step))
    return Edge(value, holds(value)) if holds(behind) and not holds(before) else None


def _middle(bad: Fraction, good: Fraction) -> Fraction:
    """Return a short number about half-way; short numbers keep the search quick and its cells readable."""
    middle = (bad + good) / 2
    gap = abs(good - bad)
    digits = 0
    while gap * 10**digits < 8:
        digits += 1
    rounded = round_to(middle, digits, Rounding.HALF_UP)
    return rounded if min(bad, good) < rounded < max(bad, good) else middle


def _on_grid(bad: Fraction, good: Fraction, holds: Holds, grid: Fraction) -> Edge:
    low, high = bad / grid, good / grid
    off = low.numerator // low.denominator if low < high else -((-low.numerator) // low.denominator)
    on = -((-high.numerator) // high.denominator) if low < high else high.numerator // high.denominator
    while abs(on - off) > 1:
        middle = (on + off) // 2
        if holds(middle * grid):
            on = middle
        else:
            off = middle
    return Edge(on * grid, included=True)


def region_around(
    good: Fraction, holds: Holds, *, least: Fraction, most: Fraction, grid: Fraction | None = None
) -> tuple[Edge | None, Edge | None]:
    """Return the edges of the region around `good` in which a condition holds; `None` where it goes on.

    >>> region_around(Fraction(5), lambda number: 2 < number <= 7, least=Fraction(-100), most=Fraction(100))
    (Edge(value=Fraction(2, 1), included=False), Edge(value=Fraction(7, 1), included=True))
    """
    low = None if holds(least) else edge_between(_last_bad(good, least, holds), good, holds, grid=grid)
    high = None if holds(most) else edge_between(_last_bad(good, most, holds), good, holds, grid=grid)
    return low, high


def _last_bad(good: Fraction, far: Fraction, holds: Holds) -> Fraction:
    """Approach `good` from a far number as long as the condition does not hold, so that no island is jumped."""
    bad = far
    for step in (
        _HAIR,
        Fraction(1, 10**6),
        Fraction(1, 1000),
        Fraction(1, 100),
        Fraction(1, 10),
        Fraction(1, 2),
        Fraction(1),
    ):
        near = good + (far - good) * step if step < 1 else far
        if not holds(near):
            bad = near
            break
    return bad
