"""Cells put into the XML of a sheet: every other byte stays as it was.

What is inserted is plain ASCII, other characters as references, so that it fits whatever encoding the part is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from xml.parsers import expat

from pfscore.foundation.numbers import decimal_text
from pfscore.office.grid import column_letters, position

#: The most characters that a cell holds.
_MAX_TEXT = 32767


class NewCell(NamedTuple):
    """A cell to be put into a sheet: a text or a number, with the number of its style."""

    content: str | Decimal
    style: int


#: New cells by row and column, both from 1.
NewCells = Mapping[int, Mapping[int, NewCell]]


@dataclass
class _Cell:
    column: int
    piece: Piece
    has_content: bool = False


@dataclass
class _Row:
    number: int
    piece: Piece
    cells: list[_Cell] = field(default_factory=list)


class SheetXml:
    """The XML of a sheet, and the places in it where something can be inserted.

    Raises:
        ValueError: where the XML is damaged.

    >>> sheet = SheetXml(b'<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>')
    >>> sheet.first_free_column, sheet.with_cells({2: {2: NewCell(Decimal(8), 0)}}, {})[55:-30]
    (2, b'<c r="B2" s="0"><v>8</v></c>')
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._rows: list[_Row] = []
        self._sheet_data: Piece | None = None
        self._columns: Piece | None = None
        self._last_width = 0
        self._dimension: tuple[Piece, str] | None = None
        self._last_merged = 0
        self._prefix = ""
        parse(data, self._started)

    @property
    def first_free_column(self) -> int:
        """The first column to the right of everything."""
        cells = (cell.column for row in self._rows for cell in row.cells if cell.has_content)
        return max([self._last_merged, *cells], default=0) + 1

    def with_cells(self, cells: NewCells, widths: Mapping[int, int]) -> bytes:
        """Return the sheet with these cells, and with the widths of columns that have none yet."""
        edits: list[Edit] = [*self._row_edits(cells), *self._width_edits(widths)]
        if self._dimension is not None and cells:
            edits += self._dimension_edit(max(column for row in cells.values() for column in row), max(cells))
        return edited(self._data, edits)

    def _started(self, tag: str, attributes: Mapping[str, str], piece: Piece) -> None:
        match tag.rpartition(":")[2]:
            case "worksheet":
                self._prefix = tag.removesuffix("worksheet")
            case "sheetData":
                self._sheet_data = piece
            case "cols":
                self._columns = piece
            case "col":
                self._last_width = max(self._last_width, int(attributes.get("max", "0")))
            case "dimension":
                self._dimension = (piece, attributes.get("ref", ""))
            case "mergeCell":
                last = position(attributes.get("ref", "").rpartition(":")[2])
                self._last_merged = max(self._last_merged, 0 if last is None else last[1] + 1)
            case "row":
                before = self._rows[-1].number if self._rows else 0
                self._rows.append(_Row(int(attributes.get("r", before + 1)), piece))
            case "c" if self._rows:
                found = position(attributes.get("r", ""))
                cells = self._rows[-1].cells
                before = cells[-1].column if cells else 0
                cells.append(_Cell((before if found is None else found[1]) + 1, piece))
            case "v" | "is" | "f" if self._rows and self._rows[-1].cells:
                self._rows[-1].cells[-1].has_content = True

    def _row_edits(self, cells: NewCells) -> Iterator[Edit]:
        rows = {row.number: row for row in self._rows}
        for number, wanted in sorted(cells.items()):
            if number in rows:
                yield from self._cell_edits(rows[number], wanted)
            else:
                content = b"".join(self._cell(number, column, cell) for column, cell in sorted(wanted.items()))
                yield from self._new_row(number, content)

    def _cell_edits(self, row: _Row, wanted: Mapping[int, NewCell]) -> Iterator[Edit]:
        piece, data = row.piece, self._data
        start = data[piece.start : piece.tag_end]
        # How far the cells of a row reach is a hint that would no longer be right.
        opened = re.sub(rb"\s+spans\s*=\s*(\"[^\"]*\"|'[^']*')", b"", start)
        if piece.is_empty:
            content = b"".join(self._cell(row.number, column, cell) for column, cell in sorted(wanted.items()))
            yield piece.start, piece.end, opened[:-2].rstrip() + b">" + content + f"</{self._prefix}row>".encode()
            return
        if opened != start:
            yield piece.start, piece.tag_end, opened
        for column, cell in sorted(wanted.items()):
            text = self._cell(row.number, column, cell)
            there = next((one.piece for one in row.cells if one.column == column), None)
            if there is not None:
                yield there.start, there.end, text
                continue
            behind = next((one.piece.start for one in row.cells if one.column > column), piece.inner_end)
            yield behind, behind, text

    def _new_row(self, number: int, content: bytes) -> Iterator[Edit]:
        row = f'<{self._prefix}row r="{number}">'.encode() + content + f"</{self._prefix}row>".encode()
        behind = next((one.piece.start for one in self._rows if one.number > number), None)
        if behind is None and self._sheet_data is not None and not self._sheet_data.is_empty:
            behind = self._sheet_data.inner_end
        if behind is not None:
            yield behind, behind, row

    def _width_edits(self, widths: Mapping[int, int]) -> Iterator[Edit]:
        new = [(column, width) for column, width in sorted(widths.items()) if column > self._last_width]
        if not new or self._sheet_data is None:
            return
        text = "".join(
            f'<{self._prefix}col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
            for column, width in new
        )
        if self._columns is None:
            start = self._sheet_data.start
            yield start, start, f"<{self._prefix}cols>{text}</{self._prefix}cols>".encode()
        elif not self._columns.is_empty:
            yield self._columns.inner_end, self._columns.inner_end, text.encode()

    def _dimension_edit(self, column: int, row: int) -> Iterator[Edit]:
        if self._dimension is None:
            return
        piece, reference = self._dimension
        first, _, last = reference.partition(":")
        end = position(last or first)
        if end is None:
            return
        new = f"{first}:{column_letters(max(end[1], column - 1))}{max(end[0] + 1, row)}"
        tag = self._data[piece.start : piece.tag_end]
        yield piece.start, piece.tag_end, tag.replace(reference.encode(), new.encode())

    def _cell(self, row: int, column: int, cell: NewCell) -> bytes:
        prefix, address = self._prefix, f"{column_letters(column - 1)}{row}"
        if isinstance(cell.content, Decimal):
            value = decimal_text(Fraction(cell.content))
            return f'<{prefix}c r="{address}" s="{cell.style}"><{prefix}v>{value}</{prefix}v></{prefix}c>'.encode()
        text = escaped(cell.content[:_MAX_TEXT])
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        return f'<{prefix}c r="{address}" s="{cell.style}" t="inlineStr">{inner}</{prefix}c>'.encode()


#: A stretch of bytes, and what stands there instead.
Edit = tuple[int, int, bytes]
#: A tag from its `<`; an attribute may hold a `>`.
_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
#: What may not stand in XML at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Piece:
    """An element in its bytes: where its tag begins and ends, where its end tag begins, and where all of it ends."""

    start: int
    tag_end: int
    inner_end: int = 0
    end: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it is a single tag, `<a/>`."""
        return self.tag_end == self.end


def parse(
    data: bytes,
    started: Callable[[str, Mapping[str, str], Piece], object],
    ended: Callable[[str], object] = lambda _: None,
) -> None:
    """Parse XML, calling `started(tag, attributes, piece)`; a piece is whole when its element has ended.

    Tags keep the prefix of their namespace.

    Raises:
        ValueError: where the XML is damaged, or in an encoding without ASCII.

    >>> found = []
    >>> parse(b"<a><b x='1'/></a>", lambda tag, attributes, piece: found.append((tag, piece)))
    >>> [(tag, piece.start, piece.tag_end, piece.inner_end, piece.end, piece.is_empty) for tag, piece in found]
    [('a', 0, 3, 13, 17, False), ('b', 3, 13, 3, 13, True)]
    """
    parser = expat.ParserCreate()
    pieces: list[Piece] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        match = _TAG.match(data, parser.CurrentByteIndex)
        if match is None:
            raise ValueError(f"no tag of {tag!r} in these bytes")
        pieces.append(Piece(match.start(), match.end()))
        started(tag, attributes, pieces[-1])

    def end(tag: str) -> None:
        piece = pieces.pop()
        behind = None if data[piece.tag_end - 2] == ord("/") else _TAG.match(data, parser.CurrentByteIndex)
        piece.inner_end, piece.end = (piece.start, piece.tag_end) if behind is None else behind.span()
        ended(tag)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)  # noqa: FBT003  (expat takes it by place alone)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `data` with some stretches replaced; what is inserted at one place keeps its order.

    >>> edited(b"<a></a>", [(3, 3, b"1"), (3, 3, b"2"), (0, 3, b"<a b='c'>")])
    b"<a b='c'>12</a>"
    """
    parts, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        parts += [data[at:start], text]
        at = end
    return b"".join([*parts, data[at:]])


def escaped(text: str) -> str:
    """Return a text as it may stand in XML of any encoding.

    >>> escaped("a<b & 分\\x00")
    'a&lt;b &amp; &#20998;'
    """
    text = _FORBIDDEN.sub("", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        text = text.replace(sign, entity)
    # _x0041_ would be taken for the character with that number.
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return text.encode("ascii", "xmlcharrefreplace").decode()


#: The lists that grow: what fills a cell, and the styles of cells.
_LISTS = ("fills", "cellXfs")


def with_fills(styles: bytes, colours: Sequence[str]) -> tuple[bytes, list[int]]:
    """Return the styles of a workbook with one more without a colour and one for each colour (RGB), and their numbers.

    Raises:
        ValueError: where the styles are damaged.

    >>> styles = b"<styleSheet><fills count='1'><fill/></fills><cellXfs count='1'><xf/></cellXfs></styleSheet>"
    >>> with_fills(styles, ["FDECEA"])[1]
    [1, 2]
    """
    lists: dict[str, Piece] = {}
    counts = dict.fromkeys(_LISTS, 0)
    prefix, inside = "", [""]

    def started(tag: str, _: Mapping[str, str], piece: Piece) -> None:
        nonlocal prefix
        name = tag.rpartition(":")[2]
        if name == "styleSheet":
            prefix = tag.removesuffix(name)
        if inside[-1] in counts:
            counts[inside[-1]] += 1
        if name in counts:
            lists[name] = piece
        inside.append(name)

    parse(styles, started, lambda _: inside.pop())
    if lists.keys() != counts.keys() or any(piece.is_empty for piece in lists.values()):
        raise ValueError("the workbook has no styles")
    first_fill, first_style = counts["fills"], counts["cellXfs"]
    fills = [_fill(prefix, colour) for colour in colours]
    numbers = (0, *range(first_fill, first_fill + len(fills)))
    xfs = [_style(prefix, number) for number in numbers]
    edits = [
        *_appended(styles, lists["fills"], first_fill, fills),
        *_appended(styles, lists["cellXfs"], first_style, xfs),
    ]
    return edited(styles, edits), list(range(first_style, first_style + len(xfs)))


def _fill(prefix: str, colour: str) -> str:
    ground = f'<{prefix}fgColor rgb="FF{colour}"/><{prefix}bgColor indexed="64"/>'
    return f'<{prefix}fill><{prefix}patternFill patternType="solid">{ground}</{prefix}patternFill></{prefix}fill>'


def _style(prefix: str, fill: int) -> str:
    return f'<{prefix}xf numFmtId="0" fontId="0" fillId="{fill}" borderId="0" xfId="0" applyFill="1" quotePrefix="1"/>'


def _appended(styles: bytes, piece: Piece, count: int, new: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits that append to a list, and that bring its count up to date where it has one."""
    tag = styles[piece.start : piece.tag_end]
    yield piece.start, piece.tag_end, re.sub(rb"(\scount\s*=\s*[\"'])[0-9]+", rb"\g<1>%d" % (count + len(new)), tag)
    yield piece.inner_end, piece.inner_end, "".join(new).encode()
