"""Compute a formula on a whole open stretch of the moving number at once, with functions for numbers.

Where the result is no line over a line, or a rounding has too many steps, it becomes a pair of bounds; where the
formula does not depend on that, as under a clamp, it is exact all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES
from pfscore.formulas.proofs.number_line import Cut, Ratio, Stretch

#: The most steps of one rounding that a stretch is cut into at once.
MAX_STEPS = 256

_ZERO = Ratio(Fraction(0))
_ONE = Ratio(Fraction(1))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number on a stretch: between two functions, `None` where nothing is known; exact where they are one."""

    low: Ratio | None
    high: Ratio | None

    @staticmethod
    def exactly(ratio: Ratio) -> Bounds:
        """Return the number that is `ratio`."""
        return Bounds(ratio, ratio)

    @property
    def exact(self) -> Ratio | None:
        """The function, where it is known exactly."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth value on a stretch; `None` where it is not known."""

    value: bool | None


Value = Bounds | Truth | str
UNKNOWN = Bounds(None, None)


class Undefined(Exception):
    """The formula has no result anywhere on the stretch."""


class OnStretch:
    """Computes the parts of a formula on one open stretch.

    A rounding of more than `max_steps` steps gives bounds: lines that go with it, or where `steady` and it never ends,
    its first step. `doubtful` is set where the formula may have no result on a part of the stretch, `beyond` where a
    function came up that is no line over a line: then shorter stretches do not help. `work` counts the parts that
    were computed.
    """

    def __init__(self, stretch: Stretch, max_steps: int = MAX_STEPS, *, steady: bool = False) -> None:
        self.stretch = stretch
        self.max_steps = max_steps
        self.steady = steady
        self.doubtful = False
        self.beyond = False
        self.work = 0

    def number(self, node: tree.Expr, env: Mapping[str, Value]) -> Bounds:
        """Return the number that `node` gives."""
        value = self.value(node, env)
        assert isinstance(value, Bounds)  # noqa: S101 - the kinds were checked when the formula was read
        return value

    def value(self, node: tree.Expr, env: Mapping[str, Value]) -> Value:  # noqa: C901 - one case for each kind of node
        """Return what `node` gives."""
        self.work += 1
        match node:
            case tree.Number(value):
                return Bounds.exactly(Ratio(value))
            case tree.Word(word):
                return word
            case tree.Name(name):
                return env[name]
            case tree.Minus(operand):
                return self.minus(self.number(operand, env))
            case tree.Arithmetic(ops, operands):
                total, *others = (self.number(operand, env) for operand in operands)
                for op, other in zip(ops, others, strict=True):
                    total = self._binary(op, total, other)
                return total
            case tree.Compare(ops, operands):
                values = [self.value(operand, env) for operand in operands]
                return self._all([self._compare(op, a, b) for op, a, b in zip(ops, values, values[1:], strict=False)])
            case tree.Logic(op, operands):
                return Truth(self._logic(op, operands, env))
            case tree.Not(operand):
                truth = self._truth(operand, env)
                return Truth(None if truth is None else not truth)
            case tree.Conditional():
                return self._conditional(node, env)
            case tree.Call("require", (condition, result)):
                return self._require(condition, result, env)
            case tree.Call(function, arguments) if function in POLICIES:
                inner = POLICIES[function].bound(self.value(part, env) for part in arguments)
                return self.value(definition_of(function), inner)
            case tree.Call(function, arguments):
                return self._call(function, [self.number(argument, env) for argument in arguments])

    def _call(self, function: str, numbers: list[Bounds]) -> Bounds:
        bounds: Bounds = BUILTINS[function].bounds(self, *numbers)
        return bounds

    # -- what built-in functions are made of (functions.Bounding) ---------------------------------------------

    def zero(self) -> Bounds:
        """Return zero."""
        return Bounds.exactly(_ZERO)

    def constant(self, x: Bounds) -> Fraction:
        """Return the value of an argument that is written as a number."""
        assert x.exact is not None  # noqa: S101 - a number is exact
        return x.exact.a

    def minus(self, x: Bounds) -> Bounds:
        """Return -x."""
        return Bounds(None if x.high is None else -x.high, None if x.low is None else -x.low)

    def scaled(self, x: Bounds, factor: Fraction) -> Bounds:
        """Return x × factor."""
        return self._times(x, Bounds.exactly(Ratio(factor)))

    def smaller(self, x: Bounds, y: Bounds) -> Bounds:
        """Return the smaller of two numbers."""
        low, high = self._lower(x.low, y.low), self._lower(x.high, y.high)
        if low is None and self._least(x) >= 0 and self._least(y) >= 0:
            low = _ZERO
        if high is None:  # either is a bound
            known = [side for side in (x.high, y.high) if side is not None]
            high = min(known, key=lambda side: not side.is_constant, default=None)
        return Bounds(low, high)

    def nearest(self, x: Bounds, unit: Fraction) -> Bounds:
        """Return x rounded half up, away from zero, to a multiple of `unit`."""
        half = Ratio(unit / 2)
        if (exact := x.exact) is None:
            return Bounds(_sum(x.low, -half), _sum(x.high, half))
        if self.stretch.sign(exact) < 0:
            return self.minus(self.nearest(self.minus(x), unit))
        moved = self._binary("+", x, Bounds.exactly(half))
        return self.scaled(self.floor(self.scaled(moved, 1 / unit)), unit)

    def floor(self, x: Bounds) -> Bounds:
        """Return the largest whole number not above x."""
        if (exact := x.exact) is None:
            return Bounds(_sum(x.low, -_ONE), x.high)
        self.stretch.sign(exact)  # no pole inside
        ends = [exact.limit(end) for end in (self.stretch.left, self.stretch.right)]
        low, high = ends if exact.direction > 0 else ends[::-1]
        if exact.is_constant:
            return Bounds.exactly(Ratio(Fraction(exact.a.__floor__())))
        if low is None or high is None:
            if self.steady and ends[0] is not None:
                # There are endlessly many steps: the first of them, where there is one, holds for all.
                step = Ratio(Fraction(ends[0].__floor__()))
                return Bounds(step, exact) if exact.direction > 0 else Bounds(_sum(exact, -_ONE), step)
            return Bounds(_sum(exact, -_ONE), exact)
        first, end = low.__floor__() + 1, high.__ceil__()
        if end - first > self.max_steps:
            return Bounds(_sum(exact, -_ONE), exact)
        if first < end:
            raise Cut(place for step in range(first, end) for place in exact.places_of(step))
        return Bounds.exactly(Ratio(Fraction(exact.at(self.stretch.sample).__floor__())))

    # -- arithmetic -------------------------------------------------------------------------------------------

    def _binary(self, op: str, x: Bounds, y: Bounds) -> Bounds:
        match op:
            case "+":
                found = Bounds(_sum(x.low, y.low), _sum(x.high, y.high))
                self.beyond = self.beyond or (found.low is None and x.low is not None and y.low is not None)
                return found
            case "-":
                return self._binary("+", x, self.minus(y))
            case "*":
                return self._times(x, y)
        return self._times(x, self._inverse(y))

    def _times(self, x: Bounds, y: Bounds) -> Bounds:
        if x.exact is not None and y.exact is not None:
            if (product := x.exact.times(y.exact)) is not None:
                return Bounds.exactly(product)
            self.beyond = True
            positive = self.stretch.sign(x.exact) * self.stretch.sign(y.exact) > 0
            return Bounds(_ZERO, None) if positive else Bounds(None, _ZERO)
        if y.exact is not None:
            x, y = y, x
        if (factor := x.exact) is None:
            if self._least(x) < 0 or self._least(y) < 0:
                return UNKNOWN
            return Bounds(_product(x.low, y.low) or _ZERO, _product(x.high, y.high))
        sign = self.stretch.sign(factor)
        low, high = _product(factor, y.low), _product(factor, y.high)
        if sign == 0:
            return self.zero()
        if sign < 0:
            low, high = high, low
        if low is None and sign * (self._least(y) if sign > 0 else self._most(y)) >= 0:
            low = _ZERO
        return Bounds(low, high)

    def _inverse(self, x: Bounds) -> Bounds:
        if x.exact is not None:
            if self.stretch.sign(x.exact) == 0:
                raise Undefined
            return Bounds.exactly(x.exact.inverse())
        if self._least(x) > 0 or self._most(x) < 0:
            return Bounds(_ZERO if x.high is None else x.high.inverse(), _ZERO if x.low is None else x.low.inverse())
        self.doubtful = True
        return UNKNOWN

    def _least(self, x: Bounds) -> int:
        """Return the least sign that `x` may have."""
        return -1 if x.low is None else self.stretch.sign(x.low)

    def _most(self, x: Bounds) -> int:
        """Return the greatest sign that `x` may have."""
        return 1 if x.high is None else self.stretch.sign(x.high)

    def _lower(self, x: Ratio | None, y: Ratio | None) -> Ratio | None:
        """Return the lower of two functions; `None` where that is not known."""
        gap = _sum(x, None if y is None else -y)
        if gap is None:
            self.beyond = self.beyond or (x is not None and y is not None)
            return None
        return x if self.stretch.sign(gap) <= 0 else y

    # -- truth values -----------------------------------------------------------------------------------------

    def _compare(self, op: str, x: Value, y: Value) -> bool | None:
        if isinstance(x, str) and isinstance(y, str):
            return (x == y) is (op == "=")
        assert isinstance(x, Bounds)  # noqa: S101 - the kinds were checked when the formula was read
        assert isinstance(y, Bounds)  # noqa: S101
        gap = self._binary("-", x, y) if op in {">", ">=", "=", "!="} else self._binary("-", y, x)
        least, most = self._least(gap), self._most(gap)
        if op in {"=", "!="}:
            same = True if gap.exact is not None and least == 0 else False if least > 0 or most < 0 else None
            return same if same is None or op == "=" else not same
        if op in {">=", "<="}:
            return True if least >= 0 else False if most < 0 else None
        return True if least > 0 else False if most <= 0 else None

    def _all(self, truths: list[bool | None]) -> Truth:
        return Truth(False if False in truths else None if None in truths else True)

    def _truth(self, node: tree.Expr, env: Mapping[str, Value]) -> bool | None:
        value = self.value(node, env)
        return value.value if isinstance(value, Truth) else None

    def _logic(self, op: str, operands: tuple[tree.Expr, ...], env: Mapping[str, Value]) -> bool | None:
        decided, open_ = op == "or", False
        for operand in operands:
            truth = self._perhaps_truth(operand, env) if open_ else self._truth(operand, env)
            if truth is decided:
                return decided if not open_ or not self.doubtful else None
            open_ = open_ or truth is None
        return None if open_ else not decided

    def _perhaps_truth(self, node: tree.Expr, env: Mapping[str, Value]) -> bool | None:
        """Return the truth of a part that may not be looked at at all."""
        try:
            return self._truth(node, env)
        except Undefined:
            self.doubtful = True
            return None

    def _conditional(self, node: tree.Conditional, env: Mapping[str, Value]) -> Value:
        found: list[Value] = []
        for condition, branch in zip(node.conditions, node.results, strict=False):
            truth = self._perhaps_truth(condition, env) if found else self._truth(condition, env)
            if truth is not False:
                self._collect(branch, env, found, certain=truth is True and not found)
            if truth is True:
                return self._either(found)
        self._collect(node.results[-1], env, found, certain=not found)
        return self._either(found)

    def _collect(self, branch: tree.Expr, env: Mapping[str, Value], found: list[Value], *, certain: bool) -> None:
        try:
            found.append(self.value(branch, env))
        except Undefined:
            if certain:
                raise
            self.doubtful = True
            found.append(UNKNOWN)

    def _either(self, found: list[Value]) -> Value:
        """Return what holds for each of several values of which one applies."""
        result = found[0]
        for other in found[1:]:
            if isinstance(result, Bounds) and isinstance(other, Bounds):
                higher = self._lower(*(None if side is None else -side for side in (result.high, other.high)))
                result = Bounds(self._lower(result.low, other.low), None if higher is None else -higher)
            else:
                result = result if result == other else Truth(None)
        return result

    def _require(self, condition: tree.Expr, result: tree.Expr, env: Mapping[str, Value]) -> Value:
        truth = self._truth(condition, env)
        if truth is False:
            raise Undefined
        if truth is None:
            self.doubtful = True
        return self.value(result, env)


def _sum(x: Ratio | None, y: Ratio | None) -> Ratio | None:
    return None if x is None or y is None else x.plus(y)


def _product(x: Ratio | None, y: Ratio | None) -> Ratio | None:
    return None if x is None or y is None else x.times(y)
