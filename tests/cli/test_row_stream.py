"""Rows in bulk: a line in, a line out, in order, whatever is wrong with one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

import pfscore
from tests.cli.running import INTERRUPTIBLE, run, run_apart

pytestmark = pytest.mark.usefixtures("installed")
ROWS: list[dict[str, Any]] = [
    {"id": "a", "target": "≥5人", "actual": "4人", "points": "10"},
    {"id": "b", "target": "≥5人", "actual": "3人", "points": 10},
    {"id": "c", "target": "≥5人", "actual": "工5%", "points": "10"},
    {"id": "d", "target": "有效提升", "actual": "", "points": "5"},
]
OPTIONS = ("--rows", "--ruleset", "cn-sc/project", "--year", "2023")


def results(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return file


def test_each_row_gives_a_line(rows: Path) -> None:
    code, out, _ = run_apart("score", str(rows), *OPTIONS)
    found = results(out)
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    for number, (one, row, line) in enumerate(zip(rules.score_many(ROWS), ROWS, found, strict=True), 1):
        assert line == {
            "id": row["id"],
            "row": number,
            "outcome": one.outcome.value,
            "score": None if one.score is None else str(one.score),
            "low": None if one.low is None else str(one.low),
            "high": None if one.high is None else str(one.high),
            "met": one.met,
            "rule": one.rule,
            "codes": [problem.code for problem in one.diagnostics],
        }
    assert (code, found[0]["score"], found[1]["score"]) == (1, "8", "6")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "PF120"),
        ("[1]", "PF504"),
        ('{"target": "≥5人", "target": "≥6人"}', "PF115"),
        ('{"target": NaN}', "PF120"),
        ("[" * 5000, "PF111"),
        ('{"target": 0.5, "actual": "1", "points": "1"}', "PF518"),
    ],
)
def test_a_bad_line_stops_nothing(rows: Path, line: str, code: str) -> None:
    text = rows.read_text(encoding="utf-8")
    rows.write_text(f"{line}\n\n{text}", encoding="utf-8")
    found = results(run_apart("score", str(rows), *OPTIONS)[1])
    assert [one["row"] for one in found] == [1, 2, 3, 4, 5]
    assert found[0]["codes"][0] == code
    assert found[1]["score"] == "8"


def test_csv(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    lines = (
        "编号,一级指标,二级指标,指标值,完成值,分值",
        "1,产出指标,数量指标,≥5人,4人,10",
        '2,,,"≥5人,4人',
        "3,,,≥5人,5人,10,多",
    )
    file.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    code, out, err = run_apart("score", str(file), *OPTIONS)
    found = results(out)
    assert found[0] == found[0] | {"编号": "1", "row": 1, "score": "8"}
    assert (code, [one["codes"] for one in found[1:]]) == (1, [["PF508"]])
    assert "PF508" in err


def test_explained_in_both_languages(rows: Path) -> None:
    for language, word in (("zh", "规则"), ("en", "rule")):
        found = results(run_apart("score", str(rows), *OPTIONS, "--explain", "--lang", language)[1])
        assert word in found[0]["explained"]


def test_several_processes_give_the_same_in_order(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [json.dumps(ROWS[number % 4] | {"id": number}, ensure_ascii=False) for number in range(2500)]
    file.write_text("\n".join([*lines[:700], "{", *lines[700:]]), encoding="utf-8")
    one, several = (run_apart("score", str(file), *OPTIONS, "--jobs", jobs) for jobs in ("1", "3"))
    assert several == one
    assert [line["row"] for line in results(one[1])] == list(range(1, 2502))


@pytest.mark.parametrize("kept", [0, 1, 2, 4])
def test_resuming_goes_on_after_the_last_whole_line(rows: Path, tmp_path: Path, kept: int) -> None:
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    assert run("score", str(rows), *OPTIONS, "--into", str(whole))[0] == 1
    lines = whole.read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:kept]) + (lines[kept][:20] if kept < 4 else b""))
    run("score", str(rows), *OPTIONS, "--into", str(part), "--resume")
    assert part.read_bytes() == whole.read_bytes()


def test_what_does_not_go_together(rows: Path, tmp_path: Path) -> None:
    for arguments in (
        ("--jobs", "2"),
        ("--rows",),
        ("--rows", "--ruleset", "cn-sc/project"),
        (*OPTIONS, "--resume"),
        (*OPTIONS, "--jobs", "0"),
        (*OPTIONS, str(rows)),
    ):
        assert run("score", str(rows), *arguments)[0] == 2, arguments
    assert "PF151" in run("score", str(rows), *OPTIONS, "--into", str(rows))[1]
    assert "PF101" in run("score", str(tmp_path / "none.jsonl"), *OPTIONS)[1]
    assert "PF109" in run("score", str(tmp_path / "rows.xlsx"), *OPTIONS)[1]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [*INTERRUPTIBLE, "score", "-", *OPTIONS, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_line_comes_out_before_the_next_is_read() -> None:
    with start() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for row in ROWS:
            process.stdin.write(json.dumps(row).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == row["id"]
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait() == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_an_interrupt_and_a_closed_pipe_end_cleanly() -> None:
    for ending, code in (("interrupt", 130), ("closed", 0)):
        with start() as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdin.write(json.dumps(ROWS[0]).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
            if ending == "interrupt":
                process.send_signal(signal.SIGINT)
            else:
                process.stdout.close()
                process.stdin.write(json.dumps(ROWS[0]).encode() + b"\n")
                process.stdin.close()
            assert process.wait(timeout=60) == code
            assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("options", [OPTIONS, ("--ruleset", "cn-sc/project", "--year", "2023")], ids=["rows", "forms"])
class TestWhatNeverEnds:
    """Rows and forms of JSON lines alike."""

    def test_a_pipe_that_nobody_writes_to(
        self, options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pfscore.foundation.source._WAIT", 0.1)
        os.mkfifo(tmp_path / "rows.jsonl")
        code, text = run("score", str(tmp_path / "rows.jsonl"), *options)
        assert code == 2 and text.startswith("PF108")

    def test_a_line_without_an_end(self, options: tuple[str, ...], tmp_path: Path) -> None:
        (tmp_path / "rows.jsonl").symlink_to("/dev/zero")
        code, out, err = run_apart("score", str(tmp_path / "rows.jsonl"), *options)
        assert code == 1 and err.startswith("PF105") and ("PF105" in out or not out)
