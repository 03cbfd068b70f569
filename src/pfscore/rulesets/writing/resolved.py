"""The merged ruleset as one file, with the place that each line comes from behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pfscore.documents.positions import value_at
from pfscore.foundation.text import display_width
from pfscore.rulesets.in_force import Edition, Layer, Loaded, Path, RuleInForce
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.way import WAYS
from pfscore.rulesets.writing.yaml_text import flow_list, key_lines

_HEAD = ("ruleset", "title", "jurisdiction", "kind", "status", "note")
_VERSION_KEYS = tuple(
    name for name in RuleVersion.model_fields if name not in {"since", "until", "cite", "also", "examples", *WAYS}
)
#: How far a line may reach before the place is put beside it and not in the common column.
_COLUMN = 72


@dataclass(frozen=True)
class Line:
    """One line of the merged file, and `file:line` of the author's text (empty: written here)."""

    text: str
    origin: str = ""


def resolved(edition: Edition) -> str:
    """Return the ruleset merged with its parents, as a file of its own, each line with its origin.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import inspect_family
    >>> family, _ = inspect_family("cn-sh/project")
    >>> print(resolved(edition(family, date(2023, 12, 31))).splitlines()[1])
    ruleset: cn-sh/project                                                    # rulesets/cn-sh/project.yaml:2
    """
    head = (
        f"# {edition.ruleset}：按 {edition.on} 有效的全部内容，行尾是出处 · as in force, with the origin of each line"
    )
    lines = [Line(head), *_head(edition), *_sources(edition), *_form(edition), Line("rules:")]
    for rule in edition.rules:
        lines += [Line(""), *rule_lines(rule)]
    return "\n".join(_laid_out(line) for line in lines) + "\n"


def _laid_out(line: Line) -> str:
    if not line.origin:
        return line.text
    return f"{line.text}{' ' * max(2, _COLUMN - display_width(line.text) + 2)}# {line.origin}"


def _head(edition: Edition) -> Iterator[Line]:
    own = edition.family[0]
    for key in _HEAD:
        if _has(own, (key,)):
            yield from _key(own, (key,), "")
    yield Line("")


def _sources(edition: Edition) -> Iterator[Line]:
    """Write the sources of the whole family, each key once."""
    seen: set[str] = set()
    yield Line("sources:")
    for loaded in edition.family:
        for index, source in enumerate(loaded.ruleset.sources):
            if source.key not in seen:
                seen.add(source.key)
                yield from _member(loaded, ("sources", index), "  ")
    yield Line("")


def _form(edition: Edition) -> Iterator[Line]:
    """Write what holds for the form as one version, with the citation of each term that has another one."""
    layers = edition.terms.layers
    if not layers:
        return
    chosen = next((loaded, path) for own in edition.family for loaded, path in layers.values() if loaded is own)
    yield Line("form:")
    first = list(_key(*_below(chosen, "since"), "    "))
    yield Line("  - " + first[0].text.lstrip(), first[0].origin)
    yield from _key(*_below(chosen, "cite"), "    ")
    others: dict[tuple[int, Path], tuple[Loaded, list[str]]] = {}
    for term, layer in layers.items():
        loaded, path = _citation(layer, term)
        if loaded is not chosen[0] or path != (*chosen[1], "cite"):
            others.setdefault((id(loaded), path), (loaded, []))[1].append(term)
    if others:
        yield Line("    also:")
    for (_, path), (loaded, terms) in others.items():
        yield from _cited(loaded, path, terms)
    for term, layer in layers.items():
        yield from _key(*_below(layer, term), "    ")
    yield Line("")


def _citation(layer: tuple[Loaded, Path], term: str) -> tuple[Loaded, Path]:
    """Return where a version of the form says on whose word a term stands."""
    loaded, path = layer
    also = loaded.ruleset.form[int(path[1])].also or ()
    index = next((index for index, cite in enumerate(also) if term in cite.keys), None)
    return loaded, (*path, "cite") if index is None else (*path, "also", index)


def _cited(loaded: Loaded, path: Path, terms: list[str]) -> Iterator[Line]:
    """Write one citation and the terms that stand on it, each line with its origin."""
    place = (*path, "for") if path[-1] != "cite" else path
    yield Line(f"      - for: {flow_list(terms)}", _where(loaded, place))
    for name in ("source", "at", "quote"):
        if _has(loaded, (*path, name)):
            yield from _key(loaded, (*path, name), "        ")


def _below(layer: tuple[Loaded, Path], key: str) -> tuple[Loaded, Path]:
    return layer[0], (*layer[1], key)


def rule_lines(rule: RuleInForce) -> Iterator[Line]:
    """Yield a rule in force as it would stand in one file."""
    last = rule.layers[-1]
    yield Line(f"  - id: {rule.id}", _where(last.loaded, (*last.path, "id")))
    for key in ("title", "overrides", "applies"):
        layer = next((one for one in reversed(rule.layers) if _has(one.loaded, (*one.path, key))), None)
        if layer is not None:
            yield from _key(layer.loaded, (*layer.path, key), "    ")
    yield Line("    versions:")
    for index, (loaded, path) in enumerate(_version_keys(rule)):
        lines = list(_key(loaded, path, "        "))
        if index == 0:
            yield Line("      - " + lines[0].text.lstrip(), lines[0].origin)
            lines = lines[1:]
        yield from lines


def _version_keys(rule: RuleInForce) -> Iterator[tuple[Loaded, Path]]:
    """Yield where each key of the version in force stands: in the last file that says it."""
    last = rule.layers[-1]

    def at(layer: Layer, key: str) -> tuple[Loaded, Path]:
        return layer.loaded, (*layer.version_path, key)

    def says(layer: Layer, key: str) -> bool:
        return layer.version is not None and _has(layer.loaded, (*layer.version_path, key))

    for key in ("since", "until", "cite", "also"):
        if says(last, key):
            yield at(last, key)
    scoring = next((layer for layer in reversed(rule.layers) if any(says(layer, way) for way in WAYS)), last)
    for way in WAYS:
        if says(scoring, way):
            yield at(scoring, way)
    for key in _VERSION_KEYS:
        layer = next((one for one in reversed(rule.layers) if says(one, key)), None)
        if layer is not None:
            yield at(layer, key)
    if says(last, "examples"):
        yield at(last, "examples")


def _has(loaded: Loaded, path: Path) -> bool:
    parent = value_at(loaded.document.data, path[:-1])
    return isinstance(parent, dict) and path[-1] in parent


def _where(loaded: Loaded, path: Path) -> str:
    span = loaded.document.span(path, key=True)
    return f"{span.source}:{span.line}"


def _key(loaded: Loaded, path: Path, indent: str) -> Iterator[Line]:
    """Write one key with its value in block style."""
    value, key = value_at(loaded.document.data, path), path[-1]
    if isinstance(value, dict):
        yield Line(f"{indent}{key}:", _where(loaded, path))
        for inner in value:
            yield from _key(loaded, (*path, inner), indent + "  ")
    elif isinstance(value, list) and not all(isinstance(member, str) for member in value):
        yield Line(f"{indent}{key}:", _where(loaded, path))
        for index in range(len(value)):
            yield from _member(loaded, (*path, index), indent + "  ")
    else:
        first, *rest = key_lines(str(key), value, indent)
        yield Line(first, _where(loaded, path))
        yield from (Line(line) for line in rest)


def _member(loaded: Loaded, path: Path, indent: str) -> Iterator[Line]:
    """Write one member of a list of mappings."""
    value = value_at(loaded.document.data, path)
    first = True
    for key in value if isinstance(value, dict) else ():
        for line in _key(loaded, (*path, key), indent + "  "):
            yield Line(f"{indent}- {line.text.lstrip()}", line.origin) if first else line
            first = False
