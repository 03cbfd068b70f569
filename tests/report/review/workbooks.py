"""Workbooks with a form, as a person would have made them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

openpyxl: Any = pytest.importorskip("openpyxl", reason="the workbooks are made by openpyxl (extra `test`)")

HEAD = [
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
    "实际完成值",
    "分值",
    "得分",
    "未完成原因分析",
]
ROWS = (
    ("产出指标", "数量指标", "培训人数", "≥", "100", "人", "90", "50", "50", "因疫情影响，未完成"),
    ("效益指标", "社会效益指标", "办件数", "≥", "5", "件", "6", "40", "40", None),
)
BUDGET_HEAD = (None, None, None, "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分")
BUDGET = (None, None, "年度资金总额", "100", "100", "50", "50%", "10", "5")


def workbook(title: str = "项目支出绩效自评表（2023年度）", **texts: str) -> bytes:
    """Return a workbook of three sheets, one of them hidden, with a comment, a merged title and a name.

    `texts` replace the names of the first indicator and of others: `name`, `note`.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "运维费"
    sheet.append([title])
    sheet.merge_cells("A1:J1")
    sheet.append(["项目名称", "信息系统运行维护", None, "实施单位", "示例局"])
    sheet.append(BUDGET_HEAD)
    sheet.append(BUDGET)
    sheet.append(HEAD)
    first = [*ROWS[0]]
    first[2], first[9] = texts.get("name", first[2]), texts.get("note", first[9])
    for line in (first, ROWS[1]):
        sheet.append(line)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.value is not None else cell.data_type
    sheet.append(["总分", None, None, None, None, None, None, "100", "95"])
    sheet["C6"].comment = openpyxl.comments.Comment("请核对", "审核人")
    sheet.column_dimensions["A"].width = 20
    sheet["N9"].fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")
    book.create_sheet("说明")["A1"] = "=1+1"
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"]["B2"] = 3.14
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return every part of a workbook, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> Any:
    """Return a workbook as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))
