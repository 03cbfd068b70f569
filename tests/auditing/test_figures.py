"""Printed figures: which roundings lead to them, compared with the rounding of the foundation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.auditing.figures import ROUNDINGS, common_rounding, is_blank, read_figure, show, show_percent
from pfscore.foundation.numbers import Rounding, fixed_text, round_scaled
from tests.tables import each

EXACT = st.fractions(-(10**4), 10**4, max_denominator=10**4)


@given(exact=EXACT, printed=st.integers(-(10**5), 10**5), digits=st.integers(0, 3), percent=st.booleans())
def test_the_roundings_that_give_a_figure(exact: Fraction, printed: int, digits: int, percent: bool) -> None:
    figure = read_figure(fixed_text(Fraction(printed, 10**digits), digits) + ("%" if percent else ""))
    assert figure is not None
    scale = 100 if percent else 1
    naive = tuple(mode for mode in ROUNDINGS if round_scaled(exact * scale, digits, mode) == printed)
    assert figure.roundings_of(exact) == naive


@given(exact=EXACT | st.fractions(-2, 2, max_denominator=50), digits=st.integers(0, 2), beside=st.integers(-1, 1))
def test_the_roundings_that_give_a_figure_nearby(exact: Fraction, digits: int, beside: int) -> None:
    printed = int(exact * 10**digits) + beside
    figure = read_figure(fixed_text(Fraction(printed, 10**digits), digits))
    assert figure is not None
    naive = tuple(mode for mode in ROUNDINGS if round_scaled(exact, digits, mode) == printed)
    assert figure.roundings_of(exact) == naive


@each("exact", [Fraction(number, 20) for number in range(-50, 51)])
def test_the_roundings_that_give_each_whole_number(exact: Fraction) -> None:
    for printed in range(-4, 5):
        figure = read_figure(str(printed))
        assert figure is not None
        naive = tuple(mode for mode in ROUNDINGS if round_scaled(exact, 0, mode) == printed)
        assert figure.roundings_of(exact) == naive


@given(exact=EXACT, digits=st.integers(0, 3), mode=st.sampled_from(list(Rounding)))
def test_what_is_written_is_read_back(exact: Fraction, digits: int, mode: Rounding) -> None:
    figure = read_figure("0%" if digits == 0 else f"0.{'0' * digits}%")
    assert figure is not None
    again = read_figure(figure.write(exact, mode))
    assert again is not None
    assert mode in again.roundings_of(exact)


@pytest.mark.parametrize(
    ("text", "value", "digits"),
    [
        ("9.48", "237/25", 2),
        ("１００％", "1", 0),
        ("-41.06%", "-2053/5000", 2),
        ("1,200.50", "2401/2", 2),
        ("10分", "10", 0),
    ],
)
def test_a_figure(text: str, value: str, digits: int) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.digits, figure.text) == (Fraction(value), digits, text)


@pytest.mark.parametrize("text", [None, "", "/", "7,00.0,77", "约9", "9.", "1" * 70, "九"])
def test_no_figure(text: str | None) -> None:
    assert read_figure(text) is None


def test_blank_cells() -> None:
    assert [is_blank(text) for text in (None, "", " / ", "——", "0", "优")] == [True, True, True, True, False, False]


def test_one_slip_is_no_habit() -> None:
    def pairs(*figures: tuple[str, str]) -> list[tuple[Fraction, object]]:
        return [(Fraction(exact), read_figure(text)) for exact, text in figures]

    cut = pairs(("9.4836", "9.48"), ("8.9178", "8.91"))
    assert common_rounding(cut) is Rounding.HALF_UP  # type: ignore[arg-type]
    habit = [*cut, *pairs(("9.6569", "9.65"))]
    assert common_rounding(habit) is Rounding.DOWN  # type: ignore[arg-type]
    mixed = [*habit, *pairs(("7.9439", "7.94"), ("1.5555", "1.56"))]
    assert common_rounding(mixed) is Rounding.HALF_UP  # type: ignore[arg-type]


def test_numbers_for_sentences() -> None:
    assert (show(Fraction(8, 3)), show(Fraction(1, 2)), show_percent(Fraction(2, 3))) == ("2.6666…", "0.5", "66.67%")
