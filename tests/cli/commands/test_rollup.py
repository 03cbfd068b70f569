"""`pfscore rollup`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pfscore.cli.main import main
from tests.questions.forms import project


def test_the_command_combines_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = []
    for number, one in enumerate((project("100", "8人", "80%"), project("300", None, "100%"))):
        file = tmp_path / f"{number}.json"
        file.write_text(one.model_dump_json(exclude_none=True), encoding="utf-8")
        files.append(str(file))
    assert main(["rollup", *files]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "· “人数”：有的表没有填完成值，汇总后也空着"
    assert main(["rollup", *files, "--json", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == ["人数: an actual is blank in one form, so it stays blank"]
