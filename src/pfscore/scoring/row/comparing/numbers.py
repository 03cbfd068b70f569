"""Compare a number with a bound, an interval or a change."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple, TypeVar

from pfscore.cells.lexicon.directions import Side, harm_in, measured_by
from pfscore.cells.lexicon.quantities import (
    CURRENCIES,
    RATIO,
    SCALES,
    TIMES,
    Quantity,
    Unit,
    counted_alike,
    in_units,
    known_units,
    rates_of_money,
    say,
    unit_at,
    unit_of,
)
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import LOWER, UPPER, Achieved, Assumption, Between, Bound, Change, Measured, TargetKind
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_places, decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, left_open, not_comparable
from pfscore.scoring.row.comparing.words import same_text

# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_OF_YEAR, _ONLY_UP_TO, _ALL_THE_YEAR, _STILL_OWED = rules("of_the_year", "only_up_to", "all_the_year", "still_owed")
_FURTHER, _FURTHER_DOUBTED, _INCLUDED, _NOT_ON_TOP = rules("further", "further_doubted", "included", "not_on_top")
_COMPLAINT, _CORRECTED, _AMOUNT = rules("complaint", "corrected", "amount_said")
_WHOLE_PERIOD = rule("of_a_whole_period")
_CONTRACT, _ADDED_TO_PRICE = rules("contract_price", "added_to_price")
#: What a strict sign becomes where a ruleset takes its edge as met.
_AT_EDGE = {TargetKind.GREATER_THAN: TargetKind.AT_LEAST, TargetKind.LESS_THAN: TargetKind.AT_MOST}


#: Under 避免人员伤亡, 0人 is what there was, and not what was averted.
_AVERTED = ("避免", "防止", "杜绝")


def compare_bound(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison:
    """Compare a number, or what only bounds one, with a number to be reached or kept."""
    wanted, reached = target.quantity, actual.quantity
    found = _in_school_months(target, actual, assume, side) or _in_a_week(target, actual, assume, side)
    if found is not None:
        return found
    if (problem := _unit_problem(wanted, reached)) is not None:
        found = _in_a_year(target, actual, assume, side) or _in_days(target, actual, assume, side)
        found = found or _by_days(target, actual, assume, side) or _by_rates(target, actual, assume, side)
        return Comparison(problem=problem) if found is None else found
    value = _in_unit_of(reached, wanted)
    target = _at_least_if_odd(target)
    stated = None if not isinstance(actual, Achieved) else TargetKind.GREATER_THAN if _is_odd(actual) else actual.op
    if target.op is TargetKind.APPROXIMATELY and assume.tolerance is not None:
        return _about(wanted.value, value, stated, assume, side)
    op, assumptions, undecided = _effective_op(target, value, assume, side)
    if op is None:
        # 95%左右 answered by 95%左右
        same = same_text(target, actual, assume) if stated is target.op and value == wanted.value else None
        if same is not None:
            return replace(same, target=wanted.value, actual=value, stated=stated)
        met = True if stated is None and value == wanted.value else None
        return Comparison(met, target=wanted.value, actual=value, stated=stated, undecided=undecided)
    if stated is TargetKind.APPROXIMATELY and assume.tolerance is not None:
        spread, message = _spread(reached, value, assume.tolerance)
        ends = {_holds(op, number, wanted.value) for number in (value - spread, value + spread)}
        assumptions = (*assumptions, Assumption("tolerance", message))
        met = ends.pop() if len(ends) == 1 else None
    else:
        met = _certain(stated, lambda number: _holds(op, number, wanted.value), value, op)
        most = _next_above(reached, value)
        if met is None and isinstance(actual, Achieved) and _is_odd(actual) and most <= wanted.value:
            low, high = (Comparison(op in UPPER, op.direction, wanted.value, one) for one in (value, most))
            return replace(low, actual=None, assumptions=assumptions, ends=(low, high))
    unknown = not_comparable(target, actual) if met is None and stated is TargetKind.APPROXIMATELY else None
    return Comparison(met, op.direction, wanted.value, value, stated=stated, assumptions=assumptions, undecided=unknown)


def _spread(reached: Quantity, value: Fraction, tolerance: Fraction) -> tuple[Fraction, Message]:
    """Return how far an actual that is only about a number may be from it: never more than the tolerance.

    约312万元 is between 311.5 and 312.5, as it is written to the last digit. 98.5%左右 is between 98.45% and 98.55%;
    of a share near 100% what it lacks is estimated: 约99% is between 98.95% and 99.05%.
    """
    by_tolerance = Message(
        f"大约的完成值，按它的 ±{_percent(tolerance)} 计",
        f"“about” is taken as ±{_percent(tolerance)} of the actual",
    )
    spreads = [(abs(value) * tolerance, by_tolerance)]
    if (digit := _last_digit(reached.value)) is not None:
        half = replace(reached, value=digit / 2)
        by_digit = Message(
            f"大约的完成值，写到哪一位就算到哪一位，按 ±{say(half, 'zh')} 计",
            f"“about” is taken as rounded to its last digit, ±{say(half, 'en')}",
        )
        spreads.append((abs(value / reached.value) * half.value, by_digit))
    if reached.unit == RATIO and Fraction(1, 2) < value < 1:
        zh, en = (
            f"大约的完成值，按离 100% 的差的 ±{_percent(tolerance)} 计",
            "“about” is taken by how far it is from 100%",
        )
        spreads.append(((1 - value) * tolerance, Message(zh, f"{en}, ±{_percent(tolerance)} of that")))
    return min(spreads, key=lambda spread: spread[0])


def _last_digit(number: Fraction) -> Fraction | None:
    """Return what the last digit that is not 0 counts: 1 in 312, 100 in 1,200, 0.1 in 98.5; `None` if there is none."""
    places = decimal_places(number)
    if places is None or not number:
        return None
    if places:
        return Fraction(1, 10**places)
    digits = decimal_text(number)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _in_a_year(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare 每年1次 and 每季度1次 with the number of a year, as a form is of one; `None` where that cannot be told.

    What is in the cells may be of a year or of each quarter: 4次 does both, 3次 is too few only where it is 全年3次.
    """
    asked, given = _per_period(target.quantity), _per_period(actual.quantity)
    if not assume.same_year or asked is None or given is None or asked[0].dimension != given[0].dimension:
        return None
    (wanted, times), (reached, often) = asked, given
    if times > 1 and often > 1:
        return _between_periods(target, actual, (wanted, times), (reached, often), assume, side)
    if times > 1 and isinstance(actual, Achieved):
        return None
    of_year = replace(wanted, value=wanted.value * times), replace(reached, value=reached.value * often)
    found = compare_bound(replace(target, quantity=of_year[0]), replace(actual, quantity=of_year[1]), assume, side)
    is_short = target.op not in UPPER and _in_unit_of(reached, wanted) < wanted.value
    is_of_year = _OF_YEAR.search(actual.label) is not None or is_short or reached.unit != actual.quantity.unit
    if times > 1 and found.met is False and not is_of_year:
        return None
    if times > 1 and found.met is not False and target.op in UPPER:
        return None  # a mean that keeps a ceiling says nothing of each month
    zh, en = "自评表一年一张，“每年”与全年视为相同", "a form is of one year; “a year” and the whole year are the same"
    if max(times, often) > 1:
        most = max(times, often)
        zh, en = f"自评表一年一张，按一年 {most} 个时段折算", f"a form is of one year, which has {most} such periods"
    return replace(found, assumptions=(Assumption("same_year", Message(zh, en)), *found.assumptions))


def _between_periods(
    target: Bound,
    actual: Measured | Achieved,
    asked: tuple[Quantity, int],
    given: tuple[Quantity, int],
    assume: Assume,
    side: Side | None,
) -> Comparison | None:
    """Compare 每周4节 with 每月12节: a quarter has three months, and a month four weeks to four and three sevenths.

    What the calendar leaves open decides nothing where both of its ends come to the same.
    """
    (wanted, times), (reached, often) = asked, given
    if times == often or isinstance(actual, Achieved):
        return None
    exact = Fraction(often, times)
    shares = [exact]
    if _WEEKS in {times, often}:
        # A month has 4 weeks to 31/7, and a year 52 of the one and 12 of the other.
        least, most = Fraction(12, 13), Fraction(93, 91)
        shares = [exact * share for share in ((1 / least, 1 / most) if times == _WEEKS else (least, most))]
    tried = _by_shares((target, wanted), (actual, reached), shares, assume, side)
    if len({one.met for one in tried}) > 1:
        return None
    message = Message("时段不同，按时段的长短折算", "the periods differ, and are converted by their lengths")
    return replace(tried[0], assumptions=(*tried[0].assumptions, Assumption("same_year", message)))


def _by_shares(
    asked: tuple[Bound, Quantity],
    given: tuple[Measured | Achieved, Quantity],
    shares: list[Fraction],
    assume: Assume,
    side: Side | None,
) -> list[Comparison]:
    """Compare what is reached with what is wanted once for each share that one period may be of the other."""
    (target, wanted), (actual, reached) = asked, given
    counted = (replace(reached, value=reached.value * share) for share in shares)
    wanted_target = replace(target, quantity=wanted)
    return [compare_bound(wanted_target, replace(actual, quantity=one), assume, side) for one in counted]


def _in_school_months(
    target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None
) -> Comparison | None:
    """Compare 1000元/生·年 with 90元/生·月, of a year of 9 months of school and of 12; `None` for other units."""
    asked, given = ((one.unit or "").partition("/")[2].split("·") for one in (target.quantity, actual.quantity))
    of_year = given if "月" in asked else asked
    is_of_school = "学年" in of_year or ("年" in of_year and not _PUPILS.isdisjoint(of_year))
    wanted, reached = _per_period(target.quantity), _per_period(actual.quantity)
    if ("月" in asked) is ("月" in given) or not is_of_school or wanted is None or reached is None:
        return None
    if wanted[0].dimension != reached[0].dimension:
        return None
    shares = [Fraction(months) if of_year is asked else Fraction(1, months) for months in (12, 9)]
    tried = _by_shares((target, wanted[0]), (actual, reached[0]), shares, assume, side)
    return tried[0] if tried[0].met is tried[1].met else Comparison(undecided=not_comparable(target, actual))


_PUPILS = frozenset({"生", "学生"})


def _in_a_week(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare 每天8小时 with 每周48小时, of a week of five days and one of seven; `None` for other units."""
    (top, each), (other, of) = ((one.unit or "").partition("/")[::2] for one in (target.quantity, actual.quantity))
    if (
        (each in _DAYS_OF_WEEK) is (of in _DAYS_OF_WEEK)
        or "周" not in {each, of}
        or not top
        or unit_of(top).dimension not in TIMES
    ):
        return None
    shares = [1 / days if of == "周" else days for days in (Fraction(7), Fraction(5))]
    wanted, reached = replace(target.quantity, unit=top), replace(actual.quantity, unit=other)
    tried = _by_shares((target, wanted), (actual, reached), shares, assume, side)
    if tried[0].met is tried[1].met:
        return tried[0]
    return Comparison(undecided=not_comparable(target, actual))


_DAYS_OF_WEEK = frozenset({"天", "日"})


def _by_days(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare ≤6000元/月 with 330元/天, and ≥3万吨/日 with 全年700万吨, where working days make no difference.

    What flows does so every day.
    """
    (top, each), (other, of) = ((one.unit or "").partition("/")[::2] for one in (target.quantity, actual.quantity))
    if not of and each in _DAYS_OF_WEEK and (told := _WHOLE_PERIOD.search(actual.label)) is not None:
        of = told["period"] or told["whole"]
    period = each if of in _DAYS_OF_WEEK else of if each in _DAYS_OF_WEEK else ""
    if period not in _DAYS_OF or not top or unit_of(top).dimension != unit_of(other).dimension:
        return None
    if isinstance(actual, Achieved):
        return None
    least, most = (_ALL_DAYS_OF if unit_of(top).dimension in _FLOWS else _DAYS_OF).get(period, _DAYS_OF[period])
    shares = [Fraction(days) if of in _DAYS_OF_WEEK else Fraction(1, days) for days in (least, most)]
    wanted, reached = replace(target.quantity, unit=top), replace(actual.quantity, unit=other)
    tried = _by_shares((target, wanted), (actual, reached), shares, assume, side)
    if tried[0].met is not tried[1].met or tried[0].met is None:
        return None
    zh = f"一{period}按 {least} 至 {most} 天折算，结果都一样"
    message = Message(zh, f"converted by {least} to {most} days, which makes no difference here")
    return replace(
        tried[0], assumptions=(*tried[0].assumptions, Assumption("in_days", message)), ends=(tried[0], tried[1])
    )


def _by_rates(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare ≤5万元 with 4.8万美元, where any rate comes to the same; for points, no rate is known."""
    (top, each), (other, of) = ((one.unit or "").partition("/")[::2] for one in (target.quantity, actual.quantity))
    money, given = unit_of(top), unit_of(other)
    if each != of or money.dimension == given.dimension or not {money.dimension, given.dimension} <= CURRENCIES:
        return None
    # how many 元 one of each is at least and at most
    (low, high), (least, most) = (rates_of_money().get(one.dimension, _YUAN_IN_YUAN) for one in (money, given))
    shares = [given.factor / money.factor * rate for rate in (least / high, most / low)]
    unit = target.quantity.unit
    tried = _by_shares((target, target.quantity), (actual, replace(actual.quantity, unit=unit)), shares, assume, side)
    if tried[0].met is not tried[1].met or tried[0].met is None:
        return None
    rates = [
        (one.dimension, *map(decimal_text, rate))
        for one in (money, given)
        if (rate := rates_of_money().get(one.dimension))
    ]
    zh = "、".join(f"1 {one}按 {low} 至 {high} 元之间计" for one, low, high in rates)
    en = " and ".join(f"1 {one} is {low} to {high} 元" for one, low, high in rates)
    message = Message(f"没有汇率；{zh}，结果都一样", f"no rate is known; that {en} comes to the same")
    said = Assumption("exchange", message)
    found = replace(tried[0], actual=None, assumptions=(*tried[0].assumptions, said))
    if found.met:
        return replace(found, ends=(tried[0], tried[1]))
    return replace(found, undecided=_of_two_currencies(target.quantity, actual.quantity))


_YUAN_IN_YUAN = Fraction(1), Fraction(1)


def is_by_rate(one: Quantity, other: Quantity) -> bool:
    """Return whether how two amounts compare depends on a rate, and so on their numbers: 5万元 and 4.8万美元."""
    money = {unit_of((quantity.unit or "").partition("/")[0]).dimension for quantity in (one, other)}
    return len(money) > 1 and CURRENCIES.issuperset(money)


#: The working days of a period at least, and all its days at most.
_DAYS_OF = {"月": (16, 31), "季度": (55, 92), "季": (55, 92), "年": (240, 366)}
#: All days of a period, and what is measured of every day.
_ALL_DAYS_OF = {"月": (28, 31), "年": (365, 366)}
_FLOWS = frozenset({"质量", "体积", "方", "能量"})
#: The weeks of a year.
_WEEKS = 52


def _in_days(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare months or working days with days, where their length makes no difference; `None` for other units."""
    if (found := _in_weeks(target, actual, assume, side)) is not None:
        return found
    wanted, reached = _days(target.quantity), _days(actual.quantity)
    if wanted is None or reached is None or isinstance(actual, Achieved):
        return None
    op, assumptions, undecided = _effective_op(target, Fraction(-1), assume, side)
    if op is None:
        return Comparison(undecided=undecided)
    is_of_work = "工作日" in {target.quantity.dimension, actual.quantity.dimension}
    zh, en = ("节假日另计", "holidays come on top") if is_of_work else ("各月长短不一", "months differ in length")
    asked, given = (Message(say(one, "zh"), say(one, "en")) for one in (target.quantity, actual.quantity))
    tried = {_holds(op, value, limit) for value in reached for limit in wanted}
    if op is TargetKind.EQUAL or len(tried) > 1:
        message = Message(
            f"指标值“{asked.zh}”与完成值“{given.zh}”单位不同，{zh}，是否达标要由人定",
            f"whether the actual “{given.en}” meets the target “{asked.en}” is for a person: {en}",
        )
        return Comparison(problem=Diagnostic("PF515", message, BY_HAND, severity=Severity.WARNING))
    message = Message(
        f"“{given.zh}”与“{asked.zh}”单位不同；{zh}，但怎样折算结果都一样",
        f"“{given.en}” and “{asked.en}” have different units; {en}, which makes no difference here",
    )
    met = tried.pop()
    most, least = (
        Comparison(met, op.direction, limit, value) for limit, value in zip(wanted, reversed(reached), strict=True)
    )
    return Comparison(met, op.direction, assumptions=(*assumptions, Assumption("in_days", message)), ends=(least, most))


def _in_weeks(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare working days with whole weeks, each of which has five: ≤15个工作日 ← 4周; `None` for other units."""
    weeks = actual.quantity
    is_week = weeks.measure is not None and weeks.dimension == "时间" and weeks.measure.factor == 7 * _DAY
    if (
        isinstance(actual, Achieved)
        or target.quantity.dimension != "工作日"
        or not is_week
        or weeks.value.denominator != 1
    ):
        return None
    days = Quantity(5 * weeks.value, target.quantity.unit)
    if days.value == target.quantity.value:
        return None  # a weekend may be worked
    found = compare_bound(target, replace(actual, quantity=days), assume, side)
    zh, en = f"“{say(weeks)}”按 {say(days)} 计", f"“{say(weeks, 'en')}” is taken as {say(days, 'en')}"
    return replace(found, assumptions=(*found.assumptions, Assumption("in_days", Message(zh, en))))


def is_by_calendar(one: Quantity, other: Quantity) -> bool:
    """Return whether how two times compare depends on the calendar, and so on their numbers: 5个月 and 180天."""
    return one.dimension != other.dimension and _days(one) is not None and _days(other) is not None


def _days(quantity: Quantity) -> tuple[Fraction, Fraction] | None:
    """Return how many days a time has at least, and at most: 5个月 has 150 to 153, 10个工作日 10 to 27."""
    match quantity.dimension:
        case "时间":
            days = quantity.base / _DAY
            return days, days
        case "月":
            years, months = divmod(quantity.base, 12)
            whole = int(months)
            least, most = _of_months(whole)
            return 365 * years + least + 28 * (months - whole), 366 * years + most + 31 * (months - whole)
        case "工作日":
            return quantity.base, quantity.base * _WITH_WEEKENDS + _HOLIDAYS
    return None


#: Weekends, and the longest holidays of a year.
_DAY, _WITH_WEEKENDS, _HOLIDAYS = 86400, Fraction(3, 2), 12


@cache
def _of_months(count: int) -> tuple[int, int]:
    """Return how many days so many months in a row have at least and at most; contracts count 30 for each."""
    lengths = [monthrange(year, month)[1] for year in (2023, 2024, 2025) for month in range(1, 13)]
    found = [sum(lengths[start : start + count]) for start in range(24)]
    return min(30 * count, *found), max(30 * count, *found)


#: How often a period comes in a year.
PERIODS = {"年": 1, "半年": 2, "季度": 4, "季": 4, "月": 12, "旬": 36, "周": 52, "学年": 1, "学期": 2}


def _per_period(quantity: Quantity) -> tuple[Quantity, int] | None:
    """Return a quantity without the period that it is counted for, and how often that comes in a year."""
    top, _, bottom = (quantity.unit or "").partition("/")
    each = bottom.split("·")
    periods = [one for one in each if one in PERIODS]
    if len(periods) > 1:
        return None
    rest = "·".join(one for one in each if one not in periods)
    unit = f"{top}/{rest}" if rest else top
    return replace(quantity, unit=unit or None), PERIODS[periods[0]] if periods else 1


def _at_least_if_odd(reading: _B) -> _B:
    """Return 3000余人 as at least 3000人."""
    return replace(reading, op=TargetKind.AT_LEAST) if _is_odd(reading) else reading


def _is_odd(reading: Bound | Achieved) -> bool:
    return reading.op is TargetKind.APPROXIMATELY and any(one.key == "odd" for one in reading.assumptions)


def _next_above(reached: Quantity, value: Fraction) -> Fraction:
    """Return what an actual of 2亿3千余万元 is less than: 2亿4千万元, in the unit of `value`."""
    digit = _last_digit(reached.value) or Fraction(0)
    return value + abs(value / reached.value) * digit if reached.value else value


_B = TypeVar("_B", Bound, Achieved)


def _about(
    target: Fraction, value: Fraction, stated: TargetKind | None, assume: Assume, side: Side | None
) -> Comparison:
    """Compare with a target that is only about a number, within the tolerance of the ruleset.

    Beyond it, the row's name may say whether that is better or worse; where names are asked and none does, a person
    decides.
    """
    tolerance = assume.tolerance or Fraction(0)
    low, high = target - abs(target) * tolerance, target + abs(target) * tolerance
    message = Message(
        f"“左右”按指标值的 ±{_percent(tolerance)} 计", f"“about” is taken as ±{_percent(tolerance)} of the target"
    )
    known = None if stated is TargetKind.APPROXIMATELY else stated
    met = _certain(known, lambda number: low <= number <= high, value, None)
    assumptions = [Assumption("tolerance", message)]
    is_far = abs(value - target) > 2 * abs(target) * tolerance
    if met is False and side is not None and (is_far or (value > target) is (side.direction == "higher")):
        met = (value > target) is (side.direction == "higher")
        way = Message(
            f"超出这个范围的，按“{side.word}”{'多' if side.direction == 'higher' else '少'}的为好",
            f"beyond that, by “{side.word}” {'more' if side.direction == 'higher' else 'less'} is better",
        )
        assumptions.append(Assumption("direction", way))
    elif met is False and assume.is_by_name:
        zh, en = (
            "在“左右”的范围之外不远，或名称没有写明多好还是少好",
            "not far beyond “about”, or no word says which way is better",
        )
        undecided = Diagnostic("PF519", Message(zh, en), BY_HAND)
        return Comparison(None, "between", target, value, low, high, stated, tuple(assumptions), undecided=undecided)
    return Comparison(met, "between", target, value, low, high, stated, tuple(assumptions))


def _effective_op(
    target: Bound, value: Fraction, assume: Assume, side: Side | None
) -> tuple[TargetKind | None, tuple[Assumption, ...], Diagnostic | None]:
    """Return the sign that is judged by, what that assumes, and why none can be given."""
    if target.op is TargetKind.APPROXIMATELY:
        zh, en = "规则没有给出“左右”的容差", "the ruleset gives no tolerance for 左右"
        hint = Message(
            f"{BY_HAND.zh}；规则集可写 assume: tolerance", f"{BY_HAND.en}; a ruleset may say `assume: tolerance`"
        )
        return None, (), Diagnostic("PF519", Message(zh, en), hint)
    if target.op is TargetKind.EQUAL and assume.equal is not None:
        higher = assume.equal == "higher"
        zh, en = ("不低于", "a floor") if higher else ("不超过", "a ceiling")
        message = Message(f"“{target}”的等号视为“{zh}”", f"the equals sign of “{target}” is taken as {en}")
        return (TargetKind.AT_LEAST if higher else TargetKind.AT_MOST), (Assumption("equal", message),), None
    if target.op in _AT_EDGE and assume.at_edge and value == target.quantity.value:
        message = Message(f"恰好等于“{target}”的界限，视为达标", f"exactly at the edge of “{target}”; taken as met")
        return _AT_EDGE[target.op], (Assumption("at_edge", message),), None
    if target.op is not TargetKind.BARE:
        return target.op, (), None
    if assume.is_by_name:
        is_zero = target.quantity.value == 0
        is_averted = (
            side is not None and side.word.startswith(_AVERTED) and measured_by(target.quantity.unit) == "count"
        )
        if (side is None or is_averted) and is_zero and value >= 0:
            side = Side("lower", "0")
        # Nobody asks for at least nothing, so a name that says so is not understood.
        if side is not None and not (is_zero and side.direction == "higher"):
            return _by_name(target, side)
    if assume.direction not in {"higher", "lower", "by_name_or_higher"}:
        zh, en = (
            f"指标值“{target.in_words()}”没有写明是下限还是上限",
            f"the target “{target.in_words('en')}” does not say whether it is a floor or a ceiling",
        )
        hint = Message(f"请在计算符号一栏写 ≥ 或 ≤；{BY_HAND.zh}", f"write ≥ or ≤ as the comparator; {BY_HAND.en}")
        return None, (), Diagnostic("PF518", Message(zh, en), hint)
    higher = assume.direction != "lower"
    zh, en = ("不低于", "a floor") if higher else ("不超过", "a ceiling")
    message = Message(
        f"“{target.in_words()}”没有写符号，视为“{zh}”", f"“{target.in_words('en')}” has no sign; taken as {en}"
    )
    return (TargetKind.AT_LEAST if higher else TargetKind.AT_MOST), (Assumption("direction", message),), None


def _by_name(target: Bound, side: Side) -> tuple[TargetKind, tuple[Assumption, ...], None]:
    """Return the sign that a word of the row's name or block gives to a bare number."""
    zh, en = ("不低于", "a floor") if side.direction == "higher" else ("不超过", "a ceiling")
    message = Message(
        f"“{target.in_words()}”没有写符号，按“{side.word}”视为“{zh}”",
        f"“{target.in_words('en')}” has no sign; by “{side.word}” it is taken as {en}",
    )
    return (
        (TargetKind.AT_LEAST if side.direction == "higher" else TargetKind.AT_MOST),
        (Assumption("direction", message),),
        None,
    )


def _holds(op: TargetKind, value: Fraction, target: Fraction) -> bool:
    match op:
        case TargetKind.AT_LEAST:
            return value >= target
        case TargetKind.AT_MOST:
            return value <= target
        case TargetKind.GREATER_THAN:
            return value > target
        case TargetKind.LESS_THAN:
            return value < target
    return value == target


#: Bounds that point away from each other.
_OPPOSITE = ((LOWER, UPPER), (UPPER, LOWER))


#: Less than any two numbers of a form differ by.
_NEXT = Fraction(1, 10**40)


def _certain(
    stated: TargetKind | None, test: Callable[[Fraction], bool], value: Fraction, wanted: TargetKind | None
) -> bool | None:
    """Judge a value that is known only up to a bound: met or missed where every number within the bound is."""
    if stated is None:
        return test(value)
    if wanted is not None and any(stated in one and wanted in other for one, other in _OPPOSITE):
        # 低于95% misses ≥95%, and so does any lower bound; 不超过98% may reach it.
        beside = value + (1 if stated in LOWER else -1) * _NEXT
        return None if test(value if stated in {TargetKind.AT_LEAST, TargetKind.AT_MOST} else beside) else False
    if wanted is not None and any(stated in side and wanted in side for side in (LOWER, UPPER)):
        # A strict bound at the target itself is on the good side of a strict target.
        return (
            True
            if test(value) or (stated is wanted and wanted in {TargetKind.GREATER_THAN, TargetKind.LESS_THAN})
            else None
        )
    if stated in {TargetKind.EQUAL, TargetKind.BARE}:
        return test(value)
    return None


# ── what stands beside a number that keeps a ceiling ──
def under_ceiling(found: Comparison, target: Bound, cell: str, unit: str, own: str) -> Comparison:
    """Return a row that keeps a ceiling by the number of its actual as missed, or for a person, by what else it says.

    A part of the year is not the year, 1-10月280万元, and what is still owed comes on top: 480万元，尚欠60万元. `own`
    are the words of the row beside its actual, `unit` its column.
    """
    is_ceiling = found.direction == "lower" or (target.quantity.value == 0 and target.op not in LOWER)
    if not found.met or found.actual is None or not is_ceiling:
        return found
    text = fold(cell)
    if not _SEASONS.isdisjoint(text) and (part := _ONLY_UP_TO.search(text)) is not None:
        is_asked = part[0].lstrip("截至止到第前")[-1:] in own or part[0] in fold(own)
        if not is_asked and not _ALL_THE_YEAR.search(text):
            zh, en = f"完成值“{cell}”只到“{part[0]}”，指标是全年的", f"“{cell}” is only of “{part[0]}”, not of the year"
            return left_open(Message(zh, en))
    return _with_further(found, target, text, unit)


#: Letters of the words for a part of the year.
_SEASONS = frozenset("月季半")


class _Figure(NamedTuple):
    """A number of a cell in the unit of its target, and the words before and behind it in its clause."""

    value: Fraction
    lead: str
    written: str
    tail: str

    @property
    def said(self) -> str:
        return f"{self.lead}{self.written}{self.tail}"


def _with_further(found: Comparison, target: Bound, text: str, unit: str) -> Comparison:
    """Add what comes on top of a number under a ceiling; leave open what may."""
    limit, value = target.quantity, found.actual or Fraction(0)
    if limit.unit == RATIO or limit.dimension in TIMES or "/" in (limit.unit or ""):
        return found
    figures = list(_figures(text, limit, unit))
    main = next((one for one in figures if one.value == value), None)
    of_year = _ALL_THE_YEAR.search(text) is not None
    if main is not None and _CORRECTED.search(main.lead):
        figures = figures[figures.index(main) :]  # 通报7个，2个误报，实际5个
    others = [one for one in figures if one is not main and _may_be_on_top(one)]
    others = [one for one in others if not of_year or _SEASONS.isdisjoint(one.lead)]  # 上半年12万元，全年28万元
    op = TargetKind.LESS_THAN if target.op is TargetKind.LESS_THAN else TargetKind.AT_MOST
    if main is None or not others or _holds(op, value + sum(one.value for one in others), limit.value):
        return found
    total = value + sum(one.value for one in others if _is_on_top(one, main))
    said = "”“".join(one.said for one in others)
    if found.stated is None and not _holds(op, total, limit.value):
        whole = Quantity(total, limit.unit)
        message = Message(f"加上“{said}”共 {say(whole, 'zh')}", f"with “{said}” it is {say(whole, 'en')} in all")
        return replace(found, met=False, actual=total, assumptions=(*found.assumptions, Assumption("further", message)))
    zh, en = f"完成值里的“{said}”要不要加上，要由人定", f"whether “{said}” comes on top is for a person"
    return left_open(Message(zh, en))


def _may_be_on_top(one: _Figure) -> bool:
    around = f"{one.lead}…{one.tail}"
    if not one.value or _INCLUDED.search(around) is not None:
        return False
    is_named = _STILL_OWED.search(around) is not None or _FURTHER.search(around) is not None
    return is_named or _NOT_ON_TOP.search(around) is None


def _is_on_top(one: _Figure, main: _Figure) -> bool:
    """Return whether an amount plainly is one more: what is owed, or the same harm by another way."""
    around = f"{one.lead}…{one.tail}"
    if _CONTRACT.search(main.lead) and _ADDED_TO_PRICE.search(around):
        return True
    if _FURTHER_DOUBTED.search(around) is not None:
        return False
    if _STILL_OWED.search(around) is not None:
        return True
    harms = harm_in(main.lead), harm_in(one.lead)
    is_complaint = all(_COMPLAINT.search(harm) for harm in harms)
    return _FURTHER.search(around) is None and all(harms) and (is_complaint or harms[0] == harms[1])


def _figures(text: str, limit: Quantity, unit: str) -> Iterator[_Figure]:
    """Yield the numbers of a folded cell that are in the unit of a limit, but for those of a detail."""
    in_detail, start = False, 0
    for match in _numbers(limit.unit or "").finditer(text):
        before = text[start : match.start()]
        start = match.end()
        is_more = any(one.search(before) for one in (_ENDS, _FURTHER, _STILL_OWED))
        in_detail = "其中" in before or "分别" in before or (in_detail and not is_more)
        tail = _PARTING.split(text[start:], maxsplit=1)[0]
        found = read_actual(match[0], None if match["unit"] else unit or limit.written)
        if in_detail or not isinstance(found, Measured) or found.quantity.dimension != limit.dimension:
            continue
        if match["unit"] or not tail:
            yield _Figure(_in_unit_of(found.quantity, limit), _PARTING.split(before)[-1], match[0], tail)


_ENDS, _PARTING = re.compile("[;。]"), re.compile("[,;。()、:]")


@cache
def _numbers(unit: str) -> re.Pattern[str]:
    number, named = r"(?<![0-9.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", re.escape(unit) or "(?!)"
    return re.compile(rf"{number}(?:[十百千万亿]*(?P<unit>{named})|(?![0-9.]))")


def compare_between(target: Between, actual: Measured | Achieved, side: Side | None = None) -> Comparison:
    """Compare a number with an interval; beyond it, the row's name may say that more is better."""
    reached = actual.quantity
    if (problem := _unit_problem(target.low, reached)) is not None:
        return Comparison(problem=problem)
    low, high, value = target.low.value, _in_unit_of(target.high, target.low), _in_unit_of(reached, target.low)

    def inside(number: Fraction) -> bool:
        above = number > low if target.low_open else number >= low
        return above and (number < high if target.high_open else number <= high)

    stated = actual.op if isinstance(actual, Achieved) else None
    met = _certain(stated, inside, value, None)
    if isinstance(actual, Achieved) and _is_odd(actual):
        most = _next_above(reached, value)
        met = False if most <= low or value >= high else True if inside(value) and most <= high else None
    found = Comparison(met, "between", actual=value, low=low, high=high, stated=stated)
    if met is not False or side is None or side.direction != "higher" or value <= high:
        return found
    message = Message(
        f"高于区间“{target}”，按“{side.word}”视为达标", f"above “{target}”; by “{side.word}” it is taken as met"
    )
    return replace(found, met=True, assumptions=(Assumption("direction", message),))


def compare_change(
    target: Change, actual: Measured | Achieved | Change, assume: Assume, side: Side | None
) -> Comparison:
    """Compare a change, or a number that stands for one, with a change that is asked for."""
    wanted = Bound(target.op, _as_share(target.quantity))
    if not isinstance(actual, Change):
        reached = _as_share(actual.quantity)
        if target.direction == "decrease" and reached.value < 0:
            # -3.6% answers 下降3%, and ≤-3.6% answers 下降≥3%: the sign says the same as the word.
            reached = replace(reached, value=-reached.value)
            actual = replace(actual, op=actual.op.turned) if isinstance(actual, Achieved) else actual
        return compare_bound(wanted, replace(actual, quantity=reached), assume, side)
    reached = _as_share(actual.quantity)
    if actual.direction != target.direction:
        return compare_bound(wanted, Measured(Quantity(-reached.value, reached.unit)), assume, side)
    plain = Measured(reached) if actual.op is TargetKind.BARE else Achieved(actual.op, reached)
    return compare_bound(wanted, plain, assume, side)


def _as_share(quantity: Quantity) -> Quantity:
    """Return a change by 1倍 as one by 100%."""
    return Quantity(quantity.value, "1") if quantity.unit == "倍" else quantity


def _unit_problem(wanted: Quantity, reached: Quantity) -> Diagnostic | None:
    if wanted.dimension == reached.dimension:
        return None
    (top, each), (other, of) = ((unit or "").partition("/")[::2] for unit in (wanted.unit, reached.unit))
    if top and other and bool(each) is not bool(of) and unit_of(top).dimension == unit_of(other).dimension:
        # Whoever leaves /公里 out may mean it.
        return _lacks_each(wanted, reached, each or of)
    if top and other and each and of and unit_of(top).dimension == unit_of(other).dimension:
        return _for_each_of_two(wanted, reached, each, of)
    if (problem := _of_two_currencies(wanted, reached)) is not None:
        return problem
    if {wanted.unit, reached.unit} == {RATIO, "百分点"}:
        return _points_of_percent(wanted, reached)
    are_counts = all(one.measure is not None and one.measure.is_count for one in (wanted, reached))
    if are_counts and wanted.unit and reached.unit and wanted.unit.startswith("人") is reached.unit.startswith("人"):
        return _of_one_thing(wanted, reached)
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”单位不同，不能比较",
            f"the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” have different units",
        ),
        Message("请核对单位栏和两格的单位", "check the unit column and both cells"),
    )


def _of_two_currencies(wanted: Quantity, reached: Quantity) -> Diagnostic | None:
    """Return that two amounts are in two currencies, for which no rate is known."""
    if not is_by_rate(wanted, reached):
        return None
    message = Message(
        f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”币种不同，没有汇率，不能换算",
        f"the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” are in two currencies, of which no"
        " rate is known",
    )
    hint = Message("请按同一币种填写，或由人按当时的汇率判定", "write both in one currency, or judge by the rate")
    return Diagnostic("PF515", message, hint, severity=Severity.WARNING)


def _of_one_thing(wanted: Quantity, reached: Quantity) -> Diagnostic:
    """Return that two counts may be of one thing or of two: 100套 and 105户, 10人次 and 11人."""
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”单位不同，数的是不是同一样东西，要由人定",
            f"whether the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” count the same thing is"
            " for a person",
        ),
        Message("请核对单位栏和两格的单位", "check the unit column and both cells"),
        severity=Severity.WARNING,
    )


def _points_of_percent(wanted: Quantity, reached: Quantity) -> Diagnostic:
    """Return that a change is in percent in one cell and in percentage points in the other, which many mix up."""
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”一个按百分数、一个按百分点计，未能比较",
            f"of the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” one is in percent and one in"
            " percentage points; they were not compared",
        ),
        Message("请核对两格的单位；意思相同的，写同一单位", "check the units; write the same one where it is meant"),
        severity=Severity.WARNING,
    )


def _lacks_each(wanted: Quantity, reached: Quantity, each: str) -> Diagnostic:
    """Return that only one of two numbers says for what it is counted."""
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”只有一格写明按每{each}计，未能比较",
            f"of the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” only one is for each {each};"
            " they were not compared",
        ),
        Message("请核对两格的单位；都按它计的，两格都写上", "check the units; write what it is for in both cells"),
        severity=Severity.WARNING,
    )


def _for_each_of_two(wanted: Quantity, reached: Quantity, each: str, of: str) -> Diagnostic:
    """Return that two numbers are counted for different things, of which one might be computed: 4次/月, 12次/季度."""
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”按每{each}计，完成值“{say(reached, 'zh')}”按每{of}计，没有换算，未能比较",
            f"the target “{say(wanted, 'en')}” is for each {each}, the actual “{say(reached, 'en')}” for each {of};"
            " neither was converted, and they were not compared",
        ),
        Message("请核对两格的单位；按同一时段或对象计的，两格写同一单位", "count both for the same, in the same unit"),
        severity=Severity.WARNING,
    )


def _in_unit_of(quantity: Quantity, other: Quantity) -> Fraction:
    return quantity.value if other.unit is None else in_units(quantity.base, other.unit)


def _percent(share: Fraction) -> str:
    return str(Quantity(share, "1"))


# ── the amounts that words name ──
class Amount(NamedTuple):
    """An amount in the dimension of a target: the least and the most that it may be, in the base unit; its words.

    `is_less` tells that it is less than the most of it: 不到80人.
    """

    least: Fraction
    most: Fraction
    lead: str
    tail: str
    clause: str
    is_less: bool = False

    @property
    def words(self) -> str:
        """The words before it and behind it."""
        return f"{self.lead} {self.tail}".strip()


#: Words before and behind an amount that leave open how much more or less it is.
_MORE_THAN = ("超过", "超", "逾", "至少", "突破", "不低于", "不少于", "高于", "大于")
_OR_MORE, _ODD, _ABOUT = ("以上", "及以上"), ("多", "余"), ("左右", "上下")
#: How much more an amount may be that says no end: 超过1000人.
UNKNOWN = 10**18
_HAN = re.compile("[一-龥]")


def amounts(clause: str, target: Bound, column: str = "") -> list[Amount]:
    """Return the amounts of a clause that are in the dimension of a target; `column` is the unit column beside it.

    >>> from pfscore.cells.reader import parse_target
    >>> [(str(one.least), one.lead, one.tail) for one in amounts("敷设9.3公里主管", parse_target("≥15公里"))]
    [('9300', '敷设', '主管')]
    >>> [str(one.least) for one in amounts("8个工作日", parse_target("≥5个"))]
    []
    """
    found: list[Amount] = []
    start = 0
    for match in _AMOUNT.finditer(clause):
        behind = clause[match.end() :]
        unit = _unit_at(behind, target.quantity)
        if unit is None and not column and target.quantity.unit is not None:
            continue
        # 60.2万 beside 万人次 is no more than that
        column_of_it = column.lstrip("千百万亿") if match["scale"] else column
        word, size = unit or _unit_of_column(behind, target.quantity, column_of_it)
        if not size:
            continue
        if found and start:
            found[-1] = found[-1]._replace(tail="")
        lead, start = clause[start : match.start()], match.end() + len(word)
        found.append(_amount(match, size, lead, clause, clause[start:]))
    return found


def _amount(match: re.Match[str], size: Fraction, lead: str, clause: str, behind: str) -> Amount:
    digits, scale = match["number"].replace(",", ""), SCALES.get(match["scale"] or "", 1) * size
    value, place = Fraction(digits) * scale, _place(digits) * scale
    if behind.startswith(_OR_MORE) or lead.endswith(_MORE_THAN):
        return Amount(value, value + UNKNOWN, lead, behind, clause)
    if match["nearly"]:
        return Amount(
            value - (place if "近" in match["nearly"] else UNKNOWN), value, lead, behind, clause, is_less=True
        )
    if match["odd"] or behind.startswith(_ODD):
        return Amount(value, value + place, lead, behind, clause, is_less=True)
    if match["about"] or behind.startswith(_ABOUT):
        return Amount(value - place / 2, value + place / 2, lead, behind, clause)
    return Amount(value, value, lead, behind, clause)


def _unit_at(text: str, wanted: Quantity) -> tuple[str, Fraction] | None:
    """Return the unit at the beginning of a text and its size where it is of the dimension of a quantity.

    `None` where no unit stands there, and a size of 0 for a unit of something else: 人次 counts 人, 个工作日 no 个.
    """
    longest = unit_at(text)
    own = wanted.unit if wanted.unit not in {None, RATIO} else ""
    if own and text.startswith(own) and (len(longest) <= len(own) or longest == f"{own}次"):
        return own, unit_of(own).factor
    if not longest:
        return None
    if wanted.dimension in TIMES:  # 11月20日 is no amount of days
        return longest, Fraction(0)
    unit, behind = known_units()[longest], text[len(longest) : len(longest) + 1]
    if behind in {"/", "·"} or not (unit.dimension == wanted.dimension or _counts_the_same(unit, wanted, behind)):
        return longest, Fraction(0)
    return longest, unit.factor


def _counts_the_same(unit: Unit, wanted: Quantity, behind: str) -> bool:
    """Return whether a unit counts what another one counts: 5场 of 20场次; but 12个 of 12个村 is no 12座."""
    is_one_of = unit.text in _EITHER_UNIT.split(wanted.unit or "")  # 台 of 台(套)
    return is_one_of or (counted_alike(unit.text, wanted.unit) and not _HAN.match(behind))


_EITHER_UNIT = re.compile("[()]")


def _unit_of_column(behind: str, wanted: Quantity, column: str) -> tuple[str, Fraction]:
    """Return the size of a number without unit, by the column beside it."""
    reading = None if _HAN.match(behind) else read_actual("1", column or None)
    if not isinstance(reading, Measured) or reading.quantity.dimension != wanted.dimension:
        return "", Fraction(0)
    return "", reading.quantity.base


def _place(digits: str) -> Fraction:
    """Return what one more in the last digit that counts is worth: 100 in 2900, 0.1 in 98.5.

    >>> [str(_place(digits)) for digits in ("2900", "93", "98.5")]
    ['100', '1', '1/10']
    """
    whole, point, decimals = digits.partition(".")
    return Fraction(1, 10 ** len(decimals)) if point else Fraction(10 ** (len(whole) - len(whole.rstrip("0") or whole)))
