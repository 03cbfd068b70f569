"""Sheets of small forms, word for word in both languages: totals, grades, and the place of each diagnostic."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
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
    (
        rule("formula: 分值 * 按比例(完成值, 指标值)\n", "target: 正\nunit: '%'", "percent")
        + rule("formula: 分值 * 全或无(达标)\n", "target: [零, 负]", "other")
        + rule('judgement: {share: "[0%, 50%]"}\n', "actual: [文字, 日期]\ncomparator: 定性", "words")
        + rule("formula: 分值 / 2\n", "target: 正\nunit: 人\nactual: [低于指标值]", "below")
        + rule("formula: 分值\n", "target: 正\nunit: 人\nactual: [等于指标值, 高于指标值]\nblock: 产出", "reached")
        + rule("formula: 分值 / 4\n", "unit: 天\nblock: [产出, 效益]", "days")
        + rule("formula: 分值 / 5\n", "unit: 天\ncomparator: ≤", "least").replace(
            "id: least\n", "id: least\n  overrides: [days]\n"
        )
        + rule("formula: 分值 / 8\n", "unit: 次", "times")
        + rule("formula: 分值\n", "unit: 次\nblock: 产出", "times-of-output"),
        "total: 100\n",
        [
            {
                "indicators": [
                    {"path": [path, "某类"], "name": "办理", "target": target, "actual": actual, "points": "100"}
                ]
            }
            for path, target, actual in (
                *(("产出", target, actual) for target, actual in (("≥80%", "60%"), ("≥0%", "60%"), ("≥-5%", "-8%"))),
                *(("产出", "有效", actual) for actual in ("良好", "有效", "3月", "95%", "≥5%", "3~5")),
                *(("产出", "≥5人", actual) for actual in ("4人", "5人", "6人", "3~4人", "4~6人", "有效", "5次")),
                ("效益", "≥5人", "6人"),
                *((path, target, "3天") for path in ("产出", "效益", "别的") for target in ("≤5天", "≥5天", "3天")),
                *((path, "≥2次", "3次") for path in ("产出", "效益")),
                ("产出", "5~8人", "6人"),
                ("产出", "增长5%", "6%"),
                ("产出", "9月底前", "8月"),
            )
        ],
    ),
    (
        rule("formula: 分值 * 全或无(达标)\n"),
        "blocks:\n  - name: 产出指标\n    points: 40\n    parts:\n      - name: 数量指标\n        points: 15\n"
        "        split: 均分(类别分值, 指标个数, 指标序号, 单位=1, 余数=末项)\n      - name: 质量指标\n",
        [
            {
                "indicators": [
                    {"path": ["产出指标(40分)", kind], "target": "≥1", "actual": "1", "points": points}
                    for kind in kinds
                ]
            }
            for kinds, points in (
                (["数量指标"] * 4, None),
                (["数量指标", "质量指标"], "15"),
                (["数量指标"] * 2, "7"),
                (["质量指标"], None),
            )
        ],
    ),
    (
        rule(_ALIKE),
        "period: half_year\n",
        [
            {"indicators": [{"name": "甲", "targets": targets, "actual": "5", "points": "10"}]}
            for targets in ({"half_year": "≥5", "full_year": "≥10"}, {"full_year": "≥10"}, {"half_year": "≥8"})
        ],
    ),
    (
        rule("formula: 分值\n", "name: 地方投入\nproperties: {地区: [中部, 西部]}", "inner")
        + rule("formula: 分值 / 2\n", "name: 地方投入\nproperties: {地区: 东部}", "coast"),
        "properties:\n  - {name: 地区, values: [东部, 中部, 西部]}\n",
        [
            {"indicators": [{"name": name, "target": "≥5", "actual": "5", "points": "10"}], **stated}
            for name in ("地方投入", "别的")
            for stated in (
                *({"properties": {"地区": one}} for one in ("西部", "东部", "西北")),
                {},
                {"properties": {"级别": "县"}},
            )
        ],
    ),
    (
        rule(
            "points: 3\nformula: 如果 执行数 >= 预算数 则 3 否则 如果 预算数 - 执行数 <= 上年结转 则 2 否则 0\n",
            "name: 资金结余",
        ),
        "",
        [
            {"amount_unit": "万元", "budget": list(lines), "indicators": [{"name": "资金结余", **cells}]}
            for lines, cells in (
                (({"label": "总额", "budget": "100", "expenditure": "90"}, {"label": "上年结转", "budget": "20"}), {}),
                (
                    ({"label": "总额", "budget": "100", "expenditure": "70"}, {"label": "上年结余", "initial": "20"}),
                    {"points": "3"},
                ),
                (
                    (
                        {"label": "甲", "budget": "9", "expenditure": "9"},
                        {"label": "合计", "budget": "100", "expenditure": "99"},
                        {"label": "上年结转", "budget": "0"},
                    ),
                    {"points": "4"},
                ),
                (
                    ({"label": "总额", "budget": "100", "expenditure": "100"}, {"label": "上年结转", "budget": "20"}),
                    {"target": "无结余", "actual": "少量"},
                ),
                (({"label": "总额", "budget": "100", "expenditure": "90"},), {}),
                (
                    ({"label": "总额", "budget": "约100", "expenditure": "90"}, {"label": "上年结转", "budget": "20"}),
                    {},
                ),
                ((), {}),
                (
                    ({"label": "总额", "budget": "100万元", "expenditure": "90人", "points": "10"},),
                    {"amount_unit": "万元"},
                ),
                (({"label": "总额", "budget": "100", "expenditure": "90人", "points": "10"},), {"amount_unit": "万元"}),
                (({"budget": "百", "expenditure": "90", "points": "十"},), {}),
                (
                    (
                        {"label": "总额", "budget": "1OO", "expenditure": "90", "points": "10"},
                        {"label": "其中：财政", "budget": "5O", "expenditure": "50", "points": "10"},
                    ),
                    {},
                ),
            )
        ],
    ),
    (
        rule(_ALIKE),
        "total: 100\n",
        [
            *(
                {"indicators": [_row("100", text, name="培训", **cells)]}
                for text, cells in (
                    *(("工5", {}), ("5人", {"comparator": "≥"}), ("5人", {"unit": "人"}), ("5人", {"decision": "9"})),
                    *(("5", {"deduction": "-3"}), ("5", {"rank": "甲"}), ("5", {"share": "高"}), ("12天5", {})),
                    *(("5", {"places": {"actual": "表1!C3"}}), ("工5", {"places": {"actual": "表1!C3"}})),
                    ("5", {"target": None, "targets": {"half_year": "≥工", "full_year": "≥工"}}),
                )
            ),
            {"indicators": [_row("60", "工5"), _row("五")], "title": ""},
            {"indicators": [_row("60", "10"), _row("40", "10", unit="人", target="≥5天")]},
        ],
    ),
    (
        rule(
            "points: 5\ntarget: ≤100%\nnot_applicable: full\nmissing: zero\n"
            "formula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=舍去))\n",
            "name: [控制率, 人员控制率]",
        )
        + rule('adjusts: "[-5, 3]"\ntarget: ≥10%\nformula: 0\n', "name: 增减", "both"),
        "",
        [
            {"indicators": [{"name": name, "target": target, "actual": actual, "points": points}]}
            for name, target, actual, points in (
                *(
                    ("控制率", target, "102%", None)
                    for target in (None, "/", "一", "≤101%", "有控制", "按规定控制在编制以内，2人以下", "≤**", "≥5人")
                ),
                *(
                    ("1. 人员控制率", None, actual, points)
                    for actual in ("102%", None, "不适用")
                    for points in ("5", "6", "五")
                ),
                *(("增减", None, "12%", points) for points in (None, "3", "-5", "±5", "8", "4", "五")),
            )
        ],
    ),
]


def _said(sheet: pfscore.Sheet) -> Iterator[str]:
    caps = [cap.rows for cap in sheet.caps]
    yield f"  {sheet.low} ~ {sheet.high} / {sheet.full} | {sheet.grade} | {sheet.shares} | {caps}"
    yield f"  {sheet.named_ruleset()} {sheet.named_ruleset('en')} {sheet.is_refused} {sheet.is_graded}"
    *rows, steps = sheet.explain().split("\n\n")
    yield f"  {len(rows)} {[problem.code for problem in sheet.problems]}"
    yield from (f"  {step}" for step in steps.splitlines())
    apart = {"indicators", "budget", "diagnostics", "digest", "engine"}
    whole = {key: cell for key, cell in sheet.as_json().items() if key not in apart}
    yield f"  {json.dumps(whole, ensure_ascii=False)}"
    named = [*((line.label, line) for line in sheet.budget), *((row.name, row) for row in sheet.indicators)]
    for name, one in named:
        yield f"  {name}: {one.in_words()}"
        yield from map(_placed, one.diagnostics)
    yield from map(_placed, sheet.diagnostics)


def _placed(found: Diagnostic) -> str:
    place = _place(found.span or Span()) + "".join(f" & {_place(span)}" for _, span in found.related)
    return f"    {found.code} {found.severity} {place}: {found.message.zh} | {found.message.en}"


def _place(span: Span) -> str:
    place = f"{span.line}:{span.column}+{span.length} {span.row} {span.cell} {span.form or ''}"
    return f"{place}{span.ruleset or ''} {span.place}".strip()


def _lines() -> Iterator[str]:
    for number, (how, terms, forms) in enumerate(SHEETS, 1):
        found = Rules((loaded(text(how, terms)),), on=date(2023, 12, 31))
        for given in forms:
            written = json.dumps({"title": "表", "year": 2023, **given}, ensure_ascii=False, indent=1)
            yield f"# {number} {' '.join(terms.split())} ← {given}"
            yield from _said(found.score_form(load_form(written.encode())))


def test_sheets_word_for_word() -> None:
    """`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/test_sheets.py` writes `sheets.txt`; read the difference."""
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join(f"{line}\n" for line in _lines()), encoding="utf-8")
    for now, before in zip_longest(_lines(), FILE.read_text(encoding="utf-8").splitlines()):
        assert now == before
