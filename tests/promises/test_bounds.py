"""What follows from the promises for every row: 0 ≤ low ≤ score ≤ high ≤ points, and sums are sums."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import pfscore
from pfscore.foundation.numbers import exact
from tests.promises.strategies import SICHUAN, amounts, answers, cells, points


class TestBounds:
    @given(cells, answers, points)
    def test_zero_low_score_high_points(self, target: str, actual: str, full: str) -> None:
        one = SICHUAN.score(target=target, actual=actual, points=full)
        if one.outcome == "not_applicable":
            assert one.score is None
            return
        assert one.low is not None and one.high is not None and one.points is not None
        assert 0 <= one.low <= one.high <= one.points
        assert one.score is None if one.low != one.high else one.score == one.low

    @given(st.sampled_from(["≥", "≤"]), amounts, amounts, amounts, points)
    def test_a_better_actual_never_scores_less(
        self, comparator: str, target: str, one: str, other: str, full: str
    ) -> None:
        worse, better = sorted((one, other), key=exact, reverse=comparator == "≤")
        scores = [
            SICHUAN.score(target=target, comparator=comparator, unit="人", actual=actual, points=full).score
            for actual in (worse, better)
        ]
        assert scores[0] is not None and scores[1] is not None and scores[0] <= scores[1]

    @given(st.lists(st.tuples(cells, answers, points), max_size=6))
    def test_totals_are_the_sum_of_their_parts(self, rows: list[tuple[str, str, str]]) -> None:
        form = pfscore.Form(
            year=2023,
            indicators=tuple(
                pfscore.Indicator(name=str(n), target=t, actual=a, points=p) for n, (t, a, p) in enumerate(rows)
            ),
        )
        sheet = SICHUAN.score_form(form)
        counted = [one for one in sheet.indicators if one.outcome != "not_applicable"]
        if sheet.low is None:
            assert not counted
            return
        assert sheet.low == sum((one.low or 0 for one in counted), start=Decimal(0))
        assert sheet.high == sum((one.high or 0 for one in counted), start=Decimal(0))
