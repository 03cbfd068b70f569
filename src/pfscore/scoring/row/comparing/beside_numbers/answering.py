"""Which part of the actual answers its target: one of several numbers, a date, or the words beside a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pfscore.cells.lexicon.around import graver_word, strange_words
from pfscore.cells.lexicon.claims import claim_of
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import forbids, says_undone
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import (
    Achieved,
    Actual,
    AllOf,
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
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import CLAUSES, ITEMS, Written, deed_dated, quoted
from pfscore.scoring.row.comparing.comparison import no_result
from pfscore.scoring.row.comparing.dates import ANY_YEAR
from pfscore.scoring.row.comparing.plain_answers import (
    answer_in_words,
    in_time_each_month,
    is_nothing,
    is_same_wording,
    of_its_measure,
    says_itself,
)

# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_EMPTY_OF_DATE, _KEPT_BESIDE = rules("empty_of_date", "kept_beside_date")
_PUT_OFF, _DATED_DEED, _AFTER_DAY = rules("put_off_to_day", "dated_deed", "after_a_day")
# In grammar/words/denial.txt.
_DENIAL = rule("denial")
#: What says that a result counts what went wrong, or was only begun.
_TURNED = frozenset({"reversed", "counts_instead"})


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
    fitting = [part for part in actual.parts if measure_of(part) == measure_of(target)]
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
    deeds = [(clause, _EMPTY_OF_DATE.sub("", fold(clause))) for clause in ITEMS.split(row.actual)]
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
    claim, first = claim_of(target.text), CLAUSES.split(fold(row.actual))[0]
    return (claim is None or claim.ways == {0}) and not any(map(str.isdecimal, first)) and len(first) > 1


def _none_so_grave(target: Level, row: Written) -> Level | None:
    """Return the clause that denies what a target forbids, where the others tell only of what is less grave.

    未发生重大安全事故，发生一般安全事件1起 answers 无重大安全事故.
    """
    clauses = [clause for clause in CLAUSES.split(fold(row.actual)) if clause]
    if len(clauses) < 2 or not is_nothing(target.text) or not is_same_wording(target.text, clauses[0]):
        return None
    if not all(graver_word(clause, target.text) for clause in clauses[1:]):
        return None
    others = "，".join(clauses[1:])
    return Level(clauses[0], assumptions=(no_result(others),))


def _said_beside_number(target: Level, row: Written) -> Level | None:
    """Return the words behind a number that answer its target: 保持稳定 ← 67.2%，与上年持平."""
    number, *clauses = [clause for clause in CLAUSES.split(fold(row.actual)) if clause]
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


def measure_of(part: Reading) -> object:
    """Return what a reading measures: the dimension of its unit, and of a change that it is one."""
    match part:
        case Bound(quantity=quantity) | Measured(quantity=quantity) | Achieved(quantity=quantity):
            return quantity.dimension
        case Between(low=low):
            return low.dimension
        case Change(quantity=quantity):
            return part.kind, quantity.dimension
    return part.kind, None


def _clause_of(part: Reading, row: Written) -> str:
    """Return the clause of an actual that a result was read from; the result in words where no clause is it alone."""
    for clause in ITEMS.split(row.actual):
        if str(read_actual(clause, None)) == str(part):
            return clause
    return f"{part.label}{part.in_words()}"
