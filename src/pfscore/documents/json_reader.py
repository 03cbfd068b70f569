"""JSON with every number as its author wrote it, and where each value stands for what is asked about.

`json` gives the data and finds the first error of syntax; a scan of the text gives the places, explains the error, and
finds what `json` takes without a word.
"""

from __future__ import annotations

import json
import re
from array import array
from dataclasses import dataclass, field
from typing import Any

from pfscore.documents.json_errors import TOKEN, explain, no_number
from pfscore.documents.positions import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Data,
    Marks,
    Place,
    bad_escape,
    duplicate_key,
    too_deep,
    too_many,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source

#: Escapes that may give NUL or half a character.
_DOUBTFUL_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HALF = re.compile("[\ud800-\udfff\x00]").search


def read_json(source: Source) -> Data:
    """Return what the JSON text says: numbers, `true` and `false` as their text, `null` as `None`.

    Raises:
        InputError: PF1xx, the first error of syntax, or every problem of a text that has none.

    >>> read_json(Source("a.json", '{"points": 0.10, "score": 1E2, "met": true, "note": null}'))
    {'points': '0.10', 'score': '1E2', 'met': 'true', 'note': None}
    """
    text, doubts = source.text, list[object]()

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubts.append(found)
        return found

    data: Data = None
    try:
        data = _plain(
            json.loads(text, parse_int=str, parse_float=str, parse_constant=doubts.append, object_pairs_hook=mapping)
        )
    except json.JSONDecodeError as error:
        raise InputError.of(explain(source, error)) from None
    except (_TooDeep, RecursionError) as error:
        doubts.append(error)
    if doubts or _may_have_too_many_values(text) or _DOUBTFUL_ESCAPE.search(text):
        scan = _Scan(source)
        scan.run()
        if scan.problems:
            raise InputError(scan.problems)
    return data


def json_marks(source: Source) -> Marks:
    """Return where each value stands in a text that :func:`read_json` has read, for :func:`place_tree`."""
    scan = _Scan(source)
    scan.run()
    return scan.marks


class _TooDeep(Exception):
    """Lists and mappings are nested too deep."""


def _may_have_too_many_values(text: str) -> bool:
    """Return whether there may be too many values; signs within texts are counted as well."""
    return text.count(",") + text.count("[") + text.count("{") + text.count(":") > MAX_VALUES


def _plain(data: Any) -> Data:
    """Put text in place of `true` and `false`, level by level, and see that there are not too many levels."""
    if not isinstance(data, dict | list):
        return _truth(data)
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for box in level:
            kind = type(box)
            for key, value in box.items() if kind is dict else enumerate(box):
                inner = type(value)
                if inner is dict or inner is list:
                    below.append(value)
                elif inner is bool:
                    box[key] = _truth(value)
        if not below:
            return data
        level = below
    raise _TooDeep


def _truth(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    text: str | None = value
    return text


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled: where its marks stand, its keys, and whether a value is due."""

    mark: int
    keys: dict[str, tuple[int, int]] | None
    after_colon: bool = False


@dataclass
class _Scan:
    """One pass over the tokens of a text that is right, as far as it is scanned."""

    source: Source
    marks: Marks = field(default_factory=lambda: array("I"))
    problems: list[Diagnostic] = field(default_factory=list)

    def run(self) -> None:  # noqa: C901  (one loop, for speed)
        """Mark every value, and find what `json` takes all the same."""
        boxes: list[_Box] = []
        marks, text = self.marks, self.source.text
        for token in TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "close":
                marks[boxes.pop().mark + 1] = token.end()
                continue
            box = boxes[-1] if boxes else None
            if kind == "colon":
                if box is not None:
                    box.after_colon = True
                continue
            start, end = token.span()
            if kind == "text" and "\\" in token[0] and _HALF(json.loads(token[0])):
                self.problems.append(bad_escape(self.source, start, end))
            elif kind == "other" and token[0].lstrip("-") in {"NaN", "Infinity"}:
                self.problems.append(no_number(self.source, start, token[0]))
            if box is not None and box.keys is not None and not box.after_colon:
                self._key(box.keys, start, end)
            elif box is not None:
                box.after_colon = False
            if kind == "open":
                if len(boxes) >= MAX_DEPTH:
                    self.problems.append(too_deep(self.source, start))
                    return
                boxes.append(_Box(len(marks), {} if token[0] == "{" else None))
            marks.append(start)
            marks.append(end)
            if len(marks) > 2 * MAX_VALUES:
                self.problems.append(too_many(self.source, start))
            if len(self.problems) >= MAX_PROBLEMS or len(marks) > 2 * MAX_VALUES:
                return

    def _key(self, keys: dict[str, tuple[int, int]], start: int, end: int) -> None:
        text = self.source.text[start:end]
        key = json.loads(text) if "\\" in text else text[1:-1]
        if key in keys:
            self.problems.append(duplicate_key(self.source, key, start, end, Place(*keys[key])))
        keys.setdefault(key, (start, end))
