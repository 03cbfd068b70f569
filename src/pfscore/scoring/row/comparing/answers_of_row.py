"""What words of an actual answer beside their row's name: clause by clause, each an answer or a harmless addition.

An answer is a core and what stands around it: 已在网站按时公开 is 公开, in time. The words are `grammar/answers.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.around import left_out_words, partial_word, strange_words
from pfscore.cells.lexicon.directions import wrong_things
from pfscore.cells.lexicon.levels import ranks
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import (
    dates_stage_before,
    denies,
    denies_opposite,
    is_estimated,
    is_poor,
    is_stage_before,
    is_to_be_reached,
    is_turned,
    leaves_part_out,
    stands_higher,
    stands_lower,
)
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.unfinished import hoped_words, unfinished_words
from pfscore.cells.readings import UPPER, Actual, Bound, Dated, Deadline, Level, Measured, Target
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.resources import any_of, section_lines, section_words
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, only_estimated
from pfscore.scoring.row.comparing.other_words import Written, deed_dated, has_words, quoted
from pfscore.scoring.row.comparing.plain_answers import (
    answer_in_words,
    is_lower_degree,
    is_nothing,
    is_on_the_way,
    is_opposite,
    is_same_wording,
    is_under_way,
    none_said,
)
from pfscore.scoring.row.comparing.words import met_in_words, missed_in_words

# In grammar/words/claims.txt.
_ALL_OF_DEED = rule("all_of_deed")
# The rules are described, with rows, in grammar/words/answers.txt.
_CLAUSES, _DEEDS = rules("between_clauses", "between_deeds")
_GOOD_BESIDE, _COUNTED_BESIDE, _ONWARD = rules("good_beside", "counted_beside", "onward")
_NOTHING_BAD, _BAD_THING, _FALL, _DEALT = rules("nothing_bad_beside", "bad_thing", "fall_beside", "dealt_beside")
_ENUMERATED, _VERB_OF, _VERB_ALONE, _EFFECT = rules("enumerated", "verb_of_target", "verb_alone", "effect")
_NOT_PUT_OFF = rule("not_put_off")
_NOT_WORSE, _STAYS_GOOD, _OF_ANY_KIND = rules("not_worse", "stays_good", "of_any_kind")
_WHERE, _WHOLE_OF, _WHOLE_SCOPE, _NO_PART = rules("said_where", "whole_of", "whole_scope", "no_part_of_it")
_RATHER = rule("rather")
_STANDARD_ASKED, _STANDARD_KEPT, _ALL_ALONG = rules("standard_asked", "standard_kept", "all_along")
_FILE = "answers.txt"
_IN_TIME = frozenset({"in time"})
#: What a target may ask of how something is done.
_WAYS = ("in time", "wholly", "well", "by rule", "strictly")


def answered_in_words(found: Comparison, target: Target, actual: Actual, row: Written, assume: Assume) -> Comparison:
    """Return what a comparison comes to where nothing else decides it, and the words of the row answer its target."""
    if found.met is not None or found.problem is not None or not isinstance(target, Level):
        return found
    if isinstance(actual, Level) and _answers_row(target.text, actual.text, _name(row)):
        return met_in_words(target, actual, assume, met=True)
    return found


def _name(row: Written) -> str:
    """Return the name of a row where the words of its actual are judged beside it."""
    return row.name if has_words(row.actual) else ""


def _answers_row(target: str, actual: str, known: str) -> bool:
    """Return whether words say what a target asks for, and beside it nothing that may take it back.

    >>> _answers_row("建成", "已建成并投入使用", "财政一体化平台"), _answers_row("建成", "已建成，尚未使用", "平台")
    (True, False)
    >>> _answers_row("逐步扩大", "持续扩大，被央视报道2次", "传统村落知名度")
    True
    """
    wanted = [one for part in _CLAUSES.split(fold_words(target)) for one in _DEEDS.split(part) if one]
    text = fold_words(actual)
    text = _ENUMERATED.sub("", text) if "、" in text and "等" in text else text
    said = [one for clause in _CLAUSES.split(text) for one in _DEEDS.split(clause) if one]
    if not wanted or not said:
        return False
    answering = [[_answers(part, clause, known) for part in wanted] for clause in said]
    if any(False in row for row in answering) or not all(map(any, zip(*answering, strict=True))):
        return False
    return all(any(row) or _is_harmless(clause) for row, clause in zip(answering, said, strict=True))


def _answers(target: str, clause: str, known: str) -> bool | None:
    """Return whether one clause answers one part of a target; `False` where it denies it."""
    if is_same_wording(target, clause) or (is_nothing(target) and _none_of_it(target, clause, known)):
        return True
    if is_opposite(target, clause) or is_lower_degree(target, clause):
        return False
    if is_on_the_way(target, clause) or is_under_way(target, clause):
        return None
    if (places := ranks(target, clause)) is not None:
        return places[1] <= places[0]
    if (found := answer_in_words(target, clause)) is not None:
        return found
    if (found := _by_verb(target, clause)) is not None:
        return found
    asked, kept = _STANDARD_ASKED.fullmatch(target), _STANDARD_KEPT.fullmatch(clause)
    if asked is not None and kept is not None and asked["standard"] == kept["standard"]:
        return True
    return _in_other_words(target, clause, known) or _says_core(target, clause, known) or None


def _in_other_words(target: str, clause: str, known: str) -> bool:
    """Return whether a clause says as much as a target in other words: a higher rank, an effect, 无违规 for 合规."""
    return bool(
        (_NOT_WORSE.fullmatch(target) and _STAYS_GOOD.fullmatch(clause))
        or (_NOT_PUT_OFF.fullmatch(clause) and "in time" in _core_of(target).ways)
        or stands_higher(target, clause)
        or denies_opposite(target, clause)
        or _all_of_deed(target, clause)
        or _has_effect(target, clause, known)
    )


def _by_verb(target: str, clause: str) -> bool | None:
    """Return whether a deed is said, or denied, without what it is done to: 符合 and 不符合 under 符合《规范》."""
    asked, said = _VERB_OF.fullmatch(target), _VERB_ALONE.fullmatch(clause)
    if asked is None or said is None or asked["verb"] != said["verb"]:
        return None
    if said["not"]:
        return False
    return True if asked["how"] in clause else None


def _has_effect(target: str, clause: str, known: str) -> bool:
    """Return whether an effect is as strong as a target asks: 带动作用明显 ← 效果显著."""
    asked, said = _EFFECT.fullmatch(target), _EFFECT.fullmatch(clause)
    if asked is None or said is None or not _is_of_row(said["what"], f"{known},{target}"):
        return False
    return _is_strong(said["how"]) or not _is_strong(asked["how"])


def _is_strong(how: str) -> bool:
    return not how.startswith("较") and how not in {"良好", "很好"}


def _all_of_deed(target: str, clause: str) -> bool:
    """Return whether 应发尽发 is answered by 全部发放到位."""
    is_deed = len(target) == _FOUR and target[0] == "应" and target[2] == "尽"
    return is_deed and target[1] in clause and _ALL_OF_DEED.fullmatch(clause.removesuffix("到位")) is not None


_FOUR = 4


def _none_of_it(target: str, clause: str, known: str) -> bool:
    """Return whether words say that nothing of what a target excludes happened: 零事故 ← 未发生安全生产责任事故."""
    if not is_nothing(clause):
        return False
    wanted, denied = (_OF_ANY_KIND.sub("", none_said(text)) for text in (target, clause))
    return denied.endswith(wanted) and _is_of_row(denied.removesuffix(wanted), known)


def _is_harmless(clause: str) -> bool:
    """Return whether a clause beside an answer takes nothing back."""
    if is_nothing(clause) or _ONWARD.fullmatch(clause):
        return True
    if _NOTHING_BAD.fullmatch(clause) and (wrong_things(clause) or _BAD_THING.search(clause)):
        return True
    if _DEALT.fullmatch(clause) or ((fall := _FALL.fullmatch(clause)) is not None and wrong_things(fall["what"])):
        return True
    if wrong_things(clause):
        return False
    return bool(_GOOD_BESIDE.fullmatch(clause) or _COUNTED_BESIDE.fullmatch(clause))


# ── a core, and what stands around it ──
class _Core(NamedTuple):
    """What a text says, without what stands around it: how it was done, and of what, if it says so."""

    word: str
    ways: frozenset[str] = frozenset()
    subject: str = ""


@remembered
def _core_of(target: str) -> _Core:
    """Return what a target in words asks for.

    >>> _core_of("及时公开")
    _Core(word='公开', ways=frozenset({'in time'}), subject='')
    """
    word, ways = _peeled(fold_words(target), at_start=True)
    word, more = _peeled(word, at_start=False)
    if word or (ways | more) == _IN_TIME:
        return _Core(word, ways | more)
    return _Core(fold_words(target))


def _says_core(target: str, actual: str, known: str) -> bool:
    """Return whether one clause says all that a target asks for; `known` are the words of its row.

    >>> _says_core("及时公开", "已在门户网站按时公开", "预算绩效信息公开"), _says_core("及时公开", "已公开", "信息公开")
    (True, False)
    >>> _says_core("全覆盖", "实现全县14个乡镇全覆盖", "家庭医生签约服务")
    True
    >>> _says_core("全覆盖", "重点乡镇全覆盖", "家庭医生签约服务")
    False
    """
    wanted, said = _core_of(target), _WHERE.sub("", fold_words(actual))
    lower = any(said.startswith(wanted.word, one.end()) for one in _RATHER.finditer(said))
    if wanted.word and lower and not _RATHER.search(fold_words(target)):
        return False
    return any(
        wanted.ways <= found.ways and _is_of_row(found.subject, f"{known},{target}")
        for word in _same(wanted.word)
        for found in _found(word, said)
    )


_NO_WAYS = frozenset[str]()


def _is_of_row(subject: str, known: str) -> bool:
    """Return whether what an answer speaks of is all that its row is about, and no part of it.

    >>> _is_of_row("传统村落知名度", "传统村落知名度"), _is_of_row("试点村落", "传统村落知名度")
    (True, False)
    """
    if any(match[0] not in known for match in _NO_PART.finditer(subject)):
        return False
    counts = any(letter.isdigit() and letter not in known for letter in subject)
    rest = _WHOLE_SCOPE.sub("", subject)
    return not (counts or strange_words(rest, known) or left_out_words(rest, known))


def _found(word: str, said: str) -> list[_Core]:
    """Return the ways in which a clause may say a word: at its end, behind a subject, or before an object."""
    found = []
    for rest, ways in _peelings(said, at_start=False):
        if rest.endswith(word):
            before, how = _peeled(rest[: len(rest) - len(word)], at_start=False)
            found.append(_core(word, before, ways | how))
    for rest, ways in _peelings(said, at_start=True) if word else ():
        if rest.startswith(word):
            behind, how = _peeled(rest[len(word) :], at_start=False)
            found.append(_core(word, behind, ways | how))
    return found


def _core(word: str, subject: str, ways: frozenset[str]) -> _Core:
    """Return a core; a subject that is the whole of something asks for no more: 全县14个乡镇, 全部15个村."""
    whole = _WHOLE_OF.search(subject)
    if whole is not None:
        subject, ways = subject[: whole.start()] + subject[whole.end() :], ways | {"wholly"}
    subject, how = _peeled(_WHOLE_SCOPE.sub("", subject), at_start=True)
    return _Core(word, ways | how, subject)


def _peeled(text: str, *, at_start: bool) -> tuple[str, frozenset[str]]:
    """Take the words from one end of a text that say how something was done; return the rest, and these ways."""
    return _peelings(text, at_start=at_start)[-1]


def _peelings(text: str, *, at_start: bool) -> list[tuple[str, frozenset[str]]]:
    """Return a text and what is left of it after each word at one end that says how, with the ways so far."""
    found = [(text, _NO_WAYS)]
    while (match := _around(at_start=at_start).search(text)) is not None:
        text = text[match.end() :] if at_start else text[: match.start()]
        found.append((text, found[-1][1] | _ways_of(match[0])))
    return found


@cache
def _around(*, at_start: bool) -> re.Pattern[str]:
    words = [word for name in (*_WAYS, "neutral") for word in section_words(_FILE)[name]]
    if at_start:
        # 全公开, but 全民健身
        return re.compile(f"^(?!{any_of(section_words(_FILE)['whole names'])})(?:{any_of(words)})")
    return re.compile(
        f"(?:{any_of(word for word in words if len(word) > 1 or word in section_words(_FILE)['particle'])})$"
    )


@cache
def _ways_of(word: str) -> frozenset[str]:
    return frozenset(name for name in _WAYS if word in section_words(_FILE)[name])


def _same(word: str) -> tuple[str, ...]:
    """Return the words that say the same as a word, itself among them."""
    return _synonyms().get(word, (word,))


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in section_lines(_FILE)["same"]]
    words = {word for line in lines for word in line}
    return {
        word: tuple(dict.fromkeys((word, *(one for line in lines if word in line for one in line)))) for word in words
    }


# ── what falls short ──
def fallen_short(found: Comparison, target: Target, actual: Actual, row: Written, assume: Assume) -> Comparison:
    """Return what a comparison comes to where nothing else decides it, and the words of the row fall short of it."""
    if found.met is not None or found.problem is not None or _is_limit(target):
        return found
    if not isinstance(target, Level | Deadline) and is_estimated(row.actual):
        return Comparison(undecided=only_estimated(row.actual))
    said = actual.text if isinstance(actual, Level) else ""
    name = _name(row)
    if isinstance(target, Deadline) and isinstance(actual, Dated):
        is_before = not partial_word(row.actual, row.own) and dates_stage_before(
            row.target, deed_dated(row.actual), name
        )
        return missed_in_words(Level(row.target), Level(row.actual), assume) if is_before else found
    # 2座均已开工, but not 主体完工，形象进度85%
    begun = (
        isinstance(actual, Measured) and actual.quantity.unit != RATIO and not _CLAUSES.search(fold_words(row.actual))
    )
    if (
        stands_lower(row.target, row.actual)
        or (isinstance(actual, Measured) and is_to_be_reached(row.actual))
        or ((said or begun) and is_stage_before(row.target, row.actual, name, counted=begun))
        or (said and _asks_for_all(target) and leaves_part_out(said))
        or (said and isinstance(target, Level) and _is_denied(target.text, said))
    ):
        return missed_in_words(Level(row.target), Level(row.actual), assume)
    return found


def unless_unfinished(
    found: Comparison, target: Target | None, actual: Actual | None, row: Written, others: tuple[str, ...] = ()
) -> Comparison:
    """Leave a row open that is met by what is only begun, under way, prepared, planned or hoped for: 80户正在安装.

    What is not counted, 其中2条完工 or one of `others`, neither makes it finished nor unfinished.
    """
    if not found.met or actual is None:
        return found
    if isinstance(actual, Level):
        words = ""
        if isinstance(target, Level) and not is_same_wording(target.text, actual.text):
            words = hoped_words(row.actual, _core_of(target.text).word or fold_words(target.text))
    else:
        beside = [*actual.beside, *others]
        for one in actual.assumptions:
            beside += quoted(one.message.zh) if one.key == "left_out" else ()
        words = unfinished_words(row.actual, row.own, beside, dated=isinstance(actual, Dated))
    if not words:
        return found
    message = Message(
        f"完成值“{row.actual}”写着“{words}”，还没有做完，算不算完成要由人定",
        f"the actual “{row.actual}” says “{words}”, which is not finished: whether that counts is for a person",
    )
    return Comparison(undecided=Diagnostic("PF516", message, BY_HAND))


def _is_limit(target: Target) -> bool:
    """Return whether a target limits what should not be."""
    match target:
        case Bound(op=op, quantity=quantity):
            return op in UPPER or quantity.value <= 0
        case Level():
            return is_nothing(target.text)
    return False


def _asks_for_all(target: Target) -> bool:
    match target:
        case Bound(quantity=quantity):
            return quantity.unit == RATIO and quantity.value == 1
        case Deadline():
            return True
        case Level():
            ways = _core_of(target.text).ways & {"wholly", "in time"}
            return bool(ways) or _ALL_ALONG.search(target.text) is not None
    return False


def _is_denied(target: str, said: str) -> bool:
    """Return whether words deny a part of a target, or say the opposite of one."""
    if is_poor(target, said) or _by_verb(fold_words(target), fold_words(said)) is False:
        return True
    deeds = [part for part in _DEEDS.split(fold_words(target)) if part]
    parts = [_core_of(part).word for part in deeds]
    return any(denies(part, said) for part in parts) or any(is_turned(one, said) for one in (*parts, *deeds))
