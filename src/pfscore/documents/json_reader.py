"""JSON with every number as its author wrote it, and with places for what is asked about."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from pfscore.documents.json_tree import json_tree
from pfscore.documents.positions import MAX_DEPTH, MAX_VALUES, Data, Place
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source

#: Escapes that may give NUL or half a character.
_DOUBTFUL_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


class _Odd(Exception):
    """Something that the slow reading explains."""


def read_json(source: Source) -> Data:
    """Return what the JSON text says: numbers, `true` and `false` as their text, `null` as `None`.

    Raises:
        InputError: PF1xx, with every problem that could be found.

    >>> read_json(Source("a.json", '{"points": 0.10, "score": 1E2, "met": true, "note": null}'))
    {'points': '0.10', 'score': '1E2', 'met': 'true', 'note': None}
    """
    text = source.text
    if not _many_values(text) and not _DOUBTFUL_ESCAPE.search(text):
        with suppress(_Odd, ValueError, RecursionError):
            return _plain(
                json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse, object_pairs_hook=_mapping)
            )
    place, problems = json_tree(source)
    if problems:
        raise InputError(problems)
    return place.data()


def json_place(source: Source) -> Place:
    """Return the places of a text that :func:`read_json` has read."""
    return json_tree(source)[0]


def _refuse(constant: str) -> Any:
    raise _Odd(constant)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Odd
    return mapping


def _many_values(text: str) -> bool:
    """Tell whether there may be too many values; signs within texts are counted as well, so look twice."""
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
    raise _Odd


def _truth(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    text: str | None = value
    return text
