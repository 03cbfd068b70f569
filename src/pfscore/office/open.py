"""Opening an office file by its content, whatever its name says; a reader is imported when a file needs it."""

from __future__ import annotations

from dataclasses import replace

from pfscore.foundation.text import Message, shorten
from pfscore.office.formats.archive import Archive
from pfscore.office.grid import Book, Grid, Unread
from pfscore.office.kinds import COMPOUND, is_page
from pfscore.office.refusals import LONGEST_CELL, MAX_CHARACTERS, TOO_LONG, encrypted, refused, too_large

_ENTRY = 128
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def read_bytes(data: bytes, name: str, *, libreoffice: bool = False) -> Book:
    """Read the tables of an office file from its bytes; `name` is for messages.

    With `libreoffice` an old document (.doc) is converted by it.

    Raises:
        InputError: PF104 and PF160 to PF167 where it cannot be read.
    """
    return bounded(_read(data, name, libreoffice=libreoffice), name)


def bounded(book: Book, name: str) -> Book:
    """Return the tables of a file without the cells that are too long for any form.

    Raises:
        InputError: PF161 where all cells together hold too much.
    """
    if sum(len(cell.text) for grid in book.grids for cell in grid.cells.values()) > MAX_CHARACTERS:
        raise too_large(
            name,
            f"格子里的字超过 {MAX_CHARACTERS:,} 个，不读",
            f"its cells hold more than {MAX_CHARACTERS:,} characters, and it is not read",
        )
    return Book(tuple(map(_without_long_cells, book.grids)), book.unread)


def _without_long_cells(grid: Grid) -> Grid:
    """Return a table whose cells that no form has are listed as not read."""
    long = {at: cell for at, cell in grid.cells.items() if len(cell.text) > LONGEST_CELL}
    if not long:
        return grid
    unread = tuple(Unread(cell.place, shorten(cell.text, 200), TOO_LONG) for cell in long.values())
    cells = {at: cell for at, cell in grid.cells.items() if at not in long}
    return replace(grid, cells=cells, unread=(*grid.unread, *unread))


def _read(data: bytes, name: str, *, libreoffice: bool) -> Book:
    if not data:
        raise refused("PF104", name, "文件是空的", "the file is empty")
    if data.startswith(b"PK"):
        return _zipped(data, name)
    if data.startswith(COMPOUND):
        return _compound(data, name, libreoffice=libreoffice)
    if b"%PDF-" in data[:1024]:
        from pfscore.office.formats.pdf_file import read_pdf

        return read_pdf(data, name)
    if is_page(data):
        from pfscore.office.formats.html import read_html

        return read_html(data, name)
    hint = Message(
        "能读的有 .xlsx .xls .docx .html .ods .odt .pdf，以及 .json .yaml .csv",
        "readable are .xlsx .xls .docx .html .ods .odt .pdf, and .json .yaml .csv",
    )
    raise refused("PF166", name, "看不出是哪种文件", "the kind of file is not recognised", hint)


def _zipped(data: bytes, name: str) -> Book:
    archive = Archive(data, name)
    if "xl/workbook.xml" in archive:
        from pfscore.office.formats.xlsx import read_xlsx

        return read_xlsx(data, name)
    if "word/document.xml" in archive:
        from pfscore.office.formats.word import read_docx

        return read_docx(data, name)
    if "content.xml" in archive:
        kind = archive.content("mimetype").decode("ascii", errors="replace") if "mimetype" in archive else ""
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.content("META-INF/manifest.xml"):
            raise encrypted(name)
        from pfscore.office.formats.opendocument import read_opendocument

        return read_opendocument(data, name, is_sheet=kind.startswith(f"{_OPEN_DOCUMENT}spreadsheet"))
    hint = Message("压缩包请先解开，再给出里面的文件", "unpack an archive first, and give the files in it")
    raise refused("PF166", name, "压缩包里没有表格或文档", "the archive holds no workbook and no document", hint)


def _compound(data: bytes, name: str, *, libreoffice: bool) -> Book:
    """Read a file in the old compound format: a workbook, a document, or an encrypted new file."""
    if _has_stream(data, "EncryptedPackage"):
        raise encrypted(name)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        from pfscore.office.formats.xls import read_xls

        return read_xls(data, name)
    if _has_stream(data, "WordDocument"):
        if libreoffice:
            from pfscore.office.formats.libreoffice import as_docx
            from pfscore.office.formats.word import read_docx

            return read_docx(as_docx(data, name), name)
        hint = Message(
            "请在 Word 或 WPS 里另存为 .docx；装有 LibreOffice 时可加 --libreoffice",
            "save it as .docx; where LibreOffice is installed, --libreoffice converts it",
        )
        raise refused("PF167", name, "是旧式的 Word 文档（.doc）", "this is an old Word document (.doc)", hint)
    hint = Message("文件没有传完整，或者不是表格、文档", "it is incomplete, or neither a workbook nor a document")
    raise refused("PF166", name, "看不出是哪种文件", "the kind of file is not recognised", hint)


def _has_stream(data: bytes, name: str) -> bool:
    """Return whether a compound file lists a stream: each entry of its directory begins with a name."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == len(wanted):
            return True
        at = data.find(wanted, at + 1)
    return False
