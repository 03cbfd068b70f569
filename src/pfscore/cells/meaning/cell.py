"""One cell while it is read: its side, the comparator and unit columns beside it, and how numbers get their units."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.cell_text import SideName, with_signs
from pfscore.cells.grammar.parser import parse, parse_unit
from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.grammar.tree import Amount, One, Trouble
from pfscore.cells.lexicon.quantities import CURRENCIES, RATIO, SCALES, Quantity, counted_alike, known_units, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.meaning.comparator_words import EDGES, SIGNS, demand_of
from pfscore.cells.readings import Assumption, TargetKind
from pfscore.cells.refusals.damage import find_damage, is_blank
from pfscore.foundation.folding import fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message

#: Shares that are no unit behind a number, but stand in unit columns.
_SHARES = {RATIO: 1, "成": 10, "折": 10, "百分之": 100, "千分之": 1000, "万分之": 10000}
# The rules are described, with cells, in grammar/words/columns.txt.
_TYPE_OF_INDICATOR, _BEFORE_THE_UNIT, _LIMIT_IN_UNIT = rules("type_of_indicator", "before_the_unit", "limit_in_unit")
_SIGN_IN_UNIT, _TWO_UNITS, _TWO_NUMBERS = rules("sign_in_unit", "two_units", "two_numbers")
_DIRECTION, _UNIT_IN_BRACKETS = rules("direction", "unit_in_brackets")
_SCALE_IN_UNIT, _NOTE_IN_UNIT, _UNKNOWN_UNIT = rules("scale_in_unit", "note_in_unit", "unknown_unit")
_OF_DATES, _DATE_IN_COLUMN = rules("unit_of_dates", "date_in_column")


class Comparator(NamedTuple):
    """What a comparator cell asks for; `side` is what 正向 or 反向 makes of a number without a sign."""

    op: TargetKind | None = None
    about: bool = False
    unequal: bool = False
    direction: str | None = None
    side: TargetKind | None = None


class ColumnUnit(NamedTuple):
    """A unit cell: 万元/每项目 is scale 10000, unit 元/项目; 年月 is no unit, and says that the cells are dates."""

    scale: int = 1
    unit: str | None = None
    factor: Fraction = Fraction(1)
    prose: bool = False
    op: TargetKind | None = None
    of_dates: bool = False


@remembered
def read_comparator(text: str | None) -> Comparator:
    """Read a comparator cell.

    Raises:
        Trouble: PF326 where it is neither a comparison nor a type.
    """
    if text is None:
        return Comparator()
    folded = with_signs(fold_without_spaces(text))
    if is_blank(folded) or _TYPE_OF_INDICATOR.fullmatch(folded):
        return Comparator()
    direction = _DIRECTION.fullmatch(folded)
    if direction is not None:
        return Comparator(side=TargetKind.AT_LEAST if direction["up"] else TargetKind.AT_MOST)
    found = _as_before_a_number(folded)
    if found is not None:
        return found
    if folded in word_lists()["AROUND"]:
        return Comparator(about=True)
    for kind, op in EDGES.items():
        if folded in word_lists().get(kind, ()):
            return Comparator(op)
    raise Trouble("PF326", 0, len(text))


def _as_before_a_number(folded: str) -> Comparator | None:
    """Read the column's words as they are read before a number: the same words mean the same."""
    if find_damage(folded) is not None:
        return None
    try:
        conditions = parse("target", f"{folded}1")
        if len(conditions.clauses) != 1:
            return None
        clause = conditions.clauses[0]
        if not isinstance(clause.measure, One) or clause.tail or any(word.kind not in SIGNS for word in clause.lead):
            return None
        demand = demand_of(clause, ())
    except Trouble:
        # ≥≥ and ≥≤ are refused as the whole column.
        return None
    if clause.measure.side.amount.start != len(folded):
        return None
    return Comparator(demand.op or demand.soft, demand.about, demand.unequal, demand.direction)


@remembered
def read_unit(text: str | None) -> ColumnUnit:
    """Read a unit cell.

    Raises:
        Trouble: PF324 where its characters are damaged.
    """
    if text is None:
        return ColumnUnit()
    folded = fold_without_spaces(text)
    if (inner := _UNIT_IN_BRACKETS.fullmatch(folded)) is not None:
        folded = inner["unit"]
    prefix = _BEFORE_THE_UNIT.match(folded)
    if _OF_DATES.fullmatch(folded):
        return ColumnUnit(of_dates=True)
    return _unit(text, folded if prefix is None else folded[prefix.end() :])


def _unit(text: str, folded: str) -> ColumnUnit:
    if is_blank(folded) or _TYPE_OF_INDICATOR.fullmatch(folded) or _DIRECTION.fullmatch(folded):
        return ColumnUnit()
    if folded in SCALES:
        return ColumnUnit(SCALES[folded])
    if find_damage(folded) is not None and folded not in known_units():
        raise Trouble("PF324", 0, len(text))
    if folded in _SHARES:
        return ColumnUnit(1, RATIO, Fraction(1, _SHARES[folded]))
    if (limited := _limited(folded)) is not None:
        return limited
    found = parse_unit(folded)
    if found is not None:
        scale, unit, factor = found
        return ColumnUnit(scale, unit, factor)
    note = _NOTE_IN_UNIT.fullmatch(folded)
    if note is not None:
        return _with_note(read_unit(note["unit"]), note["note"])
    if not _is_of_two(folded) and any(not ("一" <= char <= "龥" or char in "、,。()") for char in folded):
        raise Trouble("PF324", 0, len(text))
    if _UNKNOWN_UNIT.fullmatch(folded):
        head = _SCALE_IN_UNIT.match(folded)
        return ColumnUnit(SCALES[head[0]], folded[head.end() :]) if head is not None else ColumnUnit(1, folded)
    return ColumnUnit(prose=True)


def _limited(folded: str) -> ColumnUnit | None:
    """Read 工作日内 as the unit 工作日 and the word 内, and ≤工作日 as the unit and the sign."""
    if (limit := _LIMIT_IN_UNIT.search(folded)) is not None:
        op = TargetKind.AT_LEAST if limit[0].endswith("上") else TargetKind.AT_MOST
        return read_unit(folded[: limit.start()])._replace(op=op)
    sign = _SIGN_IN_UNIT.match(folded)
    return None if sign is None else read_unit(folded[sign.end() :])._replace(op=_SIGNED[sign["sign"]])


_SIGNED = {
    "≥": TargetKind.AT_LEAST,
    "≤": TargetKind.AT_MOST,
    ">": TargetKind.GREATER_THAN,
    "<": TargetKind.LESS_THAN,
    "=": TargetKind.EQUAL,
}


def under_two_units(text: str, unit: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the two numbers of a cell, each with its unit, where its column is for two; `None` for any other cell.

    Under 元/人 a number behind a stroke is none of its own.

    >>> under_two_units("200/15", "个/亿元"), under_two_units("500/12", "元/人")
    ((('200', '个'), ('15', '亿元')), None)
    """
    column = _TWO_UNITS.fullmatch(unit)
    cell = None if column is None else _TWO_NUMBERS.fullmatch(text)
    if column is None or cell is None:
        return None
    units = column["first"], column["second"]
    parts = cell["first"], cell["second"]
    if not _is_of_two(unit):
        return None
    says_units = all(one in part for one, part in zip(units, parts, strict=True))
    if column["joint"] == "/" and not (says_units and cell["joint"] != "/"):
        first, second = (read_unit(one).unit for one in units)
        is_of_each = first is None or unit_of(first).dimension in CURRENCIES
        if is_of_each or not (second in _NEVER_FOR_EACH or unit_of(second or "").dimension in CURRENCIES):
            return None
    return (parts[0], units[0]), (parts[1], units[1])


def _is_of_two(unit: str) -> bool:
    column = _TWO_UNITS.fullmatch(unit)
    units = () if column is None else (column["first"], column["second"])
    return bool(units) and all(one in _SHARES or one in known_units() or parse_unit(one) is not None for one in units)


#: What nothing is counted for, money aside: 5场/2000人次 are two numbers, and 500元/人 is one.
_NEVER_FOR_EACH = frozenset({RATIO, "人次"})


def date_in_column(text: str) -> str | None:
    """Return the date that digits are in a column of dates, as dates are written; `None` where they are one without it.

    Raises:
        Trouble: PF331 for 2024.1, which is January or October.

    >>> date_in_column("2024.9"), date_in_column("≤202410"), date_in_column("12.31"), date_in_column("2024.10.31")
    ('2024年9月', '≤2024年10月', '12月31日', None)
    """
    found = _DATE_IN_COLUMN.fullmatch(text)
    if found is None or found["day"]:
        return None
    if found["lost"] and not found["behind"]:
        raise Trouble("PF331", found.start("year"), found.end("lost"), case="month_cut_off")
    year = found["year"]
    month = found["month"] or found["month_in_digits"] or found["month_alone"]
    day = found["day"] or found["day_in_digits"] or found["day_of_it"]
    parts = ((year, "年"), (month, "月"), (day, "日"))
    date = "".join([f"{int(number)}{name}" for number, name in parts if number is not None])
    return f"{found['before']}{date}{found['behind'].removeprefix('年').removeprefix('月').removeprefix('日')}"


def _with_note(column: ColumnUnit, note: str) -> ColumnUnit:
    """Read 公里(km) and 万元(含税) as the unit before the bracket, and 万头(只) as ten thousand of 头(只).

    人大代表(人) names what is counted before its unit.
    """
    other = known_units().get(note)
    if other is not None and column.unit not in {None, RATIO, *known_units()} and "/" not in (column.unit or ""):
        return read_unit(note)
    if column.unit in {None, RATIO} or other is None or other.dimension == unit_of(column.unit).dimension:
        return column
    return column._replace(unit=f"{column.unit}({note})")


def _with_column(amount: Amount, column: ColumnUnit) -> Amount:
    """Add the column's unit to an amount that has none, and compare it with the unit that it has.

    Raises:
        Trouble: PF323 where the column contradicts the cell, PF324 where it is needed and cannot be read.
    """
    if column.of_dates and amount.unit is None:
        raise Trouble("PF323", amount.start, amount.end, case="no_date")
    if column.unit is None:
        if column.prose and amount.unit is None:
            raise Trouble("PF324", 0, 0)
        return _scaled(amount, column.scale)
    if amount.unit is None:
        if amount.scale != 1 and (amount.scale < column.scale or column.unit == RATIO):
            raise Trouble("PF323", amount.start, amount.end)
        return amount._replace(scale=max(amount.scale, column.scale), unit=column.unit, factor=column.factor)
    joined = known_units().get(amount.unit + column.unit) if amount.unit == "个" else None
    if joined is not None and column.unit != "个":
        return amount._replace(unit=joined.text)
    if column.unit.startswith(f"{amount.unit}/"):
        # 12次 beside 次/年: the column says what it is counted for.
        return amount._replace(unit=column.unit)
    if _is_counted_alike(amount, column):
        return amount._replace(unit=column.unit)
    if not _is_more_exact(amount, column) and unit_of(amount.unit).dimension != unit_of(column.unit).dimension:
        raise Trouble("PF323", amount.start, amount.end)
    return amount


def _is_more_exact(amount: Amount, column: ColumnUnit) -> bool:
    """Return whether the cell says exactly what the column says loosely, or has made the choice that it leaves.

    106场次 beside 场, 15套/年 beside 套; 2架 beside 架(套), 人次 beside 人(次).
    """
    unit, loose = amount.unit or "", column.unit or ""
    exact = unit == f"{loose}次" or (column.scale == 1 and unit.startswith(f"{loose}/"))
    return exact or loose.startswith(f"{unit}(") or loose.replace("(", "") == f"{unit})"


def _scaled(amount: Amount, scale: int) -> Amount:
    """Multiply an amount by the scale of a column that holds nothing else: 180 beside 万; 180万 has it already.

    Raises:
        Trouble: PF323 where the cell has another scale.
    """
    if scale == 1 or amount.scale == scale:
        return amount
    if amount.scale != 1 or amount.unit == RATIO:
        raise Trouble("PF323", amount.start, amount.end)
    return amount._replace(scale=scale)


def _is_scaled_twice(amount: Amount, column: ColumnUnit) -> bool:
    """Return whether cell and column both write a scale, of which one counts: 180万 beside 万人, 2亿 beside 万元."""
    is_larger = amount.unit is None is not column.unit and amount.scale > column.scale
    return None in {column.unit, amount.unit} and column.scale != 1 and (amount.scale == column.scale or is_larger)


def _is_counted_alike(amount: Amount, column: ColumnUnit) -> bool:
    """Return whether cell and column count with two words that count the same: 12座 beside 个."""
    alike = counted_alike(amount.unit, column.unit) or (amount.unit or "").startswith(f"{column.unit}(")
    return column.scale == 1 and alike and not _is_more_exact(amount, column)


_SIGN_OF = {100: "%", 1000: "‰", 10000: "‱"}
_SCALE_WORDS = {size: word for word, size in SCALES.items()}


class Cell(NamedTuple):
    """A cell: `compact` is what the grammar read, `cut` gives the author's text between two offsets of it."""

    side: SideName
    comparator: Comparator
    column: ColumnUnit
    compact: str
    cut: Callable[[int, int], str]

    def text(self) -> str:
        """Return the author's text, stripped."""
        return self.cut(0, len(self.compact))

    def quantity(self, amount: Amount, per: tuple[str, ...] = ()) -> Quantity:
        """Return an amount with its own unit or the column's, and with what 每… counts it for.

        Raises:
            Trouble: PF323 where the column contradicts the cell, PF324 where it is needed and cannot be read, PF327
                where it is counted for none (每0户).
        """
        if per and amount.unit is not None:
            amount = _with_column(amount._replace(unit=_divided(amount.unit, per)), self.column)
        else:
            amount = _with_column(amount, self.column)
            if per and amount.unit is not None:
                amount = amount._replace(unit=_divided(amount.unit, per))
        if amount.unit is not None and _FOR_NONE.search(amount.unit):
            raise Trouble("PF327", 0, len(self.compact))
        text = self.compact[amount.start : amount.end]
        ratio = text if amount.unit == RATIO and _OF_TWO.fullmatch(text) else None
        return Quantity(amount.value, amount.unit, _written(amount), ratio)

    def assumed(self, amount: Amount) -> tuple[Assumption, ...]:
        """Return what is assumed where an amount meets the unit column: one scale for two, one count for two words."""
        text = self.cut(amount.start, amount.end)
        if _is_scaled_twice(amount, self.column):
            word = _SCALE_WORDS[self.column.scale]
            message = Message(f"“{text}”与单位栏的“{word}”只算一次", f"“{text}” and {word} of the column count once")
            return (Assumption("scale_once", message),)
        if _is_counted_alike(amount, self.column):
            zh = f"“{text}”与单位栏“{self.column.unit}”按数的是同一样东西计"
            message = Message(zh, f"“{text}” and {self.column.unit} are taken to count the same")
            return (Assumption("same_things", message),)
        return ()


#: 1:500, which nobody says in percent.
_OF_TWO = re.compile(r"[0-9.]+:[0-9.]+")
#: 名/0户: what a quantity is counted for is none.
_FOR_NONE = re.compile(r"[/·]0+(?:[.]0*)?(?![0-9.])")


def _divided(unit: str, per: tuple[str, ...]) -> str:
    """Put 每… below the line; a ratio is not counted for anything."""
    if unit == RATIO:
        return unit
    top, _, bottom = unit.partition("/")
    below = bottom.split("·") if bottom else []
    return "/".join((top, "·".join([*below, *(word for word in per if word not in below)])))


def _written(amount: Amount) -> str | None:
    """Return the unit as a unit column would have it: 万元, %."""
    if amount.unit is None and amount.scale == 1:
        return None
    sign = _SIGN_OF.get(amount.factor.denominator, amount.unit) if amount.unit == RATIO else amount.unit
    scale = "" if amount.scale == 1 else _SCALE_WORDS.get(amount.scale)
    return None if scale is None else scale + (sign or "")
