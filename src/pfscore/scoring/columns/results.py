"""What rows earn, as Arrow columns: different results once, and which of them each row has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pfscore.scoring.row.comparing.readings_of_row import Outcome

#: How many decimals the columns of points have: the most to which rules round.
DECIMALS = 12
POINTS = pa.decimal128(38, DECIMALS)
SCHEMA = pa.schema(
    [
        ("score", POINTS),
        ("low", POINTS),
        ("high", POINTS),
        ("met", pa.bool_()),
        ("outcome", pa.string()),
        ("rule", pa.string()),
        ("codes", pa.list_(pa.string())),
    ]
)


#: What is counted for a batch, in its metadata.
_COUNTS = ("pfscore.row_by_row", "pfscore.too_fine")


class Result(NamedTuple):
    """What a score gives in columns; `score`, `low` and `high` are open where they are computed row by row."""

    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    outcome: Outcome
    met: bool | None
    rule: str | None
    codes: tuple[str, ...]


class Results:
    """The results of some rows."""

    def __init__(self, size: int) -> None:
        self._known: dict[Result, int] = {}
        #: Which result a row has; -1 before one is found.
        self.which: NDArray[np.int64] = np.full(size, -1, np.int64)
        self._computed: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []

    def number(self, result: Result) -> int:
        """Return the number of a result."""
        return self._known.setdefault(result, len(self._known))

    def compute(self, rows: NDArray[np.int64], results: NDArray[np.int64], scores: NDArray[np.int64]) -> None:
        """Set the results of rows whose scores were computed, in units of the last decimal."""
        self.which[rows] = results
        self._computed.append((rows, scores))

    def batch(self, row_by_row: int) -> Any:
        """Return the results of all rows as a record batch, with the number of those that were scored row by row."""
        which, known = pa.array(self.which.astype(np.int32)), list(self._known)
        columns = [self._points([getattr(one, name) for one in known]) for name in ("score", "low", "high")]
        for name, values in (
            ("met", [one.met for one in known]),
            ("outcome", [one.outcome.value for one in known]),
            ("rule", [one.rule for one in known]),
            ("codes", [one.codes for one in known]),
        ):
            columns.append(pa.array(values, SCHEMA.field(name).type).take(which))
        too_fine = np.array([any(one is not None and _scaled(one) is None for one in result[:3]) for result in known])
        counts = row_by_row, int(too_fine[self.which].sum()) if known else 0
        metadata = {name: str(count) for name, count in zip(_COUNTS, counts, strict=True)}
        return pa.RecordBatch.from_arrays(columns, schema=SCHEMA.with_metadata(metadata))

    def _points(self, values: list[Decimal | None]) -> Any:
        """Return a column of points: what is known of each result, and what was computed row by row."""
        size = len(self.which)
        scaled = [None if value is None else _scaled(value) for value in values]
        table = np.array(
            [(0, 0) if one is None else (one & (2**64 - 1), one >> 64 & (2**64 - 1)) for one in scaled] or [(0, 0)],
            np.uint64,
        )
        halves = table[self.which] if len(values) > 1 or not self._computed else np.zeros((size, 2), np.uint64)
        is_known = np.array([one is not None for one in scaled] or [False])[self.which]
        for rows, scores in self._computed:
            halves[rows, 0], halves[rows, 1] = scores, 0
            is_known[rows] = True
        valid = None if is_known.all() else pa.py_buffer(np.packbits(is_known, bitorder="little"))
        return pa.Array.from_buffers(POINTS, size, [valid, pa.py_buffer(halves)])


def _scaled(value: Decimal) -> int | None:
    """Return a number in units of the last decimal; `None` where a column cannot hold it."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * 10**DECIMALS, denominator)
    return None if rest or abs(whole) >= 10**38 else whole


def counted(batches: list[Any]) -> dict[str, str]:
    """Return the metadata of several batches together."""
    found = [batch.schema.metadata for batch in batches]
    return {name: str(sum(int(one[name.encode()]) for one in found)) for name in _COUNTS}


def joined(batches: list[Any]) -> Any:
    """Return several batches as one."""
    if len(batches) == 1:
        return batches[0]
    columns = [
        pa.concat_arrays([pa.array([], kind), *(one.column(at) for one in batches)])
        for at, kind in enumerate(SCHEMA.types)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA.with_metadata(counted(batches)))
