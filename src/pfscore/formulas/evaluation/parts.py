"""The values of all parts of a formula, without the trace that says how they came about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES
from pfscore.formulas.syntax_tree import ARITHMETIC, COMPARISONS, too_large

Value = Fraction | bool | str
#: Computes a part from what was handed in, and adds the value of each of its own parts, and then its own.
Computed = Callable[[Mapping[str, Value], list[Value]], Any]


class NoValue(ArithmeticError):
    """A part has no value; the trace says why."""


def values_of(node: tree.Expr) -> Computed:  # noqa: C901 - one case for each kind of node
    """Return what computes `node` part by part, as a trace has them; it raises where one has no value.

    >>> from pfscore.formulas.formula import parse_formula
    >>> found = []
    >>> compute = values_of(parse_formula("分值 * 60%").body)
    >>> compute({"points": Fraction(10)}, found), found
    (Fraction(6, 1), [Fraction(10, 1), Fraction(3, 5), Fraction(6, 1)])
    """
    match node:
        case tree.Number(value) | tree.Word(value):
            return _combined((), lambda: value)
        case tree.Name(name):
            return _named(name)
        case tree.Minus(operand):
            return _combined((operand,), operator.neg)
        case tree.Arithmetic(ops, operands):
            return _combined(operands, _chain(ops))
        case tree.Compare(ops, operands):
            return _combined(operands, _all_hold(ops))
        case tree.Logic(op, operands):
            return _decided(operands, until=op == "or")
        case tree.Not(operand):
            return _combined((operand,), operator.not_)
        case tree.Conditional(conditions, results):
            return _conditional(conditions, results)
        case tree.Call("require", (condition, result)):
            return _required(condition, result)
        case tree.Call(function, arguments) if function in POLICIES:
            return _policy(function, arguments)
        case tree.Call(function, arguments):
            return _combined(arguments, BUILTINS[function].value)


def _named(name: str) -> Computed:
    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        value = values[name]
        found.append(value)
        return value

    return compute


def _combined(operands: tuple[tree.Expr, ...], combine: Callable[..., Value]) -> Computed:
    parts = tuple(map(values_of, operands))

    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        value = combine(*[part(values, found) for part in parts])
        found.append(value)
        return value

    return compute


def _chain(ops: tuple[str, ...]) -> Callable[..., Value]:
    operations = tuple(ARITHMETIC[op] for op in ops)

    def combine(result: Fraction, *others: Fraction) -> Value:
        for operation, other in zip(operations, others, strict=True):
            result = operation(result, other)
            if too_large(result):
                raise NoValue
        return result

    return combine


def _all_hold(ops: tuple[str, ...]) -> Callable[..., Value]:
    tests = tuple(COMPARISONS[op] for op in ops)
    return lambda *numbers: all(test(*pair) for test, pair in zip(tests, pairwise(numbers), strict=True))


def _decided(operands: tuple[tree.Expr, ...], *, until: bool) -> Computed:
    parts = tuple(map(values_of, operands))

    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        value = not until
        for part in parts:
            value = part(values, found)
            if value is until:
                break
        found.append(value)
        return value

    return compute


def _conditional(conditions: tuple[tree.Expr, ...], results: tuple[tree.Expr, ...]) -> Computed:
    tests, parts = tuple(map(values_of, conditions)), tuple(map(values_of, results))

    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        taken = next((place for place, test in enumerate(tests) if test(values, found)), -1)
        value: Value = parts[taken](values, found)
        found.append(value)
        return value

    return compute


def _required(condition: tree.Expr, result: tree.Expr) -> Computed:
    test, part = values_of(condition), values_of(result)

    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        if not test(values, found):
            raise NoValue
        value: Value = part(values, found)
        found.append(value)
        return value

    return compute


def _policy(function: str, arguments: tuple[tree.Expr, ...]) -> Computed:
    parts, definition = tuple(map(values_of, arguments)), values_of(definition_of(function))
    names = tuple(parameter.en for parameter in POLICIES[function].parameters)

    def compute(values: Mapping[str, Value], found: list[Value]) -> Value:
        given = {name: part(values, found) for name, part in zip(names, parts, strict=True)}
        value: Value = definition(given, found)
        found.append(value)
        return value

    return compute
