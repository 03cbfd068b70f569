"""Points and scores added up: by block, in total, against the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Place, Row
from pfscore.auditing.checks.published_scores import (
    is_certain,
    is_contradicted,
    is_exact,
    is_full_though_missed,
    is_outside,
)
from pfscore.auditing.figures import Figure, is_blank, read_score
from pfscore.auditing.finding import Finding
from pfscore.auditing.totals import (
    add_up,
    beyond_caps,
    counted_sum,
    counting,
    is_open,
    printed_sum,
    sum_of_scores,
    totals_of,
)
from pfscore.cells.indicator_names import plain_name
from pfscore.forms.form import printed_points, stated_grade, sum_word
from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Message, joined
from pfscore.rulesets.model.form_terms import Grade
from pfscore.scoring.row.awarding.award import UNSTATED


def _carrying(case: Case) -> list[Line | Row]:
    """Return the budget lines and rows that carry points of the full score."""
    return [one for one in case.scorable if one.points is not None and not (isinstance(one, Row) and one.is_adjustment)]


def points_in_total(case: Case) -> Iterator[Finding]:
    """PF707: the points of the rows do not add up to the printed sum, or to the full score of the ruleset.

    Where they are below that and the ruleset gives the points of each block, the blocks are checked instead.
    """
    rows = _carrying(case)
    printed, full = read_score(printed_sum(case.form, "points")), case.term("total")
    if not rows or (printed is None and full is None):
        return
    if any(_is_unread(one) for one in case.scorable):
        return  # PF773 names these
    total = counted_sum(case, rows, "points")
    applicable = counted_sum(case, [one for one in rows if not isinstance(one, Row) or one.is_applicable], "points")
    is_right = printed is None or printed.value in {total, applicable} or _is_of_indicators(case)
    if is_right and full is not None and full not in {total, applicable}:
        is_right = applicable < full and (printed is not None or bool(case.term("blocks")))
        printed = None
    if not is_right:
        is_without_budget = bool(case.lines) and all(isinstance(one, Row) for one in rows)
        yield case.finding(
            "PF707 full" if printed is None else "PF707 budget" if is_without_budget else "PF707",
            None,
            "published_points",
            name="分值合计",
            published=decimal_text(full) if printed is None else printed.text,
            computed=decimal_text(total),
            evidence=[_sum_of(rows, "points", total, case)],
        )


def _is_unread(one: Line | Row) -> bool:
    """Return whether the points of a row or line are written and cannot be read."""
    text = one.line.points if isinstance(one, Line) else one.indicator.points
    is_part = isinstance(one, Line) and one.is_part
    return not is_part and one.points is None and not is_blank(text)


def _is_of_indicators(case: Case) -> bool:
    """Return whether the printed sums are those of the indicators alone: points as well as scores, where both are."""
    rows = [row for row in case.rows if row.points is not None and not row.is_adjustment]
    points, score = (
        read_score(printed_sum(case.form, "points")),
        read_score(printed_sum(case.form, "published_score")),
    )
    if points is None or points.value != counted_sum(case, rows, "points"):
        return False
    return score is None or score.agrees(counted_sum(case, rows, "published"), case.dossier.score_rounding)


def scores_in_total(case: Case) -> Iterator[Finding]:
    """PF708: the printed total is not the sum of the printed scores."""
    printed = read_score(printed_sum(case.form, "published_score"))
    rows = counting(case)
    total = sum_of_scores(case, rows)
    if printed is not None and total is None:
        yield from _out_of_reach(case, printed, rows)
    if printed is None or total is None or printed.agrees(total, case.dossier.score_rounding):
        return
    if _is_of_indicators(case):
        return
    yield case.finding(
        "PF708",
        None,
        "published_total",
        name="总分",
        published=printed.text,
        computed=decimal_text(total),
        evidence=[_sum_of(rows, "published", total, case)],
    )


def _out_of_reach(case: Case, printed: Figure, rows: Sequence[Line | Row]) -> Iterator[Finding]:
    """PF708: the printed total cannot come out, whatever the scores are that are blank or cannot be read."""
    known = [one for one in rows if one.published is not None]
    unknown = [one for one in rows if one.published is None]
    low = counted_sum(case, known, "published")
    high = low + counted_sum(case, unknown, "points")
    if any(isinstance(one, Row) and one.is_adjustment for one in unknown):
        return
    if not known or any(one.points is None for one in unknown) or low <= printed.value <= high:
        return
    yield case.finding(
        "PF708 bounds",
        None,
        "published_total",
        name="总分",
        published=printed.text,
        computed=f"[{decimal_text(low)}, {decimal_text(high)}]",
        count=len(unknown),
        low=decimal_text(low),
        high=decimal_text(high),
    )


def total_by_rule(case: Case) -> Iterator[Finding]:
    """PF709: the printed total adds up, but it carries scores that the rule does not give."""
    printed = read_score(printed_sum(case.form, "published_score"))
    rows = counting(case)
    published = sum_of_scores(case, rows)
    if printed is None or published is None or not printed.agrees(published, case.dossier.score_rounding):
        return
    wrong = [(one, excess) for one in rows if (excess := _excess(case, one)) is not None]
    if not wrong:
        return
    by_rule, is_exact_all = totals_of(case), all(is_exact(case, one) for one, _ in wrong)
    named = {id(one) for one, _ in wrong}
    left = [one for one in rows if id(one) not in named and _may_be_right(case, one)]
    low, high = by_rule.low, by_rule.high
    said = [_wrong(case, one) for one, _ in wrong]
    is_settled = low is not None and low == high and is_exact_all and not left
    bound = _bound(printed, *_with_printed(case, left, low, high))
    # A bound is of the whole total: a sum of some rows beside it may point to the other side.
    net = sum((excess * case.share_of(one) for one, excess in wrong), start=Fraction(0))
    if is_settled and low == printed.value:
        return  # what rows add together is bounded
    yield case.finding(
        "PF709" if is_settled else "PF709 least",
        None,
        "published_total",
        name="总分",
        published=printed.text,
        computed=_interval_text(low, high),
        evidence=() if is_settled else _left_out(left, low, high),
        rows=joined(said, "；", "; "),
        off=_off(net if is_exact_all and not bound.zh else Fraction(0)),
        bound=bound,
    )


def _may_be_right(case: Case, one: Line | Row) -> bool:
    """Return whether a score that the rules do not give, or leave open, may be right as it is printed."""
    is_silent = one.score is not None and one.score.award.treatment == UNSTATED and one.published is not None
    return is_open(one) or is_contradicted(case, one) or is_silent


def _excess(case: Case, one: Line | Row) -> Fraction | None:
    """Return by how much a published score is certainly too high, 0 where that it is is all that is certain."""
    if not _is_wrong(case, one) or one.published is None or one.score is None:
        return None
    least = one.score.award.low
    return one.published.value - least if is_exact(case, one) and least is not None else Fraction(0)


def _is_full(case: Case, one: Line | Row) -> bool:
    return isinstance(one, Row) and is_full_though_missed(case, one)


def _is_wrong(case: Case, one: Line | Row) -> bool:
    """Return whether the rule gives another score for certain; a doubt never carries into the total."""
    is_adjustment = isinstance(one, Row) and one.is_adjustment
    if one.published is None or (one.points is None and not is_adjustment):
        return False
    if not one.may_earn(one.published.value):
        return True
    return (is_contradicted(case, one) or is_outside(one) or _is_full(case, one)) and is_certain(case, one)


def _off(net: Fraction) -> Message:
    """Return by how much the total is off, or only that it has wrong scores where that is all that is certain."""
    if not net:
        return Message("有误", "has wrong scores")
    zh, en = ("多", "much") if net > 0 else ("少", "little")
    size = decimal_text(abs(net))
    return Message(f"{zh}计 {size}", f"counts {size} too {en}")


def _bound(printed: Figure, low: Fraction | None, high: Fraction | None) -> Message:
    """Return on which side of the printed total all totals lie that the rules leave open."""
    if low is None or high is None or low <= printed.value <= high:
        return Message("", "")
    if low == high:
        return Message(f"。全按规则是 {decimal_text(low)}", f". All by the rules it is {decimal_text(low)}")
    if printed.value > high:
        return Message(
            f"。按规则不高于 {decimal_text(high)}", f". By the rules it is no more than {decimal_text(high)}"
        )
    return Message(f"。按规则不低于 {decimal_text(low)}", f". By the rules it is no less than {decimal_text(low)}")


def _interval_text(low: Fraction | None, high: Fraction | None) -> str | None:
    if low is None or high is None:
        return None
    return decimal_text(low) if low == high else f"[{decimal_text(low)}, {decimal_text(high)}]"


def _with_printed(
    case: Case, left: Sequence[Line | Row], low: Fraction | None, high: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most total by the rules where rows that are not corrected may be right as printed."""
    if low is None or high is None:
        return None, None
    for one in left:
        award, printed = None if one.score is None else one.score.award, _value(one.published)
        if award is not None and award.treatment == UNSTATED:
            high += printed * case.share_of(one)
        elif award is not None and award.low is not None and award.high is not None:
            low += min(printed - award.low, Fraction(0)) * case.share_of(one)
            high += max(printed - award.high, Fraction(0)) * case.share_of(one)
    return low, high


def _left_out(left: Sequence[Line | Row], low: Fraction | None, high: Fraction | None) -> tuple[Message, ...]:
    """Return which rows are not corrected, as the rules leave them open or they are only doubted, and the total with
    the rules for all.
    """
    if not left:
        return ()
    named, total = joined(map(_called, left)), _interval_text(low, high)
    zh, en = (
        f"{named.zh}规则未定或只是存疑，没有更正",
        f"{named.en}: open by the rules or only doubted, and not corrected",
    )
    if total is not None:
        zh, en = f"{zh}；全按规则是 {total}", f"{en}; all by the rules it is {total}"
    return (Message(zh, en),)


def _value(figure: Figure | None) -> Fraction:
    return Fraction(0) if figure is None else figure.value


def _wrong(case: Case, one: Line | Row) -> Message:
    """Return what is certain of a published score: what it should be, what it cannot be, or that it is not full."""
    printed, place = one.published.text if one.published else "0", _called(one)
    award = None if one.score is None else one.score.award
    low, high = (None, None) if award is None else (award.low, award.high)
    if is_exact(case, one) and low is not None:
        right = decimal_text(low)
        return Message(
            f"{place.zh}印作 {printed}，应为 {right}", f"{place.en} is printed as {printed}, should be {right}"
        )
    if one.published is not None and not one.may_earn(one.published.value) and one.points is not None:
        points = one.points.text
        return Message(f"{place.zh}印作 {printed}，分值是 {points}", f"{place.en} is printed as {printed} of {points}")
    if is_outside(one) and low is not None and high is not None and not _is_full(case, one):
        least, most = decimal_text(low), decimal_text(high)
        return Message(
            f"{place.zh}印作 {printed}，规则只允许 {least} 到 {most}",
            f"{place.en} is printed as {printed}, the rule allows {least} to {most}",
        )
    return Message(f"{place.zh}不应得满分", f"{place.en} is not due all its points")


def _called(one: Line | Row) -> Message:
    return _row_text(one) if isinstance(one, Row) else Message(f"“{one.name}”", one.name)


def _row_text(row: Row) -> Message:
    return Message(f"第 {row.number} 行", f"row {row.number}")


#: The words of the four grades.
_GRADES: tuple[tuple[str, ...], ...] = (
    ("优", "优秀"),
    ("良", "良好"),
    ("中", "中等", "合格", "及格", "一般"),
    ("差", "不合格", "较差"),
)
#: The intervals that nearly every form uses: what is printed is doubted by them where the ruleset has no grades.
_USUAL = (Fraction(90), Fraction(80), Fraction(60), Fraction(0))


def _called_also(one: Grade, grades: Sequence[Grade]) -> tuple[str, ...]:
    """Return the name of a grade, and the other words for it that name no other grade of the ruleset."""
    names = {other.name for other in grades}
    words = next((words for words in _GRADES if one.name in words), ())
    return (one.name, *(word for word in words if word not in names))


def grade(case: Case) -> Iterator[Finding]:
    """PF711: the printed grade is not the one of the printed total."""
    stated, total = stated_grade(case.form), read_score(printed_sum(case.form, "published_score"))
    grades: tuple[Grade, ...] | None = case.term("grades")
    if stated is None or total is None:
        return
    said = plain_name(stated[1])
    if grades:
        known: list[tuple[Fraction, tuple[str, ...]]] = [(one.since, _called_also(one, grades)) for one in grades]
    elif _is_of_hundred(case):
        known = list(zip(_USUAL, _GRADES, strict=True))
    else:
        return
    right = next(((since, names) for since, names in known if total.value >= since), None)
    if right is None or said in right[1] or not any(said in names for _, names in known):
        return
    yield case.finding(
        "PF711" if grades else "PF711 usual",
        None,
        "published_grade",
        name="等级",
        published=stated[1],
        computed=right[1][0],
        total=total.text,
        since=decimal_text(right[0]),
        grade=said,
    )


def _is_of_hundred(case: Case) -> bool:
    """Return whether the points of the rows add up to 100."""
    return add_up(_carrying(case), "points") == 100


def blocks(case: Case) -> Iterator[Finding]:
    """PF710: the points or scores that a table prints for a block are not the sum of its rows."""
    for number, table in enumerate(case.form.tables):
        for column, head in enumerate(table.header):
            key = _COLUMN.get(plain_name(head))
            if key is None or column == 0:
                continue
            for index, cells in enumerate(table.rows):
                if len(cells) > column:
                    place = ("tables", number, "rows", index, column)
                    yield from _block(case, cells[0] or "", cells[column], key, place)


_COLUMN = {"分值": "points", "权重": "points", "标准分值": "points", "得分": "published", "自评得分": "published"}


def partial_sums(case: Case) -> Iterator[Finding]:
    """PF710: the figures of a row of 小计, or a heading's points, are not the sum of its rows."""
    pending: list[Line | Row] = []
    numbered = {row.number: row for row in case.rows}
    for number, indicator in enumerate(case.form.indicators, 1):
        if number in numbered:
            pending.append(numbered[number])
        elif sum_word(indicator) == "小计":
            for key, cell in (("points", "points"), ("published", "published_score")):
                place = ("indicators", number - 1, cell)
                yield from _sum_against(case, indicator.name or "小计", getattr(indicator, cell), pending, key, place)
            pending = []
    for heading in dict.fromkeys(part for row in case.rows for part in row.indicator.path):
        rows: list[Line | Row] = [row for row in case.rows if heading in row.indicator.path]
        if (points := printed_points(heading)) is not None:
            yield from _sum_against(case, heading, points, rows, "points", (*rows[0].place, "path"))


def _sum_against(
    case: Case, label: str, text: str | None, rows: Sequence[Line | Row], key: str, place: Place
) -> Iterator[Finding]:
    """PF710, where every one of `rows` has a figure and their sum is another one than `text`."""
    printed = read_score(text)
    counted = [one for one in rows if not (isinstance(one, Row) and not one.is_applicable)]
    if printed is None or not counted or any(getattr(one, key) is None for one in counted):
        return
    if printed.value not in {add_up(counted, key), add_up(rows, key)}:
        yield _other_sum(case, label, printed, counted, key, place)


def _block(case: Case, label: str, text: str | None, key: str, place: Place) -> Iterator[Finding]:
    printed = read_score(text)
    rows = _rows_of(case, plain_name(label))
    if printed is None or not rows:
        return
    if key == "published" and any(one.published is None for one in rows):
        return
    if printed.value == add_up(rows, key):
        return
    yield _other_sum(case, label, printed, rows, key, place)


def _other_sum(case: Case, label: str, printed: Figure, rows: Sequence[Line | Row], key: str, place: Place) -> Finding:
    """Return PF710: what is printed for `label` is not the sum of `rows`."""
    total = add_up(rows, key)
    return case.finding(
        "PF710",
        None,
        place,
        name=label,
        published=printed.text,
        computed=decimal_text(total),
        evidence=[_sum_of(rows, key, total)],
        what=Message("分值", "points") if key == "points" else Message("得分", "scores"),
    )


def _rows_of(case: Case, label: str) -> list[Line | Row]:
    """Return the rows under a heading of any level, the budget lines, or all indicators."""
    carrying = _carrying(case)
    if label in {"预算执行", "预算执行情况", "预算执行率", "资金执行"}:
        return [one for one in carrying if isinstance(one, Line)]
    rows = [one for one in carrying if isinstance(one, Row)]
    if label in {"绩效指标", "绩效指标合计"}:
        return list(rows)
    return [row for row in rows if label in {plain_name(part) for part in row.indicator.path}]


def _sum_of(rows: Sequence[Line | Row], key: str, total: Fraction, case: Case | None = None) -> str:
    """Write a sum; of a whole form with the shares with which its blocks count."""
    parts = []
    for one in rows:
        figure: Figure | None = getattr(one, key)
        share = Fraction(1) if case is None else case.share_of(one)
        if figure is not None:
            parts.append(figure.text if share == 1 else f"{figure.text} * {in_percent(share)}")
    if case is not None and key == "published":
        beyond = beyond_caps(case, [(one, _value(one.published)) for one in rows])
        parts += [decimal_text(-beyond)] if beyond else []
    return f"{' + '.join(parts).replace('+ -', '- ')} = {decimal_text(total)}"
