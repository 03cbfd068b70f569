"""Results that show nothing: the target's bound repeated, satisfaction without a survey, figures of another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfscore.auditing.case import Case, Row
from pfscore.auditing.checks.running_text import texts
from pfscore.auditing.finding import Finding
from pfscore.cells.readings import Achieved, Bound, Measured, TargetKind
from pfscore.foundation.folding import fold
from pfscore.foundation.text import shorten

_SURVEY = re.compile(r"问卷|调查|测评|回访|抽样|访谈|样本|评议|[0-9]+份")
_NO_SURVEY = re.compile(
    r"(?:未|没有|没|无)(?:开展|进行|组织|实施|做|发放)?(?:过)?(?:满意度)?(?:问卷)?(?:问卷|调查|测评|回访|抽样)"
    r"|(?:根据|按|凭|经)?(?:经验|印象|日常|平时)?(?:估计|估算|推测)|口头(?:反映|反馈|了解)"
)
#: A note that is the row's scoring standard, or no words at all, says nothing of how the figure came about.
_SILENT = re.compile(r"[^\u4e00-\u9fff]*|.*(?:得|扣|计)[^,。;]{0,4}分.*", re.DOTALL)
#: A text about a year says so at its beginning: 2022年，本单位……
_BEGINS = re.compile(r"\W*(20[0-9]{2})年")
#: A year that a result is compared with, or that something began in, is not the year of the result.
_YEAR = re.compile(r"(?<![较比自从同至到0-9])(20[0-9]{2})年(?!以来|至|到|起|-)")
_OTHER_YEAR = re.compile(
    r"(?<![较比同])(?:(20[0-9]{2})年|上年|上一年|去年)度?的?(?:统计|调查|决算|年报|报表)?(?:数据|数|结果|口径)"
    r"|(?:沿用|采用|引用|填报|参照|参考)(?:的是)?了?(?:(20[0-9]{2})年|上年|上一年|去年)"
)


def repeated_bounds(case: Case) -> Iterator[Finding]:
    """PF748: the actual repeats the bound of the target (≥95% by ≥95%) and does not say what was reached."""
    for row in case.rows:
        if not isinstance(row.target, Bound) or not isinstance(row.actual, Achieved) or not row.is_applicable:
            continue
        same = row.actual.op is row.target.op and row.actual.quantity == row.target.quantity
        if same and row.target.op is not TargetKind.EQUAL:
            yield case.finding(
                "PF748" if "满意" in row.plain else "PF748 other",
                row,
                "actual",
                published=row.indicator.actual,
                target=row.shown_target,
            )


def unsurveyed(case: Case) -> Iterator[Finding]:
    """PF749: satisfaction in figures, and its note says that nobody was asked, or nothing of a survey."""
    notes = [row.indicator.note or "" for row in case.rows]
    said = fold(" ".join([*notes, *(text for _, text in texts(case)), *case.form.footnotes]))
    for row in case.rows:
        if "满意" not in row.plain or not isinstance(row.actual, Measured | Achieved) or not row.is_applicable:
            continue
        if (denied := _NO_SURVEY.search(fold(row.indicator.note or ""))) is not None:
            yield case.finding("PF749 denied", row, "note", published=row.indicator.actual, text=denied[0])
        elif not _SILENT.fullmatch(row.indicator.note or "") and not _SURVEY.search(said):
            yield case.finding("PF749", row, "actual", published=row.indicator.actual)


def other_years(case: Case) -> Iterator[Finding]:
    """PF739: the result is that of an earlier year."""
    year = case.form.year
    if year is None:
        return
    for row in case.rows:
        if row.is_applicable and (found := _earlier(row, year)) is not None:
            cell, text, other = found
            yield case.finding("PF739", row, cell, published=row.indicator.actual, text=shorten(text, 40), other=other)
    result = case.form.goal_result or ""
    years, begins = _years(result), _BEGINS.match(fold(result))
    if begins and int(begins[1]) < year and max(years, default=year) < year:
        text = shorten(" ".join(result.split()), 40)
        yield case.finding(
            "PF739", None, "goal_result", name="完成情况", published=text, text=text, other=f"{max(years)} 年"
        )


def _years(text: str) -> set[int]:
    """Return the years that a text is about."""
    return {int(one) for one in _YEAR.findall(fold(text))}


def _earlier(row: Row, year: int) -> tuple[str, str, str] | None:
    """Return the cell that names an earlier year, its text, and the year."""
    actual, note = row.indicator.actual or "", row.indicator.note or ""
    years = _years(actual)
    if years and max(years) < year:
        return "actual", actual, f"{max(years)} 年"
    if (said := _OTHER_YEAR.search(fold(note))) is not None:
        named = said[1] or said[2]
        if named is None or int(named) < year:
            return "note", note, "上年" if named is None else f"{named} 年"
    return None
