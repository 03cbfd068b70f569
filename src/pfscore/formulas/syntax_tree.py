"""The syntax tree of a formula: a few frozen kinds of nodes, equal by meaning and not by place.

Every node knows the `span` of its text as a pair of character offsets; spans take no part in equality.
Chains stay flat (`a * b / c` is one node with three operands), so that depth is nesting that the author wrote.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from pfscore.formulas.glossary import Kind

#: The largest value that may be handed in, in bits of numerator or denominator (about 154 digits).
MAX_INPUT_BITS = 512
#: The largest value that may come up, in bits of numerator or denominator in lowest terms.
MAX_BITS = 4096

#: What each operation does with exact numbers: the one definition that all evaluators share.
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def too_large(number: Fraction, bits: int = MAX_BITS) -> bool:
    """Return whether `number` has a numerator or a denominator of more than `bits` bits."""
    return number.numerator.bit_length() > bits or number.denominator.bit_length() > bits


#: Start and end offsets into the text of the formula (or of the definition of the policy that the node is in).
Place = tuple[int, int]

#: What may follow a number, and what it multiplies by.
SCALES: dict[str, Fraction] = {
    "": Fraction(1),
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "万": Fraction(10**4),
    "亿": Fraction(10**8),
    "万亿": Fraction(10**12),
}


@dataclass(frozen=True, slots=True)
class Node:
    """The base of all nodes."""

    span: Place = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number literal; `60%` is 3/5 and `26万` is 260000. `scale` is how it was written, and not compared."""

    value: Fraction
    scale: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name by its identity: an entry of the glossary, or inside a definition one of its parameters."""

    name: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Word(Node):
    """One of the words that a parameter allows, such as 舍去, by its identity (`down`)."""

    word: str


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """The negative of a number."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Numbers joined from left to right by `ops` of one level: `+ -` or `* /`."""

    ops: tuple[str, ...]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A chain of comparisons that must all hold; `ops` are `>= <= > < = !=`."""

    ops: tuple[str, ...]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Truth values joined by `and` or `or`; what follows a decided part is not looked at."""

    op: str
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a truth value."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """如果 … 则 … 否则如果 … 则 … 否则 …; the first condition that holds decides, and nothing else is looked at.

    There is one result more than there are conditions: the last one is for when none holds.
    """

    conditions: tuple[Expr, ...]
    results: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function or a policy by its identity, with one argument for each parameter, in their order."""

    function: str
    arguments: tuple[Expr, ...]


Expr = Number | Name | Word | Minus | Arithmetic | Compare | Logic | Not | Conditional | Call


def children(node: Expr) -> tuple[Expr, ...]:
    """Return the parts of `node` in the order in which they are written."""
    match node:
        case Minus(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(operands=operands) | Compare(operands=operands) | Logic(operands=operands):
            return operands
        case Conditional(conditions, results):
            return tuple(part for pair in zip(conditions, results, strict=False) for part in pair) + results[-1:]
        case Call(arguments=arguments):
            return arguments
    return ()


def with_names(node: Expr, values: Mapping[str, Expr]) -> Expr:
    """Return `node` with other expressions in place of some of its names."""
    match node:
        case Name(name):
            return values.get(name, node)
        case Minus(operand) | Not(operand):
            return replace(node, operand=with_names(operand, values))
        case Arithmetic(operands=operands) | Compare(operands=operands) | Logic(operands=operands):
            return replace(node, operands=tuple(with_names(operand, values) for operand in operands))
        case Conditional(conditions, results):
            conditions, results = (tuple(with_names(part, values) for part in parts) for parts in (conditions, results))
            return replace(node, conditions=conditions, results=results)
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(with_names(argument, values) for argument in arguments))
    return node


def walk(node: Expr) -> Iterator[Expr]:
    """Yield `node` and everything below it, in the order in which it is written."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(children(node))


def names_used(node: Expr) -> tuple[str, ...]:
    """Return the identities of the names in `node`, each once, in the order of their first use."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))


def functions_used(node: Expr) -> tuple[str, ...]:
    """Return the identities of the functions and policies in `node`, each once, in the order of first use."""
    return tuple(dict.fromkeys(part.function for part in walk(node) if isinstance(part, Call)))
