"""One form in JSON, JSON lines, YAML and CSV: equal forms, and equal scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from tests.forms.strategies import built, forms
from tests.forms.writing import as_csv, as_json, as_json_lines, as_yaml
from tests.house.tree import ROOT

WRITERS = {".json": as_json, ".jsonl": as_json_lines, ".yaml": as_yaml, ".yml": as_yaml}
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.json"))
SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")


def read_back(data: Any, suffix: str, folder: Path) -> list[pfscore.Form]:
    path = folder / f"form{suffix}"
    path.write_text(WRITERS[suffix](data), encoding="utf-8")
    return pfscore.load_forms(path)


def as_in_csv(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what CSV has no place for: other tables, thresholds."""
    rows = [{key: cell for key, cell in row.items() if key != "thresholds"} for row in data["indicators"]]
    return {**data, "tables": [], "indicators": rows}


many = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


class TestRandomForms:
    @pytest.mark.parametrize("suffix", sorted(WRITERS))
    @many
    @given(data=forms)
    def test_a_form_survives(self, data: dict[str, Any], suffix: str, tmp_path: Path) -> None:
        [found] = read_back(data, suffix, tmp_path)
        assert found.problems == ()
        assert found == built(data)
        assert hash(found) == hash(built(data))

    @pytest.mark.parametrize("chinese", [False, True])
    @many
    @given(data=forms.map(as_in_csv))
    def test_a_form_survives_csv(self, data: dict[str, Any], chinese: bool, tmp_path: Path) -> None:
        path = tmp_path / "form.csv"
        path.write_text(as_csv(data, chinese=chinese), encoding="utf-8", newline="")
        [found] = pfscore.load_forms(path)
        assert found.problems == ()
        assert found == built(data)

    @many
    @given(data=st.lists(forms.map(as_in_csv), min_size=2, max_size=3, unique_by=lambda form: form["title"]))
    def test_several_forms_survive(self, data: list[dict[str, Any]], tmp_path: Path) -> None:
        expected = [built(form) for form in data]
        for suffix in (".json", ".jsonl", ".yaml"):
            assert read_back(data, suffix, tmp_path) == expected
        path = tmp_path / "forms.csv"
        path.write_text(as_csv(data), encoding="utf-8", newline="")
        assert pfscore.load_forms(path) == expected

    @many
    @given(data=forms)
    def test_the_scores_are_equal(self, data: dict[str, Any], tmp_path: Path) -> None:
        expected = facts(SICHUAN.score_form(built(data)))
        for suffix in (".json", ".jsonl", ".yaml"):
            [form] = read_back(data, suffix, tmp_path)
            assert facts(SICHUAN.score_form(form)) == expected


def facts(sheet: pfscore.Sheet) -> dict[str, Any]:
    """Return all that a sheet says, but for the places of its diagnostics, which are those of a file."""
    found = sheet.as_json()
    for part in (found, *found["indicators"], *found["budget"]):
        part["diagnostics"] = [(one["code"], one["message"]) for one in part["diagnostics"]]
    return found


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("suffix", [".jsonl", ".yaml"])
def test_the_examples_in_other_formats(name: str, suffix: str, tmp_path: Path) -> None:
    found = pfscore.load_forms(ROOT / "examples" / name)
    again = read_back([form.model_dump(mode="json") for form in found], suffix, tmp_path)
    assert again == found
    for one, other in zip(found, again, strict=True):
        rules = pfscore.load_ruleset(one.ruleset or "")
        assert facts(rules.score_form(one)) == facts(rules.score_form(other))


def test_numbers_without_quotes_are_their_text(tmp_path: Path) -> None:
    (tmp_path / "form.json").write_text('{"year": 2023, "indicators": [{"target": 26.50, "points": 10}]}')
    (tmp_path / "form.yaml").write_text("year: 2023\nindicators:\n  - target: 26.50\n    points: 10\n")
    for name in ("form.json", "form.yaml"):
        form = pfscore.load_form(tmp_path / name)
        assert form == pfscore.Form(year=2023, indicators=(pfscore.Indicator(target="26.50", points="10"),))


def test_null_and_nothing_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "form.json").write_text(
        '{"title": null, "indicators": [{"name": null, "actual": null, "target": "5"}]}'
    )
    assert pfscore.load_form(tmp_path / "form.json") == pfscore.Form(indicators=(pfscore.Indicator(target="5"),))


def test_a_file_of_several_forms_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "forms.json").write_text('[{"indicators": [{}]}, {"indicators": [{}]}]')
    assert isinstance(pfscore.load_form(tmp_path / "forms.json"), list)
    (tmp_path / "form.json").write_text('[{"indicators": [{}]}]')
    assert isinstance(pfscore.load_form(tmp_path / "form.json"), pfscore.Form)
