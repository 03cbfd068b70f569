"""What may be written where one types: keys, values, ids, sources, and the words of formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pfscore.cells.lexicon.levels import scales
from pfscore.cells.lexicon.quantities import known_units
from pfscore.cells.readings import TargetKind
from pfscore.documents.model_fields import choices_of, keys_of, meaning_of, shape_of
from pfscore.editor.answers.asked import Asked
from pfscore.editor.open_file import OpenFile
from pfscore.formulas.functions import FUNCTIONS
from pfscore.formulas.glossary import GLOSSARY
from pfscore.foundation.codes import CODES
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.model.rule import GENERAL
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.search import ruleset_ids
from pfscore.rulesets.writing.yaml_text import scalar

Kind = Literal["key", "choice", "id", "source", "name", "function", "unit", "block", "level"]
#: What stands in `levels` beside words of results.
_LEVELS = ("同指标值", "其他")


@dataclass(frozen=True)
class Offer:
    """One thing that may be written: `label` is what is shown, `text` what is put in."""

    kind: Kind
    label: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class Completion:
    """What may be written in place of the characters from `start` to `end`."""

    start: int
    end: int
    offers: tuple[Offer, ...]


def completion(file: OpenFile, offset: int, lang: Lang) -> Completion:
    """Return what may be written at a character, whether the text is whole or broken."""
    asked = Asked(file, offset)
    cursor = asked.cursor
    path = cursor.path[:-1] if cursor.part == "key" else cursor.path
    if cursor.part != "value" and (keys := keys_of(Ruleset, path)):
        offers = (_key(asked, key, lang) for key in keys if key not in cursor.keys)
        return Completion(min(cursor.start, offset), max(cursor.end, offset), tuple(offers))
    if asked.is_formula:
        start, end = asked.word.span() if asked.word is not None else (offset, offset)
        return Completion(start, end, tuple(_formula_words(lang)))
    written = file.text[cursor.start : cursor.end]
    is_quoted = written[:1] in {'"', "'"}
    start, end = cursor.start + is_quoted, cursor.end - (is_quoted and len(written) > 1 and written[-1] == written[0])
    offers = (_value(offer, is_quoted=is_quoted) for offer in _values(asked, lang))
    return Completion(min(start, offset), max(end, offset), tuple(offers))


def _key(asked: Asked, key: str, lang: Lang) -> Offer:
    path = asked.cursor.path[:-1] if asked.cursor.part == "key" else asked.cursor.path
    meaning = meaning_of(Ruleset, (*path, key))
    colon = "" if asked.cursor.part == "key" else ": " if shape_of(Ruleset, (*path, key)) == "value" else ":"
    return Offer("key", key, f"{key}{colon}", "" if meaning is None else meaning.text(lang))


def _value(offer: Offer, *, is_quoted: bool) -> Offer:
    return offer if is_quoted else Offer(offer.kind, offer.label, scalar(offer.text, within=",，"), offer.about)


def _formula_words(lang: Lang) -> Iterator[Offer]:
    """Yield the names and functions of formulas: those of the editor's language, then those of the other."""
    other: Lang = "zh" if lang == "en" else "en"
    for one in (lang, other):
        for term in GLOSSARY.values():
            yield Offer("name", term.name(one), term.name(one), f"{term.name(other)}　{term.meaning.text(lang)}")
        for function in FUNCTIONS.values():
            name = function.name(one)
            yield Offer("function", name, f"{name}(", f"{function.signature(one)}　{function.meaning.text(lang)}")


def _values(asked: Asked, lang: Lang) -> Iterator[Offer]:
    if choices := choices_of(Ruleset, asked.cursor.path):
        yield from (Offer("choice", choice, choice) for choice in choices)
    elif (found := _OFFERED.get(asked.keys) or _OFFERED.get((asked.key,))) is not None:
        yield from found(asked, lang)


def _sources(asked: Asked, _: Lang) -> Iterator[Offer]:
    for name, title in asked.file.named("sources", "key", "title"):
        yield Offer("source", name, name, title)


def _rulesets(asked: Asked, _: Lang) -> Iterator[Offer]:
    try:
        yield from _ids(ruleset_ids(search=asked.file.search))
    except PfscoreError:
        return


def _ids(names: Iterable[str]) -> Iterator[Offer]:
    yield from (Offer("id", name, name) for name in names)


def _parents(asked: Asked, _: Lang) -> Iterator[Offer]:
    yield from _ids(parent.ruleset.ruleset for parent in asked.family[1:])


def _parents_rules(asked: Asked, _: Lang) -> Iterator[Offer]:
    own = {name for name, _ in asked.file.named("rules", "id", "title")}
    for loaded, _path, rule in asked.rule_places():
        if loaded is not asked.family[0] and rule.id not in own:
            yield Offer("id", rule.id, rule.id, f"{rule.title or ''}　{loaded.ruleset.ruleset}".strip("　"))


def _rules(asked: Asked, lang: Lang) -> Iterator[Offer]:
    about = Message("所有不按指标名称的规则", "every rule that is not for indicators of certain names")
    yield Offer("id", GENERAL, GENERAL, about.text(lang))
    yield from (Offer("id", name, name, title) for name, title in asked.file.named("rules", "id", "title"))
    yield from _parents_rules(asked, lang)


def _terms(asked: Asked, _: Lang) -> Iterator[Offer]:
    """Yield the keys of the version that an entry of `also` may be for."""
    version = asked.cursor.path[: asked.cursor.path.index("also")]
    yield from (Offer("key", key, key) for key in keys_of(Ruleset, version) if key not in {"since", "cite", "also"})


def _blocks(asked: Asked, _: Lang) -> Iterator[Offer]:
    yield from (Offer("block", block.name, block.name) for _, _, block in asked.blocks())


def _units(_: Asked, __: Lang) -> Iterator[Offer]:
    yield from (Offer("unit", word, word, unit.dimension) for word, unit in known_units().items())


def _levels(asked: Asked, _: Lang) -> Iterator[Offer]:
    if asked.key == "level":
        yield from (Offer("level", word, word) for word in _LEVELS)
    for name, ranks in scales().items():
        yield from (Offer("level", word, word, name) for words in ranks for word in words)


def _comparators(_: Asked, __: Lang) -> Iterator[Offer]:
    yield from (Offer("choice", kind.author_word, kind.author_word) for kind in TargetKind)


def _codes(_: Asked, lang: Lang) -> Iterator[Offer]:
    yield from (Offer("id", code, code, meaning.text(lang)) for code, meaning in CODES.items())


#: What is offered as the value of a key, by its whole path or by the key alone.
_OFFERED: Mapping[tuple[str, ...], Callable[[Asked, Lang], Iterator[Offer]]] = MappingProxyType(
    {
        ("source",): _sources,
        ("from_form",): _sources,
        ("extends",): _rulesets,
        ("replaces",): _parents,
        ("rules", "id"): _parents_rules,
        ("removed", "rule"): _parents_rules,
        ("overrides",): _rules,
        ("for",): _terms,
        ("block",): _blocks,
        ("path",): _blocks,
        ("including",): _blocks,
        ("unit",): _units,
        ("level",): _levels,
        ("rules", "versions", "examples", "actual"): _levels,
        ("rules", "versions", "examples", "target"): _levels,
        ("comparator",): _comparators,
        ("error",): _codes,
    }
)
