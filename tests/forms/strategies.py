"""Random forms, and the form that Python builds of the same data."""

from __future__ import annotations

from typing import Any

from pfscore import testing
from pfscore.forms.form import BudgetLine, Form, Indicator, Table, Targets

forms = testing.form_data()
targets = testing.target_cells()
actuals = testing.actual_cells()


def built(data: dict[str, Any]) -> Form:
    """Return the form that Python would build of the data."""
    cells = dict(data)
    cells["budget"] = tuple(BudgetLine(**line) for line in data["budget"])
    cells["indicators"] = tuple(_row(row) for row in data["indicators"])
    cells["tables"] = tuple(Table(**table) for table in data["tables"])
    return Form(**cells)


def _row(cells: dict[str, Any]) -> Indicator:
    if "targets" in cells:
        cells = {**cells, "targets": Targets(**cells["targets"])}
    return Indicator(**cells)
