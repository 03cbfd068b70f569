"""When a proof for one target and one number of points holds for all of them.

A formula is *homogeneous* in some names if multiplying their values by any positive factor multiplies its result by
a fixed power of the factor, and changes no decision. `分值 * min(完成值 / 指标值, 1)` gives twice the points for
twice the 分值, and the same points for twice the 完成值 and 指标值: so what holds for 分值 = 1 and 指标值 = 1 holds
for every positive 分值 and 指标值. `分值 - 逐级扣分(…, 扣=0.5, …)` is not homogeneous in 分值: 0.5 stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Follows

#: Names that are measured in the unit of the row, or in money.
_QUANTITIES = ("actual", "target", "low", "high", "baseline", "budget", "expenditure", "initial")
#: Names that are measured in points.
POINTS = ("points", "deduction", "block_points")


class _NotHomogeneous(Exception):
    """The formula mixes what is multiplied with what is not."""


def scales_with_points(body: tree.Expr) -> bool:
    """Return whether twice the points give twice the result, everything else being equal.

    >>> from pfscore.formulas.formula import parse_formula
    >>> scales_with_points(parse_formula("分值 * min(完成率, 1)").body)
    True
    >>> scales_with_points(parse_formula("max(分值 - 0.5, 0)").body)
    False
    """
    return _power(body, dict.fromkeys(POINTS, 1)) in {1, None}


def scales_with_target(body: tree.Expr) -> bool:
    """Return whether twice the target and twice the actual give the same result."""
    return _power(body, dict.fromkeys(_QUANTITIES, 1)) in {0, None}


def _power(body: tree.Expr, powers: Mapping[str, int | None]) -> int | None:
    try:
        return power(body, powers)
    except _NotHomogeneous:
        return -1


def power(node: tree.Expr, powers: Mapping[str, int | None]) -> int | None:  # noqa: C901 - one case for each kind of node
    """Return the power of the factor in the result; `None` for a result of zero, which has every power.

    Truth values and words have the power 0.

    Raises:
        _NotHomogeneous: where there is no such power.
    """
    match node:
        case tree.Number(value):
            return 0 if value else None
        case tree.Word() | tree.Name("met"):
            return 0
        case tree.Name(name):
            return powers.get(name, 0)
        case tree.Minus(operand):
            return power(operand, powers)
        case tree.Arithmetic(ops, operands) if ops[0] in "*/":
            return _product(ops, [power(operand, powers) for operand in operands])
        case tree.Arithmetic() | tree.Compare():
            shared = _shared([power(operand, powers) for operand in tree.children(node)])
            return shared if isinstance(node, tree.Arithmetic) else 0
        case tree.Logic() | tree.Not():
            return _shared([power(operand, powers) for operand in tree.children(node)])
        case tree.Conditional(conditions, results):
            for condition in conditions:
                power(condition, powers)
            return _shared([power(result, powers) for result in results])
        case tree.Call("require", (condition, result)):
            power(condition, powers)
            return power(result, powers)
        case tree.Call(function, arguments) if function in POLICIES:
            return power(definition_of(function), POLICIES[function].bound(power(part, powers) for part in arguments))
        case tree.Call(function, arguments):
            first, *others = found = [power(argument, powers) for argument in arguments]
            match BUILTINS[function].power:
                case Follows.ALL:
                    return _shared(found)
                case Follows.FIRST if set(others) <= {0, None}:
                    return first
                case Follows.NONE if set(found) <= {0, None}:
                    return first
    raise _NotHomogeneous


def _product(ops: tuple[str, ...], found: list[int | None]) -> int | None:
    total = found[0]
    for op, one in zip(ops, found[1:], strict=True):
        if total is None or one is None:
            total = None
        else:
            total += one if op == "*" else -one
    return total


def _shared(found: list[int | None]) -> int | None:
    """Return the one power that all have; zeros agree with any."""
    powers = {one for one in found if one is not None}
    if len(powers) > 1:
        raise _NotHomogeneous
    return powers.pop() if powers else None
