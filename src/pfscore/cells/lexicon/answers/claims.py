"""What words say of how something moved or stands: 较上年提高, 不低于上年, 只减不增, 未超预算, 显著提升.

The words are `grammar/claims.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.word_lists import any_of, section_lines, section_words

_FILE = "claims.txt"

_UP, _SAME, _DOWN = 1, 0, -1
_ALL = frozenset({_UP, _SAME, _DOWN})
#: What the lists of words without an object allow, and of those with one.
_MOVES = {
    "not down": frozenset({_UP, _SAME}),
    "not up": frozenset({_DOWN, _SAME}),
    "up": frozenset({_UP}),
    "down": frozenset({_DOWN}),
    "same": frozenset({_SAME}),
}
_STANDS = {
    "at least": frozenset({_UP, _SAME}),
    "at most": frozenset({_DOWN, _SAME}),
    "above": frozenset({_UP}),
    "below": frozenset({_DOWN}),
}
#: 2.3个百分点, 0.3亿元, 20元
_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|‰|个?百分点|[万亿]?[一-龥]{0,2})$")
_WHOLE = re.compile(r"[一-龥A-Za-z“”\"]*(?:(?:19|20)[0-9]{2}年)?[一-龥A-Za-z“”\"]*")
_JOINTS = re.compile(r"[,;、。:()]")
_YEAR = r"(?:19|20)[0-9]{2}年"
_AVERAGE = (
    r"(?:全[国省市县区州]|国家|行业|同行业|同类|区域|周边)[一-龥]{0,6}?(?:平均)?(?:水平|值|数)?|平均(?:水平|值|数)?"
)
_IN_LIMIT = re.compile(r"(?:范围|限额|额度)?(?:之|以)?内$")


#: 持续, 不断: a degree that only 有所 falls short of.
_STEADY = 2


#: 预算内
_WITHIN = re.compile(r"(?:在)?(?P<base>预算|概算|限额|标准|定额)(?:范围|限额|额度)?(?:之|以)?内")


class Claim(NamedTuple):
    """What a text says: the ways it may have gone (1 up, 0 neither, -1 down), how much, of what, against what.

    `degree` is 0 for the strongest, `None` where the text does not say how much.
    """

    ways: frozenset[int]
    degree: int | None = None
    subject: str = ""
    base: str = ""


@lru_cache(maxsize=16384)
def claim_of(text: str) -> Claim | None:
    """Return what a text claims of a movement or a standing, or `None` where it is not one such sentence.

    >>> claim_of("较上年明显提高")
    Claim(ways=frozenset({1}), degree=1, subject='', base='上年')
    >>> claim_of("未超预算").base, sorted(claim_of("未超预算").ways)
    ('预算', [-1, 0])
    >>> claim_of("群众生活水平稳步提升，产量下降")
    """
    plain = "".join(fold(text).split()).rstrip("。.;,!")
    plain = _AMOUNT.sub("", plain)
    if not plain or _JOINTS.search(plain) or _WHOLE.fullmatch(plain) is None:
        return None
    return _standing(plain) or _movement(plain)


def answers(target: Claim, actual: Claim) -> bool | None:
    """Return whether one claim fulfils another; `None` where they are of other things, or leave it open.

    >>> answers(claim_of("不低于上年"), claim_of("高于上年")), answers(claim_of("较上年提高"), claim_of("较上年下降"))
    (True, False)
    >>> answers(claim_of("显著提升"), claim_of("有所提升"))
    """
    if not _may_be_one(target.subject, actual.subject) or not _may_be_one(target.base, actual.base):
        return None
    if not target.ways & actual.ways:
        # To stay as it was is not missed by becoming better.
        return None if target.ways == {_SAME} else False
    if not actual.ways <= target.ways:
        return None
    if target.degree is None or target.degree == _weakest():
        return True
    if actual.degree is None:
        return True if target.degree == _STEADY else None
    return True if actual.degree <= target.degree else None


def _may_be_one(one: str, other: str) -> bool:
    return not one or not other or one in other or other in one


def _standing(plain: str) -> Claim | None:
    """Read 不低于上年, 高于全省平均水平, 控制在预算范围内."""
    match = _stands().fullmatch(plain)
    if match is None:
        within = _WITHIN.fullmatch(plain)
        return None if within is None else Claim(frozenset({_DOWN, _SAME}), base=within["base"])
    ways = next(ways for name, ways in _STANDS.items() if match[name.replace(" ", "_")] is not None)
    base = _IN_LIMIT.sub("", match["base"])
    word = match["word"]
    if not base or _moves().search(base) or (word.startswith("控制") and base == match["base"]):
        return None
    if word.endswith("超") and re.match(any_of(section_words(_FILE)["limit"]), base) is None:
        return None
    return Claim(ways, None, _bare(match["subject"]), _base(base))


def _movement(plain: str) -> Claim | None:
    """Read 较上年明显提高, 只减不增, 与上年持平, 提升不明显."""
    match = _moved().fullmatch(plain)
    if match is None or _moves().search(match["subject"]) or _moves().search(match["tail"]):
        return None
    ways = next(ways for name, ways in _MOVES.items() if match[name.replace(" ", "_")] is not None)
    degrees = _degrees()
    said = [rank for rank, words in enumerate(degrees) if re.search(words, match["how"])]
    tail = match["tail"]
    late = re.fullmatch(rf"(?P<deny>不(?:够|太)?)?(?P<how>{'|'.join(degrees)})", tail)
    if late is not None:
        said += [rank for rank, words in enumerate(degrees) if re.fullmatch(words, late["how"])]
        tail = ""
    if match["deny"] or (late is not None and late["deny"]):
        ways, said = _ALL - ways, []
    subject = _bare(match["subject"]) or _bare(tail)
    return Claim(ways, min(said, default=None), subject, _base(match["base"] or ""))


def _base(text: str) -> str:
    """Return a baseline in one wording: 同比 and 较去年同期 are 上年."""
    bare = re.sub(r"(?:实际|完成)?(?:水平|平均值|平均数|基础上?|末|底)$", "", text)
    return "上年" if bare in section_words(_FILE)["past"] else bare


def _bare(text: str) -> str:
    """Return a subject without the words that say nothing of it."""
    return _empty().sub("", text)


@cache
def _empty() -> re.Pattern[str]:
    before, behind = any_of(section_words(_FILE)["process"]), any_of(section_words(_FILE)["tail"])
    return re.compile(rf"(?:{before}|{behind}|较|比|与|同|和)+$|^(?:{before})+")


@cache
def _stands() -> re.Pattern[str]:
    kinds = "|".join(f"(?P<{name.replace(' ', '_')}>{any_of(section_words(_FILE)[name])})" for name in _STANDS)
    return re.compile(rf"(?P<subject>.*?)(?:略|稍|明显|远)?(?P<word>{kinds})(?P<base>.+)")


@cache
def _moved() -> re.Pattern[str]:
    lists = section_words(_FILE)
    kinds = "|".join(f"(?P<{name.replace(' ', '_')}>{any_of(lists[name])})" for name in _MOVES)
    bases = rf"{any_of(lists['past'])}|{_YEAR}|年初|上年[末底]|{_AVERAGE}"
    base = rf"(?:[较比与同和])?(?P<base>{bases})(?:水平|同期|末|底)?(?:相比|比较)?"
    how = rf"(?P<how>(?:{any_of([*lists['process'], *lists['degree']])})*)"
    deny = rf"(?P<deny>{any_of(lists['deny'])})?"
    return re.compile(rf"(?P<subject>.*?)(?:{base})?(?:{any_of(lists['process'])})*{deny}{how}(?:{kinds})(?P<tail>.*)")


@cache
def _moves() -> re.Pattern[str]:
    return re.compile(any_of(word for name in _MOVES for word in section_words(_FILE)[name]))


@cache
def _degrees() -> tuple[str, ...]:
    """Return the words of each degree as a pattern, the strongest first."""
    return tuple(any_of(line.split()) for line in section_lines(_FILE)["degree"])


def _weakest() -> int:
    return len(_degrees()) - 1
