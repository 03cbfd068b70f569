"""One row as a line of JSON and its score as another: what a stream of rows is made of, in a file or over a network."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pfscore.documents.document import json_lines
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Lang
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.rules import Rules

#: One row: a line of JSON, its cells, or why it could not be read.
Item = bytes | Mapping[str, Any] | Diagnostic
_Object = dict[str, Any]
_NUMBERS = ("score", "low", "high")


class ScoredLine(NamedTuple):
    """The data of a line, what was wrong with a row that could not be read, and whether the row was refused."""

    data: _Object
    problem: Diagnostic | None = None
    is_refused: bool = False


def scored_line(rules: Rules, item: Item, number: int, lang: Lang = "zh", *, explain: bool = False) -> ScoredLine:
    """Score one row; `number` counts the rows from 1, and the caller's own keys come back with the score.

    >>> from pfscore.scoring.rules import load_ruleset
    >>> rules = load_ruleset("cn-sc/project", on="2023-12-31")
    >>> found = scored_line(rules, b'{"id": 7, "target": ">=5", "unit": "%", "actual": "6", "points": 10}', 1)
    >>> found.data["id"], found.data["row"], found.data["score"], found.is_refused
    (7, 1, '10', False)
    """
    cells = cells_of(item, number)
    if isinstance(cells, Diagnostic):
        data: _Object = {"row": number, "outcome": Outcome.REFUSED.value, **dict.fromkeys(_NUMBERS), "met": None}
        return ScoredLine(data | {"rule": None, "codes": [cells.code]}, cells)
    [one] = rules.score_many([cells])
    data = _result(one, number)
    if explain:
        data["explained"] = one.explain(lang)
    return ScoredLine(data, is_refused=one.outcome is Outcome.REFUSED)


def cells_of(item: Item, number: int) -> Any:
    """Return the cells of an item, or a diagnostic; what is wrong with a line is found by the careful reader."""
    if not isinstance(item, bytes):
        return item
    try:
        return _decode(item.decode().strip())
    except (ValueError, RecursionError):
        [found] = json_lines(f"{number}", io.BytesIO(item.strip()))
        return found.data if not isinstance(found, InputError) else found.diagnostics[0]


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


_decode = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object).decode


def _result(one: IndicatorScore, number: int) -> _Object:
    low, high = one.low, one.high
    return {
        **one.extra,
        "row": number,
        "outcome": one.outcome.value,
        "score": None if low is None or low != high else str(low),
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
        "met": one.met,
        "rule": one.rule,
        "codes": list(one.codes),
    }
