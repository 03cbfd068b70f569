"""A whole cell: what its clauses ask together, which of them are dates, and which are only words."""

from __future__ import annotations

import re
from itertools import pairwise

from pfscore.language import calendar
from pfscore.language.cell import Cell
from pfscore.language.demands import EDGES, EXPLICIT, is_surplus
from pfscore.language.intervals import joined
from pfscore.language.measures import read_clause
from pfscore.language.parts import Around, Clause, Conditions, Joint, One, Range, Trouble, Word
from pfscore.language.readings import AllOf, AnyOf, Dated, Deadline, Level, Reading
from pfscore.language.wording import check_not_a_unit, check_words

_DATES = frozenset({"DATE", "PERIOD", "MONTH", "YEAR", "DAY", "SEASON"})
_FIRM_DATES = frozenset({"DATE", "PERIOD", "DAY", "MONTH"})
#: Words that make a clause more than a date: 2023年增长.
_NOT_OF_DATES = frozenset({"RISE", "FALL", "RAISE", "LOWER", "REACH", "CONTROL", "GREATER_THAN", "ABOVE", "BELOW"})
#: Words around a date that do not make the clause more than a date.
_AROUND_A_DATE = re.compile(
    r"(?:[于在至截到自从按已前内止末底并的度]|之前|以前|为止|截至|截止|预计|实际|全部|按时|及时|按期|如期|完成|完工|竣工|验收|发放|支付|"
    r"拨付|到位|开工|投入使用|交付|办结|结束|上报|报送|实施|建成|启动|下达|完毕|工作|任务|采购|安装|项目|资金|通车|竣工|投用|通过|评审|评估|审核|审批|审查|批复|鉴定|认定|"
    r"投产|举[办行]|开展|组织|印发|出台|上线|运行|挂牌|揭牌|召开|举办|开通|签订|签约|颁布|发布|备案|移交|汛|[()])*"
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
#: In an actual: what repeats the plan, and what goes into detail.
_PLAN = re.compile(
    r"(?:年初|年度|全年|原|预期)?(?:计划|目标|指标|任务|应[完发到参缴检办拨付](?!急)|预算(?:数|资金|金额|安排)?$)(?![^,;。]*[率比度])"
)
_DETAIL = re.compile(
    r"其中|问卷|样本|抽样|^(?:有效)?回收|^(?:年末)?结[余转]|(?:同比|[较比][^,;。]{2,8})(?:改善|好转|优化|变化)$"
)
#: 86.73%，在85%-90%区间内: an interval behind the result repeats the target.
_WITHIN = re.compile(r"(?:[在处]于?|位于|符合|属于)")
#: 上年85%，本年92%: the first is only there to be compared with.
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|上期)(?!结)")
_THIS_YEAR = re.compile(r"(?:本年|今年|当年|本期)")
_REAL = re.compile(r"实际")
_SUM = re.compile(r"(?:合计|共计|总计|总共)")
_ONE_BY_ONE = re.compile(r"各|分别|^另")
#: In an actual: what was not achieved, and why.
_MISSING = re.compile(
    r"(?:尚|还|仍)(?:[缺欠差有余]|剩余?)|^[缺欠差]$|^其?剩?余(?:下)?$|少完成|^因|(?:延期|延迟|推迟|滞后)$|[拖]欠|欠[付缴发]|缺口"
    r"|^(?:尚|还|仍)?未(?:支付|完成|实施|开展|拨付|发放|使用|到位|办结|执行|建成|开工|整改|解决|入住|参加|兑现|缴纳|达标|改造)"
)
#: In an actual, behind a number: 3户未改造.
_UNDONE = re.compile(
    r"(?:尚|还|仍)?(?:未(?!超|突破|发生|出现|产生|发现)|没有(?!超|发生|出现)|正在|在建|待)"
    r"|[^0-9(]{0,4}(?:尚|还|仍)?未(?:完工|完成|开工|实施|验收|支付|交付|整改|到位|办结|投用|启动|达标)"
    r"|[^0-9(]{0,6}(?:因|由于)?[^0-9(]{0,8}(?:延期|延迟|推迟|滞后|停工|停用|流标)"
)
#: In an actual: only a beginning, where the cell goes on to say what was not done: 已报名45人，尚未开班.
_BEGUN = re.compile(r"已?(?:报名|招标|立项|申报|挂网|备案|开标)$")
_NOT_YET = re.compile(r"(?:尚|还|仍|暂)未|未能?(?:开|实施|启动)")
#: In an actual: nothing was achieved, so a number behind it is no achievement.
_NOT_DONE = re.compile(
    r"(?:未|没有)(?:能|按期|按时|全部|正式)?(?:实施|开展|完成|达标|达到|启动|执行|支付|建设|采购|开工|进行|使用|拨付|验收|$)"
    r"|(?:取消|终止|暂停|中止)(?:实施|执行|$)"
)
_AFTER_ALL = re.compile(r"(?:仅|只|实际)(?:完成|实施|开展|支付|达到|为)?$")
#: In an actual, 提前10天: how much earlier than planned; 预警提前42分钟 is the result itself.
_EARLIER = re.compile(r"(?!.*(?:预警|预报|预告|预测|预判|通知|告知|公告|提醒)).*提前")
#: In an actual: a day that is still to come, and the day up to which was counted.
_TO_COME = re.compile(r"预计|计划(?!内|外|完成率)|拟|将[于在]|待")
_UP_TO = re.compile(r"截[至止]")
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
    if cell.side == "actual" and not _is_achieved(clauses):
        return Level(cell.text())
    _check_each_date(cell)
    if len(clauses) == 1 and clauses[0].measure is not None and not clauses[0].tail:
        return read_clause(cell, clauses[0])
    if all(clause.measure is None for clause in clauses):
        return _read_words(cell, clauses)
    conditions = _with_leads(conditions)
    clauses = conditions.clauses
    main = _main_clauses(cell, conditions)
    parts: list[Reading] = []
    waiting: tuple[Word, ...] = ()
    any_of = False
    for index, clause in enumerate(clauses):
        before = conditions.joints[index - 1] if index else None
        behind = conditions.joints[index] if index < len(conditions.joints) else None
        start, end = _place(cell, conditions, index)
        if clause.measure is not None:
            if clause in main:
                parts.append(read_clause(cell, clause._replace(lead=(*waiting, *clause.lead)) if waiting else clause))
                parts += _dates_behind(cell, clause, end)
            waiting = ()
        elif _is_date(clause):
            parts += _dates_of(cell, clause, start, end)
        elif behind is not None and behind.text[0] in _SOFT_JOINTS:
            # 培训和宣传不少于2次: the words on both sides of 和 belong to one measure.
            waiting = (*waiting, *clause.lead)
        else:
            check_not_a_unit(_lead(clause), _start(clause))
            if _is_condition(cell, clause, before, behind):
                parts.append(Level(cell.cut(start, end)))
        any_of = any_of or (before is not None and before.any_of and len(parts) > 1)
    _check_periods(main)
    return _together(cell, parts, any_of=any_of, one_thing=len(main) == 2 and not _names_another(main[1]))


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


def _main_clauses(cell: Cell, conditions: Conditions) -> tuple[Clause, ...]:
    """Leave out of an actual what repeats the plan (计划10次，实际12次) and what goes into detail (其中…)."""
    measured = tuple(clause for clause in conditions.clauses if clause.measure is not None)
    if any(_THIS_YEAR.match(_lead(clause)) for clause in measured):
        measured = tuple(clause for clause in measured if not _LAST_YEAR.match(_lead(clause))) or measured
    if cell.side == "target" or len(measured) < 2:
        return measured
    main: list[Clause] = []
    in_detail = False
    for clause, joint in zip(conditions.clauses, (None, *conditions.joints), strict=True):
        lead = _lead(clause)
        in_detail = "其中" in lead or (in_detail and joint is not None and joint.text[0] not in "。;")
        if (
            in_detail
            or (main and is_surplus(lead))
            or clause not in measured
            or _PLAN.match(lead)
            or (main and isinstance(clause.measure, Range) and _WITHIN.match(lead))
            or _DETAIL.search(lead)
        ):
            continue
        if main and _REAL.match(lead) and _unit(clause) == _unit(main[-1]):
            # ≥90%，实际95.2% repeats the target before.
            main.clear()
        # 完成12次，各3次 goes into detail; 分别增长5%、8% has nothing else.
        is_detail = main and _ONE_BY_ONE.search(lead) and not _ONE_BY_ONE.search(_lead(main[0]))
        if not _is_no_result(clause) and not is_detail:
            main.append(clause)
    if len(main) > 1 and _SUM.match(_lead(main[-1])) and _unit(main[-1]) in [_unit(clause) for clause in main[:-1]]:
        # 小学520人、初中310人，合计830人, but not 培训5期，共计263人次
        return (main[-1],)
    return tuple(main) or measured


def _is_no_result(clause: Clause) -> bool:
    """Tell whether a clause of an actual says what was not achieved, 尚有3户, 3户未改造, or how early: 提前10天."""
    lead = _lead(clause)
    if _MISSING.search(lead) or _EARLIER.fullmatch(lead):
        return True
    return _UNDONE.match("".join([word.text for word in clause.tail])) is not None


def _is_achieved(clauses: tuple[Clause, ...]) -> bool:
    """Tell whether an actual with a number says what was achieved, and not what is to come or what is missing."""
    measured = [clause for clause in clauses if clause.measure is not None]
    if not measured:
        return True
    if all(_BEGUN.search(_lead(clause)) for clause in measured) and any(
        clause.measure is None and _NOT_YET.search(_lead(clause)) for clause in clauses
    ):
        return False
    if clauses[0].measure is None and _NOT_DONE.search(_lead(clauses[0])):
        # 未完成，仅完成60% says after all what was achieved.
        return any(_AFTER_ALL.search(_lead(clause)) for clause in measured)
    return not all(
        _is_no_result(clause) or (_TO_COME.match(lead := _lead(clause)) and "率" not in lead) for clause in measured
    )


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
    periods = [(found[0], clause) for clause in clauses if (found := _PERIOD.search(_lead(clause)))]
    if len({text for text, _ in periods}) > 1:
        clause = periods[1][1]
        raise Trouble("PF317", _start(clause), _start(clause) + len(_lead(clause)), case="periods")


def _is_condition(cell: Cell, clause: Clause, before: Joint | None, behind: Joint | None) -> bool:
    """Tell whether words beside a measure are a condition of their own, and not a remark."""
    if any(word.kind in _BINDING for word in clause.lead):
        return True
    if cell.side == "target" and before is not None and _STATE.fullmatch(_lead(clause)):
        return True
    joint = before if before is not None else behind
    return joint is not None and joint.text[-1] in "且;"


def _dates_of(cell: Cell, clause: Clause, start: int, end: int) -> list[Reading]:
    """Return a date as a condition of its own; 截至12月底 before an actual only says when it was counted."""
    if cell.side == "actual" and _UP_TO.match(_lead(clause)):
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
    return _AROUND_A_DATE.fullmatch(rest) is not None or _DONE_ON.search(_lead(clause)) is not None


def _dated(cell: Cell, text: str) -> Reading:
    """Return a deadline or a date.

    Raises:
        Trouble: PF321 for a date that no calendar has.
    """
    wrong = calendar.impossible(text)
    if wrong is not None:
        raise Trouble("PF321", *wrong)
    if cell.side == "actual" and _TO_COME.search(text):
        return Level(text)
    return Deadline(text) if cell.side == "target" else Dated(text)


# ── places ──
def _place(cell: Cell, conditions: Conditions, index: int) -> tuple[int, int]:
    """Return the offsets of a clause."""
    start = _start(conditions.clauses[index])
    if index + 1 == len(conditions.clauses):
        return start, len(cell.compact)
    return start, _start(conditions.clauses[index + 1]) - len(conditions.joints[index].text)


def _start(clause: Clause) -> int:
    if clause.lead:
        return clause.lead[0].start
    match clause.measure:
        case One(side):
            return side.amount.start
        case Range(low):
            return low.amount.start
        case Around(centre, spread):
            return centre.start if centre is not None else spread.amount.start
    return 0


def _unit(clause: Clause) -> str | None:
    return clause.measure.side.amount.unit if isinstance(clause.measure, One) else None


def _lead(clause: Clause) -> str:
    return "".join([word.text for word in clause.lead])
