"""Findings as a reviewer reads them: one remark about each row, the total first, hints last and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pfscore.auditing.finding import SEVERITY_RANK, Finding
from pfscore.foundation.diagnostics import Severity

#: The doubt that is one remark about several rows though each has figures of its own: a reason is missing.
TOGETHER = frozenset({"PF731"})
#: From how many rows on the same doubt is read in one place.
_MANY = 3
#: The order of what is said about the form as a whole: the total and what leads to it, the budget, the grade, the rest.
_TOTALS = ("PF708", "PF709", "PF707", "PF710")
_GRADE = "PF711"
_BUDGET = ("PF70", "PF71")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer reads at once: all that was found about one row, or one thing about several.

    >>> from pfscore.foundation.text import Message
    >>> said = Message("未达标，没有说明原因", "missed, no reason")
    >>> found = [Finding("PF731", Severity.WARNING, "表", row, f"指标{row}", said) for row in (2, 5)]
    >>> [(remark.rows, remark.is_shared) for remark in by_row(found)]
    [((2, 5), True)]
    """

    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The verdict: that of the gravest finding."""
        return self.findings[0].severity

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that it is about; none for the form as a whole and for a budget line."""
        return tuple(dict.fromkeys(one.row for one in self.findings if one.row is not None))

    @property
    def name(self) -> str:
        """The name of the row, of the budget line, or of the part of the form."""
        return self.findings[0].name

    @property
    def is_shared(self) -> bool:
        """Whether it says one thing about several rows or lines."""
        return len({(one.row, one.name) for one in self.findings}) > 1


def by_row(findings: Iterable[Finding]) -> list[Remark]:
    """Return the remarks about one form: total, budget and grade, then errors, doubts, and hints by their code."""
    rows: dict[tuple[int | None, str], list[Finding]] = {}
    hints: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.NOTE:
            hints.setdefault(finding.code, []).append(finding)
        else:
            rows.setdefault((finding.row, "" if finding.row is not None else finding.name), []).append(finding)
    alone = Counter(found[0].code for found in rows.values() if _is_alone(found))
    alike: dict[object, list[Finding]] = {}
    for key, found in rows.items():
        is_alike = _is_alone(found) and (found[0].code in TOGETHER or alone[found[0].code] >= _MANY)
        alike.setdefault(found[0].code if is_alike else key, []).extend(found)
    remarks = [Remark(tuple(sorted(found, key=lambda one: one.order))) for found in alike.values()]
    return [*sorted(remarks, key=_order), *(Remark(tuple(hints[code])) for code in sorted(hints))]


def _is_alone(found: Sequence[Finding]) -> bool:
    """Return whether a row has one doubt and nothing else."""
    return len(found) == 1 and found[0].row is not None and found[0].severity is not Severity.ERROR


def _order(remark: Remark) -> tuple[object, ...]:
    first = remark.findings[0]
    if first.row is None and first.code.startswith(_BUDGET):
        place = 0 if first.code in _TOTALS else 2 if first.code == _GRADE else 1
        return 0, place, SEVERITY_RANK[first.severity], first.code, first.name
    return 1, SEVERITY_RANK[first.severity], first.row is not None, first.row or 0, first.code, first.name
