"""Tables of a PDF that go on over pages: joined, with the rows that a page break cuts and without repeated headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pfscore.office.grid import Cell, Grid, Place, Unread

#: How far apart, in points, two lines may be that are one.
NEAR = 3
#: Text above a table that says that it is a new one.
_HEADING = re.compile(r"附[件表录]|(?:19|20)[0-9]{2}\s*年|自评|目标表|报告|单位[:：]")
#: What may stand between the pages of one table: their numbers.
_PAGE_NUMBER = re.compile(r"[-—–·\s0-9/第页共]*")
#: The most rows of a header that pages repeat, and the fewest cells by which one is known again.
_MOST_ROWS, _FEWEST_CELLS = 4, 4
_At = tuple[int, int]


class Ending(NamedTuple):
    """How the text of a cell ends: whether no line has room below it, and the room beside its last line, in points."""

    is_low: bool
    room: Any


class Found(NamedTuple):
    """A table on one page: `columns` are its lines from left to right, `place` its number and its page.

    `is_open` says whether its first row has no line above it, and its last one none below it. `begins` is the width of
    the first word of each cell in the first row, and `ends` how the cells in the last one end, by column.
    """

    place: Place
    columns: tuple[int, ...]
    before: tuple[str, ...]
    cells: Mapping[_At, Cell]
    height: int
    is_open: tuple[bool, bool]
    begins: Mapping[int, Any]
    ends: Mapping[int, Ending]
    unread: tuple[Unread, ...]


def lines_of(values: list[Any]) -> list[Any]:
    """Return the distinct positions of lines, in order; what is nearly one line is one."""
    lines: list[Any] = []
    for value in sorted(values):
        if not lines or value - lines[-1] > NEAR:
            lines.append(value)
    return lines


def index_of(lines: list[Any], value: Any) -> int:
    """Return which line a position is."""
    return min(range(len(lines)), key=lambda index: abs(lines[index] - value))


def unwrapped(text: str) -> str:
    """Return a text without the line breaks that the width of its cell makes.

    >>> unwrapped("48亿\\n元"), unwrapped("best\\npractice")
    ('48亿元', 'best practice')
    """
    return re.sub(r"\n", "", re.sub(r"(?<=[A-Za-z,;])\n(?=[A-Za-z])", " ", text))


def joined(found: list[Found]) -> list[Grid]:
    """Return the tables, each with the parts of it that stand on the next pages."""
    grids: list[list[Found]] = []
    for one in found:
        if grids and _goes_on(one, grids[-1]):
            grids[-1].append(one)
        else:
            grids.append([one])
    return [_one_grid(parts) for parts in grids]


def _goes_on(one: Found, parts: list[Found]) -> bool:
    """Return whether the first table of a page is the rest of the one before: as wide as it, and the lines of one are
    the other's, or nothing stands between them."""
    is_next = one.place.table == 1 and one.place.page == parts[-1].place.page + 1
    if not is_next or any(_HEADING.search(line) for line in one.before):
        return False
    edges = lines_of([edge for part in (*parts, one) for edge in part.columns])
    ends = {(index_of(edges, part.columns[0]), index_of(edges, part.columns[-1])) for part in (*parts, one)}
    has_same_lines = len(edges) == max(len(part.columns) for part in (*parts, one))
    return len(ends) == 1 and (has_same_lines or all(map(_PAGE_NUMBER.fullmatch, one.before)))


def _one_grid(parts: list[Found]) -> Grid:
    table = _Joined(lines_of([edge for part in parts for edge in part.columns]))
    for part in parts:
        table.add(part)
    return Grid("", table.cells, parts[0].before, unread=tuple(one for part in parts for one in part.unread))


class _Joined:
    """A table that is put together from its parts."""

    def __init__(self, edges: list[Any]) -> None:
        self._edges = edges
        self.cells: dict[_At, Cell] = {}
        self._height = 0
        self._ends: Mapping[int, Ending] = {}
        self._is_open = False

    def add(self, part: Found) -> None:
        """Add the part that stands on the next page."""
        cells = self._by_columns(part)
        skipped = self._repeated(cells)
        cells = {(row - skipped, column): cell for (row, column), cell in cells.items() if row >= skipped}
        begins = {} if skipped else {self._column(part, column): width for column, width in part.begins.items()}
        if self._height and self._is_cut(cells, begins, is_half=self._is_open or part.is_open[0]):
            self._height -= 1
        for (row, column), cell in cells.items():
            self._put(row + self._height, column, cell)
        self._ends = {self._column(part, column): end for column, end in part.ends.items()}
        self._is_open = part.is_open[1]
        self._height += part.height - skipped

    def _put(self, row: int, column: int, cell: Cell) -> None:
        at = (row, column)
        known = self.cells.get(at)
        self.cells[at] = cell if known is None else replace(known, text=unwrapped(f"{known.text}\n{cell.text}"))

    def _column(self, part: Found, column: int) -> int:
        return index_of(self._edges, part.columns[column])

    def _by_columns(self, part: Found) -> dict[_At, Cell]:
        """Return the cells of a part by the columns of the whole table."""
        places = [index_of(self._edges, edge) for edge in part.columns]
        last = len(places) - 1
        return {
            (row, places[column]): replace(
                cell, columns=max(1, places[min(column + cell.columns, last)] - places[column])
            )
            for (row, column), cell in part.cells.items()
        }

    def _repeated(self, cells: Mapping[_At, Cell]) -> int:
        """Return how many rows at the top of a page are a header that stood before: words, and no figures."""
        new = [_texts_of(cells, row) for row in range(_MOST_ROWS)]
        old = [_texts_of(self.cells, row) for row in range(self._height)]
        for count in range(_MOST_ROWS, 0, -1):
            rows = new[:count]
            is_header = len(rows[0]) >= _FEWEST_CELLS and all(map(_is_of_words, rows))
            if is_header and any(old[at : at + count] == rows for at in range(len(old))):
                return count
        return 0

    def _is_cut(self, cells: dict[_At, Cell], begins: Mapping[int, Any], *, is_half: bool) -> bool:
        """Return whether the first row of a page is what the page break cut from the row above.

        A text is cut where the page is full: no line has room below it, nor the next word beside it. One column may
        end earlier, at the end of a paragraph. What is cut from a cell that extends over rows is added to it.
        """
        last = self._height - 1
        for corner in [at for at, cell in self.cells.items() if at[0] <= last < at[0] + cell.rows]:
            rest = cells.get((0, corner[1]))
            is_over_rows = rest is not None and (corner[0] < last or rest.rows > 1)
            if is_over_rows and (is_half or self._is_wrapped(corner[1], begins)):
                self._put(*corner, cells.pop((0, corner[1])))
        first = {column for row, column in cells if row == 0}
        above = {column for row, column in self.cells if row == last}
        if is_half:
            return bool(first)
        if not first or not first <= above or not all(self._ends[column].is_low for column in first):
            return False
        wrapped = {column for column in first if self._is_wrapped(column, begins)}
        return first == wrapped or (first < above and len(first - wrapped) == 1 and max(first) < max(above))

    def _is_wrapped(self, column: int, begins: Mapping[int, Any]) -> bool:
        end = self._ends.get(column)
        return end is not None and column in begins and end.is_low and begins[column] > end.room


def _is_of_words(texts: Mapping[int, str]) -> bool:
    """Return whether a row has words in its cells, no two the same."""
    return len({text for text in texts.values() if text[0].isalpha()}) == len(texts)


def _texts_of(cells: Mapping[_At, Cell], row: int) -> dict[int, str]:
    return {column: cell.text for (at, column), cell in cells.items() if at == row}
