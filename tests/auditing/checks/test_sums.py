"""Totals of points and scores."""

from __future__ import annotations

from tests.auditing.making import form, found, row

LINE = {"label": "总额", "budget": "5", "expenditure": "5", "points": "10", "published_score": "10"}


def test_a_total_that_is_not_the_sum() -> None:
    one = form(row("优", "优", points="50", published_score="50"), published_total="49")
    assert found(one, "PF708") == [("PF708", "error", None)]


def test_scores_without_points_are_added_up() -> None:
    rows = [row("优", "优", name, published_score="45") for name in ("甲", "乙")]
    assert found(form(*rows, budget=[LINE], published_total="100"), "PF708") == []
    assert found(form(*rows, budget=[LINE], published_total="98"), "PF708") == [("PF708", "error", None)]


def test_a_form_without_scores_for_its_rows_has_no_sum() -> None:
    rows = [row("优", "优", name) for name in ("甲", "乙")]
    assert found(form(*rows, budget=[LINE], published_total="96"), "PF708") == []
