"""Grades and ranks that words name: Ⅱ类, A级, AAA, 优秀等次, 前5名, 第4名; a target may ask for one or better."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pfscore.cells.lexicon.answers.levels import level_scale
from pfscore.foundation.folding import fold

_FOLDED = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI"})
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "首": 1}
_WHERE = re.compile(r"全[国省市县区州院校局系统]|国内|省内|市内|县内|区内|同类[一-龥]{0,4}?(?=前|第|排)|同行业|行业")
#: What stands before and behind a grade and says nothing of it.
_BEFORE = re.compile(
    r"^(?:已|均|稳定|保持|力争|确保|总体|综合|[一-龥]{0,4}?(?:水质|考核|评估|评价|评定|评级|测评|等级|等次|结果)(?=.)|达到?|获得?|评为|评定为|被评为"
    r"|认定为|为|是|位居|位列|排名|排在|名列|进入|列|居|在|(?:达到)?或?优于|不低于|不差于|不劣于)+"
)
_BEHIND = re.compile(r"(?:标准|水质|水体|要求|等次|等级|档次|位次|水平)+$")
_OR_BETTER = re.compile(r"(?:及其?|或|和)?(?:以上|更[高好优])$|(?:及|或)优于$")
_CLASS = re.compile(r"(劣?)([IVX]{1,3}|[一二三四五六])类")
_LETTERS = re.compile(r"([2-5]?)([A-E])\2*([+-]?)(?:级|类|等|档)?")
_RANK = re.compile(r"(前|第)([0-9]{1,3}|[一二三四五六七八九十]{1,2}|首)(?:名|位)?")
_WORD = re.compile(r"(优秀?|良好?|中|差|合格|不合格|基本合格|称职|基本称职|不称职)(?:级|等|档)?")


class Grade(NamedTuple):
    """A place on a scale, 1 or the first letter being the best; a bound of an actual says “so or better”."""

    scale: str
    place: tuple[int, ...]
    or_better: bool = False
    where: str = ""


@lru_cache(maxsize=16384)
def grade_of(text: str) -> Grade | None:
    """Return the grade or rank that a text is, or the lowest one of several that it accepts.

    >>> grade_of("达到Ⅲ类及以上标准")
    Grade(scale='类', place=(3,), or_better=True, where='')
    >>> grade_of("全省前10") == Grade("名", (10,), or_better=True, where="全省")
    True
    >>> grade_of("一类疫苗")
    """
    plain = "".join(fold(text).translate(_FOLDED).split()).rstrip("。.;,!")
    parts = [_grade(part) for part in re.split("或(?!优于|以上|更)|、", plain)]
    found = [part for part in parts if part is not None]
    if len(found) != len(parts) or len({part.scale for part in found}) != 1:
        return None
    return max(found, key=lambda grade: grade.place)


def reaches(target: Grade, actual: Grade) -> bool | None:
    """Return whether a grade is the one asked for or a better one; `None` where that cannot be told.

    >>> reaches(Grade("类", (3,)), Grade("类", (2,))), reaches(Grade("名", (5,)), Grade("名", (6,)))
    (True, False)
    """
    if target.scale != actual.scale or (target.where and actual.where and target.where != actual.where):
        return None
    if actual.place <= target.place:
        return True
    return None if actual.or_better else False


def _grade(text: str) -> Grade | None:
    where = _WHERE.search(text)
    plain = text if where is None else text[: where.start()] + text[where.end() :]
    place = "" if where is None else where[0]
    bare = _BEHIND.sub("", _BEFORE.sub("", plain))
    core = _BEHIND.sub("", _OR_BETTER.sub("", bare))
    or_better = core != bare or "优于" in plain
    if match := _CLASS.fullmatch(core):
        number = _ROMAN.get(match[2]) or _HAN.get(match[2])
        return None if number is None else Grade("类", (6 if match[1] else number,), or_better, place)
    if match := _LETTERS.fullmatch(core):
        count = int(match[1] or core.count(match[2]))
        plus = {"+": -1, "-": 1}.get(match[3], 0)
        return Grade("级", (ord(match[2]) - ord("A"), -count, plus), or_better, place)
    if match := _RANK.fullmatch(core):
        number = int(match[2]) if match[2].isdigit() else _han(match[2])
        return None if number is None else Grade("名", (number,), or_better or match[1] == "前", place)
    if match := _WORD.fullmatch(core):
        scale = level_scale(match[1])
        return None if scale is None else Grade(scale[0], (scale[1],), or_better, place)
    return None


def _han(text: str) -> int | None:
    if len(text) == 1:
        return _HAN.get(text)
    first, second = (_HAN[word] for word in text)
    return 10 + second if first == 10 else first * 10 if second == 10 else None
