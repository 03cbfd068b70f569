"""Thresholds that stand in an indicator's name, against its target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfscore.auditing.case import Case
from pfscore.auditing.finding import Finding
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Between, Bound, Op
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.rule_choice import plain_name

_NUMBER = (
    r"[0-9]+(?:\.[0-9]+)?(?:%|‰|[万亿]?(?:个?工作日|元|人|户|个|次|天|日|小时|套|项|件|家|公里|米|平方米|亩|吨|年|月)?)"
)
_BEFORE = (
    r"(?:(?:控制|保持|维持|稳定)在|不低于|不少于|不小于|不超过|不高于|不大于|不多于|"
    r"大于等于|小于等于|大于|小于|高于|低于|达到|[≥≤><=]=?)"
)
_BEHIND = r"(?:以上|以下|以内|之内|内|左右)"
_CONDITION = re.compile(
    rf"{_BEFORE}{_NUMBER}(?:[到至~-]{_NUMBER}(?:的?区间)?)?{_BEHIND}?|{_NUMBER}{_BEHIND}|{_NUMBER}[到至~]{_NUMBER}的?区间"
)
#: 增值收益率≥1%为优 says what 优 means, not what the target is.
_GRADED = re.compile(r"为(?:优|良|中|差|好)")


def conditions(name: str) -> list[Bound | Between]:
    """Return the bounds and intervals that a name states.

    >>> [str(one) for one in conditions("2.住房公积金个贷率控制在60%到80%的区间")]
    ['60%~80%']
    """
    found: list[Bound | Between] = []
    for text in _CONDITION.findall("".join(fold(plain_name(name)).split())):
        try:
            reading = parse_target(text)
        except ExpressionError:
            continue
        if isinstance(reading, Between) or (isinstance(reading, Bound) and reading.op is not Op.BARE):
            found.append(reading)
    return found


def thresholds(case: Case) -> Iterator[Finding]:
    """PF734: the threshold in the name is not the target."""
    for row in case.rows:
        target = row.target
        if not isinstance(target, Bound | Between) or not row.is_applicable or _GRADED.search(row.plain):
            continue
        said = [one for one in conditions(row.name) if _dimension(one) == _dimension(target)]
        if len(said) != 1 or _agree(said[0], target):
            continue
        shown = f"{row.indicator.comparator or ''}{row.indicator.full_target or ''}{row.indicator.unit or ''}"
        yield case.finding(
            "PF734",
            Severity.WARNING,
            Message(f"名称里写的是 {said[0]}，指标值是“{shown}”", f"the name says {said[0]}, the target is “{shown}”"),
            row=row,
            cell=("name",),
            published=row.indicator.full_target,
            computed=str(said[0]),
        )


def _dimension(reading: Bound | Between) -> str | None:
    return (reading.low if isinstance(reading, Between) else reading.quantity).dimension


def _agree(said: Bound | Between, target: Bound | Between) -> bool:
    if isinstance(said, Bound) and isinstance(target, Bound) and target.op is Op.BARE:
        return said.quantity == target.quantity
    return said == target
