"""Old workbooks (.xls), by xlrd under the extra `excel`."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from struct import unpack_from
from typing import Any

from pfscore.foundation.runtime.extras import library
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.number_format import UnknownFormat, shown, shown_text, stored_behind, stored_number
from pfscore.office.refusals import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MAX_CELLS,
    damaged,
    encrypted,
    too_many_cells,
    unknown_format,
)

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
#: The records of a number, a text, a truth or a formula; those of several numbers and of several blank cells.
_CELLS = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD})
_NUMBERS, _BLANKS = 0x00BD, 0x00BE
#: How many blank cells cost what one with content costs.
_BLANKS_PER_CELL = 10
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


def read_xls(data: bytes, name: str) -> Book:
    """Read the sheets of an old workbook.

    Raises:
        InputError: PF110 where xlrd is not installed, PF163 for an encrypted file, PF160 for a damaged one.
    """
    with library("xlrd", name):
        import xlrd
    try:
        is_too_large = _cells_in(data) > MAX_CELLS
        book = (
            None
            if is_too_large
            else xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=StringIO(), ragged_rows=True
            )
        )
        grids = [] if book is None else [_grid(book, sheet) for sheet in book.sheets()]
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        if "encrypted" in str(error).lower():
            raise encrypted(name) from error
        raise damaged(name) from error
    if is_too_large:
        raise too_many_cells(name)
    return Book(tuple(grids))


def _cells_in(data: bytes) -> int:
    """Return how many cells a workbook holds, by the lengths of its records; formatted blank ones count for less."""
    from xlrd.compdoc import CompDoc

    document = CompDoc(data, logfile=StringIO())
    stream, at, size = next(
        (found for name in ("Workbook", "Book") if (found := document.locate_named_stream(name))[0]), (b"", 0, 0)
    )
    end, cells, blanks = at + size, 0, 0
    while at + 4 <= end and cells + blanks // _BLANKS_PER_CELL <= MAX_CELLS:
        kind, length = unpack_from("<HH", stream, at)
        cells += 1 if kind in _CELLS else (length - 6) // 6 if kind == _NUMBERS else 0
        blanks += (length - 6) // 2 if kind == _BLANKS else 0
        at += 4 + length
    return cells + blanks // _BLANKS_PER_CELL


def _grid(book: Any, sheet: Any) -> Grid:
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    cells: dict[tuple[int, int], Cell] = {}
    unread: list[Unread] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind not in {_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR}:
                continue
            place = Place(sheet.name, row, column)
            try:
                text, stored = _shown(book, sheet, row, column)
            except UnknownFormat as error:
                unread.append(Unread(place, str(sheet.cell_value(row, column)), unknown_format(error)))
                continue
            if not text.strip():
                continue
            reason = _hidden(sheet, row, column)
            if reason is not None:
                unread.append(Unread(place, text, reason))
            else:
                cells[row, column] = Cell(text, place, stored, *spans.get((row, column), (1, 1)))
    return Grid(sheet.name, cells, unread=tuple(unread), is_hidden=sheet.visibility != 0)


def _shown(book: Any, sheet: Any, row: int, column: int) -> tuple[str, str | None]:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == _ERROR:
        return _ERRORS.get(value, "#N/A"), None
    if kind == _BOOLEAN:
        return ("TRUE" if value else "FALSE"), None
    code = book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str
    if kind == _TEXT:
        return shown_text(value, code), None
    # The file holds a binary number; its exact value, to the 15 digits that a spreadsheet keeps, is what was typed.
    number = stored_number(str(Decimal(value)))
    if number is None:
        return str(value), None
    text = shown(number, code, epoch_1904=book.datemode == 1)
    return text, stored_behind(text, number, code)


def _hidden(sheet: Any, row: int, column: int) -> Message | None:
    if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
        return HIDDEN_ROW
    if column in sheet.colinfo_map and sheet.colinfo_map[column].hidden:
        return HIDDEN_COLUMN
    return None
