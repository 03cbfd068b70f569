"""Answers that settle a row at a glance: the target's own words, nothing where nothing was wanted, the opposite."""

from __future__ import annotations

import re

from pfscore.cells.lexicon.directions import harm_in
from pfscore.foundation.folding import fold

_END = "。.；;，,！!"
_NONE = re.compile(r"(?:零|无|没有|未有|未发生|未出现|未发现|不发生|不出现|杜绝|避免)(?P<what>[^0-9,;、]*)")
_SOME = re.compile(r"(?:有|发生了?|出现了?|存在)(?P<what>[^0-9,;、]*)")
_NOTHING_MORE = frozenset({"", "发生", "出现", "情况", "的情况"})
_NOT = ("未能", "没有", "未", "不", "没", "非", "无")
#: Two words that exclude each other; the second is the denial of the first.
_OPPOSITES = {
    "是": frozenset({"否", "不是", "未", "没有", "无"}),
    "有": frozenset({"无", "没有", "未", "否"}),
    "能": frozenset({"否", "不能"}),
    "完成": frozenset({"否"}),
}


def is_same_wording(target: str, actual: str) -> bool:
    """Return whether two cells have the same words; closing punctuation and spaces do not count.

    >>> is_same_wording("有所提升", "有所 提升。"), is_same_wording("零投诉", "无投诉")
    (True, True)
    """
    one, other = _bare(target), _bare(actual)
    return one == other or (is_nothing(one) and is_nothing(other) and _same_thing(one, other))


def is_nothing(text: str) -> bool:
    """Return whether words say that something bad did not happen once: 零, 无投诉, 未发生安全事故.

    >>> [is_nothing(text) for text in ("零", "无投诉", "未发生安全事故", "零距离", "无障碍设施")]
    [True, True, True, False, False]
    """
    return (found := _none(_bare(text))) is not None and (found in _NOTHING_MORE or bool(harm_in(found)))


def is_opposite(target: str, actual: str) -> bool:
    """Return whether an answer in words denies what was asked for.

    >>> [is_opposite(*pair) for pair in (("是", "否"), ("零投诉", "有投诉"), ("完成", "未完成"), ("有效", "较好"))]
    [True, True, True, False]
    """
    one, other = _bare(target), _bare(actual)
    if is_nothing(one):
        some = _SOME.fullmatch(other)
        return some is not None and _same_thing(one, "无" + some["what"])
    return (
        other in {not_ + one for not_ in _NOT} or other in _OPPOSITES.get(one, ()) or one in _OPPOSITES.get(other, ())
    )


def _none(text: str) -> str | None:
    match = _NONE.fullmatch(text)
    return None if match is None else match["what"]


def _same_thing(one: str, other: str) -> bool:
    """Return whether the second denial holds for the first one's thing: 无安全事故 answers 无重大安全事故.

    无 alone is of whatever the other one says.
    """
    first, second = _none(one) or "", _none(other) or ""
    return first.endswith(second) or first in _NOTHING_MORE or second in _NOTHING_MORE


def _bare(text: str) -> str:
    return "".join(fold(text).split()).rstrip(_END)
