"""`pfscore parse`: a cell as an argument or on standard input."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from tests.cli.running import run, run_apart


def reading(*arguments: str) -> Any:
    code, out, err = run_apart("parse", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_target_in_words() -> None:
    assert run("parse", "不低于26万人") == (0, "不低于 26 万人；即 ≥260000人\n")
    assert run("parse", "不低于26万人", "--lang", "en") == (0, "at least 260000 人; that is, ≥260000人\n")


def test_the_columns_beside_a_target() -> None:
    beside = reading("26", "--comparator", "≥", "--unit", "万人")
    assert beside == reading("≥26万人")
    assert beside == {"kind": "at_least", "value": "260000", "unit": "人", "canonical": "≥260000人", "assumptions": []}


def test_an_actual() -> None:
    assert reading("54.62", "--actual", "--unit", "亿元") == {
        "kind": "quantity",
        "value": "5462000000",
        "unit": "元",
        "canonical": "5462000000元",
        "assumptions": [],
    }


def test_a_cell_that_cannot_be_read() -> None:
    code, out, err = run_apart("parse", "≥**人")
    assert (code, out) == (1, "")
    assert err == (
        "PF306 错误：占位符“≥**人”没有填写\n  指标值:1:1\n    1 | ≥**人\n      | ^^^^^\n  提示：请填上实际的数字\n"
    )


def test_a_cell_that_cannot_be_read_as_json() -> None:
    code, out, err = run_apart("parse", "≥**人", "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "kind": "error",
        "code": "PF306",
        "message": "占位符“≥**人”没有填写",
        "start": 0,
        "end": 4,
        "hint": "请填上实际的数字",
    }


def test_an_empty_cell_has_no_place() -> None:
    code, out, _ = run_apart("parse", "", "--json")
    assert code == 1
    assert {key: json.loads(out)[key] for key in ("kind", "code", "start", "end")} == {
        "kind": "error",
        "code": "PF301",
        "start": 0,
        "end": 0,
    }


def test_a_text_that_starts_with_a_dash() -> None:
    assert run("parse", "--actual", "--", "-5%") == (0, "-5%\n")
    code, text = run("parse", "--actual", "-5%")
    assert code == 2
    assert "以 “-” 开头的文字，前面写 --" in text


def test_a_cell_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("≥26万人\n"))
    assert run("parse") == (0, "不低于 26 万人；即 ≥260000人\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["5人", "--actual", "--comparator", "≥"], "完成值没有计算符号 · an actual has no comparator"),
        (
            ["5人", "--jsonl"],
            "--jsonl 不与 TEXT、--actual、--comparator、--unit、--why 同用 · --jsonl takes no cell of its own",
        ),
        (
            ["--jsonl", "--unit", "人"],
            "--jsonl 不与 TEXT、--actual、--comparator、--unit、--why 同用 · --jsonl takes no cell of its own",
        ),
        (["5人", "--lang", "fr"], "argument --lang: invalid choice: 'fr' (choose from 'zh', 'en')"),
        (["5人", "6人"], "unrecognized arguments: 6人"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    code, text = run("parse", *arguments)
    assert code == 2
    assert text.splitlines()[-1].endswith(f": 用法不对 · wrong usage: {said}")


def test_why_shows_the_passes_and_the_rules() -> None:
    from pfscore.cells.lexicon.word_patterns import rule

    code, out = run("parse", "--why", "--actual", "计划10次，实际12次")
    *passes, reading, assumed = out.splitlines()
    assert (code, reading, assumed) == (0, "12 次；即 12次", "推定：“计划10次”没有当作结果")
    plan = rule("plan")
    assert [line for line in passes if not line.startswith(" ")] == [
        *("普通数字", "统一写法", "查损坏", "旁边的栏", "文字写的数", "长段文字", "编号的列项", "文法", "含义"),
    ]
    assert f"  [plan] “计划”  results.txt  {plan.note}" in passes


def test_why_in_english_of_a_refusal_and_of_a_second_reading() -> None:
    code, out, err = run_apart("parse", "--why", "47户163人", "--lang", "en")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    second = lines[lines.index("a second reading") + 1 :]
    assert next(line for line in second if not line.startswith("  [")) == "  a plain number"
    code, out, err = run_apart("parse", "--why", "≥**人", "--lang", "en")
    assert code == 1
    assert out.splitlines()[:3] == ["a plain number", "spelling", "damage"]
    assert err.startswith("PF306")


def test_why_as_json() -> None:
    found = reading("--why", "≥26万人")
    title = {"pass": "plain_number", "title": "普通数字", "second": False, "rules": []}
    assert (found["canonical"], found["why"]) == ("≥260000人", [title])
    meaning = reading("--why", "--actual", "计划10次，实际12次")["why"][-1]
    assert (meaning["pass"], "plan" in [one["name"] for one in meaning["rules"]]) == ("meaning", True)


def test_why_takes_one_cell() -> None:
    assert run("parse", "--why", "--jsonl")[0] == 2
