"""A counterexample that `check` prints can be pasted into the file, and is then an example that holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.checking.check import check_ruleset
from tests.house.tree import ROOT

FOLDER = ROOT / "tests" / "bad" / "rulesets"
NAMES = ("PF250-undefined", "PF251-bounds", "PF252-falls", "PF253-full")
FIRST = "        examples:\n"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_can_be_pasted(name: str, tmp_path: Path) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    before = check_ruleset(FOLDER / f"{name}.yaml")
    hints = [problem.hint.zh for problem in before.problems if problem.code.startswith("PF25") and problem.hint]
    pasted = [hint.split("反例：\n")[1] for hint in hints if "反例：" in hint]
    # The examples of the rule that the first counterexample is about.
    start = text.index(FIRST) + len(FIRST)
    file = tmp_path / "pasted.yaml"
    file.write_text(f"{text[:start]}{pasted[0]}\n{text[start:]}", encoding="utf-8")
    after = check_ruleset(file)
    assert len(after.runs) == len(before.runs) + pasted[0].count("- ")
    assert [run.title for run in after.runs if not run.passed] == []
