"""Several numbers of one thing in an actual: a later one replaces, takes off or adds to what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.quantities import RATIO, Quantity, say, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import Actual, Between, Bound, Measured
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.other_words import Written

# The rules are described, with rows, in grammar/words/several_numbers.txt.
_CORRECTED, _MOVED_TO, _LATER_SHARE, _CHECKER = rules("corrected", "moved_to", "later_share", "who_checks")
_MAY_REPLACE, _TAKEN_OFF, _MAY_BE_OFF = rules("may_replace", "taken_off", "may_be_taken_off")
_ADDED, _ASIDE, _EARLIER, _OTHER_RATE = rules("added", "said_beside", "earlier_value", "rate_of_its_own")
_AT_FIRST, _TOTAL = rules("of_first_check", "year_or_sum")
_OF_MEAN, _PART, _OF_PERIOD, _EVENTS = rules("of_mean", "part_of_sum", "part_of_a_year", "counted_events")

_CLAUSE = re.compile(r",(?![0-9]{3}(?![0-9]))|[;。()]")
_PIECE = re.compile(r",(?![0-9]{3}(?![0-9]))|[;。()、]")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
#: How long a scale and a unit are at most.
_LONGEST_UNIT = 6


class _Figure(NamedTuple):
    """A number in the dimension of the target: the words before it and behind it, and its clause."""

    quantity: Quantity
    lead: str
    tail: str
    clause: str


@dataclass(slots=True)
class _Result:
    """What the numbers of an actual come to, each after the other: the number, or the least and the most of it."""

    least: Fraction
    most: Fraction
    said: list[str]
    others: list[str]

    def replace(self, value: Fraction, clause: str) -> None:
        self.least = self.most = value
        self.said.append(clause)

    def add(self, value: Fraction, clause: str) -> None:
        self.least, self.most = self.least + value, self.most + value
        self.said.append(clause)

    def doubt(self, value: Fraction, clause: str, *, is_more: bool = False) -> None:
        """Take a number for the result, for a part of what stands before, or where it may be, for more of the same."""
        most = self.most + value if is_more else value
        self.least, self.most = min(self.least, value), max(self.most, most)
        self.said.append(clause)


def several(target: Bound, row: Written, said: str, *, is_ceiling: bool) -> Iterator[tuple[Actual, Message]]:
    """Yield what several numbers of one thing come to: 合格率100%，复核后为92% is 92%, 3150亩，核减370亩 2780亩.

    Where the words do not say which of them counts, it is something between the least and the most of them. Under a
    ceiling, what was added (480万元，追加60万元) may have raised the ceiling too.
    """
    if len(_NUMBER.findall(said)) < 2:
        return
    pieces = _figures(_PIECE.split(said), target, row)
    if (total := _sum_of_parts(pieces, target, row, said)) is not None:
        parts = "”“".join(one.clause for one in pieces)
        text, text_en = say(total), say(total, "en")
        yield Measured(total), Message(f"“{parts}”合计 {text}", f"“{parts}” are {text_en} in all")
        return
    found = _result(_figures(_CLAUSE.split(said), target, row), target, row, is_ceiling=is_ceiling)
    if found is None:
        return
    low, high = (_quantity(target, value) for value in (found.least, found.most))
    words = "”“".join(dict.fromkeys(found.said))
    if found.least == found.most:
        zh, en = f"按“{words}”，结果是 {say(low)}", f"by “{words}” it comes to {say(low, 'en')}"
        yield Measured(low), Message(zh + _beside(found.others), en)
        return
    zh = f"“{words}”与前面的数，没有写明以哪个为准，按 {say(low)} 到 {say(high)} 之间计"
    en = f"“{words}” or what stands before: which counts is not told; between {say(low, 'en')} and {say(high, 'en')}"
    yield Between(low, high), Message(zh + _beside(found.others), en)


def _beside(others: list[str]) -> str:
    return f"，“{'”“'.join(others)}”没有计入" if others else ""


def _quantity(target: Bound, base: Fraction) -> Quantity:
    wanted = target.quantity
    value = base if wanted.unit in {None, RATIO} else base / unit_of(wanted.unit).factor
    return replace(wanted, value=value)


def _figures(clauses: list[str], target: Bound, row: Written) -> list[_Figure]:
    """Return the numbers of clauses that are in the dimension of a target."""
    found: list[_Figure] = []
    for clause in clauses:
        start = 0
        for match in _NUMBER.finditer(clause):
            if match.start() < start:
                continue
            for end in range(min(match.end() + _LONGEST_UNIT, len(clause)), match.end() - 1, -1):
                quantity = _alone(clause[match.start() : end], row)
                if quantity is not None:
                    if quantity.dimension == target.quantity.dimension:
                        if start:
                            found[-1] = found[-1]._replace(tail="")
                        found.append(_Figure(quantity, clause[start : match.start()], clause[end:], clause))
                        start = end
                    break
    return found


def _alone(text: str, row: Written) -> Quantity | None:
    """Return a number and its unit that a text is, and nothing more."""
    for unit in (None, row.unit):
        reading = read_actual(text, unit) if unit is None or unit else None
        if not isinstance(reading, Measured) or reading.label or reading.assumptions:
            return None
        if reading.quantity.unit is not None or not row.unit:
            return reading.quantity
    return None


def _result(figures: list[_Figure], target: Bound, row: Written, *, is_ceiling: bool) -> _Result | None:
    """Return what several numbers come to; `None` where no number has to do with another one."""
    figures = [one for one in figures if not _is_aside(one, row)]
    if len({one.clause for one in figures}) < 2 or all(_OF_PERIOD.fullmatch(one.lead) for one in figures):
        return None
    first, *rest = figures
    is_off = _TAKEN_OFF.search(first.lead) or _MAY_BE_OFF.search(first.lead)
    if is_off or _AT_FIRST.search(row.own) or any(map(_is_total, figures)):
        return None
    if _is_final(first, target) and all(_EARLIER.search(one.lead) and not _is_final(one, target) for one in rest):
        return _Result(first.quantity.base, first.quantity.base, [first.clause], [one.clause for one in rest])
    return _after_each_other(first, rest, target, row, is_ceiling=is_ceiling)


def _after_each_other(
    first: _Figure, rest: list[_Figure], target: Bound, row: Written, *, is_ceiling: bool
) -> _Result | None:
    """Return what a first number comes to by each of those behind it."""
    found = _Result(first.quantity.base, first.quantity.base, [], [])
    is_marked = False
    known = f"{row.own},{first.clause}"
    for one in rest:
        value, lead = one.quantity.base, one.lead
        is_own = not strange_words(_without_marks(lead), known)
        is_share = one.quantity.unit == RATIO
        if not is_share and (_TAKEN_OFF.search(lead) or _MAY_BE_OFF.search(lead)) and not _CORRECTED.search(lead):
            if _TAKEN_OFF.search(lead) and not one.tail:
                found.add(-value, one.clause)
            else:
                found.doubt(found.least - value, one.clause)
        elif not is_share and not is_ceiling and _ADDED.fullmatch(lead) and not one.tail:
            found.add(value, one.clause)
        elif is_own and ((_is_final(one, target) and not _is_mean(row, lead)) or _is_named(one, first, row)):
            found.replace(value, one.clause)
        elif is_marked or any(mark.search(lead) for mark in (_CORRECTED, _MOVED_TO, _LATER_SHARE, _MAY_REPLACE)):
            may = _MAY_REPLACE.search(lead)
            is_more = not is_share and not _is_final(one, target) and (may is None or may["more"] is not None)
            found.doubt(value, one.clause, is_more=is_more)
        else:
            return None
        is_marked = True
    return found


def _is_total(one: _Figure) -> bool:
    """Return whether a number is said to be that of the year or of all, which the reader takes for its parts."""
    return _TOTAL.search(one.lead) is not None and not (_CORRECTED.search(one.lead) or _MOVED_TO.search(one.lead))


def _is_mean(row: Written, lead: str) -> bool:
    """Return whether a name is for a mean of a time of which a value is only the last."""
    return _OF_MEAN.search(fold(row.name)) is not None and _CORRECTED.search(lead) is None


def _is_named(one: _Figure, first: _Figure, row: Written) -> bool:
    """Return whether a name is for what the first number is not: 建成2万亩，县级验收1.4万亩 under 验收面积."""
    found = _MAY_REPLACE.search(one.lead)
    return found is not None and found[0] in fold(row.name) and found[0] not in first.lead


def _is_aside(one: _Figure, row: Written) -> bool:
    """Return whether a number is of another thing or another year, or only says again what was to be."""
    if _ASIDE.search(one.lead) and not _TAKEN_OFF.search(one.lead):
        return True
    rate = _OTHER_RATE.search(one.lead)
    return rate is not None and rate["what"] not in fold(row.name)


def _is_final(one: _Figure, target: Bound) -> bool:
    """Return whether words say plainly that their number is the last one: 复核为, 降至; of a share, 年末."""
    if _CORRECTED.search(one.lead) or _MOVED_TO.search(one.lead):
        return True
    return target.quantity.unit == RATIO and _LATER_SHARE.search(one.lead) is not None


def _without_marks(lead: str) -> str:
    for mark in (_CHECKER, _CORRECTED, _MOVED_TO, _LATER_SHARE):
        lead = mark.sub(" ", lead)
    return lead


def _sum_of_parts(figures: list[_Figure], target: Bound, row: Written, said: str) -> Quantity | None:
    """Return the sum of parts of which none is a part of another: 城区3座、乡镇4座; `None` for anything else."""
    leads = [one.lead.strip() for one in figures]
    if len(figures) < 2 or len(set(leads)) < len(leads) or target.quantity.unit == RATIO:
        return None
    if len(_NUMBER.findall(_OF_PERIOD.sub("", said))) != len(figures) or _OF_MEAN.search(fold(row.name)):
        return None
    if all(map(_OF_PERIOD.fullmatch, leads)):
        if not all(_EVENTS.fullmatch(one.quantity.unit or "") for one in figures):
            return None
    elif any(one.tail for one in figures) or not all(map(_PART.fullmatch, leads)):
        return None
    return _quantity(target, sum((one.quantity.base for one in figures), start=Fraction(0)))
