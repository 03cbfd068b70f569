"""Results that show nothing, each with a row for it and one against it."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from tests.auditing.making import Cells, form, found, row

SATISFACTION: Cells = {"path": ["满意度指标", "服务对象满意度"], "name": "群众满意度"}


@pytest.mark.parametrize(
    ("target", "actual", "name", "severity"),
    [
        ("≥95%", "≥95%", "群众满意度", "warning"),
        ("≥360天", "≥360天", "服务天数", "note"),
        ("≤3%", "≤3%", "差错率", "note"),
        ("12个", "≥12个", "受益村数", "note"),
    ],
)
def test_a_bound_is_repeated(target: str, actual: str, name: str, severity: str) -> None:
    assert found(form(row(target, actual, name)), "PF748") == [("PF748", severity, 1)]


@pytest.mark.parametrize(("target", "actual"), [("≥95%", "≥96%"), ("=100%", "=100%"), ("≥95%", "95%")])
def test_what_says_a_result_is_none(target: str, actual: str) -> None:
    assert found(form(row(target, actual, "群众满意度")), "PF748") == []


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("未开展问卷调查", "warning"),
        ("没有做满意度调查", "warning"),
        ("凭经验估计", "warning"),
        ("工作得到群众好评", "note"),
    ],
)
def test_satisfaction_that_nobody_was_asked_for(note: str, severity: str) -> None:
    assert found(form(row("≥90%", "98%", **SATISFACTION, note=note)), "PF749") == [("PF749", severity, 1)]


@pytest.mark.parametrize(
    "note",
    [
        "上年未组织满意度调查，本年委托第三方开展",
        "往年未开展满意度调查，今年首次开展",
        "上半年未开展调查，下半年发放问卷200份",
        "除2个偏远村未开展调查外，其余全部发放问卷",
        "不存在未开展调查的情况",
        "未达到预期，因停水",
    ],
)
def test_a_survey_that_was_not_made_at_another_time(note: str) -> None:
    assert found(form(row("≥90%", "98%", **SATISFACTION, note=note)), "PF749") == []


@pytest.mark.parametrize("note", [None, "0", "发放问卷200份", "电话回访", "90%以上得10分，每降5%扣1分"])
def test_satisfaction_with_a_survey_or_without_any_note(note: str | None) -> None:
    assert found(form(row("≥90%", "98%", **SATISFACTION, note=note)), "PF749") == []


def test_the_survey_may_stand_elsewhere_in_the_form() -> None:
    one = row("≥90%", "98%", **SATISFACTION, note="群众普遍好评")
    assert found(form(one, goal_result="共发放问卷 300 份，满意率 98%"), "PF749") == []


@pytest.mark.parametrize(
    ("actual", "note"),
    [("2022年完成120人", None), ("120人", "采用2022年统计数据"), ("120人", "沿用上年数据"), ("2022年11月", None)],
)
def test_figures_of_an_earlier_year(actual: str, note: str | None) -> None:
    assert found(form(row("≥100人", actual, note=note)), "PF739") == [("PF739", "warning", 1)]


@pytest.mark.parametrize(
    ("actual", "note"),
    [
        ("较2022年增长5%", None),
        ("120人", "比上年数据多20人"),
        ("2023年11月", None),
        ("120人", "2023年统计数据"),
        ("自2020年起累计120人", None),
    ],
)
def test_a_comparison_with_an_earlier_year(actual: str, note: str | None) -> None:
    assert found(form(row("≥100人", actual, note=note)), "PF739") == []


def test_a_result_that_speaks_of_another_year() -> None:
    assert found(form(goal_result="2022年，本单位完成各项任务。"), "PF739") == [("PF739", "warning", None)]
    assert found(form(goal_result="2023年，本单位完成各项任务，2022年的尾款已付。"), "PF739") == []


@pytest.mark.parametrize(("actual", "code"), [("未开展调查", "PF731"), ("没有调查", "PF732"), ("未做问卷", "PF732")])
def test_points_for_satisfaction_that_nobody_was_asked_for(actual: str, code: str) -> None:
    one = form(row("≥95%", actual, **SATISFACTION, points="10", published_score="10"), ruleset="cn/project")
    assert found(one, "PF749", "PF732") == [("PF749", "warning", 1)]
    none = form(row("≥95%", actual, **SATISFACTION, points="10", published_score="0"))
    assert found(none, "PF749", "PF732", "PF731") == [(code, "warning", 1)]


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("12月底前", "2022年11月20日", "“2022年11月20日”是2022 年的，不是本年度的"),
        ("≥100人", "2022年完成120人", "“2022年完成120人”是2022 年的数，不是本年度的"),
    ],
)
def test_a_day_is_no_number(target: str, actual: str, said: str) -> None:
    [finding] = audit(form(row(target, actual)), select=["PF739"])
    assert finding.message.zh == said
