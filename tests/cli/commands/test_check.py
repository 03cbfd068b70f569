"""`pfscore check`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pfscore.checking.check import check_ruleset
from pfscore.rulesets import consistency
from pfscore.rulesets.load import compiled, inspect_family, load_family
from pfscore.rulesets.search import builtin_ids
from tests.cli.running import run_apart
from tests.house.tree import ROOT
from tests.rulesets.ruleset_text import rule, text

BAD = ROOT / "tests" / "bad" / "rulesets"
GOOD = text(
    rule("formula: 分值 * 按比例(完成值, 指标值)\nrounding: {digits: 2}\nexamples: []", 'comparator: "≥"\ntarget: 正')
)


class TestCheck:
    def test_every_built_in_ruleset_passes_without_a_warning(self) -> None:
        code, out, _ = run_apart("check", "--json", *builtin_ids())
        found = json.loads(out)
        assert (code, found["errors"], found["warnings"]) == (0, 0, 0)
        assert [one["id"] for one in found["rulesets"]] == list(builtin_ids())
        assert all(example["passed"] for one in found["rulesets"] for example in one["examples"])

    def test_a_folder_is_its_rulesets_and_not_their_compiled_forms(self) -> None:
        code, out, _ = run_apart("check", str(ROOT / "rulesets" / "cn"))
        assert (code, out.splitlines()[-1][:6]) == (0, "共 5 个规")

    def test_problems_give_1_and_what_cannot_be_read_gives_2(self) -> None:
        assert run_apart("check", str(BAD / "PF217-gaps.yaml"))[0] == 1
        assert run_apart("check", str(BAD / "PF241-uncovered.yaml"))[0] == 0
        assert run_apart("check", str(BAD / "nothing.yaml"))[0] == 2
        assert run_apart("check", "cn-xx/project")[0] == 2

    def test_no_such_ruleset(self) -> None:
        _, out, _ = run_apart("check", "cn-scc/project")
        assert out == (
            "cn-scc/project  错误 1，警告 0\n"
            "  PF225 错误：没有规则集 “cn-scc/project”\n    提示：是不是 “cn-sc/project”？\n"
        )

    def test_explained(self) -> None:
        _, out, _ = run_apart("check", "cn-sh/project", "--explain")
        assert "  ✓ execution-rate 2022-01-01 “执行 45.17%”\n    应为：4.52 分\n    实为：4.52 / 10 分\n" in out
        assert "  ∎ execution-rate（预算行）取整前的得分：已证：" in out

    def test_a_compiled_file_that_is_old(self, tmp_path: Path) -> None:
        author = tmp_path / "mine.yaml"
        author.write_text(GOOD, encoding="utf-8")
        built = author.with_suffix(".json")
        built.write_text(compiled(load_family(author)[0]), encoding="utf-8")
        assert "PF226" not in {problem.code for problem in check_ruleset(author).problems}
        author.write_text(GOOD + "# 改动\n", encoding="utf-8")
        assert "PF226" in {problem.code for problem in check_ruleset(author).problems}

    def test_too_many(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consistency, "MAX_RULES", 0)
        file = tmp_path / "many.yaml"
        file.write_text(GOOD, encoding="utf-8")
        assert [problem.message.zh for problem in inspect_family(file)[1]] == ["规则有 1 条，最多 0 条"]
        assert inspect_family(file)[1][0].code == "PF227"


@pytest.mark.parametrize("ruleset", builtin_ids())
def test_resolved_is_a_ruleset_of_its_own_that_says_the_same(ruleset: str) -> None:
    from pfscore.checking.check import change_days
    from pfscore.rulesets.edition import edition
    from pfscore.rulesets.writing.resolved import resolved
    from tests.rulesets.ruleset_text import loaded

    family, _ = inspect_family(ruleset)
    for day in change_days(family):
        merged = edition(family, day)
        assert edition((loaded(resolved(merged)),), day).digest == merged.digest


def test_resolved_says_where_each_line_comes_from() -> None:
    code, out, _ = run_apart("check", "cn-sc/project", "--resolved", "--on", "2023-12-31")
    assert code == 0
    origin = {
        line.split("#")[0].strip(): line.split("# ")[-1].split(":")[0] for line in out.splitlines() if "# " in line
    }
    assert origin["borrow_unit: 是"] == "rulesets/cn/project.yaml"
    assert origin["not_applicable: exclude"] == "rulesets/cn-sc/project.yaml"
