"""The four published documents as tables of an office file, each in the layout in which it was published."""

from __future__ import annotations

from collections.abc import Sequence

from tests.forms.recognition.layouts import Data, published
from tests.office.made import Cell, Row, Table


def luzhou() -> list[Table]:
    """泸州: sign, value and unit apart, a reason beside each budget line, prose above and below."""
    found: list[Table] = []
    for form in published("luzhou-2023"):
        annexes: list[Table] = [([one["title"]], [one["header"], *one["rows"]]) for one in form["tables"][3:]]
        found += [([], _luzhou(form)), *annexes]
    return found


def _luzhou(form: Data) -> list[Row]:
    texts = {row[0]: row[1] for table in form["tables"][:3] for row in table["rows"]}
    title, _, _ = str(form["title"]).partition("：")
    budget, rows = form["budget"], form["indicators"]
    return [
        [(title, 11)],
        [("项目名称", 2), (form["project"], 9)],
        [("主管部门", 2), (texts["主管部门"], 4), ("实施单位\n（盖章）", 2), (texts["实施单位"], 3)],
        [("项目基本情况", 1, 3), ("1.项目年度目标完成情况", 1, 2), ("项目年度目标", 4), ("年度目标完成情况", 5)],
        [(form["goal"], 4), (form["goal_result"], 5)],
        ["2.项目实施内容及过程概述", (texts["2.项目实施内容及过程概述"], 9)],
        [
            *(("预算执行情况（10分）", 1, 6), "年度预算数（万元）", "年初预算", "调整后预算数", ("预算执行数", 2)),
            *(("预算执行率", 2), "权重", "得分", "原因"),
        ],
        *(
            [
                *_texts(line, "label", "initial", "budget"),
                *((text, 2) for text in _texts(line, "expenditure", "published_rate")),
                *(line.get(key) or "/" for key in ("points", "published_score")),
                line.get("note") or "",
            ]
            for line in budget
        ),
        [
            *(("绩效指标（90分）", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "指标性质", "指标值"),
            *("度量单位", "完成值", "权重", "得分", "未完成原因分析"),
        ],
        *_below(
            _runs([row["path"] for row in rows]),
            rows,
            *("name", "comparator", "target", "unit", "actual", "points", "published_score", "note"),
        ),
        [("合计", 8), form["published_points"], form["published_total"], ""],
        *([label, (texts[label], 10)] for label in ("评价结论", "存在问题", "改进措施")),
        [("项目负责人：", 5), ("财务负责人：", 6)],
    ]


def yueyang() -> list[Table]:
    """岳阳: the national layout for a department and for a project, the points of a block under its name."""
    department, project = published("yueyang-2023")
    income, kinds = (table["rows"] for table in department["tables"][:2])
    beside = [f"{label}：{amount}" for label, amount in kinds]
    of_department: list[Row] = [
        [("市级预算部门名称", 2), (department["organisation"], 7)],
        _funds("年度预\n算申请\n（万元）", 7),
        _line(department["budget"][0]),
        [("按收入性质分：", 4), ("按支出性质分：", 4)],
        *(
            [(f"{label}：{amount}", 4), (beside[at] if at < len(beside) else "", 4)]
            for at, (label, amount) in enumerate(income)
        ),
    ]
    texts = dict(project["tables"][0]["rows"])
    of_project: list[Row] = [
        [("项目支出名称", 2), (project["project"], 7)],
        [("主管部门", 2), (texts["主管部门"], 3), ("实施单位", 2), (texts["实施单位"], 2)],
        _funds("项目资金\n（万元）", 5),
        *map(_line, project["budget"]),
    ]
    return [
        _basic_figures(department),
        (["附件2", department["title"]], [*of_department, *_yueyang(department)]),
        (["附件3", str(project["title"]).partition("：")[0]], [*of_project, *_yueyang(project)]),
    ]


def _basic_figures(form: Data) -> Table:
    """Return 附件1, a table of figures with four headers of its own."""
    staff, spending, buildings, saving = form["tables"][3:]
    title, _, words = staff["title"].partition("：")
    return (
        title.split(" "),
        [
            [(words, 1, 2), *((text, 2) for text in staff["header"])],
            *([(text, 2) for text in row] for row in staff["rows"]),
            *([row[0], *((text or "", 2) for text in row[1:])] for row in (spending["header"], *spending["rows"])),
            [(buildings["title"].partition("：")[2], 1, 2), *buildings["header"]],
            *buildings["rows"],
            [saving["header"][0], (saving["rows"][0][0], 6)],
            [(str(form["note"]).removeprefix("附件1"), 7)],
        ],
    )


def _funds(words: str, height: int) -> Row:
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    return [(words, 1, height), ("", 2), *heads]


def _line(line: Data) -> Row:
    keys = ("initial", "budget", "expenditure", "points", "published_rate", "published_score")
    return [(line["label"], 2), *_texts(line, *keys)]


def _yueyang(form: Data) -> list[Row]:
    rows = form["indicators"]
    blocks = dict(next(table["rows"] for table in form["tables"] if table["title"] == "各部分分值"))
    printed = {words: f"{words}\n({points})" for words, points in blocks.items()}
    keys = ("name", "target", "actual", "points", "published_score", "note")
    note = [[(form["note"], 9)]] if form["kind"] == "project" else []
    return [
        [("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)],
        [(form["goal"], 4), (form["goal_result"], 4)],
        [
            *(("绩\n效\n指\n标", 1, len(rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ],
        *_below(_runs([[printed[row["path"][0]], row["path"][1]] for row in rows]), rows, *keys),
        [("总分", 6), form["published_points"], form["published_total"], ""],
        *note,
        [("填表人：        填报日期：           联系电话：             单位负责人签字：", 9)],
    ]


def yancheng() -> list[Table]:
    """盐城: targets for half a year and for all of it, funds in two groups, three headers of indicators."""
    [form] = published("yancheng-2022")
    texts = {table["title"]: "\n".join(row[0] for row in table["rows"]) for table in form["tables"]}
    income, spending = ([line for line in form["budget"] if line["group"] == group] for group in ("收入", "支出"))
    rows = [{**row, **row["targets"]} for row in form["indicators"]]
    duties = [row for row in rows if "duty" in row]
    start = rows.index(duties[0])
    plain: Row = ["一级指标", "二级指标", ("三级指标", 3), "半年指标值", "全年指标值"]
    return [
        (
            [],
            [
                [(form["title"], 7)],
                [(f"{form['year']}年度", 7)],
                ["单位名称", (form["organisation"], 6)],
                ["单位主要职能", (texts["单位主要职能"], 6)],
                ["机构设置及人员配置", (texts["机构设置及人员配置"], 6)],
                [("部门整体资金(万元)", 1, len(form["budget"]) + 2), ("收入", 4), ("全年预算数", 2)],
                *([(line["label"], 4), (line["budget"], 2)] for line in income),
                [("支出", 4), "半年计划执行数", "全年预算数"],
                *([(line["label"], 4), line["half_year"], line["budget"]] for line in spending),
                ["中长期目标", (texts["中长期目标"], 6)],
                ["年度目标", (form["goal"], 6)],
                plain,
                *_two_periods(rows[:start]),
                ["一级指标", "二级指标", "重点工作", "对应项目", "三级指标", "半年指标值", "全年指标值"],
                *_below(
                    _runs([[*row["path"], row["duty"], row.get("related_project") or ""] for row in duties]),
                    duties,
                    *("name", "half_year", "full_year"),
                ),
                plain,
                *_two_periods(rows[start + len(duties) :]),
            ],
        )
    ]


def _two_periods(rows: Sequence[Data]) -> list[Row]:
    levels = _runs([row["path"] for row in rows])
    return [
        [*beside, (row["name"], 3), row["half_year"], row["full_year"]]
        for beside, row in zip(levels, rows, strict=True)
    ]


def wujiang() -> list[Table]:
    """吴江: paragraphs, the budget and the tasks in tables of their own, deviations in place of points."""
    [form] = published("suzhou-wujiang-2024")
    tasks, parts = form["tables"]
    title, _, year = str(form["title"]).rpartition("（")
    keys = ("label", "initial", "adjustment", "budget", "expenditure", "published_rate")
    rows = form["indicators"]
    return [
        (
            [
                *(title, f"（{year}", f"一、预算部门名称：{form['organisation']}", "二、年度履职目标完成情况："),
                form["goal_result"],
                *(text for part in parts["rows"] for text in part),
                "七、预算信息",
            ],
            [
                [
                    *("本年度预算资金（万元）", "年初预算数（万元）", "上年度结转及当年预算追加追减数(万元）"),
                    *("调整预算数（万元）", "实际支出数（万元）", "执行率（%)"),
                ],
                *(_texts(line, *keys) for line in form["budget"]),
            ],
        ),
        (["八、年度重点任务"], [tasks["header"], *tasks["rows"]]),
        (
            ["九、部门整体自评表"],
            [
                ["分解目标", "类别", "指标名称", "指标目标值", "指标完成值", "完成值来源", "偏差情况", "原因分析"],
                *_below(
                    _runs([["", *row["path"]] for row in rows]),
                    rows,
                    *("name", "target", "actual", "actual_source", "published_deviation", "note"),
                ),
            ],
        ),
    ]


def _texts(row: Data, *keys: str) -> list[str]:
    return [row.get(key) or "" for key in keys]


def _below(levels: Sequence[Sequence[Cell]], rows: Sequence[Data], *keys: str) -> list[Row]:
    """Return rows of indicators: the levels beside each, and what stands under keys."""
    return [[*beside, *_texts(row, *keys)] for beside, row in zip(levels, rows, strict=True)]


def _runs(paths: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Return the levels that begin in each row, each over the rows that share it."""
    found: list[list[Cell]] = []
    for number, path in enumerate(paths):
        begins = [at for at in range(len(path)) if not number or path[: at + 1] != paths[number - 1][: at + 1]]
        found.append([(path[at], 1, _height(paths[number:], path[: at + 1])) for at in begins])
    return found


def _height(paths: Sequence[Sequence[str]], start: Sequence[str]) -> int:
    return next((at for at, path in enumerate(paths) if path[: len(start)] != start), len(paths))


#: What writes each of the documents.
DOCUMENTS = {
    "luzhou-2023": luzhou,
    "yueyang-2023": yueyang,
    "yancheng-2022": yancheng,
    "suzhou-wujiang-2024": wujiang,
}
