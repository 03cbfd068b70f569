"""Old workbooks (.xls), by xlrd under the extra `excel`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from io import StringIO
from struct import unpack_from
from typing import Any

from pfscore.foundation.runtime.resources import library
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.number_format import UnknownFormat, shown, shown_text, stored_behind, stored_number
from pfscore.office.refusals import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MAX_CELLS,
    NO_VALUE,
    damaged,
    encrypted,
    too_many_cells,
    unknown_format,
)

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
#: The records of a number, a text, a truth or a formula; those of several numbers and of several blank cells.
_CELLS = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD})
_NUMBERS, _BLANKS = 0x00BD, 0x00BE
#: The records of a formula, of the name of a sheet, and of the beginning of one.
_FORMULA, _SHEET, _BEGIN = 0x0006, 0x0085, 0x0809
_EMPTY_TEXT, _CALCULATE_ON_LOAD = 3, 2
#: The tokens of =100%: a whole number or another one, a minus, the sign.
_PERCENTAGE = re.compile(rb"(?:\x1e(..)|\x1f(.{8}))(\x13)?\x14", re.DOTALL)
_EXACT = Context(prec=40)
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
        formulas = {} if book is None else _formulas(data)
        grids = [] if book is None else [_grid(book, number, formulas) for number in range(book.nsheets)]
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        if "encrypted" in str(error).lower():
            raise encrypted(name) from error
        raise damaged(name) from error
    if is_too_large:
        raise too_many_cells(name)
    return Book(tuple(grids))


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the place, the kind and the body of each record of a workbook."""
    from xlrd.compdoc import CompDoc

    document = CompDoc(data, logfile=StringIO())
    stream, start, size = next(
        (found for name in ("Workbook", "Book") if (found := document.locate_named_stream(name))[0]), (b"", 0, 0)
    )
    at, end = start, start + size
    while at + 4 <= end:
        kind, length = unpack_from("<HH", stream, at)
        yield at - start, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _cells_in(data: bytes) -> int:
    """Return how many cells a workbook holds, by the lengths of its records; formatted blank ones count for less."""
    cells, blanks = 0, 0
    for _, kind, body in _records(data):
        cells += 1 if kind in _CELLS else (len(body) - 6) // 6 if kind == _NUMBERS else 0
        blanks += (len(body) - 6) // 2 if kind == _BLANKS else 0
        if cells + blanks // _BLANKS_PER_CELL > MAX_CELLS:
            break
    return cells + blanks // _BLANKS_PER_CELL


def _formulas(data: bytes) -> dict[tuple[int, int, int], str | None]:
    """Return by sheet, row and column the share that was typed as a formula, =100%, and `None` for one without a value.

    The library gives the stored values of formulas alone. Where no formula of a workbook has another value than an
    empty text, nobody calculated them; nor was one that is 0 and is to be calculated when the file is opened.
    """
    sheets: dict[int, int] = {}
    sheet = -1
    found: dict[tuple[int, int, int], str | None] = {}
    empty: list[tuple[int, int, int]] = []
    others = 0
    for at, kind, body in _records(data):
        if kind == _SHEET and body[5] == 0:
            sheets[unpack_from("<I", body)[0]] = len(sheets)
        elif kind == _BEGIN:
            sheet = sheets.get(at, sheet)
        elif kind == _FORMULA:
            row, column, _, value, flags, _, length = unpack_from("<HHH8sHIH", body)
            where, tokens = (sheet, row, column), body[22 : 22 + length]
            share = _share(tokens)
            if share is not None:
                found[where] = share
            elif value[6:] == b"\xff\xff" and value[0] == _EMPTY_TEXT:
                empty.append(where)
            elif flags & _CALCULATE_ON_LOAD and not any(value):
                found[where] = None
            else:
                others += 1
    return found if others else dict.fromkeys(empty) | found


def _share(tokens: bytes) -> str | None:
    """Return the share that a formula is, which is a number, perhaps a minus, and a percent sign."""
    number = _PERCENTAGE.fullmatch(tokens)
    if number is None:
        return None
    whole, double, minus = number.groups()
    value = Decimal(unpack_from("<H", whole)[0] if whole else unpack_from("<d", double)[0])
    text = stored_number(str(value))
    return None if text is None else f"{'-' if minus else ''}{shown(text, 'General')}%"


def _grid(book: Any, number: int, formulas: Mapping[tuple[int, int, int], str | None]) -> Grid:
    sheet = book.sheet_by_index(number)
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    cells: dict[tuple[int, int], Cell] = {}
    unread: list[Unread] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind not in {_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR}:
                continue
            place = Place(sheet.name, row, column)
            share = formulas.get((number, row, column), "")
            if share is None:
                unread.append(Unread(place, "", NO_VALUE))
                continue
            try:
                text, stored = _shown(book, sheet, row, column, share)
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


def _shown(book: Any, sheet: Any, row: int, column: int, share: str) -> tuple[str, str | None]:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    code = book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str
    if share and code == "General":
        return share, None
    if share and kind == _TEXT:  # nobody calculated it
        kind, value = _NUMBER, Decimal(share.removesuffix("%")).scaleb(-2, _EXACT)
    if kind == _ERROR:
        return _ERRORS.get(value, "#N/A"), None
    if kind == _BOOLEAN:
        return ("TRUE" if value else "FALSE"), None
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
