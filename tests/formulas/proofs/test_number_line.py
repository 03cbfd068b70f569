"""Real roots: found, ordered and told apart exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.formulas.proofs.number_line import Stretch, between
from pfscore.formulas.proofs.polynomials import (
    Polynomial,
    Ratio,
    Root,
    at,
    count_roots,
    multiply,
    roots,
    simplest_between,
    trimmed,
)

ROOM = settings(max_examples=60, deadline=None)
small = st.fractions(-9, 9, max_denominator=5)
polynomials = st.lists(small, min_size=1, max_size=5).map(lambda coefficients: trimmed(list(coefficients)))

SQUARE_2: Polynomial = (Fraction(-2), Fraction(0), Fraction(1))
SQUARE_3: Polynomial = (Fraction(-3), Fraction(0), Fraction(1))
FOURTH_4: Polynomial = (Fraction(-4), Fraction(0), Fraction(0), Fraction(0), Fraction(1))


@ROOM
@given(st.lists(small, min_size=1, max_size=3), polynomials)
def test_every_rational_root_is_found_as_such(wanted: list[Fraction], other: Polynomial) -> None:
    product = other or (Fraction(1),)
    for root in wanted:
        product = multiply(product, (-root, Fraction(1)))
    found = roots(product)
    assert set(wanted) <= {root.exact for root in found}
    assert all(a.compare(b) == -1 and b.compare(a) == 1 for a, b in pairwise(found))
    assert all(root.sign_of(product) == 0 for root in found)


@ROOM
@given(polynomials, small, small)
def test_roots_are_counted(p: Polynomial, a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b)
    if p and low < high:
        inside = Stretch(Root.rational(low), Root.rational(high)).roots_of(p)
        assert count_roots(p, low, high) == len(inside)


@ROOM
@given(small, small)
def test_the_simplest_number_between_two(a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b)
    if low < high:
        found = simplest_between(low, high)
        assert low < found < high
        for denominator in range(1, found.denominator):
            first = (low * denominator).__floor__() + 1
            assert first >= high * denominator


@ROOM
@given(polynomials, polynomials, small)
def test_ratios_compute_what_fractions_do(p: Polynomial, q: Polynomial, x: Fraction) -> None:
    if not (q and at(q, x)):
        return
    ratio, line = Ratio.of(p, q), Ratio((Fraction(1), Fraction(2)))
    value, other = at(p, x) / at(q, x), 1 + 2 * x
    assert ratio.at(x) == value
    assert (ratio + line).at(x) == value + other
    assert (ratio - line).at(x) == value - other
    assert (ratio * line).at(x) == value * other
    if other:
        assert (ratio / line).at(x) == value / other


def test_irrational_numbers_are_compared_exactly() -> None:
    root_2, same, root_3 = Root(Fraction(1), Fraction(2), SQUARE_2), roots(FOURTH_4)[1], roots(SQUARE_3)[1]
    assert root_2.exact is None
    assert root_2.compare(root_3) == -1
    assert root_3.compare(Root(Fraction(1), Fraction(2), SQUARE_2)) == 1
    assert Root(Fraction(1), Fraction(2), SQUARE_2).compare(same) == 0
    assert Root(Fraction(0), Fraction(2), SQUARE_2).sign_of((Fraction(-7, 5), Fraction(1))) == 1
    assert Root(Fraction(0), Fraction(2), SQUARE_2).sign_of((Fraction(-3, 2), Fraction(1))) == -1
    low, high = Root(Fraction(1), Fraction(2), SQUARE_2), Root(Fraction(1), Fraction(2), SQUARE_3)
    assert 2 < between(low, high) ** 2 < 3


def test_a_rational_root_that_bisection_meets() -> None:
    root = Root(Fraction(0), Fraction(4), (Fraction(-2), Fraction(1)))
    assert root.compare(Root.rational(2)) == 0
    root.refine()
    assert root.exact == 2


def test_a_number_without_edges() -> None:
    assert between(None, None) == 0
    assert between(None, Root.rational(3)) == 2
    assert between(Root.rational(3), None) == 4
    assert [part.sample() for part in Stretch(None, None).bisected()] == [0, 1, 2]
    assert [part.sample() for part in Stretch(None, Root.rational(-3)).bisected()] == [-7, -6, -4]
