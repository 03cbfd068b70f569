"""Cutting tables into the parts of forms: several forms in a sheet, one form over two tables or pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pfscore.forms.column_words import folded
from pfscore.forms.recognition.headers import Header, label_meaning
from pfscore.office.grid import Cell, Grid

_TITLE = re.compile(r"自评表|自评报告|目标表|申报表|监控表|评价表|绩效自评|绩效目标|评分表|考核表")
#: The heading of a section of a report.
SECTION = re.compile(r"(?:[一二三四五六七八九十]+|[0-9]{1,2})、[^。；;]{2,40}")
_LONGEST_TITLE = 60


def is_of_title(text: str) -> bool:
    """Return whether a text has the words of a title, also spaced out.

    >>> is_of_title("项 目 支 出 绩 效 自 评 表")
    True
    """
    return _TITLE.search("".join(text.split())) is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of rows of one grid that belongs to one form, with its headers.

    A header that stands in the table before has a row below 0.
    """

    grid: Grid
    start: int
    end: int
    headers: tuple[Header, ...]

    def has(self, kind: str) -> bool:
        """Return whether there is a header of a kind."""
        return any(header.kind == kind for header in self.headers)

    @property
    def is_titled(self) -> bool:
        """Whether a title stands before its first header."""
        return any(is_of_title(text) for text in self.grid.before) or any(
            is_of_title(cell.text) and cell.columns >= self.grid.breadth // 2
            for row in self.grid.rows(self.start, self.headers[0].row)
            for _, cell in self.grid.row(row)
        )

    @property
    def is_a_section(self) -> bool:
        """Whether the last heading before it is numbered: 九、部门整体自评表 is a section of a report."""
        first = [cell.text for row in self.grid.rows(self.start, self.headers[0].row) for _, cell in self.grid.row(row)]
        return any(SECTION.fullmatch(text) for text in [*self.grid.before[-1:], *first])


def beside_each_other(grid: Grid, header: Header) -> list[Grid]:
    """Return the tables that stand beside each other in a sheet, with a blank column between; mostly it is one.

    What extends over several of them belongs to each.
    """
    filled = {
        column + beside
        for (row, column), cell in grid.cells.items()
        if row >= header.row
        for beside in range(min(cell.columns, grid.width - column))
    }
    starts = sorted(column for column in filled if column - 1 not in filled)
    if len(starts) < 2 or len({column.words for column in header.columns}) == len(header.columns):
        return [grid]
    ends = [*starts[1:], grid.width]
    return [_columns_of(grid, start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]


def _columns_of(grid: Grid, start: int, end: int) -> Grid:
    """Return the part of a table from a column to another."""
    cells: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in grid.cells.items():
        first, last = max(column, start), min(column + cell.columns, end)
        if first < last:
            cells[row, first] = replace(cell, columns=last - first)
    return replace(grid, cells=cells, unread=grid.unread if start == 0 else ())


def parts_of(grid: Grid, headers: Sequence[Header]) -> list[Part]:
    """Cut a grid where a new form begins: at a title, or where a budget follows indicators."""
    groups: list[list[Header]] = []
    starts = [0]
    for header in headers:
        title = _title_row(grid, groups[-1][-1].end, header.row) if groups else None
        if not groups or title is not None or (header.kind == "budget" and groups[-1][-1].kind == "indicators"):
            if groups:
                starts.append(title if title is not None else _head_row(grid, groups[-1][-1].end, header.row))
            groups.append([])
        groups[-1].append(header)
    ends = [*starts[1:], grid.height]
    return [Part(grid, start, end, tuple(group)) for start, end, group in zip(starts, ends, groups, strict=True)]


def continued(grid: Grid, before: Part) -> Part | None:
    """Return a table without a header as the rest of the part before it, where it has the same columns."""
    last = before.headers[-1]
    if grid.breadth != before.grid.breadth or grid.before or last.kind != "indicators":
        return None
    return Part(grid, 0, grid.height, (replace(last, row=last.row - last.end),))


def forms_of_parts(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """Join the parts of each form: the budget in one table, and the indicators, without a title, in those after it."""
    forms: list[list[Part]] = []
    for part in parts:
        if forms and _goes_on(part, forms[-1]):
            forms[-1].append(part)
        else:
            forms.append([part])
    return [tuple(form) for form in forms]


def _goes_on(part: Part, form: Sequence[Part]) -> bool:
    if part.has("budget") or not part.has("indicators"):
        return False
    if part.is_titled and not (part.is_a_section and not any(one.has("indicators") for one in form)):
        return False
    # A header that is repeated stands on the next page of a document; on another sheet it begins another form.
    is_repeated = not part.grid.name or part.headers[0].row < 0
    is_next_page = form[-1].grid is not part.grid and not part.grid.before and is_repeated
    return is_next_page or not any(one.has("indicators") for one in form)


def _title_row(grid: Grid, start: int, end: int) -> int | None:
    for row in grid.rows(start, end):
        cells = [cell for _, cell in grid.row(row)]
        if len(cells) <= 2 and any(_is_title(grid, cell.text, cell.columns) for cell in cells):
            return row
    return None


def _is_title(grid: Grid, text: str, columns: int) -> bool:
    return is_of_title(text) and columns >= max(2, grid.breadth // 2) and len(text) < _LONGEST_TITLE


def _head_row(grid: Grid, start: int, end: int) -> int:
    """Return the first row of the head of the next form: where labels beside values begin."""
    for row in grid.rows(start, end):
        if any(label_meaning(folded(cell.text)) in {"project", "organisation"} for _, cell in grid.row(row)):
            return row
    return end
