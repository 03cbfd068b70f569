"""Whether an actual falls short of its target: too little all told, denied, late, to come, or poor.

The words are `grammar/words/shortfalls.txt` and `undone.txt`; what was reached is counted clause by clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pfscore.cells.lexicon.around import graver_word, partial_word, strange_words, undone_in
from pfscore.cells.lexicon.claims import claim_of, degree_asked, degree_of
from pfscore.cells.lexicon.directions import is_doubtful, side_of, wrong_things
from pfscore.cells.lexicon.quantities import RATIO, TIMES
from pfscore.cells.lexicon.undone import (
    came_to_nothing,
    dates_stage_before,
    fails,
    fails_in_nothing,
    is_estimated,
    is_poor,
    is_stage_before,
    leaves_part_out,
    may_reach,
    says_undone,
    shares_stage,
)
from pfscore.cells.lexicon.word_patterns import Rule, rules
from pfscore.cells.meaning.results import is_to_come
from pfscore.cells.meaning.unfinished import unfinished_words
from pfscore.cells.readings import LOWER, UPPER, Bound, Dated, Deadline, Level, Target, TargetKind
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.resources import section_pattern
from pfscore.scoring.row.comparing.beside_numbers.asked_beside import is_late
from pfscore.scoring.row.comparing.beside_numbers.written import Written, deed_dated, has_words
from pfscore.scoring.row.comparing.in_words.all_or_none import all_or_none
from pfscore.scoring.row.comparing.in_words.own_words import shares_words
from pfscore.scoring.row.comparing.numbers import Amount, amounts
from pfscore.scoring.row.comparing.plain_answers import answer_in_words, is_nothing

# In grammar/words/denial.txt, conformity.txt and attempts.txt.
_UNHARMED, _SOME_AT_ALL = rules("none_unharmed", "some_at_all")
_ONLY_FORBIDDEN, _FOUND_ALL_THE_SAME, _SOME_MISSED = rules("only_forbidden", "found_all_the_same", "some_missed")
#: What asks for all of them, in grammar/words/answers.txt.
_OF_ALL = rules("all_that_should", "for_each", "none_missed")
_ASKS_TO_CONFORM, _CONFORMS_NOT, _BIDS_FAILED = rules("asks_to_conform", "conforms_not", "bids_failed")
# In grammar/words/beside_numbers.txt, undone.txt and shortfalls.txt.
_UNDONE_AGAIN, _HAPPENED, _STILL_SOME = rules("undone_again", "happened_all_the_same", "still_some")
_ALL_RETURNED, _FOR_EACH, _OF_PLAN = rules("all_returned", "for_each_of_them", "of_the_plan")
_ALL_DONE, _MOVED_BY, _BEYOND = rules("all_the_rest_done", "moved_by", "beyond_limit")
_LACKING, _WEAK, _DENIED_DEED = rules("lacking", "ends_weakly", "own_deed_denied")
_NOT_YET_KNOWN, _GOING_ON, _DENIAL_IN_TARGET = rules("not_yet_known", "going_on", "denial_in_target")
_AWAITED, _COMES_AFTER, _DONE = rules("awaited", "comes_after", "done_all_the_same")
_LATER_STAGE, _WHOLE_SAID = rules("awaiting_later_stage", "whole_said")
_LOST_AGAIN, _DOUBTED, _NONE_COUNTED = rules("lost_afterwards", "doubted_harm", "none_counted")
_NEXT_YEAR, _PART_DONE, _PERIOD, _MAY_FALL_SHORT = rules("next_year", "part_done", "months_of_a_span", "may_fall_short")
_IN_A_YEAR, _NOT_YET, _OF_MEASURE = rules("to_come_in_a_year", "not_yet", "of_what_is_measured")
_SAID_DONE, _LIES_UNUSED, _TO_BE_USED = rules("deed_said_done", "lies_unused", "to_be_used")
_LATER_DENIED, _PUT_RIGHT, _CONCLUDED = rules("later_step_denied", "put_right", "concluded_badly")
_BELIED, _DAY, _WHY, _NOT_HAPPENED = rules("belied_by_check", "on_a_day", "why", "denied_nearby")
_NOTHING_KNOWN, _ASKS_TO_FINISH = rules("nothing_known", "asks_to_finish")
_ENDED, _ENDED_BEHIND = rules("ended_before", "ended_behind")
_NONE_THERE, _OF_WORKS, _SOME_LACK = rules("not_one_there", "of_works", "some_have_none")
(_NEAR,) = rules("near_it")  # in grammar/words/relations.txt
#: What stands between the clauses of a cell, folded.
CLAUSE_ENDS = re.compile(r"[,;。、!()]+")
DIGIT = re.compile("[0-9]")
_LEFT = ("剩余", "其余", "余下", "尚有", "还有", "仍有", "尚余")


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
    if is_late(row) and not _PERIOD.search(whole):
        return True
    if not has_words(row.actual) and not _MAY_FALL_SHORT.search(whole):
        return False
    said = _WHY.sub("", whole).strip(",;") or whole
    if _NOT_YET_KNOWN.search(said) or is_denied_later(target, said, row):
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
            wanted = fold_words(target.text)
            is_failed = _fails_in_deed(target.text, said, row) or _is_some(wanted, said, row)
            if is_failed or _is_not_all_or_none(wanted, said, row):
                return True
            if is_nothing(target.text):
                return _says_harm(said, row)
            return _is_poor(target.text, said, row) or (_asks_for_deed(target.text) and _is_to_come(said, row))
    return False


def _is_some(wanted: str, said: str, row: Written) -> bool:
    """Return whether there was some of what words forbid or want none of: 禁止 ← 发现火点3处, 零问题 ← 非零."""
    found = _FOUND_ALL_THE_SAME.fullmatch(said)
    if found is not None and _ONLY_FORBIDDEN.fullmatch(wanted):
        return not found["what"] or shares_words(found["what"], fold_words(row.own))
    missed = _SOME_MISSED.fullmatch(said)
    if missed is not None and any(one.fullmatch(wanted) for one in _OF_ALL):
        return not missed["deed"] or not set(missed["deed"]).isdisjoint(wanted)  # 3户未在家 is not 3户未访
    return wanted.startswith("零") and _some_at_all(said, row, without_number=True)


def _is_not_all_or_none(wanted: str, said: str, row: Written) -> bool:
    """Return whether one clause says that not all of them are as a target wants, or some as it does not."""
    if graver_word(said, row.own):
        return False
    parts, clauses = ([one for one in CLAUSE_ENDS.split(text) if one] for text in (wanted, said))
    found = {clause: {all_or_none(part, clause, row.name) for part in parts} for clause in clauses}
    others = [clause for clause in clauses if False not in found[clause]]
    is_righted = any(True in found[one] or _PUT_RIGHT.search(one) for one in others)
    return len(others) < len(clauses) and not is_righted


def _some_at_all(said: str, row: Written, *, without_number: bool = False) -> bool:
    """Return whether words say only that there was some of it: 非零, 未能实现零事故, and 有 beside a number."""
    match = _SOME_AT_ALL.fullmatch(said)
    if match is None or (without_number and match["above"] is None):
        return False
    return match["none"] in {None, "发生", "出现"} or shares_words(match["none"], fold_words(row.own))


def is_unknown(target: Target, row: Written) -> bool:
    """Return whether an actual says that nobody knows its result yet, and not that the row's own deed is not done.

    >>> from pfscore.cells.reader import parse_target
    >>> is_unknown(parse_target("≥8年"), Written("道路使用年限", "≥8年", "", "待观察"))
    True
    >>> is_unknown(parse_target("完成审计"), Written("竣工决算", "完成审计", "", "待审计"))
    False
    """
    found = [_NOTHING_KNOWN.fullmatch(clause) for clause in CLAUSE_ENDS.split(fold_words(row.actual)) if clause]
    if isinstance(target, Deadline) or (isinstance(target, Level) and _ASKS_TO_FINISH.search(fold_words(target.text))):
        return False
    own = fold_words(target.text if isinstance(target, Level) else row.name)
    return bool(found) and all(
        one is not None and not shares_words(one["done"] or one["going"] or "", own) for one in found
    )


def is_denied_later(target: Target, said: str, row: Written) -> bool:
    """Return whether a row's own deed is said done, and a later step is denied: 已申报，未获批 under 申报传承人."""
    match, own = _LATER_DENIED.fullmatch(said), fold_words(row.own)
    if match is None or match["deed"] not in own or match["later"] in own:
        return False
    # 已申报2项，未获批 under 3项: too few were
    return not (isinstance(target, Bound) and match["count"] and int(match["count"]) < target.quantity.value)


def _misses_bound(target: Bound, said: str, row: Written) -> bool:
    lack = _SOME_LACK.fullmatch(said) if _FOR_EACH.match(fold_words(row.target)) else None
    if lack is not None and lack["what"] in row.name:
        return True
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
    if is_rate and wanted == 1 and not _PUT_RIGHT.search(said):
        is_part = leaves_part_out(said) and not may_reach(wanted, said, share=True)
        own = f"全部{row.name.removesuffix('率')[-2:]}"
        if is_part or _BELIED.search(said) or _is_not_all_or_none(own, said, row):
            return True
    if is_floor and _ALL_RETURNED.search(said) and section_pattern("stages.txt", "bought").search(fold_words(row.own)):
        return True
    told = _told(target, said, row) if DIGIT.search(said) else None
    if told is None:
        if may_reach(target.quantity.value, said, share=is_rate):
            return False
        if is_floor and _denied(said, row, is_all=is_rate and wanted == 1):
            return True
        return (is_floor or not is_doubtful(row.name)) and _is_to_come(said, row)
    if not is_rate and ((is_floor and _lies_unused(said, row)) or (told.count == 1 and _is_not_there(said, row))):
        return True
    if is_estimated(said) or _FOR_EACH.search(f"{said},{fold_words(row.target)}") or _ALL_DONE.search(said):
        return False
    if not told.is_clear or (is_rate and told.count != 1) or not (is_floor or told.is_short):
        return False
    # 80户正在安装: nothing is said to be done, and nothing to have failed.
    is_told = told.achieved > 0 or told.is_short
    return told.is_under(told.claimed, wanted) or (is_told and told.is_under(told.achieved, wanted))


def _lies_unused(said: str, row: Written) -> bool:
    return _LIES_UNUSED.search(said) is not None and _TO_BE_USED.search(fold_words(row.name)) is not None


def _is_not_there(said: str, row: Written) -> bool:
    """Return whether a number is of what was ordered or begun, and not one of it is there: 2艘（合同已签，未交付）."""
    own = fold_words(row.own)
    is_early = any(section_pattern("stages.txt", one).search(own) for one in ("paper", "purchase"))
    return not is_early and _OF_WORKS.search(own) is not None and _NONE_THERE.fullmatch(said) is not None


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
    is_only_near = _NEAR.fullmatch(said) is not None  # it may be the number itself, rounded
    for clause in CLAUSE_ENDS.split(said):
        found = [one for one in amounts(clause, target) if not _OF_PLAN.search(one.lead)]
        if len(found) > 1 or told.count:
            # 1726人次不足1800人: the second is the target again
            found = [one for one in found if not (one.is_less and one.most == target.quantity.base)]
        if not found:
            is_left = clause.startswith(_LEFT) and _AWAITED.search(clause) is not None
            told.is_short = told.is_short or is_left or _is_undone(clause, row)
            continue
        told.is_clear = told.is_clear and all(_is_reached(one.lead, row, is_rate=is_rate) for one in found)
        amount = sum((one.most for one in found), Fraction(0))
        told.count += len(found)
        told.is_less = told.is_less or (not is_only_near and any(one.is_less for one in found))
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
    is_late = bool(behind) and shares_words(behind, fold_words(row.name))
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
    for clause in filter(None, CLAUSE_ENDS.split(said)):
        if is_nothing(clause) or _COMES_AFTER.match(clause) or _PERIOD.search(clause):
            continue
        if _OF_MEASURE.search(clause):
            return False
        later = _IN_A_YEAR.search(clause)
        is_later = later is not None and (later["next"] is not None or (year is not None and int(later["year"]) > year))
        if not is_later and limit is not None and is_dated_in_time(clause, limit, year):
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


def is_dated_in_time(clause: str, limit: date, year: int | None) -> bool:
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
    return match is not None and (match["what"] is not None or shares_words(match["deed"], fold_words(row.own)))


def _denied(said: str, row: Written, *, is_all: bool) -> bool:
    """Return whether words without number say that what is to be much was not brought about."""
    if _ALL_DONE.search(said):
        return False
    is_short = False
    for clause in filter(None, CLAUSE_ENDS.split(said)):
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
    for clause in CLAUSE_ENDS.split(said):
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
    if _some_at_all(said, row):
        return True
    if graver_word(said, row.own):
        return False
    if _NOUGHT.search(said):
        return False
    own = set("".join(wrong_things(fold_words(row.own))))
    if _UNHARMED.search(said):
        return True
    for clause in CLAUSE_ENDS.split(said):
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
    clauses = [one for one in CLAUSE_ENDS.split(said) if not (fails_in_nothing(one) or is_to_come(one))]
    return any(
        one.least > 0
        and shares_words(one.lead, harm)
        and not (_OF_PLAN.search(one.lead) or _NOT_HAPPENED.search(one.lead))
        for clause in clauses
        for one in amounts(clause, target)
    )


def _fails_in_deed(target: str, said: str, row: Written) -> bool:
    """Return whether one clause tells of a deed that fails a target in words, and none that it was put right."""
    if _PUT_RIGHT.search(said) or graver_word(said, row.own):
        return False
    clauses = [one for one in CLAUSE_ENDS.split(said) if one and not (is_nothing(one) or is_to_come(one))]
    clauses = [one for one in clauses if not _NONE_COUNTED.fullmatch(one)]
    asked = claim_of(target)
    claims = [claim_of(one) for one in clauses if not fails(target, one)]
    if asked is not None and any(one is not None and one.ways & asked.ways for one in claims):
        return False  # 有改善，局部恶化 under 改善
    return any(fails(target, one) or (not is_nothing(target) and _CONCLUDED.search(one)) for one in clauses)


def _too_late(limit: date, said: str, row: Written) -> bool:
    """Return whether an actual tells of a later day than the one by which something was to be done."""
    year, is_late = limit.year if row.year is None else row.year, False
    clauses = [one for one in re.split("[,;。()]", said) if not (_OF_PLAN.search(one) or _PERIOD.search(one))]
    clauses = [one for one in clauses if not _BIDS_FAILED.search(one)] or clauses
    # 资金6月拨至乡镇，8月中旬打卡到户 under 6月底前发放到户: the second is what was to be done
    asked = deed_dated(row.target)
    named = [one for one in clauses if _DAY.search(one) and shares_words(deed_dated(one), asked)]
    for clause in named or clauses:
        days = [one for day in _DAY.finditer(clause) if (one := Dated(day[0]).completed(year)) is not None]
        # 主体工程完成时间 ← 4月完成主体工程，11月完成尾工: a part that the row is about is all of it
        is_part = _is_of_part(clause, row)
        is_next = _NEXT_YEAR.search(clause) and not _NEXT_YEAR.search(row.target)
        if is_next or any(first > limit for first, _ in days) or (days and is_part and "%" in clause):
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
    clauses = [one for one in CLAUSE_ENDS.split(said) if one]
    if any(answer_in_words(target, one) for one in clauses):
        return False
    return bool(clauses) and all(_is_poor_clause(target, wanted, one, is_low=is_low) for one in clauses)


def _is_poor_clause(target: str, wanted: str, clause: str, *, is_low: bool) -> bool:
    if answer_in_words(target, clause) is False or _says(_LACKING, clause):
        return True
    if _says(_GOING_ON, clause) and not shares_words(wanted, clause):
        return True
    if (said := degree_of(clause)) is not None and said.rank is None and degree_asked(target) is not None:
        return True
    if is_poor(target, clause) or (_ASKS_TO_CONFORM.fullmatch(wanted) and _says(_CONFORMS_NOT, clause)):
        return True
    # 发案率上升 under 改善: what moved is of another kind
    is_other = claim_of(clause) is not None or shares_words(wanted, clause)
    return not is_low and (_says(_WEAK, clause) or (not is_other and _is_wrong(clause)))
