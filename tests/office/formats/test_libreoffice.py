"""Old documents by LibreOffice: asked for by every way in, in a profile of its own, within a time limit."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import pfscore
from pfscore.foundation.errors import InputError
from pfscore.office.formats import libreoffice
from tests.cli.running import run
from tests.office.made import document
from tests.office.test_open import SMALL, compound_file

#: What stands in for LibreOffice: a program that notes its arguments, and gives a document that was made before.
_CONVERTER = """#!/bin/sh
echo "$@" >> "{folder}/calls"
while [ "$1" != "--outdir" ]; do shift; done
mkdir -p "$2" && cp "{folder}/new.docx" "$2/old.docx"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.doc").write_bytes(compound_file("WordDocument"))
    (tmp_path / "new.docx").write_bytes(document(SMALL))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str = _CONVERTER) -> None:
    (folder / "bin").mkdir()
    program = folder / "bin" / "soffice"
    program.write_text(script.format(folder=folder), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def test_it_is_refused_where_nobody_asks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, monkeypatch)
    with pytest.raises(InputError) as caught:
        pfscore.load_form("old.doc")
    assert (caught.value.code, (folder / "calls").exists()) == ("PF167", False)
    assert "--libreoffice" in str(caught.value)


def test_by_path_by_bytes_and_one_or_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, monkeypatch)
    data = (folder / "old.doc").read_bytes()
    for form in (
        pfscore.load_form("old.doc", libreoffice=True),
        *pfscore.load_forms("old.doc", libreoffice=True),
        pfscore.load_form(data, libreoffice=True),
    ):
        assert form.indicators[0].actual == "120人"
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    profiles = {call.split()[0] for call in calls}
    assert len(profiles) == len(calls) == 3, "each conversion has its own profile"
    assert not any(Path(one.removeprefix("-env:UserInstallation=file://")).exists() for one in profiles)


COMMANDS = [
    *(["score"], ["audit"], ["needed"], ["monitor"], ["rollup"], ["report"], ["convert"]),
    ["compare", "--ruleset", "cn/project", "--ruleset", "cn-sc/project"],
    ["infer"],
    ["diff", "cn/project", "cn-sc/project"],
]
_RULES = ["--ruleset", "cn/project", "--year", "2023"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command[0]))
def test_every_command_over_forms_reads_it(command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, monkeypatch)
    rules = _RULES if command[0] in {"score", "audit", "needed", "monitor", "rollup", "report"} else []
    assert "是旧式的 Word 文档（.doc）" in run(*command, "old.doc", *rules)[1]
    code, said = run(*command, "old.doc", *rules, "--libreoffice")
    assert (code in {0, 1}, "旧式" in said, "PF16" in said) == (True, False, False)
    assert (folder / "calls").exists()


def test_rules_are_drafted_from_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, monkeypatch)
    code, said = run("new", "cn-gd/project", "--form", "old.doc", "--libreoffice")
    assert (code, "培训人数" in said) == (0, True)


def test_it_has_a_time_limit_and_leaves_nothing_running(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, monkeypatch, '#!/bin/sh\nsleep 60 &\necho $! > "{folder}/child"\nwait\n')
    monkeypatch.setattr(libreoffice, "TIME_LIMIT", 0.5)
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        pfscore.load_form("old.doc", libreoffice=True)
    assert (caught.value.code, time.monotonic() - start < 30) == ("PF167", True)
    child = int((folder / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    for _ in range(100):  # it is ended, and at most waits to be collected
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("what LibreOffice started still runs")


@pytest.mark.parametrize(("script", "code"), [(None, "PF167"), ("#!/bin/sh\nexit 1\n", "PF160")])
def test_where_there_is_none_or_it_fails(
    script: str | None, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder / "bin"))
    if script is not None:
        install(folder, monkeypatch, script)
    with pytest.raises(InputError) as caught:
        pfscore.load_form("old.doc", libreoffice=True)
    assert caught.value.code == code
