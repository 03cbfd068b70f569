"""CSV as text with places: RFC 4180 as spreadsheets write it, every cell with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message

#: What stands between the cells of a row: a comma, or what other programs write in its place.
SEPARATORS = (",", "\t", ";")
_CELLS = {sign: re.compile(rf'"((?:[^"]|"")*+)"|([^{sign}\r\n]*)') for sign in SEPARATORS}
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class CsvCell:
    """A cell: its text without quotes, and where it stands in the file, quotes included."""

    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Whether the cell holds nothing but spaces."""
        return not self.text or self.text.isspace()


def csv_rows(source: Source, at: int = 0, separator: str = ",", *, blank: bool = False) -> Iterator[list[CsvCell]]:
    """Yield the rows that hold something, from character `at`, where a row starts; with `blank`, also the others.

    Raises:
        InputError: PF508, at a quotation mark that is not closed, or that closes before its cell ends.

    >>> source = Source("a.csv", 'name,target\\n\\n"人数 ""万"" 人",≥5\\n')
    >>> [[cell.text for cell in row] for row in csv_rows(source)]
    [['name', 'target'], ['人数 "万" 人', '≥5']]
    """
    text, size = source.text, len(source.text)
    row: list[CsvCell] = []
    while at < size or row:
        match = _CELLS[separator].match(text, at)
        if match is None:  # pragma: no cover
            raise AssertionError("every text starts with a cell, if an empty one")
        end, quoted = match.end(), match[1]
        if quoted is None and match[2].startswith('"'):
            raise _refuse(source, at, "引号没有配对", "a quotation mark is not closed")
        row.append(CsvCell(match[2] if quoted is None else quoted.replace('""', '"'), at, end))
        if text.startswith(separator, end):
            at = end + 1
            continue
        line_end = _LINE_END.match(text, end)
        if line_end is None and end < size:
            raise _refuse(source, end, "引号之后、逗号之前还有内容", "something stands between a quote and the comma")
        if blank or not all(cell.is_blank for cell in row):
            yield row
        row, at = [], size if line_end is None else line_end.end()


def _refuse(source: Source, at: int, zh: str, en: str) -> InputError:
    hint = Message(
        '格里有引号的，整格加引号，格里的引号写两次，如 "评为 ""优"" 的"',
        'put the whole cell into quotes and write each quote inside it twice, as in "rated ""good"" in 2023"',
    )
    message = Message(f"CSV 写法有误：{zh}", f"bad CSV: {en}")
    return InputError.of(Diagnostic("PF508", message, hint, source.span_at(at)))
