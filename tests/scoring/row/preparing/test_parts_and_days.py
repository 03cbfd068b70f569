"""Parts of a whole by what is missing, a whole whose part is of another stage, and days as spreadsheets count them."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
新生儿疾病筛查率 | | ≥98% | 应筛5200人，实筛5148人
补贴发放率 | | 100% | 应发300户，实发300户
产品抽检率 | | ≥95% | 应检100批，实检98批
慢病随访人次 | | ≥300人次 | 80+75+90+60
合同金额 | | ≤300万元 | 80+75.5+90万元
预算执行率 | | ≥85% | .874
房屋使用年限 | | ≥50年 | 设计使用年限50年
审计问题整改率 | | ≥95% | 销号率96%
教师到岗率 | | ≥95% | 应到200人，缺8人
参训率 | | ≥90% | 应参训100人，未参加5人
缺编率 | | ≤5% | 编制200人，缺编8人
病床配备数 | 张 | 100 | 应配100张，缺0张
审计整改完成率 | | ≥80% | 11个问题已整改9个，剩余2个持续推进
信访积案化解率 | | ≥85% | 20件中17件已化解，3件正在做工作
资助覆盖率 | | ≥98% | 应助826人，实助820人
完成时间 | | 45657 | 45616
竣工时间 | | 2024年12月31日前 | 45616
开工日期 | | 45657 | 2024年12月5日
竣工日期 | | 20241030 | 45592
"""
MISSED = """
新生儿疾病筛查率 | | ≥99.5% | 应筛5200人，实筛5148人
光纤接入率 | | ≥95% | 应接126家，已接119家
慢病随访人次 | | ≥310人次 | 80+75+90+60
预算执行率 | | ≥95% | .874
房屋使用年限 | | ≥50年 | 设计使用年限40年
河湖“四乱”问题整改率 | | 100% | 销号率96%，剩余问题已列入2025年整改计划
老旧小区改造完工 | | 36个 | 三分之二的小区已完工，其余跨年实施
水质检测频次 | | 每月1次 | 除3月、7月停检外，其余月份均按月检测
研修班期数 | | ≥6期 | 因机构改革压减为4期
专职网格员到岗率 | | ≥95% | 应到岗212人，空编15人
岗位到岗人数 | 人 | 212 | 应到岗212人，空编15人
病床配备数 | 张 | 100 | 应配100张，缺12张
审计整改完成率 | | 100% | 11个问题已整改9个，剩余2个持续推进
信访积案化解率 | | ≥90% | 20件中17件已化解，3件正在做工作
合格率 | | ≥98% | 37所中35所合格，2所不合格
完成时间 | | 45616 | 45657
竣工时间 | | 2024-10-31 | 45616
培训人数 | 人 | 45657 | 45616
"""
LEFT_OPEN = """
产品抽检合格率 | | ≥95% | 应检100批，实检98批
抽检合格率 | | ≥95% | 应筛100批，实筛98批
房屋质保年限 | | ≥5年 | 设计使用年限50年
培训人数 | | ≥95人 | .98
合格率 | | ≥95% | 80+16
信访积案化解率 | | ≥80% | 20件中17件已受理
信访积案化解率 | | ≥80% | 20件中已受理17件，剩余3件未受理
资助覆盖率 | | ≥98% | 应助826人，已审核820人
审计整改完成率 | | ≥80% | 11个问题已整改9个，剩余3个持续推进
完成时间 | | 45657 | 12
次品率 | | ≤千分之三 | 2
"""


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met


def test_days_of_spreadsheets_are_judged_beside_their_name_in_frames_too() -> None:
    rules = pfscore.load_ruleset("cn/project", on="2024-12-31")
    cells = [
        {"name": name, "target": target, "actual": actual, "points": "10"}
        for _ in range(3)
        for name in ("培训人数", "完成时间", "响应用时")
        for target, actual in (("45657", "45616"), ("45616", "45657"), ("12", "10"))
    ]
    alone = [rules.score(**one).met for one in cells]
    assert [one.met for one in rules.score_many(cells)] == alone
