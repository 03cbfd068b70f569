"""What a reviewer reads, to the last character."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError, compile_formula
from pfscore.formulas.evaluation.narrated import explain_formula, explain_values
from pfscore.formulas.formula import parse_condition, parse_formula
from pfscore.formulas.printer import print_formula
from pfscore.formulas.syntax_tree import Expr
from pfscore.foundation.numbers import shown
from pfscore.foundation.text import Lang
from tests.formulas.strategies import environments, numbers
from tests.tables import each

ENV: dict[str, Fraction | bool] = {
    "points": Fraction(4),
    "actual": Fraction(1, 2),
    "target": Fraction(1),
    "completion": Fraction(1, 2),
    "deviation_rate": Fraction(-1, 2),
    "low": Fraction(3, 5),
    "high": Fraction(4, 5),
    "met": False,
}
CASES = [
    (
        "分值 * min(完成值 / 指标值, 1)",
        "分值 × min(完成值 ÷ 指标值, 1) = 4 × min(0.5 ÷ 1, 1) = 4 × 0.5 = 2",
        "points × min(actual ÷ target, 1) = 4 × min(0.5 ÷ 1, 1) = 4 × 0.5 = 2",
    ),
    ("0", "0", "0"),
    ("分值", "分值 = 4", "points = 4"),
    (
        "如果 下限 <= 完成值 <= 上限 则 分值 否则 0",
        "0，因为 下限 ≤ 完成值 ≤ 上限（0.6 ≤ 0.5 ≤ 0.8）不成立",
        "0, because low ≤ actual ≤ high (0.6 ≤ 0.5 ≤ 0.8) does not hold",
    ),
    (
        "如果 达标 则 分值 否则如果 完成率 >= 50% 则 分值 / 3 否则 0",
        "分值 ÷ 3 = 4 ÷ 3 = 1.333333…，因为 达标 不成立，完成率 ≥ 50%（50% ≥ 50%）成立",
        "points ÷ 3 = 4 ÷ 3 = 1.333333…, because met does not hold, completion ≥ 50% (50% ≥ 50%) holds",
    ),
    (
        "扣完为止(分值, 逐级扣分(100% - 完成率, 每=5%, 扣=0.1, 零头=舍去))",
        "扣完为止(分值, 逐级扣分(100% - 完成率, 每=5%, 扣=0.1, 零头=舍去))"
        " = 扣完为止(4, 逐级扣分(100% - 50%, 每=5%, 扣=0.1, 零头=舍去)) = 扣完为止(4, 1) = 3\n"
        "    其中 扣完为止(分值, 逐级扣分(100% - 完成率, 每=5%, 扣=0.1, 零头=舍去))："
        "max(0, 得分 - max(0, 扣分)) = max(0, 4 - max(0, 1)) = max(0, 3) = 3\n"
        "    其中 逐级扣分(100% - 完成率, 每=5%, 扣=0.1, 零头=舍去)："
        "扣 × 向下取整(max(差, 0) ÷ 每) = 0.1 × 向下取整(max(0.5, 0) ÷ 0.05) = 0.1 × 10 = 1",
        "deduct_to_zero(points, step_deduction(100% - completion, per=5%, take=0.1, partial=down))"
        " = deduct_to_zero(4, step_deduction(100% - 50%, per=5%, take=0.1, partial=down)) = deduct_to_zero(4, 1) = 3\n"
        "    where deduct_to_zero(points, step_deduction(100% - completion, per=5%, take=0.1, partial=down)): "
        "max(0, score - max(0, less)) = max(0, 4 - max(0, 1)) = max(0, 3) = 3\n"
        "    where step_deduction(100% - completion, per=5%, take=0.1, partial=down): "
        "take × floor(max(gap, 0) ÷ per) = 0.1 × floor(max(0.5, 0) ÷ 0.05) = 0.1 × 10 = 1",
    ),
    (
        "分值 * 反比例(指标值, 完成值)",
        "分值 × 反比例(指标值, 完成值) = 4 × 反比例(1, 0.5) = 4 × 0.5 = 2\n"
        "    其中 反比例(指标值, 完成值)：指标值 ÷ 完成值 = 0.5 ÷ 1 = 0.5，因为 完成值 ≤ 指标值（1 ≤ 0.5）不成立",
        "points × inverse_ratio(target, actual) = 4 × inverse_ratio(1, 0.5) = 4 × 0.5 = 2\n"
        "    where inverse_ratio(target, actual): target ÷ actual = 0.5 ÷ 1 = 0.5, because actual ≤ target (1 ≤ 0.5)"
        " does not hold",
    ),
    (
        "分值 * (1 + 偏差率) - (1 - 分值) * -完成值",
        "分值 × (1 + 偏差率) - (1 - 分值) × (-完成值) = 4 × (1 + (-50%)) - (1 - 4) × (-0.5) = 2 - 1.5 = 0.5",
        "points × (1 + deviation_rate) - (1 - points) × (-actual)"
        " = 4 × (1 + (-50%)) - (1 - 4) × (-0.5) = 2 - 1.5 = 0.5",
    ),
    ("26万 * 分值", "26万 × 分值 = 26万 × 4 = 260000 × 4 = 1040000", "260000 × points = 260000 × 4 = 1040000"),
    (
        "分值 / (完成值 - 0.5)",
        "分值 / (完成值 - 0.5) 算不出（分值 = 4，完成值 = 0.5）",
        "分值 / (完成值 - 0.5) has no result (points = 4, actual = 0.5)",
    ),
    (
        "分值 * 按比例(完成值, 指标值 - 1)",
        "按比例(完成值, 指标值 - 1) 算不出（完成值 = 0.5，指标值 = 1）",
        "按比例(完成值, 指标值 - 1) has no result (actual = 0.5, target = 1)",
    ),
]


@each(("text", "chinese", "english"), CASES)
def test_a_formula_is_told_in_both_languages(text: str, chinese: str, english: str) -> None:
    try:
        step = compile_formula(parse_formula(text)).trace(ENV)
    except EvaluationError as error:
        assert error.step is not None
        step = error.step
    assert (explain_formula(step), explain_formula(step, "en")) == (chinese, english)


def test_a_condition_is_told() -> None:
    step = compile_formula(parse_condition("60% <= 完成值 <= 80% 或 非 达标")).trace(ENV)
    assert explain_formula(step) == ("60% ≤ 完成值 ≤ 80% 或 非 达标 = 60% ≤ 0.5 ≤ 80% 或 非 达标 = 真")


_LANGS: tuple[Lang, ...] = ("zh", "en")


@settings(max_examples=40)
@given(st.data(), numbers())
def test_the_line_ends_in_the_result_with_and_without_a_trace(data: st.DataObject, body: Expr) -> None:
    formula = parse_formula(print_formula(body))
    compiled = Compiled(formula)
    first, second = data.draw(environments(body)), data.draw(environments(body))
    # The words that one computation leaves are those of the next.
    for env in (
        first,
        {name: value if isinstance(value, bool) else abs(value) for name, value in first.items()},
        second,
    ):
        try:
            step = compiled.trace(env)
        except EvaluationError:
            assert {explain_values(formula, env, lang) for lang in _LANGS} == {None}
            continue
        assert step.number is not None
        for lang in _LANGS:
            said = explain_formula(step, lang)
            assert explain_values(formula, env, lang) in {None, said}
            assert compiled.explain(env, lang) == said
            equation = re.split("，因为|, because", said.splitlines()[0])[0]
            assert equation.split(" = ")[-1].rstrip("%") in {shown(step.number), shown(step.number * 100), equation}
            assert lang == "zh" or not re.search("[\u4e00-\u9fff]", said)
