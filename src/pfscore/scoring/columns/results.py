"""What rows earn, as Arrow columns: computed for many rows at once, different results once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pfscore.formulas.evaluation.columns import Env, Integers, Numbers, TooLarge, check_bits, compute, rounded
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.framing.arms import Computation

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
        points = [(one.score, one.low, one.high) for one in known]
        too_fine = np.array(
            [any(one is not None and _scaled(one) is None for one in each) for each in points], np.bool_
        )
        counts = row_by_row, int(too_fine[self.which].sum())
        metadata = {name: str(count) for name, count in zip(_COUNTS, counts, strict=True)}
        return pa.RecordBatch.from_arrays(columns, schema=SCHEMA.with_metadata(metadata))

    def _points(self, values: list[Decimal | None]) -> Any:
        """Return a column of points: what is known of each result, and what was computed row by row."""
        size = len(self.which)
        scaled = [None if value is None else _scaled(value) for value in values]
        numbers = [(0 if one is None else one) % 2**128 for one in scaled]
        table = np.array([(one % 2**64, one // 2**64) for one in numbers], np.uint64).reshape(len(scaled), 2)
        halves = table[self.which] if len(values) > 1 or not self._computed else np.zeros((size, 2), np.uint64)
        is_known = np.array([one is not None for one in scaled], np.bool_)[self.which]
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


#: How many rows are computed at a time.
_BLOCK = 1 << 15
#: Where a number might become too large, rows with smaller ones are tried, of so many bits.
_SIZES = (40, 30, 22, 16)


class Inputs(NamedTuple):
    """The numbers of rows, each as numerators and denominators; the edges of the targets where these are asked for."""

    actual: tuple[Integers, Integers]
    points: tuple[Integers, Integers]
    low: tuple[Integers, Integers] | None = None
    high: tuple[Integers, Integers] | None = None

    def of(self, rows: slice | Integers) -> Inputs:
        """Return the numbers of some of the rows."""
        return Inputs(*(pair and (pair[0][rows], pair[1][rows]) for pair in self))  # type: ignore[arg-type]

    def are_below(self, bits: int) -> Integers:
        """Return the rows whose numbers all have at most so many bits."""
        largest = np.maximum.reduce([part for pair in self if pair is not None for part in pair])
        return np.flatnonzero(largest < 1 << bits)


def scores_of(made: Computation, inputs: Inputs) -> Integers:
    """Return the scores of rows in units of the rounding's last decimal; -1 where a row is to be scored alone."""
    size = len(inputs.actual[0])
    found = [_of_block(made, inputs.of(slice(start, start + _BLOCK))) for start in range(0, size, _BLOCK)]
    return np.concatenate(found)


def _of_block(made: Computation, inputs: Inputs) -> Integers:
    try:
        return _scores(made, inputs)
    except TooLarge:
        found = np.full(len(inputs.actual[0]), -1, np.int64)
    for bits in _SIZES:
        rows = inputs.are_below(bits)
        if not len(rows):
            break
        try:
            found[rows] = _scores(made, inputs.of(rows))
        except TooLarge:
            continue
        break
    return found


def _scores(made: Computation, inputs: Inputs) -> Integers:
    size, (digits, mode) = len(inputs.actual[0]), made.decimals
    points = Numbers.of(*inputs.points)
    found, undefined = compute(made.formula.body, _env(made, inputs), size)
    bad = undefined | (found.numerator < 0)
    if "points" in made.in_units_of:
        bad |= found.numerator > found.denominator
        found = found * points
    else:
        check_bits(found.high + points.low, points.high + found.low)
        bad |= found.numerator * points.denominator > points.numerator * found.denominator
    scores, bits = rounded(found, digits, mode)
    scale = 10**digits
    # Points with more decimals than the rounding keeps.
    check_bits(bits + points.low, points.high + scale.bit_length())
    bad |= scores * points.denominator > points.numerator * scale
    return np.where(bad, -1, scores)


def _env(made: Computation, inputs: Inputs) -> Env:
    actual = Numbers.of(*inputs.actual)
    env: dict[str, Numbers | bool] = {"actual": actual, "points": Numbers.of(*inputs.points)}
    low, high = (None if pair is None else Numbers.of(*pair) for pair in (inputs.low, inputs.high))
    if low is not None and high is not None:
        env |= {"target": low, "low": low, "high": high}
    used = made.formula.names
    if "completion" in used or "deviation_rate" in used:
        rate = actual if low is None else actual * low.inverse()
        env["deviation_rate"] = rate.minus_one()
        if made.rate is not None:
            whole, bits = rounded(rate, *made.rate)
            scale = 10 ** made.rate[0]
            rate = Numbers(whole, scale, bits, scale.bit_length())
        env["completion"] = rate
    known = made.known.items()
    return env | {name: value if isinstance(value, bool) else Numbers.known(value) for name, value in known}
