"""JSON: every number as written, nothing lost, and no text that `json` refuses is ever taken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import document_from_text
from pfscore.foundation.errors import InputError
from tests.documents.strategies import JSON_PIECES, Number, json_data, json_text, pieces, texts, unhurried

FORM = '{"title": "自评表", "indicators": [{"path": ["产出", "数量"], "points": 10, "actual": null}], "total": 99.48}'


class _Refused(Exception):
    pass


def by_the_standard_library(text: str) -> Any:
    """Return what `json` reads, with repeated keys and constants that are no numbers refused."""

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise _Refused
        return dict(pairs)

    def constant(name: str) -> Any:
        raise _Refused(name)

    return texts(
        json.loads(text, parse_int=Number, parse_float=Number, parse_constant=constant, object_pairs_hook=mapping)
    )


@unhurried
@given(json_data(), st.booleans(), st.booleans())
def test_data_comes_back_as_texts(data: object, escape: bool, indent: bool) -> None:
    text = json_text(data, escape=escape, indent=indent)
    assert document_from_text("a.json", text, syntax="json").data == texts(data)


@unhurried
@given(
    st.one_of(
        pieces(JSON_PIECES), st.tuples(st.integers(0, len(FORM)), pieces(JSON_PIECES)).map(lambda cut: _patched(*cut))
    )
)
def test_what_json_refuses_is_refused(text: str) -> None:
    if not text.strip() or "\\ud8" in text:
        return
    try:
        expected = by_the_standard_library(text)
    except (_Refused, ValueError):
        with pytest.raises(InputError):
            document_from_text("a.json", text, syntax="json")
    else:
        assert document_from_text("a.json", text, syntax="json").data == expected


def _patched(at: int, piece: str) -> str:
    return FORM[:at] + piece + FORM[at + 1 :]


@pytest.mark.parametrize("number", ["0.10", "-0", "1E400", "0.0900000762939453", "9" * 400, "1e-400"])
def test_a_number_stays_as_written(number: str) -> None:
    assert document_from_text("a.json", f'{{"a": [{number}]}}', syntax="json").data == {"a": [number]}


def test_pairs_of_surrogates_are_one_character() -> None:
    assert document_from_text("a.json", '["\\ud83d\\ude00\\ud842\\udfb7"]', syntax="json").data == ["😀𠮷"]


def test_the_first_error_of_syntax_is_reported_alone() -> None:
    with pytest.raises(InputError) as raised:
        document_from_text("a.json", '{\'a\': 1, "b"： NaN, // c\n "a": 01,}', syntax="json")
    assert [(each.code, each.span and each.span.column) for each in raised.value.diagnostics] == [("PF120", 2)]


def test_what_json_takes_is_reported_at_once() -> None:
    with pytest.raises(InputError) as raised:
        document_from_text("a.json", '{"a": NaN, "b": "\\ud800", "a": [-Infinity, {"c": 1, "c": 2}]}', syntax="json")
    assert [(each.code, each.span and each.span.column) for each in raised.value.diagnostics] == [
        ("PF120", 7),
        ("PF114", 17),
        ("PF115", 27),
        ("PF120", 33),
        ("PF115", 53),
    ]
