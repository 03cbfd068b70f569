"""The score of a row, of a budget line, and of a form, with everything that led to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pfscore.cells.readings import Assumption
from pfscore.forms.form import BudgetLine, Indicator
from pfscore.formulas.evaluation.trace import Step
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.numbers import decimal_text, to_decimal
from pfscore.foundation.text import Lang
from pfscore.rulesets.edition import Authority, RuleInForce
from pfscore.scoring.explanation import explain, trace
from pfscore.scoring.row.award import Award
from pfscore.scoring.row.readings_of_row import Cells, Outcome
from pfscore.scoring.row.result import RowResult


def _text(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)


class RowScore:
    """What a row of any kind earns; the base of indicator and budget scores.

    `score`, `low` and `high` are points. `score` is `None` where a person, a missing cell or a damaged one leaves
    a range `[low, high]`; all three are `None` where the row carries no points. `met` tells whether the target was
    met, `completion` is actual ÷ target and `deviation_rate` (actual − target) ÷ target, exact fractions.
    """

    __slots__ = ("_result",)

    def __init__(self, result: RowResult) -> None:
        self._result = result

    @property
    def result(self) -> RowResult:
        """All that was found about the row."""
        return self._result

    def _identity(self) -> tuple[object, ...]:
        return (self.result,)

    def __eq__(self, other: object) -> bool:
        return self._identity() == other._identity() if isinstance(other, RowScore) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity())

    def __repr__(self) -> str:
        low, high = self.low, self.high
        earned = str(low) if low == high else f"[{low}, {high}]"
        return f"<{type(self).__name__} {self.outcome.value} {earned} of {self.points}>"

    @property
    def outcome(self) -> Outcome:
        """What became of the row."""
        return self.result.outcome

    @property
    def points_exact(self) -> Fraction | None:
        """The most that the row can earn, as a fraction."""
        return self.result.points_exact

    @property
    def award(self) -> Award:
        """What the rule gave, with the comparison and the values that the formula used."""
        return self.result.award

    @property
    def rule_in_force(self) -> RuleInForce | None:
        """The rule that applied, as it stood on the date."""
        return self.result.rule_in_force

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the row, or why a person must look."""
        return self.result.diagnostics

    @property
    def points(self) -> Decimal | None:
        """The most that the row can earn."""
        return None if self.points_exact is None else to_decimal(self.points_exact)

    @property
    def low(self) -> Decimal | None:
        """The least that the row can earn."""
        return None if self.award.low is None else to_decimal(self.award.low)

    @property
    def high(self) -> Decimal | None:
        """The most that the row can still earn."""
        return None if self.award.high is None else to_decimal(self.award.high)

    @property
    def score(self) -> Decimal | None:
        """What the row earns, where nothing is open."""
        return self.low if self.award.low == self.award.high else None

    @property
    def rule(self) -> str | None:
        """The id of the rule that applied."""
        return None if self.rule_in_force is None else self.rule_in_force.id

    @property
    def cite(self) -> Authority | None:
        """On whose word the rule stands."""
        return None if self.rule_in_force is None else self.rule_in_force.authority

    @property
    def row(self) -> Indicator | BudgetLine:
        """The row that was scored."""
        raise NotImplementedError

    @property
    def trace(self) -> Step:
        """The tree of everything that led to the score; it is built when asked for."""
        return trace(self.row, self.result)

    def explain(self, lang: Lang = "zh") -> str:
        """Say why the row earns what it earns: what was read, assumed, computed and rounded, under which rule."""
        return explain(self.row, self.result, lang)

    def _earned(self) -> dict[str, Any]:
        return {
            "points": _text(self.points_exact),
            "score": _text(self.award.low) if self.award.low == self.award.high else None,
            "low": _text(self.award.low),
            "high": _text(self.award.high),
        }

    def _reasons(self, lang: Lang) -> dict[str, Any]:
        cite = self.cite
        return {
            "rule": self.rule,
            "cite": None
            if cite is None
            else {
                "ruleset": cite.ruleset,
                "source": cite.source,
                "title": cite.title,
                "evidence": cite.evidence.value,
                "at": cite.at,
                "quote": cite.quote,
            },
            "diagnostics": [diagnostic.as_json(lang) for diagnostic in self.diagnostics],
        }


class IndicatorScore(RowScore):
    """The score of one indicator row; :meth:`explain` says why. Frozen, hashable and picklable.

    >>> import pfscore
    >>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    >>> one = rules.score(name="等级保护测评", target="1", comparator="＝", unit="套", actual="0.5", points="4")
    >>> one.score, one.met, one.completion, one.rule
    (Decimal('2'), False, Fraction(1, 2), 'equal-ratio')
    """

    __slots__ = ("_row",)

    def __init__(self, row: Indicator, result: RowResult) -> None:
        super().__init__(result)
        self._row = row

    def __reduce__(self) -> tuple[Any, ...]:
        return IndicatorScore, (self.row, self.result)

    def _identity(self) -> tuple[object, ...]:
        return (self.row, self.result)

    def with_diagnostics(self, diagnostics: tuple[Diagnostic, ...]) -> IndicatorScore:
        """Return the same score with these diagnostics."""
        return IndicatorScore(self.row, replace(self.result, diagnostics=diagnostics))

    @property
    def row(self) -> Indicator:
        """The row that was scored."""
        return self._row

    @property
    def cells(self) -> Cells | None:
        """What the row's cells say."""
        return self.result.cells

    @property
    def name(self) -> str:
        """The third-level indicator's name, as in the form."""
        return self.row.name

    @property
    def met(self) -> bool | None:
        """Whether the target was met; `None` where that cannot be told."""
        return self.award.comparison.met

    @property
    def completion(self) -> Fraction | None:
        """Actual ÷ target, exact; `None` for words, intervals and a zero target."""
        return self.award.comparison.completion

    @property
    def deviation_rate(self) -> Fraction | None:
        """(Actual − target) ÷ target, exact."""
        return self.award.comparison.deviation_rate

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What is not literally in the text but was needed, and allowed by the ruleset."""
        return self.result.assumptions

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the score as plain JSON data; numbers are decimal text."""
        return {
            "name": self.name,
            **self._earned(),
            "met": self.met,
            "outcome": self.outcome.value,
            "completion": _text(self.completion),
            "deviation_rate": _text(self.deviation_rate),
            "assumptions": [assumption.message.text(lang) for assumption in self.assumptions],
            **self._reasons(lang),
            "trace": self.trace.as_json(),
        }


class BudgetScore(RowScore):
    """The score of one budget line; a line without points is only computed. Frozen, hashable and picklable.

    >>> import pfscore
    >>> line = pfscore.BudgetLine(label="总额", budget="245.80", expenditure="219.20", points="10")
    >>> sheet = pfscore.load_ruleset("cn-sc/project").score_form(pfscore.Form(year=2023, budget=(line,)))
    >>> sheet.budget[0].score
    Decimal('8.92')
    """

    __slots__ = ("_row", "execution_rate")

    def __init__(self, row: BudgetLine, result: RowResult, execution_rate: Fraction | None = None) -> None:
        super().__init__(result)
        self._row = row
        self.execution_rate = execution_rate

    def __reduce__(self) -> tuple[Any, ...]:
        return BudgetScore, (self.row, self.result, self.execution_rate)

    def _identity(self) -> tuple[object, ...]:
        return (self.row, self.result)

    def with_diagnostics(self, diagnostics: tuple[Diagnostic, ...]) -> BudgetScore:
        """Return the same score with these diagnostics."""
        return BudgetScore(self.row, replace(self.result, diagnostics=diagnostics), self.execution_rate)

    @property
    def row(self) -> BudgetLine:
        """The line that was scored."""
        return self._row

    @property
    def label(self) -> str:
        """The line's label, as in the form."""
        return self.row.label

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Nothing is assumed about a budget line."""
        return ()

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the score as plain JSON data; numbers are decimal text."""
        data = {"label": self.label, "execution_rate": _text(self.execution_rate), **self._earned()}
        data |= {"outcome": self.outcome.value, **self._reasons(lang)}
        if self.points_exact is not None:
            data["trace"] = self.trace.as_json()
        return data


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scores of one form: every row, the totals, the grade, and under which ruleset on which date.

    `total` is a number where nothing is open, else `None` with the interval in `low` and `high`. `grade` is on the
    unrounded total, and `None` where the total is open or the points do not make up the ruleset's full ones.

    >>> import pfscore
    >>> row = pfscore.Indicator(name="满意度", target="≥90%", actual="81%", points="100")
    >>> sheet = pfscore.load_ruleset("cn-sc/project").score_form(pfscore.Form(year=2023, indicators=(row,)))
    >>> sheet.total, sheet.full, sheet.grade
    (Decimal('90'), Decimal('100'), '优')
    """

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
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The total, where nothing is open."""
        return self.low if self.low == self.high else None

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic of the form and its rows that is an error."""
        rows: tuple[RowScore, ...] = (*self.budget, *self.indicators)
        found = (*self.diagnostics, *(diagnostic for row in rows for diagnostic in row.diagnostics))
        return tuple(diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR)

    def explain(self, lang: Lang = "zh") -> str:
        """Say for every row why it earns what it earns, then how the total comes about."""
        scored = [line for line in self.budget if line.points_exact is not None]
        parts = [one.explain(lang) for one in (*scored, *self.indicators)]
        return "\n\n".join([*parts, "\n".join(self.total_steps)])

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
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
            "digest": self.digest,
            "on": self.on.isoformat(),
            "engine": self.engine,
            "diagnostics": [diagnostic.as_json(lang) for diagnostic in self.diagnostics],
        }

    def model_dump(self) -> dict[str, Any]:
        """Return :meth:`as_json`, under the name that pydantic's models use."""
        return self.as_json()

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return the sheet as JSON text."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=indent)


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(Fraction(number))
