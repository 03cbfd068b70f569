"""Two cells of a row in two units: written otherwise, of one thing by two words, and of the calendar."""

from __future__ import annotations

import pytest

from pfscore.foundation.diagnostics import Severity
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
服务人次 | | ≥3000人次 | 3215人（次）
服务人次 | | ≥3000人（次） | 3215人次
服务人次 | 人次 | ≥3000 | 3215人（次）
服务人次 | 人（次） | ≥3000 | 3215人次
服务人次 | 人（次） | ≥3000 | 3215人
服务人次 | | ≥3000人次 | 3215人·次
走访户次 | | ≥30户（次） | 32户次
走访家次 | | ≥30家（次） | 32家次
出动车辆 | | ≥30辆次 | 32辆（次）
演出场次 | | ≥30场（次） | 32场次
检查批次 | | ≥30批次 | 32批（次）
配备设备 | | ≥30台套 | 32台（套）
配备设备 | | ≥30件（套） | 32件套
工程建设工期 | | ≤180天 | 5个月
工程建设工期 | | ≤6个月 | 175天
工程建设工期 | | ≤1个月 | 20天
工程建设工期 | | ≤1年 | 365天
工程建设工期 | | ≤1个季度 | 60天
审批办理时间 | | ≤10个工作日 | 8天
审批办理时间 | | 20个工作日内 | 20天
审批办理时间 | | ≤1个月 | 10个工作日
审批办理时间 | | ≤1个月 | 2周
培训天数 | | ≥30天 | 2个月
土方开挖量 | | ≥100立方米 | 105方
修建面积 | | ≥100平方米 | 105平
植树数量 | | ≥100株 | 105棵
养殖数量 | | ≥100头 | 105只
购羊数量 | | ≥100只 | 105头
培训次数 | | ≥10次 | 11场
培训次数 | | ≥10期 | 11次
培训次数 | | ≥10场 | 11期
宣传稿件数 | | ≥10份 | 11篇
论文数量 | | ≥10篇 | 11个
房屋数量 | | ≥10栋 | 10座
"""
MISSED = """
服务人次 | | ≥3000人次 | 2915人（次）
工程建设工期 | | ≤180天 | 8个月
工程建设工期 | | ≤6个月 | 190天
工程建设工期 | | ≤3个月 | 100天
工程建设工期 | | ≤1个月 | 45天
工程建设工期 | | ≤1年 | 400天
工程建设工期 | | ≤365天 | 13个月
审批办理时间 | | ≤10天 | 15个工作日
审批办理时间 | | ≤5个工作日 | 30天
植树数量 | | ≥100株 | 95棵
"""
LEFT_OPEN = """
工程建设工期 | | ≤180天 | 6个月
工程建设工期 | | ≤180天 | 约6个月
工程建设工期 | | ≤6个月 | 183天
工程建设工期 | | ≤365天 | 12个月
审批办理时间 | | ≤10个工作日 | 12天
审批办理时间 | | ≤10天 | 8个工作日
住房套数 | | ≥100套 | 105户
培训人次 | | ≥10人次 | 11人
服务人次 | | ≥3000人次 | 3215人/次
抽检批次 | | ≥10次 | 11批次
图书 | | 12个 | 12册
"""
JUDGED = judged(MET, MISSED, LEFT_OPEN)


@pytest.mark.parametrize(
    ("target", "actual"), [("≥100套", "105户"), ("≥10人次", "11人"), ("≤180天", "6个月"), ("≥10万元", "11人")]
)
def test_units_that_do_not_fit_leave_the_row_to_a_person(rules: Rules, target: str, actual: str) -> None:
    one = score_of(rules, "完成数量", "", target, actual)
    assert [(found.code, found.severity) for found in one.diagnostics] == [("PF515", Severity.WARNING)]


def test_how_a_time_was_compared_is_said(rules: Rules) -> None:
    one = score_of(rules, "工程建设工期", "", "≤180天", "8个月")
    assert "“8 个月”与“180 天”单位不同；各月长短不一，但怎样折算结果都一样" in [
        said.message.zh for said in one.assumptions
    ]
