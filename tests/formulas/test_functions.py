"""Functions: a built-in one is one record; the worked figures of each policy, its convention, and what it refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pfscore.formulas.evaluation.compiled import EvaluationError, compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.formulas.functions import (
    BUILTINS,
    FUNCTION_SPELLINGS,
    FUNCTIONS,
    POLICIES,
    Builtin,
    Follows,
    Parameter,
)
from pfscore.formulas.proofs.pieces import Setting
from pfscore.formulas.proofs.prove import prove
from pfscore.foundation.numbers import fixed_text
from pfscore.foundation.text import Message
from tests.formulas.naive import CALLS


def score(text: str, **values: str | bool) -> str:
    """Return the result of a formula with two decimals."""
    env = {name: value if isinstance(value, bool) else Fraction(value) for name, value in values.items()}
    return fixed_text(compile_formula(parse_formula(text)).run(env), 2)


def one(policy: str, *arguments: Fraction | int | str) -> Fraction:
    """Return what a policy gives for numbers and words."""
    names = ("actual", "target", "low", "high", "completion")
    numbers = iter(names)
    env: dict[str, Fraction | bool] = {}
    parts = []
    for argument in arguments:
        if isinstance(argument, str):
            parts.append(argument)
        else:
            name = next(numbers)
            env[name] = Fraction(argument)
            parts.append(name)
    return compile_formula(parse_formula(f"{policy}({', '.join(parts)})")).run(env)


@pytest.mark.parametrize(
    ("actual", "inverse", "linear"),
    [
        ("5.5", "9.09", "9.00"),
        ("6", "8.33", "8.00"),
        ("7.5", "6.67", "5.00"),
        ("9", "5.56", "2.00"),
        ("10", "5.00", "0.00"),
        ("25", "2.00", "0.00"),
        ("5", "10.00", "10.00"),
        ("0", "10.00", "10.00"),
    ],
)
def test_a_ceiling_of_5_under_two_policies(actual: str, inverse: str, linear: str) -> None:
    row = {"points": "10", "target": "5", "actual": actual}
    assert score("分值 * 反比例(完成值, 指标值)", **row) == inverse
    assert score("分值 * 线性超额(完成值, 指标值, 归零=2)", **row) == linear


@pytest.mark.parametrize(
    ("rate", "ratio", "rescaled", "cut"),
    [
        ("0.5", "5.00", "0.00", "0.00"),
        ("0.6", "6.00", "0.00", "6.00"),
        ("0.7", "7.00", "2.50", "7.00"),
        ("0.8", "8.00", "5.00", "8.00"),
        ("0.9", "9.00", "7.50", "9.00"),
        ("1", "10.00", "10.00", "10.00"),
        ("1.2", "10.00", "10.00", "10.00"),
        ("-0.2", "0.00", "0.00", "0.00"),
    ],
)
def test_a_floor_under_three_policies(rate: str, ratio: str, rescaled: str, cut: str) -> None:
    row = {"points": "10", "completion": rate}
    assert score("分值 * 按比例(完成率, 1)", **row) == ratio
    assert score("分值 * 及格线折算(完成率, 线=60%)", **row) == rescaled
    assert score("分值 * 及格线截断(完成率, 线=60%)", **row) == cut


@pytest.mark.parametrize(
    ("rate", "down", "up", "exact"),
    [
        ("1", "10.00", "10.00", "10.00"),
        ("0.97", "10.00", "8.00", "8.80"),
        ("0.95", "8.00", "8.00", "8.00"),
        ("0.949", "8.00", "6.00", "7.96"),
        ("0.5", "0.00", "0.00", "0.00"),
        ("1.5", "10.00", "10.00", "10.00"),
    ],
)
def test_two_points_for_each_5_percent_short(rate: str, down: str, up: str, exact: str) -> None:
    for word, expected in (("舍去", down), ("进一", up), ("按比例", exact)):
        text = f"扣完为止(分值, 逐级扣分(100% - 执行率, 每=5%, 扣=2, 零头={word}))"
        assert score(text, points="10", execution_rate=rate) == expected


@pytest.mark.parametrize(
    ("deviation", "expected"), [("0", "15.00"), ("0.03", "14.00"), ("-0.07", "13.00"), ("-0.9", "0.00")]
)
def test_a_point_for_each_3_percent_off_either_way(deviation: str, expected: str) -> None:
    text = "扣完为止(分值, 双向逐级扣分(偏差率, 每=3%, 扣=1, 零头=舍去))"
    assert score(text, points="15", deviation_rate=deviation) == expected


@pytest.mark.parametrize(
    ("rank", "expected"), [("1", "2.00"), ("5", "2.00"), ("6", "1.50"), ("10", "1.50"), ("11", "1.00"), ("30", "1.00")]
)
def test_ranks(rank: str, expected: str) -> None:
    assert score("分值 - 名次扣分(名次, 每=5, 扣=0.5, 最多=1)", points="2", rank=rank) == expected


@pytest.mark.parametrize(
    ("actual", "share", "gap"),
    [
        ("0.6", "1.00", "0.00"),
        ("0.8", "1.00", "0.00"),
        ("0.5", "0.83", "0.10"),
        ("1", "0.80", "0.20"),
        ("-1", "0.00", "1.60"),
    ],
)
def test_an_interval(actual: str, share: str, gap: str) -> None:
    row = {"actual": actual, "low": "0.6", "high": "0.8"}
    assert score("区间比例(完成值, 下限, 上限)", **row) == share
    assert score("区间差(完成值, 下限, 上限)", **row) == gap


@pytest.mark.parametrize(
    ("rate", "expected"),
    [("1", "1.00"), ("1.3", "1.00"), ("1.5", "0.90"), ("1.7", "0.80"), ("9", "0.80"), ("0", "1.00")],
)
def test_a_target_exceeded_by_far(rate: str, expected: str) -> None:
    assert score("超额调减(完成率, 起点=30%, 斜率=0.5, 最多=20%)", completion=rate) == expected


def test_all_or_nothing_and_manual_deduction() -> None:
    assert score("分值 * 全或无(达标)", points="4", met=True) == "4.00"
    assert score("分值 * 全或无(达标)", points="4", met=False) == "0.00"
    assert score("扣完为止(分值, 扣减)", points="4", deduction="1.5") == "2.50"
    assert score("扣完为止(分值, 扣减)", points="4", deduction="5") == "0.00"
    assert score("扣完为止(分值, 扣减)", points="4", deduction="-5") == "4.00"


@pytest.mark.parametrize(
    ("word", "parts"),
    [("末项", [7, 7, 6]), ("首项", [6, 7, 7]), ("逐项", [7, 7, 6]), ("不补", [7, 7, 7])],
)
def test_twenty_points_for_three(word: str, parts: list[int]) -> None:
    text = f"均分(类别分值, 指标个数, 指标序号, 单位=1, 余数={word})"
    compiled = compile_formula(parse_formula(text))
    env = {"block_points": Fraction(20), "count": Fraction(3)}
    assert [compiled.run({**env, "position": Fraction(number)}) for number in (1, 2, 3)] == parts


@given(
    st.integers(0, 1000),
    st.integers(1, 12),
    st.sampled_from(["1", "0.5", "0.1"]),
    st.sampled_from(["末项", "首项", "逐项"]),
)
def test_an_equal_split_adds_up(total: int, count: int, unit: str, word: str) -> None:
    compiled = compile_formula(parse_formula(f"均分(类别分值, 指标个数, 指标序号, 单位={unit}, 余数={word})"))
    env = {"block_points": Fraction(total), "count": Fraction(count)}
    parts = [compiled.run({**env, "position": Fraction(number)}) for number in range(1, count + 1)]
    assert sum(parts) == total
    assert all((part / Fraction(unit)).denominator == 1 for part in parts)
    if word == "逐项":
        assert max(parts) - min(parts) <= Fraction(unit)
        assert parts == sorted(parts, reverse=True)


# -- the convention -----------------------------------------------------------------------------------------------

numbers = st.fractions(-3, 300, max_denominator=100) | st.integers(-2, 5).map(Fraction)
SHARES = {
    "按比例": 2, "反比例": 2, "线性超额": 3, "及格线折算": 2, "及格线截断": 2, "区间比例": 3, "超额调减": 4,
}  # fmt: skip


def test_the_table_says_what_each_policy_gives() -> None:
    shares = {policy.zh for policy in POLICIES.values() if policy.gives == "share"}
    assert shares == {*SHARES, "全或无"}
    assert {policy.gives for policy in POLICIES.values()} == {"share", "deduction", "points", "number"}


@pytest.mark.parametrize("policy", SHARES)
@given(st.data())
def test_a_share_lies_within_0_and_1_or_is_refused(policy: str, data: st.DataObject) -> None:
    arguments = data.draw(st.tuples(*[numbers] * SHARES[policy]))
    try:
        share = one(policy, *arguments)
    except EvaluationError as error:
        assert error.code == "PF431"  # a requirement, never a division by zero
    else:
        assert 0 <= share <= 1


@given(numbers, numbers, numbers, st.sampled_from(["舍去", "进一", "按比例"]))
def test_a_deduction_is_never_negative_and_grows_with_the_gap(
    gap: Fraction, more: Fraction, per: Fraction, word: str
) -> None:
    assume(per > 0)
    more = gap + abs(more)
    assert 0 <= one("逐级扣分", gap, per, 2, word) <= one("逐级扣分", more, per, 2, word)
    assert one("双向逐级扣分", gap, per, 2, word) == one("双向逐级扣分", -gap, per, 2, word)


@given(numbers, numbers, numbers)
def test_a_better_actual_never_earns_less(target: Fraction, actual: Fraction, more: Fraction) -> None:
    assume(target > 0)
    better = actual + abs(more)
    assert one("按比例", actual, target) <= one("按比例", better, target)
    assert one("反比例", actual, target) >= one("反比例", better, target)
    assert one("线性超额", actual, target, Fraction(2)) >= one("线性超额", better, target, Fraction(2))


@pytest.mark.parametrize(
    ("text", "values", "requirement"),
    [
        ("按比例(完成值, 指标值)", {"actual": "1", "target": "0"}, "指标值 > 0"),
        ("反比例(完成值, 指标值)", {"actual": "1", "target": "-1"}, "指标值 ≥ 0"),
        ("名次扣分(名次, 每=5, 扣=1, 最多=1)", {"rank": "0"}, "名次 ≥ 1 且 每 > 0 且 扣 ≥ 0 且 最多 ≥ 0"),
    ],
)
def test_what_a_policy_cannot_work_with_is_refused(text: str, values: dict[str, str], requirement: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        score(text, **values)
    assert caught.value.diagnostics[0].message.zh == f"要求不成立：{requirement}"


def test_a_target_of_zero_that_is_a_ceiling_is_all_or_nothing() -> None:
    assert score("反比例(完成值, 指标值)", actual="0", target="0") == "1.00"
    assert score("反比例(完成值, 指标值)", actual="0.1", target="0") == "0.00"


# -- built-in functions ---------------------------------------------------------------------------------------


def test_every_built_in_function_has_a_second_opinion() -> None:
    assert set(CALLS) == set(BUILTINS)


@pytest.fixture
def halved(monkeypatch: pytest.MonkeyPatch) -> Builtin:
    """Add a function to the language: one record, and nothing else."""
    function = Builtin(
        "折半",
        "halved",
        (Parameter("数", "number", Message("一个数", "a number")),),
        Message("不大于它的最大偶数的一半", "half the largest even number not above it"),
        value=lambda x: Fraction(x // 2),
        code=lambda n, d: (f"{n} // (2 * {d})", 1),
        bounds=lambda on, x: on.floor(on.scaled(x, Fraction(1, 2))),
        direction=Follows.FIRST,
        power=Follows.NONE,
        steps=False,
    )
    monkeypatch.setitem(BUILTINS, function.en, function)
    monkeypatch.setitem(FUNCTIONS, function.en, function)
    for spelling in (function.zh, function.en):
        monkeypatch.setitem(FUNCTION_SPELLINGS, spelling, function.en)
    return function


def test_a_new_function_is_read_printed_computed_and_proved(halved: Builtin) -> None:
    formula = parse_formula("min(分值, 折半(完成值))")
    assert formula.text_in("en") == "min(points, halved(actual))"
    compiled = compile_formula(formula)
    env: dict[str, Fraction | bool] = {"points": Fraction(10), "actual": Fraction(27, 2)}
    assert compiled.run(env) == compiled.trace(env).number == 6
    verdicts = {claim.name: claim.verdict for claim in prove(formula, Setting("higher", points=Fraction(10)))}
    assert (verdicts["monotone"], verdicts["bounded"], verdicts["continuous"]) == ("proved", "proved", "refuted")
