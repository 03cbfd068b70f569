"""The logger `pfscore` is silent unless asked, and then says what was loaded, read and refused."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

import pfscore
from tests.house.tree import ROOT

RUN = """
import pfscore
rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
rules.score(target="≥**人", actual="5人", points="5")
pfscore.load_forms({"title": "表", "indicators": [{"target": "5"}]})
"""


def test_it_is_silent_unless_asked() -> None:
    done = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("", "")


def test_it_says_what_was_loaded_read_and_refused(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="pfscore"):
        rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
        rules.score(target="≥**人的测试", actual="5人", points="5")
        pfscore.load_forms({"title": "表", "indicators": [{"target": "5"}]})
    assert {(record.name, record.levelname) for record in caplog.records} == {("pfscore", "DEBUG")}
    # A row that is looked at twice says twice what is refused in it.
    loaded, refused, read = dict.fromkeys(record.getMessage() for record in caplog.records)
    assert loaded.startswith("ruleset loaded: cn-sc/project from rulesets/cn-sc/project")
    assert refused.startswith("cell refused: PF306 ")
    assert read == "form read: '表', 1 rows, 0 problems"
