"""Measure pfscore beside two rule engines, in one run and on the same 1,000 rows.

    pip install -e '.[bench]' && python benchmarks/peers.py

pfscore reads Chinese cells and keeps why; the engines get prepared numbers and do the arithmetic alone. The scores of
every contestant are compared with plain fractions.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import rule_engine
import zen
from workload import Row, rows

import pfscore
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.foundation.numbers import Rounding, round_ratio
from pfscore.rulesets.in_force import RuleInForce
from pfscore.scoring.row.awarding.by_rule import award
from pfscore.scoring.row.comparing.compare import compare
from pfscore.scoring.row.comparing.readings_of_row import Cells, read_cells
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.preparing.rule_choice import case_of

RULESET = Path(__file__).with_name("peers.yaml")
ON = "2023-12-31"
#: How often each contestant runs; the best run counts, which disturbs least.
ROUNDS = 7
_CENT = Decimal("0.01")
#: `import pfscore` loads a module when one of its names is first used; the second statement loads nearly all.
IMPORTS = (
    "import pfscore",
    "from pfscore import load_ruleset",
    "import pydantic, lark",
    "import rule_engine",
    "import zen",
)
#: The formula of each kind of target, as both engines spell it.
EXPRESSIONS = {
    "≥": "actual >= target ? points : points * actual / target",
    "=": "actual >= target ? points : points * actual / target",
    "≤": "actual <= target ? points : points * target / actual",
    "~": "(target <= actual and actual <= high) ? points : 0",
}


@dataclass(frozen=True, slots=True)
class Result:
    """How one contestant did."""

    name: str
    per_second: float
    wrong: int


def measure(name: str, count: int, run: Callable[[], Iterable[Any]], right: list[Fraction]) -> Result:
    """Time `run`, which scores `count` rows; count the scores that differ from `right`."""
    wrong = sum(not _same(score, exact) for score, exact in zip(run(), right, strict=True))
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in run():
            pass
        best = min(best, time.perf_counter() - start)
    return Result(name, count / best, wrong)


def _same(score: Any, right: Fraction) -> bool:
    """Compare a score as it comes out; a float is taken at what it prints."""
    return score is not None and Fraction(str(score)) == right


def from_text(name: str, work: list[Row], right: list[Fraction], *, trace: bool = False) -> Result:
    """Score cells as text; with `trace` the tree of steps is built too, not only kept."""
    rules = pfscore.load_ruleset(RULESET, on=ON)
    cells = [row.cells for row in work]
    if trace:
        return measure(name, len(work), lambda: [(one.trace, one.score)[1] for one in rules.score_many(cells)], right)
    return measure(name, len(work), lambda: [one.score for one in rules.score_many(cells)], right)


def from_new_text(name: str, count: int) -> Result:
    """Score rows of which every cell is new: once, as a second run would find its cells remembered."""
    work = rows(count, fresh=True)
    rules = pfscore.load_ruleset(RULESET, on=ON)
    list(rules.score_many([row.cells for row in rows(100)]))
    start = time.perf_counter()
    scores = [one.score for one in rules.score_many([row.cells for row in work])]
    seconds = time.perf_counter() - start
    wrong = sum(not _same(score, row.expected()) for score, row in zip(scores, work, strict=True))
    return Result(name, count / seconds, wrong)


def from_readings(name: str, work: list[Row], right: list[Fraction]) -> Result:
    """Score rows whose cells are read and whose rule is chosen: comparing, computing, rounding, keeping why."""
    prepared = [_read(row) for row in work]
    return measure(
        name,
        len(work),
        lambda: [
            award(rule, compiled, cells, compare(cells.target, cells.actual, rule.version.assume), points).low
            for rule, compiled, cells, points in prepared
            if cells.target is not None and cells.actual is not None
        ],
        right,
    )


def formula_alone(name: str, work: list[Row], right: list[Fraction]) -> Result:
    """Compute and round compiled formulas on prepared integers: what the engines are asked to do."""
    prepared = []
    for row in work:
        compiled = _read(row)[1]
        if compiled is None:
            raise SystemExit(f"no formula for {row}")
        target, actual, points = row.numbers
        values = {"target": target, "low": target, "high": row.high, "actual": actual, "points": points}
        slots = [part for name in compiled.names for part in values[name].as_integer_ratio()]
        prepared.append((compiled.fast, slots))
    return measure(
        name,
        len(work),
        lambda: [_cents(compute(*slots)) for compute, slots in prepared],
        [score * 100 for score in right],
    )


def _cents(score: tuple[int, int]) -> int:
    return round_ratio(score[0], score[1], 100, Rounding.HALF_UP)


@cache
def _engine() -> Engine:
    return pfscore.load_ruleset(RULESET, on=ON).at(date.fromisoformat(ON))


@cache
def _read(row: Row) -> tuple[RuleInForce, Compiled | None, Cells, Fraction]:
    """Read a row's cells and choose its rule."""
    cells = read_cells(row.target, None, None, row.actual, borrow=False)
    if cells.target is None or cells.actual is None:
        raise SystemExit(f"cannot read {row}")
    rule = _engine().chooser.choose(case_of(cells.target, cells.actual, (), ""))
    if isinstance(rule, pfscore.Diagnostic):
        raise SystemExit(rule.render())
    return rule, _engine().compiled(rule), cells, row.numbers[2]


def rule_engine_alone(name: str, work: list[Row], right: list[Fraction]) -> Result:
    """rule-engine with Decimal numbers; rounding is done by the host, as it has none to hundredths."""
    rules = {kind: rule_engine.Rule(text) for kind, text in EXPRESSIONS.items()}
    prepared = [(rules[row.kind], _numbers(row, Decimal)) for row in work]
    return measure(
        name,
        len(work),
        lambda: [rule.evaluate(numbers).quantize(_CENT, ROUND_HALF_UP) for rule, numbers in prepared],
        right,
    )


def zen_alone(name: str, work: list[Row], right: list[Fraction]) -> Result:
    """zen-engine with compiled expressions; it takes and gives floats, and rounds inside."""
    rules = {kind: zen.compile_expression(f"round({text}, 2)") for kind, text in EXPRESSIONS.items()}
    prepared = [(rules[row.kind], _numbers(row, float)) for row in work]
    return measure(name, len(work), lambda: [rule.evaluate(numbers) for rule, numbers in prepared], right)


def zen_graph(name: str, work: list[Row], right: list[Fraction]) -> Result:
    """zen-engine's decision graph with its trace, twenty rows a call, as a form has them."""
    graph = zen.ZenEngine().create_decision(_graph())
    numbers = [{"kind": row.kind, **_numbers(row, float)} for row in work]
    forms = [{"rows": numbers[start : start + 20]} for start in range(0, len(numbers), 20)]
    return measure(
        name,
        len(work),
        lambda: [score for form in forms for score in graph.evaluate(form, {"trace": True})["result"]["scores"]],
        right,
    )


def _numbers(row: Row, make: Callable[[str], Any]) -> dict[str, Any]:
    target, actual, points = row.numbers
    values = {"target": target, "actual": actual, "points": points, "high": row.high}
    return {name: make(str(Decimal(value.numerator) / Decimal(value.denominator))) for name, value in values.items()}


def _graph() -> str:
    """Return a graph of one node that scores a list of rows, each by its kind."""
    cases = {kind: re.sub(r"\b(target|actual|points|high)\b", r"#.\1", text) for kind, text in EXPRESSIONS.items()}
    one = f'#.kind == "≤" ? ({cases["≤"]}) : #.kind == "~" ? ({cases["~"]}) : ({cases["≥"]})'
    content = {"expressions": [{"id": "1", "key": "scores", "value": f"map(rows, round({one}, 2))"}]}
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "do", "type": "expressionNode", "name": "do", "position": place, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "do"},
        {"id": "b", "type": "edge", "sourceId": "do", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def import_seconds(statement: str) -> float:
    """Return what a statement adds to starting Python, the best of ten."""
    return _best([sys.executable, "-c", statement]) - _best([sys.executable, "-c", "pass"])


def _best(command: list[str]) -> float:
    times = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run(command, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    work = rows()
    right = [row.expected() for row in work]
    results = [
        from_text("pfscore, text to score, trace kept, cells repeat", work, right),
        from_text("pfscore, text to score, trace built, cells repeat", work, right, trace=True),
        from_new_text("pfscore, text to score, trace kept, every cell new", 20_000),
        from_readings("pfscore, cells already read, trace kept", work, right),
        formula_alone("pfscore, arithmetic alone", work, right),
        rule_engine_alone("rule-engine, arithmetic alone", work, right),
        zen_alone("zen-engine, arithmetic alone", work, right),
        zen_graph("zen-engine, decision graph with trace", work, right),
    ]
    lines = table(results)
    print(*lines, sep="\n")
    if "--write" in sys.argv[1:]:
        page = Path(__file__).with_name("README.md")
        machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        where = f"{time.strftime('%Y-%m-%d')}, {machine}"
        block = "\n".join(["<!-- peers -->", "```text", where, *lines, "```"])
        text = re.sub(r"<!-- peers -->\n```text\n.*?```", lambda _: block, page.read_text("utf-8"), flags=re.DOTALL)
        page.write_text(text, "utf-8")


def table(results: list[Result]) -> list[str]:
    """Return the figures as lines; the ratio is to the first."""
    base = results[0].per_second
    heading = f"{'':<52}{'rows/s':>12}{'ratio':>8}{'wrong':>7}"
    figures = [f"{one.name:<52}{one.per_second:>12,.0f}{one.per_second / base:>8.2f}{one.wrong:>7}" for one in results]
    return [heading, *figures, *(f"{one:<52}{import_seconds(one) * 1000:>9.0f} ms" for one in IMPORTS)]


if __name__ == "__main__":
    main()
