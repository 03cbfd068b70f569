"""Sentences for cells that cannot be read: what is wrong, where, and what would be read."""

from __future__ import annotations

from pfscore.foundation.codes.cells import CELLS
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.language.celltext import CellText
from pfscore.language.parts import Trouble

_SOURCES = {"target": "指标值", "actual": "完成值"}


def explain(trouble: Trouble, side: str, text: CellText, comparator: str | None, unit: str | None) -> Diagnostic:
    """Return the diagnostic for a cell that was refused."""
    start, end = text.place(trouble.start, trouble.end)
    return Diagnostic(
        trouble.code,
        CELLS[trouble.code],
        None,
        Span(_SOURCES[side], 1, start + 1, max(1, end - start), text.author),
    )
