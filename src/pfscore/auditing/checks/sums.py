"""Points and scores added up: by block, in total, against the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.figures import Figure, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.ruleset import Grade
from pfscore.scoring.row.readings_of_row import Outcome


def _carrying(case: Case) -> list[Line | Row]:
    """Return the budget lines and rows that carry points."""
    return [one for one in case.scorable if one.points is not None]


def points_in_total(case: Case) -> Iterator[Finding]:
    """PF707: the points of the rows do not add up to the printed sum, or to the full score of the ruleset.

    Where the ruleset gives the points of each block, the blocks are checked instead.
    """
    rows = _carrying(case)
    printed, full = read_figure(case.form.published_points), case.term("total")
    if not rows or (printed is None and full is None):
        return
    total = _sum(rows, "points")
    applicable = _sum([one for one in rows if not isinstance(one, Row) or one.is_applicable], "points")
    if printed is not None and printed.value not in {total, applicable}:
        yield _points_finding(case, printed.text, total, "公布的分值合计", "the printed sum of points", rows)
    elif printed is None and not case.term("blocks") and full not in {total, applicable}:
        yield _points_finding(case, decimal_text(full), total, "满分", "the full score", rows)


def _points_finding(case: Case, printed: str, total: Fraction, zh: str, en: str, rows: Sequence[Line | Row]) -> Finding:
    return case.finding(
        "PF707",
        Severity.ERROR,
        Message(
            f"{zh}是 {printed}，各行分值之和是 {decimal_text(total)}",
            f"{en} is {printed}; the points of the rows add up to {decimal_text(total)}",
        ),
        name="分值合计",
        cell=("published_points",),
        published=printed,
        computed=decimal_text(total),
        evidence=(_sum_of(rows, "points", total),),
    )


def scores_in_total(case: Case) -> Iterator[Finding]:
    """PF708: the printed total is not the sum of the printed scores."""
    printed = read_figure(case.form.published_total)
    rows = _carrying(case)
    total = _published_sum(rows)
    if printed is None or total is None or printed.agrees(total, case.dossier.score_rounding):
        return
    yield case.finding(
        "PF708",
        Severity.ERROR,
        Message(
            f"总分印作 {printed.text}，各行公布的得分之和是 {decimal_text(total)}",
            f"the total is printed as {printed.text}; the printed scores add up to {decimal_text(total)}",
        ),
        name="总分",
        cell=("published_total",),
        published=printed.text,
        computed=decimal_text(total),
        evidence=(_sum_of(rows, "published", total),),
    )


def total_by_rule(case: Case) -> Iterator[Finding]:
    """PF709: the printed total adds up, but it carries scores that the rule does not give."""
    printed = read_figure(case.form.published_total)
    rows = _carrying(case)
    published = _published_sum(rows)
    if printed is None or published is None or not printed.agrees(published, case.dossier.score_rounding):
        return
    wrong: list[tuple[Line | Row, Fraction]] = []
    total = Fraction(0)
    for one in rows:
        said = one.published.value if one.published is not None else Fraction(0)
        given = _given(one, said, case)
        total += given
        if given != said:
            wrong.append((one, given))
    right = _as_printed(printed, total)
    if not wrong or right == printed.text:
        return
    listed = [(_place(one), one.published.text if one.published else "0", decimal_text(given)) for one, given in wrong]
    yield case.finding(
        "PF709",
        Severity.ERROR,
        Message(
            f"总分印作 {printed.text}，按规则应为 {right}："
            + "；".join(f"{place.zh}印作 {said}，应为 {given}" for place, said, given in listed),
            f"the total is printed as {printed.text}; under the rule it is {right}: "
            + "; ".join(f"{place.en} is printed as {said}, should be {given}" for place, said, given in listed),
        ),
        name="总分",
        cell=("published_total",),
        published=printed.text,
        computed=right,
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


def _as_printed(printed: Figure, total: Fraction) -> str:
    exact = decimal_text(total)
    return printed.text if printed.value == total else exact


def _place(one: Line | Row) -> Message:
    if isinstance(one, Row):
        return Message(f"第 {one.number} 行", f"row {one.number}")
    return Message(f"“{one.label}”", one.label)


def grade(case: Case) -> Iterator[Finding]:
    """PF711: the printed grade is not the one of the printed total."""
    printed, total = case.form.published_grade, read_figure(case.form.published_total)
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
        Severity.ERROR,
        Message(
            f"总分 {total.text} 应为“{right.name}”（{decimal_text(right.since)} 分起），印作“{said}”",
            f"a total of {total.text} is {right.name} (from {decimal_text(right.since)}); {said} is printed",
        ),
        name="等级",
        cell=("published_grade",),
        published=printed,
        computed=right.name,
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


def _block(case: Case, label: str, text: str | None, key: str, place: tuple[str | int, ...]) -> Iterator[Finding]:
    printed = read_figure(text)
    rows = _rows_of(case, plain_name(label))
    if printed is None or not rows:
        return
    if key == "published" and any(one.published is None for one in rows):
        return
    total = _sum(rows, key)
    if printed.value == total:
        return
    what = ("分值", "points") if key == "points" else ("得分", "scores")
    yield case.finding(
        "PF710",
        Severity.ERROR,
        Message(
            f"“{label}”的{what[0]}印作 {printed.text}，各行之和是 {decimal_text(total)}",
            f"the {what[1]} of {label} are printed as {printed.text}; the rows add up to {decimal_text(total)}",
        ),
        name=label,
        cell=place,
        published=printed.text,
        computed=decimal_text(total),
        evidence=(_sum_of(rows, key, total),),
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


def _published_sum(rows: Sequence[Line | Row]) -> Fraction | None:
    """Add up the printed scores; `None` where a row that carries points has none."""
    counted = [one for one in rows if not (isinstance(one, Row) and not one.is_applicable and one.published is None)]
    if not counted or any(one.published is None for one in counted):
        return None
    return _sum(counted, "published")


def _sum(rows: Sequence[Line | Row], key: str) -> Fraction:
    figures: list[Figure | None] = [getattr(one, key) for one in rows]
    return sum((figure.value for figure in figures if figure is not None), start=Fraction(0))


def _sum_of(rows: Sequence[Line | Row], key: str, total: Fraction) -> Message:
    figures: list[Figure | None] = [getattr(one, key) for one in rows]
    text = f"{' + '.join(figure.text for figure in figures if figure is not None)} = {decimal_text(total)}"
    return Message(text, text)
