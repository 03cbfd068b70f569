"""The edge at which a condition on a number begins to hold, found exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.questions.needed import Edge, edge_between, region_around, simplest_between

SETTINGS = settings(max_examples=30, deadline=None)


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


@pytest.mark.parametrize("edge", [Fraction("99.995"), Fraction(2, 3), Fraction(100), Fraction(0)])
@pytest.mark.parametrize("included", [True, False])
def test_a_simple_edge_takes_few_questions(edge: Fraction, included: bool) -> None:
    asked: list[Fraction] = []

    def holds(value: Fraction) -> bool:
        asked.append(value)
        return value > edge or (included and value == edge)

    assert edge_between(Fraction(-3), Fraction(107), holds) == Edge(edge, included)
    assert len(asked) < 30


def test_a_number_that_cannot_be_written_is_no_edge() -> None:
    """A condition that never holds for what has no end behind the point, as in a cell, begins where it begins."""

    def holds(value: Fraction) -> bool:
        return value >= Fraction("0.59125") and 10**40 % value.denominator == 0

    assert edge_between(Fraction(0), Fraction(1), holds) == Edge(Fraction("0.59125"), included=True)
