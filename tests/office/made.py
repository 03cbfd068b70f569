"""Office files made from tables: one table of cells, written as workbook, document or page."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from docx.shared import Cm
from openpyxl.styles import Alignment

#: A cell: its text, over how many columns and over how many rows it extends.
Cell = str | tuple[str, int] | tuple[str, int, int]
Row = Sequence[Cell]
#: A table, with the paragraphs before it.
Table = tuple[Sequence[str], Sequence[Row]]


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield row, column, text, width and height of each cell."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            text, width, height = (*((cell,) if isinstance(cell, str) else cell), 1, 1)[:3]
            while (row, column) in taken:
                column += 1
            yield row, column, text, width, height
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            column += width


def workbook(tables: Sequence[Table]) -> bytes:
    """Write each table to a sheet of its own; paragraphs stand in merged rows above it."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for number, (before, rows) in enumerate(tables, 1):
        sheet = book.create_sheet(f"表{number}")
        width = max(column + wide for _, column, _, wide, _ in placed(rows))
        for row, column, text, wide, high in placed([*([(line, width)] for line in before), *rows]):
            cell = sheet.cell(row + 1, column + 1, text or None)
            cell.data_type = "s" if text else "n"  # =100% is text here
            cell.alignment = Alignment(wrap_text=True)
            if wide > 1 or high > 1:
                end = {"end_row": row + high, "end_column": column + wide}
                sheet.merge_cells(start_row=row + 1, start_column=column + 1, **end)
    return _saved(book.save)


def old_workbook(tables: Sequence[Table]) -> bytes:
    """Write each table to a sheet of an .xls workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, (before, rows) in enumerate(tables, 1):
        sheet = book.add_sheet(f"表{number}")
        width = max(column + wide for _, column, _, wide, _ in placed(rows))
        for row, column, text, wide, high in placed([*([(line, width)] for line in before), *rows]):
            sheet.write_merge(row, row + high - 1, column, column + wide - 1, text)
    return _saved(book.save)


def document(tables: Sequence[Table], *, is_large: bool = False) -> bytes:
    """Write the tables one after the other into a .docx document; no table is cut by a page that `is_large`."""
    made = docx.Document()
    if is_large:
        made.sections[0].page_width, made.sections[0].page_height = Cm(55), Cm(55)
    for before, rows in tables:
        for line in before or [""]:
            made.add_paragraph(line)
        cells = list(placed(rows))
        height = max(row + high for row, *_, high in cells)
        width = max(column + wide for _, column, _, wide, _ in cells)
        # Asked for one cell, python-docx lists all of them, each time.
        grid = made.add_table(height, width, "Table Grid")._cells
        for row, column, text, wide, high in cells:
            cell = grid[row * width + column]
            if wide > 1 or high > 1:
                cell = cell.merge(grid[(min(row + high, height) - 1) * width + min(column + wide, width) - 1])
            cell.text = text
    return _saved(made.save)


def page(tables: Sequence[Table]) -> bytes:
    """Write the tables as a page in GB18030, as exports do."""
    parts = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>']
    for before, rows in tables:
        parts += [f"<p>{line}</p>" for line in before]
        parts.append("<table border=1>")
        for row in _rows(rows):
            cells = (
                f"<td rowspan={high} colspan={wide}>{text.replace(chr(10), '<br>')}</td>" for text, wide, high in row
            )
            parts.append(f"<tr>{''.join(cells)}")
        parts.append("</table>")
    return "\n".join(parts).encode("gb18030")


def table_text(table: Table, separator: str = ",") -> str:
    """Write a table as a spreadsheet saves it as CSV: a merged cell stands once, and the rest of it is blank."""
    before, rows = table
    width = max(column + wide for _, column, _, wide, _ in placed(rows))
    cells = list(placed([*([(line, width)] for line in before), *rows]))
    lines = [[""] * width for _ in range(max(row for row, *_ in cells) + 1)]
    for row, column, text, _, _ in cells:
        lines[row][column] = text
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(lines)
    return stream.getvalue()


def _rows(rows: Sequence[Row]) -> list[list[tuple[str, int, int]]]:
    found: list[list[tuple[str, int, int]]] = [[] for _ in rows]
    for row, _, text, wide, high in placed(rows):
        found[row].append((text, wide, high))
    return found


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


#: How a table is written, by the suffix of the file.
WRITERS: dict[str, Callable[[Sequence[Table]], bytes]] = {
    ".xlsx": workbook,
    ".xls": old_workbook,
    ".docx": document,
    ".html": page,
}


def converted(data: bytes, suffix: str, wanted: str, folder: Path) -> Path:
    """Convert a file with LibreOffice; the test is skipped where it is not installed."""
    return converted_together({"made": data}, suffix, wanted, folder)["made"]


def converted_together(files: Mapping[str, bytes], suffix: str, wanted: str, folder: Path) -> dict[str, Path]:
    """Convert several files with LibreOffice, which starts once for all of them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sources = []
    for name, data in files.items():
        sources.append(folder / f"{name}{suffix}")
        sources[-1].write_bytes(data)
    profile, out = f"-env:UserInstallation=file://{folder / 'profile'}", folder / "out"
    command = [program, profile, "--headless", "--convert-to", wanted, "--outdir", str(out), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: out / f"{name}.{wanted}" for name in files}


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return an archive with the text of one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    after = change(before)
    assert after != before
    return zipped({**parts, part: after.encode()})
