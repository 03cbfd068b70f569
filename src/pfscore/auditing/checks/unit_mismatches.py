"""Units and scales that the cells of a row do not share, or do not name."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Row, reading_of
from pfscore.auditing.figures import show_percent
from pfscore.auditing.finding import Finding
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.directions import is_rate
from pfscore.cells.lexicon.quantities import RATIO, Quantity, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.meaning.cell import read_unit
from pfscore.cells.readings import Measured
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.readings_of_row import quantities

# The rules are described, with rows, in grammar/words/names.txt.
_MONEY, _OTHER_RATES = rules("amount_of_money", "rate_but_no_share")
_COLUMN_CODES = frozenset({"PF323", "PF325"})
_FORM_CODES = frozenset({"PF501", "PF502", "PF503", "PF504", "PF510", "PF524"})


def scales(case: Case) -> Iterator[Finding]:
    """PF750: target and actual in two scales (亿元, 万元)."""
    for row in case.rows:
        if row.figures.scales is None or _says_no_scale(row):
            continue
        wanted, given = row.figures.scales
        yield case.finding("PF750", row, "actual", published=row.indicator.actual, wanted=wanted, given=given)


def _says_no_scale(row: Row) -> bool:
    """Return whether two signs are no two scales of an amount: 八成 and 85%, 元 and 元/人; or another doubt says it.

    Two spellings of one unit, km and 公里, are one scale.
    """
    held = quantities(row.target)
    sizes = {_size(one) for one in row.figures.scales or ()}
    if len(sizes) == 1 and None not in sizes:
        return True
    is_share = bool(held) and held[0].unit == RATIO
    is_of_each = sum("/" in written for written in row.figures.scales or ()) == 1
    return is_share or is_of_each or any(doubt.code == "PF758" for doubt in row.doubts)


def _size(written: str) -> Fraction | None:
    """Return the size of a unit with its scale in the base unit of what it measures, as a column would hold it."""
    try:
        column = read_unit(written)
    except Trouble:
        return None
    return None if column.unit is None else column.scale * column.factor * unit_of(column.unit).factor


def bare_numbers(case: Case) -> Iterator[Finding]:
    """PF753: a rate without %, or an amount without a unit, in both cells; or a unit in one cell alone."""
    for row in case.rows:
        wanted, given = quantities(row.target), quantities(row.actual)
        if not wanted or row.indicator.unit:
            continue
        if any(quantity.unit is not None for quantity in wanted):
            continue
        is_money = bool(_MONEY.fullmatch(row.plain)) and not is_rate(row.plain)
        if not (is_money or is_rate(row.plain)) or any(quantity.unit is not None for quantity in given):
            continue
        actual = Message(f"，完成值“{row.indicator.actual}”", f", actual “{row.indicator.actual}”")
        yield case.finding(
            "PF753 money" if is_money else "PF753",
            row,
            "target",
            published=row.indicator.full_target or "",
            actual=actual if given else "",
        )


def lent_units(case: Case) -> Iterator[Finding]:
    """PF755: only one of the two cells names a unit, and the result depends on which unit the other one means.

    Where the size of the number shows that the scale was left out, PF758 says that.
    """
    for row in case.rows:
        if any(doubt.code == "PF758" for doubt in row.doubts):
            continue
        for assumption in row.cells.assumptions:
            if assumption.key == "borrowed_unit":
                yield case.finding(
                    "PF755", row, "actual", published=row.indicator.actual, assumption=assumption.message
                )
        for problem in row.cells.diagnostics:
            if problem.code == "PF517":
                yield case.finding(
                    "PF755 refused", row, "actual", published=row.indicator.actual, assumption=problem.message
                )


#: Dimensions of time: a time allowed is no amount that adds up.
_TIMES = frozenset({"时间", "工作日", "月"})


def is_time(quantity: Quantity) -> bool:
    """Return whether a quantity is a time: days, working days, months, years."""
    return quantity.dimension in _TIMES


def unreadable(case: Case) -> Iterator[Finding]:
    """PF752: a column contradicts the cell. PF754: a cell that cannot be read, so nothing could be checked."""
    for row in case.rows:
        seen: set[str] = set()
        for problem in (*row.indicator.problems, *row.cells.diagnostics):
            if problem.code not in {"PF511", "PF512", "PF517", *seen}:
                seen.add(problem.code)
                yield _unreadable(case, row, problem)
    for line in case.lines:
        for problem in line.line.problems or (() if line.score is None else line.score.diagnostics):
            is_note = problem.severity is Severity.NOTE
            if not is_note and (problem.code in _FORM_CODES or problem.code.startswith("PF3")):
                yield case.finding("PF754", line, evidence=_hints(problem), problem=problem.message)


def _unreadable(case: Case, row: Row, problem: Diagnostic) -> Finding:
    is_target = problem.span is not None and problem.span.source == "指标值"
    return case.finding(
        "PF752" if problem.code in _COLUMN_CODES else "PF754",
        row,
        "target" if is_target else "actual",
        published=row.indicator.full_target if is_target else row.indicator.actual,
        evidence=(*_hints(problem), *(() if is_target else _converted(row))),
        problem=problem.message,
    )


def _hints(problem: Diagnostic) -> tuple[Message, ...]:
    return () if problem.hint is None else (problem.hint,)


def incomparable(case: Case) -> Iterator[Finding]:
    """PF756: target and actual are measured in different units."""
    for row in case.rows:
        problem = row.comparison.problem
        not_lent = any(one.code == "PF517" for one in row.cells.diagnostics)  # PF755 asks for the unit
        if problem is not None and row.is_applicable and not not_lent:
            yield case.finding(
                "PF756 money" if _is_of_money_alone(row) else "PF756",
                row,
                "actual",
                published=row.indicator.actual,
                evidence=(*_hints(problem), *_converted(row)),
                problem=problem.message,
            )


def _is_of_money_alone(row: Row) -> bool:
    """Return whether one cell is an amount of money and the other one of something that is none: 48亿元 and 50人.

    Counts (5个, 5期) may be of the same things, and a rate may be that of an amount.
    """
    held = [quantities(reading)[:1] for reading in (row.target, row.actual)]
    dimensions = [one.dimension or "" for found in held for one in found]
    if len(dimensions) < 2 or any(one.unit in {RATIO, None} for found in held for one in found):
        return False
    return len({"货币" in one for one in dimensions}) == 2


def _converted(row: Row) -> tuple[Message, ...]:
    """Return what an actual in days or percentage points comes to where the target is in percent."""
    wanted = quantities(row.target)
    reading = row.actual if isinstance(row.actual, Measured) else reading_of(row.indicator.actual)
    if not wanted or wanted[0].unit != RATIO or not isinstance(reading, Measured):
        return ()
    given = reading.quantity
    if given.unit == "百分点":
        percent = f"{decimal_text(given.value)}%"
        return (Message(f"若两格都按百分数计，是 {percent}", f"if both are in percent, it is {percent}"),)
    days = 366 if row.year is not None and isleap(row.year) else 365
    if given.unit not in {"天", "日"} or not days < given.value * 4 <= days * 4:
        return ()
    share = show_percent(given.value / days)
    return (Message(f"按全年 {days} 天折算是 {share}", f"of a year of {days} days it is {share}"),)


_COUNTS = frozenset(["次", "个", "件", "人", "户", "家", "项", "套", "台", "起", "例", "宗", "人次", "条", "篇", "场"])


def counted_rates(case: Case) -> Iterator[Finding]:
    """PF757: a rate by its name, whose target is a number of things."""
    for row in case.rows:
        held = quantities(row.target)
        if not held or not row.plain.endswith("率") or _OTHER_RATES.fullmatch(row.plain) or not row.is_applicable:
            continue
        unit = held[0].unit
        if unit not in _COUNTS:
            continue
        yield case.finding(
            "PF757",
            row,
            "target" if row.indicator.targets is None else "targets",
            published=row.indicator.full_target,
            target=f"{row.indicator.full_target or ''}{row.indicator.unit or ''}",
            unit=unit,
        )
