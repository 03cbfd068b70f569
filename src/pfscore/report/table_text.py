"""Text in columns, measured as a terminal shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction

from pfscore.foundation.numbers import decimal_places, decimal_text, to_decimal
from pfscore.foundation.text import Lang, display_width, pad

#: The widest line of a sentence, in display columns.
_WIDTH = 100
#: What the last column of a table has at least beside the others; how narrow these are cut for it, and at all.
_LEAST_LEFT, _NARROW, _NARROWEST = 24, 12, 6
#: What is not broken: a number or word with its signs; any other character with the closing signs behind it.
_PARTS = re.compile(
    r"[“（《]*[0-9A-Za-z.,%‰‱℃㎡μ²³≥≤<>=+/-]+[，。；：、”）》]*|\s|[“（《]*[^\s“（《][，。；：、”）》]*|\S"
)


#: How many columns the terminal has, as the command line found it; none for a file and a pipe.
terminal_columns: ContextVar[int | None] = ContextVar("terminal_columns", default=None)


def wrapped(text: str, indent: str, width: int | None = None) -> list[str]:
    """Break a line at `width` display columns, by default those of the terminal and at most 100.

    It is not broken inside a number or word, nor before a closing sign; the lines behind the first have an `indent`.

    >>> wrapped("未达标：45人 / ≥50人，偏差 -10%", "  ", 20)
    ['未达标：45人 / ≥50', '  人，偏差 -10%']
    """
    limit = min(terminal_columns.get() or _WIDTH, _WIDTH) if width is None else width
    lines, line = [], ""
    for part in _PARTS.findall(text):
        if line.strip() and display_width(line + part) > limit:
            lines.append(line.rstrip())
            line = indent
            if part == " ":
                continue
        line += part
    return [*lines, line]


#: A line of a file with its number, and the mark below it: breaking it would part the two.
_EXCERPT = re.compile(r"\s*\d*\s*\|(?: |$)")


def fitted(text: str) -> str:
    """Break the lines of a text that are wider than the terminal; excerpts of files stay as they are."""
    width = terminal_columns.get()
    if width is None:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if display_width(line) <= width or _EXCERPT.match(line):
            lines.append(line)
            continue
        inner = line.lstrip(" ")
        indent = line[: min(len(line) - len(inner), width // 4)]
        lines += wrapped(indent + inner, indent + "  ", width)
    return "\n".join(lines)


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


def columns(
    rows: Sequence[Sequence[str]], limits: Sequence[int | None], *, indent: str = "", width: int | None = None
) -> list[str]:
    """Return rows as lines of aligned cells; a cell is cut to the limit of its column, where there is one.

    Where the lines have a `width`, or the terminal has one, what stands in the last column is broken at it; where too
    little of it is left, it stands below its row, without its head, and the widest columns are cut. Where even that is
    wider, each row is a sentence.

    >>> columns([("行", "名称"), ("1", "人数")], (4, None))
    ['行  名称', '1   人数']
    >>> columns([("行", "名称", "理由"), ("1", "人数", "达标：100 人 ≥ 90 人")], (4, 8, None), width=16)
    ['行  名称', '1   人数', '    达标：100 人', '    ≥ 90 人']
    >>> columns([("行", "名称", "分值", "得分"), ("1", "人数", "10", "9.5")], (4, 8, 6, 6), width=15)
    ['行 1；名称 人', '  数；分值 10；', '  得分 9.5']
    """
    width = terminal_columns.get() if width is None else width
    cells = [
        [cell if limit is None else cut(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows
    ]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    if width is None or sum(widths) + 2 * len(widths) + len(indent) <= width:
        return [_line(row, widths, indent) for row in cells]
    gaps = 2 * (len(widths) - 1) + len(indent)
    others = _narrowed(widths[:-1], width - gaps - _LEAST_LEFT, _NARROW)
    if width - gaps - sum(_narrowed(widths[:-1], width - gaps, _NARROWEST)) < 0:
        return _sentences(rows, indent, width)
    rest = width - gaps - sum(others)
    others = others if rest >= _LEAST_LEFT else _narrowed(widths[:-1], width - gaps, _NARROWEST)
    lines = []
    for number, row in enumerate(cells):
        head = _line([cut(cell, limit) for cell, limit in zip(row[:-1], others, strict=True)], others, indent)
        if rest >= _LEAST_LEFT:
            column = " " * (sum(others) + gaps)
            first, *more = wrapped(row[-1], "", rest)
            lines += [f"{pad(head, len(column))}{first}".rstrip(), *(column + part for part in more)]
            continue
        below = indent + " " * (others[0] + 2)
        lines.append(head)
        if number and row[-1]:
            lines += [below + part for part in wrapped(row[-1], "", width - len(below))]
    return lines


def _sentences(rows: Sequence[Sequence[str]], indent: str, width: int) -> list[str]:
    """Return each row as a sentence: its filled cells, each behind the head of its column."""
    head, *body = rows
    stop = "; " if all(map(str.isascii, head)) else "；"
    said = [
        stop.join(
            f"{name} {' '.join(cell.split())}".strip() for name, cell in zip(head, row, strict=True) if cell.strip()
        )
        for row in body
    ]
    return [line for one in said for line in wrapped(indent + one, indent + "  ", width)]


def _narrowed(widths: Sequence[int], limit: int, least: int) -> list[int]:
    """Return widths that are together no more than the limit, the widest cut first, none below `least`."""
    found = list(widths)
    while sum(found) > limit and max(found) > least:
        found[found.index(max(found))] -= 1
    return found


def _line(row: Sequence[str], widths: Sequence[int], indent: str) -> str:
    return indent + "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()


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


def finite(number: Fraction | None) -> Decimal | None:
    """Return what a cell of a workbook can hold of a number: nothing of 2/3."""
    return None if number is None or decimal_places(number) is None else to_decimal(number)


def row_text(row: int | None, lang: Lang) -> str:
    """Return the number of a row as it stands before its name; nothing for what is about no row.

    >>> row_text(3, "zh"), row_text(3, "en"), row_text(None, "en")
    ('第 3 行 ', 'row 3 ', '')
    """
    return "" if row is None else f"第 {row} 行 " if lang == "zh" else f"row {row} "


def heading(title: str, organisation: str | None, *, zh: bool) -> str:
    """Return the first line about a form."""
    shown = (f"《{title}》" if zh else title) if title else ("（无标题）" if zh else "(untitled)")
    return f"{shown}　{organisation}" if organisation else shown
