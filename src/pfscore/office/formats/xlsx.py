"""Workbooks (.xlsx, .xlsm): the XML of their sheets, read in one pass with bounded memory.

The text of values, their number formats, merged ranges and hidden rows are all in the sheet's own XML; libraries that
read workbooks give values without what was seen, or formats without the Chinese dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from posixpath import join, normpath
from typing import NamedTuple

from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import decimal_text
from pfscore.office.formats.archive import Archive, without
from pfscore.office.grid import Book, Cell, Grid, Place, Unread, position
from pfscore.office.number_format import BUILT_IN, UnknownFormat, shown, shown_text, stored_behind, stored_number
from pfscore.office.refusals import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MAX_CELLS,
    NO_VALUE,
    refused,
    too_many_cells,
    unknown_format,
)

#: Formulas that are one share, one number or one text: people type =100% for "exactly 100%".
_SHARE = re.compile(r"\+?(-?[0-9]{1,15}(?:\.[0-9]{1,15})?%)")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
#: How a word is pronounced, which is not shown in the cell.
_SKIPPED = frozenset({"rPh"})
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_xlsx(data: bytes, name: str) -> Book:
    """Read the visible sheets of a workbook.

    Raises:
        InputError: PF160 for a damaged file, PF161 for one beyond all measure, PF162 for one with a DTD.
    """
    archive = Archive(data, name)
    try:
        return _Workbook(archive, name).read()
    except (IndexError, KeyError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise refused("PF160", name, "工作簿的内部结构不对", "the workbook's inner structure is invalid") from error


class SheetEntry(NamedTuple):
    """A sheet as its workbook lists it: `part` is the name of its XML in the archive."""

    name: str
    part: str
    is_hidden: bool


def listed_sheets(archive: Archive) -> tuple[list[SheetEntry], bool]:
    """Return the sheets of a workbook, and whether its days count from 1904."""
    targets: dict[str, str] = {}
    entries: list[SheetEntry] = []
    epoch_1904 = False

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes["Target"]
            targets[attributes["Id"]] = normpath(target.lstrip("/") if target[:1] == "/" else join("xl", target))

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        nonlocal epoch_1904
        if tag == "workbookPr":
            epoch_1904 = attributes.get("date1904", "0") in {"1", "true"}
        elif tag == "sheet" and attributes.get("id") in targets:
            is_hidden = attributes.get("state", "visible") != "visible"
            entries.append(SheetEntry(attributes["name"], targets[attributes["id"]], is_hidden))

    archive.parse("xl/_rels/workbook.xml.rels", relation)
    archive.parse("xl/workbook.xml", sheet)
    return entries, epoch_1904


class _Workbook:
    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self._epoch_1904 = False
        self._strings: list[str] = []
        self._formats: list[str] = []
        self._cells = 0

    def read(self) -> Book:
        sheets, self._epoch_1904 = listed_sheets(self._archive)
        if "xl/sharedStrings.xml" in self._archive:
            self._read_strings()
        if "xl/styles.xml" in self._archive:
            self._read_formats()
        return Book(tuple(map(self._grid, sheets)))

    def _read_strings(self) -> None:
        pieces: list[str] = []
        in_text = False

        def start(tag: str, _: dict[str, str]) -> None:
            nonlocal in_text
            in_text = tag == "t"

        def end(tag: str) -> None:
            nonlocal in_text
            in_text = False
            if tag == "si":
                self._strings.append(_unescaped("".join(pieces)))
                pieces.clear()

        def text(characters: str) -> None:
            if in_text:
                pieces.append(characters)

        self._archive.parse("xl/sharedStrings.xml", *without(_SKIPPED, start, end, text))

    def _read_formats(self) -> None:
        codes = dict(BUILT_IN)
        numbers: list[int] = []
        inside = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                numbers.append(int(attributes.get("numFmtId", "0")))

        def end(tag: str) -> None:
            nonlocal inside
            inside = inside and tag != "cellXfs"

        self._archive.parse("xl/styles.xml", start, end)
        self._formats = [codes.get(number, "General") for number in numbers]

    def _grid(self, sheet: SheetEntry) -> Grid:
        found = _Sheet(sheet.name, self._show, self._count)
        self._archive.parse(sheet.part, found.start, found.end, found.text)
        return replace(found.grid(), is_hidden=sheet.is_hidden)

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_many_cells(self._name)

    def _show(self, kind: str, value: str, style: int, formula: str) -> tuple[str, str | None]:
        """Return what a cell shows, and the value that is stored where it is another one.

        A share that was typed as a formula, =100%, is shown as one, also where no format says so.
        """
        code = self._formats[style] if style < len(self._formats) else "General"
        if code == "General" and (share := _SHARE.fullmatch(formula)) is not None:
            return share[1], None
        match kind:
            case "s":
                return shown_text(self._strings[int(value)], code), None
            case "str" | "inlineStr":
                return shown_text(_unescaped(value), code), None
            case "b":
                return ("TRUE" if value.strip() == "1" else "FALSE"), None
            case "e" | "d":
                return value, None
        number = stored_number(value)
        if number is None:
            return value, None
        text = shown(number, code, epoch_1904=self._epoch_1904)
        return text, stored_behind(text, number, code)


@dataclass
class _Sheet:
    """Collects the cells of one sheet while its XML is parsed."""

    name: str
    show: Callable[[str, str, int, str], tuple[str, str | None]]
    count: Callable[[], None]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    _row: int = -1
    _row_is_hidden: bool = False
    _at: tuple[int, int] = (0, -1)
    _kind: str = "n"
    _style: int = 0
    _has_formula: bool = False
    _formula: list[str] = field(default_factory=list)
    _value: list[str] = field(default_factory=list)
    _taken: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "c":
                self._start_cell(attributes)
            case "v":
                self._taken = self._value
            case "t":
                self._taken = self._value if self._kind == "inlineStr" else None
            case "f":
                self._has_formula, self._taken = True, self._formula
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._row_is_hidden = attributes.get("hidden", "0") in {"1", "true"}
                self._at = (self._row, -1)
            case "col" if attributes.get("hidden", "0") in {"1", "true"}:
                last = min(int(attributes["max"]), _LAST_COLUMN)
                self.hidden_columns.update(range(int(attributes["min"]) - 1, last))
            case "mergeCell":
                self._merge(attributes["ref"])

    def end(self, tag: str) -> None:
        if tag in {"v", "t", "f"}:
            self._taken = None
        elif tag == "c":
            self._end_cell()

    def text(self, characters: str) -> None:
        if self._taken is not None:
            self._taken.append(characters)

    def grid(self) -> Grid:
        cells = {}
        for at, cell in self.cells.items():
            rows, columns = self.merged.get(at, (1, 1))
            cells[at] = cell if rows == columns == 1 else Cell(cell.text, cell.place, cell.stored, rows, columns)
        return Grid(self.name, cells, unread=tuple(self.unread))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._at = _position(attributes["r"]) if "r" in attributes else (self._row, self._at[1] + 1)
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._has_formula = False
        self._formula.clear()
        self._value.clear()

    def _end_cell(self) -> None:
        value, formula = "".join(self._value), "".join(self._formula).strip()
        is_empty_text = self._kind == "str"  # =IF(A1="","",…), calculated
        if self._has_formula and not value.strip() and not is_empty_text:
            self._kind, value = _constant(formula)
        row, column = self._at
        place = Place(self.name, row, column)
        if not value.strip():
            if self._has_formula and not is_empty_text:
                self.unread.append(Unread(place, "", NO_VALUE))
            return
        self.count()
        try:
            text, stored = self.show(self._kind, value, self._style, formula)
        except UnknownFormat as error:
            self.unread.append(Unread(place, value, unknown_format(error)))
            return
        if not text.strip():
            return
        if self._row_is_hidden or column in self.hidden_columns:
            self.unread.append(Unread(place, text, HIDDEN_ROW if self._row_is_hidden else HIDDEN_COLUMN))
        else:
            self.cells[row, column] = Cell(text, place, stored)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _position(first), _position(last or first)
        self.merged[top, left] = (bottom - top + 1, right - left + 1)


def _constant(formula: str) -> tuple[str, str]:
    """Return the kind and the value of a formula that is one number, share or text; other formulas need their value."""
    if (share := _SHARE.fullmatch(formula)) is not None:
        return "n", decimal_text(Fraction(share[1].removesuffix("%")) / 100)
    if _NUMBER.fullmatch(formula) is not None:
        return "n", formula.lstrip("+")
    text = _TEXT.fullmatch(formula)
    return ("n", "") if text is None else ("str", text[1].replace('""', '"'))


def _position(address: str) -> tuple[int, int]:
    found = position(address)
    if found is None or found[0] >= _LAST_ROW or found[1] >= _LAST_COLUMN:
        raise ValueError(address)
    return found


def _unescaped(text: str) -> str:
    """Return text with _x000D_ and the like as the characters that they stand for."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
