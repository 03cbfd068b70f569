"""Which clauses of a cell count: results and conditions, not the plan, the past, the details, or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.cell_text import SideName
from pfscore.cells.grammar.tree import Clause, Conditions, One, Range
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.meaning.cell import Cell
from pfscore.cells.meaning.comparator_words import denied_by, is_surplus, without_denials
from pfscore.cells.readings import Assumption, Reading
from pfscore.foundation.text import Message

# The rules are described, with cells, in grammar/words/results.txt.
_PLAN, _OF_WHICH, _IN_DETAIL = rules("plan", "of_which", "in_detail")
_SAMPLE, _RETURNED = rules("sample", "returned")
_WITHIN, _SHORT_OF_TARGET, _CHANGED_SOMEHOW = rules("within", "short_of_target", "changed_somehow")
_BEFORE_THIS_YEAR, _THIS_YEAR = rules("before_this_year", "this_year")
# In grammar/words/dates.txt.
_PERIOD, _WHOLE_YEAR = rules("period", "whole_year")
_DUE_OR_DONE, _REALLY, _DONE_OF_THEM = rules("due_or_done", "really", "done_of_them")
_WISH, _SUM, _ONE_BY_ONE = rules("wish", "sum", "one_by_one")
_MISSING, _UNDONE, _AHEAD, _WARNED_AHEAD = rules("missing", "undone", "ahead", "warned_ahead")
_NOT_DONE, _AFTER_ALL = rules("not_done", "after_all")
_ONCE, _STATES = rules("once", "states")
_PAST, _LOST_AGAIN, _IN_HAND, _TO_COME = rules("past", "lost_again", "in_hand", "to_come")


def main_clauses(cell: Cell, conditions: Conditions) -> tuple[Clause, ...]:
    """Return the clauses with a number that count.

    Of a target all but wishes; of an actual neither what repeats the plan (计划10次，实际12次) nor what goes into
    detail (其中…); of neither last year's value beside this year's.
    """
    measured = _of_this_year(tuple(clause for clause in conditions.clauses if clause.measure is not None))
    if len(measured) < 2:
        return measured
    if cell.side == "actual":
        return _of_whole_year(_results(conditions, measured) or measured)
    first = measured[0]
    return (first, *[one for one in measured[1:] if one.unit != first.unit or not _WISH.fullmatch(one.lead_text)])


def _of_this_year(measured: tuple[Clause, ...]) -> tuple[Clause, ...]:
    for index, clause in enumerate(measured):
        if _THIS_YEAR.match(clause.lead_text):
            before = [
                one for one in measured[:index] if one.unit != clause.unit or not _BEFORE_THIS_YEAR.match(one.lead_text)
            ]
            return (*before, *measured[index:])
    return measured


def _of_whole_year(main: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Take the number of the whole year for those of its parts: 上半年45%，全年98%; no amount is less than its part."""
    whole = [clause for clause in main if _WHOLE_YEAR.search(clause.lead_text)]
    if len(whole) != 1:
        return main
    (year,) = whole
    parts = [one for one in main if one is not year and one.unit == year.unit and _PERIOD.search(one.lead_text)]
    total = _value(year)
    values = [_value(one) for one in parts]
    if total is None or (year.unit != RATIO and any(value is None or value > total for value in values)):
        return main
    return tuple([clause for clause in main if clause not in parts])


def _results(conditions: Conditions, measured: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return the clauses of an actual that say what was achieved."""
    pairs = (_DUE_OR_DONE.match(clause.lead_text) for clause in measured)
    done = {found["what"] for found in pairs if found is not None and found["which"] == "实"}
    main: list[Clause] = []
    in_detail = False
    for clause, joint in zip(conditions.clauses, (None, *conditions.joints), strict=True):
        lead = clause.lead_text
        goes_on = in_detail and joint is not None and joint.text[0] not in "。;"
        in_detail = goes_on or _OF_WHICH.search(lead) is not None
        pair = _DUE_OR_DONE.match(lead)
        is_due = pair is not None and pair["which"] == "应" and pair["what"] in done
        if clause not in measured or in_detail or is_due or _is_beside(clause, main):
            continue
        if main and _is_result_of(clause, main):
            main.clear()
        main.append(clause)
    return _summed([clause for clause in main if not _is_only_bound(clause, main)])


#: 不足90%, 低于90%: what is not the number itself; 最长9天 beside 平均6天 is one of its own.
_SYMBOLS = frozenset("≥≤><=")
_BOUNDING = frozenset({"LESS_THAN", "UNDER", "GREATER_THAN", "OVER"})


def _is_only_bound(clause: Clause, main: list[Clause]) -> bool:
    """Return whether another clause states the number that this one bounds: 没有达到90%，为86.4%; 98.5%，未达到100%."""
    if not _bounds(clause):
        return False
    at = main.index(clause)
    behind, before = main[at + 1 : at + 2], main[:at][-1:]
    stated = [one for one in behind if not one.lead or _STATES.fullmatch(one.lead_text)]
    lead = "".join([word.text for word in without_denials(clause).lead if word.kind not in _BOUNDING])
    stated += before if not lead or _STATES.fullmatch(lead) else []
    return any(one.unit == clause.unit and isinstance(one.measure, One) and not _bounds(one) for one in stated)


def _bounds(clause: Clause) -> bool:
    in_words = (word for word in clause.lead if not set(word.text) & _SYMBOLS)
    return bool(denied_by(clause)) or any(word.kind in _BOUNDING for word in in_words)


def _is_beside(clause: Clause, main: list[Clause]) -> bool:
    """Return whether a clause repeats the plan, goes into the details of those before it, or says what is missing."""
    lead = clause.lead_text
    if _PLAN.match(lead) or _IN_DETAIL.search(lead) or _SAMPLE.match(clause.tail_text) or _is_no_result(clause):
        return True
    if _ONCE.search(lead) or (_RETURNED.fullmatch(lead) and clause.unit == "份"):
        return True
    if not main:
        return False
    if _PAST.fullmatch(lead) or _LOST_AGAIN.search(lead) or _IN_HAND.search(clause.tail_text):
        return True
    if _SHORT_OF_TARGET.fullmatch(lead) or (isinstance(clause.measure, Range) and _WITHIN.fullmatch(lead)):
        return clause.unit == main[-1].unit
    # 完成12次，各3次 goes into detail; 分别增长5%、8% has nothing else.
    one_by_one = _ONE_BY_ONE.search(lead) and not _ONE_BY_ONE.search(main[0].lead_text)
    return bool(is_surplus(lead) or _CHANGED_SOMEHOW.fullmatch(lead) or one_by_one)


def _is_result_of(clause: Clause, main: list[Clause]) -> bool:
    """Return whether what stands before a result is only what it was to be: ≥90%，实际95.2%; 3个标段，已完工2个."""
    if clause.unit != main[-1].unit:
        return False
    of_them = len(main) == 1 and not main[0].lead and _DONE_OF_THEM.fullmatch(clause.lead_text)
    return bool(_REALLY.match(clause.lead_text) or of_them)


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
    """Add a remark on what is no condition (含脱贫户45户, 力争90分) or no result (计划10次, 其中女性5人)."""
    if not left_out:
        return found
    text, as_zh, as_en = "”“".join(left_out), "条件", "condition"
    if side == "actual":
        as_zh, as_en = "结果", "result"
    message = Message(f"“{text}”没有当作{as_zh}", f"“{text}” is not taken for a {as_en}")
    return replace(found, assumptions=(*found.assumptions, Assumption("left_out", message)))


def _is_no_result(clause: Clause) -> bool:
    """Return whether a clause of an actual says what was not achieved, 尚有3户, 3户未改造, or how early: 提前10天."""
    lead, tail = clause.lead_text, clause.tail_text
    if _MISSING.search(lead) and not _AFTER_ALL.search(lead):
        return True
    if _AHEAD.search(lead) and not _WARNED_AHEAD.search(lead + tail):
        return True
    # 0项延期 is the best result of all.
    return tail != "" and _UNDONE.match(tail) is not None and _value(clause) != 0


def is_achieved(clauses: tuple[Clause, ...]) -> bool:
    """Return whether an actual with a number says what was achieved, and not what is to come or what is missing."""
    measured = [clause for clause in clauses if clause.measure is not None]
    if not measured:
        return True
    if clauses[0].measure is None and _NOT_DONE.search(clauses[0].lead_text):
        # 未完成，仅完成60% says after all what was achieved.
        return any(_AFTER_ALL.search(clause.lead_text) for clause in measured)
    return not all(
        _is_no_result(clause)
        or _ONCE.search(clause.lead_text)
        or (_TO_COME.match(lead := clause.lead_text) and "率" not in lead)
        for clause in measured
    )


def is_to_come(text: str) -> bool:
    """Return whether words say that something is still to come: 预计12月完成."""
    return _TO_COME.search(text) is not None
