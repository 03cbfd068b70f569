"""The text of a cell in three forms: as the author wrote it, folded, and folded without spaces."""

from __future__ import annotations

from pfscore.foundation.folding import fold


class CellText:
    """A cell's text; `compact` is what the grammar reads, and every place in it leads back to the author's text."""

    __slots__ = ("_offsets", "author", "compact", "folded")

    def __init__(self, author: str) -> None:
        self.author = author
        self.folded = fold(author)
        self.compact = self.folded.replace(" ", "")
        self._offsets: list[int] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the author's text of a stretch of the compact text."""
        if len(self.compact) == len(self.folded):
            return start, end
        if self._offsets is None:
            self._offsets = [index for index, char in enumerate(self.folded) if char != " "]
        if start >= len(self._offsets):
            return len(self.author), len(self.author)
        last = min(max(start, end - 1), len(self._offsets) - 1)  # the place of a refusal may end behind the text
        return self._offsets[start], self._offsets[last] + 1

    def cut(self, start: int, end: int) -> str:
        """Return the author's text of a stretch of the compact text."""
        start, end = self.place(start, end)
        return self.author[start:end]

    def stripped(self) -> str:
        """Return the author's text without the spaces around it."""
        return self.cut(0, len(self.compact))
