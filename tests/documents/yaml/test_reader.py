"""YAML: texts as written, the same as two other readers give, and traps refused rather than taken."""

from __future__ import annotations

from typing import Any

import pytest
import ruamel.yaml
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import document_from_text
from pfscore.documents.positions import Data
from pfscore.documents.yaml.reader import read_yaml
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from tests.documents.emitting import yaml_text
from tests.documents.strategies import YAML_PIECES, pieces, unhurried, yaml_data
from tests.tables import each

NOTHING = {"", "~", "null"}


def read(text: str) -> Data:
    """Return the data of a YAML text."""
    return document_from_text("a.yaml", text, syntax="yaml").data


def composed(node: Any) -> Data:
    """Return the texts of a node of PyYAML or of ruamel.yaml."""
    kind = type(node).__name__
    if kind == "ScalarNode":
        # ruamel.yaml keeps where a folded text was folded, as a bell.
        value = str(node.value).replace("\a", "")
        return None if not node.style and value in NOTHING else value
    if kind == "SequenceNode":
        return [composed(each) for each in node.value]
    return {str(key.value): composed(value) for key, value in node.value}


def by_ruamel(text: str) -> Data:
    """Return what a reader of YAML 1.2 makes of a text."""
    return composed(ruamel.yaml.YAML(typ="rt", pure=True).compose(text))


def by_pyyaml(text: str) -> Data:
    """Return what PyYAML's own composer, in Python, makes of a text."""
    return composed(yaml.compose(text, yaml.SafeLoader))


@unhurried
@given(yaml_data(), st.data())
def test_data_in_every_style_is_read_alike_by_three_readers(data: Data, draw: st.DataObject) -> None:
    text = yaml_text(data, lambda n: draw.draw(st.integers(0, n - 1)))
    assert read(text) == data
    assert by_ruamel(text) == data
    assert by_pyyaml(text) == data


@unhurried
@given(pieces(YAML_PIECES))
def test_what_is_taken_is_what_others_read(text: str) -> None:
    try:
        data = read(text)
    except InputError:
        return
    assert composed(yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))) == data
    try:
        other = by_ruamel(text)
    except (ruamel.yaml.error.YAMLError, ruamel.yaml.error.YAMLStreamError):
        return
    if isinstance(data, dict | list):
        assert other == data


@each(
    ("text", "data"),
    [
        ("a: 0.10", "0.10"),
        ("a: 010", "010"),
        ("a: 1:30", "1:30"),
        ("a: 60:30", "60:30"),
        ("a: no", "no"),
        ("a: 否", "否"),
        ("a: true", "true"),
        ("a: 2023-12-31", "2023-12-31"),
        ("a: 12345678901234567.89", "12345678901234567.89"),
        ("a: .inf", ".inf"),
        ("a: 0x1F", "0x1F"),
        ("a: 1_000", "1_000"),
        ("a: =", "="),
        ("a: ≥26万人", "≥26万人"),
        ("a: <=10%", "<=10%"),
        ("a: =100%", "=100%"),
        ("a: 60%-80%", "60%-80%"),
        ("a: 依据：财预〔2020〕10号", "依据：财预〔2020〕10号"),
        ("a: “三公”经费控制率", "“三公”经费控制率"),
        ("a: 优，良", "优，良"),
        ("a: http://czj.example.gov.cn/a", "http://czj.example.gov.cn/a"),
        ("a:\n  http://czj.example.gov.cn/a", "http://czj.example.gov.cn/a"),
        ("a: -5", "-5"),
        ("a: '~'", "~"),
        ('a: ""', ""),
        ("a: 'null'", "null"),
        ("a: 第一行\n  第二行", "第一行 第二行"),
        ("a: |\n  第一条：优\n  第二条：良\n", "第一条：优\n第二条：良\n"),
        ("a: >-\n  一\n  二\n", "一 二"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: Null", "Null"),
        ("a: # 未填", None),
        ("a: []", []),
        ("a: [0.10, '1, 2', ~]", ["0.10", "1, 2", None]),
        ("a: {b: 010}", {"b": "010"}),
        ("a: 1\r\n", "1"),
        ("? a\n: 1", "1"),
    ],
)
def test_facts(text: str, data: Data) -> None:
    assert read(text) == {"a": data}


@pytest.mark.parametrize("item", ["- 依据：第三条", "- PF301: x"])
def test_a_list_may_hold_texts_with_colons(item: str) -> None:
    assert isinstance(read(f"notes:\n  {item}\n"), dict)


@pytest.mark.parametrize("edition", ["C", "Python"])
@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("a:\tb\n", False),
        ("a: b\t\n", False),
        ("a: b\t# c\n", False),
        ("a: b\tc\n", False),
        ("- a\n-\tb\n", False),
        ("a: |\t\n  b\n", False),
        ("a: |\n  \tb\n", False),
        ("a: |\n  b\tc\n", True),
        ("a: 'b\tc'\n", True),
        ("a: b  # c\td\n", True),
    ],
)
def test_tabs_stand_in_quotes_and_comments_only(
    text: str, taken: bool, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if edition == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    if taken:
        assert read(text)
        return
    with pytest.raises(InputError) as raised:
        read(text)
    assert {each.code for each in raised.value.diagnostics} == {"PF133"}


@pytest.mark.parametrize("text", ["雨季施工，工期顺延", "7至8月强降雨，路基冲毁。已列入计划", "优，良"])
def test_a_text_between_braces_may_hold_a_full_width_comma(text: str) -> None:
    assert read(f"a: {{b: {text}, c: 1}}") == {"a": {"b": text, "c": "1"}}


def test_keys_stay_as_written() -> None:
    assert read("0.10: a\nno: b\n~: c\nnull: d\n") == {"0.10": "a", "no": "b", "~": "c", "null": "d"}


def test_problems_before_the_first_that_stops_the_parser_are_reported_with_it() -> None:
    text = (
        "rules:\n  - id: x\n    id: y\n    target: >\n    levels: [优，良]\n    base: &b 1\n    note:\n"
        "      points:10\n  - ? [a]\n    : b\n    ? [a]\n    : c\n    a: 1\n    a: 2\n  - note: a: b\n    unit: %\n"
    )
    with pytest.raises(InputError) as raised:
        read(text)
    assert [(each.code, each.span.line, each.span.column) for each in raised.value.diagnostics if each.span] == [
        ("PF115", 3, 5),
        ("PF135", 4, 13),
        ("PF132", 5, 15),
        ("PF140", 6, 11),
        ("PF131", 8, 13),
        ("PF130", 9, 7),
        ("PF130", 11, 7),
        ("PF115", 14, 5),
        ("PF135", 15, 12),
    ]
    (first,) = raised.value.diagnostics[7].related
    assert (first[1].line, first[1].column) == (13, 5)


@pytest.mark.parametrize(
    "name", ["PF131-full-width-colons", "PF135-comparisons", "PF137-indentation", "PF130-brackets"]
)
def test_the_parser_in_python_is_explained_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.documents.test_bad_files import FOLDER

    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    with pytest.raises(InputError) as fast:
        read_yaml(Source("a.yaml", text))
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(InputError) as slow:
        read_yaml(Source("a.yaml", text))
    assert slow.value.diagnostics == fast.value.diagnostics
