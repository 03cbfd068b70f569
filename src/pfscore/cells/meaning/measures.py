"""One clause with a number: what is asked of the number, and what in the clause cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from pfscore.cells.grammar.amounts import each
from pfscore.cells.grammar.tree import Amount, Around, Clause, Measure, One, Range, Side, Trouble, Word
from pfscore.cells.lexicon.numerals import han
from pfscore.cells.lexicon.quantities import RATIO, SCALES, Quantity, known_units, unit_of
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.cell import Cell, ColumnUnit, read_unit
from pfscore.cells.meaning.comparator_words import EDGES, EXPLICIT, Demand, demand_of, is_gap, without_denials
from pfscore.cells.meaning.intervals import both_ways, joined, read_around, read_range
from pfscore.cells.readings import (
    LOWER,
    Achieved,
    AllOf,
    AnyOf,
    Assumption,
    Bound,
    Change,
    Dated,
    Deadline,
    Level,
    Measured,
    Reading,
    TargetKind,
)
from pfscore.cells.refusals.leftovers import label_of, left_out
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message

_TIMES = frozenset({"时间", "月", "工作日"})
#: Nothing is both so many 平方公里 and so many 元; but 3个人 and 5批人 are right.
_MEASURED = _TIMES | {RATIO, "货币", "长度", "面积", "体积", "质量", "能量"}
_SIGNS = frozenset({"AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "EQUAL"})
# The rules are described, with cells, in grammar/words/measures.txt and dates.txt.
_ONLY_FOR_HOW_LONG, _COUNTED_FOR, _AFTER_THE_START = rules("only_for_how_long", "counted_for", "after_the_start")
_REMARK, _RESULT_IN_REMARK, _VALUE_AGAIN = rules("remark", "result_in_remark", "value_again")
_SECOND_VALUE, _PER_IN_BRACKETS = rules("second_value", "per_in_brackets")
_NOT_ANY, _NONE_OF_IT, _ASKED_AS_WELL = rules("not_any", "none_of_it", "asked_as_well")
_MISREAD_SIGN, _DOUBLED_SCALE, _LOST_NUMERATOR = rules("misread_sign", "doubled_scale", "lost_numerator")
_LOST_FIRST_END, _LOST_SECOND_END = rules("lost_first_end", "lost_second_end")
_POINTS_SAID = rule("points_said")
_MONTH_IN_DIGITS, _DAY_IN_DIGITS = rules("month_in_digits", "day_in_digits")


def read_clause(cell: Cell, clause: Clause) -> Reading:
    """Read one clause with a number: with its label, and with what was assumed about its unit.

    Raises:
        Trouble: where the clause cannot be right, or can be read in two ways.
    """
    found = _read_clause(cell, clause)
    assumed = cell.assumed(clause.measure.side.amount) if isinstance(clause.measure, One) else ()
    label = label_of(without_denials(clause))
    if isinstance(found, Change) and is_gap(label):
        label = ""
    dropped = _dropped(clause, found)
    if assumed or label or dropped:
        said = tuple(map(left_out, (*_beside_number(cell, clause, label), *dropped)))
        return replace(found, assumptions=(*found.assumptions, *assumed, *said), label=label)
    return found


def _beside_number(cell: Cell, clause: Clause, label: str) -> Iterator[str]:
    """Yield what a clause says of its number and its reading does not: （满分5分）, 9月底前支付80%, 各1次, 三≥5个."""
    if han(label) is not None:
        yield label
    yield from (remark.replace(" ", "…") for remark in _IN_BRACKETS.findall(label))
    if cell.side == "target":
        for word, following in pairwise(clause.lead):
            if word.kind in _DATES and following.kind == "BEFORE":
                yield f"{word.text}{following.text}"
        yield from (match[0] for match in _ASKED_AS_WELL.finditer(label))


def _dropped(clause: Clause, found: Reading) -> list[str]:
    """Return what a number is counted for and its reading does not say, where that holds a number: 每千件…≥98%."""
    if not isinstance(found, Bound | Achieved | Measured) or "/" in (found.quantity.unit or ""):
        return []
    return [word.text for word in clause.lead if word.kind == "EVERY" and _HOW_MANY.search(word.text)]


_HOW_MANY = re.compile(r"[0-9十百千万亿]")
_DATES = frozenset({"DATE", "MONTH", "DAY", "SEASON"})
#: A bracket with more in it than the number again: （含线上120人）, but not （49/50）.
_IN_BRACKETS = re.compile(r"\([^()]*[一-龥A-Za-z][^()]*\)")


def _read_clause(cell: Cell, clause: Clause) -> Reading:
    measure = clause.measure
    if measure is None:
        raise TypeError(clause)
    if clause.lead:
        _check_lead(clause)
        cell = _with_named_unit(cell, clause, measure)
    if isinstance(measure, Range):
        return _closed(cell, measure, clause) if len(measure.signs) == 1 else read_range(cell, measure, clause)
    return read_around(cell, measure, clause) if isinstance(measure, Around) else _read_one(cell, clause, measure)


def _read_one(cell: Cell, clause: Clause, measure: One) -> Reading:
    side = _with_noun(measure.side, clause)
    if _is_of_nothing(clause, side):
        return Level(cell.text())
    demand = demand_of(clause, side.edges, ratio=side.amount.unit == RATIO, nothing=side.amount.number == 0)
    if demand.per and _is_time(side.amount) and _AFTER_THE_START.search(clause.lead[-1].text):
        # 每学期开学后2个月内: how soon each time, not how much a term.
        demand = demand._replace(per=())
    if clause.tail and (per := _PER_IN_BRACKETS.fullmatch(clause.tail_text)) is not None:
        return read_bound(cell, side, demand._replace(per=(*demand.per, each(per["per"]))))
    if clause.tail:
        _check_tail(cell, clause, side.amount)
        if demand.op is None and _ONLY_FOR_HOW_LONG.match(clause.tail_text) and _is_time(side.amount):
            return Level(cell.text())
    if demand.among or (clause.tail and _LOST_FIRST_END.search(clause.tail_text)):
        raise Trouble("PF318", side.amount.start, side.amount.end)
    return read_bound(cell, side, demand)


def _with_named_unit(cell: Cell, clause: Clause, measure: Measure) -> Cell:
    """Take the unit that stands in the name, 科研经费(万元)≥5000, as if it stood in the column."""
    if cell.column.unit is not None or cell.column.prose or _amount(measure).unit is not None:
        return cell
    units = [word for word in clause.lead if word.kind == "UNIT_IN_NAME"]
    if not units:
        return cell
    named = units[-1].text[1:-1]
    if named not in SCALES:
        return cell._replace(column=read_unit(named))
    if _amount(measure).scale != 1:
        raise Trouble("PF323", units[-1].start, _amount(measure).end)
    return cell._replace(column=ColumnUnit(SCALES[named]))


def _is_of_nothing(clause: Clause, side: Side) -> bool:
    """Return whether a clause says that something did not happen: the number only says what."""
    if not clause.lead:
        return any(word.kind == "ABOVE" for word in side.edges) and _NONE_OF_IT.search(clause.tail_text) is not None
    above = any(EDGES.get(word.kind) is TargetKind.AT_LEAST for word in side.edges)
    if not above and clause.lead[-1].kind not in {"GREATER_THAN", "OVER"}:
        return False
    lead = "".join([word.text for word in clause.lead if word.kind not in {"GREATER_THAN", "OVER"}])
    none_of_it = above and _NONE_OF_IT.search(clause.tail_text) is not None
    return none_of_it or _NOT_ANY.search(lead) is not None


def _amount(measure: Measure) -> Amount:
    """Return the amount behind which the unit of a measure stands."""
    match measure:
        case One(side):
            return side.amount
        case Range(_, high):
            return high.amount
        case Around(_, spread):
            return spread.amount


#: Units with which 2024 is a year.
_YEARS = frozenset({"年", "年度"})
_EXACT = frozenset({TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.GREATER_THAN, TargetKind.LESS_THAN})


def read_bound(cell: Cell, side: Side, demand: Demand) -> Reading:
    """Read 26万人 with what is asked of it."""
    quantity = cell.quantity(side.amount, demand.per)
    if quantity.unit is None and demand.op is None and cell.comparator.op is None:
        month = _month(cell, side.amount)
        if month is not None:
            return month
    place = side.amount.start, side.amount.end
    op = _operator(cell, side, demand)
    if cell.side == "target" and side.amount.odd and op in _EXACT and "几" in cell.compact:
        # ≥三十几万元: nobody knows where the limit is.
        raise Trouble("PF331", *place)
    direction = demand.direction or cell.comparator.direction
    if (
        quantity.unit in _YEARS
        and side.amount.unit is None
        and op in {None, TargetKind.EQUAL}
        and 1949 < quantity.value < 2100
    ):
        return _dated(cell, f"{cell.text()}年")
    if demand.unequal or (cell.comparator.unequal and op is None):
        kind = Achieved if cell.side == "actual" else Bound
        return AnyOf((kind(TargetKind.GREATER_THAN, quantity), kind(TargetKind.LESS_THAN, quantity)))
    if direction is not None:
        return _read_change(quantity, op, direction, place)
    if cell.side == "actual":
        return Measured(quantity) if op is None else Achieved(op, quantity)
    if op is None and cell.comparator.side is not None:
        return Bound(cell.comparator.side, quantity, assumptions=(_of_direction(cell.comparator.side),))
    return Bound(op or TargetKind.BARE, quantity)


def _of_direction(side: TargetKind) -> Assumption:
    words = side.words
    message = Message(
        f"符号栏只写了指标方向，视为“{words.zh}”", f"the comparator column only names a direction; taken as {words.en}"
    )
    return Assumption("direction", message)


def _read_change(quantity: Quantity, op: TargetKind | None, direction: str, place: tuple[int, int]) -> Reading:
    """Return a change; 下降-3% is a fall by 3%, or a rise, and so refused."""
    if direction == "both" and op is TargetKind.AT_MOST:
        return both_ways(quantity)
    if direction == "both" or (direction == "decrease" and quantity.value < 0):
        raise Trouble("PF331", *place)
    return Change(direction, op or TargetKind.BARE, quantity)


def _operator(cell: Cell, side: Side, demand: Demand) -> TargetKind | None:
    """Join what the cell asks with what the comparator column asks.

    Raises:
        Trouble: PF325 where they contradict each other.
    """
    op = demand.op
    if op is None and (demand.about or side.amount.odd):
        op = TargetKind.APPROXIMATELY
    if cell.side == "target":
        op = op or cell.column.op
    wanted = cell.comparator
    if wanted.op is not None:
        soft = demand.soft
        agrees = soft is None or wanted.op is TargetKind.EQUAL or (soft in LOWER) == (wanted.op in LOWER)
        if op is not wanted.op and not (op is None and agrees):
            raise Trouble("PF325", side.amount.start, side.amount.end)
        return wanted.op
    if op is None and wanted.about:
        return TargetKind.APPROXIMATELY
    # What was reached is the value itself; what is to be reached is a floor.
    return demand.soft if op is None and cell.side == "target" else op


def _closed(cell: Cell, measure: Range, clause: Clause) -> Reading:
    """Read ≥60%≤80%: two bounds without a word between them."""
    sign = measure.signs[0]
    low = read_bound(cell, measure.low, demand_of(clause, measure.low.edges))
    high = read_bound(cell, measure.high, Demand(op=EXPLICIT[sign.kind]))
    found = joined(low, high, (0, measure.high.amount.end))
    if found is not None:
        return found
    match low, high:
        case Bound(op=op, quantity=one), Bound(quantity=other) if (
            op is not TargetKind.BARE and one.dimension != other.dimension
        ):
            return AllOf((low, high))
    raise Trouble("PF317", sign.start, measure.high.amount.end)


def _with_noun(side: Side, clause: Clause) -> Side:
    """Take 教师/班 behind 3名 into the unit: it says what the number is counted for."""
    if clause.tail and _POINTS_SAID.fullmatch(f"{clause.lead_text}{side.amount.unit}{clause.tail_text}"):
        return Side(side.amount._replace(unit="百分点", end=clause.tail[-1].end))
    amount, noun = side.amount, _COUNTED_FOR.match(clause.tail_text) if clause.tail else None
    if noun is None or amount.unit in {None, RATIO} or side.edges or clause.tail[0].start != amount.end:
        return side
    if any(word.lstrip("0123456789十百千万亿") not in known_units() for word in noun["what"].split("·")):
        return side
    return Side(amount._replace(unit=f"{amount.unit}{noun[0]}", end=amount.end + noun.end()))


def _is_time(amount: Amount) -> bool:
    return amount.unit is not None and unit_of(amount.unit).dimension in _TIMES


def _check_lead(clause: Clause) -> None:
    """Refuse a single stray character before the number: 工5%, W5%."""
    word = clause.lead[-1]
    if word.kind == "UNTO" and word.start == 0:
        # 到0次, 至5%: the lower end is lost.
        raise Trouble("PF318", word.start, word.end)
    if word.kind != "WORD":
        return
    if _LOST_NUMERATOR.search(clause.lead_text):
        raise Trouble("PF309", word.start, word.end)
    if _MISREAD_SIGN.fullmatch(word.text) and (len(clause.lead) == 1 or clause.lead[-2].kind in _SIGNS):
        raise Trouble("PF307", word.start, word.end)


def _check_tail(cell: Cell, clause: Clause, amount: Amount) -> None:
    """Refuse what cannot stand behind a number: 95%人, 5个个, 60%到的区间; and numbers in a target's remark."""
    for word in clause.tail:
        if word.kind == "REMARK" and _holds_result(cell, word, amount):
            raise Trouble("PF317", word.start, word.end)
    tail = clause.tail[0]
    if tail.start != amount.end:
        return
    text = clause.tail_text
    unit = amount.unit
    if text[0].isascii() and text[0].isalpha() and (unit is None or unit == RATIO or unit.isascii()):
        # 0.5%o, 5S人
        raise Trouble("PF307", amount.start, tail.end)
    if _LOST_SECOND_END.match(text):
        raise Trouble("PF318", tail.start, tail.end)
    if unit is None:
        if amount.scale != 1 and _DOUBLED_SCALE.match(text):
            raise Trouble("PF309", amount.start, tail.end)
    elif text == unit or (text in known_units() and (unit == RATIO or known_units()[text].dimension in _MEASURED)):
        raise Trouble("PF322", amount.start, tail.end)


def _holds_result(cell: Cell, remark: Word, amount: Amount) -> bool:
    """Return whether a bracket holds another value of the same: 5(6), ≥95%(实际97.3%); but not 100%(15所)."""
    if cell.side == "target":
        again = _VALUE_AGAIN.fullmatch(remark.text)
        same = again is not None and Fraction(again["number"]) == amount.value
        return not same and _REMARK.fullmatch(remark.text) is None
    if _RESULT_IN_REMARK.match(remark.text):
        return True
    second = _SECOND_VALUE.fullmatch(remark.text)
    if second is None or Fraction(second["number"]) in {amount.number, amount.value}:
        return False
    if second["unit"] in {"%", "‰"} and amount.unit == RATIO:
        # 九成(90%) says it once more.
        return Fraction(second["number"]) / (100 if second["unit"] == "%" else 1000) != amount.value
    return second["unit"] is None or cell.compact[: amount.end].endswith(second["unit"])


def _month(cell: Cell, amount: Amount) -> Reading | None:
    """Return a month written as a number, 2023.12.

    Raises:
        Trouble: PF331 for 20231225, which is a day or an amount.
    """
    if amount.end - amount.start != len(cell.compact) or not 7 <= len(cell.compact) <= 8:
        return None
    text = cell.text()
    if _DAY_IN_DIGITS.fullmatch(fold(text)):
        raise Trouble("PF331", amount.start, amount.end)
    if not _MONTH_IN_DIGITS.fullmatch(fold(text)):
        return None
    return _dated(cell, text)


def _dated(cell: Cell, text: str) -> Reading:
    return Deadline(text) if cell.side == "target" else Dated(text)
