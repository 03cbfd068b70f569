"""Sheets of small forms, word for word in both languages: totals, grades, and the place of each diagnostic."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pfscore
from pfscore.forms.files.reader import load_form
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import loaded, rule, text

FILE = Path(__file__).with_name("sheets.txt")
_SHARED = """
total: 100
rounding: {digits: 2}
blocks:
  - {name: 自评, points: 100, counts: 40%}
  - {name: 复核, points: 100, counts: 60%}
"""
_ALIKE = "formula: 分值 * min(完成率, 1)\nrounding: {digits: 2}"
_BONUS = (
    rule('adjusts: "[0, 10]"\nformula: min(10, 完成值 * 2)\n', "name: 国家级表彰", "nation")
    + rule('adjusts: "[0, 10]"\nformula: min(10, 完成值)\n', "name: 省级表彰", "province")
    + rule('adjusts: "[-10, 0]"\nformula: -min(10, 完成值 * 3)\n', "name: 省级通报", "criticised")
    + rule(_ALIKE, 'comparator: ["≥"]', "ratio")
)
_GRADES = "grades:\n  - {name: 优, from: 90}\n  - {name: 良, from: 80}\n  - {name: 差, from: 0}\n"


def _row(points: str, actual: str | None = "10", path: str = "产出", **cells: Any) -> dict[str, Any]:
    return {"path": [path], "target": "≥10", "actual": actual, "points": points, **cells}


def _bonus(*actuals: str | None) -> list[dict[str, Any]]:
    names = ("国家级表彰", "省级表彰", "省级通报")
    rows = [
        {"path": ["加减分"], "name": name, "target": "≥0", "actual": one}
        for name, one in zip(names, actuals, strict=True)
    ]
    return [_row("100", "8"), *rows]


#: The rules, the terms of the form, and forms.
SHEETS: list[tuple[str, str, list[dict[str, Any]]]] = [
    *(
        (
            rule(_ALIKE),
            f"total: 100\n{treatment}rounding: {{digits: 2}}\n{_GRADES}",
            [
                {"indicators": [_row("50"), _row("30", "5"), _row("20", "不适用")]},
                {"indicators": [_row("50"), _row("30", "5", "效益"), _row("20", "不适用", "效益")]},
                {"indicators": [_row("50"), _row("30", "5"), _row("20", "不适用", "效益")]},
                {"indicators": [_row("60", "不适用"), _row("40", "不适用", "效益")]},
            ],
        )
        for treatment in ("", *(f"not_applicable: {one}\n" for one in ("exclude", "rescale", "rescale_block", "full")))
    ),
    (
        rule(_ALIKE),
        _SHARED + _GRADES,
        [
            {"indicators": [_row("100", "9", "自评"), _row("100", "8", "复核")]},
            {"indicators": [_row("100", "9", "自评"), _row("60", "8", "复核"), _row("40", None, "复核")]},
            {"indicators": [_row("100", "9", "自评"), _row("90", "8", "复核")]},
            {
                "indicators": [_row("100", "9", "自评"), _row("90", "8", "复核")],
                "budget": [{"label": "总额", "budget": "10", "expenditure": "9", "points": "10"}],
            },
        ],
    ),
    (
        rule(_ALIKE),
        _SHARED.replace("rounding", "not_applicable: rescale\nrounding"),
        [{"indicators": [_row("50", "9", "自评"), _row("50", "不适用", "自评"), _row("100", "8", "复核")]}],
    ),
    (
        rule(_ALIKE),
        _SHARED.replace("rounding", "not_applicable: rescale_block\nrounding"),
        [
            {"indicators": [_row("50", "9", "自评"), _row("50", "不适用", "自评"), _row("100", "8", "复核")]},
            {"indicators": [_row("100", "不适用", "自评"), _row("100", "8", "复核")]},
        ],
    ),
    *(
        (
            _BONUS,
            f"total: 100\n{bounds}{_GRADES}",
            [
                {"indicators": _bonus(*actuals)}
                for actuals in (
                    ("1项", "1项", "0次"),
                    ("4项", "4项", "1次"),
                    ("0项", "0项", "3次"),
                    ("0项", None, "1次"),
                    ("不适用", "2项", "1次"),
                )
            ],
        )
        for bounds in (
            "",
            'adjustments:\n  - {within: "[-4, 3]"}\n',
            'adjustments:\n  - {names: [国家级表彰, 省级表彰], within: "[0, 3]"}\n',
            'adjustments:\n  - {names: 加减分, within: "(-∞, 3]"}\n',
        )
    ),
    *(
        (
            rule(_ALIKE),
            f"total: 100\neither:\n  - {{names: [甲, 乙], take: {take}}}\n",
            [
                {"indicators": [_row("80"), _row("20", one, name="甲"), _row("20", other, name="乙")]}
                for one, other in (("6", "8"), ("8", "6"), ("6", None), (None, "6"), (None, None), ("不适用", "6"))
            ],
        )
        for take in ("judge", "best", "first")
    ),
    (
        rule(_ALIKE),
        f"total: 100\n{_GRADES}",
        [
            {"indicators": [_row("60"), _row("40", None)]},
            {"indicators": [_row("60", None), _row("40", " ")]},
            {"indicators": [_row("60", None), _row("40", None, published_score="40")]},
            {"indicators": [_row("100", None)]},
            {"indicators": [_row("60"), _row("四十")]},
            {"indicators": [_row("60"), _row("30"), {"target": "≥10", "actual": "9", "name": "没有分值"}]},
            {"indicators": [_row("60"), _row("40"), {"target": "≥10", "actual": "9", "name": "没有分值"}]},
            {"indicators": [_row("60"), _row("40"), {"name": "小计", "points": "100"}]},
            {
                "indicators": [{"target": "≥10", "actual": "9"}],
                "budget": [{"label": "总额", "budget": "10", "expenditure": "9", "points": "10"}],
            },
            {
                "indicators": [_row("90", "9.99")],
                "budget": [{"label": "总额", "budget": "10", "expenditure": "9", "points": "10"}],
            },
            {"indicators": [_row("100", "8.9")]},
            {"indicators": [_row("100", "9")]},
            {"indicators": [_row("100", "工5%", name="甲"), _row("0", "5", comparator="≤", target="3", name="乙")]},
            {"indicators": [_row("100", "5人", name="甲", target="≥5", unit="个")]},
            {
                "indicators": [
                    _row("100", "5", decision="八"),
                    {"targets": {"full_year": "**"}, "actual": "5", "points": "10"},
                ]
            },
            {"indicators": []},
        ],
    ),
]


def _said(sheet: pfscore.Sheet) -> Iterator[str]:
    caps = [cap.rows for cap in sheet.caps]
    yield f"  {sheet.low} ~ {sheet.high} / {sheet.full} | {sheet.grade} | {sheet.shares} | {caps}"
    yield from (f"  {step}" for step in sheet.total_steps)
    named = [*((line.label, line) for line in sheet.budget), *((row.name, row) for row in sheet.indicators)]
    for name, one in named:
        yield f"  {name}: {one.in_words()}"
        yield from map(_placed, one.diagnostics)
    yield from map(_placed, sheet.diagnostics)


def _placed(found: Diagnostic) -> str:
    span = found.span or Span()
    place = f"{span.line}:{span.column}+{span.length} {span.row} {span.cell}"
    return f"    {found.code} {found.severity} {place}: {found.message.zh} | {found.message.en}"


def test_sheets_word_for_word() -> None:
    """`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/test_sheet.py` writes `sheets.txt`; read the difference."""
    now = []
    for number, (how, terms, forms) in enumerate(SHEETS, 1):
        found = Rules((loaded(text(how, terms)),), on=date(2023, 12, 31))
        for given in forms:
            written = json.dumps({"title": "表", "year": 2023, **given}, ensure_ascii=False, indent=1)
            now += [
                f"# {number} {' '.join(terms.split())} ← {given}",
                *_said(found.score_form(load_form(written.encode()))),
            ]
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    assert now == FILE.read_text(encoding="utf-8").splitlines()
