"""DESIGN promises as properties: one class for each."""

from __future__ import annotations

import json
import pickle
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pfscore
from pfscore.formulas.evaluation.trace import Step
from pfscore.foundation.numbers import decimal_text, exact

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
HUNAN = pfscore.load_ruleset("cn-hn/project", on="2023-12-31")

#: Decimal text as officials write it: up to six digits before and two behind the point.
amounts = st.integers(1, 10**8).map(lambda cents: decimal_text(Fraction(cents, 100)))
points = st.integers(1, 400).map(lambda quarters: decimal_text(Fraction(quarters, 4)))
comparators = st.sampled_from(["≥", "≤", "="])
cells = st.one_of(
    st.builds(
        lambda op, number, unit: f"{op}{number}{unit}", comparators, amounts, st.sampled_from(["", "人", "%", "万元"])
    ),
    st.sampled_from(
        ["优", "有效", "即时办理", "不适用", "", "控制在60%到80%的区间", "90%左右", "12月底前", "290$", "≥", "≥0人"]
    ),
)
answers = st.one_of(
    st.builds(lambda number, unit: f"{number}{unit}", amounts, st.sampled_from(["", "人", "%", "万元"])),
    st.sampled_from(["优", "有效", "100%", "不适用", "", "≥95%", "11月", "完成", "-3%", "工5%"]),
)


def facts(one: pfscore.IndicatorScore) -> dict[str, object]:
    """What a row came to, for comparing at one glance."""
    return {"outcome": one.outcome.value, "score": one.score, "low": one.low, "high": one.high, "met": one.met}


def naive(comparator: str, target: str, actual: str, full: str) -> Decimal:
    """A second opinion in a few lines of decimal arithmetic, for positive targets under the Sichuan ruleset."""
    with localcontext() as context:
        context.prec = 60
        t, a, w = Decimal(target), Decimal(actual), Decimal(full)
        lower = Decimal(1) if a <= t else t / a
        share = lower if comparator == "≤" else min(Decimal(1), a / t)
        return (w * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


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

    @given(st.floats(allow_nan=True))
    def test_a_float_is_refused(self, value: float) -> None:
        one = SICHUAN.score(target="≥5人", actual=value, points="5")  # type: ignore[arg-type]
        assert (one.outcome, one.score, [found.code for found in one.diagnostics]) == ("refused", None, ["PF531"])

    @given(st.integers(1, 10**6), st.integers(1, 10**6), points)
    def test_scale_words_change_nothing(self, target: int, actual: int, full: str) -> None:
        plain = SICHUAN.score(target=f"≥{target * 10000}元", actual=f"{actual * 10000}元", points=full)
        scaled = SICHUAN.score(target=f"≥{target}万元", actual=f"{actual}万元", points=full)
        assert (plain.score, plain.completion) == (scaled.score, scaled.completion)


class TestNoSilentGuess:
    @given(cells, answers, points)
    def test_what_is_assumed_is_said_and_allowed(self, target: str, actual: str, full: str) -> None:
        one = HUNAN.score(target=target, actual=actual, points=full)
        for assumption in one.assumptions:
            assert assumption.message.zh in one.explain()
            assert assumption.message.en in one.explain("en")

    @pytest.mark.parametrize("cell", ["290$", "工5%", "≥**人", "≥9O%", "≥≥5人", "=SUM(A1)", "<p>5</p>"])
    def test_damage_is_refused_never_repaired(self, cell: str) -> None:
        one = SICHUAN.score(target=cell, actual="5人", points="5")
        assert one.outcome == "refused"
        assert one.score is None
        assert one.diagnostics[0].code.startswith("PF3")


class TestBlankIsNotZero:
    @pytest.mark.parametrize("actual", [None, "", " ", "/", "—"])
    def test_missing(self, actual: str | None) -> None:
        one = SICHUAN.score(target="≥5人", actual=actual, points="5")
        assert facts(one) == {"outcome": "missing", "score": None, "low": 0, "high": 5, "met": None}

    def test_zero(self) -> None:
        one = SICHUAN.score(target="≥5人", actual="0人", points="5")
        assert facts(one) == {"outcome": "scored", "score": 0, "low": 0, "high": 0, "met": False}

    def test_not_applicable(self) -> None:
        one = SICHUAN.score(target="不适用", actual="不适用", points="5")
        assert facts(one) == {"outcome": "not_applicable", "score": None, "low": None, "high": None, "met": None}

    def test_judgement(self) -> None:
        one = SICHUAN.score(target="有效", actual="部分达成预期指标并具有一定效果", points="10")
        assert facts(one) == {"outcome": "judgement", "score": None, "low": 6, "high": Decimal("7.99"), "met": None}

    def test_the_total_is_an_interval_until_somebody_decides(self) -> None:
        row = pfscore.Indicator(name="甲", target="有效", actual="达成预期指标", points="10")
        form = pfscore.Form(title="表", year=2023, indicators=(row,))
        sheet = SICHUAN.score_form(form)
        assert [sheet.total, sheet.low, sheet.high] == [None, 8, 10]
        decided = form.model_copy(update={"indicators": (row.model_copy(update={"decision": "9.5"}),)})
        assert SICHUAN.score_form(decided).total == Decimal("9.5")


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


class TestTraceable:
    @given(cells, answers, points)
    def test_the_tree_gives_the_score_and_survives_json_and_pickle(self, target: str, actual: str, full: str) -> None:
        one = HUNAN.score(target=target, actual=actual, points=full)
        tree = one.trace
        if one.score is not None:
            assert tree.number == Fraction(one.score)
        assert Step.from_json(json.loads(json.dumps(tree.as_json()))) == tree
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert again.explain() == one.explain()

    def test_a_score_names_its_rule_and_its_document(self) -> None:
        one = HUNAN.score(target="控制在60%到80%的区间", actual="59.22%", points="2")
        assert one.rule == "interval"
        assert one.cite is not None
        assert (one.cite.source, one.cite.evidence) == ("岳阳2023", "observed")


class TestSameInputSameOutput:
    def test_a_sheet_names_ruleset_digest_and_date(self) -> None:
        sheet = SICHUAN.score_form(
            pfscore.Form(year=2023, indicators=(pfscore.Indicator(target="≥1人", actual="1人", points="1"),))
        )
        data: dict[str, Any] = json.loads(sheet.model_dump_json())
        assert (data["ruleset"], data["on"], data["digest"]) == ("cn-sc/project", "2023-12-31", SICHUAN.digest)

    @given(st.lists(st.tuples(cells, answers, points), max_size=8))
    def test_a_stream_gives_what_single_rows_give_in_order(self, rows: list[tuple[str, str, str]]) -> None:
        given_ = [{"target": t, "actual": a, "points": p} for t, a, p in rows]
        assert [one.score for one in HUNAN.score_many(given_)] == [HUNAN.score(**row).score for row in given_]


class TestHostileInput:
    @given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20), st.text(max_size=10))
    def test_arbitrary_text_raises_nothing(self, target: str, actual: str, unit: str, full: str) -> None:
        one = SICHUAN.score(name=target, path=(unit,), target=target, unit=unit, actual=actual, points=full)
        assert isinstance(one.explain(), str)
