"""What the words of a row say beside its numbers: what else a target asks (9月底前, 各1次), what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.cell_text import SideName
from pfscore.cells.lexicon.around import (
    excluded_words,
    further_words,
    graver_word,
    left_out_words,
    limiting_words,
    missed_in,
    narrower_word,
    partial_word,
    strange_words,
    undone_in,
)
from pfscore.cells.lexicon.claims import claim_of, side_of_measure
from pfscore.cells.lexicon.directions import is_rate
from pfscore.cells.lexicon.levels import is_of_rank, level_scale, ranks_asked, ranks_in
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import dates_stage_before, forbids, is_turned, on_trial, other_harm, says_undone
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.plain_numbers import is_plain, plain_words, split
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import (
    UPPER,
    Achieved,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Change,
    Dated,
    Deadline,
    Level,
    Measured,
    Reading,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, no_result, not_comparable, shown
from pfscore.scoring.row.comparing.dates import ANY_YEAR, compare_periods, kept_each_time
from pfscore.scoring.row.comparing.numbers import under_ceiling
from pfscore.scoring.row.comparing.plain_answers import (
    answer_in_words,
    first_of_nothing,
    in_time_each_month,
    is_nothing,
    is_same_wording,
    none_said,
    of_its_measure,
    says_itself,
)

#: What stands in brackets beside a number.
#: Clauses without what parts the items of a list.
_PIECES = re.compile("[,;。()]")
_CLAUSES = re.compile("[,，;；、。]")
_BRACKETS = re.compile(r"\([^()]*\)")
_HAN = Pattern("[一-龥]")
_QUOTED = re.compile(r"“([^“”]*)”")
#: Where a label goes on behind its number: 超时件 2件 均已补办; in 取证571 人 the space is another one.
_GAP = re.compile("(?<=[^0-9]) (?=[^0-9])")
# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_OTHERS, _BESIDE_OTHERS = rules("than_others", "as_to_others")
_MOVED, _AGAINST_ITSELF, _WINDOW, _EMPTY_OF_DATE = rules("moved", "against_itself", "window", "empty_of_date")
_SOME_NOT_YET, _DATES, _CONDITIONS_MET = rules("some_not_yet", "all_of_date", "conditions_met")
_ALL_BUT_ONE, _PUT_OFF, _DATED_DEED = rules("all_but_one", "put_off_to_day", "dated_deed")
_OF_A_CHANGE, _AFTER_DAY, _PHASE = rules("of_a_change", "after_a_day", "phase")
_FEWER, _STAGE_BEFORE, _UNCOUNTED = rules("fewer_after_all", "stage_before", "not_all_counted")
_YET_ONE, _KEPT_BESIDE, _WHOLE_AND_LESS = rules("yet_one", "kept_beside_date", "whole_and_less")
_RATE, _OVER_LAST_YEAR, _WAY_NOT_SAID = rules("rate_named", "over_last_year", "way_not_said")
_NOT_ABLE = rule("not_able")
# In grammar/words/dates.txt, denial.txt and shortfalls.txt.
_EACH_TIME, _DENIAL, _COMES_AFTER = rules("each_time", "denial", "comes_after")
# In grammar/words/answers.txt and by_label.txt.
_WHERE = rule("said_where")
_EACH_OF_THEM, _EACH_PLACE, _MEAN_OF_THEM = rules("each_of_them", "each_place", "mean_of_them")
_WHOLE_YEAR = "全年"
_SHORT = 64
#: 5000元/人, 每人, 1:3.
_RELATING = frozenset("/／每:：比")
_NUMBERS = (Measured, Achieved, Between, Change, AllOf)


class Written(NamedTuple):
    """What stands in a row: the cells as they are written, and the year of its form."""

    name: str
    target: str
    unit: str
    actual: str
    year: int | None = None

    @property
    def own(self) -> str:
        """The words that are the row's own: those of the indicator, its target and its unit."""
        return f"{self.name}，{self.unit}，{self.target}"


@remembered
def has_words(text: object, side: SideName = "actual") -> bool:
    """Return whether a cell holds words that are judged beside the indicator's name as well.

    What a number is counted for (5000元/人), and which of 1:3 is meant, may stand in the name too.

    >>> has_words("完成3个"), has_words("有效提升"), has_words("未发生重大安全事故"), has_words("5元/人")
    (True, False, True, True)
    """
    if type(text) is not str or not text:
        return False
    if not _RELATING.isdisjoint(text):
        return True
    if plain_words(text):
        return side == "actual" and (bool(narrower_word(text, "")) or not _says_of_itself(text))
    apart = split(text) if len(text) < _SHORT else None
    return apart is None or not is_plain(side, apart[0], None, None)


def _says_of_itself(text: str) -> bool:
    """Return whether words say the same under every name: 良好, 有效提升; but not 程序合规, 已完成招标."""
    claim = claim_of(text)
    return level_scale(text) is not None if claim is None else not claim.subject


def answering(target: Reading, actual: Actual, row: Written) -> tuple[Actual, tuple[str, ...]]:
    """Return the one of several results that answers a single number, and the others in words.

    培训640人，取证571人 answers 培训≥600人 by its first number; where that cannot be told, all of them stay. A
    target in words is answered by the words beside a number: 有效 ← 举办活动12场.
    """
    if isinstance(target, Level) and (_is_in_words(target, actual) or _is_told_in_words(target, actual, row)):
        return Level(row.actual.strip()), ()
    if isinstance(target, Level) and isinstance(actual, Dated) and "年" not in actual.text and deed_dated(actual.text):
        return Level(actual.text), ()  # 按季度 ← 每季度末发放, 完工 ← 已于11月完工
    if isinstance(target, Level) and (denied := _none_so_grave(target, row)) is not None:
        return denied, ()
    actual = _of_its_own(actual, row.own)
    if isinstance(target, Level) and isinstance(actual, Change):
        return of_its_measure(actual, row.name), ()
    if isinstance(target, Level) and isinstance(actual, Measured) and (words := _said_beside_number(target, row)):
        return words, ()
    if isinstance(target, Deadline):
        return _of_a_day(target, actual, row), ()
    if not isinstance(actual, AllOf) or not isinstance(target, Bound | Between | Change):
        return actual, ()
    fitting = _fitting(target, actual, row)
    if len(fitting) != 1 or isinstance(fitting[0], Level | Dated):
        return actual, ()
    (one,) = fitting
    rest = [part for part in actual.parts if part is not one]
    others = tuple(_clause_of(part, row) for part in rest)
    said = tuple(
        dict.fromkeys(said for said in (*actual.assumptions, *one.assumptions) if not _is_of_others(said, rest))
    )
    kept = replace(one, assumptions=said, beside=actual.beside)
    return kept, others  # type: ignore[return-value]


def _fitting(target: Bound | Between | Change, actual: AllOf, row: Written) -> list[Reading]:
    """Return the results that a single number may be answered by: of its measure, and of what the row names."""
    fitting = [part for part in actual.parts if _measures(part) == _measures(target)]
    if len(fitting) < 2:
        return fitting
    fitting = [part for part in fitting if not _is_reversed(part, actual)] or fitting
    fitting = [part for part in fitting if not strange_words(part.label, row.own)]
    if len(fitting) > 1 and isinstance(target, Bound):
        named = [part for part in fitting if _names(part.label, row.name)]
        if target.quantity.unit != RATIO:
            named = [part for part in named if not part.label.startswith("基本")]
        fitting = named if len(named) == 1 else fitting
    # 60台，验收合格60台
    return fitting[:1] if len({_amount_of(part) for part in fitting}) == 1 else fitting


def _amount_of(part: Reading) -> object:
    """Return the number of a part that is nothing but a number; the part itself of any other."""
    return part.quantity.base if isinstance(part, Measured) else part


def _is_reversed(part: Reading, actual: Actual) -> bool:
    """Return whether a result counts what went wrong, or was begun only: 取消5航次."""
    said = [one.message.zh for one in actual.assumptions if one.key in _TURNED]
    return any(word in part.label for sentence in said for word in quoted(sentence))


def _is_of_others(said: Assumption, rest: list[Reading]) -> bool:
    """Return whether a remark is only on results that were not taken."""
    if said.key not in _TURNED:
        return False
    return any(word in part.label for word in quoted(said.message.zh) for part in rest)


_TURNED = frozenset({"reversed", "counts_instead"})


def _names(label: str, name: str) -> bool:
    """Return whether a label says what an indicator is named for: 开工 under 新开工套数, and not 基本建成."""
    said, own = fold_without_spaces(label), fold_without_spaces(name)
    return any(said[at : at + 2] in own for at in range(len(said) - 1))


def _of_a_day(target: Deadline, actual: Actual, row: Written) -> Actual:
    """Return what answers a date: a date, or words; 次月8日 are words, as 次月10日前 has no year."""
    if in_time_each_month(target.text, row.actual) is not None:
        return Level(row.actual.strip())
    if isinstance(actual, Dated):
        return _dated_as_named(actual, row)
    return _dated_in_words(target, actual, row) if isinstance(actual, Level) else actual


def _dated_in_words(target: Deadline, actual: Level, row: Written) -> Level | Dated:
    """Return the date of words that hold one: 顺延至7月18日, 12月10日发表; what else they say is judged later."""
    text = fold(actual.text)
    if (alone := _KEPT_BESIDE.sub("", text).strip(",;。")) not in {text, ""}:
        reading = read_actual(alone, None)
        return reading if isinstance(reading, Dated) else actual
    if (later := _PUT_OFF.search(text)) is not None:
        zh, en = ("推迟", "put off") if later["sooner"] is None else (later["sooner"], "brought forward")
        message = Message(f"按{zh}到的“{later['day']}”比较", f"the date that it was {en} to, {later['day']!r}, counts")
        return Dated(later["day"], assumptions=(Assumption("put_off", message),))
    if (after := _AFTER_DAY.search(text)) is not None:
        limit = target.last_day(row.year or ANY_YEAR)
        day = None if limit is None else Dated(after["day"]).last_day(row.year or limit.year)
        if limit is None or day is None or day < limit:
            return actual
        first = day + timedelta(days=1)
        zh, en = f"“{after[0]}”最早是{first.month}月{first.day}日", f"{after[0]!r} begins on {first.isoformat()}"
        year = f"{first.year}年" if row.year or "年" in f"{row.target}{after['day']}" else ""
        return Dated(f"{year}{first.month}月{first.day}日", assumptions=(Assumption("after_a_day", Message(zh, en)),))
    dated = _DATED_DEED.fullmatch(text)
    if dated is None or _DENIAL.search(text) or says_undone(dated["deed"], row.target, in_words=False):
        return actual
    return Dated(actual.text)


def _dated_as_named(actual: Dated, row: Written) -> Dated:
    """Return the one of several dates that is of what the row names: 合同签订时间 ← 4月底启动采购，6月签订."""
    deeds = [(clause, _EMPTY_OF_DATE.sub("", fold(clause))) for clause in _CLAUSES.split(row.actual)]
    named = [clause for clause, deed in deeds if deed and deed in fold(row.name)]
    one = Dated(named[0]) if len(named) == 1 and len(deeds) > 1 else actual
    return actual if one.last_day(row.year or ANY_YEAR) is None else one


def _is_in_words(target: Level, actual: Actual) -> bool:
    """Return whether an actual says more than a number, and its target is not for just that number."""
    counted = [one for one in _measured(actual) if one.quantity.unit != RATIO and one.label]
    return (
        bool(counted)
        and not is_nothing(target.text)
        and not any(
            forbids(target.text, one.label) or says_itself(target.text, one.label, wholly=False) for one in counted
        )
    )


def _is_told_in_words(target: Level, actual: Actual, row: Written) -> bool:
    """Return whether words answer words though a number stands beside them: 总体平稳，发案率下降6.3%."""
    if is_nothing(target.text) or not isinstance(actual, Measured | Change):
        return False
    if isinstance(actual, Measured):
        return "、" in row.actual and "等" in row.actual and actual.quantity.unit != RATIO
    claim, first = claim_of(target.text), _PIECES.split(fold(row.actual))[0]
    return (claim is None or claim.ways == {0}) and not any(map(str.isdecimal, first)) and len(first) > 1


def _none_so_grave(target: Level, row: Written) -> Level | None:
    """Return the clause that denies what a target forbids, where the others tell only of what is less grave.

    未发生重大安全事故，发生一般安全事件1起 answers 无重大安全事故.
    """
    clauses = [clause for clause in _PIECES.split(fold(row.actual)) if clause]
    if len(clauses) < 2 or not is_nothing(target.text) or not is_same_wording(target.text, clauses[0]):
        return None
    if not all(graver_word(clause, target.text) for clause in clauses[1:]):
        return None
    others = "，".join(clauses[1:])
    return Level(clauses[0], assumptions=(no_result(others),))


def _said_beside_number(target: Level, row: Written) -> Level | None:
    """Return the words behind a number that answer its target: 保持稳定 ← 67.2%，与上年持平."""
    number, *clauses = [clause for clause in _PIECES.split(fold(row.actual)) if clause]
    if len(clauses) != 1 or any(map(str.isdecimal, clauses[0])) or claim_of(target.text) is None:
        return None
    if answer_in_words(target.text, clauses[0]) is not True:
        return None
    return Level(clauses[0], assumptions=(no_result(number),))


def _measured(actual: Actual) -> tuple[Measured, ...]:
    parts = actual.parts if isinstance(actual, AllOf) else (actual,)
    return tuple([one for one in parts if isinstance(one, Measured)])


def _of_its_own(actual: Actual, own: str) -> Actual:
    """Return an actual without the remark that it counts what was begun, where the row is about just that."""
    kept = tuple(
        one
        for one in actual.assumptions
        if one.key != "counts_instead" or not all(word in own for word in quoted(one.message.zh))
    )
    return actual if len(kept) == len(actual.assumptions) else replace(actual, assumptions=kept)


def _measures(part: Reading) -> object:
    match part:
        case Bound(quantity=quantity) | Measured(quantity=quantity) | Achieved(quantity=quantity):
            return quantity.dimension
        case Between(low=low):
            return low.dimension
        case Change(quantity=quantity):
            return part.kind, quantity.dimension
    return part.kind, None


def with_words(
    found: Comparison, target: Reading, actual: Actual, row: Written, others: tuple[str, ...] = ()
) -> Comparison:
    """Return what a comparison comes to beside the other words of the two cells.

    `others` are results of the actual that were not compared.
    """
    if isinstance(actual, Level | Dated):
        return _without_number(found, target, actual, row)
    if not isinstance(actual, _NUMBERS) or found.problem is not None:
        return found
    if isinstance(target, Bound) and (kept := kept_each_time(found, target, row.actual)) is not found:
        return kept
    remarks = (*_remarks(actual), *others)
    missed = next(filter(None, map(missed_in, remarks)), "")
    denied = next((one.message.zh for one in actual.assumptions if one.key == "denied_beside"), "")
    if missed or (denied and found.met):
        return _missed(found, row.actual, missed or quoted(denied)[0])
    if (uncounted := _not_all_counted(found, target, remarks, row)) is not None:
        return uncounted
    if found.met is None or "".join(row.target.split()) == "".join(row.actual.split()):
        return found
    why = _may_be_parts(found, target, actual, row, others) or _why_open(found, target, actual, row, remarks)
    if why is not None:
        return Comparison(undecided=Diagnostic("PF516", why, BY_HAND))
    if isinstance(target, Bound):
        found = under_ceiling(found, target, row.actual, row.unit, row.own)
    against = _against(target, actual, row, _remarks_on_it(actual, others)) if found.met else None
    if against is not None:
        return _with(found, against)
    return _with_left_out(found, target, actual, row, others)


def _beside(words: str, text: str) -> str:
    """Return the letters before and behind words of a text."""
    before, _, behind = text.partition(words)
    return before[-1:] + behind[:1]


def _may_be_parts(
    found: Comparison, target: Reading, actual: Actual, row: Written, others: tuple[str, ...]
) -> Message | None:
    """Return that a floor is missed by one of several numbers in a list, which may be reached by all of them.

    实战演练5次、桌面推演3次 under 应急演练 may be 8次; but 城市620人、农村1500人 under 城市低保人数 is 620人.
    """
    if not isinstance(target, Bound) or not isinstance(actual, Measured) or not others:
        return None
    if found.met is not False or found.direction != "higher" or target.quantity.unit == RATIO:
        return None
    name, label, said = fold(row.name), fold(actual.label).strip(), fold(row.actual)
    is_named = bool(label) and label in name
    before = name.partition(label)[0][-1:] if is_named else ""
    if is_named and not (before and any(before in fold(other) for other in others)):
        return None  # of 小学、初中 under 中小学, 中 is drawn together
    listed = [one for one in others if "、" in _beside(fold(one).partition(" ")[0], said)]
    held = [read_actual("".join(one.split()), None) for one in listed]
    more = [one.quantity.base for one in held if isinstance(one, Measured) and _measures(one) == _measures(target)]
    if len(more) < len(others) or actual.quantity.base + sum(more) < target.quantity.base:
        return None
    zh = f"完成值“{row.actual}”里的几个数是不是合起来算，要由人定"
    return Message(zh, f"whether the numbers of the actual “{row.actual}” are added up is for a person")


def _why_open(
    found: Comparison, target: Reading, actual: Actual, row: Written, remarks: tuple[str, ...]
) -> Message | None:
    """Return why a person must look at a number that was compared."""
    if isinstance(target, Change) and isinstance(actual, Measured) and (rate := _other_rate(actual.label, row.own)):
        return Message(
            f"完成值“{row.actual}”是“{rate}”的值，没有写变化了多少",
            f"the actual “{row.actual}” is a value of “{rate}”, and does not tell by how much it moved",
        )
    if found.met and _is_no_change(target, actual, row):
        return Message(
            f"完成值“{row.actual}”没有写增减了多少", f"the actual “{row.actual}” does not tell by how much it moved"
        )
    assumed = {one.key for one in (*found.assumptions, *actual.assumptions)}
    if "each_of_them" not in assumed:
        counted = () if found.met is False else remarks
        why = _other_rank(target, actual, row)
        why = why or _objection(target, actual, row, counted, is_of_year="same_year" in assumed)
        if why is not None:
            return why
    if not found.met:
        return None
    if isinstance(actual, Achieved) and found.direction == "lower" and _NOT_ABLE.search(fold(row.actual)):
        zh, en = f"完成值“{row.actual}”没有写实际是多少", f"the actual “{row.actual}” does not tell what was reached"
        return Message(zh, en)
    if isinstance(target, Between) and "±" in row.target and None not in {found.actual, found.high}:
        return _beyond_tolerance(found, row)
    return _contradiction(row.actual)


#: How many times a change an amount is at least that can only be all that there is.
_STOCK = 10


def asks_by_how_much(target: str) -> bool:
    """Return whether a target asks by how much something moved over another time: 比上年增加2000人."""
    return _OVER_LAST_YEAR.search(fold(target)) is not None


def _is_no_change(target: Reading, actual: Actual, row: Written) -> bool:
    """Return whether a change is answered by all that there is, or by 同比3%, which may be a rise or a fall."""
    if not isinstance(target, Bound | Change) or not isinstance(actual, Measured):
        return False
    if isinstance(target, Change) and target.direction == "decrease" and _WAY_NOT_SAID.fullmatch(fold(row.actual)):
        return True
    if not asks_by_how_much(row.target) or actual.label or _OF_A_CHANGE.search(f"{row.name}{row.actual}"):
        return False
    wanted, reached = target.quantity, actual.quantity
    is_other = wanted.unit == RATIO and not is_rate(row.name)  # 产值 is no share: 62% is a change
    return not is_other and wanted.dimension == reached.dimension and reached.base >= _STOCK * wanted.base


def _beyond_tolerance(found: Comparison, row: Written) -> Message | None:
    """Return that a number is above what a target tolerates, though more of it is better: 8200 under 8000±2%."""
    if (found.actual or 0) <= (found.high or 0):
        return None
    zh, en = f"完成值“{row.actual}”超出了“{row.target}”的上限", f"the actual “{row.actual}” is above “{row.target}”"
    return Message(zh, en)


def _with_left_out(
    found: Comparison, target: Reading, actual: Actual, row: Written, others: tuple[str, ...]
) -> Comparison:
    """Return a comparison that says which words beside the number, and which other numbers, it leaves out."""
    said = [word for label in _labels(actual) for word in limiting_words(label, row.own)]
    harm = _is_of_harm(target)
    said += [word for label in _labels(actual) for word in left_out_words(label, row.own, harm=harm)]
    said += [word for word in _remarks(actual) if strange_words(word, row.own) and fold(word) not in fold(row.own)]
    said += others
    known = fold("".join(one.message.zh for one in actual.assumptions))
    said = [word for word in said if fold(_joined((word,))) not in known]
    left_out = map(_said, dict.fromkeys(as_written(one, row.actual) for one in said))
    return replace(found, assumptions=(*found.assumptions, *left_out)) if said else found


def _without_number(found: Comparison, target: Reading, actual: Level | Dated, row: Written) -> Comparison:
    """Return what a comparison of words or dates comes to: a shorter period, and what speaks of less, do not meet."""
    if isinstance(target, Deadline) and isinstance(actual, Dated):
        found = compare_periods(found, target, actual, row.name, row.year)
        if found.met and _is_a_year_early(target, actual, row):
            return Comparison(undecided=not_comparable(target, actual))
    less = None
    if found.met:
        less = _none_of_another(target, actual, row) or _less_than_asked(actual, row)
    return found if less is None else Comparison(undecided=Diagnostic("PF516", less, BY_HAND))


def _is_a_year_early(target: Deadline, actual: Dated, row: Written) -> bool:
    """Return whether a day of the year of the form answers one of the next that is about a year later."""
    if row.year is None or str(row.year) not in row.actual:
        return False
    limit, done = target.last_day(row.year), actual.last_day(row.year)
    return limit is not None and done is not None and (limit - done).days > _MOST_OF_A_YEAR


#: 次年1月20日前 ← 2024年1月18日 may be meant for the year behind it.
_MOST_OF_A_YEAR = 330


def is_put_off_with_leave(row: Written) -> bool:
    """Return whether a day was put off by who may do so: 经批准延期，11月完成."""
    return _WITH_LEAVE.search(fold(row.actual)) is not None


def _none_of_another(target: Reading, actual: Level | Dated, row: Written) -> Message | None:
    """Return that 100% is answered by the absence of what its name is no opposite of: 零投诉 under 任务完成率."""
    if not isinstance(target, Bound) or target.quantity.unit != RATIO or not isinstance(actual, Level) or not row.name:
        return None
    if target.op in UPPER or not target.quantity.value or not is_nothing(first_of_nothing(actual.text)):
        return None
    none = none_said(first_of_nothing(actual.text))
    # 无差错 under 准确率, 无一户漏保 under 参保率
    if is_turned(row.name, none) or not set(none).isdisjoint(row.name.rstrip("率")):
        return None
    zh, en = f"完成值“{row.actual}”没有写“{row.name}”是多少", f"the actual “{row.actual}” does not tell the rate"
    return Message(zh, en)


def _contradiction(reached: str) -> Message | None:
    """Return that a cell denies its number, 没有达到90%，为91.4%, or leaves one out: 除1次（7小时）外，均在4小时内."""
    if (besides := _ALL_BUT_ONE.search(fold(reached))) is not None:
        zh, en = (
            f"完成值“{reached}”写着“{besides[0]}”，算不算达标要由人定",
            f"the actual “{reached}” leaves something out",
        )
        return Message(zh, en)
    if (less := _WHOLE_AND_LESS.fullmatch(fold(reached))) is not None and (
        less["share"] or Fraction(less["part"].replace(",", "")) < Fraction(less["all"].replace(",", ""))
    ):
        zh, en = f"完成值“{reached}”前后矛盾，请核对", f"the actual “{reached}” contradicts itself"
        return Message(zh, en)
    match = _AGAINST_ITSELF.search(fold(reached))
    if match is None or Fraction(match["limit"]) > Fraction(match["reached"]):
        return None
    zh, en = f"完成值“{reached}”前后矛盾，请核对", f"the actual “{reached}” contradicts itself"
    return Message(zh, en)


def _not_all_counted(found: Comparison, target: Reading, remarks: Iterable[str], row: Written) -> Comparison | None:
    """Leave a row open that is met, or missed, only because something was not taken off, or not counted."""
    if isinstance(target, Bound) and found.met is False:
        for remark in map(fold, remarks):
            other = _NUMBER_WITHOUT.search(remark)
            if other is not None and not _is_less(other["amount"], target, row) and target.op not in UPPER:
                zh, en = f"“{other[0]}”算不算，要由人定", f"whether “{other[0]}” counts is for a person"
                return Comparison(undecided=Diagnostic("PF516", Message(zh, en), BY_HAND))
    for remark in map(fold, remarks):
        counted = _UNCOUNTED.search(remark)
        if counted is None or found.met is None or not isinstance(target, Bound):
            continue
        # 未扣除 makes the number too large, 未含 too small.
        is_too_large = counted["too_large"] is not None
        if found.met is not (is_too_large is (target.op in UPPER)):
            zh, en = f"完成值“{counted[0]}”，会不会改变结果要由人定", f"the actual says “{counted[0]}”"
            return Comparison(undecided=Diagnostic("PF516", Message(zh, en), BY_HAND))
    return None


def _remarks_on_it(actual: Actual, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the remarks on a number, and the other results that say what it was in the end: 500人，实发462人."""
    return (*_remarks(actual), *(one for one in others if one.startswith(("实", "最终", "仅", "只"))))


def _with(found: Comparison, against: Unanswered) -> Comparison:
    """Return a row that its number meets, and other words do not, as missed or for a person."""
    if against.is_missed:
        return replace(found, met=False, assumptions=(*found.assumptions, Assumption("missed", against.why)))
    return Comparison(undecided=Diagnostic("PF516", against.why, BY_HAND))


def _against(target: Reading, actual: Actual, row: Written, remarks: Iterable[str]) -> Unanswered | None:
    """Return what speaks against a row that its number meets."""
    found = _yet_one(target, row) or _fewer(target, row, remarks)
    if found is None and not any(one.key == "each_of_them" for one in actual.assumptions):
        found = _each(fold(row.target), fold(row.actual))
    if found is None and not any(one.key == "related" for one in actual.assumptions):
        found = _other_time(f"{fold(row.name)},{fold(row.target)}", fold(row.actual))
    return found or unanswered(row.name, row.target, row.actual, row.year)


def _fewer(target: Reading, row: Written, remarks: Iterable[str]) -> Unanswered | None:
    """Return that a remark has a lower number of the same, 60名（实际报到52名）, or a step before the result."""
    known = fold(row.own)
    if not isinstance(target, Bound) or target.op in UPPER:
        return None
    for remark in map(fold, remarks):
        stage, fewer = _STAGE_BEFORE.search(remark), _FEWER.search(remark)
        is_result = fewer is not None and fewer["really"] is not None
        if stage is not None and stage[0].strip("()") not in known:
            words = stage[0]
        elif fewer is not None and _is_less(fewer["amount"], target, row):
            words = fewer[0]
        elif (some := _SOME_NOT_YET.search(remark)) is not None:
            words = next((one for one in quoted(remark) if some[0] in one), some[0])
        else:
            continue
        words = as_written(words, row.actual)
        if is_result and "(" in remark:
            return Unanswered(Message(f"完成值写明“{words}”", f"the actual says “{words}”"), is_missed=True)
        return Unanswered(
            Message(
                f"完成值“{row.actual}”写着“{words}”，算不算完成要由人定",
                f"the actual “{row.actual}” says “{words}”: whether that counts is for a person",
            )
        )
    return None


def _yet_one(target: Reading, row: Written) -> Unanswered | None:
    """Return that there was one of what there was to be none of: 0起，发生一起火情."""
    if not isinstance(target, Bound) or target.quantity.value:
        return None
    words = next((one for one in _CLAUSES.split(fold(row.actual)) if _YET_ONE.search(one)), "")
    if not words:
        return None
    words = as_written(words, row.actual)
    zh, en = f"完成值“{row.actual}”还写着“{words}”，没有计入", f"the actual also says “{words}”, which is not counted"
    return Unanswered(Message(zh, en))


def _is_less(text: str, target: Bound, row: Written) -> bool:
    reading = read_actual(text, None)
    if isinstance(reading, Measured) and reading.quantity.unit is None:
        reading = read_actual(text, row.unit or target.quantity.written)
    if not isinstance(reading, Measured) or reading.quantity.dimension != target.quantity.dimension:
        return False
    return reading.quantity.base < target.quantity.base


def _less_than_asked(actual: Level | Dated, row: Written) -> Message | None:
    """Return why a date or words speak of less than their row: 6月底前部分发放, 未发生重大安全事故."""
    if row.target.strip() == row.actual.strip():
        return None
    word = _other_deed(row) if isinstance(actual, Dated) else ""
    if isinstance(actual, Level) and _MOVED.search(actual.text) and _of_others(row.target, actual.text):
        return _of_last_year(row.target, row.actual)
    if not word and isinstance(actual, Level) and is_nothing(none := first_of_nothing(actual.text)):
        word = narrower_word(none, row.own) or other_harm(none_said(none), row.own)
    if not word:
        return None
    return Message(
        f"完成值“{row.actual}”只说“{word}”，指标没有这样写",
        f"the actual “{row.actual}” speaks of “{word}” only; the indicator does not",
    )


def _other_deed(row: Written) -> str:
    """Return what an actual dates in place of what its row asks for: a part of it, or another deed."""
    if word := partial_word(row.actual, row.own):
        return word
    deed = deed_dated(row.actual)
    if (conditions := _CONDITIONS_MET.search(deed)) is not None and conditions[0] not in fold(row.own):
        return conditions[0]
    if (trial := on_trial(deed)) and "试" not in row.own:
        return trial
    if dates_stage_before(row.target, deed, row.name):
        return deed
    strange = _beside_deed(deed, row.own) if row.name else ()
    return _joined((next((words for words in strange if _HAN.search(words)), ""),))


def _beside_deed(deed: str, known: str) -> tuple[str, ...]:
    """Return what a deed says beside the row's own words, but where it was done: 验收准备 under 验收时间."""
    said = _PHASE.sub("", _WHERE.sub("", deed))
    return (*strange_words(said, known), *left_out_words(said, known))


def quoted(sentence: str) -> list[str]:
    """Return the words that a sentence quotes.

    >>> quoted("“其中2条完工”没有当作结果")
    ['其中2条完工']
    """
    return _QUOTED.findall(sentence)


def deed_dated(actual: str) -> str:
    """Return what an actual dates, without the date.

    >>> deed_dated("2024年9月已取得施工许可证"), deed_dated("9月20日前完成"), deed_dated("2024年12月底")
    ('已取得施工许可证', '完成', '')
    """
    return " ".join(_DATES.sub(" ", _KEPT_BESIDE.sub("", fold(actual))).split()).strip(",;。()")


def _missed(found: Comparison, reached: str, words: str) -> Comparison:
    """Follow the form's own verdict, where its numbers do not contradict it."""
    words = as_written(words, reached)
    if found.met:
        message = Message(
            f"完成值“{reached}”的数达到了指标值，文字却写“{words}”",
            f"the number of the actual “{reached}” meets the target, but its words say “{words}”",
        )
        return Comparison(undecided=Diagnostic("PF516", message, BY_HAND))
    if found.met is False:
        return found
    message = Message(f"完成值自己写明“{words}”，视为未达标", f"the actual says itself “{words}”; taken as missed")
    return replace(found, met=False, undecided=None, assumptions=(*found.assumptions, Assumption("missed", message)))


def _other_rank(target: Reading, actual: Actual, row: Written) -> Message | None:
    """Return that what was counted is not of the rank that a row asks for: 1家四星级景区 under 1家4A级景区."""
    asked, given = ranks_asked(row.target, row.name), ranks_in(actual.label) if isinstance(actual, Measured) else {}
    if not (asked and given) or _is_of_harm(target) or is_of_rank(asked, given) is True:
        return None
    return Message(
        f"完成值“{row.actual}”的等级与指标要求的不同，能不能算要由人定",
        f"the actual “{row.actual}” is of another rank than the indicator asks for",
    )


def _objection(
    target: Reading, actual: Actual, row: Written, remarks: Iterable[str], *, is_of_year: bool
) -> Message | None:
    """Return why a number is not simply the achievement of its target; one of the year answers one of each month."""
    wanted, reached = row.own, row.actual
    harm = _is_of_harm(target)
    is_measure = isinstance(target, Level) and isinstance(actual, Change) and side_of_measure(actual.label) is not None
    for words in (strange_words(label, wanted, harm=harm) for label in _labels(actual) if not is_measure):
        if words:
            text = _joined([as_written(word, reached) for word in words])
            return Message(
                f"完成值“{reached}”里的“{text}”，指标名称和指标值都没有，看不出数的是不是同一件事",
                f"“{text}” in the actual “{reached}” is neither in the name nor in the target",
            )
    reversed_ = next((one for one in actual.assumptions if one.key == "reversed"), None)
    counted = () if reversed_ is None else quoted(reversed_.message.zh)
    if reversed_ is not None and not isinstance(target, Level) and not any(word in wanted for word in counted):
        return Message(
            f"完成值“{reached}”{reversed_.message.zh}，不是指标要的",
            f"of the actual “{reached}”, {reversed_.message.en}: not what the indicator asks for",
        )
    graver = graver_word(reached, target.text) if isinstance(target, Level) and actual.label else ""
    if graver:
        return Message(
            f"指标值说的是“{graver}”，完成值“{reached}”没有写是不是",
            f"the target speaks of “{graver}”; the actual “{reached}” does not say whether it is",
        )
    if isinstance(target, Level) and isinstance(actual, Change) and _of_others(target.text, reached):
        return _of_last_year(target.text, reached)
    excluded = None if is_of_year else excluded_words(reached, wanted)
    if excluded is not None:
        return Message(
            f"完成值写的是“{excluded[0]}”，指标写的是“{excluded[1]}”，不是一回事",
            f"the actual says “{excluded[0]}”, the indicator “{excluded[1]}”: not the same thing",
        )
    if (other := _other_window(wanted, reached)) is not None:
        return Message(
            f"完成值说的是“{other[0]}”，指标说的是“{other[1]}”，看不出合不合要求",
            f"the actual is for “{other[0]}”, the indicator for “{other[1]}”",
        )
    arrow = next((arrow for arrow in "↑↓" for one in _remarks(actual) if f"“{arrow}”" in one), "")
    if arrow and not _only_rises(target, wanted, arrow):
        return Message(
            f"完成值“{reached}”里的“{arrow}”，看不出是升降了这么多，还是升降到这个数",
            f"“{arrow}” in the actual “{reached}” may say by how much it moved, or that it moved to that",
        )
    undone = next(
        (one for one in remarks if (word := undone_in(one)) and word not in wanted and not _COMES_AFTER.match(one)),
        None,
    )
    if undone is not None:
        undone = quoted(undone)[0] if undone.startswith("“") else undone
        return Message(
            f"完成值“{reached}”写着“{undone}”，算不算完成要由人定",
            f"the actual “{reached}” says “{undone}”: whether that counts is for a person",
        )
    return None


def _other_rate(label: str, known: str) -> str:
    """Return the rate that a label names, where it is neither the row's own nor how much something moved."""
    rate = _RATE.search(label)
    return "" if rate is None or rate[0] in known or _OF_A_CHANGE.search(label) else rate[0]


def _only_rises(target: Reading, wanted: str, arrow: str) -> bool:
    """Return whether 95%↑ can only be a value that has risen: of what should be much, and is no change."""
    return arrow == "↑" and isinstance(target, Bound) and target.op not in UPPER and not _OF_A_CHANGE.search(wanted)


def _other_window(wanted: str, reached: str) -> tuple[str, str] | None:
    """Return the times of an actual and of its indicator, where they differ: 全年 and 汛期, 30秒 and 15秒."""
    known = fold(wanted)
    if "各" in known and _EACH_TIME.search(known) is not None:
        return None
    asked = [match[0] for match in _WINDOW.finditer(known) if match[0] != _WHOLE_YEAR]
    said = [match[0] for match in _WINDOW.finditer(fold(reached)) if match[0] not in known]
    return (said[0], asked[0]) if asked and said else None


def _of_others(wanted: str, reached: str) -> bool:
    """Return whether 高于全省平均水平 is answered by a move over last year, and not by 高出2.1个百分点."""
    return _OTHERS.search(fold(wanted)) is not None and _BESIDE_OTHERS.search(fold(reached)) is None


def _of_last_year(wanted: str, reached: str) -> Message:
    return Message(
        f"完成值“{reached}”没有写“{wanted}”里的别处是多少",
        f"the actual “{reached}” does not tell how the others of “{wanted}” stand",
    )


def _is_of_harm(target: Reading) -> bool:
    """Return whether a target limits what should not happen, so that 发生1起 counts just that."""
    match target:
        case Level():
            return True
        case Bound(op=op, quantity=quantity):
            return op in UPPER or quantity.value == 0
    return False


def _joined(labels: Iterable[str]) -> str:
    """Return labels for a sentence; … stands for the number inside one."""
    return _GAP.sub("…", "”“".join(labels))


def in_cells_words(found: Comparison, target: Reading, actual: Reading, row: Written) -> Comparison:
    """Return a comparison whose sentences quote the cells where their readings are not what stands in them."""
    found = _open_in_cells_words(found, target, actual, row)
    for reading, text in ((target, row.target), (actual, row.actual)):
        if isinstance(reading, Change) and text.strip():
            found = _quoting(found, reading, text.strip())
    return found


def _open_in_cells_words(found: Comparison, target: Reading, actual: Reading, row: Written) -> Comparison:
    if found.undecided is None or found.undecided != not_comparable(target, actual):
        return found
    said = [(reading, text, shown(reading, "zh")) for reading, text in ((target, row.target), (actual, row.actual))]
    kept = [_bare(quote) in _bare(text) or not text.strip() for _, text, quote in said]
    if all(kept) or is_same_wording(str(target), str(actual)):
        return found
    (asked, asked_en), (given, given_en) = (
        (quote, shown(reading, "en")) if is_kept else (text.strip(), text.strip())
        for (reading, text, quote), is_kept in zip(said, kept, strict=True)
    )
    message = Message(
        f"完成值“{given}”与指标值“{asked}”无法直接比较",
        f"the actual “{given_en}” cannot be compared with the target “{asked_en}”",
    )
    return replace(found, undecided=replace(found.undecided, message=message))


def _quoting(found: Comparison, change: Change, text: str) -> Comparison:
    """Return a comparison whose sentences name a change with the word of its cell: 上升8%, and not 增长8%."""

    def quoted_in(message: Message) -> Message:
        zh, en = message.zh, message.en
        for said in (str(change), change.in_words("zh"), change.in_words("en")):
            zh, en = zh.replace(f"“{said}”", f"“{text}”"), en.replace(f"“{said}”", f"“{text}”")
        return Message(zh, en)

    undecided = found.undecided
    if undecided is not None:
        undecided = replace(undecided, message=quoted_in(undecided.message))
    assumptions = tuple(replace(one, message=quoted_in(one.message)) for one in found.assumptions)
    return replace(found, undecided=undecided, assumptions=assumptions)


def _bare(text: str) -> str:
    return fold_without_spaces(text).replace(",", "")


def as_written(words: str, written: str) -> str:
    """Return words of a folded cell as they stand in it: with its own commas and brackets, both of a pair.

    >>> as_written("企业意愿下降)", "1.3亿元（受影响，企业意愿下降）"), as_written("取消,未开展", "取消，未开展")
    ('（受影响，企业意愿下降）', '取消，未开展')
    """
    start = fold(written).find(words)
    if start < 0 or not words:
        return words
    end = start + len(words)
    if words.count(")") > words.count("("):
        start = max(fold(written).rfind("(", 0, start), 0)
    return written[start:end]


def _clause_of(part: Reading, row: Written) -> str:
    """Return the clause of an actual that a result was read from; the result in words where no clause is it alone."""
    for clause in _CLAUSES.split(row.actual):
        if str(read_actual(clause, None)) == str(part):
            return clause
    return f"{part.label}{part.in_words()}"


def _said(words: str) -> Assumption:
    words = _joined((words,))
    return Assumption("words", Message(f"完成值里的“{words}”没有计入", f"“{words}” in the actual is left out"))


def _labels(reading: Reading) -> Iterator[str]:
    """Yield the words around each number, without brackets."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from _labels(part)
    if reading.label:
        yield _BRACKETS.sub("", reading.label)


def _remarks(reading: Reading) -> Iterator[str]:
    """Yield what stands beside the numbers: clauses and brackets of their own, and what was put aside."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from _remarks(part)
    yield from reading.beside
    yield from _BRACKETS.findall(reading.label)
    yield from (one.message.zh for one in reading.assumptions if one.key == "left_out")


# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_LIMIT, _DATE, _OCCASION, _END_OF_YEAR = rules("by_a_day", "on_a_day", "by_an_occasion", "end_of_year")
_OTHER_TIME, _OF_A_PERIOD = rules("of_another_time", "asks_of_a_period")
_AFTER_OCCASION, _BEFORE_OCCASION, _HOLIDAY = rules("after_an_occasion", "before_an_occasion", "holiday")
_LATER_STEP, _WITH_LEAVE, _NUMBER_WITHOUT = rules("later_step", "put_off_with_leave", "number_without")
_EACH, _BASE, _TWO_THINGS, _PART = rules("of_each", "since_a_year", "two_things", "part_of_it")


class Unanswered(NamedTuple):
    """Why a target that its number meets is not simply met; `is_missed` where the actual says that it is not."""

    why: Message
    is_missed: bool = False


def unanswered(name: str, target: str, actual: str, year: int | None) -> Unanswered | None:
    """Return what a target asks for beside its number and the actual does not answer.

    >>> unanswered("支付进度", "9月底前支付≥80%", "12月底支付82%", 2023).is_missed
    True
    >>> unanswered("建成数量", "建成2个并投入使用", "建成2个", 2023).is_missed
    False
    >>> unanswered("培训人数", "全年培训≥80人", "培训82人", 2023)
    """
    wanted, reached = fold(target), fold(actual)
    if wanted == reached:
        return None
    for found in (
        _late(wanted, reached, year, f"{fold(name)},{wanted}"),
        _other_year(wanted, reached, year),
        _part(wanted, reached),
        _words(fold(name), wanted, reached),
    ):
        if found is not None:
            return found
    return None


def _late(wanted: str, reached: str, year: int | None, own: str) -> Unanswered | None:
    limit = _LIMIT.search(wanted)
    if limit is None:
        occasion = _OCCASION.search(wanted)
        if occasion is None or occasion[0] in reached:
            return None
        return _after(occasion[0], wanted, reached) or _not_said(occasion[0])
    day = _DATE.search(reached)
    if day is None and (holiday := _HOLIDAY.search(reached)) is not None and holiday.lastgroup is not None:
        first = f"{holiday.lastgroup.removeprefix('m')}月1日"
        found = _late(wanted, f"{reached[: holiday.start()]}{first}", year, own)
        return found if found is not None and found.is_missed else _not_said(limit[0])
    if day is None:
        return None if _END_OF_YEAR.search(limit["day"]) else _not_said(limit[0])
    last, done = Deadline(limit[0]).last_day(year or ANY_YEAR), Dated(day[0]).last_day(year or ANY_YEAR)
    if last is None or done is None:
        return _not_said(limit[0])
    if done <= last:
        return None
    if _is_of_later_step(reached[day.end() :], own):
        return _not_said(limit[0])
    return Unanswered(Message(f"“{day[0]}”晚于“{limit[0]}”", f"“{day[0]}” is later than “{limit[0]}”"), is_missed=True)


def _after(occasion: str, wanted: str, reached: str) -> Unanswered | None:
    """Return that something was done after what it was to be done before: 开学后完成 under 开学前完成."""
    before = _BEFORE_OCCASION.sub("", occasion)
    for found in _AFTER_OCCASION.finditer(reached):
        is_that = found["what"].endswith(before) or before.endswith(found["what"])
        if is_that and not _is_of_later_step(reached[found.end() :], wanted):
            why = Message(f"“{found[0]}”晚于“{occasion}”", f"“{found[0]}” is later than “{occasion}”")
            return Unanswered(why, is_missed=True)
    return None


def is_late(row: Written) -> bool:
    """Return whether a row tells of a day, or of an occasion, after the one that its target asks for.

    >>> is_late(Written("造林", "3月底前600亩", "", "4月中旬600亩", 2024))
    True
    """
    said = fold(row.actual)
    if _CLAUSES.search(said) or _is_of_later_step(said, fold(row.own)):
        return False
    found = _late(fold(row.target), said, row.year, fold(row.own))
    return found is not None and found.is_missed


def _is_of_later_step(said: str, own: str) -> bool:
    """Return whether words are of a step behind the result, which the row does not name: 10月验收."""
    found = _LATER_STEP.search(said)
    return found is not None and found[0] not in own


def _other_year(wanted: str, reached: str, year: int | None) -> Unanswered | None:
    one, other = _BASE.search(wanted), _BASE.search(reached)
    if one is None or other is None:
        return None
    last = None if year is None else str(year - 1)
    if len({one["year"] or last, other["year"] or last} - {None}) < 2:
        return None
    zh, en = f"指标值“{one[0]}”，完成值“{other[0]}”，基期不同", f"“{one[0]}” and “{other[0]}” are of other years"
    return Unanswered(Message(zh, en))


def _other_time(own: str, reached: str) -> Unanswered | None:
    """Refuse a number of another year, of a part of one, or a mean, where the row asks for none of these: 上年98%."""
    found = _OTHER_TIME.search(reached)
    if found is None or _OF_A_PERIOD.search(own):
        return None
    when = found["aside"] or found["year"] or found["mean"]
    return None if when in own else Unanswered(Message(f"完成值是“{when}”的数", f"the actual is a number of “{when}”"))


def _part(wanted: str, reached: str) -> Unanswered | None:
    """Compare （其中高级工≥300） with the same bracket of the actual."""
    part = _PART.search(wanted)
    if part is None:
        return None
    name = part["name"].strip("为是:：")
    again = re.search(rf"{re.escape(name)}[^0-9]{{0,4}}(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)", reached)
    if again is None:
        return _not_said(part[0][1:]) if part["sign"] else None
    least, most = (Fraction(one["number"].replace(",", "")) for one in (part, again))
    if most >= least:
        return None
    text = part[0][1:]
    message = Message(f"指标值“{text}”，完成值是“{again[0]}”", f"the target asks “{text}”, the actual has “{again[0]}”")
    return Unanswered(message, is_missed=part["sign"] is not None)


def _each(wanted: str, reached: str) -> Unanswered | None:
    is_of_each = _EACH_OF_THEM.search(wanted) or _EACH_PLACE.search(wanted)
    if is_of_each and "平均" not in wanted and _MEAN_OF_THEM.search(reached):
        zh = f"指标值“{wanted}”是分别计的，完成值“{reached}”是总的"
        return Unanswered(Message(zh, f"“{wanted}” counts each apart; the actual is that of all of them"))
    if (
        wanted == reached
        or _EACH.search(wanted) is None
        or "各" in reached
        or "分别" in reached
        or _EACH_TIME.fullmatch(wanted)
    ):
        return None
    zh = f"指标值“{wanted}”是分别计的，完成值没有写各是多少"
    return Unanswered(Message(zh, f"“{wanted}” counts each apart; the actual does not say how many each"))


def _words(name: str, wanted: str, reached: str) -> Unanswered | None:
    word = next(
        (one for one in further_words(wanted) if not _says_of_name(name, one) and not _says(reached, one)), None
    )
    return None if word is None else _not_said(word)


def _says_of_name(name: str, word: str) -> bool:
    """Return whether a name asks for just that; 制作及播出 asks for two things, of which one number tells one."""
    return word in name or (_says(name, word) and _TWO_THINGS.search(name) is None)


def _says(text: str, word: str) -> bool:
    return word.removeprefix("并") in text


def _not_said(words: str) -> Unanswered:
    return Unanswered(
        Message(f"指标值还要求“{words}”，完成值没有写", f"the target also asks “{words}”; the actual does not say")
    )
