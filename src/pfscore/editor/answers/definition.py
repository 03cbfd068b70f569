"""Where something is defined: the parent and its rules, sources, blocks, the rules that are overridden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pfscore.editor.answers.asked import Asked
from pfscore.editor.open_file import OpenFile
from pfscore.foundation.diagnostics import Span


def definitions(file: OpenFile, offset: int) -> tuple[Span, ...]:
    """Return the places that define what stands at a character."""
    asked = Asked(file, offset)
    whole = asked.whole
    if whole is None:
        return ()
    return tuple(
        replace(span, line=whole.lines.near(span.line, file.lines)) if span.source == whole.name else span
        for span in _spans(asked)
    )


def _spans(asked: Asked) -> Iterator[Span]:
    text, keys, key, family = asked.text, asked.keys, asked.key, asked.family
    if keys == ("extends",):
        yield from (parent.span(("ruleset",)) for parent in family[1:2])
    elif keys in {("rules", "id"), ("rules", "replaces")}:
        if asked.rule is not None and asked.rule.replaces is not None:
            parent = asked.parents_rule(asked.rule.id)
            yield from [] if parent is None else [parent.name_place()]
    elif key in {"source", "from_form"}:
        for index, source in enumerate(family[0].ruleset.sources):
            if source.key == text:
                yield family[0].span(("sources", index, "key"))
    elif key in {"block", "path", "including"}:
        yield from (loaded.span((*path, "name")) for loaded, path, block in asked.blocks() if block.name == text)
    elif key == "overrides" or keys == ("removed", "rule"):
        yield from (loaded.span((*path, "id")) for loaded, path, rule in asked.rule_places() if rule.id == text)
