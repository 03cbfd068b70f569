"""A review as a workbook, by XlsxWriter under the extra `excel`: a line for each form, each finding and each row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from pfscore.auditing.figures import read_figure
from pfscore.auditing.finding import Finding
from pfscore.forms.form import Indicator, stated_grade
from pfscore.foundation.codes import CODES
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.runtime.resources import library
from pfscore.foundation.text import Lang, Message
from pfscore.report.one_sentence import reason
from pfscore.report.review.reviewed import STANDINGS, Review, ReviewedForm, ReviewedRow, Standing
from pfscore.report.review.shown import MARKS, gravest_text, need_text, shown_actual, shown_target
from pfscore.report.table_text import finite

#: A text, a number, or nothing.
_Cell = str | Decimal | None
#: The heading of a column and its width in characters.
_Column = tuple[Message, int]

_FORM: tuple[_Column, ...] = (
    (Message("单位", "body"), 24),
    (Message("项目", "project"), 30),
    (Message("表名", "form"), 30),
)
_PLACE: tuple[_Column, ...] = ((Message("在哪里", "where"), 28),)
_SUMMARY: tuple[_Column, ...] = (
    *_FORM,
    (Message("年度", "year"), 7),
    (Message("结论", "standing"), 10),
    (Message("公布", "published"), 9),
    (Message("系统最低", "computed, least"), 9),
    (Message("系统最高", "computed, most"), 9),
    (Message("差", "difference"), 9),
    (Message("满分", "full"), 8),
    (Message("公布等级", "published grade"), 9),
    (Message("系统等级", "computed grade"), 9),
    (Message("错误", "errors"), 7),
    (Message("存疑", "doubts"), 7),
    (Message("提示", "notes"), 7),
    (Message("最要紧的一条", "the gravest finding"), 60),
    *_PLACE,
    (Message("规则集", "ruleset"), 18),
)
_FINDINGS: tuple[_Column, ...] = (
    *_FORM,
    (Message("级别", "severity"), 8),
    (Message("代码", "code"), 8),
    (Message("问题", "problem"), 24),
    (Message("行", "row"), 5),
    (Message("指标", "indicator"), 30),
    (Message("说明", "finding"), 60),
    (Message("公布", "published"), 12),
    (Message("应为", "computed"), 12),
    (Message("多半因为", "likely cause"), 40),
    *_PLACE,
)
_ROWS: tuple[_Column, ...] = (
    *_FORM,
    (Message("行", "row"), 5),
    (Message("一级指标", "block"), 14),
    (Message("指标", "indicator"), 34),
    (Message("指标值", "target"), 16),
    (Message("完成值", "actual"), 16),
    (Message("分值", "points"), 8),
    (Message("公布", "published"), 8),
    (Message("系统最低", "computed, least"), 9),
    (Message("系统最高", "computed, most"), 9),
    (Message("差", "difference"), 8),
    (Message("为什么", "why"), 50),
    (Message("要得满分", "for full points"), 24),
    (Message("规则", "rule"), 18),
    (Message("依据", "clause"), 50),
    (Message("发现", "findings"), 16),
)
#: The most characters that a cell of a workbook holds.
_MAX_TEXT = 32767
#: There is no clock: the same review gives the same file.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def review_workbook(review: Review, lang: Lang = "zh") -> bytes:
    """Return the workbook: three sheets whose lines can be sorted and filtered; a text stays text whatever it is.

    Raises:
        InputError: PF110 where XlsxWriter is not installed.
    """
    with library("XlsxWriter"):
        from xlsxwriter import Workbook
    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for title, columns, lines in (
        (Message("汇总", "summary"), _SUMMARY, _summary(review, lang)),
        (Message("发现", "findings"), _FINDINGS, _findings(review, lang)),
        (Message("各行", "rows"), _ROWS, _rows(review, lang)),
    ):
        sheet = book.add_worksheet(title.text(lang))
        sheet.freeze_panes(1, 0)
        last = 0
        for number, (heading, width) in enumerate(columns):
            sheet.set_column(number, number, width, wrapped)
            sheet.write_string(0, number, heading.text(lang), bold)
        for last, line in enumerate(lines, 1):
            for number, cell in enumerate(line):
                if isinstance(cell, Decimal):
                    sheet.write_number(last, number, cell)
                elif cell:
                    sheet.write_string(last, number, cell[:_MAX_TEXT])
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return data.getvalue()


def _summary(review: Review, lang: Lang) -> Iterator[Sequence[_Cell]]:
    for one in review.by_urgency:
        form, sheet, stated = one.form, one.sheet, stated_grade(one.form)
        yield (
            *_named(one),
            None if form.year is None else Decimal(form.year),
            STANDINGS[one.standing][0].text(lang),
            _printed(form.published_total),
            None if sheet is None else sheet.low,
            None if sheet is None else sheet.high,
            finite(one.difference),
            None if sheet is None else sheet.full,
            None if stated is None else stated[1],
            None if sheet is None else sheet.grade,
            *(Decimal(one.count(severity)) for severity in Severity),
            gravest_text(one, lang),
            one.place(lang),
            None if sheet is None else sheet.named_ruleset(lang),
        )
    blank = (None,) * 10
    for file in review.unreadable:
        why = file.problems[0].message.text(lang)
        standing = STANDINGS[Standing.UNREAD][0].text(lang)
        yield (None, None, None, None, standing, *blank, why, file.source, None)


def _findings(review: Review, lang: Lang) -> Iterator[Sequence[_Cell]]:
    for one in review.by_urgency:
        for finding in one.findings:
            yield (
                *_named(one),
                *_finding(finding, lang),
                finding.span.where(lang) if finding.span else one.source,
            )


def _finding(finding: Finding, lang: Lang) -> Iterable[_Cell]:
    return (
        MARKS[finding.severity][1].text(lang),
        finding.code,
        CODES[finding.code].text(lang),
        None if finding.row is None else Decimal(finding.row),
        finding.name,
        finding.message.text(lang),
        _printed(finding.published),
        _printed(finding.computed),
        None if finding.cause is None else finding.cause.text(lang),
    )


def _rows(review: Review, lang: Lang) -> Iterator[Sequence[_Cell]]:
    for one in review.by_urgency:
        for row in one.rows:
            yield (*_named(one), *_row(row, lang))


def _row(row: ReviewedRow, lang: Lang) -> Iterable[_Cell]:
    score = row.score if row.score is not None and row.score.points_exact is not None else None
    cells = row.row
    return (
        None if row.number is None else Decimal(row.number),
        cells.path[0] if isinstance(cells, Indicator) and cells.path else None,
        row.name,
        shown_target(cells),
        shown_actual(cells),
        _printed(cells.points),
        _printed(cells.published_score),
        None if score is None else score.low,
        None if score is None else score.high,
        finite(row.difference),
        None if score is None else reason(score, lang),
        need_text(row, lang),
        None if score is None else score.rule,
        None if score is None or score.cite is None else score.cite.text(),
        " ".join(finding.code for finding in row.findings),
    )


def _named(one: ReviewedForm) -> tuple[_Cell, _Cell, _Cell]:
    return one.form.organisation, one.form.project, one.form.title


def _printed(text: str | None) -> _Cell:
    """Return a printed figure as a number; what is none, or a percentage, stays the text that it is."""
    figure = read_figure(text)
    number = None if figure is None or figure.scale != 1 else finite(figure.value)
    return text if number is None else number
