"""Forms of one body beside each other, and cost rows beside the budget."""

from __future__ import annotations

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
