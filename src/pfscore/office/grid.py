"""Tables of office files: cells as a person sees them, each with its place, and what was not read, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pfscore.foundation.text import Lang, Message

#: The most positions that merged cells of one table cover.
_MOST_COVERED = 100_000
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: in a sheet by its address, in a document by its table and row.

    A sheet without a name is one of text (CSV), which is looked up by row and column.

    >>> Place("运维费", row=11, column=5).text(), Place(row=11, table=3).text()
    ('运维费!F12', '表 3 第 12 行')
    >>> Place(row=4, table=1, page=2).text("en")
    'page 2, table 1, row 5'
    >>> Place("", row=11, column=2).text()
    '第 12 行 C 列'
    """

    sheet: str | None = None
    row: int = 0
    column: int = 0
    table: int = 0
    page: int = 0

    def text(self, lang: Lang = "zh") -> str:
        """Return the place as a person looks it up; rows and columns count from 1."""
        if self.sheet == "":
            letters = column_letters(self.column)
            return Message(f"第 {self.row + 1} 行 {letters} 列", f"row {self.row + 1}, column {letters}").text(lang)
        if self.sheet is not None:
            return f"{self.sheet}!{column_letters(self.column)}{self.row + 1}"
        page = Message(f"第 {self.page} 页", f"page {self.page}") if self.page else Message("", "")
        if not self.table:
            return page.text(lang)
        if lang == "en":
            return ", ".join([*filter(None, [page.en]), f"table {self.table}", f"row {self.row + 1}"])
        return f"{page.zh}表 {self.table} 第 {self.row + 1} 行"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with content.

    `text` is what a person sees; `stored` is the value behind it, where a number format shows another one; `rows` and
    `columns` say over how many of them a merged cell extends.
    """

    text: str
    place: Place
    stored: str | None = None
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """Content that was not read: where it stands, its text as far as there is one, and why."""

    place: Place
    text: str
    reason: Message


@dataclass(frozen=True)
class Grid:
    """One table: its cells by row and column from 0, and the paragraphs directly before and behind it.

    A merged cell stands once, at its upper left corner; `at` finds it from everywhere in its range. `is_hidden` says
    that a person does not see the sheet.
    """

    name: str
    cells: dict[tuple[int, int], Cell]
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    is_hidden: bool = False
    _covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for (row, column), cell in self.cells.items():
            if cell.rows == cell.columns == 1:
                continue
            # A range that is merged down to the last row of the sheet ends where the table ends.
            rows, columns = min(cell.rows, self.height - row), min(cell.columns, self.width - column)
            if rows * columns > _MOST_COVERED - len(self._covered):
                continue  # no form has a cell over so many others: it is one cell
            for below in range(row, row + rows):
                for beside in range(column, column + columns):
                    self._covered[below, beside] = (row, column)

    @cached_property
    def height(self) -> int:
        """The number of rows up to the last cell."""
        return max((row + 1 for row, _ in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """The number of columns up to the last cell."""
        return max((column + 1 for _, column in self.cells), default=0)

    @cached_property
    def breadth(self) -> int:
        """The number of columns from the first cell to the last: a table may begin at any column."""
        return self.width - min((column for _, column in self.cells), default=0)

    @cached_property
    def lowest(self) -> dict[int, int]:
        """The last row in which a cell begins, by column."""
        found: dict[int, int] = {}
        for row, column in self.cells:
            found[column] = max(row, found.get(column, 0))
        return found

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Return the upper left corner of the cell at a position."""
        return self._covered.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell at a position, a merged one from everywhere in its range; `None` where there is nothing."""
        return self.cells.get(self.corner(row, column))

    def text(self, row: int, column: int) -> str:
        """Return the text at a position, empty where there is nothing."""
        cell = self.at(row, column)
        return "" if cell is None else cell.text

    def row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Yield the cells that a row shows, with the column of each, a merged one once."""
        for column, top in self._shown.get(row, ()):
            yield column, self.cells[top, column]

    def rows(self, start: int, end: int) -> Iterator[int]:
        """Yield the rows from `start` up to `end` in which there is anything: far cells leave many empty."""
        yield from (row for row in self._rows if start <= row < end)

    @cached_property
    def _rows(self) -> list[int]:
        return sorted(self._shown)

    @cached_property
    def _shown(self) -> dict[int, list[tuple[int, int]]]:
        """The cells of each row: the column of each, and the row in which it begins."""
        shown: dict[int, list[tuple[int, int]]] = {}
        for row, column in self.cells:
            if self.corner(row, column) == (row, column):
                shown.setdefault(row, []).append((column, row))
        for (row, column), corner in self._covered.items():
            if row > corner[0] and column == corner[1]:
                shown.setdefault(row, []).append((column, corner[0]))
        for cells in shown.values():
            cells.sort()
        return shown


@dataclass(frozen=True, slots=True)
class Book:
    """The tables of one file in order, and what of it was not read."""

    grids: tuple[Grid, ...]
    unread: tuple[Unread, ...] = ()


def column_letters(column: int) -> str:
    """Return the letters of a column that counts from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number, from 0, of a column by its letters.

    >>> column_number("AB")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def position(address: str) -> tuple[int, int] | None:
    """Return the row and the column of an address, both from 0.

    >>> position("F12"), position("$AA$1"), position("表")
    ((11, 5), (0, 26), None)
    """
    match = _ADDRESS.fullmatch(address)
    return None if match is None else (int(match[2]) - 1, column_number(match[1]))
