"""OpenDocument (.ods, .odt): the tables of `content.xml`, whose paragraphs hold exactly what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pfscore.office.formats.archive import Archive, without
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.number_format import stored_behind, stored_number
from pfscore.office.refusals import HIDDEN_COLUMN, HIDDEN_ROW, MAX_CELLS, too_many_cells

#: Elements whose text is not part of what a cell shows: comments, and what was deleted under tracked changes.
_SKIPPED = frozenset({"annotation", "tracked-changes", "note", "shapes", "forms", "ruby-text"})
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_opendocument(data: bytes, name: str, *, is_sheet: bool) -> Book:
    """Read the tables of a spreadsheet or of a text document.

    Raises:
        InputError: PF160 for a damaged file, PF161 for one beyond all measure, PF162 for one with a DTD.
    """
    reader = _Reader(name, is_sheet)
    Archive(data, name).parse("content.xml", *without(_SKIPPED, reader.start, reader.end, reader.text))
    grids = reader.grids
    if grids and not is_sheet:
        grids[-1] = replace(grids[-1], behind=tuple(reader.paragraphs))
    return Book(tuple(grids))


@dataclass
class _Table:
    name: str
    number: int
    is_hidden: bool
    before: tuple[str, ...]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0
    row: int = 0
    repeated_rows: int = 1
    row_is_hidden: bool = False
    column: int = 0


@dataclass
class _TableCell:
    attributes: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class _Reader:
    name: str
    is_sheet: bool
    grids: list[Grid] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    open_cells: list[_TableCell] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    pieces: list[list[str]] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    count: int = 0
    cells: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: C901  (one case an element)
        match tag:
            case "style":
                self.style = attributes.get("name", "")
            case "table-properties" if attributes.get("display") == "false":
                self.hidden_styles.add(self.style)
            case "table":
                self.count += 1
                is_hidden = attributes.get("style-name", "") in self.hidden_styles
                before = () if self.tables else tuple(self.paragraphs)
                self.tables.append(_Table(attributes.get("name", ""), self.count, is_hidden, before))
            case "table-column" if self.tables:
                self._column(self.tables[-1], attributes)
            case "table-row" if self.tables:
                table = self.tables[-1]
                table.repeated_rows = int(attributes.get("number-rows-repeated", "1"))
                table.row_is_hidden = attributes.get("visibility", "visible") != "visible"
                table.column = 0
            case "table-cell" | "covered-table-cell":
                self.open_cells.append(_TableCell(attributes))
            case "p" | "h":
                self.pieces.append([])
            case "s" if self.pieces:
                self.pieces[-1].append(" " * min(int(attributes.get("c", "1")), 100))
            case "tab" if self.pieces:
                self.pieces[-1].append("\t")
            case "line-break" if self.pieces:
                self.pieces[-1].append("\n")

    def end(self, tag: str) -> None:
        match tag:
            case "p" | "h" if self.pieces:
                self._end_paragraph("".join(self.pieces.pop()))
            case "table-cell" | "covered-table-cell" if self.open_cells and self.tables:
                self._end_cell(self.tables[-1], self.open_cells.pop())
            case "table-row" if self.tables:
                self.tables[-1].row += self.tables[-1].repeated_rows
            case "table" if self.tables:
                self._end_table(self.tables.pop())

    def text(self, characters: str) -> None:
        if self.pieces:
            self.pieces[-1].append(characters)

    def _end_paragraph(self, text: str) -> None:
        if self.open_cells:
            self.open_cells[-1].paragraphs.append(text)
        elif text.strip():
            self.paragraphs.append(text.strip())

    @staticmethod
    def _column(table: _Table, attributes: dict[str, str]) -> None:
        repeated = min(int(attributes.get("number-columns-repeated", "1")), _LAST_COLUMN - table.columns)
        if attributes.get("visibility", "visible") != "visible":
            table.hidden_columns.update(range(table.columns, table.columns + repeated))
        table.columns += repeated

    def _end_cell(self, table: _Table, cell: _TableCell) -> None:
        repeated = int(cell.attributes.get("number-columns-repeated", "1"))
        text = "\n".join(cell.paragraphs).strip()
        if text:
            # Cells that are repeated hold the same text; blank ones are repeated to the edge of the sheet.
            for row in range(table.row, table.row + table.repeated_rows):
                for column in range(table.column, table.column + repeated):
                    self._add(table, row, column, text, cell.attributes)
        table.column += repeated

    def _add(self, table: _Table, row: int, column: int, text: str, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > MAX_CELLS or row >= _LAST_ROW or column >= _LAST_COLUMN:
            raise too_many_cells(self.name)
        place = Place(table.name, row, column) if self.is_sheet else Place(row=row, column=column, table=table.number)
        if table.row_is_hidden or column in table.hidden_columns:
            reason = HIDDEN_ROW if table.row_is_hidden else HIDDEN_COLUMN
            table.unread.append(Unread(place, text, reason))
            return
        rows = min(int(attributes.get("number-rows-spanned", "1")), _LAST_ROW)
        columns = min(int(attributes.get("number-columns-spanned", "1")), _LAST_COLUMN)
        table.cells[row, column] = Cell(text, place, _stored(text, attributes), rows, columns)

    def _end_table(self, table: _Table) -> None:
        if table.cells or table.unread:
            unread = tuple(table.unread)
            self.grids.append(Grid(table.name, table.cells, table.before, (), unread, is_hidden=table.is_hidden))
        if not self.tables:
            self.paragraphs = []


def _stored(text: str, attributes: dict[str, str]) -> str | None:
    """Return the value behind a shown number, where it is another one."""
    if attributes.get("value-type") not in {"float", "percentage", "currency"}:
        return None
    number = stored_number(attributes.get("value", ""))
    return None if number is None else stored_behind(text, number)
