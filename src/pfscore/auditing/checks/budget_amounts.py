"""Amounts and what is computed from them: execution rates, adjustments, parts and totals, printed deviations."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.checks.budget_parts import (
    COLUMNS,
    LEAST_WRONG_UNIT,
    has_wrong_unit,
    wholes_left_at_zero,
    wrong_unit,
)
from pfscore.auditing.figures import Figure, Guess, as_ratio, likely_cause, read_figure, show, show_percent
from pfscore.auditing.finding import Finding
from pfscore.cells.readings import Measured
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message, joined
from pfscore.scoring.row.figures import FAR_APART, are_far_apart

_HUNDRED = 100
#: Up to which part of it a budget is usually adjusted within a year.
_SMALL = Fraction(1, 10)
_CARRIED_OVER = ("结转", "结余")


def execution_rates(case: Case) -> Iterator[Finding]:
    """PF701: a printed execution rate that expenditure ÷ budget does not give."""
    mode = case.dossier.rate_rounding
    for line in case.lines:
        exact = line.executed
        if line.rate is None or exact is None:
            continue
        printed = min(_as_rates(line.rate), key=lambda one: abs(one.value - exact))
        if printed.agrees(exact, mode) or has_wrong_unit(case, line):
            continue  # PF758 names a wrong unit
        right = printed.write(exact, mode)
        yield case.finding(
            "PF701 rounded"
            if printed.roundings_of(exact)
            else "PF701 limited"
            if printed.value == 1 < exact
            else "PF701",
            line,
            "published_rate",
            published=line.rate.text,
            computed=right,
            evidence=[_quotient(line.line.expenditure, line.line.budget, exact)],
            cause=likely_cause(printed, exact, _rate_guesses(line)),
        )


def _as_rates(figure: Figure) -> tuple[Figure, ...]:
    """Return a printed rate as it may be meant: without a sign, 0.57 is a ratio, or 0.57 percent."""
    rate = as_ratio(figure)
    if rate.scale != 1:
        return (rate,)
    return rate, Figure(figure.text, figure.value / _HUNDRED, figure.digits, _HUNDRED)


def _rate_guesses(line: Line) -> Iterator[Guess]:
    if line.expenditure is None:
        return
    if line.initial:
        yield Guess(Message("按年初预算数算的", "computed on the initial budget"), line.expenditure / line.initial)
    if line.budget and line.expenditure:
        yield Guess(Message("分子分母颠倒", "numerator and denominator swapped"), line.budget / line.expenditure)
    if line.executed is not None:
        yield Guess(Message("未执行的比例", "the share that was not spent"), 1 - line.executed)
        hundred = Message("把百分数又乘了 100 得的", "the percentage times 100 once more")
        yield Guess(hundred, line.executed * _HUNDRED)


def _quotient(top: str | None, bottom: str | None, exact: Fraction) -> str:
    return f"{top} ÷ {bottom} = {show(exact * _HUNDRED)}%"


def empty_rates(case: Case) -> Iterator[Finding]:
    """PF714: a rate printed although nothing was budgeted; one finding for a form."""
    unfilled = wholes_left_at_zero(case)  # PF706 names these
    zeros = [line for line in case.lines if line.rate is not None and line.budget == 0 and line.expenditure == 0]
    lines = [line for line in zeros if line not in unfilled]
    if not lines:
        return
    yield case.finding(
        "PF714",
        lines[0],
        "published_rate",
        name="、".join(line.name for line in lines),
        published=lines[0].line.published_rate,
        count=len(lines),
    )


def spending_without_budget(case: Case) -> Iterator[Finding]:
    """PF717: money was spent on a line whose budget is zero."""
    for line in case.lines:
        if line.budget == 0 and line.expenditure is not None and line.expenditure > 0:
            yield case.finding("PF717", line, "expenditure", published=line.line.expenditure, computed="0")


def overspent_lines(case: Case) -> Iterator[Finding]:
    """PF718: more was spent on a line than was budgeted; a part with the amounts of its total is not named again."""
    seen: set[tuple[Fraction | None, Fraction | None]] = set()
    for line in case.lines:
        amounts = line.budget, line.expenditure
        if line.is_part and amounts in seen:
            continue
        seen.add(amounts)
        if has_wrong_unit(case, line):
            continue
        if line.budget and line.expenditure and line.budget < line.expenditure < line.budget * FAR_APART:
            yield case.finding(
                "PF718 line",
                line,
                "expenditure",
                published=line.line.expenditure,
                computed=line.line.budget,
                over=decimal_text(line.expenditure - line.budget),
            )


def negative_amounts(case: Case) -> Iterator[Finding]:
    """PF746: amounts of a line are below zero."""
    for line in case.lines:
        below = [
            (column, title)
            for column, title in COLUMNS
            if column in {"initial", "budget", "expenditure"} and (getattr(line, column) or 0) < 0
        ]
        if not below:
            continue
        texts = dict.fromkeys(getattr(line.line, column) for column, _ in below)
        titles = [title for _, title in below]
        yield case.finding(
            "PF746 amounts",
            line,
            below[0][0],
            published="、".join(texts),
            columns=joined(titles),
        )


def amounts_far_apart(case: Case) -> Iterator[Finding]:
    """PF758: two amounts of one line differ by a factor of a thousand or more, as where a unit is wrong."""
    for line in case.lines:
        if (slip := wrong_unit(case, line)) is not None:
            yield case.finding(
                "PF758 shown",
                line,
                slip.column,
                published=getattr(line.line, slip.column),
                computed=getattr(line.line, "budget" if slip.column == "expenditure" else "expenditure"),
                factor=slip.factor,
                right=decimal_text(slip.right),
                shown=slip.shown,
            )
            continue
        if max(line.initial or 0, line.budget or 0, line.expenditure or 0) < LEAST_WRONG_UNIT:
            continue
        if are_far_apart(line.initial, line.budget):
            yield case.finding("PF758", line, "budget", published=line.line.budget, computed=line.line.initial)
        elif has_wrong_unit(case, line):
            yield case.finding("PF758", line, "expenditure", published=line.line.expenditure, computed=line.line.budget)


def adjusted_budgets(case: Case) -> Iterator[Finding]:
    """PF705: initial + adjustment does not give the adjusted budget; money carried over may be in it as well."""
    carried_over = {line.budget for line in case.lines if any(word in line.name for word in _CARRIED_OVER)}
    for line in case.lines:
        if line.initial is None or line.adjustment is None or line.budget is None:
            continue
        exact = line.initial + line.adjustment
        if exact == line.budget or line.budget - exact in carried_over:
            continue
        yield case.finding(
            "PF705" if line.initial - line.adjustment != line.budget else "PF705 reversed",
            line,
            "budget",
            published=line.line.budget,
            computed=decimal_text(exact),
            evidence=[f"{line.line.initial} + {line.line.adjustment} = {decimal_text(exact)}"],
        )


def budget_set_to_spending(case: Case) -> Iterator[Finding]:
    """PF712: the execution rate is 100% because the budget was changed to what had been spent."""
    line = case.total_line
    if line is None or not line.initial or line.budget is None or line.expenditure is None:
        return
    if line.budget != line.expenditure or line.budget == line.initial or not line.expenditure:
        return
    against = line.expenditure / line.initial
    yield case.finding(
        "PF712 explained"
        if "调整" in (line.line.note or "")
        else "PF712 small"
        if abs(against - 1) <= _SMALL
        else "PF712",
        line,
        "budget",
        published=line.line.published_rate or "100%",
        computed=show_percent(against),
        evidence=[_quotient(line.line.expenditure, line.line.initial, against)],
        budget=line.line.budget,
        initial=line.line.initial,
    )


def deviations(case: Case) -> Iterator[Finding]:
    """PF703: a printed deviation that (actual − target) ÷ target does not give."""
    mode = case.dossier.rate_rounding
    for row in case.rows:
        exact = row.comparison.deviation_rate
        if row.deviation is None or exact is None or row.comparison.stated is not None:
            continue
        printed = row.deviation if row.deviation.scale != 1 or not exact else _plain_deviation(row.deviation, exact)
        if printed.agrees(exact, mode):
            continue
        guesses = tuple(_deviation_guesses(row, exact))
        cause = likely_cause(printed, exact, guesses) or likely_cause(row.deviation, exact, guesses)
        # Who writes no deviation for a target that is met, or another quotient, may mean something else by the word.
        is_otherwise = cause is not None or (row.comparison.met is True and not printed.value)
        yield case.finding(
            "PF703 rounded" if printed.roundings_of(exact) else "PF703 otherwise" if is_otherwise else "PF703",
            row,
            "published_deviation",
            published=row.deviation.text,
            computed=printed.write(exact, mode),
            evidence=[_deviation_steps(row, exact)],
            cause=cause,
        )


def _plain_deviation(figure: Figure, exact: Fraction) -> Figure:
    """A deviation without a percent sign is taken as percent where that comes nearer."""
    as_percent = Figure(figure.text, figure.value / _HUNDRED, figure.digits, _HUNDRED)
    return min((figure, as_percent), key=lambda one: abs(one.value - exact))


def _deviation_steps(row: Row, exact: Fraction) -> str:
    return f"{row.indicator.actual or ''} / {row.shown_target} − 1 = {show(exact * _HUNDRED)}%"


def _deviation_guesses(row: Row, exact: Fraction) -> Iterator[Guess]:
    target, actual = row.comparison.target, row.comparison.actual
    yield Guess(Message("正负号写反了", "the sign is reversed"), -exact)
    yield Guess(Message("完成率，不是偏差", "the completion, not the deviation"), exact + 1)
    if target is not None and actual is not None:
        if actual:
            yield Guess(Message("除以了完成值", "divided by the actual"), (actual - target) / actual)
        yield Guess(Message("两数之差，没有除以指标值", "the difference, not divided by the target"), actual - target)


def undefined_deviations(case: Case) -> Iterator[Finding]:
    """PF744: a deviation is printed although the target is zero."""
    for row in case.rows:
        if row.deviation is None or row.comparison.target != 0:
            continue
        yield case.finding(
            "PF744", row, "published_deviation", published=row.deviation.text, target=row.indicator.full_target
        )


#: Rates that an indicator states and the budget line of the whole gives: name → (formula in words, computation).
_STATED = {
    "预算执行率": Message("执行数 ÷ 全年预算数", "expenditure ÷ budget"),
    "预算调整率": Message("调整数 ÷ 年初预算数", "adjustment ÷ initial budget"),
    "结转结余率": Message("（全年预算数 − 执行数）÷ 全年预算数", "(budget − expenditure) ÷ budget"),
}


def rates_stated_twice(case: Case) -> Iterator[Finding]:
    """PF715: an indicator states a rate that the budget lines of the same form do not give."""
    line = case.total_line
    if line is None or has_wrong_unit(case, line):
        return
    for row in case.rows:
        formula = _STATED.get(row.plain)
        exact = _rate_of(row.plain, line)
        printed = read_figure(row.indicator.actual)
        if formula is None or exact is None or printed is None or not isinstance(row.actual, Measured):
            continue
        figure = printed
        if printed.scale == 1:
            is_ratio = row.actual.quantity.unit == "1"
            figure = (
                Figure(printed.text, row.actual.quantity.value, printed.digits, _HUNDRED)
                if is_ratio
                else as_ratio(printed)
            )
        if figure.agrees(exact, case.dossier.rate_rounding) or figure.value == exact:
            continue
        right = show_percent(exact, max(figure.digits, 2), case.dossier.rate_rounding)
        yield case.finding(
            "PF715 adjustment"
            if row.plain == "预算调整率"
            else "PF715 surplus"
            if row.plain == "结转结余率"
            else "PF715 initial"
            if line.initial and line.expenditure is not None and figure.roundings_of(line.expenditure / line.initial)
            else "PF715",
            row,
            "actual",
            published=row.indicator.actual,
            computed=right,
            evidence=[_stated_steps(formula, line, row.plain, exact)],
        )


def _rate_of(name: str, line: Line) -> Fraction | None:
    if name == "预算执行率":
        return line.executed
    if name == "结转结余率" and line.executed is not None:
        return 1 - line.executed
    if name == "预算调整率" and line.initial:
        adjustment = line.adjustment
        if adjustment is None and line.budget is not None:
            adjustment = line.budget - line.initial
        return None if adjustment is None else abs(adjustment) / line.initial
    return None


def _stated_steps(formula: Message, line: Line, name: str, exact: Fraction) -> Message:
    budget, initial, spent = line.line.budget, line.line.initial, line.line.expenditure
    numbers = {
        "预算执行率": f"{spent} ÷ {budget}",
        "预算调整率": f"{line.line.adjustment or f'({budget} − {initial})'} ÷ {initial}",
        "结转结余率": f"({budget} − {spent}) ÷ {budget}",
    }[name]
    tail = f" = {numbers} = {show(exact * _HUNDRED)}%"
    return Message(formula.zh + tail, formula.en + tail)
