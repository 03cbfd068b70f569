"""What the audit says of small forms, word for word in both languages: each check at its edges, and where it is silent.

`PFSCORE_WRITE_EXPLAINED=1 pytest tests/auditing/test_said.py` writes `said.txt` anew; read the difference before you
keep it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pfscore.auditing.finding import Finding
from pfscore.auditing.run import audit
from pfscore.forms.files.reader import load_form
from pfscore.forms.form import Form
from pfscore.scoring.rules import Rules
from tests.auditing.making import Cells, row
from tests.forms.rulesets import small
from tests.rulesets.ruleset_text import loaded, rule
from tests.rulesets.ruleset_text import text as text_of

FILE = Path(__file__).with_name("said.txt")
SICHUAN, DAY = "cn-sc/project", date(2023, 12, 31)


def line(budget: str | None = None, expenditure: str | None = None, label: str = "总额", **cells: Any) -> Cells:
    """Return a budget line."""
    return {"label": label, "budget": budget, "expenditure": expenditure, **cells}


def table(header: list[str], *rows: list[str | None], title: str = "附表") -> Cells:
    """Return a table."""
    return {"title": title, "header": header, "rows": list(rows)}


def scored(
    target: str, actual: str | None, points: str | None, score: str | None, name: str = "办理情况", **cells: Any
) -> Cells:
    """Return a row with its points and its printed score."""
    return row(target, actual, name, points=points, published_score=score, **cells)


def lines(*found: Cells, **cells: Any) -> Cells:
    """Return a form of budget lines."""
    return {"budget": list(found), **cells}


def rows(*found: Cells, **cells: Any) -> Cells:
    """Return a form of rows."""
    return {"indicators": list(found), **cells}


def tables(*found: Cells, **cells: Any) -> Cells:
    """Return a form of tables."""
    return {"tables": list(found), **cells}


def cost(target: str, actual: str | None, name: str = "项目成本", **cells: Any) -> Cells:
    """Return a row of a cost block."""
    return row(target, actual, name, **{"path": ["成本指标", "经济成本"], **cells})


#: Forms of one body that are audited together, by what they show.
FORMS: dict[str, list[list[Cells]]] = {
    "rates of lines": [
        *(
            [lines(line("348", "336.06", published_rate=rate))]
            for rate in ("96.57%", "95.57%", "96.56%", "97%", "3.43%")
        ),
        [lines(line("348", "336.06", initial="400", published_rate="84.02%"))],
        [lines(line("336.06", "348", published_rate="96.57%"))],
        [lines(line("0", "0", published_rate="0%"), line("0", "0", "其他", published_rate="100%"))],
        [lines(line("0", "0.01"))],
        [lines(line("0", "-1"))],
        [lines(line("100", "100.01"))],
        [lines(line("100", "120"), line("100", "120", "其中：财政资金"), line("100", "110", "其他资金"))],
        [lines(line("-1", "-2", initial="-1"))],
        [lines(line("100", "50", initial="80", adjustment="10"))],
        [lines(line("70", "50", initial="80", adjustment="10"))],
        [lines(line("90", "50", initial="80", adjustment="10"))],
        [lines(line("90", "90", initial="100"))],
        [lines(line("90", "90", initial="100", note="年中调整"))],
        [lines(line("0", "0", initial="100"))],
        [lines(line("90", "89", initial="100"))],
    ],
    "units of amounts": [
        *([lines(line("100", spent))] for spent in ("99999", "100000", "1000000")),
        *([lines(line("680", spent, published_rate="90%"))] for spent in ("612", "612000", "6120000")),
        *([lines(line(budget, "612", published_rate="90%"))] for budget in ("680", "680000", "6800000")),
        [lines(line("0.001", "0.9", published_rate="90%"))],
        [
            lines(line("1000", "1", initial="1")),
        ],
        [
            lines(line("999", "1", initial="0.5")),
        ],
        [lines(line("700", "10"), line("500", "10", "其中：财政拨款"), line("2000000", None, "其他资金"))],
    ],
    "parts and wholes": [
        *(
            [
                lines(
                    line(whole, spent),
                    line("60", "50", "财政拨款"),
                    line(budget, other, "其他资金", published_rate=rate),
                )
            ]
            for whole, spent, budget, other, rate in (
                *(("100", "80", "400000", "30", None), ("100", "80", "400000", "30", "75%")),
                *(("100", "80", "40000", "30", "75%"), ("100", "80", "400000", "30", "74%")),
                *(("100", "80", "40", "300000", None), ("100", "80", "40", "30000", "75%")),
                ("100", "80", "40", "30", "75%"),
                *(("61", "50.5", "1000", "0.5", "50%"), ("61", "50.01", "1000", "0.01", None)),
                *(("60.999", "50", "999", "0.5", None), ("61", "60", "1000", "10", None)),
                ("61", "60", "1000", "10.1", None),
                *(("61", "60.1", "10000", "10.1", None), ("1000060", "50", "1000000", "-1", None)),
                *((None, None, "400000", "30", "75%"), ("100", None, "400000", "30", None)),
            )
        ),
        [lines(line("100", "80"), line("40", "30", "基本支出"), line("600000", "50", "项目支出"))],
        [lines(line("40", "30", "基本支出"), line("60", "50", "项目支出"), line("101", "80"))],
        [
            lines(
                *(line("60", "50", "项目支出"), line("40", "30", "基本支出"), line("10", "5", "公用经费")),
                line("101", "80"),
            )
        ],
        [lines(line("100", None), line("60", None, "财政拨款"), line("40", None, "其他资金"))],
        [lines(line("100", None), line("60", None, "财政拨款"), line("30", None, "其他资金"))],
        [lines(line("100.1", None), line("60.0", None, "财政拨款"), line("40.0", None, "其他资金"))],
        [lines(line("100.2", None), line("60.0", None, "财政拨款"), line("40.0", None, "其他资金"))],
        [lines(line("100", None), line("60", None, "财政拨款"), line("约40", None, "其他资金"))],
        [lines(line("100", None), line("60", None, "财政拨款"), line("—", None, "其他资金"))],
        [lines(line("0", "0"), line("60", "50", "财政拨款"), line("40", "30", "其他资金"))],
        [lines(line("0", None), line("60", "50", "财政拨款"), line("40", "30", "其他资金"))],
        [lines(line("100", None), line("40", None, "基本支出"), line("50", None, "项目支出"))],
        [
            lines(
                line("100", None),
                line("40", None, "基本支出"),
                line("60", None, "项目支出"),
                line("50", None, "道路"),
                line("20", None, "桥梁"),
            )
        ],
        [
            lines(
                line("100", None),
                line("60", None, "财政拨款小计"),
                line("50", None, "一般公共预算"),
                line("5", None, "政府性基金"),
                line("40", None, "其他资金"),
            )
        ],
        [lines(line("100", None), line("90", None, "修路"), line("5", None, "架桥"))],
        [lines(line("60", None, "财政拨款"), line("30", None, "其他资金"), line("100", None, "合计"))],
        [
            lines(
                line("100", None, group="甲"),
                line("60", None, "财政拨款", group="甲"),
                line("100", None, group="乙"),
                line("40", None, "其他资金", group="乙"),
            )
        ],
    ],
    "deviations": [
        *(
            [rows(row("≥50人", "45人", published_deviation=one, note="疫情"))]
            for one in ("-10%", "-10.00%", "10%", "90%", "-11.11%", "-5", "-10", "-0.1", "-9%")
        ),
        [rows(row("≥7人", "6人", published_deviation="-14.28%", note="疫情"))],
        [rows(row("≥7人", "6人", published_deviation="-14%", note="疫情"))],
        [rows(row("≥50人", "0人", published_deviation="-90%", note="疫情"))],
        [rows(row("≤0人", "0人", published_deviation="0%"))],
        [rows(row("≥50人", "50人", published_deviation="0"))],
        [rows(row("≥50人", "不到50人", published_deviation="-1%", note="疫情"))],
    ],
    "differences in place of deviations": [
        [rows(row("≥90%", "88%", "合格率", published_deviation=one, note="疫情"))]
        for one in ("-2.00%", "-2.27%", "2.00%")
    ],
    "rates of indicators": [
        [
            lines(
                line("348", "336.06", initial="300"),
                **rows(
                    row("≥90%", "96.57%", "预算执行率"),
                    row("≤20%", "16%", "预算调整率"),
                    row("≤5%", "3.43%", "结转结余率"),
                ),
            )
        ],
        [
            lines(
                line("348", "336.06", initial="300"),
                **rows(
                    row("≥90%", "96.6%", "预算执行率"),
                    row("≤20%", "16.01%", "预算调整率"),
                    row("≤5%", "3.4%", "结转结余率"),
                ),
            )
        ],
        [
            lines(
                line("348", "336.06", initial="300", adjustment="-48"),
                **rows(
                    row("≥90%", "95%", "预算执行率"), row("≤20%", "17%", "预算调整率"), row("≤5%", "4%", "结转结余率")
                ),
            )
        ],
        [
            lines(
                line("348", "336.06"),
                **rows(
                    row("≥90", "96.57", "预算执行率", unit="%"),
                    row("≥0.9", "0.95", "预算执行率"),
                    row("≤20%", "17%", "预算调整率"),
                ),
            )
        ],
    ],
    "sums of points and scores": [
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥5次", "5次", "40", "40", "巡查"),
                published_points="100",
                published_total="100",
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥5次", "5次", "30", "30", "巡查"),
                published_points="100",
                published_total="95",
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥5次", "不适用", "40", None, "巡查"),
                published_points="60",
                published_total="60",
            )
        ],
        [rows(scored("≥5人", "5人", "60", "60"), scored("≥5次", "5次", "40", None, "巡查"), published_total="100")],
        [rows(scored("≥5人", "5人", "60", "60"), scored("≥5次", "5次", "40", None, "巡查"), published_total="100.5")],
        [rows(scored("≥5人", "5人", "60", "60"), scored("≥5次", "5次", "40", None, "巡查"), published_total="59.5")],
        [rows(scored("≥5人", "5人", "60", "60"), row("≥5次", "5次", "巡查"), published_total="61")],
        *(
            [
                rows(
                    scored("≥5人", "5人", "60", one),
                    scored("≥10次", "8次", "40", other, "巡查", note="疫情"),
                    published_total=total,
                    ruleset=SICHUAN,
                )
            ]
            for one, other, total in (
                *(("61", "32", "93"), ("60", "32", "92"), ("60", "41", "101"), ("-1", "32", "31"), ("61", "36", "97")),
                *(("60", "30", "90"), ("59", "32", "91"), ("58", "34", "92"), ("58", "36", "94"), ("60", "40", "100")),
                *(("60", None, "92"), ("约", "32", "92"), ("60", "32", "92.4"), ("60", "32", "92.5"), ("0", "0", "0")),
            )
        ),
        *(
            [
                rows(
                    scored("≥5人", "5人", "60", "60"),
                    scored("有效", "较好", "20", words, "成效"),
                    scored("≥10次", "8次", "20", number, "巡查", note="疫情"),
                    published_total=total,
                    ruleset=SICHUAN,
                )
            ]
            for words, number, total in (
                *(("18", "16", "94"), ("21", "16", "97"), ("20", "20", "100"), ("5", "16", "81"), ("21", "20", "101")),
                *(("0", "18", "78"), ("16", "15", "91"), ("19.5", "17", "96.5"), ("20", "16.5", "96.5")),
            )
        ),
        *(
            [
                rows(
                    scored("≥5人", "5人", "60", "60"),
                    *found,
                    {"name": "小计", "points": points, "published_score": of},
                )
            ]
            for found, points, of in (
                ((), "60", "61"),
                ((), "59", "60"),
                ((scored("≥5次", "5次", "40", None, "巡查"),), "100", "100"),
                ((scored("≥5次", "5次", None, "40", "巡查"),), "100", "100"),
                ((scored("≥5次", "5次", "40.5", "40.25", "巡查"),), "100.5", "100.3"),
                ((scored("≥5次", "不适用", "40", None, "巡查"),), "60", "60"),
            )
        ),
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥10次", "8次", "40", "40", "巡查", note="疫情"),
                published_total="100",
                ruleset=SICHUAN,
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥10次", "8次", "40", "36", "巡查", note="疫情"),
                published_total="96",
                ruleset=SICHUAN,
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("有效", "较好", "20", "18", "成效"),
                scored("≥10次", "8次", "20", "20", "巡查", note="疫情"),
                published_total="98",
                ruleset=SICHUAN,
            )
        ],
        [rows(scored("≥5人", "5人", "60", "60"), scored("≥5人", "5人", "35", "35", "巡查"), ruleset=SICHUAN)],
        [
            lines(
                line("100", "90", points="10", published_score="9"),
                **rows(scored("≥5人", "5人", "90", "90"), published_total="98"),
            )
        ],
        [
            lines(
                line("100", "90", points="10", published_score="9"),
                line("100", "90", "其中：财政拨款", points="10", published_score="9"),
                **rows(scored("≥5人", "5人", "90", "90"), published_total="99"),
            )
        ],
    ],
    "grades": [
        *(
            [rows(scored("≥5人", "5人", "100", total), published_total=total, published_grade=grade)]
            for total, grade in (
                ("90", "优"),
                ("89.99", "优秀"),
                ("80", "良好"),
                ("79.9", "良"),
                ("60", "合格"),
                ("59", "中"),
                ("59", "差"),
                ("0", "优"),
                ("95", "一等"),
                *(
                    ("90.5", "良"),
                    ("90", "良"),
                    ("80.5", "中"),
                    ("80", "中"),
                    ("60.5", "差"),
                    ("60", "差"),
                    ("0", "中"),
                ),
            )
        ),
        [rows(scored("≥5人", "5人", "90", "85"), published_total="85", published_grade="优")],
        [
            rows(
                scored("≥5人", "5人", "100", "85", note="疫情"),
                published_total="85",
                published_grade="优",
                ruleset=SICHUAN,
            )
        ],
    ],
    "blocks": [
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥5次", "4次", "40", "32", "巡查", path=["效益指标", "社会效益"], note="疫情"),
                **tables(
                    table(
                        ["一级指标", "分值", "得分"],
                        ["产出指标", "60分", "60"],
                        ["效益指标", "40", "33"],
                        ["绩效指标", "100", "92"],
                        ["成本指标", "5", "5"],
                        ["", "1", "2"],
                    )
                ),
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", None),
                **tables(table(["一级指标", "权重", "自评得分"], ["产出指标", "50", "40"], ["短"])),
            )
        ],
        [
            lines(
                line("100", "90", points="10", published_score="9"),
                **rows(
                    scored("≥5人", "5人", "90", "90"),
                    **tables(
                        table(["项", "标准分值", "得分"], ["预算执行率", "20", "9"], ["绩效指标合计", "80", "90"])
                    ),
                ),
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "50"),
                {"name": "小计", "points": "50", "published_score": "50"},
                scored("≥5次", "5次", "40", "40", "巡查"),
                {"name": "小计", "points": "40", "published_score": "39"},
                {"name": "合计", "points": "99", "published_score": "90"},
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60", path=["产出指标（50分）", "数量指标"]),
                scored("≥5次", "5次", "40", "40", "巡查", path=["效益指标（40分）", "社会效益"]),
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60", path=["产出指标（50分）", "数量指标"]),
                row("≥5次", "5次", "巡查", path=["产出指标（50分）", "数量指标"]),
            )
        ],
    ],
    "tables": [
        [tables(table(["内容", "数目", "占比"], ["甲", "3", "1%"], ["乙", "4", "2%"], ["合计", "8", "5%"]))],
        [tables(table(["内容", "数目"], ["甲", "3"], ["乙", "4"], ["小计", "7"], ["丙", "5"], ["合 计", "6"]))],
        [tables(table(["内容", "数目"], ["甲", "3"], ["乙", "约4"], ["合计", "8"]))],
        [tables(table(["内容", "数目"], ["甲", "3"], ["乙", None], ["合计：", "8"]))],
        [tables(table(["内容"], ["甲", "3人"], ["乙", "≥4人"], [None, "合计", "8"], title="清单"))],
        [tables(table(["内容", "金额"], ["项目", "10"], ["1.甲", "3"], ["2.乙", "4"]))],
        [
            tables(
                table(["内容", "金额"], ["项目", "10"], ["1.甲", "3"], ["其中：a", "1"], ["2.乙", "4"], ["说明", "1"])
            )
        ],
        [tables(table(["内容", "金额"], ["项目", "10"], ["1.甲", "3"], ["2.乙", "4"], ["……", None]))],
        [
            tables(
                table(
                    ["内容", "金额"],
                    ["一、项目", "10"],
                    ["1.甲", "3"],
                    ["（1）子", "1"],
                    ["2.乙", "4"],
                    ["二、别的", "5"],
                )
            )
        ],
        [tables(table(["内容", "金额"], ["项目", "10"], ["1.甲", "3"]))],
        [tables(table(["内容", "金额"], ["其中", "10"], ["1.甲", "3"], ["2.乙", "4"]))],
        *(
            [tables(table(["编制数", "实际在职人数", "控制率"], ["100", "95", one]))]
            for one in ("95%", "95", "0.95", "96%", "105.26%", "9500%", "约")
        ),
        [tables(table(["编制数", "实际在职人数", "控制率"], ["3", "2", "66.66%"], ["0", "2", "1%"], ["3", "2"]))],
        [
            tables(
                table(["人数", "实际在职人数", "控制率"], ["100", "95", "96%"]),
                table(["编制数", "人数", "控制率"], ["100", "95", "96%"]),
                table(["编制", "控制率"], ["9", "96%"]),
            )
        ],
        [rows(row("≤36万元", "36万元", "维修费"), **tables(table(["内容", "金额"], ["维修费", "≤40万元"])))],
        [rows(row("≤36万元", "36万元", "维修费"), **tables(table(["内容", "金额（万元）"], ["维修费", "40"])))],
        [rows(row("≤36万元", "36万元", "维修费"), **tables(table(["内容", "金额(单位：元)"], ["维修费", "360000"])))],
        [
            rows(
                row("≤36万元", "36万元", "维修费"),
                **tables(table(["内容"], ["维修费", "40万元"], ["维修费", "50万元"])),
            )
        ],
        [
            rows(
                row("≤36万元", "36万元", "维修费"),
                **tables(table(["内容", "数"], ["维修费", "40人"], ["维修费", "40%~50%"])),
            )
        ],
        [rows(row("36万元/项目", "36万元/项目", "维修费"), **tables(table(["内容", "金额"], ["维修费", "40万元"])))],
        [
            tables(
                table(
                    ["经费", "2023年预算数", "2023年决算数"],
                    ["接待", "5", "5"],
                    ["出国", "5", "6"],
                    ["其中：车辆", "0", "1"],
                    ["会议", "0", "0"],
                    ["短"],
                )
            )
        ],
        [tables(table(["经费", "2022年预算数", "2023年决算数"], ["接待", "5", "6"]))],
        [tables(table(["经费", "预算", "实际支出"], ["", "5", "6"], title="三公"))],
        [
            lines(
                line("100", "90", initial="80"),
                **tables(table(["内容", "金额"], ["甲", "50"], ["合计", "50"], title="资金附件")),
            )
        ],
        [
            lines(
                line("100", "90", initial="80"),
                **tables(table(["内容", "金额"], ["甲", "80"], ["合计", "80"], title="资金附件")),
            )
        ],
        [
            lines(
                line("100", "90"),
                **tables(
                    table(["内容", "数量"], ["甲", "50"], ["合计", "50"], title="资金附件"),
                    table(["内容", "金额"], ["甲", "50"], ["合计", "50"], title="其他"),
                ),
            )
        ],
        [
            lines(
                line("100", "90"),
                kind="department",
                **tables(table(["内容", "金额"], ["甲", "50"], ["合计", "50"], title="附件")),
            )
        ],
    ],
    "running text": [
        *(
            [lines(line("348", "336.06", published_rate="96.57%", note=note))]
            for note in (
                "预算执行率为96.57%。",
                "预算执行率为96.6%。",
                "预算执行率为96.5%。",
                "预算执行率为97%。",
                "预算执行率为95%。",
                "2022年预算执行率为95%。",
            )
        ),
        [lines(line("348", "336.06"), goal_result="全年预算执行率为95%。2022年预算执行率为91%。")],
        [lines(line("348", "336.06"), line("100", "91", "其他"), note="执行率91%。")],
        [lines(line("348", "336.06"), **tables(table(["说明"], ["预算执行率为95%"], ["率95%"])))],
        *(
            [rows(row("≥5人", "5人"), published_total="95.5", note=text)]
            for text in (
                *("自评总分为95.5分。", "自评总分为96分。", "自评总分为95分。", "自评总分为94分。"),
                *("因" * size + "，自评总分为94分。" for size in (29, 30, 31, 32)),
            )
        ),
        [rows(row("≥5人", "5人"), note="自评总分为94分。")],
        *(
            [lines(line("348", "336.06", published_rate=rate, note=f"预算执行率为{said}。"))]
            for rate, said in (
                *(("96.57%", "97%"), ("96.57%", "96%"), ("96.57%", "96.50%"), ("96.6%", "96.57%"), ("96.6%", "97%")),
                *(("95%", "95%"), ("95%", "96.6%"), ("96.569%", "96.56%"), (None, "97%"), (None, "96.57%")),
            )
        ),
        [lines(line(None, "336.06", note="预算执行率为95%。"))],
        [lines(line("348", "336.06", note="因" * 30 + "，预算执行率为95%。"))],
        [lines(line("348", "336.06", note="因" * 31 + "，预算执行率为95%。"))],
        [
            lines(
                line("348", "336.06"),
                **tables(table(["说明", "二"], ["执行率为95%", None], ["执行率是95%", "预算执行率95%"])),
            )
        ],
        *(
            [rows(row("≥95%", "96%", name), goal=f"{said}达到90%以上。")]
            for name, said in (
                *(("产品合格率", "合格率"), ("合格率", "产品合格率"), ("产品合格", "合格"), ("及格率", "合格率")),
                *(("学生及格率", "及格率"), ("学生及格率", "全体学生及格率"), ("产品合格数", "产品合格率")),
                ("率", "合格率"),
                *(("产品合格率", "产品合格数"), ("一次合格率", "二次合格率"), ("合格率", "合格率"), ("产品合格率", "")),
            )
        ),
        [rows(row("≥95%", "96%", "合格率"), row("≥95%", "96%", "产品合格率"), goal="产品合格率达到90%以上。")],
        [rows(row("≥95%", "96%", "产品合格率"), goal="产品合格率达到90%以上，新产品合格率达到80%以上。")],
        [rows(row("≥95%", "96%", ""), row("≥95%", "96%", "产品合格率"), goal="产品合格率不低于90%。")],
        [rows(row("≥95人", "96人", "培训人数"), goal="培训人数90。")],
        [rows(row("≥95人", "96人", "培训人数"), goal="培训人数90~99人。")],
        [rows(row("≥95人", "96人", "培训人数"), goal="培训人数90次以上。")],
    ],
    "published scores": [
        *(
            [rows(scored("≥1000人", "873人", "30", printed, note="疫情"), ruleset=SICHUAN)]
            for printed in (
                *("26.19", "26.2", "26", "26.1", "26.10", "26.25", "27", "29", "28.5", "30", "0", "18", "24", "15"),
                *("28", "25", "20.48", "22.86", "29.5", "28.73", "27.46", "24.92", "12", "10", "26.01", "17.46"),
            )
        ),
        *(
            [rows(scored("≤1000人", "1127人", "30", printed, note="疫情"), ruleset=SICHUAN)]
            for printed in ("26.19", "26.62", "26.6", "27", "29", "0", "30", "18", "24", "28", "26.1")
        ),
        *(
            [rows(scored("=100%", actual, "30", printed, "合格率", note="疫情"), ruleset=SICHUAN)]
            for actual, printed in (
                *(("99.98%", "30"), ("99.8%", "30"), ("99.5%", "30"), ("99%", "30"), ("98%", "29"), ("98%", "29.4")),
                *(("100%", "29"), ("100%", "30"), ("约100%", "30"), ("良好", "30"), ("99.98%", "29.99")),
            )
        ),
        *(
            [rows(scored(target, actual, "30", printed, name, note="疫情"), ruleset=ruleset)]
            for ruleset in (SICHUAN, "cn-ah/project")
            for target, actual, printed, name in (
                *(("100人", "80人", "30", "培训人数"), ("100人", "120人", "24", "培训人数")),
                *(("5件", "8件", "30", "投诉数"), ("5件", "3件", "18", "投诉数"), ("0件", "3件", "30", "投诉数")),
                *(("5件", "8件", "30", "办件"), ("5件", "3件", "30", "办件"), ("有效", "较好", "30", "成效")),
                *(("有效", "较差", "30", "成效"), ("有效", "有效", "10", "成效"), ("≥5件", None, "30", "办件")),
                *(("≥5件", None, "0", "办件"), ("≥5件", None, "17", "办件"), ("≥5件", "50件", "20", "办件")),
            )
        ),
        *([rows(scored("≥10人", "10人", "10", score))] for score in ("10", "10.01", "-1", "0")),
        [rows(scored("不适用", "不适用", "10", "10"), scored("不适用", "不适用", "10", "0", "巡查"))],
        [
            rows(
                scored("≥10人", None, "10", "10"),
                scored("≥10人", "10人", "10", None, "巡查"),
                scored("≥10人", "", "10", "0", "抽查"),
                scored("≥10人", None, "10", None, "检查"),
            )
        ],
        [rows(scored("≥10人", None, "10", "10"), scored("≥10人", None, "10", "8", "巡查"), ruleset=SICHUAN)],
        *(
            [rows(scored("≥10人", "8人", "10", score, note="疫情"), ruleset=SICHUAN)]
            for score in ("8", "10", "9", "7.5", "0")
        ),
        *(
            [rows(scored("≥7人", "6人", "10", score, note="疫情"), ruleset=SICHUAN)]
            for score in ("8.57", "8.58", "8.6", "8.5", "9", "8.14")
        ),
        *([rows(scored("≥10人", "10人", "10", score), ruleset=SICHUAN)] for score in ("9", "5")),
        *(
            [rows(scored("≤10天", "12天", "10", score, note="疫情"), ruleset=SICHUAN)]
            for score in ("8.33", "8", "10", "0")
        ),
        *([rows(scored("有效", "较好", "10", score, "成效"), ruleset=SICHUAN)] for score in ("10", "8", "0")),
        *([rows(scored("≥10人", "8人", "10", score, note="疫情"))] for score in ("10", "9")),
        *(
            [rows(scored("10", actual, "10", "10", name, note="疫情"))]
            for actual, name in (("9", "办理情况"), ("10", "办理情况"), ("9", "投诉"), ("-1", "办理情况"))
        ),
        [rows(scored("10", "9", "10", "10", "经费", path=["成本指标", "经济成本"], note="疫情"))],
        *(
            [
                rows(
                    scored("≥10人", "8人", "10", "9", note="疫情"),
                    scored("≥10次", actual, "10", score, "巡查", note="疫情"),
                    ruleset="cn/project",
                )
            ]
            for actual, score in (("5次", "5"), ("10次", "10"), ("5次", "10"))
        ),
        *(
            [rows(scored("10人", "8人", "10", "9", "培训人数", note="疫情"), ruleset=ruleset)]
            for ruleset in ("cn/project", SICHUAN)
        ),
    ],
    "scores of lines": [
        *(
            [lines(line("348", "336.06", points="10", published_score=score), ruleset=SICHUAN)]
            for score in ("9.66", "9.65", "9.7", "10", "9.5", "9.9")
        ),
        [lines(line("348", "336.06", points="10", published_rate="95.57%", published_score="9.56"), ruleset=SICHUAN)],
        [lines(line("348", "360", points="10", published_score="10.34"), ruleset=SICHUAN)],
        [lines(line("348", "360", points="10", published_score="9"), ruleset=SICHUAN)],
        [lines(line("348", "336.06", initial="400", points="10", published_score="8.4"), ruleset=SICHUAN)],
        [lines(line(None, None, points="10", published_rate="95%", published_score="9"), ruleset=SICHUAN)],
        [lines(line("348", "336060000", points="10", published_score="9"), ruleset=SICHUAN)],
        [
            lines(
                line("348", "336.06", points="10", published_score="9.65"),
                ruleset=SICHUAN,
                title="甲",
                organisation="某局",
            ),
            lines(
                line("300", "200", points="10", published_score="6.67"),
                ruleset=SICHUAN,
                title="乙",
                organisation="某局",
            ),
        ],
    ],
    "claims and reasons": [
        *(
            [rows(row("≥100人", "90人", note=note))]
            for note in (None, "/", "已完成", "未完成，因疫情", "疫情", "按计划推进", "因故")
        ),
        *([rows(row("≥90%", "85%", "合格率", note=note))] for note in (None, "返工已完成", "合格率已达标")),
        [rows(row("9月底前", "10月", "完工时间"))],
        [
            rows(
                row("10个工作日内", "100%"),
                row("≤30万元", "完成"),
                row("有效", "95%"),
                row("9月前", "完成"),
                row("良好", "达成预期指标"),
                row("较好", "满意"),
                row("是", "优"),
            )
        ],
        *(
            [rows(row("≥100人", "90人", "培训", note="疫情"), goal_result=text)]
            for text in (
                "全年各项任务均已完成。",
                "产出指标全部完成。",
                "效益指标全部完成。",
                "数量指标均已完成，质量指标均已完成。",
                "计划完成各项指标。",
            )
        ),
        [rows(row("≥100人", "90人", "培训", note="疫情"), goal="各项指标全部完成。")],
        *(
            [rows(row("≥5人", "5人"), goal=text, goal_result=other)]
            for text, other in (
                ("加强业务培训和宣传。", "加强业务培训和宣传"),
                ("加强业务培训。", "加强业务培训。"),
                ("加强业务培训和宣讲会。", "加强业务培训和宣讲会"),
                ("加强业务培训和宣传。", "加强业务培训和宣导。"),
            )
        ),
        *(
            [rows(row("=1套", "1套", name), goal_result=text)]
            for name, text in (
                ("完成密码应用安全评估", "密码应用安全评估未开展。"),
                ("完成安全评估", "安全评估未开展。"),
                ("密码应用安全评估", "未开展密码应用安全评估。"),
                ("密码应用安全评估", "密码应用安全评估已完成。"),
                ("系统安全评估", "系统安全评估未开展。"),
            )
        ),
        [rows(row("=1套", "1套", "密码应用安全评估"), **lines(line("10", "10", note="密码应用安全评估已取消")))],
        *(
            [rows(row("=1套", "1套", name), goal_result=text)]
            for name, text in (
                ("安全评估工作", "安全评估工作未开展。"),
                ("安全评估工", "安全评估工未开展。"),
                ("安全评估工作", "年内未开展的有安全评估工作。"),
                ("安全评估工作", "安全评估工作，" + "因" * 60 + "，未开展。"),
                ("安全评估工作", "安全评估工作，" + "因" * 75 + "，未开展。"),
            )
        ),
        *(
            [rows(row("≥100人", "90人", "培训", note="疫情", path=path), goal_result=f"{kind}全部完成。")]
            for kind in ("数量指标", "质量指标", "产出指标", "产出", "效益指标", "各项指标")
            for path in (["产出指标", "数量指标"], ["产出", "数量"], [])
        ),
        [rows(row("=1套", "0套", "安全评估工作", note="疫情"), goal_result="安全评估工作未开展。")],
        *([rows(row("≥100人", "90人", "培训", note="完成情况" * times))] for times in (9, 10, 11, 30)),
        *(
            [
                rows(
                    row("≥100人", "90人", "培" * 20 + "训" * more, note="疫情"),
                    goal_result="各项任务" * size + "全部完成。",
                )
            ]
            for more, size in ((0, 11), (1, 12), (2, 14))
        ),
        *(
            [
                rows(
                    row("≥5人", "5人"),
                    goal="加强业务培训和" * times + "宣传。",
                    goal_result="加强业务培训和" * times + "宣传",
                )
            ]
            for times in (5, 6, 8, 9, 12)
        ),
        *(
            [rows(row("≥90%", actual, "抽查合格率", note=note))]
            for actual, note in (
                ("90%", "抽查100份，合格95份"),
                ("95%", "抽查100份，合格95份"),
                ("95.5%", "抽查200份，合格191份"),
                ("96%", "抽查200份，合格191份"),
                ("95.4%", "抽查200份，合格191份"),
                ("95人", "抽查100份，合格95份"),
                (None, "抽查100份，合格95份"),
                ("90%", "抽查95份，合格100份"),
                ("90%", "合格95份"),
                ("95%", "第一批抽查50份，第二批抽查100份，合格95份"),
                ("90%", "第一批抽查50份，第二批抽查100份，合格95份"),
                ("90%", "共100份问卷，其中95份满意"),
                ("90%", "发放问卷100份，收回95份"),
                ("100%", "抽查100份，合格100份"),
                ("99%", "抽查100份，合格100份"),
            )
        ),
        *(
            [rows(row(target, actual, "办理情况", note="疫情"))]
            for target, actual in (
                *(("2023年底前", "较好"), ("较上年增长5%", "较好"), ("90%~95%", "较好"), ("良好", "合格")),
                *(("良好", "优秀"), ("良好", "满意"), ("合格", "良好"), ("显著提升", "高"), ("良好", "5%")),
                *(("≥5次", "10%"), ("≥5%", "10次"), ("应检尽检", "1200人"), ("零投诉", "2起"), ("一级", "良好")),
            )
        ),
    ],
    "explanations": [
        *(
            [lines(line("100", spent, points="10", published_score=score, note=note), ruleset=SICHUAN)]
            for spent, score, note in (
                ("89.99", "9", None),
                ("90", "9", None),
                ("80", "8", "已完成"),
                ("80", "8", "疫情"),
                (None, None, None),
            )
        ),
    ],
    "goals in words": [
        *(
            [rows(row("≤1‰", "0.5‰", "贷款逾期率"), goal=text)]
            for text in (
                "个贷逾期率控制在1%以内。",
                "个贷逾期率控制在1‰以内。",
                "个贷逾期率控制在3‰以内。",
                "个贷逾期率控制在1天以内。",
            )
        ),
        *(
            [rows(row("≥100人", "110人", "培训人数"), goal_result=text)]
            for text in ("培训人数120人。", "培训人数110人。", "培训人数1100人。", "培训人数110天。", "培训人数若干。")
        ),
        [
            rows(
                row("≥100人", "110人", "培训人数"),
                row("≥100人", "110人", "技能培训人数"),
                goal_result="培训人数120人。",
            )
        ],
        [rows(row("≥100人", "110人", "培训人数"), goal_result="培训人数120人，技能培训人数130人。")],
        [
            rows(
                row(None, "110人", "培训人数", targets={"half_year": "≥50人", "full_year": "≥100人"}),
                goal="培训人数120人以上。",
            )
        ],
    ],
    "targets": [
        *(
            [rows(row(None, "5人", "办件", targets={"half_year": half, "full_year": full}))]
            for half, full in (
                *(("3~5人", "≤2人"), ("3~5人", "≤3人"), ("3~5人", "≤4人"), ("≥3人", "1~2人"), ("≥3人", "1~3人")),
                *((">3人", "<2人"), ("=3人", "=2人"), ("=3人", "≤2人"), ("≥3人", "=2人"), ("3人", "≤2人")),
                *(("≥3人", "≤2次"), ("≥3", "≤2"), ("≥3%", "≤2%"), ("≥3天", "≤2天"), ("≥3个月", "≤2个月")),
                *(
                    ("≤3人", "=5人"),
                    ("≤3人", "≥5人"),
                    ("≤3人", "5人"),
                    ("≥3人", "=5人"),
                    ("有效", "≥5人"),
                    ("有效", "良好"),
                ),
                *(
                    ("约3人", "约5人"),
                    ("≥3人", "不适用"),
                    ("≥3人", "较上年增长5%"),
                    ("≥3万人", "≤2000人"),
                    ("工3", "≥5人"),
                ),
            )
        ),
        [rows(row(None, "3件", "投诉", targets={"half_year": "≥0件", "full_year": "≥0件"}))],
        *(
            [rows(row("≥100人", actual, note=note))]
            for actual, note in (
                ("119人", None),
                ("120人", None),
                ("99999人", None),
                ("100000人", None),
                ("130人", "扩大范围"),
                ("130人", "已完成"),
            )
        ),
        *(
            [rows(row("≥100人", actual), ruleset="cn/project")]
            for actual in ("120人", "130人", "131人", "150人", "200人")
        ),
        *(
            [rows(row(None, "9人", targets={"half_year": half, "full_year": full}))]
            for half, full in (
                ("≥5人", "≥10人"),
                ("≥5人", "=10人"),
                ("≤5人", "=10人"),
                ("≥6人", "≤5人"),
                ("≥5人", "≤5人"),
                ("5%~8%", "≤4%"),
                ("≥6天", "≤5天"),
                ("有效", "≥5人"),
                ("≥6", "≤5"),
                ("≥6人", "≤5次"),
                (">5人", "<5人"),
                ("=6人", "3~5人"),
                ("?", "≥5人"),
            )
        ),
        *(
            [rows(row(target, actual, name))]
            for name, target, actual in (
                ("逾期不超过0.4%", "≤0.5%", "0.4%"),
                ("逾期不超过0.5%", "≤0.5%", "0.4%"),
                ("3级以上事故", "≤5起", "0起"),
                ("5人以上培训", "10次", "10次"),
                ("培训100人以上", "100人", "100人"),
                ("培训100人以上", "120人", "120人"),
                ("约100人培训", "≥100人", "100人"),
                ("60%~80%达标", "60%~80%", "70%"),
                ("60%~80%达标", "60%~90%", "70%"),
            )
        ),
    ],
    "results that show nothing": [
        *(
            [rows(row("≥10次", actual, name))]
            for name, actual in (("巡查", "≥10次"), ("巡查", ">10次"), ("巡查", "≥11次"), ("满意度", "≥10次"))
        ),
        *(
            [rows(row("≥90%", "92%", "群众满意度", note=note), goal_result=text)]
            for note, text in (
                (None, None),
                ("无", None),
                ("发放问卷200份", None),
                ("工作开展顺利", None),
                ("工作开展顺利", "经问卷调查满意度较高"),
            )
        ),
        [rows(row("≥90%", "不适用", "群众满意度", note="工作开展顺利"))],
        *(
            [rows(row("≥5人", "5人"), goal_result=text)]
            for text in (
                "2022年完成培训5场。",
                "2023年完成培训5场。",
                "2022年完成培训5场，2023年继续。",
                "完成2022年培训5场。",
            )
        ),
    ],
    "units": [
        *(
            [rows(row(target, actual, name, **cells))]
            for target, actual, name, cells in (
                *(("≥1亿元", "9000万元", "产值", {}), ("≥85%", "八成", "合格率", {}), ("≥5元", "4元/人", "补助", {})),
                *(("≥5万元/人", "4元/人", "补助", {}), ("≥5", "6", "补助资金", {}), ("≥5", "6", "合格率", {})),
                *(
                    ("≥5", "6", "补助资金", {"unit": "元"}),
                    ("≥5", "6元", "补助资金", {}),
                    ("≥5元", "6", "补助资金", {}),
                ),
                *(("≥5", None, "补助资金", {}), ("≥5", None, "合格率", {}), ("有效", "6", "合格率", {})),
                *(("≥5天", "6个月", "工期", {}), ("≤5小时", "300分钟", "时长", {}), ("≤5人", "6次", "办件", {})),
                *(("≥1万元", "9000", "产值", {}), ("≥1亿", "9000万", "产值", {}), ("≥1万人", "9000人", "人数", {})),
            )
        ),
        *(
            [rows(row(target, actual, name, path=["满意度指标"], note=note), **cells)]
            for target, actual, name, note, cells in (
                *(("≥90%", "95%", "群众满意度", None, {}), ("≥90%", "95%", "群众满意度", "发放问卷", {})),
                *(("≥90%", "95%", "群众满意度", "无", {}), ("≥90%", "满意", "群众满意度", None, {})),
                *(("≥90%", "不适用", "群众满意度", None, {}), ("≥90%", "≥90%", "群众满意度", None, {})),
                *(("≥90%", "≥90%", "群众支持率", None, {}), ("≥90%", "95%以上", "群众满意度", "未调查", {})),
                *(("≥90%", "95%", "群众满意度", None, {"note": "问卷调查"}), ("≥90%", "95%", "支持率", None, {})),
                *(
                    ("≥90%", "95%", "群众满意度", "完成", {"goal_result": "开展调查"}),
                    ("≥90%", "95%", "满意度", "/", {}),
                ),
            )
        ),
        *(
            [rows(row("≥5人", "5人"), goal_result=text, year=year)]
            for text, year in (
                *(("2022年完成培训。", 2023), ("2023年完成培训。", 2023), ("2024年完成培训。", 2023)),
                *(("2022年完成培训，2023年继续。", 2023), ("完成2022年培训。", 2023), ("2022年完成培训。", None)),
                *(
                    ("2022年" + "完" * 34 + "。", 2023),
                    ("2022年" + "完" * 35 + "。", 2023),
                    ("2021年与2022年完成。", 2023),
                ),
            )
        ),
        *(
            [rows(row(target, actual))]
            for target, actual in (("≥48亿元", "500000万元"), ("≥48亿元", "50亿元"), ("≤2%", "0.22‰"))
        ),
        *(
            [rows(row("≥93", actual, name))]
            for name, actual in (
                ("服务对象满意度", "95"),
                ("服务对象满意度", None),
                ("年度归集额", "95"),
                ("年度归集额", None),
                ("服务对象满意度", "95%"),
                ("培训", "95"),
            )
        ),
        [rows(row("≥93", "95", "服务对象满意度", unit="%"))],
        *([rows(row(target, actual))] for target, actual in (("≥95人", "98"), ("≥95", "98人"), ("≥95%", "0.98"))),
        [rows(row("≥28.8万元", "30万元", unit="%"), row("≥**人", "300人", "巡查"), row("≥3人", "工5%", "抽查"))],
        [lines(line("约100", "80", points="10"), line("100", "80人", "其他", points="10"), ruleset=SICHUAN)],
        *([rows(row(target, actual))] for target, actual in (("≥48亿元", "50人"), ("≥90人", "95天"), ("≥90%", "95人"))),
        *(
            [rows(row(target, "0次", name))]
            for name, target in (("事故率", "≤2次"), ("事故率", "≤2%"), ("事故数", "≤2次"), ("事故率", "≤2天"))
        ),
        [rows(row(None, "0次", "投诉率", targets={"half_year": "≤1次", "full_year": "≤2次"}))],
    ],
    "several forms": [
        *(
            [
                rows(row(one, "99%", "职工满意度"), title="表：甲", organisation="某局"),
                rows(row(other, "99%", "职工满意度"), title="表：乙", organisation="某局"),
                rows(row(other, "99%", "职工满意度"), title="表：丙", organisation="某局"),
            ]
            for one, other in (("≥90%", "≥90%"), ("≥90%", "≥95%"), ("≥9%", "≥90%"), ("90%~95%", "90%~96%"))
        ),
        *(
            [
                rows(row("≥90", one, "走访", unit="人"), title="甲", organisation="某局"),
                rows(row("≥90", other, "走访", unit="人"), title="乙", organisation="某局"),
            ]
            for one, other in (
                ("99", "99"),
                ("99", "98"),
                ("99", "990"),
                ("99人", "98"),
                ("99", None),
                ("99", "不低于99"),
                ("不低于99", "不低于98"),
                ("98.9", "99"),
            )
        ),
        *(
            [
                rows(row("≥90人", "95人", "走访"), title=one, organisation="某局"),
                rows(row("≥90人", "96人", "走访"), title=other, organisation="某局"),
            ]
            for one, other in (("甲：一", "乙：二"), ("甲：一", "甲："), ("甲：一", "甲：二"), ("甲", "乙"))
        ),
        [
            rows(row("≥90人", actual, "走访"), title=title, organisation="某局")
            for title, actual in (("甲", "95人"), ("乙", "96人"), ("丙", "96人"), ("丁", "97人"), ("戊", "走访95人"))
        ],
        [
            rows(row("≥5亿元", "6亿元", "产值"), title="甲", organisation="某局"),
            rows(row("≥50000万元", "60000万元", "产值"), title="乙", organisation="某局"),
            rows(row("≥5亿元", "6亿元", "产值"), title="丙", organisation="另一局"),
            rows(row("≥7亿元", "6亿元", "产值"), title="丁", organisation="某局", year=2022),
            rows(row("≥7亿吨", "6亿吨", "产值"), title="戊", organisation="某局"),
            rows(row("不适用", "不适用", "产值"), title="己", organisation="某局"),
        ],
        *(
            [
                lines(
                    line("100", "100"),
                    title="部门",
                    kind="department",
                    amount_unit="万元",
                    organisation="某局",
                    **(tables() if whole is None else tables(table(["项", "额"], ["项目支出", whole]))),
                ),
                lines(line(budget, spent), title="项目一", amount_unit="万元", organisation="某局"),
                lines(line("10", "10"), title="项目二", amount_unit=unit, organisation="某局"),
            ]
            for whole, budget, spent, unit in (
                ("60", "50", "50", "万元"),
                ("60", "51", "40", "万元"),
                ("60", "50", "51", "万元"),
                ("60", "60", "60", "元"),
                (None, "90", "90", "万元"),
                ("约", "90", "90", "万元"),
            )
        ),
        [
            lines(
                line("100", "100"), line("60", "50", "项目支出"), title="部门", kind="department", organisation="某局"
            ),
            lines(line("60", "51"), title="项目一", organisation="某局"),
        ],
        *(
            [
                lines(
                    *(line("100", "100"), line("60", "50", "项目支出")),
                    title="部门",
                    kind="department",
                    organisation="某局",
                    amount_unit="万元",
                ),
                lines(line(budget, spent), title="项目一", organisation="某局", amount_unit=unit),
            ]
            for budget, spent, unit in (("60", "51", "万元"), ("600000", "500001", "元"), ("60", "50", "万元"))
        ),
    ],
    "costs": [
        *(
            [
                rows(
                    row(target, "90万元", "项目成本", path=["成本指标", "经济成本"]),
                    amount_unit="万元",
                    **lines(line("100", "90", initial="120")),
                )
            ]
            for target in (
                "≤100万元",
                "≤120万元",
                "≤121万元",
                "≤99万元",
                "≥130万元",
                "130万元",
                "=130万元",
                "<130万元",
                "≤130元/项目",
            )
        ),
        *(
            [
                rows(
                    row("≤100万元", actual, "项目成本", path=["成本指标", "经济成本"]),
                    amount_unit="万元",
                    **lines(line("100", "90")),
                )
            ]
            for actual in ("90万元", "91万元", "89万元", None, "约90万元", "工9")
        ),
        [
            rows(
                row("≤50万元", "40万元", "人工", path=["成本指标", "经济成本"]),
                row("≤50万元", "45万元", "材料", path=["成本指标", "经济成本"]),
                amount_unit="万元",
                **lines(line("100", "90")),
            )
        ],
        [
            rows(
                row("≤50万元", "40万元", "人工", path=["成本指标", "经济成本"]),
                row("≤50万元", "55万元", "材料", path=["成本指标", "经济成本"]),
                amount_unit="万元",
                **lines(line("100", "90")),
            )
        ],
        [
            rows(
                row("≤50万元", "40万元", "人工", path=["成本指标", "经济成本"]),
                amount_unit="万元",
                **lines(line("100", "90")),
            )
        ],
        [rows(row("≤130万元", "140万元", "项目成本", path=["成本指标", "经济成本"]), **lines(line("100", "90")))],
        *(
            [rows(*found, amount_unit="万元", **lines(line("100", "90", initial="120")))]
            for found in (
                [cost("≤50万元", "40万元"), row("≤60万元", "60万元", "补助", path=["产出指标"])],
                [cost("≤50万元", "95万元"), row("≤60万元", "60万元", "补助", path=["产出指标"])],
                [cost("≤50万元", "40万元"), cost("≤5人", "5人", "人工"), cost("有效控制", "有效控制", "控制")],
                [cost("≤50万元", "95万元"), cost("不适用", "不适用", "人工")],
                [cost("≤50万元", "40万元"), cost("≤60万元", "50万元", "人工")],
                [cost("≤50万元", "40万元"), cost("≤60万元", "51万元", "人工")],
                [cost("≤50万元", "40万元"), cost("≤60万元", None, "人工")],
                [cost("≤50万元", "40万元"), cost("≤60万元", "工9", "人工")],
                [cost("≤120万元", "95万元"), cost("≤2万元/人", "工9", "人均补助")],
                [cost("≤120万元", "95万元"), cost("≤2万元/人", None, "人均补助")],
                [cost("≤120万元", "95万元"), cost("≤2万元/人", "/", "人均补助")],
                [cost("≤50万元", "40万元"), cost("≤2万元/人", "1万元/人", "人均补助")],
                [cost("≤50万元", "90万元"), cost("≤2万元/人", "1万元/人", "人均补助")],
                [cost("≤50万元", "91万元"), cost("≤2万元/人", "1万元/人", "人均补助")],
                [cost("≤50万元", "40万元"), cost("≤60万元", "45万元", "设备采购单价")],
                [cost("≤50万元", "40万元"), cost("≤60", "51", "人工", unit="万元/项目")],
                [cost("≤50万元", "40万元"), cost("≤60", "51", "人工", unit="万元/年")],
                [cost("有效控制", "91万元")],
                [cost("≤100万元", "有效控制")],
                [cost("≤120万元", "91万元")],
                [cost("≤119万元", "91万元")],
                [cost("≤100万元", "0.91亿元")],
            )
        ),
        [rows(cost("≤100万元", "95万元"), amount_unit="万元", budget=[])],
        [rows(cost("≤100万元", "95万元"), amount_unit="万元", **lines(line(None, "90")))],
        [rows(cost("≤100万元", "95万元"), amount_unit="元", **lines(line("1000000", "900000", initial="100万元")))],
        [rows(cost("≤130万元", "95万元"), amount_unit="万元", **lines(line("1000000元", "0.009亿元")))],
        [
            rows(
                cost("≤130万元", "95万元", places={"target": "表1!C3", "name": "表1!A3"}),
                cost("≤130万元", "95万元", "人工", places={"name": "表1!A4"}),
                amount_unit="万元",
                **lines(line("100", "90", places={"budget": "表1!B1"})),
            )
        ],
        *(
            [
                lines(
                    line("100", "100"), kind="department", organisation="某局", **tables(table(["项", "额"], [*cells]))
                ),
                lines(line("90", "90"), title="项目一", organisation="某局"),
            ]
            for cells in (["项目支出", "60", "5"], ["基本支出", "60"], ["项目支出", "60"], ["项目支出", "95"])
        ),
    ],
    "the shape of the form": [
        [
            rows(
                scored("≥5人", "5人", "50", "50"),
                scored("≥5次", "5次", "20", "20", "巡查", path=["效益指标", "社会效益"]),
                scored("≥90%", "95%", "10", "10", "群众满意度", path=["满意度指标", "服务对象"], note="发放问卷"),
                scored("≤5万元", "5万元", "10", "10", "成本", path=["成本指标", "经济成本"]),
                ruleset=SICHUAN,
                **lines(line("100", "100", points="10", published_score="10")),
            )
        ],
        [
            rows(
                scored("≥5人", "5人", "60", "60"),
                scored("≥5次", "5次", "30", "30", "巡查", path=["别的指标", "社会效益"]),
                ruleset=SICHUAN,
                **lines(line("100", "100", points="10", published_score="10")),
            )
        ],
        [
            rows(
                row("≥5人", "5人", "巡查"),
                row("≥5人", "6人", "1.巡查"),
                row("≥6人", "6人", "巡查"),
                row("有效", "有效", "成效"),
                row("有效提升", "有效", "成效"),
                row("≥5人", "5人", "巡查", path=["效益指标"]),
            )
        ],
        [rows(row("", "5人", "巡查"), row("", "6人", "巡查"), row("≥5人", "6人", ""), row("≥5人", "6人", ""))],
        [rows(row("10", "10", points="10"), row("20", "20", "巡查", points="20"))],
        [rows(row("10", "10", points="10"), row("20", "20人", "巡查", points="20"))],
        [rows(row("10.5", "10.5", points="10.5"))],
        [
            rows(
                row("10", "9", points="10", published_score="9", note="疫情"),
                row("20", "18", "巡查", points="20", published_score="18", note="疫情"),
            )
        ],
        *(
            [rows(row("≥5人", "5人"), amount_unit=unit, **lines(line(budget, spent, published_rate="90%")))]
            for budget, spent, unit in (
                *(("100万元", "85", "万元"), ("1亿元", "8500", "万元"), ("100", "85万元", "元"), ("100", "85", None)),
                *(("1,000,000", "850000元", "万元"), ("100%", "85", "万元"), ("100万元", "85万元", "人")),
            )
        ),
        *(
            [rows(*found)]
            for found in (
                [row("有效", "5人"), row("有效提升", "5人")],
                [row("有效提升", "有效"), row("有效", "有效")],
                [row("≥5人", "5人"), row("≥05人", "5人")],
                [row("工5", "5人"), row("工5", "5人")],
                [row("工5", "5人"), row("≥5人", "5人")],
                [row("≥5人", "5人"), row("≥5次", "5次")],
                [row("≥5", "5", unit="人"), row("≥5人", "5人")],
            )
        ),
        *(
            [
                rows(
                    scored("≥5人", "5人", "50", "50", path=[one]),
                    scored("≥5次", "5次", points, "20", "巡查", path=[other]),
                    scored("≥90%", "95%", "10", "10", "群众满意度", path=["满意度指标"], note="发放问卷"),
                    ruleset=SICHUAN,
                    **lines(line("100", "100", points=own, published_score=own)),
                )
            ]
            for one, other, points, own in (
                *(("产出指标", "效益指标（20分）", "30", "10"), ("产出", "效益", None, "10")),
                *(("成本指标", "产出指标", "30", "10"), ("预算执行率", "产出指标", "30", None)),
                *(("产出指标(50)", "效益指标", "30", "0"), ("", "效益指标", "30", "10")),
            )
        ),
        *(
            [rows(*(row(points, points, name) for name, points in zip("甲乙丙", found, strict=True)))]
            for found in (("50", "30", "20"), ("50", "30", "10"), ("50", "30", "21"), ("50%", "30", "20"))
        ),
        [rows(row("50", "50", "甲"), row("50", "50", "乙"))],
        [
            lines(
                line("100", "90", points="十", published_rate="约", published_score="x"),
                **rows(
                    scored("≥5人", "5人", "6O", "约", published_deviation="约两成"),
                    published_total="九十",
                    published_points="一百",
                ),
            )
        ],
        [
            rows(
                row("≥5人", "5人", published_score="10", stored={"actual": "5.4", "published_score": "9.9"}),
                **lines(line("100", "90", published_rate="90%", stored={"published_rate": "0.899", "budget": "99.6"})),
            )
        ],
        [rows(row("≥5人", "5人"), ruleset=SICHUAN, year=2010)],
    ],
    "figures below one": [
        [rows(scored("≥0.3人", "0.3人", "0.3", "0.5"))],
        [rows(scored("不适用", "不适用", "1", "0.5"))],
        [rows(scored("≥10人", None, "1", "0.5"))],
        [rows(scored("10", "15", "10", "10", note="疫情"))],
        [rows(scored("10", "0", "10", "10", note="疫情"))],
        [rows(row("≥0.5人", "0.9人"))],
        [rows(row("≥-5人", "-9人"))],
        [tables(table(["经费", "2023年预算数", "2023年决算数"], ["接待", "0.5", "0.6"]))],
        *(
            [lines(line(budget, spent, initial=initial))]
            for budget, spent, initial in (
                ("0.5", "-0.5", "-0.5"),
                ("0.5", "0.6", None),
                ("0", "0.5", None),
                ("0", "0", "0.5"),
                ("0.5", "0.5", "0.6"),
            )
        ),
        [rows(scored("≥5人", "5人", "100", "0.5"), published_total="0.5", published_grade="中")],
        [
            rows(
                scored("≥0.5人", "0.4人", "1", "0.9", note="疫情"),
                scored("≥0.5人", "0.4人", "1", "0.8", "巡查", note="疫情"),
                ruleset=SICHUAN,
            )
        ],
        [lines(line("0.5", "0.4", points="1", published_score="0.9"), ruleset=SICHUAN)],
        [
            rows(
                row("≤0.5万元", "0.4万元", "项目成本", path=["成本指标", "经济成本"]),
                amount_unit="万元",
                **lines(line("0.3", "0.2", initial="0.5")),
            )
        ],
        [rows(row("0.5", "0.5", points="0.5"), row("0.4", "0.4", "巡查", points="0.4"))],
    ],
    "what is missing": [
        *(
            [lines(line(budget, spent, initial=initial, adjustment=adjustment, published_rate=rate))]
            for budget, spent, initial, adjustment, rate in (
                (None, "5", None, None, "5%"),
                ("5", None, None, None, "5%"),
                ("5", "4", None, "1", None),
                ("5", "5", "4", None, None),
                (None, "5", "4", "1", None),
                ("5", "5", None, None, None),
                (None, None, "4", None, "5%"),
            )
        ),
        [
            rows(
                row("有效", "较好", published_deviation="5%"),
                row("≥5人", "有效", "巡查", published_deviation="5%"),
                row("≥5人", "4人", "抽查", note="疫情"),
            )
        ],
        [
            lines(
                line("348", "336.06"),
                **rows(
                    row("≥90%", "较高", "预算执行率"), row("≥90%", None, "结转结余率"), row("≤20%", "5%", "预算调整率")
                ),
            )
        ],
        [rows(row("≥90%", "95%", "预算执行率"))],
        [
            tables(
                table(
                    ["编制数", "实际在职人数", "控制率"],
                    [None, "5", "5%"],
                    ["5", None, "5%"],
                    ["5", "5", None],
                    ["0", "5", "5%"],
                )
            )
        ],
        [
            tables(
                table(
                    ["经费", "2023年预算数", "2023年决算数"],
                    ["接待", None, "6"],
                    ["出国", "5", None],
                    ["车辆", "5%", "6"],
                )
            )
        ],
        [lines(line(None, None), **tables(table(["内容", "金额"], ["甲", "50"], ["合计", "50"], title="附件")))],
        [
            lines(
                line("100", None),
                **rows(row("≤130万元", "90万元", "项目成本", path=["成本指标", "经济成本"]), amount_unit="万元"),
            )
        ],
        [rows(row("≤130万元", "90万元", "项目成本", path=["成本指标", "经济成本"]), amount_unit="万元")],
        [rows(row("≥5人", "5人", published_score="5"), row("≥5人", "5人", "巡查", points="5"), published_total="5")],
        [rows(row("≥5人", "5人"), published_total="5", published_grade="优")],
        [rows(scored("≥5人", "5人", "5", "5"), published_grade="优")],
        [rows({"name": "巡查"}, {"target": "≥5人"}, {"actual": "5人"})],
        [
            lines(
                {"label": "总额"},
                {"label": "其他", "published_rate": "5%", "published_score": "5", "points": "5"},
                ruleset=SICHUAN,
            )
        ],
        [rows(row(None, "9人", targets={"half_year": "≥5人"}))],
        [
            rows(
                row("≥90%", None, "群众满意度", note="工作开展顺利"),
                row("≥90%", "较好", "服务满意度", note="工作开展顺利"),
            )
        ],
        [rows(row("≥5人", "5人"), goal_result="2022年完成。", year=None)],
        [
            rows(
                row("≥36万元", "40万元", "维修费"),
                **tables(table(["内容", "金额"], ["维修费", None], ["维修费", "若干"], [None, "40万元"])),
            )
        ],
    ],
    "lists": [
        [tables(table(["内容", "金额"], [own, "10"], [first, "3"], [second, "4"]))]
        for own, first, second in (
            ("1.项目", "1.甲", "2.乙"),
            ("2.项目", "1.甲", "2.乙"),
            ("一、项目", "1.甲", "2.乙"),
            ("项目", "2.甲", "3.乙"),
            ("项目", "1.甲", "一、乙"),
            ("", "1.甲", "2.乙"),
            ("项目", "（1）甲", "（2）乙"),
            ("合计", "1.甲", "2.乙"),
        )
    ],
    "scales of words": [
        *(
            [rows(row("≥100人", "110人", "培训人数"), goal_result=f"培训人数{number}人。")]
            for number in ("11000", "110000", "1100000", "11", "1.1")
        ),
        [rows(row("≥100人", "110人", "人数"), goal_result="培训人数120人。")],
        [rows(row("≥95%", "96%", "产品合格率"), goal="产品优良率达到90%以上。")],
        [rows(row("≥95%", "96%", "产品合格率"), goal="学生及格率达到90%以上。")],
        [rows(row("≥95%", "96%", "产品合格率"), goal="一次合格率达到90%以上。")],
        *(
            [
                rows(row("≥5元", "9元", "补助标准"), title="甲", organisation="某局"),
                rows(row(other, "9元", "补助标准"), title="乙", organisation="某局"),
            ]
            for other in (
                *("≥50元", "≥500元", "≥5000元", "≥50000元", "≥50万元", "≥500万元", "≥5000万元", "≥5亿元", "≥50亿元"),
                *("≥0.5元", "≥6元"),
            )
        ),
    ],
}

_BONUS = (
    rule('adjusts: "[0, 10]"\nformula: min(10, 完成值 * 2)\n', "name: 国家级表彰", "nation")
    + rule('adjusts: "[-5, 5]"\nformula: min(5, 完成值)\n', "name: 省级表彰", "province")
    + rule("formula: 分值 * min(完成率, 1)\nrounding: {digits: 2, mode: down}", "name: [培训, 甲, 乙, 丙, 丁]", "ratio")
)
#: Rules of adjustments and of scores that are cut off, under each bound, and the forms that each is for.
BONUS = ("", '- {within: "[-4, 3]"}', '- {names: [国家级表彰, 省级表彰], within: "[0, 8]"}')
ADDED: list[Cells] = [
    rows(
        scored("≥1000人", "873人", "100", score, "培训", note="疫情"),
        {"path": ["加分"], "name": "国家级表彰", "target": "≥1", "actual": nation, "published_score": first},
        {"path": ["加分"], "name": "省级表彰", "target": "≥1", "actual": "3", "published_score": second},
        published_total=total,
    )
    for score, nation, first, second, total in (
        *(("87.3", "2", "4", "3", "94.3"), ("87.3", "2", "4", "3", "90.3"), ("87.3", "2", "4", "3", "95.3")),
        *(("87.3", "2", "5", "3", "95.3"), ("87.3", "2", "11", "3", "101.3"), ("87.3", "2", "4", "-6", "85.3")),
        *(("87.3", "2", None, "3", "90.3"), ("87.3", None, "4", "3", "94.3"), ("80", "2", "4", "3", "87")),
        *(("87.3", "6", "10", "3", "100.3"), ("87.3", "6", "10", "3", "95.3"), ("100", "2", "4", "3", "107")),
        *(("87.3", "约2", "4", "3", "94.3"), ("87.3", "2", "4.4", "3", "94.7"), ("87.3", "2", "-1", "3", "89.3")),
    )
]
ADDED += [
    rows(
        *(
            scored("≥1000人", actual, "30", score, name, note="疫情")
            for name, actual, score in zip("甲乙丙丁", ("873人", "877人", "871人", "100人"), found, strict=True)
        )
    )
    for found in (
        *(("26.19", "26.31", "26.13", "3"), ("26.1", "26.3", "26.1", "3"), ("26.2", "26.4", "26.2", "3")),
        *(
            ("26", "26", "26", "3"),
            ("27", "27", "27", "3"),
            ("26.1", "26.4", "26.2", "3.0"),
            ("26.1", "26.3", "26", "30"),
        ),
    )
]


#: What a ruleset says of its forms, and forms under it.
RULED: list[tuple[str, list[Cells]]] = [
    (
        "explanations: [{when: 完成率 < 90%, about: 未完成}, {row: budget, when: 执行率 < 50%, about: 未执行}]",
        [
            *(
                rows(scored("≥10人", actual, "100", None, note=note))
                for actual, note in (("8人", None), ("9人", None), ("8人", "疫情"))
            ),
            rows(scored("有效", "较好", "100", None)),
            *(
                lines(line("100", spent, points=points))
                for spent, points in (("49", "10"), ("50", "10"), ("49", None), (None, "10"))
            ),
        ],
    ),
    (
        "explanations: [{when: 达标 或 偏差率 > 5, about: 达标的}, {when: 完成值 = 指标值, about: 相等的}]",
        [rows(scored("≥10人", actual, "100", None)) for actual in ("10人", "8人", "有效", "70人")],
    ),
    ("far_exceeded: 150%", [rows(scored("≥100人", actual, "100", None)) for actual in ("150人", "151人", "130人")]),
    (
        "either: [{names: [甲, 乙], take: judge}]",
        [
            rows(
                scored("≥10人", "6人", "40", "24", "甲"),
                scored("≥10人", "8人", "40", other, "乙"),
                scored("≥10人", "8人", "60", "48", "丙"),
                published_total=total,
            )
            for other, total in (("32", "72"), ("32", "80"), ("32", "104"), (None, "72"))
        ],
    ),
    (
        "far_exceeded: 200%",
        [
            rows(*(scored("≥1000人", actual, "50", score, name) for name, actual, score in found))
            for found in (
                (("甲", "999人", "50"), ("乙", "950人", "47.5"), ("丙", "951人", "47.55")),
                (("甲", "999人", "50"), ("乙", "950人", "47.5"), ("丙", "1000人", "50")),
                (("甲", "999人", "50"), ("乙", "950人", "47.5"), ("丙", "951人", None)),
                (("甲", "999人", "50"), ("乙", "950人", "48"), ("丙", "951人", "48")),
            )
        ],
    ),
    (
        "borrow_unit: 否",
        [
            rows(scored("≥95%", actual, "100", score, comparator=sign, unit=unit))
            for actual, score, sign, unit in (
                *(("0.972", "100", None, None), ("0.972", "100", None, "%"), ("97.2", "90", "≥", "%")),
                *(("97.2%", "90", "定量", None), ("94%", "90", "定性", None), (None, "90", None, None)),
            )
        ],
    ),
    ("not_applicable: full", [rows(scored("不适用", "不适用", "100", "100"), scored("≥5人", "5人", "0", "0", "巡查"))]),
    (
        "blocks: [{name: 产出指标, points: 60}, {name: 效益指标, points: 40, including: [社会指标]}]",
        [
            rows(*(scored("≥5人", "5人", points, points, name, path=[path]) for name, path, points in found))
            for found in (
                (("甲", "产出指标", "60"), ("乙", "社会指标", "40")),
                (("甲", "产出指标（60分）", "50"), ("乙", "效益指标", "50")),
                (("甲", "产出指标", "60"), ("乙", "别的指标", "40")),
                (("甲", "产出指标", "60"), ("乙", "", "40")),
                (("甲", "产出", "60"),),
                (("甲", "产出指标", "0"), ("乙", "效益指标", "40")),
            )
        ],
    ),
]


def texts(finding: Finding) -> Iterator[str]:
    """Yield the lines of a finding."""
    place = "" if finding.span is None else f"{finding.span.line} {finding.span.place}".strip()
    figures = f"{finding.published or '-'} → {finding.computed or '-'}"
    yield f"  {finding.code} {finding.severity} {finding.form} {finding.row or '-'} {finding.name} {place}: {figures}"
    yield f"    {finding.message.zh}"
    yield f"    {finding.message.en}"
    for message in (*finding.evidence, *filter(None, (finding.cause,))):
        yield f"    + {message.zh}" + (f" | {message.en}" if message.en != message.zh else "")


def written(cells: Cells) -> Form:
    """Return a form as its file has it, so that a finding has a line."""
    text = json.dumps({"title": "表", "kind": "project", "year": 2023, **cells}, ensure_ascii=False, indent=1)
    return load_form(text.encode())


def said() -> Iterator[str]:
    """Yield what is found in each form."""
    for check, groups in FORMS.items():
        # These forms lack most blocks of their ruleset.
        ignored = () if check == "the shape of the form" else ("PF770", "PF771")
        for number, forms in enumerate(groups, 1):
            yield f"# {check} {number}"
            for finding in audit([written(one) for one in forms], ignore=ignored):
                yield from texts(finding)
    for term, forms in RULED:
        for number, one in enumerate(forms, 1):
            yield f"# {term} {number}"
            for finding in audit(written(one), ruleset=small(term)):
                yield from texts(finding)
    for bound in BONUS:
        terms = f"total: 100\nadjustments:\n  {bound}" if bound else "total: 100"
        found = Rules((loaded(text_of(_BONUS, terms)),), on=DAY)
        for number, one in enumerate(ADDED, 1):
            yield f"# {bound or 'adjustments'} {number}"
            for finding in audit(written(one), ruleset=found):
                yield from texts(finding)


def test_what_is_said_of_small_forms() -> None:
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join(f"{line}\n" for line in said()), encoding="utf-8")
    for now, before in zip_longest(said(), FILE.read_text(encoding="utf-8").splitlines()):
        assert now == before
