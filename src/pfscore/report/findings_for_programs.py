"""Findings for other programs: CSV, one a line, for spreadsheets; SARIF 2.1.0, which code-scanning tools read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pfscore.auditing.finding import Finding
from pfscore.foundation.codes import CODES, family
from pfscore.foundation.diagnostics import Severity
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


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
#: The codes of findings; PF79x are problems of what the audit was given.
_CODES = tuple(code for code in family("PF7") if code < "PF79")
_INDEX = {code: number for number, code in enumerate(_CODES)}


def sarif_lines(findings: Iterable[Finding], version: str, lang: Lang = "zh") -> Iterator[str]:
    """Yield the lines of a SARIF log; findings are written as they come, so that none has to be kept."""
    driver = {"name": "pfscore", "semanticVersion": version, "rules": [_rule(code, lang) for code in _CODES]}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {_json({"driver": driver})},'
    yield f'"columnKind": "unicodeCodePoints", "language": "{"zh-CN" if lang == "zh" else "en"}", "results": ['
    before = ""
    for finding in findings:
        yield before + _json(_result(finding, lang))
        before = ","
    yield "]}]}"


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    help_text = {"text": f"pfscore explain {code}"}
    return {"id": code, "shortDescription": {"text": CODES[code].text(lang)}, "help": help_text}


def _result(finding: Finding, lang: Lang) -> dict[str, Any]:
    parts = [finding.message.text(lang), *(step.text(lang) for step in finding.evidence)]
    if finding.cause is not None:
        parts.append(finding.cause.text(lang))
    data = finding.as_json(lang)
    return {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.name}: " + "\n".join(parts)},
        "locations": [_location(finding)],
        "partialFingerprints": {"pfscore/v1": hashlib.sha256(finding.key.encode()).hexdigest()},
        "properties": {key: data[key] for key in ("form", "row", "name", "published", "computed", "ruleset", "status")},
    }


def _location(finding: Finding) -> dict[str, Any]:
    row = "" if finding.row is None else f"/{finding.row}"
    location: dict[str, Any] = {
        "logicalLocations": [{"name": finding.name, "fullyQualifiedName": f"{finding.form}{row}", "kind": "element"}]
    }
    span = finding.span
    if span is not None and span.source:
        uri = quote(span.source.replace("\\", "/"), safe="/")
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}}
        if span.line:
            region = {"startLine": span.line, "startColumn": max(1, span.column)}
            location["physicalLocation"]["region"] = region
    return location
