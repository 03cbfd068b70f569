"""What a target wants of all of them, or of none, and of how many an actual says it: 应助尽助 ← 没有不资助的.

All have it where none has it not, so that both are of none of something. The words are `grammar/words/all_or_none.txt`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.undone import alike
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.resources import section_lines
from pfscore.scoring.row.comparing.in_words.own_words import is_of_row, words_for

_WANTS_NONE, _WANTS_ALL, _NOT_HAD = rules("wants_none", "wants_all", "not_had")
_SAYS_NONE, _SAYS_ALL, _SAYS_SOME = rules("none_is_so", "all_are_so", "some_are_so")
_HAD, _DONE_WRONGLY = rules("had", "done_wrongly")
# In grammar/words/answers.txt.
_SEVERAL_DEEDS = rule("several_deeds")


class Share(NamedTuple):
    """None of a kind, or where `is_some`, some of it: of what is so, or where `is_not`, of what is not.

    Without `what` it is whatever the row is about, `who` or in what `place` it is said of. `has_all` tells that it is
    put the other way round, as 应助尽助; `is_clear` is 清零, and `of_each` a denial for one of them: 无一整改.
    """

    what: str
    is_not: bool = False
    is_some: bool = False
    has_all: bool = False
    is_clear: bool = False
    of_each: bool = False
    who: str = ""
    place: str = ""

    @property
    def turned(self) -> Share:
        """The other side: all are so of whom none is not so."""
        return self._replace(is_not=not self.is_not)


def all_or_none(target: str, clause: str, name: str) -> bool | None:
    """Return whether all are, or none is, as a target wants by the words of a clause; `False` if these deny it.

    >>> [all_or_none("无未整改隐患", said, "消防隐患") for said in ("没有未整改的", "尚有2处未整改", "没有未上报的")]
    [True, False, None]
    >>> all_or_none("应助尽助", "3名学生未资助", "学生资助"), all_or_none("应助尽助", "没有一名学生不资助", "学生资助")
    (False, True)
    """
    said = _said(clause)
    asked = _asked(target)
    if asked is None and said is not None and said.of_each:
        asked = Share(target, is_not=True, has_all=True)  # 齐全 ← 无一不全
    if said is None or asked is None or (said.place and said.place != asked.place):
        return None
    known = f"{name},{target}"
    if not is_of_row(said.who, known):
        return None
    if said.is_some:
        return False if _is_some_of(asked, said, known) else None
    if asked.is_clear and said.what and not said.is_not and name.startswith(said.what):
        return True
    if not said.what:
        is_answer = asked.is_not and not asked.what if said.is_not else _is_bare(asked)
        return True if is_answer else None
    is_met = asked.is_not is said.is_not
    if is_met and _SEVERAL_DEEDS.search(asked.what) and asked.what not in said.what:
        return None  # 不得转包或分包 ← 无转包
    if _is_bare(asked):
        return is_met if name.endswith(said.what) else None
    return is_met if _is_of(asked.what, said.what, known) else None


def _is_bare(asked: Share) -> bool:
    """Return whether a target names nothing that there is to be none of: 严禁, 不得设置."""
    return not (asked.has_all or asked.is_not or asked.what)


def _is_some_of(asked: Share, said: Share, known: str) -> bool:
    """Return whether there is some of what there should be none of: 有1起, 偷采1起 under 不采砂."""
    if not said.what:
        return not (asked.has_all or said.is_not)
    deed = _DONE_WRONGLY.sub("", said.what)
    if deed != said.what and not (asked.has_all or said.is_not):
        return not deed or _is_part(deed, asked.what) or deed[0] in asked.what
    if _is_bare(asked):
        return not said.is_not and said.what in known
    return asked.is_not is said.is_not and _is_of(asked.what, said.what, known)


def _is_of(one: str, other: str, known: str) -> bool:
    """Return whether two words are of the same: 整改隐患 and 整改, 证上岗 and 持证; without one it is the row's own."""
    if not one:
        words = _said_otherwise(other)
        return any(word in known for word in words) or (other[0] in known and is_of_row(other, known))
    for first in _said_otherwise(one):
        for second in _said_otherwise(other):
            long, short = sorted((first, second), key=len, reverse=True)
            if _is_part(short, long) and is_of_row(long.replace(short, "", 1), known):
                return True
    return False


def _is_part(short: str, long: str) -> bool:
    return bool(short) and (long.startswith(short) or long.endswith(short))


@remembered
def _said_otherwise(word: str) -> tuple[str, ...]:
    """Return a word, without 有 or 到 as well, and what else says the same of it."""
    words = [word, _HAD.sub("", word), *alike(word)]
    lines = [line.split() for line in section_lines("answers.txt")["of one deed"]]
    words += [one for word in (word, words[1]) for line in lines if word in line for one in line]
    return tuple(dict.fromkeys((*words, *words_for(word))))


@remembered
def _asked(target: str) -> Share | None:
    """Return of what a target wants none; `None` where it wants something else."""
    if (match := _WANTS_ALL.fullmatch(target)) is not None:
        plain = _plain(Share(_HAD.sub("", match["should"] or match["what"] or "")))
        return plain.turned._replace(has_all=not match["clear"], is_clear=bool(match["clear"]))
    if (match := _WANTS_NONE.fullmatch(target)) is not None:
        return _of(match["what"])._replace(place=match["place"] or "")
    return None


@remembered
def _said(clause: str) -> Share | None:
    """Return of what a clause says that there is none, or some; `None` where it says neither."""
    if (match := _SAYS_SOME.fullmatch(clause)) is not None:
        if rest := match["not_all"] or match["rest"]:
            return _plain(Share(rest, is_some=True)).turned
        what = match["behind"] or match["before"] or match["there"] or match["counted"] or ""
        if match["looked"] and not what:
            return None
        found = _of(what)._replace(is_some=True, place=match["place"] or "")
        return found._replace(who=match["who"] or found.who)
    if (match := _SAYS_NONE.fullmatch(clause)) is not None:
        return _of(match["what"] or match["counted"] or "")._replace(of_each=match["one"] is not None)
    if (match := _SAYS_ALL.fullmatch(clause)) is not None:
        return _plain(Share(match["what"], who=match["who"])).turned
    return None


def _of(what: str) -> Share:
    """Return none of what words name: 未整改 is what is not 整改."""
    match = _NOT_HAD.fullmatch(what)
    if match is None:
        return _plain(Share(what))
    found = _of(match["deed"]) if match["deed"] else Share(match["left"] or "")
    return found.turned._replace(who=match["who"] or "")


def _plain(share: Share) -> Share:
    """Return what a word says that denies another: 拖欠 is what is not paid."""
    had = _contraries().get(share.what)
    return share if had is None else share.turned._replace(what=had)


@cache
def _contraries() -> dict[str, str]:
    """Return words for what is not had, done or so, each with the word for what is: 拖欠, 付清."""
    lines = (line.split() for line in section_lines("answers.txt")["not so"])
    return {word: had for had, *others in lines for word in others}
