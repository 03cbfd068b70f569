"""A whole cell: what its clauses ask together, which of them are dates, and which are only words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pfscore.cells.grammar.tree import Clause, Conditions, Joint, One, Trouble, Word
from pfscore.cells.lexicon import calendar
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.meaning.cell import Cell
from pfscore.cells.meaning.comparator_words import EDGES, EXPLICIT, SIGNS, denied_by
from pfscore.cells.meaning.intervals import joined
from pfscore.cells.meaning.measures import read_clause
from pfscore.cells.meaning.results import is_achieved, is_to_come, main_clauses, without
from pfscore.cells.meaning.words import Place, check_not_a_unit, check_words, denials_of
from pfscore.cells.readings import AllOf, AnyOf, Assumption, Change, Dated, Deadline, Level, Measured, Reading
from pfscore.cells.refusals.leftovers import left_out
from pfscore.foundation.text import Message

_DATES = frozenset({"DATE", "PERIOD", "MONTH", "YEAR", "DAY", "SEASON"})
_FIRM_DATES = frozenset({"DATE", "PERIOD", "DAY", "MONTH"})
#: Words that make a clause more than a date: 2023年增长.
_NOT_OF_DATES = frozenset({"RISE", "FALL", "RAISE", "LOWER", "REACH", "CONTROL", "GREATER_THAN", "ABOVE", "BELOW"})
_SIGNS = SIGNS | EDGES.keys()
#: Words without a number that still bind: 不超预算, 良好以上.
_BINDING = frozenset({"AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "CONTROL", "ABOVE", "BELOW"})
# The rules are described, with cells, in grammar/words/conditions.txt and dates.txt.
_JOINS_ONE_THOUGHT, _JOINS_CONDITIONS, _RESPECTIVELY = rules("joins_one_thought", "joins_conditions", "respectively")
_RATE, _TARGET_AGAIN, _THING, _STATE = rules("rate", "target_again", "thing", "state")
_AROUND_A_DATE, _FROM_BEFORE, _DONE_THEN = rules("around_a_date", "from_before", "done_then")
_NOTE_ON_DATE, _DONE_ON, _UP_TO = rules("note_on_date", "done_on", "up_to")
_PERIOD, _EACH_DATE = rules("period", "each_date")
_DONE_BEFORE, _OR_IN_WORDS, _RANK = rules("done_before", "or_in_words", "rank")


def read_conditions(cell: Cell, conditions: Conditions) -> Reading:
    """Return the reading of a cell from its parts.

    Raises:
        Trouble: where a part cannot be read, or the parts contradict each other.
    """
    said: list[Place] = []
    found = _read(cell, conditions, said)
    return found if isinstance(found, Level) else _unless_denied(cell, conditions, found, said)


def _read(cell: Cell, conditions: Conditions, said: list[Place]) -> Reading:
    """Read the parts; `said` receives the places that are kept as words or put aside by name."""
    clauses = conditions.clauses
    if cell.side == "actual" and not is_achieved(clauses):
        return Level(cell.text())
    _check_each_date(cell)
    if len(clauses) == 1 and clauses[0].measure is not None and not clauses[0].tail:
        found = read_clause(cell, clauses[0])
        due = _due(cell, clauses[0])
        return found if due is None else AllOf((due, found))
    if all(clause.measure is None for clause in clauses):
        return _read_words(cell, clauses)
    return _read_several(cell, conditions, said)


def _unless_denied(cell: Cell, conditions: Conditions, found: Reading, said: list[Place]) -> Reading:
    """Return words where the cell denies what it was read as (没有3个, 逾期3天), and say what it counts instead.

    未参保人数3人 and 开工3个 answer only a target that says the same.
    """
    for clause in conditions.clauses:
        edges = clause.measure.side.edges if isinstance(clause.measure, One) else ()
        words = (*clause.lead, *edges, *clause.tail)
        said += ((word.start, word.end) for word in words if word.kind in _SIGNS)
        said += denied_by(clause)
    denials = denials_of(cell.compact, cell.side, said)
    if denials.unexplained:
        beside = _denied_beside(cell, conditions, found, denials.unexplained)
        if not beside:
            return Level(cell.text())
        denied = [left_out(words, "denied_beside") for words in beside]
        messages = {one.message for one in denied}
        found = replace(found, assumptions=(*[o for o in found.assumptions if o.message not in messages], *denied))
    counted = [("counts_instead", denials.instead), ("reversed", denials.reversed)]
    said_of = [Assumption(key, _counts("”“".join(words))) for key, words in counted if words]
    return replace(found, assumptions=(*found.assumptions, *said_of)) if said_of else found


def _denied_beside(cell: Cell, conditions: Conditions, found: Reading, places: tuple[Place, ...]) -> list[str]:
    """Return the remarks behind a share or a measure of an actual that hold the denials: 98.7%（2批次尚未处置完毕）.

    What is counted may itself be denied (5个，均未完成), unless the remark counts others (305人（7人未参加）); a share
    is what it is. Nothing where a denial is elsewhere.
    """
    if cell.side == "target" or not isinstance(found, Measured):
        return []
    remarks = []
    number: int | None = None
    for index, clause in enumerate(conditions.clauses):
        if clause.measure is not None:
            number = clause.start
            remarks += [(word.start, word.end) for word in clause.tail if word.kind == "REMARK"]
        elif number is not None:
            remarks.append(_place(cell, conditions, index))
    # 尚未支付 denies the number itself, 支付滞后 is of another thing.
    if _counts_things(found):
        remarks = [one for one in remarks if _HAS_NUMBER.search(cell.cut(*one))]
    holding = [[one for one in remarks if one[0] + _SUBJECT < start and end <= one[1]] for start, end in places]
    return [cell.cut(*one) for one in remarks if any(one in held for held in holding)] if all(holding) else []


_HAS_NUMBER = re.compile(r"[0-9]")
#: A remark names something of its own before it denies it.
_SUBJECT = 1


def _counts_things(found: Measured) -> bool:
    measure = found.quantity.measure
    return measure is None or measure.is_count


def _counts(words: str) -> Message:
    return Message(f"数的是“{words}”", f"what is counted is “{words}”")


def _read_several(cell: Cell, conditions: Conditions, said: list[Place]) -> Reading:
    """Read several clauses, of which at least one has a number."""
    # Places are those of the cell, where no clause has lent its words to the next.
    lent = _with_leads(conditions)
    clauses, joints = lent.clauses, lent.joints
    main = main_clauses(cell, lent)
    parts: list[Reading] = []
    beside: list[str] = []
    waiting: tuple[Word, ...] = ()
    any_of = False
    elsewhere: Trouble | None = None
    for index, clause in enumerate(clauses):
        if clause in main:
            try:
                due = _due(cell, clause)
                parts += () if due is None else (due,)
                parts.append(read_clause(cell, clause._replace(lead=(*waiting, *clause.lead)) if waiting else clause))
                if len(main) == 1 and (words := _or_in_words(cell, clause)) is not None:
                    parts, any_of = [*parts, words], True
                parts += _dates_behind(cell, clause, _place(cell, conditions, index)[1])
            except Trouble as trouble:
                if trouble.code != "PF323" or cell.side == "target" or len(main) == 1:
                    raise
                elsewhere = trouble
        if clause.measure is not None:
            waiting = ()
        elif index < len(joints) and _JOINS_ONE_THOUGHT.match(joints[index].text) and not _is_date(clause):
            # 培训和宣传不少于2次: the words on both sides of 和 belong to one measure.
            waiting = (*waiting, *clause.lead)
        else:
            found_beside = _words_beside(cell, conditions, index)
            parts += found_beside
            said += (_place(cell, conditions, index) for one in found_beside if isinstance(one, Level))
            beside += () if found_beside else (clause.lead_text,)
        any_of = any_of or (index > 0 and joints[index - 1].any_of and len(parts) > 1)
    _check_periods(main)
    if elsewhere is not None:
        return _of_column(main, parts, elsewhere)
    found = _together(cell, parts, any_of=any_of, one_thing=len(main) == 2 and not _names_another(main[1]))
    measured = [index for index, clause in enumerate(clauses) if clause.measure is not None and clause not in main]
    aside = [_place(cell, conditions, index) for index in measured]
    said += aside
    found = replace(found, beside=tuple(beside)) if beside else found
    return without(found, cell.side, [cell.cut(*place) for place in aside])


def _words_beside(cell: Cell, conditions: Conditions, index: int) -> list[Reading]:
    """Read a clause without a number beside others that have one: a date, a condition of its own, or a remark."""
    clause = conditions.clauses[index]
    start, end = _place(cell, conditions, index)
    if _is_date(clause):
        return _dates_of(cell, clause, start, end)
    check_not_a_unit(clause.lead_text, clause.start)
    last = clause.lead[-1]
    if last.kind in EXPLICIT and last.text[0] in "≥≤><=":
        # 23件。=
        raise Trouble("PF316", last.start, last.end)
    before = conditions.joints[index - 1] if index else None
    behind = conditions.joints[index] if index < len(conditions.joints) else None
    either = before is not None and before.any_of and _ends_with_number(conditions.clauses[index - 1])
    if (either and cell.side == "target") or _is_condition(cell, clause, before, behind):
        return [Level(cell.cut(start, end))]
    return []


def _ends_with_number(clause: Clause) -> bool:
    """Return whether nothing stands behind the number of a clause: ≥90%或达到优秀."""
    return clause.measure is not None and not clause.tail


def _of_column(main: tuple[Clause, ...], parts: list[Reading], elsewhere: Trouble) -> Reading:
    """Return the one of several results that is in the unit of the column: 抽查50户，满意率96% beside %.

    4期，每期50人 beside 人 and 120户，户均5000元 beside 元 are factors, and neither is the result.

    Raises:
        Trouble: PF323 where none is, or several are.
    """
    found = [part for part in parts if not isinstance(part, Level)]
    factors = any(word.kind == "EVERY" for clause in main for word in clause.lead)
    if len(found) != 1 or isinstance(found[0], Change) or factors or any(_RATE.search(one.lead_text) for one in main):
        raise elsewhere
    message = Message(
        f"有几个结果，取与单位栏一致的“{found[0]}”",
        f"of several results, “{found[0]}” is taken, which is in the unit of the column",
    )
    return replace(found[0], assumptions=(*found[0].assumptions, Assumption("column_unit", message)))


def _names_another(clause: Clause) -> bool:
    """Return whether the second of two bounds is on a thing of its own: 合格率≥60%且投诉率≤80%."""
    return any(word.kind == "WORD" and _THING.search(word.text) for word in clause.lead)


def _together(cell: Cell, parts: list[Reading], *, any_of: bool, one_thing: bool) -> Reading:
    """Join the readings of the clauses."""
    if len(parts) == 1:
        return parts[0]
    if cell.comparator.unequal:
        # Which of the two it must not be, the column does not say.
        raise Trouble("PF317", 0, len(cell.compact))
    if any_of:
        return AnyOf(tuple(parts))
    if len(parts) == 2 and one_thing and (interval := joined(parts[0], parts[1], (0, len(cell.compact)))) is not None:
        return replace(interval, label=",".join(filter(None, (parts[0].label, parts[1].label))))
    return AllOf(tuple(parts))


def _with_leads(conditions: Conditions) -> Conditions:
    """Read the words before the first number for all numbers: 下降2.5%、3%; 不低于95%、90%; 分别增长5%，8%."""
    clauses = list(conditions.clauses)
    for index, joint in enumerate(conditions.joints, 1):
        lead = clauses[index - 1].lead
        each = joint.text == ";" and any(_RESPECTIVELY.search(word.text) for word in lead)
        if (
            not (each or _JOINS_ONE_THOUGHT.fullmatch(joint.text))
            or clauses[index].lead
            or clauses[index - 1].measure is None
        ):
            continue
        if not (_has_edge(clauses[index]) and any(word.kind in EXPLICIT for word in lead)):
            clauses[index] = clauses[index]._replace(lead=lead)
    return conditions._replace(clauses=tuple(clauses))


def _has_edge(clause: Clause) -> bool:
    return isinstance(clause.measure, One) and any(word.kind in EDGES for word in clause.measure.side.edges)


def _check_each_date(cell: Cell) -> None:
    """Refuse a number for each of several dates: 6月、12月各1次.

    Raises:
        Trouble: PF317.
    """
    if "各" in cell.compact and (each := _EACH_DATE.search(cell.compact)):
        raise Trouble("PF317", *each.span(), case="each")


def _check_periods(clauses: tuple[Clause, ...]) -> None:
    """Refuse a number for each of several periods: 上半年完成50%，全年完成100%.

    Raises:
        Trouble: PF317, as one cell cannot say which of them counts.
    """
    if len(clauses) < 2:
        return
    periods = [(found[0], clause) for clause in clauses if (found := _PERIOD.search(clause.lead_text))]
    if len({text for text, _ in periods}) > 1:
        clause = periods[1][1]
        raise Trouble("PF317", clause.start, clause.start + len(clause.lead_text), case="periods")


def _is_condition(cell: Cell, clause: Clause, before: Joint | None, behind: Joint | None) -> bool:
    """Return whether words beside a measure are a condition of their own, and not a remark."""
    if any(word.kind in _BINDING for word in clause.lead):
        # 85%，未达到目标值 says of the result how it stands.
        return cell.side == "target" or not _TARGET_AGAIN.search(clause.lead_text)
    if cell.side == "target" and before is not None and not before.any_of and _STATE.fullmatch(clause.lead_text):
        return True
    if cell.side == "target" and _RANK.fullmatch(clause.lead_text):
        return True
    joint = before if before is not None else behind
    return joint is not None and _JOINS_CONDITIONS.search(joint.text) is not None


def _dates_of(cell: Cell, clause: Clause, start: int, end: int) -> list[Reading]:
    """Return a date as a condition of its own; 截至12月底 before an actual only says when it was counted."""
    if cell.side == "actual" and _UP_TO.match(clause.lead_text):
        return []
    return [_dated(cell, cell.cut(start, end))]


def _dates_behind(cell: Cell, clause: Clause, end: int) -> list[Reading]:
    """Return the date behind a measure as a condition of its own: 2次(12月底前)."""
    late = [word for word in clause.tail if word.kind in _FIRM_DATES]
    if late and any(word.kind == "BEFORE" for word in clause.tail):
        return [_dated(cell, cell.cut(late[0].start, end).rstrip(")）"))]
    return []


def _due(cell: Cell, clause: Clause) -> Reading | None:
    """Return the date before what is to be done by then as a condition of its own: 12月底前完成5个."""
    if cell.side == "actual" or not clause.lead or clause.unit == RATIO:
        return None
    for word, following in pairwise(clause.lead):
        if word.kind not in _FIRM_DATES | {"SEASON"} or following.kind != "BEFORE":
            continue
        before = following.text.removesuffix("完成")
        end = following.start + len(before)
        done = _DONE_BEFORE.match(cell.compact, end)
        return None if done is None else _dated(cell, cell.cut(word.start, end))
    return None


def _or_in_words(cell: Cell, clause: Clause) -> Level | None:
    """Return what a target has instead of its number: 95%以上或全省前三."""
    found = _OR_IN_WORDS.fullmatch(clause.tail_text) if cell.side == "target" and clause.tail else None
    if found is None:
        return None
    start = clause.tail[0].start
    return Level(cell.cut(start + found.start("what"), start + found.end("what")))


# ── cells without a number ──
def _read_words(cell: Cell, clauses: tuple[Clause, ...]) -> Reading:
    """Read a cell without a number: a date, or words."""
    text = cell.text()
    if all(_is_date(clause) for clause in clauses):
        return _dated(cell, text)
    if len(clauses) == 1 or not any(_is_date(clause) for clause in clauses):
        check_words(cell.compact)
    return Level(text)


def _is_date(clause: Clause) -> bool:
    """Return whether a clause without a number is a calendar limit and nothing more."""
    kinds = [word.kind for word in clause.lead]
    if not any(kind in _DATES for kind in kinds) or any(kind in _NOT_OF_DATES for kind in kinds):
        return False
    if kinds[:2] == ["YEAR", "BEFORE"] and _FROM_BEFORE.match("".join([word.text for word in clause.lead[2:]])):
        return False
    if kinds[-1] == "BEFORE" or any(kind in _DATES and following == "BEFORE" for kind, following in pairwise(kinds)):
        return True
    rest = "".join([word.text for word in clause.lead if word.kind not in _DATES and word.kind not in EXPLICIT])
    note = _NOTE_ON_DATE.search(rest)
    rest = rest if note is None else rest[: note.start()]
    if kinds[0] in _FIRM_DATES and _DONE_THEN.fullmatch(rest):
        return True
    return _AROUND_A_DATE.fullmatch(rest) is not None or _DONE_ON.search(clause.lead_text) is not None


def _dated(cell: Cell, text: str) -> Reading:
    """Return a deadline or a date.

    Raises:
        Trouble: PF321 for a date that no calendar has.
    """
    wrong = calendar.impossible(text)
    if wrong is not None:
        raise Trouble("PF321", *wrong)
    if cell.side == "actual" and is_to_come(text):
        return Level(text)
    return Deadline(text) if cell.side == "target" else Dated(text)


# ── places ──
def _place(cell: Cell, conditions: Conditions, index: int) -> tuple[int, int]:
    """Return the offsets of a clause."""
    start = conditions.clauses[index].start
    if index + 1 == len(conditions.clauses):
        return start, len(cell.compact)
    return start, conditions.clauses[index + 1].start - len(conditions.joints[index].text)
