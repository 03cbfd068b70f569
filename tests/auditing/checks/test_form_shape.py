"""Blocks and their points, repeated rows, printed figures that are no numbers."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from tests.auditing.making import Cells, form, found, row

RULES = {"ruleset": "cn-sc/project"}
POINTS = {"产出指标": 40, "效益指标": 20, "满意度指标": 10, "成本指标": 20}


def blocks(**changed: str | None) -> list[Cells]:
    """Return one met row for each block of the ruleset, with its points."""
    points = {block: str(number) for block, number in POINTS.items()} | changed
    return [
        row("优", "优", f"{block}一项", path=[block], points=number, published_score=number)
        for block, number in points.items()
    ]


def with_budget(*rows: Cells, **cells: str | None) -> Form:
    line = {"label": "总额", "budget": "5", "expenditure": "5", "points": "10", "published_score": "10"}
    return form(*rows, budget=[line | cells], **RULES)


def test_blocks_with_other_points_and_blocks_that_are_missing() -> None:
    assert found(with_budget(*blocks()), "PF770", "PF771") == []
    assert found(with_budget(*blocks(产出指标="30")), "PF770", "PF771") == [("PF770", "warning", None)]
    assert found(with_budget(*blocks()[1:]), "PF770", "PF771") == [("PF771", "warning", None)]


def test_a_block_whose_rows_carry_no_points_is_not_missing() -> None:
    assert found(with_budget(*blocks(产出指标=None)), "PF770", "PF771") == []
    half = row("优", "优", "另一项", path=["产出指标"])
    assert found(with_budget(*blocks(产出指标="30"), half), "PF770", "PF771") == []


def test_rows_without_a_first_level_belong_to_an_unknown_block() -> None:
    nowhere = [{**one, "path": []} for one in blocks()]
    assert found(with_budget(*nowhere), "PF770", "PF771") == []
    assert found(with_budget(*blocks()[:2], {**blocks()[2], "path": []}), "PF770", "PF771") == []


def test_a_budget_line_without_points_is_no_missing_block() -> None:
    assert found(with_budget(*blocks(), points=None, published_score=None), "PF770", "PF771") == []


def test_a_repeated_indicator() -> None:
    assert found(form(row("≥5人", "5人"), row("≥5人", "5人")), "PF772") == [("PF772", "warning", 2)]
    moved = row("≥5人", "5人", path=["效益指标"])
    assert found(form(row("≥5人", "5人"), moved), "PF772") == [("PF772", "warning", 2)]
    assert found(form(row("有效", "有效"), row("有效实现", "有效")), "PF772") == [("PF772", "warning", 2)]


def test_one_name_with_two_targets_is_two_indicators() -> None:
    assert found(form(row("≥5人", "5人"), row("≥8人", "8人")), "PF772") == []
    assert found(form(row("≥5人", "5人"), row("5", "5", unit="人")), "PF772") == []
    assert found(form(row("有效", "有效"), row("健全", "健全")), "PF772") == []


def test_points_that_were_typed_into_the_value_columns() -> None:
    old = row("12.5", "12.5", "修缮面积", points="12.5", published_score="12.5")
    assert found(form(old), "PF759") == [("PF759", "warning", 1)]
    rows = [row(points, points, name, points=points) for name, points in (("甲", "10"), ("乙", "20"))]
    assert found(form(*rows), "PF759") == [("PF759", "warning", 1)]


def test_a_number_that_happens_to_be_the_points() -> None:
    assert found(form(row("10", "10", points="10"), row("≥20人", "20人", "乙", points="20")), "PF759") == []


def test_the_points_of_a_block_are_found_at_its_first_row() -> None:
    names = ("产出指标", "效益指标", "满意度指标")
    rows = [row("≥1个", "1个", f"{name}一", path=[name], points="4") for name in names]
    for number, one in enumerate(rows):
        one["places"] = {"path": f"表!A{number + 8}", "name": f"表!B{number + 8}"}
    found_places = {one.name: one.place for one in audit(form(*rows, ruleset="cn/project"), select=["PF770"])}
    assert found_places == {"产出指标、效益指标、满意度指标": "表!A8"}


@pytest.mark.parametrize("score", ["10/10", "9/10", "1 0", "1O", "10%", "10,0", "十"])
def test_a_score_that_is_no_number_is_not_read_as_one(score: str) -> None:
    rows = [row("优", "优", points="10", published_score=one) for one in (score, "10")]
    assert found(form(*rows, published_total="20"), "PF708", "PF720", "PF722", "PF724", "PF773") == [
        ("PF773", "warning", 1)
    ]


@pytest.mark.parametrize("total", ["98/100", "9 8", "98%"])
def test_a_total_that_is_no_number_is_not_read_as_one(total: str) -> None:
    one = row("优", "优", points="100", published_score="100")
    assert found(form(one, published_total=total), "PF708", "PF709", "PF773") == [("PF773", "warning", None)]


def test_two_targets_that_cannot_be_read_are_one_where_they_are_written_alike() -> None:
    codes = [
        found(form(row(first, "5人"), row(second, "5人")), "PF772")
        for first, second in (("≥**人", "≥**人"), ("≥**人", "≥*人"), ("≥**人", "≥5人"))
    ]
    assert [len(one) for one in codes] == [1, 0, 0]


def test_blocks_with_other_points_are_one_finding() -> None:
    rows = [*blocks(产出指标="30", 效益指标="25"), row("优", "优", "另一项", path=["其他"], points="5")]
    [one] = audit(with_budget(*rows), select=["PF770"])
    assert (one.name, one.published, one.computed) == ("产出指标、效益指标、其他", "30、25、5", "40、20、0")
    assert (
        one.message.zh
        == "“产出指标”共 30 分，规则集规定 40 分，“效益指标”共 25 分，规则集规定 20 分，“其他”共 5 分，规则集没有这一项"
    )


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_the_ruleset_for_cost_blocks_knows_them(year: int) -> None:
    blocks = ("产出指标", "40"), ("效益指标", "20"), ("满意度指标", "10"), ("成本指标", "20")
    rows = [row("≥5个", "5个", f"{name}一", path=[name], points=points) for name, points in blocks]
    line = {"label": "总额", "budget": "5", "expenditure": "5", "points": "10"}
    one = form(*rows, budget=[line], ruleset="cn/project-cost").model_copy(update={"year": year})
    assert found(one, "PF770", "PF771", "PF707") == []
    other = one.model_copy(update={"ruleset": "cn/project"})
    [finding] = audit(other, select=["PF770"])
    assert "“成本指标”共 20 分，规则集没有这一项" in finding.message.zh
