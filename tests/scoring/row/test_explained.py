"""What is said of a row, word for word in both languages: `explained.txt` has rows, each with its readings and result.

A row is `name | unit | target | actual`, and where needed other cells, `note=…`, or `year=…`, that of the form where it
stands. Below it stand its readings, what it comes to, and what is assumed, wrong, or in doubt. The rules are
`cn/project`, or with `assume=…` one that assumes that.
`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/row/test_explained.py` writes what is said now; read the difference
before you keep it.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pfscore
from pfscore.foundation.text import Message
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import rules as rules_of

FILE = Path(__file__).with_name("explained.txt")


def blocks() -> list[list[str]]:
    """Return each row of the file with the lines below it."""
    found: list[list[str]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            found.append([])
        found[-1].append(line)
    return found


def cells_of(row: str) -> dict[str, Any]:
    name, unit, target, actual, *others = (cell.strip() for cell in row.split("|"))
    cells: dict[str, Any] = {"name": name, "unit": unit, "target": target, "actual": actual, "points": "10"}
    cells |= dict(cell.split("=", 1) for cell in others)
    if "path" in cells:
        cells["path"] = tuple(cells["path"].split("/"))
    return {key: value for key, value in cells.items() if value}


def scored(rules: Rules, row: str) -> pfscore.IndicatorScore:
    """Return the score of a row under the rules, or under one that assumes what the row says."""
    cells = cells_of(row)
    assumed, year = cells.pop("assume", None), cells.pop("year", None)
    if year is not None:
        form = pfscore.Form(title="表", year=int(year), indicators=(pfscore.Indicator(**cells),))
        return rules.score_form(form).indicators[0]
    return (rules if assumed is None else assuming(assumed)).score(**cells)


@cache
def assuming(assumed: str) -> Rules:
    """Return a rule in proportion that assumes something."""
    return rules_of(f"formula: 分值 * 按比例(完成值, 指标值)\nrounding: {{digits: 2}}\nassume: {{{assumed}}}")


def said(one: pfscore.IndicatorScore) -> list[str]:
    """Return the lines below a row."""
    read = one.cells
    assert read is not None
    met = {None: "", True: "达标 ", False: "未达标 "}[one.met]
    rates = [f"{rate}" for rate in (one.completion, one.deviation_rate) if rate is not None]
    messages: list[tuple[str, Message]] = [
        *((item.key, item.message) for item in one.assumptions),
        *((problem.code, problem.message) for problem in one.diagnostics),
        *((f"存疑 {doubt.code}", doubt.message) for doubt in one.doubts),
    ]
    return [
        f"  {read.target} ← {read.actual}",
        f"  {met}{one.in_words()}" + "".join(f" | {more}" for more in (one.rule, *rates) if more),
        *(f"    {key}: {text}" for key, message in messages for text in (message.zh, message.en)),
    ]


BLOCKS = blocks()
#: Rows that are not among many others under the same rules.
_OF_ITS_OWN = re.compile(r"\| (assume|year)=")


def test_rows_are_explained(rules: Rules) -> None:
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        now = [line for row, *_ in BLOCKS for line in (row, *said(scored(rules, row)))]
        FILE.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    for row, *wanted in BLOCKS:
        assert said(scored(rules, row)) == wanted, row


def test_rows_many_at_a_time_are_explained_alike(rules: Rules) -> None:
    blocks = [(cells_of(row), lines) for row, *lines in BLOCKS if not _OF_ITS_OWN.search(row)]
    rows, wanted = [cells for cells, _ in blocks], [lines for _, lines in blocks]
    assert [said(one) for one in rules.score_many(rows * 2)] == wanted * 2
