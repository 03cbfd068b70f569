"""Short cuts past the grammar, for the most frequent cells: a plain number, two with ~ between them, plain words.

None decides anything. The words around a number are read once, with the number 1, by the functions that read the
grammar's result, and kept; a number then only takes its place. An interval is read by the grammar, once for its words,
with several numbers. Which words are a level is decided by the same function as well.
tests/cells/test_plain_numbers.py compares all of them with the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pfscore.cells.cell_text import SideName
from pfscore.cells.grammar.parser import parse_unit
from pfscore.cells.grammar.terminals import trie, word_lists
from pfscore.cells.grammar.tree import Amount, Side, Trouble
from pfscore.cells.lexicon.quantities import RATIO, SCALES, Quantity, known_units
from pfscore.cells.meaning.cell import Cell, read_comparator, read_unit
from pfscore.cells.meaning.comparator_words import EDGES, EXPLICIT, Demand
from pfscore.cells.meaning.measures import read_bound
from pfscore.cells.readings import Achieved, Between, Bound, Change, Measured, Reading, TargetKind
from pfscore.foundation.folding import fold_without_spaces
from pfscore.foundation.runtime.memory import remembered

#: Long numbers and long decimals go the long way, where they are looked at more closely.
DIGITS = r"(0|[1-9][0-9]{0,9}+)(?:\.([0-9]{1,6}+))?+"
_NUMBER = re.compile(rf"([^0-9]*+){DIGITS}([^0-9]*+)")
#: A plain number in front of words: :func:`split` for the most frequent actuals, in half the time. A number without
#: words may be a date.
IN_FRONT = re.compile(rf"{DIGITS}([^0-9]*+)")
_INTERVAL = re.compile(rf"{DIGITS}([^0-9]*)[~～]{DIGITS}([^0-9]*)")
#: With these numbers the words around the two of an interval are read, before others take their places.
_TRIED = (("1", "2"), ("3.5", "80"), ("12", "20"), ("0.5", "600"))
#: Units that a number may also make a date with (9月, 2020年), or a name (5G).
_DOUBTFUL = ("年", "月", "日", "号", "季", "学年", "学期", "G", "K", "W")
#: Characters that no date, no measure and no sign has: a cell of them is words, whatever they say.
_WORD = (
    r"[^0-9A-Za-z零〇一二三四五六七八九十百千万亿半两壹贰叁肆伍陆柒捌玖拾年月日号季旬周适涉"
    r"≥≤><=≠±≈≮≯~%‰‱+*×÷^$#@&|\\{}_`?!£€¥℃℉Ω㌀-㏟°√∞/·.,;\[\]<>《》〈〉«»‹›²³¹⁰⁴-⁹₀-₉¼½¾⅐-⅞↑↓▲▼\"'‘’①-⑳。-]"
)
_WORDS = re.compile(rf"{_WORD}+(?:[,;。]{_WORD}+)*。?")
_ONE = Fraction(1)
#: The powers of ten below numbers with so many decimals.
POWERS = tuple(10**places for places in range(7))


class _Around(NamedTuple):
    """What the words around a number make of it: the kind of reading, and the size of 1."""

    kind: type[Reading]
    op: TargetKind | None
    direction: str | None
    numerator: int
    denominator: int
    unit: str | None
    written: str | None


#: A cell taken apart: the words around its numbers, and each number as an integer and the power of ten below it.
Split = tuple[tuple[str, ...], tuple[tuple[int, int], ...]]


def split(text: str) -> Split | None:
    """Split a cell of a plain number, or of two that rise; `None` where it is none, or may be a date.

    >>> split("≥26.5万人"), split("60%~80%"), split("2023")
    ((('≥', '万人'), ((265, 10),)), (('', '%', '%'), ((60, 1), (80, 1))), None)
    """
    match = _NUMBER.fullmatch(text)
    if match is not None:
        head, whole, places, tail = match.groups()
        if not tail and may_be_date(whole):
            return None
        return (head, tail), (((int(whole), 1) if places is None else (int(whole + places), POWERS[len(places)])),)
    match = _INTERVAL.fullmatch(text)
    if match is None:
        return None
    low, low_places, middle, high, high_places, tail = match.groups()
    if (middle and middle != tail) or (not middle and may_be_date(low)) or (not tail and may_be_date(high)):
        return None
    first, second = _number(low, low_places), _number(high, high_places)
    return (("", middle, tail), (first, second)) if first[0] * second[1] < second[0] * first[1] else None


def may_be_date(whole: str) -> bool:
    """Return whether a number without words is or may be a date: 2023 beside 年, 2023.12, 20231225, 45657."""
    return (len(whole) in {4, 8} and whole[:2] in {"19", "20"}) or is_day_number(whole)


def is_day_number(text: str) -> bool:
    """Return whether a number may be a day of 2000 to 2050, as spreadsheets count them: 45657 is 2024-12-31."""
    return len(text) == 5 and text.isdecimal() and _FIRST_DAY <= text <= _LAST_DAY


_FIRST_DAY, _LAST_DAY = "36526", "55153"


def _number(whole: str, places: str | None) -> tuple[int, int]:
    return (int(whole), 1) if places is None else (int(whole + places), POWERS[len(places)])


def plain_number(side: SideName, text: str, comparator: str | None, unit: str | None) -> Reading | None:
    """Read ≥26万人 or 95%以上; `None` where the grammar must be asked.

    >>> str(plain_number("target", "≥26万人", None, None))
    '≥260000人'
    """
    apart = split(text)
    if apart is None or len(apart[1]) != 1:
        return None
    (head, tail), ((number, power),) = apart
    around = _words_around(side, head, tail, comparator, unit)
    if around is None:
        return None
    kind, op, direction, numerator, denominator, name, written = around
    quantity = Quantity(Fraction(number * numerator, power * denominator), name, written)
    if kind is Bound:
        return Bound(op or TargetKind.BARE, quantity)
    if kind is Measured:
        return Measured(quantity)
    if kind is Achieved:
        return Achieved(op or TargetKind.BARE, quantity)
    return Change(direction or "", op or TargetKind.BARE, quantity)


def plain_interval(text: str, unit: str | None, read: Callable[[str, str | None], Reading | None]) -> Between | None:
    """Read 60%~80% as `read` reads other numbers between the same words; `None` where the grammar must be asked."""
    apart = split(text)
    if apart is None or len(apart[1]) != 2:
        return None
    words, numbers = apart
    around = _words_around_two(words, unit, read)
    if around is None:
        return None
    low, high = (Fraction(number, power) for number, power in numbers)
    first, size = around
    return Between(
        Quantity(low * size, first.low.unit, first.low.written),
        Quantity(high * size, first.high.unit, first.high.written),
        first.low_open,
        first.high_open,
    )


def is_plain(side: SideName, words: tuple[str, ...], comparator: str | None, unit: str | None) -> bool:
    """Return whether a number takes its place among these words, whichever it is; see :func:`split`."""
    return len(words) == 2 and _words_around(side, *words, comparator, unit) is not None


@remembered
def _words_around_two(
    words: tuple[str, ...], unit: str | None, read: Callable[[str, str | None], Reading | None]
) -> tuple[Between, Fraction] | None:
    """Read the words around two numbers; return an interval between them, and the size of 1."""
    _, middle, tail = words
    around = _words_around("target", "", tail, None, unit)
    if around is None or around.kind is not Bound or around.op is not TargetKind.BARE:
        return None
    size = Fraction(around.numerator, around.denominator)
    found: list[Between] = []
    for low, high in _TRIED:
        reading = read(f"{low}{middle}~{high}{tail}", unit)
        if (
            not isinstance(reading, Between)
            or reading.assumptions
            or (reading.low.value, reading.high.value) != (Fraction(low) * size, Fraction(high) * size)
        ):
            return None
        found.append(reading)
    return found[0], size


@remembered
def _words_around(side: SideName, head: str, tail: str, comparator: str | None, unit: str | None) -> _Around | None:
    """Read the words around a number with the number 1 between them."""
    before, behind = fold_without_spaces(head), fold_without_spaces(tail)
    match = _behind().fullmatch(behind)
    if match is None or (before and before not in _heads()):
        return None
    scale, name, below, edge = match.groups()
    op = _heads()[before] if before else None
    if edge is not None:
        if op is not None and op is not _edges()[edge]:
            return None
        op = _edges()[edge]
    found = None if name is None else known_units()[name]
    text, factor = (None, _ONE) if found is None else (found.text, found.factor if found.text == RATIO else _ONE)
    if below is not None:
        compound = None if text == RATIO else parse_unit(name + below)
        if compound is None:
            return None
        text = compound[1]
    amount = Amount(_ONE, 1 if scale is None else SCALES[scale], text, factor, odd=False, start=0, end=1)
    try:
        column = read_unit(unit)
        if column.of_dates:
            return None
        cell = Cell(side, read_comparator(comparator), column, f"{before}1{behind}", lambda _start, _end: "")
        reading = read_bound(cell, Side(amount), Demand(op))
    except Trouble:
        return None
    if not isinstance(reading, Bound | Measured | Achieved | Change) or reading.assumptions or cell.assumed(amount):
        # What is assumed names the number.
        return None
    quantity = reading.quantity
    return _Around(
        type(reading),
        getattr(reading, "op", None),
        getattr(reading, "direction", None),
        quantity.value.numerator,
        quantity.value.denominator,
        quantity.unit,
        quantity.written,
    )


@cache
def _behind() -> re.Pattern[str]:
    units = trie(word for word in known_units() if not word.startswith(_DOUBTFUL))
    edges = trie(_edges())
    return re.compile(rf"(?:({trie(SCALES)})(?![十百千万亿]))??(?:({units})(/[一-龥A-Za-z³²·*/]+?)?({edges})?)?")


@cache
def _heads() -> dict[str, TargetKind]:
    return {word: op for kind, op in EXPLICIT.items() for word in word_lists().get(kind, ())}


@cache
def _edges() -> dict[str, TargetKind]:
    return {"内": TargetKind.AT_MOST} | {word: op for kind, op in EDGES.items() for word in word_lists().get(kind, ())}


def plain_words(text: str) -> bool:
    """Return whether a text is words and nothing that could be a number, a date or a sign.

    >>> plain_words("有效提升"), plain_words("一次性完成")
    (True, False)
    """
    return _WORDS.fullmatch(text) is not None
