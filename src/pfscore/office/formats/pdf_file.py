"""PDFs with text, by pdfplumber under the extra `pdf`: tables are found by their ruling lines.

A table that goes on over the next page is joined to it, see :mod:`pfscore.office.formats.pdf_pages`. A scan holds no
text and is refused; a page of pictures among others is listed as not read.

What a file may ask of pdfminer is bounded here, for neither the library nor the file bounds it: a stream of a kilobyte
inflates to a gigabyte, and a form can be drawn a thousand times within one that is drawn a thousand times.
"""

from __future__ import annotations

import logging
import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from threading import RLock, get_ident
from typing import Any

from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import library
from pfscore.foundation.text import Message
from pfscore.office.formats.pdf_pages import NEAR, Ending, Found, index_of, joined, lines_of, unwrapped
from pfscore.office.grid import Book, Cell, Place, Unread
from pfscore.office.refusals import (
    MAX_CELLS,
    ONLY_PICTURES,
    OUTSIDE_OF_CELLS,
    damaged,
    encrypted,
    refused,
    too_large,
    too_many_cells,
)

#: The most pages of a file that are read, and the most edges of lines and boxes on a page.
MAX_PAGES, _MAX_EDGES = 500, 8000
#: What a line of text begins with that cannot be broken: a number or a word, or one character, with what clings to it.
_FIRST = re.compile(r"[(（《“‘【\[]*(?:[!-~≥≤＞＜＝±～]+|.)[，。、；：！？）》”’】％]*")
#: How much higher than its characters a line of text is at most, in tenths.
_LINE_TENTHS = 16


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
        with bounded(len(data)), pdfplumber.open(BytesIO(data)) as document:
            return _read(document, name)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        if _is_too_much(error):
            raise too_large(name, "内容太多，不读", "it holds too much and is not read") from error
        if "password" in f"{type(error).__name__} {error}".lower() or b"/Encrypt" in data[-4096:]:
            raise encrypted(name) from error
        raise damaged(name) from error


def _is_too_much(error: BaseException | None) -> bool:
    """Return whether an error came from a bound; libraries wrap it in errors of their own."""
    return error is not None and (
        isinstance(error, TooMuch)
        or _is_too_much(error.__context__)
        or any(isinstance(one, BaseException) and _is_too_much(one) for one in error.args)
    )


def _read(document: Any, name: str) -> Book:
    if (pages := _count(document)) > MAX_PAGES:
        raise too_large(
            name,
            f"有 {pages} 页，超过 {MAX_PAGES} 页，不读",
            f"it has {pages} pages, more than {MAX_PAGES}, and is not read",
        )
    found: list[Found] = []
    unread: list[Unread] = []
    has_text, lines = False, list[str]()
    for number, page in enumerate(document.pages, 1):
        if len(page.edges) > _MAX_EDGES:
            raise TooMuch
        page = _upright(page)  # noqa: PLW2901
        has_text = has_text or bool(page.chars)
        if page.images and not page.chars:
            unread.append(Unread(Place(page=number), "", ONLY_PICTURES))
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
        raise refused("PF165", name, "PDF 里没有文字", "the PDF holds no text", hint if unread else None)
    if not found:
        hint = Message(
            "没有格线，读不出哪个字在哪一栏；请向填报单位要 .xlsx 或 .docx 原件",
            "without lines it is not known what stands in which column; ask for the .xlsx or .docx file itself",
        )
        raise refused("PF168", name, "PDF 里没有画出格线的表格", "the PDF holds no table drawn with lines", hint)
    return Book(tuple(joined(found)), tuple(unread))


def _upright(page: Any) -> Any:
    """Return a page turned so that its text can be read: tables are put in sideways."""
    turns = Counter(_turn(*char["matrix"][:2]) for char in page.chars)
    turn = max(turns, key=turns.__getitem__, default=0)
    if not turn:
        return page
    page.page_obj.rotate = (page.page_obj.rotate + turn) % 360
    return type(page)(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _turn(along: Any, up: Any) -> int:
    """Return by how many degrees to turn a character that is written along a direction."""
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 180
    return 90 if up > 0 else 270


def _count(document: Any) -> int:
    """Return the number of pages: what the file says, where that is too many already."""
    from pdfminer.pdftypes import dict_value

    said = dict_value(document.doc.catalog.get("Pages", {})).get("Count")
    return said if isinstance(said, int) and said > MAX_PAGES else len(document.pages)


def _tables(page: Any, number: int, lines: list[str]) -> tuple[list[Found], list[str]]:
    """Return the tables of a page, and the lines of text behind the last of them."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    found = []
    end = 0
    for index, table in enumerate(tables, 1):
        upper = _upper_end(page, table) if index == 1 else table.bbox[1]
        lower = _lower_end(page, table) if index == len(tables) else table.bbox[3]
        before = (*lines, *_lines(page, end, upper))
        found.append(_table(page, table, upper, lower, Place(table=index, page=number))._replace(before=before))
        lines, end = [], lower
    return found, [*lines, *_lines(page, end, page.height)]


def _table(page: Any, table: Any, upper: Any, lower: Any, place: Place) -> Found:
    """Return a table; what stands beyond its first or last rule is in halves of rows that are open there."""
    left, top, right, bottom = table.bbox
    found = [(cell[0], cell[1], cell[2], cell[3]) for cell in table.cells]
    found += [(x0, upper, x1, top) for x0, y0, x1, _ in found if upper < top and y0 - top < NEAR]
    found += [(x0, bottom, x1, lower) for x0, _, x1, y1 in found if lower > bottom and bottom - y1 < NEAR]
    lefts = lines_of([edge for box in found for edge in (box[0], box[2])])
    tops = lines_of([edge for box in found for edge in (box[1], box[3])])
    boxes = {(index_of(tops, box[1]), index_of(lefts, box[0])): box for box in found}
    inside, outside = _chars_of_cells(page, (left, upper, right, lower), boxes, tops, lefts)
    cells: dict[tuple[int, int], Cell] = {}
    begins: dict[int, Any] = {}
    ends: dict[int, Ending] = {}
    padding = min((min(char["x0"] for char in chars) - boxes[at][0] for at, chars in inside.items()), default=0)
    for (row, column), chars in sorted(inside.items()):
        if not (text := _text(chars)):
            continue
        box = boxes[row, column]
        rows, columns = index_of(tops, box[3]) - row, index_of(lefts, box[2]) - column
        cells[row, column] = Cell(text, replace(place, row=row, column=column), None, max(1, rows), max(1, columns))
        if row == 0:
            begins[column] = _first_width(chars)
        if row + rows >= len(tops) - 1:
            ends[column] = _ending(chars, box, max(0, padding))
    unread = tuple(
        Unread(replace(place, row=row), _text(chars), OUTSIDE_OF_CELLS) for row, chars in sorted(outside.items())
    )
    is_open = (upper < top, any(line["bottom"] > bottom + NEAR for line in _columns_of(page, table)))
    return Found(place, tuple(map(round, lefts)), (), cells, len(tops) - 1, is_open, begins, ends, unread)


def _chars_of_cells(
    page: Any, bbox: tuple[Any, ...], boxes: dict[tuple[int, int], Any], tops: list[Any], lefts: list[Any]
) -> tuple[dict[tuple[int, int], list[Any]], dict[int, list[Any]]]:
    """Return the characters by the cell in which their middle stands, since lines of text may touch rules.

    Those that stand within the table and in none of its cells are returned by their rows.
    """
    owners = {
        (row, column): at
        for at, box in boxes.items()
        for row in range(at[0], max(at[0] + 1, index_of(tops, box[3])))
        for column in range(at[1], max(at[1] + 1, index_of(lefts, box[2])))
    }
    inside: dict[tuple[int, int], list[Any]] = {}
    outside: dict[int, list[Any]] = {}
    left, top, right, bottom = bbox
    for char in page.chars:
        middle, height = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        row, column = bisect_right(tops, height) - 1, bisect_right(lefts, middle) - 1
        if (owner := owners.get((row, column))) is not None:
            inside.setdefault(owner, []).append(char)
        elif left <= middle <= right and top <= height <= bottom and char["text"].strip():
            outside.setdefault(row, []).append(char)
    return inside, outside


def _first_width(chars: list[Any]) -> Any:
    """Return the width of the first word of a text."""
    top, size = min(char["top"] for char in chars), max(char["bottom"] - char["top"] for char in chars)
    line = sorted((char for char in chars if char["top"] < top + size / 2), key=lambda char: char["x0"])
    word = _FIRST.match("".join(char["text"] for char in line))
    return sum(char["x1"] - char["x0"] for char in line[: len(word[0]) if word else 0])


def _ending(chars: list[Any], box: Any, padding: Any) -> Ending:
    bottom, size = max(char["bottom"] for char in chars), max(char["bottom"] - char["top"] for char in chars)
    line = [char for char in chars if char["bottom"] > bottom - size / 2]
    width = max(char["x1"] for char in line) - min(char["x0"] for char in line)
    return Ending(10 * (box[3] - bottom) < _LINE_TENTHS * size, box[2] - box[0] - 2 * padding - width)


def _columns_of(page: Any, table: Any) -> list[Any]:
    """Return the lines between the columns of a table, with what of them goes beyond its first and last rule."""
    left, top, right, bottom = table.bbox
    return [
        line
        for line in page.edges
        if line["orientation"] == "v"
        and left - NEAR <= line["x0"] <= right + NEAR
        and line["top"] <= bottom + NEAR
        and line["bottom"] >= top - NEAR
    ]


def _upper_end(page: Any, table: Any) -> Any:
    """Return where a table begins: above its first rule, where a row has none."""
    return min(
        [table.bbox[1], *(line["top"] for line in _columns_of(page, table) if line["top"] < table.bbox[1] - NEAR)]
    )


def _lower_end(page: Any, table: Any) -> Any:
    """Return where a table ends: below its last rule, where a row has none or is lower than its text."""
    left, _, right, bottom = table.bbox
    lines = [line["bottom"] for line in _columns_of(page, table) if line["bottom"] > bottom + NEAR]
    texts = [
        char["bottom"]
        for char in page.chars
        if char["top"] < bottom < (char["top"] + char["bottom"]) / 2 and left <= char["x0"] <= right
    ]
    return max([bottom, *lines, *texts])


def _lines(page: Any, top: Any, bottom: Any) -> list[str]:
    """Return the lines of text between two heights of a page."""
    from pdfplumber.utils.text import extract_text

    inside = [char for char in page.chars if top <= (char["top"] + char["bottom"]) / 2 < bottom]
    return [line.strip() for line in extract_text(inside).splitlines() if line.strip()]


def _text(chars: list[Any]) -> str:
    from pdfplumber.utils.text import extract_text

    return unwrapped(extract_text(chars).strip())


#: The most that all streams inflate to, in bytes; pictures are not inflated.
MAX_INFLATED = 64 * 1024 * 1024
#: The most bytes of drawing: on one page, in any file, and for each byte of a larger file.
MAX_PAGE, MAX_DRAWN, MAX_DRAWN_PER_BYTE = 768 * 1024, 1024 * 1024, 20
#: The most of a stream that is packed in a way that cannot be unpacked in parts.
_MAX_OTHERWISE = 32 * 1024
_FLATE, _OTHERWISE = {"FlateDecode", "Fl"}, {"LZWDecode", "LZW", "RunLengthDecode", "RL"}
_LOCK = RLock()


class TooMuch(Exception):
    """A PDF asks for more than it may."""


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Let pdfminer, in this context and this thread, do no more than a file of `size` bytes may ask for.

    Raises:
        TooMuch: at once, wherever the bound is met.
    """
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import PDFStream, stream_value
    from pdfplumber import page

    inflated, drawn, drawn_on_page, owner = 0, 0, 0, get_ident()
    decode: Any = PDFStream.decode

    def bounded_decode(stream: Any) -> None:
        nonlocal inflated
        if get_ident() == owner:
            inflated += _inflated_size(stream, MAX_INFLATED - inflated)
        decode(stream)

    class _Interpreter(PDFPageInterpreter):
        """Draws pages, and counts what is drawn, each time that it is drawn."""

        def process_page(self, page_: Any) -> None:
            nonlocal drawn_on_page
            drawn_on_page = 0
            super().process_page(page_)

        def execute(self, streams: Any) -> None:
            nonlocal drawn, drawn_on_page
            count = sum(len(stream_value(stream).get_data()) for stream in streams)
            drawn_on_page += count
            drawn += count
            if drawn_on_page > MAX_PAGE or drawn > max(MAX_DRAWN, MAX_DRAWN_PER_BYTE * size):
                raise TooMuch
            super().execute(streams)

    with _LOCK, _replaced(PDFStream, "decode", bounded_decode), _replaced(page, "PDFPageInterpreter", _Interpreter):
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _inflated_size(stream: Any, most: int) -> int:
    """Return what a stream inflates to.

    Raises:
        TooMuch: where that is more than `most`.
    """
    data = stream.rawdata
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        kind = getattr(name, "name", "")
        if kind in _OTHERWISE and len(data) > _MAX_OTHERWISE:
            raise TooMuch
        if kind not in _FLATE:
            break
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:
            break
        if len(data) > most:
            raise TooMuch
    return len(data)
