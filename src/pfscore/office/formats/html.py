"""Pages (.html, and pages saved as .xls or .doc), by selectolax under the extra `html`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pfscore.foundation.runtime.resources import library
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.refusals import HIDDEN_TEXT, MAX_CELLS, too_large, too_many_cells

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)
_IS_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "-comment"})
_MAX_SPAN = 1000
#: The largest page that is read, in bytes, and the most tags in it.
_MAX_BYTES, _MAX_TAGS = 16 * 1024 * 1024, 300_000


def read_html(data: bytes, name: str) -> Book:
    """Read the tables of a page, each with the paragraphs before it.

    Raises:
        InputError: PF110 where selectolax is not installed, PF161 for a page beyond all measure.
    """
    if len(data) > _MAX_BYTES or data.count(b"<") > _MAX_TAGS:
        raise too_large(name, "网页太大，不读", "the page is too large and is not read")
    with library("selectolax", name):
        from selectolax.lexbor import LexborHTMLParser
    tree = LexborHTMLParser(_page_text(data))
    reader = _Reader(name)
    if tree.body is not None:
        reader.walk(tree.body)
    return reader.book()


def _page_text(data: bytes) -> str:
    """Return the text of a page in the encoding that it states or shows; GB18030 where it is not UTF-8.

    >>> _page_text("<meta charset=gbk><p>分值".encode("gbk"))
    '<meta charset=gbk><p>分值'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    stated = _CHARSET.search(data[:4096])
    for encoding in [stated[1].decode("ascii")] if stated else []:
        known = "gb18030" if encoding.lower() in {"gb2312", "gbk", "gb18030"} else encoding
        try:
            return data.decode(known)
        except (LookupError, UnicodeDecodeError):
            break
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


class _Reader:
    """Walks a page in order, without recursion: pages nest as deeply as they like."""

    def __init__(self, name: str) -> None:
        self.grids: list[Grid] = []
        self._name, self._paragraphs, self._cells, self._tables = name, list[str](), 0, 0

    def book(self) -> Book:
        """Return the tables; the paragraphs behind the last are its own."""
        if self.grids:
            self.grids[-1] = replace(self.grids[-1], behind=tuple(self._paragraphs))
        return Book(tuple(self.grids))

    def walk(self, body: Any) -> None:
        """Collect the tables below `body`; a table within a cell is a table of its own."""
        pending = [body]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                self._paragraphs += [text for line in node.splitlines() if (text := _folded(line))]
            elif node.tag == "table":
                pending += reversed(self._table(node))
            elif node.tag == "-text":
                if text := _folded(node.text_content or ""):
                    self._paragraphs.append(text)
            elif node.tag not in _UNSEEN and not _is_hidden(node):
                pending += reversed(list(node.iter(include_text=True)))

    def _table(self, table: Any) -> list[Any]:
        """Read one table; return the tables within its cells, and the text around them where these only lay out."""
        self._tables += 1
        number, inner = self._tables, list[Any]()
        cells: dict[tuple[int, int], Cell] = {}
        unread: list[Unread] = []
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate(_rows(table)):
            column = 0
            for cell in line.iter():
                if cell.tag not in {"td", "th"}:
                    continue
                while (row, column) in taken:
                    column += 1
                rows, columns = (_span(cell, key) for key in ("rowspan", "colspan"))
                self._count(rows * columns)
                taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
                text, nested = _text(cell)
                is_layout = bool(nested) and sum(one.tag in {"td", "th"} for one in line.iter()) == 1
                inner += [text, *nested] if is_layout else nested
                if text and not is_layout:
                    place = Place(row=row, column=column, table=number)
                    if _is_hidden(line) or _is_hidden(cell):
                        unread.append(Unread(place, text, HIDDEN_TEXT))
                    else:
                        cells[row, column] = Cell(text, place, None, rows, columns)
                column += columns
        if cells or unread:
            self.grids.append(Grid("", cells, tuple(self._paragraphs), (), tuple(unread)))
            self._paragraphs = []
        return inner

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise too_many_cells(self._name)


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += [line for line in child.iter() if line.tag == "tr"]
    return rows


def _text(cell: Any) -> tuple[str, list[Any]]:
    """Return what a cell shows, and the tables within it."""
    pieces: list[str] = []
    inner: list[Any] = []
    pending = list(reversed(list(cell.iter(include_text=True))))
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "-text":
            pieces.append(re.sub(r"[ \t\r\n\f]+", " ", node.text_content or ""))
        elif node.tag == "br":
            pieces.append("\n")
        elif node.tag == "table":
            inner.append(node)
        elif node.tag not in _UNSEEN and not _is_hidden(node):
            block = ["\n"] if node.tag in _BLOCKS else []
            pending += [*block, *reversed(list(node.iter(include_text=True))), *block]
    return re.sub(r" ?\n[ \n]*", "\n", "".join(pieces)).strip(), inner


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_IS_HIDDEN.search(attributes.get("style") or ""))


def _span(cell: Any, key: str) -> int:
    text = (cell.attributes.get(key) or "1").strip()
    return max(1, min(int(text), _MAX_SPAN)) if text.isdecimal() else 1
