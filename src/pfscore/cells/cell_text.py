"""The text of a cell: as the author wrote it, folded, folded without spaces, and what is read in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, NamedTuple

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold

#: Which of the two cells of a row a text is of.
SideName = Literal["target", "actual"]
# The rules are described, with cells, in grammar/words/damage.txt.
_NOTE_MARK, _TIME_OF_DAY, _IN_BRACKETS = rules("note_mark", "time_of_day", "in_brackets")
_MARK_IN_FRONT = rule("mark_in_front")
_BLANK_SECOND, _BRACKET_FOR_SIGN = rules("blank_second", "bracket_for_sign")


class CellText:
    """A cell's text; `compact` is what the grammar reads, and every place in it leads back to the author's text.

    Three things stand around what a cell says, and are blank in the folded text: brackets around the whole, the time of
    day of a date that a spreadsheet printed, and the mark of a footnote, which is kept as `note`; it may stand in front
    as well. A stroke with nothing
    but a dash behind it is blank as well.
    """

    __slots__ = ("_offsets", "author", "compact", "folded", "note")

    def __init__(self, author: str) -> None:
        self.author = author
        self.note: str | None = None
        folded = with_signs(fold(author))
        if (mark := _MARK_IN_FRONT.match(folded) if folded.lstrip(" ")[:1] in _MARKS else None) is not None:
            self.note = mark["mark"]
            folded = _blanked(folded, 0, mark.end())
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
        elif (blank := _BLANK_SECOND.search(folded)) is not None:
            folded = _blanked(folded, blank.start(), blank.end())
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


def with_signs(folded: str) -> str:
    """Return a folded text with < and > for the brackets of titles that stand for them; the length stays the same.

    >>> with_signs("〉85%"), with_signs("《条例》3部")
    ('>85%', '《条例》3部')
    """
    found = _BRACKET_FOR_SIGN.search(folded)
    if found is None:
        return folded
    sign = ">" if found["sign"] in _CLOSING else "<"
    return f"{found['before']}{sign}{folded[found.end() :]}"


_CLOSING = frozenset("》〉»")
#: What may mark a cell before its number: *18件, ※22台.
_MARKS = frozenset("*※")
#: A longer text is no cell that a bracket or a note stands around.
_LONGEST = 300
#: What the folded text of a note mark, a time of day or a bracket may end with, digits aside.
_ENDS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])*※。Z-")


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


# The rules are described, with cells, in grammar/words/conditions.txt.
_SUMMED_UP, _HOW_MADE_UP, _NAMED_PART = rules("summed_up", "how_made_up", "named_part")
_RESULT_IN_BRACKETS, _SPREAD_IN_BRACKETS = rules("result_in_brackets", "spread_in_brackets")
_RESULT_BEHIND_BOUND = rule("result_behind_bound")
_TORN_NUMBER, _HOW_MADE_UP_OF_LAST = rules("torn_number", "carried_over")
_OF_SO_MANY, _ALL_BUT, _SIDE_BY_SIDE = rules("of_so_many", "all_but_so_many", "side_by_side")
_TIMES_OF_EACH = rule("times_of_each")
_HEADS, _NUMBERED = rules("heads_in_brackets", "numbered_lines")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_COMPUTED, _PLUS_SIGN, _MONTH, _BY_ARROW = rules("computed", "plus_sign", "month_of_spreadsheet", "by_arrow")
_SO_OFTEN = rule("every_so_often")
_MINUTES = rule("minutes_and_seconds")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Apart(NamedTuple):
    """The text to read instead, and the remark that it leaves out."""

    text: str
    left_out: str | None = None


def taken_apart(side: SideName, text: CellText, trouble: Trouble, is_bare: Callable[[str], bool]) -> Apart | None:
    """Separate the two numbers of a cell that has no separator: at a line break, in 47户163人, before (每套…).

    A bracket that only says how a total is made up is left out; `is_bare` tells whether a text asks for nothing.
    """
    author = _BEFORE_BRACKET.sub("", text.author.strip())
    if "\n" in author:
        # A line break is a wrap, except where the cell has two numbers without it; between two digits it may be either.
        return None if _TORN_NUMBER.search(author) else Apart(author.replace("\n", ";"))
    if side == "actual" and (apart := _part_of(author)) is not None:
        return apart
    if (both := _SIDE_BY_SIDE.fullmatch(author)) is not None:
        return Apart(f"{both['one']};{both['two']}")
    detail = (_HOW_MADE_UP if side == "target" else _HOW_MADE_UP_OF_LAST).search(author)
    if detail is not None and is_bare(detail["remark"]):
        return Apart(author[: detail.start()], detail["remark"])
    part = (_NAMED_PART if side == "target" else _RESULT_IN_BRACKETS).search(author)
    if part is not None:
        return Apart(f"{author[: part.start()]},{part['part']}")
    behind = _RESULT_BEHIND_BOUND.search(author) if side == "actual" else None
    if behind is not None:
        return Apart(f"{author[: behind.start('part') - 1]},{behind['part']}")
    spread = _SPREAD_IN_BRACKETS.search(author)
    if spread is not None:
        return Apart(author[: spread.start()] + spread["spread"])
    if trouble.details.get("beside") == "yes":
        place, _ = text.place(trouble.start, trouble.end)
        return Apart(f"{text.author[:place]}、{text.author[place:]}")
    if _SUMMED_UP.search(author) is None:
        return None
    return Apart(_SUMMED_UP.sub(r"\g<number>;\g<sum>", author))


#: A bracket on a line of its own belongs to the line above it.
_BEFORE_BRACKET = re.compile(r"\s*\n\s*(?=[(（])")


def _part_of(author: str) -> Apart | None:
    """Leave out the whole of 480套中的416套, the rest of 除2户外完成98户, and how long in 120户×12个月."""
    if (found := _OF_SO_MANY.fullmatch(author)) is not None:
        return Apart(found["part"] + (found["more"] or ""), found["whole"])
    found = _ALL_BUT.fullmatch(author) or _TIMES_OF_EACH.fullmatch(author)
    return None if found is None else Apart(found["part"], found["rest"])


def listed(text: CellText) -> Apart | None:
    """Return the items of a numbered list without their numbers; `None` where a text is no list from 1 on."""
    marks = list(_NUMBERED.finditer(text.author))
    numbers = [_CIRCLED.find(mark) + 1 or int(mark.strip("()（）.、．")) for mark in (one["number"] for one in marks)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or marks[0].start("number") != 0:
        return None
    ends = [*(one.start() for one in marks[1:]), len(text.author)]
    items = [text.author[one.end() : end].strip() for one, end in zip(marks, ends, strict=True)]
    return None if any("\n" in item for item in items) else Apart("；".join(items))


def in_column(text: CellText) -> Apart | None:
    """Return both results of 6期（480人）, where the unit of the column is not that of the first."""
    found = _HEADS.fullmatch(text.author.strip())
    return None if found is None else Apart(f"{found['one']};{found['two']}")


def respelled(text: CellText) -> Apart | None:
    """Return the result of 118/120=98.33%, where it is the quotient as far as it is written out, and 5% for +5%."""
    plus = _PLUS_SIGN.fullmatch(text.compact)
    if plus is not None:
        return Apart(f"{plus['sign']}{plus['said']}")
    day = _MONTH.fullmatch(text.compact)
    if day is not None:
        return Apart(f"{_MONTHS.index(day['month']) + 1}月{day['day']}日")
    if _MINUTES.search(text.compact) is not None:
        return Apart(_MINUTES.sub(r"\g<minutes>分\g<seconds>秒", text.compact))
    if (often := _SO_OFTEN.fullmatch(text.compact)) is not None:
        return Apart(f"每{often['time']}1{often['what']}")
    if (moved := _BY_ARROW.fullmatch(text.compact)) is not None:
        return Apart(f"{moved['lead']}{moved['after']}", moved["before"])
    sum_ = _COMPUTED.fullmatch(text.compact)
    if sum_ is None:
        return None
    top, bottom, stated = (Fraction(sum_[name]) for name in ("top", "bottom", "stated"))
    if not bottom:
        return None
    size = 100 if sum_["sign"] else 1
    unit = Fraction(1, 10 ** len(sum_["stated"].partition(".")[2]))
    # Rounded or cut off, the last place may be one too small or half too large.
    off = top * size / bottom - stated
    if abs(off) >= unit:
        return None
    return Apart(f"{sum_['stated']}{sum_['sign'] or ''}", text.compact[: sum_.end("quotient")])
