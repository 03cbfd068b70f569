"""The page about speed: the last run of the benchmarks put into it as tables, and beside it as pictures."""

from __future__ import annotations

import json
import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from running import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE = "docs/explain/speed.md"
_MEASURED = re.compile(r"(<!-- measured ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
#: The column of a table that is drawn.
_DRAWN = {"rows": 1, "numbers": 0, "files": 0, "rules": 2, "starts": 0}


def speed_pages() -> dict[str, Callable[[], str]]:
    """Return what writes the page and its pictures."""
    pictures = {f"docs/pictures/speed-{name}.svg": partial(_picture, name) for name in _DRAWN}
    return {_PAGE: _page, **pictures}


def _last_run() -> Any:
    return json.loads((ROOT / "benchmarks" / "last-run.json").read_text(encoding="utf-8"))


def _page() -> str:
    found = _last_run()

    def measured(match: re.Match[str]) -> str:
        name = match[2]
        body = found["machine"] + "\n" if name == "machine" else _table(name, found["tables"][name])
        return match[1] + body + match[3]

    return _MEASURED.sub(measured, (ROOT / _PAGE).read_text(encoding="utf-8"))


def _table(name: str, table: Any) -> str:
    lines = [f"| {table['title']} | {' | '.join(table['heads'])} |", "|---|" + "---:|" * len(table["heads"])]
    lines += [f"| {' | '.join(row)} |" for row in table["rows"]]
    if name in _DRAWN:
        lines += ["", f"![{table['title']}: {table['heads'][_DRAWN[name]]}](../pictures/speed-{name}.svg)"]
    return "\n".join(lines) + "\n"


def _picture(name: str) -> str:
    """Return a column of a table as horizontal bars."""
    table, column = _last_run()["tables"][name], _DRAWN[name]
    values = [float(row[column + 1].replace(",", "")) for row in table["rows"]]
    height, most, head = 26, max(values), escape(table["heads"][column])
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {height * len(values) + 30}" role="img">',
        f"<title>{escape(table['title'])}: {head}</title>",
        "<style>text{font:13px sans-serif;fill:#333}rect{fill:#3b6ea5}</style>",
        f'<text x="380" y="16">{head}</text>',
    ]
    for index, (row, value) in enumerate(zip(table["rows"], values, strict=True)):
        top, width = 24 + index * height, 340 * value / most
        lines += [
            f'<text x="370" y="{top + 16}" text-anchor="end">{escape(row[0])}</text>',
            f'<rect x="380" y="{top + 3}" width="{width:.1f}" height="18"/>',
            f'<text x="{386 + width:.1f}" y="{top + 16}">{escape(row[column + 1])}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
