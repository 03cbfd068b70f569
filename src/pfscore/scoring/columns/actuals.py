"""Columns of texts as codes, and a column of actuals taken apart: a plain number in front, the words behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pfscore.cells.plain_numbers import POWERS
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from pfscore.scoring.row.framing.shapes import actual_apart

Codes = NDArray[np.int64]
_MAX = 1 << 62


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: the code of each row, and the texts by their codes; a blank cell is `None`."""

    codes: Codes
    values: list[Any]
    #: Rows whose cell is no text.
    odd: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, column: Any) -> Texts:
        """Return the codes of a column."""
        texts, odd = texts_of(column)
        if pa.types.is_dictionary(texts.type):
            values = [*texts.dictionary.to_pylist(), None]
            codes = texts.indices.fill_null(len(values) - 1) if texts.null_count else texts.indices
        else:
            coded = pc.dictionary_encode(texts, null_encoding="encode")
            values, codes = coded.dictionary.to_pylist(), coded.indices
        return cls(codes.to_numpy(zero_copy_only=False).astype(np.int64, copy=False), values, odd)


def texts_of(column: Any) -> tuple[Any, NDArray[np.bool_] | None]:
    """Return a column as texts or as a dictionary of texts, and which rows hold something else."""
    kind = column.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        return column.cast(pa.dictionary(pa.int32(), pa.string())), None
    if _is_text(kind) or pa.types.is_null(kind):
        return column.cast(pa.string()), None
    return pa.nulls(len(column), pa.string()), column.is_valid().to_numpy(zero_copy_only=False)


def points_of(column: Any) -> tuple[Any, NDArray[np.bool_] | None]:
    """Return a column of points as texts, whole numbers below 1,000 as theirs, and which rows hold something else."""
    if not pa.types.is_integer(column.type):
        return texts_of(column)
    beyond = pc.or_(pc.less(column, 0), pc.greater_equal(column, 1000))
    return column.cast(pa.string()), pc.fill_null(beyond, False).to_numpy(zero_copy_only=False)  # noqa: FBT003


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


class Combined(NamedTuple):
    """The code of each row for several columns together, and the first row of every code."""

    codes: Codes
    first: Codes


def combined(columns: Sequence[tuple[Codes, int]], size: int) -> Combined:
    """Return codes that rows have in common which are alike in all columns, each given with how many codes it has.

    >>> combined([(np.array([0, 1, 0, 0]), 2), (np.array([5, 5, 5, 4]), 6)], 4)
    Combined(codes=array([1, 2, 1, 0]), first=array([3, 0, 1]))
    """
    codes, count = np.zeros(size, np.int64), 1
    for more, many in columns:
        if many <= 1:
            continue
        if count * many > _MAX:
            codes, first = _dense(codes, count)
            count = len(first)
        codes, count = codes * many + more, count * many
    return _dense(codes, count)


def _dense(codes: Codes, count: int) -> Combined:
    """Return codes without those that no row has."""
    size = len(codes)
    if count > 4 * size + 65536:
        coded = pa.array(codes).dictionary_encode()
        codes, count = coded.indices.to_numpy().astype(np.int64), len(coded.dictionary)
    first = np.full(count, -1, np.int64)
    first[codes[::-1]] = np.arange(size - 1, -1, -1)
    used = np.flatnonzero(first >= 0)
    if len(used) < count:
        places = np.zeros(count, np.int64)
        places[used] = np.arange(len(used))
        codes, first = places[codes], first[used]
    return Combined(codes, first)


_MOST_DIGITS, _MOST_PLACES = 10, 6
#: The longest words behind a number that are told apart by their bytes.
_MOST_BYTES = 24
_ZERO, _NINE, _POINT = b"09."
#: What a number of a year or a day may begin with, and one of a day that a spreadsheet counts (see `may_be_date`).
_CENTURIES, _DAYS, _DAY_DIGITS = (19, 20), (36, 55), 5
_BELOW = np.array(POWERS)
#: What is left of eight bytes of which only the first few count.
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)


@dataclass(frozen=True, slots=True)
class Actuals:
    """Actuals taken apart: for each row the code of its words, its number as an integer and the power of ten below it.

    Where no words are, the code is -1: such a row is left to whoever looks at its whole text.
    """

    codes: Codes
    words: list[Any]
    number: NDArray[np.int64]
    power: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Any, *, beside_names: bool) -> Actuals:
        """Take apart a column of texts; `beside_names` says whether words may be judged beside a name."""
        if pa.types.is_dictionary(texts.type):
            each = cls.of(pa.concat_arrays([texts.dictionary, pa.nulls(1, pa.string())]), beside_names=beside_names)
            at = texts.indices.fill_null(len(texts.dictionary)).to_numpy(zero_copy_only=False)
            return cls(each.codes[at], each.words, each.number[at], each.power[at])
        size = len(texts)
        found, behind, ends, number, power, data = _in_front(texts)
        plain = np.flatnonzero(found)
        coded, first = _tails(data, behind[plain], ends[plain])
        words: list[Any] = [bytes(data[behind[row] : ends[row]]).decode() for row in plain[first].tolist()]
        codes = np.full(size, -1, np.int64)
        codes[plain] = coded
        # Every other text is looked at once.
        rest = np.flatnonzero(~found)
        others = texts.take(pa.array(rest)).dictionary_encode(null_encoding="encode")
        apart = [_apart(text, beside_names=beside_names) for text in others.dictionary.to_pylist()]
        places: dict[Any, int] = {}
        for one in apart:
            if one is not None:
                places.setdefault(one[0], len(words) + len(places))
        words += places
        at = others.indices.to_numpy(zero_copy_only=False)
        if len(rest):
            table = np.array([(-1, 0, 1) if one is None else (places[one[0]], *one[1:]) for one in apart])
            codes[rest], number[rest], power[rest] = table[at].T
        return cls(codes, words, number, power)


def _apart(text: str | None, *, beside_names: bool) -> tuple[Any, int, int] | None:
    return None if beside_names and has_words(text) else actual_apart(text)


def _in_front(texts: Any) -> Any:
    """Find the plain number in front of each text, where there is one and it is no date.

    Return where there is one, where the words behind it begin and end, number, power of ten, and the bytes.
    """
    size, (_, offsets, held) = len(texts), texts.buffers()
    at = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + size + 1].astype(np.int64)
    low, high = int(at[0]), int(at[-1])
    # With room behind, so that each place may be looked at as if the longest words began there.
    data = np.concatenate([np.frombuffer(held, np.uint8)[low:high], np.zeros(_MOST_BYTES, np.uint8)])
    start, end = at[:-1] - low, at[1:] - low
    # Where the next byte is that is no digit, at or behind a place.
    is_other = (data < _ZERO) | (data > _NINE)
    others = np.flatnonzero(is_other)
    before = np.zeros(len(data) + 1, np.int64)
    np.cumsum(is_other, out=before[1:])
    whole_end = np.minimum(others[before[start]], end)
    whole = whole_end - start
    has_point = (whole_end < end) & (data[whole_end] == _POINT)
    places_end = np.where(has_point, np.minimum(others[before[whole_end + 1]], end), whole_end)
    places = np.where(has_point, places_end - whole_end - 1, 0)
    behind = np.where(places > 0, places_end, whole_end)
    first, second = data[start], data[start + 1]
    digits_behind = (end - behind) - (before[end] - before[behind])
    begins = (first - np.int64(_ZERO)) * 10 + (second - np.int64(_ZERO))
    is_year = ((whole == 4) | (whole == 8)) & ((begins == _CENTURIES[0]) | (begins == _CENTURIES[1]))
    is_day = (whole == _DAY_DIGITS) & (begins >= _DAYS[0]) & (begins <= _DAYS[1])
    may_be_date = (behind == end) & (is_year | is_day)
    found = (
        (whole >= 1)
        & (whole <= _MOST_DIGITS)
        & ((first != _ZERO) | (whole == 1))
        & (places <= _MOST_PLACES)
        & (digits_behind == 0)
        & (end - behind <= _MOST_BYTES)
        & ~may_be_date
    )
    if texts.null_count:
        found &= texts.is_valid().to_numpy(zero_copy_only=False)
    whole, places = whole * found, places * found
    number = _digits(data, start, whole, np.zeros(size, np.int64))
    number = _digits(data, whole_end + 1, places, number)
    return found, behind, end, number, _BELOW[places], data


def _digits(data: NDArray[np.uint8], at: Codes, count: Codes, number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return numbers with further digits behind them."""
    for index in range(int(count.max())):
        longer = number * 10 + (data[at + index] - np.int64(_ZERO))
        number = np.where(index < count, longer, number)
    return number


def _tails(data: NDArray[np.uint8], start: Codes, end: Codes) -> tuple[Codes, Codes]:
    """Return codes for the bytes between places, and the first row of each."""
    eights = np.ndarray((len(data) - 7,), "<u8", data, strides=(1,))
    lengths = end - start
    columns = [(lengths, _MOST_BYTES + 1)]
    for from_ in range(0, int(lengths.max(initial=0)), 8):
        held = eights[start + from_] & _MASKS[np.clip(lengths - from_, 0, 8)]
        coded = pa.array(held).dictionary_encode()
        columns.append((coded.indices.to_numpy().astype(np.int64), len(coded.dictionary)))
    return combined(columns, len(start))
