"""Differences between two editions of a ruleset as sentences, and whose scores they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Literal

from pfscore.forms.form import Form
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.report.rulesets.words import WORDS, cited, key_word, show
from pfscore.rulesets.in_force import TERMS, Edition, RuleInForce, plain
from pfscore.rulesets.model.base import SourceEntry
from pfscore.rulesets.model.form_terms import FormVersion
from pfscore.rulesets.model.rule import Removed, RuleVersion
from pfscore.rulesets.model.way import WAYS
from pfscore.scoring.row.awarding.award import evidence_words
from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from pfscore.scoring.sheet import Sheet

#: What of a version cannot differ between two versions in force: one that is disabled is in force nowhere.
_ASLEEP = frozenset({"disabled"})
_FIRST = (*WAYS, "points", "target", "not_applicable", "missing", "assume", "rounding", "overshoot", "steps", "cite")
#: What is compared of a rule's version: what scores first, then on whose word, then the rest.
_KEYS = (*_FIRST, *(name for name in RuleVersion.model_fields if name not in {*_FIRST, *_ASLEEP}))
#: What is compared of a form's version beside its terms and their citations.
_FORM_KEYS = tuple(name for name in FormVersion.model_fields if name not in {*TERMS, *_ASLEEP, "cite", "also"})
_SOURCE_KEYS = tuple(name for name in SourceEntry.model_fields if name != "key")
_HEAD_KEYS = ("title", "jurisdiction", "kind", "status", "extends", "note")

Part = Literal["form", "rule", "source", "ruleset"]


@dataclass(frozen=True)
class Change:
    """One difference: in what part, where in it, of what kind, and the two sides; `of` are the terms it is about."""

    part: Part
    where: str
    key: str
    before: Message | None
    after: Message | None
    of: tuple[str, ...] = ()

    def said(self, lang: Lang = "zh", *, where: str | None = None) -> str:
        """Return the difference in one sentence; `where` names the other places that share it, too."""
        zh = lang == "zh"
        place = where or self.where
        if self.key in {"rule", "source"}:
            kind = {"rule": Message("规则", "rule"), "source": Message("依据", "source")}[self.key].text(lang)
            what = (self.before or self.after or Message("", "")).text(lang)
            if self.after is None:
                return f"没有{kind} {place}（{what}）了" if zh else f"{kind} {place} ({what}) is gone"
            return f"新增{kind} {place}：{what}" if zh else f"new {kind} {place}: {what}"
        word = WORDS[self.key].text(lang)
        if self.of:
            terms = [key_word(term).text(lang) for term in self.of]
            word = f"{'、'.join(terms)}的{word}" if zh else f"{word} of {', '.join(terms)}"
        none = Message("（没有）", "(none)")
        before, after = (self.before or none).text(lang), (self.after or none).text(lang)
        if zh:
            return f"{_PLACES[self.part].zh.format(place)}的{word}由“{before}”改为“{after}”"
        return f"{_PLACES[self.part].en.format(place)}: {word} from “{before}” to “{after}”"


_PLACES: dict[str, Message] = {
    "form": Message("整张表", "the form"),
    "rule": Message("规则 {} ", "rule {}"),
    "source": Message("依据 {} ", "source {}"),
    "ruleset": Message("规则集", "the ruleset"),
}


def sentences(found: Iterable[Change], lang: Lang = "zh") -> Iterator[str]:
    """Return all changes as sentences; what several rules or sources have in common is one sentence."""
    groups: dict[object, list[Change]] = {}
    for one in found:
        alone = one.where if one.key == one.part else ""
        groups.setdefault((one.part, one.key, one.before, one.after, one.of, alone), []).append(one)
    for group in groups.values():
        where = ("、" if lang == "zh" else ", ").join(one.where for one in group)
        yield group[0].said(lang, where=where)


def changes(before: Edition, after: Edition) -> Iterator[Change]:
    """Yield what differs between two editions: the form, the rules by id, the sources, and the ruleset's own keys.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> here, there = (edition(load_family(name), date(2023, 12, 31)) for name in ("cn/project", "cn-sh/project"))
    >>> print(next(changes(here, there)).said())
    整张表的等级由“优 90 起，良 80 起，中 60 起，差 0 起”改为“不评”
    """
    yield from _form(before, after)
    for rule_id in sorted({rule.id for rule in (*before.rules, *after.rules)}):
        yield from _rule(rule_id, before.rule(rule_id), after.rule(rule_id))
    yield from _sources(before, after)
    for key in _HEAD_KEYS:
        yield from _changed(
            "ruleset", after.ruleset, key, *(getattr(one.family[0].ruleset, key) for one in (before, after))
        )
    yield from _changed("ruleset", after.ruleset, "removed", *(_removed(one) for one in (before, after)))


def _form(before: Edition, after: Edition) -> Iterator[Change]:
    for term in TERMS:
        yield from _changed("form", "form", term, before.terms.get(term), after.terms.get(term))
    words: dict[tuple[str, str], list[str]] = {}
    for term in TERMS:
        sides = tuple(
            "" if (word := one.terms.authority.get(term)) is None else cited(word.source, word.at, word.quote)
            for one in (before, after)
        )
        if all(sides) and sides[0] != sides[1]:
            words.setdefault((sides[0], sides[1]), []).append(term)
    for (old, new), terms in words.items():
        yield Change("form", "form", "cite", Message(old, old), Message(new, new), tuple(terms))
    for key in _FORM_KEYS:
        yield from _changed("form", "form", key, _of_form(before, key), _of_form(after, key))


def _of_form(edition: Edition, key: str) -> tuple[Any, ...] | None:
    """Return what the versions that give the form its terms say beside them, the nation's first."""
    found: dict[Any, None] = {}
    for loaded in reversed(edition.family):
        for owner, path in edition.terms.layers.values():
            if owner is loaded:
                found[getattr(loaded.ruleset.form[int(path[1])], key)] = None
    return tuple(value for value in found if value is not None) or None


def _rule(rule_id: str, old: RuleInForce | None, new: RuleInForce | None) -> Iterator[Change]:
    if old is None or new is None:
        only = old or new
        said = None if only is None else Message(*(_described(only, lang) for lang in ("zh", "en")))
        yield Change("rule", rule_id, "rule", said if new is None else None, said if old is None else None)
        return
    yield from _changed("rule", rule_id, "title", old.title, new.title)
    yield from _changed("rule", rule_id, "applies", old.applies, new.applies)
    yield from _changed("rule", rule_id, "overrides", tuple(old.beats()), tuple(new.beats()))
    for key in _KEYS:
        sides = getattr(old.version, key), getattr(new.version, key)
        if key == "formula" and None not in sides and old.formula == new.formula:
            continue  # the same formula in other words
        if key == "examples":
            sides = _only(*sides), _only(*reversed(sides))
        yield from _changed("rule", rule_id, key, *sides)


def _only(own: Sequence[Any], other: Sequence[Any]) -> tuple[Any, ...] | None:
    """Return what is in `own` and not in `other`; `None` for nothing."""
    return tuple(one for one in own if one not in other) or None


def _sources(before: Edition, after: Edition) -> Iterator[Change]:
    """Compare the sources of the whole family by their keys; a parent and a child may give one key to two of them."""
    old, new = _by_key(before), _by_key(after)
    for key in dict.fromkeys((*old, *new)):
        for one, other in zip_longest(old.get(key, ()), new.get(key, ())):
            if one is None or other is None:
                said = None if (entry := one or other) is None else _introduced(entry)
                yield Change("source", key, "source", said if other is None else None, said if one is None else None)
                continue
            for name in _SOURCE_KEYS:
                yield from _changed("source", key, name, getattr(one, name), getattr(other, name))


def _introduced(source: SourceEntry) -> Message:
    known = evidence_words(source.evidence, source.read_to)
    return Message(f"{source.title}（{known.zh}）", f"{source.title}, {known.en}")


def _by_key(edition: Edition) -> dict[str, tuple[SourceEntry, ...]]:
    found: dict[str, dict[SourceEntry, None]] = {}
    for loaded in edition.family:
        for source in loaded.ruleset.sources:
            found.setdefault(source.key, {})[source] = None
    return {key: tuple(entries) for key, entries in found.items()}


def _removed(edition: Edition) -> tuple[Removed, ...] | None:
    listed = (one for loaded in edition.family for one in loaded.ruleset.removed if one.since <= edition.on)
    return tuple(listed) or None


def _changed(part: Part, where: str, key: str, before: Any, after: Any) -> Iterator[Change]:
    old, new = _message(key, before), _message(key, after)
    if plain(before) != plain(after) and old != new:
        yield Change(part, where, key, old, new)


def _message(key: str, value: Any) -> Message | None:
    """Write a value in both languages."""
    zh, en = show(key, value), show(key, value, "en")
    return None if zh is None or en is None else Message(zh, en)


def _described(rule: RuleInForce, lang: Lang) -> str:
    """Return the title of a rule and how it scores; a rule without a title has been named by its id already."""
    how = _how(rule, lang)
    return how if rule.title == rule.id else f"{rule.title}；{how}"


def _how(rule: RuleInForce, lang: Lang) -> str:
    key = rule.way.key
    return f"{WORDS[key].text(lang)} {show(key, getattr(rule.version, key), lang)}"


@dataclass(frozen=True)
class Moved:
    """A row, or the total of a form (`name` is empty), that earns something else; only a total has `grades`."""

    form: str
    name: str
    before: tuple[Decimal | None, Decimal | None]
    after: tuple[Decimal | None, Decimal | None]
    grades: tuple[str | None, str | None] = (None, None)

    @property
    def by(self) -> Decimal | None:
        """The difference of the two scores, where both are single numbers."""
        (low, high), (new_low, new_high) = self.before, self.after
        if low is None or new_low is None or low != high or new_low != new_high:
            return None
        return Decimal(decimal_text(Fraction(new_low) - Fraction(low)))

    def said(self, lang: Lang = "zh") -> str:
        """Return the change in one line."""
        before, after = _scores(self.before, lang), _scores(self.after, lang)
        name = self.name or ("总分" if lang == "zh" else "total")
        said = before if before == after else f"{before} → {after}"
        if self.by:
            said += f"（{'+' if self.by > 0 else ''}{self.by}）"
        if self.grades[0] != self.grades[1]:
            none = "不评" if lang == "zh" else "none"
            old, new = (grade or none for grade in self.grades)
            said += f"，等级 {old} → {new}" if lang == "zh" else f", grade {old} → {new}"
        return f"《{self.form}》{name}：{said}" if lang == "zh" else f"《{self.form}》{name}: {said}"


def moved(form: Form, before: Sheet, after: Sheet) -> Iterator[Moved]:
    """Yield the rows of a form that earn something else under the second ruleset, then its total or its grade."""
    old: Sequence[BudgetScore | IndicatorScore] = (*before.budget, *before.indicators)
    new: Sequence[BudgetScore | IndicatorScore] = (*after.budget, *after.indicators)
    for one, other in zip(old, new, strict=True):
        pair = (one.low, one.high), (other.low, other.high)
        if pair[0] != pair[1]:
            name = one.label if isinstance(one, BudgetScore) else one.name
            yield Moved(form.title, name, *pair)
    totals = (before.low, before.high), (after.low, after.high)
    if totals[0] != totals[1] or before.grade != after.grade:
        yield Moved(form.title, "", *totals, (before.grade, after.grade))


def _scores(scores: tuple[Decimal | None, Decimal | None], lang: Lang) -> str:
    low, high = scores
    if low is None or high is None:
        return "不计分" if lang == "zh" else "no score"
    return f"{low}" if low == high else f"[{low}, {high}]"
