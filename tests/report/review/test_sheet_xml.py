"""Cells put into the XML of a sheet, in every shape that a sheet comes in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pfscore.report.review.sheet_xml import NewCell, SheetXml
from tests.tables import each

ONE = {2: {3: NewCell(Decimal("9.48"), 7)}}
CELL = '<c r="C2" s="7"><v>9.48</v></c>'


@each(
    ("before", "after"),
    [
        ('<row r="2"><c r="A2"/></row>', f'<row r="2"><c r="A2"/>{CELL}</row>'),
        ('<row r="2"><c r="D2"/></row>', f'<row r="2">{CELL}<c r="D2"/></row>'),
        ('<row r="2"><c r="C2" s="3"/></row>', f'<row r="2">{CELL}</row>'),
        ('<row r="2"><c r="C2" s="3"></c></row>', f'<row r="2">{CELL}</row>'),
        ('<row r="2" spans="1:2"></row>', f'<row r="2">{CELL}</row>'),
        ('<row r="2" ht="30" />', f'<row r="2" ht="30">{CELL}</row>'),
        ('<row r="1"/><row r="3"/>', f'<row r="1"/><row r="2">{CELL}</row><row r="3"/>'),
        ('<row r="1"/>', f'<row r="1"/><row r="2">{CELL}</row>'),
        ("<row><c/></row><row><c/><c/></row>", f"<row><c/></row><row><c/><c/>{CELL}</row>"),
        ("<row r='2' x='>'></row>", f"<row r='2' x='>'>{CELL}</row>"),
    ],
)
def test_a_cell_goes_to_its_place(before: str, after: str) -> None:
    sheet = "<worksheet><sheetData>{}</sheetData></worksheet>"
    assert SheetXml(sheet.format(before).encode()).with_cells(ONE, {}).decode() == sheet.format(after)


def test_a_prefix_is_kept() -> None:
    data = b'<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"/></x:sheetData></x:worksheet>'
    new = '<x:row r="2"><x:c r="C2" s="7"><x:v>9.48</x:v></x:c></x:row>'
    assert SheetXml(data).with_cells(ONE, {}).decode() == data.decode().replace('<x:row r="2"/>', new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<cols><col min="3" max="3" width="9" customWidth="1"/></cols>'),
        ('<cols><col max="2"/></cols>', '<cols><col max="2"/><col min="3" max="3" width="9" customWidth="1"/></cols>'),
        ('<cols><col min="1" max="16384"/></cols>', '<cols><col min="1" max="16384"/></cols>'),
    ],
    ids=["none", "others", "all have one"],
)
def test_widths_are_given_where_there_are_none(before: str, after: str) -> None:
    sheet = "<worksheet>{}<sheetData></sheetData></worksheet>"
    assert SheetXml(sheet.format(before).encode()).with_cells({}, {3: 9}).decode() == sheet.format(after)


def test_the_dimension_grows() -> None:
    data = b'<worksheet><dimension ref="A1:B9"/><sheetData><row r="2"/></sheetData></worksheet>'
    assert b'<dimension ref="A1:C9"/>' in SheetXml(data).with_cells(ONE, {})


@pytest.mark.parametrize(
    ("data", "column"),
    [
        (b'<worksheet><sheetData><row r="1"><c r="B1"><v>1</v></c><c r="F1" s="1"/></row></sheetData></worksheet>', 3),
        (b'<worksheet><sheetData/><mergeCells><mergeCell ref="A1:E1"/></mergeCells></worksheet>', 6),
        (b"<worksheet><sheetData/></worksheet>", 1),
    ],
    ids=["content counts, a style does not", "a merged range", "nothing"],
)
def test_the_first_free_column(data: bytes, column: int) -> None:
    assert SheetXml(data).first_free_column == column


def test_text_is_written_in_signs_of_any_encoding() -> None:
    data = '<?xml version="1.0" encoding="ISO-8859-1"?><worksheet><sheetData><row r="2"/></sheetData></worksheet>'
    new = SheetXml(data.encode()).with_cells({2: {1: NewCell("≥<5 ", 0)}}, {})
    assert b'<is><t xml:space="preserve">&#8805;&lt;5 </t></is>' in new


def test_damaged_xml_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no element found"):
        SheetXml(b"<worksheet><sheetData>")
