"""Formulas and the values they are computed with, for the property tests.

A strategy is made once: to make one for each part of each formula would take longer than all that is done with it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from pfscore.formulas.functions import BUILTINS, POLICIES, Parameter
from pfscore.formulas.glossary import GLOSSARY, Kind
from pfscore.formulas.syntax_tree import (
    SCALES,
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
    names_used,
)

NUMBER_NAMES = ("points", "actual", "target", "completion")
CHAINS = (("<", "<="), (">", ">="), ("=",))
_INNER = ("minus", "sum", "product", "conditional", "builtin", "builtin", "require", "policy")


@cache
@st.composite
def numbers(draw: st.DrawFn, depth: int = 3) -> Expr:
    """Draw an expression that gives a number."""
    kind = draw(one_of(("literal", "name", *(_INNER if depth else ()))))
    part, truth = numbers(depth - 1), truths(depth - 1)
    match kind:
        case "literal":
            return draw(literals())
        case "name":
            return Name(draw(one_of(NUMBER_NAMES)))
        case "minus":
            return Minus(draw(part))
        case "sum" | "product":
            return draw(_arithmetic(depth - 1, "+-" if kind == "sum" else "*/"))
        case "conditional":
            return draw(_conditional(depth - 1, part))
        case "builtin":
            function = draw(one_of(tuple(BUILTINS.values())))
            more = draw(st.integers(0, 2)) if function.many else 0
            parameters = function.parameters_for(len(function.parameters) + more)
            return Call(function.en, tuple(draw(_argument(parameter, depth - 1)) for parameter in parameters))
        case "require":
            return Call("require", (draw(truth), draw(part)))
    policy = draw(one_of(tuple(POLICIES.values())))
    return Call(policy.en, tuple(draw(_argument(parameter, depth - 1)) for parameter in policy.parameters))


@cache
@st.composite
def truths(draw: st.DrawFn, depth: int = 2) -> Expr:
    """Draw an expression that gives a truth value."""
    deeper = ("not", "and", "or", "conditional") if depth > 0 else ()
    kind = draw(one_of(("name", "compare", *deeper)))
    match kind:
        case "name":
            return Name("met", Kind.TRUTH)
        case "compare":
            signs = draw(one_of(CHAINS))
            ops = draw(st.lists(st.sampled_from(signs), min_size=1, max_size=3) | st.just(["!="]))
            return Compare(tuple(ops), tuple(draw(numbers(max(0, depth - 1))) for _ in range(len(ops) + 1)))
        case "not":
            return Not(draw(truths(depth - 1)))
        case "conditional":
            return draw(_conditional(depth - 1, truths(depth - 1)))
    return Logic(kind, tuple(draw(st.lists(truths(depth - 1), min_size=2, max_size=3))))


@cache
@st.composite
def literals(draw: st.DrawFn, *, least: int = 0) -> Expr:
    """Draw a number as an author writes one."""
    places = draw(st.integers(0, 3))
    scale = draw(one_of(("", "", "%", "‰", "万")))
    return Number(Fraction(draw(st.integers(least, 300)), 10**places) * SCALES[scale], scale)


@cache
@st.composite
def _arithmetic(draw: st.DrawFn, depth: int, signs: str) -> Expr:
    operands = draw(st.lists(numbers(depth), min_size=2, max_size=4))
    ops = draw(st.tuples(*[st.sampled_from(signs)] * (len(operands) - 1)))
    for index, op in enumerate(ops, 1):
        if op == "/" and isinstance(operands[index], Number):
            operands[index] = draw(literals(least=1))  # a written zero is refused (PF420)
    return Arithmetic(ops, tuple(operands))


@cache
@st.composite
def _conditional(draw: st.DrawFn, depth: int, part: st.SearchStrategy[Expr]) -> Expr:
    conditions = draw(st.lists(truths(depth), min_size=1, max_size=3))
    return Conditional(tuple(conditions), tuple(draw(part) for _ in range(len(conditions) + 1)))


@cache
def _argument(parameter: Parameter, depth: int) -> st.SearchStrategy[Expr]:
    if parameter.kind is Kind.WORD:
        return st.sampled_from([Word(word.en) for word in parameter.words])
    if parameter.most is not None:
        return st.integers(0, parameter.most).map(lambda whole: Number(Fraction(whole)))
    return numbers(depth) if parameter.kind is Kind.NUMBER else truths(depth)


one_of = cache(st.sampled_from)
small = st.integers(-3, 6).map(Fraction)
values = small | st.fractions(-5, 200, max_denominator=1000) | st.fractions(max_denominator=10**30)


@st.composite
def environments(draw: st.DrawFn, body: Expr) -> dict[str, Fraction | bool]:
    """Draw a value for each name of `body`."""
    return {
        name: draw(st.booleans()) if GLOSSARY[name].kind is Kind.TRUTH else draw(values) for name in names_used(body)
    }


@st.composite
def computations(draw: st.DrawFn, depth: int = 3) -> tuple[Expr, dict[str, Fraction | bool]]:
    """Draw a formula and values for its names."""
    body = draw(numbers(depth))
    return body, draw(environments(body))
