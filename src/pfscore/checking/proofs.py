"""What is proved about the formulas of a ruleset: for which targets and points, which claims hold, what breaks one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.reader import parse_actual, parse_target
from pfscore.cells.readings import Bound, Measured, Reading, TargetKind
from pfscore.documents.scalars import read_amount
from pfscore.formulas.formula import Formula, parse_formula
from pfscore.formulas.glossary import GLOSSARY
from pfscore.formulas.proofs.pieces import BUDGET, Setting
from pfscore.formulas.proofs.prove import Claim, prove
from pfscore.formulas.syntax_tree import Arithmetic, Number, with_names
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.numbers import Rounding, decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.base import Assume, StepRounding
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.way import WAYS, ByBands
from pfscore.scoring.row.awarding.award import Value, rounding_of
from pfscore.scoring.row.preparing.rule_choice import sign_of

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


#: The kinds of targets that a rule without `comparator` is proved for.
_KINDS = (TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.EQUAL, TargetKind.BETWEEN)
_TEN = Fraction(10)


def settings(rule: RuleInForce) -> Iterator[tuple[TargetKind | None, Setting, str | None]]:
    """Yield the kinds of targets that a rule is for, each with the numbers of one of the rule's own examples.

    A rule for budget lines has no kind of target, nor has one that ignores the target.
    """
    points, values = points_of(rule), _values(rule)
    if rule.applies.row == "budget":
        yield None, Setting("higher", points=points, values={**values, "initial": Fraction(1)}), None
        return
    if rule.uses_form_amounts:
        for carried in (Fraction(0), Fraction(1, 5)) if "carried_over" in rule.names else (Fraction(0),):
            amounts = {"initial": Fraction(1), "carried_over": carried}
            yield None, Setting("higher", points=points, values={**values, **amounts}), None
        return
    if rule.ignores_target:
        yield None, Setting("higher", points=points, values=values), _unit_of_actuals(rule)
        return
    targets, fixed = dict(_targets(rule)), _fixed(rule)
    for kind in sorted(rule.applies.kinds or _KINDS):
        quantity = fixed or targets.get(kind, Quantity(Fraction(1)))
        for assume in _ways(kind, rule.assume):
            setting = _setting(kind, abs(quantity.value), assume, points, values)
            if setting is None:
                continue
            if setting.late:
                yield kind, setting, "天"
                continue
            signs = rule.applies.target or ((sign_of(fixed.value),) if fixed is not None else ("正", "零", "负"))
            for sign in signs:
                unit = "1" if kind is TargetKind.BETWEEN else quantity.unit
                yield kind, _narrowed(_signed(setting, sign), rule.applies.actual or ()), unit


def _ways(kind: TargetKind, assume: Assume) -> tuple[Assume, ...]:
    """Return what may be assumed of a kind of target: a name may say that a bare number is a floor, or a ceiling."""
    if kind is not TargetKind.BARE or not assume.is_by_name:
        return (assume,)
    return tuple(assume.model_copy(update={"direction": way}) for way in ("higher", "lower"))


def _setting(
    kind: TargetKind, target: Fraction, assume: Assume, points: Fraction, values: Mapping[str, Value]
) -> Setting | None:
    if kind is TargetKind.BETWEEN:
        low, high = Fraction(3, 5), Fraction(4, 5)
        return Setting("between", points=points, target=None, low=low, high=high, values=values)
    if kind is TargetKind.APPROXIMATELY:
        if assume.tolerance is None:
            return None
        margin = abs(target) * assume.tolerance
        return Setting(
            "between", points=points, target=target, low=target - margin, high=target + margin, values=values
        )
    if kind in {TargetKind.BARE, TargetKind.CHANGE}:
        way = assume.direction
        return None if way not in {"higher", "lower"} else Setting(way, points=points, target=target, values=values)
    if kind is TargetKind.DEADLINE:
        return Setting("lower", points=points, target=Fraction(0), values=values, late=True)
    if kind.direction is None:
        return None
    if kind is TargetKind.EQUAL and assume.equal is not None:
        return Setting(assume.equal, points=points, target=target, values=values)
    strict = kind in {TargetKind.GREATER_THAN, TargetKind.LESS_THAN} and not assume.at_edge
    return Setting(kind.direction, points=points, target=target, strict=strict, values=values)


def _signed(setting: Setting, sign: str) -> Setting:
    if setting.target is None or sign == "正":
        return setting
    factor = 0 if sign == "零" else -1
    low, high = (None if edge is None else edge * factor for edge in (setting.high, setting.low))
    return replace(setting, target=setting.target * factor, low=low, high=high, least=None)


def _narrowed(setting: Setting, answers: Sequence[str]) -> Setting:
    """Keep to the actuals that the rule is for, where it asks whether they lie below or above the target."""
    related = {"低于指标值", "等于指标值", "高于指标值"}.intersection(answers)
    if not related or setting.target is None or setting.direction == "between":
        return setting
    least = setting.least if "低于指标值" in related else setting.target
    most = setting.most if "高于指标值" in related else setting.target
    return replace(setting, least=least, most=most)


def points_of(rule: RuleInForce) -> Fraction:
    """Return the points of a row of the rule: those that it fixes, those of its first example, or ten."""
    if rule.version.adjusts is not None:
        return rule.worth(_TEN).points
    if rule.version.points is not None:
        return rule.version.points
    for example in rule.version.examples:
        try:
            return read_amount(example.points or "") or _TEN
        except ValueError:
            continue
    return _TEN


def _values(rule: RuleInForce) -> dict[str, Value]:
    """Return what formulas may use beside points, target and actual, from the rule's examples."""
    values: dict[str, Value] = {"deduction": Fraction(0)}
    for example in rule.version.examples:
        for name in ("rank", "share", "block_points", "count", "position"):
            given = getattr(example, name)
            if given is not None and name not in values:
                try:
                    values[name] = read_amount(given)
                except ValueError:
                    continue
    return values


def _unit_of_actuals(rule: RuleInForce) -> str | None:
    """Return the unit in which the examples of a rule say what was achieved."""
    for example in rule.version.examples:
        try:
            reading = parse_actual(example.actual or "", unit=example.unit)
        except PfscoreError:
            continue
        if isinstance(reading, Measured):
            return reading.quantity.unit
    return None


def _fixed(rule: RuleInForce) -> Quantity | None:
    """Return the target that the rule fixes."""
    reading = _reading(Example.model_construct(target=rule.version.target)) if rule.version.target else None
    return reading.quantity if isinstance(reading, Bound) else None


def _reading(example: Example) -> Reading | None:
    try:
        return parse_target(example.target or "", comparator=example.comparator, unit=example.unit)
    except PfscoreError:
        return None


def _targets(rule: RuleInForce) -> Iterator[tuple[TargetKind, Quantity]]:
    """Yield the targets that the rule's examples give, by kind; the first of a kind counts."""
    seen: set[TargetKind] = set()
    for example in rule.version.examples:
        reading = _reading(example)
        if isinstance(reading, Bound) and reading.quantity.value > 0 and reading.op not in seen:
            seen.add(reading.op)
            yield reading.op, reading.quantity


def target_text(kind: TargetKind | None, setting: Setting, unit: str | None) -> str:
    """Write the target of a setting as a form has it."""
    edges = [str(Quantity(edge, unit)) for edge in setting.edges()]
    if kind is TargetKind.APPROXIMATELY:
        return f"{Quantity(setting.target or Fraction(0), unit)}左右"
    if setting.direction == "between":
        return "~".join(edges)
    return f"{kind.sign if kind else ''}{edges[0]}"
