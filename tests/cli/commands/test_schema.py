"""`pfscore schema`: what it prints, and its exit codes."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import run, run_apart


class TestSchema:
    @pytest.mark.parametrize("what", ["ruleset", "form"])
    def test_it_is_json_schema(self, what: str) -> None:
        code, out, err = run_apart("schema", what)
        found = json.loads(out)
        assert (code, err, found["$schema"]) == (0, "", "https://json-schema.org/draft/2020-12/schema")
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
