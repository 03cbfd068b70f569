"""Small forms of one kind each, and what an audit finds in them."""

from __future__ import annotations

from typing import Any

from pfscore.auditing.run import audit
from pfscore.forms.form import Form

Cells = dict[str, Any]


def row(target: str | None, actual: str | None, name: str = "办理情况", **cells: Any) -> Cells:
    """Return an indicator row; without a path it is an output."""
    return {"path": ["产出指标", "数量指标"], "name": name, "target": target, "actual": actual, **cells}


def form(*rows: Cells, **cells: Any) -> Form:
    """Return a form of a project with these rows; without `ruleset` it names none."""
    return Form.model_validate({"title": "表", "kind": "project", "year": 2023, "indicators": list(rows), **cells})


def found(one: Form, *codes: str, **how: Any) -> list[tuple[str, str, int | None]]:
    """Return code, severity and row of each finding, of these codes alone where some are given."""
    return [
        (finding.code, finding.severity.value, finding.row)
        for finding in audit(one, **how)
        if not codes or finding.code in codes
    ]
