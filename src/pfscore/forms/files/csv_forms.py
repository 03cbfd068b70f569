"""Forms as CSV: one row for each indicator or budget line.

What stands in the columns of the form as a whole is repeated on every row, or stands on the first one. Blank cells
under 一级指标 and 二级指标 repeat what is above them, as merged cells do once a spreadsheet is saved as CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from types import MappingProxyType

from pfscore.documents.positions import Data, first_line
from pfscore.forms.column_words import (
    BUDGET_COLUMNS,
    COLUMNS,
    FORM_COLUMNS,
    IDENTITY_COLUMNS,
    IGNORED,
    INDICATOR_COLUMNS,
    LEVELS,
    TOTALS,
    amount_unit,
    are_marks,
    folded,
    meanings,
)
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.folding import fold
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: Every header that is known, with the column that it means; its key is one, too.
HEADERS: Mapping[str, str] = MappingProxyType(
    {key: key for columns in COLUMNS for key in columns} | meanings(*COLUMNS) | dict.fromkeys(IGNORED, "")
)
_SEPARATORS = {";": "“;”", "\t": "制表符", "，": "“，”", "；": "“；”", "|": "“|”", "、": "“、”"}


def _read_header(source: Source, header: Sequence[CsvCell]) -> list[str | None]:
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
        key = _column_of(cell.text)
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


def _column_of(header: str) -> str | None:
    """Return the column that a header means, an empty text where it is passed over; what stands in brackets may differ.

    >>> _column_of("年度指标值（A）"), _column_of("序号"), _column_of("处室")
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


_At = tuple[str | int, ...]
_MOST_ABOVE, _LONGEST_UNIT, _MOST_BELOW, _HEAD = 8, 20, 60, 65536
#: The columns that make a row below others another header.
_HEADS = frozenset({*LEVELS, "name", "target", "actual", "points", "published_score"})
#: What a budget line takes from the columns that it shares with indicators.
_SHARED = ("points", "share", "decision", "deduction", "published_score", "reviewed_score", "note")
#: What only an indicator has.
_OF_INDICATORS = [key for key in INDICATOR_COLUMNS if key not in {*LEVELS, "name", *_SHARED}]
#: What is shown of a row with too many cells.
_SURE = {*LEVELS, "name", "label"}
#: What a key of the form is called in CSV, where it is not called the same; the first one that has a column counts.
_COLUMNS = {
    "path": LEVELS,
    "label": ("label", "name"),
    "targets": ("full_year", "half_year"),
    "half_year": ("planned_half_year",),
}


@dataclass
class CsvForms:
    """The forms of a CSV file as plain data. `faults` is what is wrong with a row or a form, by its path.

    `starts` tells where in the text the row begins that a form, one of its values or one of its rows stands in.
    """

    source: Source
    columns: list[str | None]
    separator: str = ","
    data: list[Data] = field(default_factory=list)
    starts: dict[_At, int] = field(default_factory=dict)
    faults: dict[_At, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return the cell that holds the value at `path`, or the nearest place around it."""
        del key
        for length in (3, 2, 1):
            at = tuple(path[:length])
            if len(at) == length and at in self.starts:
                start, rest = self.starts[at], path[length:]
                wanted = path[1] if length == 2 else rest[0] if rest else None
                return self._cell(start, str(wanted)) if wanted is not None else self.source.span_at(start)
        return self.source.span(1, 1)

    def _cell(self, start: int, key: str) -> Span:
        row = next(csv_rows(self.source, start, self.separator))
        for column in _COLUMNS.get(key, (key, f"form_{key}")):
            if column in self.columns and (number := self.columns.index(column)) < len(row):
                return first_line(self.source, row[number].start, row[number].end)
        return self.source.span_at(start)

    def fault(self, at: _At, problem: Diagnostic) -> None:
        """Note what is wrong with what stands at `at`."""
        self.faults[at] = (*self.faults.get(at, ()), problem)


def csv_forms(source: Source) -> CsvForms:
    """Read the forms of a CSV text, as spreadsheets write it.

    The columns may be separated by commas, tabs or semicolons, and a title may stand above the header.

    Raises:
        InputError: PF505 without rows, PF508 where it is no CSV, PF506 and PF509 for headers that are not known or
            stand twice.
    """
    separator, above = _find_header(source) or (",", 0)
    rows = csv_rows(source, 0, separator)
    skipped = [next(rows) for _ in range(above)]
    header = next(rows, [])
    found = CsvForms(source, _read_header(source, header), separator)
    reader = _Reader(found)
    for number, row in enumerate(rows):
        is_named = any(key == "name" and not cell.is_blank for key, cell in zip(found.columns, row, strict=False))
        if number or is_named or not are_marks([cell.text for cell in row]):
            reader.take(row)
    if found.data:
        _take_above(found, skipped, header)
    else:
        message = Message("CSV 里只有表头，没有行", "the CSV file has a header but no rows")
        raise InputError.of(Diagnostic("PF505", message, None, source.span(1, 1)))
    return found


def is_grid(source: Source) -> bool:
    """Return whether a CSV text is a form as it is printed: its first row is not the header of one row an indicator.

    Lines above a header do not make it one, as long as nothing stands below but rows.

    >>> is_grid(Source("", "项目名称,,某项目,\\n主管部门,某局,实施单位,某局\\n一级指标,三级指标,指标值,分值\\n"))
    True
    >>> is_grid(Source("", "指标名称,指标值,分值\\n人数,≥5人,10\\n"))
    False
    """
    found = _find_header(source)
    separator, above = found or (_separator(source), 0)
    try:
        rows = list(islice(csv_rows(source, 0, separator), None if above else _MOST_BELOW))
    except InputError:
        return False
    if found is None:
        # A first row without a gap is a header in words that are not known.
        return bool(rows) and _has_gaps(rows[0]) and any(len(_filled(row)) > 2 for row in rows)
    keys = [_column_of(cell.text) for cell in rows[above] if not cell.is_blank]
    is_of_rows = any(key in INDICATOR_COLUMNS or key in BUDGET_COLUMNS for key in keys)
    if not is_of_rows and 2 * len([key for key in keys if key is not None]) <= len(keys):
        return True
    if above == 0:
        return _has_gaps(rows[0]) and any(map(_is_indicator_header, rows[1:]))
    is_framed = any(len(_filled(row)) > 1 for row in rows[:above])
    return is_framed or _has_gaps(rows[above]) or any(map(_is_no_row, rows[above + 1 :]))


def _separator(source: Source) -> str:
    """Return what most probably separates the columns, where no header is known."""
    head = source.text[:_HEAD]
    return max(SEPARATORS, key=head.count)


def _filled(row: Sequence[CsvCell]) -> list[CsvCell]:
    return [cell for cell in row if not cell.is_blank]


def _has_gaps(row: Sequence[CsvCell]) -> bool:
    return len(_filled(row)) < len(row)


def _is_indicator_header(row: Sequence[CsvCell]) -> bool:
    return len({_column_of(cell.text) for cell in row} & _HEADS) > 2


def _is_no_row(row: Sequence[CsvCell]) -> bool:
    """Return whether a row is a total, a note, or another header."""
    filled = _filled(row)
    is_total = any(folded(cell.text) in TOTALS for cell in filled[:3])
    return is_total or (len(filled) == 1 and filled[0] is row[0]) or _is_indicator_header(row)


def is_csv(source: Source) -> bool:
    """Return whether a text has a header of known columns near its beginning."""
    return _find_header(source) is not None


def _find_header(source: Source) -> tuple[str, int] | None:
    """Return what separates the columns, and how many rows stand above the header, where one is found."""
    for separator in SEPARATORS:
        try:
            for number, row in enumerate(islice(csv_rows(source, 0, separator), _MOST_ABOVE + 1)):
                if sum(_column_of(cell.text) is not None for cell in row if not cell.is_blank) > 1:
                    return separator, number
        except InputError:
            continue  # it is said again, where nothing else is found
    return None


def _take_above(found: CsvForms, skipped: Sequence[Sequence[CsvCell]], header: Sequence[CsvCell]) -> None:
    """Take the title and the unit from the lines above the header, the unit also from it; list what else is there."""
    said: dict[str, Data] = {}
    unread: list[Data] = []
    for row in skipped:
        text = " ".join(cell.text.strip() for cell in row if not cell.is_blank)
        unit = amount_unit(text)
        if unit is not None and len(text) < _LONGEST_UNIT:
            said.setdefault("amount_unit", unit)
        elif "title" not in said:
            said["title"] = text
        else:
            place = found.source.span_at(row[0].start).line
            unread.append({"place": f"第 {place} 行", "text": text, "reason": "在表头上面"})
    units = (amount_unit(cell.text) for cell in header if _column_of(cell.text) in BUDGET_COLUMNS)
    if (unit := next(filter(None, units), None)) is not None:
        said.setdefault("amount_unit", unit)
    for form in found.data:
        if isinstance(form, dict):
            form |= {key: value for key, value in said.items() if key not in form}
    if unread and isinstance(found.data[0], dict):
        found.data[0]["unread"] = unread


class _Reader:
    """Puts rows into their forms, one after the other."""

    def __init__(self, found: CsvForms) -> None:
        self._found = found
        self._forms: list[dict[str, Data]] = []
        self._current = -1
        self._known: dict[tuple[tuple[str, str], ...], int] = {}
        self._above: dict[int, tuple[str, ...]] = {}

    def take(self, row: Sequence[CsvCell]) -> None:
        """Add a row to the form that it belongs to."""
        columns = self._found.columns
        cells = {key: cell for key, cell in zip(columns, row, strict=False) if key and not cell.is_blank}
        start = row[0].start
        index = self._form_of(cells, start)
        self._heads(index, cells, start)
        is_budget = any(key in cells for key in BUDGET_COLUMNS)
        if not is_budget and not any(key in cells for key in INDICATOR_COLUMNS):
            return
        kind = "budget" if is_budget else "indicators"
        rows = self._forms[index].setdefault(kind, [])
        if not isinstance(rows, list):
            raise TypeError("a form's rows are a list")
        at: _At = (index, kind, len(rows))
        self._found.starts[at] = start
        faults = (*_stray(self._found.source, columns, row), *_mixed(self._found.source, cells))
        for problem in faults:
            self._found.fault(at, problem)
        if any(problem.code == "PF508" for problem in faults):
            # Which cell stands under which header is not known any more; only the first ones can be right.
            cells = {key: cell for key, cell in cells.items() if key in _SURE}
        rows.append(_budget_line(cells) if is_budget else self._indicator(index, cells))

    def _form_of(self, cells: Mapping[str, CsvCell], start: int) -> int:
        """Return the number of the form that a row belongs to: the one before it, unless it names another."""
        named = tuple((key, cells[key].text.strip()) for key in IDENTITY_COLUMNS if key in cells)
        if self._current < 0 or any(self._forms[self._current].get(key, text) != text for key, text in named):
            self._current = self._known.get(named, len(self._forms))
        if self._current == len(self._forms):
            self._forms.append({})
            self._found.data.append(self._forms[-1])
            self._found.starts[(self._current,)] = start
        self._known.setdefault(named, self._current)
        for key, text in named:
            if key not in self._forms[self._current]:
                self._forms[self._current][key] = text
                self._found.starts[(self._current, key)] = start
        return self._current

    def _heads(self, index: int, cells: Mapping[str, CsvCell], start: int) -> None:
        """Take what a row says about the form as a whole; two rows may not say two things."""
        form, found = self._forms[index], self._found
        for column in FORM_COLUMNS:
            if column not in cells:
                continue
            key, cell = column.removeprefix("form_"), cells[column]
            said: Data = _pairs(cell.text) if key == "properties" else cell.text
            if key not in form:
                form[key] = said
                found.starts[(index, key)] = start
            elif form[key] != said:
                zh, en = f"“{FORM_COLUMNS[column][0]}”在同一张表里写了两个值", f"two values of {column!r} in one form"
                related = ((Message("另一处", "the other"), found.span((index, key))),)
                place = first_line(found.source, cell.start, cell.end)
                found.fault((index,), Diagnostic("PF509", Message(zh, en), None, place, related))

    def _indicator(self, index: int, cells: Mapping[str, CsvCell]) -> dict[str, Data]:
        row: dict[str, Data] = {
            key: cells[key].text
            for key in INDICATOR_COLUMNS
            if key in cells and key not in {*LEVELS, "half_year", "full_year"}
        }
        targets: dict[str, Data] = {key: cells[key].text for key in ("half_year", "full_year") if key in cells}
        if targets:
            row["targets"] = targets
        path = self._path(index, cells)
        if path:
            row["path"] = list(path)
        return row

    def _path(self, index: int, cells: Mapping[str, CsvCell]) -> tuple[str, ...]:
        above = self._above.get(index, ())
        own = [number for number, key in enumerate(LEVELS) if key in cells]
        path = (*above[: own[0]], *(cells[LEVELS[number]].text.strip() for number in own)) if own else above
        self._above[index] = path
        return path


def _budget_line(cells: Mapping[str, CsvCell]) -> dict[str, Data]:
    row: dict[str, Data] = {key: cells[key].text for key in (*BUDGET_COLUMNS, *_SHARED) if key in cells}
    if "planned_half_year" in row:
        row["half_year"] = row.pop("planned_half_year")
    if "label" not in row and "name" in cells:
        row["label"] = cells["name"].text
    return row


def _stray(source: Source, columns: Sequence[str | None], row: Sequence[CsvCell]) -> Iterator[Diagnostic]:
    """Yield what stands in a row outside the columns of the header."""
    extra = [cell for cell in row[len(columns) :] if not cell.is_blank]
    if extra:
        message = Message(f"这一行比表头多 {len(extra)} 格", f"the row has {len(extra)} cells more than the header")
        hint = Message(
            "数里有千位逗号的，去掉逗号，或整格加引号", "take the commas out of numbers, or put such a cell into quotes"
        )
        yield Diagnostic("PF508", message, hint, first_line(source, extra[0].start, extra[0].end))
    for key, cell in zip(columns, row, strict=False):
        if key is None and not cell.is_blank:
            shown = shorten(cell.text)
            message = Message(f"“{shown}”这一格没有表头", f"{shown!r} has no header")
            yield Diagnostic("PF506", message, None, first_line(source, cell.start, cell.end))


def _mixed(source: Source, cells: Mapping[str, CsvCell]) -> Iterator[Diagnostic]:
    """Yield that a row is a budget line and an indicator at once."""
    of_budget = next((key for key in BUDGET_COLUMNS if key in cells), None)
    of_indicator = next((key for key in _OF_INDICATORS if key in cells), None)
    if of_budget is None or of_indicator is None:
        return
    zh, en = (
        f"这一行既有“{BUDGET_COLUMNS[of_budget][0]}”又有“{INDICATOR_COLUMNS[of_indicator][0]}”",
        f"the row has both {of_budget!r} and {of_indicator!r}",
    )
    cell = cells[of_indicator]
    hint = Message("预算和指标各占一行", "a budget line and an indicator are two rows")
    yield Diagnostic("PF504", Message(zh, en), hint, first_line(source, cell.start, cell.end))


def _pairs(text: str) -> Data:
    """Read `地区=西部；单位类别=县` as a table; a text without a sign stays one, and is refused in its place."""
    parts = [part.partition("=") for part in fold(text).replace(";", "；").split("；") if part.strip()]
    if not all(sign for _, sign, _ in parts):
        return text
    return {name.strip(): value.strip() for name, _, value in parts}


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

    CSV is read as RFC 4180 has it and spreadsheets write it.

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
