"""Functions of a row's numbers: in units of the target and of the points they give what they give without."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pfscore.formulas.evaluation.generated import generate_score
from pfscore.formulas.formula import parse_formula
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.foundation.numbers import Rounding

FORMULAS = [
    "分值 * min(完成值 / 指标值, 1)",
    "分值 * min(指标值 / 完成值, 1)",
    "分值 * min(max(完成率, 0), 1)",
    "分值 * max(1 - abs(偏差率), 0)",
    "如果 完成率 >= 90% 则 分值 否则 分值 * 完成率 * 60%",
    "max(分值 - floor(abs(偏差率) / 5%) * 0.5, 0)",
    "分值 * min(完成值, 10) / 10",
    "如果 达标 则 分值 否则 0",
    "如果 完成值 = 指标值 则 分值 否则 如果 指标值 < 完成值 则 分值 / 2 否则 分值 / 4",
    "如果 完成值 <= 0 则 分值 否则 分值 * min(max(完成率, 0), 1, 完成率 / 2)",
]
NAMES = {"actual", "target", "points", "completion", "deviation_rate"}
numbers = st.fractions(0, 10**6, max_denominator=10**4)
positive = numbers.filter(bool)


@given(
    formula=st.sampled_from(FORMULAS),
    actual=numbers,
    target=positive,
    points=positive,
    met=st.booleans(),
    digits=st.integers(0, 4),
    mode=st.sampled_from(Rounding),
    completion=st.sampled_from([None, (2, Rounding.HALF_UP), (1, Rounding.DOWN)]),
)
def test_units_change_no_score(
    formula: str,
    actual: Fraction,
    target: Fraction,
    points: Fraction,
    met: bool,
    digits: int,
    mode: Rounding,
    completion: tuple[int, Rounding] | None,
) -> None:
    body = parse_formula(formula).body
    edges = (*target.as_integer_ratio(), 0, 1)
    plain = generate_score(body, {"met": met}, NAMES, (digits, mode), completion)
    assert plain is not None
    score = plain.compute(*actual.as_integer_ratio(), points.as_integer_ratio(), edges)
    units = {"target"} if scales_with_target(body) else set()
    units |= {"points"} if scales_with_points(body) else set()
    for chosen in ({"target"} & units, {"points"} & units, units):
        given_ = actual / target if "target" in chosen else actual
        for standing in (None, (actual > target) - (actual < target)):
            short = generate_score(
                body, {"met": met}, NAMES, (digits, mode), completion, in_units_of=chosen, standing=standing
            )
            assert short is not None
            assert short.compute(*given_.as_integer_ratio(), points.as_integer_ratio(), edges) == score


def test_what_may_become_too_large_is_computed_as_it_stands() -> None:
    body = parse_formula(f"分值 * ({' * '.join(['完成值'] * 12)}) / ({' * '.join(['指标值'] * 12)})").body
    assert scales_with_target(body)
    assert generate_score(body, {}, NAMES, (2, Rounding.HALF_UP)) is not None
    assert generate_score(body, {}, NAMES, (2, Rounding.HALF_UP), in_units_of={"target"}) is None
