"""Which rules explain published scores: for each kind of row the policies and roundings, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import get_args

from pfscore.auditing.case import Dossier
from pfscore.auditing.figures.known_policies import POLICIES, STEPS, Policy, exact_score
from pfscore.auditing.figures.printed import ROUNDINGS
from pfscore.cells.readings import Direction
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.foundation.text import Message
from pfscore.questions.inference.inferred_rules import Explanation, Inference, Inferred
from pfscore.questions.inference.observations import BUDGET, Kind, Observation, observe

_DIGITS = (2, 1, 0)
_ANY = frozenset({*get_args(Direction), None})
#: The ways to score the execution of a budget.
_EXECUTION: tuple[Policy, ...] = (
    Policy("rate", Message("按执行率", "in proportion to the execution rate"), "分值 * min(执行率, 1)", _ANY),
    Policy(
        "rate-of-initial",
        Message("按执行数 ÷ 年初预算数", "in proportion to expenditure ÷ initial budget"),
        "分值 * min(执行数 / 年初预算数, 1)",
        _ANY,
        1,
        is_odd=True,
    ),
    Policy("all-or-nothing", Message("全或无", "all or nothing"), "分值 * 全或无(达标)", _ANY, jumps=True),
    Policy("always-full", Message("不论执行多少都给满分", "full points whatever was spent"), "分值", _ANY, 1),
)


def infer(form: Form | Sequence[Form]) -> Inference:
    """Return which policies and roundings explain the published scores of forms, and how sure that is.

    Raises:
        InputError: PF791 where no row has points and a published score.

    >>> import pfscore
    >>> rows = [("=1套", "0.5套", "4", "2"), ("=1套", "1套", "4", "4")]
    >>> form = pfscore.Form(title="表", year=2023, indicators=tuple(
    ...     pfscore.Indicator(name=f"指标{n}", target=target, actual=actual, points=points, published_score=score)
    ...     for n, (target, actual, points, score) in enumerate(rows)))
    >>> found = infer(form).kind("equal")
    >>> found.policies, found.informative
    (('ratio',), 1)
    """
    forms = (form,) if isinstance(form, Form) else tuple(form)
    observed = observe(forms)
    if not observed:
        message = Message("没有公布的得分，推不出规则", "no published scores: nothing to infer from")
        hint = Message("各行要有 points 和 published_score", "rows need points and published_score")
        raise InputError.of(Diagnostic("PF791", message, hint))
    habit = _rate_habit(forms)
    found = [_inferred(kind, tuple(rows), habit) for kind, rows in observed.items()]
    return Inference(forms, tuple(_one_direction(found)))


def _rate_habit(forms: Sequence[Form]) -> Rounding:
    return Dossier(forms, [None] * len(forms)).rate_rounding


def _inferred(kind: Kind, rows: tuple[Observation, ...], habit: Rounding) -> Inferred:
    policies = _EXECUTION if kind == BUDGET else POLICIES
    found = _explanations(rows, policies, habit)
    informative = _informative(rows, policies)
    most = max((one.explained for one in found), default=0)
    if kind != BUDGET and informative > 1 and most < len(rows):
        more = [one for one in _explanations(rows, STEPS, habit) if one.explained > most]
        most = max((one.explained for one in more), default=most)
        found = more or found
    best = tuple(one for one in found if one.explained == most and most)
    return Inferred(kind, rows, best, informative)


def _explanations(rows: Sequence[Observation], policies: Sequence[Policy], habit: Rounding) -> list[Explanation]:
    """Return what every policy explains under every rounding, the simplest first, the document's rounding first."""
    modes = sorted(ROUNDINGS, key=lambda mode: mode is not habit)
    printed = max((one.printed.digits for one in rows), default=0)
    found = []
    for policy in sorted(policies, key=lambda one: one.parameters):
        scores = [_score(policy, one) for one in rows]
        if all(score is None for score in scores):
            continue
        for digits in (digits for digits in _DIGITS if digits >= printed) if printed <= _DIGITS[0] else (printed,):
            for mode in modes:
                odd = [one for one, score in zip(rows, scores, strict=True) if not _gives(one, score, digits, mode)]
                found.append(Explanation(policy, mode, digits, len(rows) - len(odd), tuple(odd)))
    return found


def _score(policy: Policy, one: Observation) -> Fraction | None:
    if one.comparison.direction not in policy.directions or (policy.ratios_only and not one.is_ratio):
        return None
    return exact_score(policy, one.env)


def _gives(one: Observation, score: Fraction | None, digits: int, mode: Rounding) -> bool:
    return score is not None and min(round_to(score, digits, mode), one.points) == one.printed.value


def _informative(rows: Sequence[Observation], policies: Sequence[Policy]) -> int:
    """Count the rows on which the policies that rules use do not all give the same."""
    usual = [policy for policy in policies if not policy.is_odd]
    return sum(len({score for policy in usual if (score := _score(policy, one)) is not None}) > 1 for one in rows)


def _one_direction(found: list[Inferred]) -> Iterator[Inferred]:
    """Keep that one of a bare number's two directions that explains more with a rule that looks at the result."""
    for one in found:
        if one.kind.direction is None:
            yield one
            continue
        other = next(
            rival
            for rival in found
            if rival.kind.cost == one.kind.cost and rival.kind.direction not in {None, one.kind.direction}
        )
        mine, theirs = _fit(one), _fit(other)
        if mine > theirs or (mine == theirs and one.kind.direction == "higher"):
            yield one


def _fit(one: Inferred) -> int:
    looking = [
        found.explained
        for found in _explanations(one.observations, POLICIES, Rounding.HALF_UP)
        if found.policy.key != "always-full"
    ]
    return max(looking, default=0)
