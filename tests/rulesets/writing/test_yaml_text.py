"""What is written comes back as it was: any text as a value, in a list, and in a mapping of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import document_from_text
from pfscore.rulesets.writing.yaml_text import flow_list, key_lines, member_lines, scalar
from tests.documents.strategies import HARD, WORDS, unhurried

ANY = st.one_of(
    st.sampled_from(WORDS + HARD),
    st.text("ab 指标：，“”［】>|-#'\"\\\t\u3000\u00a0\u200b\u2028\ufeff~:[]{}&*!%@`?=≥", max_size=8),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8),
)


@unhurried
@given(ANY, st.lists(ANY, max_size=3))
def test_any_text_comes_back(text: str, texts: list[str]) -> None:
    written = f"a: {scalar(text)}\nb: {flow_list(texts)}\nc: 1\n"
    assert document_from_text("a", written, syntax="yaml").data == {"a": text, "b": texts, "c": "1"}


@unhurried
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["a", "b", "指标"]), ANY.filter(lambda text: "\n" not in text), min_size=1),
        min_size=1,
    )
)
def test_any_list_of_mappings_comes_back(members: list[dict[str, str]]) -> None:
    written = "\n".join(key_lines("rules", [dict(member) for member in members]))
    assert document_from_text("a", written, syntax="yaml").data == {"rules": members}


def test_any_character_comes_back_wherever_it_stands() -> None:
    characters = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000]
    members = [{"a": one, "b": f"甲{one}", "c": f"{one}甲", "d": f"甲{one} 乙"} for one in characters]
    for begin in range(0, len(members), 4096):
        some = members[begin : begin + 4096]
        written = "\n".join(key_lines("rules", [dict(member) for member in some]))
        assert document_from_text("a", written, syntax="yaml").data == {"rules": some}


@pytest.mark.parametrize(
    ("member", "lines"),
    [
        ({"a": "≥5", "b": None}, ['- a: "≥5"', "  b:"]),
        ({"a": {"b": ["优", "良"]}, "c": "一\n二\n"}, ["- a:", "    b: [优, 良]", "  c: |", "    一", "    二"]),
        ({}, []),
    ],
)
def test_lines(member: dict[str, object], lines: list[str]) -> None:
    assert list(member_lines(member)) == lines
