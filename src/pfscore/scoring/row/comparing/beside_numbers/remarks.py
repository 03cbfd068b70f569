"""Remarks beside a number, by which it may be less, or not all that counts: 52公里（实测48公里）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.quantities import RATIO, Quantity
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import UPPER, Actual, Bound, Measured, Reading
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.answering import measure_of
from pfscore.scoring.row.comparing.beside_numbers.asked_beside import Unanswered
from pfscore.scoring.row.comparing.beside_numbers.written import CLAUSES, ITEMS, Pair, Written, as_written, quoted
from pfscore.scoring.row.comparing.comparison import Comparison, left_open
from pfscore.scoring.row.comparing.numbers import amounts

#: One number, and one bracket behind it.
_BRACKET = re.compile(r"[^0-9()]*[0-9][0-9,.]*[^0-9()]*\((?P<remark>[^()]{2,})\)[。;]?")
#: A label and a number without unit: 线下150.
_ALONE = re.compile(r"(?P<label>[一-龥]{2,6})(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)")
# The rules are described, with rows, in grammar/words/remarks.txt.
_ANOTHER, _OF_RESULT, _SAME = rules("of_something_else", "of_a_result", "of_the_same")
_SOME_LACK, _NONE, _LOST = rules("some_lack", "of_none", "lost_of_them")
_NOT_CERTAIN, _OF_MAKE = rules("not_certain", "of_what_make")
# In grammar/words/beside_numbers.txt.
_KIND = rule("kind_of_them")
_FEWER, _STAGE_BEFORE, _SOME_NOT_YET, _YET_ONE = rules("fewer_after_all", "stage_before", "some_not_yet", "yet_one")
_UNCOUNTED = rule("not_all_counted")
_OTHERS = rule("others_beside")  # in grammar/words/several_numbers.txt


def unless_less(found: Comparison, pair: Pair) -> Comparison:
    """Leave a row open that is met by a number that may be less, by a remark beside it: 52公里（实测48公里）.

    A lower number of the same in a bracket may be the result as well as the one before it, unless words say what else
    it is: 52公里（上年48公里）. So may a sort of number that is no result, 5200册（合同数）; and what lacks a part,
    100%（除2标段）, or lost some, 10座，误报4座, is not all of it. Under a ceiling, a higher number by another count
    may be the result, 1.8%（另一口径2.4%）; and a number that nobody is sure of is none.
    """
    target, row = pair.target, pair.row
    if not found.met or pair.is_computed or not isinstance(target, Bound):
        return found
    if not (remark := _less_by(found, target, row)):
        return found
    remark = as_written(remark, row.actual)
    zh = f"完成值“{row.actual}”还写着“{remark}”，实际是多少要由人定"
    en = f"the actual “{row.actual}” also says “{remark}”: what was reached is for a person"
    return left_open(Message(zh, en))


def _less_by(found: Comparison, target: Bound, row: Written) -> str:
    """Return the remark by which a number may be less than it says; nothing where none is doubtful."""
    text, known = fold(row.actual), fold(row.own)
    beside = _BRACKET.fullmatch(text)
    is_ceiling = found.direction == "lower"
    if beside is not None and beside["remark"] not in known:
        is_doubtful = _is_more if is_ceiling else _is_doubtful
        if _NOT_CERTAIN.fullmatch(beside["remark"]) or is_doubtful(target, beside["remark"], row):
            return f"({beside['remark']})"
    if is_ceiling:
        return ""
    clauses = [clause for clause in CLAUSES.split(text) if clause and clause not in known]
    return next((one for one in clauses if _SOME_LACK.search(one) or _loses(found, target, one, row.unit)), "")


def _is_doubtful(target: Bound, remark: str, row: Written) -> bool:
    """Return whether a bracket beside a number may hold the true one, or says that the number is none of a result."""
    if not any(map(str.isdecimal, remark)):
        if (none := _NONE.match(remark)) is not None:
            return remark[none.end() :] in fold(row.target)  # 4辆(含云梯车1辆) ← 4辆(无云梯车)
        return not (_OF_RESULT.search(remark) or _OF_MAKE.fullmatch(remark)) and bool(strange_words(remark, row.own))
    alone = _ALONE.fullmatch(remark)
    if alone is not None and alone["label"] in fold(row.name):
        return any(_is_less(f"{alone['number']}{unit}", target, row) for unit in ("", target.quantity.unit or ""))
    if _ANOTHER.search(remark) is not None or _KIND.match(remark) is not None:
        return False
    if target.quantity.unit == RATIO and not _SAME.search(remark):
        return False  # 96%（乡镇88%）
    return any(one.most < target.quantity.base for one in amounts(remark, target, row.unit))


def _is_more(target: Bound, remark: str, row: Written) -> bool:
    """Return whether a bracket beside a number under a ceiling has a higher one of the same: 1.8%（另一口径2.4%）."""
    others = amounts(remark, target, row.unit) if _SAME.search(remark) and not _ANOTHER.match(remark) else []
    return any(one.least > target.quantity.base for one in others)


def _loses(found: Comparison, target: Bound, clause: str, unit: str) -> bool:
    """Return whether a clause counts some that were lost, or counted wrongly, without which a target is missed."""
    if found.actual is None or not any(map(str.isdecimal, clause)):
        return False
    reached, limit = Quantity(found.actual, target.quantity.unit).base, target.quantity.base
    return any(_LOST.search(one.words) and reached - one.least < limit for one in amounts(clause, target, unit))


def fewer(target: Reading, row: Written, remarks: Iterable[str]) -> Unanswered | None:
    """Return that a remark has a lower number of the same, 60名（实际报到52名）, or a step before the result."""
    known = fold(row.own)
    if not isinstance(target, Bound) or target.op in UPPER:
        return None
    for remark in map(fold, remarks):
        if any(map(_OTHERS.search, quoted(remark))):
            continue  # 1450个，另完成社区书屋60个
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


def yet_one(target: Reading, row: Written) -> Unanswered | None:
    """Return that there was one of what there was to be none of: 0起，发生一起火情."""
    if not isinstance(target, Bound) or target.quantity.value:
        return None
    words = next((one for one in ITEMS.split(fold(row.actual)) if _YET_ONE.search(one)), "")
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


def not_all_counted(found: Comparison, target: Reading, row: Written, remarks: Iterable[str]) -> Comparison | None:
    """Leave a row open that is met, or missed, only because something was not taken off, or not counted."""
    for remark in map(fold, remarks):
        counted = _UNCOUNTED.search(remark)
        if counted is None or found.met is None or not isinstance(target, Bound) or counted[0] in fold(row.own):
            continue
        # 未扣除 makes the number too large, 未含 too small.
        is_too_large = counted["too_large"] is not None
        if found.met is not (is_too_large is (target.op in UPPER)):
            zh, en = f"完成值“{counted[0]}”，会不会改变结果要由人定", f"the actual says “{counted[0]}”"
            return left_open(Message(zh, en))
    return None


def may_be_parts(
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
    more = [one.quantity.base for one in held if isinstance(one, Measured) and measure_of(one) == measure_of(target)]
    if len(more) < len(others) or actual.quantity.base + sum(more) < target.quantity.base:
        return None
    zh = f"完成值“{row.actual}”里的几个数是不是合起来算，要由人定"
    return Message(zh, f"whether the numbers of the actual “{row.actual}” are added up is for a person")


def _beside(words: str, text: str) -> str:
    """Return the letters before and behind words of a text."""
    before, _, behind = text.partition(words)
    return before[-1:] + behind[:1]
