"""A pipe without a writer ends with an error, one with a writer is read, and what has no end is too large."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pfscore
from pfscore.foundation import source

FORM = '{"title": "表", "indicators": [{"target": "5"}]}'


def test_a_pipe_that_nobody_writes_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_WAIT", 0.1)
    os.mkfifo(tmp_path / "form.json")
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.load_forms(tmp_path / "form.json")
    assert caught.value.code == "PF108"


def test_a_pipe_that_somebody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "form.json")
    write = f"import time; stream = open({str(tmp_path / 'form.json')!r}, 'w'); time.sleep(0.2); stream.write({FORM!r})"
    with subprocess.Popen([sys.executable, "-c", write]) as writer:
        assert pfscore.load_form(tmp_path / "form.json").title == "表"
    assert writer.returncode == 0


def test_what_has_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1024)
    (tmp_path / "form.json").symlink_to("/dev/zero")
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.load_forms(tmp_path / "form.json")
    assert caught.value.code == "PF105"
