"""Text in columns, measured as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence

from pfscore.foundation.text import display_width, pad


def cut(text: str, width: int) -> str:
    """Return `text` in one line of at most `width` display columns, with a mark where something is left out.

    >>> cut("住房公积金管理费用", 9)
    '住房公积…'
    """
    text = " ".join(text.split())
    if display_width(text) <= width:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > width - 1:
            break
        kept += char
    return kept + "…"


def columns(rows: Sequence[Sequence[str]], limits: Sequence[int], *, indent: str = "") -> list[str]:
    """Return rows as lines of aligned cells, each cut to its limit; the last column takes what it needs.

    >>> columns([("行", "名称"), ("1", "人数")], (4, 20))
    ['行  名称', '1   人数']
    """
    cells = [[cut(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    widths = [max(display_width(row[index]) for row in cells) for index in range(len(limits))] if cells else []
    return [
        indent + "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]


def heading(title: str, organisation: str | None, *, zh: bool) -> str:
    """Return the first line about a form."""
    shown = (f"《{title}》" if zh else title) if title else ("（无标题）" if zh else "(untitled)")
    return f"{shown}　{organisation}" if organisation else shown
