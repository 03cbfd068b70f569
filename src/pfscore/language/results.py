"""Which clauses of a cell count: results and conditions, not the plan, the past, the details, or what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pfscore.foundation.text import Message
from pfscore.language.cell import Cell
from pfscore.language.demands import is_surplus
from pfscore.language.parts import Clause, Conditions, Range
from pfscore.language.readings import Assumption, Reading

#: What repeats the plan, and what goes into detail.
_PLAN = re.compile(
    r"(?:年初|年度|全年|原|预期)?(?:计划|目标|指标|任务|应[完发到参缴检办拨付](?!急)|预算(?:数|资金|金额|安排)?$)(?![^,;。]*[率比度])"
)
_DETAIL = re.compile(
    r"其中|问卷|样本|抽样|^(?:有效)?回收|^(?:年末|资金|预算|项目)?结[余转]|(?:同比|[较比][^,;。]{2,8})(?:改善|好转|优化|变化)$"
)
#: 200份问卷，满意度98%
_SAMPLE = re.compile(r"(?:有效)?(?:调查)?(?:问卷|样本)")
#: 86.73%，在85%-90%区间内: an interval behind the result repeats the target.
_WITHIN = re.compile(r"(?:[在处]于?|位于|符合|属于)")
#: 上年85%，本年92%; 三年累计1500户，本年500户: the first is only there to be compared with.
_LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年|上期)(?!结)|[一二三四五两0-9]年(?:累计|共|合计|总|内|来)|规划期|累计|历年"
)
_THIS_YEAR = re.compile(r"(?:本年|今年|当年|本期)")
#: 应补助126人，实补助121人; 实验, 实地 and the like are other words.
_DUE = re.compile(r"应[^急对用变届聘]")
#: 3个标段，已完工2个: the first is how many there are.
_OF_THEM = re.compile(r"已(?:完[工成]|建成|竣工|验收|交付|投用|办结|整改|开工)")
_REAL = re.compile(r"实际|实[^验地施训习物体行战景名效时质木务干]")
#: ≥80分，力争90分: a wish beside what is asked.
_WISH = re.compile(r"力争|争取|努力|冲刺|奋斗")
_SUM = re.compile(r"(?:全年|年度)?(?:合计|共计|总计|总共|共)")
_ONE_BY_ONE = re.compile(r"各|分别|^另")
#: What was not achieved, and why.
_MISSING = re.compile(
    r"(?:尚|还|仍)(?:[缺欠差有余]|剩余?)|^[缺欠差]$|^其?剩?余(?:下)?$|少完成|^因|(?:延期|延迟|推迟|滞后)$|[拖]欠|欠[付缴发]|缺口"
    r"|^(?:在建|在办|在途|待[一-龥]{1,3}|正在[一-龥]{0,4})$|^(?:尚|还|仍)?未(?:支付|完成|实施|开展|拨付|发放|使用|到位|办结|执行|建成|开工|整改|解决|入住|参加|兑现|缴纳|达标|改造)"
)
#: Behind a number: 3户未改造.
_UNDONE = re.compile(
    r"(?:尚|还|仍)?(?:未(?!超|突破|发生|出现|产生|发现)|没有(?!超|发生|出现)|正在|在建|待)"
    r"|[^0-9(]{0,4}(?:尚|还|仍)?未(?:完工|完成|开工|实施|验收|支付|交付|整改|到位|办结|投用|启动|达标)"
    r"|[^0-9(]{0,6}(?:因|由于)?[^0-9(]{0,8}(?:延期|延迟|推迟|滞后|停工|停用|流标)"
)
#: Only a beginning, where the cell goes on to say what was not done: 已报名45人，尚未开班.
_BEGUN = re.compile(r"已?(?:报名|招标|立项|申报|挂网|备案|开标)$")
_NOT_YET = re.compile(r"(?:尚|还|仍|暂)未|未能?(?:开|实施|启动)")
#: Nothing was achieved, so a number behind it is no achievement.
_NOT_DONE = re.compile(
    r"(?:未|没有)(?:能|按期|按时|全部|正式)?(?:实施|开展|完成|达标|达到|启动|执行|支付|建设|采购|开工|进行|使用|拨付|验收|$)"
    r"|(?:取消|终止|暂停|中止)(?:实施|执行|$)"
)
_AFTER_ALL = re.compile(r"(?:仅|只|实际)(?:完成|实施|开展|支付|达到|为)?$")
#: 提前10天: how much earlier than planned; 预警提前42分钟 is the result itself.
_WARNING = re.compile(r"预警|预报|预告|预测|预判|通知|告知|公告|提醒")
#: What is still to come.
_TO_COME = re.compile(r"预计|计划(?!内|外|完成率)|拟|将[于在]|待")


def main_clauses(cell: Cell, conditions: Conditions) -> tuple[Clause, ...]:
    """Return the clauses with a number that count.

    Of a target all but last year's value beside this year's, and wishes; of an actual neither what repeats the plan
    (计划10次，实际12次) nor what goes into detail (其中…).
    """
    measured = tuple(clause for clause in conditions.clauses if clause.measure is not None)
    if any(_THIS_YEAR.match(clause.lead_text) for clause in measured):
        measured = tuple(clause for clause in measured if not _LAST_YEAR.match(clause.lead_text)) or measured
    if len(measured) < 2:
        return measured
    if cell.side == "target":
        return (measured[0], *[clause for clause in measured[1:] if not _WISH.match(clause.lead_text)])
    is_due = any(_REAL.match(clause.lead_text) for clause in measured)
    main: list[Clause] = []
    in_detail = False
    for clause, joint in zip(conditions.clauses, (None, *conditions.joints), strict=True):
        lead = clause.lead_text
        in_detail = "其中" in lead or (in_detail and joint is not None and joint.text[0] not in "。;")
        if (
            in_detail
            or (main and is_surplus(lead))
            or clause not in measured
            or _PLAN.match(lead)
            or (is_due and _DUE.match(lead))
            or (main and isinstance(clause.measure, Range) and _WITHIN.match(lead))
            or _DETAIL.search(lead)
            or _SAMPLE.match(clause.tail_text)
        ):
            continue
        if main and _REAL.match(lead) and clause.unit == main[-1].unit:
            # ≥90%，实际95.2% repeats the target before.
            main.clear()
        if len(main) == 1 and not main[0].lead and _OF_THEM.match(lead) and clause.unit == main[0].unit:
            main.clear()
        # 完成12次，各3次 goes into detail; 分别增长5%、8% has nothing else.
        is_detail = main and _ONE_BY_ONE.search(lead) and not _ONE_BY_ONE.search(main[0].lead_text)
        if not _is_no_result(clause) and not is_detail:
            main.append(clause)
    if len(main) > 1 and _SUM.match(main[-1].lead_text) and main[-1].unit in [clause.unit for clause in main[:-1]]:
        # 小学520人、初中310人，合计830人, but not 培训5期，共计263人次
        return (main[-1],)
    return tuple(main) or measured


def without(found: Reading, left_out: Sequence[str]) -> Reading:
    """Say what in a target is not taken for a condition: 含脱贫户45户, 力争90分, 上年85%."""
    if not left_out:
        return found
    text = "”“".join(left_out)
    message = Message(f"“{text}”没有当作条件", f"“{text}” is not taken for a condition")
    return replace(found, assumptions=(*found.assumptions, Assumption("left_out", message)))


def _is_no_result(clause: Clause) -> bool:
    """Tell whether a clause of an actual says what was not achieved, 尚有3户, 3户未改造, or how early: 提前10天."""
    lead = clause.lead_text
    if _MISSING.search(lead) or (lead.endswith("提前") and not _WARNING.search(lead)):
        return True
    return bool(clause.tail) and _UNDONE.match(clause.tail_text) is not None


def is_achieved(clauses: tuple[Clause, ...]) -> bool:
    """Tell whether an actual with a number says what was achieved, and not what is to come or what is missing."""
    measured = [clause for clause in clauses if clause.measure is not None]
    if not measured:
        return True
    words = [clause.lead_text for clause in clauses if clause.measure is None]
    if any(_NOT_YET.search(text) for text in words) and all(_BEGUN.search(clause.lead_text) for clause in measured):
        return False
    if clauses[0].measure is None and _NOT_DONE.search(clauses[0].lead_text):
        # 未完成，仅完成60% says after all what was achieved.
        return any(_AFTER_ALL.search(clause.lead_text) for clause in measured)
    return not all(
        _is_no_result(clause) or (_TO_COME.match(lead := clause.lead_text) and "率" not in lead) for clause in measured
    )


def is_to_come(text: str) -> bool:
    """Tell whether words say that something is still to come: 预计12月完成."""
    return _TO_COME.search(text) is not None
