"""Totals of points and scores."""

from __future__ import annotations

from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from tests.auditing.making import Cells, form, found, row

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


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_the_usual_grades_begin_at_ninety_eighty_and_sixty(total: str, grade: str) -> None:
    """Where there is no ruleset with others; any other of the four is reported."""
    cells = {"path": ["产出指标", "数量指标"], "name": "人数", "target": "≥5人", "actual": "5人", "points": "100"}
    for printed in ("优", "优秀", "良", "良好", "中", "合格", "一般", "差", "不合格"):
        data = {
            "title": "表",
            "year": 2023,
            "indicators": [cells],
            "published_total": total,
            "published_grade": printed,
        }
        codes = [one.code for one in audit(Form.model_validate(data)) if one.code == "PF711"]
        is_right = {"优秀": "优", "良好": "良", "合格": "中", "一般": "中", "不合格": "差"}.get(
            printed, printed
        ) == grade
        assert (codes == []) is is_right, printed


@pytest.mark.parametrize(
    ("points", "printed", "codes"),
    [
        (["95", "10"], None, ["PF707"]),
        (["95", "10"], "105", ["PF707"]),
        (["95", "10"], "100", ["PF707"]),
        (["90", "10"], "100", []),
        (["90", "10"], None, []),
        # an extract: the blocks that are missing are said
        (["50", "10"], None, []),
        (["50", "10"], "60", []),
    ],
)
def test_points_above_the_full_score_are_said_whatever_is_printed(
    points: list[str], printed: str | None, codes: list[str]
) -> None:
    rows = [row("≥5人", "5人", f"项目{number}", points=one) for number, one in enumerate(points)]
    one = form(*rows, ruleset="cn/project", published_points=printed)
    assert [code for code, _, _ in found(one, "PF707")] == codes


BUDGET_OF_TEN = {"label": "总额", "budget": "9", "expenditure": "9", "points": "10", "published_score": "10"}


def whole(points: str = "90", *, budget: Cells = BUDGET_OF_TEN, **cells: Any) -> Form:
    return form(row("≥5人", "5人", points=points, published_score="90"), budget=[budget], **cells)


@pytest.mark.parametrize(
    ("points", "total", "codes"),
    [("90", "90", []), ("90", "100", ["PF707"]), ("100", "90", ["PF708"]), (None, "90", ["PF708"]), ("90", None, [])],
)
def test_printed_sums_of_the_indicators_alone(points: str | None, total: str | None, codes: list[str]) -> None:
    one = whole(published_points=points, published_total=total)
    assert [code for code, _, _ in found(one, "PF707", "PF708")] == codes


def test_points_that_cannot_be_read_make_no_wrong_sum() -> None:
    assert found(whole("90*", published_points="100"), "PF707", "PF773") == [("PF773", "warning", 1)]


def test_a_budget_without_points_makes_a_sum_doubtful() -> None:
    unweighted = BUDGET_OF_TEN | {"points": None, "published_score": None}
    assert found(whole(budget=unweighted, published_points="100"), "PF707") == [("PF707", "warning", None)]


def test_points_of_a_row_that_does_not_apply_may_be_right_where_the_rules_are_silent() -> None:
    missed, silent = row("≥100人", "80人", "甲", points="80", published_score="80"), row("≥5人", "不适用", "乙")
    one = form(missed, {**silent, "points": "10", "published_score": "10"}, budget=[LINE], published_total="100")
    assert found(one, "PF723", ruleset="cn/project") == [("PF723", "warning", 2)]
    [total] = [finding for finding in audit(one, ruleset="cn/project") if finding.code == "PF709"]
    assert total.message.zh.endswith("按规则不高于 84")
    assert total.evidence[0].zh == "第 2 行规则未定或只是存疑，没有更正；全按规则是 74"
