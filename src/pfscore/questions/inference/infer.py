"""Which rules explain published scores: for each kind of row the policies and roundings, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, get_args

from pfscore.auditing.case import Dossier
from pfscore.auditing.figures import ROUNDING_WORDS, ROUNDINGS, show
from pfscore.auditing.known_policies import POLICIES, STEPS, Policy, exact_score
from pfscore.cells.readings import Direction
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.foundation.text import Lang, Message, joined
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


@dataclass(frozen=True)
class Explanation:
    """A policy with its rounding: how many of the rows it gives, and which it does not."""

    policy: Policy
    mode: Rounding
    digits: int
    explained: int
    exceptions: tuple[Observation, ...]

    def said(self) -> Message:
        """Return the policy in words."""
        return self.policy.title


@dataclass(frozen=True)
class Inferred:
    """What the rows of one kind show.

    `best` holds every explanation that gives the most rows; `informative` counts the rows on which the known
    policies differ at all. Where there is none, the rows prove nothing and `chosen` is `None`.
    """

    kind: Kind
    observations: tuple[Observation, ...]
    best: tuple[Explanation, ...]
    informative: int

    @property
    def chosen(self) -> Explanation | None:
        """The simplest of the best explanations, where the rows can tell policies apart."""
        return self.best[0] if self.best and self.informative else None

    @property
    def policies(self) -> tuple[str, ...]:
        """The keys of the policies that explain as much as the chosen one."""
        return tuple(dict.fromkeys(one.policy.key for one in self.best))

    @property
    def modes(self) -> tuple[Rounding, ...]:
        """The roundings that explain as much, under the chosen policy."""
        return tuple(dict.fromkeys(one.mode for one in self.best if one.policy.key == self.best[0].policy.key))

    def said(self) -> Message:
        """Return in a sentence what the rows show."""
        title, total = self.kind.title, len(self.observations)
        if self.chosen is None:
            why = (
                "都已达标，得满分" if self._all_full else "都看不出差别",
                "all met, all full" if self._all_full else "no difference",
            )
            return Message(
                f"{title.zh}：{total} 行{why[0]}，未达标时怎样得分，这些行证明不了",
                f"{title.en}: {total} rows, {why[1]}; they prove nothing about a missed target",
            )
        chosen = self.chosen
        rounding = self._rounding()
        zh = f"{title.zh}：{chosen.said().zh}{rounding.zh}，{total} 行中的 {chosen.explained} 行如此，"
        zh += f"其中 {self.informative} 行分得出办法"
        en = f"{title.en}: {chosen.said().en}{rounding.en}; {chosen.explained} of {total} rows,"
        en += f" {self.informative} of them tell policies apart"
        if chosen.exceptions:
            exceptions = joined(map(self._exception, chosen.exceptions))
            zh, en = f"{zh}；例外：{exceptions.zh}", f"{en}; except {exceptions.en}"
        rivals = [one for one in self.best if one.policy.key != chosen.policy.key]
        if rivals:
            names = joined(dict.fromkeys(one.policy.title for one in rivals))
            zh, en = f"{zh}；这些行分不出它与：{names.zh}", f"{en}; not to be told from: {names.en}"
        return Message(zh, en)

    def _rounding(self) -> Message:
        if self.chosen is None or len(self.modes) == len(ROUNDINGS):
            return Message("（取整看不出）", " (nothing was rounded)")
        first, *others = (ROUNDING_WORDS[mode] for mode in self.modes)
        digits = self.chosen.digits
        zh, en = f"，{first.zh}到 {digits} 位小数", f", {first.en} to {digits} decimals"
        if others:
            zh += f"（{'、'.join(mode.zh for mode in others)}解释得一样多）"
            en += f" ({', '.join(mode.en for mode in others)} explains as many)"
        return Message(zh, en)

    @property
    def _all_full(self) -> bool:
        return all(one.printed.value == one.points for one in self.observations)

    def _exception(self, one: Observation) -> Message:
        exact = None if self.chosen is None else exact_score(self.chosen.policy, one.env)
        if exact is None:
            return Message(f"{one.place.zh}印作 {one.printed.text}", f"{one.place.en} has {one.printed.text}")
        return Message(
            f"{one.place.zh}印作 {one.printed.text}（算得 {show(exact)}）",
            f"{one.place.en} has {one.printed.text} (computed {show(exact)})",
        )

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the finding as plain JSON data."""
        return {
            "kind": self.kind.key,
            "title": self.kind.title.text(lang),
            "rows": len(self.observations),
            "informative": self.informative,
            "said": self.said().text(lang),
            "explanations": [
                {
                    "policy": one.policy.key,
                    "formula": one.policy.formula,
                    "rounding": {"digits": one.digits, "mode": one.mode.value},
                    "explained": one.explained,
                    "exceptions": [
                        {"form": odd.form, "row": odd.row, "name": odd.name, "published": odd.printed.text}
                        for odd in one.exceptions
                    ],
                }
                for one in self.best
            ],
        }


@dataclass(frozen=True)
class Inference:
    """What forms show about the rules that they were scored by; :func:`pfscore.draft_ruleset` writes it as YAML.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, indicators=(
    ...     pfscore.Indicator(name="满意度", target="≥90%", actual="95%", points="5", published_score="5"),))
    >>> print(pfscore.infer(form).kind("at-least").said().en)
    ≥ targets: 1 rows, all met, all full; they prove nothing about a missed target
    """

    forms: tuple[Form, ...]
    kinds: tuple[Inferred, ...]

    def kind(self, key: str) -> Inferred | None:
        """Return what was inferred for a kind of row, such as `between` or `execution-rate`."""
        return next((one for one in self.kinds if one.kind.key == key), None)

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return all that was inferred as plain JSON data."""
        return {"kinds": [one.as_json(lang) for one in self.kinds]}
