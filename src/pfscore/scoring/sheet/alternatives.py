"""二者择其一: of several indicators that a ruleset names together only one counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.indicator_names import name_key
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Terms
from pfscore.rulesets.model.form_terms import Either
from pfscore.scoring.row.awarding.award import Award
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import IndicatorScore

_EMPTY = {Outcome.NOT_APPLICABLE, Outcome.MISSING}


def settle_either(rows: Sequence[IndicatorScore], terms: Terms) -> tuple[IndicatorScore, ...]:
    """Keep one row of each group of alternatives; the others become rows that do not apply."""
    found = list(rows)
    for group in terms.get("either") or ():
        names = {name_key(name) for name in group.names}
        members = [index for index, row in enumerate(found) if name_key(row.name) in names]
        if len(members) > 1:
            for index, row in _settled(group, members, tuple(found)):
                found[index] = row
    return tuple(found)


def _settled(
    group: Either, members: Sequence[int], rows: Sequence[IndicatorScore]
) -> Iterator[tuple[int, IndicatorScore]]:
    filled = [index for index in members if rows[index].outcome not in _EMPTY] or members[:1]
    chosen, is_open = filled[0], len(filled) > 1 and group.take == "judge"
    if len(filled) > 1 and group.take == "best":
        chosen = max(filled, key=lambda index: _rate(rows[index]))
    for index in members:
        if index != chosen:
            yield index, _dropped(rows[index], rows[chosen].name, is_open=is_open)
    if is_open:
        yield chosen, _open(rows[chosen], [rows[index] for index in filled])


def _rate(row: IndicatorScore) -> tuple[Fraction, Fraction]:
    """Return the least and the most of its points that a row earns, as parts of them."""
    points = row.points_exact or Fraction(1)
    return (row.award.low or Fraction(0)) / points, (row.award.high or Fraction(0)) / points


def _dropped(row: IndicatorScore, other: str, *, is_open: bool) -> IndicatorScore:
    comparison = row.award.comparison
    award = Award(Outcome.NOT_APPLICABLE, comparison=comparison, treatment="either", instead=other, by_person=is_open)
    return replace(row, award=award, diagnostics=(Diagnostic("PF535", award.words, severity=Severity.NOTE),))


def _open(row: IndicatorScore, alternatives: Sequence[IndicatorScore]) -> IndicatorScore:
    """Leave it to a person which of the rows counts: the score lies between the worst and the best of them."""
    points = row.points_exact or Fraction(0)
    rates = [_rate(one) for one in alternatives]
    low, high = min(low for low, _ in rates) * points, max(high for _, high in rates) * points
    names = "”“".join(one.name for one in alternatives)
    note = Diagnostic(
        "PF535",
        Message(
            f"二者择一而“{names}”都填了，须由评价人定", "one of them counts, all are filled in; a person must choose"
        ),
        severity=Severity.WARNING,
    )
    award = replace(row.award, outcome=Outcome.JUDGEMENT, low=low, high=high)
    return replace(row, award=award, diagnostics=(*row.diagnostics, note))
