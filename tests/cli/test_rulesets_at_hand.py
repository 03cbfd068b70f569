"""`diff` with forms, `fmt`, `new` and `schema` where something is amiss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run, run_apart
from tests.house.tree import ROOT
from tests.rulesets.ruleset_text import rule, text

_RULES = rule("formula: 分值 * min(完成率, 1)", 'comparator: "≥"\ntarget: 正')
_ROW = {"name": "人数", "target": "≥100人", "actual": "95人", "points": "100"}


@pytest.fixture
def graded(here: Path) -> tuple[str, str]:
    """Two rulesets whose grades alone differ."""
    for name, since in (("a.yaml", 90), ("b.yaml", 96)):
        grades = f"grades: [{{name: 优, from: {since}}}, {{name: 差, from: 0}}]\ntotal: 100"
        (here / name).write_text(text(_RULES, grades), encoding="utf-8")
    return "a.yaml", "b.yaml"


class TestDiffWithForms:
    def test_a_grade_that_changes_where_the_total_does_not(self, graded: tuple[str, str], write: Any) -> None:
        write("f.json", title="表", budget=[], indicators=[_ROW])
        code, out, err = run_apart("diff", *graded, "f.json")
        assert (code, err, out.splitlines()[-2:]) == (
            0,
            "",
            ["得分有变的（1 张表）：", "  《表》总分：95，等级 优 → 差"],
        )
        (row,) = json.loads(run("diff", *graded, "f.json", "--json")[1])["scores"]
        assert (row["row"], row["before"], row["grades"]) == (None, ["95", "95"], ["优", "差"])

    def test_in_english(self, graded: tuple[str, str], write: Any) -> None:
        write("f.json", title="表", budget=[], indicators=[_ROW])
        assert run("diff", *graded, "f.json", "--lang", "en")[1].endswith("《表》total: 95, grade 优 → 差\n")

    def test_a_form_that_cannot_be_read_stops_neither_the_rules_nor_the_others(
        self, graded: tuple[str, str], write: Any
    ) -> None:
        Path("broken.json").write_text('{"title": "x"', encoding="utf-8")
        write("f.json", title="表", budget=[], indicators=[_ROW])
        code, out, err = run_apart("diff", *graded, "broken.json", "f.json")
        assert (code, err.split("：")[0]) == (2, "PF120 错误")
        assert "整张表的等级由“优 90 起，差 0 起”改为“优 96 起，差 0 起”" in out
        assert "得分有变的（1 张表）：" in out

    def test_what_is_wrong_within_a_form_is_told(self, graded: tuple[str, str], write: Any) -> None:
        write("f.json", title="表", budget=[], indicators=[{**_ROW, "actuall": "1"}])
        code, _, err = run_apart("diff", *graded, "f.json")
        assert (code, err.split("：")[0], "actuall" in err) == (1, "PF501 错误", True)

    def test_forms_need_not_be_given(self) -> None:
        assert run("diff", "cn/project")[1].endswith("the following arguments are required: B\n")

    def test_no_such_ruleset(self) -> None:
        assert run("diff", "cn/project", "cn/projet") == (
            2,
            "PF225 错误：没有规则集 “cn/projet”\n  提示：是不是 “cn/project”？\n",
        )


class TestFmt:
    @pytest.mark.parametrize("more", [(), ("--check",), ("--diff",)])
    def test_what_is_no_yaml_is_refused_and_left_alone(self, more: tuple[str, ...], here: Path) -> None:
        run("compile", "cn-sh/project", "-o", "rules.json")
        before = Path("rules.json").read_bytes()
        said = "PF109 错误：只排 .yaml、.yml 文件\n  rules.json\n  提示：编译的 JSON 由 pfscore compile 重写\n"
        assert run("fmt", "rules.json", *more) == (2, said)
        assert Path("rules.json").read_bytes() == before

    def test_one_file_that_cannot_be_laid_out_does_not_stop_the_others(self, here: Path) -> None:
        Path("a.yaml").write_text("title: [x\n", encoding="utf-8")
        Path("b.yaml").write_text("title:   项目\nruleset: cn-xx/project\n", encoding="utf-8")
        code, out, err = run_apart("fmt", ".")
        assert (code, out, err.split("：")[0]) == (2, "b.yaml\n", "PF130 错误")
        assert Path("b.yaml").read_text(encoding="utf-8") == "title: 项目\nruleset: cn-xx/project\n"


class TestNew:
    @pytest.mark.parametrize("name", ["cn/project", "cn-sh/project"])
    def test_it_is_not_its_own_parent(self, name: str) -> None:
        code, out, err = run_apart("new", name, "--from", "cn-sh/project")
        assert (code, out, err.splitlines()[0]) == (1, "", f"PF215 错误：规则集 “{name}” 不能以自己为上级")

    @pytest.mark.parametrize("name", ["cn-guangdong/project", "us-ca/project", "gd/project", "cn-gd", "CN-GD/project"])
    def test_a_jurisdiction_that_cannot_be_read_off_the_id(self, name: str) -> None:
        code, out, err = run_apart("new", name)
        assert (code, out, err.splitlines()[0]) == (1, "", f"PF203 错误：代号应如 cn-gd/project，这里是 “{name}”")

    @pytest.mark.parametrize(("name", "code"), [("cn-gd/project", "CN-GD"), ("cn-gd-sz/project", "CN-GD")])
    def test_one_that_can(self, name: str, code: str) -> None:
        assert f"\njurisdiction: {code}\n" in run("new", name)[1]


@pytest.mark.parametrize("what", ["ruleset", "form"])
def test_what_an_editor_shows_is_chinese_first(what: str) -> None:
    pending, english = [json.loads(run("schema", what)[1])], []
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            said = one.get("description")
            if isinstance(said, str) and not any("\u4e00" <= char <= "\u9fff" for char in said):
                english.append(said)
            pending += one.values()
        elif isinstance(one, list):
            pending += one
    assert english == []


def test_the_examples_under_every_ruleset(here: Path) -> None:
    """Real forms under two real rulesets: what moves is what `score` gives."""
    form = str(ROOT / "examples" / "yueyang-2023.json")
    _, out = run("diff", "cn-hn/project@2023-12-31", "cn-hn/project@2023-12-31", form)
    assert out.endswith("得分有变的（2 张表）：\n  没有\n")
