"""The total of a form: as printed, as its rows' printed scores add up, and by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Literal

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.figures import Figure, read_score
from pfscore.forms.form import Form, stated_grade, sum_word
from pfscore.scoring.row.comparing.readings_of_row import Outcome

#: In how many ways rows of which a person chooses one are tried against the printed total.
_MAX_WAYS = 64


@dataclass(frozen=True, slots=True)
class Totals:
    """What a total is said to be: `printed`, the sum of the `rows`' printed scores, and `low` to `high` by the rules.

    `settled` is the total by the rules in which the rows that are `open` count as published, where each of them is
    published with a score that the rules leave open.

    >>> import pfscore
    >>> row = pfscore.Indicator(name="满意度", target="≥90%", actual="81%", points="100", published_score="100")
    >>> form = pfscore.Form(year=2023, indicators=(row,), published_total="100")
    >>> from pfscore.auditing.case import case_of
    >>> found = totals_of(case_of(form, pfscore.load_ruleset("cn-sc/project").score_form(form)))
    >>> str(found.printed.value), str(found.rows), str(found.low), str(found.difference)
    ('100', '100', '90', '10')
    """

    printed: Figure | None
    rows: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    full: Fraction | None = None
    settled: Fraction | None = None
    open: tuple[Line | Row, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """Printed minus computed total, where both are known."""
        known = self.printed is not None and self.low is not None and self.low == self.high
        return self.printed.value - self.low if known and self.printed and self.low is not None else None


def totals_of(case: Case) -> Totals:
    """Return the totals of a form."""
    printed = read_score(printed_sum(case.form, "published_score"))
    rows = counting(case)
    added, sheet = sum_of_scores(case, rows), case.sheet
    if sheet is None or sheet.low is None or sheet.high is None or sheet.full is None:
        return Totals(printed, added)
    low, high = Fraction(sheet.low), Fraction(sheet.high)
    unsettled = tuple(one for one in rows if is_open(one))
    settled = low if low == high else None
    capped = {index for cap in sheet.caps for index in cap.rows}
    in_cap = any(isinstance(one, Row) and one.number - 1 in capped for one in unsettled)
    if unsettled and all(map(_is_within, unsettled)) and not in_cap and not _is_rescaled(case):
        settled = low + sum(_beyond(one) * case.share_of(one) for one in unsettled)
    return Totals(printed, added, low, high, Fraction(sheet.full), settled, unsettled)


def is_open(one: Line | Row) -> bool:
    """Return whether the rules leave open what a row or a line earns."""
    award = None if one.score is None or one.score.points_exact is None else one.score.award
    return award is not None and award.low != award.high


def _is_within(one: Line | Row) -> bool:
    award = None if one.score is None else one.score.award
    if award is None or one.published is None or award.low is None or award.high is None:
        return False
    return award.low <= one.published.value <= award.high


def is_unchecked(row: Row) -> bool:
    """Return whether a row shows a score that no rule could check."""
    checked = row.score is not None and row.score.outcome in {Outcome.SCORED, Outcome.NOT_APPLICABLE}
    return row.published is not None and row.points is not None and not checked


def _beyond(one: Line | Row) -> Fraction:
    """Return by how much the printed score of an open row is above the least that it earns."""
    least = Fraction(0) if one.score is None or one.score.award.low is None else one.score.award.low
    return Fraction(0) if one.published is None else one.published.value - least


def _is_rescaled(case: Case) -> bool:
    """Return whether points of rows that do not apply are spread over the others."""
    scores = (one.score for one in case.scorable if one.score is not None)
    return any(one.outcome is Outcome.NOT_APPLICABLE and one.award.instead is None for one in scores)


def printed_sum(form: Form, cell: Literal["points", "published_score"]) -> str | None:
    """Return the printed sum of the whole form: its own key, else its row of 合计 or 总分, or beside the grade."""
    own = form.published_points if cell == "points" else form.published_total
    rows = (row for row in reversed(form.indicators) if sum_word(row) == "合计")
    found = own if own is not None else next((text for row in rows if (text := getattr(row, cell))), None)
    stated = stated_grade(form) if found is None and cell == "published_score" else None
    return found if stated is None else stated[0]


def counting(case: Case) -> list[Line | Row]:
    """Return the lines and rows whose scores make up the total; none where no indicator shows what it counts for.

    Of rows of which a person chooses one, it is the one that the printed total counts.
    """
    listed = [one for one in case.scorable if one.points is not None or one.published is not None]
    rows: list[Line | Row] = [one for one in listed if not (isinstance(one, Row) and one.is_left_out)]
    if case.rows and not any(isinstance(one, Row) for one in rows):
        return []
    printed = read_score(printed_sum(case.form, "published_score"))
    for way in islice(_ways(rows, listed), _MAX_WAYS) if printed is not None else ():
        total = sum_of_scores(case, way)
        if printed is not None and total is not None and printed.agrees(total, case.dossier.score_rounding):
            return way
    return rows


def _ways(rows: Sequence[Line | Row], listed: Sequence[Line | Row]) -> Iterator[list[Line | Row]]:
    """Yield the rows as they may count: each, or one of those of which a person chooses one with it."""
    others: dict[str, list[Row]] = {}
    for one in listed:
        if isinstance(one, Row) and one.score is not None and one.score.award.instead and one.score.award.by_person:
            others.setdefault(one.score.award.instead, []).append(one)
    yield from map(list, product(*([one, *others.get(one.name, ())] for one in rows)))


def sum_of_scores(case: Case, rows: Sequence[Line | Row]) -> Fraction | None:
    """Add up the printed scores as they count to the total; `None` where a row that carries points has none."""
    is_left_out = (isinstance(one, Row) and not one.is_applicable and one.published is None for one in rows)
    counted = [one for one, left_out in zip(rows, is_left_out, strict=True) if not left_out]
    if not counted or any(one.published is None for one in counted):
        return None
    return counted_sum(case, counted, "published")


def counted_sum(case: Case, rows: Sequence[Line | Row], key: str) -> Fraction:
    """Add up figures with the shares with which they count to the total of the form."""
    figures: list[tuple[Line | Row, Figure | None]] = [(one, getattr(one, key)) for one in rows]
    found = [(one, figure.value) for one, figure in figures if figure is not None]
    return _total_of_scores(case, found) if key == "published" else _shared_sum(case, found)


def _total_of_scores(case: Case, scores: Sequence[tuple[Line | Row, Fraction]]) -> Fraction:
    """Add up scores as the ruleset does: with the shares of their blocks, and adjustments within their bounds."""
    return _shared_sum(case, scores) - beyond_caps(case, scores)


def _shared_sum(case: Case, figures: Sequence[tuple[Line | Row, Fraction]]) -> Fraction:
    return sum((value * case.share_of(one) for one, value in figures), start=Fraction(0))


def beyond_caps(case: Case, scores: Sequence[tuple[Line | Row, Fraction]]) -> Fraction:
    """Return by how much the adjustments among the scores go beyond what the ruleset lets them add together."""
    by_index = {row.number - 1: value for row, value in scores if isinstance(row, Row)}
    beyond = Fraction(0)
    for cap in () if case.sheet is None else case.sheet.caps:
        added = sum((by_index.get(index, Fraction(0)) for index in cap.rows), start=Fraction(0))
        beyond += added - cap.counted(added)
    return beyond


def add_up(rows: Sequence[Line | Row], key: str) -> Fraction:
    """Add up the points or the printed scores of rows; a row without any counts nothing."""
    figures: list[Figure | None] = [getattr(one, key) for one in rows]
    return sum((figure.value for figure in figures if figure is not None), start=Fraction(0))
