"""What our own readers of XML see, beside other libraries: openpyxl and calamine, python-docx and mammoth, odfpy."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import mammoth
import openpyxl
import pytest
import python_calamine
from odf import opendocument, table, teletype
from selectolax.lexbor import LexborHTMLParser

from pfscore.office.grid import Book, Grid
from pfscore.office.open import read_bytes
from tests.forms.recognition.layouts import LAYOUTS, national, published
from tests.house.tree import ROOT
from tests.office.made import Table, converted, document, workbook

#: Every layout, two of the four documents and the published forms of other regions.
TABLES: dict[str, list[Table]] = {
    **LAYOUTS,
    "四川": [national(form, split=True) for form in published("luzhou-2023")[:3]],
    "全国": [national(form) for form in published("yueyang-2023")],
    "各地": [
        national(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "tests" / "wild" / "forms").glob("*.json"))
    ],
}
#: Of documents, which are slow to make, the small ones.
DOCUMENTS = [name for name in TABLES if name != "各地"]
Texts = list[list[str]]


def ours(data: bytes | Path) -> Book:
    return read_bytes(data if isinstance(data, bytes) else data.read_bytes(), "表")


def texts(grid: Grid) -> Texts:
    """Return the rows of a table: each cell once, a merged one where it begins."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(grid.cells.items()):
        rows.setdefault(row, []).append(_folded(cell.text))
    return [rows[row] for row in sorted(rows)]


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _filled(rows: Iterator[list[Any]]) -> Texts:
    filled = ([_folded(str(cell)) for cell in row if str(cell or "").strip()] for row in rows)
    return [row for row in filled if row]


@pytest.mark.parametrize("name", TABLES)
def test_workbooks_beside_openpyxl_and_calamine(name: str) -> None:
    data = workbook(TABLES[name])
    found = {grid.name: grid for grid in ours(data).grids}
    others = openpyxl.load_workbook(io.BytesIO(data))
    calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert list(found) == others.sheetnames == calamine.sheet_names
    for sheet in others.sheetnames:
        seen = texts(found[sheet])
        assert seen == _filled([cell.value for cell in row] for row in others[sheet].iter_rows())
        assert seen == _filled(iter(calamine.get_sheet_by_name(sheet).to_python()))
        spans = {(one.min_row - 1, one.min_col - 1, *one.size.values()) for one in others[sheet].merged_cells.ranges}
        merged = {
            ((first[0], first[1]), last) for first, last in calamine.get_sheet_by_name(sheet).merged_cell_ranges or ()
        }
        assert {(row, column) for row, column, *_ in spans} == {first for first, _ in merged}
        for (row, column), cell in found[sheet].cells.items():
            is_merged = (row, column) in {first for first, _ in merged}
            assert is_merged == (cell.rows > 1 or cell.columns > 1)
            if is_merged:
                assert ((row, column), (row + cell.rows - 1, column + cell.columns - 1)) in merged


def _docx_rows(one: Any) -> Iterator[list[str]]:
    """Yield the rows of a table of python-docx, which gives a merged cell for each position that it covers."""
    seen = set()
    for row in one.rows:
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append(cell.text)
        yield cells


def _html_rows(one: Any) -> Iterator[list[str]]:
    for row in one.css("tr"):
        yield [cell.text() for cell in row.iter() if cell.tag in {"td", "th"}]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_beside_python_docx_and_mammoth(name: str) -> None:
    data = document(TABLES[name])
    seen = [texts(grid) for grid in ours(data).grids]
    assert seen == [_filled(_docx_rows(one)) for one in docx.Document(io.BytesIO(data)).tables]
    page = LexborHTMLParser(mammoth.convert_to_html(io.BytesIO(data)).value)
    assert seen == [_filled(_html_rows(one)) for one in page.css("table")]


def _odf_rows(one: Any) -> Iterator[list[str]]:
    for row in one.getElementsByType(table.TableRow):
        cells = row.getElementsByType(table.TableCell)
        texts = [(teletype.extractText(cell), int(cell.getAttribute("numbercolumnsrepeated") or 1)) for cell in cells]
        yield [text for text, count in texts if text for _ in range(count)]


@pytest.mark.parametrize(("wanted", "suffix"), [("ods", ".xlsx"), ("odt", ".docx")])
def test_opendocument_beside_odfpy_and_calamine(wanted: str, suffix: str, tmp_path: Path) -> None:
    tables = [one for name in DOCUMENTS for one in TABLES[name]]
    path = converted((workbook if wanted == "ods" else document)(tables), suffix, wanted, tmp_path)
    seen = [texts(grid) for grid in ours(path).grids]
    assert seen == [_filled(_odf_rows(one)) for one in opendocument.load(path).getElementsByType(table.Table)]
    if wanted == "ods":
        calamine = python_calamine.CalamineWorkbook.from_path(path)
        assert seen == [_filled(iter(calamine.get_sheet_by_name(name).to_python())) for name in calamine.sheet_names]
