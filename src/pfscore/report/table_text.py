"""Text in columns, measured as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pfscore.foundation.numbers import decimal_text
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


def columns(rows: Sequence[Sequence[str]], limits: Sequence[int | None], *, indent: str = "") -> list[str]:
    """Return rows as lines of aligned cells; a cell is cut to the limit of its column, where there is one.

    >>> columns([("行", "名称"), ("1", "人数")], (4, None))
    ['行  名称', '1   人数']
    """
    cells = [
        [cell if limit is None else cut(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows
    ]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    return [
        indent + "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]


def interval(low: Fraction | Decimal | None, high: Fraction | Decimal | None) -> str:
    """Return a score: a number, an interval where a person has to decide, or a dash.

    >>> interval(Fraction(19, 2), Fraction(19, 2)), interval(Fraction(0), Fraction(10)), interval(None, None)
    ('9.5', '[0, 10]', '—')
    """
    if low is None or high is None:
        return "—"
    shown = decimal_text(Fraction(low))
    return shown if low == high else f"[{shown}, {decimal_text(Fraction(high))}]"


def span_text(low: Fraction, high: Fraction) -> str:
    """Return a number, or the two ends of a range.

    >>> span_text(Fraction(96), Fraction(96)), span_text(Fraction(96), Fraction(98))
    ('96', '96 ~ 98')
    """
    return decimal_text(low) if low == high else f"{decimal_text(low)} ~ {decimal_text(high)}"


def heading(title: str, organisation: str | None, *, zh: bool) -> str:
    """Return the first line about a form."""
    shown = (f"《{title}》" if zh else title) if title else ("（无标题）" if zh else "(untitled)")
    return f"{shown}　{organisation}" if organisation else shown
