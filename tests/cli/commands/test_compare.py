"""`pfscore compare`."""

from __future__ import annotations

import json
import re

import pytest

from pfscore.cli.main import main
from tests.questions.forms import LUZHOU


def test_the_command_compares_with_the_forms_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", LUZHOU, "--form", "5", "--ruleset", "cn/project"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^cn-sc/project +96\.92 / 100", text, re.MULTILINE)
    assert main(["compare", LUZHOU, "--form", "5", "--ruleset", "cn/project", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [total["ruleset"] for total in data["totals"]] == ["cn-sc/project", "cn/project"]
