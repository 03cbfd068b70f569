"""Sentences of circulars, score sheets and footnotes, each written as a rule, with the numbers that it gives.

A row earns a score, bounds `[low, high]` where the sentence leaves them open, or is refused with a code.
"""

from __future__ import annotations

from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from pfscore.questions.rollup import rollup
from pfscore.scoring.rules import Rules, load_ruleset
from tests.rulesets.ruleset_text import rules
from tests.rulesets.ruleset_text import scored as whole

_YUEYANG = "cn-hn-430600/department"


def scored(found: Rules, **cells: Any) -> str:
    """Return what a row earns; the code where it is refused, or where a person's decision is."""
    given: dict[str, Any] = {"points": "10", **cells}
    one = found.score(**given)
    code = next((problem.code for problem in one.diagnostics if problem.code in {"PF523", "PF538"}), None)
    return code or whole(found, **given)


def _steps(gap: str, per: str, take: str, target: str) -> str:
    """Return a rule that takes points off for each whole step; what a part of a step takes is left open."""
    low, high = (f"扣完为止(分值, 逐级扣分({gap}, 每={per}, 扣={take}, 零头={part}))" for part in ("进一", "舍去"))
    return f'target: "{target}"\njudgement:\n  low: {low}\n  high: {high}\n'


class TestStepDeductions:
    """A1 to A5: points and deduction move together."""

    @pytest.mark.parametrize(
        ("points", "actual", "earns"),
        [
            *(("5", "100%", "5"), ("5", "98%", "5"), ("5", "101%", "4.5"), ("5", "103%", "3.5"), ("5", "110%", "0")),
            *(("5", "125%", "0"), ("5", "100.5%", "[4.5, 5]"), ("1", "103%", "0.7"), ("1", "111%", "0")),
        ],
    )
    def test_a_tenth_of_the_points_for_each_percentage_point(self, points: str, actual: str, earns: str) -> None:
        found = rules(_steps("完成值 - 指标值", "1%", "分值 * 10%", "≤100%"), "name: 在职人员控制率")
        assert scored(found, name="在职人员控制率", actual=actual, points=points) == earns

    @pytest.mark.parametrize(("points", "earns"), [("5", "4"), ("8", "6.4"), ("3", "2.4"), ("2", "1.6"), ("1", "0.8")])
    def test_two_percentage_points_in_every_copy(self, points: str, earns: str) -> None:
        shipped = load_ruleset("cn/department-fixed", on="2017-12-31")
        assert scored(shipped, name="“三公经费”变动率", actual="2%", points=points) == earns

    def test_a_dash_or_the_standard_in_words_is_no_target(self) -> None:
        shipped = load_ruleset("cn/department-fixed", on="2017-12-31")
        for written in (
            "",
            "—",
            "/",
            "一",
            "不超编",
            "以100%为标准。在职人员控制率≦100%，计5分；每超过一个百分点扣0.5分",
        ):
            found = shipped.score(name="在职人员控制率", target=written, actual="103%", points="5")
            assert str(found.score) == "3.5", written
            assert len(found.assumptions) == 1

    def test_every_five_percent_two_points(self) -> None:
        found = rules(_steps("指标值 - 完成值", "5%", "2", "≥100%"), "name: 预算完成率")
        rates = {"100%": "5", "95%": "3", "90%": "1", "85%": "0", "97%": "[3, 5]"}
        assert {rate: scored(found, name="预算完成率", actual=rate, points="5") for rate in rates} == rates

    def test_both_directions(self) -> None:
        """C, 工作量: 实际完成情况与计划每相差3%,扣1分,扣满15分为止."""
        low, high = (f"扣完为止(分值, 双向逐级扣分(偏差率, 每=3%, 扣=1, 零头={part}))" for part in ("进一", "舍去"))
        found = rules(f"judgement:\n  low: {low}\n  high: {high}\n")
        rows = {"100次": "15", "103次": "14", "97次": "14", "94次": "13", "145次": "0", "101次": "[14, 15]"}
        assert {one: scored(found, target="=100次", actual=one, points="15") for one in rows} == rows

    def test_lateness_in_percent_of_the_planned_time(self) -> None:
        """C, 进度: 超计划时间占计划完成时间百分比…每相差4%,扣1分,扣满10分为止."""
        low, high = (f"扣完为止(分值, 逐级扣分(偏差率, 每=4%, 扣=1, 零头={part}))" for part in ("进一", "舍去"))
        found = rules(f"judgement:\n  low: {low}\n  high: {high}\n", 'comparator: ["≤"]')
        rows = {"90天": "10", "100天": "10", "104天": "9", "108天": "8", "140天": "0", "102天": "[9, 10]"}
        assert {one: scored(found, target="≤100天", actual=one) for one in rows} == rows

    def test_one_point_for_each_percent_of_the_work(self) -> None:
        """D1: 计划建设内容完成100%的得20分,每减少1个百分点扣1分,扣完20分为止."""
        found = rules(_steps("指标值 - 完成值", "1%", "1", "≥100%"), "name: 建设内容完成率")
        rows = {"100%": "20", "99%": "19", "85%": "5", "80%": "0", "60%": "0"}
        assert {one: scored(found, name="建设内容完成率", actual=one, points="20") for one in rows} == rows

    def test_each_place_a_quarter_point(self) -> None:
        """D3: 按排位打分,每位次按0.25分递减."""
        found = rules("formula: 扣完为止(分值, (名次 - 1) * 0.25)\n")
        rows = {"1": "20", "2": "19.75", "5": "19", "81": "0"}
        assert {one: scored(found, target="有效", actual="有效", rank=one, points="20") for one in rows} == rows


class TestBands:
    @pytest.mark.parametrize(
        ("actual", "earns"),
        [("100%", "5"), ("90%", "5"), ("89.99%", "4"), ("80%", "4"), ("70%", "3"), ("60%", "2"), ("59.9%", "0")],
    )
    def test_share_of_key_spending(self, actual: str, earns: str) -> None:
        found = load_ruleset(_YUEYANG, on="2018-12-31")
        assert scored(found, points=None, name="重点支出安排率", actual=actual) == earns

    @pytest.mark.parametrize(
        ("actual", "earns"),
        [("0", "3"), ("5%", "2"), ("10%", "2"), ("20%", "1"), ("30%", "0.5"), ("30.01%", "0"), ("-5%", "PF538")],
    )
    def test_adjustment_of_the_budget_and_what_is_not_said_of_a_cut(self, actual: str, earns: str) -> None:
        found = load_ruleset(_YUEYANG, on="2018-12-31")
        assert scored(found, points=None, name="预算调整率", actual=actual) == earns

    def test_two_amounts_of_the_form(self) -> None:
        """A1, 资金结余: 无结余,3分;有结余,但不超过上年结转,2分;结余超过上年结转,不得分."""
        found = rules(
            "points: 3\nformula: 如果 完成值 <= 0 则 3 否则 如果 完成值 <= 指标值 则 2 否则 0\n", "name: 资金结余"
        )
        rows = {"0万元": "3", "12万元": "2", "20万元": "2", "21万元": "0"}
        cells = {"name": "资金结余", "target": "≤20万元"}
        assert {one: scored(found, points=None, **cells, actual=one) for one in rows} == rows

    def test_points_that_a_person_chooses_within_a_band(self) -> None:
        """D3: ≥4%,<8% 4-3; a value beyond the outer bands is refused."""
        found = rules(
            """
            bands:
              of: 完成值
              over: "[0%, 8%)"
              table:
                - range: "[4%, 8%)"
                  points: "[3, 4]"
                - range: "[0%, 4%)"
                  points: 5
            """
        )
        rows = {"2%": "5", "4%": "[3, 4]", "7.9%": "[3, 4]", "8%": "PF538", "-1%": "PF538"}
        assert {one: scored(found, target="≤4%", actual=one, points="5") for one in rows} == rows
        assert scored(found, target="≤4%", actual="5%", points="5", decision="3.5") == "3.5"
        assert scored(found, target="≤4%", actual="5%", points="5", decision="4.5") == "PF523"

    def test_words(self) -> None:
        """D1: 相符的得10分,基本相符的得6分,调整较大的扣10分."""
        found = rules(
            "levels:\n  - level: 相符\n    share: 100%\n  - level: 基本相符\n    share: 60%\n"
            "  - level: 调整较大\n    share: 0%\n"
        )
        rows = {"相符": "10", "基本相符": "6", "调整较大": "0"}
        assert {one: scored(found, target="相符", actual=one) for one in rows} == rows


class TestChecklists:
    """A1, 管理制度健全性 and 资金使用合规性; A2; A5; D7."""

    _SYSTEM = "checklist:\n  - item: ①已制定\n    points: 1\n  - item: ②合法、合规、完整\n    points: 1\n" + (
        "  - item: ③得到有效执行\n    points: 1\n"
    )

    def _system(self) -> Rules:
        return rules(self._SYSTEM, "name: 管理制度健全性")

    def test_without_a_decision_a_person_is_asked(self) -> None:
        assert scored(self._system(), points=None, name="管理制度健全性") == "[0, 3]"

    @pytest.mark.parametrize("decision", ["0", "1", "2", "3"])
    def test_points_are_met_or_not(self, decision: str) -> None:
        assert scored(self._system(), points=None, name="管理制度健全性", decision=decision) == decision

    @pytest.mark.parametrize("decision", ["0.5", "2.5", "4"])
    def test_nothing_between_the_points_is_accepted(self, decision: str) -> None:
        assert scored(self._system(), points=None, name="管理制度健全性", decision=decision) == "PF523"

    def test_points_of_different_weight(self) -> None:
        """A2: …计1分;…计0.5分;…计0.5分: 0, 0.5, 1, 1.5 and 2."""
        found = rules(
            "checklist:\n" + "".join(f"  - item: {n}\n    points: {n}\n" for n in ("1", "0.5", "0.50")), "name: 甲"
        )
        given = {one: scored(found, points=None, name="甲", decision=one) for one in ("0.5", "1.5", "2", "1.75")}
        assert given == {"0.5": "0.5", "1.5": "1.5", "2": "2", "1.75": "PF523"}

    def test_cases_are_counted_or_given_by_a_person(self) -> None:
        """A1: 每出现一例不符合要求的扣1分,扣完为止."""
        found = rules("checklist:\n  - item: 资金使用合规\n    points: 3\n    each: 1\n", "name: 资金使用合规性")
        counted = {"0例": "3", "1例": "2", "3例": "0", "7例": "0"}
        cells = {"name": "资金使用合规性", "points": None}
        assert {one: scored(found, **cells, actual=one) for one in counted} == counted
        assert scored(found, **cells, decision="2") == "2"
        assert scored(found, **cells, decision="2.5") == "PF523"

    def test_every_late_fund_half_a_point(self) -> None:
        found = load_ruleset(_YUEYANG, on="2018-12-31")
        rows = {"0个": "3", "1个": "2.5", "6个": "0", "9个": "0"}
        assert {one: scored(found, points=None, name="支付进度", actual=one) for one in rows} == rows


class TestFootnotes:
    def test_a_in_proportion_to_b(self) -> None:
        """B1: 正向指标…得分=权重*B/A…反向指标…得分=权重*A/B."""
        found = load_ruleset("cn-hb/project", on="2020-12-31")
        assert scored(found, target="≥100人", actual="95人") == "9.5"
        assert scored(found, target="≤5天", actual="8天") == "6.25"

    @pytest.mark.parametrize(("target", "actual"), [("≥100人", "130人"), ("≤5天", "3天")])
    def test_never_more_than_the_weight(self, target: str, actual: str) -> None:
        """B1: 得分不得突破权重总额."""
        assert scored(load_ruleset("cn-hb/project", on="2020-12-31"), target=target, actual=actual) == "10"

    def test_numbers_are_added_up_before_they_are_scored(self) -> None:
        """B1: 定量指标先汇总完成数,再计算得分: 60 and 130 of 100 each are 190 of 200, and not half of 6 and 10."""
        rows = ({"name": "人数", "target": "≥100人", "actual": actual, "points": "100"} for actual in ("60人", "130人"))
        forms = [Form.model_validate({"title": "表", "year": 2020, "indicators": [row]}) for row in rows]
        assert str(rollup(forms, ruleset=load_ruleset("cn-hb/project", on="2020-12-31")).sheet.total) == "95"

    def test_the_inverse_ratio_of_the_same_item(self) -> None:
        """A2: 在职人员控制率…小于或等于1计5分,否则按比例计分."""
        found = rules('target: "≤100%"\nformula: 分值 * 反比例(完成值, 指标值)\n', "name: 在职人员控制率")
        rows = {"98%": "5", "100%": "5", "125%": "4"}
        assert {one: scored(found, name="在职人员控制率", actual=one, points="5") for one in rows} == rows


class TestScoreSheets:
    """Forms without 指标值 and 完成值 are audited against the scores that their rules can give."""

    def _codes(self, **scores: str) -> list[str]:
        rows = [{"name": name, "published_score": score} for name, score in scores.items()]
        sheet = Form.model_validate(
            {"title": "评分表", "year": 2018, "indicators": [{**row, "points": _WORTH[row["name"]]} for row in rows]}
        )
        return [one.code for one in audit(sheet, ruleset=_YUEYANG)]

    def test_what_the_rules_can_give_is_no_finding(self) -> None:
        assert self._codes(财政供养人员控制率="4.5", 重点支出安排率="3", 管理制度健全性="2", 支付进度="1.5") == []

    @pytest.mark.parametrize(
        ("name", "score"),
        [("财政供养人员控制率", "4.7"), ("重点支出安排率", "4.5"), ("管理制度健全性", "2.5"), ("支付进度", "2.8")],
    )
    def test_what_they_can_never_give_is_one(self, name: str, score: str) -> None:
        assert self._codes(**{name: score}) == ["PF727"]


_WORTH = {"财政供养人员控制率": "5", "重点支出安排率": "5", "管理制度健全性": "3", "支付进度": "3"}
