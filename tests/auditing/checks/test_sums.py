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


def test_a_total_that_cannot_come_out_whatever_the_unreadable_score_was() -> None:
    rows = [
        row("优", "优", "甲", points="60", published_score="60"),
        row("优", "优", "乙", points="30", published_score="O"),
    ]
    for total, is_found in (("105", True), ("69", True), ("70", False), ("100", False)):
        one = form(*rows, budget=[LINE], published_total=total)
        assert found(one, "PF708") == ([("PF708", "error", None)] if is_found else [])
