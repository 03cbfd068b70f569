"""Where one stands in a YAML text, told from its lines, so that it is known while the text is broken as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pfscore.documents.positions import Path

_LEAD = re.compile(r" *(?:- +|-$)*")
_KEY = re.compile(r"""(?P<key>"[^"]*"|'[^']*'|[^\s#"'\[\]{},&*!|>%@`-][^:#]*?|)\s*:(?=\s|$)""")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")


@dataclass(frozen=True)
class Cursor:
    """The place of one character of a text.

    `path` leads to the value that it stands in, or to that of the key that it stands in; on a line that is no key yet
    (`part` is `word`) to the mapping or the list member that the line belongs to. `start` and `end` are the characters
    of the key, the value or the word, `keys` the other keys of the same mapping.
    """

    line: int
    path: Path
    part: Literal["key", "value", "word"]
    start: int
    end: int
    keys: frozenset[str] = frozenset()


def cursor_at(text: str, offset: int) -> Cursor:
    """Return where the character at `offset` stands.

    >>> text = 'rules:\\n  - id: a\\n    applies: {comparator: "≥", bl'
    >>> cursor_at(text, len(text)).path, cursor_at(text, len(text)).part
    (('rules', 0, 'applies'), 'word')
    >>> cursor_at(text, text.index("≥")).path, cursor_at(text, text.index("id")).part
    (('rules', 0, 'applies', 'comparator'), 'key')
    """
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", begin)
    line = text[begin : len(text) if end < 0 else end].rstrip("\r")
    column = offset - begin
    lead = _LEAD.match(line)
    indent = lead.end() if lead else 0
    if not line.strip():
        indent = column
    above = text[:begin].split("\n")[:-1]
    around, keys = _around(above, line, indent)
    following = text[begin + len(line) :].split("\n")[1:]
    keys |= _below(following, indent)
    number = len(above) + 1
    match = _KEY.match(line, indent)
    if match is None:
        return _in_flow(line, indent, column, Cursor(number, around, "word", begin, begin, frozenset(keys)))
    key = match["key"].strip("\"'")
    if column < match.end() and column <= match.end("key"):
        own = begin + match.start("key"), begin + match.end("key")
        return Cursor(number, (*around, key), "key", *own, frozenset(keys))
    value = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())
    return _in_flow(line, value, column, Cursor(number, (*around, key), "value", begin, begin, frozenset(keys)))


def _around(above: Sequence[str], line: str, indent: int) -> tuple[Path, set[str]]:
    """Return the path of the mapping or list member that a line belongs to, and the keys above it in the same one."""
    found: list[str | int] = []
    keys: set[str] = set()
    walk = _Walk(indent)
    walk.enter(_dashes(line), found)
    for one in reversed(above):
        bare = _COMMENT.sub("", one).rstrip()
        if bare:
            walk.step(bare, found, keys)
    walk.end(found)
    return tuple(reversed(found)), keys


@dataclass
class _Walk:
    """A walk upwards: the column of the mapping or of the list that is being left, and the members passed in it."""

    column: int
    members: int | None = None

    def enter(self, dashes: Sequence[int], found: list[str | int]) -> None:
        """Leave a mapping through the dashes of its first line."""
        for dash in reversed(dashes):
            self.end(found)
            self.column, self.members = dash, 0

    def end(self, found: list[str | int]) -> None:
        """Note the place in the list that is left."""
        if self.members is not None:
            found.append(self.members)
        self.members = None

    def step(self, line: str, found: list[str | int], keys: set[str]) -> None:
        """Look at the next line upwards."""
        dashes = _dashes(line)
        indent = _indent(line)
        match = _KEY.match(line, indent)
        if self.members is not None:
            if self.column in dashes:
                self.members += 1
                self.enter([dash for dash in dashes if dash < self.column], found)
            elif match is not None and (indent < self.column or (indent == self.column and not dashes)):
                self.end(found)
                self._up(match["key"], indent, dashes, found)
        elif match is not None and indent < self.column:
            self._up(match["key"], indent, dashes, found)
        elif indent == self.column:
            if match is not None and not found:
                keys.add(match["key"].strip("\"'"))
            self.enter(dashes, found)

    def _up(self, key: str, indent: int, dashes: Sequence[int], found: list[str | int]) -> None:
        found.append(key.strip("\"'"))
        self.column = indent
        self.enter(dashes, found)


def _below(lines: Sequence[str], indent: int) -> set[str]:
    """Return the keys of the same mapping on the lines below."""
    keys = set()
    for line in lines:
        bare = _COMMENT.sub("", line).rstrip()
        if not bare:
            continue
        if _indent(bare) < indent or any(dash < indent for dash in _dashes(bare)):
            break
        if _indent(bare) == indent and (match := _KEY.match(bare, indent)):
            keys.add(match["key"].strip("\"'"))
    return keys


def _indent(line: str) -> int:
    match = _LEAD.match(line)
    return match.end() if match else 0


def _dashes(line: str) -> list[int]:
    return [column for column in range(_indent(line)) if line[column] == "-"]


def _in_flow(line: str, value: int, column: int, outer: Cursor) -> Cursor:
    """Go into the brackets of a value as far as the cursor; `outer` is the place of the whole value."""
    flow = _Flow(line, list(outer.path), outer.part, value, set(outer.keys))
    at = value
    while at < min(column, len(line)) and not flow.is_comment(at):
        flow.step(at)
        at += 1
    while at < len(line) and not flow.is_end(at):
        at += 1
        if flow.quote and line[at - 1] == flow.quote:
            break
    end = len(line[:at].rstrip())
    start = flow.start
    while start < min(column, len(line)) and line[start] == " ":
        start += 1
    path, part = tuple(flow.path), flow.part
    if part == "word" and flow.boxes and (match := _KEY.match(line, start)) and column <= match.end("key"):
        path, part, end = (*path, match["key"].strip("\"'")), "key", match.end("key")
    return Cursor(outer.line, path, part, outer.start + start, outer.start + max(start, end), frozenset(flow.keys))


@dataclass
class _Flow:
    """The lists and mappings in brackets that are open at a character of a line."""

    line: str
    path: list[str | int]
    part: Literal["key", "value", "word"]
    start: int
    keys: set[str]
    boxes: str = ""
    #: How long the path was where each of the boxes began.
    depths: list[int] = field(default_factory=list)
    quote: str = ""

    def is_comment(self, at: int) -> bool:
        """Return whether a comment begins here."""
        return not self.quote and self.line[at] == "#" and self.line[at - 1 : at] in {" ", ""}

    def is_end(self, at: int) -> bool:
        """Return whether the value ends here."""
        return self.is_comment(at) or bool(self.boxes and not self.quote and self.line[at] in ",]}")

    def step(self, at: int) -> None:
        """Take one character."""
        char, is_first = self.line[at], not self.line[self.start : at].strip()
        if self.quote:
            self.quote = "" if char == self.quote else self.quote
        elif is_first and char in "\"'":
            self.quote = char
        elif is_first and char in "[{":
            self._open(char, at)
        elif self.boxes and char in "]}":
            del self.path[self.depths.pop() :]
            self.boxes, self.part, self.start = self.boxes[:-1], "value", at + 1
        elif self.boxes and char == ",":
            self._next(at)
        elif self.boxes[-1:] == "{" and self.part == "word" and char == ":" and self.line[at + 1 : at + 2] in {" ", ""}:
            self.path.append(self.line[self.start : at].strip(" \"'"))
            self.start, self.part = at + 1, "value"

    def _open(self, char: str, at: int) -> None:
        self.boxes += char
        self.depths.append(len(self.path))
        self.path += [0] if char == "[" else []
        self.start, self.part, self.keys = at + 1, "value" if char == "[" else "word", set()

    def _next(self, at: int) -> None:
        """Go to the next member of a list, or key of a mapping."""
        if self.boxes[-1] == "[" and isinstance(self.path[-1], int):
            self.path[-1] += 1
        elif self.part == "value":
            self.keys |= {str(key) for key in self.path[self.depths[-1] :]}
            del self.path[self.depths[-1] :]
            self.part = "word"
        self.start = at + 1
