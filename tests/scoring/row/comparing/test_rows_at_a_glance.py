"""Rows that any official judges at a glance, by what they come to, and what the sentences about them say."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged

#: Name | unit | target | actual, by what the row comes to.
MET = """
# a change goes on, and a state was reached
数据共享机制 | | 完善 | 得到完善
数据共享机制 | | 完善 | 已完善
数据共享机制 | | 不断完善 | 逐步完善
数据共享机制 | | 健全 | 已健全，持续完善
人居环境 | | 改善 | 持续改善
管理水平 | | 提高 | 稳步提高
"""
MISSED = """
# a state is only coming about
数据共享机制 | | 完善 | 正在完善
数据共享机制 | | 完善 | 持续完善中
数据共享机制 | | 健全 | 正在健全
制度 | | 健全完善 | 正在健全完善
管理制度 | | 完善 | 制度正在完善
# what is still to come, and known not to be there
行道树成活率 | | ≥95% | 补植后可达95%
平台建设 | | 建成 | 将于2025年建成
培训人数 | | ≥100人 | 拟培训120人
"""
OPEN = """
# a change that is not over, a state that is only coming about
数据共享机制 | | 完善 | 逐步完善
数据共享机制 | | 完善 | 不断完善
数据共享机制 | | 完善 | 日趋完善
数据共享机制 | | 健全 | 逐步健全
管理制度 | | 完善 | 管理制度得到进一步完善
人居环境 | | 改善 | 正在改善
服务能力 | | 提升 | 提升中
环境 | | 持续改善 | 正在改善
# what is expected is no result
秸秆综合利用率 | | ≥92% | 预计可达92%以上
秸秆综合利用率 | | ≥92% | 预计可达90%
秸秆综合利用率 | | ≥92% | 有望达到95%
设备使用年限 | | ≥8年 | 预计可用10年
设备使用年限 | 年 | ≥8 | 10年（预计）
成本 | | ≤100万元 | 预计95万元
培训人数 | | ≥100人 | 预计培训120人
培训人数 | | ≥100人 | 将培训120人
培训人数 | | ≥100人 | 即将培训120人
"""
ROWS = judged(MET, MISSED, OPEN)


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), ROWS)
def test_rows(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    found = rules.score(name=name, unit=unit or None, target=target, actual=actual, points="10")
    assert found.met is met


def test_rows_many_at_a_time_are_the_same(rules: Rules) -> None:
    keys = ("name", "unit", "target", "actual", "points")
    rows = [dict(zip(keys, map(str, (*row[1:], 10)), strict=True)) for row in ROWS]
    assert [one.met for one in rules.score_many(rows * 3)] == [row[0] for row in ROWS] * 3


def _sentences(rules: Rules, name: str, target: str, actual: str, unit: str | None = None) -> str:
    """Return all that a row says."""
    found = rules.score(name=name, target=target, actual=actual, unit=unit, points="10")
    said = (*found.assumptions, *found.diagnostics)
    return "\n".join([one.message.zh for one in said])


def test_what_is_expected_is_not_said_to_be_missed(rules: Rules) -> None:
    said = _sentences(rules, "秸秆综合利用率", "≥92%", "预计可达92%以上")
    assert said == "完成值“预计可达92%以上”是预计的数，没有写实际结果"
