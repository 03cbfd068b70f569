"""Formulas over columns give what they give for each row."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from pfscore.formulas.evaluation.columns import _FUNCTIONS, MAX_BITS, Numbers, TooLarge, compute, rounded
from pfscore.formulas.evaluation.compiled import EvaluationError, compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.formulas.functions import BUILTINS, Choice
from pfscore.foundation.numbers import Rounding, round_scaled

FORMULAS = (
    "分值 * min(完成值 / 指标值, 1)",
    "分值 * 按比例(完成值, 指标值)",
    "分值 * 反比例(完成值, 指标值)",
    "分值 * 线性超额(完成值, 指标值, 归零=2)",
    "分值 * 及格线折算(完成率, 线=60%)",
    "分值 * 及格线截断(完成率, 线=60%)",
    "分值 * 超额调减(完成率, 起点=30%, 斜率=1, 最多=50%)",
    "扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=舍去))",
    "扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=进一))",
    "扣完为止(分值, 双向逐级扣分(1 - 完成率, 每=5%, 扣=0.5, 零头=按比例))",
    "如果 完成率 < 60% 则 0 否则如果 完成率 < 80% 则 分值 * 50% 否则 分值",
    "如果 完成值 > 3 且 10 / (完成值 - 3) > 4 则 1 否则 2",
    "如果 完成值 < 3 或 10 / (完成值 - 3) > 4 则 1 否则 2",
    "如果 非 (完成值 = 3) 则 10 / (完成值 - 3) 否则 0",
    "完成值 / (指标值 - 3)",
    "-完成值 + abs(完成值 - 指标值) - 5",
    "round(完成值 - 指标值) + floor(完成值 / 7 - 指标值) + ceil(指标值 / 3 - 完成值) + round(完成值 / 3 - 2, 2)",
    "要求(完成值 > 2, 1 / (完成值 - 2))",
    "如果 完成值 > 5 则 要求(完成值 > 7, 1) 否则 max(完成值, 指标值, 4)",
)


def compared(text: str, rows: list[dict[str, Fraction]]) -> None:
    formula = parse_formula(text)
    env = {name: Numbers.of(*np.array([row[name].as_integer_ratio() for row in rows], np.int64).T) for name in rows[0]}
    found, undefined = compute(formula.body, env, len(rows))
    n, d = (np.broadcast_to(part, len(rows)).tolist() for part in (found.numerator, found.denominator))
    for index, row in enumerate(rows):
        try:
            expected = compile_formula(formula).run({name: row[name] for name in formula.names})
        except EvaluationError:
            assert undefined[index], (text, row)
            continue
        assert not undefined[index], (text, row)
        assert Fraction(n[index], d[index]) == expected, (text, row)
        assert n[index].bit_length() <= found.high, (text, row)
        assert d[index].bit_length() <= found.low, (text, row)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_over_columns(text: str) -> None:
    chance = Random(text)
    numbers = [Fraction(n, d) for n in (0, 1, 2, 3, 4, 5, 7, 10, 33) for d in (1, 2, 3, 20)]
    names = ("actual", "target", "points", "completion")
    compared(text, [{name: chance.choice(numbers) for name in names} for _ in range(300)])


def test_every_function_has_a_way_over_columns() -> None:
    chosen = {name for name, builtin in BUILTINS.items() if isinstance(builtin.code, Choice)}
    assert chosen | set(_FUNCTIONS) == set(BUILTINS)


@pytest.mark.parametrize("mode", Rounding)
@pytest.mark.parametrize("digits", [0, 2])
def test_rounding(mode: Rounding, digits: int) -> None:
    numbers = [Fraction(n, d) for n in range(60) for d in (1, 2, 3, 8, 200, 1000)]
    found, _ = rounded(Numbers.of(*np.array([one.as_integer_ratio() for one in numbers], np.int64).T), digits, mode)
    assert found.tolist() == [round_scaled(one, digits, mode) for one in numbers]


@pytest.mark.parametrize("text", ["完成值 * 指标值", "完成值 + 指标值", "完成值 / (1 / 指标值)", "round(完成值, 12)"])
def test_numbers_at_the_bound_are_exact_or_refused(text: str) -> None:
    done = refused = 0
    for bits, less in product(range(20, MAX_BITS + 1), range(-2, 3)):
        high, low = (1 << bits) - 1, (1 << max(MAX_BITS - bits - less, 1)) - 1
        try:
            compared(text, [{"actual": Fraction(high), "target": Fraction(low)}])
            done += 1
        except TooLarge:
            refused += 1
    assert done
    assert refused
