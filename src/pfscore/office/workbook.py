"""Workbooks of plain rows, by XlsxWriter under the extra `excel`; every cell is text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pfscore.foundation.runtime.extras import library


def workbook_of(sheets: Iterable[Iterable[Sequence[str]]], name: str) -> bytes:
    """Return a workbook with a sheet for each list of rows; the same rows give the same bytes.

    Raises:
        InputError: PF110 where XlsxWriter is not installed.
    """
    with library("XlsxWriter", name):
        import xlsxwriter
    stream = io.BytesIO()
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for number, rows in enumerate(sheets, 1):
        sheet = book.add_worksheet(f"表{number}")
        sheet.set_column(0, 20, 16)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text, wrapped)
    book.close()
    return stream.getvalue()
