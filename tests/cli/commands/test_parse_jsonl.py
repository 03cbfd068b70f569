"""`pfscore parse --jsonl`: one reading for each line, in order, whatever stands on it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.cells.reader import parse_actual, parse_target
from tests.cli.running import run_apart

#: The keys of each kind, beside `kind`, `canonical` and `assumptions`; those in the second set may be left out.
KEYS = {
    **dict.fromkeys(
        ("at_least", "at_most", "greater_than", "less_than", "equal", "approximately", "bare", "quantity"),
        ({"value", "unit"}, set[str]()),
    ),
    "between": ({"low", "high", "unit"}, {"low_open", "high_open"}),
    "change": ({"direction", "op", "value", "unit"}, set()),
    "deadline": ({"text"}, set()),
    "date": ({"text"}, set()),
    "level": ({"text"}, set()),
    "bound": ({"op", "value", "unit"}, set()),
    "all_of": ({"parts"}, set()),
    "any_of": ({"parts"}, set()),
    "not_applicable": (set(), set()),
}


class Input:
    """Standard input that is bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def readings(data: bytes, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[Any]:
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", Input(data))
        code, out, err = run_apart("parse", "--jsonl", *arguments)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_a_blank_line_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    found = readings(b'{"target": "26"}\n\n  \n{"target": "27"}\n', monkeypatch)
    assert [one.get("code", one["kind"]) for one in found] == ["bare", "PF104", "PF104", "bare"]


def test_a_line_that_is_not_utf_8_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    found = readings('{"target": "≥5人"}\n'.encode("gb18030") + b'{"target": "27"}\n', monkeypatch)
    assert [one.get("code", one["kind"]) for one in found] == ["PF103", "bare"]


def lines(*cells: object) -> bytes:
    return "".join(f"{json.dumps(cell, ensure_ascii=False)}\n" for cell in cells).encode()


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"target": "26", "comparator": "≥", "unit": "万人"}, "at_least"),
        ({"target": "≤1‰"}, "at_most"),
        ({"target": "控制在60%到80%的区间"}, "between"),
        ({"target": "增长5%以上"}, "change"),
        ({"target": "2021年12月31日前"}, "deadline"),
        ({"target": "90%左右"}, "approximately"),
        ({"target": "48亿元"}, "bare"),
        ({"target": "有效"}, "level"),
        ({"target": "不适用"}, "not_applicable"),
        ({"actual": "28.28", "unit": "万人"}, "quantity"),
        ({"actual": "2023年11月"}, "date"),
        ({"actual": "≥95%"}, "bound"),
    ],
)
def test_the_keys_of_a_reading(cells: dict[str, str], kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = readings(lines(cells), monkeypatch)
    needed, optional = KEYS[kind]
    assert found["kind"] == kind
    assert set(found) - optional == needed | {"kind", "canonical", "assumptions"}


def test_a_bad_line_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (
        b'{"target": "5\xe4\xba\xba"}\n'
        b"{'target': '5'}\n"
        b'{"target": 26,}\n'
        b"\n"
        b"\xff\n"
        b"[1]\n"
        b'{"target": ["a"]}\n'
        b'{"target": "5", "actual": "5"}\n'
        b'{"targt": "5"}\n'
        b'{"target": NaN}\n'
        b'{"target": "a", "target": "b"}\n' + b"[" * 100_000 + b"\n"
        b'{"target": null}\n'
        b'{"actual": 28.28, "unit": "\xe4\xb8\x87\xe4\xba\xba"}'
    )
    found = readings(data, monkeypatch)
    assert [one.get("code", one["kind"]) for one in found] == [
        "bare", "PF120", "PF120", "PF104", "PF103", "PF504", "PF504", "PF504", "PF504", "PF120", "PF115", "PF111",
        "PF301",
        "quantity",
    ]  # fmt: skip
    assert found[5] == {
        "kind": "error",
        "code": "PF504",
        "message": '每行应是 {"target":…,"comparator":…,"unit":…} 或 {"actual":…,"unit":…}',
        "start": 0,
        "end": 3,
    }


def test_numbers_are_read_as_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    [long, noise] = readings(b'{"actual": 28.2800}\n{"actual": 0.0900000762939453}\n', monkeypatch)
    assert long["value"] == "28.28"
    assert (noise["code"], noise["start"], noise["end"]) == ("PF311", 0, 18)


def test_messages_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = readings(lines({"target": "≥**人"}), monkeypatch, "--lang", "en")
    assert found["message"] == "the placeholder “≥**人” was not filled in"


def test_a_byte_order_mark_on_the_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one["kind"] for one in readings(b"\xef\xbb\xbf" + lines({"target": "≥5人"}), monkeypatch)] == ["at_least"]


def test_nothing_in_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert readings(b"", monkeypatch) == []


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(["target", "actual"]), st.text(max_size=12)), max_size=6))
def test_each_line_gives_what_the_library_gives(cells: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = readings(lines(*({side: text} for side, text in cells)), patch)
    for (side, text), one in zip(cells, found, strict=True):
        if one["kind"] != "error":
            read = parse_target(text) if side == "target" else parse_actual(text)
            assert one == read.as_json()
