"""What a form would earn under several rulesets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pfscore.foundation.errors import NotFoundError
from pfscore.questions.compare import compare
from tests.questions.forms import form


def test_every_row_under_each_ruleset() -> None:
    one = form({"target": "=1套", "actual": "0.5套", "points": "4"}, {"target": "≥5人", "actual": "5人", "points": "6"})
    found = compare(one, rulesets=["cn-sc/project", "cn/project"])
    assert found.rulesets == ("cn-sc/project", "cn/project")
    assert [row.differs for row in found.rows] == [True, False]
    assert [(sheet.low, sheet.high) for sheet in found.sheets] == [
        (Decimal(8), Decimal(8)),
        (Decimal(6), Decimal("9.99")),
    ]
    data = found.as_json()
    assert data["rows"][0]["scores"][1] == {
        "ruleset": "cn/project",
        "score": None,
        "low": "0",
        "high": "3.99",
        "outcome": "judgement",
        "rule": "met-or-judged",
    }


def test_a_ruleset_that_does_not_exist() -> None:
    with pytest.raises(NotFoundError):
        compare(form(), rulesets=["cn-xx/project"])


# needed, infer, and what an audit takes from the ruleset
