"""The cells beside a cell: the comparator column and the unit column."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pfscore.language.damage import find_damage, is_blank
from pfscore.language.demands import EXPLICIT
from pfscore.language.folding import fold_unit
from pfscore.language.grammars import unit_parser, word_lists
from pfscore.language.parts import Amount, Trouble
from pfscore.language.readings import Op
from pfscore.language.units import RATIO, known_units, unit_of

#: Words in a comparator or unit cell that name a type of indicator, not a comparison or a unit.
TYPES = frozenset(
    "定性 定量 定性指标 定量指标 是 否 是/否 是否 是或否 有/无 有无 正向 反向 正向指标 反向指标 逆向 逆向指标 正指标 逆指标 区间 其他 其它 无 文字 文本 "
    "文字描述 定性描述 优良中差 优良中低差 好坏 高中低".split()
)


class Comparator(NamedTuple):
    """What a comparator cell asks for."""

    op: Op | None = None
    about: bool = False
    unequal: bool = False


class ColumnUnit(NamedTuple):
    """A unit cell: 万元/每项目 is scale 10000, unit 元/项目."""

    scale: int = 1
    unit: str | None = None
    factor: Fraction = Fraction(1)
    prose: bool = False


@lru_cache(maxsize=256)
def read_comparator(text: str | None) -> Comparator:
    """Read a comparator cell.

    Raises:
        Trouble: PF326 where it is neither a comparison nor a type.
    """
    if text is None:
        return Comparator()
    folded = fold_unit(text)
    if is_blank(folded) or folded in TYPES:
        return Comparator()
    for kind, words in word_lists().items():
        if folded in words:
            if kind in EXPLICIT:
                return Comparator(EXPLICIT[kind])
            if kind == "ABOUT":
                return Comparator(about=True)
            if kind == "NOT_EQUAL":
                return Comparator(unequal=True)
            if kind == "REACH":
                return Comparator(Op.AT_LEAST)
            if kind == "CONTROL":
                return Comparator(Op.AT_MOST)
            if kind == "ABOVE":
                return Comparator(Op.AT_LEAST)
            if kind == "BELOW":
                return Comparator(Op.AT_MOST)
    raise Trouble("PF326", 0, len(text))


@lru_cache(maxsize=1024)
def read_unit(text: str | None) -> ColumnUnit:
    """Read a unit cell.

    Raises:
        Trouble: PF324 where its characters are damaged.
    """
    if text is None:
        return ColumnUnit()
    folded = fold_unit(text)
    if is_blank(folded) or folded in TYPES:
        return ColumnUnit()
    if find_damage(folded) is not None and folded not in known_units():
        raise Trouble("PF324", 0, len(text))
    found = unit_parser(folded)
    if found is not None:
        scale, unit, factor = found
        return ColumnUnit(scale, unit, factor)
    if any(not ("一" <= char <= "龥" or char in "、,。()") for char in folded):
        raise Trouble("PF324", 0, len(text))
    return ColumnUnit(prose=True)


def with_column(amount: Amount, column: ColumnUnit) -> Amount:
    """Lend the column's unit to an amount that has none, and compare it with the unit that it has.

    Raises:
        Trouble: PF323 where the column contradicts the cell, PF324 where it is needed and cannot be read.
    """
    if column.unit is None:
        if column.prose and amount.unit is None:
            raise Trouble("PF324", 0, 0)
        return amount
    if amount.unit is None:
        if amount.scale != 1 and (column.scale != 1 or column.unit == RATIO):
            raise Trouble("PF323", amount.start, amount.end)
        return amount._replace(scale=amount.scale * column.scale, unit=column.unit, factor=column.factor)
    joined = known_units().get(amount.unit + column.unit) if amount.unit == "个" else None
    if joined is not None and column.unit != "个":
        return amount._replace(unit=joined.text)
    if unit_of(amount.unit).dimension != unit_of(column.unit).dimension:
        raise Trouble("PF323", amount.start, amount.end)
    return amount
