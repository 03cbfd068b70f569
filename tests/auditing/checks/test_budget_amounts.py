"""Rates and deviations that amounts do not give, and amounts that cannot be right."""

from __future__ import annotations

import pytest

import pfscore
from tests.auditing.making import form, found, row
from tests.tables import each


@pytest.mark.parametrize(("printed", "severity"), [("99%", "warning"), ("99.98%", "warning"), ("98%", "error")])
def test_a_rate_that_was_cut_off_is_a_doubt(printed: str, severity: str) -> None:
    """19997 ÷ 20000 is 99.985 %."""
    line = {"label": "总额", "budget": "20000", "expenditure": "19997", "published_rate": printed}
    assert found(form(budget=[line]), "PF701") == [("PF701", severity, None)]


def test_a_deviation_that_was_cut_off_is_a_doubt() -> None:
    one = row("≥300人", "298人", published_deviation="-0.66%", note="因故")
    assert found(form(one), "PF703") == [("PF703", "warning", 1)]
    assert found(form({**one, "published_deviation": "-0.6%"}), "PF703") == [("PF703", "warning", 1)]
    assert found(form({**one, "published_deviation": "-0.69%"}), "PF703") == [("PF703", "error", 1)]


@pytest.mark.parametrize(
    ("actual", "printed", "severity"),
    [
        ("330人", "0%", "warning"),
        ("270人", "10%", "warning"),
        ("270人", "90%", "warning"),
        ("270人", "-30", "warning"),
        ("270人", "-7%", "error"),
        ("270人", "0%", "error"),
    ],
)
def test_a_deviation_in_another_sense_of_the_word_is_a_doubt(actual: str, printed: str, severity: str) -> None:
    one = row("≥300人", actual, published_deviation=printed, note="因故")
    assert found(form(one), "PF703") == [("PF703", severity, 1)]


@pytest.mark.parametrize(
    ("spent", "printed", "severities"),
    [
        ("57", "0.57", []),
        ("0.57", "0.57", []),
        ("57", "57", []),
        ("105.6", "100%", ["warning"]),
        ("105.6", "95%", ["error"]),
    ],
)
def test_a_rate_without_its_sign_or_up_to_its_limit(spent: str, printed: str, severities: list[str]) -> None:
    one = form(budget=[line(budget="100", expenditure=spent, published_rate=printed)])
    assert [severity for _, severity, _ in found(one, "PF701")] == severities


@pytest.mark.parametrize(("carried", "findings"), [("20", []), ("30", [("PF705", "error", None)])])
def test_money_carried_over_may_be_in_the_budget_beside_the_adjustment(
    carried: str, findings: list[tuple[str, str, int | None]]
) -> None:
    whole = line(initial="100", adjustment="10", budget="130")
    assert found(form(budget=[whole, {"label": "上年结转资金", "budget": carried}]), "PF705") == findings


def test_spending_without_a_budget_is_a_doubt_as_spending_above_it_is() -> None:
    assert found(form(budget=[line(budget="0", expenditure="20")])) == [("PF717", "warning", None)]


@pytest.mark.parametrize(
    ("parts", "severities"),
    [
        ([("其中：财政拨款", "80")], ["warning"]),
        ([("其中：财政拨款", "80"), ("其他资金", None)], ["warning"]),
        ([("其中：财政拨款", "80"), ("其他资金", "10")], ["error"]),
        ([("其中：财政拨款", "80"), ("其他资金", "30")], ["error"]),
        ([("其中：财政拨款", "120")], ["error"]),
        ([("财政资金", "100"), ("其中：财政拨款", "90"), ("上年结转", "10")], []),
        ([("财政资金", "100"), ("其中：财政拨款", "90"), ("上年结转", "20")], ["error"]),
        ([("财政拨款", "100"), ("其他资金", "100")], ["error"]),
        ([("财政拨款", "60"), ("自筹资金", "40")], []),
    ],
)
def test_parts_that_are_not_all_listed_or_parts_of_parts(
    parts: list[tuple[str, str | None]], severities: list[str]
) -> None:
    lines = [{"label": name, "budget": amount} for name, amount in (("年度资金总额", "100"), *parts)]
    assert [severity for _, severity, _ in found(form(budget=lines), "PF706")] == severities


_SPENT = (("年度资金总额", "150", "174", "174"), ("其中：中央资金", "90", "90", "90"))


@each(
    ("parts", "columns"),
    [
        # all the budget is in the parts, so all that was spent is
        ([("省级资金", "40", "44", "44"), ("市县资金", "20", "40", "38")], "执行数"),
        ([("彩票公益金", "60", "84", "82")], "执行数"),
        ([("省级资金", "40", "44", "44"), ("市县资金", "10", "40", "40")], "年初预算数"),
        # all that was planned first and all that was spent
        ([("省级资金", "40", "44", "44"), ("市县资金", "20", "42", "40")], "全年预算数"),
        ([("省级资金", "40", "44", "44"), ("市县资金", "20", "40", "40")], None),
        # a part has parts of its own
        ([("地方资金", "60", "84", "82"), ("省级资金", "40", "44", "44"), ("市县资金", "20", "40", "38")], "执行数"),
        ([("地方资金", "60", "84", "84"), ("省级资金", "40", "44", "44"), ("市县资金", "20", "40", "38")], "执行数"),
        # a part is not listed
        ([("省级资金", "40", "44", "44"), ("市县资金", "10", "20", "18")], None),
        ([("省级资金", "40", "44", "44"), ("市县资金", "20", "20", "18")], None),
        # nothing shows that the blank one is all the rest
        ([("省级资金", "40", "44", "44"), ("市县资金", "20", None, "18")], None),
    ],
)
@each("ruleset", [None, "cn/project"])
def test_parts_of_any_name_that_have_all_the_budget_have_all_that_was_spent(
    parts: list[tuple[str, ...]], columns: str | None, ruleset: str | None
) -> None:
    keys = ("label", "initial", "budget", "expenditure")
    one = form(budget=[dict(zip(keys, cells, strict=True)) for cells in (*_SPENT, *parts)], ruleset=ruleset)
    said = [(finding.severity.value, finding.message.zh) for finding in pfscore.audit(one, select=["PF706"])]
    assert [(severity, message.partition(" ")[0]) for severity, message in said] == (
        [] if columns is None else [("error", columns)]
    )


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("项目预算执行率为80%", "error"),
        ("截至2023年12月31日，本单位全年资金执行率80%", "error"),
        ("其中中央资金执行率为80%", "warning"),
        ("设备购置子项目执行率80%", "warning"),
    ],
)
def test_the_text_may_be_about_a_part_of_the_money(text: str, severity: str) -> None:
    one = form(budget=[line(budget="100", expenditure="95")], goal_result=text)
    assert found(one, "PF716") == [("PF716", severity, None)]


@pytest.mark.parametrize(("actual", "severity"), [("95%", "warning"), ("90%", "error")])
def test_a_rate_that_an_indicator_states_may_be_on_the_initial_budget(actual: str, severity: str) -> None:
    budget = [line(initial="100", budget="120", expenditure="95")]
    one = form(row("≥90%", actual, "预算执行率"), budget=budget)
    assert found(one, "PF715") == [("PF715", severity, 1)]


def line(**cells: str) -> dict[str, str]:
    return {"label": "总额", **cells}


def test_more_spent_than_budgeted() -> None:
    assert found(form(budget=[line(budget="100", expenditure="120")]), "PF718") == [("PF718", "warning", None)]
    assert found(form(budget=[line(budget="100", expenditure="100")]), "PF718") == []


@pytest.mark.parametrize("column", ["initial", "budget", "expenditure"])
def test_a_negative_amount(column: str) -> None:
    assert found(form(budget=[line(**{column: "-5"})]), "PF746") == [("PF746", "error", None)]


def test_an_adjustment_may_be_negative() -> None:
    assert found(form(budget=[line(initial="10", adjustment="-5", budget="5")])) == []


def test_a_negative_number_of_things() -> None:
    assert found(form(row("≥5人", "-5人", "培训人数", note="因故")), "PF746") == [("PF746", "error", 1)]
    assert found(form(row("≥5万元", "-5万元", "收入增长额", note="因故")), "PF746") == []
    assert found(form(row("≥5%", "-5%", note="因故")), "PF746") == []


@pytest.mark.parametrize(
    "cells",
    [
        {"initial": "348", "budget": "3480000"},
        {"initial": "3480000", "budget": "348"},
        {"budget": "348", "expenditure": "3360600"},
    ],
)
def test_an_amount_in_another_unit_than_its_neighbour(cells: dict[str, str]) -> None:
    assert found(form(budget=[line(**cells)])) == [("PF758", "warning", None)]


def test_an_amount_that_is_small_but_spent() -> None:
    assert found(form(budget=[line(budget="3480000", expenditure="348")]), "PF758") == []


def test_a_result_in_another_unit_than_its_target() -> None:
    assert found(form(row("≥5万元", "52000万元", "补助金额")), "PF758", "PF741") == [("PF758", "warning", 1)]
    assert found(form(row("≥5万元", "52000元", "补助金额")), "PF758") == []


@pytest.mark.parametrize(
    ("spent", "score", "code"),
    [
        ("100 / 120", "10", "PF718"),
        ("100 / 950000 (万元)", "10", "PF758"),
    ],
)
def test_reported_lines(spent: str, score: str, code: str) -> None:
    """Budget and expenditure as in reports: all points, and a finding."""
    budget, _, expenditure = spent.removesuffix(" (万元)").partition(" / ")
    cells = line(budget=budget, expenditure=expenditure, points="10", published_score="10")
    one = form(budget=[cells], amount_unit="万元", ruleset="cn/project")
    sheet = pfscore.load_ruleset("cn/project").score_form(one)
    assert str(sheet.budget[0].score) == score
    assert [found_code for found_code, severity, _ in found(one, "PF718", "PF758") if severity != "note"] == [code]


def test_negative_amounts_of_a_line_are_one_finding_that_names_the_columns() -> None:
    [one] = pfscore.audit(form(budget=[line(initial="-20", budget="-20", expenditure="-20")]), select=["PF746"])
    assert one.message.zh == "年初预算数、全年预算数、执行数“-20”是负数，这里不会小于零"


PARTS = [
    {"label": "年度资金总额", "budget": "680.00", "expenditure": "612.00", "published_rate": "90.00%"},
    {"label": "其中：当年财政拨款", "budget": "680.00", "expenditure": "6120000.00", "published_rate": "90.00%"},
    {"label": "其他资金", "budget": "0.00", "expenditure": "0.00"},
]


def test_an_amount_in_the_wrong_unit_is_one_finding_with_what_follows_from_it() -> None:
    [one] = pfscore.audit(form(budget=PARTS))
    assert (one.code, one.severity.value, one.name) == ("PF758", "error", "其中：当年财政拨款")
    assert one.message.zh.endswith("除以 10000 是 612，执行率就正是印的 90.00%，分项与合计也就相符")


@pytest.mark.parametrize(
    ("cells", "severity"),
    [
        ({"budget": "680", "expenditure": "612000", "published_rate": "90%"}, "error"),
        ({"budget": "6800000", "expenditure": "612", "published_rate": "90%"}, "error"),
        ({"budget": "680", "expenditure": "6120000", "published_rate": "85%"}, "warning"),
    ],
)
def test_the_rate_of_an_amount_in_the_wrong_unit_is_no_error_of_its_own(cells: dict[str, str], severity: str) -> None:
    scored = {"points": "10", "published_score": "9"}
    assert found(form(budget=[line(**cells)]), "PF701", "PF758", "PF718") == [("PF758", severity, None)]
    one = form(budget=[line(**cells, **scored)], ruleset="cn/project")
    assert found(one, "PF701", "PF702", "PF709", "PF758")[:1] == [("PF758", severity, None)]


@pytest.mark.parametrize(
    ("spent", "note", "severity"),
    [("95", None, "note"), ("90", None, "note"), ("80", None, "warning"), ("80", "年中调整预算", "note")],
)
def test_a_budget_that_is_what_was_spent(spent: str, note: str | None, severity: str) -> None:
    cells = {"label": "总额", "initial": "100", "budget": spent, "expenditure": spent, "note": note}
    assert found(form(budget=[cells]), "PF712") == [("PF712", severity, None)]


def test_one_wrong_sum_in_several_columns_is_one_finding() -> None:
    amounts = (("年度资金总额", "980"), ("其中：财政拨款", "900"), ("其他资金", "60"))
    lines = [{"label": name, "initial": amount, "budget": amount, "expenditure": amount} for name, amount in amounts]
    [finding] = pfscore.audit(form(budget=lines), select=["PF706"])
    assert finding.message.zh == "年初预算数、全年预算数、执行数 980，2 个分项之和是 960，差 20"
    lines[0]["expenditure"] = "970"
    assert len(pfscore.audit(form(budget=lines), select=["PF706"])) == 2


def test_budget_lines_stand_in_the_order_of_the_form() -> None:
    lines = [
        {"label": "总额", "budget": "100", "expenditure": "95", "published_rate": "90%"},
        {"label": "地方资金", "budget": "50", "expenditure": "45", "published_rate": "80%"},
        {"label": "中央资金", "budget": "50", "expenditure": "50", "published_rate": "90%"},
    ]
    assert [one.name for one in pfscore.audit(form(budget=lines), select=["PF701"])] == ["总额", "地方资金", "中央资金"]


def test_a_rate_that_was_made_a_percentage_twice_says_so() -> None:
    printed = line(budget="1050", expenditure="1029") | {"published_rate": "9800.00%"}
    [finding] = pfscore.audit(form(budget=[printed]), select=["PF701"])
    assert finding.cause is not None
    assert finding.cause.zh == "像是把百分数又乘了 100 得的（9800%）"
