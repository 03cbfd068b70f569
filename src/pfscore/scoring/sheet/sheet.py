"""The sheet: the scores of one form, with total and grade, and the bounds on sums of adjustments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pfscore.cells.indicator_names import name_key
from pfscore.foundation.diagnostics import Diagnostic, Severity, ShownDiagnostic
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.stored import Stored, TypedDict, storable
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Terms
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, ShownBudgetScore, ShownIndicatorScore


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
        names = None if group.names is None else {name_key(name) for name in group.names}
        own = tuple(index for index in left if names is None or names & _places(rows[index]))
        left = [index for index in left if index not in own]
        if own:
            yield AdjustmentCap(own, group.within.low, group.within.high)


def _places(row: IndicatorScore) -> set[str]:
    """Return the name of a row and the headings that it stands under."""
    return {name_key(name) for name in (row.name, *row.row.path)}


class ShownSheet(TypedDict):
    """A sheet as JSON; points are decimal text, the date is ISO."""

    title: str
    indicators: list[ShownIndicatorScore]
    budget: list[ShownBudgetScore]
    total: str | None
    low: str | None
    high: str | None
    full: str | None
    grade: str | None
    ruleset: str
    status: Literal["active", "draft"]
    digest: str
    on: str
    engine: str
    diagnostics: list[ShownDiagnostic]


_DRAFT = Message("（草案）", " (draft)")


@dataclass(frozen=True, slots=True)
class Sheet(Stored):
    """The scores of one form: every row, the totals, the grade, and under which ruleset on which date.

    `total` is a number where nothing is open, else `None` with the interval in `low` and `high`. `grade` is on the
    unrounded total, and `None` where the total is open or the points do not make up the ruleset's full ones.
    `shares` are the blocks of which only a share counts to the total, `caps` the bounds on sums of adjustments.
    `is_draft` says that the ruleset is a draft, `is_graded` that it gives grades at all.

    >>> import pfscore
    >>> row = pfscore.Indicator(name="满意度", target="≥90%", actual="81%", points="100")
    >>> sheet = pfscore.load_ruleset("cn-sc/project").score_form(pfscore.Form(year=2023, indicators=(row,)))
    >>> sheet.total, sheet.full, sheet.grade
    (Decimal('90'), Decimal('100'), '优')
    """

    SHOWN: ClassVar[type] = ShownSheet

    title: str
    ruleset: str
    digest: str
    on: date
    engine: str
    indicators: tuple[IndicatorScore, ...]
    budget: tuple[BudgetScore, ...]
    low: Decimal | None
    high: Decimal | None
    full: Decimal | None
    grade: str | None
    total_steps: tuple[str, ...] = ()
    shares: tuple[tuple[str, Fraction], ...] = ()
    caps: tuple[AdjustmentCap, ...] = ()
    is_draft: bool = False
    is_graded: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The total, where nothing is open."""
        return self.low if self.low == self.high else None

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic of the form and its rows that is an error."""
        rows = (*self.budget, *self.indicators)
        found = (*self.diagnostics, *(diagnostic for row in rows for diagnostic in row.diagnostics))
        return tuple(diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR)

    def named_ruleset(self, lang: Lang = "zh") -> str:
        """Return the ruleset as every output names it; a draft is called one."""
        return self.ruleset + (_DRAFT.text(lang) if self.is_draft else "")

    def explain(self, lang: Lang = "zh") -> str:
        """Return why every row earns what it earns, then how the total comes about."""
        scored = [line for line in self.budget if line.points_exact is not None]
        parts = [one.explain(lang) for one in (*scored, *self.indicators)]
        return "\n\n".join([*parts, "\n".join(self.total_steps)])

    def as_json(self, lang: Lang = "zh") -> ShownSheet:
        """Return the sheet as plain JSON data, in the form's order; numbers are decimal text."""
        return {
            "title": self.title,
            "indicators": [row.as_json(lang) for row in self.indicators],
            "budget": [row.as_json(lang) for row in self.budget],
            "total": _decimal(self.total),
            "low": _decimal(self.low),
            "high": _decimal(self.high),
            "full": _decimal(self.full),
            "grade": self.grade,
            "ruleset": self.ruleset,
            "status": "draft" if self.is_draft else "active",
            "digest": self.digest,
            "on": self.on.isoformat(),
            "engine": self.engine,
            "diagnostics": [diagnostic.as_json(lang) for diagnostic in self.diagnostics],
        }


storable(Sheet)


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(Fraction(number))
