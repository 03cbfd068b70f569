"""Print how much of each package the tests reach: lines, and branches both ways.

    pip install -e '.[test,bench]' && python benchmarks/coverage.py [--write] [ARGUMENTS OF PYTEST…]

All tests run once, with few examples a property; what runs in processes that a test starts is not counted. Modules
below 90 % of branches are named. `--write` puts the figures into coverage.md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "coverage.md"
#: What is named below it, in percent.
WANTED = 90


class Reached(NamedTuple):
    """The statements and branches of modules, and how many of them were reached."""

    lines: int = 0
    lines_reached: int = 0
    branches: int = 0
    branches_reached: int = 0

    @property
    def of_branches(self) -> float:
        """The share of branches that were taken, in percent."""
        return 100 * self.branches_reached / self.branches if self.branches else 100.0

    def and_of(self, other: Reached) -> Reached:
        """Return both together."""
        return Reached(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def __str__(self) -> str:
        of_lines = 100 * self.lines_reached / self.lines if self.lines else 100.0
        return f"{of_lines:>6.1f}%{self.of_branches:>9.1f}%"


def measured(*arguments: str) -> dict[str, Reached]:
    """Run the tests; return what they reach, by module."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--hypothesis-profile", "few", *arguments),
            *("--cov=pfscore", "--cov-branch", f"--cov-report=json:{report}"),
        ]
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "data"), "PYTHONPATH": str(ROOT / "src")}
        subprocess.run(command, cwd=ROOT, env=environment, check=False)
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    keys = ("num_statements", "covered_lines", "num_branches", "covered_branches")
    return {
        path.partition("pfscore/")[2]: Reached(*(one["summary"][key] for key in keys)) for path, one in files.items()
    }


def main() -> None:
    found = measured(*(one for one in sys.argv[1:] if one != "--write"))
    packages: dict[str, list[str]] = defaultdict(list)
    for module in sorted(found, key=lambda name: found[name].of_branches):
        packages[module.partition("/")[0] if "/" in module else "pfscore"].append(module)
    lines = [f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}", f"{'':<44}  lines  branches"]
    for package, modules in sorted(packages.items()):
        whole = Reached()
        for module in modules:
            whole = whole.and_of(found[module])
        below = [module for module in modules if found[module].of_branches < WANTED]
        lines += [f"{package:<44}{whole}", *(f"  {module:<42}{found[module]}" for module in below)]
    print("\n".join(lines))
    if "--write" in sys.argv:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition("```text\n")
        PAGE.write_text(f"{head}```text\n{chr(10).join(lines)}\n```{rest.partition('```')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
