"""Compute a formula on a whole stretch of the moving number at once, with rational functions for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES
from pfscore.formulas.proofs.number_line import MAX_DEGREE, Cut, Stretch, TooComplex
from pfscore.formulas.proofs.polynomials import Ratio, Root, add, scale
from pfscore.formulas.syntax_tree import (
    Arithmetic,
    Call,
    Compare,
    Conditional,
    Expr,
    Logic,
    Minus,
    Name,
    Not,
    Number,
    Word,
)

#: The most steps of one rounding that a stretch is cut into at once.
MAX_STEPS = 256

ONE = Ratio.constant(1)
ZERO = Ratio.constant(0)


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
    """A truth value on a stretch; `None` where it cannot be told."""

    value: bool | None


Value = Bounds | Truth | str
UNKNOWN = Bounds(None, None)


class Undefined(Exception):
    """The formula has no result anywhere on the stretch."""


class OnStretch:
    """Computes the parts of a formula on one stretch.

    A rounding of more than `max_steps` steps gives bounds: lines that go with it, or where `steady` and it never ends,
    its first step. `doubtful` is set where the formula may have no result on a
    part of the stretch, and that cannot be told. `work` counts the parts that were computed.
    """

    def __init__(self, stretch: Stretch, max_steps: int = MAX_STEPS, *, steady: bool = False) -> None:
        self.stretch = stretch
        self.max_steps = max_steps
        self.steady = steady
        self.doubtful = False
        self.work = 0

    def number(self, node: Expr, env: Mapping[str, Value]) -> Bounds:
        """Return the number that `node` gives."""
        value = self.value(node, env)
        if not isinstance(value, Bounds):
            raise TooComplex
        return value

    def value(self, node: Expr, env: Mapping[str, Value]) -> Value:  # noqa: C901 - one case for each kind of node
        """Return what `node` gives."""
        self.work += 1
        match node:
            case Number(value):
                return Bounds.exactly(Ratio.constant(value))
            case Word(word):
                return word
            case Name(name):
                return env[name]
            case Minus(operand):
                return self.minus(self.number(operand, env))
            case Arithmetic(ops, operands):
                total, *others = (self.number(operand, env) for operand in operands)
                for op, other in zip(ops, others, strict=True):
                    total = self._binary(op, total, other)
                return total
            case Compare(ops, operands):
                values = [self.value(operand, env) for operand in operands]
                return self._all([self._compare(op, a, b) for op, a, b in zip(ops, values, values[1:], strict=False)])
            case Logic(op, operands):
                return Truth(self._logic(op, operands, env))
            case Not(operand):
                truth = self._truth(operand, env)
                return Truth(None if truth is None else not truth)
            case Conditional():
                return self._conditional(node, env)
            case Call("require", (condition, result)):
                return self._require(condition, result, env)
            case Call(function, arguments) if function in POLICIES:
                names = (parameter.en for parameter in POLICIES[function].parameters)
                inner = {name: self.value(part, env) for name, part in zip(names, arguments, strict=True)}
                return self.value(definition_of(function), inner)
            case Call(function, arguments):
                return self._call(function, [self.number(argument, env) for argument in arguments])

    # -- arithmetic -------------------------------------------------------------------------------------------

    def minus(self, x: Bounds) -> Bounds:
        """Return -x."""
        return Bounds(None if x.high is None else -x.high, None if x.low is None else -x.low)

    def _binary(self, op: str, x: Bounds, y: Bounds) -> Bounds:
        match op:
            case "+":
                return _checked(Bounds(_plus(x.low, y.low), _plus(x.high, y.high)))
            case "-":
                return self._binary("+", x, self.minus(y))
            case "*":
                return _checked(self._times(x, y))
        return _checked(self._times(x, self._inverse(y)))

    def _times(self, x: Bounds, y: Bounds) -> Bounds:
        if (a := x.exact) is not None and (b := y.exact) is not None:
            return Bounds.exactly(a * b)
        if y.exact is not None:
            x, y = y, x
        if (factor := x.exact) is None:
            if self._least(x) < 0 or self._least(y) < 0:
                return UNKNOWN
            return Bounds(_product(x.low, y.low), _product(x.high, y.high))
        sign = self.stretch.sign(factor)
        low, high = _product(factor, y.low), _product(factor, y.high)
        if sign == 0:
            return Bounds.exactly(ZERO)
        return Bounds(low, high) if sign > 0 else Bounds(high, low)

    def _inverse(self, x: Bounds) -> Bounds:
        if (exact := x.exact) is not None:
            if self.stretch.sign(exact) == 0:
                raise Undefined
            return Bounds.exactly(ONE / exact)
        if self._least(x) > 0 or self._most(x) < 0:
            return Bounds(ZERO if x.high is None else ONE / x.high, ZERO if x.low is None else ONE / x.low)
        self.doubtful = True
        return UNKNOWN

    def _least(self, x: Bounds) -> int:
        """Return the least sign that `x` may have."""
        return -1 if x.low is None else self.stretch.sign(x.low)

    def _most(self, x: Bounds) -> int:
        """Return the greatest sign that `x` may have."""
        return 1 if x.high is None else self.stretch.sign(x.high)

    # -- truth values -----------------------------------------------------------------------------------------

    def _compare(self, op: str, x: Value, y: Value) -> bool | None:
        if isinstance(x, str) and isinstance(y, str):
            return (x == y) is (op == "=")
        if not (isinstance(x, Bounds) and isinstance(y, Bounds)):
            raise TooComplex
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

    def _truth(self, node: Expr, env: Mapping[str, Value]) -> bool | None:
        value = self.value(node, env)
        return value.value if isinstance(value, Truth) else None

    def _logic(self, op: str, operands: tuple[Expr, ...], env: Mapping[str, Value]) -> bool | None:
        decided, open_ = op == "or", False
        for operand in operands:
            truth = self._perhaps_truth(operand, env) if open_ else self._truth(operand, env)
            if truth is decided:
                return decided if not open_ or not self.doubtful else None
            open_ = open_ or truth is None
        return None if open_ else not decided

    def _perhaps_truth(self, node: Expr, env: Mapping[str, Value]) -> bool | None:
        """Return the truth of a part that may not be looked at at all."""
        try:
            return self._truth(node, env)
        except Undefined:
            self.doubtful = True
            return None

    def _conditional(self, node: Conditional, env: Mapping[str, Value]) -> Value:
        found: list[Value] = []
        for condition, branch in zip(node.conditions, node.results, strict=False):
            truth = self._perhaps_truth(condition, env) if found else self._truth(condition, env)
            if truth is not False:
                self._collect(branch, env, found, certain=truth is True and not found)
            if truth is True:
                return self._either(found)
        self._collect(node.results[-1], env, found, certain=not found)
        return self._either(found)

    def _collect(self, branch: Expr, env: Mapping[str, Value], found: list[Value], *, certain: bool) -> None:
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
                result = Bounds(self._lower(result.low, other.low), self._upper(result.high, other.high))
            elif isinstance(result, Truth) and isinstance(other, Truth):
                result = result if result == other else Truth(None)
            else:
                raise TooComplex
        return result

    def _require(self, condition: Expr, result: Expr, env: Mapping[str, Value]) -> Value:
        truth = self._truth(condition, env)
        if truth is False:
            raise Undefined
        if truth is None:
            self.doubtful = True
        return self.value(result, env)

    # -- functions --------------------------------------------------------------------------------------------

    def _lower(self, x: Ratio | None, y: Ratio | None) -> Ratio | None:
        if x is None or y is None:
            return None
        return x if self.stretch.sign(x - y) <= 0 else y

    def _upper(self, x: Ratio | None, y: Ratio | None) -> Ratio | None:
        if x is None or y is None:
            return None
        return x if self.stretch.sign(x - y) >= 0 else y

    def smaller(self, x: Bounds, y: Bounds) -> Bounds:
        """Return the smaller of two numbers."""
        high = x.high if y.high is None else y.high if x.high is None else self._lower(x.high, y.high)
        return Bounds(self._lower(x.low, y.low), high)

    def _call(self, function: str, numbers: list[Bounds]) -> Bounds:
        bounds: Bounds = BUILTINS[function].bounds(self, *numbers)
        return bounds

    def scaled(self, x: Bounds, factor: Fraction) -> Bounds:
        """Return x × factor."""
        return self._times(x, Bounds.exactly(Ratio.constant(factor)))

    def constant(self, x: Bounds) -> Fraction:
        """Return the value of an argument that is written as a number."""
        if x.exact is None or x.exact.degree > 0:
            raise TooComplex
        return x.exact.at(Fraction(0))

    def zero(self) -> Bounds:
        """Return zero."""
        return Bounds.exactly(ZERO)

    def nearest(self, x: Bounds, unit: Fraction) -> Bounds:
        """Return x rounded half up, away from zero, to a multiple of `unit`."""
        exact, size = x.exact, Ratio.constant(unit)
        half = Ratio.constant(unit / 2)
        if exact is None:
            return Bounds(None if x.low is None else x.low - half, _plus(x.high, half))
        if self.stretch.sign(exact) < 0:
            return self.minus(self.nearest(Bounds.exactly(-exact), unit))
        return self._times(self.floor(Bounds.exactly((exact + half) / size)), Bounds.exactly(size))

    def floor(self, x: Bounds) -> Bounds:
        """Return the largest whole number not above x."""
        exact = x.exact
        if exact is None:
            return Bounds(None if x.low is None else x.low - ONE, x.high)
        steps = self._steps(exact)
        if steps is None and self.steady:
            return self._floor_without_end(exact)
        if steps is None or steps[1] - steps[0] >= self.max_steps:
            return Bounds(exact - ONE, exact)
        first, last = steps
        if first <= last:
            tops = (add(exact.top, scale(exact.bottom, Fraction(-step))) for step in range(first, last + 1))
            raise Cut(root for top in tops for root in self.stretch.roots_of(top))
        return Bounds.exactly(Ratio.constant(self._whole_here(exact)))

    def _floor_without_end(self, exact: Ratio) -> Bounds:
        """Return bounds where there are endlessly many steps: the first of them, where there is one, holds for all."""
        rising = self.stretch.sign(exact.slope()) > 0
        left = _limit(exact, self.stretch.left) if self.stretch.left is not None else None
        if left is None:
            return Bounds(exact - ONE, exact)
        first = Ratio.constant(left[0])
        return Bounds(first, exact) if rising else Bounds(exact - ONE, first)

    def _whole_here(self, ratio: Ratio) -> int:
        """Return the whole part of a function that crosses no whole number on the stretch."""
        point = self.stretch.point
        if point is None or point.exact is not None:
            return ratio.at(self.stretch.sample()).__floor__()
        return _whole_at(ratio, point)[0]

    def _steps(self, ratio: Ratio) -> tuple[int, int] | None:
        """Return the first and last whole number that a function takes strictly inside; `None` for endlessly many.

        Where it takes none, the first is above the last.
        """
        stretch = self.stretch
        if stretch.point is not None or ratio.degree <= 0:
            return 1, 0
        stretch.sign(ratio)  # no pole inside
        rising = stretch.sign(ratio.slope())
        ends = (stretch.left, stretch.right) if rising > 0 else (stretch.right, stretch.left)
        low, high = (_limit(ratio, end) for end in ends)
        if low is None or high is None:
            return None
        first = low[0] + 1
        last = high[0] - 1 if high[1] else high[0]
        return first, last


def _limit(ratio: Ratio, end: Root | None) -> tuple[int, bool] | None:
    """Return the whole part of the limit at an end, and whether the limit is whole; `None` where it is infinite."""
    if end is None:
        if len(ratio.top) > len(ratio.bottom):
            return None
        limit = ratio.top[-1] / ratio.bottom[-1] if len(ratio.top) == len(ratio.bottom) else Fraction(0)
        return limit.__floor__(), limit.denominator == 1
    if end.sign_of(ratio.bottom) == 0:
        return None
    return _whole_at(ratio, end)


def _whole_at(ratio: Ratio, point: Root) -> tuple[int, bool]:
    """Return the whole part of the value at a point, and whether the value is whole."""
    if (exact := point.exact) is not None:
        value = ratio.at(exact)
        return value.__floor__(), value.denominator == 1
    middle = (point.low + point.high) / 2
    whole = ratio.at(middle).__floor__()
    side = point.sign_of(ratio.bottom)
    while (sign := side * point.sign_of(add(ratio.top, scale(ratio.bottom, Fraction(-whole))))) < 0:
        whole -= 1
    while sign > 0 and side * point.sign_of(add(ratio.top, scale(ratio.bottom, Fraction(-whole - 1)))) >= 0:
        whole += 1
        sign = side * point.sign_of(add(ratio.top, scale(ratio.bottom, Fraction(-whole))))
    return whole, sign == 0


def _plus(x: Ratio | None, y: Ratio | None) -> Ratio | None:
    return None if x is None or y is None else x + y


def _product(x: Ratio | None, y: Ratio | None) -> Ratio | None:
    return None if x is None or y is None else x * y


def _checked(bounds: Bounds) -> Bounds:
    for side in (bounds.low, bounds.high):
        if side is not None and side.degree > MAX_DEGREE:
            raise TooComplex
    return bounds
