"""What grows with rows, rules and the length of a cell: `python benchmarks/growth.py [ROWS]`."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from batches import ON, RULESET, new_actuals, seconds_of
from tables import Table

import pfscore
from rulesets import FORMULAS, most_memory, written

_COUNT = 20_000
#: How many names the rows have that are scored under many rules.
_NAMES = (10_000, 10)


def by_rows(most: int) -> Table:
    """Measure streams of more and more rows, each in a process of its own."""
    table = Table("rows in one stream, every actual new", ("µs a row", "MB"))
    count = 1000
    while count <= most:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import growth; growth.stream({count})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        used, memory = done.stdout.split()
        table.rows.append((f"{count:,} rows", f"{float(used) / count * 1e6:.2f}", f"{float(memory):.0f}"))
        count *= 10
    return table


def stream(count: int) -> None:
    """Score so many rows in this process, and print seconds and megabytes."""
    rules, chance = pfscore.load_ruleset(RULESET, on=ON), random.Random(17)
    list(rules.score_many(new_actuals(chance)))
    used = 0.0
    while count > 0:
        rows = new_actuals(chance)[:count]
        used += seconds_of(lambda rows=rows: [one.score for one in rules.score_many(rows)])  # type: ignore[misc]
        count -= len(rows)
    print(used, most_memory())


def by_rules() -> Table:
    """Measure the same rows under more and more rules, which share ten thousand names; all were seen before.

    What names cost is told apart from what rules cost by rows that have ten of the names.
    """
    many, few = (f"µs a row, {names:,} names" for names in _NAMES)
    table = Table("rules by name", ("s to load YAML", many, "beside ten rules", few))
    loaded = {}
    for rules in (10, 100, 1000, 10_000):
        text, start = written(rules, FORMULAS["one formula"], names=_NAMES[0]), time.process_time()
        loaded[rules] = pfscore.load_ruleset(text, on=ON), time.process_time() - start
        for seed in range(8):
            list(loaded[rules][0].score_many(_named(_NAMES[0], seed)))
    found: dict[tuple[int, int], list[float]] = {}
    for seed, names in product(range(7), _NAMES):
        for rules, (ruleset, _) in loaded.items():
            rows = _named(names, 100 + seed)
            run = seconds_of(lambda ruleset=ruleset, rows=rows: [one.score for one in ruleset.score_many(rows)])  # type: ignore[misc]
            found.setdefault((rules, names), []).append(run / _COUNT * 1e6)
    middle, (most, least) = {of: median(runs) for of, runs in found.items()}, _NAMES
    for rules, (_, seconds) in loaded.items():
        beside = middle[rules, most] / middle[10, most]
        row = seconds, middle[rules, most], beside, middle[rules, least]
        table.rows.append((f"{rules:,} rules", *(f"{one:.2f}" for one in row)))
    return table


def _named(names: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        {
            "name": f"指标{chance.randrange(1, names + 1)}",
            "target": f"≥{chance.choice((100, 50, 80))}人",
            "actual": f"{chance.randrange(1, 9999) / 100}人",
            "points": "10",
        }
        for _ in range(_COUNT)
    ]


def by_length() -> Table:
    """Measure cells that are longer and longer; they are refused, or words."""
    table = Table("characters of a cell", ("digits, ms", "brackets, ms", "且, ms", "spaces, ms"))
    for length in (10, 100, 1000, 10_000):
        shapes = ("9" * length, "（" * length, "且".join("≥5人" for _ in range(length // 4 + 1)), " " * length)
        cells = []
        for text in shapes:
            used = seconds_of(lambda text=text: _read(text))  # type: ignore[misc]
            cells.append(f"{used * 1000:.2f}")
        table.rows.append((f"{length:,}", *cells))
    return table


def _read(text: str) -> None:
    try:
        pfscore.parse_target(text)
    except pfscore.ExpressionError:
        return


if __name__ == "__main__":
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for one in (by_rows(most), by_rules(), by_length()):
        print(one.text(), end="\n\n")
