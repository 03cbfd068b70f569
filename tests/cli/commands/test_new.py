"""`pfscore new`: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.checking.check import check_ruleset
from pfscore.rulesets.load import inspect_family
from pfscore.rulesets.search import builtin_ids
from tests.cli.running import run_apart


class TestNew:
    def test_a_new_ruleset_can_be_read_and_says_what_must_be_filled_in(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        file = tmp_path / "project.yaml"
        assert run_apart("new", "cn-gd/project", "--since", "2024", "-o", str(file)) == (0, "", "")
        checked = check_ruleset(file)
        assert {problem.code for problem in checked.problems} == {"PF233", "PF245", "PF246"}
        assert "#   - id: ratio-higher\n" in file.read_text(encoding="utf-8")

    def test_without_a_parent_a_day_is_needed(self, tmp_path: Path) -> None:
        code, _, err = run_apart("new", "cn-hn-430600/department", "--from", "none")
        assert (code, err.split("：")[0]) == (1, "PF224 错误")
        file = tmp_path / "mine.yaml"
        assert run_apart("new", "cn-hn-430600/department", "--from", "none", "--since", "2018", "-o", str(file))[0] == 0
        text = file.read_text(encoding="utf-8")
        assert "jurisdiction: CN-HN-430600\n" in text
        assert "extends" not in text
        assert {problem.code for problem in check_ruleset(file).problems} == {"PF233", "PF245", "PF246"}

    def test_a_form_gives_a_rule_for_each_of_its_rows(self, tmp_path: Path) -> None:
        sheet, file = tmp_path / "sheet.csv", tmp_path / "mine.yaml"
        sheet.write_text(
            "一级指标,三级指标,分值,得分\n投入,财政供养人员控制率,5,5\n过程,支付进度,3,2.5\n", encoding="utf-8"
        )
        made = ("new", "cn-hn-430600/department", "--from", "none", "--since", "2018", "--form", str(sheet))
        assert run_apart(*made, "-o", str(file)) == (0, "", "")
        text = file.read_text(encoding="utf-8")
        assert "      - name: 投入\n      - name: 过程\n" in text
        assert "      name: [财政供养人员控制率]\n" in text
        assert "        points: 3\n" in text
        assert {problem.code for problem in check_ruleset(file).problems} == {"PF233", "PF245", "PF246"}

    def test_its_comments_are_rules_once_they_are_not_comments(self, tmp_path: Path) -> None:
        from pfscore.checking.check import change_days
        from pfscore.rulesets.edition import edition
        from pfscore.rulesets.writing.new_ruleset import skeleton

        for name in builtin_ids():
            family, _ = inspect_family(name)
            if not (days := change_days(family)):
                continue
            draft = skeleton("cn-demo/project", edition(family, days[-1]), days[-1])
            head, _, commented = draft.partition("rules: []\n")
            rules = "\n".join(line[2:] for line in commented.splitlines()[2:])
            file = tmp_path / "mine.yaml"
            filled = (head + "rules:\n" + rules + "\n").replace("evidence: none", "evidence: text")
            file.write_text(filled, encoding="utf-8")
            checked = check_ruleset(file)
            # A clause answers for jumps in the parent; an example of the nation's may be another rule's in a province.
            expected = {"PF233", "PF245", "PF246", "PF252", "PF253", "PF254", "PF604"}
            assert {problem.code for problem in checked.problems} <= expected, name

    def test_it_overwrites_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "mine.yaml"
        file.write_text("x", encoding="utf-8")
        code, _, err = run_apart("new", "cn-gd/project", "-o", str(file))
        assert (code, err.split("：")[0]) == (2, "PF151 错误")
        assert file.read_text(encoding="utf-8") == "x"

    def test_an_id_that_is_none(self) -> None:
        assert run_apart("new", "广东")[0] == 1
