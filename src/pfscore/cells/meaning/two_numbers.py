"""Cells that hold two numbers and no joint between them: where the joint belongs, and what is only a remark."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.meaning.cell import SideName

#: 培训3期共256人次, 检查5次发现隐患12处: a second number that is summed up or found.
_SUMMED = re.compile(
    r"([0-9][十百千万亿]?[一-龥]{1,3}?)((?:共计?|合计|累计|涉及|惠及|受益|参训|覆盖)[一-龥]{0,4}[0-9])"
)
_INSIDE = r"(?:[^()（）]|[（(][^()（）]{1,6}[)）])*"
_END = r"[)）][。；;]?$"
#: ≥320户(含脱贫户45户): how a total is made up.
_MADE_UP_OF = rf"(?:其中|含(?![0-9])){_INSIDE}[0-9]{_INSIDE}"
_DETAIL = re.compile(rf"[（(]({_MADE_UP_OF}){_END}")
#: 100人(其中女性不少于30人), 20套(每套不少于8件), 20次(火箭弹150枚): another number with a name of its own.
_PART = re.compile(
    rf"[（(]({_MADE_UP_OF}|每{_INSIDE}[0-9]{_INSIDE}|(?<![%‰％][（(])[一-龥]{{2,8}}[0-9.]+[万亿]?[一-龥]{{1,3}}){_END}"
)
#: ≥95%(实际97.3%)
_RESULT = re.compile(rf"[（(](实际[^()（）]*[0-9][^()（）]*){_END}")
#: 200名(±10名)
_SPREAD = re.compile(rf"[（(](± *[0-9.]+[^()（）]{{0,6}}){_END}")
_TORN = re.compile(r"[0-9] *\n *[0-9]")


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
        return None if _TORN.search(author) else Apart(author.replace("\n", ";"))
    detail = _DETAIL.search(author) if side == "target" else None
    if detail is not None and is_bare(detail[1]):
        return Apart(author[: detail.start()], detail[1])
    beside = _PART if side == "target" else _RESULT
    if beside.search(author):
        return Apart(beside.sub(r",\1", author))
    if _SPREAD.search(author):
        return Apart(_SPREAD.sub(r"\1", author))
    if trouble.details.get("beside") == "yes":
        place, _ = text.place(trouble.start, trouble.end)
        return Apart(f"{text.author[:place]}、{text.author[place:]}")
    return Apart(_SUMMED.sub(r"\1;\2", author)) if _SUMMED.search(author) else None
