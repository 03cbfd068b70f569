"""What is in force on a date: a ruleset merged with its parents, one version of each rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError, RulesetError
from pfscore.foundation.text import Message
from pfscore.language.formula import Formula, parse_formula
from pfscore.rules.bands import as_formula
from pfscore.rules.document import Document
from pfscore.rules.model import Applies, Cite, Evidence, FormVersion, Rule, Ruleset, RuleVersion, SourceEntry

_WAYS = ("formula", "levels", "bands", "judgement")
_TERMS = tuple(name for name in FormVersion.model_fields if name not in {"since", "until", "cite", "disabled"})
_INHERITED = tuple(
    name for name in RuleVersion.model_fields if name not in {"since", "until", "cite", "disabled", "examples", *_WAYS}
)


@dataclass(frozen=True)
class Loaded:
    """One ruleset file: its model, and the document that it came from."""

    ruleset: Ruleset
    document: Document


@dataclass(frozen=True)
class Authority:
    """On whose word something stands: the ruleset, the source and how well it is known, the place, the words."""

    ruleset: str
    source: str
    title: str
    evidence: Evidence
    at: str | None = None
    quote: str | None = None

    def text(self) -> str:
        """Return the citation in one line."""
        return f"{self.source}　{self.at}" if self.at else self.source


@dataclass(frozen=True)
class RuleInForce:
    """A rule as it stands on the edition's date, with everything it inherits filled in."""

    id: str
    title: str
    ruleset: str
    overrides: frozenset[str]
    applies: Applies
    version: RuleVersion
    authority: Authority
    formula: Formula | None
    span: Span = field(compare=False)


@dataclass(frozen=True)
class Terms:
    """What holds for the form as a whole; `authority` says for each term who says so."""

    values: dict[str, Any]
    authority: dict[str, Authority]

    def get(self, name: str) -> Any:
        """Return the term `name` of :class:`~pfscore.rules.model.FormVersion`, or `None` where nobody says."""
        return self.values.get(name)


@dataclass(frozen=True)
class Edition:
    """A ruleset on a date."""

    ruleset: str
    title: str
    jurisdiction: str
    kind: str
    status: str
    on: date
    terms: Terms
    rules: tuple[RuleInForce, ...]
    family: tuple[Loaded, ...] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that is in force, the same for YAML and compiled JSON."""
        content = {
            "ruleset": self.ruleset,
            "terms": {key: _plain(value) for key, value in sorted(self.terms.values.items())},
            "rules": [
                {
                    "id": rule.id,
                    "overrides": sorted(rule.overrides),
                    "applies": rule.applies.model_dump(mode="json"),
                    "version": rule.version.model_dump(mode="json", exclude={"examples"}, by_alias=True),
                }
                for rule in sorted(self.rules, key=lambda rule: rule.id)
            ],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def rule(self, rule_id: str) -> RuleInForce | None:
        """Return the rule with that id, if it is in force."""
        return self._by_id.get(rule_id)

    @cached_property
    def _by_id(self) -> dict[str, RuleInForce]:
        return {rule.id: rule for rule in self.rules}


def edition(family: Sequence[Loaded], on: date) -> Edition:
    """Merge `family` (the ruleset first, then its parent, and so on) as it stands on `on`.

    Raises:
        RulesetError: PF213, PF214, PF221, PF222 for what does not fit together, PF223 where nothing is in force,
            PF4xx for formulas.
    """
    found: list[Diagnostic] = []
    rules: dict[str, _Merged] = {}
    terms: dict[str, Any] = {}
    said: dict[str, Authority] = {}
    for loaded in reversed(family):
        form = _current(loaded.ruleset.form, on)
        if isinstance(form, FormVersion):
            for name in _TERMS:
                if (value := getattr(form, name)) is not None:
                    terms[name], said[name] = value, authority(loaded.ruleset, form.cite)
        found += _merge(rules, loaded, on, is_root=loaded is family[-1])
    ruleset = family[0].ruleset
    in_force = [merged for merged in rules.values() if merged.version is not None]
    known = {merged.rule.id for merged in rules.values()}
    found += [problem for merged in in_force for problem in _unknown_overrides(merged, known)]
    resolved = list(_resolve(in_force, found))
    if found:
        raise RulesetError(found)
    if not resolved:
        raise RulesetError.of(
            Diagnostic(
                "PF223",
                Message(f"规则集 “{ruleset.ruleset}” 在 {on} 没有生效的规则", f"ruleset {ruleset.ruleset!r} has no rule in force on {on}"),
                _span_of_time(family),
                Span(family[0].document.source.name),
            )
        )
    return Edition(
        ruleset.ruleset,
        ruleset.title,
        ruleset.jurisdiction,
        ruleset.kind,
        ruleset.status,
        on,
        Terms(terms, said),
        tuple(sorted(resolved, key=lambda rule: rule.id)),
        tuple(family),
    )


def authority(ruleset: Ruleset, cite: Cite) -> Authority:
    """Return on whose word `cite` stands."""
    source = next((entry for entry in ruleset.sources if entry.key == cite.source), None)
    entry = source or SourceEntry(key=cite.source, title=cite.source, evidence=Evidence.NONE)
    return Authority(ruleset.ruleset, cite.source, entry.title, entry.evidence, cite.at, cite.quote)


@dataclass
class _Merged:
    """A rule while the family is being merged; `owner` is the file whose version holds."""

    rule: Rule
    owner: Loaded
    path: tuple[str | int, ...]
    version: RuleVersion | None
    applies: Applies
    overrides: frozenset[str]
    title: str


def _merge(rules: dict[str, _Merged], loaded: Loaded, on: date, *, is_root: bool) -> Iterator[Diagnostic]:
    """Lay one file's rules over what its parents gave."""
    document = loaded.document
    for index, removed in enumerate(loaded.ruleset.removed):
        if removed.rule not in rules:
            yield Diagnostic(
                "PF221",
                Message(f"要删除的规则 “{removed.rule}” 在上级规则集里不存在", f"no parent has the removed rule {removed.rule!r}"),
                _known(rules),
                document.span(("removed", index, "rule")),
            )
        elif removed.since <= on:
            rules[removed.rule].version = None
    for index, rule in enumerate(loaded.ruleset.rules):
        path = ("rules", index)
        parent = rules.get(rule.id)
        if (parent is None) != (rule.replaces is None) or (
            parent is not None and rule.replaces != parent.owner.ruleset.ruleset
        ):
            yield _replacement_problem(rule, parent, loaded, path, is_root=is_root)
            continue
        version, at = _current_with_index(rule.versions, on)
        if parent is None:
            rules[rule.id] = _Merged(
                rule,
                loaded,
                (*path, "versions", at),
                version,
                rule.applies or Applies(),
                frozenset(rule.overrides or ()),
                rule.title or rule.id,
            )
        elif version is not None:
            parent.version = _inherit(version, parent.version)
            parent.rule, parent.owner, parent.path = rule, loaded, (*path, "versions", at)
            parent.applies = rule.applies or parent.applies
            parent.overrides = frozenset(rule.overrides) if rule.overrides is not None else parent.overrides
            parent.title = rule.title or parent.title


def _replacement_problem(
    rule: Rule, parent: _Merged | None, loaded: Loaded, path: tuple[str | int, ...], *, is_root: bool
) -> Diagnostic:
    document = loaded.document
    if parent is None:
        where = "没有上级规则集" if is_root else "上级规则集没有这条规则"
        return Diagnostic(
            "PF213",
            Message(f"规则 “{rule.id}” 写了 replaces，但{where}", f"rule {rule.id!r} replaces nothing: no parent has it"),
            Message("删去 replaces，或核对规则代号", "remove `replaces`, or check the id"),
            document.span((*path, "replaces")),
        )
    owner = parent.owner.ruleset.ruleset
    return Diagnostic(
        "PF213",
        Message(f"规则 “{rule.id}” 与上级规则集 “{owner}” 的规则同名", f"rule {rule.id!r} also stands in the parent {owner!r}"),
        Message(f"若要改写，加一行 replaces: {owner}；否则换一个代号", f"to replace it, add `replaces: {owner}`; otherwise rename it"),
        document.span((*path, "id")),
        ((Message("上级的规则", "the parent's rule"), parent.owner.document.span(parent.path[:2])),),
    )


def _inherit(version: RuleVersion, parent: RuleVersion | None) -> RuleVersion:
    """Fill what `version` leaves out from the parent's version in force."""
    if parent is None:
        return version
    filled = {name: getattr(parent, name) for name in _INHERITED if getattr(version, name) is None}
    if all(getattr(version, way) is None for way in _WAYS):
        filled |= {way: getattr(parent, way) for way in _WAYS}
    return version.model_copy(update=filled)


def _resolve(merged: Sequence[_Merged], found: list[Diagnostic]) -> Iterator[RuleInForce]:
    for one in merged:
        version = one.version
        if version is None:
            continue
        document, ruleset = one.owner.document, one.owner.ruleset
        place = document.span(one.path)
        span = Span(place.source, place.line, place.column, place.length, place.text, ruleset.ruleset, one.rule.id)
        if all(getattr(version, way) is None for way in _WAYS):
            found.append(
                Diagnostic(
                    "PF222",
                    Message(f"规则 “{one.rule.id}” 没有写怎样评分", f"rule {one.rule.id!r} does not say how to score"),
                    Message("写 formula、levels、bands 或 judgement 之一", "give one of formula, levels, bands, judgement"),
                    span,
                )
            )
            continue
        try:
            formula = _formula(version, one)
        except ExpressionError as error:
            found += error.diagnostics
            continue
        yield RuleInForce(
            one.rule.id,
            one.title,
            ruleset.ruleset,
            one.overrides,
            one.applies,
            version,
            authority(ruleset, version.cite),
            formula,
            span,
        )


def _formula(version: RuleVersion, one: _Merged) -> Formula | None:
    if version.formula is not None:
        return parse_formula(version.formula, at=one.owner.document.span((*one.path, "formula")))
    if version.bands is not None:
        return parse_formula(as_formula(version.bands), at=one.owner.document.span((*one.path, "bands", "of")))
    return None


def _unknown_overrides(merged: _Merged, known: set[str]) -> Iterator[Diagnostic]:
    for name in sorted(merged.overrides - known):
        yield Diagnostic(
            "PF214",
            Message(f"规则 “{merged.rule.id}” 的 overrides 所指的 “{name}” 不存在", f"rule {merged.rule.id!r} overrides {name!r}, which does not exist"),
            Message("已有：" + "、".join(sorted(known)), "known: " + ", ".join(sorted(known))),
            merged.owner.document.span((*merged.path[:2], "overrides")),
        )


def _current(versions: Sequence[FormVersion] | Sequence[RuleVersion], on: date) -> FormVersion | RuleVersion | None:
    for version in reversed(versions):
        if version.disabled is None and version.since <= on:
            return None if version.until is not None and version.until <= on else version
    return None


def _current_with_index(versions: Sequence[RuleVersion], on: date) -> tuple[RuleVersion | None, int]:
    version = _current(versions, on)
    if not isinstance(version, RuleVersion):
        return None, 0
    return version, next(index for index, other in enumerate(versions) if other is version)


def _known(rules: dict[str, _Merged]) -> Message:
    listed = "、".join(sorted(rules)) or "（无）"
    return Message(f"上级的规则：{listed}", f"the parent's rules: {listed}")


def _span_of_time(family: Sequence[Loaded]) -> Message:
    days = [version.since for loaded in family for rule in loaded.ruleset.rules for version in rule.versions if version.disabled is None]
    if not days:
        return Message("这个规则集的规则都已停用", "every rule of this ruleset is disabled")
    return Message(f"最早的版本自 {min(days)} 起", f"the earliest version starts on {min(days)}")


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return str(value)
