"""The prover against the evaluator, both ways, and what it says of the policies."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError
from pfscore.formulas.formula import parse_formula
from pfscore.formulas.printer import print_formula
from pfscore.formulas.proofs.pieces import Setting, pieces_of
from pfscore.formulas.proofs.prove import CLAIMS, Claim, prove
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.formulas.proofs.values import OnStretch, Value
from pfscore.formulas.syntax_tree import Expr, walk
from tests.formulas.strategies import numbers
from tests.tables import each

ROOM = settings(max_examples=30, deadline=None)
places = st.fractions(0, 30, max_denominator=60) | st.integers(0, 30).map(Fraction)
fixed = st.fractions(Fraction(1, 10), 12, max_denominator=20) | st.integers(1, 12).map(Fraction)


#: Few steps, so that many formulas can be tried.
FEW = 6_000


@st.composite
def setups(draw: st.DrawFn) -> Setting:
    """Draw what is fixed while the achieved value moves."""
    direction = draw(st.sampled_from(("higher", "lower", "equal", "between")))
    low = draw(fixed)
    return Setting(
        direction,  # type: ignore[arg-type]  # one of the four
        points=draw(fixed),
        target=draw(fixed),
        low=low,
        high=low + draw(fixed),
        strict=draw(st.booleans()) if direction != "equal" else False,
        most=draw(st.sampled_from((None, Fraction(40)))),
    )


def score(compiled: Compiled, setting: Setting, x: Fraction) -> Fraction | None:
    """Return what the evaluator says."""
    try:
        return compiled.run(setting.env(x))
    except EvaluationError:
        return None


@ROOM
@given(numbers(3), setups(), st.lists(places, min_size=5, max_size=20))
def test_the_pieces_cover_the_line_and_each_is_what_the_evaluator_computes(
    body: Expr, setting: Setting, tried: list[Fraction]
) -> None:
    formula = parse_formula(print_formula(body))
    compiled = Compiled(formula)
    pieces = pieces_of(formula, setting, FEW)
    assert pieces[0].point is not None
    for before, after in pairwise(pieces):
        assert (before.point is None) != (after.point is None)
        edge = before.stretch.right if after.point is not None else before.point
        other = after.point if after.point is not None else after.stretch.left
        assert edge is not None
        assert other is not None
        assert edge == other
    for x in [*tried, *(piece.stretch.sample for piece in pieces[:40])]:
        if setting.most is not None and x > setting.most:
            continue
        [piece] = [p for p in pieces if p.stretch.contains(x)]
        expected = score(compiled, setting, x)
        if piece.defined is False:
            assert expected is None
        elif piece.defined and expected is not None:
            if piece.score is not None:
                assert piece.score.at(x) == expected
            for side, sign in ((piece.bounds.low, 1), (piece.bounds.high, -1)):
                assert side is None or sign * (expected - side.at(x)) >= 0
        else:
            assert not piece.defined
        assert piece.met is setting.met(x)


ENDLESS = [
    # formulas of endlessly many steps, of which only bounds are known somewhere, and what is proved all the same
    ("min(分值, floor(完成值))", "bounded"),
    ("如果 floor(完成值) >= 3 则 分值 否则 0", "monotone"),
    ("如果 floor(完成值) < 3 则 0 否则 分值", "monotone"),
    ("如果 3 <= floor(完成值) 且 达标 则 分值 否则 0", "bounded"),
    ("如果 floor(完成值) = 3 或 floor(完成值) > 5 则 分值 否则 0", "bounded"),
    ("如果 floor(完成值) != floor(完成值 / 3) 则 分值 否则 0", "bounded"),
    ("如果 非 (floor(完成值) > 3) 则 0 否则 分值", "monotone"),
    ("如果 floor(完成值) > floor(完成值 / 2) 则 分值 否则如果 达标 则 分值 / 2 否则 0", "bounded"),
    ("如果 (如果 floor(完成值) > floor(完成值 / 3) 则 达标 否则 非 达标) 则 分值 否则 0", "bounded"),
    ("如果 达标 且 floor(完成值) > floor(完成值 / 2) 且 非 达标 则 分值 / 0.5 否则 0", "bounded"),
    ("分值 / (1 + floor(完成值))", "bounded"),
    ("分值 / (-1 - floor(完成值)) + 分值", "bounded"),
    ("分值 * (1 - 1 / (1 + floor(完成值) * floor(完成值 / 2)))", "bounded"),
    ("min(分值, floor(完成值) / (1 + 完成率))", "bounded"),
    ("min(分值, abs(floor(-完成值)))", "bounded"),
    ("min(分值, abs(floor(完成值) - floor(完成值 / 2)))", "bounded"),
    ("min(分值, max(0, 3 - floor(floor(完成值) / 2)))", "bounded"),
    ("min(分值, max(0, round(floor(完成值) / 3, 1)))", "bounded"),
    ("min(分值, max(0, ceil(完成值 * 完成值) - 4))", "bounded"),
    ("min(分值, floor(1 / (1 + 完成值)))", "bounded"),
    ("min(分值, max(0, 2 * floor(完成值 * 完成值 - 2 * 完成值)))", "bounded"),
    ("要求(floor(完成值) >= 0, 0)", "bounded"),
]


@pytest.mark.parametrize(("text", "proved"), ENDLESS)
def test_endlessly_many_steps(text: str, proved: str) -> None:
    setting = Setting("higher", points=Fraction(2), target=Fraction(3))
    formula = parse_formula(text)
    compiled = Compiled(formula)
    claims = {claim.name: claim for claim in prove(formula, setting)}
    assert claims[proved].verdict == "proved"
    for piece in pieces_of(formula, setting):
        x = piece.stretch.sample
        value = score(compiled, setting, x)
        assert value is not None
        for side, sign in ((piece.bounds.low, 1), (piece.bounds.high, -1)):
            assert side is None or sign * (value - side.at(x)) >= 0


DOUBTFUL = [
    "1 / (floor(完成值) - floor(完成值 / 2) - 3)",
    "如果 1 / (完成值 - 5) > floor(完成值) 则 1 否则 0",
    "如果 floor(完成值) > 2 * floor(完成值 / 2) 且 1 / 要求(非 达标, 1) > 0 则 1 否则 0",
    "如果 floor(完成值) > 2 * floor(完成值 / 2) 则 要求(非 达标, 1) 否则 0",
    "要求(floor(完成值) > 2 * floor(完成值 / 2), 1)",
    "如果 floor(完成值) > 2 * floor(完成值 / 2) 则 1 否则如果 要求(非 达标, 1) > 0 则 1 否则 0",
    "如果 floor(完成值) > 2 * floor(完成值 / 2) 或 要求(非 达标, 1) > 0 则 1 否则 0",
    "如果 floor(完成值) > 2 * floor(完成值 / 2) 且 (1 > 2 或 1 / 要求(非 达标, 1) > 0) 则 1 否则 0",
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_may_have_no_result_is_never_proved_to_have_one(text: str) -> None:
    setting = Setting("higher", points=Fraction(2), target=Fraction(3))
    assert claim(text, setting, "defined").verdict != "proved"


def test_a_fall_on_the_two_sides_of_a_gap_is_found() -> None:
    setting = Setting("higher", points=Fraction(1), target=Fraction(1))
    found = claim("如果 达标 则 0 否则如果 完成值 <= 0 则 1 否则 要求(达标, 0)", setting, "monotone")
    assert found.verdict == "refuted"
    worse, better = found.witnesses
    assert (worse.actual, worse.score) < (better.actual, worse.score)
    assert (worse.score, better.score) == (1, 0)


def test_a_gap_between_scores_leaves_a_claim_about_neighbours_open() -> None:
    setting = Setting("higher", points=Fraction(2), target=Fraction(1))
    found = claim("如果 达标 则 2 否则如果 完成值 <= 0 则 1 否则 要求(达标, 0)", setting, "monotone")
    assert found.verdict == "unknown"


@ROOM
@given(numbers(3), setups(), st.lists(places, min_size=10, max_size=30))
def test_what_is_proved_has_no_counterexample_and_what_is_refuted_has_one(
    body: Expr, setting: Setting, tried: list[Fraction]
) -> None:
    formula = parse_formula(print_formula(body))
    compiled = Compiled(formula)
    claims = {claim.name: claim for claim in prove(formula, setting, FEW)}
    assert list(claims) == list(CLAIMS)
    inside = sorted({x for x in tried if setting.most is None or x <= setting.most})
    values = [(x, score(compiled, setting, x)) for x in inside]
    for name, claim in claims.items():
        if name == "continuous":
            continue
        assert (claim.verdict == "refuted") == bool(claim.witnesses)
        if claim.verdict == "proved":
            assert not any(breaks(name, setting, *one) for one in values)
            if name == "monotone":
                assert not any(falls(setting, a, b) for a, b in pairwise([v for v in values if v[1] is not None]))
        for one in claim.witnesses:
            assert one.score == score(compiled, setting, one.actual)
            assert one.met is setting.met(one.actual)
        if claim.verdict == "refuted" and name != "monotone":
            [one] = claim.witnesses
            assert breaks(name, setting, one.actual, one.score)
        elif claim.verdict == "refuted":
            first, second = claim.witnesses
            pair = sorted([(first.actual, first.score), (second.actual, second.score)])
            assert falls(setting, *pair)
            assert first.score is not None
            assert second.score is not None
            assert first.score > second.score


def breaks(name: str, setting: Setting, x: Fraction, value: Fraction | None) -> bool:
    """Tell whether a score breaks a claim about single values."""
    if value is None:
        return name == "defined"
    full = value == setting.points
    return (
        (name == "bounded" and not 0 <= value <= setting.points)
        or (name == "full_when_met" and setting.met(x) and not full)
        or (name == "met_when_full" and full and not setting.met(x))
    )


def falls(setting: Setting, low: tuple[Fraction, Fraction | None], high: tuple[Fraction, Fraction | None]) -> bool:
    """Tell whether the better of two values scores less."""
    assert low[1] is not None
    assert high[1] is not None
    edges = setting.edges()
    rising = setting.direction == "higher" or (setting.direction in {"equal", "between"} and high[0] <= edges[0])
    sinking = setting.direction == "lower" or (setting.direction in {"equal", "between"} and low[0] >= edges[-1])
    return (rising and low[1] > high[1]) or (sinking and low[1] < high[1])


@ROOM
@given(numbers(3), st.lists(fixed, min_size=5, max_size=5), st.booleans(), fixed)
def test_what_scales_scales(body: Expr, drawn: list[Fraction], met: bool, factor: Fraction) -> None:
    compiled = Compiled(parse_formula(print_formula(body)))
    names = ("points", "actual", "target", "completion")
    env: dict[str, Fraction | bool] = {**dict(zip(names, drawn, strict=False)), "met": met}
    larger = {**env, "points": env["points"] * factor}
    wider = {**env, "actual": env["actual"] * factor, "target": env["target"] * factor}

    def run(values: dict[str, Fraction | bool]) -> Fraction | None:
        try:
            return compiled.run(values)
        except EvaluationError:
            return None

    value = run(env)
    if scales_with_points(body):
        assert run(larger) == (None if value is None else value * factor)
    if scales_with_target(body):
        assert run(wider) == value


# -- what is said of known formulas -------------------------------------------------------------------------------

ALL = ["defined", "bounded", "monotone", "full_when_met", "met_when_full", "continuous"]
HIGHER, LOWER = Setting("higher"), Setting("lower")
BETWEEN = Setting("between", target=None, low=Fraction(3, 5), high=Fraction(4, 5))
TEN = Setting("higher", points=Fraction(10))

KNOWN = [
    # formula, setting, claims that do not hold, whether for all points and for all targets
    ("分值 * 按比例(完成值, 指标值)", HIGHER, [], True, True),
    ("分值 * min(执行率, 1)", HIGHER, [], True, True),
    ("分值 * 反比例(完成值, 指标值)", LOWER, [], True, True),
    ("分值 * 线性超额(完成值, 指标值, 归零=2)", LOWER, [], True, True),
    ("分值 * 及格线折算(完成率, 线=60%)", HIGHER, [], True, True),
    ("分值 * 及格线截断(完成率, 线=60%)", HIGHER, ["continuous"], True, True),
    ("分值 * 全或无(达标)", HIGHER, ["continuous"], True, True),
    ("分值 * 全或无(达标)", BETWEEN, ["continuous"], True, True),
    ("分值 * 区间比例(完成值, 下限, 上限)", BETWEEN, [], True, False),
    ("分值 * 完成率", HIGHER, ["bounded", "full_when_met"], True, True),
    ("扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=按比例))", TEN, [], False, True),
    ("扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=进一))", TEN, ["continuous"], False, True),
    ("扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=舍去))", TEN, ["met_when_full", "continuous"], False, True),
    ("分值 - 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=按比例)", TEN, ["bounded"], False, True),
    (
        "分值 * 按比例(完成值, 指标值) * 超额调减(完成率, 起点=30%, 斜率=0.5, 最多=20%)",
        HIGHER,
        ["monotone", "full_when_met"],
        True,
        True,
    ),
    ("分值 / 完成值", LOWER, ["defined", "bounded", "full_when_met"], True, False),
    ("四舍五入(分值 * min(完成率, 1))", TEN, ["met_when_full", "continuous"], False, True),
]


@each(("text", "setting", "refuted", "any_points", "any_target"), KNOWN)
def test_known_formulas(text: str, setting: Setting, refuted: list[str], any_points: bool, any_target: bool) -> None:
    claims = prove(parse_formula(text), setting)
    assert [claim.name for claim in claims] == ALL
    assert [claim.name for claim in claims if claim.verdict == "refuted"] == refuted
    assert [claim.name for claim in claims if claim.verdict == "unknown"] == []
    assert {(claim.any_points, claim.any_target) for claim in claims} == {(any_points, any_target)}


def claim(text: str, setting: Setting, name: str) -> Claim:
    return next(one for one in prove(parse_formula(text), setting) if one.name == name)


def test_jumps_are_exact() -> None:
    text = "如果 完成率 < 60% 则 0 否则如果 完成率 <= 80% 则 分值 * 50% 否则 分值"
    jumps = claim(text, TEN, "continuous").jumps
    assert [(jump.at, jump.before, jump.value, jump.after) for jump in jumps] == [
        (Fraction(3, 5), 0, 5, 5),
        (Fraction(4, 5), 5, 5, 10),
    ]


def test_a_name_without_a_value_leaves_everything_unknown() -> None:
    claims = prove(parse_formula("分值 * 评定比例"), HIGHER)
    assert {claim.verdict for claim in claims} == {"unknown"}
    given_ = Setting("higher", values={"share": Fraction(1, 2)})
    assert claim("分值 * 评定比例", given_, "bounded").verdict == "proved"


def test_what_is_beyond_proof_is_searched() -> None:
    assert claim("分值 - floor(完成值)", LOWER, "monotone").verdict == "proved"
    endless = "分值 - floor(完成值) * floor(完成值)"
    assert claim(endless, LOWER, "monotone").verdict == "unknown"
    assert claim(endless, LOWER, "bounded").verdict == "refuted"
    product = "分值 * " + " * ".join(["min(完成率, 1)"] * 30)
    assert claim(product, HIGHER, "bounded").verdict == "unknown"
    assert claim(f"{product} * 2", HIGHER, "bounded").witnesses[0].score == 2


def test_a_range_can_be_given() -> None:
    text = "分值 * 完成率"
    assert claim(text, Setting("higher", most=Fraction(1)), "bounded").verdict == "proved"
    below = Setting("higher", least=None)
    [witness] = claim(text, below, "bounded").witnesses
    assert witness.actual < 0
    assert claim("分值 * 按比例(完成值, 指标值)", below, "bounded").verdict == "proved"


def test_a_strict_sign_does_not_meet_at_its_edge() -> None:
    strict = Setting("higher", strict=True)
    [witness] = claim("分值 * 按比例(完成值, 指标值)", strict, "met_when_full").witnesses
    assert (witness.actual, witness.score, witness.met) == (1, 1, False)


def test_a_claim_is_a_sentence_in_both_languages() -> None:
    one = claim("分值 * 完成率", HIGHER, "bounded")
    assert (one.message.zh, one.message.en) == ("得分在 0 与分值之间", "the score lies within 0 and the points")


def test_a_step_next_to_an_edge_is_shown_by_two_values_near_it() -> None:
    text = "如果 完成值 < 1 则 分值 * 完成值 * 完成值 * 完成值 否则 分值 * 99%"
    worse, better = claim(text, HIGHER, "monotone").witnesses
    assert worse.actual < better.actual == 1
    assert worse.score is not None
    assert better.score is not None
    assert worse.score > better.score


def test_a_score_that_grows_without_end_towards_a_point() -> None:
    text = "如果 完成值 >= 1 则 0 否则 1 / (1 - 完成值)"
    found = claim(text, HIGHER, "continuous").jumps
    assert [(jump.at, jump.before, jump.value, jump.after) for jump in found] == [(1, None, 0, 0)]
    worse, better = claim(text, HIGHER, "monotone").witnesses
    assert worse.score is not None
    assert better.score is not None
    assert worse.score > better.score


BEYOND = [
    # what is no line over a line, and what is proved all the same
    ("分值 * min(完成率 * 完成率, 1)", ["defined", "bounded"]),
    ("如果 完成率 * 完成率 = 2 则 0 否则 分值 * min(完成率, 1)", ["defined", "bounded", "met_when_full"]),
    ("min(分值, max(0, 完成值 - 1 / (1 + 完成值)))", ["defined", "bounded"]),
    ("分值 * min(完成率, 1 / 要求(完成率 > 0, 完成率))", ["met_when_full"]),
    ("min(分值, max(0, floor(完成率 * 完成率)))", ["defined", "bounded"]),
]


@pytest.mark.parametrize(("text", "proved"), BEYOND)
def test_beyond_a_line_over_a_line_bounds_may_still_prove_a_claim(text: str, proved: list[str]) -> None:
    claims = prove(parse_formula(text), HIGHER)
    assert [one.name for one in claims if one.verdict == "proved"] == proved
    assert "unknown" in {one.verdict for one in claims}


SLOW = [
    "round(完成值, 12) + round(完成值 / 7, 12) + round(完成值 / 11, 12)",
    "floor(完成值 * 万亿) - floor(完成值 * 9999亿)".replace("万亿", "10000亿"),
    "min(" + ", ".join(f"round(完成值 / {n}, 3)" for n in range(1, 90)) + ")",
    "floor(完成值 * floor(完成值 * floor(完成值 * floor(完成值 * 完成值 * 完成值))))",
    "1 / (floor(完成值 * 1000) - floor(完成值 * 999) - 500)",
    "分值 * " + " * ".join(["min(完成率, 1)"] * 60),
]


@pytest.mark.parametrize("text", SLOW)
def test_a_proof_takes_no_more_steps_than_its_budget(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are counted, not seconds: the parts that were computed, and the pieces of the line."""
    parts, value = 0, OnStretch.value

    def counted(self: OnStretch, node: Expr, env: Mapping[str, Value]) -> Value:
        nonlocal parts
        parts += 1
        return value(self, node, env)

    monkeypatch.setattr(OnStretch, "value", counted)
    formula = parse_formula(text)
    pieces = pieces_of(formula, HIGHER, FEW)
    assert parts <= FEW + 2 * sum(1 for _ in walk(formula.body))
    assert len(pieces) <= FEW / 2
    verdicts = [one.verdict for one in prove(formula, HIGHER, FEW)]
    assert "unknown" in verdicts or "refuted" in verdicts


def test_what_the_budget_leaves_is_unknown() -> None:
    claims = prove(parse_formula("四舍五入(分值 * min(完成率, 1), 2)"), TEN, budget=10)
    assert {one.name: one.verdict for one in claims}["met_when_full"] == "refuted"
    assert {one.name: one.verdict for one in claims}["defined"] == "unknown"
    assert {one.name: one.verdict for one in claims}["monotone"] == "proved"


def test_a_range_in_points_of_the_target_holds_for_all_targets() -> None:
    above = Setting("higher", target=Fraction(7), least=Fraction(7))
    assert claim("分值 * 按比例(完成值, 指标值)", above, "full_when_met").any_target
    other = Setting("higher", target=Fraction(7), least=Fraction(5))
    assert not claim("分值 * 按比例(完成值, 指标值)", other, "full_when_met").any_target
