"""Sheets, scores, findings and diagnostics go to JSON and come back equal; nothing else is read."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

import pfscore
from pfscore.rulesets.search import builtin_ids
from tests.house.tree import ROOT
from tests.tables import each

RULES = pfscore.load_ruleset("cn-hn/project", on="2023-12-31")
FORMS = [form for path in sorted((ROOT / "examples").glob("*.json")) for form in pfscore.load_forms(path)]
ROWS: list[dict[str, Any]] = [
    {"name": "a", "target": "≥26万人", "actual": "28.28万人", "points": "10", "id": 7},
    {"target": "控制在60%到80%的区间", "actual": "59.22%", "points": "2"},
    {"target": "48亿元", "actual": "54.62亿元", "points": "5"},
    {"target": "≥5人且≤9人", "actual": "6人", "points": "5", "thresholds": {"优": "100%"}},
    {"target": "较上年增长5%以上", "actual": "增长6%", "points": "5"},
    {"target": "2023年12月底前", "actual": "2023年11月", "points": "5"},
    {"target": "有效", "actual": "有效", "points": "5"},
    {"target": "≥5人", "actual": "不适用", "points": "5"},
    {"target": "≥5人", "actual": "", "points": "5"},
    {"target": "≥**人", "actual": 0.5, "points": "5"},
    {"target": "≥5人", "actual": "9O人", "points": "5", "tags": ["x", None, {"y": [True, 1]}]},
    {"target": "≥95%", "actual": "≥95%", "points": "5"},
]


@cache
def sheet_of(place: int) -> pfscore.Sheet:
    """Return the sheet of one of the forms."""
    form = FORMS[place]
    return pfscore.load_ruleset(form.ruleset or "").score_form(form)


def shuffled(data: Any) -> Any:
    """Return JSON data with the keys in another order, as a database may give it back."""
    return json.loads(json.dumps(data, sort_keys=True))


@pytest.mark.parametrize("place", range(len(FORMS)))
def test_a_sheet_comes_back(place: int) -> None:
    sheet = sheet_of(place)
    text = sheet.model_dump_json()
    assert json.loads(text) == {**sheet.as_json(), "stored": json.loads(text)["stored"]}
    assert json.loads(text)["stored"]["version"] == 1
    again = pfscore.Sheet.model_validate_json(text)
    assert again == pfscore.Sheet.model_validate_json(text.encode()) == pfscore.Sheet.model_validate(again) == sheet
    assert pfscore.Sheet.model_validate(shuffled(sheet.model_dump(lang="en"))) == sheet
    assert hash(again) == hash(sheet)
    for lang in ("zh", "en"):
        assert again.explain(lang) == sheet.explain(lang)
        assert again.as_json(lang) == sheet.as_json(lang)
    assert again.model_dump_json() == text


@pytest.mark.parametrize("ruleset", builtin_ids())
def test_every_rule_comes_back(ruleset: str) -> None:
    rules = pfscore.load_ruleset(ruleset, on="2024-12-31")
    for row in ROWS:
        one = rules.score(**row)
        again = pfscore.IndicatorScore.model_validate_json(one.model_dump_json())
        assert (again, again.extra, again.explain("en")) == (one, one.extra, one.explain("en"))
        assert again.assumptions == one.assumptions and again.row.problems == one.row.problems


@given(st.sampled_from(ROWS), st.text(max_size=6), st.text(max_size=6))
def test_any_row_comes_back(row: dict[str, Any], target: str, actual: str) -> None:
    one = RULES.score(**{**row, "target": f"{row['target']}{target}", "actual": f"{actual}{row['actual']}"})
    assert pfscore.IndicatorScore.model_validate_json(one.model_dump_json()) == one


def test_findings_and_diagnostics_come_back() -> None:
    findings = pfscore.audit(FORMS)
    assert [pfscore.Finding.model_validate(shuffled(one.model_dump())) for one in findings] == findings
    assert [pfscore.Finding.model_validate(one.model_dump()).span for one in findings] == [one.span for one in findings]
    problems = [problem for row in ROWS for problem in RULES.score(**row).diagnostics]
    assert len(problems) > 3
    assert [pfscore.Diagnostic.model_validate_json(one.model_dump_json(indent=1)) for one in problems] == problems


def test_a_budget_line_comes_back() -> None:
    for line in sheet_of(-1).budget:
        assert pfscore.BudgetScore.model_validate(line.model_dump()) == line


def changed(path: tuple[Any, ...], value: Any) -> Any:
    data = sheet_of(0).model_dump()
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return data


@each(
    "data",
    [
        *(None, 5, "text", [], {}, {"total": "98"}, {"stored": None}, {"stored": {}}, float("nan")),
        changed(("total",), "1"),
        changed(("indicators", 0, "score"), "1"),
        changed(("more",), "1"),
        changed(("stored", "lang"), "en"),
        changed(("stored", "value"), None),
        changed(("stored", "value", "is"), "Finding"),
        changed(("stored", "value", "is"), "os.system"),
        changed(("stored", "value", "title"), 5),
        changed(("stored", "value", "low"), {"is": "Decimal", "text": "nonsense"}),
        changed(("stored", "value", "low"), {"is": "Fraction", "text": "1/0"}),
        changed(("stored", "value", "more"), 5),
        changed(("stored", "shared"), []),
        changed(("stored", "shared", 0), {"is": "shared", "number": 99}),
        changed(("stored", "value", "indicators"), 5),
    ],
)
def test_what_was_not_stored_is_refused(data: Any) -> None:
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.Sheet.model_validate(data)
    assert caught.value.code == "PF536"


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[" * 100_000, "null"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.Sheet.model_validate_json(text)
    assert caught.value.code == "PF536"


def test_another_version_is_refused_by_name() -> None:
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.Sheet.model_validate(changed(("stored", "version"), 99))
    assert caught.value.render("en") == (
        "PF536 error: this Sheet was stored as version 99; version 1 is read here\n"
        "  hint: the other keys can still be read; score again for the whole"
    )


def test_an_extra_that_json_has_no_form_for_is_refused() -> None:
    with pytest.raises(pfscore.InputError) as caught:
        RULES.score(target="≥5人", actual="5人", points="5", where=Path("x")).model_dump()
    assert (caught.value.code, caught.value.diagnostics[0].message.en) == (
        "PF536",
        f"a {type(Path()).__name__} cannot be stored as JSON",
    )


class Colour(IntEnum):
    RED = 1


def _in_itself() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def _deep(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "value",
    [
        *(0.5, float("nan"), b"5", {1, 2}, object(), 10**5_000, -(10**5_000), Decimal("NaN"), Decimal("sNaN")),
        *(datetime(2023, 1, 1, 5, tzinfo=UTC), time(5), {1: "a"}, _in_itself(), _deep(100_000)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_does_not_come_back_equal_is_not_stored(value: Any) -> None:
    """A key of the caller may hold anything; no other error comes out, and nothing is stored as something else."""
    one = RULES.score(**ROWS[0], mine=[value])
    assert one.extra["mine"] == [value]
    for store in (one.model_dump, one.model_dump_json):
        with pytest.raises(pfscore.InputError) as caught:
            store()
        assert [found.code for found in caught.value.diagnostics] == ["PF536"]


@pytest.mark.parametrize(
    "value",
    [
        *(10**4_000, -1, True, None, "\ud800", "", Decimal("1.50"), Decimal("Infinity"), Fraction(1, 3)),
        *(Colour.RED, date(2023, 1, 1), (1, (2,)), [1, [2]], frozenset({"b", "a"}), OrderedDict(b=1, a=2), _deep(50)),
        {"is": "date", "text": "x"},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_stored_comes_back_equal(value: Any) -> None:
    one = RULES.score(**ROWS[0], mine=[value])
    again = pfscore.IndicatorScore.model_validate_json(one.model_dump_json())
    assert again == one
    assert again.extra["mine"] == [value]


def test_a_model_of_pydantic_holds_them() -> None:
    class Kept(BaseModel):
        sheet: pfscore.Sheet
        findings: list[pfscore.Finding] = []

    kept = Kept(sheet=sheet_of(0), findings=pfscore.audit(FORMS[0]))
    assert Kept.model_validate_json(kept.model_dump_json()) == kept
    assert Kept.model_validate(kept.model_dump()) == kept
    with pytest.raises(ValidationError, match="PF536"):
        Kept.model_validate({"sheet": {"total": "98"}})
    schema = TypeAdapter(Kept).json_schema()
    assert schema["properties"]["sheet"] == {"$ref": "#/$defs/Sheet"}  # a schema of its own, as OpenAPI wants it
    assert (schema["$defs"]["Sheet"]["title"], schema["$defs"]["Sheet"]["required"]) == ("Sheet", ["stored"])
    assert set(schema["$defs"]["Sheet"]["properties"]) == {*sheet_of(0).as_json(), "stored"}
    written = TypeAdapter(Kept).json_schema(mode="serialization")["$defs"]["Sheet"]
    assert set(written["required"]) == set(written["properties"])
