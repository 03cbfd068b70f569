"""Forms as CSV: one row for each indicator or budget line, headers in Chinese or English."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source, read_source
from pfscore.foundation.text import Message, shorten
from pfscore.rules.document import Data

#: What a column of the form as a whole may be called. Its value is repeated on every row, or stands on the first.
FORM_COLUMNS = {
    "title": ("表名", "标题"),
    "organisation": ("单位", "单位名称", "部门名称"),
    "region": ("地区",),
    "year": ("年度", "年份"),
    "kind": ("表的种类",),
    "ruleset": ("规则集",),
    "project": ("项目", "项目名称"),
    "amount_unit": ("金额单位",),
    "published_total": ("总分", "公布的总分"),
}
#: What a column of an indicator row may be called.
INDICATOR_COLUMNS = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "指标"),
    "comparator": ("指标性质", "计算符号", "运算符号"),
    "target": ("指标值", "年度指标值", "目标值"),
    "half_year": ("半年指标值",),
    "full_year": ("全年指标值",),
    "unit": ("度量单位", "计量单位"),
    "actual": ("完成值", "实际完成值", "全年完成值"),
    "actual_source": ("完成值来源",),
    "points": ("分值", "权重"),
    "share": ("评定比例",),
    "decision": ("评定得分",),
    "rank": ("名次",),
    "deduction": ("扣减",),
    "published_score": ("得分", "公布的得分"),
    "published_deviation": ("偏差", "偏差情况", "偏差率"),
    "note": ("备注", "偏差原因", "原因分析", "偏差原因分析及改进措施"),
    "duty": ("重点工作", "职能"),
    "related_project": ("对应项目",),
}
#: What a column of a budget line may be called; a row with an amount in one of the first three is a budget line.
BUDGET_COLUMNS = {
    "initial": ("年初预算数",),
    "budget": ("全年预算数", "调整预算数", "调整后预算数"),
    "expenditure": ("全年执行数", "执行数", "实际支出数"),
    "adjustment": ("调整数",),
    "published_rate": ("执行率", "预算执行率"),
}
_NAMES = {
    word: key
    for columns in (FORM_COLUMNS, INDICATOR_COLUMNS, BUDGET_COLUMNS)
    for key, words in columns.items()
    for word in (key, *words)
}


@dataclass(frozen=True)
class CsvForms:
    """The forms of a CSV file as plain data, with the line and column of each cell."""

    source: Source
    data: Data
    places: dict[tuple[str | int, ...], tuple[int, int]]

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return the cell that holds the value at `path`, or the nearest place around it."""
        del key
        for length in range(len(path), 0, -1):
            if (place := self.places.get(tuple(path[:length]))) is not None:
                return self.source.span(*place)
        return self.source.span(1, 1)


def read_csv(path: str | Path) -> CsvForms:
    """Read a CSV file, as spreadsheets write it (UTF-8, with or without byte-order mark).

    Rows with the same title (or all rows, where there is no such column) make one form.

    Raises:
        InputError: PF1xx where the file cannot be read; PF505 without rows; PF506 for headers that are not known.
    """
    source = read_source(path, allow_bom=True)
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        message = Message(f"CSV 写法有误：{error}", f"bad CSV: {error}")
        raise InputError.of(Diagnostic("PF506", message, None, source.span(reader.line_num, 1))) from None
    filled = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        message = Message("CSV 里没有行", "the CSV file has no rows")
        raise InputError.of(Diagnostic("PF505", message, None, source.span(1, 1)))
    keys = _header(source, *filled[0])
    forms: dict[str, dict[str, Data]] = {}
    places: dict[tuple[str | int, ...], tuple[int, int]] = {}
    for number, row in filled[1:]:
        cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if cell.strip()}
        index, form = _form_of(forms, cells)
        at = {key: (number, _column(source, number, cell)) for key, cell in cells.items()}
        is_budget = any(key in cells for key in ("initial", "budget", "expenditure"))
        rows = form.setdefault("budget" if is_budget else "indicators", [])
        if isinstance(rows, list):
            base: tuple[str | int, ...] = (index, "budget" if is_budget else "indicators", len(rows))
            places[base] = (number, 1)
            places |= {(*base, key): place for key, place in at.items()}
            rows.append(_budget_line(cells) if is_budget else _indicator(cells))
    return CsvForms(source, list(forms.values()), places)


def _header(source: Source, number: int, header: Sequence[str]) -> list[str]:
    problems, keys = [], []
    for cell in header:
        name = cell.strip()
        key = _NAMES.get(name, "")
        keys.append(key)
        if not key and name:
            close = get_close_matches(name, _NAMES, 1, 0.5)
            hint = Message(f"是不是 “{close[0]}”？", f"did you mean {close[0]!r}?") if close else None
            message = Message(f"不认识的表头 “{shorten(name)}”", f"unknown header {shorten(name)!r}")
            problems.append(
                Diagnostic("PF506", message, hint, source.span(number, _column(source, number, name), len(name)))
            )
    if problems:
        raise InputError(problems)
    return keys


def _form_of(forms: dict[str, dict[str, Data]], cells: dict[str, str]) -> tuple[int, dict[str, Data]]:
    title = cells.get("title", next(reversed(forms), ""))
    form = forms.setdefault(title, {})
    for key in FORM_COLUMNS:
        if key in cells:
            form.setdefault(key, cells[key])
    return list(forms).index(title), form


def _indicator(cells: dict[str, str]) -> dict[str, Data]:
    row: dict[str, Data] = {
        key: cells[key]
        for key in INDICATOR_COLUMNS
        if key in cells and key not in {"level1", "level2", "half_year", "full_year"}
    }
    path: list[Data] = [cells[key] for key in ("level1", "level2") if key in cells]
    targets: dict[str, Data] = {key: cells[key] for key in ("half_year", "full_year") if key in cells}
    if path:
        row["path"] = path
    if targets:
        row["targets"] = targets
    return row


def _budget_line(cells: dict[str, str]) -> dict[str, Data]:
    row: dict[str, Data] = {
        key: cells[key] for key in (*BUDGET_COLUMNS, "points", "published_score", "note") if key in cells
    }
    row["label"] = cells.get("name", "")
    return row


def _column(source: Source, number: int, cell: str) -> int:
    """Find the cell on its line; a cell that spans lines is shown at the start of its last line."""
    return max(0, source.line(number).find(cell)) + 1
