"""The person's own workbook with four columns right of each form: computed score, difference, clause and findings."""

from __future__ import annotations

import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import chain, count
from pathlib import PurePath
from typing import TypeVar

from pfscore.auditing.finding import Finding
from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Lang, Message
from pfscore.office.formats.archive import Archive
from pfscore.office.formats.xlsx import listed_sheets
from pfscore.office.grid import position
from pfscore.report.one_sentence import reason
from pfscore.report.review.reviewed import ReviewedForm, ReviewedRow
from pfscore.report.review.sheet_xml import NewCell, SheetXml, with_fills
from pfscore.report.review.shown import MARKS, computed_total, need_text
from pfscore.report.table_text import finite, span_text

_HEADINGS = (
    (Message("系统得分", "computed"), 10),
    (Message("差异", "difference"), 8),
    (Message("依据", "clause"), 36),
    (Message("说明", "why"), 80),
)
_NEEDED = Message("要得满分", "for full points")
#: The ground of the findings, by severity; the sign before each says the same.
_COLOURS = {Severity.ERROR: "FDECEA", Severity.WARNING: "FFF4D6", Severity.NOTE: "E8F1FB"}
#: The most bytes that all parts of a workbook may hold.
_MAX_INFLATED = 512 * 1024 * 1024
_Path = TypeVar("_Path", bound=PurePath)
_STYLES, _WORKBOOK = "xl/styles.xml", "xl/workbook.xml"
#: What stands in the four columns of a row, and the gravest severity of what was found about it.
_Line = tuple[tuple[str | Decimal | None, ...], Severity | None]


def annotated_workbook(name: str, data: bytes, forms: Sequence[ReviewedForm], lang: Lang = "zh") -> bytes:
    """Return a workbook with the scores and findings of its forms beside them; every other part is as it was.

    Raises:
        InputError: PF152 where the file is no workbook of the kind `.xlsx`, or its structure is not understood.
    """
    archive = Archive(data, name) if data.startswith(b"PK") else None
    if archive is None or _WORKBOOK not in archive:
        raise _refused(name)
    try:
        parts = {sheet.name: sheet.part for sheet in listed_sheets(archive)[0]}
        styles, numbers = with_fills(archive.content(_STYLES), list(_COLOURS.values()))
        style_of = dict(zip((None, *_COLOURS), numbers, strict=True))
        new = {_STYLES: styles}
        for sheet, lines in _lines_by_sheet(forms, lang).items():
            if sheet in parts:
                new[parts[sheet]] = _with_lines(archive.content(parts[sheet]), lines, style_of, lang)
        return _copied(name, data, new)
    except (ValueError, KeyError) as error:
        if isinstance(error, InputError):
            raise
        raise _refused(name) from error


def free_path(path: _Path, taken: Container[_Path]) -> _Path:
    """Return a path that no other copy has: files of several folders may have one name."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if one not in taken)


def _refused(name: str) -> InputError:
    hint = Message("在表格软件里另存为 .xlsx", "save it as .xlsx in a spreadsheet program")
    message = Message(
        f"“{name}” 不能写回：不是 .xlsx 工作簿", f"{name!r} is no .xlsx workbook, and is not written back"
    )
    return InputError.of(Diagnostic("PF152", message, hint, Span(name)))


def _with_lines(xml: bytes, lines: Mapping[int, _Line], style_of: Mapping[Severity | None, int], lang: Lang) -> bytes:
    """Return a sheet with the four columns."""
    sheet = SheetXml(xml)
    first = sheet.first_free_column
    cells: dict[int, dict[int, NewCell]] = {}
    for row, (line, severity) in lines.items():
        styles = (*(style_of[None] for _ in line[1:]), style_of[severity])
        cells[row] = {
            column: NewCell(content, style)
            for column, (content, style) in enumerate(zip(line, styles, strict=True), first)
            if content is not None and content != ""
        }
    headings = [NewCell(heading.text(lang), style_of[None]) for heading, _ in _HEADINGS]
    cells |= {row: dict(enumerate(headings, first)) for row in _heading_rows(lines)}
    return sheet.with_cells(cells, dict(enumerate((width for _, width in _HEADINGS), first)))


def _heading_rows(lines: Mapping[int, _Line]) -> Iterator[int]:
    """Yield the rows right above a row of scores that has none above it."""
    for row in lines:
        if row > 1 and row - 1 not in lines:
            yield row - 1


def _lines_by_sheet(forms: Iterable[ReviewedForm], lang: Lang) -> dict[str, dict[int, _Line]]:
    """Return what stands in which row of which sheet."""
    found: dict[str, dict[int, _Line]] = {}
    for one in forms:
        for row in one.rows:
            if (place := _place(row.row)) is not None and (line := _line_of_row(row, lang)) is not None:
                found.setdefault(place[0], {})[place[1]] = line
        place = _place(one.form)
        if place is not None:
            found.setdefault(place[0], {})[place[1]] = _line_of_form(one, lang)
    return found


#: The cells by which a row, or the total of a form, is found, the best first.
_CELLS = ("published_total", "published_score", "points", "actual", "name", "label", "title")


def _place(record: Form | Indicator | BudgetLine) -> tuple[str, int] | None:
    """Return the sheet and the row of a record."""
    places = dict(record.places)
    for key in (*_CELLS, *places):
        sheet, _, address = places.get(key, "").rpartition("!")
        if sheet and (found := position(address)) is not None:
            return sheet, found[0] + 1
    return None


def _line_of_row(row: ReviewedRow, lang: Lang) -> _Line | None:
    score = None if row.score is None or row.score.points_exact is None else row.score
    if score is None and not row.findings:
        return None
    low, high = (None, None) if score is None else (score.award.low, score.award.high)
    why = [] if score is None else [reason(score, lang)]
    if need := need_text(row, lang):
        why.append(f"{_NEEDED.text(lang)}{'：' if lang == 'zh' else ': '}{need}")
    cite = None if score is None or score.cite is None else score.cite.text()
    line = (_span(low, high), finite(row.difference), cite, _text(row.findings, why, lang))
    return line, _gravest(row.findings)


def _line_of_form(one: ReviewedForm, lang: Lang) -> _Line:
    sheet = one.sheet
    total = computed_total(one) if sheet is None or sheet.total is None else sheet.total
    why = [problem.message.text(lang) for problem in one.problems]
    ruleset = None if sheet is None else f"{sheet.named_ruleset(lang)} {sheet.on}"
    return (total, finite(one.difference), ruleset, _text(one.general, why, lang)), _gravest(one.general)


def _span(low: Fraction | None, high: Fraction | None) -> str | Decimal | None:
    """Return a score as a number, or as the text of its two ends."""
    if low is None or high is None:
        return None
    return finite(low) if low == high else span_text(low, high)


def _gravest(findings: Iterable[Finding]) -> Severity | None:
    return min((finding.severity for finding in findings), key=list(Severity).index, default=None)


def _text(findings: Iterable[Finding], why: Sequence[str], lang: Lang) -> str:
    """Return what was found, each with its sign and code, then why the row earns what it earns."""
    found = [f"{MARKS[one.severity][0]} {one.message.text(lang)}（{one.code}）" for one in findings]
    return ("；" if lang == "zh" else "; ").join(part for part in (*found, *why) if part)


def _copied(name: str, data: bytes, new: Mapping[str, bytes]) -> bytes:
    """Return the archive with some parts replaced; the order, dates and comments of all are kept."""
    written, left = BytesIO(), _MAX_INFLATED
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new_archive:
        new_archive.comment = old.comment
        for info in old.infolist():
            left -= info.file_size
            if left < 0:
                raise _refused(name)
            content = new.get(info.filename)
            with new_archive.open(copy(info), "w") as target:
                if content is not None:
                    target.write(content)
                    continue
                with old.open(info.filename) as source:
                    while block := source.read(1 << 20):
                        target.write(block)
    return written.getvalue()
