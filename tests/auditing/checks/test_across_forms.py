"""Forms of one body beside each other, and cost rows beside the budget."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from tests.auditing.making import Cells, form, found, row

LINE = {"label": "总额", "initial": "50", "budget": "50", "expenditure": "50"}


def cost(target: str, actual: str, name: str) -> Cells:
    return row(target, actual, name, path=["成本指标", "经济成本指标"], note="因故")


def test_cost_rows_that_do_not_add_up() -> None:
    rows = cost("≤30万元", "30万元", "设备费"), cost("≤20万元", "15万元", "培训费")
    assert found(form(*rows, budget=[LINE], amount_unit="万元"), "PF765") == [("PF765", "warning", None)]


def test_a_cost_row_whose_target_cannot_be_read_is_still_spent() -> None:
    rows = cost("≤30万元", "30万元", "设备费"), cost("≤≤20万元", "20万元", "培训费")
    assert found(form(*rows, budget=[LINE], amount_unit="万元"), "PF765") == []


def test_nothing_is_added_up_where_an_amount_cannot_be_read() -> None:
    rows = cost("≤30万元", "30万元", "设备费"), cost("≤20万元", "工5万元", "培训费"), cost("≤≤1", "1O万", "其他费")
    assert found(form(*rows, budget=[LINE], amount_unit="万元"), "PF765") == []


def test_a_cost_limit_beside_a_budget_that_was_left_at_zero() -> None:
    limit = cost("≤50万元", "50万元", "项目成本")
    below = {"label": "总额", "initial": "40", "budget": "40", "expenditure": "40"}
    empty = {"label": "总额", "initial": "0", "budget": "0", "expenditure": "0"}
    assert found(form(limit, budget=[below], amount_unit="万元"), "PF764") == [("PF764", "warning", 1)]
    assert found(form(limit, budget=[empty], amount_unit="万元"), "PF764") == []


@pytest.mark.parametrize(
    "rows",
    [
        [("≤1500元", "1450元/亩", "亩均补贴"), ("≤3500元", "3400元/台", "设备采购单价")],
        [("≤950元", "950元", "人均补助标准"), ("≤3500元", "3400元", "设备单价")],
        [("≤30万元", "30万元", "设备费"), ("≤22万元/公里", "21万元/公里", "道路造价")],
        [("≤8万元", "7.5万元", "单场赛事成本"), ("≤300元", "280元", "次均费用")],
    ],
)
def test_what_each_of_something_cost_is_no_part_of_a_sum(rows: list[tuple[str, str, str]]) -> None:
    one = form(*(cost(*cells) for cells in rows), budget=[LINE], amount_unit="万元")
    assert found(one, "PF765") == []


def test_more_than_was_spent_is_a_doubt_beside_what_each_cost() -> None:
    """One row may be a part of another one, and what is due may be paid later."""
    rows = cost("≤60万元", "30万元", "设备费"), cost("≤40万元", "25万元", "培训费"), cost("≤9元", "8元/本", "教材")
    assert found(form(*rows, budget=[LINE], amount_unit="万元"), "PF765") == [("PF765", "warning", None)]


@pytest.mark.parametrize("factor", ["", "0"])
def test_the_forms_of_two_projects_may_differ(factor: str) -> None:
    forms = [
        form(row(f"≥{number}人次", f"{number}人次", "培训人次"), title=title, organisation="某局")
        for title, number in (("甲", "50"), ("乙", f"60{factor}"), ("丙", "60"), ("丁", "60"))
    ]
    assert {finding.severity.value for finding in audit(forms, select=["PF760", "PF761", "PF762"])} == {"warning"}


def test_projects_may_have_money_that_is_not_the_departments() -> None:
    project = form(title="项目", organisation="某局", budget=[LINE], amount_unit="万元")
    lines = [{"label": "项目支出", "budget": "40", "expenditure": "40"}]
    whole = form(title="部门", organisation="某局", kind="department", budget=lines, amount_unit="万元")
    assert [(one.code, one.severity.value) for one in audit([project, whole])] == [("PF763", "warning")]


def test_costs_one_of_which_looks_wrong_are_not_added_up() -> None:
    rows = cost("≤30万元", "29.5元", "设备费"), cost("≤20万元", "15万元", "培训费")
    one = form(*rows, budget=[LINE], amount_unit="万元")
    assert [code for code, _, _ in found(one, "PF758", "PF765")] == ["PF758"]
