"""Quantities: an exact number with its unit, compared by what it measures; units by dimension and factor.

The table of units is `grammar/units.txt`; this module only reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, total_ordering

from pfscore.foundation.numbers import decimal_places, decimal_text, shown
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.resources import section_lines
from pfscore.foundation.text import Lang

#: The unit text of a plain ratio (95% is 0.95 of it).
RATIO = "1"
#: The dimension of 元, and the dimensions of money; one currency is not converted into another.
YUAN = "货币"
CURRENCIES = frozenset({YUAN, "美元", "港元", "欧元", "日元", "英镑"})
#: The dimensions of time; months and working days have lengths of their own.
TIMES = frozenset({"时间", "月", "工作日", "工作时间"})
SCALES = {
    "拾": 10,
    "佰": 100,
    "仟": 1000,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_DENOMINATOR = re.compile(r"([0-9]*)((?:十|百|千|万|亿)*)(.*)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its text without scale word, its dimension, and its size in the dimension's base unit.

    Two quantities can be compared when their units have the same `dimension`. A unit that no table knows is a
    dimension of its own (`窗口` is compared with `窗口` alone).
    """

    text: str
    dimension: str
    factor: Fraction

    @property
    def is_count(self) -> bool:
        """Whether it counts single things (人, 个, 窗口), of which no part exists; 小时, 元 and 美元 measure."""
        if self.dimension in CURRENCIES:
            return False
        return self.dimension == self.text or self.dimension in known_units()


@cache
def known_units() -> dict[str, Unit]:
    """Return every unit word of the table with the unit that it names."""
    units: dict[str, Unit] = {}
    for dimension, line in ((name, line) for name, lines in section_lines("units.txt").items() for line in lines):
        if dimension in {"~", "¤", "≈", "≡"}:
            continue
        if dimension == "=":
            word, _, product = line.partition(" ")
            parts = [units[part] for part in product.split("·")]
            units[word] = Unit(word, "·".join(sorted(part.dimension for part in parts)), _product(parts))
            continue
        words, spelled = (part.split() for part in f"{line} | ".split("|")[:2])
        factor = Fraction(1) if dimension == "*" else Fraction(words.pop(0))
        for word in words:
            # 个工作日 is 工作日: the classifier is no part of the unit where the table knows the word without it.
            bare = word[1:] if word[0] == "个" and word[1:] in words else word
            text = RATIO if dimension == "比率" else bare
            units[word] = Unit(text, words[0] if dimension == "*" else dimension, factor)
        for word in spelled:
            units[word] = units[words[0]]
    for word in [word for word in units if word.endswith("次") and word[:-1] in units]:
        either = f"{word[:-1]}(次)"
        units.setdefault(either, Unit(either, either, Fraction(1)))
    return units


@cache
def signs_of_money() -> dict[str, str]:
    """Return the signs and codes of currencies that stand before a number, each with its unit: $ with 美元."""
    lines = (line.split() for line in section_lines("units.txt")["¤"])
    return {sign: unit for unit, *signs in lines for sign in signs}


@cache
def rates_of_money() -> dict[str, tuple[Fraction, Fraction]]:
    """Return how many 元 one of each currency is at least and at most, by far: 美元 with 4 and 10."""
    lines = (line.split() for line in section_lines("units.txt")["≈"])
    return {currency: (Fraction(least), Fraction(most)) for currency, least, most in lines}


@cache
def measures_of_names() -> dict[str, dict[str, Fraction]]:
    """Return what stands for what under the names that a rule finds: of water 吨 with 1000, and 立方米 as well."""
    found: dict[str, dict[str, Fraction]] = {}
    for line in section_lines("units.txt")["≡"]:
        rule, *words = line.split()
        sizes, size = found.setdefault(rule, {}), Fraction(1)
        for word in words:
            if word.isdecimal():
                size = Fraction(word)
            else:
                sizes[word] = size
    return found


@cache
def units_beside_a_name() -> frozenset[str]:
    """Return the units beside which a name may say what they stand for: 立方米, which is 吨 of water; not 吨."""
    found: set[str] = set()
    for sizes in measures_of_names().values():
        *_, usual = (unit_of(word).dimension for word in sizes)
        found.update(word for word in sizes if unit_of(word).dimension != usual)
    return frozenset(found)


@cache
def _counted_alike() -> frozenset[tuple[str, str]]:
    lines = (line.split() for line in section_lines("units.txt")["~"])
    pairs = [(first, other) for first, *others in lines for other in others]
    return frozenset((*pairs, *((other, first) for first, other in pairs)))


def counted_alike(one: str | None, other: str | None) -> bool:
    """Return whether two different words count the same: 12座 and 12个, 3场 and 3场次.

    >>> counted_alike("座", "个"), counted_alike("家", "户"), counted_alike("人", "人次"), counted_alike("座", "台")
    (True, True, False, False)
    >>> [counted_alike(*two) for two in (("台(套)", "套"), ("人·次", "人次"), ("方", "m³"), ("方", "升"))]
    [True, True, True, False]
    """
    if one is None or other is None or one == other:
        return False
    alike = (one, other) in _counted_alike() or _is_one_of(one, other) or _is_one_of(other, one)
    alike = alike or _is_short_for(one, other) or _is_short_for(other, one)
    return alike or one.translate(_NO_JOINTS) == other.translate(_NO_JOINTS)


@cache
def _short_for() -> dict[str, Unit]:
    """Return the words that stand for a measure, not for a count: 方 for 立方米, 度 for 千瓦时."""
    lines = (line.split() for line in section_lines("units.txt")["~"])
    measures = ((known_units()[first], others) for first, *others in lines if first in known_units())
    return {other: unit for unit, others in measures if unit.dimension not in {unit.text, *TIMES} for other in others}


def _is_short_for(one: str, other: str) -> bool:
    short, known = _short_for().get(one), known_units().get(other)
    return (
        short is not None and known is not None and (short.dimension, short.factor) == (known.dimension, known.factor)
    )


#: 人(次), 人·次, 台套: what joins two words of a unit tells nothing apart.
_NO_JOINTS = str.maketrans("", "", "()·")


def _is_one_of(one: str, of: str) -> bool:
    """Return whether a word is one of the two of 台(套)."""
    first, bracket, second = of.partition("(")
    return bool(bracket) and one in {first, second.removesuffix(")")}


def _product(parts: list[Unit]) -> Fraction:
    factor = Fraction(1)
    for part in parts:
        factor *= part.factor
    return factor


#: How long a unit is at most that is looked for in a text.
_LONGEST_UNIT = 6


def unit_at(text: str, start: int = 0) -> str:
    """Return the longest unit that stands in a text at a place; nothing where none does.

    >>> unit_at("8个工作日", 1), unit_at("8平方米", 1), unit_at("8左右", 1)
    ('个工作日', '平方米', '')
    """
    known = known_units()
    return next((one for size in range(_LONGEST_UNIT, 0, -1) if (one := text[start : start + size]) in known), "")


@remembered
def unit_of(text: str) -> Unit:
    """Return the unit that `text` (without scale word) names.

    >>> unit_of("公里").factor, unit_of("km").dimension
    (Fraction(1000, 1), '长度')
    >>> unit_of("元/人·月").dimension
    '货币/人·月'
    """
    if text == RATIO:
        return Unit(RATIO, "比率", Fraction(1))
    found = known_units().get(text)
    if found is not None:
        return found
    top, *bottoms = text.split("/")
    if not bottoms and "·" not in text:
        return Unit(text, text, Fraction(1))
    factor = Fraction(1)
    dimensions: list[list[str]] = [[], []]
    for side, part in [(0, top), *((1, bottom) for bottom in bottoms)]:
        for word in [part] if part in known_units() else part.split("·"):
            size, unit = _denominator(word) if side else (Fraction(1), _part_of(word))
            if not size:  # 名/0户
                return Unit(text, text, Fraction(1))
            factor = factor / (size * unit.factor) if side else factor * unit.factor
            dimensions[side].append(unit.dimension)
    upper, lower = ("·".join(sorted(names)) for names in dimensions)
    return Unit(text, f"{upper}/{lower}" if lower else upper, factor)


def in_units(size: Fraction, unit: str | None) -> Fraction:
    """Return a number of the base unit of a dimension in another unit of it.

    >>> in_units(Fraction(1500), "公里"), in_units(Fraction(3), None)
    (Fraction(3, 2), Fraction(3, 1))
    """
    return size if unit is None else size / unit_of(unit).factor


@remembered
def canonical(text: str) -> str:
    """Return a unit as it is written behind a number so that it reads back.

    Months and quarters take 个, as 12月 is December; a word that no table knows stands in brackets.

    >>> canonical("元/户"), canonical("月"), canonical("窗格")
    ('元/户', '个月', '[窗格]')
    """
    if text in _CALENDAR:
        return f"个{text}"
    known = known_units()
    words = [word for part in text.split("/") for word in ([part] if part in known else part.split("·"))]
    readable = all(word in known or _COUNT.sub("", word) in known or _COUNT.fullmatch(word) for word in words)
    readable = readable and _ODD_COUNT.search(text) is None
    return text if readable else f"[{text}]"


#: The number in a denominator: 10万人.
_COUNT = re.compile(r"^[0-9]*[十百千万亿]*")
#: 次/95年: behind 每 a number is what it is; behind a stroke it would be a quantity of its own.
_ODD_COUNT = re.compile(r"[/·](?!(?:10*|[1-9])(?![0-9]))[0-9]")
#: Units that name a part of the calendar when a number stands before them.
_CALENDAR = frozenset({"月", "月份", "季度", "季"})


def _denominator(word: str) -> tuple[Fraction, Unit]:
    """Split `10万人` into its number and its unit."""
    if word in known_units():
        return Fraction(1), _part_of(word)
    match = _DENOMINATOR.fullmatch(word)
    if match is None or not (match[1] or match[2]):
        return Fraction(1), Unit(word, word, Fraction(1))
    size = Fraction(match[1] or 1) * SCALES.get(match[2], 1)
    if not size:
        return Fraction(1), Unit(word, word, Fraction(1))
    # 人/10万 counts for a number of anything.
    return size, _part_of(match[3]) if match[3] else Unit("", "", Fraction(1))


def _part_of(word: str) -> Unit:
    """Return the unit of a part of a compound, where 方 is 立方米 as nothing else is: 度/方."""
    return _short_for().get(word) or unit_of(word)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact number with its unit: `unit` is `"1"` for a ratio and `None` where no cell gives one.

    `written` is the unit as the cell has it, scale word included (`万元`, `%`): what scoring lends to the other
    cell; `ratio` is a ratio of two numbers as the cell has it (1:500), for sentences. The reader fills both in; they
    take no part in equality.

    Equal quantities are equal and hash equal whatever their spelling (1 公里 and 1000 米).

    Raises:
        ValueError: when two quantities of different dimensions are ordered.

    >>> from fractions import Fraction
    >>> Quantity(Fraction(1), "公里") == Quantity(Fraction(1000), "米")
    True
    """

    value: Fraction
    unit: str | None = None
    written: str | None = None
    ratio: str | None = field(default=None, repr=False)

    @property
    def measure(self) -> Unit | None:
        """The unit with its dimension and factor."""
        return None if self.unit is None else unit_of(self.unit)

    @property
    def dimension(self) -> str | None:
        """The name of what is measured; quantities of one dimension can be compared."""
        return None if self.unit is None else unit_of(self.unit).dimension

    @property
    def base(self) -> Fraction:
        """The number in the base unit of the dimension."""
        if self.unit is None:
            return self.value
        factor = unit_of(self.unit).factor
        return self.value if factor == 1 else self.value * factor

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.unit == other.unit:
            return self.value == other.value
        return self.dimension == other.dimension and self.base == other.base

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.dimension != other.dimension:
            raise ValueError(f"cannot compare {self} with {other}")
        return self.base < other.base

    def __hash__(self) -> int:
        return hash((self.dimension, self.base))

    def __str__(self) -> str:
        if self.unit == "1":
            return (
                f"{decimal_text(self.value * 100)}%" if decimal_places(self.value) is not None else _ratio(self.value)
            )
        return f"{decimal_text(self.value)}{'' if self.unit is None else canonical(self.unit)}"


def say(quantity: Quantity, lang: Lang = "zh") -> str:
    """Write a quantity for a sentence, with a scale word where Chinese readers expect one: 26 万人."""
    unit = quantity.unit
    if unit == "1" and quantity.ratio is None and decimal_places(quantity.value) is None:
        return shown(quantity.value, percent=True)
    if unit in {None, "1"}:
        return quantity.ratio or str(quantity)
    value, scale = quantity.value, ""
    if lang == "zh" and abs(value) >= 10**4 and decimal_places(value) is not None:
        for size, word in ((10**8, "亿"), (10**4, "万")):
            if abs(value) >= size and len(decimal_text(value / size)) <= len(decimal_text(value)):
                value, scale = value / size, word
                break
    return f"{decimal_text(value)} {scale}{canonical(unit or '')}"


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
