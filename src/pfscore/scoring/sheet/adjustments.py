"""What adjustments add to a total together, where the ruleset bounds the sum of several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pfscore.cells.indicator_names import plain_name
from pfscore.foundation.stored import storable
from pfscore.rulesets.in_force import Terms
from pfscore.scoring.row.score import IndicatorScore


@dataclass(frozen=True, slots=True)
class AdjustmentCap:
    """Rows, counted from 0, whose adjustments add at least `low` and at most `high` together.

    >>> AdjustmentCap((4, 5), None, Fraction(3)).counted(Fraction(4))
    Fraction(3, 1)
    """

    rows: tuple[int, ...]
    low: Fraction | None
    high: Fraction | None

    def counted(self, added: Fraction) -> Fraction:
        """Return what counts of the sum of the rows."""
        if self.low is not None and added < self.low:
            return self.low
        return added if self.high is None else min(added, self.high)


storable(AdjustmentCap)


def caps_of(rows: Sequence[IndicatorScore], terms: Terms) -> Iterator[AdjustmentCap]:
    """Yield the bounds of the ruleset on sums of adjustments, with the rows of the form that they are for."""
    left = [index for index, row in enumerate(rows) if row.award.adjusts]
    for group in terms.get("adjustments") or ():
        names = None if group.names is None else {plain_name(name) for name in group.names}
        own = tuple(index for index in left if names is None or names & _places(rows[index]))
        left = [index for index in left if index not in own]
        if own:
            yield AdjustmentCap(own, group.within.low, group.within.high)


def _places(row: IndicatorScore) -> set[str]:
    """Return the name of a row and the headings that it stands under."""
    return {plain_name(name) for name in (row.name, *row.row.path)}
