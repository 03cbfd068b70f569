"""Workbooks: shown text, formulas without values, errors, hidden rows and columns, a second reader beside ours."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pfscore.office.formats.xlsx import read_xlsx
from pfscore.office.grid import Book
from tests.forms.recognition.layouts import LAYOUTS
from tests.office.made import changed, workbook


def saved(fill: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "运维费"
    fill(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def made(fill: Any) -> Book:
    return read_xlsx(saved(fill), "表.xlsx")


def reasons(book: Book) -> list[tuple[str, str, str]]:
    found = [*book.unread, *(one for grid in book.grids for one in grid.unread)]
    return [(one.place.text(), one.text, one.reason.zh) for one in found]


def test_a_cell_is_what_a_person_saw_and_keeps_what_is_stored() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["F12"] = 0.9484
        sheet["F12"].number_format = "0%"
        sheet["G12"] = 95
        sheet["G12"].number_format = '"≥"0"%"'
        sheet["H12"] = True

    grid = made(fill).grids[0]
    cell = grid.cells[11, 5]
    assert (cell.text, cell.stored, cell.place.text()) == ("95%", "0.9484", "运维费!F12")
    assert (grid.text(11, 6), grid.cells[11, 6].stored, grid.text(11, 7)) == ("≥95%", None, "TRUE")


def test_a_formula_without_a_value_is_listed_and_no_blank() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["A1"] = "=1+1"
        sheet["A2"] = "有"

    book = made(fill)
    assert reasons(book) == [("运维费!A1", "", "公式没有存下算出的值，请在表格软件里打开并保存一次")]


def test_an_empty_text_that_a_formula_gave_is_a_blank_cell() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["A1"] = '=IF(B1="","",B1)'
        sheet["A2"] = "有"

    data = changed(saved(fill), "xl/worksheets/sheet1.xml", lambda text: text.replace('r="A1"', 'r="A1" t="str"'))
    grid = read_xlsx(data, "表.xlsx").grids[0]
    assert ([cell.text for cell in grid.cells.values()], grid.unread) == (["有"], ())


def test_a_formula_that_is_one_constant_is_what_was_typed() -> None:
    """`=100%` is typed for "exactly 100%"; spreadsheets show a share, and store 1 with or without a format for it."""
    typed = {"=100%": "100%", "=-5%": "-5%", "=99.5%": "99.5%", "=5": "5", '="≥5人"': "≥5人", "=+3": "3"}

    def fill(_: Any, sheet: Any) -> None:
        for row, formula in enumerate(typed, 1):
            sheet.cell(row, 1, formula)
        sheet.cell(1, 2, "=100%").number_format = "0.00%"

    book = made(fill)
    assert [book.grids[0].text(row, 0) for row in range(len(typed))] == list(typed.values())
    assert book.grids[0].text(0, 1) == "100.00%"
    assert reasons(book) == []


def test_a_share_typed_as_a_formula_is_shown_as_one_where_only_the_number_is_stored() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["A1"] = "=98%"

    cell = '<c r="A1"><f>98%</f><v>0.98</v></c>'
    part = "xl/worksheets/sheet1.xml"
    data = changed(saved(fill), part, lambda text: re.sub('<c r="A1".*?</c>', cell, text))
    assert read_xlsx(data, "表.xlsx").grids[0].text(0, 0) == "98%"


def test_errors_are_shown_as_they_are() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["A1"] = "#DIV/0!"
        sheet["A1"].data_type = "e"

    assert made(fill).grids[0].text(0, 0) == "#DIV/0!"


def test_hidden_rows_columns_and_sheets_are_listed_and_not_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for address in ("A1", "A2", "B1"):
            sheet[address] = address
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        draft = book.create_sheet("底稿")
        draft["A1"], draft.sheet_state = "甲", "hidden"

    book = made(fill)
    assert [(grid.name, grid.is_hidden, list(grid.cells)) for grid in book.grids] == [
        ("运维费", False, [(0, 0)]),
        ("底稿", True, [(0, 0)]),
    ]
    assert reasons(book) == [
        ("运维费!B1", "B1", "在隐藏的列里"),
        ("运维费!A2", "A2", "在隐藏的行里"),
    ]


def test_the_same_cells_and_ranges_as_another_reader() -> None:
    for tables in LAYOUTS.values():
        data = workbook(tables)
        other = openpyxl.load_workbook(io.BytesIO(data))
        for grid in read_xlsx(data, "表.xlsx").grids:
            sheet = other[grid.name]
            cells = {
                (cell.row - 1, cell.column - 1): cell.value for row in sheet.iter_rows() for cell in row if cell.value
            }
            assert {at: cell.text for at, cell in grid.cells.items()} == cells
            spans = {(one.min_row - 1, one.min_col - 1): one.size for one in sheet.merged_cells.ranges}
            assert {at: {"rows": c.rows, "columns": c.columns} for at, c in grid.cells.items() if at in spans} == {
                at: size for at, size in spans.items() if at in grid.cells
            }
