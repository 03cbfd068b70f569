"""What words say of how something moved or stands: 较上年提高, 不低于上年, 只减不增, 未超预算, 显著提升.

The words are `grammar/claims.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, any_of, pattern_of
from pfscore.foundation.runtime.resources import section_lines, section_words

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
# The rules are described, with rows, in grammar/words/claims.txt.
_AMOUNT, _WHOLE, _IN_LIMIT, _WITHIN = rules("by_an_amount", "one_claim", "inside_limit", "within_base")
_STANDS_TO, _MOVED, _DEGREE_BEHIND = rules("stands_to", "moves", "degree_behind")
_OF_BASE, _EMPTY, _OF_A_PART = rules("of_base", "empty_of_claim", "of_a_part")
_ALONE, _OF_EFFECT, _BAD_EFFECT = rules("degree_alone", "of_effect", "bad_effect")
_WORSE_IF_MORE, _HARDLY, _GOOD_OF_ANYTHING = rules("worse_if_more", "hardly", "good_of_anything")
_JOINTS = re.compile(r"[,;、。:()]")
#: ≤预算数
_SIGNED = {"≤": "不超过", "≥": "不低于", "<": "低于", ">": "高于"}
#: 持续, 稳步: a pace, which only 有所 falls short of.
_STEADY = 2


class Claim(NamedTuple):
    """What a text says: the ways it may have gone (1 up, 0 neither, -1 down), how much, of what, against what.

    `degree` is 0 for the strongest, `None` where the text does not say how much.
    """

    ways: frozenset[int]
    degree: int | None = None
    subject: str = ""
    base: str = ""


@remembered
def claim_of(text: str) -> Claim | None:
    """Return what a text claims of a movement or a standing, or `None` where it is not one such sentence.

    >>> claim_of("较上年明显提高")
    Claim(ways=frozenset({1}), degree=1, subject='', base='上年')
    >>> claim_of("未超预算").base, sorted(claim_of("未超预算").ways)
    ('预算', [-1, 0])
    >>> claim_of("≤预算数").base
    '预算数'
    >>> claim_of("群众生活水平稳步提升，产量下降")
    """
    plain = fold_words(text)
    plain = _AMOUNT.sub("", _SIGNED.get(plain[:1], plain[:1]) + plain[1:])
    if not plain or _JOINTS.search(plain) or _WHOLE.fullmatch(plain) is None:
        return None
    return _standing(plain) or _movement(plain)


def answers(target: Claim, actual: Claim) -> bool | None:
    """Return whether one claim fulfils another; `None` where they are of other things, or leave it open.

    >>> answers(claim_of("不低于上年"), claim_of("高于上年")), answers(claim_of("较上年提高"), claim_of("较上年下降"))
    (True, False)
    >>> answers(claim_of("显著提升"), claim_of("有所提升"))
    >>> answers(claim_of("改善"), claim_of("发案率上升"))
    """
    if not _may_be_one(target.subject, actual.subject) or not _may_be_one(target.base, actual.base):
        return None
    if target.ways == {_UP} and actual.subject not in {"", target.subject}:
        side = side_of_measure(actual.subject)
        if side == "lower" or (side is None and actual.ways == {_DOWN}):
            # 改善 and 发案率上升, or 门诊量下降: what moved is of another kind than what was to move.
            return None
    if not target.ways & actual.ways:
        # To stay as it was is not missed by becoming better.
        return None if target.ways == {_SAME} else False
    if not actual.ways <= target.ways or _OF_A_PART.search(actual.subject):
        return None
    if target.degree is None or target.degree == _weakest():
        return True
    if actual.degree is None:
        return True if target.degree == _STEADY else None
    return True if actual.degree <= target.degree else None


def side_of_measure(subject: str) -> str | None:
    """Return the side to which what moved improves; `None` where more of it may be good or bad.

    >>> [side_of_measure(what) for what in ("发案率", "治安案件", "优良天数", "一产占比", "平均年龄")]
    ['lower', 'lower', 'higher', None, None]
    """
    side = side_of(subject)
    if _WORSE_IF_MORE.search(subject) is not None or (side is not None and side.direction == "lower"):
        return "lower"
    return None if side is None or _GOOD_OF_ANYTHING.fullmatch(side.word) else "higher"


class Degree(NamedTuple):
    """How strong an effect is said to be, and of what; 0 is the strongest, `None` is none: 效果不明显."""

    rank: int | None
    subject: str = ""


@remembered
def degree_of(text: str) -> Degree | None:
    """Return how strong an effect a text says that there is, or `None` where it says nothing else than that.

    >>> degree_of("效果显著"), degree_of("不太明显"), degree_of("问题突出"), degree_of("显著提升")
    (Degree(rank=0, subject=''), Degree(rank=None, subject=''), None, None)
    """
    plain = fold_words(text)
    match = _ALONE.fullmatch(plain)
    if match is None or is_bad_effect(text):
        return None
    subject = _OF_EFFECT.sub("", match["subject"])
    subject = bare(_moves().sub("", subject)) if _moves_up(subject) else subject
    if match["deny"]:
        return Degree(None, subject)
    said = [rank for rank, words in enumerate(_degrees()) if re.search(words, match["how"])]
    rank = min(said, default=1)
    return Degree(_STEADY if match["rather"] and rank < _STEADY else 0 if match["very"] else rank, subject)


def is_bad_effect(text: str) -> bool:
    """Return whether what a text calls strong is nothing good: 问题突出, 负面影响明显; but not 问题整改成效明显.

    >>> is_bad_effect("问题突出"), is_bad_effect("负面影响明显"), is_bad_effect("问题整改成效明显")
    (True, True, False)
    """
    match = _ALONE.fullmatch(fold_words(text))
    return match is not None and _BAD_EFFECT.search(_OF_EFFECT.sub("", match["subject"])) is not None


def degree_asked(target: str) -> int | None:
    """Return how strong an effect a target asks for, by a movement or by itself; `None` where it asks for none.

    >>> degree_asked("显著改善"), degree_asked("效果明显"), degree_asked("提升"), degree_asked("不低于上年")
    (0, 1, 3, None)
    """
    claim, alone = claim_of(target), degree_of(target)
    if alone is not None:
        return alone.rank
    if claim is None or claim.base or len(claim.ways) != 1 or claim.ways == {_SAME}:
        return None
    return _weakest() if claim.degree is None else claim.degree


def _moves_up(subject: str) -> bool:
    """Return whether what an effect is of is a movement for the better: 改善效果, but not 下降."""
    claim = claim_of(subject)
    return claim is not None and claim.ways == {_UP}


def _may_be_one(one: str, other: str) -> bool:
    return not one or not other or one in other or other in one


def _standing(plain: str) -> Claim | None:
    """Read 不低于上年, 高于全省平均水平, 控制在预算范围内."""
    match = _STANDS_TO.fullmatch(plain)
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
    return Claim(ways, None, bare(match["subject"]), _base(base))


def _movement(plain: str) -> Claim | None:
    """Read 较上年明显提高, 只减不增, 与上年持平, 提升不明显."""
    match = _MOVED.fullmatch(plain)
    if match is None or _moves().search(match["subject"]) or _moves().search(match["tail"]):
        return None
    ways = next(ways for name, ways in _MOVES.items() if match[name.replace(" ", "_")] is not None)
    degrees = _degrees()
    said = [rank for rank, words in enumerate(degrees) if re.search(words, match["how"])]
    tail = match["tail"]
    late = _DEGREE_BEHIND.fullmatch(tail)
    if late is not None:
        said += [rank for rank, words in enumerate(degrees) if re.fullmatch(words, late["how"])]
        tail = ""
    if match["deny"] or (late is not None and late["deny"]):
        ways, said = _ALL - ways, []
    elif tail and _HARDLY.fullmatch(tail) is not None:
        ways, said, tail = (_ALL - ways if _SAME in ways else frozenset({_SAME})), [], ""
    subject = bare(match["subject"]) or bare(tail)
    return Claim(ways, min(said, default=None), subject, _base(match["base"] or ""))


def _base(text: str) -> str:
    """Return a baseline in one wording: 同比 and 较去年同期 are 上年."""
    bare = _OF_BASE.sub("", text)
    return "上年" if bare in section_words(_FILE)["past"] else bare


def bare(text: str) -> str:
    """Return a subject without the words that say nothing of it.

    >>> bare("带动农民"), bare("户均")
    ('农民', '')
    """
    return _EMPTY.sub("", text)


def moved_in(text: str) -> str:
    """Return the word by which a text claims a movement.

    >>> moved_in("环境优化有限"), moved_in("良好")
    ('优化', '')
    """
    match = _moves().search(fold_words(text))
    return "" if match is None else match[0]


@cache
def _moves() -> Pattern:
    return pattern_of(word for name in _MOVES for word in section_words(_FILE)[name])


@cache
def _degrees() -> tuple[str, ...]:
    """Return the words of each degree as a pattern, the strongest first."""
    return tuple(any_of(line.split()) for line in section_lines(_FILE)["degree"])


def _weakest() -> int:
    return len(_degrees()) - 1
