"""The scores that a rule can give at all, whatever was achieved: single ones, and ranges to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.formula import Formula
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import RuleInForce, Worth
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import (
    MAX_SCORES,
    ByBands,
    ByChecklist,
    ByFormula,
    ByJudgement,
    ByLevels,
    ByThresholds,
    Way,
)

#: The most scores that a sentence lists.
_LISTED = 8


@dataclass(frozen=True)
class PossibleScores:
    """The scores that a rule can give, the best first."""

    ranges: tuple[Range, ...]

    def __contains__(self, score: Fraction) -> bool:
        return any(score in one for one in self.ranges)

    def text(self) -> Message:
        """List them.

        >>> PossibleScores((Range(Fraction(3), Fraction(4)), Range(Fraction(0), Fraction(0)))).text().zh
        '[3, 4]、0'
        """
        shown = [one.compact() for one in self.ranges]
        if len(shown) > _LISTED:
            shown = [*shown[: _LISTED - 1], "…", shown[-1]]
        return Message("、".join(shown), ", ".join(shown))


def possible_scores(rule: RuleInForce, points: Fraction) -> PossibleScores:
    """Return the scores that `rule` can give for these points; all of them, where its formula does not tell."""
    worth = rule.worth(points)
    found = set(_OF_WAYS[type(rule.way)](rule.way, rule, worth))
    if rule.version.judgement is not None and rule.when is not None:
        found |= set(_judged(rule, worth))
    most = worth.most
    kept = {
        Range(one.low, most if one.high is None else min(one.high, most)) for one in found if (one.low or 0) <= most
    }
    return PossibleScores(tuple(sorted(kept, key=lambda one: (one.high or 0, one.low or 0), reverse=True)))


def _all(worth: Worth) -> list[Range]:
    return [Range(worth.least, worth.most)]


def _shares(ranges: Iterable[Range], worth: Worth) -> list[Range]:
    return [
        Range(worth.at(one.low or Fraction(0)), worth.at(Fraction(1) if one.high is None else one.high))
        for one in ranges
    ]


def _by_formula(_way: ByFormula, rule: RuleInForce, worth: Worth) -> list[Range]:
    return _of_formulas([rule.formula], worth)


def _by_bands(way: ByBands, _rule: RuleInForce, worth: Worth) -> list[Range]:
    rows = way.bands.table
    return [one for row in rows for one in ([row.worth] if row.points is not None else _shares([row.worth], worth))]


def _by_checklist(way: ByChecklist, _rule: RuleInForce, worth: Worth) -> list[Range]:
    return [Range(worth.least + score, worth.least + score) for score in way.scores]


def _by_judgement(_way: ByJudgement, rule: RuleInForce, worth: Worth) -> list[Range]:
    return _judged(rule, worth)


def _judged(rule: RuleInForce, worth: Worth) -> list[Range]:
    judgement = rule.version.judgement
    if judgement is None or judgement.low is None:
        shares = [] if judgement is None or judgement.share is None else [judgement.share]
        full = [Range(worth.most, worth.most)] if judgement is not None and judgement.full_when_met else []
        return [*full, *_shares(shares, worth)] or _all(worth)
    return _of_formulas(rule.bounds or (), worth)


def _of_formulas(formulas: Sequence[Formula | None], worth: Worth) -> list[Range]:
    scores: set[Fraction] = set()
    for formula in formulas:
        found = None if formula is None else _values(formula.body, worth.points)
        if found is None or len(found) > MAX_SCORES:
            return _all(worth)
        scores |= {min(max(score, worth.least), worth.most) for score in found}
    return [Range(score, score) for score in scores]


def _values(node: tree.Expr, points: Fraction) -> set[Fraction] | None:
    """Return every value that a part of a formula can have; `None` where they cannot be listed."""
    match node:
        case tree.Number(value=value):
            return {value}
        case tree.Name(name="points"):
            return {points}
        case tree.Minus(operand):
            values = _values(operand, points)
            return None if values is None else {-value for value in values}
        case tree.Conditional(results=results):
            return _joined([_values(one, points) for one in results])
        case tree.Arithmetic(ops, operands):
            return _computed(ops, [_values(one, points) for one in operands])
        case tree.Call(function="all_or_nothing"):
            return {Fraction(0), Fraction(1)}
        case tree.Call(function="deduct_to_zero", arguments=(score, less)):
            before, taken = _values(score, points), _steps(less, points)
            if before is None or taken is None:
                return None
            return {max(Fraction(0), one - other) for one in before for other in taken}
    return None


def _steps(node: tree.Expr, points: Fraction) -> set[Fraction] | None:
    """Return what step by step can be taken off."""
    match node:
        case tree.Call(
            function="step_deduction" | "two_sided_step_deduction", arguments=(_, _, take, tree.Word(word=partial))
        ):
            step = _values(take, points)
            if partial == "exact" or step is None or len(step) != 1 or not (each := step.pop()):
                return None
            return {each * count for count in range(min(int(points / each) + 2, MAX_SCORES))}
    return _values(node, points)


def _joined(found: Sequence[set[Fraction] | None]) -> set[Fraction] | None:
    return None if any(one is None for one in found) else set().union(*(one or set() for one in found))


def _computed(ops: Sequence[str], found: Sequence[set[Fraction] | None]) -> set[Fraction] | None:
    """Compute every combination of the values of two or more operands."""
    known = [one for one in found if one is not None]
    if len(known) < len(found) or reduce(lambda count, one: count * len(one), known, 1) > MAX_SCORES:
        return None
    values = known[0]
    for op, more in zip(ops, known[1:], strict=True):
        if op == "/" and Fraction(0) in more:
            return None
        values = {_OPERATIONS[op](one, other) for one in values for other in more}
    return values


_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}
#: The scores that each way can give.
_OF_WAYS: Mapping[type[Way], Callable[[Any, RuleInForce, Worth], list[Range]]] = {
    ByFormula: _by_formula,
    ByLevels: lambda way, _rule, worth: _shares((row.share for row in way.rows), worth),
    ByBands: _by_bands,
    ByThresholds: lambda way, _rule, worth: _shares((row.share for row in way.rows), worth),
    ByChecklist: _by_checklist,
    ByJudgement: _by_judgement,
}
