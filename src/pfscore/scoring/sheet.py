"""The sheet of a form: its scores, alternatives and bounds, total and grade, and the place of each diagnostic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, TypeVar

from pfscore.cells.indicator_names import name_key
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import CELL_KEYS, Diagnostic, Severity, ShownDiagnostic, Span
from pfscore.foundation.numbers import decimal_text, in_percent, to_decimal
from pfscore.foundation.runtime.resources import __version__
from pfscore.foundation.stored import Stored, TypedDict, storable
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Edition, Terms
from pfscore.rulesets.model.base import RoundingRule
from pfscore.rulesets.model.form_terms import Either, Grade
from pfscore.rulesets.model.values import Range
from pfscore.scoring.row.awarding.award import UNSTATED, Award
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.preparing.inputs import property_problems
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, Score, ShownBudgetScore, ShownIndicatorScore


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
        least = added if self.low is None else max(added, self.low)
        return least if self.high is None else min(least, self.high)


storable(AdjustmentCap)


def _caps_of(rows: Sequence[IndicatorScore], terms: Terms) -> Iterator[AdjustmentCap]:
    """Yield the bounds of the ruleset on sums of adjustments, with the rows of the form that they are for."""
    left = [index for index, row in enumerate(rows) if row.is_adjustment]
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

    @property
    def is_refused(self) -> bool:
        """Whether a row or a line could not be scored as it is written."""
        return any(row.outcome is Outcome.REFUSED for row in (*self.budget, *self.indicators))

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


#: From how many years after their newest source on rules are said to be unchecked.
_LONG = 3


def make_sheet(edition: Edition, form: Form, rows: Sequence[IndicatorScore], budget: Sequence[BudgetScore]) -> Sheet:
    """Add up the rows of a form under what the edition says about the whole."""
    terms = edition.terms
    if blank := _only_targets(form):
        rows = [row.with_diagnostics(tuple(d for d in row.diagnostics if d.code != "PF511")) for row in rows]
    counted = [row for row in (*budget, *rows) if row.points_exact is not None]
    known = not any(_is_unread(row) for row in (*budget, *rows)) and not _is_unweighted(rows)
    problem = _points_problem(counted, terms, form) if known else None
    rows = _without_points(rows) if problem is not None else rows
    caps = tuple(_caps_of(rows, terms))
    low, high, full = _total(counted, _shares(terms)) if known else (None, None, None)
    if low is not None and high is not None:
        low, high = (total + added for total, added in zip((low, high), _adjusted(rows, caps), strict=True))
    exact_low, exact_high = low, high
    rounding = terms.get("rounding")
    if isinstance(rounding, RoundingRule) and low is not None and high is not None:
        low, high = (rounding.apply(value) for value in (low, high))
    wrong = property_problems(form, terms)
    found = (problem, _targets_only(form) if blank else None, _long_unchecked(edition, form))
    diagnostics = [*form.problems, *wrong, *(one for one in found if one is not None)]
    return Sheet(
        title=form.title,
        ruleset=edition.ruleset,
        digest=edition.digest,
        on=edition.on,
        engine=f"pfscore {__version__}",
        indicators=tuple(placed(row, form, index) for index, row in enumerate(rows)),
        budget=tuple(placed(line, form, index) for index, line in enumerate(budget)),
        low=None if low is None else to_decimal(low),
        high=None if high is None else to_decimal(high),
        full=None if full is None else to_decimal(full),
        grade=_grade(exact_low, exact_high, terms.get("grades")) if full == terms.get("total") else None,
        total_steps=_steps(counted, _shares(terms), _capped_parts(rows, caps), low, high, full),
        shares=tuple(_shares(terms).items()),
        caps=caps,
        is_draft=edition.status == "draft",
        is_graded=bool(terms.get("grades")),
        diagnostics=tuple(diagnostics),
    )


def _long_unchecked(edition: Edition, form: Form) -> Diagnostic | None:
    """Return that the rules are applied years after their newest source, which may have been replaced since."""
    issued = [source.issued.year for loaded in edition.family for source in loaded.ruleset.sources if source.issued]
    newest = max(issued, default=edition.on.year)
    if edition.on.year - newest < _LONG:
        return None
    message = Message(
        f"{edition.ruleset} 的依据最晚是 {newest} 年的，{edition.on.year} 年是否仍然有效没有核对",
        f"the newest source of {edition.ruleset} is of {newest}; whether it holds in {edition.on.year} was not checked",
    )
    hint = Message("请核对当年的文件；有改动的，用新的规则集", "check the documents of that year; use newer rules")
    return Diagnostic("PF545", message, hint, form.head(), severity=Severity.NOTE)


def _is_unread(row: Score) -> bool:
    """Return whether a row may carry points that could not be read; then nothing can be said about the total."""
    return row.points_exact is None and row.outcome is Outcome.REFUSED and bool(row.row.problems or row.row.points)


def _is_unweighted(rows: Sequence[IndicatorScore]) -> bool:
    """Return whether a form has indicators and says of none what it counts for; the budget alone makes no total."""
    indicators = [row for row in rows if row.outcome not in {Outcome.INFORMATION, Outcome.NOT_APPLICABLE}]
    return bool(indicators) and all(row.points_exact is None for row in indicators)


def _without_points(rows: Sequence[IndicatorScore]) -> Sequence[IndicatorScore]:
    """Name the rows that carry no points, where the points do not add up and others carry some."""
    if all(row.points_exact is None for row in rows):
        return rows
    message = Message("没有分值，这一行不计入总分", "no points; the row does not count")
    note = Diagnostic("PF525", message, severity=Severity.WARNING)
    return [
        row.with_diagnostics((*row.diagnostics, note))
        if row.points_exact is None and row.outcome not in {Outcome.NOT_APPLICABLE, Outcome.INFORMATION}
        else row
        for row in rows
    ]


def _shares(terms: Terms) -> dict[str, Fraction]:
    """Return what share of their scores blocks count with, by name, where that is not all of it."""
    return {name_key(block.name): block.counts for block in terms.get("blocks") or () if block.counts is not None}


def _heading(row: Score) -> str:
    """Return the first-level heading of a row; a budget line has none."""
    path = row.row.path if isinstance(row, IndicatorScore) else ()
    return name_key(path[0]) if path else ""


def _total(
    counted: Sequence[Score], shares: Mapping[str, Fraction]
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Add up what the rows earn and what they are worth, with rows that do not apply treated as their rules say.

    Adjustments are added afterwards: nothing is rescaled on their account, and they are no part of the full score.
    """
    blocks: dict[str, _Block] = {}
    for row in counted:
        if not row.is_adjustment:
            blocks.setdefault(_heading(row), _Block()).add(row)
    low = high = full = dropped = Fraction(0)
    for name, block in blocks.items():
        factor, share = block.factor, shares.get(name, Fraction(1))
        low, high = low + block.low * factor * share, high + block.high * factor * share
        full += block.full * share
        dropped += (block.rescaled + (block.within if factor == 1 else 0)) * share
    if dropped and full > dropped:
        factor = full / (full - dropped)
        low, high = low * factor, high * factor
    elif dropped:
        full -= dropped
    # Where nothing is left that counts there is no total; 0 of 0 would be one.
    return (low, high, full) if full else (None, None, None)


def _adjusted(rows: Sequence[IndicatorScore], caps: Sequence[AdjustmentCap]) -> tuple[Fraction, Fraction]:
    """Return the least and the most that adjustments add to the total, below 0 where they take points off."""
    capped = {index for cap in caps for index in cap.rows}
    left = (index for index, row in enumerate(rows) if row.is_adjustment and index not in capped)
    single = [AdjustmentCap((index,), None, None) for index in left]
    low = high = Fraction(0)
    for group in (*caps, *single):
        found = _adjustments(rows, group)
        low += group.counted(sum((_exact(one.low) for one in found), start=Fraction(0)))
        high += group.counted(sum((_exact(one.high) for one in found), start=Fraction(0)))
    return low, high


def _adjustments(rows: Sequence[IndicatorScore], group: AdjustmentCap) -> list[IndicatorScore]:
    found = (rows[index] for index in group.rows)
    return [one for one in found if one.is_adjustment and one.outcome is not Outcome.NOT_APPLICABLE]


@dataclass
class _Block:
    """The sums of one block: what its rows earn, what they are worth, and the points that are to be spread over them.

    `rescaled` points go to the whole form, those `within` to the rest of the block (or, where there is none, also to
    the whole form).
    """

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    full: Fraction = Fraction(0)
    rescaled: Fraction = Fraction(0)
    within: Fraction = Fraction(0)

    @property
    def factor(self) -> Fraction:
        """The factor by which the rest of the block counts for more."""
        rest = self.full - self.rescaled
        return rest / (rest - self.within) if rest > self.within else Fraction(1)

    def add(self, row: Score) -> None:
        """Count a row."""
        points = row.points_exact or Fraction(0)
        treatment = row.treatment if row.outcome is Outcome.NOT_APPLICABLE else "counted"
        if treatment in {"exclude", "either", UNSTATED}:
            return
        self.full += points
        match treatment:
            case "rescale":
                self.rescaled += points
            case "rescale_block":
                self.within += points
            case _:
                self.low += _exact(row.low)
                self.high += _exact(row.high)


def _points_problem(counted: Sequence[Score], terms: Terms, form: Form) -> Diagnostic | None:
    total, shares = terms.get("total"), _shares(terms)
    worth = {"budget": Fraction(0), "indicators": Fraction(0)}
    for row in counted:
        if row.treatment != "either" and not row.is_adjustment:
            points = (row.points_exact or Fraction(0)) * shares.get(_heading(row), Fraction(1))
            worth["budget" if isinstance(row, BudgetScore) else "indicators"] += points
    points = sum(worth.values(), start=Fraction(0))
    if total is None or not counted or points == total:
        return None
    budget, indicators = (decimal_text(part) for part in worth.values())
    both = all(worth.values())
    message = Message(
        f"各行分值之和是 {decimal_text(points)}{f'（预算 {budget}，指标 {indicators}）' if both else ''}，"
        f"满分应是 {decimal_text(total)}",
        f"the points of the rows add up to {decimal_text(points)}"
        f"{f' (budget {budget}, indicators {indicators})' if both else ''}, not to {decimal_text(total)}",
    )
    hint = Message("不会自动折算；请核对各行分值", "nothing is rescaled; check the points of the rows")
    return Diagnostic("PF520", message, hint, form.span("indicators"))


def _only_targets(form: Form) -> bool:
    """Return whether a form states targets only: several rows, and none of them says what was achieved or earned."""
    return (
        len(form.indicators) > 1
        and all(_is_blank(row.actual) and _is_blank(row.published_score) for row in form.indicators)
        and all(_is_blank(line.expenditure) for line in form.budget)
    )


def _is_blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _targets_only(form: Form) -> Diagnostic:
    message = Message("这张表没有完成值，只有目标", "this form states targets only, nothing was filled in as achieved")
    return Diagnostic("PF530", message, None, form.head(), severity=Severity.NOTE)


def _grade(low: Fraction | None, high: Fraction | None, grades: tuple[Grade, ...] | None) -> str | None:
    """Return the grade on the unrounded total; `None` where the total is open between two grades."""
    if low is None or high is None or not grades:
        return None
    found = {next((grade.name for grade in grades if value >= grade.since), None) for value in (low, high)}
    return found.pop() if len(found) == 1 else None


def _capped_parts(rows: Sequence[IndicatorScore], caps: Sequence[AdjustmentCap]) -> dict[int, tuple[str, Fraction]]:
    """Return what groups of adjustments add that reach their bound, each under the identity of every award in it."""
    found: dict[int, tuple[str, Fraction]] = {}
    for cap in caps:
        adding = _adjustments(rows, cap)
        added = sum((_exact(one.low) for one in adding), start=Fraction(0))
        if all(one.low == one.high for one in adding) and cap.counted(added) != added:
            parts = " + ".join(_part(one, None) for one in adding).replace("+ -", "- ")
            written = f"({parts} → {decimal_text(cap.counted(added))})", cap.counted(added)
            found |= {id(one.award): written for one in adding}
    return found


def _steps(
    counted: Sequence[Score],
    shares: Mapping[str, Fraction],
    capped: Mapping[int, tuple[str, Fraction]],
    low: Fraction | None,
    high: Fraction | None,
    full: Fraction | None,
) -> tuple[str, ...]:
    if low is None or high is None or full is None:
        return ()
    rows = [row for row in counted if row.outcome is not Outcome.NOT_APPLICABLE or row.low is not None]
    bounded = {id(row): capped[id(row.award)] for row in rows if row.is_adjustment and id(row.award) in capped}
    together = list(dict.fromkeys(bounded.values()))
    rows = [row for row in rows if id(row) not in bounded]
    parts = [*(_part(row, shares.get(_heading(row))) for row in rows), *(text for text, _ in together)]
    total = Range(low, high).compact()
    added = sum((_exact(row.low) * shares.get(_heading(row), Fraction(1)) for row in rows), start=Fraction(0))
    added += sum(counts for _, counts in together)
    # Where points were spread over other rows, or the total was rounded, the sum is not yet the total.
    before = f"{decimal_text(added)} → " if low == high and added != low else ""
    written = " + ".join(parts).replace("+ -", "- ")
    return (f"{written} = {before}{total} / {decimal_text(full)}",)


def _part(row: Score, share: Fraction | None) -> str:
    """Write what a row adds to the total; its part, where its block counts with a share."""
    text = "?" if row.score is None else f"{row.score:f}"
    return text if share is None or row.is_adjustment else f"{text} * {in_percent(share)}"


def _exact(number: Decimal | None) -> Fraction:
    return Fraction(0) if number is None else Fraction(number)


#: Which cell of an indicator a code is about, where the diagnostic does not say; the others are about the whole row.
_CELLS = {
    "PF511": "actual",
    "PF512": "target",
    "PF515": "actual",
    "PF516": "actual",
    "PF517": "actual",
    "PF518": "target",
    "PF519": "target",
    "PF525": "points",
    "PF532": "thresholds",
    "PF533": "points",
    "PF534": "deduction",
}
_HERE = Message("出在这一行", "in this row")

_Scored = TypeVar("_Scored", IndicatorScore, BudgetScore)


def placed(row: _Scored, form: Form, index: int) -> _Scored:
    """Return the row's score with each diagnostic at its place in the form; `index` counts from 0."""
    if not row.diagnostics:
        return row
    return row.with_diagnostics(tuple(_placed(found, row, form, index) for found in row.diagnostics))


def _placed(found: Diagnostic, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Diagnostic:
    own = found.span or Span()
    related = tuple((note, _other(span, row, form, index)) for note, span in found.related)
    found = replace(found, related=related)
    number = index + 1 if isinstance(row, IndicatorScore) else None
    if own.ruleset:
        # The mistake is the ruleset's; which row it hinders is said as well.
        where = replace(_row(form, row, index), row=number)
        return replace(found, related=(*found.related, (_HERE, where)))
    if own.source and own.source not in CELL_KEYS and not own.cell:
        # It was found when the file was read, and stands at its own place.
        return replace(found, span=replace(own, form=form.title or None, row=number))
    cell = (
        own.cell or CELL_KEYS.get(own.source) or (_CELLS.get(found.code) if isinstance(row, IndicatorScore) else None)
    )
    return replace(found, span=_span(own, cell, row, form, index))


def _other(own: Span, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Span:
    """Return where another cell stands that a diagnostic shows; what stands elsewhere stays there."""
    cell = CELL_KEYS.get(own.source)
    if cell == "unit" and isinstance(row, BudgetScore):
        return replace(_within(form.span("amount_unit"), own), cell="amount_unit")
    return own if cell is None else _span(own, cell, row, form, index)


def _span(own: Span, cell: str | None, row: IndicatorScore | BudgetScore, form: Form, index: int) -> Span:
    """Return where a cell stands in the file, with the caret under the part of it that is meant."""
    number = index + 1 if isinstance(row, IndicatorScore) else None
    rows = "indicators" if isinstance(row, IndicatorScore) else "budget"
    if cell is None:
        return replace(_row(form, row, index), row=number)
    key = "targets" if cell == "target" and isinstance(row, IndicatorScore) and row.row.target is None else cell
    place = form.span(rows, index, key)
    if not place.source:
        return replace(own, source="", line=0, form=form.title or None, row=number, cell=cell)
    around = form.span(rows, index)
    if replace(place, length=around.length) == around:
        place = _row(form, row, index)
    elif own.text:
        place = _within(place, own)
    return replace(place, row=number, cell=cell)


def _row(form: Form, row: IndicatorScore | BudgetScore, index: int) -> Span:
    """Return where a row stands: at its name, where it has one."""
    rows, name = ("indicators", "name") if isinstance(row, IndicatorScore) else ("budget", "label")
    return form.span(rows, index, name) if getattr(row.row, name) else replace(form.span(rows, index), length=1)


def _within(place: Span, own: Span) -> Span:
    """Narrow a span to the part of a cell, where the file holds the cell's text as it is."""
    for quote in ("", '"', "'"):
        if place.text.startswith(quote + own.text, place.column - 1):
            return replace(place, column=place.column + len(quote) + own.column - 1, length=own.length)
    return place
