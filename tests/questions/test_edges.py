"""The edge at which a condition on a number begins to hold, found exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.questions.edges import Edge, edge_between, region_around, simplest_between

SETTINGS = settings(max_examples=60, deadline=None)


@SETTINGS
@given(edge=st.fractions(-(10**6), 10**6, max_denominator=10**6), included=st.booleans())
def test_an_edge_is_found_exactly(edge: Fraction, included: bool) -> None:
    def holds(number: Fraction) -> bool:
        return number >= edge if included else number > edge

    assert edge_between(edge - 7, edge + 5, holds) == Edge(edge, included)
    assert region_around(edge + 5, holds, least=Fraction(-(10**9)), most=Fraction(10**9)) == (
        Edge(edge, included),
        None,
    )


@SETTINGS
@given(low=st.fractions(-50, 50, max_denominator=60), width=st.fractions(0, 3, max_denominator=60))
def test_the_simplest_fraction(low: Fraction, width: Fraction) -> None:
    found = simplest_between(low, low + width)
    assert low <= found <= low + width
    smaller = range(1, found.denominator)
    between = [Fraction(-(-low.numerator * below // low.denominator), below) for below in smaller]
    assert [one for one in between if one <= low + width] == []
