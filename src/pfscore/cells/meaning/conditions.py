"""A whole cell: what its clauses ask together, which of them are dates, and which are only words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pfscore.cells.grammar.tree import Clause, Conditions, Joint, One, Trouble, Word
from pfscore.cells.lexicon import calendar
from pfscore.cells.meaning.cell import Cell
from pfscore.cells.meaning.comparator_words import EDGES, EXPLICIT
from pfscore.cells.meaning.intervals import joined
from pfscore.cells.meaning.measures import read_clause
from pfscore.cells.meaning.results import is_achieved, is_to_come, main_clauses, without
from pfscore.cells.meaning.words import check_not_a_unit, check_words
from pfscore.cells.readings import AllOf, AnyOf, Assumption, Change, Dated, Deadline, Level, Reading
from pfscore.foundation.text import Message

_DATES = frozenset({"DATE", "PERIOD", "MONTH", "YEAR", "DAY", "SEASON"})
_FIRM_DATES = frozenset({"DATE", "PERIOD", "DAY", "MONTH"})
#: Words that make a clause more than a date: 2023年增长.
_NOT_OF_DATES = frozenset({"RISE", "FALL", "RAISE", "LOWER", "REACH", "CONTROL", "GREATER_THAN", "ABOVE", "BELOW"})
#: Words around a date that do not make the clause more than a date.
_AROUND_A_DATE = re.compile(
    r"(?:[于在至截到自从按已前内止末底并的度]|之前|以前|为止|截至|截止|预计|实际|全部|按时|及时|按期|如期|完成|完工|竣工|验收|发放|支付|"
    r"拨付|到位|开工|投入使用|交付|办结|结束|上报|报送|实施|建成|启动|下达|完毕|工作|任务|采购|安装|项目|资金|通车|竣工|投用|通过|评审|评估|审核|审批|审查|批复|鉴定|认定|"
    r"投产|举[办行]|开展|组织|印发|出台|上线|运行|挂牌|揭牌|召开|开通|签订|签约|颁布|发布|备案|移交|汛|[()])*"
)
#: 1978年以前档案: how old a thing is, not when it is to be done.
_FROM_BEFORE = re.compile(r"的|形成|建造|建成的|出生|参加|毕业|退休|老?旧?(?:档案|建筑|房屋|车辆|小区|住宅)")
#: 9月18日已完成试鸣
_DONE_THEN = re.compile(r"已(?:全部|顺利|按期|如期|正式)?(?!.*[未没])[一-龥]{2,10}")
#: 9月1日(秋季开学前), 12月31日(遇节假日顺延)
_NOTE_ON_DATE = re.compile(r"\((?![^()]*(?:未|没有|延期|延迟|推迟|预计|计划))[^()]*\)$")
#: 合同于2024年3月签订, 工程2024年9月30日竣工: whatever it was, it was on that day.
_DONE_ON = re.compile(
    r"^(?!.*(?:未|没有|延期|推迟|预计|剩余|其余|余下|尾款|较|比))[^0-9]{2,16}(?:于[0-9]{1,4}[年月][^0-9]{0,2}(?:[0-9]{1,2}[月日][^0-9]{0,1}){0,2}[^0-9]{2,8}"
    r"|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[底末初])?(?:全部|顺利|正式)?(?:竣工|完工|完成|验收|通车|投用|交付|封顶))$"
)
#: Words without a number that still bind: 不超预算, 良好以上.
_BINDING = frozenset({"AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "CONTROL", "ABOVE", "BELOW"})
#: Joints inside one thought.
_SOFT_JOINTS = frozenset("和及与、并或")
_PERIOD = re.compile(r"第?[一二三四1-4]季度|[上下]半年|全年|年[底末]|[0-9]{1,2}月|(?:19|20)[0-9]{2}年(?![0-9底末])")
#: 6月、12月各1次, 春秋两季各1次: twice in all, but no single reading says so.
_EACH_DATE = re.compile(
    r"(?:[两二三四2-4]个?(?:季度?|学期|半年)|上下半年|春秋)[^0-9,;。]{0,6}各(?!.*[共合总]计?[0-9])"
    r"|[一-龥]?[前中后期][、和及与][^0-9,;。]{0,4}[前中后期][^0-9,;。]{0,4}各"
    r"|(?:[0-9]月|[0-9]日|季度|半年)[底末初份前]*[、和及与,][^,;。]{0,8}(?:[0-9]月|[0-9]日|季度|半年)[底末初份前]*各"
)
#: 户均5000元, 单价500元: not how much in all.
_RATE = re.compile(r"均|标准|单价|各(?![级类项界部])")
#: 截至12月底: the day up to which was counted.
_UP_TO = re.compile(r"截[至止]")
_STANDS = re.compile(r"目标|指标|计划|预期")
#: 投诉率, 发改率: what a bound may be on.
_THING = re.compile(r"另项|[一-龥]{2,}(?:率|度|比例|占比|数|量|额|值|时间|天数|成本|费用?|面积)")
#: Words behind a comma that are a condition of their own: 覆盖率达到95%，服务质量明显提升.
_STATE = re.compile(
    r"[^0-9]{2,}(?:提高|提升|增强|改善|加强|优化|完善|健全|规范|稳定|畅通|良好|显著|明显|满意|正常|有效|到位|齐全|合格|达标|即时办理|全覆盖)"
    r"|(?:无|未发生|不发生|未出现|不出现|没有|杜绝)[^0-9]{2,}"
)


def read_conditions(cell: Cell, conditions: Conditions) -> Reading:
    """Return the reading of a cell from its parts.

    Raises:
        Trouble: where a part cannot be read, or the parts contradict each other.
    """
    clauses = conditions.clauses
    if cell.side == "actual" and not is_achieved(clauses):
        return Level(cell.text())
    _check_each_date(cell)
    if len(clauses) == 1 and clauses[0].measure is not None and not clauses[0].tail:
        return read_clause(cell, clauses[0])
    if all(clause.measure is None for clause in clauses):
        return _read_words(cell, clauses)
    return _read_several(cell, conditions)


def _read_several(cell: Cell, conditions: Conditions) -> Reading:
    """Read several clauses, of which at least one has a number."""
    # Places are those of the cell, where no clause has lent its words to the next.
    lent = _with_leads(conditions)
    clauses, joints = lent.clauses, lent.joints
    main = main_clauses(cell, lent)
    parts: list[Reading] = []
    waiting: tuple[Word, ...] = ()
    any_of = False
    elsewhere: Trouble | None = None
    for index, clause in enumerate(clauses):
        if clause in main:
            try:
                parts.append(read_clause(cell, clause._replace(lead=(*waiting, *clause.lead)) if waiting else clause))
                parts += _dates_behind(cell, clause, _place(cell, conditions, index)[1])
            except Trouble as trouble:
                if trouble.code != "PF323" or cell.side == "target" or len(main) == 1:
                    raise
                elsewhere = trouble
        if clause.measure is not None:
            waiting = ()
        elif index < len(joints) and joints[index].text[0] in _SOFT_JOINTS and not _is_date(clause):
            # 培训和宣传不少于2次: the words on both sides of 和 belong to one measure.
            waiting = (*waiting, *clause.lead)
        else:
            parts += _words_beside(cell, conditions, index)
        any_of = any_of or (index > 0 and joints[index - 1].any_of and len(parts) > 1)
    _check_periods(main)
    if elsewhere is not None:
        return _of_column(main, parts, elsewhere)
    found = _together(cell, parts, any_of=any_of, one_thing=len(main) == 2 and not _names_another(main[1]))
    measured = [index for index, clause in enumerate(clauses) if clause.measure is not None and clause not in main]
    return without(found, cell.side, [cell.cut(*_place(cell, conditions, index)) for index in measured])


def _words_beside(cell: Cell, conditions: Conditions, index: int) -> list[Reading]:
    """Read a clause without a number beside others that have one: a date, a condition of its own, or a remark."""
    clause = conditions.clauses[index]
    start, end = _place(cell, conditions, index)
    if _is_date(clause):
        return _dates_of(cell, clause, start, end)
    check_not_a_unit(clause.lead_text, clause.start)
    before = conditions.joints[index - 1] if index else None
    behind = conditions.joints[index] if index < len(conditions.joints) else None
    return [Level(cell.cut(start, end))] if _is_condition(cell, clause, before, behind) else []


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
    """Tell whether the second of two bounds is on a thing of its own: 合格率≥60%且投诉率≤80%."""
    return any(word.kind == "WORD" and _THING.search(word.text) for word in clause.lead)


def _together(cell: Cell, parts: list[Reading], *, any_of: bool, one_thing: bool) -> Reading:
    """Join the readings of the clauses."""
    if len(parts) == 1:
        return parts[0]
    if any_of:
        return AnyOf(tuple(parts))
    if len(parts) == 2 and one_thing and (interval := joined(parts[0], parts[1], (0, len(cell.compact)))) is not None:
        return interval
    return AllOf(tuple(parts))


def _with_leads(conditions: Conditions) -> Conditions:
    """Let the words before the first of several numbers serve all: 下降2.5%、3%; 不低于95%、90%; 分别增长5%，8%."""
    clauses = list(conditions.clauses)
    for index, joint in enumerate(conditions.joints, 1):
        lead = clauses[index - 1].lead
        soft = joint.text in _SOFT_JOINTS or (joint.text == ";" and any("分别" in word.text for word in lead))
        if not soft or clauses[index].lead or clauses[index - 1].measure is None:
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
    """Tell whether words beside a measure are a condition of their own, and not a remark."""
    if any(word.kind in _BINDING for word in clause.lead):
        # 85%，未达到目标值 says of the result how it stands.
        return cell.side == "target" or not _STANDS.search(clause.lead_text)
    if cell.side == "target" and before is not None and _STATE.fullmatch(clause.lead_text):
        return True
    joint = before if before is not None else behind
    return joint is not None and joint.text[-1] in "且;"


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
    """Tell whether a clause without a number is a calendar limit and nothing more."""
    kinds = [word.kind for word in clause.lead]
    if not any(kind in _DATES for kind in kinds) or any(kind in _NOT_OF_DATES for kind in kinds):
        return False
    if kinds[:2] == ["YEAR", "BEFORE"] and _FROM_BEFORE.match("".join([word.text for word in clause.lead[2:]])):
        return False
    if kinds[-1] == "BEFORE" or any(kind in _DATES and following == "BEFORE" for kind, following in pairwise(kinds)):
        return True
    rest = "".join([word.text for word in clause.lead if word.kind not in _DATES and word.kind not in EXPLICIT])
    rest = _NOTE_ON_DATE.sub("", rest)
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
