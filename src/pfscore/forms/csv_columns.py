"""What the columns of a form in CSV may be called, in Chinese or English, and which column a header means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from pfscore.documents.csv_reader import CsvCell
from pfscore.documents.positions import first_line
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: Columns of the form as a whole. Rows that differ in one of these belong to different forms…
IDENTITY_COLUMNS = {
    "title": ("表名", "标题"),
    "organisation": ("单位", "单位名称", "部门名称"),
    "region": ("地区",),
    "year": ("年度", "年份"),
    "kind": ("表的种类",),
    "ruleset": ("规则集",),
    "project": ("项目", "项目名称"),
}
#: …and these have one value in a form.
FORM_COLUMNS = {
    "amount_unit": ("金额单位",),
    "goal": ("年度目标", "总体目标"),
    "goal_result": ("年度目标完成情况", "目标完成情况"),
    "published_points": ("分值合计", "公布的分值合计"),
    "published_total": ("总分", "公布的总分"),
    "published_grade": ("等级", "公布的等级"),
    "form_note": ("表备注",),
}
#: Columns of an indicator row. A budget line shares points, what a person adds, the published score and the note.
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
#: Columns of a budget line; a row with something in one of these is one.
BUDGET_COLUMNS = {
    "label": ("资金名称", "资金来源", "预算项目"),
    "group": ("预算分组",),
    "initial": ("年初预算数",),
    "adjustment": ("调整数",),
    "budget": ("全年预算数", "调整预算数", "调整后预算数"),
    "expenditure": ("全年执行数", "执行数", "实际支出数"),
    "planned_half_year": ("半年计划执行数",),
    "published_rate": ("执行率", "预算执行率"),
}
#: Headers of columns that are passed over.
IGNORED = ("序号", "编号")

#: Every header that is known, with the column that it means.
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        word: key
        for columns in (IDENTITY_COLUMNS, FORM_COLUMNS, INDICATOR_COLUMNS, BUDGET_COLUMNS)
        for key, words in columns.items()
        for word in (key, *words)
    }
    | dict.fromkeys(IGNORED, "")
)
_SEPARATORS = {";": "“;”", "\t": "制表符", "，": "“，”", "；": "“；”", "|": "“|”", "、": "“、”"}


def read_header(source: Source, header: Sequence[CsvCell]) -> list[str | None]:
    """Return what each column is: an empty text where it is passed over, `None` where it has no header.

    Raises:
        InputError: PF506 for headers that are not known, PF508 where the columns are not separated by commas,
            PF509 for two columns of one meaning; all of them at once.
    """
    if (problem := _not_by_commas(source, header)) is not None:
        raise InputError.of(problem)
    problems: list[Diagnostic] = []
    first: dict[str, CsvCell] = {}
    keys: list[str | None] = []
    for cell in header:
        name = "".join(cell.text.split())
        key = HEADERS.get(name)
        keys.append(key if name else None)
        if name and key is None:
            problems.append(_unknown(source, cell, name))
        elif key and key in first:
            problems.append(_twice(source, cell, first[key]))
        elif key:
            first[key] = cell
    if problems:
        raise InputError(problems)
    return keys


def _not_by_commas(source: Source, header: Sequence[CsvCell]) -> Diagnostic | None:
    if len([cell for cell in header if not cell.is_blank]) != 1:
        return None
    cell = next(cell for cell in header if not cell.is_blank)
    for sign, shown in _SEPARATORS.items():
        if sum("".join(part.split()) in HEADERS for part in cell.text.split(sign)) > 1:
            message = Message(
                f"CSV 写法有误：各列以{shown}分隔，应以英文逗号分隔",
                f"bad CSV: the columns are separated by {sign!r}, not by commas",
            )
            hint = Message(
                "在表格软件里另存为“CSV UTF-8（逗号分隔）”",
                "save it as “CSV UTF-8 (comma delimited)” in your spreadsheet",
            )
            return Diagnostic("PF508", message, hint, source.span_at(cell.start + cell.text.index(sign)))
    return None


def _unknown(source: Source, cell: CsvCell, name: str) -> Diagnostic:
    # Of several that are close, one of the same length is a slip of the hand.
    close = sorted(get_close_matches(name, HEADERS, 3, 0.5), key=lambda one: len(one) != len(name))
    hint = Message("不需要的列，请从文件中删去", "delete a column that is not needed")
    if close:
        hint = Message(f"是不是 “{close[0]}”？{hint.zh}", f"did you mean {close[0]!r}? {hint.en}")
    message = Message(f"不认识的表头 “{shorten(name)}”", f"unknown header {shorten(name)!r}")
    return Diagnostic("PF506", message, hint, first_line(source, cell.start, cell.end))


def _twice(source: Source, cell: CsvCell, first: CsvCell) -> Diagnostic:
    one, other = ("".join(each.text.split()) for each in (first, cell))
    message = Message(f"“{one}”和“{other}”是同一栏，只能有一个", f"{one!r} and {other!r} are the same column")
    if one == other:
        message = Message(f"表头 “{one}” 重复", f"the header {one!r} stands twice")
    return Diagnostic(
        "PF509",
        message,
        Message("请删去其中一列", "delete one of the columns"),
        first_line(source, cell.start, cell.end),
        ((Message("第一次在此", "first here"), first_line(source, first.start, first.end)),),
    )
