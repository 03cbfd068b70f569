"""Where one stands in a text: as the reader of YAML has it in whole texts, and the same in broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pfscore.documents.document import document_from_text
from pfscore.documents.positions import Data
from pfscore.documents.positions import Path as Keys
from pfscore.editor.cursor import cursor_at
from tests.editor.wire import GOOD
from tests.house.tree import ROOT
from tests.tables import each

RULESETS = sorted((ROOT / "rulesets").glob("*/*.yaml"))


def paths(data: Data, path: Keys = ()) -> Iterator[Keys]:
    """Yield the paths of all keys of a document."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*path, index))


@pytest.mark.parametrize("file", RULESETS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_key_of_every_ruleset_is_where_the_reader_has_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    document = document_from_text(file.name, text, syntax="yaml")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for path in paths(document.data):
        span = document.span(path, key=True)
        cursor = cursor_at(text, starts[span.line - 1] + span.column - 1)
        assert (cursor.path, cursor.part) == (path, "key"), span.where()
        assert text[cursor.start : cursor.end].strip("\"'") == path[-1]


@each(
    ("text", "path", "part", "word"),
    [
        ("ru|", (), "word", "ru"),
        ("rules:\n  - |", ("rules", 0), "word", ""),
        ("rules:\n  - id: a\n    ti|", ("rules", 0), "word", "ti"),
        (
            "rules:\n  - id: a\n  - id: b\n    versions:\n      - since: 2023\n        |",
            ("rules", 1, "versions", 0),
            "word",
            "",
        ),
        ("rules:\n- id: a\n- id: b|", ("rules", 1, "id"), "value", "b"),
        ("a: [x, y|, z]", ("a", 1), "value", "y"),
        ("a: {b: [x, y], c: z|}", ("a", "c"), "value", "z"),
        ("a: {b: [x, y], c|", ("a",), "word", "c"),
        ("a: {b|: 1}", ("a", "b"), "key", "b"),
        ('- target: "≥1|00人"', (0, "target"), "value", '"≥100人"'),
        ("a: 'x' # 说|明", ("a",), "value", "'x'"),
        ("a:\n  - 优\n  - 良|", ("a", 1), "word", "良"),
        ("a: |", ("a",), "value", ""),
        ("note: |\n  a: b\n  c: d\nrul|", (), "word", "rul"),
    ],
)
def test_places(text: str, path: Keys, part: str, word: str) -> None:
    # The last bar is the cursor; a text after `|` has one of its own.
    at = text.rindex("|")
    text = text[:at] + text[at + 1 :]
    cursor = cursor_at(text, at)
    assert (cursor.path, cursor.part, text[cursor.start : cursor.end]) == (path, part, word)


def test_the_other_keys_of_the_mapping() -> None:
    at = GOOD.index("    overrides:")
    assert cursor_at(GOOD, at + 6).keys == {"id", "title", "applies", "versions"}
    at = GOOD.index("at: 第二条")
    assert cursor_at(GOOD, at).keys == {"source"}
