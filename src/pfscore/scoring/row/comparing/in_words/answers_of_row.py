"""What words of an actual answer beside their row's name: clause by clause, each an answer or a harmless addition.

An answer is a core and what stands around it: 已在网站按时公开 is 公开, in time. The words are `grammar/answers.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.around import narrower_word
from pfscore.cells.lexicon.claims import degree_asked, degree_of, is_bad_effect, moved_in
from pfscore.cells.lexicon.directions import wrong_things
from pfscore.cells.lexicon.levels import ranks, stands_higher
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import denies_opposite, is_begun, leaves_part_out, stands_beyond, without_further
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import Bound, Deadline, Level, Measured, Target, TargetKind
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, any_of, pattern_of
from pfscore.foundation.runtime.resources import section_pattern, section_words
from pfscore.scoring.row.comparing.beside_numbers.written import Pair, Written, deed_dated, has_words
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.dates import ANY_YEAR
from pfscore.scoring.row.comparing.in_words.all_or_none import all_or_none
from pfscore.scoring.row.comparing.in_words.own_words import is_of_part, is_of_row, shares_words, words_for
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
from pfscore.scoring.row.comparing.words import met_in_words

# In grammar/words/claims.txt.
_ALL_OF_DEED = rule("all_of_deed")
# The rules are described, with rows, in grammar/words/answers.txt.
_CLAUSES, _DEEDS = rules("between_clauses", "between_deeds")
_GOOD_BESIDE, _COUNTED_BESIDE, _ONWARD = rules("good_beside", "counted_beside", "onward")
_PROVIDED, _VERB_WITH_ALL, _ALL_WITH_VERB = rules("provided_beside", "verb_with_all", "all_with_verb")
_NOTHING_BAD, _BAD_THING, _FALL, _DEALT = rules("nothing_bad_beside", "bad_thing", "fall_beside", "dealt_beside")
_ENUMERATED, _VERB_OF, _VERB_ALONE, _EFFECT = rules("enumerated", "verb_of_target", "verb_alone", "effect")
_IN_CASH, _BY_CARD, _NOT_TO_DEGREE = rules("in_cash", "all_by_card", "not_to_degree")
_MEANS, _SUPPORTS, _STRONGLY = rules("means_beside", "supports_beside", "strongly")
_NOT_PUT_OFF, _KEEPS_RUNNING = rules("not_put_off", "keeps_running")
_AHEAD, _SEVERAL_DEEDS = rules("ahead_of_time", "several_deeds")
_NOT_WORSE, _STAYS_GOOD, _OF_ANY_KIND = rules("not_worse", "stays_good", "of_any_kind")
_WHOLE_OF, _WHOLE_SCOPE, _NO_PART = rules("whole_of", "whole_scope", "no_part_of_it")
#: What a deed says beside itself: where, to whom, by whom, when.
_ASIDE = rules("said_where", "to_whom", "by_whom", "in_a_month", "of_a_need", "on_a_call", "after_check")
_RATHER, _VERY = rules("rather", "very")
_AND_WELL, _IN_ITS_TIME = rules("and_well", "in_its_time")
_BY_OCCASION, _WHO_HAS_IT, _DEED_OF_EFFECT = rules("by_occasion", "who_has_it", "deed_of_effect")
_FORBIDDEN_DEED, _DENIED_OF_IT, _BEHIND_HARM = rules("forbidden_deed", "denied_deed", "behind_harm")
_VERB_WITH_OBJECT, _OBJECT_WITH_VERB = rules("verb_with_object", "object_with_verb")
_DONE_BY, _DONE_BY_IT = rules("done_by", "done_by_it")
_STANDARD_ASKED, _STANDARD_KEPT = rules("standard_asked", "standard_kept")
_ALL_THAT_SHOULD, _NONE_MISSED, _FOR_EACH = rules("all_that_should", "none_missed", "for_each")
_ASKED_FOR, _HAD_BY, _HAD_BY_ALL, _ON_THE_WAY = rules("asked_for", "had_by_so_many", "had_by_all", "on_the_way_to_it")
# In grammar/words/denial.txt.
_ONLY_FORBIDDEN = rule("only_forbidden")
# In grammar/words/attempts.txt.
_OF_A_CHECK, _GETTING = rules("of_a_check", "getting")
_SO_MANY_HAD = rule("so_many_had")
# In grammar/words/conformity.txt.
_ASKS_TO_CONFORM, _CONFORMS, _GENERAL_RULE, _CONFORMS_NOT = rules(
    "asks_to_conform", "conforms", "general_rule", "conforms_not"
)
_BRINGS_ABOUT, _ASKS_TO_BRING, _PAPER = rules("brings_about", "asks_to_bring_about", "paper_beside")
_NOT_AT_LAST = rule("not_at_last")
_PART_OF_WORK = rule("part_of_work")
# In grammar/words/beside_numbers.txt, undone.txt and shortfalls.txt.
_OF_SATISFACTION = rule("of_satisfaction")
_QUOTED_RULE = re.compile("《[^》]*》")
_FILE = "answers.txt"
_IN_TIME, _IN_ADVANCE = frozenset({"in time"}), "提前"
#: What a target may ask that names no deed: 及时足额, 按季度.
_OF_ANY_DEED = _IN_TIME | {"in full", "each month", "each quarter"}
#: What a date asks for that names no deed.
_DONE = "完成"
#: What a target may ask of how something is done.
_WAYS = ("in time", "wholly", "in full", "each month", "each quarter", "well", "by rule", "strictly")


def answered_in_words(found: Comparison, pair: Pair) -> Comparison:
    """Return what a comparison comes to where nothing else decides it, and the words of the row answer its target."""
    target, actual, row, assume = pair.target, pair.actual, pair.row, pair.assume
    if assume is None or found.met is not None or found.problem is not None:
        return found
    is_met: bool | None
    match target, actual:
        case Level(), Level():
            is_met = answers_row(target.text, actual.text, name_beside_words(row))
        case Level(), Measured() if not actual.quantity.value:  # 火点0个
            is_met = all_or_none(fold_words(target.text), fold_words(row.actual), row.name)
        case Deadline(), Level() if deed := _deed_of_year(target, row.year):
            is_met = answers_row(deed, actual.text, row.name)
        case Bound(), Level() if is_whole(target) and _reaches_each(actual.text, row.name):
            is_met = True
        case _:
            is_met = _repeats(target, row)
    return met_in_words(target, actual, assume, met=True) if is_met else found


def _deed_of_year(target: Deadline, year: int | None) -> str:
    """Return what is to be done by the end of the form's year, which is in time if it is done: 年底前完成 ← 已完成.

    >>> [_deed_of_year(Deadline(text), 2024) for text in ("年底前完成", "2024年12月底前", "2024年9月底前完成")]
    ['完成', '完成', '']
    """
    year = year or ANY_YEAR
    last = target.last_day(year)
    if last is None or (last.year, last.month, last.day) != (year, 12, 31):
        return ""
    return deed_dated(target.text) or _DONE


def _repeats(target: Target, row: Written) -> bool:
    """Return whether an actual is the target again, with words of its row beside it: 24小时 ← 24小时值守.

    >>> from pfscore.cells.reader import parse_target
    >>> target = parse_target("全年")
    >>> [_repeats(target, Written("免费开放", "全年", "", said)) for said in ("全年免费开放", "全年未开放")]
    [True, False]
    """
    if not isinstance(target, Deadline) and not (isinstance(target, Bound) and target.op is TargetKind.BARE):
        return False
    before, found, behind = fold_words(row.actual).partition(fold_words(row.target))
    rest = before + behind
    is_told = bool(found) and shares_words(rest, row.name) and not any(map(str.isdecimal, rest))
    return is_told and is_of_row(rest, row.name)


def is_whole(target: Target) -> bool:
    """Return whether a target asks for 100%."""
    return isinstance(target, Bound) and target.quantity.unit == RATIO and target.quantity.value == 1


def _reaches_each(actual: str, name: str) -> bool:
    """Return whether none is left out of what is to reach each of them: 无遗漏 under 排查率."""
    deed = name.removesuffix("率").removesuffix("比例")
    return any(_none_is_missed(f"全部{deed[-size:]}", fold_words(actual), name) for size in (2, 3))


def all_have_it(found: Comparison, pair: Pair) -> Comparison:
    """Return what a comparison comes to where nothing else decides it, and it is told how many have what all should."""
    row = pair.row
    had = _all_have_it(row.target, row) if found.met is None else None
    if had is None or pair.assume is None:
        return found
    return met_in_words(Level(row.target), Level(row.actual), pair.assume, met=had)


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
        elif whole is not None and should["deed"] in whole["deed"] and is_of_row(whole["who"], row.own):
            found.append(True)
        elif not _ON_THE_WAY.fullmatch(clause):
            return None
    return None if not found else all(found)


def name_beside_words(row: Written) -> str:
    """Return the name of a row where the words of its actual are judged beside it."""
    return row.name if has_words(row.actual) else ""


def answers_row(target: str, actual: str, known: str) -> bool:
    """Return whether words say what a target asks for, and beside it nothing that may take it back.

    >>> answers_row("建成", "已建成并投入使用", "财政一体化平台"), answers_row("建成", "已建成，尚未使用", "平台")
    (True, False)
    >>> answers_row("逐步扩大", "持续扩大，被央视报道2次", "传统村落知名度")
    True
    """
    target, actual = _without_occasion(fold_words(target), fold_words(actual))
    wanted = [one for part in _CLAUSES.split(fold_words(target)) for one in _DEEDS.split(part) if one]
    text = fold_words(actual)
    if is_begun(target, text) and not is_of_part(without_further(text), f"{known},{target}"):
        return True
    if "、" in text and "等" in text and any(word in text for word in words_for(core_of(target).word)):
        text = _ENUMERATED.sub("", text)  # 已建立制度6项 under 建立健全 does not say that all are there
    clauses = [_without_its_time(clause, known) for clause in _CLAUSES.split(text)]
    parts = [[one] if _SUPPORTS.fullmatch(one) else _DEEDS.split(one) for one in clauses]
    said = [one for part in parts for one in part if one]
    if not wanted or not said:
        return False
    answering = [[_answers(part, clause, known) for part in wanted] for clause in said]
    if len(wanted) > 1 and any(row[-1] for row in answering):
        wanted, answering = _without_means(wanted, said, answering)
    if any(False in row for row in answering) or not all(map(any, zip(*answering, strict=True))):
        return False
    told = [one for row, one in zip(answering, said, strict=True) if any(row)]
    means = [one for one in said if one not in told and _MEANS.fullmatch(one)]
    if means and not any(_is_told_of(wanted, one, known) for one in told):
        return False
    return all(any(row) or is_harmless(clause) for row, clause in zip(answering, said, strict=True))


def _is_told_of(wanted: list[str], clause: str, known: str) -> bool:
    """Return whether an effect beside its means is that of the row: not 队伍建设得到改善 under 办学条件."""
    return shares_words(clause, known) or any(len(clause) - len(one) <= 2 or len(one) > 5 for one in wanted)


def _without_means(
    wanted: list[str], said: list[str], answering: list[list[bool | None]]
) -> tuple[list[str], list[list[bool | None]]]:
    """Return a target without the means to its last part, where deeds are told of these: 宣传政策，提高知晓率."""
    told = [one for one in said if _MEANS.fullmatch(one) or _COUNTED_BESIDE.fullmatch(one)]
    is_told = [_MEANS.fullmatch(one) and any(shares_words(one, said_) for said_ in told) for one in wanted[:-1]]
    kept = [at for at, one in enumerate([*is_told, None]) if not one or any(row[at] is False for row in answering)]
    return [wanted[at] for at in kept], [[row[at] for at in kept] for row in answering]


def _without_occasion(target: str, actual: str) -> tuple[str, str]:
    """Return both texts without the occasion that they name as the limit: 开学前发放 ← 已于开学前发放."""
    asked, said = _BY_OCCASION.match(target), _BY_OCCASION.match(actual)
    if asked is None or said is None or asked["occasion"] != said["occasion"]:
        return target, actual
    return target[asked.end() :], actual[said.end() :]


def _without_its_time(clause: str, known: str) -> str:
    """Return a clause without the time of what its row names, which is all of it: 演出期间无事故 under 演出安全."""
    time = _IN_ITS_TIME.match(clause)
    return clause if time is None or time["what"] not in known else clause[time.end() :]


def _answers(target: str, clause: str, known: str) -> bool | None:
    """Return whether one clause answers one part of a target; `False` where it denies it."""
    slight = _NOT_TO_DEGREE.fullmatch(clause)
    if slight is not None and target == f"无{slight['how']}{slight['what']}":
        return True
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
    told = by_verb(target, clause), by_object(target, clause, known), all_or_none(target, clause, known)
    if (found := next((one for one in told if one is not None), None)) is not None:
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
        or (_NOT_PUT_OFF.fullmatch(clause) and "in time" in core_of(target).ways)
        or stands_higher(target, clause)
        or denies_opposite(target, clause)
        or _all_of_deed(target, clause)
        or same_part(target, clause)
        or _is_passed(target, clause, known)
        or _none_is_missed(target, clause, known)
        or (core_of(target) == Core("", _IN_TIME) and is_in_time(clause))
        or _is_as_strong(target, clause, known)
        or _conforms(target, clause, known)
        or _is_brought_about(target, clause, known)
        or _has_effect(target, clause, known)
        or _denies_deed(target, clause, known)
        or _is_done_by(target, clause, known)
        or _reaches_all(target, clause)
    )


def by_verb(target: str, clause: str) -> bool | None:
    """Return whether a deed is said, or denied, without what it is done to: 符合 and 不符合 under 符合《规范》."""
    asked, said = _VERB_OF.fullmatch(target), _VERB_ALONE.fullmatch(clause)
    if asked is None or said is None or asked["verb"] != said["verb"]:
        return None
    if said["not"]:
        return False
    return True if asked["how"] in clause else None


def _reaches_all(target: str, clause: str) -> bool:
    """Return whether a deed reached all that a target names: 覆盖全部林区乡镇 ← 林区乡镇已全部覆盖."""
    asked, said = _VERB_WITH_ALL.fullmatch(target), _ALL_WITH_VERB.fullmatch(clause)
    if asked is None or said is None or (asked["verb"], asked["what"]) != (said["verb"], said["what"]):
        return False
    return said["all"] is not None or said["each"] is not None


def by_object(target: str, clause: str, known: str) -> bool | None:
    """Return whether what is to be brought about was, or was not: 保障机关正常运转 ← 机关正常运转得到有效保障."""
    asked = _VERB_WITH_OBJECT.fullmatch(target)
    said = _OBJECT_WITH_VERB.fullmatch(clause) or _VERB_WITH_OBJECT.fullmatch(clause)
    if asked is None or said is None:
        return None
    verb = said["verb"] or said["rise"]
    if verb not in words_for(asked["verb"]) or (_STRONGLY.search(target) and not _STRONGLY.search(clause)):
        return None
    subject = said["object"].removesuffix(asked["object"])
    if subject == said["object"] or not is_of_row(subject, known):
        return None
    return not (said.re.groupindex.get("not") and said["not"])


def _denies_deed(target: str, clause: str, known: str) -> bool:
    """Return whether there was none of what a target wants not to be: 不出现泄密 ← 没有出现任何失泄密问题."""
    if _IN_CASH.fullmatch(target) and _BY_CARD.fullmatch(clause):
        return True
    asked, said = _FORBIDDEN_DEED.fullmatch(target), _DENIED_OF_IT.fullmatch(clause)
    if said is not None and _ONLY_FORBIDDEN.fullmatch(target):
        what = said["what"] or said["named"]  # 禁止 ← 未发现公车私用 under 公车私用
        return what == known or (shares_words(what, known) and is_of_row(what, known))
    if asked is None or said is None or narrower_word(clause, f"{known},{target}"):
        return False
    what = said["what"] or said["named"]
    if asked["what"].startswith(what):
        # 严禁收取押金 ← 未收取; but 严禁酒驾醉驾 is two deeds
        rest = asked["what"].removeprefix(what)
        return set(rest).isdisjoint(what) and _SEVERAL_DEEDS.search(rest) is None
    before, found, behind = what.partition(asked["what"])
    return bool(found) and is_of_row(before, known) and (not behind or _BEHIND_HARM.fullmatch(behind) is not None)


def _is_done_by(target: str, clause: str, known: str) -> bool:
    """Return whether a deed went by what a target says: 按进度支付 ← 按进度完成支付."""
    asked, said = _DONE_BY.fullmatch(target), _DONE_BY_IT.fullmatch(clause)
    if asked is None or said is None or (asked["by"], asked["deed"]) != (said["by"], said["deed"]):
        return False
    return is_of_row(said["subject"], known)


def _is_as_strong(target: str, clause: str, known: str) -> bool:
    """Return whether an effect is said to be as strong as a target asks: 明显增强 ← 效果显著, 满意 ← 十分满意."""
    if any(one["what"] == target and is_of_row(_who(clause[: one.start()]), known) for one in _VERY.finditer(clause)):
        return True
    for at in range(2, len(clause)):
        if stands_beyond(target, clause[at:]) and is_of_row(clause[:at], known):
            return True  # 较好 ← 队伍稳定性良好
    said, asked = degree_of(clause), degree_asked(target)
    if said is None or asked is None or said.rank is None or said.rank > asked:
        return False
    subject = _WHO_HAS_IT.sub("", said.subject)
    if subject != said.subject and not subject:
        # 带动脱贫户增收明显
        return moved_in(clause) in known or any(verb[0] in known for verb in _DEED_OF_EFFECT.finditer(clause))
    return is_of_row(subject, f"{known},{target}") and not wrong_things(subject)


def _satisfied(subject: str, target: str, known: str) -> str:
    """Return a subject without the people who are satisfied, where the row does not say who should be."""
    if _OF_SATISFACTION.search(target) is None or _WHO_HAS_IT.search(known) is not None:
        return subject
    return _who(subject)


def _who(subject: str) -> str:
    """Return of whom or what a clause speaks, without the people who have it: 受益群众普遍感到 is of nothing else."""
    return _peeled(_WHO_HAS_IT.sub("", subject), at_start=False)[0]


def _conforms(target: str, clause: str, known: str) -> bool:
    """Return whether something was done as the rules say that a target asks for: 规范 ← 符合财务管理制度要求."""
    asked, said = _ASKS_TO_CONFORM.fullmatch(target), _CONFORMS.fullmatch(clause)
    if asked is None or said is None or _CONFORMS_NOT.search(clause):
        return False
    named = _QUOTED_RULE.findall(target)
    if named and not set(_QUOTED_RULE.findall(clause)) <= set(named):
        return False
    return is_of_row(_GENERAL_RULE.sub("", said["what"]), f"{known},{target}")


def _is_brought_about(target: str, clause: str, known: str) -> bool:
    """Return whether what a target asks to be there is there: 建立健全 ← 已建立县乡村三级管护机制."""
    said = _BRINGS_ABOUT.fullmatch(clause) if _ASKS_TO_BRING.fullmatch(target) else None
    if said is None or _NO_PART.search(said["what"]):
        return False
    return said["noun"] in known if said["noun"] else not said["what"]


def same_part(target: str, clause: str) -> str:
    """Return the part of a work of which a clause tells what a target asks for: 主体完工 ← 主体工程已完工."""
    asked = _PART_OF_WORK.fullmatch(target)
    said = None if asked is None else _PART_OF_WORK.fullmatch(clause)
    if asked is None or said is None or ("基本" in clause and "基本" not in target):
        return ""
    return str(said["part"]) if (asked["part"], asked["deed"]) == (said["part"], said["deed"]) else ""


def _is_passed(target: str, clause: str, known: str) -> bool:
    """Return whether a check was passed, or what was to be had is had: 验收通过 ← 通过, 获得资质 ← 取得资质."""
    asked, said = _OF_A_CHECK.fullmatch(target), _OF_A_CHECK.fullmatch(clause)
    if asked is not None and said is not None and (asked["check"] or asked["of"]):
        one, other = said["check"] or said["of"] or "", asked["check"] or asked["of"]
        return _is_shorter(one, other) or (one.endswith(other) and one in known)
    had, has = _GETTING.sub("", target), _GETTING.sub("", clause)
    counted = _SO_MANY_HAD.sub("", has)
    return had != target and counted != clause and had == counted


def _is_shorter(said: str, asked: str) -> bool:
    """Return whether a check is named by a part of its words, its level among them: 三级测评 for 三级等保测评."""
    letters = iter(asked)
    return not said or (all(letter in letters for letter in said) and said[:2] == asked[:2]) or said == asked


def _has_effect(target: str, clause: str, known: str) -> bool:
    """Return whether an effect is as strong as a target asks: 带动作用明显 ← 效果显著."""
    asked, said = _EFFECT.fullmatch(target), _EFFECT.fullmatch(clause)
    if asked is None or said is None or not is_of_row(said["what"], f"{known},{target}"):
        return False
    return _is_strong(said["how"]) or not _is_strong(asked["how"])


def _is_strong(how: str) -> bool:
    return not how.startswith("较") and how not in {"良好", "很好"}


def _all_of_deed(target: str, clause: str) -> bool:
    """Return whether 应发尽发 is answered by 全部发放到位."""
    asked = _ALL_THAT_SHOULD.fullmatch(target)
    is_all = asked is not None and asked["deed"] in clause
    return is_all and _ALL_OF_DEED.fullmatch(clause.removesuffix("到位")) is not None


def _none_is_missed(target: str, clause: str, known: str) -> bool:
    """Return whether what is to reach each of them left none out: 一户不落 ← 全部走访, 村村公示 ← 无一村遗漏."""
    missed, said = _NONE_MISSED.fullmatch(clause), core_of(clause)
    asked = _FOR_EACH.fullmatch(target)
    if _NONE_MISSED.fullmatch(target) or (asked is not None and asked["reach"] and missed is None):
        reached = _FOR_EACH.fullmatch(clause)
        if reached is not None and reached["reach"]:
            return True
        return missed is not None or ("wholly" in said.ways and said.word in known)
    if missed is None or (missed["deed"] or "") not in f"{known},{target}":
        return False
    return any(asks.fullmatch(target) for asks in (_ALL_THAT_SHOULD, _FOR_EACH))


def _none_of_it(target: str, clause: str, known: str) -> bool:
    """Return whether words say that nothing of what a target excludes happened: 零事故 ← 未发生安全生产责任事故."""
    if not is_nothing(clause):
        return False
    severe = section_pattern("around.txt", "severe")
    wanted, denied = (_OF_ANY_KIND.sub("", none_said(text)) for text in (target, clause))
    if severe.findall(wanted) == severe.findall(denied):
        wanted, denied = (severe.sub("", text) for text in (wanted, denied))  # 无重大事故 ← 未发生重大农机事故
    return denied.endswith(wanted) and is_of_row(denied.removesuffix(wanted), known)


def is_harmless(clause: str) -> bool:
    """Return whether a clause beside an answer takes nothing back."""
    if is_nothing(clause) or _ONWARD.fullmatch(clause) or _PAPER.fullmatch(clause) or _PROVIDED.fullmatch(clause):
        return True
    if _NOTHING_BAD.fullmatch(clause) and (wrong_things(clause) or _BAD_THING.search(clause)):
        return True
    if (
        _SUPPORTS.fullmatch(clause)
        or _DEALT.fullmatch(clause)
        or ((fall := _FALL.fullmatch(clause)) is not None and wrong_things(fall["what"]))
    ):
        return True
    if wrong_things(clause):
        return False
    return bool(_MEANS.fullmatch(clause) or _GOOD_BESIDE.fullmatch(clause) or _COUNTED_BESIDE.fullmatch(clause))


# ── a core, and what stands around it ──
class Core(NamedTuple):
    """What a text says, without what stands around it: how it was done, and of what, if it says so."""

    word: str
    ways: frozenset[str] = frozenset()
    subject: str = ""


@remembered
def core_of(target: str) -> Core:
    """Return what a target in words asks for.

    >>> core_of("及时公开")
    Core(word='公开', ways=frozenset({'in time'}), subject='')
    """
    word, ways = _peeled(_KEEPS_RUNNING.sub("", fold_words(target)), at_start=True)
    word, more = _peeled(word, at_start=False)
    ways |= more
    if word or (ways and ways <= _OF_ANY_DEED):
        return Core(word, ways)
    return Core(fold_words(target))


def _says_core(target: str, actual: str, known: str) -> bool:
    """Return whether one clause says all that a target asks for; `known` are the words of its row.

    >>> _says_core("及时公开", "已在门户网站按时公开", "预算绩效信息公开"), _says_core("及时公开", "已公开", "信息公开")
    (True, False)
    >>> _says_core("全覆盖", "实现全县14个乡镇全覆盖", "家庭医生签约服务")
    True
    >>> _says_core("全覆盖", "重点乡镇全覆盖", "家庭医生签约服务")
    False
    """
    if section_pattern(_FILE, "running").search(fold_words(target)):
        known = ",".join((known, *section_words(_FILE)["that runs"]))
    wanted, texts = core_of(target), [_AHEAD.sub(_IN_ADVANCE, fold_words(actual))]
    if texts[0] == _IN_ADVANCE and wanted.ways == _IN_TIME:
        return True  # 按期完工 ← 提前9天
    for aside in (*_ASIDE, _AND_WELL, _AND_WELL):
        texts.append(aside.sub("", texts[-1]))
    lower = any(said.startswith(wanted.word, one.end()) for said in texts for one in _RATHER.finditer(said))
    if wanted.word and lower and not _RATHER.search(fold_words(target)):
        return False
    return any(
        wanted.ways <= found.ways and is_of_row(_satisfied(found.subject, target, known), f"{known},{target}")
        for word in words_for(wanted.word)
        for text in dict.fromkeys(texts)
        for found in _found(word, text)
    )


_NO_WAYS = frozenset[str]()


def _found(word: str, said: str) -> list[Core]:
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
    # 种苗及时供应 under 及时, 废物全部规范处置 under 规范
    for one in _around(at_start=None).finditer(said) if not word or _ways_of(word) else ():
        if word not in {"", one[0]}:
            continue
        before, how = _peeled(said[: one.start()], at_start=False)
        found.append(_core(word, before + said[one.end() :], _ways_of(one[0]) | how))
    return found


def _core(word: str, subject: str, ways: frozenset[str]) -> Core:
    """Return a core; a subject that is the whole of something asks for no more: 全县14个乡镇, 全部15个村."""
    whole = _WHOLE_OF.search(subject)
    if whole is not None:
        subject, ways = subject[: whole.start()] + subject[whole.end() :], ways | {"wholly"}
    subject, how = _peeled(_WHOLE_SCOPE.sub("", subject), at_start=True)
    return Core(word, ways | how, subject)


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
def _around(*, at_start: bool | None) -> Pattern:
    words = [word for name in (*_WAYS, "neutral") for word in section_words(_FILE)[name]]
    if at_start is None:
        return pattern_of(word for name in _WAYS for word in section_words(_FILE)[name] if len(word) > 1)
    if at_start:
        # 全公开, but 全民健身
        return pattern_of(words, f"^(?!{any_of(section_words(_FILE)['whole names'])})")
    return pattern_of((word for word in words if len(word) > 1 or word in section_words(_FILE)["particle"]), behind="$")


@cache
def _ways_of(word: str) -> frozenset[str]:
    return frozenset(name for name in _WAYS if word in section_words(_FILE)[name])
