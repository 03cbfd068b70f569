"""Text as people see it: two languages side by side, and widths measured in display columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in Chinese and in English.

    >>> Message("空文件", "empty file").text("en")
    'empty file'
    """

    zh: str
    en: str

    def text(self, lang: Lang = "zh") -> str:
        """Return the sentence in `lang`."""
        return self.en if lang == "en" else self.zh


def joined(parts: Iterable[Message], zh: str = "、", en: str = ", ") -> Message:
    """Return sentences as one, with what stands between them in each language.

    >>> joined([Message("分值", "points"), Message("得分", "score")])
    Message(zh='分值、得分', en='points, score')
    """
    listed = list(parts)
    return Message(zh.join(one.zh for one in listed), en.join(one.en for one in listed))


def display_width(text: str) -> int:
    """Return the number of terminal columns that `text` takes: Chinese is two wide, combining marks are none.

    >>> display_width("指标A")
    5
    """
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc"}
        else 2
        if unicodedata.east_asian_width(char) in {"W", "F"}
        else 1
        for char in text
    )


def visible(text: str) -> str:
    """Show control and zero-width characters by their code points, and a line break as ⏎.

    >>> visible("9\\u200b5"), visible("5场\\n3次")
    ('9<U+200B>5', '5场⏎3次')
    """
    return "".join(
        f"<U+{ord(char):04X}>" if unicodedata.category(char) in {"Cf", "Cc", "Cs", "Zl", "Zp"} else char
        for char in text.replace("\n", "⏎")
    )


def shorten(text: str, limit: int = 60) -> str:
    """Cut `text` for use inside a sentence; a message never repeats a whole file."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


_CELL = re.compile(r"第 ([0-9]+) 行 ([A-Z]+) 列")
_PLACE = re.compile(r"(?:第 ([0-9]+) 页)?(?:表 ([0-9]+) 第 ([0-9]+) 行)?")


def place_text(place: str, lang: Lang) -> str:
    """Return a place in an office file as it is said in a language; a form holds it in Chinese.

    >>> place_text("第 2 页表 1 第 5 行", "en"), place_text("运维费!F12", "en")
    ('page 2, table 1, row 5', '运维费!F12')
    >>> place_text("第 12 行 C 列", "en")
    'row 12, column C'
    """
    if lang == "en" and (cell := _CELL.fullmatch(place)) is not None:
        return f"row {cell[1]}, column {cell[2]}"
    found = _PLACE.fullmatch(place) if lang == "en" else None
    if found is None:
        return place
    page, table, row = found.groups()
    return ", ".join([f"page {page}"] * bool(page) + [f"table {table}, row {row}"] * bool(table))


def pad(text: str, width: int) -> str:
    """Fill `text` with spaces on the right up to `width` display columns."""
    return text + " " * max(0, width - display_width(text))
