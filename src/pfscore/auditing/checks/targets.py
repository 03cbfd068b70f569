"""Targets that say nothing, that were far exceeded, contradict each other between periods, or the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Row
from pfscore.auditing.checks.claims import is_reason
from pfscore.auditing.figures import show_percent
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import parse_name
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Between, Bound, Level, Target, TargetKind
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.text import Message
from pfscore.scoring.row.doubts import always_met
from pfscore.scoring.row.figures import FAR_APART

#: Where a ruleset gives no limit: the line at which monitoring systems show "far above plan".
_DEFAULT_FAR = Fraction(6, 5)
#: What one digit too many makes of a number.
_DIGIT, _NEAR = Fraction(10), Fraction(11, 10)
#: Units of what is counted over the year and cannot fall again, by dimension.
_TIME = re.compile(r"时间|工作日|日|天|时|分钟|秒|年|月|季|周|次/")


def vacuous(case: Case) -> Iterator[Finding]:
    """PF740: a target for a part of the year that every result meets."""
    for row in case.rows:
        for text, period in _periods(row):
            target = _read(row, text)
            why = None if target is None else always_met(target, row.plain)
            if why is not None:
                yield case.finding("PF740 period", row, "targets", published=text, period=period, why=why)


def _periods(row: Row) -> Iterator[tuple[str, Message]]:
    indicator = row.indicator
    if indicator.target is not None or indicator.targets is None:
        return
    if indicator.targets.half_year is not None:
        yield indicator.targets.half_year, Message("半年指标值", "half-year target")
    if indicator.targets.full_year is not None:
        yield indicator.targets.full_year, Message("全年指标值", "full-year target")


def _read(row: Row, text: str | None) -> Target | None:
    try:
        return parse_target(text or "", comparator=row.indicator.comparator, unit=row.indicator.unit)
    except ExpressionError:
        return None


def far_exceeded(case: Case) -> Iterator[Finding]:
    """PF741: a target that was exceeded by far, without a reason, was probably set too low."""
    ruled: Fraction | None = case.term("far_exceeded")
    limit = _DEFAULT_FAR if ruled is None else ruled
    for row in case.rows:
        rate = row.comparison.completion
        if rate is None or row.comparison.direction != "higher" or row.comparison.stated is not None:
            continue
        if rate < limit or (ruled is not None and rate == limit) or rate >= FAR_APART:
            continue
        if (row.comparison.target or 0) <= 0 or row.is_doubted or row.figures.is_above_whole:
            continue
        if any(doubt.code == "PF745" for doubt in row.doubts):
            continue
        if is_reason(row.note, row.plain):
            continue
        is_digit_more = _DIGIT / _NEAR <= rate <= _DIGIT * _NEAR
        yield case.finding(
            "PF741 digit" if is_digit_more else "PF741" if ruled is None else "PF741 limit",
            row,
            "actual",
            published=row.indicator.actual,
            computed=show_percent(rate),
            target=row.indicator.full_target,
            limit=show_percent(limit),
        )


def periods(case: Case) -> Iterator[Finding]:
    """PF742, PF743: half-year and full-year targets that do not go together."""
    for row in case.rows:
        both = row.indicator.targets
        if both is None or both.half_year is None or both.full_year is None:
            continue
        half, full = _read(row, both.half_year), _read(row, both.full_year)
        if half is None or full is None:
            continue
        shown = f"{both.half_year} / {both.full_year}"
        if _impossible(half, full):
            yield case.finding("PF743", row, "targets", published=shown, half=both.half_year, full=both.full_year)
        elif (signs := _signs(half, full)) is not None:
            yield case.finding(
                "PF742 ceiling" if _caps_then_fixes(half, full) else "PF742",
                row,
                "targets",
                published=shown,
                half=signs[0],
                full=signs[1],
            )


def _signs(half: Target, full: Target) -> tuple[str, str] | None:
    found = tuple(_sign(target) for target in (half, full))
    return None if found[0] == found[1] or None in found else (str(found[0]), str(found[1]))


def _sign(target: Target) -> str | None:
    if isinstance(target, Bound | Between) and target.target_kind is not None:
        return target.target_kind.author_word
    return "文字" if isinstance(target, Level) else None


def _caps_then_fixes(half: Target, full: Target) -> bool:
    """Return whether half-year sets a ceiling and the year an exact number."""
    return (
        isinstance(half, Bound)
        and isinstance(full, Bound)
        and (half.op, full.op) == (TargetKind.AT_MOST, TargetKind.EQUAL)
    )


def _impossible(half: Target, full: Target) -> bool:
    """Return whether half-year asks for more than the year allows, of a running total."""
    least, most = _least(half), _most(full)
    if least is None or most is None or least.dimension != most.dimension:
        return False
    unit = least.unit
    if unit is None or unit == "1" or _TIME.search(unit) or _TIME.search(least.dimension or ""):
        return False
    return least.base > most.base


def _least(target: Target) -> Quantity | None:
    if isinstance(target, Bound) and target.op in {TargetKind.AT_LEAST, TargetKind.GREATER_THAN, TargetKind.EQUAL}:
        return target.quantity
    return target.low if isinstance(target, Between) else None


def _most(target: Target) -> Quantity | None:
    if isinstance(target, Bound) and target.op in {TargetKind.AT_MOST, TargetKind.LESS_THAN, TargetKind.EQUAL}:
        return target.quantity
    return target.high if isinstance(target, Between) else None


_GRADED = rule("grade_in_name")  # in grammar/words/names.txt


def thresholds_in_names(case: Case) -> Iterator[Finding]:
    """PF734: the threshold in the name is not the target."""
    for row in case.rows:
        target = row.target
        if not isinstance(target, Bound | Between) or not row.is_applicable or _GRADED.search(row.plain):
            continue
        said = [(one, text) for one, text in _thresholds_of(row.name) if _dimension(one) == _dimension(target)]
        if len(said) != 1 or _agree(said[0][0], target):
            continue
        yield case.finding(
            "PF734", row, "name", published=row.indicator.full_target, computed=said[0][1], target=row.shown_target
        )


def _thresholds_of(name: str) -> list[tuple[Bound | Between, str]]:
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
