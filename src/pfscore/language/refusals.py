"""Sentences for cells that cannot be read: what is wrong, where, and what would be read."""

from __future__ import annotations

from pfscore.foundation.codes.cells import CELLS
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.language.parts import Trouble

_SOURCES = {"target": "指标值", "actual": "完成值"}


def explain(trouble: Trouble, side: str, text: str, comparator: str | None, unit: str | None) -> Diagnostic:
    """Return the diagnostic for a cell that was refused."""
    start, end = min(trouble.start, len(text)), min(trouble.end, len(text))
    return Diagnostic(
        trouble.code,
        CELLS[trouble.code],
        None,
        Span(_SOURCES[side], 1, start + 1, max(1, end - start), text),
    )
