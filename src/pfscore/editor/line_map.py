"""Where the lines of a text stand after it was edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class LineMap:
    """The lines that two texts have in common at their start and at their end; between them something was edited.

    Lines are counted from 1.

    >>> edited = LineMap.between("a\\nb\\nc", "a\\nx\\ny\\nc")
    >>> edited.new(1), edited.new(2), edited.new(3), edited.old(4)
    (1, None, 4, 3)
    """

    head: int
    tail: int
    before: int
    after: int

    @classmethod
    def between(cls, before: str, after: str) -> Self:
        """Compare two texts."""
        if before is after or before == after:
            count = before.count("\n") + 1
            return cls(count, 0, count, count)
        old, new = before.split("\n"), after.split("\n")
        most = min(len(old), len(new))
        head = next((number for number in range(most) if old[number] != new[number]), most)
        most -= head
        tail = next((number for number in range(most) if old[-1 - number] != new[-1 - number]), most)
        return cls(head, tail, len(old), len(new))

    def new(self, line: int) -> int | None:
        """Return where a line of the old text stands now; `None` where it was edited."""
        if line <= self.head:
            return line
        return line + self.after - self.before if line > self.before - self.tail else None

    def old(self, line: int) -> int | None:
        """Return where a line of the new text stood before; `None` where it was edited."""
        if line <= self.head:
            return line
        return line + self.before - self.after if line > self.after - self.tail else None

    def nearest(self, line: int) -> int:
        """Return where a line of the old text stands now; of one that was edited, where the edit begins."""
        return self.new(line) or min(self.head + 1, self.after)
