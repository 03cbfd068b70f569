"""Formulas: the small language in which a ruleset says how points follow from what was achieved.

>>> formula = parse_formula("分值 * min(完成值 / 指标值, 1)")
>>> print(formula.text_in("en"))
points * min(actual / target, 1)
>>> formula.names
('points', 'actual', 'target')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from pfscore.formulas.functions import POLICIES
from pfscore.formulas.glossary import Kind
from pfscore.formulas.printer import print_formula
from pfscore.formulas.syntax_tree import Expr, functions_used, names_used
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Lang


@dataclass(frozen=True)
class Formula:
    """A formula that was read and checked: its text as written, its tree, and where it stands.

    Formulas are equal when their trees are, however they were spelled. `kind` says what the formula gives.
    """

    text: str = field(compare=False)
    body: Expr
    kind: Kind = Kind.NUMBER
    at: Span | None = field(default=None, compare=False, repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that the formula uses, by identity (`points`, `actual` …), in the order of first use."""
        return names_used(self.body)

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The functions and policies that the formula calls, by identity, in the order of first use."""
        return functions_used(self.body)

    def text_in(self, lang: Lang = "zh") -> str:
        """Return the canonical text, which reads back to an equal formula."""
        return print_formula(self.body, lang)

    def __str__(self) -> str:
        return self.text_in("zh")

    def span(self, start: int, end: int) -> Span:
        """Return the place in the author's file of the characters from `start` to `end` of the text."""
        from pfscore.formulas.parser import Origin

        return Origin(self.text, self.at).span(start, end)


def parse_formula(text: str, *, at: Span | None = None) -> Formula:
    """Read a formula, which has to give a number of points.

    `at` is the place of the formula's first character in the author's file, with the author's line.

    Raises:
        ExpressionError: PF4xx, with every problem of the formula and a caret under each.

    >>> str(parse_formula("if met then points else 0"))
    '如果 达标 则 分值 否则 0'
    """
    return _formula(text, at, Kind.NUMBER)


def parse_condition(text: str, *, at: Span | None = None) -> Formula:
    """Read a condition, which has to give a truth value; otherwise as :func:`parse_formula`.

    >>> str(parse_condition("60% <= 执行率 <= 80%"))
    '60% ≤ 执行率 ≤ 80%'
    """
    return _formula(text, at, Kind.TRUTH)


def _formula(text: str, at: Span | None, kind: Kind) -> Formula:
    if at is None:
        return Formula(text, _body(text, kind), kind)
    try:
        body = _body(text, kind)
    except ExpressionError:
        body = _read(text, kind, at)
    return Formula(text, body, kind, at)


@remembered
def _body(text: str, kind: Kind) -> Expr:
    return _read(text, kind)


def _read(
    text: str,
    kind: Kind,
    at: Span | None = None,
    scope: Mapping[str, tuple[str, Kind]] | None = None,
    words: Mapping[str, str] | None = None,
) -> Expr:
    # The parser brings lark with it, which costs more than the rest of an import: only who reads a formula pays.
    from pfscore.formulas.checker import GLOSSARY_SCOPE, Checker
    from pfscore.formulas.parser import Origin, parse_raw

    origin = Origin(text, at)
    raw = parse_raw(text, origin)
    checker = Checker(origin, GLOSSARY_SCOPE if scope is None else scope, words)
    body = checker.want(raw, kind)
    if checker.problems:
        raise ExpressionError(checker.problems)
    return body


@cache
def definition_of(policy: str) -> Expr:
    """Return the tree of the definition of a policy; its names are the policy's parameters, by English name.

    >>> print_formula(definition_of("all_or_nothing"), "en", POLICIES["all_or_nothing"])
    'if condition then 1 else 0'
    """
    function = POLICIES[policy]
    scope: dict[str, tuple[str, Kind]] = {}
    words: dict[str, str] = {}
    for parameter in function.parameters:
        scope[parameter.zh] = scope[parameter.en] = (parameter.en, parameter.kind)
        words |= {spelling: word.en for word in parameter.words for spelling in (word.zh, word.en)}
    return _read(function.definition, Kind.NUMBER, None, scope, words)
