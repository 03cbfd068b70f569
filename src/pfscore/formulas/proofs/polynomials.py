"""Polynomials and rational functions of one number with exact coefficients, and their real roots.

A polynomial is a tuple of coefficients from the constant upwards, without zeros at the end; `()` is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, zip_longest

Polynomial = tuple[Fraction, ...]

_ZERO, _ONE = Fraction(0), Fraction(1)
_NEAR = Fraction(1, 10**12)


def trimmed(coefficients: list[Fraction]) -> Polynomial:
    """Return the polynomial with these coefficients, from the constant upwards."""
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)


def add(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return p + q."""
    return trimmed([a + b for a, b in zip_longest(p, q, fillvalue=_ZERO)])


def scale(p: Polynomial, factor: Fraction) -> Polynomial:
    """Return p × factor."""
    return tuple(a * factor for a in p) if factor else ()


def multiply(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return p × q."""
    if not (p and q):
        return ()
    product = [_ZERO] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            product[i + j] += a * b
    return tuple(product)


def divide(p: Polynomial, q: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Return quotient and remainder of p ÷ q."""
    rest, quotient = list(p), [_ZERO] * max(0, len(p) - len(q) + 1)
    while len(rest) >= len(q):
        factor, shift = rest[-1] / q[-1], len(rest) - len(q)
        quotient[shift] = factor
        for index, coefficient in enumerate(q):
            rest[shift + index] -= factor * coefficient
        rest.pop()
        while rest and not rest[-1]:
            rest.pop()
    return trimmed(quotient), tuple(rest)


def common_divisor(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the greatest common divisor, with leading coefficient 1."""
    while q:
        p, q = q, divide(p, q)[1]
    return scale(p, 1 / p[-1]) if p else ()


def derivative(p: Polynomial) -> Polynomial:
    """Return p′."""
    return tuple(a * power for power, a in enumerate(p) if power)


def at(p: Polynomial, x: Fraction) -> Fraction:
    """Return p(x).

    >>> at((Fraction(1), Fraction(0), Fraction(2)), Fraction(3))
    Fraction(19, 1)
    """
    value = _ZERO
    for coefficient in reversed(p):
        value = value * x + coefficient
    return value


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rational function in lowest terms; the denominator's leading coefficient is 1."""

    top: Polynomial
    bottom: Polynomial = (_ONE,)

    @staticmethod
    def of(top: Polynomial, bottom: Polynomial) -> Ratio:
        """Return top ÷ bottom in lowest terms."""
        if not top:
            return Ratio(())
        shared = common_divisor(top, bottom) if len(top) > 1 and len(bottom) > 1 else (_ONE,)
        if len(shared) > 1:
            top, bottom = divide(top, shared)[0], divide(bottom, shared)[0]
        return Ratio(scale(top, 1 / bottom[-1]), scale(bottom, 1 / bottom[-1]))

    @staticmethod
    def constant(value: Fraction | int) -> Ratio:
        """Return the function that is `value` everywhere."""
        return Ratio((Fraction(value),) if value else ())

    @property
    def degree(self) -> int:
        """The highest power above or below the bar."""
        return max(len(self.top), len(self.bottom)) - 1

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return Ratio.of(add(self.top, other.top), self.bottom)
        top = add(multiply(self.top, other.bottom), multiply(other.top, self.bottom))
        return Ratio.of(top, multiply(self.bottom, other.bottom))

    def __neg__(self) -> Ratio:
        return Ratio(scale(self.top, Fraction(-1)), self.bottom)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio.of(multiply(self.top, other.top), multiply(self.bottom, other.bottom))

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio.of(multiply(self.top, other.bottom), multiply(self.bottom, other.top))

    def slope(self) -> Ratio:
        """Return the derivative."""
        top = add(
            multiply(derivative(self.top), self.bottom),
            scale(multiply(self.top, derivative(self.bottom)), Fraction(-1)),
        )
        return Ratio.of(top, multiply(self.bottom, self.bottom))

    def at(self, x: Fraction) -> Fraction:
        """Return the value at `x`, which is no pole."""
        return at(self.top, x) / at(self.bottom, x)


# -- real roots -----------------------------------------------------------------------------------------------


class Root:
    """A real number: rational (`low` = `high`), or the one root of `polynomial` strictly between `low` and `high`."""

    __slots__ = ("high", "low", "polynomial")

    def __init__(self, low: Fraction, high: Fraction, polynomial: Polynomial = ()) -> None:
        self.low, self.high, self.polynomial = low, high, polynomial

    @staticmethod
    def rational(value: Fraction | int) -> Root:
        """Return the rational number `value`."""
        return Root(Fraction(value), Fraction(value))

    @property
    def exact(self) -> Fraction | None:
        """The number, where it is rational."""
        return self.low if self.low == self.high else None

    def around(self, width: Fraction) -> tuple[Fraction, Fraction]:
        """Return two numbers around this one, not further apart than `width`; twice the number where it is rational."""
        while self.exact is None and self.high - self.low > width:
            self.refine()
        return self.low, self.high

    def near(self) -> Fraction:
        """Return the number, or one that agrees with it in the first digits where it is irrational."""
        low, high = self.around(_NEAR)
        return (low + high) / 2

    def refine(self) -> None:
        """Halve the interval of an irrational number."""
        middle = (self.low + self.high) / 2
        value = at(self.polynomial, middle)
        if not value:
            self.low = self.high = middle
        elif (value > 0) == (at(self.polynomial, self.high) > 0):
            self.high = middle
        else:
            self.low = middle

    def sign_of(self, p: Polynomial) -> int:
        """Return the sign of p at this number."""
        if len(p) <= 1:
            return _sign(p[0]) if p else 0
        if self.exact is None and self.is_root_of(p):
            return 0
        while self.exact is None and count_roots(p, self.low, self.high):
            self.refine()
        if self.exact is not None:
            return _sign(at(p, self.exact))
        return _sign(at(p, (self.low + self.high) / 2))

    def is_root_of(self, p: Polynomial) -> bool:
        """Tell whether p is zero at this number, which is irrational."""
        shared = common_divisor(p, self.polynomial)
        return len(shared) > 1 and count_roots(shared, self.low, self.high) > 0

    def compare(self, other: Root) -> int:
        """Return -1, 0 or 1 as this number is below, equal to or above `other`."""
        while True:
            if self.exact is not None and other.exact is not None:
                return _sign(self.exact - other.exact)
            if self.high <= other.low:
                return -1
            if other.high <= self.low:
                return 1
            wider, narrow = (self, other) if self.high - self.low >= other.high - other.low else (other, self)
            if narrow.exact is None and wider.is_root_of(narrow.polynomial) and self._meets(other):
                return 0
            if narrow.exact is not None and not at(wider.polynomial, narrow.exact):
                return 0
            wider.refine()

    def _meets(self, other: Root) -> bool:
        """Tell whether two irrational numbers with overlapping intervals are one."""
        shared = common_divisor(self.polynomial, other.polynomial)
        low, high = max(self.low, other.low), min(self.high, other.high)
        return len(shared) > 1 and count_roots(shared, low, high) > 0


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


@lru_cache(maxsize=2048)
def _sturm(p: Polynomial) -> tuple[Polynomial, ...]:
    chain = [p, derivative(p)]
    while len(chain[-1]) > 1:
        rest = divide(chain[-2], chain[-1])[1]
        if not rest:
            break
        chain.append(scale(rest, Fraction(-1)))
    return tuple(chain)


def _changes(p: Polynomial, x: Fraction) -> int:
    signs = [sign for q in _sturm(p) if (sign := _sign(at(q, x)))]
    return sum(a != b for a, b in pairwise(signs))


def count_roots(p: Polynomial, low: Fraction, high: Fraction) -> int:
    """Return how many different roots p has with low < x < high."""
    if len(p) <= 1:
        return 0
    p = _squarefree(p)
    return _changes(p, low) - _changes(p, high) - (not at(p, high))


@lru_cache(maxsize=2048)
def _squarefree(p: Polynomial) -> Polynomial:
    shared = common_divisor(p, derivative(p))
    return divide(p, shared)[0] if len(shared) > 1 else p


@lru_cache(maxsize=4096)
def roots(p: Polynomial) -> tuple[Root, ...]:
    """Return the real roots of p in ascending order.

    >>> [root.exact for root in roots((Fraction(-1), Fraction(0), Fraction(4)))]
    [Fraction(-1, 2), Fraction(1, 2)]
    """
    if len(p) <= 1:
        return ()
    if len(p) == 2:
        return (Root.rational(-p[0] / p[1]),)
    p = _squarefree(p)
    bound = 1 + max(abs(a / p[-1]) for a in p)
    return tuple(_simplified(root) for root in _isolated(p, -bound, bound))


def _isolated(p: Polynomial, low: Fraction, high: Fraction) -> list[Root]:
    found = count_roots(p, low, high)
    if found == 0:
        return []
    if found == 1 and at(p, low) and at(p, high):
        return [Root(low, high, p)]
    middle = (low + high) / 2
    at_middle = [] if at(p, middle) else [Root.rational(middle)]
    return [*_isolated(p, low, middle), *at_middle, *_isolated(p, middle, high)]


def _simplified(root: Root) -> Root:
    """Return a root as the rational number that it is, where its interval leads to one."""
    for _ in range(48):
        if root.exact is not None:
            return root
        guess = simplest_between(root.low, root.high)
        if not at(root.polynomial, guess):
            return Root.rational(guess)
        root.refine()
    return root


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the number with the smallest denominator strictly between two numbers.

    >>> simplest_between(Fraction(1, 3), Fraction(2, 3)), simplest_between(Fraction(3), Fraction(100))
    (Fraction(1, 2), Fraction(4, 1))
    """
    if low < 0 < high:
        return _ZERO
    if high <= 0:
        return -simplest_between(-high, -low)
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:  # between a whole number and the next: 1/n just below the distance
        gap = 1 / (high - whole)
        return whole + Fraction(1, gap.numerator // gap.denominator + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))
