"""`pfscore infer`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pfscore.cli.main import main
from tests.questions.forms import LUZHOU


def test_the_infer_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    assert main(["infer", LUZHOU, "-o", str(draft)]) == 0
    assert "= 指标：按完成比例" in capsys.readouterr().out
    assert main(["check", str(draft)]) == 0
    capsys.readouterr()
    assert main(["infer", LUZHOU, "--id", "cn-sc/draft"]) == 0
    assert "\nruleset: cn-sc/draft\n" in capsys.readouterr().out
    assert main(["infer", LUZHOU, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["draft"] == draft.read_text(encoding="utf-8")
    assert {one["kind"] for one in data["kinds"]} >= {"execution-rate", "equal", "level"}
