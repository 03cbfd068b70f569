"""The published forms of other regions, as files: rows, scores and findings are those of their JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import pfscore
from pfscore.foundation.errors import PfscoreError
from tests.forms.recognition.layouts import national
from tests.office.made import WRITERS

FORMS = Path(__file__).parents[2] / "wild" / "forms"
#: What the layout has no place for.
_ELSEWHERE = (
    *("title", "organisation", "department", "region", "year", "kind", "ruleset", "tables", "goal", "goal_result"),
    *("published_points", "published_total", "published_grade", "note"),
)


def said(form: pfscore.Form) -> Any:
    """Return the scores of a form and what is found in it; labels are read without the colon behind them."""
    try:
        rules = pfscore.load_ruleset(str(form.ruleset), on=f"{form.year}-12-31")
        sheet = rules.score_form(form)
    except PfscoreError as error:
        return error.code
    scores = [(row.outcome, row.low, row.high) for row in (*sheet.budget, *sheet.indicators)]
    found = [(one.severity, one.code, one.row, one.message.zh) for one in pfscore.audit(form, ruleset=rules)]
    return scores, sheet.low, sheet.high, found


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".html"])
@pytest.mark.parametrize("name", sorted(path.stem for path in FORMS.glob("*.json")))
def test_a_file_gives_the_scores_and_the_findings_of_its_json(name: str, suffix: str) -> None:
    path = FORMS / f"{name}.json"
    expected = pfscore.load_form(path)
    is_split = any(row.comparator or row.unit for row in expected.indicators)
    data = json.loads(path.read_text(encoding="utf-8"))
    (found,) = pfscore.load_forms(WRITERS[suffix]([national(data, split=is_split, notes=True)]))
    assert found.problems == ()
    found = found.model_copy(update={key: getattr(expected, key) for key in _ELSEWHERE})
    assert said(found) == said(expected)
