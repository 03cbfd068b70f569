"""Whether a formula rises or falls as the achieved value grows, seen from its parts.

A rounding keeps the order of numbers however many steps it has, so a formula of which not every step can be looked at
may still be known to rise. Nothing is computed here but constants.

>>> from pfscore.formulas.formula import parse_formula
>>> from pfscore.formulas.proofs.pieces import Setting
>>> way_of(parse_formula("分值 * min(四舍五入(完成率, 9), 1)").body, Setting("higher"))
1
"""

from __future__ import annotations

from fractions import Fraction

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.formulas.formula import Formula, definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Follows
from pfscore.formulas.proofs.pieces import Setting
from pfscore.foundation.errors import PfscoreError

_RATES = frozenset({"completion", "execution_rate", "deviation_rate"})
_MOVING = frozenset({"actual", "expenditure", "met"}) | _RATES


def way_of(node: tree.Expr, setting: Setting) -> int | None:
    """Return 1 for what never falls, -1 for what never rises, 0 for a constant, `None` where that is not seen."""
    match node:
        case tree.Number():
            return 0
        case tree.Name(name):
            return _of_name(name, setting)
        case tree.Minus(operand):
            return _turned(way_of(operand, setting))
        case tree.Arithmetic(ops, operands) if ops[0] in "+-":
            first, *others = (way_of(operand, setting) for operand in operands)
            ways = [first, *(_turned(way) if op == "-" else way for op, way in zip(ops, others, strict=True))]
            return _shared(ways)
        case tree.Arithmetic():
            return _of_product(node, setting)
        case tree.Conditional(conditions, results):
            truths = [*map(_truth, conditions), True]
            return None if None in truths else way_of(results[truths.index(True)], setting)
        case tree.Call(function, arguments) if function in POLICIES:
            names = (parameter.en for parameter in POLICIES[function].parameters)
            return way_of(tree.with_names(definition_of(function), dict(zip(names, arguments, strict=True))), setting)
        case tree.Call(function, arguments) if function in BUILTINS:
            return _of_call(BUILTINS[function].direction, [way_of(argument, setting) for argument in arguments])
    return None


def _of_call(direction: Follows, ways: list[int | None]) -> int | None:
    if direction is Follows.ALL:
        return _shared(ways)
    if set(ways[1:]) <= {0} and (ways[0] == 0 or direction is Follows.FIRST):
        return ways[0]
    return None


def _of_name(name: str, setting: Setting) -> int | None:
    if name not in _MOVING or name in setting.values:
        return 0
    if name in _RATES:
        return None if not setting.target else 1 if setting.target > 0 else -1
    return None if name == "met" else 1


def _turned(way: int | None) -> int | None:
    return None if way is None else -way


def _shared(ways: list[int | None]) -> int | None:
    """Return the way that all have which are no constants."""
    found = {way for way in ways if way != 0}
    return None if len(found) > 1 else next(iter(found), 0)


def _of_product(node: tree.Arithmetic, setting: Setting) -> int | None:
    """Return the way of a product or a quotient of which only one factor above the bar moves."""
    ways = [way_of(operand, setting) for operand in node.operands]
    moving = [index for index, way in enumerate(ways) if way != 0]
    if not moving:
        return 0
    if len(moving) > 1 or (moving[0] > 0 and node.ops[moving[0] - 1] == "/"):
        return None
    way = ways[moving[0]]
    for index, operand in enumerate(node.operands):
        if index not in moving:
            value = _value(operand, setting)
            if value is None or value == 0:
                return None if value is None else 0
            way = way if value > 0 else _turned(way)
    return way


def _value(node: tree.Expr, setting: Setting) -> Fraction | None:
    """Return the value of a constant."""
    try:
        return Compiled(Formula("", node)).run(setting.env(setting.edges()[0]))
    except PfscoreError:
        return None


def _truth(condition: tree.Expr) -> bool | None:
    """Return whether a condition on the options of a policy holds; `None` for every other condition."""
    match condition:
        case tree.Compare(("=",), (tree.Word(one), tree.Word(other))):
            return one == other
    return None
