"""`pfscore compile`: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

RULESET = ROOT / "rulesets" / "cn-sc" / "project.yaml"


class TestCompile:
    def test_the_ruleset_works_without_yaml(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run("compile", str(RULESET), "-o", "rules.json") == (0, "")
        monkeypatch.setitem(__import__("sys").modules, "yaml", None)
        code, text = run("score", "form.json", "--ruleset", "rules.json")
        assert (code, "总分：按规则 98.48 / 100，等级“优”" in text) == (0, True)

    def test_by_id(self, here: Path) -> None:
        run("compile", "cn-sc/project", "-o", "one.json")
        run("compile", str(RULESET), "-o", "other.json")
        assert Path("one.json").read_bytes() == Path("other.json").read_bytes()

    def test_the_scores_are_the_same(self, here: Path) -> None:
        run("compile", str(RULESET), "-o", "rules.json")
        assert run("score", "form.json", "--ruleset", "rules.json") == run(
            "score", "form.json", "--ruleset", str(RULESET)
        )

    def test_a_place_that_cannot_be_written(self, here: Path) -> None:
        code, text = run("compile", "cn-sc/project", "-o", "no/such/folder/rules.json")
        assert (code, text) == (2, "PF108 错误：无法写入：No such file or directory\n  no/such/folder/rules.json\n")

    @pytest.mark.parametrize("arguments", [[], ["cn-sc/project"], ["-o", "x.json"]])
    def test_wrong_usage(self, arguments: list[str]) -> None:
        assert run("compile", *arguments)[0] == 2

    def test_a_ruleset_that_is_wrong(self, write: Any) -> None:
        code, out, err = run_apart("compile", write("rules.json"), "-o", "x.json")
        assert (code, out, Path("x.json").exists()) == (1, "", False)
        assert err.startswith("PF2")
