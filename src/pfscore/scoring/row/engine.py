"""Examine one row under one edition: read its cells, choose the rule, award the points, or say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pfscore.cells.indicator_names import plain_name
from pfscore.forms.form import BudgetLine, Indicator
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Severity, Span
from pfscore.foundation.errors import ExpressionError, RulesetError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.edition import Edition, RuleInForce
from pfscore.scoring.row.awarding import NO_EXTRAS, Award, Extras, award, award_budget, deducted
from pfscore.scoring.row.fixed_by_ruleset import Given
from pfscore.scoring.row.inputs import read_amounts, read_extras, read_points
from pfscore.scoring.row.judgement import settled
from pfscore.scoring.row.readings_of_row import Cells, Outcome, read_cells
from pfscore.scoring.row.result import RowResult
from pfscore.scoring.row.rule_choice import Case, Chooser, case_of, sign_of
from pfscore.scoring.scores import BudgetScore, IndicatorScore

Number = str | int | Decimal | Fraction | None


class Engine:
    """One edition, compiled once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.chooser = Chooser(edition)
        self.given = Given(edition)
        self.borrow = bool(edition.terms.get("borrow_unit"))
        self._compiled = _compiled(edition)

    def compiled(self, rule: RuleInForce) -> Compiled | None:
        """Return the rule's formula, ready to be computed; the code for it is made on first use."""
        return self._compiled[rule.id]

    def score(self, row: Indicator, *, year: int | None = None, peers: Extras = NO_EXTRAS) -> IndicatorScore:
        """Score one indicator row; `peers` are facts about the row's block."""
        return IndicatorScore(row, self._examine(row, year, peers))

    def _examine(self, row: Indicator, year: int | None, peers: Extras) -> RowResult:
        extras, problems = read_extras(row, peers)
        completed = self.given.complete(row, extras)
        row = completed.row
        points, more = read_points(row.points)
        cells = read_cells(row.full_target, row.comparator, row.unit, row.actual, borrow=self.borrow)
        if completed.assumptions:
            cells = replace(cells, assumptions=(*completed.assumptions, *cells.assumptions))
        if problems := (*row.problems, *problems, *more):
            return _open(Outcome.REFUSED, points, (*problems, *_read_as_blank(cells.diagnostics, row)), cells)
        if cells.outcome is Outcome.NOT_APPLICABLE:
            return self._not_applicable(row, points, cells)
        if cells.target is None or cells.actual is None or cells.outcome is not Outcome.SCORED:
            return self._unread(row, points, cells)
        found = self._scored(row, points, cells, extras, year)
        if completed.diagnostics:
            found = replace(found, diagnostics=(*completed.diagnostics, *found.diagnostics))
        return found

    def _scored(
        self, row: Indicator, points: Fraction | None, cells: Cells, extras: Extras, year: int | None
    ) -> RowResult:
        if cells.target is None or cells.actual is None:
            raise ValueError("a row without readings is not scored")
        graded, relates = extras.thresholds is not None, self.chooser.relates
        case = case_of(cells.target, cells.actual, row.path, row.name, relates=relates, graded=graded)
        rule = self.chooser.choose(case)
        if isinstance(rule, Diagnostic):
            if rule.code != "PF513" or points is None:
                return _open(Outcome.REFUSED if points is not None else Outcome.MISSING, points, (rule,), cells)
            found = settled(Award(Outcome.JUDGEMENT, Fraction(0), points, diagnostics=(rule,)), None, points, extras)
            return RowResult(found.outcome, points, found, None, found.diagnostics, cells)
        found = award(rule, self.compiled(rule), cells, points or Fraction(0), extras, year=year)
        if points is None:
            # Without points nothing can be earned, but whether the target was met is still told.
            bare = Award(Outcome.MISSING, None, None, found.comparison)
            return RowResult(Outcome.MISSING, None, bare, rule, (), cells)
        found, problems = self._deducted(rule, settled(found, rule, points, extras), extras)
        return RowResult(found.outcome, points, found, rule, problems, cells)

    def _deducted(self, rule: RuleInForce, found: Award, extras: Extras) -> tuple[Award, tuple[Diagnostic, ...]]:
        """Take off what a person deducts, where the form's terms provide for it and the formula has not done so."""
        if not extras.deduction or "deduction" in _names(rule):
            return found, found.diagnostics
        if self.edition.terms.get("deduction"):
            return deducted(found, extras), found.diagnostics
        return found, (*found.diagnostics, _no_deduction(extras.deduction))

    def _not_applicable(self, row: Indicator, points: Fraction | None, cells: Cells) -> RowResult:
        """Say what becomes of a row that does not apply: as its own rule says, else as the form's terms say."""
        rule = self.chooser.treating("not_applicable", row.path, row.name)
        treatment = self.edition.terms.get("not_applicable") if rule is None else rule.version.not_applicable
        earned = points if treatment == "full" else None
        found = Award(Outcome.NOT_APPLICABLE, earned, earned, treatment=treatment)
        return RowResult(Outcome.NOT_APPLICABLE, points, found, rule, (), cells)

    def _unread(self, row: Indicator, points: Fraction | None, cells: Cells) -> RowResult:
        """Say what becomes of a row with a blank or damaged cell."""
        if cells.outcome is Outcome.MISSING:
            rule = self.chooser.treating("missing", row.path, row.name)
            if (self.edition.terms.get("missing") if rule is None else rule.version.missing) == "zero":
                return replace(_zero(points, cells), rule_in_force=rule)
        return _open(cells.outcome, points, cells.diagnostics, cells)

    def score_budget(self, row: BudgetLine, amount_unit: str | None = None) -> BudgetScore:
        """Score one budget line, or only compute its rate where it carries no points."""
        env, problems = read_amounts(row, amount_unit)
        return BudgetScore(row, self._examine_budget(row, env, problems), env.get("execution_rate"))

    def _examine_budget(self, row: BudgetLine, env: dict[str, Any], problems: tuple[Diagnostic, ...]) -> RowResult:
        points, more = read_points(row.points)
        extras, further = read_extras(row, NO_EXTRAS)
        if problems := (*row.problems, *more, *problems, *further):
            return _open(Outcome.REFUSED, points, problems)
        if points is None:
            return _open(Outcome.MISSING, None, ())
        base = env.get("budget", env.get("initial"))
        if base is None:
            return _open(Outcome.MISSING, points, (_lacking(("budget",)),))
        rule = self.chooser.choose(Case("budget", name=plain_name(row.label), sign=sign_of(base)))
        if isinstance(rule, Diagnostic):
            return _open(Outcome.JUDGEMENT, points, (rule,))
        # A form may print only the initial budget, or only the adjusted one; what the rule uses has to be there.
        needed = {part for name in _names(rule) for part in _AMOUNTS.get(name, ())} or {"expenditure"}
        if missing := [name for name in ("initial", "budget", "expenditure") if name in needed and name not in env]:
            return _open(Outcome.MISSING, points, (_lacking(missing),))
        found = settled(award_budget(rule, self.compiled(rule), points, env, extras), rule, points, extras)
        found, problems = self._deducted(rule, found, extras)
        return RowResult(found.outcome, points, found, rule, problems)


#: What is said about a blank cell.
_BLANK = {"PF511": "actual", "PF512": "target"}


def _read_as_blank(found: Sequence[Diagnostic], row: Indicator) -> list[Diagnostic]:
    """Leave out that a cell is blank where it was written, but wrongly; that is said already."""
    unread = row.unread | ({"target"} if "targets" in row.unread else set())
    return [one for one in found if _BLANK.get(one.code) not in unread]


def _compiled(edition: Edition) -> dict[str, Compiled | None]:
    """Prepare the formulas of an edition; what their constants make impossible is refused before any row (PF421)."""
    found: dict[str, Compiled | None] = {}
    problems: list[Diagnostic] = []
    known: dict[int, Compiled] = {}  # rules with the same formula share one
    for rule in edition.rules:
        formula = rule.formula
        try:
            if formula is not None and id(formula) not in known:
                known[id(formula)] = compile_formula(formula)
            found[rule.id] = None if formula is None else known[id(formula)]
        except ExpressionError as error:
            problems += (replace(one, span=rule.span) for one in error.diagnostics)
    if problems:
        raise RulesetError(problems)
    return found


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


#: What a budget line must give for a formula to use these names.
_AMOUNTS: dict[str, tuple[str, ...]] = {
    "initial": ("initial",),
    "budget": ("budget",),
    "target": ("budget",),
    "expenditure": ("expenditure",),
    "actual": ("expenditure",),
    "met": ("budget", "expenditure"),
    **dict.fromkeys(("execution_rate", "completion", "deviation_rate"), ("budget", "expenditure")),
}


def _names(rule: RuleInForce) -> set[str]:
    """Return the names that a rule's formulas use."""
    formulas = (rule.formula, rule.when, *(rule.bounds or ()))
    return {name for formula in formulas if formula is not None for name in formula.names}


def _lacking(names: Sequence[str]) -> Diagnostic:
    zh = "、".join(CELL_NAMES[name].zh for name in names)
    en = " and ".join(f"the {CELL_NAMES[name].en}" for name in names)
    return Diagnostic("PF524", Message(f"预算行缺{zh}", f"the line lacks {en}"), None, Span(cell=names[0]))


def _no_deduction(deduction: Fraction) -> Diagnostic:
    shown = decimal_text(deduction)
    return Diagnostic(
        "PF534",
        Message(
            f"填了扣减 {shown} 分，但规则集没有许可人工扣减，没有扣", f"the ruleset allows no deduction of {shown}"
        ),
        Message("许可的，在规则集的 form 里写 deduction: 是", "to allow it, say `deduction: 是` under `form`"),
        severity=Severity.WARNING,
    )
