"""Explanations that the ruleset asks for, and the form does not give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.checks.claims import is_reason
from pfscore.auditing.finding import Finding
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.formulas.formula import parse_condition
from pfscore.foundation.errors import ScoringError
from pfscore.rulesets.model.form_terms import Explanation
from pfscore.scoring.row.awarding.award import Value


def explanations(case: Case) -> Iterator[Finding]:
    """PF738: a row for which the ruleset asks an explanation has none in its note."""
    asked: tuple[Explanation, ...] = case.term("explanations") or ()
    for explanation in asked:
        condition = _condition(explanation.when)
        rows: tuple[Line | Row, ...] = tuple(case.lines if explanation.row == "budget" else case.rows)
        for one in rows:
            values = _of_line(one) if isinstance(one, Line) else _of_row(one)
            note = one.line.note if isinstance(one, Line) else one.indicator.note
            if _holds(condition, values) and not is_reason(note or ""):
                yield case.finding("PF738", one, "note", about=explanation.about, reason=explanation.when)


@lru_cache(maxsize=256)
def _condition(text: str) -> Compiled:
    return compile_formula(parse_condition(text))


def _holds(condition: Compiled, values: Mapping[str, Value]) -> bool:
    """Return whether a condition holds; where a number is missing or cannot be computed, nothing is asked."""
    if not set(condition.formula.names) <= set(values):
        return False
    try:
        return condition.test(values)
    except ScoringError:
        return False


def _of_line(line: Line) -> dict[str, Value]:
    amounts = {"initial": line.initial, "budget": line.budget, "expenditure": line.expenditure}
    found: dict[str, Value] = {name: amount for name, amount in amounts.items() if amount is not None}
    if line.executed is not None:
        found["execution_rate"] = line.executed
    return found if line.points is not None else {}


def _of_row(row: Row) -> dict[str, Value]:
    compared = row.comparison
    names = ("target", "actual", "completion", "met", "deviation_rate")
    return {name: value for name in names if (value := getattr(compared, name)) is not None}
