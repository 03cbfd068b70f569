"""Old workbooks (.xls), by xlrd under the extra `excel`."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
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
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


def read_xls(data: bytes, name: str) -> Book:
    """Read the sheets of an old workbook.

    Raises:
        InputError: PF110 where xlrd is not installed, PF163 for an encrypted file, PF160 for a damaged one.
    """
    with library("xlrd", name):
        import xlrd
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=StringIO(), ragged_rows=True
        )
        grids = [_grid(book, sheet) for sheet in book.sheets()]
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        if "encrypted" in str(error).lower():
            raise encrypted(name) from error
        raise damaged(name) from error
    if sum(len(grid.cells) for grid in grids) > MAX_CELLS:
        raise too_many_cells(name)
    return Book(tuple(grids))


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
