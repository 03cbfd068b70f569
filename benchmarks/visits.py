"""Count the files of pfscore that one new row visits, and the moves between them.

    python benchmarks/visits.py

The ruleset is loaded and a first row is scored before counting, so that only what every new row costs is counted. A row
whose shape a frame knows ends there; the second figure is of those that pass through the whole engine.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pfscore

PACKAGE = Path(pfscore.__file__).parent
#: Where a row that no frame knows is awarded.
AWARDING = "scoring/row/awarding/by_rule.py"
#: Rows of the kinds that forms hold most: a floor, a ceiling, a level, an interval, a blank.
ROWS: tuple[dict[str, Any], ...] = (
    {"name": "缴存人数", "path": ["产出指标"], "target": "≥{0}6万人", "actual": "{0}8.28万人", "points": "10"},
    {"name": "项目成本", "path": ["成本指标"], "target": "≤{0}0万元", "actual": "{0}1.5万元", "points": "10"},
    {"name": "群众受益程度", "path": ["效益指标"], "target": "显著{0}", "actual": "较为显著{0}", "points": "15"},
    {"name": "覆盖率", "path": ["产出指标"], "target": "控制在{0}0%到9{0}%的区间", "actual": "{0}5%", "points": "5"},
    {"name": "完成时间", "path": ["产出指标"], "target": "{0}月底前", "actual": "", "points": "5"},
)


def visits(rules: pfscore.Rules, row: dict[str, Any]) -> tuple[list[str], int]:
    """Return the files entered while a row is scored, in the order of their first visit, and how often files change."""
    files: Counter[str] = Counter()
    stack: list[str] = []
    moves = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal moves
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(PACKAGE):
            return
        name = path.relative_to(PACKAGE).as_posix()
        if event == "call":
            moves += bool(stack) and stack[-1] != name
            stack.append(name)
            files[name] += 1
        elif event == "return" and stack:
            stack.pop()
            moves += bool(stack) and stack[-1] != name

    sys.setprofile(watch)
    try:
        rules.score(**row)
    finally:
        sys.setprofile(None)
    return list(files), moves


def main() -> None:
    """Count and print."""
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    counts: list[int] = []
    passing: list[int] = []
    for row in ROWS:
        warm, new = ({key: _filled(cell, digit) for key, cell in row.items()} for digit in "23")
        rules.score(**warm)
        files, moves = visits(rules, new)
        counts.append(len(files))
        if AWARDING in files:
            passing.append(len(files))
        print(f"{len(files):>3} files {moves:>4} moves  {new['target']} / {new['actual']}")
        if "--files" in sys.argv[1:]:
            print("   ", *files, sep="\n      ")
    print(f"{sum(counts) / len(counts):.1f} files a row, {sum(passing) / len(passing):.1f} through the passes")


def _filled(cell: Any, digit: str) -> Any:
    return cell.format(digit) if isinstance(cell, str) else cell


if __name__ == "__main__":
    main()
