"""Which rule scores a row: by kind of target, block, name, unit, sign and kind of answer; never by order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pfscore.cells.indicator_names import name_key
from pfscore.cells.readings import (
    Achieved,
    Between,
    Bound,
    Change,
    Dated,
    Level,
    Measured,
    Reading,
    TargetKind,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.scoring.row.comparing.compare import answers_with_percent
from pfscore.scoring.row.comparing.readings_of_row import quantities
from pfscore.scoring.row.comparing.words import same_words

#: How an actual stands to its target: below, at, or above it.
RELATIONS = {-1: frozenset({"低于指标值"}), 0: frozenset({"等于指标值"}), 1: frozenset({"高于指标值"})}

#: In the order in which the more particular word wins.
_ANSWER_WORDS = {
    "低于指标值": Message("低于指标值的数", "a number below the target"),
    "等于指标值": Message("等于指标值的数", "a number at the target"),
    "高于指标值": Message("高于指标值的数", "a number above the target"),
    "数值": Message("数", "a number"),
    "100%": Message("100%", "100%"),
    "百分比": Message("百分数", "a percentage"),
    "同指标值": Message("与指标值相同的文字", "the target's own words"),
    "文字": Message("文字", "words"),
    "日期": Message("日期", "a date"),
    "界限": Message("界限（如 ≥95%）", "a bound such as ≥95%"),
}
#: The signs that rules ask for, in English.
SIGN_WORDS = {"正": "positive", "负": "negative", "零": "zero"}
_RELATED = frozenset[str]().union(*RELATIONS.values())


@dataclass(frozen=True, slots=True)
class Case:
    """What about a row decides which rule scores it; rows with equal cases are scored by the same rule.

    `row` is `indicator`, `graded` (an indicator with thresholds of its own) or `budget`.
    """

    row: str
    kind: TargetKind | None = None
    sign: str = ""
    unit: str | None = None
    answers: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    name: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, path: Sequence[str], name: str, properties: tuple[tuple[str, str], ...] = ()) -> Case:
        """Return what is known of an indicator row by its place, its name and its form alone."""
        plain = tuple(name_key(part) for part in path)
        return cls("indicator", path=plain, name=name_key(name), properties=properties)


def case_of(
    target: Reading, actual: Reading, path: tuple[str, ...], name: str, *, relates: bool = True, graded: bool = False
) -> Case:
    """Describe an indicator row by what rules may ask for.

    `relates` says whether any rule asks how the actual stands to the target, `graded` whether the row has
    thresholds of its own.
    """
    held = quantities(target)
    unit = held[0].unit if held else None
    answers = answers_of(target, actual)
    return Case(
        "graded" if graded else "indicator",
        target.target_kind,
        _sign(target),
        "%" if unit == "1" else unit,
        answers | _relation(target, actual) if relates else answers,
        tuple(name_key(part) for part in path),
        name_key(name),
    )


def _sign(target: Reading) -> str:
    return sign_of(target.quantity.value) if isinstance(target, Bound | Change) else ""


def sign_of(value: Fraction) -> str:
    """Return the sign of a number as rules ask for it.

    >>> sign_of(Fraction(-1, 2))
    '负'
    """
    return "零" if value.numerator == 0 else "正" if value.numerator > 0 else "负"


def _relation(target: Reading, actual: Reading) -> frozenset[str]:
    """Return how a number stands to a target that is one."""
    if isinstance(target, Bound) and isinstance(actual, Between):
        low, high = (_relation(target, Measured(end)) for end in (actual.low, actual.high))
        return low if low == high else frozenset()
    if not isinstance(target, Bound) or not isinstance(actual, Measured):
        return frozenset()
    wanted, reached = target.quantity, actual.quantity
    if wanted.dimension != reached.dimension:
        return frozenset()
    above = (reached.base - wanted.base).numerator
    return RELATIONS[(above > 0) - (above < 0)]


def answers_of(target: Reading | None, actual: Reading | None) -> frozenset[str]:
    """Return the kinds of answers that an actual is, as rules ask for them."""
    found = set()
    match actual:
        case Measured(quantity=quantity):
            found.add("数值")
            if target is not None and answers_with_percent(target, actual):
                found = {"百分比", "100%"} if quantity.value == 1 else {"百分比"}
        case Achieved():
            found.add("界限")
        case Dated():
            found.add("日期")
        case Level():
            found.add("文字")
            if target is not None and same_words(target, actual):
                found.add("同指标值")
        case Change() | Between():
            found.add("数值")
    return frozenset(found)


class Chooser:
    """The rules of an edition, arranged so that a row looks only at those that could be meant."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._chosen: dict[Case, RuleInForce | Diagnostic] = {}
        #: Whether any rule asks how the actual stands to the target.
        self.relates = any(_RELATED.intersection(rule.applies.actual or ()) for rule in edition.rules)
        #: Whether any rule asks for the name; where none does, it makes no difference.
        self.looks_at_names = any(rule.applies.name is not None for rule in edition.rules)

    @cached_property
    def _blocks(self) -> frozenset[str]:
        return frozenset(name_key(block) for rule in self._edition.rules for block in rule.applies.block or ())

    def place(self, name: str, path: Sequence[str]) -> Hashable:
        """Return what rules may ask for of the name and the place of a row: equal for rows that no rule tells apart."""
        parts, plain = tuple(map(name_key, path)), name_key(name)
        return tuple(part for part in parts if part in self._blocks), plain if plain in self._named else ""

    @cached_property
    def _general(self) -> list[RuleInForce]:
        return [rule for rule in self._edition.rules if rule.applies.name is None]

    @cached_property
    def _named(self) -> dict[str, list[RuleInForce]]:
        return by_name(self._edition.rules)

    def choose(self, case: Case) -> RuleInForce | Diagnostic:
        """Return the one rule for `case`, or what is wrong: PF513 none, PF514 several."""
        found = self._chosen.get(case)
        if found is None:
            found = self._decide(case)
            if len(self._chosen) < 65536:
                self._chosen[case] = found
        return found

    def treating(self, key: str, case: Case) -> RuleInForce | None:
        """Return the one rule that says how a row of that name and place is treated (`not_applicable`, `missing`)."""
        matching = [
            rule
            for rule in (*self._general, *self._named.get(case.name, ()))
            if getattr(rule.version, key) is not None and rule.applies.row != "budget" and _is_meant(rule, case)
        ]
        left = contenders(matching)
        return left[0] if len(left) == 1 else None

    def unstated(self, case: Case) -> tuple[str, ...]:
        """Return the properties that the form does not state, and by which rules for rows of that name differ."""
        stated = dict(case.properties)
        asked = (
            property_
            for rule in self._named.get(case.name, ())
            if _is_in_place(rule, case)
            for property_, _ in rule.applies.properties or ()
        )
        return tuple(dict.fromkeys(one for one in asked if one not in stated))

    def fixed(self, case: Case) -> RuleInForce | None:
        """Return the one rule that fixes what a row of that name and place is scored by, apart from its cells."""
        found = [rule for rule in self._named.get(case.name, ()) if _fixes(rule) and _is_meant(rule, case)]
        left = contenders(found)
        return left[0] if len(left) == 1 else None

    def candidates(self, case: Case) -> list[RuleInForce]:
        """Return every rule that applies to `case`, before overrides."""
        return [rule for rule in (*self._general, *self._named.get(case.name, ())) if applies(rule, case)]

    def _decide(self, case: Case) -> RuleInForce | Diagnostic:
        left = contenders(self.candidates(case))
        if len(left) == 1:
            return left[0]
        return _several(left) if left else _none(case)


def _fixes(rule: RuleInForce) -> bool:
    version = rule.version
    fixed = (version.points, version.target, version.checklist, version.adjusts)
    return rule.uses_form_amounts or any(part is not None for part in fixed)


def by_name(rules: Iterable[RuleInForce]) -> dict[str, list[RuleInForce]]:
    """Return the rules for indicators of certain names, by each of these names."""
    found: dict[str, list[RuleInForce]] = {}
    for rule in rules:
        for name in dict.fromkeys(map(name_key, rule.applies.name or ())):
            found.setdefault(name, []).append(rule)
    return found


def contenders(matching: list[RuleInForce]) -> list[RuleInForce]:
    """Return the rules among `matching` that no other one overrides; all of them where each is overridden."""
    beaten = {name for rule in matching for name in rule.overrides if name != rule.id}
    return [rule for rule in matching if rule.id not in beaten] or matching


def applies(rule: RuleInForce, case: Case) -> bool:
    """Return whether all conditions of `rule` hold for `case`."""
    asked = rule.applies
    return (
        (asked.row == case.row or (asked.row == "indicator" and case.row == "graded"))
        and (asked.kinds is None or case.kind in asked.kinds)
        and (asked.target is None or case.sign in asked.target)
        and (asked.unit is None or case.unit in asked.unit)
        and (asked.actual is None or not case.answers.isdisjoint(asked.actual))
        and _is_meant(rule, case)
    )


def _is_meant(rule: RuleInForce, case: Case) -> bool:
    """Return whether `rule` is for a row of that name in that place, of a form with these properties."""
    asked = rule.applies.properties
    if asked is not None:
        stated = dict(case.properties)
        if any(stated.get(name) not in values for name, values in asked):
            return False
    return _is_in_place(rule, case)


def may_be_meant(rule: RuleInForce, case: Case) -> bool:
    """Return whether `rule` is for such a row, whatever the form does not state of itself."""
    stated = dict(case.properties)
    asked = rule.applies.properties or ()
    return all(name not in stated or stated[name] in values for name, values in asked) and _is_in_place(rule, case)


def _is_in_place(rule: RuleInForce, case: Case) -> bool:
    """Return whether `rule` is for a row of that name in that place."""
    asked = rule.applies
    return (asked.block is None or any(name_key(block) in case.path for block in asked.block)) and (
        asked.name is None or any(name_key(name) == case.name for name in asked.name)
    )


def said(case: Case) -> Message:
    """Describe a case in words: the kind of target and its sign, the kind of answer.

    >>> said(Case("indicator", TargetKind.AT_LEAST, "正", answers=frozenset({"数值"}))).zh
    '指标值 ≥ 正；完成值是数'
    """
    if case.row == "budget":
        return Message(f"预算行，预算数为{case.sign}", f"a budget line with a {SIGN_WORDS[case.sign]} budget")
    word, kind = ("", "") if case.kind is None else (case.kind.author_word, case.kind.value)
    answer = answer_words(case.answers)
    zh = f"指标值 {word}{' ' if case.sign else ''}{case.sign}；完成值是{answer.zh}"
    en = " ".join(part for part in (f"target {kind}", SIGN_WORDS.get(case.sign, "")) if part)
    return Message(zh, f"{en}; actual: {answer.en}")


def answer_words(answers: frozenset[str]) -> Message:
    """Describe a kind of answer.

    >>> answer_words(frozenset({"数值", "低于指标值"})).zh
    '低于指标值的数'
    """
    for word, message in _ANSWER_WORDS.items():
        if word in answers:
            return message
    return Message("几项", "several")


def _none(case: Case) -> Diagnostic:
    row = said(case)
    return Diagnostic(
        "PF513",
        Message(f"规则集里没有规则适用于这样的行（{row.zh}）", f"no rule of the ruleset is for such a row ({row.en})"),
        Message(
            "由评价人评定的，把得分写在 decision 里；或在规则集里补一条规则",
            "a person who judges writes the score under `decision`; or the ruleset needs a rule",
        ),
    )


def _several(rules: Iterable[RuleInForce]) -> Diagnostic:
    listed = sorted(rules, key=lambda rule: rule.id)
    ids = [rule.id for rule in listed]
    return Diagnostic(
        "PF514",
        Message("几条规则同时适用：" + "、".join(ids), "several rules apply: " + ", ".join(ids)),
        Message("在其中一条里写 overrides", "say `overrides` in one of them"),
        listed[0].name_place(),
        tuple((Message(f"规则 {rule.id}", f"rule {rule.id}"), rule.name_place()) for rule in listed[1:]),
    )
