"""`pfscore needed`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pfscore.cli.main import main
from tests.questions.forms import LUZHOU


def test_the_needed_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["needed", LUZHOU, "--form", "5", "--more", "1"]) == 0
    assert "至少 243.72万元" in capsys.readouterr().out
    assert main(["needed", LUZHOU, "--form", "5", "--more", "一"]) == 1
    assert capsys.readouterr().err.startswith("PF510 ")
    assert main(["needed", LUZHOU, "--form", "5", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows[0]["low"] == {"value": "245.6771", "included": True}


def test_a_bad_file_does_not_stop_a_question(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["needed", str(tmp_path / "none.json"), LUZHOU, "--form", "5"]) == 2
    captured = capsys.readouterr()
    assert "PF101" in captured.err
    assert "245.68" in captured.out
