"""The texts of a review: what the page and the Markdown show of each form, row and finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pfscore.auditing.finding import Finding
from pfscore.forms.form import BudgetLine, Indicator, signed_target
from pfscore.forms.recognition.account import reason_text
from pfscore.foundation.codes import CODES
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message, place_text
from pfscore.report.findings_text import Remark, by_row, listed
from pfscore.report.one_sentence import NOTHING, reason, signed, totals_text
from pfscore.report.review.pictures import Picture, Pictures
from pfscore.report.review.reviewed import STANDINGS, Review, ReviewedForm, ReviewedRow, Standing
from pfscore.report.table_text import row_text, span_text

#: The sign of each severity and its word; a finding is never told by its colour alone.
MARKS = {
    Severity.ERROR: ("✕", Message("错误", "error")),
    Severity.WARNING: ("?", Message("存疑", "doubt")),
    Severity.NOTE: ("i", Message("提示", "note")),
}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding under its row: sign, sentence, code, and how it was computed; `cell` is that of an office file."""

    severity: str
    mark: str
    label: str
    code: str
    text: str
    evidence: tuple[str, ...]
    cause: str
    cell: str
    place: str


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """What a reviewer reads at once: the verdict, what it is about, and each finding; `about` says all where shared."""

    severity: str
    mark: str
    label: str
    about: str
    is_shared: bool
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a form; `low` and `high` are its score in percent of its points."""

    place: str
    address: str
    name: str
    target: str
    actual: str
    points: str
    published: str
    score: str
    low: int
    high: int
    is_full: bool
    why: str
    explanation: str
    need: str
    picture: Picture | None
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One form: its line in the overview, its verdict and its rows.

    `counts` are errors, doubts and notes; `unread` has the place, the text and the reason of cells that were not read.
    `remarks` are everything that was found, in the order of :func:`pfscore.report.findings_text.by_row`, hints last;
    `general` are the findings about no row and no budget line.
    """

    id: str
    name: str
    title: str
    source: str
    place: str
    standing: str
    standing_label: str
    published: str
    computed: str
    difference: str
    counts: tuple[int, int, int]
    sort_keys: tuple[str, str, str, int]
    gravest: str
    verdict: str
    differing: tuple[str, ...]
    remarks: tuple[ShownRemark, ...]
    general: tuple[ShownFinding, ...]
    hints: tuple[ShownRemark, ...]
    problems: tuple[str, ...]
    unread: tuple[tuple[str, str, str], ...]
    rows: tuple[ShownRow, ...]


def shown_forms(review: Review, lang: Lang = "zh", pictures: Pictures | None = None) -> list[ShownForm]:
    """Return the texts of the forms, those first that a person must look at; with `pictures`, rows have theirs."""
    return [_form(f"form-{number}", one, lang, pictures) for number, one in enumerate(review.by_urgency, 1)]


def _form(anchor: str, one: ReviewedForm, lang: Lang, pictures: Pictures | None) -> ShownForm:
    form, sheet = one.form, one.sheet
    remarks = by_row(one.findings)
    general = [finding for remark in remarks for finding in remark.findings if finding in one.general]
    counts = (one.count(Severity.ERROR), one.count(Severity.WARNING), one.count(Severity.NOTE))
    difference = one.difference
    return ShownForm(
        id=anchor,
        name=one.name or NOTHING,
        title=form.title,
        source=one.source,
        place=one.place(lang),
        standing=one.standing.value,
        standing_label=STANDINGS[one.standing][0].text(lang),
        published=form.published_total or NOTHING,
        computed=computed_total(one),
        difference=signed(difference),
        counts=counts,
        sort_keys=(
            _sort_key(one.published),
            "" if sheet is None or sheet.low is None else str(sheet.low),
            _sort_key(None if difference is None else abs(difference)),
            counts[0] * 10**6 + counts[1] * 10**3 + counts[2],
        ),
        gravest=gravest_text(one, lang),
        verdict=totals_text(one.form, one.sheet, lang),
        differing=tuple(_differing(one, lang)),
        remarks=tuple(_remark(remark, lang) for remark in remarks),
        general=tuple(_finding(finding, lang) for finding in general if finding.severity is not Severity.NOTE),
        hints=tuple(_remark(remark, lang) for remark in remarks if remark.severity is Severity.NOTE),
        problems=tuple(problem.render(lang) for problem in one.problems),
        unread=tuple((place_text(cell.place, lang), cell.text, reason_text(cell.reason, lang)) for cell in one.unread),
        rows=tuple(_row(row, lang, _picture(one, row, lang, pictures)) for row in one.rows),
    )


def gravest_text(one: ReviewedForm, lang: Lang = "zh") -> str:
    """Return why the form was not read whole, or else its gravest finding, in words."""
    if one.standing is Standing.UNREAD and one.problems:
        return one.problems[0].message.text(lang)
    if one.standing is Standing.UNREAD and one.unread:
        cell = one.unread[0]
        place, reason_why = place_text(cell.place, lang), reason_text(cell.reason, lang)
        shown = f" “{cell.text}”" if cell.text else ""
        return f"{place}{shown} 没有读：{reason_why}" if lang == "zh" else f"{place}: {reason_why}"
    if one.gravest is None:
        return ""
    place = row_text(one.gravest.row, lang)
    return f"{place}{_bare(one.gravest.name)}{'：' if lang == 'zh' else ': '}{one.gravest.message.text(lang)}"


def _bare(name: str) -> str:
    """Return the name of a row without a colon that the form prints behind it.

    >>> _bare("年度资金总额：")
    '年度资金总额'
    """
    return name.rstrip("：: ")


def _sort_key(number: Fraction | None) -> str:
    """Return a number as a script reads it; `""` sorts last."""
    return "" if number is None else decimal_text(number)


def computed_total(one: ReviewedForm) -> str:
    """Return the computed total: a number, `96 ~ 98` where a person has to decide, or a dash."""
    sheet = one.sheet
    if sheet is None or sheet.low is None or sheet.high is None:
        return NOTHING
    return span_text(Fraction(sheet.low), Fraction(sheet.high))


def _differing(one: ReviewedForm, lang: Lang) -> Iterator[str]:
    """Yield the rows whose published score is not the computed one."""
    colon = "：" if lang == "zh" else ": "
    for row in one.rows:
        if row.difference and row.earned is not None:
            named = f"{row_text(row.number, lang)}{_bare(row.name)}"
            yield f"{named}{colon}{row.row.published_score} → {decimal_text(row.earned)}"


def _picture(one: ReviewedForm, row: ReviewedRow, lang: Lang, pictures: Pictures | None) -> Picture | None:
    """Return the picture of a row that is short of its points, or that something was found about."""
    if pictures is None or one.sheet is None or row.score is None:
        return None
    is_full = row.score.is_full
    return None if is_full and not row.findings else pictures.of(row.score, one.sheet.digest, lang)


def _row(row: ReviewedRow, lang: Lang, picture: Picture | None) -> ShownRow:
    cells, score = row.row, row.score
    scored = score is not None and score.points_exact is not None
    low = high = None
    if score is not None and scored:
        low, high = score.award.low, score.award.high
    points = score.points_exact if score is not None else None
    return ShownRow(
        place="" if row.number is None else str(row.number),
        address=_address(cells),
        name=row.name,
        target=shown_target(cells),
        actual=shown_actual(cells),
        points=cells.points or "",
        published=cells.published_score or "",
        score=NOTHING if scored and low is None else "" if low is None or high is None else span_text(low, high),
        low=0 if low is None or not points else int(low * 100 / points),
        high=0 if high is None or not points else int(high * 100 / points),
        is_full=low is not None and low == points,
        why=reason(score, lang) if score is not None and scored else "",
        explanation=score.explain(lang) if score is not None and scored else "",
        need=need_text(row, lang),
        picture=picture,
        findings=tuple(_finding(finding, lang) for finding in row.findings if finding.severity is not Severity.NOTE),
    )


def _address(row: Indicator | BudgetLine) -> str:
    """Return the cell in which a row begins, without its sheet."""
    places = dict(row.places)
    place = places.get("name") or places.get("label") or ""
    return place.rpartition("!")[2] if "!" in place else ""


def shown_target(row: Indicator | BudgetLine) -> str:
    """Return the target with its sign and unit, or the budget of a budget line."""
    return row.budget or "" if isinstance(row, BudgetLine) else signed_target(row)


def shown_actual(row: Indicator | BudgetLine) -> str:
    """Return the actual, or the expenditure of a budget line."""
    return (row.actual if isinstance(row, Indicator) else row.expenditure) or ""


def need_text(row: ReviewedRow, lang: Lang = "zh") -> str:
    """Return what the row needs for its full points, where it is short of them."""
    need = row.need
    if need is None or need.wanted is None or need.score is None or need.score >= need.wanted:
        return ""
    return need.result(lang)


def _remark(remark: Remark, lang: Lang) -> ShownRemark:
    mark, label = MARKS[remark.severity]
    first, colon = remark.findings[0], "：" if lang == "zh" else ": "
    findings = tuple(_finding(finding, lang) for finding in remark.findings)
    all_rows = f"{CODES[first.code].text(lang)}{colon}{listed(remark, lang)}"
    return ShownRemark(
        severity=remark.severity.value,
        mark=mark,
        label=label.text(lang),
        about=all_rows if remark.is_shared else f"{row_text(first.row, lang)}{_bare(first.name)}",
        is_shared=remark.is_shared,
        findings=findings,
    )


def _finding(finding: Finding, lang: Lang) -> ShownFinding:
    mark, label = MARKS[finding.severity]
    return ShownFinding(
        severity=finding.severity.value,
        mark=mark,
        label=label.text(lang),
        code=finding.code,
        text=finding.message.text(lang),
        evidence=tuple(step.text(lang) for step in finding.evidence),
        cause="" if finding.cause is None else finding.cause.text(lang),
        cell=place_text(finding.place, lang),
        place=place_text(finding.place, lang) or ("" if finding.span is None else finding.span.where(lang)),
    )
