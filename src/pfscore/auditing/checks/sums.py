"""Points and scores added up: by block, in total, against the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from pfscore.auditing.case import Case, Line, Place, Row
from pfscore.auditing.figures.printed import Figure, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.forms.information import printed_points, sum_word
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.form_terms import Grade
from pfscore.scoring.row.comparing.readings_of_row import Outcome


def _carrying(case: Case) -> list[Line | Row]:
    """Return the budget lines and rows that carry points of the full score."""
    return [one for one in case.scorable if one.points is not None and not (isinstance(one, Row) and one.is_adjustment)]


def _printed(case: Case, cell: Literal["points", "published_score"]) -> str | None:
    """Return the printed sum of the whole form: its own key, or else its row of 合计 or 总分."""
    own = case.form.published_points if cell == "points" else case.form.published_total
    rows = (row for row in reversed(case.form.indicators) if sum_word(row) == "合计")
    return own if own is not None else next((text for row in rows if (text := getattr(row, cell))), None)


def _counting(case: Case) -> list[Line | Row]:
    """Return the lines and rows whose scores make up the total; none where no indicator shows what it counts for."""
    rows: list[Line | Row] = [one for one in case.scorable if one.points is not None or one.published is not None]
    return rows if not case.rows or any(isinstance(one, Row) for one in rows) else []


def points_in_total(case: Case) -> Iterator[Finding]:
    """PF707: the points of the rows do not add up to the printed sum, or to the full score of the ruleset.

    Where the ruleset gives the points of each block, the blocks are checked instead.
    """
    rows = _carrying(case)
    printed, full = read_figure(_printed(case, "points")), case.term("total")
    if not rows or (printed is None and full is None):
        return
    total = _weighed(case, rows, "points")
    applicable = _weighed(case, [one for one in rows if not isinstance(one, Row) or one.is_applicable], "points")
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
    printed = read_figure(_printed(case, "published_score"))
    rows = _counting(case)
    total = _published_sum(case, rows)
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
    low = _weighed(case, known, "published")
    high = low + _weighed(case, unknown, "points")
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
    printed = read_figure(_printed(case, "published_score"))
    rows = _counting(case)
    published = _published_sum(case, rows)
    if printed is None or published is None or not printed.agrees(published, case.dossier.score_rounding):
        return
    wrong: list[tuple[Line | Row, Fraction]] = []
    total = Fraction(0)
    for one in rows:
        said = one.published.value if one.published is not None else Fraction(0)
        given = _given(one, said, case)
        total += given * case.share_of(one)
        if given != said:
            wrong.append((one, given))
    if not wrong or printed.value == total:
        return
    listed = [_wrong(one, given) for one, given in wrong]
    yield case.finding(
        "PF709",
        None,
        "published_total",
        name="总分",
        published=printed.text,
        computed=decimal_text(total),
        rows=Message("；".join(one.zh for one in listed), "; ".join(one.en for one in listed)),
    )


def _given(one: Line | Row, said: Fraction, case: Case) -> Fraction:
    """Return what the rule gives; where the rule leaves it open or cannot tell, what was published."""
    score = one.score
    if score is None or score.outcome is not Outcome.SCORED or score.award.low is None:
        return said
    if score.award.raw is not None and one.published is not None:
        habit = case.dossier.score_rounding
        if (
            one.published.agrees(score.award.raw, habit)
            and one.published.value != score.award.low
            and habit != "half_up"
        ):
            return said
    return score.award.low


def _wrong(one: Line | Row, given: Fraction) -> Message:
    printed, right = one.published.text if one.published else "0", decimal_text(given)
    place = (f"第 {one.number} 行", f"row {one.number}") if isinstance(one, Row) else (f"“{one.name}”", one.name)
    return Message(f"{place[0]}印作 {printed}，应为 {right}", f"{place[1]} is printed as {printed}, should be {right}")


def grade(case: Case) -> Iterator[Finding]:
    """PF711: the printed grade is not the one of the printed total."""
    printed, total = case.form.published_grade, read_figure(_printed(case, "published_score"))
    grades: tuple[Grade, ...] | None = case.term("grades")
    if not printed or total is None or not grades:
        return
    names = {one.name for one in grades}
    right = next((one for one in grades if total.value >= one.since), None)
    said = plain_name(printed)
    if right is None or said == right.name or said not in names:
        return
    yield case.finding(
        "PF711",
        None,
        "published_grade",
        name="等级",
        published=printed,
        computed=right.name,
        total=total.text,
        since=decimal_text(right.since),
        grade=said,
    )


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
    printed = read_figure(text)
    counted = [one for one in rows if not (isinstance(one, Row) and not one.is_applicable)]
    if printed is None or not counted or any(getattr(one, key) is None for one in counted):
        return
    if printed.value not in {_sum(counted, key), _sum(rows, key)}:
        yield _other_sum(case, label, printed, counted, key, place)


def _block(case: Case, label: str, text: str | None, key: str, place: Place) -> Iterator[Finding]:
    printed = read_figure(text)
    rows = _rows_of(case, plain_name(label))
    if printed is None or not rows:
        return
    if key == "published" and any(one.published is None for one in rows):
        return
    if printed.value == _sum(rows, key):
        return
    yield _other_sum(case, label, printed, rows, key, place)


def _other_sum(case: Case, label: str, printed: Figure, rows: Sequence[Line | Row], key: str, place: Place) -> Finding:
    """Return PF710: what is printed for `label` is not the sum of `rows`."""
    total = _sum(rows, key)
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


def _published_sum(case: Case, rows: Sequence[Line | Row]) -> Fraction | None:
    """Add up the printed scores as they count to the total; `None` where a row that carries points has none."""
    counted = [one for one in rows if not (isinstance(one, Row) and not one.is_applicable and one.published is None)]
    if not counted or any(one.published is None for one in counted):
        return None
    return _weighed(case, counted, "published")


def _sum(rows: Sequence[Line | Row], key: str) -> Fraction:
    figures: list[Figure | None] = [getattr(one, key) for one in rows]
    return sum((figure.value for figure in figures if figure is not None), start=Fraction(0))


def _weighed(case: Case, rows: Sequence[Line | Row], key: str) -> Fraction:
    """Add up figures as they count to the total of the form."""
    figures: list[tuple[Figure | None, Fraction]] = [(getattr(one, key), case.share_of(one)) for one in rows]
    return sum((figure.value * share for figure, share in figures if figure is not None), start=Fraction(0))


def _sum_of(rows: Sequence[Line | Row], key: str, total: Fraction, case: Case | None = None) -> str:
    """Write a sum; of a whole form with the shares with which its blocks count."""
    parts = []
    for one in rows:
        figure: Figure | None = getattr(one, key)
        share = Fraction(1) if case is None else case.share_of(one)
        if figure is not None:
            parts.append(figure.text if share == 1 else f"{figure.text} * {decimal_text(share * 100)}%")
    return f"{' + '.join(parts).replace('+ -', '- ')} = {decimal_text(total)}"
