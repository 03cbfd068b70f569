"""What a date is of, and what a bracket adds to words: other things beside the row's own are for a person."""

from __future__ import annotations

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of
from tests.tables import each

MET = """
预算公开时间 | | 3月底前 | 3月20日在官网公开
指标下达时间 | | 6月底前 | 6月20日下达指标
资金下达时间 | | 6月底前 | 6月20日资金已下达
补贴发放时间 | | 8月底前 | 8月20日已全部发放到位
工程完工时间 | | 8月底前 | 8月20日已全部完工并通过验收
第五次经济普查 | | 12月31日前完成清查 | 清查阶段于11月25日完成
满意度 | | 满意 | 满意（96%）
收入 | | 提高 | 提高（5%）
环境 | | 改善 | 改善，优良天数320天
未办结件数 | | 0 | 无未办结
"""
MISSED = """
资金拨付时间 | | 6月底前 | 6月20日下达指标
报告提交时间 | | 8月底前 | 8月20日提交初稿
工程完工时间 | | 8月底前 | 9月20日完成路面工程
"""
LEFT_OPEN = """
项目验收时间 | | 12月底前 | 12月10日准备验收
项目验收时间 | | 12月底前 | 12月10日已完成验收准备
平台上线时间 | | 8月底前 | 8月20日完成上线测试
平台上线时间 | | 8月底前 | 8月20日上线后下线
竣工时间 | | 8月底前 | 8月20日完成竣工图编制
招聘到岗时间 | | 8月底前 | 8月20日已发布招聘公告
资金拨付时间 | | 8月底前 | 8月20日完成拨付审批
工程完工时间 | | 8月底前 | 8月20日已完成路面工程
补贴发放时间 | | 8月底前 | 8月20日已发放春季补贴
满意度 | | 满意 | 满意（65%）
满意度 | | 满意 | 满意，得分55分
治安 | | 改善 | 改善（刑事案件12起）
就业 | | 促进 | 促进（失业率5%）
设施 | | 完善 | 完善（损坏12处）
投诉率 | | 0 | 无投诉未办结
"""


@each(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met
