"""The OpenAPI description is true: schemathesis sends what it allows and what it does not, and finds nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from jsonschema import Draft202012Validator

from pfscore.service.app import create_app
from tests.service.serving import server
from tests.shares import takes_all

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra `test`)")
checks = pytest.importorskip("schemathesis.checks", reason="schemathesis is not installed (extra `test`)")

pytestmark = pytest.mark.usefixtures("installed")
APP = create_app()
SCHEMA = schemathesis.openapi.from_dict(APP.openapi())
# Requests at every edge of the schema are made where tests are collected, by each process: by those that draw many.
SCHEMA.config.phases.coverage.enabled = takes_all()
#: How many requests of each address; in CI a few, and with PFSCORE_FUZZ as many as one says.
MANY = int(os.environ.get("PFSCORE_FUZZ", "4" if os.environ.get("CI") else "12"))
#: What pfscore decides by more than a schema can say: a row with a wrong cell is refused in its place and the form
#: is scored, as everywhere; and a ruleset, a year or a cell may be well-formed and yet not exist or not be readable.
BY_CONTENT = ("negative_data_rejection", "positive_data_acceptance")


@schemathesis.serializer("application/x-ndjson")  # type: ignore[untyped-decorator]
def lines(context: Any, value: Any) -> bytes:
    del context
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server("--workers", "1") as (_, url):
        yield url


def test_the_description_is_whole() -> None:
    described = APP.openapi()
    names = set(described["components"]["schemas"])
    used = set(json.dumps(described).split("#/components/schemas/")[1:])
    assert {one.split('"')[0] for one in used} <= names
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    without_problem = [
        (path, method)
        for path, methods in described["paths"].items()
        for method, one in methods.items()
        if path.startswith("/v1/") and "application/problem+json" not in one["responses"]["422"]["content"]
    ]
    assert without_problem == []


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=MANY,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_schemathesis_finds_nothing(case: Any, url: str) -> None:
    checks.load_all_checks()
    excluded = [one for one in checks.CHECKS.get_all() if one.__name__ in BY_CONTENT]
    case.call_and_validate(base_url=url, excluded_checks=excluded)
