"""What is denied, what moved and what was put off answers a row only for its own thing."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of
from tests.tables import each

MET = """
安全 | | 零事故 | 未发生安全生产责任事故
安全 | | 零事故 | 无事故和质量问题
投诉 | | 零投诉 | 未收到投诉举报
投诉 | | 零投诉 | 未收到群众投诉事件
审批 | | 严禁违规审批 | 未发现违规审批行为
工资 | | 无拖欠 | 无拖欠工资
投诉件数 | | 0 | 未收到信访举报
差错率 | | ≤1% | 无失误
延误次数 | | 0 | 无逾期
死亡人数 | | 0 | 无人员伤亡
有责投诉率 | | 0 | 无有责投诉
规模性返贫 | | 不发生规模性返贫 | 未发生规模性返贫
安全生产 | | 0 | 无事故
空气质量 | | 改善 | 改善（PM2.5下降3.2%）
空气质量 | | 改善 | 改善，PM2.5浓度下降3.2%
治安 | | 改善 | 改善（发案率下降5%）
公共服务水平 | | 提高 | 提高（较上年提高5%）
基层治理能力 | | 增强 | 有所增强，问卷显示92%受访者认可
营商环境 | | 优化 | 持续优化，新增企业120家
论文发表时间 | | 12月底前 | 12月10日发表
平台试运行时间 | | 7月底前 | 7月15日上线试运行
试鸣时间 | | 10月底前 | 9月18日完成试鸣
安置房封顶数 | 座 | 3座 | 3座已封顶
奖补资金 | 万元 | ≤3 | 3万元封顶
就业去向落实率 | | ≥85% | 截至8月31日为86.42%
就业去向落实率 | | ≥85% | 截止到12月底为86.42%
"""
MISSED = """
招标完成时间 | | 2024年6月底前 | 因招标文件被质疑，顺延至7月18日
招标完成时间 | | 2024年6月底前 | 推迟至2025年3月
招标完成时间 | | 2024年12月底前 | 推迟至次年3月
竣工时间 | | 2024年10月底前 | 预计延期至12月
平台上线时间 | | 6月底前 | 7月15日上线试运行
开工时间 | | 10月底前 | 9月18日未开工
投诉率 | | 下降 | 投诉率上升
全年无超时办件 | | 无超时件 | 超时件2件均已补办
信访 | | 零投诉 | 2件均已办结
就业去向落实率 | | ≥85% | 截至8月31日为83.1%
"""
LEFT_OPEN = """
安全 | | 零事故 | 未发生事故赔偿
安全 | | 零事故 | 无事故隐患
投诉 | | 零投诉 | 无投诉积压
安全 | | 无安全事故 | 未发生安全事故迟报
安全 | | 杜绝重大安全事故 | 未发生重大安全事故瞒报
审批 | | 严禁违规审批 | 未发现违规审批人员处理不到位
污染 | | 无污染 | 无污染物排放超标
安全事故起数 | | 0 | 无投诉
投诉件数 | 件 | 0 | 无重复投诉
信访件数 | 件 | 0 | 未发生越级上访
返贫 | | 无返贫 | 未发生规模性返贫
安全事故起数 | 起 | 0 | 未收到投诉
空气质量 | | 改善 | 改善（PM2.5上升3.2%）
空气质量 | | 改善 | 改善，PM2.5浓度上升3.2%
治安 | | 改善 | 改善（发案率上升5%）
治安 | | 改善 | 发案率上升
治安 | | 改善 | 治安案件增多
收入 | | 增加 | 增加（收入下降5%）
满意度 | | 满意 | 满意，满意率45%
治安 | | 改善 | 改善，投诉12件
招标完成时间 | | 2024年7月底前 | 因招标文件被质疑，顺延至7月18日
平台上线时间 | | 7月底前 | 7月15日上线试运行
试鸣时间 | | 10月底前 | 9月18日尚未试鸣
资金下达时间 | | 6月底前 | 6月20日下达第一批
资金下达时间 | | 6月底前 | 6月20日下达部分资金
预算公开时间 | | 3月底前 | 3月20日报送财政局
安置房建设 | 座 | 3 | 3座均已封顶，待装修
"""


@each(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met


#: Name, unit, target, actual, and words of a sentence that has to be whole.
SENTENCES = """
采购台数 | 台 | 20 | 20台，其中3台未到货 | 完成值“20台，其中3台未到货”没有做到
培训场次 | 场 | 4 | 4场（其中1场计划于2025年1月补办） | 完成值“4场（其中1场计划于2025年1月补办）”没有做到
校园安全责任事故 | | 无责任事故 | 全年发生2起学生溺水事故 | “全年发生…学生溺水事故”
全年无超时办件 | | 无超时件 | 超时件2件均已补办 | “超时件…均已补办”没有计入
招标完成时间 | | 2024年6月底前 | 延期至6月20日完成 | 只说“延期…完成”
次品率 | | ≤千分之三 | 0.002 | 可能按“‰”计
生师比 | | 18:1 | 17.5:1 | “18:1”没有写符号
满意度 | % | 0.9 | 0.92 | 像是电子表格的小数
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentence(rules: Rules, line: str) -> None:
    name, unit, target, actual, words = (cell.strip() for cell in line.split("|"))
    score = score_of(rules, name, unit, target, actual)
    said = [one.message.zh for one in score.assumptions] + [one.message.zh for one in score.diagnostics]
    assert any(words in text for text in said), said
    assert not any("件均”" in text or "“截" in text for text in said), said


@each("grave", ["重大", "特大", "较大", "严重"])
@each("noun", ["舆情", "负面舆情", "群体性事件", "责任事故", "安全事故", "环境污染事件"])
def test_how_grave_it_was_is_not_guessed(rules: Rules, noun: str, grave: str) -> None:
    target = f"不发生{grave}{noun}"
    plain, said = (
        rules.score(name=noun, target=target, actual=f"发生1起{word}{noun}，已妥善处置", points="10")
        for word in ("", grave)
    )
    assert (plain.met, said.met) == (None, False)
