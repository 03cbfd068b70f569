"""What a form would earn under several rulesets, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pfscore.forms.form import Form
from pfscore.foundation.numbers import decimal_text
from pfscore.scoring.row.score import Score
from pfscore.scoring.rules import Rules, rules_for
from pfscore.scoring.sheet import Sheet


@dataclass(frozen=True)
class ContrastRow:
    """One row under each ruleset; `row` counts the indicators from 1 and is `None` for a budget line."""

    row: int | None
    name: str
    scores: tuple[Score, ...]

    @property
    def differs(self) -> bool:
        """Whether the rulesets do not give the row the same."""
        return len({(one.outcome, one.award.low, one.award.high) for one in self.scores}) > 1

    def as_json(self, rulesets: Sequence[str]) -> dict[str, Any]:
        """Return the row as plain JSON data."""
        return {
            "row": self.row,
            "name": self.name,
            "differs": self.differs,
            "scores": [
                {
                    "ruleset": ruleset,
                    "score": None if score.award.low != score.award.high else _text(score.award.low),
                    "low": _text(score.award.low),
                    "high": _text(score.award.high),
                    "outcome": score.outcome.value,
                    "rule": score.rule,
                }
                for ruleset, score in zip(rulesets, self.scores, strict=True)
            ],
        }


@dataclass(frozen=True)
class Contrast:
    """A form under several rulesets: every row, then the totals in `sheets`; what :func:`pfscore.compare` returns.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, indicators=(
    ...     pfscore.Indicator(name="测评", target="=1套", actual="1套", points="4"),))
    >>> [row.differs for row in pfscore.compare(form, rulesets=["cn-sc/project", "cn/project"]).rows]
    [False]
    """

    form: Form
    rulesets: tuple[str, ...]
    rows: tuple[ContrastRow, ...]
    sheets: tuple[Sheet, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the contrast as plain JSON data."""
        return {
            "form": self.form.title,
            "rulesets": list(self.rulesets),
            "rows": [row.as_json(self.rulesets) for row in self.rows],
            "totals": [
                {
                    "ruleset": ruleset,
                    "status": "draft" if sheet.is_draft else "active",
                    "total": None if sheet.total is None else str(sheet.total),
                    "low": None if sheet.low is None else str(sheet.low),
                    "high": None if sheet.high is None else str(sheet.high),
                    "full": None if sheet.full is None else str(sheet.full),
                    "grade": sheet.grade,
                    "digest": sheet.digest,
                }
                for ruleset, sheet in zip(self.rulesets, self.sheets, strict=True)
            ],
        }


def _text(number: Any) -> str | None:
    return None if number is None else decimal_text(number)


def compare(form: Form, *, rulesets: Sequence[Rules | str]) -> Contrast:
    """Score a form under each of `rulesets` and set the results side by side, row by row.

    Raises:
        NotFoundError: PF225 where a ruleset does not exist.
        RulesetError: PF224 where neither the ruleset nor the form says which year's rules hold.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, indicators=(
    ...     pfscore.Indicator(name="测评", target="=1套", actual="0.5套", points="4"),))
    >>> found = compare(form, rulesets=["cn-sc/project", "cn/project"])
    >>> [(str(one.low), str(one.high)) for one in found.rows[0].scores]
    [('2', '2'), ('0', '3.99')]
    """
    sheets = tuple(rules_for(form, ruleset).score_form(form) for ruleset in rulesets)
    names = tuple(sheet.ruleset for sheet in sheets)
    rows = [
        ContrastRow(None, line.label, tuple(sheet.budget[index] for sheet in sheets))
        for index, line in enumerate(form.budget)
        if any(sheet.budget[index].points_exact is not None for sheet in sheets)
    ]
    rows += [
        ContrastRow(index + 1, row.name, tuple(sheet.indicators[index] for sheet in sheets))
        for index, row in enumerate(form.indicators)
    ]
    return Contrast(form, names, tuple(rows), sheets)
