"""Columns of texts as numbers: equal texts have equal codes, and each is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

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
    def of(cls, column: Any, *, numbers: bool = False) -> Texts:
        """Return the codes of a column; with `numbers`, whole numbers below 1,000 are their texts."""
        texts, odd = texts_of(column, numbers=numbers)
        if pa.types.is_dictionary(texts.type):
            values = [*texts.dictionary.to_pylist(), None]
            codes = texts.indices.fill_null(len(values) - 1) if texts.null_count else texts.indices
        else:
            coded = pc.dictionary_encode(texts, null_encoding="encode")
            values, codes = coded.dictionary.to_pylist(), coded.indices
        return cls(codes.to_numpy(zero_copy_only=False).astype(np.int64, copy=False), values, odd)


def texts_of(column: Any, *, numbers: bool = False) -> tuple[Any, NDArray[np.bool_] | None]:
    """Return a column as texts or as a dictionary of texts, and which rows hold something else."""
    kind = column.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        return column.cast(pa.dictionary(pa.int32(), pa.string())), None
    if _is_text(kind) or pa.types.is_null(kind):
        return column.cast(pa.string()), None
    odd = column.is_valid().to_numpy(zero_copy_only=False)
    if numbers and pa.types.is_integer(kind):
        beyond = pc.fill_null(pc.or_(pc.less(column, 0), pc.greater_equal(column, 1000)), pa.scalar(value=False))
        return column.cast(pa.string()), beyond.to_numpy(zero_copy_only=False)
    return pa.nulls(len(column), pa.string()), odd


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
