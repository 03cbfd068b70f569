"""What words say of a target that was not reached: 未开展, 正在报批, 逾期办复, 部分完成.

The words are `grammar/undone.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from fractions import Fraction

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.word_lists import section_pattern

_FILE = "undone.txt"

# The rules are described, with rows, in grammar/words/undone.txt.
_REASON, _REASON_OR_BRACKET, _NOT_KNOWN, _SHORT_BY = rules("why", "why_or_in_brackets", "not_known", "short_by")
_EXCEPT, _NUMBER, _DENIED, _LEAKS, _LEAKED = rules("all_but", "number_said", "denied_before", "leaks", "leaked")
_FORBIDDEN, _DENIED_AT_ONCE, _DENIED_NEARBY = rules("forbidding", "denied_at_once", "denied_nearby")
_DONE, _IN_PART, _DEED_DENIED = rules("done_all_the_same", "done_in_part", "deed_denied")
_CLAUSE = re.compile(r"[,;。、]")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}


@remembered
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
    if not in_words and _IN_PART.fullmatch(said):
        return True
    if _words("whole").search(wanted) and (_EXCEPT.search(said) or (in_words and _says("part", said))):
        return True
    if in_words and not _words("asked").search(wanted):
        return False
    denied = [match["deed"] for match in _DEED_DENIED.finditer(said)]
    if any(deed in wanted for deed in denied):
        return True
    begun = [word for name in ("begun", "fallen") for word in _says(name, said)]
    if in_words:
        begun = [word for word in begun if (word.removeprefix("已").removeprefix("正在") or word) not in wanted]
    return bool(denied or begun) and _DONE.search(said) is None


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
        if match is None:
            continue
        before = [plain[: one.start()] for one in re.finditer(f"(?={re.escape(match['what'])})", plain)]
        if not all(map(_DENIED_AT_ONCE.search, before)):
            return not any(map(_DENIED_NEARBY.search, before))
    return False


def _plain(text: str) -> str:
    return "".join(fold(text).split()).rstrip("。.;,!")


def _says(section: str, text: str) -> list[str]:
    """Return the words of a list that a text says and does not deny: 未出现延误."""
    found = _words(section).finditer(text)
    return [match[0] for match in found if not _DENIED.search(text[: match.start()])]


def _words(section: str) -> re.Pattern[str]:
    return section_pattern(_FILE, section)
