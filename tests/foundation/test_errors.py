"""Errors in both languages, and equal to their copies; so are rulesets."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import pfscore
from pfscore.foundation.errors import PfscoreError
from tests.tables import each

COPIES: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]


def failed(do: Callable[[], object]) -> PfscoreError:
    with pytest.raises(PfscoreError) as caught:
        do()
    return caught.value


ERRORS = [
    failed(lambda: pfscore.load_ruleset("cn-xx/project")),
    failed(lambda: pfscore.load_forms("nowhere.json")),
    failed(lambda: pfscore.parse_target("≥**人")),
    failed(lambda: pfscore.Form(year="二〇二三", indicators=5)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_rendered_in_both_languages(error: PfscoreError) -> None:
    assert error.render() == error.render("zh") == str(error)
    assert error.render("en") == "\n".join(one.render("en") for one in error.diagnostics) != str(error)


@each("copied", COPIES)
@each("error", ERRORS)
def test_an_error_is_equal_to_its_copy(error: PfscoreError, copied: Callable[[Any], Any]) -> None:
    other = copied(error)
    assert (other, type(other), hash(other)) == (error, type(error), hash(error))
    assert other != pfscore.ScoringError(error.diagnostics)


@pytest.mark.parametrize("copied", COPIES)
def test_a_ruleset_is_equal_to_its_copy(copied: Callable[[Any], Any]) -> None:
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    other = copied(rules)
    assert (
        (other, hash(other))
        == (rules, hash(rules))
        == (pfscore.load_ruleset("cn-sc/project", on="2023-12-31"), hash(rules))
    )
    assert rules != pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
    assert rules != pfscore.load_ruleset("cn-hn/project", on="2023-12-31")


ROW = pfscore.Indicator(name="人数", target="≥5人")


@each(
    "do",
    [
        lambda: pfscore.Indicator.model_validate({"target": 0.5}),
        lambda: pfscore.Indicator.model_validate(5),
        lambda: pfscore.Indicator.model_validate_json('{"targets": 5}'),
        lambda: pfscore.Indicator.model_validate_json("{"),
        lambda: pfscore.Indicator.model_validate_strings({"pionts": "5"}),
        lambda: pfscore.Indicator.model_construct(points=0.5),
        lambda: ROW.model_copy(update={"points": 0.5}),
        lambda: ROW.model_copy(update={"pionts": "5"}),
        lambda: pfscore.Form(indicators=(5,)),  # type: ignore[arg-type]
        lambda: pfscore.Form(budget=[{"points": [1]}]),  # type: ignore[arg-type]
        lambda: pfscore.Form.model_validate({"indicators": [{"target": 0.5}]}),
        lambda: pfscore.Form().model_copy(update={"year": 3}),
    ],
)
def test_no_error_of_pydantic_comes_out(do: Callable[[], object]) -> None:
    error = failed(do)
    assert isinstance(error, pfscore.InputError)
    assert {one.code[:3] for one in error.diagnostics} == {"PF5"}


def test_a_copy_keeps_what_is_not_changed() -> None:
    form = pfscore.load_form({"title": "表", "indicators": [{"target": 0.5, "name": "a"}]})
    row = form.indicators[0].model_copy(update={"name": "b"})
    assert (row.name, [one.code for one in row.problems], row.misread) == ("b", ["PF531"], form.indicators[0].misread)
    assert form.model_copy() == form.model_copy(deep=True) == form
    assert form.model_copy(update={"title": "乙"}).title == "乙"


@pytest.mark.parametrize(
    "source",
    [
        pfscore.load_ruleset.__doc__,
        {},
        {"ruleset": 5},
        {"ruleset": "cn-zz/project", "rules": [{"share": 0.5}]},
        {"ruleset": object()},
        {"ruleset": 10**5000},
        b"\xff",
        b"",
        "a:\n  - b: [",
    ],
)
def test_a_ruleset_that_is_none_is_refused(source: Any) -> None:
    assert isinstance(failed(lambda: pfscore.load_ruleset(source)), pfscore.RulesetError)
