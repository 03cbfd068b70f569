"""A row while it is scored: the cells of a form, and what the passes of the engine have found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pfscore.cells.readings import Assumption
from pfscore.forms.form import BudgetLine, Indicator, is_sum
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.rulesets.in_force import RuleInForce, Worth
from pfscore.scoring.row.awarding.award import NO_EXTRAS, Award, Extras, Value
from pfscore.scoring.row.comparing.comparison import NOTHING_COMPARED, Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome
from pfscore.scoring.row.figures import OF_NO_NAME, OfName


@dataclass(slots=True)
class Row:
    """An indicator or a budget line on its way through the passes. A pass fills in what it finds, or closes the row.

    `target` and `points_text` are cells of the form, or what the ruleset fixes in their place. A row that `adjusts` the
    total earns at least `least`, which is below 0 where it takes points off. `of_name` and `has_lost_points` say what
    a doubt about the figures looks at beside them, `given` holds what other doubts look at. `problems` make a score
    impossible, `notes` are reported beside one.
    """

    name: str
    path: tuple[str, ...] = ()
    target: str | None = None
    comparator: str | None = None
    unit: str | None = None
    actual: str | None = None
    points_text: str | None = None
    half_year: str | None = None
    share: str | None = None
    decision: str | None = None
    rank: str | None = None
    deduction: str | None = None
    thresholds: tuple[tuple[str, str], ...] | None = None
    initial: str | None = None
    budget: str | None = None
    expenditure: str | None = None
    printed_rate: str | None = None
    is_information: bool = False
    misread: frozenset[str] = frozenset()
    year: int | None = None
    extras: Extras = NO_EXTRAS
    of_name: OfName = OF_NO_NAME
    has_lost_points: bool = False
    given: Indicator | None = None

    problems: tuple[Diagnostic, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    points: Fraction | None = None
    adjusts: bool = False
    least: Fraction = Fraction(0)
    cells: Cells | None = None
    amounts: Mapping[str, Value] = field(default_factory=dict)
    rule: RuleInForce | None = None
    #: Results of the actual that are not compared, in words.
    others: tuple[str, ...] = ()
    comparison: Comparison = NOTHING_COMPARED
    award: Award | None = None
    closed: bool = False

    @classmethod
    def of(cls, given: Indicator, peers: Extras = NO_EXTRAS, year: int | None = None) -> Row:
        """Return an indicator row before the first pass; `peers` are facts about its block."""
        return cls(
            given.name,
            given.path,
            given.full_target,
            given.comparator,
            given.unit,
            given.actual,
            given.points,
            None if given.targets is None else given.targets.half_year,
            given.share,
            given.decision,
            given.rank,
            given.deduction,
            given.thresholds,
            is_information=is_sum(given),
            misread=given.misread,
            year=year,
            extras=peers,
            problems=given.problems,
        )

    @classmethod
    def of_budget(cls, given: BudgetLine, amount_unit: str | None = None, *, is_part: bool = False) -> Row:
        """Return a budget line before the first pass; one that is a part of another line is not scored."""
        return cls(
            given.label,
            unit=amount_unit,
            points_text=given.points,
            share=given.share,
            decision=given.decision,
            deduction=given.deduction,
            initial=given.initial,
            budget=given.budget,
            expenditure=given.expenditure,
            printed_rate=given.published_rate,
            is_information=is_part,
            misread=given.misread,
            problems=given.problems,
        )

    def close(self, award: Award) -> None:
        """Mark the row as final; no further pass looks at it."""
        self.award, self.closed = award, True

    def leave_open(self, outcome: Outcome, *diagnostics: Diagnostic) -> None:
        """Close the row with nothing known: it may earn anything up to its points."""
        self.close(self.open_award(outcome, *diagnostics))

    def open_award(self, outcome: Outcome, *diagnostics: Diagnostic) -> Award:
        """Return the award of a row of which nothing is known but what it is worth."""
        worth = None if self.points is None else Worth(self.points, self.least)
        low, high = (None, None) if worth is None else (worth.least, worth.most)
        return Award(outcome, low, high, diagnostics=diagnostics)

    def close_without_points(self) -> None:
        """Close a row that has no points: nothing can be earned, and what was compared is known."""
        compared = self.comparison is not NOTHING_COMPARED
        self.close(Award(Outcome.COMPARED if compared else Outcome.MISSING, None, None, self.comparison))

    def note(self, *notes: Diagnostic) -> None:
        """Report something beside the award."""
        if self.award is not None and notes:
            self.award = replace(self.award, diagnostics=(*self.award.diagnostics, *notes))
