"""Published forms of ten regions that no rule was written from: how each row fares, the total, and the findings.

`forms/` has the forms as published, with what is broken in them; `expected/` what a reviewer expects of each, written
down row by row, with a comment where the reviewer cannot decide either.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.files.reader import load_forms
from pfscore.forms.form import Form
from pfscore.foundation.errors import RulesetError
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, Score
from pfscore.scoring.rules import load_ruleset
from pfscore.scoring.sheet import Sheet

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "forms").glob("*.json"))


def found_in(name: str) -> dict[str, Any]:
    """Return what the library makes of a form, as `expected/` has it."""
    (form,) = load_forms(HERE / "forms" / f"{name}.json")
    return {**_scored(form), "findings": [f"{one.severity.value} {one.code} {one.row or '-'}" for one in audit(form)]}


def _scored(form: Form) -> dict[str, Any]:
    try:
        sheet = load_ruleset(form.ruleset or "").score_form(form)
    except RulesetError as error:
        return {"refused": error.code}
    return {
        "total": _interval(sheet),
        "grade": sheet.grade,
        "rows": [_row(one) for one in (*sheet.budget, *sheet.indicators)],
    }


def _interval(sheet: Sheet) -> str | None:
    if sheet.low is None or sheet.full is None:
        return None
    return f"{sheet.low} / {sheet.full}" if sheet.low == sheet.high else f"{sheet.low} ~ {sheet.high} / {sheet.full}"


def _row(one: Score) -> str:
    name = one.label if isinstance(one, BudgetScore) else one.name if isinstance(one, IndicatorScore) else ""
    score = "" if one.low is None else f" {one.low}" if one.low == one.high else f" {one.low}~{one.high}"
    met = {None: "", True: ", met", False: ", missed"}[one.met if isinstance(one, IndicatorScore) else None]
    return f"{name}: {one.outcome}{score}{met}"


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_as_a_reviewer_reads_it(name: str) -> None:
    expected = json.loads((HERE / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert found_in(name) == {key: value for key, value in expected.items() if key != "comment"}


def test_no_person_is_named() -> None:
    for path in (HERE / "forms").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("填表人", "联系人", "联系电话", "负责人：")), path.name
