"""Results that show nothing, each with a row for it and one against it."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from tests.auditing.making import Cells, form, found, row
from tests.tables import each

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


@pytest.mark.parametrize("actual", ["未开展调查", "没有调查", "未做问卷"])
def test_points_for_satisfaction_that_nobody_was_asked_for(actual: str) -> None:
    one = form(row("≥95%", actual, **SATISFACTION, points="10", published_score="10"), ruleset="cn/project")
    assert found(one, "PF749", "PF732") == [("PF749", "warning", 1)]
    none = form(row("≥95%", actual, **SATISFACTION, points="10", published_score="0"))
    assert found(none, "PF749", "PF732", "PF731") == [("PF732", "warning", 1)]


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


@each("rules", [{}, {"ruleset": "cn/project"}])
@each(
    ("name", "actual", "severities"),
    [
        ("传染病和突发公共卫生事件报告率", "102%", ["error"]),
        ("适龄儿童接种率", "101.5%", ["error"]),
        ("高血压患者规范管理率", "103%", ["error"]),
        ("问题整改率", "110%", ["error"]),
        ("污水处理率", "105%", ["error"]),
        ("补助资金发放率", "104%", ["warning"]),
        ("小学毛入学率", "104%", []),
        ("资金到位率", "104%", ["warning"]),
        ("产值增长率", "102%", []),
        ("年度计划完成率", "112%", []),
        ("预算执行率", "102%", []),
        ("床位使用率", "105%", []),
        ("税收征收率", "102%", []),
        ("投入产出率", "150%", []),
    ],
)
def test_a_share_of_a_whole_is_not_above_it(name: str, actual: str, severities: list[str], rules: Cells) -> None:
    assert [severity for _, severity, _ in found(form(row("≥95%", actual, name), **rules), "PF745")] == severities


@each("rules", [{}, {"ruleset": "cn/project"}])
@each(
    ("name", "note", "codes"),
    [
        ("观众满意度", "因未组织问卷，参照往年填报", ["PF739", "PF749"]),
        ("观众满意度", "参照往年填报", ["PF739"]),
        ("居民满意度", "沿用上年数据", ["PF739"]),
        ("居民满意度", "估算", ["PF749"]),
        ("居民满意度", "未开展调查", ["PF749"]),
        ("政策知晓率", "系估算数", ["PF749"]),
        ("政策知晓率", "未开展调查，按经验估算", ["PF749"]),
        ("抽检合格率", "参考历年数据填报", ["PF739"]),
        ("抽检合格率", "数据为预估", ["PF749"]),
        # something else is estimated, or it is only compared
        ("抽检合格率", "较往年提高2个百分点", []),
        ("居民满意度", "往年未开展调查，本年委托第三方开展", []),
        ("抽检合格率", "估算误差已剔除", []),
        ("政策知晓率", "抽样调查200人", []),
    ],
)
def test_a_note_that_admits_that_the_figure_is_none_of_this_year(
    name: str, note: str, codes: list[str], rules: Cells
) -> None:
    one = form(row("≥90%", "95%", name, note=note, points="10", published_score="10"), **rules)
    assert sorted(found(one, "PF739", "PF749")) == [(code, "warning", 1) for code in codes]
