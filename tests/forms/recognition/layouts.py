"""Published forms, and invented ones, as the tables of an office file in the layouts that were seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.house.tree import ROOT
from tests.office.made import Cell, Row, Table

Data = dict[str, Any]


def published(name: str) -> list[Data]:
    """Return the forms of one of the examples as plain data."""
    data = json.loads((ROOT / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    return data if isinstance(data, list) else [data]


def national(form: Data, *, split: bool = False, notes: bool = False) -> Table:
    """Write a form in the national layout; `split` has sign, value and unit in columns of their own, as in 四川.

    With `notes`, the split layout has a column for them, too.
    """
    width = 10
    body = str(form.get("organisation") or "")
    organisations: Row = [("主管部门", 2), (body, 3), ("实施单位", 2), (body, 3)]
    rows: list[Row] = [
        [(str(form["title"]), width)],
        [(f"（{form['year']}年度）", width)],
        [("项目名称", 2), (str(form.get("project") or ""), width - 2)],
        organisations,
    ]
    if lines := form.get("budget", []):
        unit = form.get("amount_unit", "万元")
        heads: Row = ["年初\n预算数", "全年预算数（A）", "全年执行数\n(B)", "分值", ("执行率（B/A）", 2), "得分"]
        rows.append([(f"项目资金\n（{unit}）", 2, len(lines) + 1), "", *heads])
        rows += map(_line, lines)
    if form.get("goal") or form.get("goal_result"):
        rows.append([("年度总体目标", 2, 2), ("预期目标", 4), ("实际完成情况", 4)])
        rows.append([(form.get("goal") or "", 4), (form.get("goal_result") or "", 4)])
    rows += _indicators(form["indicators"], split=split, notes=notes)
    points, total = form.get("published_points") or "100", form.get("published_total") or ""
    rows.append([("合计", 8), points, total] if split else [("总分", 6), points, total, ("", 2)])
    rows.append([(f"评价结论：项目自评{total}分。", width)])
    rows.append([("填表人：张某", 4), ("联系电话：0000", 6)])
    return ["附件2"], rows


def _line(line: Data) -> Row:
    amounts = [line.get(key) or "" for key in ("label", "initial", "budget", "expenditure")]
    rate: Cell = (line.get("published_rate") or "", 2)
    return [*amounts, line.get("points") or "/", rate, line.get("published_score") or "/"]


def _indicators(indicators: Sequence[Data], *, split: bool, notes: bool) -> list[Row]:
    head: list[Cell] = [("绩\n效\n指\n标", 1, len(indicators) + 1), "一级指标", "二级\n指标", "三级指标"]
    keys: list[tuple[str, int]] = [("actual", 1), ("points", 1), ("published_score", 1)]
    if split:
        head += ["指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分"]
        keys = [("comparator", 1), ("target", 1), ("unit", 1), *keys]
        if notes:
            head, keys = [*head, "备注"], [*keys, ("note", 1)]
    else:
        head += ["年度\n指标值", "实际\n完成值", "分值", "得分", ("偏差原因分析及改进措施", 2)]
        keys = [("target", 1), *keys, ("note", 2)]
    rows: list[Row] = [head]
    paths = [(*one.get("path", ()), "", "")[:2] for one in indicators]
    for number, one in enumerate(indicators):
        levels: list[Cell] = [
            (paths[number][level], 1, _run(paths, number, level))
            for level in (0, 1)
            if number == 0 or paths[number][: level + 1] != paths[number - 1][: level + 1]
        ]
        rows.append([*levels, one["name"], *((one.get(key) or "", width) for key, width in keys)])
    return rows


def _run(paths: Sequence[tuple[str, ...]], start: int, level: int) -> int:
    """Return over how many rows a level extends."""
    count = 0
    while start + count < len(paths) and paths[start + count][: level + 1] == paths[start][: level + 1]:
        count += 1
    return count


#: Layouts of the provinces, with invented figures.
LAYOUTS: dict[str, list[Table]] = {
    "考核": [
        (
            ["2022年度绩效考核评分表"],
            [
                ["考核内容", "考核指标", "指标说明", "年度工作目标", "评分标准", "权数", "考评得分"],
                [("履职效能", 1, 2), "培训人数", "按签到表", "100人", "少1人扣0.5分", "60", ""],
                ["办结率", "按台账", "95%", "低于95%不得分", "40", ""],
                [("合计", 5), "100", ""],
            ],
        )
    ],
    "云南": [
        (
            [],
            [
                [("2021年度项目支出绩效自评表", 10)],
                [("项目名称", 2), ("某项目", 8)],
                [("主管部门", 2), ("某局", 3), ("实施单位", 2), ("某单位", 3)],
                [
                    *(("项目资金（万元）", 2, 4), "", ("年初预算数", 2), "全年预算数", "全年执行数"),
                    *("分值", "执行率", "得分"),
                ],
                ["年度资金总额", ("10", 2), "10", "9", "10", "90%", "9"],
                ["其中：财政拨款", ("10", 2), "10", "9", "—", "90%", "—"],
                ["上年结转资金", ("", 2), "", "", "—", "", "—"],
                [
                    *(("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 2, 2), ("年度指标值", 3)),
                    *(("实际完成值", 1, 2), ("分值", 1, 2), ("得分", 1, 2)),
                ],
                ["指标性质", "指标值", "度量单位"],
                [("产出指标", 1, 3), ("数量指标", 1, 2), ("培训人数", 2), "≥", "100", "人", "120", "20", "20"],
                [("培训期数", 2), "=", "3", "期", "3", "10", "10"],
                ["质量指标", ("合格率", 2), "≥", "95", "%", "98", "20", "20"],
                ["效益指标", "社会效益指标", ("带动就业", 2), "≥", "50", "人", "40", "30", "24"],
                [("总分", 8), "80", "74"],
                [("填表人：李某", 5), ("联系电话：", 5)],
            ],
        )
    ],
    "湖北": [
        (
            ["附件3"],
            [
                [("2022年度某项目自评表", 7)],
                [("单位名称：某馆", 4), ("填报日期：2023年3月1日", 3)],
                [("项目名称", 2), ("共享工程", 5)],
                [("主管部门", 2), ("某局", 2), "项目实施单位", ("某馆", 2)],
                [("项目类别", 2), ("1、部门预算项目 ☑ 2、省直专项 □", 5)],
                [
                    *(("预算执行情况（万元）（20分）", 2, 2), "", "预算数（A）", "执行数（B）"),
                    *("执行率（B/A）", "得分（20分*执行率）"),
                ],
                ["年度财政资金总额", "5", "5", "100%", "20"],
                ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", ("得分", 2)],
                [("产出指标（40分）", 1, 4), ("数量指标", 1, 2), "存储备份器", "25TB", "25TB", ("10", 2, 2)],
                ["WIFI布点全覆盖", "100%覆盖", "100%覆盖"],
                ["质量指标", "以最新资源面市", "当年为主", "当年为主", ("10", 2)],
                ["时效指标", "时长", "全天候可用", "全天候", ("10", 2)],
                ["效益指标（40分）", "社会效益", "更便捷", "提升", "提升", ("10", 2)],
                [("总分", 2), ("97.5", 5)],
                [("偏差大或目标未完成原因分析", 2), ("无", 5)],
                [("改进措施及结果应用方案", 2), ("继续努力", 5)],
            ],
        )
    ],
    "重庆": [
        (
            [],
            [
                [("重庆市某区林业局部门整体绩效自评表", 11)],
                ["部门名称", ("某局", 4), "自评总分（分）", ("97.93", 5)],
                [
                    *("项目", "年初预算数", "全年（调整）预算数", "全年执行数", ("执行率（%）", 2)),
                    *("执行率权重", ("执行率得分（分）", 4)),
                ],
                ["年度总金额", "1000", "1200", "951.24", ("79.27", 2), "10", ("7.93", 4)],
                [
                    *("年初绩效目标", ("目标一", 4), "全年（调整）绩效目标", "目标二"),
                    *("绩效目标实际完成情况", ("完成三", 3)),
                ],
                [
                    *("指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值"),
                    *("得分系数", "指标权重", "指标得分", "是否核心指标", "备注"),
                ],
                ["森林面积", "万亩", "≥", "8", "", "8", "1", "10", "10", "是", ""],
                ["受害率", "‰", "≤", "0.9", "0.8", "0", "1", "10", "10", "否", "另附"],
            ],
        )
    ],
    "江西": [
        (
            [],
            [
                [("项目支出绩效自评表", 9)],
                [("（2017年度）", 9)],
                [
                    *("一级指标", "二级指标", "三级指标", "年度指标值", "全年实际值", "分值", "得分"),
                    *("评分标准", "未完成原因分析"),
                ],
                [("产出指标", 1, 2), "成本指标", "成本控制率", "±10%", "达标", "5分", "5分", "每降5%扣1分", ""],
                ["数量指标", "次数", "10", "8", "10分", "8分", "按比例", ""],
                [("总分", 5), "100", "99.3", ("", 2)],
                [("注：1.一级指标分值统一设置", 9)],
            ],
        )
    ],
    "江苏": [
        (
            ["2024年度整体支出预算绩效自评报告", "单位：万元"],
            [
                ["一、年度预算", "年初预算数", "调整预算数", "预算执行数", "预算执行率"],
                ["收入合计", "100", "110", "110", "100%"],
                ["基本支出", "60", "66", "66", "100%"],
            ],
        ),
        (
            [],
            [
                [
                    *("一级指标", "二级指标", "三级指标", "指标目标值", "指标完成值", "完成值来源"),
                    *("偏差情况", "原因分析"),
                ],
                [("过程", 1, 2), "预算管理", "预算执行率", "=100%", "100%", "财务", "0", ""],
                ["预算管理", "结转率", "≤5%", "3%", "财务", "-40%", "从严"],
            ],
        ),
    ],
    "两期": [
        (
            ["2022年度部门整体支出绩效目标表"],
            [
                ["一级指标", "二级指标", "三级指标", "半年指标值", "全年指标值"],
                [("决策", 1, 2), "计划", "规范性", "规范", "规范"],
                ["计划", "数量", "≥5", "≥10"],
            ],
        ),
        ([], [["", "", "归集额", "≥50亿元", "≥100亿元"], ["产出", "数量", "人数", "≥5", "≥10"]]),
    ],
    "转移支付": [
        (
            [],
            [
                [("中央对地方专项转移支付区域（项目）绩效自评表", 8)],
                [("（2021年度）", 8)],
                [("转移支付（项目）名称", 2), ("车辆购置税", 6)],
                [("中央主管部门", 2), ("交通部", 2), ("地方主管部门", 2), ("某局", 2)],
                [
                    *(("资金投入情况（万元）", 1, 4), "", ("全年预算数（A）", 2), ("全年执行数（B）", 2)),
                    ("预算执行率（B/A×100%）", 2),
                ],
                ["年度资金总额：", ("4000", 2), ("4000", 2), ("100%", 2)],
                ["其中：中央财政资金", ("4000", 2), ("4000", 2), ("100%", 2)],
                ["地方资金", ("", 2), ("", 2), ("", 2)],
                [("总体目标完成情况", 1, 2), ("总体目标", 3), ("全年实际完成情况", 4)],
                [("建设公路", 3), ("建成公路", 4)],
                [
                    *(("绩效指标", 1, 4), "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值"),
                    ("未完成原因和改进措施", 2),
                ],
                [("产出指标", 1, 2), "数量指标", "公路里程", "20公里", "20公里", ("", 2)],
                ["质量指标", "……", "", "", ("", 2)],
                ["效益指标", "社会效益", "便利", "提高", "提高", ("", 2)],
                [("说明：无", 8)],
                [("注：1.资金使用单位按项目绩效目标填报", 8)],
            ],
        )
    ],
}
