"""Targets and results that cannot be, or whose direction is doubtful."""

from __future__ import annotations

import pytest

from pfscore.auditing.case import case_of
from pfscore.auditing.run import audit
from pfscore.report.findings_text import form_text
from tests.auditing.making import Cells, form, found, row
from tests.tables import each


@pytest.mark.parametrize(
    ("name", "actual", "is_found"),
    [
        ("服务对象满意度", "102%", True),
        ("产品合格率", "120%", True),
        ("疫苗覆盖率", "100%", False),
        ("任务完成率", "120%", False),
        ("收入增长率", "120%", False),
    ],
)
def test_a_share_above_the_whole(name: str, actual: str, *, is_found: bool) -> None:
    assert found(form(row("≥90%", actual, name)), "PF745") == ([("PF745", "error", 1)] if is_found else [])


@each(
    ("name", "target", "actual"),
    [
        ("服务对象满意度", "≤99%", "98%"),
        ("工程合格率", "<95%", "90%"),
        ("建设数量", "≤4个", "4个"),
        ("培训人数", "≤50人", "48人"),
        ("投诉数", "≥50件", "52件"),
        ("安全事故发生次数", "≥1次", "1次"),
        ("贷款逾期率", "≥3%", "4%"),
        ("化学农药使用量减少率", "≤5%", "6.3%"),
        ("化肥使用量下降率", "≤5%", "5.1%"),
        ("单位能耗降低率", "<5%", "4%"),
        ("公用经费压减率", "≤5%", "3%"),
        ("成本节约率", "≤5%", "8%"),
        ("污水排放量消减率", "≤5%", "8%"),
        ("财产损失", "≥300万元", "310万元"),
        ("未挽回财产损失", "≥300万元", "310万元"),
        ("止损后财产损失", "≥300万元", "310万元"),
    ],
)
def test_a_doubtful_direction(name: str, target: str, actual: str) -> None:
    assert found(form(row(target, actual, name)), "PF747") == [("PF747", "warning", 1)]


@each(
    ("name", "target", "actual"),
    [
        ("服务对象满意度", "≤95%", "96%"),
        ("工程合格率", "<95%", "98%"),
        ("建设数量", "≤4个", "5个"),
        ("投诉数", "≥50件", "48件"),
        ("投诉数", "≥50件", "62件"),
        ("化学农药使用量减少率", "≤5%", "6.3%"),
        ("公用经费压减率", "≤5%", "6%"),
    ],
)
@each("rules", [{}, {"ruleset": "cn/project"}])
def test_a_doubtful_direction_is_never_an_error(name: str, target: str, actual: str, rules: Cells) -> None:
    one = form(row(target, actual, name, points="10", published_score="10"), published_total="10", **rules)
    about_figures = ("PF709", "PF720", "PF721", "PF722", "PF730", "PF731", "PF741", "PF747")
    assert found(one, *about_figures) == [("PF747", "warning", 1)]


def test_a_ceiling_that_costs_points_is_meant() -> None:
    one = form(row("≤4个", "5个", "建设数量", points="10", published_score="8"), ruleset="cn/project")
    assert found(one, "PF747", "PF720") == []


@each(
    ("name", "target", "actual"),
    [
        ("服务对象满意度", "≥90%", "95%"),
        ("建设数量", "≥4个", "4个"),
        ("投诉数", "≤5件", "2件"),
        ("投诉处理率", "≥95%", "98%"),
        ("故障修复次数", "≥5次", "6次"),
        ("贷款逾期率", "≤3%", "1%"),
        ("超编人数", "≤2人", "0人"),
        ("公务接待人次", "≤100人次", "80人次"),
        ("个贷率", "≤95%", "80%"),
        ("挽回财产损失", "≥2000万元", "2150万元"),
        ("减少因灾财产损失", "≥500万元", "620万元"),
        ("避免直接经济损失", "≥500万元", "620万元"),
        ("避免潜在事故", "≥5起", "6起"),
        ("挽救生命财产损失", "≥500万元", "620万元"),
        ("劝阻电信诈骗金额", "≥300万元", "310万元"),
        ("预防和减少灾害损失", "≥300万元", "310万元"),
        ("节约粮食浪费", "≥30吨", "31吨"),
        ("财产损失", "≤300万元", "210万元"),
    ],
)
def test_a_direction_that_is_right(name: str, target: str, actual: str) -> None:
    assert found(form(row(target, actual, name)), "PF747") == []


def test_a_limit_for_costs_is_right() -> None:
    assert found(form(row("≤50人", "48人", "培训人数", path=["成本指标"])), "PF747") == []


def test_an_impossible_share_is_not_far_exceeded_as_well() -> None:
    assert found(form(row("≥85%", "102%", "群众满意度")), "PF741", "PF745") == [("PF745", "error", 1)]


def test_a_fifth_above_the_target_without_a_reason() -> None:
    assert found(form(row("≥100人", "120人")), "PF741") == [("PF741", "note", 1)]
    assert found(form(row("≥330天", "412天", "全年开放天数")), "PF741", "PF745") == [("PF745", "warning", 1)]
    assert found(form(row("≥100人", "119人")), "PF741") == []


@pytest.mark.parametrize(("name", "target"), [("耕地面积减少率", "≤5%"), ("单位能耗降低率", "≤-5%")])
def test_a_fall_that_may_be_limited_is_not_doubted(name: str, target: str) -> None:
    assert found(form(row(target, "3%", name)), "PF747") == []


@pytest.mark.parametrize("note", [None, "无"])
def test_far_exceeded_says_that_no_reason_is_given(note: str | None) -> None:
    [one] = audit(form({**row("≥100人", "130人"), "note": note}), select=["PF741"])
    assert "没有说明原因" in one.message.zh
    assert "no reason is given" in one.message.en


@pytest.mark.parametrize("note", ["因上级追加任务", "按上级部署加密宣传频次，超额完成"])
def test_far_exceeded_with_a_reason_is_not_listed(note: str) -> None:
    assert found(form({**row("≥100人", "130人"), "note": note}), "PF741") == []


def test_several_rows_far_exceeded_still_say_that_no_reason_is_given() -> None:
    one = form(row("≥100人", "130人", "培训人数"), row("≥10次", "20次", "宣传次数"))
    text = form_text(case_of(one, None), audit(one))
    assert "没有说明原因：第 1 行 培训人数（130%）、第 2 行 宣传次数（200%）" in text
