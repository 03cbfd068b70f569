"""A second opinion: the naive evaluator, and a replay of traces. Neither knows the engine's evaluators."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.evaluation.trace import Step
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import POLICIES

SIGNS: dict[str, Any] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, ">": operator.gt,
    "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


def half_up(number: Fraction, digits: Fraction = Fraction(0)) -> Fraction:
    """Round a tie away from zero."""
    whole = math.floor(abs(number) * 10 ** int(digits) + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10 ** int(digits))


CALLS: dict[str, Any] = {
    "min": min, "max": max, "abs": abs, "round": half_up,
    "floor": lambda x: Fraction(math.floor(x)), "ceil": lambda x: Fraction(math.ceil(x)),
}  # fmt: skip


def naive(node: tree.Expr, env: Mapping[str, Any]) -> Any:
    """Compute `node`; ZeroDivisionError and AssertionError where there is no result."""
    if isinstance(node, tree.Number):
        return node.value
    if isinstance(node, tree.Word):
        return node.word
    if isinstance(node, tree.Name):
        return env[node.name]
    if isinstance(node, tree.Conditional):
        for condition, result in zip(node.conditions, node.results, strict=False):
            if naive(condition, env):
                return naive(result, env)
        return naive(node.results[-1], env)
    if isinstance(node, tree.Logic):
        return (any if node.op == "or" else all)(naive(part, env) for part in node.operands)
    if isinstance(node, tree.Call) and node.function == "require":
        assert naive(node.arguments[0], env)
        return naive(node.arguments[1], env)
    parts = [naive(part, env) for part in tree.children(node)]
    return apply(node, parts, env)


def apply(node: tree.Expr, parts: list[Any], env: Mapping[str, Any]) -> Any:
    """Compute a node from its parts."""
    if isinstance(node, tree.Minus):
        return -parts[0]
    if isinstance(node, tree.Not):
        return not parts[0]
    if isinstance(node, tree.Arithmetic):
        total = parts[0]
        for sign, part in zip(node.ops, parts[1:], strict=True):
            total = SIGNS[sign](total, part)
        return total
    if isinstance(node, tree.Compare):
        return all(SIGNS[sign](a, b) for sign, a, b in zip(node.ops, parts, parts[1:], strict=False))
    assert isinstance(node, tree.Call)
    if node.function in POLICIES:
        parameters = [parameter.en for parameter in POLICIES[node.function].parameters]
        return naive(definition_of(node.function), dict(zip(parameters, parts, strict=True)))
    return CALLS[node.function](*parts)


def replay(step: Step) -> Any:
    """Compute a step from the steps below it, down to what was handed in."""
    if not step.steps:
        return step.value
    parts = [replay(part) for part in step.steps]
    signs = step.op.split(" ")
    match step.kind:
        case "arithmetic" if len(parts) > 1:
            total = parts[0]
            for sign, part in zip(signs, parts[1:], strict=True):
                total = SIGNS[sign](total, part)
            return total
        case "arithmetic":
            return -parts[0]
        case "comparison":
            return all(SIGNS[sign](a, b) for sign, a, b in zip(signs, parts, parts[1:], strict=False))
        case "logic":
            return not parts[0] if step.op == "not" else (any if step.op == "or" else all)(parts)
        case "conditional":
            assert [one.taken for one in step.steps[:-1]] == parts[:-1]
            assert not any(parts[:-2])
            return parts[-1]
        case "call" if step.op != "require":
            return CALLS[step.op](*parts)
    return parts[-1]
