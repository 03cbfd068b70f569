"""For every code of rulesets, formulas and examples one bad file at least, with the whole of what `check` says.

`tests/bad/rulesets/PF217-gaps.yaml` is checked, and what comes out, in Chinese and in English, is compared with
`PF217-gaps.yaml.txt` beside it. To take what comes out for right: `ACCEPT=1 pytest tests/rulesets`, then read the diff.
"""

from __future__ import annotations

import os

import pytest

from pfscore.checking.check import check_ruleset
from pfscore.cli.commands.check import report
from pfscore.foundation.codes import family
from tests.house.tree import ROOT

FOLDER = ROOT / "tests" / "bad" / "rulesets"
STORED = sorted(path.name for path in FOLDER.glob("*.yaml"))
#: Where the codes that need a command, a form or a row to be scored are shown.
BESIDE = (ROOT / "tests" / "bad" / "commands", ROOT / "tests" / "bad" / "forms", ROOT / "tests" / "formulas" / "bad")
#: Only Python can ask for a score without a date: the command line takes the form's year or refuses (PF527).
ONLY_PYTHON = {"PF224"}


@pytest.mark.parametrize("name", STORED)
def test_everything_that_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    checked = check_ruleset(name)
    said = f"{report(checked, 'zh')}\n\n{report(checked, 'en')}\n"
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert name[:5] in {problem.code for problem in checked.problems}


def test_every_code_has_a_file() -> None:
    shown = {name[:5] for name in STORED} | {path.name[:5] for folder in BESIDE for path in folder.glob("PF*")}
    assert sorted({*family("PF2"), *family("PF6"), *family("PF4")} - shown) == sorted(ONLY_PYTHON)
    assert sorted(path.name for path in FOLDER.glob("*.txt")) == [f"{name}.txt" for name in STORED]
