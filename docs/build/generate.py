"""The pages that are generated, and what generates each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cells_page import cell_pages
from model_pages import form_page, ruleset_page
from pfscore.cli.commands.schema import SCHEMAS, schema
from pfscore.foundation.codes import CODES, WITHDRAWN
from python_page import python_page
from ruleset_pages import ruleset_pages
from speed_page import speed_pages

if TYPE_CHECKING:
    from collections.abc import Callable

_FAMILIES = {
    "PF1": "文件和 YAML · Files and YAML",
    "PF2": "规则集内容 · Ruleset content",
    "PF3": "单元格 · Cells",
    "PF4": "公式 · Formulas",
    "PF5": "表和评分 · Forms and scoring",
    "PF6": "规则集里的例子 · Examples in rulesets",
    "PF7": "审核发现 · Audit findings",
}
_CODES_HEAD = """# 代码一览 · All codes

每个诊断和审核发现都有代码，各有一页；`pfscore explain PF225` 在终端里打印它。代码不会改作他用。

Every diagnostic and finding has a code with a page; `pfscore explain CODE` prints it. A code is never reused.
How to read one: [读懂一条诊断](../how-to/read-an-error.md).
"""


def codes_page() -> str:
    """Return docs/reference/diagnostics.md: the table of codes."""
    parts = [_CODES_HEAD]
    for family, title in _FAMILIES.items():
        rows = [
            f"| [{code}](../codes/{code}.md) | {message.zh} | {message.en} |"
            for code, message in CODES.items()
            if code.startswith(family)
        ]
        if rows:
            parts += [f"## {family}xx {title}\n", "| | | |\n|---|---|---|", *rows, ""]
    rows = [f"| [{old}](../codes/{old}.md) | [{new}](../codes/{new}.md) |" for old, new in WITHDRAWN.items()]
    parts += ["## 已停用 · Withdrawn\n", "| 代码 · code | 现在 · now |\n|---|---|", *rows]
    return "\n".join(parts).rstrip() + "\n"


def _schema_page(what: str) -> Callable[[], str]:
    return lambda: json.dumps(schema(what), ensure_ascii=False, indent=1) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "docs/reference/diagnostics.md": codes_page,
    "docs/reference/form-format.md": form_page,
    "docs/reference/python.md": python_page,
    "docs/reference/ruleset-format.md": ruleset_page,
    **{f"docs/reference/schemas/{what}.json": _schema_page(what) for what in SCHEMAS},
    **ruleset_pages(),
    **cell_pages(),
    **speed_pages(),
}
