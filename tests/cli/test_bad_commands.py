"""For the codes that no single bad file shows: what a command says, with the files that it was given.

`tests/bad/commands/PF223-too-early.txt` is a session: the command line, and under it the whole of what is printed, in
Chinese and in English. To take what comes out for right: `ACCEPT=1 pytest tests/cli`, then read the diff.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.house.tree import ROOT

FOLDER = ROOT / "tests" / "bad" / "commands"
SESSIONS = sorted(path.name for path in FOLDER.glob("*.txt"))


def printed(command: str) -> str:
    """Run a command; return it with what it printed on both streams, and its exit code."""
    code, text = run(*shlex.split(command)[1:])
    return f"$ {command}\n{text}exit {code}\n"


@pytest.mark.parametrize("name", SESSIONS)
def test_everything_that_is_said(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = (FOLDER / name).read_text(encoding="utf-8")
    shutil.copytree(FOLDER, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    commands = [line.removeprefix("$ ") for line in session.splitlines() if line.startswith("$ ")]
    said = "\n".join(printed(command) for command in commands)
    if os.environ.get("ACCEPT"):
        (FOLDER / name).write_text(said, encoding="utf-8")
    assert said == session
    assert name[:5] in said
