"""A table in another encoding than UTF-8 is read, and which one it is is said."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.running import run_apart

TABLE = "一级指标,指标名称,指标值,完成值,分值,得分\n产出指标,培训人数,≥100人,120人,100,100\n"
COMMANDS = (
    ("score", "--ruleset", "cn/project", "--year", "2023"),
    ("audit", "--ruleset", "cn/project", "--year", "2023"),
    ("convert", "-o", "-"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "GB18030"), ("gbk", "GB18030"), ("utf-16", "UTF-16")])
def test_the_encoding_is_said(command: tuple[str, ...], encoding: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_bytes(TABLE.encode(encoding))
    code, _, error = run_apart(command[0], str(tmp_path / "表.csv"), *command[1:])
    assert code == 0
    assert f"PF103 说明：按 {name} 读这个文件" in error


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_nothing_is_said_of_utf_8(command: tuple[str, ...], encoding: str, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_bytes(TABLE.encode(encoding))
    assert "PF103" not in run_apart(command[0], str(tmp_path / "表.csv"), *command[1:])[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_the_encoding_of_standard_input_is_said(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode("gb18030")), encoding="utf-8"))
    code, _, error = run_apart(command[0], "-", *command[1:])
    assert code == 0
    assert "PF103 说明：按 GB18030 读这个文件" in error


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_it_is_said_beside_json_which_stays_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_bytes(TABLE.encode("gb18030"))
    code, output, error = run_apart(command[0], str(tmp_path / "表.csv"), *command[1:], "--json")
    assert code == 0
    assert json.loads(output)
    assert "PF103 说明：按 GB18030 读这个文件" in error
