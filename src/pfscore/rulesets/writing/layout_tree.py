"""A YAML file as its author laid it out: every text as written, every comment with what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pfscore.documents.yaml_reader import load_yaml
from pfscore.foundation.source import Source

_COMMENT_LINE = re.compile(r"([ \t\r]*)(#[^\n]*)?(\n|\Z)")
_TAIL = re.compile(r"[ \t]*(#[^\n]*)")
_GAP = re.compile(r"#[^\n]*")


@dataclass
class Text:
    """A scalar as written, quotes, `|` and all; `base` is the column of the list or mapping that it stands in."""

    raw: str
    style: str
    base: int
    tail: str = ""


@dataclass
class Flow:
    """A list or mapping in brackets; `verbatim` is set where it has comments inside and is best left alone."""

    is_mapping: bool
    members: list[tuple[str, Inline]]
    tail: str = ""
    verbatim: str = ""


@dataclass
class Entry:
    """A member of a list (`key` is empty) or of a mapping, with the comments above it and beside its key."""

    lead: list[str]
    key: str
    value: Node
    tail: str = ""


@dataclass
class Block:
    """A list or mapping in lines, and the comments at its end."""

    is_mapping: bool
    entries: list[Entry]
    trail: list[str] = field(default_factory=list)


#: What starts beside its key or dash.
Inline: TypeAlias = Text | Flow
Node: TypeAlias = Text | Flow | Block


@dataclass
class Layout:
    """A whole file: what stands at its top, its root, and the comments after its end."""

    head: list[str]
    root: Node
    trail: list[str]


def layout_tree(source: Source) -> Layout:
    """Take apart a text that has been read without a problem.

    >>> tree = layout_tree(Source("a.yaml", "# 顶\\na: 1  # 旁\\n"))
    >>> tree.head, tree.root.entries[0].value.tail
    (['# 顶'], '# 旁')
    """
    return _Taking(source.text).whole()


@dataclass(frozen=True, slots=True)
class _Comment:
    column: int
    text: str
    after_blank: bool


class _Taking:
    """A cursor in the text that follows the parser's events."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.yaml = load_yaml()
        self.events = self._events()
        self.event = next(self.events)
        self.at = 0
        self.pending: list[_Comment] = []
        self.blank = False

    def _events(self) -> Iterator[Any]:
        yaml = self.yaml
        step = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text).get_event
        outer = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
        while (event := step()) is not None:
            if not isinstance(event, outer):
                yield event

    def whole(self) -> Layout:
        self._skip()
        head, self.pending = _lines(self.pending), []
        if head and self.blank:
            head.append("")
        self.blank = False
        root = self._node(-1)
        self._skip()
        return Layout(head, root, _lines(self.pending))

    # The cursor.

    def _skip(self) -> None:
        """Pass over spaces and empty lines, keeping the comments, up to what comes next."""
        while match := _COMMENT_LINE.match(self.text, self.at):
            if match[2]:
                column = match.start(2) - self._line_start(match.start(2))
                self.pending.append(_Comment(column, match[2].rstrip(), self.blank))
                self.blank = False
            elif match.start() == self._line_start(match.start()):
                self.blank = True
            self.at = match.end()
            if match.end() >= len(self.text):
                return
        while self.text[self.at] in " \t":
            self.at += 1

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _column(self) -> int:
        return self.at - self._line_start(self.at) if self.at < len(self.text) else -1

    def _tail(self) -> str:
        """Take the comment on the rest of this line."""
        match = _TAIL.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[1].rstrip()

    def _lead(self) -> list[str]:
        lead, self.pending = _lines(self.pending), []
        self.blank = False
        return lead

    def _next(self) -> Any:
        event = self.event
        self.event = next(self.events)
        return event

    # The nodes.

    def _node(self, base: int) -> Node:
        event = self.event
        if isinstance(event, self.yaml.ScalarEvent):
            return self._text(base)
        if event.flow_style:
            return self._flow(base)
        self._next()
        self.at = event.start_mark.index
        mapping = isinstance(event, self.yaml.MappingStartEvent)
        return self._block(self._column(), is_mapping=mapping)

    def _text(self, base: int) -> Text:
        event = self._next()
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if start == end:
            return Text("", "", base)
        raw = self.text[start:end]
        self.at = end
        if style in {"|", ">"}:
            return Text(raw, style, base)
        return Text(raw.rstrip() if not style else raw, style, base, self._tail())

    def _block(self, column: int, *, is_mapping: bool) -> Block:
        entries = []
        ends = (self.yaml.MappingEndEvent, self.yaml.SequenceEndEvent)
        while not isinstance(self.event, ends):
            self._skip()
            lead = self._lead()
            entries.append(self._entry(lead, column) if is_mapping else self._member(lead, column))
        self._next()
        self._skip()
        trail = []
        # A comment belongs to the innermost list or mapping that ends here and does not stand further to the right.
        while self.pending and self.pending[0].column >= column > self._column():
            trail.append(self.pending.pop(0))
        return Block(is_mapping, entries, _lines(trail))

    def _member(self, lead: list[str], column: int) -> Entry:
        self.at += 1
        if tail := self._tail():
            lead.append(tail)
        if self._is_empty():
            return Entry(lead, "", self._text(column))
        self._skip()
        return Entry(lead + self._lead(), "", self._node(column))

    def _entry(self, lead: list[str], column: int) -> Entry:
        key = self._next()
        raw = self.text[key.start_mark.index : key.end_mark.index].rstrip()
        self.at = key.end_mark.index
        self._skip()
        lead = lead + self._lead()
        if self.text[self.at : self.at + 1] == ":":
            self.at += 1
        tail = self._tail()
        if self._is_empty():
            return Entry(lead, raw, self._text(column), tail)
        self._skip()
        if isinstance(self.event, self.yaml.ScalarEvent) or self.event.flow_style:
            lead = lead + self._lead()
        return Entry(lead, raw, self._node(column), tail)

    def _is_empty(self) -> bool:
        event = self.event
        is_text = isinstance(event, self.yaml.ScalarEvent)
        return is_text and not event.style and event.start_mark.index == event.end_mark.index

    def _flow(self, base: int) -> Flow:
        start = self.event.start_mark.index
        flow, end, comments = self._members(base)
        self.at = end
        if comments:
            flow.verbatim = self.text[start:end]
        flow.tail = self._tail()
        return flow

    def _members(self, base: int) -> tuple[Flow, int, bool]:
        """Take what stands in brackets; tell where it ends and whether there are comments in it."""
        opening = self._next()
        mapping = isinstance(opening, self.yaml.MappingStartEvent)
        flow = Flow(mapping, [])
        last = opening.start_mark.index
        comments = False
        ends = (self.yaml.MappingEndEvent, self.yaml.SequenceEndEvent)
        while not isinstance(self.event, ends):
            key = ""
            comments |= self._comment_between(last, self.event.start_mark.index)
            if mapping:
                event = self._next()
                key, last = self.text[event.start_mark.index : event.end_mark.index].rstrip(), event.end_mark.index
                comments |= self._comment_between(last, self.event.start_mark.index)
            if isinstance(self.event, self.yaml.ScalarEvent):
                last = max(last, self.event.end_mark.index)
                event = self._next()
                raw = self.text[event.start_mark.index : event.end_mark.index]
                flow.members.append((key, Text(raw if event.style else raw.rstrip(), event.style or "", base)))
            else:
                inner, last, more = self._members(base)
                comments |= more
                flow.members.append((key, inner))
        end = self._next().end_mark.index
        return flow, end, comments or self._comment_between(last, end)

    def _comment_between(self, start: int, end: int) -> bool:
        return _GAP.search(self.text, start, end) is not None


def _lines(comments: list[_Comment]) -> list[str]:
    """Return comments as lines, with an empty line between paragraphs."""
    lines: list[str] = []
    for comment in comments:
        if lines and comment.after_blank:
            lines.append("")
        lines.append(comment.text)
    return lines
