"""What the rows of one function earn: its formula, bounds and rounding on whole columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pfscore.formulas.evaluation.columns import Env, Integers, Numbers, TooLarge, check_bits, compute, rounded
from pfscore.scoring.row.framing.arms import Computation

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
