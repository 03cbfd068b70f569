"""What is needed, put back as the actual, earns what was asked; a hair less does not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.questions.needed import Edge, Need, exact_writer, needed
from pfscore.scoring.rules import Rules, load_ruleset

HAIR = Fraction(1, 10**9)
SETTINGS = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module")
def sichuan() -> Rules:
    return load_ruleset("cn-sc/project", on="2023-12-31")


@pytest.fixture(scope="module")
def hunan() -> Rules:
    return load_ruleset("cn-hn/project", on="2023-12-31")


def one_row(target: str, actual: str, points: str) -> Form:
    return Form(title="表", year=2023, indicators=(Indicator(name="甲", target=target, actual=actual, points=points),))


def earned(rules: Rules, form: Form, actual: str) -> Fraction:
    row = form.indicators[0].model_copy(update={"actual": actual})
    low = rules.score_form(form.model_copy(update={"indicators": (row,)})).indicators[0].low
    return Fraction(low or 0)


def check(rules: Rules, form: Form, need: Need, unit: str) -> None:
    """Put each edge back, then step over it by a hair."""
    write, wanted = exact_writer(unit), need.wanted
    assert wanted is not None
    for edge, outward in ((need.low, -1), (need.high, 1)):
        if edge is None:
            continue
        inside = edge.value if edge.included else edge.value - outward * HAIR
        outside = edge.value + outward * HAIR if edge.included else edge.value
        assert earned(rules, form, write(inside)) >= wanted
        assert earned(rules, form, write(outside)) < wanted


@SETTINGS
@given(
    op=st.sampled_from("≥≤="),
    target=st.fractions(Fraction(1, 100), 10**6, max_denominator=100),
    points=st.integers(1, 30),
    part=st.integers(1, 99),
    more=st.none() | st.integers(1, 5),
)
def test_what_is_needed_earns_it_and_a_hair_less_does_not(
    sichuan: Rules, op: str, target: Fraction, points: int, part: int, more: int | None
) -> None:
    write = exact_writer("人")
    actual = target * 100 / part if op == "≤" else target * part / 100
    form = one_row(f"{op}{write(target)}", write(actual), str(points))
    (need,) = needed(form, ruleset=sichuan, more=more)
    if need.wanted is not None:
        check(sichuan, form, need, "人")


@SETTINGS
@given(low=st.integers(1, 60), width=st.integers(0, 30), off=st.integers(1, 50))
def test_an_interval_needs_both_edges(hunan: Rules, low: int, width: int, off: int) -> None:
    form = one_row(f"{low}%~{low + width}%", f"{low + width + off}%", "5")
    (need,) = needed(form, ruleset=hunan)
    assert (need.low, need.high) == (Edge(Fraction(low, 100), True), Edge(Fraction(low + width, 100), True))
    check(hunan, form, need, "1")


@SETTINGS
@given(budget=st.integers(100, 10**7), part=st.integers(1, 98), more=st.none() | st.fractions(Fraction(1, 10), 2))
def test_a_budget_line(sichuan: Rules, budget: int, part: int, more: Fraction | None) -> None:
    line = BudgetLine(label="总额", budget=str(budget), expenditure=str(budget * part // 100), points="10")
    form = Form(title="表", year=2023, amount_unit="万元", budget=(line,))
    need = needed(form, ruleset=sichuan, more=more)[0]
    if need.wanted is None or need.low is None:
        return

    def score(amount: Fraction) -> Fraction:
        text = exact_writer("元")(amount * 10000)
        changed = line.model_copy(update={"expenditure": text})
        return Fraction(sichuan.score_form(form.model_copy(update={"budget": (changed,)})).budget[0].low or 0)

    assert score(need.low.value) >= need.wanted
    assert score(need.low.value - HAIR) < need.wanted


@pytest.mark.parametrize(
    ("target", "actual", "result", "result_en"),
    [
        ("≥300人", "210人", "至少 300人", "at least 300人"),
        ("≤2%", "5%", "不超过 2%", "at most 2%"),
        ("优", "良", "“优”", "“优”"),
        ("=1套", "0.5套", "正好 1套", "exactly 1套"),
    ],
)
def test_what_a_reader_is_told(sichuan: Rules, target: str, actual: str, result: str, result_en: str) -> None:
    (need,) = needed(one_row(target, actual, "4"), ruleset=sichuan)
    assert (need.result("zh"), need.result("en")) == (result, result_en)


def test_what_has_no_answer(sichuan: Rules) -> None:
    rows = [("≥300人", "300人", "5"), ("不适用", "不适用", "5"), ("≥300人", "100人", None)]
    form = Form(
        title="表",
        year=2023,
        indicators=tuple(Indicator(name="甲", target=t, actual=a, points=p) for t, a, p in rows),
    )
    notes = [need.note.zh if need.note else None for need in needed(form, ruleset=sichuan)]
    assert notes == ["已是满分", "不适用", "没有分值"]
    assert [
        need.note.en if need.note else None for need in needed(one_row("≥100人", "95人", "10"), ruleset=sichuan, more=3)
    ] == ["at most 0.5 points more can be had"]
