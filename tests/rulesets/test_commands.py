"""`check`, `new`, `diff`, `plot` and `fmt` from the command line: what they print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pfscore.checking.check import check_ruleset
from pfscore.cli.main import main
from pfscore.foundation.errors import NotFoundError, RulesetError
from pfscore.rulesets import consistency
from pfscore.rulesets.load import builtin_ids, compiled, inspect_family, load_family
from pfscore.scoring.rules import load_ruleset
from tests.house.tree import ROOT
from tests.rulesets.ruleset_text import rule, text

BAD = ROOT / "tests" / "bad" / "rulesets"
GOOD = text(
    rule("formula: 分值 * 按比例(完成值, 指标值)\nrounding: {digits: 2}\nexamples: []", 'comparator: "≥"\ntarget: 正')
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it printed."""
    try:
        code = main(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


class TestCheck:
    def test_every_built_in_ruleset_passes_without_a_warning(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "check", "--json", *builtin_ids())
        found = json.loads(out)
        assert (code, found["errors"], found["warnings"]) == (0, 0, 0)
        assert [one["id"] for one in found["rulesets"]] == list(builtin_ids())
        assert all(example["passed"] for one in found["rulesets"] for example in one["examples"])

    def test_a_folder_is_its_rulesets_and_not_their_compiled_forms(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "check", str(ROOT / "rulesets" / "cn"))
        assert (code, out.splitlines()[-1][:6]) == (0, "共 4 个规")

    def test_problems_give_1_and_what_cannot_be_read_gives_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "check", str(BAD / "PF217-gaps.yaml"))[0] == 1
        assert run(capsys, "check", str(BAD / "PF241-uncovered.yaml"))[0] == 0
        assert run(capsys, "check", str(BAD / "nothing.yaml"))[0] == 2
        assert run(capsys, "check", "cn-xx/project")[0] == 2

    def test_no_such_ruleset(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "check", "cn-scc/project")
        assert out == (
            "cn-scc/project  错误 1，警告 0\n"
            "  PF225 错误：没有规则集 “cn-scc/project”\n    提示：是不是 “cn-sc/project”？\n"
        )

    def test_explained(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "check", "cn-sh/project", "--explain")
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


def test_resolved_says_where_each_line_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "cn-sc/project", "--resolved", "--on", "2023-12-31")
    assert code == 0
    origin = {
        line.split("#")[0].strip(): line.split("# ")[-1].split(":")[0] for line in out.splitlines() if "# " in line
    }
    assert origin["borrow_unit: 是"] == "rulesets/cn/project.yaml"
    assert origin["not_applicable: exclude"] == "rulesets/cn-sc/project.yaml"


class TestNew:
    def test_a_new_ruleset_can_be_read_and_says_what_must_be_filled_in(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        file = tmp_path / "project.yaml"
        assert run(capsys, "new", "cn-gd/project", "--since", "2024", "-o", str(file)) == (0, "", "")
        checked = check_ruleset(file)
        assert {problem.code for problem in checked.problems} == {"PF233", "PF245", "PF246"}
        assert "#   - id: ratio-higher\n" in file.read_text(encoding="utf-8")

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

    def test_it_overwrites_nothing(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "mine.yaml"
        file.write_text("x", encoding="utf-8")
        code, _, err = run(capsys, "new", "cn-gd/project", "-o", str(file))
        assert (code, err.split("：")[0]) == (2, "PF151 错误")
        assert file.read_text(encoding="utf-8") == "x"

    def test_an_id_that_is_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "new", "广东")[0] == 1


class TestDiff:
    def test_what_differs_and_whose_scores_change(self, capsys: pytest.CaptureFixture[str]) -> None:
        forms = str(ROOT / "examples" / "luzhou-2023.json")
        code, out, _ = run(capsys, "diff", "cn/project", "cn-sc/project@2023-12-31", forms)
        assert code == 0
        assert "  新增规则 equal-ratio：等于指标按完成比例；公式 分值 * 按比例(完成值, 指标值)\n" in out
        assert "》完成信息系统安全等级保护测评：[0, 4] → 2\n" in out

    def test_the_same_on_two_days(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "diff", "cn-sc/project@2023-06-30", "cn-sc/project@2024-06-30")
        assert out == "cn-sc/project（2023-06-30） → cn-sc/project（2024-06-30）\n  规则没有不同\n"

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "diff", "cn/project", "cn-hb/project", "--json")
        found = json.loads(out)
        assert found["before"]["ruleset"] == "cn/project"
        assert {"where": "form", "key": "blocks"}.items() <= found["changes"][0].items()


class TestPlot:
    @pytest.mark.parametrize("ruleset", builtin_ids())
    def test_every_ruleset_gives_a_picture_that_is_xml(self, ruleset: str, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "plot", ruleset)
        if ruleset == "cn-js/department":  # a person gives all its points
            assert code == 2
            return
        assert code == 0
        assert ET.fromstring(out).tag == "{http://www.w3.org/2000/svg}svg"

    def test_several_rulesets_in_one_picture(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "plot", "cn/project", "qualitative", "--with", "cn-hb/project")
        assert ("cn/project　qualitative" in out, "cn-hb/project　qualitative" in out) == (True, True)

    def test_breakpoints_are_exact(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, out, _ = run(capsys, "plot", "cn-jx/project", "cost-control")
        labels = [element.text for element in ET.fromstring(out).iter() if element.text and element.text.endswith("%")]
        assert {"80%", "90%", "110%", "120%"} <= set(labels)

    def test_no_such_rule(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, _, err = run(capsys, "plot", "cn/project", "ratio")
        assert (code, err.splitlines()[0]) == (2, "PF234 错误：规则集 “cn/project” 没有规则 “ratio”")


class TestFmt:
    def test_the_rulesets_are_laid_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "fmt", "--check", str(ROOT / "rulesets")) == (0, "", "")

    def test_a_file_is_laid_out_in_place(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("title:   项目  # 名称\nruleset: cn-xx/project\n", encoding="utf-8")
        assert run(capsys, "fmt", "--check", str(file))[0] == 1
        assert run(capsys, "fmt", str(file))[0] == 0
        assert file.read_text(encoding="utf-8") == "title: 项目    # 名称\nruleset: cn-xx/project\n"


def test_nothing_in_force_and_no_date() -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset("cn-sh/project", on="1999-01-01")
    assert (caught.value.code, caught.value.diagnostics[0].hint.zh) == ("PF223", "最早的版本自 2020-01-01 起")  # type: ignore[union-attr]
    with pytest.raises(RulesetError) as caught:
        load_ruleset("cn-sh/project").score(target="≥1", actual="1", points="1")
    assert caught.value.code == "PF224"
    with pytest.raises(NotFoundError) as missing:
        load_ruleset("cn-xx/nothing")
    assert missing.value.code == "PF225"
