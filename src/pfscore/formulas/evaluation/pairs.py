"""The parts of the fast path's text: what a part of a formula becomes, written as short as what is known allows."""

from __future__ import annotations

from dataclasses import dataclass

from pfscore.formulas.evaluation.operations import COMPARISONS

#: A variable of the generated function, or an integer that is known already.
Atom = str | int


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of the generated function, with bounds on the bits of its two parts."""

    numerator: Atom
    denominator: Atom
    high: int
    low: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth value of the generated function: an expression over its variables, or known already."""

    text: str | bool


@dataclass(frozen=True, slots=True)
class Label:
    """A word; which one is always known already."""

    word: str


Result = Pair | Truth | Label


def as_pair(result: Result) -> Pair:
    """Return `result`, which is a number."""
    assert isinstance(result, Pair)  # noqa: S101 - the kinds were checked when the formula was read
    return result


def as_truth(result: Result) -> Truth:
    """Return `result`, which is a truth value."""
    assert isinstance(result, Truth)  # noqa: S101 - the kinds were checked when the formula was read
    return result


def times(left: Atom, right: Atom) -> Atom:
    """Return the product as an expression, as short as what is known allows."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if left in {0, 1}:
        return right if left else 0
    if right in {0, 1}:
        return left if right else 0
    return f"{left} * {right}"


def plus(op: str, left: Atom, right: Atom) -> Atom:
    """Return the sum or difference as an expression, as short as what is known allows."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right if op == "+" else left - right
    if right == 0:
        return left
    if left == 0 and op == "+":
        return right
    return f"{left} {op} {right}"


def negative(atom: Atom) -> Atom:
    """Return the negative as an expression."""
    return -atom if isinstance(atom, int) else f"-{atom}"


def compare(op: str, x: Result, y: Result) -> Truth:
    """Return the comparison, multiplied out; known already where both sides are, as for two words."""
    if isinstance(x, Label) and isinstance(y, Label):
        return Truth((x.word == y.word) is (op == "="))
    x, y = as_pair(x), as_pair(y)
    same = x.denominator == y.denominator
    left = x.numerator if same else times(x.numerator, y.denominator)
    right = y.numerator if same else times(y.numerator, x.denominator)
    if isinstance(left, int) and isinstance(right, int):
        return Truth(COMPARISONS[op](left, right))
    return Truth(f"{left} {'==' if op == '=' else op} {right}")


def all_of(truths: list[Truth]) -> Truth:
    """Join the comparisons of a chain."""
    if any(truth.text is False for truth in truths):
        return Truth(False)  # noqa: FBT003 - a truth value of the formula
    texts = [truth.text for truth in truths if isinstance(truth.text, str)]
    if len(texts) < 2:
        return Truth(texts[0] if texts else True)
    return Truth(f"({' and '.join(texts)})")
