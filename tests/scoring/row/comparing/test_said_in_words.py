"""Words that any official understands: 日益浓厚, 无 for 无不利影响, 户均增收, and sentences of rows that failed."""

from __future__ import annotations

import pytest

import pfscore
from tests.scoring.row.written import judged

MET = """
科普氛围 | | 浓厚 | 日益浓厚
科普氛围 | | 浓厚 | 更加浓厚
应急处置能力 | | 较强 | 强
应急处置能力 | | 较强 | 很强
污染程度 | | 较低 | 很低
对后续年度影响 | | 无不利影响 | 无
不良影响 | | 无不良影响 | 没有
农民增收 | | 带动增收 | 户均增收1350元
农民收入 | | 增加 | 人均增收1350元
老年人生活质量 | | 提高 | 达成预期指标
招标完成时间 | | 6月底前 | 6月20日完成招标
论文发表数 | 篇 | 3 | 发表3篇
信息发布数 | 条 | 100 | 发布信息120条
"""
MISSED = """
科普氛围 | | 浓厚 | 不够浓厚
应急处置能力 | | 较强 | 弱
污染程度 | | 较低 | 高
对后续年度影响 | | 无不利影响 | 有
可持续影响 | | 具有可持续影响 | 无
农民增收 | | 带动农民增收 | 户均减收1350元
老年人生活质量 | | 提高 | 未达成预期指标且效果较差
移风易俗 | | 成效明显 | 成效尚未显现
移风易俗 | | 成效明显 | 尚无成效
移风易俗 | | 有效提升 | 未见改善
舆论反响 | | 无负面舆情 | 个别媒体有负面报道
投诉 | | 零投诉 | 发生信访
标准发布数 | 项 | 2 | 完成报批
论文发表数 | 篇 | 3 | 已投稿3篇
设备验收合格率 | | 100% | 设备尚在安装调试阶段
课题结题数 | 项 | 5项 | 5项均已提交结题申请
评估报告 | 份 | 1份 | 初稿已完成，待专家评审
古树名木救治株数 | 株 | 25 | 25株列入救治计划
月均服务次数 | 次 | 每月不少于20次 | 全年200次
"""
LEFT_OPEN = """
科普氛围 | | 浓厚 | 日渐淡薄
制度建设 | | 健全 | 日益健全
应急处置能力 | | 强 | 较强
设施 | | 无障碍设施完善 | 无
可持续影响 | | 具有可持续影响 | 有
老年人生活质量 | | 提高 | 部分达成预期指标并具有一定效果
满意度 | | ≥90% | 达成预期指标
服务 | | 零投诉 | 基本达成预期指标
移风易俗 | | 成效明显 | 成效显现
社会融合 | | 有所促进 | 促进作用不够显著
舆论反响 | | 无负面舆情 | 未发现负面报道
评估报告 | 份 | 1份 | 初稿已完成，正式报告已出具
招标完成率 | | 100% | 招标已完成
规划设计方案 | 份 | 1份 | 设计已完成
"""


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    rules = pfscore.load_ruleset("cn/project", on="2024-12-31")
    score = rules.score(name=name, unit=unit or None, target=target, actual=actual, points="10")
    assert score.met is met
