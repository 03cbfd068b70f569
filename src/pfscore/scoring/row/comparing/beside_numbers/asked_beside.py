"""What a target asks beside its number (9月底前, 各1次, 其中高级工≥300), and the actual does not answer."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.lexicon.around import further_words
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Dated, Deadline
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import ITEMS, Written
from pfscore.scoring.row.comparing.dates import ANY_YEAR, span_of_holiday

# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_LIMIT, _DATE, _OCCASION, _END_OF_YEAR = rules("by_a_day", "on_a_day", "by_an_occasion", "end_of_year")
_OTHER_TIME, _OF_A_PERIOD = rules("of_another_time", "asks_of_a_period")
_AFTER_OCCASION, _BEFORE_OCCASION = rules("after_an_occasion", "before_an_occasion")
_EACH, _BASE, _TWO_THINGS, _PART, _LATER_STEP = rules(
    "of_each", "since_a_year", "two_things", "part_of_it", "later_step"
)
# In grammar/words/dates.txt and by_label.txt.
_EACH_TIME, _AFTER_HOLIDAY = rules("each_time", "after_holiday")
_EACH_OF_THEM, _EACH_PLACE, _MEAN_OF_THEM = rules("each_of_them", "each_place", "mean_of_them")


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
        other_year(wanted, reached, None if year is None else str(year - 1)),
        _part(wanted, reached),
        _words(fold(name), wanted, reached),
    ):
        if found is not None:
            return found
    return None


def is_late(row: Written) -> bool:
    """Return whether a row tells of a day, or of an occasion, after the one that its target asks for.

    >>> is_late(Written("造林", "3月底前600亩", "", "4月中旬600亩", 2024))
    True
    """
    said = fold(row.actual)
    if ITEMS.search(said) or _is_of_later_step(said, fold(row.own)):
        return False
    found = _late(fold(row.target), said, row.year, fold(row.own))
    return found is not None and found.is_missed


def _late(wanted: str, reached: str, year: int | None, own: str) -> Unanswered | None:
    limit = _LIMIT.search(wanted)
    if limit is None:
        occasion = _OCCASION.search(wanted)
        if occasion is None or occasion[0] in reached:
            return None
        return _after(occasion[0], wanted, reached) or _not_said(occasion[0])
    day = _DATE.search(reached)
    if day is None and (holiday := _AFTER_HOLIDAY.search(reached)) is not None:
        first, _ = span_of_holiday(holiday)
        found = _late(wanted, f"{reached[: holiday.start()]}{int(first[:2])}月{int(first[2:])}日", year, own)
        return found if found is not None and found.is_missed else _not_said(limit[0])
    if day is None:
        return None if _END_OF_YEAR.search(limit["day"]) else _not_said(limit[0])
    last, done = Deadline(limit[0]).last_day(year or ANY_YEAR), Dated(day[0]).completed(year or ANY_YEAR)
    if last is None or done is None:
        return _not_said(limit[0])
    if done[1] <= last:
        return None
    if done[0] <= last or _is_of_later_step(reached[day.end() :], own):
        return _not_said(limit[0])
    return Unanswered(Message(f"“{day[0]}”晚于“{limit[0]}”", f"“{day[0]}” is later than “{limit[0]}”"), is_missed=True)


def _after(occasion: str, wanted: str, reached: str) -> Unanswered | None:
    """Return that something was done after what it was to be done before: 开学后完成 under 开学前完成."""
    before = _BEFORE_OCCASION.sub("", occasion)
    for found in _AFTER_OCCASION.finditer(reached):
        what = found["what"] or found["later"]
        is_that = what.endswith(before) or before.endswith(what)
        if is_that and not _is_of_later_step(reached[found.end() :], wanted):
            why = Message(f"“{found[0]}”晚于“{occasion}”", f"“{found[0]}” is later than “{occasion}”")
            return Unanswered(why, is_missed=True)
    return None


def _is_of_later_step(said: str, own: str) -> bool:
    """Return whether words are of a step behind the result, which the row does not name: 10月验收."""
    found = _LATER_STEP.search(said)
    return found is not None and found[0] not in own


def other_year(wanted: str, reached: str, last: str | None) -> Unanswered | None:
    """Return that a number is measured by another year than its target (`last` is 上年): 较2020年降13% ← 较上年降3%."""
    one, other = _BASE.search(wanted), _BASE.search(reached)
    if one is None or other is None:
        return None
    if len({one["year"] or last, other["year"] or last} - {None}) < 2:
        return None
    zh, en = f"指标值“{one[0]}”，完成值“{other[0]}”，基期不同", f"“{one[0]}” and “{other[0]}” are of other years"
    return Unanswered(Message(zh, en))


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


def each_untold(wanted: str, reached: str) -> Unanswered | None:
    """Return that a target counts each apart, 各10场, and the actual does not tell how many each."""
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


def of_another_time(own: str, reached: str) -> Unanswered | None:
    """Refuse a number of another year, of a part of one, or a mean, where the row asks for none of these: 上年98%."""
    found = _OTHER_TIME.search(reached)
    if found is None or _OF_A_PERIOD.search(own):
        return None
    when = found["aside"] or found["year"] or found["mean"]
    return None if when in own else Unanswered(Message(f"完成值是“{when}”的数", f"the actual is a number of “{when}”"))
