"""`score_many` gives for every row what `score` gives: its quick path and the engine are one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from pfscore.foundation.numbers import decimal_text, exact
from pfscore.rulesets.load import builtin_ids
from pfscore.scoring.many_rows import QuickScore
from tests.forms.strategies import actuals, targets
from tests.house.tree import ROOT

LOADED = {
    **{name: pfscore.load_ruleset(name, on="2024-12-31") for name in builtin_ids()},
    "odd": pfscore.load_ruleset(ROOT / "tests" / "bad" / "forms" / "rulesets" / "odd.yaml", on="2024-12-31"),
}
#: Few different numbers, so that targets repeat, actuals lie at the edges, and rounding has ties.
numbers = st.sampled_from(["0", "1", "2", "3", "7", "8", "10", "59.22", "60", "80", "100", "0.05", "-1"])
units = st.sampled_from(["", "人", "%", "万元", "亿元"])
plain = st.fixed_dictionaries(
    {
        "target": st.one_of(
            st.builds("{}{}{}".format, st.sampled_from(["", "≥", "≤", "=", ">", "<"]), numbers, units), targets
        ),
        "actual": st.one_of(st.builds("{}{}".format, numbers, units), actuals, st.just("")),
        "points": st.sampled_from(["1", "2.5", "3", "7", "10", "0", "4.125", "", "10分", "10%", "-1", "x"]),
    },
    optional={
        "name": st.sampled_from(["人数", "除以零", "超出分值", "除不尽", "甲方案", "固定分值", "按名次", ""]),
        "path": st.sampled_from([(), ["产出指标", "数量指标"], ("成本指标",), ("满意度指标", "满意度")]),
        "comparator": st.sampled_from(["≥", "≤", "=", "定性", "", None]),
        "unit": st.sampled_from(["人", "万人", "%", "", None]),
    },
)
odd = st.fixed_dictionaries(
    {"target": targets, "actual": actuals},
    optional={
        "points": st.sampled_from([10, Decimal("2.50"), Fraction(1, 4), None]),
        "decision": st.sampled_from(["1", "5"]),
        "share": st.sampled_from(["85%", "50%"]),
        "rank": st.just("2"),
        "thresholds": st.just({"优": "90%", "良": "60%"}),
        "targets": st.just({"full_year": "≥5人"}),
        "note": st.just("说明"),
    },
).map(lambda cells: {key: cell for key, cell in cells.items() if key != "target" or "targets" not in cells})


def everything(one: pfscore.IndicatorScore) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "score": one.score,
        "low": one.low,
        "high": one.high,
        "points": one.points,
        "met": one.met,
        "completion": one.completion,
        "deviation_rate": one.deviation_rate,
        "rule": one.rule,
        "cite": one.cite,
        "name": one.name,
        "row": one.row,
        "assumptions": one.assumptions,
        "diagnostics": one.diagnostics,
        "trace": one.trace,
        "explained": (one.explain(), one.explain("en")),
        "json": one.as_json(),
        "shown": repr(one).partition(" ")[2],
    }


@pytest.mark.parametrize("name", sorted(LOADED))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.one_of(plain, plain, plain, odd), min_size=1, max_size=8))
def test_each_row_as_if_alone(name: str, rows: list[dict[str, Any]]) -> None:
    rules = LOADED[name]
    found = list(rules.score_many(rows))
    alone = [rules.score(**row) for row in rows]
    assert [everything(one) for one in found] == [everything(one) for one in alone]
    assert found == alone
    assert [hash(one) for one in found] == [hash(one) for one in alone]


def test_plain_rows_take_the_quick_path() -> None:
    """Else the test above compares the engine with itself."""
    row = {"target": "≥26万人", "actual": "13万人", "points": "10", "path": ["产出指标"], "name": "人数"}
    [found] = LOADED["cn-sc/project"].score_many([row])
    assert (type(found), found.score) == (QuickScore, 5)


def test_every_hundredth_of_every_weight() -> None:
    """The score of a ratio is the points times it, rounded once, half up; nothing of it is lost on the quick path."""
    weights = [exact(quarters) / 4 for quarters in (1, 3, 10, 25, 40, 80)]
    rates = range(0, 10_001, 7)
    rows = [
        {
            "target": "100%",
            "comparator": "≥",
            "actual": f"{decimal_text(exact(rate) / 100)}%",
            "points": decimal_text(weight),
        }
        for weight in weights
        for rate in rates
    ]
    expected = [
        Decimal(decimal_text(Fraction(int(weight * rate / 100 * 100 + Fraction(1, 2)) // 1, 100)))
        for weight in weights
        for rate in (exact(rate) / 100 for rate in rates)
    ]
    limits = [weight for weight in weights for _ in rates]
    scores = [one.score for one in LOADED["cn-sc/project"].score_many(rows)]
    assert scores == [min(score, Decimal(decimal_text(limit))) for score, limit in zip(expected, limits, strict=True)]


def test_order_is_kept_and_nothing_is_read_ahead() -> None:
    taken = []

    def rows() -> Any:
        for number in range(5):
            taken.append(number)
            yield {"target": "≥10人", "actual": f"{number}人", "points": "10"}

    stream = LOADED["cn-sc/project"].score_many(rows())
    assert [next(stream).score, next(stream).score, taken] == [0, 1, [0, 1]]
    assert [one.score for one in stream] == [2, 3, 4]
