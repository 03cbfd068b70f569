"""Under a ceiling, what a cell says on top of its number: 480万元，尚欠60万元; 一季度480万元; 0起，发生一起火情."""

from __future__ import annotations

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of
from tests.tables import each

MET = """
成本控制 | 万元 | ≤500 | 480万元，其中设备60万元
成本控制 | 万元 | ≤500 | 480万元，较上年增加60万元
成本控制 | 万元 | ≤500 | 480万元，结余20万元
成本控制 | 万元 | ≤500 | 480万元，剩余20万元
成本控制 | 万元 | ≤500 | 480万元，尚欠10万元
安全事故 | 起 | 0 | 0起，未发生一起安全事故
三公经费 | 万元 | ≤30 | 上半年12万元，全年28万元
差旅费 | 万元 | ≤50 | 48万元，2024年12月止
差旅费 | 万元 | 50 | 截至12月31日支出48万元
"""
MISSED = """
成本控制 | 万元 | ≤500 | 已支付480万元，尚欠60万元
成本控制 | 万元 | ≤500 | 已支付480万元，剩余60万元未付
成本控制 | 万元 | ≤500 | 已支付480万元，另欠付工程款60万元
成本控制 | 万元 | ≤500 | 480万元（不含尾款60万元）
改造投资 | 万元 | ≤300 | 280万元，另有变更签证35万元
改造投资 | 万元 | ≤300 | 280万元，挂账35万元
投诉 | 件 | ≤3 | 电话投诉2件，信访3件
"""
LEFT_OPEN = """
成本控制 | 万元 | ≤500 | 480万元，追加60万元
成本控制 | 万元 | ≤500 | 480万元，另追加预算60万元
改造投资 | 万元 | ≤300 | 280万元，增加35万元
投诉 | 件 | ≤3 | 2件，另有4件待核实
成本控制 | 万元 | ≤500 | 一季度480万元
运行成本 | 万元 | ≤300 | 280万元（截至9月）
运行成本 | 万元 | ≤300 | 1-10月280万元
安全事故 | 起 | 0 | 0起，发生一起火情未造成损失
"""


@each(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met
