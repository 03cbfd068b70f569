"""Days that cells tell otherwise: limits that name a holiday, 国庆节前, and days with a delay, 10月31日（延期8天）."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Assumption, Dated, Deadline
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.dates import ANY_YEAR, span_of_holiday

# The rules are described, with rows, in grammar/words/dates.txt.
_BEFORE_HOLIDAY, _DAY, _DELAY = rules("before_holiday", "day_said", "day_and_delay")
#: Dates from this month on may be before a holiday of the next year that is in the first months of it.
_LATE, _EARLY = 10, 3


class Named(NamedTuple):
    """A cell with a day in the place of what it tells, and what says so."""

    text: str
    said: Assumption


def with_day_of_holiday(target: str | None, actual: str | None, year: int | None) -> Named | None:
    """Return a target with a day for its holiday, where all dates of the actual lie before that or behind it.

    The day of a holiday by the moon is not known; what lies before the first that it may be, or behind the last, is.

    >>> with_day_of_holiday("国庆节前完工", "10月11日", 2024).text
    '9月30日前完工'
    >>> with_day_of_holiday("中秋节前", "9月20日", 2024)
    """
    found = list(_BEFORE_HOLIDAY.finditer(fold(target or "")))
    if target is None or actual is None or len(found) != 1:
        return None
    (match,) = found
    dates = [Dated(one[0]) for one in _DAY.finditer(fold(actual))]
    ends = [(one.first_day(year or ANY_YEAR), one.last_day(year or ANY_YEAR)) for one in dates]
    spans = [(start, end) for start, end in ends if start is not None and end is not None]
    days = [day for span in spans for day in span]
    if not days:
        return None
    one = int(match["year"] or year or days[0].year)
    first, last = (date(one, int(text[:2]), int(text[2:])) for text in span_of_holiday(match))
    is_new_year = (first.month, first.day) == (1, 1)
    if not match["year"] and first.month < _EARLY:
        # 春节前 and 元旦前 may be those of the next year.
        if is_new_year and all(day.month >= _LATE or day.year > one for day in days):
            first = last = date(one + 1, 1, 1)
        elif is_new_year or any(day.month >= _LATE or day.year > one for day in days):
            return None
    if any(start < first <= end or first <= start <= last for start, end in spans):
        return None
    day = last if first < last else first - timedelta(days=1)
    limit = f"{f'{day.year}年' if match['year'] else ''}{day.month}月{day.day}日前"
    zh = f"“{match[0]}”按“{limit}”计" if first == last else f"“{match[0]}”最晚是“{limit}”，按它计结果都一样"
    message = Message(zh, f"{match[0]!r} is taken as {limit!r}, which decides here")
    return Named(f"{target[: match.start()]}{limit}{target[match.end() :]}", Assumption("holiday", message))


def day_with_delay(target: str | None, actual: str | None, year: int | None) -> Named | None:
    """Return the day of an actual that tells a delay as well: a limit is delayed by it, a later day has been.

    >>> day_with_delay("10月31日前", "10月31日（延期8天）", 2024).text
    '2024年11月8日'
    >>> day_with_delay("9月前", "8月1日（推迟3天）", 2024)
    """
    found = _DELAY.fullmatch(fold(actual or "").strip("。 "))
    if found is None:
        return None
    one = year or ANY_YEAR
    limit, day = Deadline(target or "").last_day(one), Dated(found["day"]).last_day(one)
    if limit is None or day is None or (day > limit if found["late"] is None else day < limit):
        return None  # a day that was put off and is in time may have been put off to that, or from it
    later = day if found["late"] is None or day > limit else day + timedelta(days=int(found["days"]))
    if year is None and later.year != day.year:
        return None
    text = found["day"] if later == day else f"{f'{later.year}年' if year else ''}{later.month}月{later.day}日"
    message = Message(f"“{actual}”按“{text}”比较", f"{actual!r} is compared as {text!r}")
    return Named(text, Assumption("delay", message))
