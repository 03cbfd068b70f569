"""Words that want something to become better, answered by a measure that rose or fell: 环境改善 ← PM2.5由41降到36."""

from __future__ import annotations

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
# what is better when it falls
营商环境 | | 优化 | 审批时限由10天压缩到5天
营商环境 | | 优化 | 审批时限缩短5天
环境质量 | | 改善 | PM2.5由41降到36
环境质量 | | 持续改善 | PM2.5浓度下降12%
人居环境 | | 改善 | 投诉量下降30%
社会治安 | | 持续好转 | 发案率由3.1‰降至2.2‰
医疗服务能力 | | 提升 | 死亡率由1.2%降到0.9%
工作效率 | | 提高 | 办理时限由5天缩短到2天
教学质量 | | 提升 | 辍学率由1%下降到0.5%
节能水平 | | 提升 | 单位能耗下降3%
安全生产形势 | | 稳定向好 | 事故起数下降20%
供水保障 | | 改善 | 管网漏损率由14%降至11%
# the indicator's own measure
办理时限 | | 优化 | 由10天压缩到5天
PM2.5浓度 | | 改善 | 由41降到36
居民健康素养水平 | | 稳步提高 | 由24.6%提高到27.9%
群众收入 | | 提高 | 人均收入增长5%
城乡居民满意度 | | 较上年提高 | 91.3%（上年89.7%）
# words behind a number
森林覆盖率 | | 保持稳定 | 67.2%，与上年持平
居民收入 | | 稳步提高 | 2.3万元，较上年提高
# what is better when it rises
医疗服务能力 | | 提升 | 床位由200张增加到260张
教学质量 | | 提升 | 及格率由85%提高到91%
节能水平 | | 提升 | 节能率提高3个百分点
"""
MISSED = """
工作效率 | | 提高 | 办理时限由5天延长到6天
安全生产形势 | | 稳定向好 | 事故起数上升20%
社会治安 | | 明显好转 | 刑事案件上升15%
供水保障 | | 改善 | 管网漏损率由11%升至14%
环境质量 | | 有效改善 | 优良天数减少12天
教学质量 | | 提升 | 及格率由85%下降到81%
收入 | | 提高 | 由3万元降到2.8万元
群众收入 | | 提高 | 人均收入下降3%
群众负担 | | 减轻 | 人均自付费用上升8%
"""
OPEN = """
# more, or less, of it may be better
产业结构 | | 优化 | 一产占比由21%降到18%
人才队伍 | | 结构优化 | 平均年龄由45岁降到41岁
传承队伍 | | 年龄结构优化 | 新增40岁以下传承人6名，平均年龄由63岁降到58岁
水资源利用效率 | | 提高 | 万元GDP用水量下降4%
医疗服务能力 | | 提升 | 门诊量下降3%
# what is to stay as it was is not missed by a measure that became better
就业形势 | | 稳定 | 登记失业率由3.2%降到3.0%
# a number alone, or beside words of another movement
森林覆盖率 | | 保持稳定 | 67.2%
森林覆盖率 | | 保持稳定 | 67.2%，较上年下降
# how much better
环境质量 | | 有效改善 | 优良天数增加12天
社会治安 | | 明显好转 | 刑事案件下降15%
"""
JUDGED = judged(MET, MISSED, OPEN)


def test_a_change_is_said_in_its_own_unit(rules: Rules) -> None:
    said = score_of(rules, "工作效率", "", "提高", "办理时限由5天缩短到2天").explain()
    assert "“由5天缩短到2天”是减少 3 天" in said
