"""How fast cells are read on one core: `python benchmarks/cells.py [--write]`; see benchmarks/cells.md."""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from time import perf_counter_ns

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pfscore.cells import reader  # noqa: E402
from pfscore.cells.grammar import parser as grammars  # noqa: E402
from pfscore.cells.refusals.damage import MAX_LENGTH  # noqa: E402
from pfscore.foundation.text import pad  # noqa: E402
from tests.corpus import lines  # noqa: E402

SIZES = (50, 100, 150, 200, 250, MAX_LENGTH)
PAGE = ROOT / "benchmarks" / "cells.md"
SINGLE = (
    "95",
    "≥26万人",
    "95%以上",
    "有效提升",
    "至少全年完成2次宣传",
    "自受理申请之日起20个工作日内",
    "控制在60%到80%的区间",
)
#: Cells that grow: what is repeated, up to the length limit.
GROWING: dict[str, Callable[[int], str]] = {
    "prose around a number": lambda size: "组织开展宣传" * (size // 6) + "≥5次",
    "words that begin words": lambda size: "不" * (size - 3) + "≥5次",
    "conditions": lambda size: "；".join(["≥5次"] * (size // 4)),
    "text that is refused at its end": lambda size: "培训" * (size // 2 - 1) + "5#",
    "digits": lambda size: "1" * size,
    "brackets": lambda size: "(" * size,
}


def microseconds(run: Callable[[], object], times: int = 200) -> float:
    """Return the best of seven timings of one run."""
    best = 1e18
    for _ in range(7):
        start = perf_counter_ns()
        for _ in range(times):
            run()
        best = min(best, (perf_counter_ns() - start) / times / 1000)
    return best


def new(text: str, side: str = "target", comparator: str | None = None, unit: str | None = None) -> object:
    """Read a cell as if it were seen for the first time."""
    return reader._read("target" if side == "target" else "actual", text, comparator, unit)  # noqa: SLF001


def corpus(*, real: bool) -> list[float]:
    """Return the time that each cell of published forms, or of the corpus, takes when it is seen for the first time."""
    cells = [line for name in ("targets.tsv", "actuals.tsv") for line in lines.read(name) if line.real or not real]
    times = [1e18] * len(cells)
    for _ in range(7):
        for index, line in enumerate(cells):
            start = perf_counter_ns()
            new(line.text, line.side, line.comparator, line.unit)
            times[index] = min(times[index], (perf_counter_ns() - start) / 1000)
    return times


def first_cell() -> float:
    """Return the milliseconds of the first cell of a process, which imports lark and builds the parser."""
    read = "t = time.perf_counter(); pfscore.parse_target('力争全年≥5次'); print(time.perf_counter() - t)"
    done = subprocess.run(
        [sys.executable, "-c", f"import pfscore, time; {read}"], capture_output=True, text=True, check=True
    )
    return float(done.stdout) * 1000


def report() -> str:
    """Measure, and return the text of the page's block."""
    start = perf_counter_ns()
    grammars.build()
    built = (perf_counter_ns() - start) / 1e6
    real, times = corpus(real=True), corpus(real=False)
    rows = [
        ("Fraction('96.569'), for comparison", microseconds(lambda: Fraction("96.569"), 5000), "µs"),
        (f"{len(real):,} cells of published forms, each new: mean", statistics.mean(real), "µs"),
        ("  median", statistics.median(real), "µs"),
        (f"{len(times):,} cells of the corpus, each new: mean", statistics.mean(times), "µs"),
        ("  median", statistics.median(times), "µs"),
        ("  max", max(times), "µs"),
        ("a cell seen before", microseconds(lambda: reader.read_target("≥26万人"), 5000), "µs"),
        ("a refusal seen before", microseconds(lambda: reader.read_target("≥≥5"), 5000), "µs"),
        ("the parser, built", built, "ms"),
        ("the first cell of a process, with lark", first_cell(), "ms"),
        *((text, microseconds(partial(new, text)), "µs") for text in SINGLE),
    ]
    parts = [f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}", ""]
    parts += [f"{pad(name, 48)}{figure:8.2f} {unit}" for name, figure, unit in rows]
    parts += ["", pad("µs by length", 34) + "".join(f"{size:>8}" for size in SIZES)]
    for name, make in GROWING.items():
        figures = [microseconds(partial(new, make(size)), 20) for size in SIZES]
        parts.append(pad(name, 34) + "".join(f"{one:>8.0f}" for one in figures))
    return "\n".join(parts)


def main() -> None:
    """Print the figures; with --write, put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    text = report()
    print(text)
    if parser.parse_args().write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition("```text\n")
        PAGE.write_text(f"{head}```text\n{text}\n```{rest.partition('```')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
