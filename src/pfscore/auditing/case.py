"""The forms of one body, read and scored once, with their printed figures: what the checks work on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from pfscore.auditing.figures import Figure, common_rounding, is_blank, read_figure, read_score
from pfscore.auditing.finding import Finding
from pfscore.auditing.sentences import Field, fill, template
from pfscore.cells.indicator_names import name_key
from pfscore.cells.reader import parse_actual
from pfscore.cells.readings import Actual, Measured
from pfscore.forms.form import KINDS, BudgetLine, Form, Indicator, is_sum, is_total, parts_of_budget
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError, RulesetError
from pfscore.foundation.folding import fold_without_spaces
from pfscore.foundation.numbers import Rounding, decimal_places
from pfscore.foundation.runtime.resources import section_words
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Edition
from pfscore.scoring.row.comparing.compare import compare
from pfscore.scoring.row.comparing.readings_of_row import Cells, quantities, read_cells
from pfscore.scoring.row.doubts import ReadRow
from pfscore.scoring.row.preparing.inputs import read_amounts
from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from pfscore.scoring.rules import Rules, loaded
from pfscore.scoring.sheet import Sheet

#: The ruleset has no rules on the date of the form.
_NOT_IN_FORCE = "PF223"
#: A path in a form: `("tables", 0, "rows", 3, 1)`.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Row(ReadRow):
    """One indicator row: its cells as read, its score under the ruleset, and its printed figures.

    `usual` is its score under the national baseline where it has none: how its cells are read, and what it would earn
    in proportion. `note` is its note, or that of the row to which its note refers (同上).
    """

    number: int
    score: IndicatorScore | None
    usual: IndicatorScore
    note: str = ""

    @property
    def name(self) -> str:
        """The name as printed."""
        return self.indicator.name

    @property
    def place(self) -> Place:
        """The path to the row in the form."""
        return "indicators", self.number - 1

    @property
    def relation(self) -> str:
        """Actual and target side by side, as printed: `45人 / ≥50人`."""
        scored = None if self.score is None or self.score.cells is None else self.score.cells.target
        if is_blank(self.indicator.full_target) and scored is not None:
            return f"{self.indicator.actual} / {scored}"  # the target that the ruleset fixes
        sign = self.indicator.comparator if self.indicator.comparator not in KINDS else ""
        return f"{self.indicator.actual} / {sign or ''}{self.indicator.full_target}{self.indicator.unit or ''}"

    @cached_property
    def identity(self) -> tuple[str, str | None] | None:
        """What makes rows of several forms the same indicator: the name and what is measured."""
        held = quantities(self.cells.target)
        return (self.plain, held[0].dimension) if self.plain and held and self.is_applicable else None

    @property
    def block(self) -> str:
        """The first-level heading."""
        return self.indicator.path[0] if self.indicator.path else ""

    @cached_property
    def points(self) -> Figure | None:
        """The points as printed."""
        return read_score(self.indicator.points)

    @cached_property
    def published(self) -> Figure | None:
        """The score as printed."""
        return read_score(self.indicator.published_score)

    @cached_property
    def deviation(self) -> Figure | None:
        """The deviation as printed."""
        return read_figure(self.indicator.published_deviation)

    @property
    def is_sided_by_name(self) -> bool:
        """Whether only the name says to which side the row improves.

        A target of 0 says it itself, and that of all of a whole (及时率 100%), under which everything would be. Of what
        a name says that more is better, nothing at all (建立师资库 1个 ← 0) is too little without it.
        """
        score = self.score
        assume = None if score is None or score.rule_in_force is None else score.rule_in_force.assume
        compared = self.comparison
        if (assume is not None and not assume.is_by_name) or compared.target == 0:
            return False
        if compared.target == 1 and self.figures.of_name.is_whole and quantities(self.target)[0].unit == "1":
            return False
        if assume is not None and assume.direction == "by_name_or_higher" and compared.direction == "higher":
            return False
        if compared.direction == "higher" and compared.actual == 0:
            return False
        return any(assumption.key == "direction" for assumption in compared.assumptions)

    @property
    def is_adjustment(self) -> bool:
        """Whether the row adds to the total or takes off it, and is no part of the full score."""
        return self.score is not None and self.score.award.adjusts

    def may_earn(self, score: Fraction) -> bool:
        """Return whether a score is within the points of the row, or within what it may add and take off."""
        if self.score is not None and self.score.adjusts is not None:
            return score in self.score.adjusts
        return self.points is None or 0 <= score <= self.points.value

    @property
    def is_applicable(self) -> bool:
        """Whether the row is not marked 不适用, and no other one counts in its place."""
        return super().is_applicable and not self.is_left_out

    @property
    def is_left_out(self) -> bool:
        """Whether another row counts in its place, of several of which one counts (二者择其一)."""
        return self.score is not None and self.score.award.instead is not None


@dataclass(frozen=True)
class Line:
    """One budget line; amounts are in the form's own unit. A part of another line repeats points and scores."""

    index: int
    line: BudgetLine
    initial: Fraction | None
    adjustment: Fraction | None
    budget: Fraction | None
    expenditure: Fraction | None
    half_year: Fraction | None
    score: BudgetScore | None
    is_part: bool = False

    @property
    def name(self) -> str:
        """The label as printed."""
        return self.line.label

    @property
    def place(self) -> Place:
        """The path to the line in the form."""
        return "budget", self.index

    @cached_property
    def rate(self) -> Figure | None:
        """The execution rate as printed."""
        return read_figure(self.line.published_rate)

    @property
    def executed(self) -> Fraction | None:
        """Which part of the budget was spent, exactly."""
        return self.expenditure / self.budget if self.budget and self.expenditure is not None else None

    @cached_property
    def points(self) -> Figure | None:
        """The points as printed; those of a part are its whole's."""
        return None if self.is_part else read_score(self.line.points)

    @cached_property
    def published(self) -> Figure | None:
        """The score as printed; that of a part does not count again."""
        return None if self.is_part else read_score(self.line.published_score)

    def may_earn(self, score: Fraction) -> bool:
        """Return whether a score is within the points of the line."""
        return self.points is None or 0 <= score <= self.points.value


@dataclass(frozen=True, eq=False)
class Case:
    """One form under audit; `dossier` holds the other forms of the same body and year."""

    form: Form
    position: int
    rules: Rules | None
    dossier: Dossier = field(repr=False)
    known: Sheet | None = None

    @cached_property
    def _scored(self) -> tuple[Sheet | None, Diagnostic | None]:
        if self.known is not None or self.rules is None:
            return self.known, None
        try:
            return self.rules.score_form(self.form), None
        except RulesetError as error:
            if error.code != _NOT_IN_FORCE:
                raise
            return None, error.diagnostics[0]

    @property
    def sheet(self) -> Sheet | None:
        """The form scored under the ruleset, where one is known and has rules for the form's date."""
        return self._scored[0]

    @property
    def not_in_force(self) -> Diagnostic | None:
        """Why the ruleset has no rules for the form's date, where it has none."""
        return self._scored[1]

    @cached_property
    def edition(self) -> Edition | None:
        """What is in force for the form."""
        return None if self.rules is None or self.sheet is None else self.rules.at(self.sheet.on).edition

    def term(self, name: str) -> Any:
        """Return what the ruleset says about the form as a whole under `name`, or `None`."""
        return None if self.edition is None else self.edition.terms.get(name)

    @cached_property
    def short_title(self) -> str:
        """What tells the form from the others of its dossier: the title, without a part that all of them share."""
        heads = {case.form.title.partition("：")[0] for case in self.dossier.cases}
        tail = self.form.title.partition("：")[2]
        return tail if len(heads) == 1 and tail else self.form.title

    @property
    def others(self) -> tuple[Case, ...]:
        """The other forms of the same body and year."""
        return tuple(case for case in self.dossier.cases if case is not self)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The indicator rows; rows of sums are none."""
        scores = (None,) * len(self.form.indicators) if self.sheet is None else self.sheet.indicators
        notes = _notes(self.form.indicators)
        return tuple(
            _row(number, indicator, score, self.form.year, note)
            for number, (indicator, score, note) in enumerate(zip(self.form.indicators, scores, notes, strict=True), 1)
            if not is_sum(indicator)
        )

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The budget lines."""
        scores = (None,) * len(self.form.budget) if self.sheet is None else self.sheet.budget
        unit = self.form.amount_unit
        parts = parts_of_budget(self.form.budget)
        return tuple(
            _line(index, line, score, unit, is_part=index in parts)
            for index, (line, score) in enumerate(zip(self.form.budget, scores, strict=True))
        )

    @property
    def scorable(self) -> tuple[Line | Row, ...]:
        """The budget lines and the indicator rows, in that order."""
        return (*self.lines, *self.rows)

    @cached_property
    def _shares(self) -> dict[str, Fraction]:
        return {} if self.sheet is None else dict(self.sheet.shares)

    def share_of(self, one: Line | Row) -> Fraction:
        """Return what share of a row's score counts to the total, by its block."""
        if isinstance(one, Line) or one.is_adjustment:
            return Fraction(1)
        return self._shares.get(name_key(one.block), Fraction(1))

    @cached_property
    def total_line(self) -> Line | None:
        """The line of the whole budget: the one with points, else the one that is called a total, else the first."""
        scored = [line for line in self.lines if line.points is not None]
        named = [line for line in self.lines if is_total(line.name)]
        found = scored or named or list(self.lines)
        return found[0] if found else None

    @cached_property
    def money(self) -> Fraction | None:
        """How much one of the form's money units is, in 元; `None` where the form names no unit."""
        return None if self.form.amount_unit is None else read_money("1", self.form.amount_unit)

    def in_money(self, line: Line | None, column: str) -> Fraction | None:
        """Return an amount of a line in 元, or in the form's own unit where it names none."""
        amount: Fraction | None = None if line is None else getattr(line, column)
        return None if amount is None else amount * (self.money or Fraction(1))

    def finding(
        self,
        key: str,
        at: Row | Line | None = None,
        cell: str | Place = (),
        *,
        name: str | None = None,
        published: str | None = None,
        computed: str | None = None,
        evidence: Iterable[Message | str] = (),
        cause: Message | None = None,
        **fields: Field,
    ) -> Finding:
        """Return a finding about a row, about a budget line, or about the form as a whole.

        `key` names the sentence (a code, or a case of one), `cell` the place below `at`; `fields` are what the
        sentence names beside the name and the two figures. Evidence in digits is the same in both languages.
        """
        row = at.number if isinstance(at, Row) else None
        called = name or (self.form.title if at is None else at.name)
        fields = {**fields, "name": called, "published": published, "computed": computed}
        sentence = template(key)
        if cause is None and sentence.cause_zh:
            cause = Message(sentence.cause_zh, sentence.cause_en)
        return Finding(
            key[:5],
            sentence.severity,
            self.form.title,
            row,
            called,
            fill(sentence.zh, sentence.en, fields),
            published,
            computed,
            tuple(Message(one, one) if isinstance(one, str) else one for one in evidence),
            cause,
            self._span(at, (cell,) if isinstance(cell, str) else cell, row),
            self.form.organisation,
            self.form.region,
            self.form.year,
            None if self.sheet is None else self.sheet.ruleset,
            self.sheet is not None and self.sheet.is_draft,
            at.index + 1 if isinstance(at, Line) else 0,
        )

    def _span(self, at: Row | Line | None, cell: Place, row: int | None) -> Span:
        """Return where a cell stands: in the form's file and, where the form has it, in the person's own."""
        held: Form | Indicator | BudgetLine = self.form
        if at is not None:
            held = at.indicator if isinstance(at, Row) else at.line
        elif len(cell) > 2 and cell[0] == "indicators":
            # What is said of a block stands at its first row.
            held = self.form.indicators[int(cell[1])]
        span = self.form.span(*(() if at is None else at.place), *cell, row=row)
        places = dict(held.places)
        place = next((places[key] for key in (*map(str, cell), "name", "label") if key in places), None)
        return span if place is None else replace(span, place=place)


#: A check looks at one form, beside the others of its dossier, and yields what does not add up.
Check = Callable[[Case], Iterator[Finding]]


class Dossier:
    """The forms of one body and year, each with the ruleset that it is audited under."""

    def __init__(
        self, forms: Sequence[Form], rules: Sequence[Rules | None], sheets: Sequence[Sheet | None] | None = None
    ) -> None:
        scored = sheets or [None] * len(forms)
        self.cases = tuple(
            Case(form, position, one, self, sheet)
            for position, (form, one, sheet) in enumerate(zip(forms, rules, scored, strict=True))
        )

    @cached_property
    def by_name(self) -> dict[tuple[str, str | None], list[tuple[Case, Row]]]:
        """The numeric rows of all forms by name and by what is measured; rows of two forms may be one indicator."""
        found: dict[tuple[str, str | None], list[tuple[Case, Row]]] = {}
        for case in self.cases:
            for row in case.rows:
                if row.identity is not None:
                    found.setdefault(row.identity, []).append((case, row))
        return found

    @cached_property
    def rate_rounding(self) -> Rounding:
        """How the document rounds its rates and deviations."""
        return common_rounding(self._rates())

    def _rates(self) -> Iterator[tuple[Fraction, Figure]]:
        for case in self.cases:
            for line in case.lines:
                if line.rate is not None and line.executed is not None:
                    yield line.executed, line.rate
            for row in case.rows:
                rate = row.comparison.deviation_rate
                if row.deviation is not None and rate is not None:
                    yield rate, row.deviation

    @cached_property
    def score_rounding(self) -> Rounding:
        """How the document rounds its scores."""
        return common_rounding(
            (one.score.award.raw, one.published)
            for case in self.cases
            for one in case.scorable
            if one.score is not None and one.score.award.raw is not None and one.published is not None
        )

    @cached_property
    def score_digits(self) -> int:
        """The decimals of its scores where several have some, so that the document does not round to fewer."""
        printed = (row.published for case in self.cases for row in case.rows if row.published is not None)
        digits = [places for one in printed if (places := decimal_places(one.value))]
        return max(digits) if len(digits) > 1 else 0


def case_of(form: Form, sheet: Sheet | None) -> Case:
    """Return the case of one form that was scored already, or that cannot be scored."""
    return Dossier([form], [None], [sheet]).cases[0]


def reading_of(text: str | None) -> Actual | None:
    """Return what a text says as an actual, whatever the columns beside it say; `None` where it cannot be read."""
    try:
        return parse_actual(text or "")
    except ExpressionError:
        return None


def read_money(text: str | None, unit: str | None) -> Fraction | None:
    """Read an amount in 元 (or in whatever `unit` scales); `None` where there is none or it cannot be read."""
    try:
        reading = parse_actual(text or "", unit=unit)
    except ExpressionError:
        return None
    return reading.quantity.value if isinstance(reading, Measured) else None


def _amount(text: str | None, unit: str | None) -> Fraction | None:
    """Read an amount in the form's own unit; one that names its unit is converted."""
    figure = read_figure(text)
    if figure is not None and figure.scale == 1:
        return figure.value
    value, size = read_money(text, unit), read_money("1", unit)
    return None if value is None or not size else value / size


def _line(index: int, line: BudgetLine, score: BudgetScore | None, unit: str | None, *, is_part: bool) -> Line:
    names = ("initial", "adjustment", "budget", "expenditure", "half_year")
    if any(problem.code == "PF515" for problem in read_amounts(line, unit)[1]):
        # 1,234.50万元 beside 1,234.50: scoring refuses the line, and no rate can be computed from it.
        return Line(index, line, None, None, None, None, None, score)
    initial, adjustment, budget, expenditure, half_year = (_amount(getattr(line, name), unit) for name in names)
    return Line(index, line, initial, adjustment, budget, expenditure, half_year, score, is_part)


#: One cell has no unit, and the ruleset does not let it borrow that of the other one.
_NOT_LENT = "PF517"


def _cells(indicator: Indicator, score: IndicatorScore) -> Cells:
    """Return the cells as scored; read them where the ruleset lends no unit."""
    cells = score.cells
    if cells is not None and all(problem.code != _NOT_LENT for problem in cells.diagnostics):
        return cells
    return read_cells(indicator.full_target, indicator.comparator, indicator.unit, indicator.actual, borrow=True)


def _notes(indicators: Sequence[Indicator]) -> list[str]:
    """Return the note of each row; one that only refers to the last note above, or to another row, gives that.

    >>> _notes([Indicator(name="甲", note=note) for note in ("遇雨", None, "同上", "原因同第1行", "同第9行")])
    ['遇雨', '', '遇雨', '遇雨', '']
    """
    words, found = section_words("answers.txt"), list[str]()
    for indicator in indicators:
        note = indicator.note or ""
        bare = fold_without_spaces(note).strip("。.;()")
        if bare in words["as above"]:
            note = next(filter(None, reversed(found)), "")
        elif _NUMBER.sub("0", bare) in words["as in row"]:
            number = int(_NUMBER.findall(bare)[0])
            note = found[number - 1] if number <= len(found) else ""
        found.append(note)
    return found


_NUMBER = re.compile("[1-9][0-9]{0,3}")


def _row(number: int, indicator: Indicator, score: IndicatorScore | None, year: int | None, note: str) -> Row:
    """Return a row; its comparison is the rule's where the rule could tell, else that of the cells alone.

    Without a rule it is that of the national baseline, so that a form without a ruleset is read as one with it.
    """
    usual = loaded(_BASELINE).at(date.max).score(indicator, year=year) if score is None else score
    cells, comparison = _cells(indicator, usual), usual.award.comparison
    if comparison.met is None and comparison.target is None and cells.target is not None and cells.actual is not None:
        comparison = compare(cells.target, cells.actual, None, year=year)
    return Row(indicator, cells, comparison, year, number, score, usual, note)


#: How a row is read, and scored in proportion, where no ruleset is known.
_BASELINE = "cn/project"
