"""Rows whose actual answers only beside its target, or as a part of a whole: what is computed, what is open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import all_met, judged, score_of

#: Name | unit | target | actual, by what the row comes to.
MET = """
# a share in words, so many of the target, so many out of others
观测站维护 | 站次 | ≥96 | 96/96
检察建议采纳率 | | ≥90% | 发出检察建议20份，采纳19份
问题整改率 | | 100% | 发现问题12个，全部整改
问题整改率 | | 100% | 发现问题12个，均已整改到位
问题整改完成率 | | 100% | 发现问题12个，整改完成12个
# of the target
走访家数 | 家 | 120家 | 完成年度目标任务的102%
走访家数 | 家 | 120家 | 完成率100%
补贴面积 | 亩 | ≥5000亩 | 超额完成412亩
补贴面积 | 亩 | ≥5000 | 超额12%
补贴面积 | 亩 | ≥5000亩 | 超额完成任务
法治讲座场次 | 场 | 20 | 超计划3场
法治讲座场次 | 场 | 20 | 比计划多3场
电费支出 | 万元 | ≤66 | 比预算节约3.1万元
# a part of a whole
资助覆盖率 | | ≥98% | 应助826人，实助811人
资助人数 | 人 | 811 | 应助826人，实助811人
参会率 | | ≥95% | 应到120人，实到118人
完成率 | | ≥95% | 计划100人，实际98人
答复满意率 | | ≥98% | 12件中不满意0件
不合格率 | | ≤6% | 37所中有2所不合格
服务站覆盖率 | | 全覆盖 | 100%
服务站覆盖率 | | 100% | 实现全覆盖
服务站覆盖率 | | ≥95% | 全覆盖
资金兑付率 | | 100% | 全部
资金兑付率 | | 100% | 全部兑付到位
资金兑付率 | | 100% | 全数兑付
资金兑付率 | | 100% | 无一例外
救助率 | | 100% | 应救尽救
救助情况 | | 应救尽救 | 100%
卫生室覆盖率 | | 所有行政村 | 100%
# two values of one thing
健康素养水平 | | 较上年提高1个百分点 | 由26.3%提高到27.8%
健康素养水平 | | 提高1个百分点 | 从26.3%提升至27.8%
就业率 | | 较上年提高 | 89.6%，上年为88.1%
死亡率 | | 下降 | 从1.2‰降至0.9‰
供热投诉量 | | 较上个采暖季减少10% | 上季1260件，本季1088件
接待人次 | | 较上季度增长5% | 上季度1200人次，本季度1290人次
审批时限 | | 压缩50% | 由20个工作日压缩至8个工作日
办理时限 | 天 | 缩短3天 | 由10天缩短至6天
就业率 | | 提高5% | 由26%提高到34%
发病率 | | 下降3% | 由40%下降到36%
就业人数 | | 增长5% | 从2023年到2024年，增长6%
# what is counted for the same
补助标准 | | 5000元/人 | 5000元
脱贫户增收 | | ≥1000元/户 | 户均增收1260元
# an amount that is not above a ceiling for each is below it whatever it is for
处置成本 | | ≤100元/吨 | 96元
人均培训成本 | | ≤450元/人·天 | 430元
人均培训成本 | | ≤450元/人·天 | 450元/人
维护费用 | | 2万元/公里 | 1.6万元
发明专利拥有量 | 件 | ≥8.5 | 8.9件/万人
辅警培训 | | 不少于5天/人 | 人均5.5天
# the name says that the number is for each
单位造价 | | ≤30万元 | 28.6万元/公里
每座泵站造价 | | ≤30万元 | 28.6万元/座
单个项目补助 | | ≤30万元 | 28.6万元/个
单次体检费用 | | ≤400元 | 380元/人
例均住院费用 | | ≤9000元 | 8700元/例
生均公用经费 | | ≥1200元 | 1250元/人
平均每台设备采购价 | | ≤8万元 | 7.6万元/台
每平方米造价 | | ≤2200元 | 2150元/㎡
日均处理量 | | ≥100吨 | 120吨/日
单位产品能耗 | | ≤5千克 | 4.4千克/吨
每公里养护成本 | | ≤3万元/公里 | 2.8万元
# a year
巡查次数 | | 每季度1次 | 4次
巡查次数 | | 每月不少于2次 | 全年共28次
巡查次数 | 次 | ≥24次/年 | 每月2次
巡查次数 | | 每季度1次 | 每季度1次
工作简报份数 | | 每周1份，共52份 | 52份
电影放映场次 | | 每村每月1场，全年2400场 | 全年放映2416场
"""
MISSED = """
# a share in words, so many of the target, so many out of others
观测站维护 | 站次 | ≥96 | 90/96
慰问困难职工 | 人次 | 200人次 | 一半左右
新增停车泊位 | 个 | ≥1000个 | 仅完成目标任务的七成
新增泊位 | 个 | ≥1000 | 完成目标任务的七成多
新增泊位 | 个 | ≥1000 | 完成了目标的一半
新增泊位 | 个 | ≥1000 | 仅完成三分之二
新增泊位 | 个 | ≥1000 | 完成80%
检察建议采纳率 | | ≥90% | 发出检察建议20份，采纳16份
问题整改率 | | 100% | 发现问题12个，已整改10个
走访家数 | 家 | 120家 | 完成任务的75%
单位造价 | | ≤30万元 | 31.2万元/公里
单场赛事成本 | | ≤8万元 | 8.5万元/场
走访家数 | 家 | 120家 | 未完成任务
走访家数 | 家 | 120家 | 仅完成目标任务的99.5%
改造户数 | 户 | 100 | 比计划少5户
改造户数 | 户 | 100 | 距目标还差3户
项目成本 | 万元 | ≤450万元 | 超支12.6万元
资助覆盖率 | | 100% | 应助826人，实助811人
资助人数 | 人 | 826 | 应助826人，实助811人
整改情况 | | 全部整改到位 | 12个问题整改到位11个
年检合格率 | | ≥98% | 37所中有2所不合格
服务站覆盖率 | | 全覆盖 | 98%
服务站覆盖率 | | ≥95% | 全部列入计划
救助情况 | | 应救尽救 | 96.5%
健康素养水平 | | 提高1个百分点 | 由26.3%提高到26.8%
健康素养水平 | | 提高1个百分点 | 由26.3%下降到24.8%
就业率 | | 较上年提高 | 87.6%，上年为88.1%
就业率 | | 提高5% | 由26%提高到27%
供热投诉量 | | 较上个采暖季减少10% | 上季1260件，本季1188件
就业率 | | 提高5% | 由86%提高到87%
就业率 | | 提高5% | 89.6%，上年为88.1%
发病率 | | 下降10% | 由27%下降到26%
就业人数 | 人 | 增加20人 | 由100人增加到110人
游客量 | | 增长一倍以上 | 由32万人次增至61万人次
婴幼儿托位数 | | 每千人口4.5个 | 4.1个
床位数 | 张 | ≥6.8张/千人 | 6.5
辅警培训 | | 不少于5天/人 | 人均4.5天
脱贫户增收 | | ≥1000元/户 | 户均增收960元
巡护次数 | | 每人每月不少于20次 | 人均每月18次
巡查次数 | | 每季度1次 | 全年3次
巡查次数 | | 每周不少于1次 | 全年开展40次
巡查次数 | 次 | ≥24次/年 | 每月1次
工作简报份数 | | 每周1份，共52份 | 50份
"""
OPEN = """
观测站维护 | 站次 | ≥96 | 90/95
问题整改率 | | 100% | 发现问题12个，解决12个
# the words deny it, or tell of something else
补贴面积 | 亩 | ≥5000亩 | 未超额完成
服务站覆盖率 | | ≥95% | 全面推进
服务站覆盖率 | | ≥95% | 基本全覆盖
床位使用率 | | ≥90% | 由85%调整为登记数
# a second value is no change where it may be counted in two ways, or is of something else
就业率 | | 提高5% | 由80%提高到84.5%
就业率 | | 提高2% | 由50%提高到51.5%
发病率 | | 下降5% | 由27%下降到25%
服务人数 | | 增加10人 | 由100户增加到120人
企业数 | | 增长5% | 由100家增加到110个
就业率 | | 提高5个百分点 | 由100人提高到120人
# one number may be of each period, of each of many, or of all of them
巡查次数 | | 每季度1次 | 3次
巡查次数 | | 每月2次 | 3次
村医人数 | | 每村2人 | 3人
补助金额 | | 5000元/人 | 50000元
接待次数 | | 每月不超过2次 | 全年20次
# the name does not say for what the number is, or for something else
总造价 | | ≤300万元 | 3万元/公里
项目总成本 | | ≤300万元 | 3万元/公里
处置成本 | | ≤100元/吨 | 103元
人均培训成本 | | ≤450元/人·天 | 460元
人均培训成本 | | ≥450元/人·天 | 430元
维护费用 | | <2万元/公里 | 2万元
脱贫户增收 | | ≥1000元/户 | 增收1260元
发病数 | | ≤9例/万人 | 8例/年
每公里造价 | | ≤22万元 | 21.5万元/个
各单位运行费用 | | ≤22万元 | 21.5万元/个
"""
ROWS = judged(MET, MISSED, OPEN)


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), ROWS)
def test_rows(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met


def test_rows_many_at_a_time_are_the_same(rules: Rules) -> None:
    assert all_met(rules, ROWS * 3) == [row[0] for row in ROWS] * 3


@pytest.mark.parametrize(
    ("target", "actual", "completion", "said"),
    [
        ("120家", "完成任务的75%", Fraction(3, 4), "“75%”按指标值 120 家 推算，为 90 家"),
        ("≥5000亩", "超额完成412亩", Fraction(5412, 5000), "“超额完成412亩”按指标值 5000 亩 推算，为 5412 亩"),
        ("≥2万亩", "超额完成1500亩", Fraction(21500, 20000), "“超额完成1500亩”按指标值 2 万亩 推算，为 2.15 万亩"),
        ("≥98%", "应助826人，实助811人", Fraction(811, 826) / Fraction(98, 100), "“应助826人,实助811人”折合 98.18%"),
        ("100%", "全部", Fraction(1), "“全部”就是 100%"),
    ],
)
def test_what_is_computed_is_said(rules: Rules, target: str, actual: str, completion: Fraction, said: str) -> None:
    found = rules.score(name="完成率", target=target, actual=actual, points="10")
    assert found.completion == completion
    assert said in [one.message.zh for one in found.assumptions if one.key == "related"]


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("≤300万元", "3万元/公里", "指标值“300 万元”与完成值“3 万元/公里”只有一格写明按每公里计，未能比较"),
        ("≤300万元", "3公里", "指标值“300 万元”与完成值“3 公里”单位不同，不能比较"),
    ],
)
def test_units_that_cannot_be_compared_leave_the_row_to_a_person(
    rules: Rules, target: str, actual: str, said: str
) -> None:
    (found,) = rules.score(name="总造价", target=target, actual=actual, points="10").diagnostics
    assert (found.code, found.severity.value, found.message.zh) == ("PF515", "warning", said)
