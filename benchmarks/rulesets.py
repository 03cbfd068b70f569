"""How long a large ruleset takes to load, and how much memory: `python benchmarks/rulesets.py [RULES] [--write]`.

Each way runs in a process of its own: a ruleset of 10,000 rules by name, each with a dated version, a citation and two
examples, as YAML and compiled, with one formula for all and with a formula of its own for every rule.
"""

from __future__ import annotations

import argparse
import platform
import re
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

HEAD = """\
ruleset: cn-demo/project
title: 大规则集
jurisdiction: CN
kind: project
status: active
sources:
  - key: 示例
    title: 示例办法
    evidence: text
rules:
"""
RULE = """\
  - id: rule-{number}
    title: 指标{number}
    applies:
      comparator: ["≥"]
      name: [{names}]
    versions:
      - since: 2020-01-01
        cite:
          source: 示例
          at: 第{number}条
        formula: {formula}
        rounding:
          digits: 2
          mode: half_up
        examples:
          - target: "≥100人"
            actual: 100人
            points: 10
            score: 10
          - target: "≥100人"
            actual: 50人
            points: 10
            score: 5
"""
FORMULAS = {
    "one formula": "分值 * 按比例(完成值, 指标值)",
    "formulas of their own": "分值 * min(完成值 / 指标值 * {number}, 1)",
}


def written(rules: int, formula: str, *, names: int | None = None) -> str:
    """Return a ruleset of that many rules by name, which share `names` evenly; one each where that is not given."""
    members = []
    for number in range(1, rules + 1):
        mine = ", ".join(f"指标{name}" for name in range(number, (names or rules) + 1, rules))
        members.append(RULE.format(number=number, names=mine, formula=formula.format(number=number)))
    return HEAD + "".join(members)


def measure(path: str) -> None:
    """Load one ruleset and print seconds and megabytes, as in a user's installation, without the tests' extras."""
    # Where it is installed, Lark compares its own terminals with each other first, which takes 0.1 s.
    sys.modules["interegular"] = None  # type: ignore[assignment]
    from pfscore.scoring.rules import load_ruleset

    start, worked = perf_counter(), process_time()
    load_ruleset(path, on="2023-12-31")
    print(
        f"{process_time() - worked:.2f} s of work, {perf_counter() - start:.2f} s by the clock, {most_memory():.0f} MB"
    )


def most_memory() -> float:
    """Return the most memory that this process has held, in megabytes; not that of the one that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Write the rulesets and measure each in its own process; with --write, put the figures into the page."""
    from pfscore.rulesets.load import compiled, load_family

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="?", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = [f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}"]
    with tempfile.TemporaryDirectory() as folder:
        for name, formula in FORMULAS.items():
            author = Path(folder) / "big.yaml"
            author.write_text(written(options.rules, formula), encoding="utf-8")
            author.with_suffix(".json").write_text(compiled(load_family(author)[0]), encoding="utf-8")
            for path in (author.with_suffix(".json"), author):
                done = subprocess.run(
                    [sys.executable, __file__, "--one", str(path)], check=True, capture_output=True, text=True
                )
                lines.append(f"{options.rules:,} rules, {name}, {path.suffix[1:]}: {done.stdout.strip()}")
                print(lines[-1], flush=True)
    if options.write:
        page = Path(__file__).parent / "README.md"
        block = "\n".join(["<!-- rulesets -->", "```text", *lines, "```"])
        text = re.sub(r"<!-- rulesets -->\n```text\n.*?```", lambda _: block, page.read_text("utf-8"), flags=re.DOTALL)
        page.write_text(text, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2])
    else:
        main()
