"""Formulas over whole columns: the tree of one formula, computed on arrays of 64-bit integers.

A number is a numerator and a positive denominator for every row, not kept in lowest terms, and a bound on the bits of
both. The bounds are known before anything is computed: what could exceed 62 bits is refused (:class:`TooLarge`), as an
array would wrap around silently. Where a formula has no result for a row, only that row is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.evaluation.generated import Label
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Choice
from pfscore.formulas.syntax_tree import COMPARISONS
from pfscore.foundation.numbers import Rounding

#: The most bits that a number in an array may have.
MAX_BITS = 62
Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]
#: A number of all rows, or one of each.
_Part = int | Integers


class TooLarge(ArithmeticError):
    """A number could become too large for an array."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number of each row: numerator, positive denominator, and bounds on the bits of both."""

    numerator: _Part
    denominator: _Part
    high: int
    low: int

    @classmethod
    def of(cls, numerator: Integers, denominator: Integers) -> Numbers:
        """Return the numbers of arrays, bounded by their largest ones."""
        return cls(numerator, denominator, _bits(numerator), _bits(denominator))

    @classmethod
    def known(cls, value: Fraction) -> Numbers:
        """Return one number for all rows."""
        n, d = value.numerator, value.denominator
        return cls(n, d, n.bit_length(), d.bit_length())

    def __mul__(self, other: Numbers) -> Numbers:
        high, low = self.high + other.high, self.low + other.low
        check_bits(high, low)
        numerator, denominator = _times(self.numerator, other.numerator), _times(self.denominator, other.denominator)
        return Numbers(numerator, denominator, high, low)

    def inverse(self) -> Numbers:
        """Return 1 ÷ the numbers, which are positive."""
        return Numbers(self.denominator, self.numerator, self.low, self.high)

    def minus_one(self) -> Numbers:
        """Return the numbers − 1."""
        check_bits(high := max(self.high, self.low) + 1)
        return Numbers(self.numerator - self.denominator, self.denominator, high, self.low)


@dataclass(frozen=True, slots=True)
class _Truth:
    """A truth value of each row, or one for all."""

    value: bool | Truths


_Result = Numbers | _Truth | Label
Env = Mapping[str, Numbers | bool]


def compute(body: tree.Expr, env: Env, size: int) -> tuple[Numbers, Truths]:
    """Return the number that a formula gives for each of `size` rows, and in which rows it has none.

    Raises:
        TooLarge: where a number might need more than 62 bits.

    >>> from pfscore.formulas.formula import parse_formula
    >>> body = parse_formula("分值 * min(完成值 / 指标值, 1)").body
    >>> actual, ones = np.array([3, 5, 9]), np.ones(3, np.int64)
    >>> env = {"points": Numbers.known(Fraction(10)), "target": Numbers.known(Fraction(6))}
    >>> found, _ = compute(body, env | {"actual": Numbers.of(actual, ones)}, 3)
    >>> found.numerator, found.denominator
    (array([30, 50, 10]), array([6, 6, 1]))
    """
    computer = _Computer(size)
    first = {name: _Truth(value) if isinstance(value, bool) else value for name, value in env.items()}
    return _numbers(computer.compute(body, first)), computer.undefined


def rounded(numbers: Numbers, digits: int, mode: Rounding) -> tuple[Integers, int]:
    """Return numbers that are not negative × 10^`digits`, rounded to integers, and a bound on their bits."""
    scale = 10**digits
    n, d, high, low = numbers.numerator, numbers.denominator, numbers.high, numbers.low
    check_bits(high + scale.bit_length() + 1, low + 1)
    check_bits(max(high + scale.bit_length(), low) + 2)
    match mode:
        case Rounding.HALF_UP:
            found = (2 * scale * n + d) // (2 * d)
        case Rounding.DOWN:
            found = scale * n // d
        case Rounding.UP:
            found = -(-scale * n // d)
        case Rounding.HALF_EVEN:
            whole = scale * n // d
            rest = 2 * (scale * n - whole * d)
            found = whole + ((rest > d) | ((rest == d) & (whole % 2 == 1)))
    return np.asarray(found), high + scale.bit_length() + 1


def check_bits(*bits: int) -> None:
    """Refuse numbers of more bits than an array holds."""
    if max(bits) > MAX_BITS:
        raise TooLarge


def _bits(numbers: Integers) -> int:
    return max(int(numbers.max()).bit_length(), int(numbers.min()).bit_length()) if numbers.size else 0


def _numbers(result: _Result) -> Numbers:
    assert isinstance(result, Numbers)  # noqa: S101 - the kinds were checked when the formula was read
    return result


def _truth(result: _Result) -> bool | Truths:
    assert isinstance(result, _Truth)  # noqa: S101 - the kinds were checked when the formula was read
    return result.value


def _whole(numbers: Numbers, n: _Part, d: int = 1) -> Numbers:
    """Return a number that was rounded to a multiple of 1 / `d`."""
    return Numbers(n, d, numbers.high + d.bit_length() + 1, d.bit_length())


def _abs(x: Numbers) -> Numbers:
    n = x.numerator
    return Numbers(abs(n) if isinstance(n, int) else np.abs(n), x.denominator, x.high, x.low)


def _floor(x: Numbers) -> Numbers:
    return _whole(x, x.numerator // x.denominator)


def _ceil(x: Numbers) -> Numbers:
    return _whole(x, -(-x.numerator // x.denominator))


def _round(x: Numbers, digits: Numbers | None = None) -> Numbers:
    places = 0 if digits is None else digits.numerator
    assert isinstance(places, int)  # noqa: S101 - a constant of the formula
    size = 10**places
    magnitude, _ = rounded(_abs(x), places, Rounding.HALF_UP)
    return _whole(x, np.where(np.asarray(x.numerator) < 0, -magnitude, magnitude), size)


#: The functions that choose none of their arguments.
_FUNCTIONS: Mapping[str, Callable[..., Numbers]] = {
    "abs": _abs,
    "round": _round,
    "floor": _floor,
    "ceil": _ceil,
}


class _Computer:
    """Computes one tree on the rows that are looked at."""

    def __init__(self, size: int) -> None:
        self.undefined: Truths = np.zeros(size, np.bool_)
        #: The rows that are looked at; all of them where nothing chose among them.
        self._rows: bool | Truths = True

    def _within(self, rows: bool | Truths, node: tree.Expr, env: Mapping[str, _Result]) -> _Result:  # noqa: FBT001
        """Compute a part of the tree for some of the rows that are looked at."""
        outside = self._rows
        self._rows = _both(outside, rows)
        result = self.compute(node, env)
        self._rows = outside
        return result

    def _undefine(self, rows: bool | Truths) -> None:  # noqa: FBT001
        self.undefined |= _both(self._rows, rows)

    def compute(self, node: tree.Expr, env: Mapping[str, _Result]) -> _Result:  # noqa: C901 - one case for each kind of node
        """Compute a node for every row that is looked at; what it gives for others is of no account."""
        match node:
            case tree.Number(value):
                return Numbers.known(value)
            case tree.Name(name):
                return env[name]
            case tree.Word(word):
                return Label(word)
            case tree.Minus(operand):
                part = _numbers(self.compute(operand, env))
                return Numbers(-part.numerator, part.denominator, part.high, part.low)
            case tree.Arithmetic(ops, operands):
                result, *parts = (_numbers(self.compute(operand, env)) for operand in operands)
                for op, part in zip(ops, parts, strict=True):
                    result = self._binary(op, result, part)
                return result
            case tree.Compare(ops, operands):
                results = [self.compute(operand, env) for operand in operands]
                holds: bool | Truths = True
                for op, a, b in zip(ops, results, results[1:], strict=False):
                    holds = _both(holds, _compared(op, a, b))
                return _Truth(holds)
            case tree.Logic(op, operands):
                return _Truth(self._logic(op, operands, env))
            case tree.Not(operand):
                return _Truth(_opposite(_truth(self.compute(operand, env))))
            case tree.Conditional(conditions, results):
                return self._conditional(conditions, results, env)
            case tree.Call(function, arguments) if function in POLICIES:
                inner = POLICIES[function].bound(self.compute(part, env) for part in arguments)
                return self.compute(definition_of(function), inner)
            case tree.Call("require", (condition, value)):
                holds = _truth(self.compute(condition, env))
                if _is_nowhere(holds := _both(self._rows, holds)):
                    self._undefine(rows=True)
                    return Numbers.known(Fraction(0))
                self._undefine(_opposite(holds))
                return self._within(holds, value, env)
            case tree.Call(function, arguments):
                return self._call(function, [_numbers(self.compute(argument, env)) for argument in arguments])

    def _binary(self, op: str, x: Numbers, y: Numbers) -> Numbers:
        if op == "*":
            return x * y
        if op == "/":
            return self._divided(x, y)
        a, b = x.numerator, y.numerator
        if _are_same(x.denominator, y.denominator):
            high, low, d = max(x.high, y.high) + 1, x.low, x.denominator
        else:
            high, low = max(x.high + y.low, y.high + x.low) + 1, x.low + y.low
            check_bits(high, low)
            a, b, d = a * y.denominator, b * x.denominator, x.denominator * y.denominator
        check_bits(high, low)
        return Numbers(a + b if op == "+" else a - b, d, high, low)

    def _divided(self, x: Numbers, y: Numbers) -> Numbers:
        n, d = y.numerator, y.denominator
        if isinstance(n, int):
            if not n:
                self._undefine(rows=True)
                return Numbers.known(Fraction(0))
            return x * Numbers(d if n > 0 else -d, abs(n), y.low, y.high)
        if int(n.min()) <= 0:
            self._undefine(n == 0)
            n, d = np.where(n == 0, 1, abs(n)), np.where(n < 0, -d, d)
        return x * Numbers(d, n, y.low, y.high)

    def _logic(self, op: str, operands: tuple[tree.Expr, ...], env: Mapping[str, _Result]) -> bool | Truths:
        """Join truth values; a part is looked at only where those before it have not decided."""
        found: bool | Truths = op == "and"
        for operand in operands:
            open_ = found if op == "and" else _opposite(found)
            if _is_nowhere(open_):
                break
            holds = _truth(self._within(open_, operand, env))
            found = _both(found, holds) if op == "and" else _opposite(_both(_opposite(found), _opposite(holds)))
        return found

    def _conditional(
        self, conditions: tuple[tree.Expr, ...], branches: tuple[tree.Expr, ...], env: Mapping[str, _Result]
    ) -> _Result:
        """Compute each branch for its own rows, and put them together."""
        left, found = self._rows, list[tuple[bool | Truths, _Result]]()
        for condition, branch in zip(conditions, branches, strict=False):
            if _is_nowhere(left):
                break
            holds = _both(left, _truth(self._within(left, condition, env)))
            if not _is_nowhere(holds):
                found.append((holds, self._within(holds, branch, env)))
            left = _both(left, _opposite(holds))
        if not _is_nowhere(left) or not found:
            found.append((left, self._within(left, branches[-1], env)))
        result = found[-1][1]
        for rows, one in reversed(found[:-1]):
            result = _chosen(rows, one, result)
        return result

    def _call(self, function: str, parts: list[Numbers]) -> Numbers:
        builtin, first = BUILTINS[function], parts[0]
        if isinstance(code := builtin.code, Choice):
            for part in parts[1:]:
                holds = _compared(code.sign, first, part)
                first = (first if holds else part) if isinstance(holds, bool) else _number_chosen(holds, first, part)
            return first
        if builtin.steps and isinstance(first.denominator, int) and first.denominator == 1:
            return first
        return _FUNCTIONS[function](*parts)


def _are_same(left: _Part, right: _Part) -> bool:
    """Return whether two parts are known to be equal in every row."""
    return left is right or (isinstance(left, int) and isinstance(right, int) and left == right)


def _times(left: _Part, right: _Part) -> _Part:
    if isinstance(left, int) and left == 1:
        return right
    return left if isinstance(right, int) and right == 1 else left * right


def _compared(op: str, x: _Result, y: _Result) -> bool | Truths:
    """Return the comparison, multiplied out."""
    if isinstance(x, Label) and isinstance(y, Label):
        return (x.word == y.word) is (op == "=")
    x, y = _numbers(x), _numbers(y)
    if _are_same(x.denominator, y.denominator):
        found: Any = COMPARISONS[op](x.numerator, y.numerator)
    else:
        check_bits(x.high + y.low, y.high + x.low)
        found = COMPARISONS[op](_times(x.numerator, y.denominator), _times(y.numerator, x.denominator))
    return found  # type: ignore[no-any-return]


def _both(left: bool | Truths, right: bool | Truths) -> bool | Truths:  # noqa: FBT001
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return left & right


def _opposite(truth: bool | Truths) -> bool | Truths:  # noqa: FBT001
    return not truth if isinstance(truth, bool) else ~truth


def _is_nowhere(truth: bool | Truths) -> bool:  # noqa: FBT001
    return not truth if isinstance(truth, bool) else not truth.any()


def _chosen(rows: bool | Truths, here: _Result, elsewhere: _Result) -> _Result:  # noqa: FBT001
    """Return one result in some rows, and another in the others."""
    if isinstance(rows, bool):
        return here if rows else elsewhere
    if isinstance(here, _Truth):
        return _Truth(np.where(rows, here.value, _truth(elsewhere)))
    return _number_chosen(rows, _numbers(here), _numbers(elsewhere))


def _number_chosen(rows: Truths, here: Numbers, elsewhere: Numbers) -> Numbers:
    n: _Part = np.where(rows, here.numerator, elsewhere.numerator)
    d: _Part = here.denominator
    if not _are_same(d, elsewhere.denominator):
        d = np.where(rows, d, elsewhere.denominator)
    return Numbers(n, d, max(here.high, elsewhere.high), max(here.low, elsewhere.low))
