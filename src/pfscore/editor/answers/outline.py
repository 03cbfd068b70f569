"""The outline of a ruleset file: its sources, the terms of the form, its rules, each with its versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pfscore.documents.document import Document
from pfscore.documents.positions import Data, Path
from pfscore.editor.open_file import Lines, OpenFile
from pfscore.foundation.text import Lang, Message

#: The lists of a file that are shown, what their members are called by, and how they are named.
_SECTIONS: Mapping[str, tuple[str, Message]] = {
    "sources": ("key", Message("依据", "sources")),
    "form": ("since", Message("通则", "the form as a whole")),
    "rules": ("id", Message("规则", "rules")),
    "removed": ("rule", Message("不再适用的规则", "rules that do not hold")),
}


@dataclass(frozen=True)
class Entry:
    """A part of the file on `line` to `last`, counted from 1; its `kind` is the key of its list, or `section`."""

    kind: str
    name: str
    detail: str
    line: int
    last: int
    within: tuple[Entry, ...] = ()


def outline(file: OpenFile, lang: Lang) -> tuple[Entry, ...]:
    """Return the outline of the text; of one whose syntax is broken the last one, moved to where its parts are now."""
    reading = file.readable if file.reading.document is None else file.reading
    if reading is None or reading.document is None or not isinstance(reading.document.data, dict):
        return ()
    return tuple(
        _moved(entry, reading.lines, file.lines) for entry in _sections(reading.document, reading.document.data, lang)
    )


def _sections(document: Document, data: dict[str, Data], lang: Lang) -> Iterator[Entry]:
    starts = [document.span((key,), key=True).line for key in data]
    end = document.source.text.rstrip("\n").count("\n") + 1
    for (key, value), (start, last) in zip(data.items(), _extents(starts, end), strict=True):
        if key in _SECTIONS:
            name, title = _SECTIONS[key]
            members = tuple(_members(document, value, (key,), name, last))
            yield Entry("section", title.text(lang), "", start, last, members)


def _members(document: Document, data: Data, path: Path, name: str, end: int) -> Iterator[Entry]:
    """Yield the members of a list; the last one reaches to `end`."""
    if not isinstance(data, list):
        return
    starts = [document.span((*path, index)).line for index in range(len(data))]
    for index, (member, (start, last)) in enumerate(zip(data, _extents(starts, end), strict=True)):
        if isinstance(member, dict):
            versions = _members(document, member.get("versions"), (*path, index, "versions"), "since", last)
            detail = member.get("title") or member.get("disabled") or ""
            named = _text(member.get(name)) or f"{index + 1}"
            yield Entry(str(path[-1]), named, _text(detail), start, last, tuple(versions))


def _extents(starts: list[int], end: int) -> list[tuple[int, int]]:
    """Return the first and last line of parts that follow each other; of several on one line, that line.

    >>> _extents([1, 4, 4], 9), _extents([], 9)
    ([(1, 3), (4, 4), (4, 9)], [])
    """
    nexts = [*starts[1:], end + 1]
    return [(start, max(start, next_start - 1)) for start, next_start in zip(starts, nexts[: len(starts)], strict=True)]


def _text(value: Data) -> str:
    return value if isinstance(value, str) else ""


def _moved(entry: Entry, before: Lines, now: Lines) -> Entry:
    first, last = before.near(entry.line, now), before.near(entry.last, now)
    within = tuple(_moved(one, before, now) for one in entry.within)
    return Entry(entry.kind, entry.name, entry.detail, first, max(first, last), within)
