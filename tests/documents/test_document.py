"""The seam: which files are read, what a document is, and JSON line by line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pfscore.documents import document as document_module
from pfscore.documents.document import Document, document_from_text, json_lines, read_document, read_json_lines
from pfscore.documents.positions import Data
from pfscore.foundation.errors import InputError

LINES = '{"target": "26", "points": 0.10}\n\n{"target": 26,}\n[1, 2]\n  \n{"target": "a", "target": "b"}\nnull'


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "A.YAML"])
def test_yaml_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("a: 0.10\n", encoding="utf-8")
    document = read_document(tmp_path / name)
    assert (document.data, document.syntax, document.source.name) == ({"a": "0.10"}, "yaml", str(tmp_path / name))


def test_a_json_file_by_its_name_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": 0.10}', encoding="utf-8")
    assert read_document(str(tmp_path / "a.json")).data == {"a": "0.10"}


def test_a_byte_order_mark_where_it_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}')
    with pytest.raises(InputError) as raised:
        read_document(path)
    assert raised.value.code == "PF107"
    assert read_document(path, allow_bom=True).data == {"a": "1"}


@pytest.mark.parametrize("name", ["a" * 300 + ".json", "a\x00b.json", "missing/a.json", "", ".", "a.txt", "a" * 300])
def test_a_name_that_opens_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        read_document(name)
    assert raised.value.code in {"PF101", "PF102", "PF108"}
    with pytest.raises(InputError) as raised:
        next(read_json_lines(name))
    assert raised.value.code in {"PF101", "PF102", "PF108"}


def test_text_with_half_a_character() -> None:
    with pytest.raises(InputError) as raised:
        document_from_text("a", 'a: "\ud800"', syntax="yaml")
    assert raised.value.code == "PF103"


def seen(one: Document | InputError) -> tuple[int, Data]:
    """Return the line number and what came of it."""
    if isinstance(one, InputError):
        span = one.diagnostics[0].span
        assert span
        return span.line, one.code
    return one.span([]).line, one.data


def test_json_lines_go_on_after_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(LINES, encoding="utf-8")
    assert [seen(one) for one in read_json_lines(path)] == [
        (1, {"target": "26", "points": "0.10"}),
        (3, "PF120"),
        (4, ["1", "2"]),
        (6, "PF115"),
        (7, None),
    ]


def test_a_related_place_in_json_lines_has_the_line_of_the_file() -> None:
    *_, error = json_lines("a.jsonl", io.BytesIO(b'{}\n\n{"a": 1, "a": 2}\n'))
    assert isinstance(error, InputError)
    assert str(error) == (
        "PF115 错误：键 “a” 重复\n"
        "  a.jsonl:3:10\n"
        '    3 | {"a": 1, "a": 2}\n'
        "      |          ^^^\n"
        "  第一次在此\n"
        "  a.jsonl:3:2\n"
        '    3 | {"a": 1, "a": 2}\n'
        "      |  ^^^\n"
        "  提示：删去其中一个；若是另一项，请在列表里另起一项"
    )


def test_json_lines_of_other_encodings() -> None:
    lines = b"\xef\xbb\xbf{}\r\n" + '{"a": "预算"}\n'.encode("gbk") + b'\xef\xbb\xbf{}\n{"a":\x00}\n{"b": 1}\r\n'
    assert [seen(one) for one in json_lines("-", io.BytesIO(lines))] == [
        (1, {}),
        (2, "PF103"),
        (3, "PF107"),
        (4, "PF106"),
        (5, {"b": "1"}),
    ]


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_module, "MAX_LINE_BYTES", 10)
    lines = b"[1]\n" + b"[" + b"1," * 100 + b"1]\n" + b"[2]\n" + b" " * 10 + b"\n" + b"[3, 4, 56"
    assert [seen(one) for one in json_lines("-", io.BytesIO(lines))] == [
        (1, ["1"]),
        (2, "PF105"),
        (3, ["2"]),
        (4, "PF105"),
        (5, "PF120"),
    ]


def test_lines_are_read_one_at_a_time() -> None:
    stream = io.BytesIO(b"[1]\n[2]\n")
    next(json_lines("-", stream))
    assert stream.tell() == 4
