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
# one period is the year
资金支出进度 | | 95% | 上半年45%，全年98%
预算执行率 | | ≥95% | 6月底53.1%，12月底97.4%
预算执行率 | | ≥95% | 一季度22%，半年51%，年底96%
培训人次 | 人次 | ≥300 | 上半年120人次，下半年200人次，全年320人次
# the target's own words
零就业家庭动态清零 | | 动态清零 | 保持动态清零
零就业家庭 | | 动态清零 | 已全部清零
重大动物疫情发生情况 | | 不发生区域性重大动物疫情 | 未发生区域性重大动物疫情
流浪乞讨人员救助率 | | 应救尽救 | 做到应救尽救
村干部报酬拨付 | | 按月足额拨付 | 按月足额拨付到位
孤儿生活费发放 | | 不漏一人 | 无遗漏
核查覆盖 | | 不漏一户 | 没有遗漏
隐患排查 | | 不留死角 | 无死角
信访 | | 不发生越级上访 | 没有发生越级上访
# shares in one scale
预算执行率 | | 0.95 | 0.97
预算执行率 | % | 95 | 97.31
差错率 | % | 0.5 | 0.3
培训期数 | | 1 | 12
满意度调查次数 | | 1 | 12
# the same time, or none
热线接通率 | | 15秒接通率≥95% | 15秒内接通率96.02%
热线接通率 | | 15秒接通率≥95% | 96.02%
汛期巡查次数 | | ≥30次 | 汛期巡查45次
禁毒宣传场次 | | “6·26”期间开展不少于10场 | “6·26”期间开展12场
巡查次数 | | 全年巡查≥12次 | 上半年巡查14次
资金支付率 | | ≥95% | 96.1%，不足部分结转
补贴发放率 | | 100% | 100%，未发现截留挪用
# a pace
困难群众生活水平 | | 稳步提升 | 显著提升
"""
MISSED = """
# a limit is what it says
投诉率 | % | ≤0.5 | 8
差错率 | % | 0.5 | 8
资金支出进度 | | ≥95% | 上半年45%，全年93%
城区PM2.5年均浓度 | 微克/立方米 | ≤35 | 36.2，较上年不降反升
抽检合格率 | | 100% | 98.7%（2批次尚未处置完毕）
抽检合格率 | | 100% | 98.7%（2批次不合格）
资金支付率 | | ≥95% | 89.3%，不足部分结转
预算执行率 | | ≥95% | 82.5%，支付滞后
污水处理率 | | ≥95% | 93.1%，管网漏损未修复
噪声 | 分贝 | ≤55 | 57.2分贝，夜间超标未整改
水质达标率 | | ≥95% | 经检测有4处不达标，达标率93.1%
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
干部培训期数 | 期 | 12期 | 原计划12期，因经费压减只办了9期
制发及时率 | | ≥99% | 曾经达到99.2%，年底为97.5%
培训 | 期 | 12期 | 原计划12期，实际办了9期
"""
OPEN = """
# a decimal against a percentage
预算执行率 | | 0.95 | 85
预算执行率 | | ≥0.95 | 97.31
预算执行率 | | ≥０．９５ | 97.31
资金到位率（%） | | 1 | 98
资金到位率 | | 1 | 98
资金到位率 | % | 1 | 98
资金到位率 | % | 1 | 98%
群众满意度 | % | 0.9 | 85
# another time than the indicator's
热线接通率 | | 15秒接通率≥95% | 30秒接通率96.02%
急救到达率 | | 10分钟到达率≥90% | 15分钟到达率93%
信访办结率 | | 30日办结率≥95% | 60日办结率97%
造林成活率 | | 三年成活率≥85% | 当年成活率92%
旅客发送量 | | 春运期间发送旅客不少于10万人次 | 全年发送旅客120万人次
巡查次数 | | 汛期巡查不少于30次 | 全年巡查45次
汛期巡查次数 | | ≥30次 | 全年巡查45次
培训期数 | | 上半年完成5期 | 全年完成6期
文化活动场次 | | 春节期间举办不少于6场 | 国庆期间举办7场
禁毒宣传场次 | | “6·26”期间开展不少于10场 | 全年共开展13场，其中“6·26”期间4场
# nobody left out, and something else
孤儿生活费发放 | | 应发尽发，不漏一人 | 全部发放到位，无遗漏
制发及时率 | | ≥99% | 最高达99.2%，平均97.5%
监测报告出具时效 | | 采样后7个工作日内 | 最长9个工作日，平均6个工作日
资金支出进度 | | ≥95% | 上半年45%，下半年53%
预算执行率 | | ≥95% | 一季度22%、二季度51%、三季度76%、四季度96%
培训人次 | 人次 | ≥300 | 上半年320人次，全年310人次
抽检合格率 | | ≥98% | 98.7%（2批次不合格）
预算执行率 | | ≥95% | 96.5%，支付滞后
合同履约率 | | 100% | 100%，尚未支付
重大动物疫情发生情况 | | 不发生动物疫情 | 未发生区域性重大动物疫情
村干部报酬拨付 | | 按月足额拨付 | 按月拨付到位
改造户数 | 户 | 100户 | 除2户外全部完成
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


@pytest.mark.parametrize(("target", "actual"), [("≥10000吨", "9999.9吨"), ("≥95%", "94.999%")])
def test_full_points_of_a_missed_row_are_explained(rules: Rules, target: str, actual: str) -> None:
    found = rules.score(name="产量", target=target, actual=actual, points="10")
    assert found.met is False
    assert found.low == 10
    assert "rounded" in [one.key for one in found.assumptions]


def test_full_points_of_a_met_row_need_no_word(rules: Rules) -> None:
    found = rules.score(name="产量", target="≥10000吨", actual="10000吨", points="10")
    assert "rounded" not in [one.key for one in found.assumptions]


def test_rows_many_at_a_time_are_the_same(rules: Rules) -> None:
    keys = ("name", "unit", "target", "actual", "points")
    rows = [dict(zip(keys, map(str, (*row[1:], 10)), strict=True)) for row in ROWS]
    assert [one.met for one in rules.score_many(rows * 3)] == [row[0] for row in ROWS] * 3
