"""Where nothing was done, nothing is achieved of what a target counts: 0, which is said; nothing else is taken as 0."""

from __future__ import annotations

from typing import Any

import pytest

import pfscore
from tests.auditing.making import form, found, row
from tests.tables import each

RULES = pfscore.load_ruleset("cn/project", on="2023-12-31")


def score(target: str, actual: str, **cells: Any) -> Any:
    return RULES.score(
        name="专题建设", path=("产出指标", "数量指标"), target=target, actual=actual, points="4", **cells
    )


@each(
    "actual",
    [
        *("未开展", "未实施", "未启动", "未建设", "尚未开工", "没有开展", "未能实施", "均未采购", "未组织开展该项工作"),
        *("因疫情未开展", "受疫情影响，未实施", "未开展（经费被收回）", "项目未开工。", "至今未启动"),
    ],
)
@each("target", ["≥12个", "12个", "≥3.5公里", "≥100万元"])
def test_nothing_done_is_none_of_a_number(target: str, actual: str) -> None:
    one = score(target, actual)
    assert (one.met, one.score, one.completion) == (False, 0, 0)
    assert [said.key for said in one.assumptions if said.key == "opposite"] == ["opposite"]
    assert "按完成 0 计" in one.explain()


@each(
    ("target", "actual"),
    [
        *(("≥12个", actual) for actual in ("未完成", "未全部实施", "未按期开工", "未开展验收", "部分未开展", "未达标")),
        *((target, "未开展") for target in ("≥90%", "≥90分", "≥2小时", "≤12个", "≥12", "建成", "12月底前")),
    ],
)
def test_what_may_be_done_in_part_or_is_no_amount_is_left_open(target: str, actual: str) -> None:
    one = score(target, actual)
    assert (one.met is not True, one.score) == (True, None)


def test_a_blank_is_no_answer() -> None:
    assert [score("≥12个", blank).score for blank in ("", "/", "不适用")] == [None] * 3


@pytest.mark.parametrize(("printed", "code"), [("2", "PF720"), ("4", "PF721")])
def test_points_for_what_was_not_done_are_wrong(printed: str, code: str) -> None:
    beside = row("≥10个", "9个", points="10", published_score="9", note="因故")
    one = row("≥12个", "未开展", points="4", published_score=printed, note="经费未到位")
    assert found(form(one, beside, ruleset="cn/project"), "PF720", "PF721") == [(code, "error", 1)]
    assert found(form({**one, "published_score": "0"}, beside, ruleset="cn/project"), "PF720", "PF721") == []
