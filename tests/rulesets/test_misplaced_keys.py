"""Keys that stand in the wrong place, and files of another kind, are told as that and not as misspellings."""

from __future__ import annotations

from pathlib import Path

import pytest

import pfscore
from pfscore.checking.check import check_ruleset
from tests.rulesets.ruleset_text import rule, text


@pytest.mark.parametrize(
    ("applies", "said"),
    [
        ("comparator: ≥\nformula: 分值", "“formula” 写在 rules 的 versions 里"),
        ("comparator: ≥\nexpenditure: 5", "“expenditure” 写在 rules 的 versions 的 examples 里"),
        ("comparator: ≥\ngrades: 优", "“grades” 写在 form 里"),
        ("comparators: ≥", "是不是 “comparator”？"),
    ],
)
def test_a_key_of_another_place_is_sent_there(tmp_path: Path, applies: str, said: str) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text(text(rule("formula: 分值", applies)), encoding="utf-8")
    hints = [one.hint.zh for one in check_ruleset(path).problems if one.code == "PF201" and one.hint is not None]
    assert hints == [said]


def test_a_form_is_no_ruleset(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text('{"title": "表", "indicators": [{"name": "甲"}], "formula": "分值"}', encoding="utf-8")
    (problem,) = check_ruleset(path).problems
    assert (problem.code, problem.message.zh) == ("PF204", "这是一张自评表，不是规则集")


def test_a_ruleset_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text(text(rule("formula: 分值")), encoding="utf-8")
    (form,) = pfscore.load_forms(path)
    assert [(one.code, one.message.zh) for one in form.problems] == [("PF504", "这是规则集，不是自评表")]
