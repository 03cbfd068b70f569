"""Numbers that are not simply compared: beside another amount, of a part of the year, only about so much."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pfscore.foundation.numbers import decimal_text
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of
from tests.tables import each

MET = """
成本控制 | 万元 | ≤500 | 480万元，其中设备费60万元，监理费30万元
成本控制 | 万元 | ≤500 | 已支付480万元，尚欠10万元
成本控制 | 万元 | ≤500 | 480万元，结余20万元
成本控制 | 万元 | ≤500 | 480万元，节约60万元
成本控制 | 万元 | ≤500 | 480万元，其中设备费60万元
成本控制 | 万元 | ≤500 | 480万元（含尾款60万元）
成本控制 | 万元 | ≤500 | 预算500万元，支出480万元，结余20万元
成本控制 | 万元 | ≤500 | 480万元（上年560万元）
成本控制 | 万元 | ≤500 | 480万元，较上年减少60万元
成本控制 | 万元 | ≤500 | 已支付480万元，尚欠20万元
投诉 | 件 | ≤5 | 电话投诉2件，信访3件
投诉 | 件 | ≤3 | 2件，已办结2件
投诉 | 件 | ≤3 | 受理2件，办结2件
运行成本 | 万元 | ≤300 | 1-12月280万元
运行成本 | 万元 | ≤300 | 全年280万元，其中上半年120万元
运行成本 | 万元 | ≤300 | 截至2023年12月31日280万元
运行成本 | 万元 | ≤300 | 280万元，9月底完成结算
培训人次 | 人次 | ≥300 | 1-10月320人次
接诉即办 | 件 | ≥0 | 3件，另有投诉2件
入库增长 | 万元 | ≥0 | 1-10月3万元
一季度运行成本 | 万元 | ≤300 | 一季度280万元
节约投资 | 万元 | ≥300 | 约312万元
受益人数 | 万人 | ≥1.2 | 约1.25万人
造林面积 | 亩 | ≥1000 | 约1010亩
造林面积 | 亩 | ≥1000 | 约1100亩
建设成本 | 万元 | ≤50 | 约49.6万元
覆盖率 | % | ≥95 | 约96%
"""
MISSED = """
成本控制 | 万元 | ≤500 | 480万元，其中设备费60万元，尚欠30万元
成本控制 | 万元 | ≤500 | 已支付480万元，尚欠60万元
成本控制 | 万元 | ≤500 | 已支付480万元，剩余60万元未付
成本控制 | 万元 | ≤500 | 已支付480万元，另欠付工程款60万元
成本控制 | 万元 | ≤500 | 480万元（不含尾款60万元）
成本控制 | 万元 | ≤500 | 480万元，另有60万元挂账
成本控制 | 万元 | <500 | 480万元，尚欠20万元
成本控制 | 万元 | ≤500 | 480万元，尚欠20.1万元
改造投资 | 万元 | ≤300 | 280万元，另有变更签证35万元
投诉 | 件 | ≤3 | 电话投诉2件，信访3件
安全事故 | 起 | ≤2 | 一般事故2起，较大事故1起
投诉 | 件 | ≤3 | 5件，其中电话投诉2件，信访3件
运行成本 | 万元 | ≤300 | 1-10月320万元
造林面积 | 亩 | ≥1000 | 约980亩
建设成本 | 万元 | ≤50 | 约50.6万元
"""
LEFT_OPEN = """
成本控制 | 万元 | ≤500 | 480万元，其中设备费60万元，另有监理费30万元
成本控制 | 万元 | ≤500 | 480万元（尚有质保金60万元未付）
成本控制 | 万元 | ≤500 | 480万元，追加60万元
成本控制 | 万元 | ≤500 | 480万元，另追加预算60万元
成本控制 | 万元 | ≤500 | 建安费480万元，监理费60万元
成本控制 | 万元 | ≤500 | 480万元，预计尾款60万元
投诉 | 件 | ≤3 | 2件，另有4件待核实
投诉 | 件 | ≤3 | 2件（另有4件未计入）
投诉 | 件 | ≤3 | 2件，4件正在核实
投诉 | 件 | ≤3 | 2件，另有信访5件
成本控制 | 万元 | ≤500 | 一季度480万元
运行成本 | 万元 | ≤300 | 280万元（截至9月）
运行成本 | 万元 | ≤300 | 截至9月底280万元
运行成本 | 万元 | ≤300 | 1-10月280万元
运行成本 | 万元 | ≤300 | 280万元（1—10月）
运行成本 | 万元 | ≤300 | 前三季度280万元
运行成本 | 万元 | ≤300 | 280万元（统计至10月底）
投诉 | 件 | ≤3 | 1-10月2件
事故起数 | 起 | 0 | 1-10月0起
节约投资 | 万元 | ≥300 | 约300万元
造林面积 | 亩 | ≥1000 | 约1000亩
造林面积 | 亩 | ≥990 | 约1000亩
建设成本 | 万元 | ≤50 | 50万元左右
覆盖率 | % | ≥95 | 95%左右
"""


@each(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met


def test_a_sum_is_said(rules: Rules) -> None:
    one = score_of(rules, "成本控制", "万元", "≤500", "已支付480万元，尚欠60万元")
    assert "加上“尚欠60万元”共 540 万元" in [said.message.zh for said in one.assumptions]
    one = score_of(rules, "成本控制", "万元", "≤500", "480万元，追加60万元")
    assert [found.message.zh for found in one.diagnostics] == ["完成值里的“追加60万元”要不要加上，要由人定"]


@given(number=st.integers(1, 10**7), places=st.integers(0, 3), share=st.integers(-80, 80))
def test_an_approximate_number_is_decided_where_all_it_may_be_is_decided_alike(
    rules: Rules, number: int, places: int, share: int
) -> None:
    """It is within half of its last digit, and within the tolerance (5%)."""
    value = Fraction(number, 10**places)
    written = decimal_text(value)
    target = decimal_text(Fraction(value * (1000 + share) // 1000))
    digits = written.partition(".")[2]
    last = Fraction(1, 10 ** len(digits)) if digits else 10 ** (len(written) - len(written.rstrip("0")))
    spread = min(value / 20, last / 2)
    found = score_of(rules, "受益面积", "亩", f"≥{target}", f"约{written}亩").met
    ends = {value - spread >= Fraction(target), value + spread >= Fraction(target)}
    assert found is (ends.pop() if len(ends) == 1 else None)
