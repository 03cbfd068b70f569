"""Time limits that are answered in words, and numbers for each of several times."""

from __future__ import annotations

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
报表报送时限 | | 每季度终了后15日内 | 按时报送
报表报送时限 | | 每季度终了后15日内 | 均在规定时限内报送
报表报送时限 | | 每季度终了后15日内 | 100%
报表报送时限 | | 每季度结束后10个工作日内 | 均按时报送
报表报送时限 | | 每月10日前 | 按时报送
报表报送时限 | | 每月10日前 | 100%
报表报送时限 | | 2023年12月底前 | 按时完成
报表报送时限 | | 2023年12月底前 | 100%
事项办理时限 | | 15日内 | 按期办结
事项办理时限 | | 15日内 | 及时
事项办理时限 | | ≤15天 | 按期办结
事项办理时限 | | 收到申请后15日内 | 全部按期办结
事项响应时间 | | ≤2小时 | 及时
走访慰问次数 | | 春节、八一各1次 | 2次
走访慰问次数 | | 春节、八一各1次 | 各1次
走访慰问次数 | | 春节、八一各1次 | 春节、八一各1次
走访慰问次数 | | 春节、八一各1次 | 春节1次、八一1次
走访慰问次数 | | 春节、八一各1次 | 2次（春节、八一）
走访慰问次数 | | 春节、端午、中秋各≥1次 | 3次
走访慰问次数 | | 各1次 | 各1次
检查次数 | | 上下半年各1次 | 2次
检查次数 | | 上、下半年各1次 | 全年2次
检查次数 | | 上下半年各1次 | 上半年1次，下半年1次
检查次数 | | 6月、12月各1次 | 2次
检查次数 | | 春秋两季各1次 | 2次
检查次数 | | 每年汛前、汛后各1次 | 2次
检查次数 | | 四个季度各1次 | 4次
检查次数 | | 每季度各1次 | 4次
"""
MISSED = """
报表报送时限 | | 每月10日前 | 逾期报送
事项办理时限 | | 15日内 | 未按期办结
走访慰问次数 | | 春节、八一各1次 | 1次
检查次数 | | 上下半年各1次 | 上半年1次
检查次数 | | 汛前、汛中、汛后各1次 | 2次
检查次数 | | 6月、12月各1次 | 1次
"""
LEFT_OPEN = """
报表报送时限 | | 每季度终了后15日内 | 大部分按时报送
报表报送时限 | | 每季度终了后15日内 | 前三季度按时报送
报表报送时限 | | 每季度终了后15日内 | 已报送
报表报送时限 | | 每季度终了后15日内 | 95%
事项办理时限 | | 15日内 | 基本按期办结
事项办理时限 | | 15日内 | 较及时
场馆开放时间 | | ≥15天 | 按时开放
走访慰问次数 | | 市县各1次 | 1次
"""
JUDGED = judged(MET, MISSED, LEFT_OPEN)


def test_what_is_in_all_is_said(rules: Rules) -> None:
    one = score_of(rules, "走访慰问次数", "", "春节、八一各1次", "2次")
    assert "“春节、八一各1次”合计按 2次 计" in [said.message.zh for said in one.assumptions]
    one = score_of(rules, "走访慰问次数", "", "市县各1次", "1次")
    assert [found.message.zh for found in one.diagnostics] == ["指标值“市县各1次”是分别计的，完成值没有写各是多少"]


def test_a_change_is_quoted_as_it_is_written(rules: Rules) -> None:
    one = score_of(rules, "旅游投诉量", "", "逐年下降", "上升8%")
    said = "".join([found.message.zh for found in one.assumptions] + [found.message.zh for found in one.diagnostics])
    assert "“上升8%”" in said
    assert "增长" not in said


def test_a_fall_is_a_floor_because_it_is_a_fall(rules: Rules) -> None:
    one = score_of(rules, "交通事故死亡人数", "", "较上年下降5%", "下降6%")
    assert "“5%”没有写符号，按“下降”视为“不低于”" in [found.message.zh for found in one.assumptions]
