"""The strategies of `pfscore.testing`: what they draw is what they say, and holds what makes cells hard."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import pfscore
from pfscore import testing
from pfscore.cells.reader import Refusal, read_actual, read_target

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: To find one is enough: the smallest is not looked for.
found = settings(max_examples=1000, phases=[Phase.generate], deadline=None)
kinds = pytest.mark.parametrize(
    "strategy",
    [testing.quantities, testing.percentages, testing.bounds, testing.changes, testing.dates, testing.levels],
)


@kinds
def test_a_cell_of_each_kind_is_read(strategy: Any) -> None:
    assert find(strategy(), lambda text: not isinstance(read_target(text), Refusal), settings=found)


@pytest.mark.parametrize("kind", [pfscore.Bound, pfscore.Between, pfscore.Deadline, pfscore.Level, pfscore.Change])
def test_targets_of_every_kind_are_drawn(kind: type) -> None:
    assert find(testing.target_cells(), lambda text: isinstance(read_target(text), kind), settings=found)


def test_damage_and_blanks_are_drawn() -> None:
    for cells, read in ((testing.target_cells(), read_target), (testing.actual_cells(), read_actual)):
        assert find(cells, lambda text: not text) == ""
        assert find(cells, lambda text, read=read: bool(text) and isinstance(read(text), Refusal), settings=found)  # type: ignore[misc]


@given(testing.rows())
@few
def test_a_row_is_scored(row: dict[str, str]) -> None:
    one = SICHUAN.score(**row)
    if one.outcome == "not_applicable":
        assert one.score is one.low is one.high is None
        return
    assert one.low is not None and one.high is not None and one.points is not None
    assert 0 <= one.low <= one.high <= one.points


@given(testing.forms(year=2022, ruleset="cn-hn/project"))
@few
def test_a_form_has_the_year_and_the_ruleset(form: pfscore.Form) -> None:
    assert (form.year, form.ruleset) == (2022, "cn-hn/project")
    assert pfscore.Form.model_validate_json(form.model_dump_json()) == form


@given(testing.ruleset_data())
@few
def test_a_ruleset_is_loaded(data: dict[str, Any]) -> None:
    assert pfscore.load_ruleset(data, on="2030-12-31").id == data["ruleset"]


def test_every_public_name_is_a_function_with_a_docstring() -> None:
    for name in testing.__all__:
        one = getattr(testing, name)
        assert inspect.getdoc(one), name
        assert one().validate() is None
