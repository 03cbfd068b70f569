"""A row that is a line of JSON: what is no row is told, and the caller's own keys come back."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.scoring.row_lines import scored_line
from pfscore.scoring.rules import Rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"target": NaN}', "PF120"),
        ('{"target": Infinity}', "PF120"),
        ('{"target": -Infinity}', "PF120"),
        ('{"target": "≥5人", "target": "≥6人"}', "PF115"),
        ('{"target": "≥5人"', "PF120"),
    ],
)
def test_what_is_no_row(rules: Rules, line: str, code: str) -> None:
    found = scored_line(rules, line.encode(), 3)
    assert found.problem is not None
    assert found.data == {
        "row": 3,
        "outcome": "refused",
        "score": None,
        "low": None,
        "high": None,
        "met": None,
        "rule": None,
        "codes": [code],
    }


def test_what_a_row_comes_to(rules: Rules) -> None:
    line = '{"id": 7, "target": "≥10人", "actual": "8人", "points": 10}'.encode()
    found = scored_line(rules, line, 2, explain=True)
    explained = found.data.pop("explained")
    assert explained == rules.score(target="≥10人", actual="8人", points="10").explain()
    assert found.data == {
        "id": 7,
        "row": 2,
        "outcome": "scored",
        "score": "8",
        "low": "8",
        "high": "8",
        "met": False,
        "rule": "ratio-higher",
        "codes": [],
    }
    assert (found.problem, found.is_refused) == (None, False)
    assert scored_line(rules, '{"target": "工5", "actual": "8人", "points": "10"}'.encode(), 1).is_refused
