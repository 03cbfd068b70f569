"""What a number or a date counts that is only begun, under way, prepared or planned: 80户正在安装, 2000亩纳入改造.

The rules are described, with rows, in `grammar/words/unfinished.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pfscore.cells.lexicon.undone import is_stage_before
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.patterns import Pattern
from pfscore.foundation.runtime.resources import section_pattern

_NOT_FINISHED, _FINISHED, _AND_THEN = rules("not_finished", "finished_all_the_same", "and_then")
_ONLY_MEANS, _MONEY, _OF_MONEY = rules("only_means", "money", "of_money")
_GOODS = rule("goods")
_OF_WORKS, _OF_GOODS, _ONLY_A_PART = rules("of_works", "of_goods", "only_a_part")
_HOPED, _SAYS_NONE, _LACKING, _COMES_AFTER = rules("hoped", "says_none", "still_lacking", "comes_after")
_ONLY_MEANT, _MEANT_BEHIND, _REACHED = rules("only_meant", "meant_behind", "reached_before")
_CLAUSES = re.compile(r"[,;。()]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER, _NO_HAN = re.compile("[0-9]"), Pattern("[^一-龥]")
#: How long a word is that a row may ask for.
_WORD = 2


def unfinished_words(actual: str, own: str, beside: Iterable[str] = (), *, dated: bool = False) -> str:
    """Return the words by which a number or a date is of what is not finished; nothing where it is, or nobody asks.

    `own` are the words of the indicator, its target and its unit: a row about what is begun is answered by it.
    `beside` are the pieces of the actual that are not counted; `dated` tells that a date is judged, not a number.

    >>> unfinished_words("80户农户正在安装", "屋顶光伏安装"), unfinished_words("80户已安装", "屋顶光伏安装")
    ('正在安装', '')
    >>> unfinished_words("4条全面启动治理，其中2条完工", "河段治理", ("其中2条完工",))
    '启动治理'
    >>> unfinished_words("12个启动建设", "项目启动数"), unfinished_words("6座推进维修并完成", "桥梁维修")
    ('', '')
    """
    text, known = fold_words(actual), fold_words(own)
    if not dated and (means := _means_only(_clauses(text), known)):
        return means
    for piece in _CLAUSES.split(fold_words("，".join(beside))):
        text = text.replace(piece, "") if _NUMBER.search(piece) else text
    if _NUMBER.search(_BRACKETS.sub("", text)):
        text = _BRACKETS.sub(lambda one: "" if _NUMBER.search(one[0]) else one[0], text)
    clauses = _clauses(text)
    if meant := _only_meant(clauses, known):
        return meant
    # A later number is of the rest: 11个问题已整改9个，剩余2个持续推进.
    numbered = ([clause for clause in clauses if _NUMBER.search(clause)] or clauses)[:1]
    others = [clause for clause in clauses if clause not in numbered and not _NUMBER.search(clause)]
    if any(map(_is_finished, clauses if dated else others)):
        return ""
    found = [_unfinished(clause, known) for clause in numbered if not _is_finished(clause)]
    if not any("%" in clause or _is_finished(clause) for clause in numbered):
        found += [words for clause in others if (words := _unfinished(clause, known)) and _is_of_work(words, known)]
        if not dated and _OF_WORKS.search(known) and all(_is_bare(clause, known) for clause in numbered):
            found += [clause for clause in others if is_stage_before("", clause, known) and "试" not in clause]
    return next(filter(None, found), "")


def _only_meant(clauses: list[str], known: str) -> str:
    """Return the clause by which every number of an actual is only meant, or of what was called off: 力争95%."""
    found = [(clause, _meant_in(clause, known)) for clause in clauses]
    is_all = all(meant for clause, meant in found if _NUMBER.search(clause))
    return next((clause for clause, meant in found if meant and (is_all or not _NUMBER.search(clause))), "")


def _meant_in(clause: str, known: str) -> bool:
    return any(
        not _REACHED.search(clause[: match.start()])
        and clause[match.start() : max(match.end(), match.start() + _WORD)] not in known
        for match in _ONLY_MEANT.finditer(clause)
    )


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text) if clause and not _COMES_AFTER.match(clause)]


def _means_only(clauses: list[str], known: str) -> str:
    """Return the words that say of a number only that its money or papers are there: 50间修缮资金已到位.

    Beside a number of a deed that is not the row's own word, 举办12场，资金已拨付, they take nothing back.
    """
    numbered = next(filter(_NUMBER.search, clauses), "")
    found = [(clause, match) for clause in clauses if (match := _ONLY_MEANS.search(clause)) is not None]
    means = {clause: match.span() for clause, match in found}
    for clause in clauses:
        start, end = means.get(clause, (0, 0))
        if any(not start <= done.start() < end for done in _FINISHED.finditer(clause)):
            return ""
    for clause, match in found:
        named = match["means"] or match["named"]
        if clause == numbered or not named:
            is_of_number = bool(named) or "%" not in numbered
        else:
            # 培训520人，资金已拨付: it was done; 修缮50间 is what it was to be done to
            is_deed = _MONEY.fullmatch(named) and not _OF_WORKS.search(known) and len(_NO_HAN.sub("", numbered)) > _WORD
            is_of_number = not is_deed and _is_bare(numbered, known)
        if is_of_number and not (named and _is_named(named, known)):
            return clause[match.start() :]
    return ""


def _is_named(means: str, known: str) -> bool:
    """Return whether a row asks for money, papers or goods themselves."""
    if _MONEY.fullmatch(means):
        return means in known or _OF_MONEY.search(known) is not None
    if _GOODS.fullmatch(means):
        return _OF_GOODS.search(known) is not None
    return means in known


def _is_bare(numbered: str, known: str) -> bool:
    """Return whether a clause holds a number and nothing but the row's own words."""
    return set(_NO_HAN.sub("", numbered)) <= set(known)


def hoped_words(actual: str, core: str, own: str) -> str:
    """Return the clause of an actual that only hopes for what a target asks, or says that it lacks something.

    `own` are the words of the row.

    >>> hoped_words("有望有效提升", "提升", "服务水平"), hoped_words("得到有效提升", "提升", "服务水平")
    ('有望有效提升', '')
    >>> hoped_words("确保服务水平提升", "提升", "服务水平"), hoped_words("确保提升", "提升", "确保提升")
    ('确保服务水平提升', '')
    """
    for clause in _CLAUSES.split(fold_words(actual)):
        before, found, behind = clause.partition(core)
        if not found:
            continue
        if _HOPED.search(_without_own(before, own)):
            return clause
        if _LACKING.search(behind) or _MEANT_BEHIND.search(clause):
            return clause
    return ""


def none_hoped_for(actual: str, own: str) -> str:
    """Return the clause of an actual that only hopes that something does not happen.

    >>> none_hoped_for("确保不发生事故", "安全生产"), none_hoped_for("未发生事故", "安全生产")
    ('确保不发生事故', '')
    """
    for clause in _CLAUSES.split(fold_words(actual)):
        if any(_HOPED.search(_without_own(clause[: none.start()], own)) for none in _SAYS_NONE.finditer(clause)):
            return clause
    return ""


def _without_own(words: str, own: str) -> str:
    """Return words without what a row names as well.

    >>> _without_own("确保抚恤金按时足额", "抚恤金，按时足额发放")
    '确保'
    """
    rest, at = "", 0
    while at < len(words):
        size = 1
        # What begins a word of the row is in the row as well: a word is only made longer.
        while at + size < len(words) and words[at : at + size + 1] in own:
            size += 1
        rest, at = rest if size > 1 else rest + words[at], at + size
    return rest


def _unfinished(clause: str, known: str) -> str:
    """Return the words of a clause from the first that says that something is not finished."""
    for match in _NOT_FINISHED.finditer(clause):
        if not _is_asked(match, clause, known):
            return clause[match.start() :]
    return ""


def _is_asked(match: re.Match[str], clause: str, known: str) -> bool:
    """Return whether a row asks for just that stage: 启动数, 储备项目, or for the progress of what goes on."""
    if clause[match.start() : max(match.end(), match.start() + _WORD)] in known:
        return True
    if match["begun"] or match["under_way"]:
        return section_pattern("undone.txt", "of progress").search(known) is not None
    return False


def _is_finished(clause: str) -> bool:
    """Return whether a clause says that it was finished: before what says the contrary, or 并 behind it."""
    begun = _NOT_FINISHED.search(clause)
    return any(
        begun is None or done.start() < begun.start() or _AND_THEN.search(clause[begun.end() : done.start()])
        for done in _FINISHED.finditer(clause)
        if not _ONLY_A_PART.search(clause[: done.start()])
    )


def _is_of_work(words: str, known: str) -> bool:
    """Return whether words of a clause without number are of the row's own work, or of none in particular."""
    match = _NOT_FINISHED.match(words)
    rest = "" if match is None or match["limited"] else words[match.end() :]
    work = section_pattern("undone.txt", "work").findall(rest)
    return not work or any(one in known for one in work)
