"""Small forms to ask questions about."""

from __future__ import annotations

from typing import Any

from pfscore.forms.form import BudgetLine, Form, Indicator
from tests.house.tree import ROOT

LUZHOU = str(ROOT / "examples" / "luzhou-2023.json")


def form(*rows: dict[str, Any], **keys: Any) -> Form:
    indicators = tuple(Indicator(**{"name": f"甲{number}", **row}) for number, row in enumerate(rows))
    return Form(**{"title": "表", "year": 2023, "ruleset": "cn-sc/project", **keys}, indicators=indicators)


def project(budget: str, people: str | None, rate: str, days: str = "5个工作日", word: str = "优") -> Form:
    return form(
        {"name": "人数", "target": "≥10人", "actual": people, "points": "5"},
        {"name": "合格率", "target": "≥90%", "actual": rate, "points": "5"},
        {"name": "时限", "target": "≤6个工作日", "actual": days, "points": "5"},
        {"name": "效果", "target": "优", "actual": word, "points": "5"},
        title=f"项目{budget}",
        amount_unit="万元",
        budget=(BudgetLine(label="总额", budget=budget, expenditure=budget, points="10"),),
    )
