"""Words around the numbers of a row's cells: which of them nothing explains, and which contradict the target.

The words are `grammar/around.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from functools import cache

from pfscore.cells.lexicon.directions import wrong_things
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.patterns import Pattern, any_of, pattern_of
from pfscore.foundation.runtime.resources import section_lines, section_pattern, section_words

_FILE = "around.txt"

#: Where a piece of a label ends.
_ENDS = re.compile(r"[,;。:、()]+")
# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_WHAT_IT_WAS = rule("what_it_was")
_RATE, _REASON, _OF_SATISFACTION, _MISSED = rules("rate_named", "why_not_more", "of_satisfaction", "said_missed")
_NOT_HAPPENED, _AND_MORE, _ROUND, _ALL_OF_THEM = rules("not_happened", "and_more", "round", "all_of_them")
_DENIED = rule("none_of_them")
_NO_WORD = Pattern(r"[^一-龥A-Za-z]+")
_SIDES = re.compile(r"\s*\|\s*")


def strange_words(words: str, known: str, *, harm: bool = False) -> tuple[str, ...]:
    """Return the words around a number that nothing explains: not the row's own, and on no list.

    `known` are the indicator's name, the target and the units; `harm` says that what is counted should not happen.

    >>> strange_words("实际完成培训", "培训人数"), strange_words("漏种", "疫苗接种人数")
    ((), ('漏种',))
    >>> strange_words("满意率", "投诉率"), strange_words("群众满意度", "服务对象满意度")
    (('满意率',), ())
    >>> strange_words("发生事故", "事故起数", harm=True), strange_words("发现", "整改问题数")
    ((), ('发现',))
    """
    return tuple(
        piece for piece, left in _unexplained(words, known, harm=harm).items() if not _is_of_row(piece, left, known)
    )


def left_out_words(words: str, known: str, *, harm: bool = False) -> tuple[str, ...]:
    """Return what stands beside the row's own words and harmless ones: 养护县乡道 under 农村公路养护里程.

    >>> left_out_words("养护县乡道", "农村公路养护里程"), strange_words("养护县乡道", "农村公路养护里程")
    (('养护县乡道',), ())
    """
    return tuple(
        piece for piece, left in _unexplained(words, known, harm=harm).items() if _is_of_row(piece, left, known)
    )


def _unexplained(words: str, known: str, *, harm: bool) -> dict[str, str]:
    """Return the pieces of which a part is neither the row's own nor on a list of harmless words, with that part."""
    own = frozenset(fold(known))
    found = {}
    for piece in _ENDS.split(fold(words)):
        if not piece or _REASON.match(piece) or _WHAT_IT_WAS.fullmatch(piece):
            continue
        left = _words("people").sub(" ", piece) if _OF_SATISFACTION.search(piece) else _ROUND.sub("", piece)
        left = _words("said").sub(" ", left)
        if harm:
            for kind in _alike():
                left = kind.sub(" ", left) if kind.search(fold(known)) else left
            left = _words("happened").sub(" ", left)
        left = _words("empty").sub(" ", left)
        runs = [run for run in _NO_WORD.split(left) if not own.issuperset(run)]
        if runs or ("率" in own and "率" in piece and _has_other_rate(piece, fold(known))):
            found[piece] = " ".join(runs)
    return found


def _is_of_row(piece: str, left: str, known: str) -> bool:
    """Return whether a piece names the row's own thing, and what else it says is harmless."""
    wanted = fold(known)
    if not any(piece[at : at + 2] in wanted for at in range(len(piece) - 1)):
        return False
    if _has_other_rate(piece, wanted):
        return False
    words = [word for word in _words("suspicious").findall(piece) if _words("empty").fullmatch(word) is None]
    return all(word in wanted for word in (*words, *_words("suspicious").findall(left), *wrong_things(piece)))


def _has_other_rate(piece: str, wanted: str) -> bool:
    """Return whether a piece names a rate that is not the row's own: 投诉率 under 投诉处理及时率."""
    rates = [rate for rate in _RATE.finditer(piece) if not _words("empty").fullmatch(rate[0])]
    return any(rate[0] not in wanted for rate in rates)


def limiting_words(words: str, known: str) -> tuple[str, ...]:
    """Return the words that limit what was counted, and that the row has not of its own: 平均2.5小时.

    >>> limiting_words("平均", "系统故障修复时间"), limiting_words("人均", "人均培训学时")
    (('平均',), ())
    """
    found = _words("said").findall(fold(words))
    return tuple(dict.fromkeys(word for word in found if word not in fold(known)))


def excluded_words(actual: str, target: str) -> tuple[str, str] | None:
    """Return a word of an actual and one of the target (or of its indicator) of which one excludes the other.

    >>> excluded_words("全年12000人次", "月均接待量，月均≥1500"), excluded_words("月均1600人次", "月均≥1500")
    (('全年', '月均'), None)
    """
    reached, wanted = (_ALL_OF_THEM.sub(" ", fold(text)) for text in (actual, target))
    for sides in _apart():
        for one, other in (sides, sides[::-1]):
            mine, theirs = one.search(reached), other.search(wanted)
            if mine is not None and theirs is not None and not other.search(reached) and not one.search(wanted):
                return mine[0], theirs[0]
    return None


def graver_word(actual: str, target: str) -> str:
    """Return the word by which a target means only what is graver than an actual: 无责任事故, 不出现重大舆情.

    >>> graver_word("发生一般事故1起", "无较大以上事故"), graver_word("发生1起较大事故", "无较大以上事故")
    ('较大', '')
    >>> graver_word("处置一般舆情3起，未出现重大舆情", "不出现重大舆情"), graver_word("1起负面舆情", "无重大负面舆情")
    ('重大', '重大')
    """
    wanted, happened = fold(target), _NOT_HAPPENED.sub("", fold(actual))
    # 不发生重大负面舆情: 负面 does not say how grave it was.
    asked = _words("how grave") if _words("how grave").search(wanted) else _words("grave")
    match = asked.search(wanted)
    if match is None:
        return ""
    said = asked.findall(happened)
    # 较大 is less than 重大.
    is_less = match[0] in _GRAVITY and all(_GRAVITY.get(word, 9) < _GRAVITY[match[0]] for word in said)
    return match[0] if is_less or not said else ""


_GRAVITY = {"较大": 1, "重大": 2, "特大": 3, "重特大": 3}


def missed_in(text: str) -> str:
    """Return the words by which a cell says that its target was missed; nothing where it does not.

    >>> missed_in("安置612人，未完成年度任务"), missed_in("85%，低于预期"), missed_in("未完成筛查的3人")
    ('未完成年度任务', '低于预期', '')
    """
    match = _MISSED.search(fold(text))
    return "" if match is None else match[0]


def undone_in(text: str) -> str:
    """Return the word that says that a part of a number is lost again: 其中2眼报废.

    >>> undone_in("其中2眼水量不足报废"), undone_in("其中女性20人"), undone_in("无取消场次")
    ('报废', '', '')
    """
    plain = fold(text)
    match = _words("undone").search(plain)
    return "" if match is None or _DENIED.search(plain[: match.start()]) else match[0]


def further_words(target: str) -> list[str]:
    """Return the words by which a target asks for more than its number.

    >>> further_words("建成2个并投入使用")
    ['并投入']
    >>> further_words("制作3部并在省台播出")
    ['并在省台播出']
    """
    wanted = fold(target)
    known = _words("further").findall(wanted)
    return known + [match[0] for match in _AND_MORE.finditer(wanted) if not any(word in match[0] for word in known)]


def narrower_word(actual: str, known: str) -> str:
    """Return the word by which an actual speaks only of what is grave, where its row speaks of all.

    >>> narrower_word("未发生重大安全事故", "安全事故，不发生"), narrower_word("未发生重大事故", "较大以上事故")
    ('重大', '')
    """
    match = _words("severe").search(fold(actual))
    return "" if match is None or _words("severe").search(fold(known)) else match[0]


def partial_word(actual: str, known: str) -> str:
    """Return the word by which an actual speaks of a part of what its row asks for.

    >>> partial_word("6月底前部分发放", "发放时间"), partial_word("10月底前主体完工", "主体完工时间")
    ('部分', '')
    """
    return next((word for word in _words("partial").findall(fold(actual)) if word not in fold(known)), "")


def _words(section: str) -> Pattern:
    return section_pattern(_FILE, section)


@cache
def _alike() -> tuple[Pattern, ...]:
    """Return the harms that are of one kind, each kind as a pattern: 差错 is 出错."""
    return tuple(pattern_of(line.split()) for line in section_lines("answers.txt")["alike"])


@cache
def _apart() -> tuple[tuple[Pattern, Pattern], ...]:
    pairs = (_SIDES.split(line) for line in section_lines(_FILE)["apart"])
    denied = f"(?<!{any_of(section_words(_FILE)['denying'])})"
    return tuple((pattern_of(one.split(), denied), pattern_of(other.split(), denied)) for one, other in pairs)
