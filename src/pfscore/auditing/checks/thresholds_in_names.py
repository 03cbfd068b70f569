"""Thresholds that stand in an indicator's name, against its target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfscore.auditing.case import Case
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import parse_name
from pfscore.cells.readings import Between, Bound, TargetKind

#: 增值收益率≥1%为优 says what 优 means, not what the target is.
_GRADED = re.compile(r"为(?:优|良|中|差|好)")


def thresholds(case: Case) -> Iterator[Finding]:
    """PF734: the threshold in the name is not the target."""
    for row in case.rows:
        target = row.target
        if not isinstance(target, Bound | Between) or not row.is_applicable or _GRADED.search(row.plain):
            continue
        said = [(one, text) for one, text in _thresholds(row.name) if _dimension(one) == _dimension(target)]
        if len(said) != 1 or _agree(said[0][0], target):
            continue
        yield case.finding(
            "PF734", row, "name", published=row.indicator.full_target, computed=said[0][1], target=row.shown_target
        )


def _thresholds(name: str) -> list[tuple[Bound | Between, str]]:
    """Return the bounds and intervals among the conditions of a name, each as the name writes it."""
    found: list[tuple[Bound | Between, str]] = []
    for condition in parse_name(name).conditions:
        reading = condition.reading
        if isinstance(reading, Between) or (isinstance(reading, Bound) and reading.op is not TargetKind.BARE):
            found.append((reading, name[condition.start : condition.end]))
    return found


def _dimension(reading: Bound | Between) -> str | None:
    return (reading.low if isinstance(reading, Between) else reading.quantity).dimension


def _agree(said: Bound | Between, target: Bound | Between) -> bool:
    if (
        isinstance(said, Bound)
        and isinstance(target, Bound)
        and (target.op is TargetKind.BARE or said.op is TargetKind.APPROXIMATELY)
    ):
        return said.quantity == target.quantity
    return said == target
