"""Rows whose cells say more than one number: which number is the result, and what it is a number of."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.scoring.rules import Rules

#: Name | unit | target | actual, by what the row comes to.
MET = """
# words that count the same
讲座场次 | 场次 | 15 | 15场
讲座场次 | | 15场次 | 16场
抽检批次 | 批次 | ≥20 | 21批
帮扶企业 | | ≥20家 | 21户
建设公厕 | | 12个 | 12座
安全事故 | 起 | ≤3 | 2件
讲座 | | ≥15场次；≥300人次 | 16场、310人次
# powers of ten
投资额 | 元 | ≥1.2E4 | 12500
误差 | | ≤1.2e-3 | 1.1e-3
# a bound beside the number itself
群众满意度 | | ≥85% | 满意度没有达到90%，为86.4%
群众满意度 | | ≥98% | 98.5%，未达到100%
投诉率 | | ≤5% | 投诉率没有超过5%
# hotlines are names
水土流失治理面积 | | 水土流失治理面积≥120平方公里 | 治理120平方公里
110接处警次数 | | ≥1000次 | 110接处警1200次
# a pace
困难群众生活水平 | | 稳步提升 | 显著提升
"""
MISSED = """
讲座场次 | | ≥15场 | 14场次
帮扶企业 | 家 | ≥20 | 19户
误差 | | ≤1.2×10^-3 | 1.3×10⁻³
满意度 | | ≥95% | 没有达到95%
满意度 | | ≥95% | 满意度没有达到95%
满意度 | | ≥95% | 尚未达到95%
满意度 | | ≥95% | 未能达到95%
满意度 | | ≥95% | 群众满意度均未达到95%
违规资金追回率 | | ≥90% | 追回率尚不足九成（89.3%）
合格率 | | ≥90% | 未达到90%（89.3%）
合格率 | | ≥90% | 不及90%（89.3%）
制发及时率 | | ≥99% | 一度达99.2%，全年平均97.5%
制发及时率 | | ≥99% | 最高达99.2%，平均97.5%
制发及时率 | | ≥99% | 曾经达到99.2%，年底为97.5%
培训 | 期 | 12期 | 原计划12期，实际办了9期
"""
OPEN = """
服务人数 | 人 | ≥300 | 310人次
服务人数 | | ≥300人次 | 310人
图书 | | 12个 | 12册
示范村个数 | | 5个 | 建成公厕6座
制发及时率 | | ≥99% | 曾达到99.2%
制发及时率 | | ≥99% | 一度达99.2%
床位使用率 | | ≥99% | 最高达99.2%
床位使用率 | | ≥99% | 原计划99.2%
投诉率 | | ≤5% | 投诉率没有低于5%
困难群众生活水平 | | 稳步提升 | 有所提升
"""
_WANTED = {True: MET, False: MISSED, None: OPEN}
ROWS = [
    (met, *map(str.strip, line.split("|")))
    for met, lines in _WANTED.items()
    for line in lines.splitlines()
    if "|" in line
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), ROWS)
def test_rows(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    found = rules.score(name=name, unit=unit or None, target=target, actual=actual, points="10")
    assert found.met is met
