"""Forms as files: JSON, YAML, CSV, and workbooks of plain rows, in which every cell is text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pfscore.forms.column_words import BUDGET_COLUMNS, FORM_COLUMNS, IDENTITY_COLUMNS, INDICATOR_COLUMNS, LEVELS
from pfscore.forms.form import Form
from pfscore.foundation.runtime.resources import library
from pfscore.rulesets.writing.yaml_text import block_lines

Data = dict[str, Any]
#: What a key of a form is called in CSV, where it is called otherwise.
_CSV_KEYS = {"note": "form_note"}


def _form_data(form: Form) -> Data:
    """Return a form as plain data, as a form file holds it; what it does not say is left out.

    >>> _form_data(Form(title="表", year=2023))
    {'title': '表', 'year': 2023}
    """
    data: Data = form.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return data


def forms_json(forms: Sequence[Form]) -> str:
    """Return forms as a JSON file: one form, or a list of them."""
    return json.dumps(_one_or_all(forms), ensure_ascii=False, indent=1) + "\n"


def forms_yaml(forms: Sequence[Form]) -> str:
    """Return forms as a YAML file: one form, or a list of them."""
    return "".join(f"{line}\n" for line in block_lines(_one_or_all(forms)))


def forms_csv(forms: Sequence[Form]) -> str:
    """Return forms as CSV, as spreadsheets read it; other tables and places have no column there."""
    columns = {**IDENTITY_COLUMNS, **FORM_COLUMNS, **INDICATOR_COLUMNS, **BUDGET_COLUMNS}
    rows = [row for form in forms for row in _csv_rows(form)]
    used = [key for key in columns if any(key in row for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, used, extrasaction="ignore")
    writer.writerow({key: columns[key][0] for key in used})
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def sheet_rows(form: Form) -> Iterator[list[str]]:
    """Yield the rows of a form as a printed sheet has them: its head, the budget, the indicators, the total."""
    data = _form_data(form)
    yield [form.title or "绩效自评表"]
    for columns in (IDENTITY_COLUMNS, FORM_COLUMNS):
        for key, words in columns.items():
            if key in data and key not in {"title", "published_points", "published_total"}:
                yield [words[0], _text(key, data[key])]
    yield from _table({**BUDGET_COLUMNS, **_shared()}, [_csv_line(row) for row in data.get("budget", [])])
    rows = [_csv_row(row) for row in data.get("indicators", [])]
    totals = {"level1": "合计", "points": form.published_points, "published_score": form.published_total}
    yield from _table(INDICATOR_COLUMNS, [*rows, {key: text for key, text in totals.items() if text}] if rows else [])


def _text(key: str, value: Any) -> str:
    """Write what a form says of itself into one cell."""
    return "；".join(f"{name}={one}" for name, one in dict(value).items()) if key == "properties" else str(value)


def _shared() -> dict[str, tuple[str, ...]]:
    return {key: INDICATOR_COLUMNS[key] for key in ("points", "published_score", "note")}


def _table(columns: Mapping[str, tuple[str, ...]], rows: Sequence[Mapping[str, str]]) -> Iterator[list[str]]:
    used = [key for key in columns if any(key in row for row in rows)]
    if used:
        yield [columns[key][0] for key in used]
        yield from ([row.get(key, "") for key in used] for row in rows)


def _one_or_all(forms: Sequence[Form]) -> Data | list[Data]:
    data = [_form_data(form) for form in forms]
    return data[0] if len(data) == 1 else data


def _csv_rows(form: Form) -> Iterator[dict[str, str]]:
    data = _form_data(form)
    head = {
        _CSV_KEYS.get(key, key): _text(key, value)
        for key, value in data.items()
        if _CSV_KEYS.get(key, key) in {**IDENTITY_COLUMNS, **FORM_COLUMNS}
    }
    identity = {key: value for key, value in head.items() if key in IDENTITY_COLUMNS}
    rows = [*map(_csv_line, data.get("budget", [])), *map(_csv_row, data.get("indicators", []))]
    for number, row in enumerate(rows or [{}]):
        yield {**(head if number == 0 else identity), **row}


def _csv_line(line: Data) -> dict[str, str]:
    return {"planned_half_year" if key == "half_year" else key: cell for key, cell in _texts(line).items()}


def _csv_row(row: Data) -> dict[str, str]:
    levels = dict(zip(LEVELS, row.get("path", ()), strict=False))
    return {**_texts(row), **levels, **row.get("targets", {})}


def _texts(row: Data) -> dict[str, str]:
    return {key: cell for key, cell in row.items() if isinstance(cell, str)}


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
