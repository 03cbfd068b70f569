"""Shapes: two cells without their numbers, and what 1 is in the place of each number.

Around a plain number, the words decide (:mod:`pfscore.cells.plain_numbers`). Other words are read by the grammar with
many numbers in turn, when they come a second time, and are a shape where only the numbers made a difference.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.plain_numbers import DIGITS, POWERS, Split, is_plain, may_be_date, split
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Between, Bound, Change, Reading, TargetKind
from pfscore.foundation.errors import ExpressionError
from pfscore.scoring.row.comparing.beside_numbers.objections import asks_by_how_much
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from pfscore.scoring.row.comparing.compare import compare
from pfscore.scoring.row.comparing.numbers import is_by_calendar, is_by_rate
from pfscore.scoring.row.comparing.readings_of_row import (
    is_day_in_digits,
    is_scale_lent,
    lent_units,
    quantities,
    read_cells,
)
from pfscore.scoring.row.figures import asked_by

#: A number as an integer and the power of ten below it, or as numerator and denominator.
Number = tuple[int, int]
#: Numbers and sizes of more bits are left to the engine, so that a formula's inputs stay within its bounds.
MAX_BITS = 200
#: In place of the number of edges: one, and numbers whose scale may be doubted where they are far apart.
ONE_IN_SCALE = 3
#: The longest cell that is taken apart, in characters.
MAX_LENGTH = 64
_PERCENT = frozenset("%％")
#: One number among words, or two.
_IN_WORDS = re.compile(rf"([^0-9]*+){DIGITS}(?:([^0-9]++){DIGITS})?+([^0-9]*+)")
#: The numbers with which words are read by the grammar, before others take their places: of every length, and those
#: that are a name before certain words (119, 12345, 24小时, 2.0).
_ONE_TRIED = (
    *("1", "2", "3", "4", "5", "6", "7", "8", "12", "20", "24", "31", "60", "100", "110", "119", "120", "122", "365"),
    *("600", "3000", "12328", "12345", "95598", "123456", "1234567890", "0.5", "2.0", "3.5", "45.25", "99.9"),
    *("3000.125", "12.345678"),
)
_TWO_TRIED = (
    *(("1", "2"), ("3", "5"), ("4", "6"), ("3.5", "80"), ("12", "20"), ("0.5", "600"), ("60", "100"), ("5", "31")),
    *(("90", "365.25"), ("24", "120"), ("119", "12345"), ("2.0", "12328"), ("110", "122"), ("95598", "123456")),
    *(("3000", "1234567890"), ("1.5", "95.125")),
)


class Shape(NamedTuple):
    """Two cells without their numbers: how many numbers of the target are compared with the actual, and what 1 is.

    `target` and `actual` are the sizes of 1 as numerator and denominator; `edges` may be :data:`ONE_IN_SCALE`.
    `asked` is what the target asks for, and `is_rate` whether the actual is in percent, as doubts tell them apart;
    `may_be_day` says that a number may be the day of a deed, as 12.31 is under some names.
    """

    edges: int
    target: tuple[int, int]
    actual: tuple[int, int]
    asked: frozenset[str]
    is_rate: bool
    may_be_day: bool = False


class Target(NamedTuple):
    """A target taken apart: the words before, between and behind its numbers, and the numbers.

    All of it are the words where it has no numbers that may be others.
    """

    words: tuple[Any, ...]
    numbers: tuple[Number, ...]
    #: Whether more may be found out about it when it is met again.
    is_open: bool = False

    @classmethod
    def of(cls, text: str | None, comparator: str | None, unit: str | None) -> Target:
        """Take apart a target beside its columns."""
        apart = split(text) if text and len(text) < MAX_LENGTH else None
        if text and apart is not None and len(apart[1]) == 1 and is_plain("target", apart[0], comparator, unit):
            return cls(*apart)
        found = among_words(text) if text else None
        if found is None:
            return cls((text,), ())
        if not _meetings(found[0], comparator, unit).are_several():
            return cls((text,), (), is_open=True)
        return cls(*found) if _reads_alike(found[0], comparator, unit) else cls((text,), ())

    def with_numbers(self, *numbers: str) -> str:
        """Return the text with other numbers in their places."""
        return _text(self.words, numbers)

    def takes_any(self, comparator: str | None, unit: str | None) -> bool:
        """Return whether the target reads alike with any numbers beside these columns, but for their sizes."""
        if len(self.numbers) == 1 and is_plain("target", self.words, comparator, unit):
            return True
        return _reads_alike(self.words, comparator, unit)


def _text(words: tuple[str, ...], numbers: tuple[str, ...]) -> str:
    return words[0] + "".join(number + after for number, after in zip(numbers, words[1:], strict=False))


def among_words(text: str) -> Split | None:
    """Take apart a text of one number among words, or of two that rise; `None` where one is 0 or may be a year."""
    match = _IN_WORDS.fullmatch(text) if len(text) < MAX_LENGTH else None
    if match is None:
        return None
    head, whole, places, between, other, other_places, tail = match.groups()
    if may_be_date(whole):
        return None
    first = (int(whole), 1) if places is None else (int(whole + places), POWERS[len(places)])
    if not first[0]:
        return None
    if other is None:
        return (head, tail), (first,)
    second = (int(other), 1) if other_places is None else (int(other + other_places), POWERS[len(other_places)])
    if may_be_date(other) or first[0] * second[1] >= second[0] * first[1]:
        return None
    return (head, between, tail), (first, second)


def number_apart(words: tuple[Any, ...], numbers: tuple[Number, ...], unit: str | None) -> int | None:
    """Return the number of a target that words may answer as they answer no other one: nothing or 0, and 100%."""
    if not numbers or not numbers[0][0]:
        return 0
    number, power = numbers[0]
    is_percentage = number == 100 * power and not _PERCENT.isdisjoint(f"{words[1]}{unit}")
    return 100 if is_percentage else None


class _Meetings:
    """How often words around numbers were met: what is met a few times is not worth being read many times."""

    def __init__(self) -> None:
        self._count = 0

    def are_several(self) -> bool:
        """Return whether seven rows had the words: as many take as long as to find out whether numbers read alike.

        A row that the engine scores meets them three times.
        """
        self._count += 1
        return self._count > 3 * 7


@lru_cache(maxsize=4096)
def _meetings(_words: tuple[str, ...], _comparator: str | None, _unit: str | None) -> _Meetings:
    return _Meetings()


@lru_cache(maxsize=4096)
def _reads_alike(words: tuple[str, ...], comparator: str | None, unit: str | None) -> bool:
    """Return whether a target of these words reads alike with many numbers, but for their sizes."""
    tried = [(one,) for one in _ONE_TRIED] if len(words) == 2 else list(_TWO_TRIED)
    found = {_without_numbers(words, numbers, comparator, unit) for numbers in tried}
    return len(found) == 1 and None not in found


def _without_numbers(
    words: tuple[str, ...], numbers: tuple[str, ...], comparator: str | None, unit: str | None
) -> Hashable:
    """Return what a target reads as with 1 in the place of its numbers, and all that takes no part in equality."""
    try:
        reading = parse_target(_text(words, numbers), comparator=comparator, unit=unit)
    except ExpressionError:
        return None
    held, sizes = quantities(reading), [Fraction(number) for number in numbers]
    ones = tuple(replace(one, value=one.value / size) for one, size in zip(held, sizes, strict=False))
    if isinstance(reading, Bound | Change) and len(sizes) == 1:
        alike: Reading = replace(reading, quantity=ones[0], assumptions=())
    elif isinstance(reading, Between) and len(sizes) == 2:
        alike = replace(reading, low=ones[0], high=ones[1], assumptions=())
    else:
        return None
    shown = tuple((one.value, one.unit, one.written) for one in ones)
    return alike, shown, reading.label, reading.beside, tuple(one.key for one in reading.assumptions)


def actual_apart(actual: str | None) -> tuple[Hashable, int, int]:
    """Take an actual apart: its words, its number as an integer, and the power of ten below it.

    The words are a text where the number stands in front, and the whole text in a tuple where there is no number.

    >>> actual_apart("26.5万人"), actual_apart("约5%"), actual_apart("已完成")
    (('万人', 265, 10), (('约', '%'), 5, 1), (('已完成',), 0, 1))
    """
    apart = split(actual) if actual and len(actual) < MAX_LENGTH else None
    if apart is None or len(apart[1]) != 1:
        return (actual,), 0, 1
    (head, tail), ((number, power),) = apart
    return (head, tail) if head else tail, number, power


def words_around(words: Hashable) -> tuple[str, str] | None:
    """Return the words around the number of an actual; `None` where it has none."""
    if isinstance(words, str):
        return "", words
    return words if isinstance(words, tuple) and len(words) == 2 else None


def read_shape(
    target: Target, comparator: str | None, unit: str | None, actual: str | None, words: Hashable, *, borrow: bool
) -> Shape | None:
    """Read two cells with the number 1, and 2 for the second of an interval; `None` where they have no shape.

    `words` are those of the actual.
    """
    text: str | None = target.with_numbers("1", "2") if target.numbers else target.words[0]
    answer = words_around(words)
    if not _may_vary(text, target, answer, actual, unit):
        return None
    if answer is not None:
        actual = f"{answer[0]}1{answer[1]}"
    cells = read_cells(text, comparator, unit, actual, borrow=borrow)
    lent = lent_units(text or "", comparator, unit, actual or "") if cells.assumptions or cells.diagnostics else {}
    if any(is_scale_lent(lender) for lender in lent.values()):
        # Whether the scale is borrowed too depends on both numbers.
        return None
    if answer is not None and not is_plain("actual", answer, None, lent.get("actual", unit)):
        return None
    if target.numbers and not all(target.takes_any(comparator, one) for one in {unit, lent.get("target", unit)}):
        return None
    shape = _sizes(target, cells.target, cells.actual, has_answer=answer is not None)
    if shape is not None and not (unit or "").strip():
        days = target.with_numbers("1.1", "1.2") if target.numbers else text, answer and f"{answer[0]}1.1{answer[1]}"
        shape = shape._replace(may_be_day=any(map(is_day_in_digits, days)))
    if shape is None or not shape.edges:
        return shape
    if unit:
        is_in_scale = is_scale_lent(unit)
    else:
        is_in_scale = shape.edges == 1 and all(one.unit is None for one in quantities(cells.target))
    if not is_in_scale:
        return shape
    return shape._replace(edges=ONE_IN_SCALE) if shape.edges == 1 else None


def _may_vary(
    text: str | None, target: Target, answer: tuple[str, str] | None, actual: str | None, unit: str | None
) -> bool:
    """Return whether two cells say the same of each other with other numbers, but for their sizes."""
    if answer is None:
        # 保持在95%–95%–100%区间 may be said of 95%–100% alone.
        return not (target.numbers and any(map(str.isdigit, actual or "")))
    # Whether an actual is a change, or all that there is, depends on both numbers.
    return is_plain("actual", answer, None, unit) and not has_words(actual) and not asks_by_how_much(text or "")


def _sizes(written: Target, target: Reading | None, actual: Reading | None, *, has_answer: bool) -> Shape | None:
    """Return the sizes of the numbers of a shape, from what it reads as with 1 in their places."""
    if target is not None and target.target_kind is TargetKind.APPROXIMATELY:
        return None
    mine, theirs = quantities(target), quantities(actual)
    doubtable = asked_by(target), bool(theirs) and has_answer and theirs[0].unit == RATIO
    if not mine or not theirs or not has_answer:
        # Nothing is compared; but a cell that was kept whole may hold numbers, which the other one is measured by.
        whole = (mine if not written.numbers else ()) + (theirs if not has_answer else ())
        if whole and (written.numbers or has_answer):
            return None
        one = theirs[0].value.as_integer_ratio() if theirs and has_answer else (1, 1)
        return Shape(0, (1, 1), one, *doubtable)
    if is_by_calendar(mine[0], theirs[0]) or is_by_rate(mine[0], theirs[0]):
        return None
    comparison = compare(target, actual)  # type: ignore[arg-type]
    size = comparison.actual
    if size is None:
        # Two units may still be related by the numbers: 4次 answers 每季度1次, 3次 does not.
        if not written.numbers or comparison.problem is not None:
            return None
        return Shape(0, (1, 1), theirs[0].value.as_integer_ratio(), *doubtable)
    edge = comparison.target if comparison.low is None else comparison.low
    if edge is None or not written.numbers or edge <= 0 or max(map(_bits, (size, edge))) > MAX_BITS // 2:
        return None
    if len(written.numbers) == 2 and (comparison.high is None or comparison.high != 2 * edge):
        return None
    return Shape(len(written.numbers), edge.as_integer_ratio(), size.as_integer_ratio(), *doubtable)


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()
