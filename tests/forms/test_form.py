"""Forms, rows and scores as values: frozen, hashable, picklable, equal where their cells are; built from Python."""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import pfscore
from pfscore.formulas.evaluation.trace import Step
from tests.forms.strategies import built, forms
from tests.tables import each

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
ROW: dict[str, Any] = {"name": "人数", "target": "≥26万人", "actual": "28.28万人", "points": "10"}
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(build: Callable[[], object]) -> str:
    with pytest.raises(pfscore.InputError) as caught:
        build()
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.diagnostics) == (str(caught.value), caught.value.diagnostics)
    return str(caught.value)


def refused(cells: object) -> str:
    """Score a row on every path, and return why it is refused."""
    [one] = SICHUAN.score_many([cells])  # type: ignore[list-item]
    if isinstance(cells, dict):
        assert SICHUAN.score(**cells) == one
    assert (one.outcome, one.score) == ("refused", None)
    return str(pfscore.InputError(one.diagnostics))


class TestFromPython:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("10", "10"),
            (10, "10"),
            (Decimal("10.50"), "10.50"),
            (Decimal("1E+1"), "10"),
            (Fraction(21, 2), "10.5"),
            (0, "0"),
            (None, None),
        ],
    )
    def test_exact_numbers_are_taken_as_their_text(self, given: Any, kept: str | None) -> None:
        row = pfscore.Indicator(name="人数", target="≥26万人", actual="28.28万人", points=given)
        assert row.points == kept
        one = SICHUAN.score(**{**ROW, "points": given})
        assert (one.row, one.points) == (row, None if kept is None else Decimal(kept))

    def test_points_without_finite_decimal_are_refused_as_points(self) -> None:
        one = SICHUAN.score(**{**ROW, "points": Fraction(1, 3)})
        assert (one.outcome, one.points, one.score) == ("refused", None, None)
        assert [found.message.zh for found in one.diagnostics] == ["分值“1/3”除不尽"]

    def test_a_year_may_be_a_number(self) -> None:
        assert pfscore.Form(year=2023) == pfscore.Form(year="2023")  # type: ignore[arg-type]

    def test_a_form_of_plain_data(self) -> None:
        form = pfscore.Form(title="表", indicators=({"name": "人数", "points": 10},))  # type: ignore[arg-type]
        assert form.indicators == (pfscore.Indicator(name="人数", points="10"),)


class TestRefused:
    FLOAT = 'PF531 错误：浮点数 28.28 已经丢失原来的写法\n  {}\n  提示：请传入文字，如 "28.28"'

    @pytest.mark.parametrize("key", ["actual", "target", "points", "unit", "published_score", "decision"])
    def test_floats_of_a_row(self, key: str) -> None:
        cells: dict[str, Any] = {key: 28.28}
        assert said(lambda: pfscore.Indicator(**cells)) == self.FLOAT.format(key)
        assert refused({**ROW, key: 28.28}) == self.FLOAT.format(key)

    def test_floats_in_a_form(self) -> None:
        row: Any = {"points": 28.28}
        assert said(lambda: pfscore.Form(indicators=(row,))) == self.FLOAT.format("indicators[0].points")
        assert said(lambda: pfscore.BudgetLine(budget=28.28)) == self.FLOAT.format("budget")  # type: ignore[arg-type]

    def test_a_page_says_the_same(self) -> None:
        assert f"```text\n{self.FLOAT.format('actual')}\n```" in pfscore_page("PF531")

    def test_everything_at_once(self) -> None:
        wrong: dict[str, Any] = {"targt": "5", "points": 1.5, "path": "产出指标"}
        assert refused(wrong) == (
            "PF504 错误：“path” 应当是列表\n  path\n"
            'PF531 错误：浮点数 1.5 已经丢失原来的写法\n  points\n  提示：请传入文字，如 "28.28"\n'
            "PF501 错误：不认识的键 “targt”\n  targt\n  提示：是不是 “target”？\n"
            "PF511 错误：没有填完成值\n  提示：确认没有完成的，填 0；不适用的，填“不适用”"
        )

    @pytest.mark.parametrize("value", [True, b"5", ["5"], {"a": "5"}, object()])
    def test_what_is_no_cell(self, value: Any) -> None:
        assert refused({**ROW, "actual": value}) == "PF504 错误：“actual” 应当是一个值\n  actual"

    @pytest.mark.parametrize("value", [None, [], "≥5人", 5, [("target", "≥5人")], object()])
    def test_what_is_no_row(self, value: object) -> None:
        assert refused(value) == "PF504 错误：这一行应是一个对象"

    @pytest.mark.parametrize("value", [10**60, -(10**4000), Fraction(1, 10**60), Decimal("1E+999999")])
    def test_numbers_longer_than_any_cell(self, value: Any) -> None:
        assert said(lambda: pfscore.Indicator(points=value)) == "PF503 错误：数超过 60 位\n  points"

    @pytest.mark.parametrize("value", [Decimal(one) for one in ("NaN", "sNaN", "Infinity", "-Infinity")])
    def test_what_is_a_decimal_but_no_number(self, value: Any) -> None:
        assert said(lambda: pfscore.Indicator(points=value)) == f"PF503 错误：{value} 不是数\n  points"

    def test_in_a_stream_the_rows_before_and_behind_are_scored(self) -> None:
        stream = SICHUAN.score_many([ROW, {**ROW, "actual": 28.28}, ROW])
        assert [one.score for one in stream] == [10, None, 10]

    @pytest.mark.parametrize("path", ["产出指标", 5, [5], ["产出指标", 1.5]])
    def test_a_path_is_a_list_of_texts(self, path: Any) -> None:
        assert refused({**ROW, "path": path}).startswith("PF504")

    def test_nothing_of_pydantic_comes_out(self) -> None:
        for build in (lambda: pfscore.Form(year="x"), lambda: pfscore.Targets(full="5")):  # type: ignore[arg-type, call-arg]
            with pytest.raises(pfscore.PfscoreError) as caught:
                build()
            assert not isinstance(caught.value, ValidationError)
            assert caught.value.__cause__ is None


def pfscore_page(code: str) -> str:
    from pfscore.foundation.codes import page

    return page(code)


class TestFrozen:
    def test_a_form_cannot_be_changed(self) -> None:
        form = pfscore.Form(title="表", indicators=(pfscore.Indicator(name="人数"),))
        for record, key in ((form, "title"), (form.indicators[0], "name")):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(record, key, "别的")

    def test_a_score_cannot_be_changed(self) -> None:
        one = SICHUAN.score(**ROW)
        with pytest.raises(AttributeError):
            one.score = Decimal(5)  # type: ignore[misc]
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.points_exact = Fraction(5)  # type: ignore[misc]

    def test_a_score_does_not_follow_the_dict_that_it_was_made_of(self) -> None:
        cells = dict(ROW)

        def rows() -> Any:
            for actual in ("28.28万人", "13万人", "0"):
                cells["actual"] = actual
                yield cells

        found = list(SICHUAN.score_many(rows()))
        assert [one.row.actual for one in found] == ["28.28万人", "13万人", "0"]
        assert [one.completion for one in found] == [Fraction(707, 650), Fraction(1, 2), Fraction(0)]


class TestEqual:
    @few
    @given(forms)
    def test_forms_survive_pickle(self, data: dict[str, Any]) -> None:
        form = built(data)
        again = pickle.loads(pickle.dumps(form))
        assert (again, hash(again)) == (form, hash(form))

    @few
    @given(forms)
    def test_sheets_survive_pickle(self, data: dict[str, Any]) -> None:
        sheet = SICHUAN.score_form(built(data))
        again = pickle.loads(pickle.dumps(sheet))
        assert again == sheet
        assert hash(again) == hash(sheet)
        assert again.as_json() == sheet.as_json()
        assert [one.explain() for one in again.indicators] == [one.explain() for one in sheet.indicators]

    @few
    @given(forms)
    def test_a_trace_survives_json(self, data: dict[str, Any]) -> None:
        for one in SICHUAN.score_form(built(data)).indicators:
            assert Step.from_json(json.loads(json.dumps(one.trace.as_json()))) == one.trace

    @few
    @given(st.lists(forms, min_size=2, max_size=2))
    def test_equal_forms_have_equal_hashes(self, data: list[dict[str, Any]]) -> None:
        one, other = map(built, data)
        assert (one == other) == (data[0] == data[1])
        assert one != other or hash(one) == hash(other)
        assert one != one.indicators[0]

    def test_a_row_with_problems_is_not_the_row_without(self, tmp_path: Path) -> None:
        (tmp_path / "form.json").write_text(
            '[{"indicators": [{"name": "甲", "x": "1"}]}, {"indicators": [{"name": "甲"}]}]'
        )
        bad, good = pfscore.load_forms(tmp_path / "form.json")
        assert bad.indicators != good.indicators
        assert [one.code for one in bad.indicators[0].problems] == ["PF501"]

    def test_a_form_from_a_file_keeps_its_places_in_a_pickle(self, tmp_path: Path) -> None:
        for name, text in (
            ("form.json", '{"indicators": [{"name": "甲", "target": "5"}]}'),
            ("form.yaml", "indicators:\n  - name: 甲\n    target: 5\n"),
            ("form.csv", "name,target\n甲,5\n"),
        ):
            (tmp_path / name).write_text(text, encoding="utf-8")
            [form] = pfscore.load_forms(tmp_path / name)
            again = pickle.loads(pickle.dumps(form))
            assert again.span("indicators", 0, "target") == form.span("indicators", 0, "target")
            assert form.span("indicators", 0, "target").line > 0

    @pytest.mark.parametrize("name", ["missing.json", "form.txt", "bad.json"])
    def test_errors_survive_pickle(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "form.txt").write_text("x")
        (tmp_path / "bad.json").write_text("{,}")
        assert said(lambda: pfscore.load_form(tmp_path / name)).startswith("PF1")


@each("key", [1, None, b"title", ("a",), 1.5, True])
@each("data", [lambda bad: bad, lambda bad: {"indicators": [bad]}, lambda bad: {"budget": [{"label": "总额", **bad}]}])
def test_a_key_that_is_no_text_is_told(data: Any, key: Any) -> None:
    """A mapping of Python may have any keys; those of pydantic's own errors do not come out."""
    form = pfscore.load_form(data({key: 2}))
    rows = (form, *form.indicators, *form.budget)
    assert [f"{one.code} {one.message.zh}" for row in rows for one in row.problems] == [
        f"PF504 键应当是文字，不是 {key!r}"
    ]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_bytes_are_a_form(kind: Any) -> None:
    assert pfscore.load_form(kind('{"title": "表"}'.encode())).title == "表"


@pytest.mark.parametrize("given_", [5, None, object(), iter(["{}"])])
def test_what_is_neither_text_nor_a_stream(given_: Any) -> None:
    for load in (pfscore.load_form, pfscore.load_ruleset):
        with pytest.raises(TypeError, match="a path, text, bytes or a stream, not"):
            load(given_)
