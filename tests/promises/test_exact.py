"""Promise 1, exact: a score is the rule, rounded once; no float, no ambient context."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from pfscore.foundation.numbers import exact
from tests.promises.strategies import SICHUAN, amounts, comparators, facts, naive, points


class TestExact:
    @given(comparators, amounts, amounts, points)
    def test_the_score_is_the_rule_rounded_once(self, comparator: str, target: str, actual: str, full: str) -> None:
        one = SICHUAN.score(target=target, comparator=comparator, unit="人", actual=actual, points=full)
        if comparator == "=" and exact(actual) > exact(target):
            # No published row shows what more than an equals sign asks for earns: a person must judge.
            assert facts(one) == {"outcome": "judgement", "score": None, "low": 0, "high": Decimal(full), "met": False}
        else:
            assert one.score == min(naive(comparator, target, actual, full), Decimal(full))

    @given(comparators, amounts, amounts, points)
    def test_the_ambient_decimal_context_changes_nothing(
        self, comparator: str, target: str, actual: str, full: str
    ) -> None:
        row = {"target": target, "comparator": comparator, "unit": "人", "actual": actual, "points": full}
        before = SICHUAN.score(**row)
        with localcontext() as context:
            context.prec = 2
            after = SICHUAN.score(**row)
            assert (after.score, after.low, after.completion) == (before.score, before.low, before.completion)

    @given(st.floats(allow_nan=False))
    def test_a_float_is_refused(self, value: float) -> None:
        one = SICHUAN.score(target="≥5人", actual=value, points="5")  # type: ignore[arg-type]
        assert (one.outcome, one.score, [found.code for found in one.diagnostics]) == ("refused", None, ["PF531"])

    @given(st.integers(1, 10**6), st.integers(1, 10**6), points)
    def test_scale_words_change_nothing(self, target: int, actual: int, full: str) -> None:
        plain = SICHUAN.score(target=f"≥{target * 10000}元", actual=f"{actual * 10000}元", points=full)
        scaled = SICHUAN.score(target=f"≥{target}万元", actual=f"{actual}万元", points=full)
        assert (plain.score, plain.completion) == (scaled.score, scaled.completion)
