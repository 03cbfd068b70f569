"""What all commands over forms share: standard input, the year, the choice of a form, and what is wrong with a form."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pfscore.documents import document
from pfscore.forms.files import reader
from tests.cli.conftest import FORM
from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

#: Every command over forms, with what it needs beside them; `{}` is where the forms stand.
COMMANDS: dict[str, tuple[str, ...]] = {
    "score": ("score", "{}"),
    "audit": ("audit", "{}"),
    "infer": ("infer", "{}"),
    "compare": ("compare", "{}", "--ruleset", "cn/project"),
    "needed": ("needed", "{}"),
    "monitor": ("monitor", "{}"),
    "rollup": ("rollup", "{}"),
    "diff": ("diff", "cn/project", "cn-sc/project", "{}"),
}
each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
PUBLISHED = {
    **FORM,
    "indicators": [{**row, "published_score": row["points"]} for row in FORM["indicators"]],
}
CSV = "表名,年度,规则集,三级指标,指标值,完成值,分值,得分\n甲,2023,cn-sc/project,人数,≥5人,6人,100,100\n"


def line(command: tuple[str, ...], *forms: str) -> tuple[str, ...]:
    at = command.index("{}")
    return (*command[:at], *forms, *command[at + 1 :])


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


@each_command
class TestStandardInput:
    @pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "yaml"])
    def test_a_dash_is_standard_input(
        self, command: tuple[str, ...], suffix: str, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = {
            "json": json.dumps(PUBLISHED, ensure_ascii=False, indent=1),
            "jsonl": f"\n{json.dumps(PUBLISHED)}\n{json.dumps({**PUBLISHED, 'title': '第二张'})}\n",
            "csv": CSV,
            "yaml": "# 表\n" + json.dumps(PUBLISHED, ensure_ascii=False, indent=1),
        }[suffix]
        (here / f"form.{suffix}").write_text(text, encoding="utf-8")
        feed(monkeypatch, text.encode())
        code, out, err = run_apart(*line(command, f"form.{suffix}"))
        found = run_apart(*line(command, "-"))
        assert found == (code, out.replace(f"form.{suffix}:", "-:"), err.replace(f"form.{suffix}:", "-:"))
        assert code in {0, 1}

    def test_nothing_comes(self, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
        feed(monkeypatch, b"\n \n")
        code, _, err = run_apart(*line(command, "-"))
        assert "PF104 错误：文件是空的\n  -\n" in err
        assert code == 2


def test_a_broken_line_of_standard_input_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    good = json.dumps(FORM, ensure_ascii=False)
    feed(monkeypatch, f'{good}\n{{"title": 1,}}\n{good}\n'.encode())
    code, out, err = run_apart("score", "-")
    assert (code, out.count("总分：按规则 98.48")) == (1, 2)
    assert err.splitlines()[0].endswith(" 错误：最后一项后面、“}” 前面多了逗号")
    assert err.splitlines()[1] == "  -:2:12"


def test_standard_input_that_is_not_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    """A CSV is read as what Excel writes; JSON is UTF-8 by its own definition."""
    feed(monkeypatch, CSV.encode())
    expected = run_apart("score", "-")
    feed(monkeypatch, CSV.encode("gbk"))
    assert run_apart("score", "-") == (*expected[:2], "PF103 说明：按 GB18030 读这个文件\n  -\n")
    feed(monkeypatch, json.dumps(FORM, ensure_ascii=False).encode("gbk"))
    code, out, err = run_apart("score", "-")
    assert (code, out, err.split("：")[0]) == (2, "", "PF103 错误")


@each_command
class TestYear:
    def test_a_form_without_a_year_is_reported(self, command: tuple[str, ...], write: Any) -> None:
        name = write("form.json", **{**PUBLISHED, "year": None})
        code, _, err = run_apart(*line(command, name))
        if command[0] in {"infer", "diff"}:  # the scores as they stand; rulesets that have a date
            assert (code, err) == (0, "")
        else:
            assert (code, err.splitlines()[:2]) == (
                2,
                ["PF527 错误：没有指明年度", "  form.json:1:11  《项目支出绩效自评表》"],
            )

    def test_the_year_fills_what_the_form_leaves_out(self, command: tuple[str, ...], write: Any) -> None:
        with_year = run_apart(*line(command, write("form.json", **PUBLISHED)))
        name = write("form.json", **{**PUBLISHED, "year": None})
        assert run_apart(*line(command, name), "--year", "2023") == with_year

    def test_the_year_of_the_form_counts(self, command: tuple[str, ...], write: Any) -> None:
        arguments = line(command, write("form.json", **PUBLISHED))
        assert run_apart(*arguments, "--year", "2001") == run_apart(*arguments)

    @pytest.mark.parametrize("year", ["23", "2023年", "", "1989"])
    def test_what_is_no_year(self, command: tuple[str, ...], year: str, here: Path) -> None:
        code, text = run(*line(command, "form.json"), "--year", year)
        assert code == 2
        assert f"“{year}” 不是年度，写四位数字 · a year has four digits" in text


@pytest.mark.parametrize("command", [one for name, one in COMMANDS.items() if name != "diff"])
class TestChoice:
    def test_a_file_is_read_once(self, command: tuple[str, ...], write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        name, opened = write("two.json", PUBLISHED, {**PUBLISHED, "title": "第二张"}), Counter[str]()
        read = document.read_document

        def counted(path: Any, **more: Any) -> Any:
            opened[str(path)] += 1
            return read(path, **more)

        monkeypatch.setattr(reader, "read_document", counted)
        assert run(*line(command, name), "--form", "2")[0] in {0, 1}
        assert opened == {name: 1}

    def test_a_form_that_is_not_there(self, command: tuple[str, ...], write: Any) -> None:
        code, _, err = run_apart(*line(command, write("two.json", PUBLISHED, PUBLISHED)), "--form", "3")
        assert code == 2
        assert err.startswith("PF507 错误：文件里没有 “3” 这张表\n  two.json\n  提示：有 2 张表：")


@each_command
def test_what_is_wrong_with_a_row_is_shown(command: tuple[str, ...], write: Any) -> None:
    rows = [{**PUBLISHED["indicators"][0], "targat": "1"}, PUBLISHED["indicators"][1]]
    code, text = run(*line(command, write("form.json", **{**PUBLISHED, "indicators": rows})))
    assert code == 1
    assert "不认识的键 “targat”" in text
    where = text.count("不认识的键 “targat”\n  form.json:1:")
    assert where == int(command[0] != "audit")  # a finding of its own there


@pytest.mark.parametrize("name", ["score", "audit", "compare", "needed", "monitor"])
def test_what_may_give_several_gives_a_list(name: str, write: Any) -> None:
    one = line(COMMANDS[name], write("form.json", **PUBLISHED))
    both = line(COMMANDS[name], "form.json", "missing.json")
    if name != "audit":
        assert isinstance(json.loads(run_apart(*one, "--json")[1]), dict)
        assert isinstance(json.loads(run_apart(*both, "--json")[1]), list)


def test_a_ruleset_that_is_wrong_is_reported_once(write: Any) -> None:
    names = [write("a.json", **PUBLISHED), write("b.json", **PUBLISHED)]
    for name in ("score", "audit", "needed", "monitor", "rollup", "compare"):
        code, out, err = run_apart(name, *names, "--ruleset", "cn-xx/project")
        assert (code, out, err.count("PF225")) == (2, "", 1)


class TestProperties:
    """`--property 地区=西部` is for forms that do not state it; what a form states counts."""

    REGION = str(ROOT / "tests/bad/forms/rulesets/region.yaml")

    @pytest.mark.parametrize("command", ["score", "audit", "needed", "monitor", "rollup", "compare"])
    def test_every_command_over_forms_takes_them(self, command: str, here: Path) -> None:
        row = {"name": "地方投入比例", "actual": "20%", "points": "100", "published_score": "90"}
        stated: dict[str, Any] = {"title": "县", "year": 2023, "indicators": [row]}
        (here / "silent.json").write_text(json.dumps(stated), encoding="utf-8")
        stated["properties"] = {"地区": "西部"}
        (here / "stated.json").write_text(json.dumps(stated), encoding="utf-8")
        rules = ("--ruleset", self.REGION)
        expected = run(command, "stated.json", *rules)
        assert run(command, "silent.json", *rules, "--property", "地区=西部") == expected
        assert run(command, "stated.json", *rules, "--property", "地区＝中部") == expected
        assert run(command, "silent.json", *rules) != expected

    @pytest.mark.parametrize("text", ["地区", "=西部", "地区="])
    def test_it_has_a_name_and_a_value(self, text: str, here: Path) -> None:
        code, out = run("score", "form.json", "--property", text)
        assert (code, "写成 地区=西部" in out) == (2, True)
