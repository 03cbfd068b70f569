"""What several projects give together."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.foundation.errors import InputError
from pfscore.questions.rollup import rollup
from tests.questions.forms import project


def test_amounts_are_added_and_rates_weighted() -> None:
    whole = rollup([project("100", "8人", "80%"), project("300", "14人", "100%", "9个工作日")])
    assert [row.target for row in whole.form.indicators] == ["≥20人", "≥90%", "≤6工作日", "优"]
    assert [row.actual for row in whole.form.indicators] == ["22人", "95%", "8工作日", "优"]
    assert (whole.form.budget[0].budget, whole.form.budget[0].expenditure) == ("400", "400")
    assert [str(score.score) for score in whole.sheet.indicators] == ["5", "5", "3.75", "5"]
    assert whole.notes == ()


def test_the_result_comes_first_and_points_then() -> None:
    """One project fell short by as much as the other exceeded: together the target is met, and all points are due."""
    whole = rollup([project("1", "5人", "95%"), project("1", "15人", "95%")])
    assert str(whole.sheet.indicators[0].score) == "5"


def test_a_blank_stays_blank_and_words_that_differ_are_judged() -> None:
    whole = rollup([project("1", "8人", "95%"), project("1", None, "95%", word="良")])
    assert (whole.form.indicators[0].actual, whole.form.indicators[3].actual) == (None, "优；良")
    assert [note.en.split(": ")[1] for note in whole.notes] == [
        "an actual is blank in one form, so it stays blank",
        "the words differ; a person must judge",
    ]


def test_funds_in_another_unit_weigh_the_same() -> None:
    first, second = project("100", "8人", "80%"), project("300", "14人", "100%")
    in_yuan = second.model_copy(
        update={"amount_unit": "元", "budget": (second.budget[0].model_copy(update={"budget": "3000000"}),)}
    )
    assert rollup([first, in_yuan]).form.indicators[1].actual == "95%"


@settings(max_examples=20, deadline=None)
@given(parts=st.lists(st.tuples(st.integers(1, 10**4), st.integers(0, 100)), min_size=2, max_size=4))
def test_a_weighted_rate_is_exact(parts: list[tuple[int, int]]) -> None:
    whole = rollup([project(str(budget), "8人", f"{rate}%") for budget, rate in parts])
    total = sum(budget for budget, _ in parts)
    wanted = Fraction(sum(budget * rate for budget, rate in parts), total * 100)
    assert whole.sheet.indicators[1].completion == wanted / Fraction(9, 10)


def test_nothing_to_combine() -> None:
    with pytest.raises(InputError) as caught:
        rollup([])
    assert caught.value.code == "PF793"
