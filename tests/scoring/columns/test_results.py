"""Results as columns: what a column can hold to the last digit, and which numbers are computed at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import pfscore
from pfscore.foundation.numbers import Rounding
from pfscore.scoring.columns import results
from pfscore.scoring.columns.results import SCHEMA, Inputs, Result, Results, joined, scores_of
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.framing.arms import Computation
from tests.rulesets.ruleset_text import rules

MOST = Decimal("99999999999999999999999999.999999999999")
LEAST = MOST.copy_negate()


def result(points: Decimal | None, *, low: Decimal | None = None) -> Result:
    return Result(
        points, points if low is None else low, points, Outcome.SCORED, met=True, rule="r", codes=("PF1", "PF2")
    )


class TestResults:
    def test_points_are_held_to_the_last_digit(self) -> None:
        points = [
            *(MOST, LEAST, Decimal("1E+25"), Decimal("18446744.073709551616"), Decimal("18446744.073709551615")),
            *(Decimal("-0.000000000001"), Decimal("0.000000000001"), Decimal(0), Decimal(-3), Decimal("9.25")),
        ]
        too_fine = [Decimal("1E+26"), -Decimal("1E+26"), Decimal("1E-13")]
        found = Results(len(points) + 2 * len(too_fine) + 1)
        numbers = [found.number(result(one)) for one in (*points, *too_fine, *too_fine, None)]
        found.which[:] = numbers
        batch = found.batch(3)
        held = [*points, *[None] * (2 * len(too_fine) + 1)]
        for name in ("score", "low", "high"):
            assert batch[name].to_pylist() == held
        assert batch.schema.metadata == {b"pfscore.row_by_row": b"3", b"pfscore.too_fine": b"6"}
        assert batch.schema == SCHEMA
        assert batch.to_pylist()[0] == {
            **dict.fromkeys(("score", "low", "high"), MOST),
            "met": True,
            "outcome": "scored",
            "rule": "r",
            "codes": ["PF1", "PF2"],
        }

    @pytest.mark.parametrize("field", range(3))
    def test_one_that_is_too_fine_counts(self, field: int) -> None:
        fine: dict[str, Any] = {("score", "low", "high")[field]: Decimal("1E-13")}
        found = Results(1)
        found.which[:] = found.number(result(Decimal(1))._replace(**fine))
        batch = found.batch(0)
        assert batch.schema.metadata[b"pfscore.too_fine"] == b"1"
        assert [batch[name][0].as_py() for name in ("score", "low", "high")] == [
            None if index == field else 1 for index in range(3)
        ]

    def test_computed_ones_beside_known_ones(self) -> None:
        found = Results(4)
        known, computed, other = (found.number(result(one)) for one in (Decimal(7), None, LEAST))
        found.which[[1, 2]] = known, other
        found.compute(np.array([3, 0]), np.array([computed, computed]), np.array([5 * 10**11, 10**18]))
        assert found.batch(0)["low"].to_pylist() == [Decimal(1_000_000), Decimal(7), LEAST, Decimal("0.5")]
        assert found.number(result(Decimal(7))) == known == 0

    def test_what_is_null_is_zero_below(self) -> None:
        found = Results(2)
        found.which[:] = found.number(result(None)), found.number(result(Decimal(1)))
        column = found.batch(0)["score"]
        assert column.to_pylist() == [None, Decimal(1)]
        below = pa.Array.from_buffers(column.type, 2, [None, column.buffers()[1]])
        assert below.to_pylist() == [Decimal(0), Decimal(1)]

    def test_none(self) -> None:
        batch = Results(0).batch(0)
        assert (batch.num_rows, batch.schema) == (0, SCHEMA)
        assert batch.schema.metadata == {b"pfscore.row_by_row": b"0", b"pfscore.too_fine": b"0"}

    @pytest.mark.parametrize("count", range(4))
    def test_batches_are_joined(self, count: int) -> None:
        batches = []
        for number in range(count):
            one = Results(2)
            one.which[:] = one.number(result(Decimal(number))), one.number(result(Decimal("1E-13")))
            batches.append(one.batch(number + 1))
        found = joined(batches)
        assert isinstance(found, pa.RecordBatch)
        assert found["score"].to_pylist() == [one for number in range(count) for one in (Decimal(number), None)]
        assert found.schema.metadata == {
            b"pfscore.row_by_row": str(sum(range(count + 1))).encode(),
            b"pfscore.too_fine": str(count).encode(),
        }


def computation(formula: str, *, digits: int = 2, units: frozenset[str] = frozenset()) -> Computation:
    found = rules(f"formula: {formula}").edition.rules[0].formula
    assert found is not None
    return Computation(found, None, frozenset(found.names), (digits, Rounding.HALF_UP), None, units)


def scores(
    made: Computation, actuals: list[int], points: tuple[int, int] = (10, 1), low: tuple[int, int] = (3, 1)
) -> list[int]:
    """The scores of actuals, -1 where one is scored alone."""
    numbers = np.array(actuals, np.int64)
    ones = np.ones_like(numbers)
    worth, edge = ((ones * n, ones * d) for n, d in (points, low))
    found = scores_of(made, Inputs((numbers, ones), worth, edge, edge))
    assert found.dtype == np.int64
    return [int(one) for one in found]


class TestScoresOf:
    ACTUALS = (2, 2**16 - 1, 2**16, 2**22 - 1, 2**22, 2**30 - 1, 2**30, 2**40 - 1, 2**40, 2**61)

    @pytest.mark.parametrize(
        ("bits", "computed"),
        [(0, 8), (11, 8), (12, 6), (21, 6), (22, 4), (29, 4), (30, 2), (35, 2), (36, 0)],
    )
    def test_smaller_numbers_are_computed_where_larger_ones_might_be_too_large(self, bits: int, computed: int) -> None:
        made = computation(f"分值 * min(1, {2**bits} / (完成值 * {2**bits} + 1 - 1))")
        found = scores(made, list(self.ACTUALS))
        assert found == [500, *[0] * 9][:computed] + [-1] * (10 - computed)
        assert scores(made, list(self.ACTUALS[::-1])) == found[::-1]

    def test_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = computation("分值 * 按比例(完成值, 指标值)")
        whole = scores(made, list(range(10)))
        assert whole == [0, 333, 667, *[1000] * 7]
        for size in (1, 3, 5, 9, 10, 11):
            monkeypatch.setattr(results, "_BLOCK", size)
            assert scores(made, list(range(10))) == whole

    def test_more_than_the_points_or_less_than_none_is_scored_alone(self) -> None:
        for units in (frozenset[str](), frozenset({"points"})):
            assert scores(computation("分值 * 完成值 / 指标值", units=units), [2, 3, 4]) == [667, 1000, -1]
            assert scores(computation("分值 * (1 - 完成值 / 指标值)", units=units), [0, 2, 3, 4]) == [1000, 333, 0, -1]
        # Points with more decimals than the rounding keeps: 4.125 would become 4.13.
        made = computation("分值 * 按比例(完成值, 指标值)")
        assert scores(made, [1, 2, 3], points=(4125, 1000)) == [138, 275, -1]
        assert scores(made, [1, 2, 3], points=(4124, 1000)) == [137, 275, 412]
        assert scores(made, [1, 3], points=(41, 10)) == [137, 410]

    def test_what_has_no_result_is_scored_alone(self) -> None:
        assert scores(computation("分值 / (完成值 - 3)"), [4, 3, 5]) == [1000, -1, 500]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_two_batches_of_rows_are_one(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pfscore.scoring.columns.batch._ROWS", rows)
    ruleset = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
    table = pa.table({"target": ["≥5人"] * 4, "actual": ["1人", "2人", "3人", "9人"], "points": ["10"] * 4})
    [batch] = table.to_batches()
    for given in (table, batch):
        assert ruleset.score_batch(given)["score"].to_pylist() == [2, 4, 6, 10]
