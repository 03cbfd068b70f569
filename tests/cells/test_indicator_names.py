"""Conditions inside indicator names."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.indicator_names import item_number, parse_name, plain_name
from tests.tables import each


@each(
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


NUMBERINGS = """
1. 12. 1、 1) （1） (12) 1： 1， 3- 1.2、 1.2.3 1.2.3. [1] 【1】 １．
一、 十二、 一. （一） （十二） ① ⑳ ①、 ⑴ ⒈ ❶ ㈠ ㊀ Ⅰ、 IV. A. a)
★ ☆ ▲ △ ● ■ * # · - ★★★ ★1. 1.★ *1、 ★① （一）1.
指标1 指标1： 指标1. 指标一： 指标① 指标(1) 数量指标1： 三级指标2、 ★指标3： 第一、 第1、 第一项： 第二条、
"""
#: Names that begin with a number, a quantity, a year, a list, a letter; and names that are nothing but a number.
WHOLE = """
2023年培训人数 5G基站数 110接警率 12345平台工单办结率 三公经费 “三公”经费变动率 一次性补助发放率
1.5万人次培训 1,200人培训 2.5产业园区 3.15消费维权活动 10:30前到位率 1:1配套率 95%以上满意度
一、二类疫苗接种率 三、四线城市数 1、2号楼竣工面积 第一、二产业增加值 第一产业增加值 第三方评估次数
指标一致率 指标完成率 指标5年均值 Ⅱ类水质比例 A类地块数 A、B类地块数 #1机组发电量 -5℃保温率
2023 95% 1.95% （1） ① ★ 指标1 其中：在职人数
"""


@each("numbering", NUMBERINGS.split())
@each("bare", ["培训人数", "三公经费控制率"])
def test_a_numbering_is_not_part_of_the_name(numbering: str, bare: str) -> None:
    assert plain_name(f"{numbering}{bare}") == bare
    assert plain_name(f" {numbering} {bare}。") == bare


@pytest.mark.parametrize("numbering", ["1.", "1、", "（1）", "①", "★", "一、", "指标1：★"])
def test_a_year_behind_a_numbering_stays(numbering: str) -> None:
    assert plain_name(f"{numbering}2023年培训人数") == "2023年培训人数"


@each("name", WHOLE.split())
def test_what_is_part_of_the_name_stays(name: str) -> None:
    assert plain_name(name) == name


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("1.2、工资", ("#、", False)),
        ("1.工资", ("#.", True)),
        ("十一、工资", ("十、", False)),
        ("⑴工资", ("①", True)),
        ("5G", None),
    ],
)
def test_the_number_of_an_item(label: str, number: tuple[str, bool] | None) -> None:
    assert item_number(label) == number


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("培训不少于三次且每次不少于50人", ["≥3次", "≥50人/次"]),
        ("不低于60%且不高于80%", ["60%~80%"]),
        ("控制在5%（含）以内", ["≤5%"]),
        ("大于、等于90%", ["≥90%"]),
        ("500万元以上项目投资额", []),
        ("90%以上的设备正常运行", ["≥90%"]),
        ("约500余家单位参加培训", []),
    ],
)
def test_conditions_are_told_from_what_is_meant(text: str, conditions: list[str]) -> None:
    assert [str(condition.reading) for condition in parse_name(text).conditions] == conditions
