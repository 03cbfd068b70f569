"""How fast whole columns are scored: `pip install -e '.[bench]' && python benchmarks/columns.py [ROWS]`.

Arithmetic alone stands beside other engines in one interleaved run. The way from a Parquet file of text to decimals
runs in a process of its own, whose memory is measured; the scores of its first rows are compared with fractions.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import rule_engine
import zen
from batches import ON, RULESET, seconds_of
from peers import EXPRESSIONS
from tables import Table
from workload import rows

import pfscore
from pfscore.formulas.formula import parse_formula
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.scoring.columns.results import Inputs, scores_of
from pfscore.scoring.row.framing.arms import Computation
from rulesets import most_memory

_ROUNDS, _BATCH = 5, 1_000_000
_FORMULAS = {"≥": "分值 * 按比例(完成值, 指标值)", "≤": "分值 * 反比例(完成值, 指标值)"}


def arithmetic(size: int = 1_000_000) -> Table:
    """Measure formula and rounding on numbers that were read, beside other engines."""
    chance = np.random.default_rng(20231231)
    actual = chance.integers(1, 10**6, size), np.full(size, 100)
    target = chance.integers(1, 10**4, size), np.ones(size, np.int64)
    points = chance.choice([2, 4, 5, 8, 10, 19], size), chance.choice([1, 2], size)
    inputs = Inputs(actual, points, target, target)
    few = [
        {"actual": int(n) / 100, "target": int(t), "points": int(p) / int(d)}
        for n, t, p, d in zip(actual[0][:20_000], target[0], *points, strict=False)
    ]
    runs: dict[str, tuple[int, Callable[[], object]]] = {}
    for sign, text in _FORMULAS.items():
        names = frozenset({"actual", "target", "points"})
        made = Computation(parse_formula(text), None, names, (2, Rounding.HALF_UP), None, frozenset())
        runs[f"pfscore, columns, {text}"] = size, partial(scores_of, made, inputs)
        compiled = zen.compile_expression(f"round({EXPRESSIONS[sign]}, 2)")
        runs[f"zen-engine, compiled expression, {sign}"] = len(few), partial(_each, compiled.evaluate, few)
        rule = rule_engine.Rule(EXPRESSIONS[sign])
        runs[f"rule-engine, {sign}"] = len(few[:4000]), partial(_each, rule.evaluate, few[:4000])
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(_ROUNDS + 1):
        for name, (count, run) in runs.items():
            speeds[name].append(count / seconds_of(run))
    table = Table("numbers that were read", ("rows/s", "beside zen"))
    for name, found in speeds.items():
        sign = next(sign for sign, text in _FORMULAS.items() if name.endswith((sign, text)))
        base = median(speeds[f"zen-engine, compiled expression, {sign}"][1:])
        middle = median(found[1:])
        table.rows.append((name, f"{middle:,.0f}", f"{middle / base:.2f}"))
    return table


def _each(evaluate: Callable[[Any], Any], given: list[dict[str, Any]]) -> None:
    for row in given:
        evaluate(row)


def write_rows(file: Path, count: int) -> None:
    """Write rows of text: targets repeat, actuals do not, and three of a hundred are words or blank."""
    chance = np.random.default_rng(20231231)
    known = rows(1000)
    units = pa.array([row.target.lstrip("≥≤=").split("~")[0].lstrip("0123456789.") for row in known])
    targets, points = (pa.array([getattr(row, name) for row in known]) for name in ("target", "points"))
    numbers = np.array([float(row.numbers[0]) for row in known])
    with pq.ParquetWriter(file, pa.schema([(name, pa.string()) for name in _NAMES])) as writer:
        for start in range(0, count, _BATCH):
            size = min(_BATCH, count - start)
            which = chance.integers(0, 1000, size)
            hundredths = (numbers[which] * chance.uniform(50, 120, size)).astype(np.int64)
            whole = pa.array(hundredths // 100).cast(pa.string())
            places = pc.utf8_slice_codeunits(pa.array(hundredths % 100 + 100).cast(pa.string()), 1, 3)
            shown = pc.binary_join_element_wise(whole, places, ".")
            actual = pc.binary_join_element_wise(shown, units.take(pa.array(which)), "")
            other = chance.integers(0, 100, size)
            actual = pc.if_else(pa.array(other == 0), "已完成", pc.if_else(pa.array(other == 1), None, actual))
            actual = pc.if_else(pa.array(other == 2), "约90%，已验收", actual)
            region = pa.array(["成都", "泸州", "宜宾"]).take(pa.array(chance.integers(0, 3, size)))
            cells = [region, targets.take(pa.array(which)), actual, points.take(pa.array(which))]
            writer.write_table(pa.table(dict(zip(_NAMES, cells, strict=True))))


#: Runs :func:`from_file` in a process of its own.
_HERE = str(Path(__file__).parent)
_ALONE = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {_HERE!r}); import columns as c; c.from_file(sys.argv[1])",
]
_NAMES = ("region", "target", "actual", "points")


def from_file(file: str) -> None:
    """Score a file batch by batch, in this process; print rows, seconds, megabytes and rows scored one by one."""
    rules = pfscore.load_ruleset(RULESET, on=ON)
    counts = [0, 0]

    def run() -> None:
        for batch in pq.ParquetFile(file).iter_batches(_BATCH // 8, columns=list(_NAMES[1:])):
            found = rules.score_batch(batch)
            counts[0] += found.num_rows
            counts[1] += int(found.schema.metadata[b"pfscore.row_by_row"])

    used = seconds_of(run)
    print(counts[0], used, most_memory(), counts[1])


def files(most: int) -> Table:
    """Measure the way from a file to decimals, for files of more and more rows."""
    table = Table("from Parquet text to decimal128", ("rows/s", "MB", "one by one", "wrong"))
    count = 1000
    with tempfile.TemporaryDirectory() as folder:
        while count <= most:
            file = Path(folder) / f"{count}.parquet"
            write_rows(file, count)
            done = subprocess.run([*_ALONE, str(file)], capture_output=True, text=True, check=True)
            found, used, memory, alone = done.stdout.split()
            table.rows.append(
                (
                    f"{int(found):,} rows",
                    f"{int(found) / float(used):,.0f}",
                    f"{float(memory):.0f}",
                    f"{int(alone) / int(found):.1%}",
                    str(_wrong(file)),
                )
            )
            count *= 10
    return table


def _wrong(file: Path) -> int:
    """Count the scores of plain numbers among the first rows that differ from fractions."""
    batch = next(pq.ParquetFile(file).iter_batches(100_000))
    found = pfscore.load_ruleset(RULESET, on=ON).score_batch(batch)["score"].to_pylist()
    wrong = 0
    for score, row in zip(found, batch.to_pylist(), strict=True):
        if row["target"][0] == "≥" and row["actual"] and row["actual"][0] in "0123456789":
            actual, target = (_number(text) for text in (row["actual"], row["target"][1:]))
            right = min(actual / target, Fraction(1)) * Fraction(row["points"])
            wrong += Fraction(str(score)) != round_to(right, 2, Rounding.HALF_UP)
    return wrong


def _number(text: str) -> Fraction:
    return Fraction(text.rstrip("%万人元个工作日次"))


def ratios_by_column(count: int = 200) -> Table:
    """Count wrong scores of all ratios of small numbers, as columns."""
    chance = random.Random(17)
    weights = ["0.5", "2.5", "3", "8", "9.5", "10"]
    cases = [
        (f"≥{target}人", f"{actual}人", chance.choice(weights), Fraction(actual, target))
        for target in range(1, count)
        for actual in range(target)
    ]
    table = pa.table({name: [case[at] for case in cases] for at, name in enumerate(("target", "actual", "points"))})
    found = pfscore.load_ruleset(RULESET, on=ON).score_batch(table)["score"].to_pylist()
    wrong = sum(
        Fraction(str(score)) != round_to(Fraction(weight) * share, 2, Rounding.HALF_UP)
        for score, (_, _, weight, share) in zip(found, cases, strict=True)
    )
    return Table("columns beside fractions", ("rows", "wrong"), [("a/t, t below 200", f"{len(cases):,}", str(wrong))])


if __name__ == "__main__":
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for table in (arithmetic(), files(most), ratios_by_column()):
        print(table.text(), end="\n\n")
