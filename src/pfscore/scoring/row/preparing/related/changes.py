"""Changes: from one number to another, against last year, between two amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.directions import change_named, side_of
from pfscore.cells.lexicon.numerals import han
from pfscore.cells.lexicon.quantities import RATIO, Quantity, in_units, say
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Actual,
    Between,
    Bound,
    Change,
    Level,
    Measured,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.preparing.related.beside_target import (
    CLAUSE_END,
    POINTS,
    Found,
    amount_of,
    number_of,
    percent_of,
)

# In grammar/words/relations.txt.
_FROM_TO, _WITH_LAST_YEAR, _LAST_AND_THIS = rules("from_to", "with_last_year", "last_and_this_year")
_MOVED_BY, _AMOUNT_OF_CHANGE, _MOVED_NAMED = rules("left_by_change", "amount_of_change", "moved_named")
_RANK_FROM_TO, _MONTH_AND_DAYS = rules("rank_from_to", "month_and_days")
_NEW_ONES, _WITH_LAST, _CHANGE_BY_BASE = rules("new_ones", "of_last_year_itself", "change_by_base")
_BUDGET_AND_PAID, _SAVED, _FROM_JANUARY = rules("budget_and_paid", "saved_share", "begin_and_end_of_year")


def of_change(target: Change | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the change of 由26.3%提高到27.8% and of 89.6%，上年为88.1%.

    Beside a target that asks for a change, a second value alone answers nothing: where the change is not known, the
    words are for a person.
    """
    found = _told(said) or _MOVED_BY.search(said)
    if found is None and (target is not None or "年初" in row.target):
        found = _FROM_JANUARY.fullmatch(said)
    if found is None:
        return
    before, after = _two_values(found, row, None if target is None else target.quantity)
    by, verb = _risen(target, before, after), found.groupdict()
    if target is not None and by is not None and by.unit in _FIRST_IS_BEST:
        by = replace(by, value=-by.value)
    is_against = by is not None and (by.value < 0 if verb.get("up") else verb.get("down") is not None and by.value > 0)
    if target is None and after is not None and after.unit in _FIRST_IS_BEST and is_against:
        word = "提升" if verb["up"] else "下降"
        yield Level(word), Message(f"“{found[0]}”是{word}", f"“{found[0]}” tells which way it went")
        return
    if by is None or is_against or (target is None and by.unit in _FIRST_IS_BEST):
        if target is not None or by is not None:
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


def of_base_asked(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the one of two changes that a target asks for: 同比增长6.9%，环比增长12%.

    Where it names none, that is the one of a year.
    """
    clauses = [clause for clause in CLAUSE_END.split(said) if clause]
    bases = [found["base"] for clause in clauses if (found := _CHANGE_BY_BASE.fullmatch(clause)) is not None]
    if len(clauses) != len(bases) or sorted(bases) != ["同比", "环比"]:
        return
    asked = next((base for base in bases if base in fold(row.own)), "同比")
    clause = clauses[bases.index(asked)]
    if isinstance(change := read_actual(clause), Change):
        yield change, Message(f"指标要的是“{asked}”，按“{clause}”计", f"“{clause}” is the change that is asked for")


def of_rank(said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rank of now: 由第4名下滑至第7名."""
    found = _RANK_FROM_TO.fullmatch(said)
    if found is not None:
        yield Level(found["now"]), Message(f"“{said}”后是{found['now']}", f"“{said}” leaves {found['now']}")


def _told(said: str) -> re.Match[str] | None:
    """Return what a number was and is, in any of the ways in which both are told."""
    return _from_to(said) or _WITH_LAST_YEAR.fullmatch(said) or _of_two_years(said)


def _from_to(said: str) -> re.Match[str] | None:
    """Return what a number was and is; 18到22 without a word before it is an interval."""
    found = _FROM_TO.search(said)
    return None if found is None or (found["bare"] and not found["from"]) else found


#: Units of which the first is the best: 耕地质量由5.8等提升至5.3等.
_FIRST_IS_BEST = frozenset({"等"})


def _two_values(
    found: re.Match[str], row: Written, wanted: Quantity | None = None
) -> tuple[Quantity | None, Quantity | None]:
    """Return what a value was and what it is, of which one may have the unit of the other, or both that of a change."""
    if "by" in found.re.groupindex:
        before = amount_of(found["before"], row)
        by = amount_of(found["by"], row) if before is None else _in_unit_of(found["by"], before, row)
        if before is None or by is None or before.dimension != by.dimension:
            return None, None
        return before, replace(before, value=before.value + in_units(by.base, before.unit) * (1 if found["up"] else -1))
    before, after = (amount_of(found[name], row) for name in ("before", "after"))
    if after is not None and (before is None or before.unit is None):
        before = amount_of(found["before"] + (after.written or after.unit or "").replace("1", "%"), row)
    if wanted is not None and before is not None and after is not None and before.unit is after.unit is None:
        return _lent(before, wanted), _lent(after, wanted)
    return before, after


def _lent(number: Quantity, wanted: Quantity) -> Quantity:
    """Return a number without unit in that of a change, and as percent where it moves by percentage points.

    What is asked for in 亿元 may be told in 元.
    """
    if wanted.unit == POINTS and number.value > 1:
        return Quantity(number.value / 100, RATIO, "%")
    is_plain = wanted.unit not in {POINTS, RATIO, "倍"} and wanted.written == wanted.unit
    return replace(wanted, value=number.value) if is_plain else number


def _in_unit_of(text: str, other: Quantity, row: Written) -> Quantity | None:
    """Return an amount that leaves its unit to another one, or gives only 个 of it: 4个 beside 7个工作日."""
    found = amount_of(text, row)
    is_short = found is not None and found.unit in {None, "个"} and other.unit is not None
    return amount_of(f"{number_of(text.rstrip('个'))}{other.written or other.unit}", row) if is_short else found


def of_month_and_days(target: Bound, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield how many months 1个月零3天 and 一年零三天 are at least, and at most: a month has 28 to 31 days."""
    found = _MONTH_AND_DAYS.fullmatch(said)
    if found is None or target.quantity.dimension != "月" or target.quantity.value <= 0:
        return
    years, months, days = (0 if one is None else _count(one) for one in found.groups())
    if None in {years, months, days} or not 0 < (days or 0) < _SHORTEST:
        return
    whole = 12 * (years or 0) + (months or 0)
    least, most = 100 * whole + 100 * (days or 0) // _LONGEST, 100 * whole - (-100 * (days or 0) // _SHORTEST)
    low, high = (Quantity(Fraction(one, 100), "月", "个月") for one in (least, most))
    zh, en = f"“{said}”在 {say(low)} 到 {say(high)} 之间", f"“{said}” is {say(low, 'en')} to {say(high, 'en')}"
    yield Between(low, high), Message(zh, en)


def _count(text: str) -> int | None:
    number = Fraction(text) if text.isdecimal() else han(text)
    return None if number is None else int(number)


#: The days of the shortest month and of the longest.
_SHORTEST, _LONGEST = 28, 31


def of_what_is_left(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what a number is after it moved by so much, 由7个工作日压缩了4个, or to so much: 9条减至5条."""
    to = _FROM_TO.fullmatch(said)
    way = () if to is None else UPPER if to["down"] else LOWER if to["up"] else ()
    is_rate = target.quantity.unit == RATIO and target.op in UPPER | LOWER and change_named(row.name) is None
    if to is not None and not to["from"] and (is_rate or target.op in way):
        before, after = _two_values(to, row)
        kind = target.quantity.dimension
        if before is not None and after is not None and before.dimension == after.dimension == kind:
            yield Measured(after), Message(f"“{said}”后是 {say(after)}", f"“{said}” leaves {say(after, 'en')}")
    found = _MOVED_BY.search(said)
    _, left = (None, None) if found is None else _two_values(found, row)
    if found is not None and left is not None and left.dimension == target.quantity.dimension:
        yield Measured(left), Message(f"“{found[0]}”后是 {say(left)}", f"“{found[0]}” leaves {say(left, 'en')}")


def _of_two_years(said: str) -> re.Match[str] | None:
    """Return a value of last year and this year's: 上年52万人次，本年57.2万人次; 2023年880吨，2024年829吨."""
    found = _LAST_AND_THIS.fullmatch(said)
    if found is None:
        return None
    years = [one[:4] for one in (found["past"], found["now"]) if one[0].isdecimal()]
    return found if not years or (len(years) == 2 and int(years[1]) - int(years[0]) == 1) else None


def of_named_change(target: Bound, row: Written, said: str) -> Found:
    """Yield the change that a name is for: 上年52万人次，本年57.2万人次 under 增长率, 由1.82降到1.71 under 下降值."""
    by_name, new_ones = change_named(row.name), _new_ones(row, said)
    named, is_small = by_name or new_ones, _is_far_less(target.quantity, row, said)
    direction = named or (_may_be_named(target, row) if is_small else None)
    if direction is None:
        return
    is_amount = _AMOUNT_OF_CHANGE.search(fold(row.name)) is not None or new_ones is not None
    is_floor = target.op in LOWER or (target.op is _BARE and (is_amount or is_small))
    if target.quantity.unit not in {RATIO, POINTS} and not is_floor:
        return  # 审批时间压缩 ≤5天 is for the time that is left
    wanted = Change(direction, target.op, target.quantity, assumptions=target.assumptions, label=target.label)
    for change, message in of_change(wanted, row, said):
        if isinstance(change, Change) and by_name is None and new_ones:
            floor = replace(target, op=TargetKind.AT_LEAST) if target.op is _BARE else target
            yield floor, Measured(change.quantity), message
        elif is_floor or isinstance(change, Change):
            yield target if named else wanted, change, message


def _new_ones(row: Written, said: str) -> str | None:
    """Return that new ones are counted by how many more there are: 由600户增加到1050户 under 新增社员."""
    is_new = _NEW_ONES.search(f"{fold(row.name)},{fold(row.target)}") and _from_to(said)
    return "increase" if is_new and not _WITH_LAST.search(said) else None


def _is_far_less(wanted: Quantity, row: Written, said: str) -> bool:
    """Return whether a number is so much less than what moved that it can only be a change: 2分 of 94.1→95.5."""
    if wanted.unit == POINTS:
        return True
    found = _told(said)
    values = () if found is None else _two_values(found, row, wanted)
    return bool(values) and all(
        one is not None and one.dimension == wanted.dimension and one.base >= 2 * wanted.base for one in values
    )


def _may_be_named(target: Bound, row: Written) -> str | None:
    """Return the direction of a name that may be for a change or for a value that has moved: 参保率提高.

    Percentage points are of a change under any name.
    """
    named = _MOVED_NAMED.search(fold(row.name))
    if named is not None:
        return "increase" if named["up"] else "decrease"
    side = side_of(row.name, (), RATIO) if target.quantity.unit == POINTS else None
    return None if side is None else "increase" if side.direction == "higher" else "decrease"


_BARE = TargetKind.BARE


def of_saving(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share that was saved: 预算500万元，结算484万元 under 资金节约率."""
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
        return Quantity(by * 100, POINTS) if is_share else Quantity(in_units(by, after.unit), after.unit)
    wanted = target.quantity
    if wanted.unit == POINTS:
        return Quantity(by * 100, POINTS) if is_share else None
    if wanted.unit in {RATIO, "倍"}:
        if not before.base:
            return None
        # 提高1% of a share is one hundredth of it, or one percentage point: read where both come to the same.
        # No share falls by more points than it has: 下降20% of 5‰ is a fifth of it.
        may_be_points = is_share and (target.direction != "decrease" or wanted.base <= before.base)
        sizes = [abs(by) / before.base, *([abs(by)] if may_be_points else [])]
        alike = len({(size > wanted.base, size < wanted.base) for size in sizes}) == 1
        return Quantity(by / before.base, RATIO) if alike else None
    if after.dimension != wanted.dimension:
        return None
    return Quantity(in_units(by, wanted.unit), wanted.unit)
