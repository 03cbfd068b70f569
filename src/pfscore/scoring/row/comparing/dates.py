"""Compare a date with its limit: in time or not, and how late; periods, and what is to be done in each of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pfscore.cells.lexicon.calendar import days_of, period_of
from pfscore.cells.lexicon.directions import span_that_lasts
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import UPPER, Assumption, Bound, Dated, Deadline
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, left_open, not_comparable
from pfscore.scoring.row.comparing.numbers import PERIODS
from pfscore.scoring.row.comparing.words import compare_words, same_text

#: The year of cells that name none, in a form without one.
ANY_YEAR = 2023
#: A leap year and another one: what holds in both holds in every year.
_ANY_YEARS = (2004, 2001)
#: 完成时间: in grammar/words/dates.txt.
_OF_A_DEED = rule("time_of_a_deed")
_NOT_EACH_TIME, _IN_ALL = rules("not_each_time", "times_in_all")


def compare_dates(target: Deadline, actual: Dated, assume: Assume, year: int | None) -> Comparison:
    """Compare a date with its limit; where neither cell names a year, in any year that the ruleset lets be assumed."""
    if (same := same_text(target, actual, assume)) is not None:
        return same
    found = _in_time(target, actual, year)
    if found is not None:
        return found if found.met is not None else replace(found, undecided=not_comparable(target, actual))
    stated = target.last_day(None) or actual.last_day(None)
    if year is None and assume.same_year:
        years = _ANY_YEARS if stated is None else (stated.year,)
        tried = [_in_time(target, actual, one) for one in years]
        first = tried[0]
        if first is not None and all(_may_be_either(target, actual, one) for one in years):
            return replace(first, undecided=not_comparable(target, actual))
        if (
            first is not None
            and first.met is not None
            and all(one is not None and one.met is first.met for one in tried)
            and not (first.met and _may_be_next_year(target, actual))
        ):
            message = Message(
                f"“{target}”与“{actual}”没有都写年份，视为同一年",
                f"“{target}” and “{actual}” do not both name a year; taken as the same year",
            )
            # How late it was may depend on the year; only what holds in every one is told.
            alike = first if all(one == first for one in tried) else Comparison(met=first.met)
            return replace(alike, assumptions=(Assumption("same_year", message),))
    return compare_words(target, actual, assume)


def compare_periods(found: Comparison, target: Deadline, actual: Dated, name: str, year: int | None) -> Comparison:
    """Return what a comparison of days comes to where both cells give a period: 1-12月 ← 1-10月.

    Service, upkeep and the like are for the whole of it. A deed that is over sooner is not done less. Under a name that
    tells neither, another period is left to a person.
    """
    wanted, given = (_period(one.text, year) for one in (target, actual))
    if wanted is None or found.met is None or given == wanted or _OF_A_DEED.search(name):
        return found
    lasts = bool(span_that_lasts(name))
    covers = given is not None and given[0] <= wanted[0] and given[1] >= wanted[1]
    if given is None or not lasts:
        # 2023年10月 may be the month up to which it lasted.
        is_settled = found.met is covers or (given is None and not lasts)
        return found if is_settled else Comparison(undecided=not_comparable(target, actual))
    zh, en = ("包括", "covers") if covers else ("没有做满", "does not cover")
    message = Message(
        f"“{actual}”{zh}“{target}”，视为{'达标' if covers else '未达标'}",
        f"“{actual}” {en} “{target}”; taken as {'met' if covers else 'missed'}",
    )
    undecided = None if covers else Diagnostic("PF516", message, BY_HAND)
    return Comparison(met=covers, assumptions=(Assumption("period", message),), undecided=undecided)


def kept_each_time(found: Comparison, target: Bound, reached: str) -> Comparison:
    """Return what a comparison comes to where not all periods had what each is to have: 每季度1次，三季度0次 is missed.

    Whether 每周2次，寒暑假除外 is enough, a person decides.
    """
    often = [_OFTEN[one] for one in (target.quantity.unit or "").partition("/")[2].split("·") if one in _OFTEN]
    if not found.met or len(often) != 1 or target.op in UPPER:
        return found
    wanted, said = target.quantity.value, fold(reached)
    for less in _NOT_EACH_TIME.finditer(said):
        share = Fraction(often[0], next((_OFTEN[one] for one in _SPELLS if one in (less["dated"] or "")), often[0]))
        if (less["number"] and int(less["number"]) >= wanted * share) or share < 1:
            continue
        return _not_kept(found, less[0], reached, is_missed=bool(less["dated"]) and not less["out"])
    for total in _IN_ALL.finditer(said):
        count = int(total["number"]) if total["number"] else len(_COUNTED.findall(total["months"]))
        if count < wanted * often[0]:
            is_sure = often[0] <= _MONTHS or count < wanted * _MANY_WEEKS
            return _not_kept(found, total[0], reached, is_missed=is_sure)
    return found


def _not_kept(found: Comparison, less: str, reached: str, *, is_missed: bool) -> Comparison:
    zh, en = f"完成值“{reached}”写着“{less}”，不是每次都做到", f"the actual “{reached}” says “{less}”: not each time"
    if is_missed:
        return replace(found, met=False, assumptions=(*found.assumptions, Assumption("missed", Message(zh, en))))
    return left_open(Message(zh, en))


#: How often a period comes in a year, and those of them that a text names one by one.
_OFTEN = {**PERIODS, "日": 365, "天": 365}
_SPELLS = ("月", "季度", "半年", "学期", "周")
#: How many months a year has, and weeks but for its holidays.
_MONTHS, _MANY_WEEKS = 12, 44
_COUNTED = re.compile("[0-9]+")


def _period(text: str, year: int | None) -> tuple[date, date] | None:
    """Return a period in a form of `year`; without one, in the year that the other cell is of as well."""
    return period_of(text, _ANY_YEARS[1] if year is None else year)


def _may_be_either(target: Deadline, actual: Dated, year: int) -> bool:
    """Return whether a date is a limit behind its target's, or the month before which something was to be done."""
    found, limit, done = _in_time(target, actual, year), target.whole_period(year), days_of(actual.text, year)
    if found is None or found.met is not None or done is None:
        return False
    return done.until or _is_in_period((done.first, done.last), limit)


def _is_in_period(done: tuple[date, date], whole: tuple[date, date] | None) -> bool:
    """Return whether days are the month before which something was to be, or of the quarter: 四季度前 ← 10月."""
    is_longer = whole is not None and (whole[1] - whole[0]).days > _MONTH
    return done == whole or (whole is not None and is_longer and whole[0] <= done[0] <= done[1] <= whole[1])


def _may_be_next_year(target: Deadline, actual: Dated) -> bool:
    """Return whether a date may be one of the year after its limit: 1月15日 under 12月底前."""
    limit, done = target.last_day(_ANY_YEARS[0]), actual.last_day(_ANY_YEARS[0])
    return limit is not None and done is not None and limit.month >= _LATE and done.month <= _EARLY


#: A limit in the last two months of a year, and a date in the first two.
_LATE, _EARLY = 11, 2


def _in_time(target: Deadline, actual: Dated, year: int | None) -> Comparison | None:
    """Compare a date with its limit in a form of `year`; `None` where the days themselves cannot be told.

    Of a month that the limit falls into nobody knows on which side the date lies; its ends then bound how late it was.
    So with 11月 under 11月前, by which many mean its end.
    """
    limit, done = target.last_day(year), actual.completed(year)
    if limit is None or done is None:
        return None
    first, last = (
        Comparison(
            met=day <= limit,
            days_late=Fraction(max(0, (day - limit).days)),
            years_late=years,
            planned_days=_planned(target, year),
        )
        for day, years in zip(done, _years_late(limit, done), strict=True)
    )
    if _is_in_period(done, target.whole_period(year)):
        first = replace(first, met=True, days_late=Fraction(0), years_late=Fraction(0))
    if first == last:
        return first
    met = first.met if first.met is last.met else None
    return Comparison(met=met, planned_days=first.planned_days, ends=(first, last))


#: How many days a month has at most.
_MONTH = 31


def _planned(target: Deadline, year: int | None) -> Fraction | None:
    days = target.planned_days(year)
    return None if days is None else Fraction(days)


def _years_late(limit: date, done: tuple[date, date]) -> tuple[Fraction, Fraction]:
    """Return by how many years the first and the last day on which something may be done miss a limit.

    A limit at the end of a year and no more than a year for the date are years themselves: 2020年 and 2022年 are two.

    >>> _years_late(date(2020, 12, 31), (date(2022, 1, 1), date(2022, 12, 31)))
    (Fraction(2, 1), Fraction(2, 1))
    >>> _years_late(date(2020, 12, 31), (date(2021, 6, 30), date(2021, 6, 30)))
    (Fraction(181, 365), Fraction(181, 365))
    """
    first, last = done
    if _ends_year(limit) and _ends_year(last) and (first.month, first.day, first.year) == (1, 1, last.year):
        years = Fraction(max(0, last.year - limit.year))
        return years, years
    return _years(limit, first), _years(limit, last)


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _years(limit: date, day: date) -> Fraction:
    """Return the whole years from one day to another, and the part of the year that is left over."""
    if day <= limit:
        return Fraction(0)
    whole = day.year - limit.year
    if _later(limit, whole) > day:
        whole -= 1
    start, end = _later(limit, whole), _later(limit, whole + 1)
    return whole + Fraction((day - start).days, (end - start).days)


def _later(day: date, years: int) -> date:
    """Return the same day of a later year; the 29th of February is the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1) - timedelta(days=1)


def span_of_holiday(match: re.Match[str]) -> tuple[str, str]:
    """Return the first and the last day, as 1001, that a holiday may be which a rule matched by its name."""
    name = next(name for name, text in match.groupdict().items() if text and name != "year")
    first, last = name.removeprefix("d").split("_")
    return first, last
