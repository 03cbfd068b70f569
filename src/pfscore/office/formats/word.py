"""Documents (.docx): the tables and paragraphs of `word/document.xml`, with insertions and content controls.

Libraries that read documents leave out text that was inserted under tracked changes and text in content controls; the
XML is walked here for that reason. What was deleted is not shown and not read; hidden text is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pfscore.office.formats.archive import Archive, without
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.refusals import HIDDEN_TEXT, MAX_CELLS, too_many_cells

#: Elements whose text is not part of what a person sees.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "footnotePr", "endnotePr"})
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Book:
    """Read the tables of a document, each with the paragraphs before it.

    Raises:
        InputError: PF160 for a damaged file, PF161 for one beyond all measure, PF162 for one with a DTD.
    """
    reader = _Reader(name)
    Archive(data, name).parse("word/document.xml", *without(_SKIPPED, reader.start, reader.end, reader.text))
    return reader.book()


@dataclass
class _Table:
    number: int
    before: tuple[str, ...]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    spans: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    open_merges: dict[int, tuple[int, int]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    row: int = -1
    column: int = 0


@dataclass
class _TableCell:
    columns: int = 1
    merge: str | None = None
    pieces: list[str] = field(default_factory=list)


@dataclass
class _Reader:
    name: str
    grids: list[tuple[int, Grid]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    open_cells: list[_TableCell] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    #: The pieces of the open paragraphs: one in a text box stands within another.
    open_paragraphs: list[list[str]] = field(default_factory=list)
    in_text: bool = False
    run_is_hidden: bool = False
    count: int = 0
    cells: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: C901  (one case an element)
        match tag:
            case "tbl":
                self.count += 1
                self.tables.append(_Table(self.count, () if self.tables else tuple(self.paragraphs)))
            case "tr" if self.tables:
                self.tables[-1].row, self.tables[-1].column = self.tables[-1].row + 1, 0
            case "gridBefore" if self.tables:
                self.tables[-1].column += int(attributes.get("val", "0"))
            case "tc":
                self.open_cells.append(_TableCell())
            case "gridSpan" if self.open_cells:
                self.open_cells[-1].columns = max(1, min(int(attributes.get("val", "1")), 1000))
            case "vMerge" if self.open_cells:
                self.open_cells[-1].merge = attributes.get("val", "continue")
            case "p" if not self.open_cells:
                self.open_paragraphs.append([])
            case "r":
                self.run_is_hidden = False
            case "vanish":
                self.run_is_hidden = attributes.get("val", "1") not in {"0", "false"}
            case "t":
                self.in_text = True
            case _ if tag in _BLANKS:
                self._add(_BLANKS[tag])

    def end(self, tag: str) -> None:
        match tag:
            case "t":
                self.in_text = False
            case "p":
                self._end_paragraph()
            case "tc" if self.open_cells and self.tables:
                self._end_cell(self.open_cells.pop())
            case "tbl" if self.tables:
                self._end_table(self.tables.pop())

    def text(self, characters: str) -> None:
        if self.in_text:
            self._add(characters)

    def book(self) -> Book:
        grids = [grid for _, grid in sorted(self.grids, key=lambda one: one[0])]
        if grids and self.paragraphs:
            last = grids[-1]
            grids[-1] = Grid(last.name, last.cells, last.before, tuple(self.paragraphs), last.unread)
        return Book(tuple(grids))

    def _add(self, characters: str) -> None:
        if self.run_is_hidden:
            if self.tables and characters.strip():
                table = self.tables[-1]
                table.unread.append(Unread(Place(row=table.row, table=table.number), characters, HIDDEN_TEXT))
        elif self.open_cells:
            self.open_cells[-1].pieces.append(characters)
        elif self.open_paragraphs:
            self.open_paragraphs[-1].append(characters)

    def _end_paragraph(self) -> None:
        if self.open_cells:
            self.open_cells[-1].pieces.append("\n")
        elif self.open_paragraphs and (text := "".join(self.open_paragraphs.pop()).strip()):
            self.paragraphs.append(text)

    def _end_cell(self, cell: _TableCell) -> None:
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise too_many_cells(self.name)
        table = self.tables[-1]
        at = table.row, table.column
        table.column += cell.columns
        above = table.open_merges.get(at[1])
        if cell.merge is not None and cell.merge != "restart" and above is not None:
            table.spans[above][0] = at[0] - above[0] + 1
        else:
            table.open_merges.pop(at[1], None)
            if cell.merge == "restart":
                table.open_merges[at[1]] = at
            table.spans[at] = [1, cell.columns]
            above = at
        text = "".join(cell.pieces).strip()
        if text:
            known = table.cells.get(above)
            joined = text if known is None else f"{known.text}\n{text}"
            table.cells[above] = Cell(joined, Place(row=above[0], column=above[1], table=table.number))

    def _end_table(self, table: _Table) -> None:
        cells = {
            at: Cell(cell.text, cell.place, None, *table.spans.get(at, (1, 1))) for at, cell in table.cells.items()
        }
        if cells:
            self.grids.append((table.number, Grid("", cells, table.before, (), tuple(table.unread))))
        if not self.tables:
            self.paragraphs = []
