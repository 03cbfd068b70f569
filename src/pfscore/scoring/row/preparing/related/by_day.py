"""Results of several days or periods: 9月底38个，12月底45个 under 9月底前45个, Q1:5 Q2:6 Q3:4 Q4:8 under 每季度≥5次."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.calendar import start_and_end
from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.quantities import RATIO, Quantity, say, unit_of
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import (
    Achieved,
    Actual,
    AllOf,
    Between,
    Bound,
    Dated,
    Deadline,
    Measured,
    Target,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.dates import ANY_YEAR
from pfscore.scoring.row.comparing.numbers import amounts
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.related.beside_target import WHOLE, Found, amount_of, has_ceiling
from pfscore.scoring.row.preparing.several_numbers import in_all, in_unit

# In grammar/words/relations.txt.
_DUE, _STANDS, _DAY_DONE, _BESIDES = rules("due_by_day", "stands_at_day", "day_done", "done_besides")
_AMOUNT_THEN_DAY = rule("amount_then_day")
# In grammar/words/several_numbers.txt.
_EVENTS, _OF_A_PERIOD, _ONE_BY_ONE = rules("counted_events", "number_of_a_period", "periods_one_by_one")
_EACH_PERIOD_ASKED = rule("each_period_by_name")
# In grammar/words/dates.txt.
_BETWEEN = rule("between_times")
# In grammar/words/beside_numbers.txt.
_STEP = rule("later_step")

_CLAUSES = re.compile(r"[,;、。()]+")


class _Stand(NamedTuple):
    """How much there was on a day."""

    day: date
    reached: Quantity


def by_day(cells: Cells, row: Written) -> Found:
    """Yield how much there was on the day by which a target is to be reached: what came later is late.

    On a day between two of them it was something between the two.
    """
    if isinstance(cells.target, Deadline) and (found := _AMOUNT_THEN_DAY.fullmatch(fold(row.actual))) is not None:
        if not strange_words(found["deed"], row.own):
            message = Message(f"“{found['amount']}”没有当作结果", f"“{found['amount']}” is not taken as a result")
            yield cells.target, Dated(found["day"]), message
        return
    target, due = _amount_of(cells.target), _DUE.search(fold(row.target))
    if target is None or has_ceiling(target, row):
        return
    plain = _as_floor(target, row)
    is_read = isinstance(cells.target, Bound) and isinstance(cells.actual, Measured)
    is_plain = (is_read and plain.op is target.op) or target.quantity.unit == RATIO
    if (done := None if is_plain else _done(target, row)) is not None:
        yield from _by_limit(plain, done, due, row, is_read=is_read)
    limit, stands = None if due is None else _last_day(due["day"], row), _stands(target, row)
    if due is None or limit is None or stands is None:
        return
    if stands[-1].day <= limit:
        if not isinstance(cells.actual, Measured) or plain.op is not target.op:
            yield plain, *_between(stands[-1].reached, stands[-1].reached, due[0])
        return
    before = [one for one in stands if one.day <= limit]
    least = before[-1].reached if before else in_unit(target, Fraction(0))
    most = next(one for one in stands if one.day > limit).reached
    is_exact = bool(before) and (before[-1].day == limit or least.base >= target.quantity.base)
    if not is_exact and most.unit == RATIO and most.base == WHOLE.base == target.quantity.base:
        # 3月8日80%，3月20日100%: all of it was there only then
        message = Message(f"到“{due[0]}”不到 100%", f"by “{due[0]}” it was less than 100%")
        yield plain, Achieved(TargetKind.LESS_THAN, target.quantity), message
        return
    yield plain, *_between(least, least if is_exact else most, due[0])


def _as_floor(target: Bound, row: Written) -> Bound:
    """Return a target without sign or side as a floor."""
    is_floor = target.op is TargetKind.BARE and side_of(row.name, (), target.quantity.unit) is None
    return replace(target, op=TargetKind.AT_LEAST if is_floor else target.op, assumptions=())


def _between(least: Quantity, most: Quantity, due: str) -> tuple[Actual, Message]:
    """Return what there was by a day: so much, or something between two amounts."""
    if least == most:
        return Measured(least), Message(f"到“{due}”是 {say(least)}", f"by “{due}” it was {say(least, 'en')}")
    zh, en = (
        f"到“{due}”在 {say(least)} 到 {say(most)} 之间",
        f"by “{due}” it was between {say(least, 'en')} and {say(most, 'en')}",
    )
    return Between(least, most), Message(zh, en)


class _Done(NamedTuple):
    """How much was done on one of several days, or by then, and the words for that day."""

    first: date
    last: date
    amount: Fraction
    day: str


def _by_limit(target: Bound, done: list[_Done], due: re.Match[str] | None, row: Written, *, is_read: bool) -> Found:
    """Yield what was done by a limit: of each of several days, or of all up to it, where the amounts do not fall.

    Of what `is_read` as one number by itself, only that it was in time.
    """
    limit = date(_year(row), 12, 31) if due is None else _last_day(due["day"], row)
    if limit is None or any(one.first <= limit < one.last for one in done):
        return
    before, after = [one for one in done if one.last <= limit], [one for one in done if one.first > limit]
    if is_read and after:
        return
    by = f"{limit.year}年底" if due is None else due[0]
    total = sum((one.amount for one in before), start=Fraction(0))
    if not before and len(after) == 1:
        message = Message(f"“{after[0].day}”晚于“{by}”", f"“{after[0].day}” is later than “{by}”")
        if after[0].amount < target.quantity.base:
            yield target, Measured(in_unit(target, after[0].amount)), message
        else:
            yield Deadline(f"{_written(limit)}前"), Dated(_written(after[0].first)), message
        return
    may_stand = len(done) > 1 and all(one.amount <= other.amount for one, other in pairwise(done))
    least = total if not may_stand else before[-1].amount if before else Fraction(0)
    is_exact = bool(before) and before[-1].last == limit
    most = max(total, after[0].amount) if may_stand and after and not is_exact else total
    yield target, *_between(in_unit(target, least), in_unit(target, most), by)


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _done(target: Bound, row: Written) -> list[_Done] | None:
    """Return what was done on each day of an actual, by day; `None` for other cells.

    The days stand before their amounts, or all of them behind: 6月底3个，9月2个; 5000亩，5月22日完成.
    """
    said = fold(row.actual)
    days = list(_DAY_DONE.finditer(said))
    if not days or (_DUE.search(fold(row.target)) is None and not any(one["next"] for one in days)):
        return None
    pieces = [said[one.end() : other.start()] for one, other in pairwise(days)]
    head, tail = said[: days[0].start()], said[days[-1].end() :]
    is_behind = bool(amounts(head, target, row.unit))
    texts, rest = ([head, *pieces], tail) if is_behind else ([*pieces, tail], head)
    done: list[_Done] = []
    for day, text in zip(days, texts, strict=True):
        held, span = amounts(text, target, row.unit), Dated(day["day"])
        first, last = span.first_day(_year(row)), span.last_day(_year(row))
        if len(held) != 1 or held[0].least != held[0].most or first is None or last is None:
            return None
        words = [_BESIDES.sub("", one) for one in _CLAUSES.split(f"{held[0].lead},{held[0].tail},{rest}")]
        if any(_STEP.search(one) or strange_words(one, row.own) for one in words):
            return None
        done.append(_Done(first, last, held[0].least, day["day"]))
    return sorted(done)


def _year(row: Written) -> int:
    """Return the year of a deadline, or of the form, or the first that its actual names."""
    due, done = (
        [int(one["day"][:4]) for one in days if one["day"][:4].isdecimal()]
        for days in (_DUE.finditer(fold(row.target)), _DAY_DONE.finditer(fold(row.actual)))
    )
    return next(iter((*due, *filter(None, (row.year,)), *done)), ANY_YEAR)


def _amount_of(target: Target | None) -> Bound | None:
    """Return the amount of a target, or the one of what is to be reached by a deadline."""
    parts = target.parts if isinstance(target, AllOf) else (target,)
    found = [one for one in parts if not isinstance(one, Deadline)]
    return found[0] if len(found) == 1 and isinstance(found[0], Bound) else None


def _last_day(day: str, row: Written) -> date | None:
    return Deadline(f"{day}前").last_day(_year(row))


def _stands(target: Bound, row: Written) -> list[_Stand] | None:
    """Return how much there was on each of the days of an actual; `None` for other cells, and where it grew less."""
    stands: list[_Stand] = []
    is_until = False
    for clause in filter(None, _CLAUSES.split(fold(row.actual))):
        found = _STANDS.fullmatch(clause)
        day = None if found is None else _last_day(found["day"], row)
        if found is None or day is None or strange_words(found["deed"], row.own):
            return None
        held = amounts(found["amount"], target, row.unit)
        if len(held) != 1 or held[0].least != held[0].most or held[0].words:
            return None
        is_until = is_until or bool(found["until"] or found["by"])
        stands.append(_Stand(day, in_unit(target, held[0].least)))
    stands.sort()
    if any(one.day == other.day or one.reached.base > other.reached.base for one, other in pairwise(stands)):
        return None
    # 12月底支付82% alone is what was done then; 截至12月为82% says how much it was, and nothing of before.
    return stands if is_until or len(stands) > 1 else None


def by_span(cells: Cells, row: Written) -> Found:
    """Yield how many days a span of two of them is: 5月1日-5月5日 under ≥7天.

    Of 公示, which by law begins on the day after, it is those or one less.
    """
    target, year = cells.target, row.year or ANY_YEAR
    span = start_and_end(row.actual, year) if isinstance(cells.actual, Dated) else None
    if not isinstance(target, Bound) or target.quantity.unit not in {"天", "日"} or span is None:
        return
    first, last = span
    if first.first != first.last or last.first != last.last or last.last <= first.first:
        return
    most = replace(target.quantity, value=Fraction((last.last - first.first).days + 1))
    message = Message(f"“{row.actual}”是 {say(most)}", f"“{row.actual}” is {say(most, 'en')}")
    if "公示" in row.name:
        yield target, Between(replace(most, value=most.value - 1), most), message
    yield target, Measured(most), message


# ── periods ──
#: How many of each period a year has.
_PARTS_OF_YEAR = {"半年": 2, "学期": 2, "季度": 4, "月": 12}
_PLACES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "上": 1, "下": 2}


def _numbers_of_periods(text: str, own: str, each: str) -> tuple[str, dict[int, str]]:
    """Return the period that a cell has numbers for, and the number of each of them; nothing where it has more.

    `own` are the words of the row, `each` the period that it asks for, of which a cell may give the numbers alone.

    >>> _numbers_of_periods("一季度7、二季度8场", "", ""), _numbers_of_periods("上半年7，全年15", "", "")
    (('季度', {1: '7', 2: '8场'}), ('', {}))
    >>> _numbers_of_periods("前三季度各2次,四季度未开展", "", ""), _numbers_of_periods("4、5", "", "半年")
    (('季度', {1: '2次', 2: '2次', 3: '2次', 4: '0'}), ('半年', {1: '4', 2: '5'}))
    """
    folded = "".join(fold(text).split()).rstrip("。;")
    alone = _ONE_BY_ONE.fullmatch(folded)
    if alone is not None:
        numbers = [one[0] for one in _NUMBER.finditer(alone["numbers"])]
        is_all = len(numbers) == _PARTS_OF_YEAR.get(each)
        unit = alone["unit"] or ("%" if "%" in alone["numbers"] else "")
        return (each, {at: f"{one}{unit}" for at, one in enumerate(numbers, 1)}) if is_all else ("", {})
    found = list(_OF_A_PERIOD.finditer(folded))
    kinds = {one["kind"] or one["half"] or "季度" for one in found}
    if len(kinds) != 1 or sum(len(one[0]) for one in found) < len(folded):
        return "", {}
    values: dict[int, str] = {}
    for one in found:
        places = _places(one)
        if strange_words(one["deed"], own) or (len(places) > 1 and not one["each"]) or set(places) & set(values):
            return "", {}
        number = "0" if one["none"] else f"{one['number'].replace(',', '')}{one['unit']}"
        values.update(dict.fromkeys(places, number))
    return kinds.pop(), values


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _places(one: re.Match[str]) -> range | list[int]:
    """Return the places in a year that are named: 前三, 1-3, 一、二, 4."""
    if last := one["so_many"] or one["last"]:
        return range(_place(one["first"] or "1"), _place(last) + 1)
    return [_place(each) for each in _BETWEEN.split(one["listed"] or one["end"] or one["quarter"])]


def _place(text: str) -> int:
    return int(text) if text.isdecimal() else _PLACES[text]


def by_period(cells: Cells, row: Written) -> Found:
    """Yield the worst of the parts of a year where each is asked for, else what they are in all: 上半年140，下半年152.

    Of a part of them only the worst that misses is told. Who is counted in both halves may be the same, so that a sum
    of persons is only too small.
    """
    target = cells.target
    if not isinstance(target, Bound):
        return
    top, _, each = (target.quantity.unit or "").partition("/")
    each = "季度" if each == "季" else each
    if not each and (named := _EACH_PERIOD_ASKED.search(fold(row.name))) is not None:
        each = "季度" if named["each"] == "季" else named["each"]
    kind, parts = _numbers_of_periods(row.actual, row.own, each)
    each = each or (kind if fold(row.target).startswith("各") else "")
    if not parts or not top or (top == RATIO and not each):
        return
    unit = "%" if top == RATIO else top
    values = [amount_of(f"{text}{unit}" if text[-1].isdecimal() else text, row) for text in parts.values()]
    if any(one is None or one.dimension != unit_of(top).dimension for one in values):
        return
    numbers, is_ceiling = [one.base for one in values if one is not None], has_ceiling(target, row)
    size, limit, is_whole = unit_of(top).factor, target.quantity.value, len(parts) == _PARTS_OF_YEAR[kind]
    if each:
        worst = replace(target.quantity, value=(max if is_ceiling else min)(numbers) / size)
        if kind == each and (is_whole or (worst.value > limit if is_ceiling else worst.value < limit)):
            zh, en = f"“{row.actual}”里最差的是 {say(worst)}", f"{say(worst, 'en')} is the worst of them"
            yield (_as_floor(target, row) if _EVENTS.fullmatch(top) else target), Measured(worst), Message(zh, en)
        return
    total = replace(target.quantity, value=sum(numbers, start=Fraction(0)) / size)
    if is_whole and (_EVENTS.fullmatch(top) or (total.value < limit and not is_ceiling)):
        parts_said = "”“".join(filter(None, _CLAUSES.split("".join(fold(row.actual).split()))))
        yield target, Measured(total), in_all(parts_said, total)
