"""Where commands write: a folder that does not exist is refused and not made, and lines end alike everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfscore.cli.main import COMMANDS
from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

WRITING = {
    "plot": ("plot", "cn/project", "-o"),
    "new": ("new", "cn-xx/project", "-o"),
    "compile": ("compile", "cn/project", "-o"),
    "infer": ("infer", str(ROOT / "examples" / "luzhou-2023.json"), "-o"),
    "audit": ("audit", "form.json", "--write-accepted"),
}


@pytest.mark.parametrize("arguments", WRITING.values(), ids=WRITING)
class TestAPlaceToWrite:
    def test_a_folder_that_does_not_exist(self, arguments: tuple[str, ...], here: Path) -> None:
        _, _, err = run_apart(*arguments, "no/such/folder/file.x")
        code = run(*arguments, "no/such/folder/file.x")[0]
        assert (code, err) == (2, "PF108 错误：无法写入：No such file or directory\n  no/such/folder/file.x\n")
        assert [path.name for path in here.iterdir()] == ["form.json"]

    def test_a_folder_in_place_of_a_file(self, arguments: tuple[str, ...], here: Path) -> None:
        (here / "folder").mkdir()
        code, _, err = run_apart(*arguments, "folder")
        assert (code, err.split("：")[0]) == (2, "PF151 错误" if arguments[0] == "new" else "PF108 错误")

    def test_a_file_is_utf_8_with_plain_line_ends(self, arguments: tuple[str, ...], here: Path) -> None:
        run(*arguments, "file.x")
        written = (here / "file.x").read_bytes()
        assert (b"\r" in written, written.decode("utf-8").endswith("\n")) == (False, True)


def test_every_command_that_writes_is_tried() -> None:
    writes = re.compile(r"--(output|write-\w+) ")
    assert {name for name in COMMANDS if writes.search(run(name, "--help")[1])} == set(WRITING)
