"""Traceable and exact: the fast path, the explained path and a second opinion agree, also on what has no result."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError, compile_formula
from pfscore.formulas.evaluation.generated import Undefined
from pfscore.formulas.evaluation.narrated import explain_formula
from pfscore.formulas.evaluation.trace import Step
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.formulas.glossary import Kind
from pfscore.formulas.printer import print_formula
from pfscore.formulas.syntax_tree import Expr
from tests.formulas.naive import naive, replay
from tests.formulas.strategies import computations, environments, truths

Env = dict[str, Fraction | bool]


def compiled(body: Expr, kind: Kind = Kind.NUMBER) -> Compiled:
    """Return `body` as if its canonical text had been read, constants that break a requirement included."""
    text = print_formula(body)
    return Compiled(parse_formula(text) if kind is Kind.NUMBER else parse_condition(text))


def outcome(one: Compiled, env: Env) -> Fraction | str:
    """Return the result, or the code of the error."""
    try:
        return one.run(env)
    except EvaluationError as error:
        return error.code


@settings(max_examples=75)
@given(computations(), st.data())
def test_every_path_gives_the_same(case: tuple[Expr, Env], data: st.DataObject) -> None:
    """To draw a formula takes as long as all that is asked of it, so all is asked of the same ones."""
    body, env = case
    one = compiled(body)
    found = outcome(one, env)
    assert found == second_opinion(body, env)
    try:
        step = one.trace(env)
    except EvaluationError as error:
        assert error.code == found
        assert error.step is not None
        step = error.step
        assert step.kind == "error"
        assert pickle.loads(pickle.dumps(error)).step == step
    else:
        assert replay(step) == step.number == found
    a_step_holds_one_result_and_the_text_at_its_span(one, step)
    a_step_survives_json_and_pickle_and_can_be_told(step)
    # Without one of its values a formula gives what it gave with it, or says that the value is missing.
    left = data.draw(st.sampled_from([*one.names, None]))
    assert outcome(one, {name: value for name, value in env.items() if name != left}) in {found, "PF433"}


def second_opinion(body: Expr, env: Env) -> Fraction | str:
    """Return the result by another evaluator, or the code of the error."""
    try:
        found: Fraction = naive(body, env)
    except ZeroDivisionError:
        return "PF430"
    except AssertionError:
        return "PF431"
    return found


def a_step_survives_json_and_pickle_and_can_be_told(step: Step) -> None:
    again = pickle.loads(pickle.dumps(step))
    assert Step.from_json(json.loads(json.dumps(step.as_json()))) == step == again
    assert hash(step) == hash(again)
    assert explain_formula(step)
    assert explain_formula(step, "en")


def a_step_holds_one_result_and_the_text_at_its_span(one: Compiled, root: Step) -> None:
    for step in root.walk():
        results = [value for value in (step.number, step.truth, step.label) if value is not None]
        assert len(results) == (0 if step.kind == "error" else 1)
    own = [root]
    for step in own:
        assert one.formula.text[slice(*step.span)] == step.text
        own += step.steps[:-1] if step.kind == "policy" else () if step.kind == "error" else step.steps


@given(truths().flatmap(lambda body: st.tuples(st.just(body), environments(body))))
def test_a_condition_is_tested_as_the_second_opinion_says(case: tuple[Expr, Env]) -> None:
    body, env = case
    one = compiled(body, Kind.TRUTH)
    try:
        expected = naive(body, env)
    except (ZeroDivisionError, AssertionError):
        with pytest.raises(EvaluationError):
            one.test(env)
    else:
        assert one.test(env) is expected
        assert one.trace(env).truth is expected


@settings(max_examples=40)
@given(st.lists(st.fractions(max_denominator=10**60), min_size=2, max_size=2), st.integers(1, 12))
@example([Fraction(2**500, 3**300), Fraction(5**200, 7**170)], 12)
def test_large_numbers_are_refused_by_both_paths_alike(numbers: list[Fraction], times: int) -> None:
    text = "完成值"
    for sign in "*/+-*/+-*/+-"[:times]:
        text = f"({text} {sign} 指标值 * 完成值 / 7)"
    one = compile_formula(parse_formula(text))
    env: Env = {"actual": numbers[0], "target": numbers[1]}
    found = outcome(one, env)
    try:
        assert one.trace(env).number == found
    except EvaluationError as error:
        assert error.code == found


def test_a_pickled_formula_computes_the_same() -> None:
    one = compile_formula(parse_formula("分值 * min(完成值 / 指标值, 1)"))
    env: Env = {"points": Fraction(4), "actual": Fraction(1, 2), "target": Fraction(1)}
    assert one.fast(4, 1, 1, 2, 1, 1) == (4, 2)
    again = pickle.loads(pickle.dumps(one))
    assert again.run(env) == 2
    assert repr(again) == "<Compiled '分值 * min(完成值 / 指标值, 1)'>"


def test_the_fast_path_says_only_that_there_is_no_result() -> None:
    one = compile_formula(parse_formula("分值 / 完成值"))
    with pytest.raises(Undefined):
        one.fast(1, 1, 0, 1)


def test_names_are_handed_in_in_either_language() -> None:
    one = compile_formula(parse_formula("分值 * 完成率"))
    assert one.run({"分值": Fraction(10), "completion": Fraction(19, 20)}) == Fraction(19, 2)
    assert one.names == ("points", "completion")


class Exact(Fraction):
    """A kind of fraction."""


def test_whole_numbers_and_kinds_of_fractions_are_taken_and_other_values_refused() -> None:
    one = compile_formula(parse_formula("如果 达标 则 分值 否则 0"))
    assert one.run({"points": 7, "met": True}) == 7  # type: ignore[dict-item]  # a caller may give whole numbers
    assert one.run({"points": Exact(7, 2), "met": True}) == Fraction(7, 2)
    for wrong in ({"points": True, "met": True}, {"points": Fraction(1), "met": Fraction(1)}):
        with pytest.raises(EvaluationError) as caught:
            one.run(wrong)
        assert caught.value.code == "PF433"
    for large in (Fraction(2**512), Fraction(-(2**512)), Fraction(1, 2**512)):
        with pytest.raises(EvaluationError) as caught:
            one.run({"points": large, "met": True})
        assert caught.value.code == "PF432"
    assert one.run({"points": Fraction(2**512 - 1), "met": True}) == 2**512 - 1


def test_equal_formulas_are_equal_however_they_are_spelled() -> None:
    assert parse_formula("分值×完成率") == parse_formula(" points * completion ")
    assert hash(parse_formula("分值×50%")) == hash(parse_formula("points * 0.5"))
    assert isinstance(pickle.loads(pickle.dumps(parse_formula("分值"))), Formula)


def test_a_guard_against_what_has_no_value() -> None:
    one = compile_formula(parse_formula("如果 预算数 = 0 则 0 否则 分值 * min(执行率, 1)"))
    nothing: Env = {"points": Fraction(10), "budget": Fraction(0), "expenditure": Fraction(0)}
    assert one.run(nothing) == 0
    assert one.trace(nothing).number == 0
    with pytest.raises(EvaluationError) as caught:
        one.run({**nothing, "budget": Fraction(1)})
    assert caught.value.code == "PF433"
    assert compile_formula(parse_condition("预算数 = 0 或 执行率 >= 90%")).test(nothing)


def test_a_requirement_that_fails_without_one_of_its_values() -> None:
    one = compile_formula(parse_formula("要求(预算数 > 0 且 达标, 分值)"))
    with pytest.raises(EvaluationError) as caught:
        one.run({"points": Fraction(10), "budget": Fraction(0)})
    assert caught.value.code == "PF431"
