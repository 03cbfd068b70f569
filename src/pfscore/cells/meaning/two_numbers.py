"""Cells that hold two numbers and no joint between them: where the joint belongs, and what is only a remark."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.cell import SideName

# The rules are described, with cells, in grammar/words/conditions.txt.
_SUMMED_UP, _HOW_MADE_UP, _NAMED_PART = rules("summed_up", "how_made_up", "named_part")
_RESULT_IN_BRACKETS, _SPREAD_IN_BRACKETS = rules("result_in_brackets", "spread_in_brackets")
_TORN_NUMBER = rule("torn_number")


class Apart(NamedTuple):
    """The text to read instead, and the remark that it leaves out."""

    text: str
    left_out: str | None = None


def taken_apart(side: SideName, text: CellText, trouble: Trouble, is_bare: Callable[[str], bool]) -> Apart | None:
    """Put a joint where a cell with two numbers has none: at a line break, in 47户163人, before (每套…).

    A bracket that only says how a total is made up is left out; `is_bare` tells whether a text asks for nothing.
    """
    author = text.author.strip()
    if "\n" in author:
        # A line break is a wrap, except where the cell has two numbers without it; between two digits it may be either.
        return None if _TORN_NUMBER.search(author) else Apart(author.replace("\n", ";"))
    detail = _HOW_MADE_UP.search(author) if side == "target" else None
    if detail is not None and is_bare(detail["remark"]):
        return Apart(author[: detail.start()], detail["remark"])
    part = (_NAMED_PART if side == "target" else _RESULT_IN_BRACKETS).search(author)
    if part is not None:
        return Apart(f"{author[: part.start()]},{part['part']}")
    spread = _SPREAD_IN_BRACKETS.search(author)
    if spread is not None:
        return Apart(author[: spread.start()] + spread["spread"])
    if trouble.details.get("beside") == "yes":
        place, _ = text.place(trouble.start, trouble.end)
        return Apart(f"{text.author[:place]}、{text.author[place:]}")
    if _SUMMED_UP.search(author) is None:
        return None
    return Apart(_SUMMED_UP.pattern.sub(r"\g<number>;\g<sum>", author))
