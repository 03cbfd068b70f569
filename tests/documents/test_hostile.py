"""Hostile input is only bad input: bytes of any kind, bombs, deep nesting and long lines are refused by name."""

from __future__ import annotations

import random
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import Syntax, document_from_text
from pfscore.documents.json_reader import read_json
from pfscore.documents.positions import MAX_PROBLEMS
from pfscore.documents.yaml.reader import read_yaml
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.source import source_from_bytes
from tests.documents.strategies import unhurried

SIZE = 200_000
LAUGHS = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)
SURVIVED = {
    "a long line": "a: " + "x" * SIZE,
    "a long line of words": "a: " + "x " * SIZE,
    "a long comment": "#" * SIZE + "\na: 1\n",
    "many escapes": 'a: "' + "\\n" * SIZE + '"',
    "many blank lines": "a:\n" + "\n" * SIZE,
    "a wide list": "a: [" + "1," * SIZE + "]",
}
YAML = {
    "billion laughs": (LAUGHS, "PF140"),
    "deep flow lists": ("[" * SIZE, "PF111"),
    "deep flow mappings": ("{a: " * SIZE, "PF111"),
    "deep lists": ("- " * SIZE, "PF111"),
    "deep keys": ("? " * SIZE, "PF111"),
    "deep indentation": ("".join(" " * n + "a:\n" for n in range(900)), "PF111"),
    "a long key": ("x" * SIZE + ": 1", "PF130"),
    "an open quote": ('a: "' + "x\n" * SIZE, "PF136"),
    "many full-width colons": ("".join(f"k{n}：v\n" for n in range(SIZE // 8)), "PF131"),
    "many joined lines": ("a:\n" + "  x：y\n" * SIZE, "PF131"),
    "many duplicates": ("a: 1\n" * SIZE, "PF115"),
    "many anchors": ("".join(f"- &a{n} x\n" for n in range(SIZE)), "PF140"),
    "many aliases": ("- *a\n" * SIZE, "PF140"),
    "many tags": ("- !!int 1\n" * SIZE, "PF140"),
    "many documents": ("---\n" * SIZE, "PF140"),
    "many folds": ("a: >=1\n" * SIZE, "PF135"),
    "many open lists": ("a: [1\n" * SIZE, "PF130"),
    "many closing brackets": ("]" * SIZE, "PF135"),
    "many colons": ("a: " * SIZE, "PF135"),
    "many carriage returns": ("a\r" * SIZE, "PF113"),
    "many quotes": ("a: " + '"x" ' * SIZE, "PF136"),
}
JSON = {
    "deep lists": ("[" * SIZE, "PF111"),
    "deep and closed": ("[" * SIZE + "]" * SIZE, "PF111"),
    "deep mappings": ('{"a":' * SIZE, "PF111"),
    "an open quote": ('["' + "x" * SIZE, "PF120"),
    "an open quote of escapes": ('["' + "\\n" * SIZE, "PF120"),
    "Chinese quotes": ("“" * SIZE, "PF120"),
    "single quotes": ("'x" * SIZE, "PF120"),
    "an open comment": ("/*" * SIZE, "PF120"),
    "signs": ("-" * SIZE, "PF120"),
    "backslashes": ('"' + "\\" * SIZE, "PF120"),
    "spaces": ("[1" + " " * SIZE + "2]", "PF120"),
    "duplicates": ("{" + '"a":1,' * SIZE + '"b":1}', "PF115"),
    "half characters": ('["' + "\\ud800" * SIZE + '"]', "PF114"),
}
#: Nesting that is broken, mixed, or so that a parser looks far ahead; the 65th level opens at the line and column.
DEEP: dict[str, tuple[Syntax, str, int, int]] = {
    "YAML: open brackets": ("yaml", "[" * SIZE, 1, 65),
    "YAML: as deep as its parser goes, and closed": ("yaml", "[" * 999 + "]" * 999, 1, 65),
    "YAML: one deeper than its parser goes": ("yaml", "[" * 1_001 + "]" * 1_001, 1, 65),
    "YAML: a broken text inside": ("yaml", "[" * 100 + "@" + "]" * 100, 1, 65),
    "YAML: one too deep and broken": ("yaml", "[" * 65 + "%", 1, 65),
    "YAML: a broken text on a line below": ("yaml", "[" * 100 + "\n@", 1, 65),
    "YAML: an open quote inside": ("yaml", "[" * 100 + "'", 1, 65),
    "YAML: mixed brackets, an anchor behind": ("yaml", "a: " + "[{b: " * 40 + "*", 1, 160),
    "YAML: dashes, then brackets": ("yaml", "- " * 40 + "[" * SIZE, 1, 105),
    "YAML: keys, then brackets": ("yaml", "".join(f"{' ' * n}a:\n" for n in range(40)) + " " * 40 + "[" * SIZE, 41, 65),
    "YAML: keys, then broken brackets": ("yaml", "a:\n  - b:\n      - " + "[" * 80 + "@", 3, 69),
    "YAML: closed ones do not count": ("yaml", "- [[[[], {}], []], " + "[" * 70 + "%", 1, 82),
    "YAML: brackets in quotes do not count": ("yaml", "- ['[[{', \"[[\\\"{{\", " + "[" * 70 + "%", 1, 83),
    "JSON: open brackets": ("json", "[" * SIZE, 1, 65),
    "JSON: closed": ("json", "[" * 65 + "]" * 65, 1, 65),
    "JSON: a broken text inside": ("json", "[" * 65 + "x" + "]" * 65, 1, 65),
    "JSON: mixed": ("json", '[{"a": ' * 40, 1, 225),
    "JSON: brackets in texts do not count": ("json", f'["{"[" * 99}\\"{"{" * 9}", ' + "[" * 70 + "@", 1, 179),
    "JSON: closed ones do not count": ("json", "[[[[], {}], []], " + "[" * 70 + "@", 1, 81),
}  # fmt: skip
#: Broken as well, and not deep: what is wrong comes first.
SHALLOW: dict[str, tuple[Syntax, str]] = {
    "YAML: 64 levels": ("yaml", "[" * 64 + "@" + "]" * 64),
    "YAML: many short lists": ("yaml", "[" + "[], " * 5_000 + "@]"),
    "YAML: brackets in a text": ("yaml", "a[" + "[" * 100 + " b: c: d"),
    "YAML: brackets in a comment": ("yaml", "[a, # " + "[" * 100 + "\n @]"),
    "YAML: a broken text before": ("yaml", "[@" + "[" * 100),
    "JSON: 64 levels": ("json", "[" * 64 + "@" + "]" * 64),
    "JSON: a broken text before": ("json", "[@" + "[" * 100),
}


def refused(text: str, syntax: Syntax) -> InputError:
    """Return what is raised for a text."""
    with pytest.raises(InputError) as raised:
        document_from_text("a", text, syntax=syntax)
    assert 0 < len(raised.value.diagnostics) <= MAX_PROBLEMS
    return raised.value


@pytest.mark.parametrize("name", YAML)
def test_yaml(name: str) -> None:
    text, code = YAML[name]
    assert refused(text, "yaml").code == code


@pytest.mark.parametrize("name", JSON)
def test_json(name: str) -> None:
    text, code = JSON[name]
    assert refused(text, "json").code == code


@pytest.mark.parametrize("edition", ["C", "Python"])
@pytest.mark.parametrize("name", DEEP)
def test_the_65th_level_is_refused_first(name: str, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if edition == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    syntax, text, line, column = DEEP[name]
    error = refused(text, syntax)
    assert error.code == "PF111"
    assert (span := error.diagnostics[0].span) is not None
    assert (span.line, span.column) == (line, column)


@pytest.mark.parametrize("edition", ["C", "Python"])
@pytest.mark.parametrize("name", SHALLOW)
def test_what_is_not_deep_is_not_refused_as_deep(name: str, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if edition == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    syntax, text = SHALLOW[name]
    assert refused(text, syntax).code != "PF111"


@pytest.mark.parametrize("name", SURVIVED)
def test_large_and_harmless(name: str) -> None:
    assert isinstance(document_from_text("a", SURVIVED[name], syntax="yaml").data, dict)


def test_large_json_is_harmless() -> None:
    for text in ('"' + "x" * SIZE + '"', '["' + "\\n" * SIZE + '"]', "1" * SIZE, "[" + "[]," * SIZE + "[]]"):
        assert document_from_text("a", text, syntax="json").data is not None


@unhurried
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    for read in (read_yaml, read_json):
        try:
            read(source_from_bytes("a", data))
        except PfscoreError as error:
            assert str(error)


@unhurried
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    for syntax in ("yaml", "json"):
        try:
            document_from_text("a", text, syntax="yaml" if syntax == "yaml" else "json")
        except PfscoreError as error:
            assert str(error)


def test_ten_thousand_arbitrary_texts() -> None:
    source = random.Random(2023)
    alphabet = "ab01 \n\t:：-,，[]{}\"'“”#&*!|>%@`?\\/.\u3000\u200b\u2028\x00\x07\ufeff\ud800\U0001f600指标"
    for _ in range(10_000):
        text = "".join(source.choices(alphabet, k=source.randint(1, 30)))
        for syntax in ("yaml", "json"):
            try:
                document_from_text("a", text, syntax="yaml" if syntax == "yaml" else "json")
            except PfscoreError as error:
                assert error.diagnostics


def test_a_small_stack_is_enough() -> None:
    text = "[" * 60 + "]" * 60
    limit = sys.getrecursionlimit()
    depth = len(_stack())
    sys.setrecursionlimit(depth + 100)
    try:
        for syntax in ("yaml", "json"):
            assert document_from_text("a", text, syntax="yaml" if syntax == "yaml" else "json").data
    finally:
        sys.setrecursionlimit(limit)


def _stack() -> list[object]:
    frame = sys._getframe()
    found: list[object] = []
    while frame.f_back:
        found.append(frame)
        frame = frame.f_back
    return found
