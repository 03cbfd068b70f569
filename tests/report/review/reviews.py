"""Reviews to show: the example forms, and forms made for one point."""

from __future__ import annotations

from functools import cache
from typing import Any

import pfscore
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.report.review.reviewed import Review, ReviewedForm, review_body
from pfscore.scoring.rules import Rules
from tests.house.tree import ROOT

LUZHOU = str(ROOT / "examples" / "luzhou-2023.json")


@cache
def luzhou() -> Review:
    """Return the review of the seven forms of one body."""
    rules = pfscore.load_ruleset("cn-sc/project")
    forms = [("luzhou-2023.json", form) for form in pfscore.load_forms(LUZHOU)]
    return Review(tuple(review_body(forms, [rules] * len(forms))))


def reviewed(rules: Rules | InputError | None = None, **cells: Any) -> ReviewedForm:
    """Return the review of one form of 100 points, with `cells` changed."""
    row = pfscore.Indicator(
        name="缴存人数",
        target="≥100人",
        actual="90人",
        points="100",
        published_score=cells.pop("published_score", "90"),
        note="因疫情影响，未完成",
    )
    form = pfscore.Form(**{"title": "自评表", "year": 2023, "indicators": (row,), "published_total": "90", **cells})
    return review_body([("form.json", form)], [rules or pfscore.load_ruleset("cn-sc/project")])[0]


def no_ruleset() -> InputError:
    """Return why a form has no rules."""
    return InputError.of(Diagnostic("PF526", Message("没有指明用哪个规则集", "no ruleset is named")))
