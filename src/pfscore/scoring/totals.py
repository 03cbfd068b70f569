"""From rows to the form: totals as intervals, rows that do not apply, the grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.numbers import decimal_text, to_decimal
from pfscore.foundation.text import Message
from pfscore.rules.edition import Edition, Terms
from pfscore.rules.model import Grade, RoundingRule
from pfscore.scoring.cells import Outcome
from pfscore.scoring.form import Form
from pfscore.scoring.placing import placed
from pfscore.scoring.score import BudgetScore, IndicatorScore, RowScore, Sheet


def make_sheet(edition: Edition, form: Form, rows: Sequence[IndicatorScore], budget: Sequence[BudgetScore]) -> Sheet:
    """Add up the rows of a form under what the edition says about the whole."""
    terms = edition.terms
    if blank := _all_blank(rows):
        rows = [row.with_diagnostics(tuple(d for d in row.diagnostics if d.code != "PF511")) for row in rows]
    counted = [row for row in (*budget, *rows) if row.points_exact is not None]
    low, high, full = _total(counted, terms)
    diagnostics = [*form.problems, *_points_problem(counted, terms, form), *([_targets_only()] if blank else [])]
    exact_low, exact_high = low, high
    rounding = terms.get("rounding")
    if isinstance(rounding, RoundingRule) and low is not None and high is not None:
        low, high = (rounding.apply(value) for value in (low, high))
    return Sheet(
        title=form.title,
        ruleset=edition.ruleset,
        digest=edition.digest,
        on=edition.on,
        engine=_engine_version(),
        indicators=tuple(placed(row, form, index) for index, row in enumerate(rows)),
        budget=tuple(placed(line, form, index) for index, line in enumerate(budget)),
        low=None if low is None else to_decimal(low),
        high=None if high is None else to_decimal(high),
        full=None if full is None else to_decimal(full),
        grade=_grade(exact_low, exact_high, terms.get("grades")) if full == terms.get("total") else None,
        total_steps=_steps(counted, low, high, full),
        diagnostics=tuple(diagnostics),
    )


def _total(counted: Sequence[RowScore], terms: Terms) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    if not counted:
        return None, None, None
    low = high = full = Fraction(0)
    dropped = Fraction(0)
    treatment = terms.get("not_applicable")
    for row in counted:
        points = row.points_exact or Fraction(0)
        full += points
        if row.outcome is not Outcome.NOT_APPLICABLE:
            low += row.award.low or 0
            high += row.award.high or 0
        elif treatment == "full":
            low, high = low + points, high + points
        elif treatment in {"rescale", "exclude"}:
            dropped += points
        else:
            high += points
    if treatment == "rescale" and dropped and full > dropped:
        factor = full / (full - dropped)
        return low * factor, high * factor, full
    return low, high, full - dropped


def _points_problem(counted: Sequence[RowScore], terms: Terms, form: Form) -> list[Diagnostic]:
    total = terms.get("total")
    points = sum((row.points_exact or Fraction(0) for row in counted), start=Fraction(0))
    if total is None or not counted or points == total:
        return []
    message = Message(
        f"各行分值之和是 {decimal_text(points)}，满分应是 {decimal_text(total)}",
        f"the points of the rows add up to {decimal_text(points)}, not to {decimal_text(total)}",
    )
    hint = Message("不会自动折算；请核对各行分值", "nothing is rescaled; check the points of the rows")
    return [Diagnostic("PF520", message, hint, form.span("indicators"))]


def _all_blank(rows: Sequence[IndicatorScore]) -> bool:
    return bool(rows) and all(row.row.actual is None for row in rows)


def _targets_only() -> Diagnostic:
    message = Message("这张表没有完成值，只有目标", "this form states targets only, nothing was filled in as achieved")
    return Diagnostic("PF530", message, severity=Severity.NOTE)


def _grade(low: Fraction | None, high: Fraction | None, grades: tuple[Grade, ...] | None) -> str | None:
    """Return the grade on the unrounded total; `None` where the total is open between two grades."""
    if low is None or high is None or not grades:
        return None
    found = {next((grade.name for grade in grades if value >= grade.since), None) for value in (low, high)}
    return found.pop() if len(found) == 1 else None


def _steps(
    counted: Sequence[RowScore], low: Fraction | None, high: Fraction | None, full: Fraction | None
) -> tuple[str, ...]:
    if low is None or high is None or full is None:
        return ()
    parts = [
        decimal_text(row.award.low) if row.award.low == row.award.high and row.award.low is not None else "?"
        for row in counted
        if row.outcome is not Outcome.NOT_APPLICABLE
    ]
    total = decimal_text(low) if low == high else f"[{decimal_text(low)}, {decimal_text(high)}]"
    return (f"{' + '.join(parts)} = {total} / {decimal_text(full)}",)


@cache
def _engine_version() -> str:
    try:
        return f"pfscore {version('pfscore')}"
    except PackageNotFoundError:
        return "pfscore"
