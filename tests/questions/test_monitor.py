"""Where a form stands in the middle of the year."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.auditing.run import audit
from pfscore.forms.form import BudgetLine, Targets
from pfscore.foundation.errors import InputError
from pfscore.questions.monitor import Progress, monitor
from pfscore.scoring.rules import Rules, load_ruleset
from tests.questions.forms import form

LIGHTS = Path(__file__).parent / "lights.yaml"


@pytest.fixture(scope="module")
def lights() -> Rules:
    return load_ruleset(LIGHTS, on="2023-12-31")


def told(rows: list[Progress]) -> list[tuple[str, str | None, str]]:
    return [(one.shown(), one.light, one.basis.en if one.basis else "") for one in rows]


def test_half_year_targets_before_prorated_ones(lights: Rules) -> None:
    half = Targets(half_year="≥50人", full_year="≥120人")
    rows: list[dict[str, Any]] = [
        {"targets": half, "actual": "45人"},
        {"target": "≥100人", "actual": "45人"},
        {"target": "≥90%", "actual": "63%"},
        {"target": "≤10万元", "actual": "4万元"},
        {"target": "≤10万元", "actual": "12万元"},
        {"target": "健全", "actual": "健全"},
        {"target": "≥100人", "actual": None},
        {"target": "≥100人", "actual": "70人"},
    ]
    assert told(monitor(form(*rows), ruleset=lights)) == [
        ("90%", "绿", "half-year target"),
        ("90%", "绿", "full-year target × 6/12"),
        ("70%", "黄", "full-year target"),
        ("40%", "绿", "full-year target"),
        ("120%", "红", "full-year target"),
        ("—", "绿", "full-year target"),
        ("—", None, ""),
        ("140%", "蓝", "full-year target × 6/12"),
    ]


def test_a_month_and_the_budget(lights: Rules) -> None:
    line = BudgetLine(label="总额", budget="120", expenditure="20", half_year="40")
    one = form({"target": "≥120人", "actual": "20人"}, budget=(line,))
    assert told(monitor(one, ruleset=lights, month=3)) == [
        ("66.67%", "黄", "budget × 3/12"),
        ("66.67%", "黄", "full-year target × 3/12"),
    ]
    assert told(monitor(one, ruleset=lights))[0] == ("50%", "红", "half-year plan")
    with pytest.raises(InputError):
        monitor(one, ruleset=lights, month=13)


def test_times_and_rates_are_not_prorated(lights: Rules) -> None:
    one = form({"target": "≤5个工作日", "actual": "4个工作日"}, {"target": "=365天", "actual": "365天"})
    assert [row.basis.en for row in monitor(one, ruleset=lights) if row.basis] == ["full-year target"] * 2


@settings(max_examples=20, deadline=None)
@given(target=st.integers(1, 10**6), actual=st.integers(0, 10**6), month=st.integers(1, 12))
def test_progress_is_exact(lights: Rules, target: int, actual: int, month: int) -> None:
    one = form({"target": f"≥{target}人", "actual": f"{actual}人"})
    (row,) = monitor(one, ruleset=lights, month=month)
    assert row.progress == Fraction(actual * 12, target * month)
    names = [(Fraction(6, 5), "蓝"), (Fraction(4, 5), "绿"), (Fraction(3, 5), "黄"), (Fraction(0), "红")]
    assert row.light == next(name for least, name in names if row.progress >= least)


def test_the_limit_of_the_ruleset_for_what_was_far_exceeded(lights: Rules) -> None:
    one = form({"target": "≥100人", "actual": "140人"}, {"target": "≥100人", "actual": "151人"})
    assert [(found.row, found.severity.value) for found in audit(one, ruleset=lights)] == [(2, "warning")]
    assert [(found.row, found.severity.value) for found in audit(one)] == [(1, "note"), (2, "note")]
