"""Rules that depend on what a form states of itself: its region, the kind of its unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pfscore.checking.check import check_ruleset
from pfscore.cli.commands.check import report
from pfscore.forms.form import Form
from pfscore.foundation.errors import RulesetError
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import loaded, rule, text

_FORM = "properties:\n  - {name: 地区, values: [东部, 中部, 西部]}\n"
_SHARES = {"middle": ("中部", "40%"), "west": ("西部", "30%"), "east": ("东部", "100%")}
_EXAMPLES = "examples:\n  - {{actual: {0}, score: 10}}\n  - {{actual: 15%, score: {1}}}\n"


def _rules(*names: str) -> str:
    """D3: 中部≥40%,西部≥30%,东部≥100%."""
    parts = []
    for name in names:
        region, target = _SHARES[name]
        earned = {"40%": "3.75", "30%": "5", "100%": "1.5"}[target]
        how = f'points: 10\ntarget: "≥{target}"\nformula: 分值 * min(完成率, 1)\n' + _EXAMPLES.format(target, earned)
        parts.append(rule(how, f"name: 地方投入比例\nproperties: {{地区: {region}}}", name))
    return "".join(parts)


def all_regions() -> Rules:
    return Rules((loaded(text(_rules(*_SHARES), _FORM)),), on=date(2023, 12, 31))


def form(actual: str | None = "35%", **more: Any) -> Form:
    return Form.model_validate(
        {"title": "表", "year": 2023, "indicators": [{"name": "地方投入比例", "actual": actual}], **more}
    )


class TestScores:
    @pytest.mark.parametrize(("region", "earns"), [("西部", "10"), ("中部", "8.75"), ("东部", "3.5")])
    def test_a_threshold_by_region(self, region: str, earns: str) -> None:
        (row,) = all_regions().score_form(form(properties={"地区": region})).indicators
        assert (str(row.score), row.codes) == (earns, ())
        assert f"  适用于：地区为{region}" in row.explain()
        assert f"  for forms with 地区: {region}" in row.explain("en")

    @pytest.mark.parametrize("actual", ["35%", None])
    def test_a_form_that_does_not_say_leaves_the_row_open(self, actual: str | None) -> None:
        (row,) = all_regions().score_form(form(actual)).indicators
        assert (row.codes, str(row.low), str(row.high)) == (("PF539",), "0", "10")
        (problem,) = row.diagnostics
        assert problem.message.zh == "评分办法因“地区”而异，表上没有写明"
        assert problem.hint is not None
        assert problem.hint.zh == "在表里写 properties: {地区: …}，或在命令行写 --property 地区=…"

    def test_a_value_that_the_ruleset_does_not_know_is_told(self) -> None:
        sheet = all_regions().score_form(form(properties={"地区": "西北"}))
        assert [one.message.zh for one in sheet.diagnostics] == ["“地区”写作“西北”，应是东部、中部、西部之一"]
        assert sheet.indicators[0].codes == ("PF539",)

    def test_what_no_rule_asks_for_changes_nothing(self) -> None:
        stated = {"地区": "西部", "单位类别": "县级"}
        assert str(all_regions().score_form(form(properties=stated)).indicators[0].score) == "10"

    def test_a_row_without_a_form_states_nothing(self) -> None:
        assert all_regions().score(name="地方投入比例", actual="35%").codes == ("PF539",)

    def test_one_rule_may_be_for_several_values(self) -> None:
        first = rule("formula: 分值", "name: 甲\nproperties: {地区: [中部, 西部]}", "inner")
        second = rule("formula: 分值 / 2", "name: 甲\nproperties: {地区: 东部}", "coast")
        found = Rules((loaded(text(first + second, _FORM)),), on=date(2023, 12, 31))
        row = {"name": "甲", "target": "≥1", "actual": "1", "points": "10"}
        earned = {
            region: str(found.score_form(form(properties={"地区": region}, indicators=[row])).indicators[0].score)
            for region in ("东部", "中部", "西部")
        }
        assert earned == {"东部": "5", "中部": "10", "西部": "10"}


class TestChecks:
    def _checked(self, tmp_path: Path, rules: str, terms: str = _FORM) -> Any:
        path = tmp_path / "demo.yaml"
        path.write_text(text(rules, terms), encoding="utf-8")
        return check_ruleset(path)

    def test_rules_for_several_regions_do_not_compete(self, tmp_path: Path) -> None:
        found = self._checked(tmp_path, _rules(*_SHARES))
        assert {one.code for one in found.problems} == {"PF243", "PF245"}
        assert all(run.passed for run in found.runs)

    def test_rules_for_the_same_region_do(self, tmp_path: Path) -> None:
        twice = _rules("middle") + _rules("middle").replace("- id: middle", "- id: again")
        assert "PF242" in {one.code for one in self._checked(tmp_path, twice).problems}

    @pytest.mark.parametrize(
        ("terms", "asked", "said"),
        [
            ("total: 100\n", "地区: 中部", "表的属性 “地区” 没有声明"),
            (_FORM, "单位类别: 县", "表的属性 “单位类别” 没有声明"),
            (_FORM, "地区: 中央", "“地区” 没有声明 “中央” 这个值"),
        ],
    )
    def test_what_is_not_declared_is_told_at_its_place(self, tmp_path: Path, terms: str, asked: str, said: str) -> None:
        found = self._checked(tmp_path, rule("formula: 分值", f"name: 甲\nproperties: {{{asked}}}"), terms)
        (problem,) = (one for one in found.problems if one.code == "PF237")
        assert problem.message.zh == said
        assert problem.span is not None
        assert asked in problem.span.text

    def test_a_property_has_several_values(self) -> None:
        with pytest.raises(RulesetError) as caught:
            loaded(text(rule("formula: 分值", "name: 甲"), "properties:\n  - {name: 地区, values: 中部}\n"))
        assert caught.value.diagnostics[0].code.startswith("PF2")

    def test_the_report_names_what_is_declared(self, tmp_path: Path) -> None:
        found = self._checked(tmp_path, rule("formula: 分值", "name: 甲\nproperties: {地区: 中央}"))
        assert "可写：东部、中部、西部" in report(found, "zh")
        assert "allowed: 东部、中部、西部" in report(found, "en")
