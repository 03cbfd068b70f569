"""How many years a day is later than a limit, exactly."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

_DAY = timedelta(days=1)


def years_late(limit: date, done: tuple[date, date]) -> tuple[Fraction, Fraction]:
    """Return by how many years the first and the last day on which something may be done miss a limit.

    A limit at the end of a year and no more than a year for the date are years themselves: 2020年 and 2022年 are two.

    >>> years_late(date(2020, 12, 31), (date(2022, 1, 1), date(2022, 12, 31)))
    (Fraction(2, 1), Fraction(2, 1))
    >>> years_late(date(2020, 12, 31), (date(2021, 6, 30), date(2021, 6, 30)))
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
        return day.replace(year=day.year + years, month=3, day=1) - _DAY
