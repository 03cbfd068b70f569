"""Which rule scores which rows, before any form: rules that never apply, rows without a rule, rows with several.

Rules distinguish rows by a few properties. Every combination of them that a row can have is a :class:`Case`, for
which the engine's own choice is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import NamedTuple

from pfscore.cells.indicator_names import name_key
from pfscore.cells.readings import Bound, TargetKind
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.text import Message, joined
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.form_terms import Block
from pfscore.scoring.row.preparing.rule_choice import (
    RELATIONS,
    SIGN_WORDS,
    Case,
    answer_words,
    applies,
    by_name,
    contenders,
    said,
)

#: The most rules that a sentence names.
_LISTED = 5
#: The kinds of targets that have a sign.
_SIGNED = (*Bound.kinds, TargetKind.CHANGE)
_SIGNS = ("正", "零", "负")
_NUMBER = frozenset({"数值"})
_WORDS = frozenset({"文字"})
_SAME = frozenset({"文字", "同指标值"})
_DATE = frozenset({"日期"})
_BOUND = frozenset({"界限"})
_PERCENT = frozenset({"百分比"})
_ALL_DONE = frozenset({"百分比", "100%"})
#: The kinds of answers that a target of each kind can meet with.
_ANSWERS: Mapping[TargetKind, tuple[frozenset[str], ...]] = {
    **dict.fromkeys(
        Bound.kinds,
        (*(_NUMBER | relation for relation in RELATIONS.values()), _BOUND, _PERCENT, _ALL_DONE, _WORDS, _DATE),
    ),
    TargetKind.BETWEEN: (_NUMBER, _BOUND, _PERCENT, _ALL_DONE, _WORDS),
    TargetKind.CHANGE: (_NUMBER, _BOUND, _PERCENT, _ALL_DONE, _WORDS),
    TargetKind.DEADLINE: (_DATE, _PERCENT, _ALL_DONE, _WORDS, _NUMBER),
    TargetKind.LEVEL: (_WORDS, _SAME, _NUMBER, _PERCENT, _ALL_DONE, _DATE),
    TargetKind.ALL_OF: (_NUMBER, frozenset(), _WORDS),
    TargetKind.ANY_OF: (_NUMBER, _WORDS),
}


@dataclass(frozen=True)
class Coverage:
    """The coverage of an edition: the rules that apply to some row, the rows without a rule, and with several."""

    reached: frozenset[str]
    uncovered: tuple[Case, ...]
    ambiguous: tuple[tuple[tuple[RuleInForce, ...], Case], ...]


def coverage(edition: Edition) -> Coverage:
    """Choose a rule for every kind of row that the rules of `edition` distinguish.

    Where all rules are for certain names, the other rows are a person's to judge, and none is uncovered.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> found = coverage(edition(load_family("cn/project"), date(2023, 12, 31)))
    >>> found.uncovered, found.ambiguous
    ((), ())
    """
    reached: set[str] = set()
    uncovered: list[Case] = []
    ambiguous: dict[frozenset[str], tuple[tuple[RuleInForce, ...], Case]] = {}
    general = [rule for rule in edition.rules if rule.applies.name is None]
    kinds = _kinds_of_names(edition.rules)
    for case in _on_forms(_cases(edition), edition):
        matching = [rule for rule in general if applies(rule, case)]
        for names in ((_Named("", ()),), *kinds):
            name, rules = names[0]
            if case.row == "budget" and name and not any(rule.applies.row == "budget" for rule in rules):
                continue
            here = replace(case, name=name) if name else case
            added = [rule for rule in rules if applies(rule, here)]
            if name and not added:
                continue
            left = contenders([*matching, *added])
            if len(left) == 1:
                reached.update(one[0].id for one in _alike(left, names))
            elif left:
                for one, twin in zip(_alike(left, names), names, strict=True):
                    ambiguous.setdefault(frozenset(rule.id for rule in one), (one, replace(here, name=twin.name)))
            elif general and not case.path and case.unit is None and case.row != "graded":
                uncovered.append(case)
    return Coverage(frozenset(reached), tuple(uncovered), tuple(ambiguous.values()))


class _Named(NamedTuple):
    """A name, and the rules for indicators of that name."""

    name: str
    rules: Sequence[RuleInForce]


def _kinds_of_names(rules: Sequence[RuleInForce]) -> Iterable[list[_Named]]:
    """Group the names whose rules differ in nothing but the name: one result is valid for all of them."""
    alike: dict[object, list[_Named]] = {}
    for name, own in by_name(rules).items():
        key = tuple((rule.applies.model_copy(update={"name": None}), rule.overrides) for rule in own)
        alike.setdefault(key, []).append(_Named(name, own))
    return alike.values()


def _alike(found: Sequence[RuleInForce], names: Sequence[_Named]) -> Iterator[tuple[RuleInForce, ...]]:
    """Yield for each of `names` the rules that correspond to those `found` for the first."""
    places = {rule.id: place for place, rule in enumerate(names[0].rules)}
    for _, own in names:
        yield tuple(own[places[rule.id]] if rule.id in places else rule for rule in found)


#: Headings that stand beside one another on the forms of all regions, never one under the other.
_FIRST_LEVEL = frozenset({"决策", "投入", "过程", "产出", "效果", "效益", "产出指标", "效益指标", "满意度指标"})
_SECOND_LEVEL = frozenset(
    {"数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"}
)


def _siblings(edition: Edition) -> list[frozenset[str]]:
    """Return the headings of which no row is under two: those that the form lists side by side, and the usual ones."""
    found = [_FIRST_LEVEL, _SECOND_LEVEL]
    pending: list[Sequence[Block]] = [edition.terms.get("blocks") or ()]
    while pending:
        blocks = pending.pop()
        found.append(frozenset(name_key(name) for one in blocks for name in (one.name, *(one.including or ()))))
        pending += [one.parts for one in blocks if one.parts]
    return found


def _cases(edition: Edition) -> Iterator[Case]:
    """Yield a case for every combination that the rules distinguish, without names."""
    rules, siblings = edition.rules, _siblings(edition)
    blocks = sorted({name_key(block) for rule in rules for block in rule.applies.block or ()})
    pairs = [pair for pair in combinations(blocks, 2) if not any(set(pair) <= one for one in siblings)]
    paths: list[tuple[str, ...]] = [(), *((block,) for block in blocks), *pairs]
    units = [None, *sorted({unit for rule in rules for unit in rule.applies.unit or ()})]
    rows = ["indicator"] + (["graded"] if any(rule.applies.row == "graded" for rule in rules) else [])
    for sign in _SIGNS:
        yield Case("budget", sign=sign)
    for row, (kind, answers), path in product(rows, _ANSWERS.items(), paths):
        signs = _SIGNS if kind in _SIGNED else ("",)
        for sign, answer, unit in product(signs, answers, units if kind in _SIGNED else [None]):
            yield Case(row, kind, sign, unit, answer, path)


def _on_forms(cases: Iterable[Case], edition: Edition) -> Iterator[Case]:
    """Yield every case on a form of every kind that the rules distinguish by what it states of itself."""
    asked = {name for rule in edition.rules for name, _ in rule.applies.properties or ()}
    declared = [one for one in edition.terms.get("properties") or () if one.name in asked]
    forms = list(product(*([(one.name, value) for value in one.values] for one in declared)))
    return (replace(case, properties=stated) if stated else case for case in cases for stated in forms)


def coverage_problems(found: Coverage, edition: Edition) -> Iterator[Diagnostic]:
    """Yield the problems of coverage, for the rules of the edition's own file."""
    own = edition.family[0]
    for rule in edition.rules:
        if rule.layers and rule.layers[-1].loaded is own and rule.id not in found.reached:
            yield _unreachable(rule)
    yield from _ambiguous(found.ambiguous)
    if found.uncovered:
        yield _uncovered(found.uncovered, edition)


def _unreachable(rule: RuleInForce) -> Diagnostic:
    return Diagnostic(
        "PF240",
        Message(f"规则 “{rule.id}” 从不起作用", f"rule {rule.id!r} never applies"),
        Message(
            "它的适用范围是空的，或处处有别的规则优先（overrides）",
            "its scope is empty, or everywhere another rule overrides it",
        ),
        rule.span,
        severity=Severity.WARNING,
    )


def _ambiguous(found: Sequence[tuple[Sequence[RuleInForce], Case]]) -> Iterator[Diagnostic]:
    """Yield one problem for each rule that competes with others, at the most specific rule."""
    rivals: dict[str, list[tuple[RuleInForce, Case]]] = {}
    rules = {rule.id: rule for group, _ in found for rule in group}
    for group, case in found:
        first, *others = sorted(group, key=_particular)
        rivals.setdefault(first.id, []).extend((rule, case) for rule in others)
    for rule_id, against in rivals.items():
        first, case = rules[rule_id], against[0][1]
        others = sorted({rule.id: rule for rule, _ in against}.values(), key=lambda rule: rule.id)
        ids, row = [rule.id for rule in others], said(case)
        where_zh, where_en = _where(case)
        beside = _BESIDE if len(case.path) > 1 else Message("", "")
        zh, en, keys = "、".join(ids[:_LISTED]), ", ".join(ids[:_LISTED]), ", ".join(ids)
        if len(ids) > _LISTED:
            zh, en, keys = f"{zh} 等 {len(ids)} 条", f"{en} and {len(ids) - _LISTED} others", "…"
        yield Diagnostic(
            "PF242",
            Message(
                f"规则 {rule_id} 会与 {zh} 同时适用，例如这样的行：{row.zh}{where_zh}",
                f"rule {rule_id} would apply together with {en}, as to such a row: {row.en}{where_en}",
            ),
            Message(
                f"若以 {rule_id} 为准，在它里面写 overrides: [{keys}]{beside.zh}",
                f"if {rule_id} is to win, let it say overrides: [{keys}]{beside.en}",
            ),
            first.span,
            tuple((Message(f"规则 {rule.id}", f"rule {rule.id}"), rule.span) for rule in others[:3]),
        )


_BESIDE = Message(
    "；两者若是并列的一级或二级指标，不会有这样的行，在 form 的 blocks 里列出",
    "; if these headings stand side by side there is no such row: list them in `blocks` under `form`",
)


def _particular(rule: RuleInForce) -> tuple[bool, bool, bool, str]:
    asked = rule.applies
    return asked.name is None, asked.block is None, asked.actual is None, rule.id


def _where(case: Case) -> tuple[str, str]:
    zh = "".join([f"；{'、'.join(case.path)}之下" if case.path else "", f"；名为{case.name}" if case.name else ""])
    en = "".join([f"; under {', '.join(case.path)}" if case.path else "", f"; named {case.name}" if case.name else ""])
    return zh, en


def _uncovered(cases: Sequence[Case], edition: Edition) -> Diagnostic:
    lines = joined(_grouped(cases), "；", "; ")
    own = edition.family[0]
    return Diagnostic(
        "PF241",
        Message(
            f"有些行没有规则，只能由评价人评定：{lines.zh}",
            f"no rule covers some rows, a person must judge them: {lines.en}",
        ),
        Message("补一条规则，或写 judgement 说明由谁在什么范围内评定", "add a rule, or a `judgement` with its bounds"),
        own.span(("rules",), key=True),
        severity=Severity.WARNING,
    )


def _grouped(cases: Iterable[Case]) -> Iterator[Message]:
    """Yield the uncovered kinds of targets; their signs and answers only where some of them are covered."""
    kinds: dict[TargetKind | None, list[Case]] = {}
    for case in cases:
        kinds.setdefault(case.kind, []).append(case)
    for kind, found in kinds.items():
        signs = [Message(sign, SIGN_WORDS[sign]) for sign in dict.fromkeys(case.sign for case in found) if sign]
        every = len(_SIGNS) if kind is None or kind in _SIGNED else 1
        details = signs if len(signs) < every else []
        if kind is not None and len(found) < max(len(signs), 1) * len(_ANSWERS[kind]):
            details += dict.fromkeys(answer_words(case.answers) for case in found)
        head = Message("预算行", "budget lines") if kind is None else Message(kind.author_word, kind.value)
        named = joined(details)
        yield Message(f"{head.zh}（{named.zh}）", f"{head.en} ({named.en})") if details else head
