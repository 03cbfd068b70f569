"""Cells of words: which words are a level, and which are a cell that lost its number."""

from __future__ import annotations

import re
from functools import cache

from pfscore.cells.grammar.terminals import trie, word_lists
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon import calendar
from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.units import known_units

_SIGN = re.compile(r"[≥≤><≠±~≈≮≯]=?")
#: 发放时间达标率: a name that slipped into the value's column. 提高工作效率 is none.
_NAME = re.compile(
    r"(?!提|降|增|减|改|升|确保|保|有|不|稳|逐|持|明|显|较|进|优|高|低|大|全|达到|完成|加|促|控|推|实现|按|无|未|零|形成|良|好|一般|符合)"
    r"[^,。;]*(?:达标|合格|完成|覆盖|满意|知晓|发放|及时|到位|执行|使用|办结|验收|参与|入学|巩固|就业|通过|保障|完好|出勤|利用|受益|回收|处理|"
    r"处置|达成|成活|保存)率"
)
#: The head of a column.
_HEADERS = re.compile(
    r"(?:年度|全年)?(?:指标|目标)值|(?:全年)?(?:实际)?完成值|(?:全年|年初|年度)?预算数|(?:全年)?执行数|(?:预算)?执行率|(?:自评)?得分|分值"
    r"|指标名称|[一二三]级指标|[计度]量单位|偏差原因(?:分析及改进措施)?"
)
_LOST_PARTS = re.compile(r"[百千万]+分之(?:以上|以下|以内)?$|个百分点$")
_SENSE = re.compile(r"[一-龥]{2}|[优良中差好高低是否]")
_LETTER = re.compile(r"[一-龥A-Za-zⅠ-Ⅻ]")
_DIGIT = re.compile(r"[0-9]")
#: The grades of concrete, mortar, steel and pipes.
_GRADE = re.compile(r"C[1-8][05]|M(?:5|7\.5|10|15|20)|[SP](?:4|6|8|10|12)|MU[0-9]{1,2}|DN[0-9]{2,4}|Q[0-9]{3}")
_CODE = re.compile(r"[A-Za-z]{1,2}[0-9.]+")
#: Words of one character that are units as well, but stand alone as levels.
_SHORT_LEVELS = frozenset("ABCDE高低中")
_COMPARISONS = ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "EQUAL", "NOT_EQUAL", "ABOUT", "REACH", "CONTROL")
_EDGES = ("ABOVE", "BELOW", "AROUND")


def check_words(folded: str) -> None:
    """Refuse words that are no level: a sign without its number, a lone unit, an indicator's name.

    Raises:
        Trouble: PF316 no number, PF321 an impossible date, PF328 an indicator's name, PF307 a letter
            in place of a sign, PF302 what nobody can read.
    """
    sign = _SIGN.search(folded)
    # ≤预算数 is a condition in words; ≥人 and ≥…… have lost their number.
    if sign is not None and not _SENSE.match(folded, sign.end()):
        raise Trouble("PF316", sign.start(), sign.end())
    if _is_unit(_measured(folded)) or _LOST_PARTS.search(folded):
        raise Trouble("PF316", 0, len(folded))
    if _HEADERS.fullmatch(folded) or (folded.endswith("率") and _NAME.fullmatch(folded)):
        raise Trouble("PF328", 0, len(folded))
    if _CODE.fullmatch(folded) and not _GRADE.fullmatch(folded):
        raise Trouble("PF307", 0, len(folded))
    if not _LETTER.search(folded):
        # 12. is the number of an item, or a broken number.
        raise Trouble("PF309" if _DIGIT.search(folded) else "PF302", 0, len(folded))
    if "月" in folded or "季" in folded:
        wrong = calendar.impossible(folded)
        if wrong is not None:
            raise Trouble("PF321", *wrong)


def check_not_a_unit(text: str, start: int) -> None:
    """Refuse a unit that was torn from its number: 500,人.

    Raises:
        Trouble: PF316.
    """
    if _is_unit(text):
        raise Trouble("PF316", start, start + len(text))


@cache
def _heads() -> re.Pattern[str]:
    words = trie(word for name in _COMPARISONS for word in word_lists()[name])
    return re.compile(rf"{words}|最[多少高低大小长短]|约|达|不足")


@cache
def _edges() -> tuple[str, ...]:
    words = {word for name in _EDGES for word in word_lists()[name]} | {"内"}
    return tuple(sorted(words, key=len, reverse=True))


def _measured(folded: str) -> str:
    """Return what the words of comparison at the ends of a cell compare."""
    head = _heads().match(folded)
    text = folded if head is None else folded[head.end() :]
    if text.endswith(_edges()):
        text = text.removesuffix(next(edge for edge in _edges() if text.endswith(edge)))
    return text


def _is_unit(text: str) -> bool:
    """Tell whether a text is a known unit, or a scale word, and nothing else."""
    if text in _SHORT_LEVELS or level_scale(text) is not None:
        return False
    text = text.lstrip("十百千万亿")
    units = known_units()
    return not text or all(word.lstrip("每0123456789十百千万亿") in units for word in re.split("[/·*]", text))
