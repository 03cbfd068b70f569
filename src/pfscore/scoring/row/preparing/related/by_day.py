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
from pfscore.cells.lexicon.quantities import Quantity, say
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Actual, AllOf, Between, Bound, Deadline, Measured, Target, TargetKind
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.numbers import amounts
from pfscore.scoring.row.comparing.other_words import Written
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.related.beside_target import Found, has_ceiling
from pfscore.scoring.row.preparing.several_numbers import in_unit

# In grammar/words/relations.txt.
_DUE, _STANDS = rules("due_by_day", "stands_at_day")

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
    if target is None or due is None or has_ceiling(target, row):
        return
    limit, stands = _last_day(due["day"], row), _stands(target, row)
    if limit is None or stands is None or stands[-1].day <= limit:
        return
    before = [one for one in stands if one.day <= limit]
    least = before[-1].reached if before else in_unit(target, Fraction(0))
    most = next(one for one in stands if one.day > limit).reached
    is_exact = bool(before) and (before[-1].day == limit or least.base >= target.quantity.base)
    is_floor = target.op is TargetKind.BARE and side_of(row.name, (), target.quantity.unit) is None
    plain = replace(target, op=TargetKind.AT_LEAST if is_floor else target.op, assumptions=())
    if is_exact:
        found: Actual = Measured(least)
        message = Message(f"到“{due[0]}”是 {say(least)}", f"by “{due[0]}” it was {say(least, 'en')}")
    else:
        zh, en = (
            f"到“{due[0]}”在 {say(least)} 到 {say(most)} 之间",
            f"by “{due[0]}” it was between {say(least, 'en')} and {say(most, 'en')}",
        )
        found, message = Between(least, most), Message(zh, en)
    yield plain, found, message


def _amount_of(target: Target | None) -> Bound | None:
    """Return the amount of a target, or the one of what is to be reached by a deadline."""
    parts = target.parts if isinstance(target, AllOf) else (target,)
    found = [one for one in parts if not isinstance(one, Deadline)]
    return found[0] if len(found) == 1 and isinstance(found[0], Bound) else None


def _last_day(day: str, row: Written) -> date | None:
    return Deadline(f"{day}前").last_day(row.year or 2023)


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
