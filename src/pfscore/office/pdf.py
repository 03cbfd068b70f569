"""PDFs with text, by pdfplumber under the extra `pdf`: tables are found by their ruling lines.

A table that goes on over the next page is joined to it where the columns are the same; a row that the page break cuts
in two is joined where the upper half has no line below it. A scan holds no text and is refused.
"""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any, NamedTuple

from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell, Grid, Place
from pfscore.office.refusals import MAX_CELLS, damaged, encrypted, library, refused, too_large, too_many_cells

#: The most pages of a file that are read.
MAX_PAGES = 500
#: How far apart, in points, two lines may be that are one.
_NEAR = 3


class _Found(NamedTuple):
    page: int
    number: int
    columns: tuple[int, ...]
    before: tuple[str, ...]
    cells: dict[tuple[int, int], Cell]
    height: int


def read_pdf(data: bytes, name: str) -> Book:
    """Read the tables of a PDF, each with the lines of text before it.

    Raises:
        InputError: PF164 where pdfplumber is not installed, PF163 for an encrypted file, PF165 for a scan, PF161 for
            more than `MAX_PAGES` pages, PF160 for a damaged file.
    """
    with library("pdf", name):
        import pdfplumber
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return _read(document, name)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        if "password" in f"{type(error).__name__} {error}".lower() or b"/Encrypt" in data[-4096:]:
            raise encrypted(name) from error
        raise damaged(name) from error


def _read(document: Any, name: str) -> Book:
    if len(document.pages) > MAX_PAGES:
        pages = len(document.pages)
        raise too_large(
            name,
            f"有 {pages} 页，超过 {MAX_PAGES} 页，不读",
            f"it has {pages} pages, more than {MAX_PAGES}, and is not read",
        )
    found: list[_Found] = []
    has_text, has_pictures, lines = False, False, list[str]()
    for number, page in enumerate(document.pages, 1):
        has_text = has_text or bool(page.chars)
        has_pictures = has_pictures or bool(page.images)
        tables, lines = _tables(page, number, lines)
        found += tables
        if sum(len(one.cells) for one in found) > MAX_CELLS:
            raise too_many_cells(name)
        page.close()
    if not has_text:
        hint = Message(
            "这是扫描件，里面只有图片；请向填报单位要电子表，或先做文字识别并人工校对",
            "this is a scan of pictures; ask for the file itself, or recognise and proofread its text first",
        )
        raise refused("PF165", name, "PDF 里没有文字", "the PDF holds no text", hint if has_pictures else None)
    return Book(tuple(_joined(found)))


def _tables(page: Any, number: int, lines: list[str]) -> tuple[list[_Found], list[str]]:
    """Return the tables of a page, and the lines of text behind the last of them."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    found = []
    top = 0
    for index, table in enumerate(tables, 1):
        before = [*lines, *_lines(page, top, table.bbox[1])]
        lines, top = [], table.bbox[3]
        lefts = _edges([cell[0] for cell in table.cells] + [cell[2] for cell in table.cells])
        tops = _edges([cell[1] for cell in table.cells] + [cell[3] for cell in table.cells])
        cells: dict[tuple[int, int], Cell] = {}
        for box in table.cells:
            row, bottom = _index(tops, box[1]), _index(tops, box[3])
            column, right = _index(lefts, box[0]), _index(lefts, box[2])
            text = (page.crop(box, strict=False).extract_text() or "").strip()
            if text:
                place = Place(row=row, column=column, table=index, page=number)
                cells[row, column] = Cell(text, place, None, max(1, bottom - row), max(1, right - column))
        columns = tuple(round(left) for left in lefts)
        found.append(_Found(number, index, columns, tuple(before), cells, len(tops) - 1))
    return found, [*lines, *_lines(page, top, page.height)]


def _lines(page: Any, top: Any, bottom: Any) -> list[str]:
    """Return the lines of text between two heights of a page."""
    if bottom - top < 1:
        return []
    text = page.crop((0, top, page.width, bottom), strict=False).extract_text() or ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _edges(values: list[Any]) -> list[Any]:
    """Return the distinct positions of lines, in order; what is nearly one line is one."""
    edges: list[Any] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: list[Any], value: Any) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _joined(found: list[_Found]) -> list[Grid]:
    """Join the tables that go on over the next page to the part before it."""
    grids: list[list[_Found]] = []
    for one in found:
        last = grids[-1][-1] if grids else None
        goes_on = (
            last is not None
            and one.number == 1
            and one.page == last.page + 1
            and len(one.columns) == len(last.columns)
            and all(abs(left - right) <= _NEAR * 2 for left, right in zip(one.columns, last.columns, strict=True))
            and not any(len(line) > 3 and not line.isdecimal() for line in one.before)
        )
        if goes_on:
            grids[-1].append(one)
        else:
            grids.append([one])
    return [_one_grid(parts) for parts in grids]


def _one_grid(parts: list[_Found]) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    height = 0
    for part in parts:
        cells |= {(row + height, column): cell for (row, column), cell in part.cells.items()}
        height += part.height
    return Grid("", cells, parts[0].before)
