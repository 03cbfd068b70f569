"""Points and scores added up: by block, in total, against the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Place, Row
from pfscore.auditing.checks.published_scores import is_certain, is_contradicted
from pfscore.auditing.figures import Figure, read_score
from pfscore.auditing.finding import Finding
from pfscore.auditing.totals import (
    add_up,
    beyond_caps,
    counted_sum,
    counting,
    is_open,
    printed_sum,
    sum_of_scores,
    total_of_scores,
    totals_of,
)
from pfscore.cells.indicator_names import plain_name
from pfscore.forms.form import printed_points, sum_word
from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Message, joined
from pfscore.rulesets.model.form_terms import Grade


def _carrying(case: Case) -> list[Line | Row]:
    """Return the budget lines and rows that carry points of the full score."""
    return [one for one in case.scorable if one.points is not None and not (isinstance(one, Row) and one.is_adjustment)]


def points_in_total(case: Case) -> Iterator[Finding]:
    """PF707: the points of the rows do not add up to the printed sum, or to the full score of the ruleset.

    Where the ruleset gives the points of each block, the blocks are checked instead.
    """
    rows = _carrying(case)
    printed, full = read_score(printed_sum(case.form, "points")), case.term("total")
    if not rows or (printed is None and full is None):
        return
    total = counted_sum(case, rows, "points")
    applicable = counted_sum(case, [one for one in rows if not isinstance(one, Row) or one.is_applicable], "points")
    if printed is None and case.term("blocks"):
        return
    if (full if printed is None else printed.value) not in {total, applicable}:
        yield case.finding(
            "PF707 full" if printed is None else "PF707",
            None,
            "published_points",
            name="分值合计",
            published=decimal_text(full) if printed is None else printed.text,
            computed=decimal_text(total),
            evidence=[_sum_of(rows, "points", total, case)],
        )


def scores_in_total(case: Case) -> Iterator[Finding]:
    """PF708: the printed total is not the sum of the printed scores."""
    printed = read_score(printed_sum(case.form, "published_score"))
    rows = counting(case)
    total = sum_of_scores(case, rows)
    if printed is not None and total is None:
        yield from _out_of_reach(case, printed, rows)
    if printed is None or total is None or printed.agrees(total, case.dossier.score_rounding):
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
    wrong = {id(one): one.score.award.low or Fraction(0) for one in rows if one.score and _is_wrong(case, one)}
    total = total_of_scores(case, [(one, wrong.get(id(one), _value(one.published))) for one in rows])
    if not wrong or printed.value == total:
        return
    said = [_wrong(one, wrong[id(one)]) for one in rows if id(one) in wrong]
    is_doubted = any(is_contradicted(case, one) and id(one) not in wrong for one in rows)
    yield case.finding(
        "PF709 certain" if is_doubted else "PF709",
        None,
        "published_total",
        name="总分",
        published=printed.text,
        computed=decimal_text(total),
        evidence=_other_total(case, rows, total),
        rows=joined(said, "；", "; "),
    )


def _is_wrong(case: Case, one: Line | Row) -> bool:
    """Return whether the rule gives another score for certain; a doubt never carries into the total."""
    is_adjustment = isinstance(one, Row) and one.is_adjustment
    if one.published is None or (one.points is None and not is_adjustment) or not is_contradicted(case, one):
        return False
    return not one.may_earn(one.published.value) or is_certain(case, one)


def _other_total(case: Case, rows: Sequence[Line | Row], total: Fraction) -> tuple[Message, ...]:
    """Return why the total is another one than that of the scored sheet, where it is."""
    found = totals_of(case)
    if found.low is None or found.high is None or found.low == found.high == total:
        return ()
    left = [one for one in rows if is_open(one) or (is_contradicted(case, one) and not _is_wrong(case, one))]
    named = joined(_row_text(one) if isinstance(one, Row) else Message(one.name, one.name) for one in left)
    low, high = decimal_text(found.low), decimal_text(found.high)
    shown = low if low == high else f"[{low}, {high}]"
    settled = "" if found.settled is None or low == high else decimal_text(found.settled)
    counted = Message(
        f"（未定的行照公布的得分计是 {settled}）" if settled else "",
        f" ({settled} with the open rows as published)" if settled else "",
    )
    return (
        Message(
            f"这里只更正可以确定的错分；全按规则是 {shown}{counted.zh}，因为{named.zh}规则未定或只是存疑",
            f"only scores that are wrong for certain are corrected here; all by the rules it is {shown}{counted.en}:"
            f" {named.en} are open or only doubted",
        ),
    )


def _value(figure: Figure | None) -> Fraction:
    return Fraction(0) if figure is None else figure.value


def _wrong(one: Line | Row, given: Fraction) -> Message:
    printed, right, place = one.published.text if one.published else "0", decimal_text(given), _called(one)
    return Message(f"{place.zh}印作 {printed}，应为 {right}", f"{place.en} is printed as {printed}, should be {right}")


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


def grade(case: Case) -> Iterator[Finding]:
    """PF711: the printed grade is not the one of the printed total."""
    printed, total = case.form.published_grade, read_score(printed_sum(case.form, "published_score"))
    grades: tuple[Grade, ...] | None = case.term("grades")
    if not printed or total is None:
        return
    said = plain_name(printed)
    if grades:
        known: list[tuple[Fraction, tuple[str, ...]]] = [(one.since, (one.name,)) for one in grades]
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
        published=printed,
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
