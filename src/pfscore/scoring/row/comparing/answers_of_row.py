"""What words of an actual answer beside their row's name: clause by clause, each an answer or a harmless addition.

An answer is a core and what stands around it: 已在网站按时公开 is 公开, in time. The words are `grammar/answers.txt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from pfscore.cells.lexicon.around import (
    graver_word,
    left_out_words,
    narrower_word,
    partial_word,
    strange_words,
    undone_in,
)
from pfscore.cells.lexicon.claims import claim_of, degree_asked, degree_of, is_bad_effect, moved_in
from pfscore.cells.lexicon.directions import is_doubtful, side_of, wrong_things
from pfscore.cells.lexicon.levels import ranks
from pfscore.cells.lexicon.quantities import RATIO, TIMES
from pfscore.cells.lexicon.undone import (
    came_to_nothing,
    dates_stage_before,
    denies,
    denies_opposite,
    fails,
    fails_in_nothing,
    is_estimated,
    is_poor,
    is_stage_before,
    is_to_be_reached,
    is_turned,
    leaves_part_out,
    may_reach,
    says_late,
    says_undone,
    shares_stage,
    stands_beyond,
    stands_higher,
    stands_lower,
)
from pfscore.cells.lexicon.word_patterns import Rule, rule, rules
from pfscore.cells.meaning.results import is_to_come
from pfscore.cells.meaning.unfinished import hoped_words, unfinished_words
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Achieved,
    Actual,
    Bound,
    Change,
    Dated,
    Deadline,
    Level,
    Measured,
    Target,
    TargetKind,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, any_of, pattern_of
from pfscore.foundation.runtime.resources import section_lines, section_pattern, section_words
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, only_estimated
from pfscore.scoring.row.comparing.numbers import Amount, amounts
from pfscore.scoring.row.comparing.other_words import Written, deed_dated, has_words, quoted
from pfscore.scoring.row.comparing.plain_answers import (
    answer_in_words,
    is_in_time,
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
_RATHER, _VERY = rules("rather", "very")
_FORBIDDEN_DEED, _DENIED_OF_IT, _BEHIND_HARM = rules("forbidden_deed", "denied_deed", "behind_harm")
_VERB_WITH_OBJECT, _OBJECT_WITH_VERB = rules("verb_with_object", "object_with_verb")
_DONE_BY, _DONE_BY_IT = rules("done_by", "done_by_it")
_EXCLUDED, _OF_PROVED = rules("excluded_after_check", "of_what_is_proved")
_STANDARD_ASKED, _STANDARD_KEPT, _ALL_ALONG = rules("standard_asked", "standard_kept", "all_along")
_ALL_THAT_SHOULD, _NONE_MISSED = rules("all_that_should", "none_missed")
_ASKED_FOR, _HAD_BY, _HAD_BY_ALL, _ON_THE_WAY = rules("asked_for", "had_by_so_many", "had_by_all", "on_the_way_to_it")
# In grammar/words/denial.txt.
_NONE_LEFT_OUT, _WHO_SHOULD, _WANT = rules("none_left_out", "who_should", "for_want_of")
_ASKS_HOW, _UNHARMED, _NOT_WITHOUT, _NONE_LATE = rules("asks_how", "none_unharmed", "not_without", "none_late")
_NOT_NONE = rule("not_none")
# In grammar/words/attempts.txt.
_FAILED_AT_FIRST, _MENDED, _AFTERWARDS, _STEP_BEFORE = rules(
    "failed_at_first", "mended_between", "afterwards", "step_before_last"
)
_LATER_CHECK, _ASKS_FOR_FIRST, _OF_A_CHECK, _GETTING = rules("later_check", "asks_for_first", "of_a_check", "getting")
# In grammar/words/conformity.txt.
_ASKS_TO_CONFORM, _CONFORMS, _GENERAL_RULE, _CONFORMS_NOT = rules(
    "asks_to_conform", "conforms", "general_rule", "conforms_not"
)
_BRINGS_ABOUT, _ASKS_TO_BRING, _PAPER = rules("brings_about", "asks_to_bring_about", "paper_beside")
_QUOTED_RULE = re.compile("《[^》]*》")
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


def all_have_it(found: Comparison, row: Written, assume: Assume) -> Comparison:
    """Return what a comparison comes to where nothing else decides it, and it is told how many have what all should."""
    had = _all_have_it(row.target, row) if found.met is None else None
    if had is None:
        return found
    return met_in_words(Level(row.target), Level(row.actual), assume, met=had)


def _all_have_it(target: str, row: Written) -> bool | None:
    """Return whether all of those who are to have it do, by number or in words; `None` where that is not told.

    >>> [_all_have_it("应救尽救", Written("康复救助", "", "", f"申请178人，救助{done}人")) for done in (178, 175)]
    [True, False]
    >>> _all_have_it("应救尽救", Written("康复救助", "", "", "救助178人"))
    """
    should = _ALL_THAT_SHOULD.fullmatch(fold_words(target))
    clauses = [clause for clause in _CLAUSES.split(fold_words(row.actual)) if clause]
    if should is None or not clauses:
        return None
    if leaves_part_out(clauses[-1]):
        return False
    if _NOT_AT_LAST.search(fold_words(row.actual)):
        return None
    asked = _ASKED_FOR.fullmatch(clauses[0])
    rest = clauses[1:] if asked is not None and clauses[1:] else clauses
    found = []
    for clause in rest:
        some, whole = _HAD_BY.fullmatch(clause), _HAD_BY_ALL.fullmatch(clause)
        if asked is not None and some is not None and should["deed"] in some["deed"]:
            found.append(int(some["done"]) >= int(asked["asked"]))
        elif whole is not None and should["deed"] in whole["deed"] and _is_of_row(whole["who"], row.own):
            found.append(True)
        elif not _ON_THE_WAY.fullmatch(clause):
            return None
    return None if not found else all(found)


def affirmed(row: Written) -> str | None:
    """Return an actual that denies a denial in plain words, nothing where it speaks of others, `None` for no such one.

    >>> affirmed(Written("行政村通硬化路比例", "100%", "", "没有一个村未通硬化路"))
    '已全部通硬化路'
    >>> affirmed(Written("学生资助", "应助尽助", "", "没有一名城区学生未获资助"))
    ''
    >>> affirmed(Written("学生资助", "应助尽助", "", "没有一名学生获得资助"))
    """
    text = fold_words(row.actual)
    if _UNHARMED.search(text):
        return None
    found = [one for one in _NONE_LEFT_OUT.finditer(text) if one["noun"] in row.own or not _WANT.fullmatch(one["noun"])]
    if not found:
        whole = _HAD_BY_ALL.fullmatch(text)
        who = "" if whole is None else _WHO_SHOULD.sub("", whole["who"])
        is_own = whole is not None and who and whole["deed"] in row.name and _is_of_row(who, row.own)
        return f"已全部{whole['deed']}" if whole is not None and is_own else None
    for one in reversed(found):
        who = _WHO_SHOULD.sub("", f"{one['noun']}{(one['whose'] or '').removeprefix('的')}")
        how = _ASKS_HOW.search(row.name)
        should = _ALL_THAT_SHOULD.search(fold_words(row.target))
        is_deed = should is not None and should["deed"] in one["deed"]
        is_own = (is_deed or _is_own(one["deed"], fold_words(row.own))) and (how is None or how[0] in one["deed"])
        if not (is_own and _is_of_row(who, row.own)):
            return ""
        # 无一人未参保 under 未参保人数
        is_none = f"{one['not']}{one['deed']}" in row.name
        plain = "0" if is_none else f"{one['lead']}已全部{'有' if one['none'] else ''}{one['deed']}"
        text = f"{text[: one.start()]}{plain}{text[one.end() :]}"
    return text


def excluded(target: Target, row: Written) -> str | None:
    """Return 无 for an actual that reports what turned out to be none of it, nothing where a person must say so.

    >>> from pfscore.cells.reader import parse_target
    >>> [excluded(parse_target("无"), Written(name, "无", "", "发生1起，经查不属实")) for name in ("有效投诉", "投诉")]
    ['无', '']
    """
    is_none = is_nothing(target.text) if isinstance(target, Level) else isinstance(target, Bound) and _is_zero(target)
    if is_none and _NONE_LATE.fullmatch(fold_words(row.actual)):
        return NONE if section_pattern("undone.txt", "overdue").search(fold_words(row.name)) else None
    match = _EXCLUDED.fullmatch(fold_words(row.actual)) if is_none else None
    if match is None:
        return None
    if match["cause"] and not ("疑似" in match[0] and match["cause"] in fold_words(row.own)):
        return ""
    is_proved = match["own"] is None or _OF_PROVED.search(fold_words(row.own)) is not None
    return NONE if is_proved else ""


#: What an actual is that reports nothing.
NONE = "无"


def _is_zero(target: Bound) -> bool:
    return target.quantity.value == 0 and target.op not in LOWER


def without_none(row: Written) -> tuple[str, str] | None:
    """Return an actual without the clauses that count none of what would fail, and these; `None` where it has none.

    >>> without_none(Written("工单办理时限", "5个工作日", "", "平均3.8个工作日，超期工单0件"))
    ('平均3.8个工作日', '超期工单0件')
    >>> without_none(Written("超期工单数", "0件", "", "办结1260件，超期工单0件"))
    """
    clauses = [one for one in _PIECES.split(row.actual) if one]
    found = [one for one in clauses if _counts_none(one, fold_words(row.own))]
    if not found or len(found) == len(clauses):
        return None
    return "，".join(one for one in clauses if one not in found), "”“".join(found)


def _counts_none(clause: str, own: str) -> bool:
    match = _NONE_COUNTED.fullmatch(fold_words(clause))
    return match is not None and (match["before"] or match["behind"]) not in own


def at_last(row: Written) -> str:
    """Return what an actual came to in the end, where all it says before is of an earlier attempt or step.

    >>> at_last(Written("项目验收", "验收通过", "", "首次验收未通过，整改完成后于11月复验通过"))
    '通过'
    >>> at_last(Written("项目验收", "验收通过", "", "首次验收通过，复验未通过"))
    ''
    """
    if _ASKS_FOR_FIRST.search(row.own) or section_pattern("undone.txt", "in time").search(row.own):
        return ""
    text = fold_words(row.actual)
    text = text.replace(f"{row.year}年", "") if row.year else text
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    before = list(takewhile(lambda clause: _is_before(clause, row), clauses[:-1]))
    left = clauses[len(before) :]
    match = _AFTERWARDS.match(left[0]) if left else None
    if not left or not (before or (match is not None and match["mended"])):
        return ""
    last = _AFTERWARDS.sub("", left[0])
    check = _LATER_CHECK.match(last)
    if check is not None and (check["again"] or check["check"] in f"{row.own},{before}"):
        last = last[check.end() :]
    plain = ",".join((last, *left[1:]))
    return "" if _NOT_AT_LAST.search(plain) else plain


def _is_before(clause: str, row: Written) -> bool:
    """Return whether a clause tells only of an attempt that failed, what was done about it, or an earlier step."""
    failed = _FAILED_AT_FIRST.fullmatch(clause)
    if failed is not None:
        return _is_of_row(failed["what"], row.own)
    return _MENDED.fullmatch(clause) is not None or _STEP_BEFORE.fullmatch(clause) is not None


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
    if "、" in text and "等" in text and any(word in text for word in _same(_core_of(target).word)):
        text = _ENUMERATED.sub("", text)  # 已建立制度6项 under 建立健全 does not say that all are there
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
    if (found := _by_verb(target, clause)) is None:
        found = _by_object(target, clause, known)
    if found is not None:
        return found
    asked, kept = _STANDARD_ASKED.fullmatch(target), _STANDARD_KEPT.fullmatch(clause)
    if asked is not None and kept is not None and asked["standard"] == kept["standard"]:
        return True
    if is_bad_effect(clause):
        return None
    return _in_other_words(target, clause, known) or _says_core(target, clause, known) or None


def _in_other_words(target: str, clause: str, known: str) -> bool:
    """Return whether a clause says as much as a target in other words: a higher rank, an effect, 无违规 for 合规."""
    return bool(
        (_NOT_WORSE.fullmatch(target) and _STAYS_GOOD.fullmatch(clause))
        or (_NOT_PUT_OFF.fullmatch(clause) and "in time" in _core_of(target).ways)
        or stands_higher(target, clause)
        or denies_opposite(target, clause)
        or _all_of_deed(target, clause)
        or _is_passed(target, clause)
        or bool(_ALL_THAT_SHOULD.fullmatch(target) and _NONE_MISSED.fullmatch(clause))
        or (_core_of(target) == _Core("", _IN_TIME) and is_in_time(clause))
        or _is_as_strong(target, clause, known)
        or _conforms(target, clause, known)
        or _is_brought_about(target, clause, known)
        or _has_effect(target, clause, known)
        or _denies_deed(target, clause, known)
        or _is_done_by(target, clause, known)
    )


def _by_verb(target: str, clause: str) -> bool | None:
    """Return whether a deed is said, or denied, without what it is done to: 符合 and 不符合 under 符合《规范》."""
    asked, said = _VERB_OF.fullmatch(target), _VERB_ALONE.fullmatch(clause)
    if asked is None or said is None or asked["verb"] != said["verb"]:
        return None
    if said["not"]:
        return False
    return True if asked["how"] in clause else None


def _by_object(target: str, clause: str, known: str) -> bool | None:
    """Return whether what is to be brought about was, or was not: 保障机关正常运转 ← 机关正常运转得到有效保障."""
    asked = _VERB_WITH_OBJECT.fullmatch(target)
    said = _OBJECT_WITH_VERB.fullmatch(clause) or _VERB_WITH_OBJECT.fullmatch(clause)
    if asked is None or said is None or said["verb"] not in _same(asked["verb"]):
        return None
    subject = said["object"].removesuffix(asked["object"])
    if subject == said["object"] or not _is_of_row(subject, known):
        return None
    return not (said.re.groupindex.get("not") and said["not"])


def _denies_deed(target: str, clause: str, known: str) -> bool:
    """Return whether there was none of what a target wants not to be: 不出现泄密 ← 没有出现任何失泄密问题."""
    asked, said = _FORBIDDEN_DEED.fullmatch(target), _DENIED_OF_IT.fullmatch(clause)
    if asked is None or said is None or narrower_word(clause, f"{known},{target}"):
        return False
    what = said["what"] or said["named"]
    before, found, behind = what.partition(asked["what"])
    return bool(found) and _is_of_row(before, known) and (not behind or _BEHIND_HARM.fullmatch(behind) is not None)


def _is_done_by(target: str, clause: str, known: str) -> bool:
    """Return whether a deed went by what a target says: 按进度支付 ← 按进度完成支付."""
    asked, said = _DONE_BY.fullmatch(target), _DONE_BY_IT.fullmatch(clause)
    if asked is None or said is None or (asked["by"], asked["deed"]) != (said["by"], said["deed"]):
        return False
    return _is_of_row(said["subject"], known)


def _is_as_strong(target: str, clause: str, known: str) -> bool:
    """Return whether an effect is said to be as strong as a target asks: 明显增强 ← 效果显著, 满意 ← 十分满意."""
    if (match := _VERY.fullmatch(clause)) is not None and match["what"] == target:
        return True
    for at in range(2, len(clause)):
        if stands_beyond(target, clause[at:]) and _is_of_row(clause[:at], known):
            return True  # 较好 ← 队伍稳定性良好
    said, asked = degree_of(clause), degree_asked(target)
    if said is None or asked is None or said.rank is None or said.rank > asked:
        return False
    return _is_of_row(said.subject, f"{known},{target}") and not wrong_things(said.subject)


def _conforms(target: str, clause: str, known: str) -> bool:
    """Return whether something was done as the rules say that a target asks for: 规范 ← 符合财务管理制度要求."""
    asked, said = _ASKS_TO_CONFORM.fullmatch(target), _CONFORMS.fullmatch(clause)
    if asked is None or said is None or _CONFORMS_NOT.search(clause):
        return False
    named = _QUOTED_RULE.findall(target)
    if named and not set(_QUOTED_RULE.findall(clause)) <= set(named):
        return False
    return _is_of_row(_GENERAL_RULE.sub("", said["what"]), f"{known},{target}")


def _is_brought_about(target: str, clause: str, known: str) -> bool:
    """Return whether what a target asks to be there is there: 建立健全 ← 已建立县乡村三级管护机制."""
    said = _BRINGS_ABOUT.fullmatch(clause) if _ASKS_TO_BRING.fullmatch(target) else None
    if said is None or _NO_PART.search(said["what"]):
        return False
    return said["noun"] in known if said["noun"] else not said["what"]


def _is_passed(target: str, clause: str) -> bool:
    """Return whether a check was passed, or what was to be had is had: 验收通过 ← 通过, 获得资质 ← 取得资质."""
    asked, said = _OF_A_CHECK.fullmatch(target), _OF_A_CHECK.fullmatch(clause)
    if asked is not None and said is not None and (asked["check"] or asked["of"]):
        return _is_shorter(said["check"] or said["of"] or "", asked["check"] or asked["of"])
    had, has = _GETTING.sub("", target), _GETTING.sub("", clause)
    return had != target and has != clause and had == has


def _is_shorter(said: str, asked: str) -> bool:
    """Return whether a check is named by a part of its words, its level among them: 三级测评 for 三级等保测评."""
    letters = iter(asked)
    return not said or (all(letter in letters for letter in said) and said[:2] == asked[:2]) or said == asked


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
    asked = _ALL_THAT_SHOULD.fullmatch(target)
    is_all = asked is not None and asked["deed"] in clause
    return is_all and _ALL_OF_DEED.fullmatch(clause.removesuffix("到位")) is not None


def _none_of_it(target: str, clause: str, known: str) -> bool:
    """Return whether words say that nothing of what a target excludes happened: 零事故 ← 未发生安全生产责任事故."""
    if not is_nothing(clause):
        return False
    wanted, denied = (_OF_ANY_KIND.sub("", none_said(text)) for text in (target, clause))
    return denied.endswith(wanted) and _is_of_row(denied.removesuffix(wanted), known)


def _is_harmless(clause: str) -> bool:
    """Return whether a clause beside an answer takes nothing back."""
    if is_nothing(clause) or _ONWARD.fullmatch(clause) or _PAPER.fullmatch(clause):
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
def _around(*, at_start: bool) -> Pattern:
    words = [word for name in (*_WAYS, "neutral") for word in section_words(_FILE)[name]]
    if at_start:
        # 全公开, but 全民健身
        return pattern_of(words, f"^(?!{any_of(section_words(_FILE)['whole names'])})")
    return pattern_of((word for word in words if len(word) > 1 or word in section_words(_FILE)["particle"]), behind="$")


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
    """Return what a comparison comes to beside words that tell of a shortfall, or that there was none in the end."""
    if found.met is None:
        return _short_of(found, target, actual, row, assume)
    if found.met:
        back = _taken_back(target, row)
        if back is not None and back.is_missed:
            return missed_in_words(Level(row.target), Level(row.actual), assume)
        words = _late_all_the_same(target, row) if found.direction == "lower" else ""
    else:
        words = _done_at_last(target, row) or (_made_up_for(row) if found.direction == "higher" else "")
        words = (
            words
            or _held_again(target, row)
            or _about_harm(target, row)
            or (row.actual if _is_denied_later(target, fold_words(row.actual), row) else "")
        )
    return Comparison(undecided=Diagnostic("PF516", _takes_back(row.actual, words), BY_HAND)) if words else found


def _short_of(found: Comparison, target: Target, actual: Actual, row: Written, assume: Assume) -> Comparison:
    """Return what a comparison that decided nothing comes to, where the words of the row fall short of its target."""
    if found.ends is not None or _done_at_last(target, row):
        return found  # 88%-93% under ≥90%: the numbers say that it cannot be told
    # ≥60人 says on which side of its number it lies, and what may be scored by that.
    is_bound = isinstance(actual, Achieved) and actual.op is not TargetKind.APPROXIMATELY and found.actual is not None
    # 产业结构优化 ← 一产占比由21%降到18%: what only moved is judged by where it moved.
    is_moved = isinstance(target, Level) and isinstance(actual, Change)
    if assume.opposite and not is_bound and not is_moved and falls_short(target, row):
        return missed_in_words(Level(row.target), Level(row.actual), assume)
    if found.problem is not None or _is_limit(target):
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
        or (_asks_for_all(target) and leaves_part_out(said or (row.actual if isinstance(target, Level) else "")))
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
            cores = (_core_of(target.text).word or fold_words(target.text), moved_in(row.actual))
            words = next(filter(None, (hoped_words(row.actual, core) for core in cores if core)), "")
    else:
        beside = [*actual.beside, *others]
        for one in actual.assumptions:
            beside += quoted(one.message.zh) if one.key == "left_out" else ()
        words = unfinished_words(row.actual, row.own, beside, dated=isinstance(actual, Dated))
    if not words:
        back = None if target is None else _taken_back(target, row)
        if back is not None:
            return Comparison(undecided=Diagnostic("PF516", _takes_back(row.actual, back.words), BY_HAND))
        return found
    message = Message(
        f"完成值“{row.actual}”写着“{words}”，还没有做完，算不算完成要由人定",
        f"the actual “{row.actual}” says “{words}”, which is not finished: whether that counts is for a person",
    )
    return Comparison(undecided=Diagnostic("PF516", message, BY_HAND))


def _takes_back(actual: str, words: str) -> Message:
    return Message(
        f"完成值“{actual}”写着“{words}”，算不算完成要由人定",
        f"the actual “{actual}” says “{words}”: whether that counts is for a person",
    )


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
            return bool(ways) or any(one.search(target.text) for one in (_ALL_ALONG, _ALL_THAT_SHOULD))
    return False


def _is_denied(target: str, said: str) -> bool:
    """Return whether words deny a part of a target, or say the opposite of one."""
    asked, told = fold_words(target), fold_words(said)
    if is_poor(target, said) or False in {_by_verb(asked, told), _by_object(asked, told, asked)}:
        return True
    if _TAKEN_AWAY.search(fold_words(said)):
        return True
    deeds = [part for part in _DEEDS.split(fold_words(target)) if part]
    parts = [_core_of(part).word or part for part in deeds]
    return any(denies(part, said) for part in parts) or any(is_turned(one, said) for one in (*parts, *deeds))


_PARTS = re.compile(r"[,;。、!()]+")
_NUMBER = re.compile("[0-9]")
_PIECES = re.compile("[,，;；。（）()]")
_WHOLE_DEED, _UNDONE_AGAIN = rules("whole_deed", "undone_again")
_HAPPENED, _STILL_SOME = rules("happened_all_the_same", "still_some")
_ALL_RETURNED, _TAKEN_AWAY = rules("all_returned", "taken_away")
_FOR_EACH, _OF_PLAN = rules("for_each_of_them", "of_the_plan")
_ALL_DONE, _MOVED_BY = rules("all_the_rest_done", "moved_by")
(_BEYOND,) = rules("beyond_limit")
_LACKING, _WEAK, _DENIED_DEED = rules("lacking", "ends_weakly", "own_deed_denied")
_NOT_YET_KNOWN, _GOING_ON, _DENIAL_IN_TARGET = rules("not_yet_known", "going_on", "denial_in_target")
_AWAITED, _COMES_AFTER, _DONE = rules("awaited", "comes_after", "done_all_the_same")
_LATER_STAGE, _WHOLE_SAID = rules("awaiting_later_stage", "whole_said")
_DONE_AT_LAST, _NOT_AT_LAST = rules("done_at_last", "not_at_last")
_LOST_AGAIN, _DOUBTED = rules("lost_afterwards", "doubted_harm")
_BIDS_FAILED = rule("bids_failed")
_NEXT_YEAR, _PART_DONE, _PERIOD, _MAY_FALL_SHORT = rules("next_year", "part_done", "months_of_a_span", "may_fall_short")
_IN_A_YEAR, _NOT_YET, _OF_MEASURE, _SAID_DONE = rules(
    "to_come_in_a_year", "not_yet", "of_what_is_measured", "deed_said_done"
)
_LIES_UNUSED, _TO_BE_USED, _LATER_DENIED = rules("lies_unused", "to_be_used", "later_step_denied")
_PUT_RIGHT, _CONCLUDED, _BELIED = rules("put_right", "concluded_badly", "belied_by_check")
_ABOUT_HARM = rule("done_about_harm")
_LEFT = ("剩余", "其余", "余下", "尚有", "还有", "仍有", "尚余")
# In grammar/words/beside_numbers.txt, undone.txt and shortfalls.txt.
_NONE_COUNTED = rule("none_counted")
_DAY, _WHY, _NOT_HAPPENED = rules("on_a_day", "why", "denied_nearby")
_ENDED, _ENDED_BEHIND = rules("ended_before", "ended_behind")


def _done_at_last(target: Target, row: Written) -> str:
    """Return the last of several clauses that says that a target in words was reached, whatever was said before it.

    首次未通过，整改后通过验收 is no miss of 验收通过.
    """
    *before, last = ("", *filter(None, _PARTS.split(fold_words(row.actual))))
    match = _DONE_AT_LAST.search(last)
    if not isinstance(target, Level) or is_nothing(target.text):
        return ""
    if not any(before) or match is None or _NOT_AT_LAST.search(_AFTERWARDS.sub("", last)):
        return ""
    if _ASKS_FOR_FIRST.search(target.text) or is_stage_before(target.text, last, row.name):
        return ""
    return last if any(match["deed"] in word for word in _same(_core_of(target.text).word)) else ""


# ── what takes a met target back ──
class _TakenBack(NamedTuple):
    """The words that take a met target back; `is_missed` where they say that it was missed."""

    words: str
    is_missed: bool = False


def _taken_back(target: Target, row: Written) -> _TakenBack | None:
    """Return what an actual says that keeps its target from being simply met.

    全部收回 is all of it, and not what a rate of use asks for.
    """
    said = fold_words(row.actual)
    if not isinstance(target, Bound) or not has_words(row.actual) or _NUMBER.search(said):
        return None
    return _other_deed_of_all(said, row) if target.quantity.unit == RATIO else None


def _late_all_the_same(target: Target, row: Written) -> str:
    """Return the clause that tells of what was late, beside a time that was kept: 平均7个工作日，超时件12件."""
    if not isinstance(target, Bound) or target.quantity.dimension not in TIMES:
        return ""
    clauses = _PARTS.split(fold_words(row.actual))
    return next((one for one in clauses if one not in fold_words(row.own) and says_late(one)), "")


def _other_deed_of_all(said: str, row: Written) -> _TakenBack | None:
    """Return what was done with all of it, where that is not what a row asks for: 全额上缴财政 under 资金使用率."""
    match = _WHOLE_DEED.fullmatch(said)
    if match is None:
        return None
    deed = match["deed"]
    if partial_word(deed, row.own):
        return _TakenBack(said, is_missed=True)
    if deed in fold_words(row.own) or (not strange_words(deed, row.own) and not wrong_things(deed)):
        is_before = is_stage_before(row.target, deed, row.name)
        return _TakenBack(said, is_missed=True) if is_before else None
    is_missed = _UNDONE_AGAIN.search(deed) is not None or bool(wrong_things(deed))
    return _TakenBack(said, is_missed or is_stage_before(row.target, said, row.name))


def _held_again(target: Target, row: Written) -> str:
    """Return the clause with a day that keeps a limit, behind bids that failed: 5月13日流标，5月18日重新开标."""
    limit = target.last_day(row.year) if isinstance(target, Deadline) else None
    *_, last = _BIDS_FAILED.split(fold_words(row.actual))
    if limit is None or last == fold_words(row.actual):
        return ""
    clauses = (one for one in _PARTS.split(last) if _DAY.search(one) and not is_to_come(one))
    return next((one for one in clauses if _is_dated_in_time(one, limit, row.year)), "")


def _about_harm(target: Target, row: Written) -> str:
    """Return an actual that counts what was done about what there is to be none of: 扑救火灾126起 under 0起."""
    match = _ABOUT_HARM.fullmatch(fold_words(row.actual)) if _is_limit(target) else None
    return row.actual if match is not None and match["deed"] not in fold_words(row.own) else ""


def _made_up_for(row: Written) -> str:
    """Return the words by which the rest of a number that is too small was done as well: 3个推迟，年底全部建成."""
    for clause in _PARTS.split(fold_words(row.actual))[1:]:
        match = _ALL_DONE.search(clause)
        if match is not None and not is_to_come(clause):
            return match[0]
    return ""


# ── what falls short ──
def falls_short(target: Target, row: Written) -> bool:
    """Return whether an actual that nothing else decides falls short of its target all the same.

    What it says was achieved is too little, all told (建成9个，其余3个明年交付), words deny it, or tell of a later day.

    >>> from pfscore.cells.reader import parse_target
    >>> falls_short(parse_target("≥12个"), Written("卫生室建设", "≥12个", "", "已建成9个，其余3个明年交付"))
    True
    >>> falls_short(parse_target("良好"), Written("社会影响", "良好", "", "社会反响较差"))
    True
    """
    whole = fold_words(row.actual)
    if not has_words(row.actual) and not _MAY_FALL_SHORT.search(whole):
        return False
    said = _WHY.sub("", whole).strip(",;") or whole
    if _NOT_YET_KNOWN.search(said) or _is_denied_later(target, said, row):
        return False
    match target:
        case Bound(op=op):
            return op is not TargetKind.APPROXIMATELY and _misses_bound(target, said, row)
        case Deadline():
            limit = target.last_day(row.year)
            if limit is None or _too_late(limit, said, row):
                return limit is not None
            # 次年1月20日前 ← 尚在编报: nobody knows yet
            is_over = row.year is None or limit.year <= row.year
            return is_over and _is_to_come(said, row, limit=limit)
        case Level():
            if _fails_in_deed(target.text, said, row):
                return True
            if is_nothing(target.text):
                return _says_harm(said, row)
            return _is_poor(target.text, said, row) or (_asks_for_deed(target.text) and _is_to_come(said, row))
    return False


def _is_denied_later(target: Target, said: str, row: Written) -> bool:
    """Return whether a row's own deed is said done, and a later step is denied: 已申报，未获批 under 申报传承人."""
    match, own = _LATER_DENIED.fullmatch(said), fold_words(row.own)
    if match is None or match["deed"] not in own or match["later"] in own:
        return False
    # 已申报2项，未获批 under 3项: too few were
    return not (isinstance(target, Bound) and match["count"] and int(match["count"]) < target.quantity.value)


def _misses_bound(target: Bound, said: str, row: Written) -> bool:
    side = side_of(row.name, (), target.quantity.unit)
    if target.quantity.value == 0:
        left = _STILL_SOME.search(said)
        is_left = left is not None and left["unit"] == target.quantity.unit
        is_harm = _says_harm(said, row) or _amounts_to_harm(target, said, row)
        return target.op not in LOWER and (is_left or is_harm)
    if target.op in UPPER or (target.op not in LOWER and side is not None and side.direction == "lower"):
        return _too_much(target, said, row)
    is_whole = target.quantity.unit == RATIO and target.quantity.value == 1
    return _too_little(target, said, row, is_floor=target.op in LOWER or side is not None or is_whole)


def _too_little(target: Bound, said: str, row: Written, *, is_floor: bool) -> bool:
    """Return whether what an actual says was achieved is less than its target, all told."""
    wanted, is_rate = target.quantity.base, target.quantity.unit == RATIO
    if is_rate and wanted == 1 and _BELIED.search(said) and not _PUT_RIGHT.search(said):
        return True
    if is_floor and _ALL_RETURNED.search(said) and section_pattern("stages.txt", "bought").search(fold_words(row.own)):
        return True
    told = _told(target, said, row) if _NUMBER.search(said) else None
    if told is None:
        if may_reach(target.quantity.value, said, share=is_rate):
            return False
        if is_floor and _denied(said, row, is_all=is_rate and wanted == 1):
            return True
        return (is_floor or not is_doubtful(row.name)) and _is_to_come(said, row)
    if is_floor and _LIES_UNUSED.search(said) and _TO_BE_USED.search(fold_words(row.name)) and not is_rate:
        return True
    if is_estimated(said) or _FOR_EACH.search(f"{said},{fold_words(row.target)}") or _ALL_DONE.search(said):
        return False
    if not told.is_clear or (is_rate and told.count != 1) or not (is_floor or told.is_short):
        return False
    # 80户正在安装: nothing is said to be done, and nothing to have failed.
    is_told = told.achieved > 0 or told.is_short
    return told.is_under(told.claimed, wanted) or (is_told and told.is_under(told.achieved, wanted))


@dataclass(slots=True)
class _Told:
    """What an actual says was achieved, all told, and what it claims together with what is begun or left to do.

    `is_short` tells that a part was not done, `is_clear` that the numbers are amounts of what was to be achieved.
    """

    achieved: Fraction = Fraction(0)
    claimed: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    is_less: bool = False
    is_short: bool = False
    is_clear: bool = True
    count: int = 0

    def is_under(self, number: Fraction, wanted: Fraction) -> bool:
        """Return whether a number, or what is less than it, is below what was wanted."""
        return number < wanted or (self.is_less and number == wanted)

    def add(self, amount: Fraction, clause: str) -> None:
        """Add an amount that was achieved; what follows 其中 is a part of it."""
        if not clause.startswith(_OF_WHICH) or not self.last:
            self.achieved, self.claimed, self.last = self.achieved + amount, self.claimed + amount, amount

    def add_undone(self, amount: Fraction, clause: str, row: Written, *, is_undone: bool) -> None:
        """Take off a part that is not done, or claim what is only begun."""
        self.is_short = self.is_short or is_undone
        if clause.startswith(_OF_WHICH) and amount <= self.last:
            if not _is_done_all_the_same(clause, row):
                self.achieved, self.is_short = self.achieved - amount, True
        elif not is_undone:
            self.claimed += amount


_OF_WHICH = "其中"


def _told(target: Bound, said: str, row: Written) -> _Told | None:
    """Return what an actual says was achieved, in the unit of its target; `None` where it has no number of it."""
    told, is_rate = _Told(), target.quantity.unit == RATIO
    for clause in _PARTS.split(said):
        found = [one for one in amounts(clause, target) if not _OF_PLAN.search(one.lead)]
        if len(found) > 1 or told.count:
            # 1726人次不足1800人: the second is the target again
            found = [one for one in found if not (one.is_less and one.most == target.quantity.base)]
        if not found:
            told.is_short = told.is_short or _is_undone(clause, row)
            continue
        told.is_clear = told.is_clear and all(_is_reached(one.lead, row, is_rate=is_rate) for one in found)
        amount = sum((one.most for one in found), Fraction(0))
        told.count += len(found)
        told.is_less = told.is_less or any(one.is_less for one in found)
        is_undone = not is_rate and _is_undone(clause, row)
        if is_undone or (not is_rate and _is_only_begun(clause, row)):
            # 教师辞职32人 is of another thing than 招聘
            told.is_clear = told.is_clear and not any(_is_lost(one.lead) for one in found)
            told.add_undone(amount, clause, row, is_undone=is_undone)
        else:
            told.add(amount, clause)
    return told if told.count else None


def _is_reached(lead: str, row: Written, *, is_rate: bool) -> bool:
    """Return whether an amount is one that was reached: not 增加5户, nor the rate of another thing."""
    moved = _MOVED_BY.search(lead)
    if moved is not None and moved[0] not in fold_words(row.own):
        return False
    return not (is_rate and "率" in lead and strange_words(lead, row.own))


def _is_lost(words: str) -> bool:
    return _UNDONE_AGAIN.search(words) is not None or _LOST_AGAIN.search(words) is not None


def _is_done_all_the_same(clause: str, row: Written) -> bool:
    """Return whether a part was done late, was lost again, or waits for what comes after: 其中2座待验收."""
    _, _, behind = clause.partition("后")
    is_late = bool(behind) and _is_own(behind, fold_words(row.name))
    return is_late or _LOST_AGAIN.search(clause) is not None or _LATER_STAGE.search(clause) is not None


def _is_only_begun(clause: str, row: Written) -> bool:
    """Return whether the number of a clause is of what is begun, left to do, or an earlier stage."""
    if unfinished_words(clause, row.own) or clause.startswith(_LEFT) or _AWAITED.search(clause):
        return True
    return is_stage_before(row.target, clause, row.name, counted=True) or bool(partial_word(clause, row.own))


def _is_to_come(said: str, row: Written, *, limit: date | None = None) -> bool:
    """Return whether an actual says that its deed, or what comes before it, is still to come, and not that it was done.

    >>> _is_to_come("合同已签,车辆2025年1月交付", Written("冷链车购置", "2台", "", "", 2024))
    True
    >>> _is_to_come("已出版,2025年1月首发", Written("地方志出版", "1部", "", "", 2024))
    False
    """
    year, own, is_late = limit.year if row.year is None and limit else row.year, fold_words(row.own), False
    for clause in filter(None, _PARTS.split(said)):
        if is_nothing(clause) or _COMES_AFTER.match(clause) or _PERIOD.search(clause):
            continue
        if _OF_MEASURE.search(clause):
            return False
        later = _IN_A_YEAR.search(clause)
        is_later = later is not None and (later["next"] is not None or (year is not None and int(later["year"]) > year))
        if not is_later and limit is not None and _is_dated_in_time(clause, limit, year):
            return False
        if _NOT_YET.search(clause):
            is_late = True
        elif _is_said_done(clause, own):
            return False
        else:
            is_late = is_late or is_later
    return is_late


def _is_said_done(clause: str, own: str) -> bool:
    match = _SAID_DONE.match(clause)
    return match is not None and (match["final"] is not None or (match["deed"] or match["done"]) in own)


def _is_dated_in_time(clause: str, limit: date, year: int | None) -> bool:
    """Return whether a clause has a day that is not after a limit."""
    days = (Dated(day[0]).completed(year or limit.year) for day in _DAY.finditer(clause))
    return any(one is None or one[0] <= limit for one in days)


def _asks_for_deed(target: str) -> bool:
    """Return whether words ask for something to be brought about: 建成开放, 通过验收; not for how much of it."""
    wanted = fold_words(target)
    if claim_of(target) is not None or _DENIAL_IN_TARGET.search(wanted):
        return False
    return section_pattern("undone.txt", "asked").search(wanted) is not None or shares_stage(wanted, wanted)


def _is_undone(clause: str, row: Written) -> bool:
    """Return whether a clause says that something was not done, or came to nothing."""
    if is_nothing(clause) or _COMES_AFTER.match(clause):
        return False
    word = undone_in(clause)
    is_ended = bool(word) and _ENDED_BEHIND.match(clause.partition(word)[2]) is not None
    if (word and not is_ended) or _UNDONE_AGAIN.search(clause) or came_to_nothing(clause):
        return True
    match = _DENIED_DEED.search(clause)
    return match is not None and (match["what"] is not None or _is_own(match["deed"], fold_words(row.own)))


def _is_own(words: str, known: str) -> bool:
    """Return whether words share two characters in a row with others."""
    return any(words[at : at + 2] in known for at in range(len(words) - 1))


def _denied(said: str, row: Written, *, is_all: bool) -> bool:
    """Return whether words without number say that what is to be much was not brought about."""
    if _ALL_DONE.search(said):
        return False
    is_short = False
    for clause in filter(None, _PARTS.split(said)):
        if is_nothing(clause) or _COMES_AFTER.match(clause):
            continue
        if clause.startswith(_LEFT) and _WHOLE_SAID.search(clause):
            continue
        if _falls_short_in_words(clause, row) or (is_all and not clause.startswith(_WAS_FOUND) and _is_wrong(clause)):
            is_short = True
        elif _DONE.search(clause) and not (is_all and _is_of_part(clause, row)):
            return False
    return is_short


#: What was found is what something is to be done about: 发现问题12个，解决12个.
_WAS_FOUND = ("发现", "排查", "检查", "查出", "受理", "收到", "接到", "审计")


def _falls_short_in_words(clause: str, row: Written) -> bool:
    if _is_undone(clause, row) or says_undone(clause, "", in_words=False):
        return True
    return is_stage_before(row.target, clause, row.name) or any(
        _says(one, clause) for one in (_LACKING, _WEAK, _GOING_ON)
    )


def _says(of: Rule, clause: str) -> bool:
    """Return whether a clause says something, and neither denies it nor says that it was ended."""
    match = of.search(clause)
    if match is None:
        return False
    before = clause[: match.start()]
    return not _NOT_HAPPENED.search(before) and not _ENDED.search(before)


def _is_wrong(clause: str) -> bool:
    """Return whether a clause tells of what should not be, and nowhere that it was put right."""
    wrong = wrong_things(clause)
    if not wrong or _DOUBTED.search(clause) or fails_in_nothing(clause) or "率" in clause:
        return False
    before, _, behind = clause.partition(wrong[0])
    return not (_NOT_HAPPENED.search(before) or _ENDED.search(before) or _ENDED_BEHIND.match(behind))


def _too_much(target: Bound, said: str, row: Written) -> bool:
    """Return whether an actual says that a ceiling was not kept."""
    own, found = fold_words(row.own), list[Amount]()
    for clause in _PARTS.split(said):
        found += amounts(clause, target)
        match = _BEYOND.search(clause)
        is_late = match is not None and match["late"] is not None
        if match is None or match[0] in own or (is_late and target.quantity.dimension not in TIMES):
            continue
        if _says(_BEYOND, clause):
            return True
    if _FOR_EACH.search(said):
        return False
    found = [one for one in found if not _OF_PLAN.search(one.lead) and not _MOVED_BY.search(one.lead)]
    return bool(found) and all(one.least > target.quantity.base for one in found)


#: 0起，发生一起火情: for a person.
_NOUGHT = re.compile("(?<![0-9.])0[^0-9.%]")


def _says_harm(said: str, row: Written) -> bool:
    """Return whether words say that there was what should not be."""
    if _DOUBTED.search(said):
        return False
    if _NOT_NONE.match(said):
        return True
    if graver_word(said, row.own):
        return False
    if _NOUGHT.search(said):
        return False
    own = set("".join(wrong_things(fold_words(row.own))))
    without = _NOT_WITHOUT.search(said)
    if _UNHARMED.search(said) or (without is not None and (not without["what"] or set(without["what"]) & own)):
        return True
    for clause in _PARTS.split(said):
        match = _HAPPENED.search(clause) if _says(_HAPPENED, clause) else None
        if match is not None and (match["count"] is not None or set(clause) & own):
            return True
        if set("".join(wrong_things(clause))) & own and _is_wrong(clause):
            return True
    return False


def _amounts_to_harm(target: Bound, said: str, row: Written) -> bool:
    """Return whether an amount of what there is to be none of is more than none: 因供电中断停播14秒 under 停播0秒."""
    if _PUT_RIGHT.search(said) or graver_word(said, row.own):
        return False
    harm = "".join((*wrong_things(fold_words(row.own)), fold_words(row.target)))
    clauses = [one for one in _PARTS.split(said) if not (fails_in_nothing(one) or is_to_come(one))]
    return any(
        one.least > 0 and _is_own(one.lead, harm) and not (_OF_PLAN.search(one.lead) or _NOT_HAPPENED.search(one.lead))
        for clause in clauses
        for one in amounts(clause, target)
    )


def _fails_in_deed(target: str, said: str, row: Written) -> bool:
    """Return whether one clause tells of a deed that fails a target in words, and none that it was put right."""
    if _PUT_RIGHT.search(said) or graver_word(said, row.own):
        return False
    clauses = [one for one in _PARTS.split(said) if one and not (is_nothing(one) or is_to_come(one))]
    clauses = [one for one in clauses if not _NONE_COUNTED.fullmatch(one)]
    return any(fails(target, one) or (not is_nothing(target) and _CONCLUDED.search(one)) for one in clauses)


def _too_late(limit: date, said: str, row: Written) -> bool:
    """Return whether an actual tells of a later day than the one by which something was to be done."""
    year, is_late = limit.year if row.year is None else row.year, False
    clauses = [one for one in re.split("[,;。()]", said) if not (_OF_PLAN.search(one) or _PERIOD.search(one))]
    clauses = [one for one in clauses if not _BIDS_FAILED.search(one)] or clauses
    # 资金6月拨至乡镇，8月中旬打卡到户 under 6月底前发放到户: the second is what was to be done
    asked = deed_dated(row.target)
    named = [one for one in clauses if _DAY.search(one) and _is_own(deed_dated(one), asked)]
    for clause in named or clauses:
        days = [one for day in _DAY.finditer(clause) if (one := Dated(day[0]).completed(year)) is not None]
        # 主体工程完成时间 ← 4月完成主体工程，11月完成尾工: a part that the row is about is all of it
        is_part = _is_of_part(clause, row)
        if _NEXT_YEAR.search(clause) or any(first > limit for first, _ in days) or (days and is_part and "%" in clause):
            is_late = True
        elif days and not is_part and not dates_stage_before(row.target, deed_dated(clause), row.name):
            return False
    return is_late


def _is_of_part(clause: str, row: Written) -> bool:
    return any(part[0] not in fold_words(row.own) for part in _PART_DONE.finditer(clause))


def _is_poor(target: str, said: str, row: Written) -> bool:
    """Return whether words tell of nothing but what is no good result of a target in words."""
    wanted, claim = fold_words(target), claim_of(target)
    if wanted in {"有", "是"} or graver_word(said, row.own):
        return False
    if _DENIAL_IN_TARGET.search(wanted) or _ALL_DONE.search(said):
        return False
    is_low = (claim is not None and claim.ways == {-1}) or wanted.endswith(("低", "少", "小", "慢"))
    clauses = [one for one in _PARTS.split(said) if one]
    if any(answer_in_words(target, one) for one in clauses):
        return False
    return bool(clauses) and all(_is_poor_clause(target, wanted, one, is_low=is_low) for one in clauses)


def _is_poor_clause(target: str, wanted: str, clause: str, *, is_low: bool) -> bool:
    if answer_in_words(target, clause) is False or _says(_LACKING, clause):
        return True
    if _says(_GOING_ON, clause) and not _is_own(wanted, clause):
        return True
    if (said := degree_of(clause)) is not None and said.rank is None and degree_asked(target) is not None:
        return True
    if is_poor(target, clause) or (_ASKS_TO_CONFORM.fullmatch(wanted) and _says(_CONFORMS_NOT, clause)):
        return True
    # 发案率上升 under 改善: what moved is of another kind
    is_other = claim_of(clause) is not None or _is_own(wanted, clause)
    return not is_low and (_says(_WEAK, clause) or (not is_other and _is_wrong(clause)))
