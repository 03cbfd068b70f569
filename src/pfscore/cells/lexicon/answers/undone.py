"""What words say of a target that was not reached: 未开展, 正在报批, 逾期办复, 部分完成.

The words are `grammar/undone.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.word_lists import any_of, section_words

_FILE = "undone.txt"

#: 因资金未到位: why it was not done, not what.
_REASON = re.compile(r"(?:^|(?<=[,;。(]))(?:因为?|由于|受)[^,;。()]*(?=[,;。)])")
_REASON_OR_BRACKET = re.compile(rf"{_REASON.pattern}|\([^()]*\)")
_CLAUSE = re.compile(r"[,;。、]")
#: 未开展满意度调查: the number is not known; 兑付率100%，晚于规定时间: it is, and another thing is late.
_NOT_KNOWN = re.compile(r"调查|问卷|测评|抽样|统计|评估|(?<![0-9.])1[0-9]{2}(?:\.[0-9]+)?%")
#: 9项（差3项）, 缺训6人: how much is missing.
_SHORT_BY = re.compile(r"(?<![多减至不较最])(?:[差缺少欠]|[漏未没][一-龥])[一-龥]{0,3}[0-9]+(?:\.[0-9]+)?%?")
#: 除3件在办外均已办结, 除两个行政村外实现全覆盖
_EXCEPT = re.compile(r"除[^,;。()完]{0,8}[0-9一二两三四五六七八九十][^,;。()]{0,12}外(?!,?[另还又再])")
_NUMBER = re.compile(r"(?<![第0-9.])(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>[万亿])?(?P<share>%)?(?!年|[0-9])")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}
_DENIED = re.compile(r"(?:未|无|没有?|不)[^,;。]{0,3}$")
#: 不漏一户: answered by 漏查5户.
_LEAKS, _LEAKED = re.compile("不漏一?[户人项个件]"), re.compile("(?<![未无不没])漏[一-龥]?")
_FORBIDDEN = re.compile(r"^(?:不得|不|无|零|未|严禁|禁止|杜绝|防止|避免)(?P<what>[^0-9,;、]{2,})$")


@lru_cache(maxsize=16384)
def says_undone(actual: str, target: str, *, in_words: bool = True) -> bool:
    """Return whether words say that a target was not reached; `in_words` tells whether the target is words itself.

    >>> [says_undone(text, "建成") for text in ("未开展（经费被收回）", "正在施工", "已建成", "未发生事故")]
    [True, True, False, False]
    >>> says_undone("2件逾期办复", "按时办复"), says_undone("已启动建设", "启动建设"), says_undone("正在推进", "有效")
    (True, False, False)
    """
    wanted = _plain(target)
    said = (_REASON_OR_BRACKET if in_words else _REASON).sub("", _plain(actual)) or _plain(actual)
    if not in_words and _NOT_KNOWN.search(said):
        return False
    if not in_words and _SHORT_BY.search(_plain(actual)):
        return True
    if (not in_words or _words("in time").search(wanted)) and _says("late", said):
        return True
    if not in_words and _in_part().fullmatch(said):
        return True
    if _words("whole").search(wanted) and (_EXCEPT.search(said) or (in_words and _says("part", said))):
        return True
    if in_words and not _words("asked").search(wanted):
        return False
    denied = [match["deed"] for match in _denied().finditer(said)]
    if any(deed in wanted for deed in denied):
        return True
    begun = [word for name in ("begun", "fallen") for word in _says(name, said)]
    if in_words:
        begun = [word for word in begun if (word.removeprefix("已").removeprefix("正在") or word) not in wanted]
    return bool(denied or begun) and _done().search(said) is None


def says_late(actual: str) -> bool:
    """Return whether words say that something took longer than it may.

    >>> says_late("合同签订后75天到货，逾期15天"), says_late("60天到货，未逾期")
    (True, False)
    """
    return bool(_says("late", _plain(actual)))


def may_reach(number: Fraction, actual: str, *, share: bool) -> bool:
    """Return whether words hold a number that is no less than the one that was asked for: 完成120%，3户未入住.

    >>> may_reach(Fraction(1), "完成120%，3户未入住", share=True), may_reach(Fraction(4), "3期，第4期推迟", share=False)
    (True, False)
    """
    done = [one for one in _CLAUSE.split(_plain(actual)) if not (_words("begun").search(one) or _says("late", one))]
    for match in _NUMBER.finditer(_SHORT_BY.sub("", ",".join(done))):
        found = Fraction(match["number"].replace(",", "")) * _SCALES[match["scale"]]
        if share is (match["share"] is not None) and (found / 100 if share else found) >= number:
            return True
    return False


def forbids(target: str, said: str) -> bool:
    """Return whether a target forbids what words say that there was: 不缺岗、不漏报 ← 漏报, 无违规审批 ← 发现违规审批.

    >>> forbids("不缺岗、不漏报", "漏报"), forbids("无违规审批", "未发现违规审批"), forbids("不动产登记", "登记")
    (True, False, False)
    """
    plain = _plain(said)
    if _LEAKS.search(_plain(target)) and _LEAKED.search(plain):
        return True
    for clause in () if "疑似" in plain else _CLAUSE.split(_plain(target)):
        match = _FORBIDDEN.fullmatch(clause)
        if match is not None and re.search(rf"(?<![未无不没零]){re.escape(match['what'])}", plain):
            return re.search(rf"(?:未|无|不|没有?|零)[^,;。]{{0,4}}{re.escape(match['what'])}", plain) is None
    return False


def _plain(text: str) -> str:
    return "".join(fold(text).split()).rstrip("。.;,!")


def _says(section: str, text: str) -> list[str]:
    """Return the words of a list that a text says and does not deny: 未出现延误."""
    found = _words(section).finditer(text)
    return [match[0] for match in found if not _DENIED.search(text[: match.start()])]


@cache
def _done() -> re.Pattern[str]:
    """已建立, 建成: something was brought about all the same."""
    return re.compile(
        rf"(?<![未没不])(?:已经?|均已)(?:{any_of(section_words(_FILE)['asked'])})|(?<![未没不能])(?:完成了|建成|达标|完工|竣工|办结)"
    )


@cache
def _in_part() -> re.Pattern[str]:
    """部分完成, 大部分已建成: against a number, less than all of it."""
    deed = any_of(section_words(_FILE)["deed"])
    return re.compile(rf"(?:只|仅|已)?(?:大?部分|少数|个别|多数)(?:已经?)?(?:{deed})了?")


@cache
def _denied() -> re.Pattern[str]:
    lists = section_words(_FILE)
    deny, between, deed = (any_of(lists[name]) for name in ("deny", "between", "deed"))
    return re.compile(rf"(?<!无)(?:{deny})(?:{between})*(?P<deed>{deed})")


@cache
def _words(section: str) -> re.Pattern[str]:
    return re.compile(any_of(section_words(_FILE)[section]))
