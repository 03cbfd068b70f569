"""Which clauses of a cell count: results and conditions, not the plan, the past, the details, or what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.grammar.tree import Clause, Conditions, One, Range
from pfscore.cells.meaning.cell import Cell, SideName
from pfscore.cells.meaning.comparator_words import is_surplus
from pfscore.cells.readings import Assumption, Reading
from pfscore.foundation.text import Message

#: What repeats the plan, and what goes into detail.
_PLAN = re.compile(
    r"(?:年初|年度|全年|原|预期)?(?:计划|目标|指标|任务|应[完发到参缴检办拨付](?!急)|预算(?:数|资金|金额|安排)?$)(?![^,;。]*[率比度])"
)
_DETAIL = re.compile(r"其中|问卷|样本|抽样|^(?:年末|资金|预算|项目)?结[余转](?!率)")
#: 200份问卷，满意度98%; 发放问卷300份，回收290份
_SAMPLE = re.compile(r"(?:有效)?(?:调查)?(?:问卷|样本)")
_RETURNED = re.compile(r"(?:有效)?回收(?:有效)?")
#: 86.73%，在85%-90%区间内: an interval behind the result repeats the target.
_WITHIN = re.compile(r"[在处]于?|位于|符合|属于")
#: 85%，未达到目标值90%: the target again.
_SHORT_OF = re.compile(r"(?:未能?达到?|未完成|低于)(?:年初|年度|预期)?(?:目标|指标|计划)[值数]?")
#: 28.6μg/m³，同比改善5.9%: more or less, it does not say.
_VAGUE = re.compile(r"(?:同比|[较比](?:上年|去年|上一年度?|同期))(?:同期)?(?:改善|好转|优化|变化)")
#: 上年85%，本年92%; 三年累计1500户，本年500户: the first is only there to be compared with.
_BEFORE_IT = re.compile(r"(?:上年|去年|上一年|上期)(?!结)|[一二三四五两0-9]年(?:累计|共|合计|总|内|来)|规划期")
_THIS_YEAR = re.compile(r"(?:本年|今年|当年|本期)")
#: 应补助126人，实补助121人
_PAIR = re.compile(r"([应实])(补助?|到|发|缴|支|检|收|付|参|完成|办|领|拨)")
_REAL = re.compile(r"实际")
#: 3个标段，已完工2个: the first is how many there are.
_OF_THEM = re.compile(r"已(?:完[工成]|建成|竣工|验收|交付|投用|办结|整改|开工)")
#: ≥80分，力争90分: a wish beside what is asked; 争取上级资金≥500万元 is a condition of its own.
_WISH = re.compile(r"(?:力争|争取|努力|冲刺)(?:达到?|实现|完成|突破)?[≥>]?")
_SUM = re.compile(r"(?:全年|年度)?(?:合计|共计|总计|总共|共)")
_ONE_BY_ONE = re.compile(r"各(?![级类项界部])|分别|^另")
#: What was not achieved, and why.
_MISSING = re.compile(
    r"(?:尚|还|仍)(?:[缺欠差有余]|剩余?)|^[缺欠差]$|^其?剩?余(?:下)?$|少完成|^因|(?:延期|延迟|推迟|滞后)$|[拖]欠|欠[付缴发]|缺口"
    r"|^(?:在建|在办|在途|待(?![遇业产])[一-龥]{1,3}|正在[一-龥]{0,4})$"
    r"|^(?:尚|还|仍)?未(?:支付|完成|实施|开展|拨付|发放|使用|到位|办结|执行|建成|开工|整改|解决|入住|参加|兑现|缴纳|达标|改造)"
)
#: Behind a number: 3户未改造.
_UNDONE = re.compile(
    r"(?:尚|还|仍)?(?:未(?!超|突破|发生|出现|产生|发现)|没有(?!超|发生|出现)|正在|在建|待)"
    r"|[^0-9(]{0,4}(?:尚|还|仍)?未(?:完工|完成|开工|实施|验收|支付|交付|整改|到位|办结|投用|启动|达标)"
    r"|(?![^0-9(]{0,12}(?:未|无|没有|不再|不予|申请))[^0-9(]{0,14}(?:延期|延迟|推迟|滞后|停工|停用|流标)"
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

    Of a target all but wishes; of an actual neither what repeats the plan (计划10次，实际12次) nor what goes into
    detail (其中…); of neither last year's value beside this year's.
    """
    measured = _of_this_year(tuple(clause for clause in conditions.clauses if clause.measure is not None))
    if len(measured) < 2:
        return measured
    if cell.side == "actual":
        return _results(conditions, measured) or measured
    first = measured[0]
    return (first, *[one for one in measured[1:] if one.unit != first.unit or not _WISH.fullmatch(one.lead_text)])


def _of_this_year(measured: tuple[Clause, ...]) -> tuple[Clause, ...]:
    for index, clause in enumerate(measured):
        if _THIS_YEAR.match(clause.lead_text):
            before = [one for one in measured[:index] if one.unit != clause.unit or not _BEFORE_IT.match(one.lead_text)]
            return (*before, *measured[index:])
    return measured


def _results(conditions: Conditions, measured: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return the clauses of an actual that say what was achieved."""
    pairs = (_PAIR.match(clause.lead_text) for clause in measured)
    done = {found[2] for found in pairs if found is not None and found[1] == "实"}
    main: list[Clause] = []
    in_detail = False
    for clause, joint in zip(conditions.clauses, (None, *conditions.joints), strict=True):
        lead = clause.lead_text
        in_detail = "其中" in lead or (in_detail and joint is not None and joint.text[0] not in "。;")
        pair = _PAIR.match(lead)
        is_due = pair is not None and pair[1] == "应" and pair[2] in done
        if clause not in measured or in_detail or is_due or _is_beside(clause, main):
            continue
        if main and _is_result_of(clause, main):
            main.clear()
        main.append(clause)
    return _summed(main)


def _is_beside(clause: Clause, main: list[Clause]) -> bool:
    """Tell whether a clause repeats the plan, goes into the details of those before it, or says what is missing."""
    lead = clause.lead_text
    if _PLAN.match(lead) or _DETAIL.search(lead) or _SAMPLE.match(clause.tail_text) or _is_no_result(clause):
        return True
    if _RETURNED.fullmatch(lead) and clause.unit == "份":
        return True
    if not main:
        return False
    if _SHORT_OF.fullmatch(lead) or (isinstance(clause.measure, Range) and _WITHIN.fullmatch(lead)):
        return clause.unit == main[-1].unit
    # 完成12次，各3次 goes into detail; 分别增长5%、8% has nothing else.
    one_by_one = _ONE_BY_ONE.search(lead) and not _ONE_BY_ONE.search(main[0].lead_text)
    return bool(is_surplus(lead) or _VAGUE.fullmatch(lead) or one_by_one)


def _is_result_of(clause: Clause, main: list[Clause]) -> bool:
    """Tell whether what stands before a result is only what it was to be: ≥90%，实际95.2%; 3个标段，已完工2个."""
    if clause.unit != main[-1].unit:
        return False
    of_them = len(main) == 1 and not main[0].lead and _OF_THEM.fullmatch(clause.lead_text)
    return bool(_REAL.match(clause.lead_text) or of_them)


def _summed(main: list[Clause]) -> tuple[Clause, ...]:
    """Take the sum for its parts: 小学520人、初中310人，合计830人; 每季度1次，共4次; but not 培训5期，共计263人次."""
    if len(main) < 2 or not _SUM.match(main[-1].lead_text):
        return tuple(main)
    total = main[-1]
    parts = [clause for clause in main[:-1] if clause.unit == total.unit]
    each = any(word.kind == "EVERY" or _ONE_BY_ONE.search(word.text) for clause in parts for word in clause.lead)
    values = [value for clause in parts if (value := _value(clause)) is not None]
    adds_up = len(values) == len(parts) and sum(values) == _value(total)
    if not adds_up and not (each and _SUM.fullmatch(total.lead_text)):
        return tuple(main)
    return tuple([clause for clause in main if clause not in parts])


def _value(clause: Clause) -> Fraction | None:
    return clause.measure.side.amount.value if isinstance(clause.measure, One) else None


def without(found: Reading, side: SideName, left_out: Sequence[str]) -> Reading:
    """Say what is not taken for a condition (含脱贫户45户, 力争90分) or for a result (计划10次, 其中女性5人)."""
    if not left_out:
        return found
    text, as_zh, as_en = "”“".join(left_out), "条件", "condition"
    if side == "actual":
        as_zh, as_en = "结果", "result"
    message = Message(f"“{text}”没有当作{as_zh}", f"“{text}” is not taken for a {as_en}")
    return replace(found, assumptions=(*found.assumptions, Assumption("left_out", message)))


def _is_no_result(clause: Clause) -> bool:
    """Tell whether a clause of an actual says what was not achieved, 尚有3户, 3户未改造, or how early: 提前10天."""
    lead, tail = clause.lead_text, clause.tail_text
    if _MISSING.search(lead) or (lead.endswith("提前") and not _WARNING.search(lead + tail)):
        return True
    # 0项延期 is the best result of all.
    return tail != "" and _UNDONE.match(tail) is not None and _value(clause) != 0


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
