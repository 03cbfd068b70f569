"""Which rows of a form, and whether its total, earn something else under another ruleset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pfscore.forms.form import Form
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang
from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from pfscore.scoring.sheet.sheet import Sheet


@dataclass(frozen=True)
class Moved:
    """A row, or the total of a form (`name` is empty), that earns something else; only a total has `grades`."""

    form: str
    name: str
    before: tuple[Decimal | None, Decimal | None]
    after: tuple[Decimal | None, Decimal | None]
    grades: tuple[str | None, str | None] = (None, None)

    @property
    def by(self) -> Decimal | None:
        """The difference of the two scores, where both are single numbers."""
        (low, high), (new_low, new_high) = self.before, self.after
        if low is None or new_low is None or low != high or new_low != new_high:
            return None
        return Decimal(decimal_text(Fraction(new_low) - Fraction(low)))

    def said(self, lang: Lang = "zh") -> str:
        """Return the change in one line."""
        before, after = _scores(self.before, lang), _scores(self.after, lang)
        name = self.name or ("总分" if lang == "zh" else "total")
        said = before if before == after else f"{before} → {after}"
        if self.by:
            said += f"（{'+' if self.by > 0 else ''}{self.by}）"
        if self.grades[0] != self.grades[1]:
            none = "不评" if lang == "zh" else "none"
            old, new = (grade or none for grade in self.grades)
            said += f"，等级 {old} → {new}" if lang == "zh" else f", grade {old} → {new}"
        return f"《{self.form}》{name}：{said}" if lang == "zh" else f"《{self.form}》{name}: {said}"


def moved(form: Form, before: Sheet, after: Sheet) -> Iterator[Moved]:
    """Yield the rows of a form that earn something else under the second ruleset, then its total or its grade."""
    old: Sequence[BudgetScore | IndicatorScore] = (*before.budget, *before.indicators)
    new: Sequence[BudgetScore | IndicatorScore] = (*after.budget, *after.indicators)
    for one, other in zip(old, new, strict=True):
        pair = (one.low, one.high), (other.low, other.high)
        if pair[0] != pair[1]:
            name = one.label if isinstance(one, BudgetScore) else one.name
            yield Moved(form.title, name, *pair)
    totals = (before.low, before.high), (after.low, after.high)
    if totals[0] != totals[1] or before.grade != after.grade:
        yield Moved(form.title, "", *totals, (before.grade, after.grade))


def _scores(scores: tuple[Decimal | None, Decimal | None], lang: Lang) -> str:
    low, high = scores
    if low is None or high is None:
        return "不计分" if lang == "zh" else "no score"
    return f"{low}" if low == high else f"[{low}, {high}]"
