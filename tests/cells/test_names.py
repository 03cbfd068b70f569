"""Conditions inside indicator names."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.indicator_names import parse_name


@pytest.mark.parametrize(
    ("text", "bare", "numbering", "conditions"),
    [
        ("归集住房公积金", "归集住房公积金", "", []),
        ("4、实现住房公积金增值收益", "实现住房公积金增值收益", "4、", []),
        ("★★★其中:农村低保对象人数", "农村低保对象人数", "★★★其中:", []),
        ("指标1:工程质量合格", "工程质量合格", "指标1:", []),
        ("（2）群众满意度", "群众满意度", "（2）", []),
        ("①培训人数", "培训人数", "①", []),
        ("12345平台工单办结率", "12345平台工单办结率", "", []),
        ("完成2023年住房公积金缴存人数", "完成2023年住房公积金缴存人数", "", []),
        ("5000吨稻谷、500吨成品粮储备到位率", "5000吨稻谷、500吨成品粮储备到位率", "", []),
        ("预算执行进度(7月)", "预算执行进度(7月)", "", []),
        ("受益人口数≥**人", "受益人口数≥**人", "", []),
        ("1.年度个人住房贷款逾期率控制在0.05%以下", "年度个人住房贷款逾期率", "1.", [("≤0.05%", "控制在0.05%以下")]),
        ("2.住房公积金个贷率控制在60%到80%的区间", "住房公积金个贷率", "2.", [("60%~80%", "控制在60%到80%")]),
        (
            "当年实现住房公积金增值收益1.9亿元，增值收益率≥1%为优",
            "当年实现住房公积金增值收益1.9亿元，增值收益率",
            "",
            [("190000000元", "1.9亿元"), ("≥1%", "≥1%")],
        ),
        (
            "住房公积金使用率≥90%（住房公积金提取使用26亿元）为优",
            "住房公积金使用率（住房公积金提取使用26亿元）为优",
            "",
            [("≥90%", "≥90%"), ("2600000000元", "26亿元")],
        ),
        ("利息补贴户数不超过450户为优。", "利息补贴户数", "", [("≤450户", "不超过450户")]),
        (
            "自受理申请之日起3个工作日内作出准予提取或者不准提取的决定",
            "自受理申请之日起作出准予提取或者不准提取的决定",
            "",
            [("≤3工作日", "3个工作日内")],
        ),
        ("2020年", "2020年", "", []),
        (
            "于2022年12月底前发放完毕",
            "于2022年12月底前发放完毕",
            "",
            [("于2022年12月底前发放完毕", "于2022年12月底前发放完毕")],
        ),
    ],
)
def test_names(text: str, bare: str, numbering: str, conditions: list[tuple[str, str]]) -> None:
    name = parse_name(text)
    found = [(str(condition.reading), text[condition.start : condition.end]) for condition in name.conditions]
    assert (name.text, name.bare, name.numbering, found) == (text, bare, numbering, conditions)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("保障遗属人数(人)", "人"),
        ("总建筑面积（平方米）", "平方米"),
        ("林业产业(万亩)", "万亩"),
        ("工资发放准确性(%)", "%"),
        ("农户收入(总收入)", None),
    ],
)
def test_a_unit_in_brackets(text: str, unit: str | None) -> None:
    assert parse_name(text).unit == unit


@given(st.text(max_size=60))
def test_nothing_is_ever_refused(text: str) -> None:
    name = parse_name(text)
    assert name.text == text
    assert all(0 <= condition.start < condition.end <= len(text) for condition in name.conditions)
    assert pickle.loads(pickle.dumps(name)) == name


def test_a_tolerance_in_a_name() -> None:
    (condition,) = parse_name("温度控制在20±2℃").conditions
    assert (str(condition.reading), condition.start, condition.end) == ("18℃~22℃", 2, 10)
