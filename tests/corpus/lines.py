"""Read the corpus files: tab-separated columns, `#` comments, escapes for what an editor would hide or eat.

Run as a script, it checks that every line is well formed: `python tests/corpus/lines.py`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
Reading = dict[str, object]

#: The last column of the first two is left out where nothing but the preferred reading is tolerated.
TARGETS = ("comparator", "text", "unit", "reading", "tolerated")
ACTUALS = ("text", "unit", "reading", "tolerated")
REJECTED = ("side", "comparator", "text", "unit", "why")
HEADERS: dict[str, tuple[str, ...]] = {
    "targets.tsv": TARGETS,
    "actuals.tsv": ACTUALS,
    "rejected.tsv": REJECTED,
    "combinations.tsv": TARGETS,
}
BOUNDS = ("at_least", "at_most", "greater_than", "less_than", "equal", "approximately")
KEYS: dict[str, frozenset[str]] = {
    **{kind: frozenset({"value", "unit"}) for kind in (*BOUNDS, "bare", "quantity", "not_equal")},
    "between": frozenset({"low", "high", "unit"}),
    "change": frozenset({"direction", "op", "value", "unit"}),
    "bound": frozenset({"op", "value", "unit"}),
    "all_of": frozenset({"parts"}),
    "any_of": frozenset({"parts"}),
    **{kind: frozenset({"text"}) for kind in ("deadline", "level", "date")},
    "not_applicable": frozenset(),
    "error": frozenset(),
}
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|U[0-9a-f]{8}|[tnr\\])")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9]|/[1-9][0-9]*)?")
HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"})


def _number(value: object) -> bool:
    return isinstance(value, str) and value != "-0" and _NUMBER.fullmatch(value) is not None


FORMS: dict[str, Callable[[object], bool]] = {
    "kind": lambda value: value in KEYS,
    **dict.fromkeys(("value", "low", "high"), _number),
    "unit": lambda value: value is None or (isinstance(value, str) and bool(value)),
    "op": lambda value: value in {*BOUNDS, "bare"},
    "direction": lambda value: value in {"increase", "decrease"},
    "text": lambda value: isinstance(value, str) and bool(value) and value == value.strip(),
    "parts": lambda value: isinstance(value, list) and len(value) > 1,
    **dict.fromkeys(("low_open", "high_open"), lambda value: value is True),
}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


class Line(NamedTuple):
    """One cell (with the cells beside it), the reading that is preferred, and those that are tolerated."""

    file: str
    number: int
    side: str  # target or actual
    comparator: str | None
    text: str
    unit: str | None
    reading: Reading
    tolerated: tuple[Reading, ...] = ()
    why: str | None = None
    real: bool = False  # it stands in a published form

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings that are right, the preferred one first."""
        return (self.reading, *self.tolerated)


def unescape(cell: str) -> str:
    r"""Resolve `\t`, `\n`, `\r`, `\\`, `\uXXXX` and `\UXXXXXXXX`; everything else stands for itself."""

    def resolve(match: re.Match[str]) -> str:
        body = match[1]
        return chr(int(body[1:], 16)) if body[0] in "uU" else _CONTROLS[body]

    return _ESCAPE.sub(resolve, cell)


def escape(cell: str) -> str:
    """Undo `unescape`: a cell as it stands in a file, with nothing in it that cannot be seen."""
    out = []
    for index, char in enumerate(cell):
        hidden = char != " " and unicodedata.category(char) in HIDDEN
        edge = char == " " and index in {0, len(cell) - 1}
        if char == "\\":
            out.append("\\\\")
        elif hidden or edge:
            out.append(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}")
        else:
            out.append(char)
    return "".join(out)


def read(name: str) -> Iterator[Line]:
    """Yield the lines of one corpus file, in order."""
    header = HEADERS[name]
    seen_header = real = False
    for number, raw in enumerate((HERE / name).read_text("utf-8").split("\n"), 1):
        if raw.startswith("# ---"):
            real = raw.startswith("# --- real:")
        if not raw or raw.startswith("#"):
            continue
        columns = raw.split("\t")
        if not seen_header:
            if tuple(columns) != header:
                raise ValueError(f"{name}:{number}: the header must be {header}")
            seen_header = True
            continue
        if header[-1] == "tolerated" and len(columns) == len(header) - 1:
            columns.append("")
        if len(columns) != len(header):
            raise ValueError(f"{name}:{number}: {len(columns)} columns, not {len(header)}")
        row = dict(zip(header, columns, strict=True))
        side = row.get("side") or ("actual" if header == ACTUALS else "target")
        tolerated = row.get("tolerated")
        yield Line(
            name,
            number,
            side,
            unescape(row.get("comparator", "")) or None,
            unescape(row["text"]),
            unescape(row["unit"]) or None,
            json.loads(row["reading"]) if "reading" in row else {"kind": "error"},
            tuple(json.loads(part) for part in tolerated.split(" || ")) if tolerated else (),
            row.get("why"),
            real,
        )


def faults(reading: Reading) -> Iterator[str]:
    """Say what is wrong with the form of one expected reading."""
    kind = reading.get("kind")
    if not isinstance(kind, str) or kind not in KEYS:
        yield f"unknown kind {kind!r}"
        return
    optional = {"low_open", "high_open"} if kind == "between" else set()
    if set(reading) - optional != KEYS[kind] | {"kind"}:
        yield f"keys of {kind}: {sorted(reading)}"
    for key, value in reading.items():
        if not FORMS[key](value):
            yield f"{key} is {value!r}"
    parts = reading.get("parts")
    for part in parts if isinstance(parts, list) else []:
        yield from faults(part)


def check() -> list[str]:
    """List what is wrong with the files: form, doubled cells, characters that cannot be seen."""
    problems: list[str] = []
    everywhere: dict[tuple[str, str | None, str, str | None], Line] = {}
    for name in HEADERS:
        body = (HERE / name).read_text("utf-8")
        for number, raw in enumerate(body.split("\n"), 1):
            visible = raw.replace("\t", "").replace("\\", "").strip(" ")
            if escape(visible) != visible:
                problems.append(f"{name}:{number}: a character that must be escaped")
        seen: dict[tuple[str, str | None, str, str | None], int] = {}
        for line in read(name):
            key = (line.side, line.comparator, line.text, line.unit)
            if key in seen:
                problems.append(f"{name}:{line.number}: the same cells as line {seen[key]}")
            seen[key] = line.number
            elsewhere = everywhere.setdefault(key, line)
            if not any(reading in elsewhere.readings for reading in line.readings):
                problems.append(f"{name}:{line.number}: another reading in {elsewhere.file}:{elsewhere.number}")
            for reading in line.readings:
                problems.extend(f"{name}:{line.number}: {fault}" for fault in faults(reading))
    return problems


def main() -> int:
    """Check the files and count them."""
    problems = check()
    for problem in problems:
        print(problem)
    for name in HEADERS:
        print(name, sum(1 for _ in read(name)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
