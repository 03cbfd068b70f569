"""The forms of an office file as plain data, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pfscore.documents.positions import Data
from pfscore.forms.recognition.account import BY_DESIGN, Account, Path
from pfscore.forms.recognition.recognise import Recognised, recognise
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.office.grid import Book, Cell


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
