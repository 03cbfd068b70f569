"""Numbers that a form or a person gives about a row: what is none is refused, never read as something else."""

from __future__ import annotations

from typing import Any

import pytest

import pfscore
from tests.tables import each

RULES = pfscore.load_ruleset("cn/project", on="2023-12-31")
MET: dict[str, Any] = {"target": "≥5人", "actual": "5人", "name": "培训人数", "path": ("产出指标", "数量指标")}


@each("points", ["10/10", "9/10", "1 0", "1\u30000", "1O", "l0", "10,0", "1.0E1", "10%", "10(满分)", "十"])
def test_points_that_are_no_number_are_refused(points: str) -> None:
    one = RULES.score(**MET, points=points)
    assert (one.outcome, one.low, one.codes) == ("refused", None, ("PF510",))


@pytest.mark.parametrize("points", ["10", "10分", "10.0", "１０", " 10 "])
def test_points_as_forms_write_them(points: str) -> None:
    assert RULES.score(**MET, points=points).score == 10


def test_a_fraction_may_be_a_score_of_points() -> None:
    [problem] = RULES.score(**MET, points="9/10").diagnostics
    assert problem.message.zh == "分值“9/10”是分数式，不是分"
    assert problem.hint is not None
    assert problem.hint.zh == "写分数：9 分写 9"
