"""Units that the cells of a row do not share: what is certain, what one cell only leaves out, and what is none."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.auditing.run import audit
from tests.auditing.making import Cells, form, found, row
from tests.tables import each


@each(
    ("name", "target", "actual", "severities"),
    [
        ("每公里造价", "≤22万元", "21.5万元/公里", []),
        ("单位建设成本", "≤22万元", "21.5万元/座", []),
        ("处置成本", "≤100元/吨", "96元", []),
        ("项目总成本", "≤300万元", "3万元/公里", ["warning"]),
        ("单位GDP能耗降幅", "≥3.5%", "3.5个百分点", ["warning"]),
        ("新建管网", "≥30公里", "28万元", ["error"]),
        ("带动收入", "≥300万元", "200人", ["error"]),
        ("培训班", "≥5个", "5期", ["warning"]),
        ("活动", "≥3场", "3批次", ["warning"]),
        ("设备采购", "≥10台", "10套", ["warning"]),
        ("服务对象", "≥100户", "100人", ["warning"]),
        ("道路", "≥10公里", "12000平方米", ["warning"]),
        ("空气优良天数比率", "≥85%", "312天", ["warning"]),
        ("补助资金发放率", "100%", "50万元", ["warning"]),
        ("单位造价", "≤22万元", "3公里", ["error"]),
    ],
)
def test_a_missing_unit_of_each_is_no_error(name: str, target: str, actual: str, severities: list[str]) -> None:
    one = form(row(target, actual, name, points="5", published_score="5"), ruleset="cn/project")
    assert [severity for _, severity, _ in found(one, "PF756")] == severities


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        (row("≥85%", "312天", "空气优良天数比率"), "PF756", "按全年 365 天折算是 85.48%"),
        (row("≥85", "312天", "空气优良天数比率", unit="%"), "PF752", "按全年 365 天折算是 85.48%"),
        (row("≥3.5%", "3.5个百分点", "单位GDP能耗降幅"), "PF756", "若两格都按百分数计，是 3.5%"),
    ],
)
def test_a_usual_conversion_is_said(cells: Cells, code: str, said: str) -> None:
    one = form(cells | {"points": "6", "published_score": "6"}, ruleset="cn/project")
    [finding] = audit(one, select=[code])
    assert (finding.severity.value, finding.evidence[-1].zh) == ("warning", said)
    [scored] = pfscore.load_ruleset("cn/project").score_form(one).indicators
    assert [problem.severity.value for problem in scored.diagnostics] == ["warning"]


def test_days_are_no_share_of_a_year_where_they_are_few() -> None:
    one = form(row("≥95%", "5天", "按时办结率", points="6", published_score="6"), ruleset="cn/project")
    [finding] = audit(one, select=["PF756"])
    assert len(finding.evidence) == 1


@pytest.mark.parametrize(
    ("target", "actual", "name", "codes"),
    [
        ("≥1.5亿元", "16200万元", "带动投入", ["PF750"]),
        ("≥1.5万亩", "16200亩", "造林面积", ["PF750"]),
        ("≥10km", "12公里", "道路里程", []),
        ("≥10KM", "12公里", "道路里程", []),
        ("≤35μg/m³", "30微克每立方米", "PM2.5浓度", []),
        ("≥100㎡", "120平方米", "修缮面积", []),
        ("≥100kg", "120千克", "种子数量", []),
        ("≥100公斤", "120千克", "种子数量", []),
        ("≥100t", "120吨", "处理量", []),
        ("≥100L", "120升", "消毒液数量", []),
        ("≥100m", "120米", "管道长度", []),
        ("≥20名", "22人", "招聘教师人数", []),
        ("≥20台套", "22台（套）", "设备购置数", []),
        ("≥300人次", "320人（次）", "服务人次", []),
        ("不低于八成", "85%", "知晓率", []),
        ("≤1000元", "950元/人", "人均辅具补贴", []),
        ("≥200万元", "215元", "带动消费", []),
    ],
)
def test_two_scales_are_those_of_an_amount(target: str, actual: str, name: str, codes: list[str]) -> None:
    one = form(row(target, actual, name, points="5"), ruleset="cn/project")
    assert [code for code, _, _ in found(one, "PF750")] == codes


@pytest.mark.parametrize(
    ("actual", "severity"),
    [("950人", "warning"), ("980人", "warning"), ("1060人", "note"), ("120人", "note"), ("94人", None)],
)
def test_about_ten_times_the_target_looks_like_a_digit_too_many(actual: str, severity: str | None) -> None:
    one = form(row("≥95人", actual, "孤儿保障人数", points="5"), ruleset="cn/project")
    assert [found_severity for _, found_severity, _ in found(one, "PF741")] == ([severity] if severity else [])


@pytest.mark.parametrize("rules", [{}, {"ruleset": "cn/project"}])
@pytest.mark.parametrize(
    ("target", "actual", "unit", "code"),
    [
        ("42", "428600", "万平方米", "PF758"),
        ("1.2", "12500", "亿元", "PF758"),
        ("≥42万平方米", "428600", None, "PF755"),
        ("≥42万平方米", "42.86", None, "PF755"),
    ],
)
def test_a_number_without_its_scale_is_one_line(
    target: str, actual: str, unit: str | None, code: str, rules: Cells
) -> None:
    cells = {"comparator": None if target.startswith("≥") else "≥", "unit": unit, "points": "5", "published_score": "5"}
    one = form(row(target, actual, "改造建筑面积", **cells), **rules)
    assert [said for said, _, _ in found(one, "PF755", "PF758")] == [code]
