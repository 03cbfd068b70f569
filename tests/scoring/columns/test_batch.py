"""A table gives what its rows give one by one: under every ruleset, whatever stands in a cell."""

from __future__ import annotations

import os
import re
import sys
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from pfscore.foundation.numbers import decimal_text
from pfscore.rulesets.search import builtin_ids
from pfscore.scoring.columns import batch
from pfscore.scoring.columns.results import DECIMALS, SCHEMA
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import rules as ruleset_of
from tests.rulesets.strategies import rulesets
from tests.scoring.row.framing.test_frames import (
    ANSWERS,
    BESIDE,
    KINDS,
    LOADED,
    MAY_BE_SLIPS,
    NUMBERS,
    PLAIN,
    ROWS,
    TEXTS,
    count_passes,
    forget,
    lines_of_rows,
    random_rules,
    ratios,
    written,
)
from tests.scoring.row.test_explained import BLOCKS, cells_of
from tests.shares import share

CELLS = ("target", "comparator", "unit", "actual", "points", "name", "path", "note")
TYPES = {"path": pa.list_(pa.string())}
SC = LOADED["cn-sc/project"]


def table_of(rows: list[dict[str, Any]], **types: Any) -> Any:
    """A table of text of all cells that the rows have."""
    columns = {}
    for name in (name for name in CELLS if any(name in row for row in rows)):
        cells = [row.get(name) for row in rows]
        texts = [str(cell) if type(cell) is int else list(cell) if type(cell) is tuple else cell for cell in cells]
        columns[name] = pa.array(texts, types.get(name) or TYPES.get(name, pa.string()))
    return pa.table(columns)


def _held(points: Decimal | None) -> Decimal | None:
    """Points as a column holds them; a formula that is not rounded may give finer ones."""
    is_held = points is not None and points.as_tuple().exponent >= -DECIMALS  # type: ignore[operator]
    return points if is_held else None


def one_by_one(rules: Rules, table: Any) -> list[dict[str, Any]]:
    """What the library gives for each row of a table."""
    engine = Engine(rules.edition)
    return [
        {
            "score": _held(one.score),
            "low": _held(one.low),
            "high": _held(one.high),
            "met": one.met,
            "outcome": one.outcome.value,
            "rule": one.rule,
            "codes": list(one.codes),
        }
        for one in map(engine.score_cells, table.to_pylist())
    ]


def compare(rules: Rules, table: Any) -> Any:
    """Score a table as a whole and row by row, and return the whole."""
    found = rules.score_batch(table)
    assert found.schema == SCHEMA
    assert found.to_pylist() == one_by_one(rules, table)
    return found


def counted(found: Any) -> int:
    return int(found.schema.metadata[b"pfscore.row_by_row"])


@pytest.mark.parametrize("name", builtin_ids())
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROWS, min_size=6, max_size=16))
def test_under_every_ruleset(name: str, rows: list[dict[str, Any]]) -> None:
    compare(LOADED[name], table_of(rows + rows[::-1]))


def plain_rows(chance: Random, count: int) -> list[dict[str, Any]]:
    """Rows of a few shapes and many numbers."""
    shapes = [(chance.choice(PLAIN), chance.choice(ANSWERS[:8])) for _ in range(12)]
    found = []
    for _ in range(count):
        target, actual = chance.choice(shapes)
        row = {"target": target.format(chance.choice(NUMBERS)), "actual": actual.format(_number(chance))}
        found.append(row | {"points": chance.choice(["10", "2.5", "4.125", "0.5", "100"])})
    return found


def _number(chance: Random) -> str:
    return chance.choice([*NUMBERS, str(chance.randrange(200)), f"{chance.randrange(100)}.{chance.randrange(10**5)}"])


@pytest.mark.parametrize("name", builtin_ids())
def test_many_numbers_in_few_shapes(name: str) -> None:
    compare(LOADED[name], table_of(plain_rows(Random(name), 60)))


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=rulesets(),
    kinds=st.lists(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True), min_size=4, max_size=4),
    seed=st.integers(0, 10**6),
)
def test_under_random_rulesets(data: dict[str, Any], kinds: list[list[str]], seed: int) -> None:
    compare(random_rules(data, kinds), table_of(plain_rows(Random(seed), 60)))


@pytest.mark.parametrize("name", ["luzhou-2023", "yueyang-2023"])
def test_the_rows_of_published_forms(name: str, request: pytest.FixtureRequest) -> None:
    keys = ("name", "path", "comparator", "target", "unit", "actual", "points")
    forms = pfscore.load_forms(request.config.rootpath / "examples" / f"{name}.json")
    rows = [{key: getattr(row, key) for key in keys} for form in forms for row in form.indicators]
    for rules in (SC, LOADED["cn-hn/project"], LOADED["cn-js/department"]):
        compare(rules, table_of(rows * 2))


def test_cells_of_the_corpus() -> None:
    chance = Random(17)
    answers = [text.format("1") for text in ANSWERS]
    # A column of texts holds no half of a pair of surrogates.
    texts = [text for text in TEXTS if not any("\ud800" <= one <= "\udfff" for one in text)]
    rows = [{"target": text, "actual": chance.choice([text, *answers]), "points": "10"} for text in share(texts, 80)]
    compare(SC, table_of(rows))
    compare(SC, table_of([row | {"name": chance.choice(["人数", "补贴资金"])} for row in rows]))


def test_rows_whose_explanations_are_known() -> None:
    rows = [cells_of(row) for row, *_ in share(BLOCKS, 6)]
    compare(LOADED["cn/project"], table_of(rows))


def test_ratios_are_exact() -> None:
    cases = list(ratios())
    table = pa.table(
        {name: [case[index] for case in cases] for index, name in enumerate(("target", "actual", "points"))}
    )
    found = SC.score_batch(table)
    assert found["score"].to_pylist() == [Decimal(decimal_text(score)) for *_, score in cases]
    # What would be a slip under a name is scored one by one.
    assert counted(found) <= MAY_BE_SLIPS


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
@pytest.mark.parametrize("mode", ["half_up", "down", "up"])
def test_rates_that_are_rounded_first(digits: int, mode: str) -> None:
    rounding = f"[{{digits: {digits}, mode: {mode}, at: completion}}, {{digits: 2}}]"
    for used in ("min(完成率, 1)", "max(0, 1 - 绝对值(偏差率))"):
        rules = ruleset_of(f"formula: 分值 * {used}\nrounding: {rounding}")
        rows = [{"target": "≥7人", "actual": f"{number}人", "points": "10"} for number in range(30)]
        compare(rules, table_of(rows * 2))


ODD: list[Any] = [
    "",
    "5",
    "5人",
    "5.25人",
    "05人",
    "1.人",
    "1.1234567人",
    "12345678901人",
    "2023",
    "2023.5",
    "20230101",
]
ODD += [
    "1999人",
    "0",
    "0.0",
    "0人",
    "完成5人",
    "5 人",
    "５人",
    None,
    "5人\n",
    "5个工作日个工作日个工作日",
    "1.5.5",
    "5人5",
    "人",
    ".",
]


@pytest.mark.parametrize("target", ["≥5人", "≥5", "5", "≤2023年", None, "0", "3~8人"])
def test_actuals_that_are_taken_apart(target: str | None) -> None:
    compare(SC, table_of([{"target": target, "actual": text, "points": "10"} for text in ODD * 2]))


class TestWhatIsTaken:
    ROWS = plain_rows(Random(3), 60)

    @pytest.mark.parametrize(
        "kind",
        [
            pa.large_string(),
            pa.string_view(),
            pa.dictionary(pa.int32(), pa.string()),
            pa.dictionary(pa.int8(), pa.string()),
        ],
    )
    def test_texts_of_every_kind(self, kind: Any) -> None:
        rows = [*self.ROWS, {"actual": None}]
        given = dict.fromkeys(("target", "actual", "points"), kind)
        table = table_of(rows)
        found = SC.score_batch(table_of(rows, **given))
        assert found.to_pylist() == one_by_one(SC, table)

    def test_a_record_batch_gives_one(self) -> None:
        table = table_of(self.ROWS)
        [given] = table.to_batches()
        found = SC.score_batch(given)
        assert isinstance(found, pa.RecordBatch)
        assert found.schema == SCHEMA
        assert found.to_pylist() == one_by_one(SC, table)
        part = SC.score_batch(given.slice(7, 20))
        assert part.to_pylist() == found.slice(7, 20).to_pylist()

    def test_many_batches_and_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batch, "_ROWS", 7)
        table = pa.concat_tables([table_of(self.ROWS), table_of(self.ROWS[:5])])
        compare(SC, table)
        found = SC.score_batch(table.combine_chunks().to_batches()[0])
        assert found.to_pylist() == one_by_one(SC, table)
        assert SC.score_batch(table.slice(0, 0)).num_rows == 0
        assert SC.score_batch(table_of(self.ROWS).to_batches()[0].slice(0, 0)).num_rows == 0
        assert SC.score_batch(pa.table({"target": pa.array([], pa.string())})).schema == SCHEMA

    def test_what_hands_out_arrow_data(self) -> None:
        table = table_of(self.ROWS)
        assert SC.score_batch(pl.DataFrame(self.ROWS)).to_pylist() == one_by_one(SC, table)

    def test_numbers_in_place_of_text(self) -> None:
        points = pa.array([10, 5, 0, -1, 1000, None], pa.int64())
        for actual in (pa.array([4, 5, 6, 7, 8, 9]), pa.array([0.5] * 6), pa.array(["4人"] * 6)):
            compare(SC, pa.table({"target": ["≥5人"] * 6, "actual": actual, "points": points}))
        decimals = pa.array([Decimal("2.5"), None], pa.decimal128(10, 2))
        compare(SC, pa.table({"target": ["≥5人"] * 2, "actual": ["4人"] * 2, "points": decimals}))

    @pytest.mark.parametrize(
        "more",
        [
            {"share": ["50%", None, None]},
            {"decision": [None, "3", "x"]},
            {"id": [1, 2, 3], "note": ["a", None, ""]},
            {"note": [1, 2, 3]},
            {"targt": ["≥1人"] * 3},
            {"rank": pa.nulls(3)},
            {"name": pa.array([1, None, 2])},
            {"name": ["小计", "合计", None]},
            {"path": ["产出指标", "效益指标", None]},
            {"path": [["产出指标", None], [], [""]]},
            {"path": [["a\x1fb"], ["a", "b"], None]},
            {"path": pa.array([["成本指标"], [], None], pa.large_list(pa.string()))},
        ],
        ids=" ".join,
    )
    def test_other_columns(self, more: dict[str, Any]) -> None:
        cells = {"target": ["≥5人", "5", "≥5人"], "actual": ["4人", "6", "3人"], "points": ["10"] * 3}
        for rules in (SC, LOADED["cn-hn/project"]):
            compare(rules, pa.table(cells | more))

    def test_rows_of_an_edition_that_looks_at_blocks(self) -> None:
        compare(LOADED["cn/department-fixed"], table_of(self.ROWS))

    def test_points_that_a_column_cannot_hold_are_null_and_counted(self) -> None:
        points = ["0.0000000000001", "1" * 27, "10"]
        found = SC.score_batch(pa.table({"target": ["≥5人"] * 3, "actual": [None] * 3, "points": points}))
        assert found["high"].to_pylist() == [None, None, 10]
        assert found.schema.metadata[b"pfscore.too_fine"] == b"2"


#: How many of 960 rows the passes score, and how many are looked at one by one. The numbers may only fall.
ALONE = {
    "cn-sc/project": (409, 503),
    "cn-hn/project": (476, 507),
    "cn-js/department": (361, 440),
    "cn/project": (414, 512),
}


ALONE_IN_COLUMNS = Path(__file__).with_name("alone.txt")


def test_which_rows_are_scored_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a table of all rows that have the same columns; a mark is how often a row was scored as a single one."""
    rules, alone = pfscore.load_ruleset("cn-sc/project", on="2024-12-31"), list[int]()
    forget(rules)
    score_one = batch._Batch._score_one

    def noted(one: batch._Batch, row: int) -> Any:
        alone.append(row)
        return score_one(one, row)

    monkeypatch.setattr(batch._Batch, "_score_one", noted)
    now = []
    for beside in BESIDE:
        given = [(title, rows) for title, rows in lines_of_rows() if title.endswith(f" {beside}")]
        table = table_of([row for _, rows in given for row in rows])
        alone.clear()
        found = rules.score_batch(table)
        assert found.to_pylist() == one_by_one(rules, table)
        marks = "".join(str(alone.count(row)) for row in range(table.num_rows))
        parts = iter(re.findall("." * len(given[0][1]), marks))
        now += [f"{title} {next(parts)}" for title, _ in given]
        now.append(f"{beside} {counted(found)}")
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        ALONE_IN_COLUMNS.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    assert now == ALONE_IN_COLUMNS.read_text(encoding="utf-8").splitlines()


class TestWhatIsDoneAtOnce:
    def test_only_first_rows_reach_the_passes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        scored = count_passes(monkeypatch)
        rows = [
            {"target": target, "actual": f"{number / 7:.4f}人", "points": points}
            for target, number, points in product(["≥26人", "≥8人", "≥11人"], range(1, 300), ["10", "2.5", "3"])
        ]
        found = rules.score_batch(table_of(rows))
        # Below the target, at it and above; and 0.2857 under ≥26, which may be a slip, for each text of points.
        assert (counted(found), len(scored)) == (3, 3 + 3)
        assert found.to_pylist() == one_by_one(rules, table_of(rows))

    def test_equal_rows_are_scored_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        rows = [{"name": name, "target": "≥5人", "actual": "约4人，已验收", "points": "10"} for name in "ab" * 50]
        scored = count_passes(monkeypatch)
        found = rules.score_batch(table_of(rows))
        assert (counted(found), len(scored)) == (100, 2)

    @pytest.mark.parametrize("name", ALONE)
    def test_few_rows_are_scored_alone(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        rules, rows = pfscore.load_ruleset(name, on="2024-12-31"), written(Random(name), 60)
        forget(rules)
        scored = count_passes(monkeypatch)
        found = rules.score_batch(table_of(rows))
        assert (len(scored), counted(found)) == ALONE[name], "smaller numbers: write them down"
        assert found["score"].to_pylist() == [one.score for one in rules.score_many(rows)]

    def test_numbers_that_might_be_too_large_are_scored_as_single_rows(self) -> None:
        actuals = ["9999999999.999999", "9999999999.123457", "7", "3.5", "0.000001"]
        rows = [
            {"target": f"{sign}{target}", "actual": actual, "points": points}
            for sign, target, actual, points in product(
                "≥≤",
                ["9999999998.999999", "9999999999.000001", "0.000003", "7"],
                actuals,
                ["9999.75", "1000000000", "8.125"],
            )
        ]
        for rules in (SC, LOADED["cn/department-fixed"], LOADED["cn-jx/project"]):
            compare(rules, table_of(rows))
        assert 0 < counted(SC.score_batch(table_of(rows))) < len(rows)

    def test_a_function_that_differs_is_not_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batch, "scores_of", lambda made, inputs: inputs.actual[0] * 0 + 1)
        rows = [{"target": "≥10人", "actual": f"{number}人", "points": "10"} for number in range(1, 9)]
        found = compare(SC, table_of(rows))
        assert counted(found) == 8

    def test_without_the_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, "pfscore.scoring.columns.batch")
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        message = "PF110 错误：按列评分需要另装 pyarrow\n  提示：请运行：pip install 'pfscore[arrow]'"
        with pytest.raises(pfscore.InputError, match=re.escape(message)):
            SC.score_batch(None)

    def test_without_a_date(self) -> None:
        with pytest.raises(pfscore.RulesetError) as caught:
            pfscore.load_ruleset("cn-sc/project").score_batch(table_of(TestWhatIsTaken.ROWS))
        assert caught.value.diagnostics[0].code == "PF224"
