"""What a problem says to write in its place is what mends it."""

from __future__ import annotations

from typing import Any

from pfscore.documents.document import document_from_text
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from tests.tables import each


def problems(text: str) -> tuple[Diagnostic, ...]:
    try:
        document_from_text("a.yaml", text, syntax="yaml")
    except InputError as error:
        return error.diagnostics
    return ()


def mended(text: str) -> str:
    """Write what the first problem with a fix says, until there is none."""
    for _ in range(5):
        found = next((one for one in problems(text) if one.fix is not None), None)
        if found is None or found.span is None:
            return text
        lines = text.split("\n")
        line, at = lines[found.span.line - 1], found.span.column - 1
        lines[found.span.line - 1] = line[:at] + (found.fix or "") + line[at + found.span.length :]
        text = "\n".join(lines)
    raise AssertionError(text)


@each(
    ("text", "data"),
    [
        ("title：项目\nkind: a", {"title": "项目", "kind": "a"}),
        ("title： 项目", {"title": "项目"}),
        ("points:10", {"points": "10"}),
        ("title:　项目", {"title": "项目"}),
        ("title: 项目\u200b", {"title": "项目"}),
        ("a: [优，良]", {"a": ["优", "良"]}),
        ("rules:\n  - a\n  － b", {"rules": ["a", "b"]}),
        ("a:\n\tb: 1", {"a": {"b": "1"}}),
        ("a:\t1", {"a": "1"}),
        ("a:\n  -b\n  - c", {"a": ["b", "c"]}),
        ("a: >9", {"a": ">9"}),
        ("a: @x", {"a": "@x"}),
        ("a: “优”", {"a": "优"}),
        ("share: [60%, 80%)", {"share": "[60%, 80%)"}),
        ("a: 1\x0b", {"a": "1"}),
        ("a: 1\n＃ 说明\n", {"a": "1"}),
    ],
)
def test_a_fix_mends_what_is_wrong(text: str, data: Any) -> None:
    fixed = mended(text)
    assert problems(fixed) == ()
    assert document_from_text("a.yaml", fixed, syntax="yaml").data == data


def test_where_nothing_is_plainly_meant() -> None:
    assert [problem.fix for problem in problems("a: 1\na: 2")] == [None]
