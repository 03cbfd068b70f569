"""Goods that were returned or replaced, a last clause that is under way, and what an actual that is no figure says."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
# none was returned; what goes on, or comes after what was asked for, takes nothing back
执法记录仪采购 | | 200部 | 到货200部，无退换
执法记录仪采购 | | 200部 | 采购200部，运行中
执法记录仪采购 | | 200部 | 采购200部，正常使用中
执法记录仪采购 | | 200部 | 采购200部，结算中
执法记录仪采购 | | 200部 | 采购200部，均已验收合格，使用中
水质自动站建设 | | 12座 | 建成12座，持续监测中
水质自动站建设 | | 12座 | 建成12座，审计中
图书角建设 | | 3个 | 建成3个，分布在高中、初中
# the target again
设备完好率 | | ≥95% | ≥95%
"""
OPEN = """
# all of them are on their way back, whatever the reason
执法记录仪采购 | | 200部 | 到货200部，因型号与合同不符全部退换中
执法记录仪采购 | | 200部 | 到货200部，全部退换中
执法记录仪采购 | | 200部 | 采购200部，全部换货中
执法记录仪采购 | | 200部 | 到货200部，全部换货
执法记录仪采购 | | 200部 | 到货200部，已全部退换
执法记录仪采购 | | 200部 | 到货200部，全部调换中
执法记录仪采购 | | 200部 | 到货200部，正在退换货
执法记录仪采购 | | 200部 | 到货200部，正在与供应商协商更换
执法记录仪采购 | | 200部 | 到货200部，因质量问题封存中
校服采购 | | 3000套 | 采购3000套，因尺码有误全部退换中
种子采购 | | 50吨 | 采购50吨，因发芽率不达标全部调换中
# a fault is told as a reason only
执法记录仪采购 | | 200部 | 到货200部，因型号与合同不符
执法记录仪采购 | | 200部 | 到货200部，因参数不达标暂未使用
执法记录仪采购 | | 200部 | 到货200部，因不能开机，供应商处理中
# the last clause is under way
执法记录仪采购 | | 200部 | 采购200部，检修中
执法记录仪采购 | | 200部 | 采购200部，验收中
打井 | | 25眼 | 打井25眼，水质复检中
培训人数 | | 500人 | 培训500人，考核中
评选人数 | | 10人 | 评选10人，公示中
# an interval that straddles its target says neither
参保群众满意度 | | ≥90% | 88%-93%
响应时间 | | ≤30分钟 | 25-35分钟
培训人数 | | ≥100人 | 90-110人
"""
MISSED = """
# so many are on their way back: the others count
执法记录仪采购 | | 200部 | 到货200部，其中30部退换中
执法记录仪采购 | | 200部 | 到货200部，其中30部换货
参保群众满意度 | | ≥90% | 85%-89%
"""
JUDGED = judged(MET, MISSED, OPEN)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥95%", "≥95%"),
        ("≥95%", "不低于95%"),
        ("不少于200人", "200人以上"),
        ("≥1万人", "≥10000人"),
        ("15日内", "15日内"),
        ("18℃-22℃", "18℃-22℃"),
        ("增长8%以上", "增长8%以上"),
    ],
)
def test_an_actual_that_is_the_target_again_is_met_by_an_assumption(rules: Rules, target: str, actual: str) -> None:
    found = score_of(rules, "设备完好率", "", target, actual)
    assert found.met
    assert "与指标值相同，没有另写实际数，视为达标" in found.explain()


@pytest.mark.parametrize(
    ("target", "actual"), [("≥95%", "≥96%"), ("≥95%", "95%"), ("95%", "95%"), ("增长8%", "增长8%")]
)
def test_a_figure_or_another_bound_is_no_repetition(rules: Rules, target: str, actual: str) -> None:
    found = score_of(rules, "设备完好率", "", target, actual)
    assert found.met
    assert "与指标值相同" not in found.explain()
