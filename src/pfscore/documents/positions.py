"""Where each value of a file stands: marks that its reader leaves, and a tree of places that is made of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Literal, NamedTuple, TypeAlias

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: What a file holds once read. Every scalar is the text that its author wrote; an empty one is `None`.
Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
#: The keys and indexes from the top of a file to one value.
Path: TypeAlias = "tuple[str | int, ...]"
#: The first character and the one behind the last, of each value and key in the order of the text. A list or mapping
#: comes before what it holds; where it is not in brackets, its end is 0.
Marks: TypeAlias = "array[int]"

#: How deep lists and mappings may stand in one another.
MAX_DEPTH = 64
#: How many values and keys one file may hold.
MAX_VALUES = 1_000_000
#: The blanks that can be seen.
_WIDE_BLANKS = "\u00a0\u3000"
#: How many problems of one file are listed.
MAX_PROBLEMS = 100


class Place(NamedTuple):
    """A value at characters `start` to `end`; of a mapping in block style, its first key.

    `holds` are the places of a mapping's keys and values, or those of a list's members.
    """

    start: int
    end: int
    holds: dict[str, tuple[Place, Place]] | list[Place] | None = None

    def find(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """Return the place at `path`, or the nearest one around it; with `key`, that of the last key."""
        place = label = self
        for part in path:
            holds = place.holds
            if isinstance(holds, dict) and str(part) in holds:
                label, place = holds[str(part)]
            elif isinstance(holds, list) and isinstance(part, int) and -len(holds) <= part < len(holds):
                label = place = holds[part]
            else:
                return place
        return label if key else place

    def span(self, source: Source) -> Span:
        """Return the place as line and column, with carets under what stands on its first line.

        >>> Place(3, 9).span(Source("a.yaml", "a: |x|\\n b")).length
        3
        """
        return first_line(source, self.start, self.end)


def place_tree(data: Data, marks: Marks) -> Place:
    """Return the place of `data` and of everything in it; data whose reading stopped has none for what was to come.

    >>> place_tree(["a"], array("I", [0, 5, 1, 4])).find([0])
    Place(start=1, end=4, holds=None)
    """
    return _place(data, chain(marks, repeat(0)))


def _place(data: Data, marks: Iterator[int]) -> Place:
    """Take the marks of one value; it is never deeper than `MAX_DEPTH`."""
    start, end = next(marks), next(marks)
    if isinstance(data, dict):
        members = {}
        for key, value in data.items():
            label = Place(next(marks), next(marks))
            members[key] = label, _place(value, marks)
            end = end or label.end
        return Place(start, end or start + 1, members)
    if isinstance(data, list):
        return Place(start, end or start + 1, [_place(value, marks) for value in data])
    return Place(start, end)


def value_at(data: object, path: Path) -> object:
    """Return the value of plain data at a path.

    >>> value_at({"rules": [{"id": "通用规则"}]}, ("rules", 0, "id"))
    '通用规则'
    """
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return data


def first_line(source: Source, start: int, end: int) -> Span:
    """Return the span of `start` to `end`, as far as it stands on its first line."""
    line_end = source.text.find("\n", start, end)
    return source.span_at(start, max(1, len(source.text[start : end if line_end < 0 else line_end].rstrip())))


def duplicate_key(source: Source, key: str, start: int, end: int, first: Place) -> Diagnostic:
    """Return the problem of a key at `start` to `end` that the same mapping has before."""
    key = shorten(key)
    return Diagnostic(
        "PF115",
        Message(f"键 “{key}” 重复", f"the key {key!r} stands twice"),
        Message(
            "删去其中一个；若是另一项，请在列表里另起一项",
            "remove one; if it belongs to another member, start that member in the list",
        ),
        first_line(source, start, end),
        ((Message("第一次在此", "first here"), first.span(source)),),
    )


def too_deep(source: Source, at: int) -> Diagnostic:
    """Return the problem of a list or mapping that stands too deep."""
    message = Message(f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep")
    return Diagnostic("PF111", message, None, source.span_at(at))


def too_many(source: Source, at: int) -> Diagnostic:
    """Return the problem of a file that holds too many values."""
    limit = f"{MAX_VALUES:,}"
    message = Message(f"文件里的值超过 {limit} 个", f"the file holds more than {limit} values")
    hint = Message("请分成几个文件；很多表时用 .jsonl", "split the file; use .jsonl for many forms")
    return Diagnostic("PF112", message, hint, source.span_at(at))


def wide_blank(source: Source, start: int, shown: str, syntax: Literal["YAML", "JSON"]) -> Diagnostic:
    """Return the problem of a space that the syntax does not know."""
    name = f"U+{ord(shown[0]):04X}"
    return Diagnostic(
        "PF132" if syntax == "YAML" else "PF120",
        Message(
            f"这里是全角空格或不可见的空格（{name}），{syntax} 不当作空格",
            f"this is a full-width or invisible space ({name}), which is no space to {syntax}",
        ),
        Message("改为半角空格，或删去", "write ordinary spaces, or remove it"),
        source.span_at(start, len(shown)),
        fix="".join(" " for char in shown if char in _WIDE_BLANKS),
    )


def bad_escape(source: Source, start: int, end: int) -> Diagnostic:
    """Return the problem of an escape that gives NUL or half a character."""
    return Diagnostic(
        "PF114",
        Message("转义出来的是空字符（NUL）或不完整的字符", "an escape gives NUL or half a character"),
        Message("直接写这个字", "write the character itself"),
        first_line(source, start, end),
    )
