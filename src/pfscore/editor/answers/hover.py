"""What is shown where one points: what stands behind a value, what it computes, what its key means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pfscore.documents.model_fields import choices_of, meaning_of
from pfscore.editor.answers.asked import Asked
from pfscore.editor.open_file import OpenFile
from pfscore.formulas.functions import FUNCTION_SPELLINGS, FUNCTIONS, Policy
from pfscore.formulas.glossary import GLOSSARY, SPELLINGS
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Authority, RuleInForce, authority
from pfscore.rulesets.model.base import SourceEntry
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.writing.resolved import rule_lines
from pfscore.scoring.row.awarding.award import evidence_words
from pfscore.scoring.row.score import computation_lines

#: The keys of a version that ask for what it rests on.
_CITING = frozenset({"since", "cite", "also", "source", "at", "quote"})
#: How many examples are computed where one points at a formula.
_EXAMPLES = 3


@dataclass(frozen=True)
class Hover:
    """What is shown, as Markdown, and the characters that it is about."""

    start: int
    end: int
    text: str


def hover(file: OpenFile, offset: int, lang: Lang) -> Hover | None:
    """Return what is shown at a character; nothing where there is nothing to say."""
    asked = Asked(file, offset)
    parts = [part for say in _SAYS for part in say(asked, lang)]
    cursor = asked.cursor
    return Hover(cursor.start, cursor.end, "\n\n---\n\n".join(parts)) if parts else None


def _name(asked: Asked, lang: Lang) -> Iterator[str]:
    """Describe a name or a function of a formula."""
    if not asked.is_formula or (word := asked.word) is None:
        return
    if word[0] in SPELLINGS:
        term = GLOSSARY[SPELLINGS[word[0]]]
        yield f"**{term.zh}** · `{term.en}`　{term.meaning.text(lang)}"
    elif word[0] in FUNCTION_SPELLINGS:
        function = FUNCTIONS[FUNCTION_SPELLINGS[word[0]]]
        parameters = (f"- `{one.name(lang)}` {one.meaning.text(lang)}" for one in function.parameters)
        definition = [f"\n= `{function.definition}`"] if isinstance(function, Policy) else []
        yield "\n".join((f"`{function.signature(lang)}`　{function.meaning.text(lang)}", "", *parameters, *definition))


def _computed(asked: Asked, lang: Lang) -> Iterator[str]:
    """Return what a formula computes with the numbers of the examples, or all that the engine says of one example."""
    checked, rule, version = asked.file.checked, asked.rule, asked.version
    if checked is None or rule is None or version is None:
        return
    runs = [run for run in checked.runs if (run.rule, run.since) == (rule.id, version.since)]
    if "examples" in asked.keys and asked.known is not None and len(asked.known) > 5:
        yield from (f"```text\n{run.obtained.explain(lang)}\n```" for run in runs if run.number - 1 == asked.known[5])
    elif asked.is_formula or asked.key in {"rounding", "levels", "bands", "thresholds", "checklist", "judgement"}:
        for run in runs[:_EXAMPLES]:
            lines = "\n".join(line.removeprefix("  ") for line in computation_lines(run.obtained, lang))
            yield f"{'✓' if run.passed else '✗'} {run.title}\n```text\n{lines or run.outcome(lang)}\n```"


def _parents(asked: Asked, lang: Lang) -> Iterator[str]:
    """Return the parent, and which of its rules is overridden."""
    if asked.keys == ("extends",):
        for loaded in asked.family[1:2]:
            yield f"**{loaded.ruleset.ruleset}** {loaded.ruleset.title}\n\n{loaded.ruleset.note or ''}".rstrip()
    if asked.rule is None or asked.rule.replaces is None or asked.keys not in {("rules", "id"), ("rules", "replaces")}:
        return
    parent = asked.parents_rule(asked.rule.id)
    if parent is not None:
        since = parent.version.since
        head = Message(
            f"改写上级 `{parent.ruleset}` 自 {since} 的规则：",
            f"Overrides the rule of `{parent.ruleset}` since {since}:",
        )
        yield "\n".join((head.text(lang), "```yaml", *_without_examples(parent), "```"))


def _without_examples(parent: RuleInForce) -> Iterator[str]:
    for line in rule_lines(parent):
        if line.text.strip() == "examples:":
            return
        yield line.text


def _authority(asked: Asked, lang: Lang) -> Iterator[str]:
    """Describe the authority of a version: the source, how well it is known, where in it, and its words."""
    version = asked.version
    if version is None or asked.key not in _CITING or "examples" in asked.keys:
        return
    ruleset = asked.family[0].ruleset
    yield _cited(authority(ruleset, version.cite), lang)
    for cite in version.also or ():
        yield f"{'、'.join(cite.keys)}：{_cited(authority(ruleset, cite), lang)}"


def _cited(one: Authority, lang: Lang) -> str:
    place = f"　{one.at}" if one.at else ""
    quote = "".join(f"\n> {line}" for line in (one.quote or "").splitlines())
    return f"**{one.source}** {one.title}{place}（{evidence_words(one.evidence, one.read_to).text(lang)}）{quote}"


def _source(asked: Asked, lang: Lang) -> Iterator[str]:
    """Describe a source."""
    if asked.cursor.part != "value" or asked.key not in {"source", "from_form", "key"} or not asked.family:
        return
    entry = next((one for one in asked.family[0].ruleset.sources if one.key == asked.text), None)
    if entry is not None:
        yield "\n\n".join(_about(entry, lang))


def _about(entry: SourceEntry, lang: Lang) -> Iterator[str]:
    facts = (entry.issuer, None if entry.issued is None else str(entry.issued))
    yield "　".join((f"**{entry.title}**", *(fact for fact in facts if fact)))
    yield evidence_words(entry.evidence, entry.read_to).text(lang)
    yield from (text for text in (entry.note, entry.url) if text)


def _meaning(asked: Asked, lang: Lang) -> Iterator[str]:
    """Describe a key: its purpose, and the values that it takes."""
    meaning = meaning_of(Ruleset, asked.cursor.path) if asked.cursor.part != "word" else None
    if meaning is not None:
        choices = choices_of(Ruleset, asked.cursor.path)
        listed = f"\n\n{' · '.join(f'`{choice}`' for choice in choices)}" if choices else ""
        yield f"`{asked.key}`　{meaning.text(lang)}{listed}"


#: What is said, in this order.
_SAYS: tuple[Callable[[Asked, Lang], Iterator[str]], ...] = (_name, _computed, _parents, _authority, _source, _meaning)


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
