"""The lines of a text that is edited: each stays the same line, wherever it comes to stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count

_FRESH = count(1)


@dataclass(frozen=True)
class Lines:
    """A text and a number for each of its lines, by which it is known after edits. Lines are counted from 1.

    >>> before = Lines.of("a\\nb\\nc")
    >>> after = before.edited("a\\nx\\ny\\nc").edited("z\\na\\nx\\ny\\nc")
    >>> [before.now(line, after) for line in (1, 2, 3)]
    [2, None, 5]
    """

    text: str
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Take a text of which nothing was known."""
        return cls(text, tuple(next(_FRESH) for _ in text.split("\n")))

    def edited(self, text: str) -> Lines:
        """Return the lines of the text after one edit: those before and behind it are the same."""
        if text == self.text:
            return self
        old, new = self.text.split("\n"), text.split("\n")
        most = min(len(old), len(new))
        head = next((number for number in range(most) if old[number] != new[number]), most)
        most -= head
        tail = next((number for number in range(most) if old[-1 - number] != new[-1 - number]), most)
        fresh = (next(_FRESH) for _ in range(len(new) - head - tail))
        return Lines(text, (*self.numbers[:head], *fresh, *self.numbers[len(old) - tail :]))

    def now(self, line: int, later: Lines) -> int | None:
        """Return where a line stands in a later or an earlier text; `None` where it does not."""
        return later._places.get(self.numbers[line - 1]) if 0 < line <= len(self.numbers) else None

    def near(self, line: int, later: Lines) -> int:
        """Return where a line stands in another text, or the line behind the last one before it that stands there."""
        if (place := self.now(line, later)) is not None:
            return place
        before = (self.now(one, later) for one in range(min(line, len(self.numbers)), 0, -1))
        return min(next((one for one in before if one is not None), 0) + 1, len(later.numbers))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.numbers, 1)}
