"""Cells of words: which words are a level, and which are a cell that lost its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pfscore.language import calendar
from pfscore.language.folding import fold_unit
from pfscore.language.levels import level_scale
from pfscore.language.parts import Trouble, Word
from pfscore.language.units import known_units
from pfscore.language.vocabulary import word_lists

_SIGNS = frozenset("≥≤><≠±~≈")
_COMPARISONS = ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "EQUAL", "NOT_EQUAL", "ABOUT", "CONTROL")
#: 发放时间达标率: a name that slipped into the value's column. 提高工作效率 is none.
_NAME = re.compile(
    r"(?!提|降|增|减|改|升|确保|保|有|不|稳|逐|持|明|显|较|进|优|高|低|大|全|达到|完成|加|促|控|推|实现|按|无|未|零|形成|良|好|一般|符合)"
    r"[^,。;]*(?:达标|合格|完成|覆盖|满意|知晓|发放|及时|到位|执行|使用|办结|验收|参与|入学|巩固|就业|通过|保障|完好|出勤|利用|受益|回收|处理|处置|达成|成活|保存)率"
)
_LOST_PARTS = re.compile(r"[百千万]+分之(?:以上|以下|以内)?$|个百分点$")
_MEASURING = re.compile(r"^(?:最[多少高低大小长短]|约|达|不足)")
_SENSE = re.compile(r"[一-龥]{2}|[优良中差好高低是否]")
_LETTERS = re.compile(r"[一-龥A-Za-zⅠ-Ⅻ]")
_CODE = re.compile(r"[A-Za-z]{1,2}[0-9.]+")


def check_words(words: Sequence[Word], text: str) -> None:
    """Refuse words that are no level: a sign without its number, a lone unit, an indicator's name.

    Raises:
        Trouble: PF316 no number, PF328 an indicator's name, PF302 a code that nobody can read.
    """
    folded = fold_unit(text)
    wrong = calendar.impossible(folded)
    if wrong is not None:
        raise Trouble("PF321", *wrong)
    for word in words:
        if word.kind in _COMPARISONS and word.text[0] in _SIGNS:
            # ≤预算数 is a condition in words; ≥人 and ≥…… have lost their number.
            if not _SENSE.match(folded[word.end :]):
                raise Trouble("PF316", word.start, word.end)
    bare = _without_comparison(words, folded)
    if not bare or _is_unit(bare):
        raise Trouble("PF316", 0, len(folded))
    if _LOST_PARTS.search(folded):
        raise Trouble("PF316", 0, len(folded))
    if _NAME.fullmatch(folded):
        raise Trouble("PF328", 0, len(folded))
    if _CODE.fullmatch(folded) or not _LETTERS.search(folded):
        raise Trouble("PF302", 0, len(folded))


def check_not_a_unit(words: Sequence[Word]) -> None:
    """Refuse a unit that was torn from its number: 500,人."""
    if words and _is_unit("".join([word.text for word in words])):
        raise Trouble("PF316", words[0].start, words[-1].end)


def _without_comparison(words: Sequence[Word], folded: str) -> str:
    """Return the text without the words of comparison at its ends."""
    if words and words[0].kind in (*_COMPARISONS, "REACH"):
        folded = folded[words[0].end :]
    folded = _MEASURING.sub("", folded)
    for edge in (*word_lists()["ABOVE"], *word_lists()["BELOW"], "内", "左右", "上下"):
        if folded.endswith(edge):
            return folded[: -len(edge)]
    return folded


def _is_unit(text: str) -> bool:
    """Tell whether a text is a known unit, or a scale word, and nothing else."""
    if level_scale(text) is not None:
        return False
    text = text.lstrip("十百千万亿")
    return not text or all(word.lstrip("每0123456789十百千万亿") in known_units() for word in re.split("[/·*]", text))
