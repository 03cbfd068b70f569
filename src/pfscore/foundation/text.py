"""Text as people see it: two languages side by side, and widths measured in display columns."""

from __future__ import annotations

import unicodedata
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
    """Show control and zero-width characters by their code points, so that a reader sees what is there.

    >>> visible("9\\u200b5")
    '9<U+200B>5'
    """
    return "".join(
        f"<U+{ord(char):04X}>" if unicodedata.category(char) in {"Cf", "Cc", "Cs", "Zl", "Zp"} else char
        for char in text
    )


def shorten(text: str, limit: int = 60) -> str:
    """Cut `text` for use inside a sentence; a message never repeats a whole file."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def pad(text: str, width: int) -> str:
    """Fill `text` with spaces on the right up to `width` display columns."""
    return text + " " * max(0, width - display_width(text))
