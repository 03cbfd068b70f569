"""What a reviewer wants to see of many forms: how many need a look, which first, and the same problem once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from pfscore.auditing.case import Case, Dossier
from pfscore.auditing.figures import read_figure
from pfscore.auditing.finding import Finding
from pfscore.auditing.run import bodies, findings_of
from pfscore.forms.form import BudgetLine, Form, Indicator, UnreadCell
from pfscore.foundation.codes import CODES
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.text import Lang, Message
from pfscore.questions.needed import Need, needed
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import Score
from pfscore.scoring.rules import Rules
from pfscore.scoring.sheet import Sheet


class Standing(StrEnum):
    """What a review found about a form; the gravest that applies."""

    ERRORS = "errors"
    UNREAD = "unread"
    DOUBTS = "doubts"
    CLEAN = "clean"


#: The standings in the order in which they are counted, each with its name and what it asks for.
STANDINGS = {
    Standing.ERRORS: (
        Message("有错误", "with errors"),
        Message("公布的数不可能对", "published figures cannot be right"),
    ),
    Standing.DOUBTS: (Message("存疑", "in doubt"), Message("要问填表人", "ask who filled them in")),
    Standing.UNREAD: (Message("没读全", "not read whole"), Message("先补齐，再下结论", "complete them before judging")),
    Standing.CLEAN: (Message("没有发现", "nothing found"), Message("读全了，没有矛盾", "read whole, no contradiction")),
}
_URGENCY = list(Standing)


@dataclass(frozen=True)
class ReviewedRow:
    """One row with its score, what it needs for full points, and what was found about it.

    `number` counts the indicators from 1 and is `None` for a budget line. `score` and `need` are `None` where the row
    could not be scored, or carries no points.
    """

    number: int | None
    row: Indicator | BudgetLine
    score: Score | None
    need: Need | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The name of the indicator, or the label of the budget line."""
        return self.row.name if isinstance(self.row, Indicator) else self.row.label

    @property
    def published(self) -> Fraction | None:
        """The published score, where it is a number."""
        return _number(self.row.published_score)

    @property
    def earned(self) -> Fraction | None:
        """The computed score, where nothing is open."""
        award = None if self.score is None or self.score.points_exact is None else self.score.award
        return award.low if award is not None and award.low == award.high else None

    @property
    def difference(self) -> Fraction | None:
        """Published minus computed score, where both are known."""
        return None if self.published is None or self.earned is None else self.published - self.earned


@dataclass(frozen=True)
class ReviewedForm:
    """One form with its scores and findings; `sheet` is `None` where it cannot be scored, and `problems` say why."""

    source: str
    form: Form
    sheet: Sheet | None
    findings: tuple[Finding, ...]
    needs: tuple[Need, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @cached_property
    def standing(self) -> Standing:
        """What was found; what was not read never counts as clean."""
        if self.count(Severity.ERROR):
            return Standing.ERRORS
        refused = any(row.score is not None and row.score.outcome is Outcome.REFUSED for row in self.rows)
        if self.sheet is None or self.problems or refused or self.unread:
            return Standing.UNREAD
        return Standing.DOUBTS if self.count(Severity.WARNING) else Standing.CLEAN

    @cached_property
    def rows(self) -> tuple[ReviewedRow, ...]:
        """The budget lines, then the indicators, in the form's order."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[ReviewedRow]:
        sheet, found = self.sheet, self._findings_by_row
        needs = {need.row: need for need in self.needs if need.row is not None}
        of_lines = iter([need for need in self.needs if need.row is None])
        for index, line in enumerate(self.form.budget):
            score = None if sheet is None else sheet.budget[index]
            need = None if score is None or score.points_exact is None else next(of_lines, None)
            # A finding names a line by its label: of two lines with one label, it stands under the first.
            yield ReviewedRow(None, line, score, need, tuple(found.pop(line.label, ())))
        for number, row in enumerate(self.form.indicators, 1):
            of_row = None if sheet is None else sheet.indicators[number - 1]
            yield ReviewedRow(number, row, of_row, needs.get(number), tuple(found.get(number, ())))

    @cached_property
    def general(self) -> tuple[Finding, ...]:
        """The findings about no single row."""
        return tuple(self._findings_by_row.get(None, ()))

    @property
    def _findings_by_row(self) -> dict[int | str | None, list[Finding]]:
        labels = {line.label for line in self.form.budget}
        found: dict[int | str | None, list[Finding]] = {}
        for finding in self.findings:
            key = finding.name if finding.row is None and finding.name in labels else finding.row
            found.setdefault(key, []).append(finding)
        return found

    @property
    def unread(self) -> tuple[UnreadCell, ...]:
        """The cells of the file that were not read and should have been."""
        return tuple(cell for cell in self.form.unread if not cell.by_design)

    @property
    def name(self) -> str:
        """The body and the project, or the title of the form."""
        return " · ".join(part for part in (self.form.organisation, self.form.project or self.form.title) if part)

    def place(self, lang: Lang = "zh") -> str:
        """Return the cell of the gravest finding, or where the form stands in its file."""
        spans = [self.gravest and self.gravest.span, self.form.head()]
        return next((span.where(lang) for span in spans if span and span.where()), self.source)

    @property
    def published(self) -> Fraction | None:
        """The published total, where it is a number."""
        return _number(self.form.published_total)

    @property
    def difference(self) -> Fraction | None:
        """Published minus computed total, where both are known."""
        total = None if self.sheet is None else self.sheet.total
        return None if self.published is None or total is None else self.published - Fraction(total)

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def tally(self) -> Tally:
        """What counts of the form in the sums of a review."""
        return Tally(self.standing, tuple(sorted({finding.code for finding in self.findings})))

    @property
    def gravest(self) -> Finding | None:
        """The finding to look at first."""
        return self.findings[0] if self.findings else None

    @property
    def urgency(self) -> tuple[int, int, int, Fraction]:
        """The order of forms: errors first, then what was not read, then doubts, then the difference of totals."""
        difference = abs(self.difference or Fraction(0))
        return _URGENCY.index(self.standing), -self.count(Severity.ERROR), -self.count(Severity.WARNING), -difference


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts of a form in the sums of a review: its standing, and the codes of its findings."""

    standing: Standing
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, or a form in one, that could not be read, and why."""

    source: str
    problems: tuple[Diagnostic, ...]

    @property
    def tally(self) -> Tally:
        """What counts of it."""
        return Tally(Standing.UNREAD)


@dataclass(frozen=True)
class Review:
    """The review of many forms, in the order in which they were read.

    `beside` are forms that were reviewed before, and only count.
    """

    forms: tuple[ReviewedForm, ...]
    unreadable: tuple[Unreadable, ...] = ()
    beside: tuple[Tally, ...] = ()

    @cached_property
    def _tallies(self) -> tuple[Tally, ...]:
        return (*(one.tally for one in self.forms), *(one.tally for one in self.unreadable), *self.beside)

    @cached_property
    def counts(self) -> dict[Standing, int]:
        """How many forms have each standing; what could not be read at all counts as not read whole."""
        return {standing: sum(one.standing is standing for one in self._tallies) for standing in STANDINGS}

    @cached_property
    def by_urgency(self) -> tuple[ReviewedForm, ...]:
        """The forms, those first that a person must look at."""
        return tuple(sorted(self.forms, key=lambda one: one.urgency))

    def shared_problems(self) -> list[tuple[str, Message, int]]:
        """Return the codes that are found in several forms, with their titles and the number of forms."""
        found: dict[str, int] = {}
        for code in (code for one in self._tallies for code in one.codes if code in CODES):
            found[code] = found.get(code, 0) + 1
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [(code, CODES[code], count) for code, count in ranked if count > 1]

    def in_one_line(self, lang: Lang = "zh") -> str:
        """Return the counts: `300 份：9 有错误，64 存疑，11 没读全，216 没有发现`."""
        zh = lang == "zh"
        total = sum(self.counts.values())
        parts = [f"{count} {STANDINGS[standing][0].text(lang)}" for standing, count in self.counts.items()]
        head = f"{total} 份：" if zh else f"{total} {'form' if total == 1 else 'forms'}: "
        return head + ("，" if zh else ", ").join(parts)


def review_forms(
    forms: Sequence[tuple[str, Form]],
    rules_of: Callable[[Form], Rules],
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> list[ReviewedForm]:
    """Review forms, those of one body and year together; see :func:`review_body`."""
    reviewed: dict[int, ReviewedForm] = {}
    for numbers in bodies(form for _, form in forms):
        members = [forms[number] for number in numbers]
        rules = [rules_or_why_not(rules_of, form) for _, form in members]
        reviewed |= zip(numbers, review_body(members, rules, wanted), strict=True)
    return [reviewed[number] for number in sorted(reviewed)]


def rules_or_why_not(rules_of: Callable[[Form], Rules], form: Form) -> Rules | PfscoreError:
    """Return the rules for a form, or the error that says why there are none."""
    try:
        return rules_of(form)
    except PfscoreError as error:
        return error


def review_body(
    forms: Sequence[tuple[str, Form]],
    rules: Sequence[Rules | PfscoreError],
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> list[ReviewedForm]:
    """Review the forms of one body and year, each with the file that it comes from; keep the findings `wanted`.

    Each is scored and audited under its rules; an error in their place says why there are none, and the form is
    audited for all that needs no rule.
    """
    known = [one if isinstance(one, Rules) else None for one in rules]
    dossier = Dossier([form for _, form in forms], known)
    return [
        _reviewed(source, case, one.diagnostics if isinstance(one, PfscoreError) else (), wanted)
        for (source, _), case, one in zip(forms, dossier.cases, rules, strict=True)
    ]


def _reviewed(
    source: str, case: Case, why_not: tuple[Diagnostic, ...], wanted: Callable[[Finding], bool]
) -> ReviewedForm:
    problems = [*case.form.problems, *why_not]
    if case.not_in_force is not None:
        problems.append(case.not_in_force)
    needs: list[Need] = []
    if case.rules is not None and case.sheet is not None:
        needs = needed(case.form, ruleset=case.rules)
    return ReviewedForm(
        source, case.form, case.sheet, tuple(filter(wanted, findings_of(case))), tuple(needs), tuple(problems)
    )


def _number(text: str | None) -> Fraction | None:
    figure = read_figure(text)
    return None if figure is None or figure.scale != 1 else figure.value
