"""A form as it is printed, saved as CSV: its cells as those of a sheet, over the columns that they were merged over."""

from __future__ import annotations

import re
from dataclasses import replace

from pfscore.forms.column_words import LEVELS, TOTALS, folded
from pfscore.forms.files.csv_forms import SEPARATORS, csv_rows, is_grid
from pfscore.forms.recognition.headers import Header, find_headers
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source, as_utf8, encoding_of, source_from_bytes
from pfscore.office.grid import Book, Cell, Grid, Place
from pfscore.office.kinds import is_office
from pfscore.office.open import bounded, read_bytes
from pfscore.office.refusals import MAX_CELLS, too_many_cells

_AMOUNT = re.compile(r"[-+(]?[0-9][0-9,]*(?:\.[0-9]+)?[)]?%?(?:亿|万|千)?元?|[-/—]+")
#: How many bytes tell whether a file is text.
_HEAD = 65536
_Cells = dict[tuple[int, int], Cell]


def tables_of(data: bytes, name: str, *, libreoffice: bool = False) -> Book:
    """Return the tables of an office file, or those of a CSV file that is a form as it is printed.

    With `libreoffice`, it converts an old document (.doc).

    Raises:
        InputError: PF160 to PF167 for a file that cannot be read.
    """
    head = data[:_HEAD]
    is_text = not is_office(data) and encoding_of(head[: head.rfind(b"\n") + 1] or head) is not None
    if is_text and is_grid(source := source_from_bytes(name, as_utf8(data), allow_bom=True)):
        return bounded(_read_csv_grid(source), name)
    return read_bytes(data, name, libreoffice=libreoffice)


def _read_csv_grid(source: Source) -> Book:
    """Read CSV as one sheet, with the separator that gives it most columns.

    Raises:
        InputError: PF508 where it is no CSV, PF161 for too many cells.
    """
    cells = max((_cells(source, separator) for separator in _possible(source)), key=_columns)
    grid = Grid("", cells)
    return Book((replace(grid, cells=_merged(grid)),))


def _possible(source: Source) -> list[str]:
    """Return the separators with which a text is CSV.

    Raises:
        InputError: PF508 where it is none with any.
    """
    possible: list[str] = []
    first: InputError | None = None
    for separator in SEPARATORS:
        try:
            for _ in csv_rows(source, 0, separator):
                pass
            possible.append(separator)
        except InputError as error:
            first = first or error
    if not possible and first is not None:
        raise first
    return possible


def _cells(source: Source, separator: str) -> _Cells:
    cells: _Cells = {}
    for row, line in enumerate(csv_rows(source, 0, separator, blank=True)):
        for column, cell in enumerate(line):
            if not cell.is_blank:
                cells[row, column] = Cell(cell.text, Place("", row=row, column=column))
        if len(cells) > MAX_CELLS:
            raise too_many_cells(source.name)
    return cells


def _columns(cells: _Cells) -> int:
    return len({column for _, column in cells})


def _merged(grid: Grid) -> _Cells:
    """Return the cells over the blank ones that they were merged over, as far as a row shows it.

    That is so for a row of one cell, and for labels beside values; never for a row of indicators or amounts.
    """
    headers = find_headers(grid)
    within = {row for header in headers for row in range(header.row, header.end)}
    found = dict(grid.cells)
    loose: dict[int, list[int]] = {}
    for row in grid.rows(0, grid.height):
        columns = [column for column, _ in grid.row(row)]
        header = next((one for one in reversed(headers) if one.end <= row), None)
        if row in within or not _is_loose(grid, row, columns, header):
            continue
        loose[row] = columns
        for column, end in zip(columns, [*columns[1:], grid.width], strict=True):
            found[row, column] = replace(found[row, column], columns=end - column)
    for row, columns in loose.items():
        # A label beside two rows: below it is nothing, and the cells of both rows stand above each other.
        if len(columns) > 1 and loose.get(row + 1) and columns[0] == 0 and set(loose[row + 1]) <= set(columns[1:]):
            found[row, 0] = replace(found[row, 0], rows=2)
    for header in headers:
        if (sides := _beside(grid, header)) is not None:
            found[header.row, 0] = replace(found[header.row, 0], rows=sides[0], columns=sides[1])
    return found


def _beside(grid: Grid, header: Header) -> tuple[int, int] | None:
    """Return over how many rows and columns the first cell of a header extends, where it is a heading at the side."""
    column = header.columns[0]
    is_a_column = column.meaning is not None and header.kind == "indicators"
    if column.start != 0 or is_a_column or (header.row, 0) not in grid.cells:
        return None
    first: list[int] = []
    for row in range(header.end, grid.height):
        columns = [at for at, _ in grid.row(row)]
        if not columns or columns[0] == 0:
            break
        first.append(columns[0])
    within = header.first_amount or grid.width
    return (header.rows + len(first), min(first)) if first and min(first) < within else None


def _is_loose(grid: Grid, row: int, columns: list[int], header: Header | None) -> bool:
    """Return whether a row is no row below a header, where a blank cell would be one that nobody filled in."""
    texts = [grid.text(row, column).strip() for column in columns]
    if header is None:
        return True
    if header.kind == "budget":
        return not any(map(_AMOUNT.fullmatch, texts)) and columns != [header.first_amount - 1]
    if columns[0] != 0 or folded(texts[0]) in TOTALS:
        return False
    if len(columns) == 1:
        # A level in a row of its own stands above rows whose first cell is blank.
        is_level = any(one.start == 0 and one.meaning in LEVELS for one in header.columns)
        return not is_level or (row + 1, 0) in grid.cells or not any(grid.row(row + 1))
    values = {one.start for one in header.columns if one.meaning in {"target", "actual", "points", "published_score"}}
    return len(columns) == 2 and columns[1] not in values
