"""Add to the diagnostics of a row their place in the form: file, line, row, and the cell with its caret."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import CELL_KEYS, Diagnostic, Severity, Span
from pfscore.foundation.text import Message
from pfscore.scoring.row.score import BudgetScore, IndicatorScore

#: Which cell of an indicator a code is about, where the diagnostic does not say; the others are about the whole row.
_CELLS = {
    "PF511": "actual",
    "PF512": "target",
    "PF515": "actual",
    "PF516": "actual",
    "PF517": "actual",
    "PF518": "target",
    "PF519": "target",
    "PF525": "points",
    "PF532": "thresholds",
    "PF533": "points",
    "PF534": "deduction",
}
#: What leaves a row to a person is no mistake of the form.
_FOR_A_PERSON = {"PF513", "PF516", "PF518", "PF519"}
_HERE = Message("出在这一行", "in this row")

_Scored = TypeVar("_Scored", IndicatorScore, BudgetScore)


def placed(row: _Scored, form: Form, index: int) -> _Scored:
    """Return the row's score with each diagnostic at its place in the form; `index` counts from 0."""
    if not row.diagnostics:
        return row
    return row.with_diagnostics(tuple(_placed(found, row, form, index) for found in row.diagnostics))


def _placed(found: Diagnostic, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Diagnostic:
    severity = Severity.WARNING if found.code in _FOR_A_PERSON else found.severity
    own = found.span or Span()
    related = tuple((note, _other(span, row, form, index)) for note, span in found.related)
    found = replace(found, related=related)
    number = index + 1 if isinstance(row, IndicatorScore) else None
    if own.ruleset:
        # The mistake is the ruleset's; which row it hinders is said as well.
        where = replace(_row(form, row, index), row=number)
        return replace(found, severity=severity, related=(*found.related, (_HERE, where)))
    if own.source and own.source not in CELL_KEYS and not own.cell:
        # It was found when the file was read, and stands at its own place.
        return replace(found, span=replace(own, form=form.title or None, row=number), severity=severity)
    cell = (
        own.cell or CELL_KEYS.get(own.source) or (_CELLS.get(found.code) if isinstance(row, IndicatorScore) else None)
    )
    return replace(found, span=_span(own, cell, row, form, index), severity=severity)


def _other(own: Span, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Span:
    """Return where another cell stands that a diagnostic shows; what stands elsewhere stays there."""
    cell = CELL_KEYS.get(own.source)
    if cell == "unit" and isinstance(row, BudgetScore):
        return replace(_within(form.span("amount_unit"), own), cell="amount_unit")
    return own if cell is None else _span(own, cell, row, form, index)


def _span(own: Span, cell: str | None, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Span:
    """Return where a cell stands in the file, with the caret under the part of it that is meant."""
    number = index + 1 if isinstance(row, IndicatorScore) else None
    rows = "indicators" if isinstance(row, IndicatorScore) else "budget"
    if cell is None:
        return replace(_row(form, row, index), row=number)
    key = "targets" if cell == "target" and isinstance(row, IndicatorScore) and row.row.target is None else cell
    place = form.span(rows, index, key)
    if not place.source:
        return replace(own, source="", line=0, form=form.title or None, row=number, cell=cell)
    around = form.span(rows, index)
    if (place.source, place.line, place.column) == (around.source, around.line, around.column):
        place = _row(form, row, index)
    elif own.text:
        place = _within(place, own)
    return replace(place, row=number, cell=cell)


def _row(form: Form, row: IndicatorScore | BudgetScore, index: int) -> Span:
    """Return where a row stands: at its name, where it has one."""
    rows, name = ("indicators", "name") if isinstance(row, IndicatorScore) else ("budget", "label")
    return form.span(rows, index, name) if getattr(row.row, name) else replace(form.span(rows, index), length=1)


def _within(place: Span, own: Span) -> Span:
    """Narrow a span to the part of a cell, where the file holds the cell's text as it is."""
    for quote in ("", '"', "'"):
        if place.text.startswith(quote + own.text, place.column - 1):
            return replace(place, column=place.column + len(quote) + own.column - 1, length=own.length)
    return place
