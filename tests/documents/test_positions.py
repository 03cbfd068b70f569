"""A place points at the text that holds the value."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator

import yaml
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import Document, document_from_text
from pfscore.documents.positions import Data
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import InputError
from tests.documents.emitting import yaml_text
from tests.documents.strategies import (
    JSON_PIECES,
    YAML_PIECES,
    json_data,
    json_text,
    pieces,
    unhurried,
    yaml_data,
)
from tests.tables import each

Path = tuple[str | int, ...]


def leaves(data: Data, path: Path = ()) -> Iterator[tuple[Path, str | None]]:
    """Yield each scalar with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    else:
        yield path, data


def shown(document: Document, span: Span) -> str:
    """Return the text that a span points at."""
    assert span.text == document.source.line(span.line)
    return span.text[span.column - 1 : span.column - 1 + span.length]


@unhurried
@given(json_data(), st.booleans(), st.booleans())
def test_in_json(data: object, escape: bool, indent: bool) -> None:
    document = document_from_text("a.json", json_text(data, escape=escape, indent=indent), syntax="json")
    for path, value in leaves(document.data):
        found = shown(document, document.span(path))
        assert (json.loads(found) if found.startswith('"') else None if found == "null" else found) == value
        if path and isinstance(path[-1], str):
            assert json.loads(shown(document, document.span(path, key=True))) == path[-1]


@unhurried
@given(yaml_data(), st.data())
def test_in_yaml(data: Data, draw: st.DataObject) -> None:
    text = yaml_text(data, lambda n: draw.draw(st.integers(0, n - 1)))
    document = document_from_text("a.yaml", text, syntax="yaml")
    for path, value in leaves(document.data):
        found = shown(document, document.span(path))
        if value is None:
            assert found.strip(" ,:") in {"", "~", "null", "-", "]", "}"}
        else:
            assert found == value or yaml.load(found, yaml.BaseLoader) == value
        if path and isinstance(path[-1], str):
            assert yaml.load(shown(document, document.span(path, key=True)), yaml.BaseLoader) == path[-1]


YAML = """\
ruleset: cn-xx/project
rules:
  - id: ratio
    points: 10   # 分
    note: |

      按比例
      记分
    levels: [优, 良]
    bands: {of: 完成率,
      over: 1}
    empty:
"""


@each(
    ("path", "key", "line", "found"),
    [
        (["ruleset"], False, 1, "cn-xx/project"),
        (["ruleset"], True, 1, "ruleset"),
        (["rules"], False, 3, "-"),
        (["rules"], True, 2, "rules"),
        (["rules", 0], False, 3, "id"),
        (["rules", 0, "points"], False, 4, "10"),
        (["rules", 0, "note"], False, 7, "按比例"),
        (["rules", 0, "levels"], False, 9, "[优, 良]"),
        (["rules", 0, "levels", 1], False, 9, "良"),
        (["rules", 0, "levels", 2], False, 9, "[优, 良]"),
        (["rules", 0, "bands"], False, 10, "{of: 完成率,"),
        (["rules", 0, "bands", "over"], True, 11, "over"),
        (["rules", 0, "empty"], False, 12, ""),
        (["rules", 0, "missing", "deeper"], True, 3, "id"),
        (["rules", 5], False, 3, "-"),
        (["nothing"], True, 1, "ruleset"),
        ([], False, 1, "ruleset"),
        (["ruleset", "deeper"], False, 1, "cn-xx/project"),
    ],
)
def test_one_place(path: list[str | int], key: bool, line: int, found: str) -> None:
    document = document_from_text("a.yaml", YAML, syntax="yaml")
    span = document.span(path, key=key)
    assert (span.line, shown(document, span)) == (line, found)


def test_a_json_box_that_goes_over_lines_is_shown_by_its_bracket() -> None:
    document = document_from_text("a.json", '{"rules": [\n{"id": "x"}\n]}', syntax="json")
    assert shown(document, document.span(["rules"])) == "["
    assert shown(document, document.span(["rules", 0])) == '{"id": "x"}'


@unhurried
@given(
    st.one_of(
        pieces(YAML_PIECES).map(lambda text: (text, "yaml")), pieces(JSON_PIECES).map(lambda text: (text, "json"))
    )
)
def test_a_problem_stands_in_the_text(case: tuple[str, str]) -> None:
    text, syntax = case
    try:
        document_from_text("a", text, syntax="yaml" if syntax == "yaml" else "json")
    except InputError as error:
        lines = text.split("\n")
        for problem in error.diagnostics:
            for span in [problem.span, *(span for _, span in problem.related)]:
                assert span is not None
                if span.line:
                    assert 1 <= span.line <= len(lines)
                    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert problem.render("zh")
            assert problem.render("en")
        assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics


def test_a_document_pickles_without_its_places() -> None:
    document = document_from_text("a.yaml", YAML, syntax="yaml")
    before = document.span(["rules", 0, "points"])
    again = pickle.loads(pickle.dumps(document))
    assert again == document
    assert again.span(["rules", 0, "points"]) == before
