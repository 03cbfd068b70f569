"""Calendar limits: which days a text such as 9月底前 or 2023年第四季度 names, relative to a form's year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from pfscore.cells.lexicon import numerals
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.memory import remembered

_T = TypeVar("_T")
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}
# The rules are described, with cells, in grammar/words/dates.txt.
_DATE, _DAY_ALONE, _BEFORE_IT, _EARLIER = rules("date", "day_alone", "before_it", "earlier")
_NO_LATER = rule("no_later")
_NO_SUCH_MONTH, _DAY_OF_MONTH = rules("no_such_month", "day_of_month")
_TIME_OF_DAY, _EIGHT_DIGITS = rules("time_of_day", "eight_digits")
_MONTHS_FROM_TO, _YEARS_FROM_TO = rules("months_from_to", "years_from_to")
_WHOLE_YEAR, _PART_OF_YEAR = rules("whole_of_year", "part_of_year")


class Days(NamedTuple):
    """The first and the last day of what a text names; `before` where the days themselves come too late.

    `until` tells that the text is a limit itself: 5月20日前, 不晚于5月20日.
    """

    first: date
    last: date
    before: bool
    until: bool = False


def days_of(text: str, year: int) -> Days | None:
    """Return the days that `text` names in a form of `year`, or `None` where it names none.

    >>> days_of("9月", 2023)[:3]
    (datetime.date(2023, 9, 1), datetime.date(2023, 9, 30), False)
    """
    folded = _folded(text)
    parts = _parts(folded, year)
    if parts is None:
        return None
    found, before, until = parts
    strict = before or _EARLIER.search(folded) is not None
    until = until or strict or _NO_LATER.search(folded) is not None
    return Days(min(first for first, _ in found), max(last for _, last in found), strict, until)


def start_and_end(text: str, year: int) -> tuple[Days, Days] | None:
    """Return the two dates of a span that `text` gives, in a form of `year`; `None` where it gives none.

    >>> start, end = start_and_end("2021年3月1日至2022年2月", 2023)
    >>> start.first.isoformat(), end.last.isoformat()
    ('2021-03-01', '2022-02-28')
    >>> start_and_end("2021年12月底前", 2023) is None
    True
    """
    folded = _folded(text)
    parts = _parts(folded, year)
    if parts is None or len(parts[0]) != 2 or not any(sign in folded for sign in _FROM_TO):
        return None
    start, end = (Days(first, last, before=False) for first, last in parts[0])
    return (start, end) if start.first <= end.last else None


_FROM_TO = "-~至到"


def period_of(text: str, year: int) -> tuple[date, date] | None:
    """Return the first and the last day of the period that `text` gives, 1-10月 and 全年; `None` where it gives none.

    >>> first, last = period_of("1-10月", 2023)
    >>> first.isoformat(), last.isoformat(), period_of("10月", 2023)
    ('2023-01-01', '2023-10-31', None)
    """
    span = start_and_end(text, year)
    if span is not None:
        return span[0].first, span[1].last
    folded = _folded(text)
    days = days_of(text, year) if _WHOLE_YEAR.fullmatch(folded) or _PART_OF_YEAR.fullmatch(folded) else None
    return None if days is None else (date(days.last.year, 1, 1) if "前" in folded else days.first, days.last)


@remembered
def _folded(text: str) -> str:
    return _spread("".join(_TIME_OF_DAY.sub(r"\g<date>", fold(text)).split()))


@remembered
def _parts(folded: str, year: int) -> tuple[tuple[tuple[date, date], ...], bool, bool] | None:
    """Return every date of a text by its first and last day, whether these come too late, and whether 前 follows."""
    found: list[tuple[date, date]] = []
    current, position, until, whole = year, 0, False, False
    while position < len(folded):
        match = _DATE.match(folded, position)
        fields = match.groupdict() if match is not None else {}
        if match is None or not any(value for key, value in fields.items()) or match.end() == position:
            match = _DAY_ALONE.match(folded, position) if found else None
            if match is None:
                position += 1
                continue
            last = found[-1][1].replace(day=1)
            days = _day(last.year, last.month, int(match["day"]))
        else:
            if fields["year"]:
                current = _year(fields["year"])
            elif fields["next"]:
                current = year + 1
            is_of_year = fields["year"] or fields["next"] or fields["this"]
            if (fields["this"] == "年" and not fields["season"]) or (fields["season"] and not is_of_year):
                position = match.end()  # 11月内 is no 年内
                continue
            days = _days(fields, current)
            whole = fields["day"] is None and fields["edge"] is None and fields["third"] is None
            whole = whole and fields["season"] is None and fields["quarter_edge"] is None
        position = match.end()
        if days is None:
            return None
        found.append(days)
        until = _BEFORE_IT.match(folded, position) is not None
    return (tuple(found), whole and until, until) if found else None


def last_permitted(text: str, year: int) -> date | None:
    """Return the last day on which the limit `text` is kept, in a form of `year`.

    12月31日前 and 12月底前 include the day (民法典 1259); 9月前 names a whole month, and means before it begins.

    >>> last_permitted("12月底前", 2023), last_permitted("9月前", 2023), last_permitted("1-12月", 2023)
    (datetime.date(2023, 12, 31), datetime.date(2023, 8, 31), datetime.date(2023, 12, 31))
    """
    days = days_of(text, year)
    return None if days is None else _last_of(days)


def _last_of(days: Days) -> date:
    return days.first - timedelta(days=1) if days.before else days.last


def done_between(text: str, year: int) -> tuple[date, date] | None:
    """Return the first and the last day on which what `text` dates may have been done, in a form of `year`.

    Of a span that is its end; of a limit, 5月20日前, any day of the year up to it.

    >>> first, last = done_between("5月20日前", 2023)
    >>> first.isoformat(), last.isoformat()
    ('2023-01-01', '2023-05-20')
    """
    span = start_and_end(text, year)
    if span is not None:
        return span[1].first, span[1].last
    days = days_of(text, year)
    if days is None or not days.until:
        return None if days is None else (days.first, days.last)
    last = _last_of(days)
    return last.replace(month=1, day=1), last


def in_year(of: Callable[[int], _T], year: int | None) -> _T | None:
    """Return what `of` gives for a year; without one, what it gives for every year.

    >>> in_year(lambda year: last_permitted("2023年9月底前", year), None)
    datetime.date(2023, 9, 30)
    >>> in_year(lambda year: last_permitted("9月底前", year), None)
    """
    if year is not None:
        return of(year)
    # A text that names its year means the same in a leap year and in another one.
    one, other = of(2001), of(2004)
    return one if one == other else None


def impossible(text: str) -> tuple[int, int] | None:
    """Return the place of a date that no calendar has (13月, 2月30日), or `None`.

    >>> impossible("2023年2月30日前"), impossible("2月28日前")
    ((0, 10), None)
    """
    eight = _EIGHT_DIGITS.fullmatch(text[:8])
    if eight is not None and text[8:9] in tuple("前之以止为日号"):
        year, month, day = map(int, eight.groups())
        return None if 1 <= month <= 12 and _day(year, month, day) else (0, 8)
    match = _NO_SUCH_MONTH.search(text)
    if match is not None:
        return match.start(), match.end()
    match = _DAY_OF_MONTH.search(text)
    while match is not None:
        # Without a year the 29th of February may be right.
        if _day(int(match["year"] or 2024), int(match["month"]), int(match["day"])) is None:
            return match.start(), match.end() + (text[match.end() : match.end() + 1] in "日号")
        match = _DAY_OF_MONTH.search(text, match.end())
    return None


def _spread(text: str) -> str:
    """Write 1-12月 as 1月~12月 and 2021-2025年 as 2021年~2025年."""
    text = _MONTHS_FROM_TO.sub(r"\g<from>月~\g<to>月", text)
    text = _EIGHT_DIGITS.sub(r"\g<year>年\g<month>月\g<day>日", text)
    return _YEARS_FROM_TO.sub(r"\g<from>年~\g<to>年", text)


def _days(fields: dict[str, str | None], year: int) -> tuple[date, date] | None:
    if fields["month"]:
        month = _number(fields["month"])
        if fields["day"]:
            return _day(year, month, int(fields["day"]))
        first, last = date(year, month, 1), _month_end(year, month)
        part = "".join(one for one in (fields["third"] or "") if one in "上中下") + (fields["edge"] or "")
        return {
            "上": (first, first.replace(day=10)),
            "初": (first, first.replace(day=10)),
            **dict.fromkeys(("上中", "中上"), (first, first.replace(day=20))),
            "中": (first.replace(day=11), first.replace(day=20)),
            "中下": (first.replace(day=11), last),
            "下": (first.replace(day=21), last),
            "底": (first.replace(day=21), last),
            "末": (first.replace(day=21), last),
        }.get(part, (first, last))
    if fields["half"]:
        return (
            (date(year, 1, 1), date(year, 6, 30)) if fields["half"] == "上" else (date(year, 7, 1), date(year, 12, 31))
        )
    if fields["quarter"]:
        quarter = _HAN.get(fields["quarter"]) or int(fields["quarter"])
        first, last = date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
        return (last.replace(day=21), last) if fields["quarter_edge"] in {"底", "末"} else (first, last)
    return {
        "初": (date(year, 1, 1), date(year, 1, 31)),
        "中": (date(year, 6, 1), date(year, 6, 30)),
        "底": (date(year, 12, 1), date(year, 12, 31)),
        "末": (date(year, 12, 1), date(year, 12, 31)),
    }.get(fields["season"] or "", (date(year, 1, 1), date(year, 12, 31)))


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _year(text: str) -> int:
    number = int(text) if text[0].isdigit() else int(numerals.han(text.replace("零", "〇")) or 0)
    return number if number > _TWO_DIGITS else 2000 + number


#: 24年10月 is of 2024.
_TWO_DIGITS = 99


def _number(text: str) -> int:
    return int(text) if text[0].isdigit() else int(numerals.han(text) or 0)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
