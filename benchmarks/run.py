"""Run every benchmark of speed, and keep what was measured: `pip install -e '.[bench]' && python benchmarks/run.py`.

    python benchmarks/run.py [--rows 10000000] [--write]

`--write` stores the tables in last-run.json, which docs/explain/speed.md shows after
`python docs/build/refresh.py --write docs/explain/speed.md docs/pictures/speed-*.svg`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from pathlib import Path

import batches
import columns
import growth
from tables import Table

KEPT = Path(__file__).with_name("last-run.json")


def main() -> None:
    """Measure, print, and store where that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many rows the largest workload has")
    parser.add_argument("--write", action="store_true", help="store what was measured")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    tables: dict[str, Table] = {}
    for name, run in {
        "rows": batches.ratios,
        "engine": batches.reaching_the_engine,
        "explanations": batches.explanations,
        "wrong": batches.wrong,
        "numbers": columns.arithmetic,
        "files": lambda: columns.files(options.rows),
        "columns-wrong": columns.ratios_by_column,
        "stream": lambda: growth.by_rows(options.rows),
        "rules": growth.by_rules,
        "length": growth.by_length,
        "command": batches.command_line,
        "starts": batches.starts,
    }.items():
        tables[name] = run()
        print(tables[name].text(), end="\n\n", flush=True)
    machine = (
        f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} "
        f"processors with a load of {max(load, os.getloadavg()[0]):.0f}"
    )
    print(machine)
    if options.write:
        stored = {"machine": machine, "tables": {name: table.as_json() for name, table in tables.items()}}
        KEPT.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
