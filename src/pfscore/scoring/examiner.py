"""Examine one row under one edition: read its cells, choose the rule, award the points, or say what is wrong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Message
from pfscore.rules.edition import Edition, RuleInForce
from pfscore.scoring.awarding import NO_EXTRAS, Award, Extras, award, award_budget
from pfscore.scoring.cells import Cells, Outcome, read_cells
from pfscore.scoring.choosing import Case, Chooser, case_of
from pfscore.scoring.evaluate import Compiled, compile_formula
from pfscore.scoring.form import BudgetLine, Indicator
from pfscore.scoring.rows import read_amounts, read_extras, read_points
from pfscore.scoring.score import BudgetScore, IndicatorScore, RowResult

Number = str | int | Decimal | Fraction | None


class Engine:
    """One edition, compiled once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.chooser = Chooser(edition)
        self.borrow = bool(edition.terms.get("borrow_unit"))
        self._compiled: dict[str, Compiled | None] = {}

    def compiled(self, rule: RuleInForce) -> Compiled | None:
        """Return the rule's formula, compiled on first use."""
        if rule.id not in self._compiled:
            self._compiled[rule.id] = None if rule.formula is None else compile_formula(rule.formula)
        return self._compiled[rule.id]

    def score(self, row: Indicator, *, year: int | None = None, peers: Extras = NO_EXTRAS) -> IndicatorScore:
        """Score one indicator row; `peers` are facts about the row's block."""
        return IndicatorScore(row, self._examine(row, year, peers))

    def _examine(self, row: Indicator, year: int | None, peers: Extras) -> RowResult:
        points, problems = read_points(row.points)
        extras, more = read_extras(row, peers)
        cells = read_cells(row.full_target, row.comparator, row.unit, row.actual, borrow=self.borrow)
        if problems := (*row.problems, *problems, *more):
            return _open(Outcome.REFUSED, points, (*problems, *cells.diagnostics), cells)
        if cells.outcome is Outcome.NOT_APPLICABLE:
            return RowResult(cells.outcome, points, Award(cells.outcome), cells=cells)
        if cells.target is None or cells.actual is None or cells.outcome is not Outcome.SCORED:
            if cells.outcome is Outcome.MISSING and self.edition.terms.get("missing") == "zero":
                return _zero(points, cells)
            return _open(cells.outcome, points, cells.diagnostics, cells)
        rule = self.chooser.choose(case_of(cells.target, cells.actual, row.path, row.name))
        if isinstance(rule, Diagnostic):
            outcome = Outcome.JUDGEMENT if rule.code == "PF513" else Outcome.REFUSED
            return _open(outcome, points, (rule,), cells)
        found = award(rule, self.compiled(rule), cells, points or Fraction(0), extras, year=year)
        if points is None:
            # Without points nothing can be earned, but whether the target was met is still told.
            return RowResult(
                Outcome.MISSING, None, Award(Outcome.MISSING, None, None, found.comparison), rule, (), cells
            )
        return RowResult(found.outcome, points, found, rule, found.diagnostics, cells)

    def score_budget(self, row: BudgetLine, amount_unit: str | None = None) -> BudgetScore:
        """Score one budget line, or only compute its rate where it carries no points."""
        env, problems = read_amounts(row, amount_unit)
        return BudgetScore(row, self._examine_budget(row, env, problems), env.get("execution_rate"))

    def _examine_budget(self, row: BudgetLine, env: dict[str, Any], problems: tuple[Diagnostic, ...]) -> RowResult:
        points, more = read_points(row.points)
        if problems := (*row.problems, *more, *problems):
            return _open(Outcome.REFUSED, points, problems)
        if points is None:
            return _open(Outcome.MISSING, None, ())
        if "budget" not in env or "expenditure" not in env:
            message = Message("预算行缺全年预算数或全年执行数", "the line lacks the budget or the expenditure")
            return _open(Outcome.MISSING, points, (Diagnostic("PF524", message),))
        rule = self.chooser.choose(Case("budget", name=row.label, sign=_sign(env["budget"])))
        if isinstance(rule, Diagnostic):
            return _open(Outcome.JUDGEMENT, points, (rule,))
        compiled = self.compiled(rule)
        found = (
            Award(Outcome.JUDGEMENT, Fraction(0), points)
            if compiled is None
            else award_budget(rule, compiled, points, env)
        )
        return RowResult(found.outcome, points, found, rule, found.diagnostics)


def _open(
    outcome: Outcome, points: Fraction | None, diagnostics: tuple[Diagnostic, ...], cells: Cells | None = None
) -> RowResult:
    """Nothing is known: the row may earn anything up to its points."""
    award = Award(outcome, None if points is None else Fraction(0), points)
    return RowResult(outcome, points, award, None, diagnostics, cells)


def _zero(points: Fraction | None, cells: Cells) -> RowResult:
    """The ruleset counts a missing actual as nothing achieved."""
    nothing = None if points is None else Fraction(0)
    return RowResult(Outcome.MISSING, points, Award(Outcome.MISSING, nothing, nothing), None, cells.diagnostics, cells)


def _sign(value: Fraction) -> str:
    return "零" if value == 0 else "正" if value > 0 else "负"
