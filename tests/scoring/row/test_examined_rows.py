"""Rows that examiners wrote and judged without having seen the program: `examined_rows.tsv`.

A line is whether the row meets its target (达标, 未达标, 待定), its name, target and actual; behind them stand the
points that it may have, of ten, and the keys of what is assumed. The verdict is that of the examiner, written by hand;
`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/row/test_examined_rows.py` writes what stands behind it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pfscore
from pfscore.scoring.rules import Rules

FILE = Path(__file__).with_name("examined_rows.tsv")
VERDICTS = {True: "达标", False: "未达标", None: "待定"}
KEYS = ("name", "target", "actual")


def _said(one: pfscore.IndicatorScore) -> tuple[str, str]:
    problems = (problem.code for problem in one.diagnostics)
    return f"{one.low}–{one.high}", " ".join(dict.fromkeys((*(item.key for item in one.assumptions), *problems)))


def test_each_row_comes_out_as_its_examiner_says(rules: Rules) -> None:
    given = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    rows = [{**dict(zip(KEYS, line[1:4], strict=True)), "points": "10"} for line in given]
    found = list(rules.score_many(rows))
    assert [line[:4] for line, one in zip(given, found, strict=True) if VERDICTS[one.met] != line[0]] == []
    written = [[*line[:4], *_said(one)] for line, one in zip(given, found, strict=True)]
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join("\t".join(line) + "\n" for line in written), encoding="utf-8")
    else:
        assert [(line, now) for line, now in zip(given, written, strict=True) if line != now] == []
