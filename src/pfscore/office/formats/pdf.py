"""PDFs with text, by pdfplumber under the extra `pdf`: tables are found by their ruling lines.

A table that goes on over the next page is joined to it where the columns are the same; a row that the page break cuts
in two is joined where the upper half has no line below it. A scan holds no text and is refused.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.extras import library
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell, Grid, Place
from pfscore.office.refusals import MAX_CELLS, damaged, encrypted, refused, too_large, too_many_cells

#: The most pages of a file that are read.
MAX_PAGES = 500
#: How far apart, in points, two lines may be that are one.
_NEAR = 3
#: Text above a table that says that it is a new one.
_HEADING = re.compile(r"附[件表录]|(?:19|20)[0-9]{2}\s*年|自评|目标表|报告|单位[:：]")


class _Found(NamedTuple):
    page: int
    number: int
    columns: tuple[int, ...]
    before: tuple[str, ...]
    cells: dict[tuple[int, int], Cell]
    height: int
    above: dict[int, str]


def read_pdf(data: bytes, name: str) -> Book:
    """Read the tables of a PDF, each with the lines of text before it.

    Raises:
        InputError: PF110 where pdfplumber is not installed, PF163 for an encrypted file, PF165 for a scan, PF161 for
            more than `MAX_PAGES` pages, PF160 for a damaged file.
    """
    with library("pdfplumber", name):
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
        boxes = {(_index(tops, box[1]), _index(lefts, box[0])): box for box in table.cells}
        texts = _texts(page.chars, boxes, tops, lefts)
        cells: dict[tuple[int, int], Cell] = {}
        for (row, column), text in texts.items():
            box = boxes[row, column]
            rows, columns = _index(tops, box[3]) - row, _index(lefts, box[2]) - column
            place = Place(row=row, column=column, table=index, page=number)
            cells[row, column] = Cell(text, place, None, max(1, rows), max(1, columns))
        columns_ = tuple(map(round, lefts))
        above = _row_above(page, table.bbox, columns_) if index == 1 and number > 1 else {}
        found.append(_Found(number, index, columns_, tuple(before), cells, len(tops) - 1, above))
    return found, [*lines, *_lines(page, top, page.height)]


def _texts(
    chars: list[Any], boxes: dict[tuple[int, int], Any], tops: list[Any], lefts: list[Any]
) -> dict[tuple[int, int], str]:
    """Return the text of each cell: the characters whose middle stands in it, since lines of text may touch rules."""
    from pdfplumber.utils.text import extract_text

    owners = {
        (row, column): at
        for at, box in boxes.items()
        for row in range(at[0], max(at[0] + 1, _index(tops, box[3])))
        for column in range(at[1], max(at[1] + 1, _index(lefts, box[2])))
    }
    inside: dict[tuple[int, int], list[Any]] = {}
    for char in chars:
        row = bisect_right(tops, (char["top"] + char["bottom"]) / 2) - 1
        column = bisect_right(lefts, (char["x0"] + char["x1"]) / 2) - 1
        if (owner := owners.get((row, column))) is not None:
            inside.setdefault(owner, []).append(char)
    texts = {at: _unwrapped(extract_text(found).strip()) for at, found in sorted(inside.items())}
    return {at: text for at, text in texts.items() if text}


def _row_above(page: Any, bbox: Any, columns: tuple[int, ...]) -> dict[int, str]:
    """Return the text above the first table of a page by its columns: the rest of a row that the page break cuts."""
    from pdfplumber.utils.text import extract_text

    inside: dict[int, list[Any]] = {}
    for char in page.chars:
        middle = (char["x0"] + char["x1"]) / 2
        if char["bottom"] <= bbox[1] + _NEAR and bbox[0] <= middle <= bbox[2]:
            inside.setdefault(columns[max(0, bisect_right(columns, middle) - 1)], []).append(char)
    texts = {edge: _unwrapped(extract_text(chars).strip()) for edge, chars in inside.items()}
    return {edge: text for edge, text in texts.items() if text}


def _lines(page: Any, top: Any, bottom: Any) -> list[str]:
    """Return the lines of text between two heights of a page."""
    from pdfplumber.utils.text import extract_text

    inside = [char for char in page.chars if top <= (char["top"] + char["bottom"]) / 2 < bottom]
    return [line.strip() for line in extract_text(inside).splitlines() if line.strip()]


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
        if grids and _goes_on(one, grids[-1]):
            grids[-1].append(one)
        else:
            grids.append([one])
    return [_one_grid(parts) for parts in grids]


def _goes_on(one: _Found, parts: list[_Found]) -> bool:
    """Return whether the first table of a page is the rest of the one before: the lines of one are the other's."""
    if one.number != 1 or one.page != parts[-1].page + 1 or any(_HEADING.search(line) for line in one.before):
        return False
    edges = _edges([edge for part in (*parts, one) for edge in part.columns])
    most = max(len(part.columns) for part in (*parts, one))
    ends = {(_index(edges, part.columns[0]), _index(edges, part.columns[-1])) for part in (*parts, one)}
    return len(edges) == most and len(ends) == 1


def _one_grid(parts: list[_Found]) -> Grid:
    edges = _edges([edge for part in parts for edge in part.columns])
    cells: dict[tuple[int, int], Cell] = {}
    height = 0
    for number, part in enumerate(parts):
        moved = _by_columns(part, edges)
        if number and part.above:  # a row without a line above it
            place = Place(row=0, table=part.number, page=part.page)
            moved = {(row + 1, column): cell for (row, column), cell in moved.items()}
            moved |= {(0, _index(edges, edge)): Cell(text, place) for edge, text in part.above.items()}
        if number and _is_rest({at[1] for at in moved if at[0] == 0}, {at[1] for at in cells if at[0] == height - 1}):
            height -= 1
        for (row, column), cell in moved.items():
            known = cells.get((row + height, column))
            text = cell.text if known is None else _unwrapped(f"{known.text}\n{cell.text}")
            cells[row + height, column] = replace(known or cell, text=text)
        height = max(height + part.height + bool(number and part.above), 1 + max(row for row, _ in cells))
    return Grid("", cells, parts[0].before)


def _by_columns(part: _Found, edges: list[Any]) -> dict[tuple[int, int], Cell]:
    """Return the cells of a part by the columns of the whole table."""
    places = [_index(edges, edge) for edge in part.columns]
    last = len(places) - 1
    return {
        (row, places[column]): replace(cell, columns=max(1, places[min(column + cell.columns, last)] - places[column]))
        for (row, column), cell in part.cells.items()
    }


def _is_rest(first: set[int], above: set[int]) -> bool:
    """Return whether a row is what a page break cut from the one above: no column of its own, and not the last ones."""
    return bool(first) and first < above and max(first) < max(above)


def _unwrapped(text: str) -> str:
    """Return a text without the line breaks that the width of its cell makes.

    >>> _unwrapped("48亿\\n元"), _unwrapped("best\\npractice")
    ('48亿元', 'best practice')
    """
    return re.sub(r"\n", "", re.sub(r"(?<=[A-Za-z,;])\n(?=[A-Za-z])", " ", text))
