"""What is proved about the formulas of a ruleset: for which targets, which claims hold, and what breaks the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.language.formula import Formula, parse_formula
from pfscore.language.readings import Quantity
from pfscore.rules.edition import Edition, RuleInForce
from pfscore.rules.model import COMPARATORS
from pfscore.scoring.proof_settings import settings
from pfscore.scoring.prove import Claim, Setting, prove

_WORDS = {kind: word for word, kind in COMPARATORS.items()}
_SCORE = Message("得分", "score")
_LEAST = Message("最低", "the least")
_MOST = Message("最高", "the most")
_GAP = Message("最高与最低之差", "the most minus the least")


@dataclass(frozen=True)
class Proof:
    """What came of one formula of a rule for one kind of target."""

    rule: RuleInForce
    kind: str
    setting: Setting
    unit: str | None
    claims: tuple[Claim, ...]
    what: Message
    formula: Formula
    missing: tuple[str, ...] = ()

    def said(self, lang: Lang = "zh") -> str:
        """Say in one line what was proved, and for which targets and points."""
        zh = lang == "zh"
        proved = [claim for claim in self.claims if claim.verdict == "proved"]
        words = ("；" if zh else "; ").join(claim.message.text(lang) for claim in proved)
        points, target = self._scope(proved, lang)
        head = f"{self.rule.id}（{kind_words(self.kind).text(lang)}）{self.what.text(lang) if zh else ''}"
        if not zh:
            head = f"{self.rule.id} ({kind_words(self.kind).en}), {self.what.en}"
        verdict = ("已证：" if zh else "proved: ") + words if proved else ("没有证出" if zh else "nothing proved")
        return f"{head}{'：' if zh else ': '}{verdict}{points}{target}"

    def _scope(self, proved: Sequence[Claim], lang: Lang) -> tuple[str, str]:
        setting = self.setting
        any_points = all(claim.any_points for claim in proved)
        any_target = all(claim.any_target for claim in proved)
        wanted = "~".join(str(Quantity(edge, self.unit)) for edge in setting.edges())
        if lang == "zh":
            points = "（任何分值" if any_points else f"（分值 {decimal_text(setting.points)}"
            return points, "，任何正的指标值）" if any_target else f"，指标值 {wanted}）"
        points = " (any points" if any_points else f" ({decimal_text(setting.points)} points"
        return points, ", any positive target)" if any_target else f", target {wanted})"


def proofs(edition: Edition) -> Iterator[Proof]:
    """Prove what can be proved about the rules of the edition's own file.

    >>> from datetime import date
    >>> from pfscore.rules.edition import edition
    >>> from pfscore.rules.load import load_family
    >>> found = proofs(edition(load_family("cn-sh/project"), date(2023, 12, 31)))
    >>> {claim.name: claim.verdict for claim in next(found).claims}["monotone"]
    'proved'
    """
    own = edition.family[0]
    for rule in edition.rules:
        if not rule.layers or rule.layers[-1].loaded is not own:
            continue
        named = zip((_SCORE, _LEAST, _MOST), (rule.formula, *(rule.bounds or ())), strict=False)
        formulas = [(what, formula) for what, formula in named if formula is not None]
        for kind, setting, unit in settings(rule) if formulas else ():
            for what, formula in formulas:
                lacking = tuple(name for name in formula.names if name not in setting.env(setting.edges()[0]))
                claims = () if lacking else tuple(prove(formula, setting))
                yield Proof(rule, kind, setting, unit, claims, what, formula, lacking)
            if rule.bounds is not None:
                gap = _gap(rule.bounds)
                claims = tuple(claim for claim in prove(gap, setting) if claim.name == "bounded")
                yield Proof(rule, kind, setting, unit, claims, _GAP, gap)


def kind_words(kind: str) -> Message:
    """Return how a kind of row is called.

    >>> kind_words("at_least").zh, kind_words("budget").zh
    ('≥', '预算行')
    """
    return Message("预算行", "budget line") if kind == "budget" else Message(_WORDS.get(kind, kind), kind)


def _gap(bounds: tuple[Formula, Formula]) -> Formula:
    """Return a formula that stays within 0 and the points where the most is never below the least."""
    low, high = bounds
    return parse_formula(f"分值 - (({high.text}) - ({low.text}))")
