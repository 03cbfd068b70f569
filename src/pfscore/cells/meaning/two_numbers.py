"""Cells that are read once more: where the joint between two numbers belongs, what is a remark, what was computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.cell import SideName

# The rules are described, with cells, in grammar/words/conditions.txt.
_SUMMED_UP, _HOW_MADE_UP, _NAMED_PART = rules("summed_up", "how_made_up", "named_part")
_RESULT_IN_BRACKETS, _SPREAD_IN_BRACKETS = rules("result_in_brackets", "spread_in_brackets")
_RESULT_BEHIND_BOUND = rule("result_behind_bound")
_TORN_NUMBER, _HOW_MADE_UP_OF_LAST = rules("torn_number", "carried_over")
_COMPUTED, _PLUS_SIGN = rules("computed", "plus_sign")


class Apart(NamedTuple):
    """The text to read instead, and the remark that it leaves out."""

    text: str
    left_out: str | None = None


def taken_apart(side: SideName, text: CellText, trouble: Trouble, is_bare: Callable[[str], bool]) -> Apart | None:
    """Separate the two numbers of a cell that has no separator: at a line break, in 47户163人, before (每套…).

    A bracket that only says how a total is made up is left out; `is_bare` tells whether a text asks for nothing.
    """
    author = text.author.strip()
    if "\n" in author:
        # A line break is a wrap, except where the cell has two numbers without it; between two digits it may be either.
        return None if _TORN_NUMBER.search(author) else Apart(author.replace("\n", ";"))
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


def respelled(text: CellText) -> Apart | None:
    """Return the result of 118/120=98.33%, where it is the quotient as far as it is written out, and 5% for +5%."""
    plus = _PLUS_SIGN.fullmatch(text.compact)
    if plus is not None:
        return Apart(plus["said"])
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
