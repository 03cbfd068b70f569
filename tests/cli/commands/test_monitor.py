"""`pfscore monitor`."""

from __future__ import annotations

import json

import pytest

from pfscore.cli.main import main
from tests.questions.forms import LUZHOU


def test_the_command_shows_what_falls_short_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", LUZHOU, "--form", "5", "--month", "12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["灯", "行", "指标", "指标值", "完成值", "进度", "对照"]
    assert "50%" in lines[2]
    assert lines[-1] == "规则集没有写监控灯"
    assert main(["monitor", LUZHOU, "--form", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["month"] == 6
