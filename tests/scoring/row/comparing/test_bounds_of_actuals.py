"""An actual that only says on which side of a number it lies: what is certain is said, the rest is a range."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pfscore

RULES = pfscore.load_ruleset("cn/project", on="2024-12-31")
BELOW = ("未达到{}", "低于{}", "不足{}", "小于{}", "＜{}")
ABOVE = ("超过{}", "高于{}", "大于{}", "＞{}")


@given(st.sampled_from(BELOW), st.integers(1, 99), st.integers(0, 20))
def test_what_is_below_a_floor_is_missed_and_open(word: str, target: int, under: int) -> None:
    one = RULES.score(target=f"≥{target}%", actual=word.format(f"{max(1, target - under)}%"), points="10")
    assert one.met is False
    assert one.outcome.value == "refused" or (one.low, one.score, bool(one.diagnostics)) == (Decimal(0), None, True)


@given(st.sampled_from(ABOVE), st.integers(1, 99), st.integers(0, 20))
def test_what_is_above_a_ceiling_is_missed_and_open(word: str, target: int, over: int) -> None:
    one = RULES.score(target=f"≤{target}吨", actual=word.format(f"{target + over}吨"), points="10")
    assert one.met is False
    assert (one.low, one.score, bool(one.diagnostics)) == (Decimal(0), None, True)


@pytest.mark.parametrize(
    ("target", "actual", "met", "low", "high"),
    [
        ("≤8000吨", "8000吨以上", None, 0, 10),  # 8000 itself meets
        ("≥95%", "≤98%", None, 0, 10),
        ("≥95%", "≥95%", True, 10, 10),
        ("≥95%", ">95%", True, 10, 10),
        ("≤5%", "低于5%", True, 10, 10),
        ("≥3000", "约3400", True, 10, 10),
        ("≥90%", "接近90%", None, 0, 10),
    ],
)
def test_sides(target: str, actual: str, met: bool | None, low: int, high: int) -> None:
    one = RULES.score(target=target, actual=actual, points="10")
    assert (one.met, one.low, one.high) == (met, low, high)
    assert one.score is not None or one.diagnostics
