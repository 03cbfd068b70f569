"""What a person decides about tables that are not recognised by themselves: columns, sheets, ranges, header rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from pfscore.documents.document import read_document
from pfscore.forms.column_words import COLUMNS, folded
from pfscore.forms.recognition.headers import BUDGET_MEANINGS, INDICATOR_MEANINGS
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message, shorten
from pfscore.office.grid import Book, Grid, column_letters, column_number

#: The meaning of a column that is not read.
NOT_READ = "不读"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROWS = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")
_NAMES = {key: words[0] for columns in COLUMNS for key, words in columns.items()} | {
    "adjusted": "调整指标值",
    "level1": "一级指标",
    "half_year": "半年指标值",
    "number": NOT_READ,
}


@dataclass(frozen=True)
class Choices:
    """The decisions for one run: `columns` maps the words above a column, or its letters, to a meaning.

    `header` is the first and the last row of the headers, from 0; `area` is top, left, bottom and right of what is
    read of each sheet. `over_files` says that a column may be in any of several files.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    area: tuple[int, int, int, int] | None = None
    header: tuple[int, int] | None = None
    over_files: bool = False

    @property
    def asks(self) -> bool:
        """Whether there are answers about columns."""
        return bool(self.columns)

    def with_answers(self, columns: Mapping[str, str]) -> Choices:
        """Return these decisions and more answers about columns."""
        return replace(self, columns={**self.columns, **columns})

    def meaning(self, words: str, column: int) -> tuple[str, str] | None:
        """Return the answer for a column and its meaning, where it was answered by its words or by its letters."""
        for answer in (column_letters(column), words):
            if answer in self.columns:
                return answer, self.columns[answer]
        return None

    def applied_to(self, book: Book) -> Book:
        """Return the tables that are to be read; a hidden sheet that is named is one of them.

        Raises:
            InputError: PF169 for a sheet that the file does not have.
        """
        names = [grid.name for grid in book.grids]
        for sheet in self.sheets:
            if sheet not in names:
                shown = "、".join(f"“{name}”" for name in names[:10] if name)
                hint = Message(f"有 {shown}", f"there are {shown}") if shown else None
                raise _wrong(f"没有工作表 “{shorten(sheet)}”", f"there is no sheet {shorten(sheet)!r}", hint)
        grids = [replace(grid, is_hidden=False) for grid in book.grids if grid.name in self.sheets] or book.grids
        return Book(tuple(grids if self.area is None else (_cut(grid, self.area) for grid in grids)), book.unread)

    def check_used(self, used: Iterable[str], headers: Iterable[str]) -> None:
        """Refuse an answer about a column that no table has.

        Raises:
            InputError: PF169.
        """
        for answer in self.columns:
            if answer not in used:
                close = get_close_matches(answer, list(headers), 1, 0.5)
                hint = Message(f"是不是 “{close[0]}”？", f"did you mean {close[0]!r}?") if close else None
                shown = shorten(answer)
                raise _wrong(f"没有一张表有 “{shown}” 这一列", f"no table has a column {shown!r}", hint)


def _cut(grid: Grid, area: tuple[int, int, int, int]) -> Grid:
    top, left, bottom, right = area
    cells = {at: cell for at, cell in grid.cells.items() if top <= at[0] <= bottom and left <= at[1] <= right}
    return replace(grid, cells=cells)


def read_answer(text: str) -> tuple[str, str]:
    """Return the column and the meaning of an answer such as `权数=分值`, `G=分值` or `核心=不读`.

    Raises:
        InputError: PF169 where the meaning is not known.

    >>> read_answer("权数（分）=分值"), read_answer("G=points")
    (('权数', 'points'), ('G', 'points'))
    """
    column, _, wanted = text.replace("＝", "=").rpartition("=")
    known = INDICATOR_MEANINGS | BUDGET_MEANINGS | {NOT_READ: "number"}
    meaning = known.get(folded(wanted)) or (wanted.strip() if wanted.strip() in known.values() else None)
    if meaning is None or not column.strip():
        close = get_close_matches(folded(wanted), list(known), 1, 0.3)
        hint = Message(
            f"是不是 “{close[0] if close else '分值'}”？写成 '表头=含义'，如 '权数=分值'；不要的列写 '=不读'",
            f"did you mean {close[0] if close else '分值'!r}? write 'header=meaning', such as '权数=分值'",
        )
        raise _wrong(f"不认识的含义：“{shorten(text)}”", f"unknown meaning: {shorten(text)!r}", hint)
    letters = column.strip().upper()
    return (letters if _LETTERS.fullmatch(letters) else folded(column)), meaning


def meaning_name(key: str) -> str:
    """Return what a meaning is called.

    >>> meaning_name("points")
    '分值'
    """
    return _NAMES.get(key, key)


def meanings_of_columns() -> list[str]:
    """Return what a column of indicators may be said to mean, each under its first name.

    >>> meanings_of_columns()[:3], meanings_of_columns()[-1]
    (['一级指标', '二级指标', '三级指标'], '不读')
    """
    known = dict.fromkeys(meaning_name(key) for key in INDICATOR_MEANINGS.values() if key != "number")
    return [*known, NOT_READ]


def read_area(text: str) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right, from 0, of a range such as `A3:H22`.

    Raises:
        InputError: PF169 for what is no range.
    """
    match = _RANGE.fullmatch(text.strip().upper().replace("：", ":"))
    if match is None:
        hint = Message("写成 A3:H22", "write it as A3:H22")
        raise _wrong(f"“{shorten(text)}” 不是区域", f"{shorten(text)!r} is no range", hint)
    return int(match[2]) - 1, column_number(match[1]), int(match[4]) - 1, column_number(match[3])


def read_header_rows(text: str) -> tuple[int, int]:
    """Return the first and the last row, from 0, of `4` or `4-5`.

    Raises:
        InputError: PF169 for what is no row.
    """
    match = _ROWS.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if match is None or not first <= last <= first + 1:
        hint = Message("写一行或相邻两行，如 4 或 4-5", "give one row or two, such as 4 or 4-5")
        raise _wrong(f"“{shorten(text)}” 不是表头的行", f"{shorten(text)!r} is no header row", hint)
    return first - 1, last - 1


def read_map_file(path: str | Path) -> dict[str, str]:
    """Read the answers of a file that `--save-map` wrote.

    Raises:
        InputError: PF1xx where the file cannot be read, PF169 for what is no map of columns.
    """
    document = read_document(path, allow_bom=True)
    columns = document.data.get("map") if isinstance(document.data, dict) else None
    if not isinstance(columns, dict) or not all(isinstance(meaning, str) for meaning in columns.values()):
        hint = Message("应有 map，下面每行是 表头: 含义", "expected `map` with a meaning for each header")
        raise _wrong("不是列的对照表", "this is no map of columns", hint, document.span(()))
    return dict(read_answer(f"{column}={meaning}") for column, meaning in columns.items())


def _wrong(zh: str, en: str, hint: Message | None, span: Span | None = None) -> InputError:
    return InputError.of(Diagnostic("PF169", Message(zh, en), hint, span))
