"""From the terms of the library to those of the protocol, which counts lines from 0 and characters in code units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from pfscore.editor.answers.completion import Completion
from pfscore.editor.answers.lenses import Lens
from pfscore.editor.answers.outline import Entry
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.text import Lang
from pfscore.rulesets.search import file_of

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.workspace import PositionCodec


@dataclass(frozen=True)
class Places:
    """The characters of a text as positions of the protocol."""

    text: str
    codec: PositionCodec

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._lines)][:-1]

    def position(self, offset: int) -> types.Position:
        """Return the position of a character of the text, counted from 0."""
        from lsprotocol import types

        line = bisect_right(self._starts, offset) - 1
        before = self._lines[line][: offset - self._starts[line]]
        return types.Position(line, self.codec.client_num_units(before.removesuffix("\r")))

    def range(self, start: int, end: int) -> types.Range:
        """Return the range from one character to another."""
        from lsprotocol import types

        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """Return which character stands at a position."""
        if position.line >= len(self._lines):
            return len(self.text)
        line = self._lines[position.line].removesuffix("\r")
        ends = list(accumulate(self.codec.client_num_units(char) for char in line))
        return self._starts[position.line] + bisect_right(ends, position.character)


def _range_of(span: Span, codec: PositionCodec) -> types.Range:
    """Return the range of a span, which has the line of its author with it; the start of the file where it has none."""
    from lsprotocol import types

    line, start = max(0, span.line - 1), max(0, span.column - 1)
    ends = (codec.client_num_units(span.text[:end]) for end in (start, start + span.length))
    return types.Range(*(types.Position(line, end) for end in ends))


def location_of(span: Span, codec: PositionCodec) -> types.Location | None:
    """Return where a span stands; `None` where its file is none that an editor can open."""
    from lsprotocol import types

    path = file_of(span.source)
    return None if path is None else types.Location(path.resolve().as_uri(), _range_of(span, codec))


def diagnostics_of(
    problems: Iterable[Diagnostic], path: Path, parent: Callable[[], Span], codec: PositionCodec, lang: Lang
) -> Iterator[types.Diagnostic]:
    """Yield what is wrong with a file; what is wrong with one of its parents stands at the place of `parent`."""
    from lsprotocol import types

    severities = {
        Severity.ERROR: types.DiagnosticSeverity.Error,
        Severity.WARNING: types.DiagnosticSeverity.Warning,
        Severity.NOTE: types.DiagnosticSeverity.Information,
    }
    for problem in problems:
        span = problem.span or Span(str(path))
        related = [(note.text(lang), place) for note, place in problem.related]
        if span.source != str(path):
            related.insert(0, (problem.message.text(lang), span))
            span = parent()
        places = [(note, location_of(place, codec)) for note, place in related]
        yield types.Diagnostic(
            range=_range_of(span, codec),
            message="\n".join(text.text(lang) for text in (problem.message, problem.hint) if text is not None),
            severity=severities[problem.severity],
            code=problem.code,
            source="pfscore",
            related_information=[
                types.DiagnosticRelatedInformation(location, note) for note, location in places if location is not None
            ],
        )


def symbols_of(entries: Sequence[Entry]) -> list[types.DocumentSymbol]:
    """Return an outline; the symbols tell the kinds of entries apart."""
    from lsprotocol import types

    kinds = {
        "section": types.SymbolKind.Namespace,
        "sources": types.SymbolKind.File,
        "form": types.SymbolKind.Event,
        "rules": types.SymbolKind.Function,
        "removed": types.SymbolKind.Null,
        "versions": types.SymbolKind.Event,
    }
    return [
        types.DocumentSymbol(
            name=entry.name,
            kind=kinds[entry.kind],
            range=types.Range(types.Position(entry.line - 1, 0), types.Position(entry.last, 0)),
            selection_range=types.Range(types.Position(entry.line - 1, 0), types.Position(entry.line - 1, 0)),
            detail=entry.detail,
            children=symbols_of(entry.within),
        )
        for entry in entries
    ]


def lenses_of(lenses: Iterable[Lens]) -> list[types.CodeLens]:
    """Return lines above the text, which do nothing when they are clicked."""
    from lsprotocol import types

    return [
        types.CodeLens(
            range=types.Range(types.Position(lens.line - 1, 0), types.Position(lens.line - 1, 0)),
            command=types.Command(title=lens.text, command=""),
        )
        for lens in lenses
    ]


def completion_of(found: Completion, places: Places) -> types.CompletionList:
    """Return what may be written; the editor keeps the order."""
    from lsprotocol import types

    kinds = {
        "key": types.CompletionItemKind.Property,
        "choice": types.CompletionItemKind.EnumMember,
        "id": types.CompletionItemKind.Reference,
        "source": types.CompletionItemKind.File,
        "name": types.CompletionItemKind.Variable,
        "function": types.CompletionItemKind.Function,
        "unit": types.CompletionItemKind.Unit,
        "block": types.CompletionItemKind.Module,
        "level": types.CompletionItemKind.Value,
    }
    where = places.range(found.start, found.end)
    items = [
        types.CompletionItem(
            label=offer.label,
            kind=kinds[offer.kind],
            documentation=offer.about or None,
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(where, offer.text),
        )
        for number, offer in enumerate(found.offers)
    ]
    return types.CompletionList(is_incomplete=False, items=items)
