"""Give the diagnostics of a row their place in the form: file, line, form and row; a cell keeps its own caret."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.scoring.form import Form
from pfscore.scoring.score import BudgetScore, IndicatorScore, RowScore

#: Which column of the row a code is about; the others are about the actual.
_COLUMNS = {"PF510": "points", "PF512": "target", "PF523": "decision", "PF525": "points"}
#: What leaves a row to a person is no mistake of the form.
_FOR_A_PERSON = {"PF513", "PF516", "PF518", "PF519"}


_Scored = TypeVar("_Scored", IndicatorScore, BudgetScore)


def placed(row: _Scored, form: Form, index: int) -> _Scored:
    """Return the row's score with each diagnostic at its place in the form; `index` counts from 0."""
    if not row.diagnostics:
        return row
    return row.with_diagnostics(tuple(_place(found, row, form, index) for found in row.diagnostics))


def _place(found: Diagnostic, row: RowScore, form: Form, index: int) -> Diagnostic:
    severity = Severity.WARNING if found.code in _FOR_A_PERSON else found.severity
    return replace(found, span=_span(found, row, form, index), severity=severity)


def _span(found: Diagnostic, row: RowScore, form: Form, index: int) -> Span:
    own = found.span
    number = index + 1 if isinstance(row, IndicatorScore) else None
    if own is not None and (own.line or own.ruleset):
        return replace(own, form=form.title or None, row=number)
    if not isinstance(row, IndicatorScore):
        return form.span("budget", index)
    place = form.span("indicators", index, _column(found, row), row=number)
    if own is None or not own.text:
        return place
    # The cell's own text is short and has the caret; the file's line may be a thousand columns wide.
    where = f"{place.where()}　{own.source}" if place.source else own.source
    return replace(own, source=where, form=place.form, row=place.row)


def _column(found: Diagnostic, row: IndicatorScore) -> str:
    column = (
        "target" if found.span is not None and found.span.source == "指标值" else _COLUMNS.get(found.code, "actual")
    )
    return "targets" if column == "target" and row.row.target is None and row.row.targets is not None else column
