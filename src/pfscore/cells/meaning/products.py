"""What a product in a cell comes to: 3期×40学时 in 学时, 50人×600元×12月 in 元, 1200m×4m in 平方米."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod
from typing import NamedTuple

from pfscore.cells.lexicon.quantities import (
    CURRENCIES,
    SCALES,
    TIMES,
    Unit,
    counted_alike,
    known_units,
    unit_of,
)
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold_words

# The rules are described, with rows, in grammar/words/relations.txt.
_PRODUCT, _FACTOR, _TIMES_SIGN = rules("product", "factor_of_product", "times_sign")
_ADDED_UP, _OF_EACH_PERSON = rules("added_up_each_time", "of_each_person")


class _Factor(NamedTuple):
    """A number with its unit, and what the unit is counted for: 200 of 元 for 人 and 天."""

    number: Fraction
    unit: Unit
    each: tuple[Unit, ...] = ()


def product_in(text: str, unit: str | None = None) -> tuple[Fraction, str] | None:
    """Return what the product that a cell is comes to in a unit (by default that of its last factor), and the unit.

    `None` where the units do not multiply to it, or where what is multiplied may be the same each time: 4期×50人 are
    200 人次, and perhaps 50 人.

    >>> product_in("50人×600元×12月", "元"), product_in("1200m×4m", "平方米")
    ((Fraction(360000, 1), '元'), (Fraction(4800, 1), '平方米'))
    >>> product_in("4期×50人", "人次"), product_in("4期×50人", "人"), product_in("25人×18次=540人次", "人次")
    ((Fraction(200, 1), '人次'), None, None)
    """
    found = _PRODUCT.fullmatch(fold_words(text))
    if found is None:
        return None
    factors = [_factor(part) for part in _TIMES_SIGN.sub("\n", found["product"]).split("\n")]
    known = [one for one in factors if one is not None]
    if len(known) < len(factors):
        return None
    top, _, each = (unit or "").partition("/")
    is_for_each = bool(each) and not {_unit(each), *(_unit(word) for word in each.split("·"))} & _units_of(known)
    if is_for_each:  # 6元/餐×3餐 under 元/天
        unit = top
    wanted = unit_of(unit) if unit is not None else known[-1].unit
    stated = None if found["sum"] is None else _factor(found["sum"]) or _factor(f"{found['sum']}{wanted.text}")
    size = _size(known, wanted, is_stated=stated is not None and _is_same(stated.unit, wanted))
    if size is None:
        return None
    value = prod([one.number for one in known], start=Fraction(1)) * size
    if stated is not None and (stated.number * stated.unit.factor != value * wanted.factor or stated.each):
        return None
    return value, f"{wanted.text}/{each}" if is_for_each else wanted.text


def _units_of(factors: list[_Factor]) -> set[Unit]:
    return {unit for one in factors for unit in (one.unit, *one.each)}


def _factor(text: str) -> _Factor | None:
    """Return 40学时, 1.2万元 or 200元/人·天 as a factor; `None` where a number or its unit is missing."""
    found = _FACTOR.fullmatch(text)
    if found is None:
        return None
    top, _, bottom = found["unit"].partition("/")
    number = Fraction(found["number"].replace(",", "")) * SCALES.get(found["scale"] or "", 1)
    each = tuple([_unit(word) for word in bottom.split("·")]) if bottom else ()
    return _Factor(number, _unit(top), each)


def _unit(word: str) -> Unit:
    return known_units()[word] if word in known_units() else unit_of(word)


def _size(factors: list[_Factor], wanted: Unit, *, is_stated: bool) -> Fraction | None:
    """Return what one of the product of the units is in a unit; `None` where it is something else."""
    own = [one for one in factors if _is_same(one.unit, wanted)]
    if len(own) == 1:
        others = [one for one in factors if one is not own[0]]
        if not _are_among(own[0].each, others) or not all(_counts(one) or one.unit in own[0].each for one in others):
            return None
        may_be_same = any(_may_be_same_each_time(one.unit, wanted) for one in others)
        if may_be_same and not (is_stated and not _is_person(wanted)):
            return None
        return own[0].unit.factor / wanted.factor if own[0].unit.dimension == wanted.dimension else Fraction(1)
    if own or any(one.each for one in factors):
        return None
    size = prod([one.unit.factor for one in factors], start=Fraction(1)) / wanted.factor
    without_sessions = [one for one in factors if _is_person(one.unit) or not one.unit.is_count]
    for those in (factors, without_sessions):  # 20人×5天, 8期×20人×5天 in 人·天
        if wanted.dimension == "·".join(sorted(one.unit.dimension for one in those)):
            return prod([one.unit.factor for one in those], start=Fraction(1)) / wanted.factor
    measured = tuple([one.unit.dimension for one in factors if not _counts(one)])
    if measured in _OF_LENGTHS.get(wanted.dimension, ()):
        counted = [one.unit.factor for one in factors if _counts(one)]
        return None if any(_is_time(one.unit) for one in factors) else size / prod(counted, start=Fraction(1))
    if is_stated and wanted.is_count and not measured:
        return Fraction(1)  # 3县×10点×12月=360份
    of_each_time = [one for one in factors if f"{one.unit.text}{_ONCE}" == wanted.text]
    return Fraction(1) if len(of_each_time) == 1 and not measured else None


#: What multiplies to an area and to a volume.
_OF_LENGTHS = {
    "面积": (("长度", "长度"),),
    "体积": (("长度", "长度", "长度"), ("长度", "面积"), ("面积", "长度")),
}
_ONCE = "次"


def _is_same(unit: Unit, wanted: Unit) -> bool:
    return unit.dimension == wanted.dimension or counted_alike(unit.text, wanted.text)


def _are_among(each: Iterable[Unit], others: list[_Factor]) -> bool:
    """Return whether all that a unit is counted for is counted beside it, and nothing else: 80人×3天×200元/人·天."""
    if not each:
        return True
    left = [one.unit for one in others]
    for unit in each:
        found = next((one for one in left if _is_same(one, unit)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _counts(one: _Factor) -> bool:
    """Return whether a factor says how many or how often, and no length, weight or share."""
    return not one.each and (one.unit.is_count or _is_time(one.unit))


def _is_time(unit: Unit) -> bool:
    return unit.dimension in TIMES or unit.text == _ONCE or counted_alike(unit.text, _ONCE)


def _is_person(unit: Unit) -> bool:
    return unit.dimension in {"人", "户"}


def _may_be_same_each_time(times: Unit, wanted: Unit) -> bool:
    """Return whether a product may count the same twice: persons of several terms, hours of several persons."""
    if _is_time(times):
        adds_up = wanted.dimension in CURRENCIES | TIMES | _USED_UP or _ADDED_UP.fullmatch(wanted.text) is not None
        return not adds_up
    return _is_person(times) and (_is_time(wanted) or _OF_EACH_PERSON.fullmatch(wanted.text) is not None)


#: What is another each time.
_USED_UP = frozenset({"质量", "体积", "能量"})
