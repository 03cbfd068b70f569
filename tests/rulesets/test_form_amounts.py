"""Indicators that are scored by amounts of the form: 结余 against 上年结转, what was added to the initial budget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.checking.check import check_ruleset
from pfscore.forms.form import Form
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import rule, rules, text

_SURPLUS = "points: 3\nformula: 如果 执行数 >= 预算数 则 3 否则 如果 预算数 - 执行数 <= 上年结转 则 2 否则 0\n"
_ADDED = """
points: 5
bands:
  of: (预算数 - 年初预算数) / 年初预算数
  over: "[0%, +∞)"
  table:
    - {range: 0%, points: 5}
    - {range: "(0%, 10%]", points: 4}
    - {range: "(10%, 20%]", points: 3}
    - {range: "(20%, 30%]", points: 2}
    - {range: "(30%, +∞)", points: 0}
"""


def form(name: str, *lines: dict[str, str], **cells: Any) -> Form:
    return Form.model_validate(
        {"title": "表", "year": 2023, "amount_unit": "万元", "budget": lines, "indicators": [{"name": name, **cells}]}
    )


def total(budget: str, expenditure: str, initial: str | None = None) -> dict[str, str]:
    line = {"label": "年度资金总额", "budget": budget, "expenditure": expenditure}
    return line if initial is None else {**line, "initial": initial}


def carried(budget: str, label: str = "上年结转资金") -> dict[str, str]:
    return {"label": label, "budget": budget}


def earned(found: Rules, one: Form) -> str:
    (row,) = found.score_form(one).indicators
    return row.codes[0] if row.codes else str(row.score)


class TestSurplus:
    """A1, 资金结余: 无结余,3分;有结余,但不超过上年结转,2分;结余超过上年结转,不得分."""

    @pytest.mark.parametrize(("spent", "earns"), [("100", "3"), ("90", "2"), ("80", "2"), ("79.99", "0"), ("0", "0")])
    def test_against_what_was_carried_over(self, spent: str, earns: str) -> None:
        found = rules(_SURPLUS, "name: 资金结余")
        assert earned(found, form("资金结余", total("100", spent), carried("20"))) == earns

    @pytest.mark.parametrize("label", ["上年结转资金", "其中：上年结转", "上年结转结余"])
    def test_the_line_is_found_by_its_label(self, label: str) -> None:
        found = rules(_SURPLUS, "name: 资金结余")
        assert earned(found, form("资金结余", total("100", "90"), carried("20", label))) == "2"

    def test_whatever_the_row_itself_says(self) -> None:
        found, lines = rules(_SURPLUS, "name: 资金结余"), (total("100", "90"), carried("20"))
        for cells in ({"target": "无结余", "actual": "有少量结余"}, {"target": "/", "actual": "—"}, {"target": "≥**"}):
            assert earned(found, form("资金结余", *lines, **cells)) == "2"

    def test_an_amount_that_the_form_does_not_give_leaves_it_open(self) -> None:
        (row,) = rules(_SURPLUS, "name: 资金结余").score_form(form("资金结余", total("100", "90"))).indicators
        assert (row.outcome.value, str(row.low), str(row.high)) == ("missing", "0", "3")
        assert [one.message.zh for one in row.diagnostics] == ["表的预算里没有上年结转"]

    def test_a_row_without_a_form_has_no_amounts(self) -> None:
        assert rules(_SURPLUS, "name: 资金结余").score(name="资金结余").codes == ("PF524",)

    def test_units_are_one(self) -> None:
        lines = {**total("100万元", "90万元")}, {"label": "上年结转", "budget": "50000元"}
        assert earned(rules(_SURPLUS, "name: 资金结余"), form("资金结余", *lines)) == "0"

    def test_it_is_explained(self) -> None:
        sheet = rules(_SURPLUS, "name: 资金结余").score_form(form("资金结余", total("100", "90"), carried("20")))
        assert "上年结转" in sheet.indicators[0].explain()


class TestAddedBudget:
    """A3, 预算控制率: (本年追加预算/年初预算)×100%: =0,计5分;0-10%(含),计4分;10-20%(含),计3分;…大于30%不得分."""

    @pytest.mark.parametrize(
        ("budget", "earns"), [("100", "5"), ("110", "4"), ("110.01", "3"), ("120", "3"), ("130", "2"), ("131", "0")]
    )
    def test_what_was_added_to_the_initial_budget(self, budget: str, earns: str) -> None:
        found = rules(_ADDED, "name: 预算控制率")
        assert earned(found, form("预算控制率", total(budget, "90", "100"))) == earns

    def test_a_cut_is_not_said(self) -> None:
        assert earned(rules(_ADDED, "name: 预算控制率"), form("预算控制率", total("95", "90", "100"))) == "PF538"


class TestCompletion:
    """A3, 预算完成率: (上年结转+年初预算+本年追加预算-年末结余)/(上年结转+年初预算+本年追加预算), 每低于5%扣2分."""

    @pytest.mark.parametrize(
        ("spent", "earns"), [("120", "5"), ("114", "3"), ("108", "1"), ("102", "0"), ("60", "0"), ("117", "[3, 5]")]
    )
    def test_what_was_spent_of_all_that_there_was(self, spent: str, earns: str) -> None:
        low, high = (
            f"扣完为止(分值, 逐级扣分(1 - 执行数 / (上年结转 + 预算数), 每=5%, 扣=2, 零头={part}))"
            for part in ("进一", "舍去")
        )
        found = rules(f"points: 5\njudgement:\n  low: {low}\n  high: {high}\n", "name: 预算完成率")
        (row,) = found.score_form(form("预算完成率", total("110", spent, "100"), carried("10"))).indicators
        assert (f"{row.score}" if row.low == row.high else f"[{row.low}, {row.high}]") == earns


class TestChecks:
    def _file(self, tmp_path: Path, how: str, examples: str, name: str = "资金结余") -> Path:
        path = tmp_path / "demo.yaml"
        path.write_text(text(rule(how + examples, f"name: {name}")), encoding="utf-8")
        return path

    def test_examples_give_the_amounts(self, tmp_path: Path) -> None:
        examples = (
            "steps: 各档\nexamples:\n  - {budget: 100, expenditure: 100, carried_over: 0, score: 3}\n"
            "  - {budget: 100, expenditure: 90, carried_over: 20, score: 2}\n"
            "  - {budget: 100, expenditure: 90, carried_over: 5, score: 0}\n"
        )
        found = check_ruleset(self._file(tmp_path, _SURPLUS, examples))
        assert [one.code for one in found.problems if one.code != "PF245"] == ["PF243"]
        assert [run.passed for run in found.runs] == [True] * 3
        assert [proof.said() for proof in found.proofs] == [
            f"r（预算行）得分：已证：任何完成值都算得出；得分在 0 与分值之间；完成得更好，得分不会更低"
            f"（分值 3，预算数 1，年初预算数 1，上年结转 {carried}）"
            for carried in ("0", "0.2")
        ]

    def test_what_leaves_the_points_is_refuted(self, tmp_path: Path) -> None:
        how = _SURPLUS.replace("则 3 否则", "则 4 否则")
        examples = "examples:\n  - {budget: 100, expenditure: 90, carried_over: 20, score: 2}\n"
        found = check_ruleset(self._file(tmp_path, how, examples))
        assert "PF251" in {one.code for one in found.problems}


def test_a_sheet_without_columns_is_audited_by_its_budget() -> None:
    lines = {**total("100", "90"), "published_rate": "90%"}, carried("20")
    found = rules(_SURPLUS, "name: 资金结余")
    for score, codes in {"2": [], "3": ["PF720"], "2.5": ["PF720", "PF727"]}.items():
        one = form("资金结余", *lines, points="3", published_score=score)
        assert [told.code for told in audit(one, ruleset=found) if told.code[:4] == "PF72"] == codes, score
