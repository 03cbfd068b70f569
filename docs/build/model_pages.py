"""docs/reference/ruleset-format.md and form-format.md: the keys of a file, from the models that read it."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from pfscore.documents.model_fields import descriptions_of
from pfscore.forms.column_words import BUDGET_COLUMNS, FORM_COLUMNS, IDENTITY_COLUMNS, INDICATOR_COLUMNS
from pfscore.forms.form import Form
from pfscore.rulesets.model.ruleset import Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULESET_HEAD = """# 规则集文件的键 · The keys of a ruleset file

由模型生成。键是英文，值是中文；不认识的键是错误（PF201）。编辑器用 `pfscore schema ruleset` 得到同样的内容。怎样写，见
[加一个省](../how-to/add-a-province.md)；公式见[公式](formula.md)。

Generated from the model. Keys are English and closed, values Chinese. An editor gets the same from
`pfscore schema ruleset`. How to write one: [add a province](../how-to/add-a-province.md).
"""
_FORM_HEAD = """# 表文件的键 · The keys of a form file

由模型生成。JSON、YAML 的键相同；CSV 一行一条指标，表头用中文或英文；Excel、Word、PDF 里的表按表头认。
数一律写成文本：`"26"`，不写 `26.0`。

Generated from the model. JSON and YAML have the same keys; CSV has one indicator per row, with Chinese or English
headers. Numbers are text. `pfscore schema form` gives an editor the same.
"""
_CSV_HEAD = """## CSV

一行一条指标或一行预算；UTF-8、UTF-16、GB18030 都可以，以逗号、制表符或分号分隔；表头上面可以有表名。
表头的空格和括号里的字不计，不认识的表头会指出，“序号”一列不读。
一个文件可以有几张表：表名、单位、年度、项目等有一项不同的，是另一张表；这些格空着的行，属于上一行的表。
一级、二级指标空着的格，与上一行相同（合并单元格另存为 CSV 就是这样）。“其他表格”和各档起点不能写在 CSV 里。

One row for each indicator or budget line, in UTF-8, UTF-16 or GB18030, separated by commas, tabs or semicolons; a
title may stand above the header. Spaces and brackets in headers do not count;
an unknown header is reported, 序号 is passed over. One file may hold several forms: rows that differ in title,
organisation, year, project and the like belong to different forms, and a row that leaves them blank to the form of
the row above. A blank 一级指标 or 二级指标 repeats what is above it, as merged cells do. Other tables and thresholds
have no place in CSV.

"""


def ruleset_page() -> str:
    """Return the page of the keys of a ruleset."""
    return _page(_RULESET_HEAD, Ruleset)


def form_page() -> str:
    """Return the page of the keys of a form."""
    return f"{_page(_FORM_HEAD, Form)}\n{_CSV_HEAD}{_csv_columns()}"


def _csv_columns() -> str:
    """Return the tables of what the columns of a form in CSV may be called."""
    tables = (
        ("整张表（写在第一行，或每行重复） · the form as a whole", {**IDENTITY_COLUMNS, **FORM_COLUMNS}),
        ("指标行 · an indicator", INDICATOR_COLUMNS),
        ("预算行（这些列里有内容的行） · a budget line", BUDGET_COLUMNS),
    )
    parts = []
    for title, columns in tables:
        parts += [f"| {title} | 表头 headers |", "|---|---|"]
        parts += [f"| `{key}` | {'、'.join((*words, key))} |" for key, words in columns.items()]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _words(model: type[BaseModel]) -> str:
    """Return what a model says of itself, without its example."""
    return inspect.cleandoc(model.__doc__ or "").partition(">>>")[0].rstrip()


def _page(head: str, model: type[BaseModel]) -> str:
    parts = [head]
    for one in _reachable(model):
        parts += [f"## `{one.__name__}`\n", _words(one) + "\n"]
        parts += ["| 键 key | 必写 | 内容 content | 值 values |", "|---|---|---|---|"]
        parts += [_row(name, info, descriptions_of(one).get(name)) for name, info in one.model_fields.items()]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(name: str, info: Any, description: str | None) -> str:
    required = "是" if info.is_required() else ""
    doc = " ".join((info.description or description or "").split()).replace("|", "\\|")
    return f"| `{info.alias or name}` | {required} | {doc} | {'、'.join(_values(info.annotation))} |"


def _reachable(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the model and those it is made of, in the order in which a reader meets them."""
    found = [model]
    for one in found:
        for info in one.model_fields.values():
            found += [inner for inner in _models(info.annotation) if inner not in found]
    return found


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _values(annotation: Any) -> Iterator[str]:
    """Yield what a value may be: closed words, and the records that it holds."""
    if isinstance(annotation, str):
        yield f"`{annotation}`"
    elif inspect.isclass(annotation) and issubclass(annotation, Enum):
        yield from (f"`{member.value}`" for member in annotation)
    elif inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield f"[{annotation.__name__}](#{re.sub(r'[^a-z]', '', annotation.__name__.lower())})"
    else:
        for inner in get_args(annotation):
            yield from _values(inner)
