"""Cells that hold two numbers and no joint between them: where the joint belongs, and what is only a remark."""

from __future__ import annotations

import re
from typing import NamedTuple

from pfscore.language.cell import SideName
from pfscore.language.celltext import CellText
from pfscore.language.parts import Trouble

#: 培训3期共256人次, 检查5次发现隐患12处: a second number that is summed up or found.
_SUMMED = re.compile(
    r"([0-9][十百千万亿]?[一-龥]{1,3}?)((?:共计?|合计|累计|涉及|惠及|受益|参训|覆盖)[一-龥]{0,4}[0-9])"
)
_INSIDE = r"(?:[^()（）]|[（(][^()（）]{1,6}[)）])*"
#: ≥320户(含脱贫户45户): how a total is made up, unless the brackets ask for something: (其中女性不少于30人).
_DETAIL = re.compile(rf"[（(]((?:其中|含(?![0-9])){_INSIDE}[0-9]{_INSIDE})[)）]$")
_ASKS = re.compile(r"[≥≤><=＞＜＝≧≦]|不[少低小高多大超]|至[少多]|以[上下内]|达到|最[少多低高]")
#: 20套(每套不少于8件), 20次(火箭弹150枚): another number with a name of its own.
_PART = re.compile(
    rf"[（(]((?:其中|含(?![0-9])|每){_INSIDE}[0-9]{_INSIDE}|(?<![%‰％][（(])[一-龥]{{2,8}}[0-9.]+[万亿]?[一-龥]{{1,3}})[)）]$"
)
#: ≥95%(实际97.3%)
_RESULT = re.compile(r"[（(](实际[^()（）]*[0-9][^()（）]*)[)）]$")
#: 200名(±10名)
_SPREAD = re.compile(r"[（(](± *[0-9.]+[^()（）]{0,6})[)）]$")
_TORN = re.compile(r"[0-9] *\n *[0-9]")


class Apart(NamedTuple):
    """The text to read instead, and the remark that it leaves out."""

    text: str
    left_out: str | None = None


def taken_apart(side: SideName, text: CellText, trouble: Trouble) -> Apart | None:
    """Put a joint where a cell with two numbers has none: at a line break, in 47户163人, before (每套…)."""
    author = text.author.strip()
    if "\n" in author:
        # A line break is a wrap, except where the cell has two numbers without it; between two digits it may be either.
        return None if _TORN.search(author) else Apart(author.replace("\n", ";"))
    detail = _DETAIL.search(author) if side == "target" else None
    if detail is not None and not _ASKS.search(detail[1]):
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
