"""All that was found about one row, as a plain record; scores and explanations are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pfscore.cells.readings import Assumption
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.rulesets.edition import RuleInForce
from pfscore.scoring.row.award import Award
from pfscore.scoring.row.readings_of_row import Cells, Outcome


@dataclass(frozen=True, slots=True)
class RowResult:
    """All that was found about one row: the outcome, the award, the rule and what is wrong."""

    outcome: Outcome
    points_exact: Fraction | None
    award: Award
    rule_in_force: RuleInForce | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    cells: Cells | None = None

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What is not literally in the text but was needed, and allowed by the ruleset."""
        lent: tuple[Assumption, ...] = ()
        if self.cells is not None:
            readings = (self.cells.target, self.cells.actual)
            read = (item for reading in readings if reading is not None for item in reading.assumptions)
            lent = (*read, *self.cells.assumptions)
        return (*lent, *self.award.comparison.assumptions)
