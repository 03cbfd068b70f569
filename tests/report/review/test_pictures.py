"""Pictures of points against completion: where a row stands, and which rows share a curve."""

from __future__ import annotations

from typing import Any

import pytest

import pfscore
from pfscore.report.review.pictures import Picture, Pictures
from pfscore.scoring.row.score import Score

DIGEST = "52a3"


def picture(ruleset: str = "cn-sc/project", pictures: Pictures | None = None, **cells: Any) -> Picture | None:
    """Return the picture of one row."""
    rules = pfscore.load_ruleset(ruleset, on="2023-12-31")
    return (pictures or Pictures()).of(rules.score(**{"name": "人数", "points": "10", **cells}), DIGEST)


def test_a_row_stands_where_its_completion_and_its_points_are() -> None:
    found = picture(target="≥100人", actual="50人")
    assert found == Picture("curve-1", "69.33", "40", "40", "完成率 50% 得 5 / 10 分")


def test_rows_of_one_rule_share_a_curve_whatever_their_targets_and_points() -> None:
    pictures = Pictures()
    shown = [
        picture(pictures=pictures, target="≥100人", actual="50人"),
        picture(pictures=pictures, target="≥3万元", actual="1万元", points="4"),
        picture(pictures=pictures, target="≤100人", actual="150人"),
    ]
    assert [one and one.curve for one in shown] == ["curve-1", "curve-1", "curve-2"]
    assert [curve.id for curve in pictures.curves] == ["curve-1", "curve-2"]


def test_the_line_of_a_proportion_ends_level_at_the_target() -> None:
    pictures = Pictures()
    picture(pictures=pictures, target="≥100人", actual="50人")
    (curve,) = pictures.curves
    assert '<path class="line" d="M8 72 L130.67 8 L192 8"/>' in curve.drawing
    assert "100%</text>" in curve.drawing


def test_an_interval_is_drawn_over_what_was_achieved() -> None:
    pictures = Pictures()
    found = picture("cn-hn/project", pictures, target="控制在60%到80%的区间", actual="59.22%", points="2")
    assert found is not None
    assert found.caption == "59.22% 得 0 / 2 分"
    assert [text in pictures.curves[0].drawing for text in (">60%</text>", ">80%</text>")] == [True, True]


def test_what_lies_outside_stands_at_the_edge() -> None:
    found = picture(target="≥100人", actual="90000人")
    assert found is not None
    assert (found.x, found.low) == ("192", "8")


@pytest.mark.parametrize(
    "cells",
    [
        {"target": "优", "actual": "良"},
        {"target": "≥100人", "actual": None},
        {"target": "≥**人", "actual": "1人"},
        {"target": "≥100人", "actual": "50人", "points": None},
    ],
    ids=["words", "blank", "unreadable", "no points"],
)
def test_what_no_number_decides_has_no_picture(cells: dict[str, Any]) -> None:
    assert picture(**cells) is None


def test_a_budget_line_stands_at_its_execution_rate() -> None:
    line = pfscore.BudgetLine(label="总额", budget="100", expenditure="50", points="10")
    form = pfscore.Form(year=2023, budget=(line,))
    score: Score = pfscore.load_ruleset("cn-sc/project").score_form(form).budget[0]
    found = Pictures().of(score, DIGEST, "en")
    assert found is not None
    assert found.caption == "execution rate 50% earns 5 / 10"


def test_a_unit_that_is_markup_is_escaped() -> None:
    pictures = Pictures()
    picture("cn-hn/project", pictures, target="60~80", actual="59", unit="<b>")
    assert [curve for curve in pictures.curves if "<b>" in curve.drawing] == []
