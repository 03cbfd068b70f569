"""`pfscore fmt`: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import run_apart
from tests.house.tree import ROOT


class TestFmt:
    def test_the_rulesets_are_laid_out(self) -> None:
        assert run_apart("fmt", "--check", str(ROOT / "rulesets")) == (0, "", "")

    def test_a_file_is_laid_out_in_place(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("title:   项目  # 名称\nruleset: cn-xx/project\n", encoding="utf-8")
        assert run_apart("fmt", "--check", str(file))[0] == 1
        assert run_apart("fmt", str(file))[0] == 0
        assert file.read_text(encoding="utf-8") == "title: 项目    # 名称\nruleset: cn-xx/project\n"
