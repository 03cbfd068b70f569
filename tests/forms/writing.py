"""Write a form's data in each of the formats that are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from pfscore.forms.column_words import BUDGET_COLUMNS, FORM_COLUMNS, IDENTITY_COLUMNS, INDICATOR_COLUMNS


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def as_json_lines(data: Any) -> str:
    forms = data if isinstance(data, list) else [data]
    return "".join(f"{json.dumps(form, ensure_ascii=False)}\n" for form in forms)


def as_yaml(data: Any) -> str:
    """Write block style; a text in quotation marks is the same in YAML as in JSON."""
    return "".join(f"{line}\n" for line in _block(data))


def _block(data: Any) -> Iterator[str]:
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _member(f"{json.dumps(key, ensure_ascii=False)}:", value)
    elif isinstance(data, list) and data:
        for value in data:
            yield from _member("-", value)
    else:
        yield json.dumps(data, ensure_ascii=False)


def _member(lead: str, value: Any) -> Iterator[str]:
    inner = list(_block(value))
    if isinstance(value, dict | list) and value:
        yield lead
        yield from (f"  {line}" for line in inner)
    else:
        yield f"{lead} {inner[0]}"


#: What a form's key is called in CSV, where it is called otherwise.
COLUMNS = {"note": "form_note"}
HEADER = (*IDENTITY_COLUMNS, *FORM_COLUMNS, *INDICATOR_COLUMNS, *BUDGET_COLUMNS)


def as_csv(data: Any, *, chinese: bool = False) -> str:
    """Write forms as CSV: what holds for the whole of a form stands on its first row. Other tables have no place."""
    text = io.StringIO(newline="")
    words = {**IDENTITY_COLUMNS, **FORM_COLUMNS, **INDICATOR_COLUMNS, **BUDGET_COLUMNS}
    writer = csv.DictWriter(text, HEADER)
    writer.writerow({key: words[key][0] if chinese else key for key in HEADER})
    for form in data if isinstance(data, list) else [data]:
        head = {COLUMNS.get(key, key): cell for key, cell in form.items() if isinstance(cell, str)}
        for number, row in enumerate([*map(_line, form["budget"]), *map(_row, form["indicators"])]):
            writer.writerow({**(head if number == 0 else {"title": form["title"]}), **row})
    return text.getvalue()


def _line(cells: dict[str, str]) -> dict[str, str]:
    return {"planned_half_year" if key == "half_year" else key: cell for key, cell in cells.items()}


def _row(cells: dict[str, Any]) -> dict[str, str]:
    row = {key: cell for key, cell in cells.items() if isinstance(cell, str)}
    return {**row, **dict(zip(("level1", "level2"), cells["path"], strict=False)), **cells.get("targets", {})}
