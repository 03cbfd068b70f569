"""Rows that are implausible by their own cells, as scores say it too."""

from __future__ import annotations

from collections.abc import Iterator

from pfscore.auditing.case import Case
from pfscore.auditing.finding import Finding

#: The sentence of each doubt; other sentences of these codes are those of other checks.
_SENTENCES = {
    "PF739": "PF739",
    "PF740": "PF740",
    "PF745": "PF745",
    "PF746": "PF746",
    "PF747": "PF747",
    "PF748": "PF748",
    "PF749": "PF749 denied",
    "PF751": "PF751",
    "PF758": "PF758 row",
}


def doubts(case: Case) -> Iterator[Finding]:
    """PF739, PF740, PF745 to PF749, PF751, PF758: what makes a row implausible, whatever was published."""
    for row in case.rows:
        target, actual = row.indicator.full_target, row.indicator.actual
        for doubt in row.doubts:
            cell = "" if doubt.span is None or doubt.span.cell is None else doubt.span.cell
            yield case.finding(
                _SENTENCES[doubt.code],
                row,
                cell,
                published=target if cell in {"target", "targets"} else actual,
                computed={"PF745": "100%", "PF758": target}.get(doubt.code),
                problem=doubt.message,
            )
