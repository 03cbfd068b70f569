"""The progress of a form in the middle of the year, against the half-year targets or against prorated ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from pfscore.auditing.checks.unit_mismatches import is_time
from pfscore.auditing.figures import show_percent
from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.model.form_terms import Light
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Outcome, quantities
from pfscore.scoring.row.preparing.inputs import read_amounts
from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.rules import Rules, rules_for

_YEAR = 12
_HALF = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of one row: `progress` is what was achieved ÷ what the period asks for, exact.

    Of a ceiling, `progress` is the part that is used up. `basis` says what it is compared with, `light` is the
    ruleset's, `met` whether the period's target is met; all are `None` where they are not known. `row` counts the
    indicators from 1 and is `None` for a budget line.

    >>> from fractions import Fraction
    >>> Progress(1, "人数", "≥300人", "120人", progress=Fraction(4, 5)).shown()
    '80%'
    """

    row: int | None
    name: str
    target: str | None
    actual: str | None
    basis: Message | None = None
    progress: Fraction | None = None
    met: bool | None = None
    light: str | None = None
    note: Message | None = None
    is_ceiling: bool = False

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the row as plain JSON data."""
        return {
            "row": self.row,
            "name": self.name,
            "target": self.target,
            "actual": self.actual,
            "basis": None if self.basis is None else self.basis.text(lang),
            "progress": None if self.progress is None else decimal_text(self.progress),
            "ceiling": self.is_ceiling,
            "met": self.met,
            "light": self.light,
            "note": None if self.note is None else self.note.text(lang),
        }

    def shown(self) -> str:
        """The progress as a percentage, or a dash."""
        return "—" if self.progress is None else show_percent(self.progress)


def monitor(form: Form, *, ruleset: Rules | str | None = None, month: int = _HALF) -> list[Progress]:
    """Return the progress of each row at the end of a month of the year.

    In June a row is compared with its half-year target, where it has one. Otherwise a floor for something that adds
    up over the year (people, money, times) is prorated by months; a rate, a ceiling, words or an interval is held
    against the target of the year as it is. Lights are the ruleset's; a ruleset that has none shows none. A ceiling
    has only two: that of a full progress where it is kept, the last where it is not.

    Raises:
        InputError: PF526 where no ruleset is named, PF792 for a month that is none.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, ruleset="cn-sc/project", indicators=(
    ...     pfscore.Indicator(name="人数", target="≥300人", actual="120人"),))
    >>> [(one.shown(), one.basis.en) for one in monitor(form)]
    [('80%', 'full-year target × 6/12')]
    """
    if not 1 <= month <= _YEAR:
        message = Message(f"月份应是 1 到 12，这里是 {month}", f"the month has to be 1 to 12, not {month}")
        raise InputError.of(Diagnostic("PF792", message))
    rules = rules_for(form, ruleset)
    engine = rules.at(rules.score_form(form).on)
    lights: tuple[Light, ...] = tuple(engine.edition.terms.get("lights") or ())
    found = [_budget(line, form.amount_unit, month, lights) for line in form.budget]
    rows = zip(form.indicators, engine.peers(form), strict=True)
    found += [
        _indicator(number, row, partial(engine.score, year=form.year, peers=peers, as_written=True), month, lights)
        for number, (row, peers) in enumerate(rows, 1)
    ]
    return [one for one in found if one is not None]


def _budget(line: BudgetLine, unit: str | None, month: int, lights: Sequence[Light]) -> Progress | None:
    env, _ = read_amounts(line, unit)
    plan, _ = read_amounts(BudgetLine(budget=line.half_year), unit)
    budget, spent = env.get("budget"), env.get("expenditure")
    if not budget or spent is None:
        return None
    basis = Message(f"全年预算数 × {month}/{_YEAR}", f"budget × {month}/{_YEAR}")
    due: Fraction = budget * Fraction(month, _YEAR)
    if month == _HALF and plan.get("budget"):
        due, basis = plan["budget"], Message("半年计划执行数", "half-year plan")
    progress: Fraction = spent / due
    light = _light(lights, progress)
    return Progress(None, line.label, line.budget, line.expenditure, basis, progress, progress >= 1, light)


def _indicator(
    number: int, row: Indicator, scored: Callable[[Indicator], IndicatorScore], month: int, lights: Sequence[Light]
) -> Progress:
    targets = row.targets
    text, basis = row.full_target, Message("全年指标值", "full-year target")
    half = month == _HALF and targets is not None and targets.half_year is not None
    if half and targets is not None:
        text, basis = targets.half_year, Message("半年指标值", "half-year target")
    score = scored(row.model_copy(update={"target": text, "targets": None}))
    base = Progress(number, row.name, text, row.actual, basis)
    comparison = score.award.comparison
    if score.outcome in {Outcome.MISSING, Outcome.REFUSED} and comparison.met is None and comparison.actual is None:
        note = score.diagnostics[0].message if score.diagnostics else Message("没有完成值", "no actual")
        return Progress(number, row.name, text, row.actual, None, note=note)
    if score.outcome is Outcome.NOT_APPLICABLE:
        return Progress(number, row.name, text, row.actual, None, note=Message("不适用", "not applicable"))
    share = Fraction(month, _YEAR)
    held = quantities(None if score.cells is None else score.cells.target)
    adds_up = bool(held) and held[0].unit != "1" and not is_time(held[0])
    if not half and share != 1 and adds_up and comparison.direction in {"higher", "equal"}:
        basis = Message(f"全年指标值 × {month}/{_YEAR}", f"full-year target × {month}/{_YEAR}")
        return _counted(base, basis, comparison, share, lights)
    return _as_it_is(base, comparison, lights)


def _counted(
    base: Progress, basis: Message, comparison: Comparison, share: Fraction, lights: Sequence[Light]
) -> Progress:
    completion = comparison.completion
    progress = None if completion is None else completion / share
    met = None if progress is None else progress >= 1
    return Progress(base.row, base.name, base.target, base.actual, basis, progress, met, _light(lights, progress))


def _as_it_is(base: Progress, comparison: Comparison, lights: Sequence[Light]) -> Progress:
    progress, met = comparison.completion, comparison.met
    if comparison.direction in {"higher", "equal"} and progress is not None:
        light = _light(lights, progress)
    else:
        light = _kept(lights, met)
    is_ceiling = comparison.direction == "lower"
    return Progress(
        base.row, base.name, base.target, base.actual, base.basis, progress, met, light, is_ceiling=is_ceiling
    )


def _light(lights: Sequence[Light], progress: Fraction | None) -> str | None:
    """Return the light of a progress: the first, from high to low, whose start it reaches."""
    if progress is None:
        return None
    return next((light.name for light in lights if progress >= light.since), None)


def _kept(lights: Sequence[Light], met: bool | None) -> str | None:  # noqa: FBT001  (a verdict, not a switch)
    if met is None or not lights:
        return None
    return _light(lights, Fraction(1)) if met else lights[-1].name
