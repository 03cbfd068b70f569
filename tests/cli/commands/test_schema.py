"""`pfscore schema`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

import pfscore
from pfscore.cli.commands.schema import SCHEMAS, schema
from tests.cli.running import run, run_apart
from tests.forms.strategies import built, forms
from tests.house.tree import ROOT

FORMS = [form for path in sorted((ROOT / "examples").glob("*.json")) for form in pfscore.load_forms(path)]
SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")


class TestSchema:
    @pytest.mark.parametrize("what", SCHEMAS)
    def test_it_is_json_schema(self, what: str) -> None:
        code, out, err = run_apart("schema", what)
        found = json.loads(out)
        assert (code, err, found["$schema"]) == (0, "", "https://json-schema.org/draft/2020-12/schema")
        assert found["$id"] == f"urn:pfscore:{what}:1"
        Draft202012Validator.check_schema(found)
        assert found["type"] == "object"
        assert found["additionalProperties"] is False

    def test_a_form_has_the_keys_of_the_contract(self) -> None:
        found = json.loads(run("schema", "form")[1])
        assert set(found["properties"]) >= {
            *("title", "organisation", "region", "year", "kind", "ruleset", "budget", "indicators", "published_total"),
        }
        assert set(found["$defs"]["Indicator"]["properties"]) >= {
            *("path", "name", "comparator", "target", "targets", "unit", "actual", "points"),
            *("published_score", "published_deviation", "note"),
        }
        assert set(found["$defs"]["BudgetLine"]["properties"]) >= {
            *("label", "initial", "budget", "expenditure", "points", "published_rate", "published_score"),
        }

    def test_no_number_of_a_form_may_be_a_float(self) -> None:
        assert '"number"' not in run("schema", "form")[1]

    def test_something_else(self) -> None:
        assert run("schema", "rules")[0] == 2


@cache
def validator(what: str) -> Draft202012Validator:
    return Draft202012Validator(schema(what))


class TestWhatComesOut:
    """Whatever is written follows its schema, and a schema allows no key that it does not name."""

    @pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
    def test_sheets_and_their_scores(self, form: pfscore.Form) -> None:
        sheet = pfscore.load_ruleset(form.ruleset or "").score_form(form)
        for data in (sheet.as_json("zh"), sheet.as_json("en"), json.loads(sheet.model_dump_json())):
            validator("sheet").validate(data)
        for what, scores in (("score", sheet.indicators), ("budget-score", sheet.budget)):
            for one in scores:
                validator(what).validate(one.as_json())
                validator(what).validate(json.loads(one.model_dump_json()))

    def test_findings_and_diagnostics(self) -> None:
        for finding in pfscore.audit(FORMS):
            validator("finding").validate(finding.as_json())
            validator("finding").validate(json.loads(finding.model_dump_json()))
        for row in ({"target": "≥**人", "actual": 0.5, "points": "5"}, {"target": "≥5人", "actual": "9O人"}):
            for problem in SICHUAN.score(**row).diagnostics:
                validator("diagnostic").validate(json.loads(problem.model_dump_json()))

    def test_the_examples_as_forms(self) -> None:
        for form in FORMS:
            validator("form").validate(form.model_dump(mode="json", exclude_none=True))

    @given(forms)
    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    def test_random_forms(self, data: dict[str, object]) -> None:
        form = built(data)
        sheet = SICHUAN.score_form(form)
        validator("sheet").validate(json.loads(sheet.model_dump_json()))
        for finding in pfscore.audit(form, ruleset=SICHUAN):
            validator("finding").validate(finding.as_json("en"))

    @pytest.mark.parametrize("what", SCHEMAS)
    def test_the_page_holds_the_schema(self, what: str) -> None:
        page = ROOT / "docs" / "reference" / "schemas" / f"{what}.json"
        assert json.loads(page.read_text(encoding="utf-8")) == schema(what)
