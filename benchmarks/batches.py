"""Measure rows in bulk beside a rule engine: shares of one interleaved run, with rows that were not seen before.

    pip install -e '.[bench]' && python benchmarks/batches.py

Seconds are those of the processor, except where a line says otherwise. Each round scores new rows with every
contestant in turn; ratios are of medians, as machines differ and are shared.
`run.py` keeps the figures.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import rule_engine
from peers import EXPRESSIONS
from tables import Table
from workload import Row, rows

import pfscore
from pfscore.foundation.numbers import Rounding, decimal_text, round_to
from pfscore.scoring.row.engine import Engine

ROUNDS, SIZE = 7, 2_000
RULESET, ON = "cn-sc/project", "2023-12-31"
EXAMPLES = Path(__file__).parents[1] / "examples"
_NUMBER = re.compile(r"(?<![0-9.])([0-9]{1,4})(\.[0-9]+)?(?![0-9.年月日])")
Cells = dict[str, Any]


def new_actuals(chance: random.Random) -> list[Cells]:
    """Return rows whose targets were seen before, with an actual that nobody has seen."""
    return [row.cells | {"actual": _new_number(row.actual, chance)} for row in rows(SIZE)]


def _new_number(text: str, chance: random.Random) -> str:
    return _NUMBER.sub(lambda match: f"{match[1]}.{chance.randrange(1, 10**5):05d}", text, count=1)


def published() -> list[Cells]:
    """Return the rows of the example forms."""
    keys = ("name", "path", "comparator", "target", "unit", "actual", "points")
    forms = [form for file in sorted(EXAMPLES.glob("*.json")) for form in pfscore.load_forms(file)]
    return [{key: getattr(row, key) for key in keys} for form in forms for row in form.indicators]


def rule_engine_on(work: list[Row]) -> Callable[[], object]:
    """Return the arithmetic alone, on prepared numbers."""
    rules = {kind: rule_engine.Rule(text) for kind, text in EXPRESSIONS.items()}
    cent = Decimal("0.01")

    def numbers(row: Row) -> dict[str, Decimal]:
        target, actual, points = row.numbers
        values = {"target": target, "actual": actual, "points": points, "high": row.high}
        return {name: Decimal(value.numerator) / Decimal(value.denominator) for name, value in values.items()}

    prepared = [(rules[row.kind], numbers(row)) for row in work]
    return lambda: [rule.evaluate(given).quantize(cent, ROUND_HALF_UP) for rule, given in prepared]


def seconds_of(run: Callable[[], object]) -> float:
    """Return the seconds of the processor that `run` takes; others on the machine count less so than by the clock."""
    start = time.process_time()
    run()
    return time.process_time() - start


def ratios() -> Table:
    """Measure rows in bulk, in one interleaved run."""
    rules = pfscore.load_ruleset(RULESET, on=ON)
    chance = random.Random(20231231)
    fresh = rows(SIZE * (ROUNDS + 1), fresh=True)
    real = published()
    engine = rule_engine_on(rows(SIZE))
    speeds: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        shuffled = [chance.choice(real) for _ in range(SIZE)]
        work: dict[str, list[Cells]] = {
            "rows seen before": [row.cells for row in rows(SIZE)],
            "targets repeat, every actual new": new_actuals(chance),
            "every cell new": [row.cells for row in fresh[number * SIZE : (number + 1) * SIZE]],
            "rows of published forms, shuffled": shuffled,
            "the same with other numbers": [with_other_numbers(row, chance) for row in shuffled],
        }
        speeds.setdefault("rule-engine, arithmetic alone", []).append(SIZE / seconds_of(engine))
        for name, cells in work.items():
            run = seconds_of(lambda cells=cells: [one.score for one in rules.score_many(cells)])  # type: ignore[misc]
            speeds.setdefault(name, []).append(SIZE / run)
    base = median(speeds["rule-engine, arithmetic alone"][1:])
    table = Table("one row after the other", ("rows/s", "beside rule-engine"))
    for name, found in speeds.items():
        middle = median(found[1:])  # the first round learns
        table.rows.append((name, f"{middle:,.0f}", f"{middle / base:.2f}"))
    return table


def reaching_the_engine() -> Table:
    """Count the rows of published forms that the engine itself scores, as other numbers come under known words."""
    rules, chance, real = pfscore.load_ruleset(RULESET, on=ON), random.Random(20231231), published()
    table = Table("rows of published forms", ("scored by the engine",))

    def add(name: str, rows: list[Cells]) -> None:
        with patch.object(Engine, "score", autospec=True, side_effect=Engine.score) as scored:
            list(rules.score_many(rows))
        table.rows.append((name, f"{scored.call_count / len(rows):.1%}"))

    add("for the first time", real)
    add("again", real)
    for name in ("with other numbers", "with others again", "with others, a third time"):
        add(name, [with_other_numbers(row, chance) for row in real])
    add("shuffled, with others again", [with_other_numbers(chance.choice(real), chance) for _ in range(10_000)])
    return table


def with_other_numbers(row: Cells, chance: random.Random) -> Cells:
    """Return a row with other numbers in both cells."""
    return row | {key: row[key] and _new_number(row[key], chance) for key in ("target", "actual")}


def explanations() -> Table:
    """Measure how long an explanation takes to be written, of rows that are scored."""
    rules = pfscore.load_ruleset(RULESET, on=ON)
    table = Table("explanations", ("µs each",))
    for name, cells in {
        "rows of published forms": published(),
        "rows whose points are computed": [row.cells for row in rows(300)],
    }.items():
        scores = list(rules.score_many(cells))
        runs = [seconds_of(lambda scores=scores: [one.explain() for one in scores]) for _ in range(ROUNDS + 1)]  # type: ignore[misc]
        table.rows.append((name, f"{median(runs[1:]) / len(scores) * 1e6:.0f}"))
    return table


def wrong() -> Table:
    """Count the scores of ratios that differ from fractions."""
    rules = pfscore.load_ruleset(RULESET, on=ON)
    weights = ["0.5", "1", "1.5", "2", "2.5", "3", "4", "5", "6", "7.5", "8", "9.5", "10", "12", "15", "20"]
    first = [
        ({"target": "≥100%", "actual": f"{decimal_text(Fraction(rate, 100))}%", "points": weight},
         Fraction(weight) * Fraction(rate, 10_000))
        for weight, rate in product(weights, range(10_001))
    ]  # fmt: skip
    second = [
        (
            {"target": f"≥{target}人", "actual": f"{actual}人", "points": weight},
            Fraction(weight) * Fraction(actual, target),
        )
        for weight, target in product(weights[:16], range(1, 200))
        for actual in range(target)
    ]
    table = Table("ratios", ("rows", "wrong"))
    for name, cases in (("16 weights, 0.00% to 100.00%", first), ("a/t, t below 200, 16 weights", second)):
        found = rules.score_many([row for row, _ in cases])
        bad = sum(
            Fraction(str(one.score)) != round_to(right, 2, Rounding.HALF_UP)
            for one, (_, right) in zip(found, cases, strict=True)
        )
        table.rows.append((name, f"{len(cases):,}", str(bad)))
    return table


def command_line() -> Table:
    """Measure how long the command takes for many rows, and its memory."""
    table = Table("pfscore score --rows", ("s by the clock", "s of work", "MB a process", "beside one job"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.jsonl"
        text = "".join(
            json.dumps({"id": n, **row.cells}, ensure_ascii=False) + "\n" for n, row in enumerate(rows(1000))
        )
        command = [sys.executable, "-m", "pfscore", "score", "--rows", str(file), "--ruleset", RULESET, "--on", ON]
        for count in (100_000, 1_000_000):
            file.write_text(text * (count // 1000), encoding="utf-8")
            walls: list[float] = []
            for jobs in ("1", "2"):
                start = time.perf_counter()
                measured = [sys.executable, "-c", _MEASURED, *command, "--jobs", jobs]
                used, memory = subprocess.run(measured, capture_output=True, text=True, check=True).stdout.split()
                walls.append(time.perf_counter() - start)
                times = f"{walls[0] / walls[-1]:.2f}"
                name = f"{count:,} rows, --jobs {jobs}"
                table.rows.append((name, f"{walls[-1]:.1f}", used, str(int(memory) // 1024), times))
    return table


#: Runs a command without its output; prints its seconds of work and the kilobytes of its largest process.
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.1f}", used.ru_maxrss)
"""


def starts() -> Table:
    """Measure what a process costs above an empty one, from an installed wheel: the least of fifteen runs."""
    table = Table("starts", ("ms of work",))
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
        root = Path(__file__).parents[1]
        subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, str(root)], check=True)
        [wheel] = Path(folder).glob("*.whl")
        site = Path(folder) / "site"
        subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
        empty = _work(["-c", "pass"], site)
        for name, command in {
            "import pfscore": ["-c", "import pfscore"],
            "pfscore --help": ["-m", "pfscore", "--help"],
            "pfscore parse ≥26万人": ["-m", "pfscore", "parse", "≥26万人"],
            "pfscore parse 60%到80%的区间": ["-m", "pfscore", "parse", "60%到80%的区间"],
            "pfscore score, one form": ["-m", "pfscore", "score", str(EXAMPLES / "luzhou-2023.json"), "--form", "1"],
        }.items():
            table.rows.append((name, f"{(_work(command, site) - empty) * 1000:.0f}"))
    return table


def _work(command: list[str], site: Path) -> float:
    found = []
    environment = {**os.environ, "PYTHONPATH": str(site)}
    for _ in range(15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=site.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


if __name__ == "__main__":
    for one in (ratios(), reaching_the_engine(), explanations(), wrong(), command_line(), starts()):
        print(one.text(), end="\n\n")
