"""The short way for plain lines takes nothing that the long way refuses, and reads it as the long way does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.positions import MAX_DEPTH, MAX_VALUES, Data
from pfscore.documents.yaml_plain import NotPlain, read_plain
from pfscore.documents.yaml_tree import mend_yaml, yaml_tree
from pfscore.foundation.source import Source
from tests.documents.strategies import HARD, KEYS, WORDS, YAML_PIECES, pieces, unhurried

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("rulesets/**/*.yaml"), *ROOT.glob("tests/bad/**/*.yaml"), *ROOT.glob("examples/**/*.yaml")])
FLOW = [
    "[]",
    "[优, 良]",
    '["≥", ~]',
    "[优，良]",
    "[a,b]",
    "[ a]",
    "[a, ]",
    "[a b]",
    "[[a], b]",
    "[https://a.b]",
    "[-1, a]",
]
VALUES = [*WORDS, *HARD, *FLOW, '"a: b"', '"a\\n"', "'a'", "https://a.cn/b", "a  b", "财预：第三条", "|", ">-", "&x a"]


@st.composite
def near_plain(draw: st.DrawFn) -> str:
    """Draw lines that are plain, or nearly."""
    lines = []
    for _ in range(draw(st.integers(1, 7))):
        indent = " " * draw(st.sampled_from([0, 0, 0, 2, 2, 2, 4, 4, 1, 3]))
        dash = draw(st.sampled_from(["", "", "", "- ", "- ", "-  ", "- - "]))
        key = draw(st.sampled_from(["a: ", "b: ", "a:", "b:", "甲: ", "甲:", "a : ", "null: ", "", "", *KEYS]))
        value = draw(st.sampled_from(["", "", "", "x", "y", "优 良", "~", *VALUES]))
        behind = draw(st.sampled_from(["", "", "", "", " ", " # 注", "# 注", "\r", "\t", "\n", "\n  # 注"]))
        lines.append(f"{indent}{dash}{key}{value}{behind}")
    return "\n".join(lines)


def agrees(text: str) -> bool:
    """Tell whether the short way takes a text; fail where the long way does not read it, or reads something else."""
    try:
        data = read_plain(text)
    except NotPlain:
        return False
    source = Source("a.yaml", text)
    assert mend_yaml(source).problems == []
    assert yaml_tree(source).data() == data
    assert yaml.compose(text, yaml.SafeLoader) is not None
    return True


@unhurried
@given(near_plain())
def test_lines_that_are_nearly_plain(text: str) -> None:
    agrees(text)


@unhurried
@given(pieces(YAML_PIECES))
def test_pieces_of_yaml(text: str) -> None:
    agrees(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_files_whole_and_cut(file: Path) -> None:
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        return
    if "\x00" in text or "\ufeff" in text:
        return
    agrees(text)
    lines = text.split("\n")
    for start in range(0, min(len(lines), 40), 5):
        agrees("\n".join(lines[start : start + 12]))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\n", {"a": "1"}),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("# 注\n\na:\n- x\n- y\nb: z", {"a": ["x", "y"], "b": "z"}),
        ("a:\n  b:\n    - c: 1\n      d: ~\n    - c:\nb: null", {"a": {"b": [{"c": "1", "d": None}, {"c": None}]},
         "b": None}),
        ('- "a: b"\n- 分值 * min(完成值 / 指标值, 1) # 按比例\n', ["a: b", "分值 * min(完成值 / 指标值, 1)"]),
        ("指标: [优, ~, \"良, 中\"]", {"指标": ["优", None, "良, 中"]}),
        ("url: https://czj.example.gov.cn/a", {"url": "https://czj.example.gov.cn/a"}),
    ],
)  # fmt: skip
def test_plain(text: str, data: Data) -> None:
    assert read_plain(text) == data
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "# 注", "a", "a: b\n  c: d", "a: b\n  - c", "a: 1\na: 2", "- a\nb: c", "a:\n  - b\n c: d", "a: 'b'",
        "--- \na: b", "a: b\n...", "? a\n: b", "a: &x b", "a: *x", "a: !t b", "<<: b", "a: >=95%", "a: 优\n  良",
        "标题：a", "a: 依据：第三条", "a: [优，良]", "a: “b”", "a: points:10", "- - a", "-\n  a: b", "a:\tb", "a: b: c",
        "a: b #c\n d", "a: {b: c}", "a: |\n  b",
    ],
)  # fmt: skip
def test_left_to_the_long_way(text: str) -> None:
    with pytest.raises(NotPlain):
        read_plain(text)


def test_limits_are_those_of_the_long_way() -> None:
    deep = "\n".join("  " * level + "a:" for level in range(MAX_DEPTH + 1)) + " b"
    with pytest.raises(NotPlain):
        read_plain(deep)
    many = "\n".join(["a:", *["- [b, c, d]"] * (MAX_VALUES // 4)])
    with pytest.raises(NotPlain):
        read_plain(many)
