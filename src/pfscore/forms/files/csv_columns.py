"""What the columns of a form in CSV may be called, in Chinese or English, and which column a header means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from pfscore.documents.csv_reader import CsvCell
from pfscore.documents.positions import first_line
from pfscore.forms.column_words import COLUMNS, IGNORED, folded, meanings
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: Every header that is known, with the column that it means; its key is one, too.
HEADERS: Mapping[str, str] = MappingProxyType(
    {key: key for columns in COLUMNS for key in columns} | meanings(*COLUMNS) | dict.fromkeys(IGNORED, "")
)
_SEPARATORS = {";": "“;”", "\t": "制表符", "，": "“，”", "；": "“；”", "|": "“|”", "、": "“、”"}


def read_header(source: Source, header: Sequence[CsvCell]) -> list[str | None]:
    """Return what each column is: an empty text where it is passed over, `None` where it has no header.

    Raises:
        InputError: PF506 for headers that are not known, PF508 where the columns are not separated by commas,
            PF509 for two columns of one meaning; all of them at once.
    """
    if (problem := _not_by_commas(source, header)) is not None:
        raise InputError.of(problem)
    problems: list[Diagnostic] = []
    first: dict[str, CsvCell] = {}
    keys: list[str | None] = []
    for cell in header:
        name = "".join(cell.text.split())
        key = column_of(cell.text)
        keys.append(key if name else None)
        if name and key is None:
            problems.append(_unknown(source, cell, name))
        elif key and key in first:
            problems.append(_twice(source, cell, first[key]))
        elif key:
            first[key] = cell
    if problems:
        raise InputError(problems)
    return keys


def column_of(header: str) -> str | None:
    """Return the column that a header means, an empty text where it is passed over; what stands in brackets may differ.

    >>> column_of("年度指标值（A）"), column_of("序号"), column_of("处室")
    ('target', '', None)
    """
    name = "".join(header.split())
    return HEADERS.get(name, HEADERS.get(folded(header)))


def _not_by_commas(source: Source, header: Sequence[CsvCell]) -> Diagnostic | None:
    if len([cell for cell in header if not cell.is_blank]) != 1:
        return None
    cell = next(cell for cell in header if not cell.is_blank)
    for sign, shown in _SEPARATORS.items():
        if sum("".join(part.split()) in HEADERS for part in cell.text.split(sign)) > 1:
            message = Message(
                f"CSV 写法有误：各列以{shown}分隔，应以英文逗号分隔",
                f"bad CSV: the columns are separated by {sign!r}, not by commas",
            )
            hint = Message(
                "在表格软件里另存为“CSV UTF-8（逗号分隔）”",
                "save it as “CSV UTF-8 (comma delimited)” in your spreadsheet",
            )
            return Diagnostic("PF508", message, hint, source.span_at(cell.start + cell.text.index(sign)))
    return None


def _unknown(source: Source, cell: CsvCell, name: str) -> Diagnostic:
    # Of several that are close, one of the same length is a slip of the hand.
    close = sorted(get_close_matches(name, HEADERS, 3, 0.5), key=lambda one: len(one) != len(name))
    hint = Message("不需要的列，请从文件中删去", "delete a column that is not needed")
    if close:
        hint = Message(f"是不是 “{close[0]}”？{hint.zh}", f"did you mean {close[0]!r}? {hint.en}")
    message = Message(f"不认识的表头 “{shorten(name)}”", f"unknown header {shorten(name)!r}")
    return Diagnostic("PF506", message, hint, first_line(source, cell.start, cell.end))


def _twice(source: Source, cell: CsvCell, first: CsvCell) -> Diagnostic:
    one, other = ("".join(each.text.split()) for each in (first, cell))
    message = Message(f"“{one}”和“{other}”是同一栏，只能有一个", f"{one!r} and {other!r} are the same column")
    if one == other:
        message = Message(f"表头 “{one}” 重复", f"the header {one!r} stands twice")
    return Diagnostic(
        "PF509",
        message,
        Message("请删去其中一列", "delete one of the columns"),
        first_line(source, cell.start, cell.end),
        ((Message("第一次在此", "first here"), first_line(source, first.start, first.end)),),
    )
