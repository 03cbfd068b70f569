"""Rows that are implausible by their own cells, as scores say it too, and results that show nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pfscore.auditing.case import Case, Row
from pfscore.auditing.checks.running_text import texts
from pfscore.auditing.finding import Finding
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Achieved, Measured
from pfscore.foundation.folding import fold
from pfscore.foundation.text import shorten
from pfscore.scoring.row.doubts import has_lost_points, years_in

#: The sentence of each doubt; other sentences of these codes are those of other checks.
_SENTENCES = {
    "PF737": "PF737 note",
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
    """PF737, PF739, PF740, PF745 to PF749, PF751, PF758: what makes a row implausible, whatever was published.

    A row that lost points by what its note says is as it is meant.
    """
    for row in case.rows:
        target, actual = row.indicator.full_target, row.indicator.actual
        said = row.contradiction
        for doubt in row.doubts:
            if doubt.code == "PF737" and has_lost_points(row.indicator) and not _is_more(row):
                continue
            cell = "" if doubt.span is None or doubt.span.cell is None else doubt.span.cell
            found = case.finding(
                _SENTENCES[doubt.code],
                row,
                cell,
                published=target if cell in {"target", "targets"} else actual,
                computed={
                    "PF737": None if said is None else said.said,
                    "PF745": "100%" if row.figures.is_above_whole else None,
                    "PF758": target,
                }.get(doubt.code),
                problem=doubt.message,
            )
            yield replace(found, severity=doubt.severity)


def _is_more(row: Row) -> bool:
    """Return whether a note counts more than the actual, so that it is no reason for lost points."""
    said, actual = row.contradiction, row.actual
    other = None if said is None else said.actual
    return isinstance(other, Measured) and isinstance(actual, Measured) and other.quantity.base > actual.quantity.base


# The rules are described, with rows, in grammar/words/notes.txt and running_text.txt.
_SURVEY, _OPINION, _BEGINS = rules("surveyed", "only_an_opinion", "begins_with_year")


def repeated_bounds(case: Case) -> Iterator[Finding]:
    """PF748: the actual repeats the bound of the target (≥10次 by ≥10次) and does not say what was reached."""
    for row in case.rows:
        # For satisfaction it is a doubt about the row.
        if row.repeats_bound and row.is_applicable and "满意" not in row.plain:
            yield case.finding("PF748 other", row, "actual", published=row.indicator.actual, target=row.shown_target)


def unsurveyed(case: Case) -> Iterator[Finding]:
    """PF749: satisfaction in figures, for which its note gives an impression alone; a form that is silent is usual."""
    notes = [row.indicator.note or "" for row in case.rows]
    said = fold(" ".join([*notes, *(text for _, text in texts(case)), *case.form.footnotes]))
    for row in case.rows:
        if "满意" not in row.plain or not isinstance(row.actual, Measured | Achieved) or not row.is_applicable:
            continue
        if any(doubt.code == "PF749" for doubt in row.doubts):
            continue
        if _OPINION.search(row.indicator.note or "") and not _SURVEY.search(said):
            yield case.finding("PF749", row, "actual", published=row.indicator.actual)


def other_years(case: Case) -> Iterator[Finding]:
    """PF739: the text on what was achieved is that of an earlier year."""
    result = case.form.goal_result or ""
    years, begins = years_in(result), _BEGINS.match(fold(result))
    if case.form.year is None or begins is None:
        return
    if int(begins["year"]) < case.form.year and max(years, default=case.form.year) < case.form.year:
        text = shorten(" ".join(result.split()), 40)
        yield case.finding(
            "PF739 text", None, "goal_result", name="完成情况", published=text, text=text, other=f"{max(years)} 年"
        )
