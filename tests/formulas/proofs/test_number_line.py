"""The number line: lines over lines compute what fractions do, and stretches are cut exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pfscore.formulas.proofs.number_line import Cut, Ratio, Stretch, between, sign_of

ROOM = settings(max_examples=50, deadline=None)
small = st.sampled_from(sorted({Fraction(n, d) for d in range(1, 6) for n in range(-9 * d, 9 * d + 1)}, key=abs))


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    """Draw a line over a line."""
    a, b, c, d = (draw(small) for _ in range(4))
    assume(c or d)
    return Ratio.of(a, b, c, d)


@ROOM
@given(small, small, small, small, small)
def test_lowest_terms_have_the_same_value(a: Fraction, b: Fraction, c: Fraction, d: Fraction, x: Fraction) -> None:
    assume(c + d * x)
    ratio = Ratio.of(a, b, c, d)
    assert ratio.at(x) == (a + b * x) / (c + d * x)
    assert (ratio.c, ratio.d) == (1, 0) or ratio.d == 1
    assert ratio.d == 0 or ratio.a * ratio.d != ratio.b * ratio.c


@ROOM
@given(ratios(), ratios(), small)
def test_what_is_computed_with_ratios_is_what_is_computed_with_their_values(p: Ratio, q: Ratio, x: Fraction) -> None:
    assume(not p.has_pole_at(x) and not q.has_pole_at(x))
    one, other = p.at(x), q.at(x)
    assert (-p).at(x) == -one
    assert p.missing_to(Fraction(7)).at(x) == 7 - one
    for found, expected in ((p.plus(q), one + other), (p.minus(q), one - other), (p.times(q), one * other)):
        if found is not None and not found.has_pole_at(x):
            assert found.at(x) == expected
    if one:
        assert p.inverse().at(x) == 1 / one


@ROOM
@given(ratios(), small)
def test_a_line_is_combined_with_every_ratio_that_a_formula_of_one_share_needs(p: Ratio, value: Fraction) -> None:
    constant = Ratio(value)
    assert p.plus(constant) is not None
    assert p.times(constant) is not None
    assert p.minus(p) == Ratio(Fraction(0))
    if p != Ratio(Fraction(0)):
        assert p.times(p.inverse()) == Ratio(Fraction(1))


def test_what_leads_beyond_a_line_over_a_line_is_none() -> None:
    x = Ratio(Fraction(0), Fraction(1))
    assert x.times(x) is None
    assert x.plus(x.inverse()) is None
    other = Ratio(Fraction(1), Fraction(1)).inverse()
    assert x.inverse().minus(other) is None


@ROOM
@given(ratios(), small, small)
def test_a_function_goes_in_its_direction(p: Ratio, x: Fraction, y: Fraction) -> None:
    low, high = min(x, y), max(x, y)
    pole = -p.c if p.d else None
    assume(low < high and (pole is None or not low <= pole <= high))
    assert sign_of(p.at(high) - p.at(low)) == p.direction


@ROOM
@given(ratios(), small)
def test_places_of_a_value_have_it(p: Ratio, value: Fraction) -> None:
    for place in p.places_of(value):
        assert p.has_pole_at(place) or p.at(place) == value


@ROOM
@given(ratios(), small, small)
def test_a_sign_holds_on_the_whole_stretch(p: Ratio, x: Fraction, y: Fraction) -> None:
    assume(x != y)
    waiting = [Stretch(min(x, y), max(x, y))]
    while waiting:
        stretch = waiting.pop()
        try:
            sign = stretch.sign(p)
        except Cut as cut:
            assert all(stretch.contains(place) for place in cut.places)
            waiting += [part for part in stretch.cut(cut.places) if part.point is None]
            continue
        assert stretch.left is not None
        assert stretch.right is not None
        size = stretch.right - stretch.left
        assert {sign_of(p.at(stretch.left + size * step / 7)) for step in range(1, 7)} == {sign}


@ROOM
@given(small, small)
def test_the_simplest_number_between_two(a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b)
    if low < high:
        found = between(low, high)
        assert low < found < high
        for denominator in range(1, found.denominator):
            first = (low * denominator).__floor__() + 1
            assert first >= high * denominator


@pytest.mark.parametrize(
    ("stretch", "samples"),
    [
        (Stretch(None, None), [0, 1, 2]),
        (Stretch(None, Fraction(-3)), [-7, -6, -4]),
        (Stretch(Fraction(3), None), [4, 6, 7]),
    ],
)
def test_a_stretch_without_end_is_cut_at_ever_larger_numbers(stretch: Stretch, samples: list[int]) -> None:
    assert [part.sample for part in stretch.bisected()] == samples


def test_a_number_without_edges() -> None:
    assert between(None, None) == 0
    assert between(None, Fraction(3)) == 2
    assert between(Fraction(3), None) == 4
