"""What a target asks for beside its number (9月底前, 并通过验收, 各1次), and whether the actual answers it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.lexicon.around import further_words
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Dated, Deadline
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message

# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_LIMIT, _DATE, _OCCASION, _END_OF_YEAR = rules("by_a_day", "on_a_day", "by_an_occasion", "end_of_year")
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
        _late(wanted, reached, year),
        _other_year(wanted, reached),
        _part(wanted, reached),
        _each(wanted, reached),
        _words(fold(name), wanted, reached),
    ):
        if found is not None:
            return found
    return None


def _late(wanted: str, reached: str, year: int | None) -> Unanswered | None:
    limit = _LIMIT.search(wanted)
    if limit is None:
        occasion = _OCCASION.search(wanted)
        if occasion is None or occasion[0] in reached:
            return None
        return _not_said(occasion[0])
    day = _DATE.search(reached)
    if day is None:
        return None if _END_OF_YEAR.search(limit["day"]) else _not_said(limit[0])
    last, done = Deadline(limit[0]).last_day(year or 2023), Dated(day[0]).last_day(year or 2023)
    if last is None or done is None:
        return _not_said(limit[0])
    if done <= last:
        return None
    return Unanswered(Message(f"“{day[0]}”晚于“{limit[0]}”", f"“{day[0]}” is later than “{limit[0]}”"), is_missed=True)


def _other_year(wanted: str, reached: str) -> Unanswered | None:
    one, other = _BASE.search(wanted), _BASE.search(reached)
    if one is None or other is None or one["year"] == other["year"]:
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


def _each(wanted: str, reached: str) -> Unanswered | None:
    found = _EACH.search(wanted)
    return _not_said("各") if found is not None and "各" not in reached and "分别" not in reached else None


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
