"""What is proved about the formulas of a ruleset: for which targets, which claims hold, and what breaks the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import TargetKind
from pfscore.checking.proof_settings import settings
from pfscore.formulas.formula import Formula, parse_formula
from pfscore.formulas.glossary import GLOSSARY
from pfscore.formulas.proofs.pieces import BUDGET, Setting
from pfscore.formulas.proofs.prove import Claim, prove
from pfscore.formulas.syntax_tree import Arithmetic, Number, with_names
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.numbers import Rounding, decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.base import StepRounding
from pfscore.rulesets.model.way import WAYS, ByBands
from pfscore.scoring.row.awarding.award import rounding_of

#: What only a budget line gives.
OF_BUDGETS = {"budget", "expenditure", "execution_rate", "initial"}
_SCORE = Message("得分", "score")
_RAW = Message("取整前的得分", "score before it is rounded")
_LEAST = Message("最低", "the least")
_MOST = Message("最高", "the most")
_ANY_TARGET = Message("任何指标值", "any target")
_PLAN = Message("计划 100 天", "100 days planned")
GAP = Message("最高与最低之差", "the most minus the least")
#: What a proof about a person's bounds is about.
BOUNDS = (_LEAST, _MOST)


@dataclass(frozen=True)
class Proof:
    """What came of one formula of a rule for one kind of target."""

    rule: RuleInForce
    kind: TargetKind | None
    setting: Setting
    unit: str | None
    claims: tuple[Claim, ...]
    what: Message
    formula: Formula
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> Message:
        """Return the words for the rows that the proof is about."""
        return _ANY_TARGET if self.rule.ignores_target else _kind_words(self.kind)

    @property
    def place(self) -> Span:
        """Where the author wrote what is proved."""
        return self.rule.place_of(*WAYS)

    def said(self, lang: Lang = "zh") -> str:
        """Return in one line what was proved, and for which targets and points."""
        proved = [claim for claim in self.claims if claim.verdict == "proved"]
        words = [self._message(claim).text(lang) for claim in proved]
        scope = [one.text(lang) for one in self._scope(proved)]
        if lang == "zh":
            verdict = f"已证：{'；'.join(words)}（{'，'.join(scope)}）" if proved else "没有证出"
            return f"{self.rule.id}（{self.rows.zh}）{self.what.zh}：{verdict}"
        verdict = f"proved: {'; '.join(words)} ({', '.join(scope)})" if proved else "nothing proved"
        return f"{self.rule.id} ({self.rows.en}), {self.what.en}: {verdict}"

    @property
    def least(self) -> Fraction:
        """What the proved formula adds up from: below 0 where the rule takes points off the total."""
        return self.rule.worth(self.setting.points).least

    def _message(self, claim: Claim) -> Message:
        adjusts = self.rule.version.adjusts
        if adjusts is None or claim.name != "bounded":
            return claim.message
        return Message(f"加减分在 {adjusts} 之内", f"the adjustment lies within {adjusts}")

    def _scope(self, proved: Sequence[Claim]) -> Iterator[Message]:
        """Yield for what it is proved: the points, what is fixed while the result moves, the results."""
        setting, of_row = self.setting, not self.rule.ignores_target
        points = decimal_text(setting.points)
        any_points = all(claim.any_points for claim in proved)
        yield Message("任何分值", "any points") if any_points else Message(f"分值 {points}", f"{points} points")
        if of_row and setting.late:
            if "planned_days" in self.formula.names:
                yield _PLAN
            yield Message("滞后任何天数", "any days late")
        elif of_row and self.rule.uses_form_amounts:
            fixed = {**setting.values, "budget": setting.target}
            for name in ("budget", "initial", "carried_over"):
                if (value := fixed[name]) is not None:
                    term, amount = GLOSSARY[name], decimal_text(Fraction(value))
                    yield Message(f"{term.zh} {amount}", f"{term.en} {amount}")
        else:
            if of_row and all(claim.any_target for claim in proved):
                yield Message("任何正的指标值", "any positive target")
            elif of_row:
                wanted = "~".join(str(Quantity(edge, self.unit)) for edge in setting.edges())
                yield Message(f"指标值 {wanted}", f"target {wanted}")
            if not of_row or setting.least == 0:
                yield Message("完成值不小于零", "no negative actual")


def proofs(edition: Edition) -> Iterator[Proof]:
    """Prove what can be proved about the rules of the edition's own file.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> found = proofs(edition(load_family("cn-sh/project"), date(2023, 12, 31)))
    >>> {claim.name: claim.verdict for claim in next(found).claims}["monotone"]
    'proved'
    """
    own = edition.family[0]
    proved: dict[object, tuple[Claim, ...]] = {}

    def claims_of(formula: Formula, setting: Setting, budget: int) -> tuple[Claim, ...]:
        # Many rules have one formula: what was proved once holds for all.
        key = formula.body, replace(setting, values={}), tuple(sorted(setting.values.items())), budget
        if (found := proved.get(key)) is None:
            found = proved[key] = tuple(prove(formula, setting, budget))
        return found

    for rule in edition.rules:
        if not rule.layers or rule.layers[-1].loaded is not own:
            continue
        score = _SCORE if rounding_of(rule, "score") is None else _RAW
        named = zip((score, _LEAST, _MOST), (rule.formula, *(rule.bounds or ())), strict=False)
        formulas = [(what, _shifted(_rounded(formula, rule), rule)) for what, formula in named if formula is not None]
        found = list(settings(rule)) if formulas else []
        # The proofs of one rule share a budget, so that no rule keeps its author waiting.
        budget = BUDGET // max(1, len(found) * (len(formulas) + (rule.bounds is not None)))
        for kind, setting, unit in found:
            for what, formula in formulas:
                lacking = _lacking(formula, rule, setting)
                claims = () if lacking else _asked(claims_of(formula, setting, budget), rule, what)
                yield Proof(rule, kind, setting, unit, claims, what, formula, lacking)
            if rule.bounds is not None:
                gap = _rounded(_gap(rule.bounds), rule)
                claims = tuple(claim for claim in claims_of(gap, setting, budget) if claim.name == "bounded")
                yield Proof(rule, kind, setting, unit, claims, GAP, gap)


def _lacking(formula: Formula, rule: RuleInForce, setting: Setting) -> tuple[str, ...]:
    """Return the names to which rows of the rule give no value in a setting."""
    given = set(setting.env(setting.edges()[0]))
    if rule.applies.row != "budget" and not rule.uses_form_amounts:
        given -= OF_BUDGETS
    return tuple(name for name in formula.names if name not in given)


def _shifted(formula: Formula, rule: RuleInForce) -> Formula:
    """Return the formula of an adjustment shifted to begin at 0, as scores do."""
    least = rule.worth(Fraction(0)).least
    if not least:
        return formula
    return replace(formula, body=Arithmetic(("-",), (formula.body, Number(least))))


def _asked(claims: tuple[Claim, ...], rule: RuleInForce, what: Message) -> tuple[Claim, ...]:
    """Return the claims that make sense: an adjustment, or an amount of the form, knows no target that is met.

    Without a target, it is the rule alone that says which of two results is better. The most that a person may give in
    a band may be all the points, whether or not the target is met.
    """
    unasked: set[str] = set()
    if rule.version.adjusts is not None or rule.uses_form_amounts or rule.ignores_target:
        unasked = {"full_when_met", "met_when_full"}
    if rule.ignores_target:
        unasked.add("monotone")
    if what is _MOST and isinstance(rule.way, ByBands):
        unasked.add("met_when_full")
    return tuple(claim for claim in claims if claim.name not in unasked)


def _rounded(formula: Formula, rule: RuleInForce) -> Formula:
    """Put the rate as the rule rounds it in place of the rate, so that the proof is of what is computed."""
    rounding = rounding_of(rule, "completion")
    if rounding is None:
        return formula
    rates = {name: parse_formula(round_text(name, rounding)).body for name in ("completion", "execution_rate")}
    return replace(formula, body=with_names(formula.body, rates))


def round_text(name: str, rounding: StepRounding) -> str:
    """Write how a number is rounded as a formula."""
    unit = decimal_text(rounding.unit)
    steps = f"({name} / {unit})"
    down, up = (f"{function}{steps} * {unit}" for function in ("floor", "ceil"))
    match rounding.mode:
        case Rounding.HALF_UP:
            return f"round{steps} * {unit}"
        case Rounding.DOWN:
            return f"if {name} >= 0 then {down} else {up}"
        case Rounding.UP:
            return f"if {name} >= 0 then {up} else {down}"
        case Rounding.HALF_EVEN:
            half = f"({steps} + 0.5)"
            is_odd = f"floor{half} = {half} and floor({half} / 2) != {half} / 2"
            return f"(if {is_odd} then {half} - 1 else floor{half}) * {unit}"


def _kind_words(kind: TargetKind | None) -> Message:
    """Return the words for rows with a kind of target; rows without one are budget lines.

    >>> _kind_words(TargetKind.AT_LEAST).zh, _kind_words(None).zh
    ('≥', '预算行')
    """
    return Message("预算行", "budget line") if kind is None else Message(kind.author_word, kind.value)


def _gap(bounds: tuple[Formula, Formula]) -> Formula:
    """Return a formula that stays within 0 and the points where the most is never below the least."""
    low, high = bounds
    return parse_formula(f"分值 - (({high.text}) - ({low.text}))")
