"""The closed table of codes: what each one means, and the page that documents it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pfscore.foundation.codes.cells import CELLS
from pfscore.foundation.codes.files import FILES
from pfscore.foundation.codes.findings import FINDINGS
from pfscore.foundation.codes.forms import FORMS
from pfscore.foundation.codes.formulas import FORMULAS
from pfscore.foundation.codes.rulesets import EXAMPLES, RULESETS
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import NotFoundError
from pfscore.foundation.resources import data_dir
from pfscore.foundation.text import Lang, Message, shorten

#: The code that says that a code does not exist.
UNKNOWN = "PF190"
_LOOKUP = {UNKNOWN: Message("没有这个代码", "no such code")}

_TABLES = (_LOOKUP, FILES, RULESETS, CELLS, FORMULAS, FORMS, EXAMPLES, FINDINGS)
#: Every code with its title, in order. A code that once stood here is never given to something else.
CODES: Mapping[str, Message] = MappingProxyType(
    dict(sorted((code, title) for table in _TABLES for code, title in table.items()))
)
if len(CODES) != sum(map(len, _TABLES)):
    raise RuntimeError("a code stands in two tables")

_HEADINGS: dict[Lang, str] = {"zh": "## 中文", "en": "## English"}


def page(code: str, lang: Lang | None = None) -> str:
    """Return the page that documents `code`, as Markdown: title and both languages, or only `lang`.

    Raises:
        NotFoundError: PF190 where there is no such code.
    """
    name = code.strip().upper()
    if name not in CODES:
        raise NotFoundError.of(_unknown(code))
    text = (data_dir("codes") / f"{name}.md").read_text(encoding="utf-8")
    return text if lang is None else _only(text, lang)


def _only(text: str, lang: Lang) -> str:
    """Keep the title and the section in `lang`; a page without such sections is kept whole."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line in _HEADINGS.values()]
    if _HEADINGS[lang] not in lines:
        return text
    start = lines.index(_HEADINGS[lang])
    end = next((number for number in starts if number > start), len(lines))
    return "\n".join([*lines[: starts[0]], *lines[start + 2 : end]]).rstrip() + "\n"


def _unknown(code: str) -> Diagnostic:
    families = Message(
        "PF1xx 文件，PF2xx 规则集，PF3xx 单元格，PF4xx 公式，PF5xx 表和评分，PF6xx 例子，PF7xx 审核",
        "PF1xx files, PF2xx rulesets, PF3xx cells, PF4xx formulas, PF5xx forms, PF6xx examples, PF7xx audit",
    )
    shown = shorten(code)
    return Diagnostic(UNKNOWN, Message(f"没有代码 “{shown}”", f"no such code: {shown!r}"), families)
