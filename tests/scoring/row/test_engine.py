"""Budget lines: amounts as forms print them, blank and zero, over-spending, units, and what is only information."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import pfscore
from tests.forms.rulesets import small
from tests.tables import each

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")


def line(rules: pfscore.Rules = SICHUAN, unit: str | None = "万元", **cells: Any) -> pfscore.BudgetScore:
    form = pfscore.Form(year=2023, amount_unit=unit, budget=(pfscore.BudgetLine(label="总额", points="10", **cells),))
    return rules.score_form(form).budget[0]


def said(one: pfscore.BudgetScore) -> list[str]:
    return [f"{found.code} {found.message.zh}" for found in one.diagnostics]


@each(
    ("budget", "expenditure", "score"),
    [
        ("500.22", "474.39", "9.48"),
        ("1,234,567.00", "1234567", "10"),
        ("1，000", "500", "5"),
        ("１００", "５０", "5"),
        (" 100 ", "50\n", "5"),
        ("100万元", "50", "5"),
        ("100万元", "500000元", "5"),
        ("0.01亿元", "50", "5"),
        ("100", "0", "0"),
        ("100", "0.00", "0"),
        ("100", "150", "10"),
        ("3", "1", "3.33"),
    ],
)
def test_amounts(budget: str, expenditure: str, score: str) -> None:
    one = line(budget=budget, expenditure=expenditure)
    assert (one.outcome, one.score, said(one)) == ("scored", Decimal(score), [])


def test_spending_more_than_the_budget_is_capped_and_its_rate_is_not() -> None:
    one = line(budget="100", expenditure="150")
    assert (one.score, one.execution_rate) == (10, Fraction(3, 2))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"budget": "100"}, "PF524 预算行缺全年执行数"),
        ({"budget": "100", "expenditure": ""}, "PF524 预算行缺全年执行数"),
        ({"budget": "100", "expenditure": "—"}, "PF524 预算行缺全年执行数"),
        ({"expenditure": "100"}, "PF524 预算行缺全年预算数"),
        ({}, "PF524 预算行缺全年预算数"),
    ],
)
def test_blank_is_not_zero(cells: dict[str, Any], message: str) -> None:
    one = line(**cells)
    assert (one.outcome, one.low, one.high, said(one)) == ("missing", 0, 10, [message])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"budget": "详见附表", "expenditure": "1"}, "PF524 全年预算数“详见附表”不是金额"),
        ({"budget": "≥100", "expenditure": "1"}, "PF524 全年预算数“≥100”不是金额"),
        ({"budget": "100元", "expenditure": "80人"}, "PF323 单元格写的是“80人”，单位栏却是“万元”"),
    ],
)
def test_what_is_no_amount(cells: dict[str, Any], message: str) -> None:
    one = line(**cells)
    assert (one.outcome, one.low, one.high) == ("refused", 0, 10)
    assert message in said(one)


def test_float_noise_in_an_amount_is_refused() -> None:
    one = line(budget="100", expenditure="89.9000000953674316")
    assert (one.outcome, [found.code for found in one.diagnostics]) == ("refused", ["PF311"])


def test_one_amount_with_a_unit_and_one_without() -> None:
    one = line(unit=None, budget="100", expenditure="50万元")
    assert (one.outcome, said(one)) == ("refused", ["PF515 全年执行数“500000元”与全年预算数“100”单位不同"])
    assert line(unit=None, budget="100", expenditure="50").score == 5
    assert line(unit=None, budget="100万元", expenditure="500000元").score == 5


def test_a_budget_of_nothing() -> None:
    one = line(small(), budget="0", expenditure="0")
    assert (one.score, one.execution_rate) == (10, None)


def test_a_budget_of_nothing_has_no_rate_and_a_guard_does_not_ask_for_it() -> None:
    one = line(small(rate="执行率"), budget="0", expenditure="0")
    assert (one.score, one.execution_rate, said(one)) == (10, None, [])


def test_a_line_without_points_is_information() -> None:
    row = pfscore.BudgetLine(label="其中：财政资金", budget="200", expenditure="50")
    sheet = SICHUAN.score_form(pfscore.Form(year=2023, budget=(row,)))
    [one] = sheet.budget
    assert (one.points, one.score, one.execution_rate, sheet.full, sheet.problems) == (
        None,
        None,
        Fraction(1, 4),
        None,
        (),
    )


def test_what_is_wrong_with_information_is_said_but_costs_nothing() -> None:
    rows = (
        pfscore.BudgetLine(label="总额", budget="100", expenditure="50", points="10"),
        pfscore.BudgetLine(label="其中", budget="x", expenditure="50"),
    )
    sheet = SICHUAN.score_form(pfscore.Form(year=2023, budget=rows))
    assert (sheet.low, sheet.high, sheet.full) == (5, 5, 10)
    assert [one.code for one in sheet.budget[1].diagnostics] == ["PF524"]
