"""Results of several days, under a target that is to be reached by a day: 9月底38个，12月底45个 under 9月底前45个."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.quantities import RATIO, Quantity, say
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import (
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
from pfscore.scoring.row.preparing.related.beside_target import Found, has_ceiling
from pfscore.scoring.row.preparing.several_numbers import in_unit

# In grammar/words/relations.txt.
_DUE, _STANDS, _DAY_DONE, _BESIDES = rules("due_by_day", "stands_at_day", "day_done", "done_besides")
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
    target, due = _amount_of(cells.target), _DUE.search(fold(row.target))
    if target is None or has_ceiling(target, row):
        return
    is_floor = target.op is TargetKind.BARE and side_of(row.name, (), target.quantity.unit) is None
    plain = replace(target, op=TargetKind.AT_LEAST if is_floor else target.op, assumptions=())
    is_read = isinstance(cells.target, Bound) and isinstance(cells.actual, Measured)
    is_read = is_read or target.quantity.unit == RATIO
    if (done := None if is_read else _done(target, row)) is not None:
        yield from _by_limit(plain, done, due, row)
    limit, stands = None if due is None else _last_day(due["day"], row), _stands(target, row)
    if due is None or limit is None or stands is None:
        return
    if stands[-1].day <= limit:
        if not isinstance(cells.actual, Measured):
            yield plain, *_between(stands[-1].reached, stands[-1].reached, due[0])
        return
    before = [one for one in stands if one.day <= limit]
    least = before[-1].reached if before else in_unit(target, Fraction(0))
    most = next(one for one in stands if one.day > limit).reached
    is_exact = bool(before) and (before[-1].day == limit or least.base >= target.quantity.base)
    yield plain, *_between(least, least if is_exact else most, due[0])


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


def _by_limit(target: Bound, done: list[_Done], due: re.Match[str] | None, row: Written) -> Found:
    """Yield what was done by a limit: of each of several days, or of all up to it, where the amounts do not fall."""
    limit = date(_year(row), 12, 31) if due is None else _last_day(due["day"], row)
    if limit is None or any(one.first <= limit < one.last for one in done):
        return
    before, after = [one for one in done if one.last <= limit], [one for one in done if one.first > limit]
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
        is_until = is_until or found["until"] is not None
        stands.append(_Stand(day, in_unit(target, held[0].least)))
    stands.sort()
    if any(one.day == other.day or one.reached.base > other.reached.base for one, other in pairwise(stands)):
        return None
    # 12月底支付82% alone is what was done then; 截至12月为82% says how much it was, and nothing of before.
    return stands if is_until or len(stands) > 1 else None
