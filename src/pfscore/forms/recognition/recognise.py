"""From the tables of an office file to forms as plain data, with the place of every value and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pfscore.documents.positions import Data
from pfscore.forms.column_words import HEADINGS, amount_unit, bare_heading, folded, stated_points
from pfscore.forms.recognition.account import BY_DESIGN, NOT_A_FORM, RUNNING_TEXT, Account, Path
from pfscore.forms.recognition.body import Body
from pfscore.forms.recognition.choices import Choices, meaning_name
from pfscore.forms.recognition.headers import Header, find_headers
from pfscore.forms.recognition.parts import Part, beside_each_other, continued, forms_of_parts, parts_of
from pfscore.forms.recognition.surroundings import Surroundings, annexes, is_list, notes_below, notes_of_annex
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell, Grid, Place, Unread
from pfscore.office.refusals import HIDDEN_AND_NO_FORM, HIDDEN_SHEET

_LONGEST_HEADER = 30
#: How many lines of running text are kept for the table behind them.
_MOST_BEFORE = 100


@dataclass(frozen=True, slots=True)
class Recognised:
    """The forms of a file, in order, the tables that are none, and the answers of a person that were used."""

    forms: tuple[Account, ...]
    others: tuple[Grid, ...]
    used: frozenset[str] = frozenset()


def recognise(book: Book, choices: Choices = Choices()) -> Recognised:  # noqa: B008  (frozen)
    """Return the forms of a file, and the tables that are none.

    What was not read of the file is listed with its first form, and a table that is no form with the form before it.

    Raises:
        InputError: PF169 where a choice names a sheet or a column that there is not.
    """
    book = choices.applied_to(book)
    parts: list[Part] = []
    others: list[tuple[int, Grid]] = []
    for grid, headers in _with_headers(book, choices):
        if headers and not (is_list(grid) and all(header.kind == "budget" for header in headers)):
            parts += parts_of(grid, headers)
        elif parts and (rest := continued(grid, parts[-1])) is not None:
            parts.append(rest)
        else:
            others.append((len(parts), grid))
    columns = [column for part in parts for header in part.headers for column in header.columns]
    used = frozenset(column.answer for column in columns if column.answer)
    if not choices.over_files:
        choices.check_used(used, header_words(book))
    groups = forms_of_parts(parts)
    forms = tuple(map(_read, groups))
    if forms:
        forms[0].unread += [*book.unread, *_hidden(book)]
        for position, grid in others:
            form = _form_before(position, groups, forms)
            if annexed := list(annexes(grid)):
                form.data.setdefault("tables", []).extend(annexed)
                form.unread += grid.unread
                notes_of_annex(form, grid)
            else:
                form.unread += _left_out(grid)
    return Recognised(forms, tuple(grid for _, grid in others), used)


def _with_headers(book: Book, choices: Choices) -> Iterator[tuple[Grid, list[Header]]]:
    """Yield the tables that a person sees, each with its headers."""
    for grid in _with_titles_before([grid for grid in book.grids if not grid.is_hidden]):
        headers = find_headers(grid, choices)
        first = next((header for header in headers if header.kind == "indicators"), None)
        tables = [grid] if first is None else beside_each_other(grid, first)
        found = [(one, find_headers(one, choices)) for one in tables] if len(tables) > 1 else []
        yield from found if len([one for one, of in found if of]) > 1 else [(grid, headers)]


def _with_titles_before(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Yield the tables; running text, as pages and documents frame a title, is paragraphs before the next."""
    before: tuple[str, ...] = ()
    for number, grid in enumerate(grids):
        if not grid.name and _is_running_text(grid) and not grid.unread and number + 1 < len(grids):
            lines = [line for _, cell in sorted(grid.cells.items()) for line in cell.text.splitlines()]
            before = (*before, *grid.before, *lines)[-_MOST_BEFORE:]
        else:
            below = grids[number + 1].before if number + 1 < len(grids) else grid.behind
            if any(cell.place.page for cell in grid.cells.values()):
                below = ()  # where a paragraph ends, its lines on a page do not say
            yield replace(grid, before=(*before, *grid.before), behind=below)
            before = ()


def _hidden(book: Book) -> list[Unread]:
    """List the hidden sheets with content: lists to choose from and the like are no part of a form."""
    return [
        Unread(Place(grid.name), grid.name, HIDDEN_SHEET if find_headers(grid) else HIDDEN_AND_NO_FORM)
        for grid in book.grids
        if grid.is_hidden and grid.cells
    ]


def header_words(book: Book) -> list[str]:
    """Return what may be a word of a column: every short text."""
    cells = (cell for grid in book.grids for cell in grid.cells.values())
    return [folded(cell.text) for cell in cells if len(cell.text) < _LONGEST_HEADER]


def _form_before(position: int, groups: list[tuple[Part, ...]], forms: tuple[Account, ...]) -> Account:
    """Return the form that has the last of the first `position` parts."""
    for group, form in zip(groups, forms, strict=True):
        position -= len(group)
        if position <= 0:
            return form
    return forms[-1]


def _is_running_text(grid: Grid) -> bool:
    """Return whether no row of a table has a second cell: a cover, instructions, a frame around a title."""
    return all(len(list(grid.row(row))) == 1 for row in grid.rows(0, grid.height))


def _left_out(grid: Grid) -> list[Unread]:
    cells = [cell for _, cell in sorted(grid.cells.items())]
    if not cells:
        return list(grid.unread)
    text = " ".join(" ".join(cell.text.split()) for cell in cells[:12])
    reason = RUNNING_TEXT if _is_running_text(grid) else NOT_A_FORM
    return [Unread(cells[0].place, text, reason), *grid.unread]


def _read(parts: tuple[Part, ...]) -> Account:
    """Read one form, over one part of a table or several."""
    account = Account()
    body, around = Body(account), Surroundings(account)
    for part in parts:
        account.turn_to(part.grid)
        for text in part.grid.before:
            around.paragraph(text)
        _read_part(part, account, body, around)
        if part.end == part.grid.height:
            notes_below(account, part.grid)
        account.leave_rest(part)
        account.unread += part.grid.unread
    around.tables += body.finish()
    around.finish(body.budget)
    if blocks := body.block_points | body.side_points:
        rows = [[name, f"{points.removesuffix('分')}分"] for name, points in blocks.items()]
        around.tables.append({"title": "各部分分值", "header": ["一级指标", "分值"], "rows": rows})
    found = {"budget": body.budget, "indicators": body.indicators, "tables": around.tables}
    account.data |= {key: rows for key, rows in found.items() if rows}
    columns = [column for part in parts for header in part.headers for column in header.columns]
    if mapped := {one.words: meaning_name(one.meaning) for one in columns if one.answer and one.meaning}:
        account.data["mapped"] = mapped
    if "organisation" not in account.data and "department" in account.data:
        account.data["organisation"] = account.data["department"]
    return account


def _read_part(part: Part, account: Account, body: Body, around: Surroundings) -> None:
    headers = {header.row: header for header in part.headers}
    first = min(headers, default=0)
    header = next((one for one in part.headers if one.row < 0), None)
    for row in part.grid.rows(part.start, part.end):
        if row in headers:
            header = headers[row]
            body.side_points |= _take_header(header, account)
            body.begin(header)
        elif header is None or (row >= header.end and not body.read(header, row)):
            around.row(row, is_above=row < first)


def _take_header(header: Header, account: Account) -> dict[str, str]:
    """Take the cells of a header, and the headings at the side of its rows; return the points that these state.

    Words above the labels of budget lines, or above a column with nothing below, are headings too.
    """
    points: dict[str, str] = {}
    grid, labels = account.grid, header.first_amount
    for row in range(header.row, header.end):
        for column, cell in grid.row(row):
            corner = grid.corner(row, column)
            is_inside = corner[0] >= header.row and corner[0] + cell.rows <= header.end
            is_side = header.row <= corner[0] < header.end < corner[0] + cell.rows and len(cell.text) < _LONGEST_HEADER
            is_idle = column < labels or all(
                grid.lowest.get(at, 0) < header.end for at in range(column, min(column + cell.columns, grid.width))
            )
            is_known = header.knows(column) or is_idle or row > header.last
            if (is_inside and is_known) or folded(cell.text) in HEADINGS or is_side:
                account.take(corner)
            if is_side and (stated := stated_points(cell.text)) is not None:
                points[bare_heading(cell.text)] = stated
            if header.kind == "budget" and (unit := amount_unit(cell.text)) is not None:
                account.data.setdefault("amount_unit", unit)
    return points


@dataclass(frozen=True)
class OfficeDocument:
    """The forms of one office file: `data` is what they say, as a form file would, and `span` says where."""

    name: str
    data: list[Data]
    cells: tuple[Mapping[Path, Cell], ...]

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return the cell of the value at `path`, or the nearest place around it."""
        del key
        if not path or not isinstance(path[0], int):
            path = (0, *path)
        cells, inner = self.cells[int(path[0])], tuple(path[1:])
        while inner not in cells and inner:
            within = next((place for place in cells if place[: len(inner)] == inner), None)
            inner = inner[:-1] if within is None else within
        cell = cells.get(inner)
        if cell is None:
            return Span(self.name)
        text = " ".join(cell.text.split())
        return Span(self.name, 0, 1, len(text), text, place=cell.place.text())


def office_document(book: Book, name: str) -> OfficeDocument:
    """Return the forms in the tables of a file.

    Raises:
        InputError: PF168 where no table is recognised as a form.
    """
    found = recognise(book)
    if not found.forms:
        raise InputError.of(not_recognised(found, name))
    return document_from(found, name)


def document_from(found: Recognised, name: str) -> OfficeDocument:
    """Return forms that were recognised as a document."""
    return OfficeDocument(name, [_data(form) for form in found.forms], tuple(form.cells for form in found.forms))


def not_recognised(found: Recognised, name: str) -> Diagnostic:
    """Return the diagnostic for a file without a form."""
    count = len(found.others)
    message = Message(
        f"有 {count} 张表，没有一张认得出是自评表" if count else "文件里没有表格",
        f"none of its {count} tables is recognised as a form" if count else "the file holds no table",
    )
    hint = Message(
        f"用 pfscore convert {name} 看每一列认成了什么，再用 --map 指明",
        f"see how each column is read with `pfscore convert {name}`, and answer with --map",
    )
    return Diagnostic("PF168", message, hint if count else None, Span(name))


def _data(form: Account) -> dict[str, Data]:
    """Return a form with the places of its values, the stored values that differ, and what was not read."""
    data: dict[str, Any] = dict(form.data)
    places: dict[Path, dict[str, Data]] = {}
    stored: dict[Path, dict[str, Data]] = {}
    for path, cell in form.cells.items():
        record, key = (path[:2], path[2]) if len(path) > 2 else ((), path[0])
        places.setdefault(record, {}).setdefault(str(key), cell.place.text())
        if cell.stored is not None:
            stored.setdefault(record, {})[str(path[-1])] = cell.stored
    for name, found in (("stored", stored), ("places", places)):
        for path, values in found.items():
            (data if not path else data[str(path[0])][path[1]])[name] = values
    if form.unread:
        data["unread"] = [
            {
                "place": one.place.text(),
                "text": one.text,
                "reason": one.reason.zh,
                **({"by_design": "true"} if one.reason in BY_DESIGN else {}),
            }
            for one in form.unread
        ]
    return data
