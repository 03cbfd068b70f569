"""The explanation of a score in both languages, its trace and its JSON: `scores.txt` has one of each kind of award.

`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/row/test_score.py` writes what is said now; read the difference before
you keep it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from tests.rulesets.ruleset_text import rules

FILE = Path(__file__).with_name("scores.txt")
RATIO = "formula: 分值 * 按比例(完成值, 指标值)"
LEVELS = """
levels:
  - {level: 良好, share: 100%}
  - {level: [一般, 尚可], share: "[60%, 80%)"}
  - {level: 差, share: 0}
rounding: {digits: 2}
"""
BOUNDS = """
judgement:
  low: 扣完为止(分值, 逐级扣分(指标值 - 完成值, 每=5%, 扣=2, 零头=进一))
  high: 扣完为止(分值, 逐级扣分(指标值 - 完成值, 每=5%, 扣=2, 零头=舍去))
"""
CHECKS = """
checklist:
  - {item: 有制度, points: 4}
  - {item: 有记录, points: 6}
"""
GRADED = """
thresholds:
  - {level: 优, share: 100%}
  - {level: 中, share: "[60%, 80%)"}
  - {level: 差, share: 0}
rounding: {digits: 1}
"""
BANDS = """
bands:
  of: 绝对值(偏差率)
  over: "[0, 20%]"
  table:
    - {range: "[0, 10%]", points: 5}
    - {range: "(10%, 20%]", points: 3}
"""
FIXED = "points: 5\ntarget: ≤100%\nformula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=舍去))"
TRAINED = {"name": "培训人数", "target": "≥3人"}
WORDS = {"target": "良好"}
SHARE = {"target": "≥100%"}
RULE = {"name": "制度", "target": "有", "actual": "有"}
WRONG = {"name": "违规", "target": "≤0起"}
PLACES = "properties:\n  - {name: 地区, values: [东部, 中部, 西部]}"
CUTS = {"thresholds": {"优": "90%", "中": "60%"}}
BLANK: list[dict[str, Any]] = [
    *({"name": "成效", "target": "有"} | one for one in ({"unit": ""}, {"decision": "7"}, {"share": "70%"})),
    *({"name": "成效"} | one for one in ({"actual": "2"}, {"unit": ""}, {"points": None})),
    *({"name": "其他", "target": "≥2"} | one for one in ({"unit": ""}, {"points": None})),
]
#: A rule, what it is for, the terms of the form, and rows with 10 points under them.
KINDS: list[tuple[str, str, str, list[dict[str, Any]]]] = [
    (
        f"{RATIO}\nrounding: {{digits: 2}}",
        "",
        "",
        [
            *({**TRAINED, "actual": actual} for actual in ("3人", "2人", None, "工5%", "不适用")),
            {**TRAINED, "actual": "2人", "points": None},
            {"target": "3", "comparator": "≥", "unit": "人", "actual": "4"},
            {"name": "培训人数", "actual": "3人"},
            {"name": "培训人数"},
            {"name": "产品合格率", "target": "≥90%", "actual": "104%"},
            {"target": "≥7", "actual": "5", "deduction": "3"},
            {"target": "≥2", "actual": "1", "decision": "8"},
            {"target": "≥2", "actual": "1", "share": "80%"},
            *({"target": "≥90%", "actual": actual} for actual in ("85%以上", "95%以上", "不到95%")),
            *({"target": "≤90%", "actual": actual} for actual in ("85%以上", "95%以上", "不到95%", "不到90%")),
        ],
    ),
    (RATIO, "", "", [{"target": "≥8", "actual": "7"}, {"target": "≥3", "actual": "2"}]),
    *(
        (f"{RATIO}\nrounding: {{{one}}}", "", "", [{"target": "≥7", "actual": "5"}])
        for one in ("step: 0.5", "digits: 0")
    ),
    *(
        (f"{RATIO}\nrounding: {{digits: 1, mode: {one}}}", "", "", [{"target": "≥7", "actual": "5"}])
        for one in ("down", "up")
    ),
    (f"{RATIO}\nrounding: {{digits: 4}}", "", "", [{"target": "≥300000", "actual": "299999"}]),
    *((RATIO, "", f"not_applicable: {how}", [{**TRAINED, "actual": "不适用"}]) for how in ("exclude", "full")),
    (RATIO, "", "missing: zero", [TRAINED]),
    (f"{RATIO}\nrounding: {{digits: 1}}", "", "deduction: 是", [{"target": "≥7", "actual": "5", "deduction": "3"}]),
    (
        LEVELS,
        "",
        "",
        [
            *({**WORDS, "actual": actual} for actual in ("良好", "尚可", "不好说")),
            {**WORDS, "actual": "一般", "share": "70%"},
            *({**WORDS, "actual": "一般", "decision": one} for one in ("6", "7.99", "5.99", "8")),
        ],
    ),
    (
        BOUNDS,
        "",
        "",
        [
            *({**SHARE, "actual": actual} for actual in ("97%", "95%", "92%~97%")),
            *({**SHARE, "actual": "97%", "decision": one} for one in ("9", "7.9")),
        ],
    ),
    (
        'judgement: {share: "[0%, 100%)", full_when_met: 是}\nrounding: {digits: 1}',
        "",
        "",
        [{"target": "≥95%", "actual": "95%"}, {"target": "≥95%", "actual": "94%"}],
    ),
    (CHECKS, "name: 制度", "", [RULE, {**RULE, "decision": "4"}, {**RULE, "decision": "5"}]),
    (
        "checklist:\n  - {item: 没有违规, points: 10, each: 3}",
        "name: 违规",
        "",
        [{**WRONG, "actual": actual} for actual in ("0起", "2起", "4起", "三起左右", "20%")],
    ),
    (
        GRADED,
        "row: graded",
        "",
        [
            *({**CUTS, "actual": actual} for actual in ("90%", "89.9%", "59%", "不好说")),
            *({"actual": "80%", "thresholds": cut} for cut in ({"优": "90%"}, {"优": "90人", "中": "60人"})),
            {"actual": "80%", "thresholds": {"优": "60%", "中": "60%"}},
        ],
    ),
    (BANDS, "", "", [{"target": "=100", "actual": actual, "points": "5"} for actual in ("110", "112", "120", "121")]),
    (BANDS.replace("绝对值(偏差率)", "完成值"), "", "", [{"target": "≥10%", "actual": "25%", "points": "5"}]),
    (
        "formula: 扣完为止(分值, 名次扣分(名次, 每=5, 扣=0.5, 最多=1))",
        "",
        "",
        [{"target": "≥1%", "actual": "3%", "rank": "7"}, *({"target": one, "actual": "3%"} for one in ("≥1%", "≥0%"))],
    ),
    ("formula: 分值 * 评定比例", "", "", [{"target": "≥1", "actual": "3", **one} for one in ({}, {"share": "50%"})]),
    (
        RATIO,
        "",
        "",
        [
            {"target": "≥2", "actual": "1", cell: text}
            for cell, text in (
                *(
                    ("points", one)
                    for one in ("十", "-1", "1/3", "9/10", "10%", "1,000", "1，0", "10分", "１０", " 5 ", "0")
                ),
                *(("share", one) for one in ("高", "-5%", "120%", "1/3", "0.5", "50")),
                *(("decision", one) for one in ("八", "-1", "90%", "1/3", "4/5", "8分", "8‰", "/")),
                *(("rank", one) for one in ("甲", "0", "-1", "1.5")),
                *(("deduction", one) for one in ("-3", "三", "0")),
                ("thresholds", {"优": "≥90", "中": "约60"}),
                ("thresholds", {"优": "工90"}),
                ("thresholds", {"优": "90", "中": "60"}),
            )
        ],
    ),
    (
        "formula: 分值 * min(完成率, 1)",
        "",
        "",
        [{"target": target, "actual": "3件"} for target in ("≤0件", "2~4件", "有效", "约3件")],
    ),
    (
        "formula: 分值 * min(1 + 偏差率, 1)",
        "",
        "",
        [{"target": one, "actual": "3件"} for one in ("≤0件", "2~4件", "≥4件")],
    ),
    (
        "formula: 分值 * 全或无(滞后天数 <= 3)",
        "",
        "",
        [{"target": "2023年9月底前", "actual": one} for one in ("2023年10月3日", "2023年10月4日", "有效")],
    ),
    ("formula: 分值 * 完成率", "", "", [{"target": "≥10件", "actual": "15件"}]),
    ("formula: 分值 / (完成值 - 3)", "", "", [{"target": "≥10件", "actual": "3件"}]),
    ("judgement: {low: 完成值, high: 分值}", "", "", [{"target": "≥10件", "actual": "30件"}]),
    (RATIO, 'comparator: ["≥"]', "", [{"target": "≤5%", "actual": "6%", **one} for one in ({}, {"decision": "6"})]),
    (
        'adjusts: "[0, 5]"\ntarget: "≥0项"\nformula: min(5, 完成值)',
        "name: 创新",
        "",
        [{"name": "创新", "actual": actual, "points": None} for actual in ("3项", "8项", "不适用", None)],
    ),
    (
        'adjusts: "[-3, 0]"\njudgement: {share: "[0%, 100%]"}',
        "name: 违规",
        "",
        [{"name": "违规", "target": "无", "actual": "有", "points": None, **one} for one in ({}, {"decision": "-2"})],
    ),
    (FIXED, "name: 控制率", "", [{"name": "控制率", "actual": "102%", "points": one} for one in (None, "6")]),
    (
        f'{RATIO}\njudgement: {{when: 完成率 > 130%, share: "[0%, 100%]"}}\nrounding: {{digits: 2}}',
        "",
        "",
        [
            *({"target": "≥100人", "actual": actual} for actual in ("130人", "131人", "90人", "120~140人", "约140人")),
            *(
                {"target": "≥100人", "actual": "131人", cell: one}
                for cell, one in (("decision", "9"), ("share", "90%"))
            ),
            *({"target": one, "actual": "3人"} for one in ("≥0人", "有效")),
        ],
    ),
    (
        'judgement: {when: 完成率 > 1 / (指标值 - 3), share: "[0%, 100%]"}\n' + RATIO,
        "",
        "",
        [{"target": one, "actual": "5人"} for one in ("≥3人", "≥4人", "≥10人")],
    ),
    (
        BOUNDS,
        "",
        "deduction: 是",
        [
            {**SHARE, "actual": "92%~97%", **one}
            for one in ({"deduction": "3"}, {"decision": "7"}, {"decision": "1"}, {"share": "50%"})
        ]
        + [{**SHARE, "actual": one} for one in ("97%~100%", "100%~105%", "97%~98%", "95%", "工5%~6%", "5人~6人")],
    ),
    (
        "judgement: {low: 分值 / (完成值 - 3), high: 分值}\nrounding: {digits: 2}",
        "",
        "",
        [{"target": "≥10件", "actual": one} for one in ("3件", "3~5件", "5~8件", "1~5件", "4~8件")],
    ),
    (
        f"{RATIO}\nrounding: {{digits: 2}}",
        "",
        "deduction: 是",
        [
            {"target": "≥10件", "actual": actual, "deduction": one}
            for actual, one in (
                *(("8件", "1"), ("8件", "8"), ("8件", "9"), ("5~8件", "1"), ("5~8件", "6"), ("5件以上", "1")),
                *(("9~12件", "1"), ("约8件", "1"), ("约10件", "1"), ("不到8件", "2"), ("超过8件", "2"), ("有效", "1")),
            )
        ],
    ),
    (
        f"{RATIO}\nrounding: {{digits: 2}}",
        "",
        "",
        [
            {"target": target, "actual": actual}
            for target in ("≥10件", "≤10件", "=10件", "10件", "8~12件")
            for actual in ("8~9件", "9~11件", "10~12件", "13件以上", "不足9件", "约10件", "约9件", "9件以内", "10~10件")
        ],
    ),
    (
        f"formula: 分值 * 按比例(完成率, 1)\n{'rounding: [{digits: 2, at: completion}, {digits: 2}]'}",
        "",
        "",
        [{"target": one, "actual": "7件"} for one in ("≥9件", "≥8件", "≤9件", "≤6件")],
    ),
    (
        "formula: 分值 * max(0, 1 - 滞后天数 / 计划天数)\nrounding: {digits: 2}",
        "",
        "",
        [
            {"target": target, "actual": actual}
            for target in ("2023年3月1日至2023年3月10日", "2023年3月底前", "2023年3月1日至2023年3月1日")
            for actual in ("2023年3月10日", "2023年4月4日", "2023年3月11日", "2023年3月", "2023年12月1日")
        ],
    ),
    (
        "formula: 分值 * max(0, 1 - 滞后年数 / 4)",
        "",
        "",
        [{"target": "2021年底前", "actual": one} for one in ("2021年", "2022年", "2023年6月", "2026年", "2021年12月")],
    ),
    (
        BANDS.replace('over: "[0, 20%]"\n    ', ""),
        "",
        "",
        [{"target": "=100", "actual": actual, "points": "5"} for actual in ("110", "121", "105~112", "105~121")],
    ),
    (
        """
bands:
  of: 完成值
  over: "[50%, 100%]"
  table:
    - {range: "[90%, 100%]", share: 100%}
    - {range: "[60%, 90%)", share: "[40%, 80%]"}
    - {range: "[50%, 60%)", share: 0}
rounding: {digits: 1}
""",
        "",
        "",
        [
            *({"target": "≥90%", "actual": one} for one in ("90%", "89.9%", "60%", "59%", "50%", "49%", "101%", "无")),
            *({"target": "≥90%", "actual": "70%", **one} for one in ({"decision": "8"}, {"decision": "8.1"})),
            *({"target": "≥90%", "actual": one} for one in ("70%~80%", "85%~95%", "70%以上", "不到70%", "95%以上")),
            *({"target": "≥90%", "actual": "70%以上", "decision": one} for one in ("9", "3")),
        ],
    ),
    (
        "bands:\n  of: 1 / (完成值 - 3)\n  over: '[0, 5]'\n  table:\n    - {range: '[0, 5]', points: 5}",
        "",
        "",
        [{"target": "≥10件", "actual": one} for one in ("3件", "4件", "2件")],
    ),
    *(
        (
            how,
            f"name: {name}",
            "",
            [
                {"name": name, "target": target, "actual": actual}
                for target, actual in (
                    *((None, "2"), ("有", None), (None, None), ("工5", "2"), ("3项5人9次", "2"), ("有", "3项5人9次")),
                    *(("有", "工5"), ("不适用", "2"), ("有", "不适用"), ("按规定落实到位，逐项推进", "2"), ("/", "2")),
                )
            ],
        )
        for how, name in (
            (CHECKS, "制度"),
            ("formula: 扣完为止(分值, 完成值)", "违规"),
            ("formula: 分值 * min(完成率, 1)\nrounding: {digits: 2}", "办件"),
            ('judgement: {share: "[0%, 100%]"}', "成效"),
        )
    ),
    (
        "formula: 扣完为止(分值, 绝对值(完成值 - 指标值))",
        "",
        "",
        [{"target": "=10人", "actual": one} for one in ("8~13人", "11~13人", "10~12人", "8~9人")],
    ),
    *(
        (
            how,
            "name: 成效",
            "missing: zero",
            BLANK,
        )
        for how in ('judgement: {share: "[0%, 100%]"}', 'judgement: {share: "[0%, 100%]"}\nmissing: open')
    ),
    *(
        (how, "name: 违规", "", [{**WRONG, "actual": one} for one in ("0起", "1起", "2起", "有")])
        for how in (
            "checklist:\n  - {item: 没有违规, points: 10}",
            "checklist:\n  - {item: 没有违规, points: 6, each: 2}\n  - {item: 有记录, points: 4}",
        )
    ),
    (
        "checklist:\n  - {item: 没有违规, points: 10, each: 4}",
        "name: 违规",
        "",
        [{**WRONG, "actual": actual} for actual in ("0起", "1起", "2起", "3起", "4起", "-1起", "1.5起", "无", "2~3起")],
    ),
    (
        GRADED,
        "row: graded",
        "",
        [
            *({"actual": actual, "thresholds": {"优": "3天", "中": "5天"}} for actual in ("3天", "4天", "5天", "6天")),
            *({**CUTS, "actual": "70%", **one} for one in ({"decision": "7.9"}, {"decision": "8"}, {"share": "60%"})),
            *({**CUTS, "actual": one} for one in ("89%以上", "80~95%", "60%", "60人", None)),
        ],
    ),
]
BY_RATE = "formula: 分值 * min(执行率, 1)\nrounding: {digits: 2}"
BY_INITIAL = "formula: 分值 * min(四舍五入(执行数 / 年初预算数, 2), 1)"
LINES: list[tuple[str, dict[str, Any]]] = [
    (BY_RATE, {"initial": "300", "budget": "250", "expenditure": "215.4576"}),
    (BY_RATE, {"budget": "250", "expenditure": "260"}),
    (BY_RATE, {"initial": "300", "budget": "250"}),
    (BY_RATE, {}),
    (BY_RATE, {"budget": "0", "expenditure": "1"}),
    (BY_RATE, {"published_rate": "91.5%"}),
    (BY_RATE, {"budget": "250", "expenditure": "200", "points": None}),
    (BY_RATE, {"budget": "约250", "expenditure": "200"}),
    (BY_RATE, {"budget": "250万元", "expenditure": "200人"}),
    (BY_INITIAL, {"initial": "310.2", "expenditure": "154.74"}),
    (BY_INITIAL, {"budget": "310.2"}),
]


def scores() -> Iterator[tuple[str, IndicatorScore | BudgetScore]]:
    """Yield each score, under what it was given for."""
    for how, applies, terms, rows in KINDS:
        ruleset = rules(how, applies, terms)
        for cells in rows:
            title = " ".join(f"{how} {applies} {terms}".split())
            yield f"{title} ← {cells}", ruleset.score(**{"points": "10", **cells})
    for how, cells in LINES:
        line = BudgetLine(label="年度资金总额", **{"points": "10", **cells})
        sheet = rules(how, "row: budget").score_form(Form(title="表", year=2023, budget=(line,)))
        yield f"{' '.join(how.split())} ← {cells}", sheet.budget[0]
    of_place = rules(RATIO, "name: 地方投入\nproperties: {地区: [中部, 西部]}", PLACES)
    for stated in ({"地区": "西部"}, {"地区": "东部"}, {}):
        row = Indicator(name="地方投入", target="≥10", actual="6", points="5")
        form = Form(title="表", year=2023, indicators=(row,), properties=tuple(stated.items()))
        yield f"properties: {stated}", of_place.score_form(form).indicators[0]
    for take in ("judge", "best", "first"):
        ruleset = rules(RATIO, form=f"either:\n  - {{names: [甲, 乙], take: {take}}}")
        given = (
            Indicator(name=one, target="≥10", actual=actual, points="5") for one, actual in (("甲", "6"), ("乙", "8"))
        )
        for one in ruleset.score_form(Form(title="表", year=2023, indicators=tuple(given))).indicators:
            yield f"either, take: {take}", one


def explained(one: IndicatorScore | BudgetScore) -> Iterator[str]:
    """Yield all that is said of a score."""
    yield from one.explain().splitlines()
    yield from one.explain("en").splitlines()
    for step in (one.trace, *one.trace.steps):
        yield "  " + " | ".join(
            f"{key} {value}" for key, value in step.as_json().items() if key not in {"steps", "span"}
        )
    apart = {"trace", "cite", "doubts", "diagnostics", "assumptions", "name", "label"}
    yield f"  {json.dumps({key: value for key, value in one.as_json().items() if key not in apart})}"
    yield f"  {one!r}"


def lines() -> Iterator[str]:
    """Yield each score, and all that is said of it."""
    for title, one in scores():
        yield f"# {title}"
        yield from explained(one)


def test_scores_are_explained() -> None:
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
    for now, before in zip_longest(lines(), FILE.read_text(encoding="utf-8").splitlines()):
        assert now == before
