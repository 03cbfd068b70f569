"""Where each value of a file stands: a tree beside the data, built only when a place is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: What a file holds once read. Every scalar is the text that its author wrote; an empty one is `None`.
Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"

#: How deep lists and mappings may stand in one another.
MAX_DEPTH = 64
#: How many values and keys one file may hold.
MAX_VALUES = 1_000_000
#: How many problems of one file are listed.
MAX_PROBLEMS = 100


class Place(NamedTuple):
    """A value at characters `start` to `end`; of a mapping in block style, its first key.

    `holds` is what stands there: the places of a mapping's keys and values, those of a list's members, or text.
    """

    start: int
    end: int
    holds: dict[str, tuple[Place, Place]] | list[Place] | str | None = None

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

    def data(self) -> Data:
        """Return the value itself; it is never deeper than `MAX_DEPTH`."""
        if isinstance(self.holds, dict):
            return {key: value.data() for key, (_, value) in self.holds.items()}
        if isinstance(self.holds, list):
            return [value.data() for value in self.holds]
        return self.holds

    def span(self, source: Source) -> Span:
        """Return the place as line and column, with carets under what stands on its first line.

        >>> Place(3, 9).span(Source("a.yaml", "a: |x|\\n b")).length
        3
        """
        return first_line(source, self.start, self.end)


def first_line(source: Source, start: int, end: int) -> Span:
    """Return the span of `start` to `end`, as far as it stands on its first line."""
    line_end = source.text.find("\n", start, end)
    return source.span_at(start, max(1, len(source.text[start : end if line_end < 0 else line_end].rstrip())))


def duplicate_key(source: Source, second: Place, first: Place) -> Diagnostic:
    """Return the problem of a key that stands twice in one mapping."""
    key = shorten(str(first.holds))
    return Diagnostic(
        "PF115",
        Message(f"键 “{key}” 重复", f"the key {key!r} stands twice"),
        Message(
            "删去其中一个；若是另一项，请在列表里另起一项",
            "remove one; if it belongs to another member, start that member in the list",
        ),
        second.span(source),
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


def wide_blank(source: Source, start: int, shown: str, syntax: str) -> Diagnostic:
    """Return the problem of a space that is none to the syntax."""
    name = f"U+{ord(shown[0]):04X}"
    return Diagnostic(
        "PF149",
        Message(
            f"这里是全角空格或不可见的空格（{name}），{syntax} 不当作空格",
            f"this is a full-width or invisible space ({name}), which is no space to {syntax}",
        ),
        Message("改为半角空格，或删去", "write ordinary spaces, or remove it"),
        source.span_at(start, len(shown)),
    )


def bad_escape(source: Source, start: int, end: int) -> Diagnostic:
    """Return the problem of an escape that gives NUL or half a character."""
    return Diagnostic(
        "PF114",
        Message("转义出来的是空字符（NUL）或不完整的字符", "an escape gives NUL or half a character"),
        Message("直接写这个字", "write the character itself"),
        first_line(source, start, end),
    )
