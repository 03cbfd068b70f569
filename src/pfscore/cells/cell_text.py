"""The text of a cell in three forms: as the author wrote it, folded, and folded without spaces."""

from __future__ import annotations

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold

# The rules are described, with cells, in grammar/words/damage.txt.
_NOTE_MARK, _TIME_OF_DAY, _IN_BRACKETS = rules("note_mark", "time_of_day", "in_brackets")


class CellText:
    """A cell's text; `compact` is what the grammar reads, and every place in it leads back to the author's text.

    Three things stand around what a cell says, and are blank in the folded text: brackets around the whole, the time of
    day of a date that a spreadsheet printed, and the mark of a footnote, which is kept as `note`.
    """

    __slots__ = ("_offsets", "author", "compact", "folded", "note")

    def __init__(self, author: str) -> None:
        self.author = author
        self.note: str | None = None
        folded = fold(author)
        last = folded.rstrip(" ")[-1:]
        if len(folded) > _LONGEST or (last and not last.isdigit() and last not in _ENDS):
            self.folded = folded
        else:
            self.folded = self._bare(folded)
        self.compact = self.folded.replace(" ", "")
        self._offsets: list[int] | None = None

    def _bare(self, folded: str) -> str:
        note = _NOTE_MARK.search(folded)
        if note is not None:
            self.note = self.author[note.start() : note.end()].strip()
            folded = _blanked(folded, note.start(), note.end())
        elif (time := _TIME_OF_DAY.search(folded)) is not None:
            folded = _blanked(folded, time.end("date"), time.end())
        if (around := _IN_BRACKETS.fullmatch(folded)) is not None:
            for place in (around.start("open"), around.start("close")):
                folded = _blanked(folded, place, place + 1)
        return folded

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
        if start == 0 and end == len(self.compact):
            return self.stripped()
        start, end = self.place(start, end)
        return self.author[start:end]

    def stripped(self) -> str:
        """Return the author's text without the spaces around it."""
        folded = fold(self.author)
        return self.author[len(folded) - len(folded.lstrip(" ")) : len(folded.rstrip(" "))]


#: A longer text is no cell that a bracket or a note stands around.
_LONGEST = 300
#: What the folded text of a note mark, a time of day or a bracket may end with, digits aside.
_ENDS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])*※。Z")


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"
