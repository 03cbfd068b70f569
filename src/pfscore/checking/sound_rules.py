"""The rules of a ruleset that can be used although others cannot: a check looks at these all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pfscore.formulas.evaluation.compiled import compile_formula
from pfscore.formulas.formula import Formula
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import PfscoreError
from pfscore.rulesets.edition import Edition, Loaded, RuleInForce, readable_edition


def sound_edition(family: Sequence[Loaded], on: date) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """Return what is in force on a day without the rules that are broken, and what is wrong with those.

    Raises:
        RulesetError: where no rule is left.
    """
    current, found = readable_edition(family, on)
    problems = {rule.id: tuple(_uncomputable(rule)) for rule in current.rules}
    sound = tuple(rule for rule in current.rules if not problems[rule.id])
    return replace(current, rules=sound), (*found, *(problem for one in problems.values() for problem in one))


def _uncomputable(rule: RuleInForce) -> Iterator[Diagnostic]:
    """Yield why the formulas of a rule can never be computed."""
    for formula in (rule.formula, rule.when, *(rule.bounds or ())):
        try:
            if formula is not None:
                compile_formula(formula)
        except PfscoreError as error:
            place = _formula_place(rule, formula)
            for one in error.diagnostics:
                column = one.span.column - 1 if one.span is not None and one.span.line <= 1 else 0
                inside = one.span.length if one.span is not None else 1
                yield replace(one, span=replace(place, column=place.column + column, length=inside))


def _formula_place(rule: RuleInForce, formula: Formula | None) -> Span:
    """Return where the text of a rule's formula starts."""
    return rule.place_of("formula") if formula is rule.formula else rule.span
