"""The texts of a form and its rows."""

from __future__ import annotations

import pfscore
from pfscore.report.one_sentence import totals_text
from pfscore.report.review.reviewed import Review
from pfscore.report.review.shown import shown_forms
from tests.report.review.reviews import luzhou, no_ruleset, reviewed


def test_the_line_of_a_form() -> None:
    first = shown_forms(luzhou())[0]
    assert (first.published, first.computed, first.difference, first.counts) == ("96.91", "96.92", "−0.01", (2, 3, 2))
    assert first.gravest == "总额：预算执行得分印作 8.91，按规则应为 8.92"
    assert first.verdict == "公布 96.91，各行之和 96.91，按规则 96.92 / 100，差 −0.01，等级“优”"
    assert first.differing == ("总额：8.91 → 8.92",)


def test_a_row() -> None:
    row = shown_forms(luzhou())[0].rows[7]
    assert (row.place, row.target, row.actual, row.points, row.published, row.score) == (
        "3",
        "＝1套",
        "0.5",
        "4",
        "2",
        "2",
    )
    assert (row.low, row.high, row.is_full, row.need) == (50, 50, False, "正好 1套")
    assert row.why == "未达标：0.5 套 ≠ 1 套；完成率 50%"
    assert "依据" in row.explanation


def test_a_line_without_points_has_no_score() -> None:
    line = shown_forms(luzhou())[0].rows[1]
    assert (line.name, line.score, line.why, line.explanation, line.need) == ("其中：财政资金", "", "", "", "")


def test_a_range_is_shown_with_both_ends() -> None:
    row = pfscore.Indicator(name="好评", target="优", actual="有一定差距", points="100")
    form = shown_forms(Review((reviewed(pfscore.load_ruleset("cn/project"), indicators=(row,)),)))[0]
    assert form.rows[0].score == "0 ~ 99.99"
    assert (form.computed, form.rows[0].low, form.rows[0].high) == ("0 ~ 99.99", 0, 99)


def test_why_a_form_has_no_scores_stands_where_its_gravest_finding_would() -> None:
    form = shown_forms(Review((reviewed(no_ruleset()),)))[0]
    assert (form.computed, form.gravest) == ("—", "没有指明用哪个规则集")


def test_the_published_grade_stands_beside_the_computed_one() -> None:
    one = reviewed(published_grade="良")
    assert totals_text(one.form, one.sheet, "en") == (
        "published 90, the rows add up to 90, by the rules 90 / 100, grade: published 良, by the rules 优"
    )
