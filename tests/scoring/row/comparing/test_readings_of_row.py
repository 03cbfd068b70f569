"""A scale word is no unit, and a number that borrows a unit has one reading or none."""

from __future__ import annotations

import sys

import pytest

import pfscore
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.rules import Rules
from tests.tables import each

#: Target, actual, and whether it is met; `None` where the row says that two scales are possible.
ROWS = [
    ("≥5万", "6万", True),
    ("≥5万", "60000", True),
    ("≥5万", "40000", False),
    ("≥5万", "4", False),
    ("≥1.2亿", "1.5亿", True),
    ("≥5千", "6千", True),
    ("≥5千", "6000", True),
    ("≥2万人", "25000", True),
    ("≥2万人", "2.5", True),
    ("≥2万人", "15000", False),
    ("≥2万人", "1.5", False),
    ("≥95%", "98", True),
    ("≥95%", "90", False),
    ("≥95%", "0.98", None),
    ("≥95%", "1", None),
    ("≥95%", "0", False),
    ("≤0.3‰", "0.05", True),
    ("≥20000", "2.5万人", True),
    ("≥2", "2.5万人", True),
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


@each(("target", "actual", "met"), ROWS)
def test_a_scale_that_is_borrowed(rules: Rules, target: str, actual: str, met: bool | None) -> None:
    row = {"target": target, "actual": actual, "points": "10", "name": "数量"}
    one = rules.score(target=target, actual=actual, points="10", name="数量")
    assert one.met is met
    assert (one.outcome is Outcome.REFUSED) == (met is None)
    assert [(many.met, many.score, many.outcome) for many in rules.score_many([row] * 3)] == [
        (one.met, one.score, one.outcome)
    ] * 3


def test_frames_do_not_take_one_scale_for_another(rules: Rules) -> None:
    """Rows of one shape need not borrow the same scale."""
    actuals = ["2.5", "25000", "1.5", "15000"] * 2
    rows = [{"target": "≥2万人", "actual": actual, "points": "10", "name": "数量"} for actual in actuals]
    assert [one.met for one in rules.score_many(rows)] == [True, True, False, False] * 2


def test_the_audit_asks_where_two_scales_are_possible(rules: Rules) -> None:
    form = pfscore.Form(
        year=2024,
        ruleset="cn/project",
        indicators=(pfscore.Indicator(name="合格率", target="≥95%", actual="0.98", points="10", published_score="10"),),
    )
    codes = {found.code for found in pfscore.audit(form, ruleset=rules)}
    assert "PF755" in codes
    assert "PF721" not in codes


def test_budget_cells_are_read_alike_in_score_and_audit(rules: Rules) -> None:
    line = pfscore.BudgetLine(
        label="年度资金总额", budget="1,234.50万元", expenditure="1,234.50", points="10", published_rate="100%"
    )
    form = pfscore.Form(year=2024, ruleset="cn/project", budget=(line,))
    assert [one.code for one in rules.score_form(form).budget[0].diagnostics] == ["PF515"]
    assert {found.code for found in pfscore.audit(form, ruleset=rules)}.isdisjoint({"PF701", "PF758"})


#: Digits that no number is written with: ①, ², 𐩀.
DIGITS = [one for one in map(chr, range(sys.maxunicode + 1)) if one.isdigit() and not one.isdecimal()]
CELLS = [
    ("完成时间", "≤2024年", "4565{}"),
    ("完成时间", "2024年{}月底前", "202{}年1{}月"),
    ("系统值守", "7×{}小时", "7×2{}小时"),
    ("排名", "前{}名", "第{}名"),
    ("任务", "{}.完成5人\n2.完成7人", "({})5人；（2）8人"),
    ("培训人数", "≥{}人", "1{}余人"),
    ("比例", "1:{}", "10:1{}"),
]


@pytest.mark.parametrize(("name", "target", "actual"), CELLS)
def test_digits_that_are_no_decimals(rules: Rules, name: str, target: str, actual: str) -> None:
    """Each cell has a seventh of them."""
    for digit in DIGITS[CELLS.index((name, target, actual)) :: len(CELLS)]:
        cells = [(target, actual.format(*digit * 2)), (target.format(digit), actual.format(*digit * 2))]
        for one, other in cells:
            rules.score(name=name, target=one.replace("{}", "5"), actual=other, points="10")
