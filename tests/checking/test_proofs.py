"""What `check` proves is what is scored: rates as the rule rounds them, the targets the rule is for, holes and all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.checking.check import Checked, check_ruleset
from pfscore.checking.proofs import round_text
from pfscore.formulas.evaluation.compiled import compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import Rounding, decimal_text
from pfscore.rulesets.model.base import StepRounding
from tests.rulesets import ruleset_text

EXAMPLES = """
examples:
  - {target: "≥10个", actual: 10个, points: 10, score: 10}
  - {target: "≥10个", actual: 0个, points: 10, score: 0}
"""
POSITIVE = 'comparator: ["≥"]\ntarget: 正'


def check(tmp_path: Path, how: str, applies: str = POSITIVE) -> Checked:
    file = tmp_path / "demo.yaml"
    file.write_text(ruleset_text.text(ruleset_text.rule(f"{how}\n{EXAMPLES}", applies)), encoding="utf-8")
    return check_ruleset(file)


def found(checked: Checked) -> list[Diagnostic]:
    return [one for one in checked.problems if "PF250" <= one.code <= "PF255"]


def said(checked: Checked) -> list[str]:
    return [f"{one.code} {one.message.zh}" for one in found(checked)]


@given(
    mode=st.sampled_from(list(Rounding)),
    unit=st.one_of(
        st.integers(0, 6).map(lambda digits: {"digits": str(digits)}),
        st.sampled_from([{"step": "0.5"}, {"step": "0.05"}, {"step": "3"}]),
    ),
    number=st.one_of(
        st.fractions(-5, 5, max_denominator=2000),
        st.integers(-4000, 4000).map(lambda whole: Fraction(whole, 2000)),
    ),
)
def test_rounding_written_as_a_formula_rounds_as_the_rule_does(
    mode: Rounding, unit: dict[str, str], number: Fraction
) -> None:
    rounding = StepRounding.model_validate({**unit, "mode": mode.value, "at": "completion"})
    formula = compile_formula(parse_formula(round_text("completion", rounding)))
    assert formula.run({"completion": number}) == rounding.apply(number), decimal_text(number)


def test_a_rate_that_is_rounded_first_gives_full_marks_too_early(tmp_path: Path) -> None:
    how = "formula: 分值 * min(完成率, 1)\nrounding: {digits: 0, at: completion}"
    assert said(check(tmp_path, how)) == [
        "PF253 规则 “r”（≥）未达标而得满分：5个 → 10",
        "PF254 规则 “r”（≥）得分有跳变：完成值 5个 处，之前 0，恰好 10，之后 10",
    ]


def test_a_rule_for_every_sign_is_looked_at_for_every_sign(tmp_path: Path) -> None:
    checked = check(tmp_path, "formula: 分值 * min(完成值 / 指标值, 1)", 'comparator: ["≥"]')
    assert said(checked) == [
        "PF250 规则 “r”（≥，指标值为零）任何完成值都算不出：-1个 → —",
    ]
    for one in found(checked):
        assert one.severity.value == "warning"
        assert one.hint is not None
        assert "只对正的指标值的，在 applies 里写 target: 正" in one.hint.zh


def test_a_name_that_only_budget_lines_have(tmp_path: Path) -> None:
    checked = check(tmp_path, "formula: 分值 * min(执行率, 1)")
    assert said(checked) == ["PF250 规则 “r” 也适用于“≥”，而那样的行没有执行率"]
    assert found(checked)[0].hint.zh == "执行率只有预算行有；那样的规则写 applies: row: budget"  # type: ignore[union-attr]
    assert not any(proof.claims for proof in checked.proofs)


@pytest.mark.parametrize(
    "formula",
    [
        "要求(完成率 != 0.5, 如果 完成率 > 0.5 则 分值 否则 0)",
        "min(分值, max(0, 1 / (完成率 - 0.5)))",
    ],
)
def test_a_jump_over_a_hole_is_a_jump(tmp_path: Path, formula: str) -> None:
    jumps = [text for text in said(check(tmp_path, f"formula: {formula}")) if text.startswith("PF254")]
    assert jumps == ["PF254 规则 “r”（≥）得分有跳变：完成值 5个 处，之前 0，恰好 —，之后 10"] or jumps == [
        "PF254 规则 “r”（≥）得分有跳变：完成值 5个 处，之前 0，恰好 —，之后 —"
    ]


def test_a_formula_that_can_never_be_computed(tmp_path: Path) -> None:
    checked = check(tmp_path, "formula: 分值 / (指标值 - 指标值)")
    assert said(checked) == ["PF250 规则 “r”（≥）任何完成值都算不出：0个 → —"]
    assert found(checked)[0].severity.value == "error"
    assert not any(claim.verdict == "proved" for proof in checked.proofs for claim in proof.claims)


def test_a_most_below_the_least(tmp_path: Path) -> None:
    how = "judgement:\n  low: 分值 * min(完成率, 1)\n  high: 分值 * min(完成率, 1) * 0.5"
    assert "PF251 规则 “r”（≥）评定的最高分低于最低分：完成值 1个 时最低 1，最高 0.5" in said(check(tmp_path, how))
    assert "PF253 规则 “r”（≥，最高）达标而不得满分：10个 → 5" in said(check(tmp_path, how))


def test_a_share_that_is_not_multiplied_by_the_points(tmp_path: Path) -> None:
    checked = check(tmp_path, "formula: 全或无(达标)\nsteps: 第一条")
    [one] = [one for one in found(checked) if "达标而不得满分" in one.message.zh]
    assert one.hint is not None
    assert one.hint.zh.startswith("公式里没有“分值”；给出的是比例的，写 分值 * (…)")


def test_the_counterexample_of_about_is_a_row_of_about(tmp_path: Path) -> None:
    how = "assume: {tolerance: 3%}\nformula: 分值 * 0.9 * 全或无(达标)\nsteps: 第一条"
    hints = [one.hint.zh for one in found(check(tmp_path, how, 'comparator: ["左右"]\ntarget: 正')) if one.hint]
    assert any('target: "1左右"' in hint or 'target: "10个左右"' in hint for hint in hints), hints


def test_about_a_number_of_every_sign(tmp_path: Path) -> None:
    checked = check(
        tmp_path, "assume: {tolerance: 3%}\nformula: 分值 * 全或无(达标)\nsteps: 第一条", 'comparator: ["左右"]'
    )
    assert said(checked) == []
    assert {proof.setting.target is not None and proof.setting.target > 0 for proof in checked.proofs} == {True, False}


def test_a_fall_short_of_the_target_is_no_overshoot(tmp_path: Path) -> None:
    falls = "如果 完成率 < 1 则 分值 * min(完成率, 1 - 完成率) 否则 分值 * (2 - min(2, 完成率) / 2) / 2"
    texts = said(check(tmp_path, f"formula: {falls}\novershoot: 第二条\nsteps: 第二条"))
    assert [text for text in texts if text.startswith("PF252")] == [
        "PF252 规则 “r”（≥）完成得更好反而得分更低：6个 → 4；7个 → 3"
    ]


def test_full_marks_at_the_target_are_not_a_matter_of_overshoot(tmp_path: Path) -> None:
    how = "formula: 分值 * 0.9 * min(完成率, 1)\novershoot: 第二条"
    assert "PF253 规则 “r”（≥）达标而不得满分：10个 → 9" in said(check(tmp_path, how))


def test_where_the_formula_stands(tmp_path: Path) -> None:
    checked = check(tmp_path, "formula: 分值 * 0.9 * min(完成率, 1)")
    lines = (tmp_path / "demo.yaml").read_text(encoding="utf-8").splitlines()
    for one in found(checked):
        assert one.span is not None
        assert lines[one.span.line - 1][one.span.column - 1 :].startswith("分值")


def test_a_formula_with_very_many_steps_keeps_nobody_waiting(tmp_path: Path) -> None:
    product = " * ".join(f"向下取整(完成率 * {number} + 1)" for number in range(20, 80))
    checked = check(tmp_path, f"formula: 分值 * min(1, {product} / 10)\nsteps: 第一条")
    assert any(text.startswith("PF255") for text in said(checked))
