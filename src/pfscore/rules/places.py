"""Where each value of a file stands: a tree beside the data, built only when a place is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: What a file holds once read. Every scalar is the text that its author wrote; an empty one is `None`.
Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"

#: How deep lists and mappings may stand in one another.
MAX_DEPTH = 64
#: How many values one file may hold.
MAX_VALUES = 1_000_000
#: How many problems of one file are listed.
MAX_PROBLEMS = 100


@dataclass(slots=True)
class Place:
    """A value that starts at character `start`; `length` counts the characters on its first line.

    `holds` is what stands there: the places of a mapping's keys and values, those of a list's members, or text.
    """

    start: int
    length: int
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
        """Return the value itself; never deeper than `MAX_DEPTH`."""
        if isinstance(self.holds, dict):
            return {key: value.data() for key, (_, value) in self.holds.items()}
        if isinstance(self.holds, list):
            return [value.data() for value in self.holds]
        return self.holds


def duplicate_key(source: Source, second: Place, first: Place) -> Diagnostic:
    """Return the problem of a key that stands twice in one mapping."""
    key = shorten(str(first.holds))
    return Diagnostic(
        "PF115",
        Message(f"键 “{key}” 重复", f"the key {key!r} stands twice"),
        Message(
            "删去其中一个；若是另一项，请在列表里另起一项",
            "remove one; if it is another member, start it in the list",
        ),
        source.span_at(second.start, max(1, second.length)),
        ((Message("第一次在此", "first here"), source.span_at(first.start, max(1, first.length))),),
    )


def too_deep() -> tuple[Message, Message | None]:
    """Return the words for nesting that is too deep."""
    return Message(f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep"), None


def too_many() -> tuple[Message, Message | None]:
    """Return the words for a file that holds too many values."""
    limit = f"{MAX_VALUES:,}"
    message = Message(f"文件里的值超过 {limit} 个", f"the file holds more than {limit} values")
    return message, Message("请分成几个文件；很多表时用 .jsonl", "split the file; use .jsonl for many forms")
