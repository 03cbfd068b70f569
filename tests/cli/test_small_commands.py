"""`rulesets`, `schema`, `compile`, `explain`, and the command line as a whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pfscore.cli.main import COMMANDS
from pfscore.foundation.codes import CODES
from pfscore.rulesets.load import builtin_ids
from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

RULESET = ROOT / "rulesets" / "cn-sc" / "project.yaml"


class TestRulesets:
    def test_each_on_a_line(self) -> None:
        code, text = run("rulesets")
        assert code == 0
        assert [line.split()[0] for line in text.splitlines()] == list(builtin_ids())

    def test_as_json(self) -> None:
        code, out, err = run_apart("rulesets", "--json")
        found = {one["id"]: one for one in json.loads(out)}
        assert (code, err, tuple(found)) == (0, "", builtin_ids())
        sichuan = found["cn-sc/project"]
        assert {"id", "title", "jurisdiction", "dates", "status", "evidence"} <= set(sichuan)
        assert {key: sichuan[key] for key in ("title", "jurisdiction", "status")} == {
            "title": "四川省项目支出绩效自评",
            "jurisdiction": "CN-SC",
            "status": "active",
        }
        assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for one in found.values() for day in one["dates"])
        assert {word for one in found.values() for word in one["evidence"]} <= {"text", "restated", "observed", "none"}


class TestSchema:
    @pytest.mark.parametrize("what", ["ruleset", "form"])
    def test_it_is_json_schema(self, what: str) -> None:
        code, out, err = run_apart("schema", what)
        found = json.loads(out)
        assert (code, err, found["$schema"]) == (0, "", "https://json-schema.org/draft/2020-12/schema")
        assert found["type"] == "object"
        assert found["additionalProperties"] is False

    def test_a_form_has_the_keys_of_the_contract(self) -> None:
        found = json.loads(run("schema", "form")[1])
        assert set(found["properties"]) >= {
            *("title", "organisation", "region", "year", "kind", "ruleset", "budget", "indicators", "published_total"),
        }
        assert set(found["$defs"]["Indicator"]["properties"]) >= {
            *("path", "name", "comparator", "target", "targets", "unit", "actual", "points"),
            *("published_score", "published_deviation", "note"),
        }
        assert set(found["$defs"]["BudgetLine"]["properties"]) >= {
            *("label", "initial", "budget", "expenditure", "points", "published_rate", "published_score"),
        }

    def test_no_number_of_a_form_may_be_a_float(self) -> None:
        assert '"number"' not in run("schema", "form")[1]

    def test_something_else(self) -> None:
        assert run("schema", "rules")[0] == 2


class TestCompile:
    def test_the_ruleset_works_without_yaml(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run("compile", str(RULESET), "-o", "rules.json") == (0, "")
        monkeypatch.setitem(__import__("sys").modules, "yaml", None)
        code, text = run("score", "form.json", "--ruleset", "rules.json")
        assert (code, "总分 98.48 / 100　等级 优" in text) == (0, True)

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


class TestExplain:
    def test_a_page(self) -> None:
        code, text = run("explain", "PF511")
        assert code == 0
        assert text.startswith("# PF511 缺完成值 · missing actual\n\n**含义** 完成值空着。")
        assert "## English" not in text

    def test_in_english(self) -> None:
        code, text = run("explain", "pf511", "--lang", "en")
        assert (code, "**Meaning** The actual is blank." in text, "**含义**" in text) == (0, True, False)

    @pytest.mark.parametrize("code", sorted(code for code in CODES if code.startswith("PF5")))
    def test_every_code_of_forms(self, code: str) -> None:
        assert run("explain", code)[0] == 0

    def test_no_such_code(self) -> None:
        exit_code, text = run("explain", "PF599")
        assert exit_code == 2
        assert text.startswith("PF190 错误：没有代码 “PF599”\n")


class TestTheWhole:
    def test_help_names_every_command(self) -> None:
        code, text = run("--help")
        assert code == 0
        assert [name for name in COMMANDS if f"\n    {name} " not in text] == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_help(self, command: str) -> None:
        code, text = run(command, "--help")
        assert (code, text.startswith(f"usage: pfscore {command} ")) == (0, True)

    @pytest.mark.parametrize("arguments", [[], ["scor", "form.json"]])
    def test_no_command(self, arguments: list[str]) -> None:
        code, out, err = run_apart(*arguments)
        assert (code, out) == (2, "")
        assert "用法不对 · wrong usage" in err
