"""Findings as CSV, one a line, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pfscore.auditing.finding import Finding
from pfscore.foundation.text import Lang

_KEYS = (
    "code", "severity", "form", "row", "name", "message", "published", "computed", "cause",
    "organisation", "region", "year", "ruleset", "status",
)  # fmt: skip
#: A cell that begins like this is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(findings: Iterable[Finding], lang: Lang = "zh") -> Iterator[str]:
    """Yield the header and a line for each finding, without line ends; the keys are those of the JSON."""
    yield _line(_KEYS)
    for finding in findings:
        data: Mapping[str, Any] = finding.as_json(lang)
        yield _line(["" if data[key] is None else str(data[key]) for key in _KEYS])


def _line(cells: Iterable[str]) -> str:
    """Write one line; text that a spreadsheet would run (=100%) is marked as text by an apostrophe."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(
        f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell for cell in cells
    )
    return buffer.getvalue()


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").rstrip("%").replace(".", "", 1).isdigit()
