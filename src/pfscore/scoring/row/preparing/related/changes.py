"""Changes: from one number to another, against last year, between two amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.directions import change_named
from pfscore.cells.lexicon.quantities import RATIO, Quantity, say, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import (
    Actual,
    Bound,
    Change,
    Level,
    Measured,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.other_words import Written
from pfscore.scoring.row.preparing.related.beside_target import CLAUSE_END, POINTS, amount_of, percent_of

# In grammar/words/relations.txt.
_FROM_TO, _WITH_LAST_YEAR, _LAST_AND_THIS = rules("from_to", "with_last_year", "last_and_this_year")
_BUDGET_AND_PAID, _SAVED, _FROM_JANUARY = rules("budget_and_paid", "saved_share", "begin_and_end_of_year")


def of_change(target: Change | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the change of 由26.3%提高到27.8% and of 89.6%，上年为88.1%.

    Beside a target that asks for a change, a second value alone answers nothing: where the change is not known, the
    words are for a person.
    """
    found = _FROM_TO.search(said) or _WITH_LAST_YEAR.fullmatch(said) or _of_two_years(said)
    if found is None and (target is not None or "年初" in row.target):
        found = _FROM_JANUARY.fullmatch(said)
    if found is None:
        return
    before, after = (amount_of(found[name], row) for name in ("before", "after"))
    if after is not None and (before is None or before.unit is None):
        before = amount_of(found["before"] + (after.written or after.unit or "").replace("1", "%"), row)
    by = _risen(target, before, after)
    if by is None:
        if target is not None:
            zh = f"看不出“{found[0]}”是不是“{row.target}”说的变化"
            message = Message(zh, f"“{found[0]}” may not be the change that “{row.target}” asks for")
            yield Level(row.actual), message
        return
    size = replace(by, value=abs(by.value))
    # Beside words, what moved need not be what they are of: 营商环境优化 ← 审批时限由10天压缩到5天.
    what = "" if target is not None else CLAUSE_END.split(said[: found.start()])[-1]
    change = Change("increase" if by.value > 0 else "decrease", TargetKind.BARE, size, label=what)
    text = say(size) if size.unit != RATIO else percent_of(size.value)
    zh = f"“{found[0]}”是{'增加' if by.value > 0 else '减少'} {text}"
    yield change, Message(zh, f"“{found[0]}” is {'a rise' if by.value > 0 else 'a fall'} by {text}")


def _of_two_years(said: str) -> re.Match[str] | None:
    """Return a value of last year and this year's: 上年52万人次，本年57.2万人次; 2023年880吨，2024年829吨."""
    found = _LAST_AND_THIS.fullmatch(said)
    if found is None:
        return None
    years = [one[:4] for one in (found["past"], found["now"]) if one[0].isdecimal()]
    return found if not years or (len(years) == 2 and int(years[1]) - int(years[0]) == 1) else None


def of_two_amounts(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the change or the saving that a name is for: 上年52万人次，本年57.2万人次; 预算500万元，结算484万元."""
    direction = change_named(row.name)
    if direction is not None:
        for change, message in of_change(Change(direction, target.op, target.quantity), row, said):
            if isinstance(change, Change):
                yield change, message
    found = _BUDGET_AND_PAID.fullmatch(said) if _SAVED.search(fold(row.name)) else None
    if found is None:
        return
    before, after = (amount_of(found[name], row) for name in ("before", "after"))
    if before is not None and after is not None and before.dimension == after.dimension and before.base:
        share = Quantity(1 - after.base / before.base, RATIO)
        digits = percent_of(share.value)
        yield Measured(share), Message(f"“{said}”是节约 {digits}", f"“{said}” is a saving of {digits}")


def _risen(target: Change | None, before: Quantity | None, after: Quantity | None) -> Quantity | None:
    """Return by how much a value rose, as the target counts it; `None` where they are of different things."""
    if before is None or after is None or before.dimension != after.dimension:
        return None
    by, is_share = after.base - before.base, after.unit == RATIO
    if target is None:
        return Quantity(by * 100, POINTS) if is_share else Quantity(by / _factor(after.unit), after.unit)
    wanted = target.quantity
    if wanted.unit == POINTS:
        return Quantity(by * 100, POINTS) if is_share else None
    if wanted.unit in {RATIO, "倍"}:
        if not before.base:
            return None
        # 提高1% of a share is one hundredth of it, or one percentage point: read where both come to the same.
        sizes = [abs(by) / before.base, *([abs(by)] if is_share else [])]
        alike = len({(size > wanted.base, size < wanted.base) for size in sizes}) == 1
        return Quantity(by / before.base, RATIO) if alike else None
    if after.dimension != wanted.dimension:
        return None
    return Quantity(by / _factor(wanted.unit), wanted.unit)


def _factor(unit: str | None) -> Fraction:
    return Fraction(1) if unit is None else unit_of(unit).factor
