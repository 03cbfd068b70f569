"""`pfscore score`: which forms, under which rules, and what the exit code says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FORM
from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

ENGINE = re.compile(r"(?<=摘要 )[0-9a-f]{12}；pfscore \S+")
RULESET = str(ROOT / "rulesets" / "cn-sc" / "project.yaml")

TABLE = """\
《项目支出绩效自评表》
总分：按规则 98.48 / 100，等级“优”
未得满分（2 行）：
  总额：9.48 / 10 分。执行率 约 94.84%
  第 2 行 满意度：9 / 10 分。未达标：81% < 90%；完成率 90%

行  指标      指标值   完成值     分值  得分  理由
    总额      500.22   474.39     10    9.48  执行率 约 94.84%
1   缴存人数  ≥26万人  28.28万人  80    80    达标：28.28 万人 ≥ 26 万人
2   满意度    ≥90%     81%        10    9     未达标：81% < 90%；完成率 90%

合计：9.48 + 80 + 9 = 98.48 / 100
规则集 cn-sc/project，按 2023-12-31 有效的规则；摘要 …
"""


def scored(*arguments: str) -> Any:
    code, out, _ = run_apart("score", *arguments, "--json")
    assert code in {0, 1}
    return json.loads(out)


@pytest.mark.usefixtures("here")
class TestOneForm:
    def test_the_table(self) -> None:
        code, text = run("score", "form.json")
        assert (code, ENGINE.sub("…", text)) == (0, TABLE)

    def test_a_ruleset_by_its_file_gives_the_same(self) -> None:
        assert run("score", "form.json", "--ruleset", RULESET) == run("score", "form.json")

    def test_explained(self) -> None:
        code, text = run("score", "form.json", "--explain")
        assert code == 0
        assert "  指标值：“≥90%” → 不低于 90%\n  完成值：“81%” → 81%\n  达标：否\n" in text
        assert "满意度：9 / 10 分\n" in text

    def test_the_date_decides_which_rules_hold(self, write: Any) -> None:
        name = write("undated.json", **{**FORM, "year": None})
        assert run("score", name)[0] == 2
        assert scored(name, "--on", "2023-06-30")["on"] == "2023-06-30"
        assert scored("form.json")["on"] == "2023-12-31"

    @pytest.mark.parametrize("on", ["2023-13-01", "2023/12/31", "soon", ""])
    def test_what_is_no_date(self, on: str) -> None:
        assert run("score", "form.json", "--on", on) == (
            2,
            f"PF206 错误：“{on}” 不是日期\n  提示：写成 2023-12-31\n",
        )

    def test_a_ruleset_that_does_not_exist(self) -> None:
        assert run("score", "form.json", "--ruleset", "cn-sc/projct") == (
            2,
            "PF225 错误：没有规则集 “cn-sc/projct”\n  提示：是不是 “cn-sc/project”？\n",
        )

    def test_a_ruleset_that_is_no_ruleset(self) -> None:
        code, text = run("score", "form.json", "--ruleset", "form.json")
        assert code == 1
        assert text.startswith("PF204 错误：这是一张自评表，不是规则集\n")

    def test_a_file_that_is_no_form(self) -> None:
        code, out, err = run_apart("score", RULESET)
        assert (code, out) == (1, "")
        assert re.findall(r"^PF\d{3}", err, re.MULTILINE) == ["PF504"]


class TestJson:
    def test_one_form_gives_one_object(self, here: Path) -> None:
        found = scored("form.json")
        assert {key: found[key] for key in ("title", "total", "low", "high", "full", "grade", "ruleset", "on")} == {
            "title": "项目支出绩效自评表",
            "total": "98.48",
            "low": "98.48",
            "high": "98.48",
            "full": "100",
            "grade": "优",
            "ruleset": "cn-sc/project",
            "on": "2023-12-31",
        }
        assert re.fullmatch("[0-9a-f]{64}", found["digest"])

    def test_the_keys_of_rows_and_lines(self, here: Path) -> None:
        found = scored("form.json")
        assert set(found["indicators"][0]) == {
            *("name", "points", "score", "low", "high", "met", "outcome", "completion", "deviation_rate"),
            *("rule", "cite", "assumptions", "doubts", "diagnostics", "trace"),
        }
        assert {"label", "execution_rate", "points", "score", "low", "high", "outcome"} <= set(found["budget"][0])
        assert [row["name"] for row in found["indicators"]] == ["缴存人数", "满意度"]
        assert found["indicators"][1] | {"cite": None, "trace": None, "rule": None} == {
            "name": "满意度",
            "points": "10",
            "score": "9",
            "low": "9",
            "high": "9",
            "met": False,
            "outcome": "scored",
            "completion": "0.9",
            "deviation_rate": "-0.1",
            "assumptions": [],
            "doubts": [],
            "diagnostics": [],
            "cite": None,
            "trace": None,
            "rule": None,
        }

    def test_several_forms_give_a_list(self, write: Any) -> None:
        name = write("two.json", FORM, {**FORM, "title": "第二张"})
        assert [one["title"] for one in scored(name)] == ["项目支出绩效自评表", "第二张"]
        assert [one["title"] for one in scored("form.json", name)] == [
            "项目支出绩效自评表",
            *["项目支出绩效自评表", "第二张"],
        ]

    def test_of_several_files_a_list_even_where_one_is_left(self, here: Path) -> None:
        code, out, err = run_apart("score", "form.json", "missing.json", "--json")
        assert (code, [one["total"] for one in json.loads(out)]) == (2, ["98.48"])
        assert err == "PF101 错误：找不到文件 “missing.json”\n  missing.json\n"

    def test_nothing_is_an_empty_list(self, here: Path) -> None:
        assert run_apart("score", "missing.json", "--json")[:2] == (2, "[]\n")

    def test_a_form_without_scores_keeps_its_place(self, write: Any) -> None:
        name = write("two.json", {**FORM, "ruleset": None}, FORM)
        code, out, err = run_apart("score", name, "--json")
        first, second = json.loads(out)
        assert (code, second["total"]) == (2, "98.48")
        assert set(first) == set(second)
        assert first | {"engine": "", "diagnostics": []} == {
            "title": "项目支出绩效自评表",
            "indicators": [],
            "budget": [],
            **dict.fromkeys(("total", "low", "high", "full", "grade", "ruleset", "status", "digest", "on")),
            "engine": "",
            "diagnostics": [],
        }
        assert first["diagnostics"][0]["code"] == "PF526"
        assert err.startswith("PF526 错误：没有指明用哪个规则集\n")

    def test_where_a_diagnostic_stands(self, write: Any) -> None:
        [row] = [{**FORM["indicators"][0], "target": "≥290$"}]
        name = write("bad.json", indicators=[row, FORM["indicators"][1]])
        [problem] = scored(name)["indicators"][0]["diagnostics"]
        line = (Path(name)).read_text(encoding="utf-8")
        at = problem["at"]
        assert (at["source"], at["line"], at["row"], at["cell"]) == (name, 1, 1, "target")
        assert line[at["column"] - 1 :].startswith("290$")

    def test_in_english(self, write: Any) -> None:
        name = write("bad.json", indicators=[{**FORM["indicators"][1], "actual": None}])
        assert scored(name, "--lang", "en")["indicators"][0]["diagnostics"][0]["message"] == "the actual is blank"


class TestChoosing:
    @pytest.fixture
    def two(self, write: Any) -> str:
        name: str = write("two.json", FORM, {**FORM, "title": "2023年度部门整体支出", "project": "运转经费"})
        return name

    @pytest.mark.parametrize(
        ("choice", "titles"),
        [
            ("1", ["项目支出绩效自评表"]),
            ("2", ["2023年度部门整体支出"]),
            ("部门整体", ["2023年度部门整体支出"]),
            ("运转", ["2023年度部门整体支出"]),
            ("支出", ["项目支出绩效自评表", "2023年度部门整体支出"]),
        ],
    )
    def test_a_form_of_a_file(self, two: str, choice: str, titles: list[str]) -> None:
        found = scored(two, "--form", choice)
        assert [one["title"] for one in (found if isinstance(found, list) else [found])] == titles

    @pytest.mark.parametrize("choice", ["0", "3", "2023", "没有"])
    def test_no_such_form(self, two: str, choice: str) -> None:
        assert run("score", two, "--form", choice) == (
            2,
            f"PF507 错误：文件里没有 “{choice}” 这张表\n  two.json\n"
            "  提示：有 2 张表：1《项目支出绩效自评表》、2《2023年度部门整体支出》；写序号，或标题的一部分\n",
        )

    def test_a_form_that_was_not_chosen_is_not_complained_about(self, write: Any) -> None:
        name = write("two.json", {**FORM, "year": "x"}, FORM)
        assert run_apart("score", name, "--form", "2")[::2] == (0, "")


class TestExitCodes:
    def test_problems_in_a_row(self, write: Any) -> None:
        name = write("bad.json", indicators=[{**FORM["indicators"][1], "actual": None}])
        assert run("score", name)[0] == 1

    def test_what_a_person_has_to_judge_is_no_problem(self, write: Any) -> None:
        words = {**FORM["indicators"][1], "target": "有效", "actual": "达成预期指标"}
        name = write("words.json", indicators=[FORM["indicators"][0], words])
        code, text = run("score", name)
        assert (code, "总分：按规则 [97.48, 99.48] / 100" in text) == (0, True)

    def test_a_problem_in_another_table_is_said(self, write: Any) -> None:
        name = write("tables.json", tables=[{"titel": "基本情况", "rows": [["a", "b"]]}])
        code, text = run("score", name)
        assert code == 1
        assert "PF501 错误：不认识的键 “titel”" in text
        assert "PF502 错误：缺少键 “title”" in text

    @pytest.mark.parametrize("arguments", [[], ["form.json", "--lang", "fr"], ["form.json", "--rules"]])
    def test_wrong_usage(self, here: Path, arguments: list[str]) -> None:
        code, out, err = run_apart("score", *arguments)
        assert (code, out) == (2, "")
        assert "用法不对 · wrong usage" in err


@pytest.mark.parametrize(
    "command", [["score"], ["audit"], ["needed"], ["monitor"], ["compare", "--ruleset", "cn-hn/project"]], ids=" ".join
)
def test_a_form_cannot_have_a_file_read(command: list[str], write: Any) -> None:
    name = write("form2.json", ruleset="form.json")
    code, text = run(*command, name)
    assert code != 0
    assert "PF503 错误：“form.json” 不是规则集的代号\n" in text
    assert "PF2" not in text  # nothing was read of the file


def test_rules_long_after_they_were_last_checked(here: Path) -> None:
    _, text = run("score", "form.json", "--ruleset", "cn-sc/project", *["--on", "2099-01-01"])
    assert "2099 年是否仍然有效没有核对" in text


@pytest.mark.parametrize("command", ["score a.tsv", "score a.txt", "score a"])
def test_a_file_that_is_not_read_lists_what_can_be(command: str, here: Path) -> None:
    (here / command.split()[1]).write_text("x\ty\n1\t2\n", encoding="utf-8")
    code, _, error = run_apart(*command.split())
    assert code == 2
    assert "可读 .yaml、.yml、.json；自评表还可以是 .xlsx、.docx、.pdf、.csv 等" in error
