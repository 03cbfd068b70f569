"""docs/reference/ruleset-format.md and form-format.md: the keys of a file, from the models that read it."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from pfscore.rules.model import Ruleset
from pfscore.scoring.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULESET_HEAD = """# 规则集文件的键 · The keys of a ruleset file

由模型生成。键是英文，值是中文；不认识的键是错误（PF201）。编辑器用 `pfscore schema ruleset` 得到同样的内容。怎样写，见
[加一个省](../how-to/add-a-province.md)；公式见[公式](formula.md)。

Generated from the model. Keys are English and closed, values Chinese. An editor gets the same from
`pfscore schema ruleset`. How to write one: [add a province](../how-to/add-a-province.md).
"""
_FORM_HEAD = """# 表文件的键 · The keys of a form file

由模型生成。JSON、YAML 的键相同；CSV 一行一条指标，表头用中文或英文。数一律写成文本：`"26"`，不写 `26.0`。

Generated from the model. JSON and YAML have the same keys; CSV has one indicator per row, with Chinese or English
headers. Numbers are text. `pfscore schema form` gives an editor the same.
"""


def ruleset_page() -> str:
    """Return the page of the keys of a ruleset."""
    return _page(_RULESET_HEAD, Ruleset)


def form_page() -> str:
    """Return the page of the keys of a form."""
    return _page(_FORM_HEAD, Form)


def _page(head: str, model: type[BaseModel]) -> str:
    parts = [head]
    for one in _reachable(model):
        parts += [f"## `{one.__name__}`\n", inspect.cleandoc(one.__doc__ or "") + "\n"]
        parts += ["| 键 key | 必写 | 内容 content | 值 values |", "|---|---|---|---|"]
        parts += [_row(name, info) for name, info in one.model_fields.items()]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(name: str, info: Any) -> str:
    required = "是" if info.is_required() else ""
    doc = " ".join((info.description or "").split()).replace("|", "\\|")
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
