"""A row while it is scored: what a form gives, and what the passes of the engine have found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pfscore.cells.readings import Assumption
from pfscore.forms.form import BudgetLine, Indicator
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.rulesets.edition import RuleInForce
from pfscore.scoring.row.award import NO_EXTRAS, Award, Extras, Value
from pfscore.scoring.row.readings_of_row import Cells, Outcome


@dataclass(slots=True)
class Row:
    """One row on its way through the passes. A pass fills in what it finds, or closes the row.

    `given` is the row of the form; `target` and `points_text` are its cells, or what the ruleset fixes in their place.
    `problems` make a score impossible, `notes` are reported beside one.
    """

    given: Indicator | BudgetLine
    target: str | None
    points_text: str | None
    extras: Extras = NO_EXTRAS
    year: int | None = None
    amount_unit: str | None = None
    problems: tuple[Diagnostic, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    points: Fraction | None = None
    cells: Cells | None = None
    amounts: Mapping[str, Value] = field(default_factory=dict)
    rule: RuleInForce | None = None
    award: Award | None = None
    closed: bool = False

    @classmethod
    def of(cls, given: Indicator, peers: Extras = NO_EXTRAS, year: int | None = None) -> Row:
        """Return an indicator row before the first pass; `peers` are facts about its block."""
        return cls(given, given.full_target, given.points, peers, year, problems=given.problems)

    @classmethod
    def of_budget(cls, given: BudgetLine, amount_unit: str | None = None) -> Row:
        """Return a budget line before the first pass."""
        return cls(given, None, given.points, amount_unit=amount_unit, problems=given.problems)

    def close(self, award: Award) -> None:
        """Settle the row; no further pass looks at it."""
        self.award, self.closed = award, True

    def leave_open(self, outcome: Outcome, *diagnostics: Diagnostic) -> None:
        """Close the row with nothing known: it may earn anything up to its points."""
        low = None if self.points is None else Fraction(0)
        self.close(Award(outcome, low, self.points, diagnostics=diagnostics))

    def note(self, *notes: Diagnostic) -> None:
        """Report something beside the award."""
        if self.award is not None and notes:
            self.award = replace(self.award, diagnostics=(*self.award.diagnostics, *notes))
