"""What several projects give together: absolute values added, ratios weighted by funds, and then scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pfscore.auditing.case import Case, Dossier, Row
from pfscore.auditing.checks.unit_mismatches import is_time
from pfscore.cells.lexicon.directions import is_rate
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Between, Bound, Level, Measured, TargetKind
from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import decimal_text, round_to
from pfscore.foundation.text import Lang, Message
from pfscore.questions.needed import GRID_DIGITS, exact_writer
from pfscore.scoring.row.comparing.readings_of_row import quantities
from pfscore.scoring.rules import Rules, rules_for
from pfscore.scoring.sheet import Sheet


@dataclass(frozen=True)
class RolledUp:
    """Several forms as one: the combined form, its scores, and what had to be decided on the way.

    >>> import pfscore
    >>> one = pfscore.Form(title="表", year=2023, ruleset="cn-sc/project", indicators=(
    ...     pfscore.Indicator(name="人数", target="≥10人", actual="8人", points="5"),))
    >>> pfscore.rollup([one, one]).form.indicators[0].actual
    '16人'
    """

    form: Form
    sheet: Sheet
    notes: tuple[Message, ...] = ()

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return all as plain JSON data."""
        return {
            "form": self.form.model_dump(mode="json", exclude_none=True),
            "sheet": self.sheet.as_json(lang),
            "notes": [note.text(lang) for note in self.notes],
        }


def rollup(forms: Sequence[Form], *, ruleset: Rules | str | None = None) -> RolledUp:
    """Combine forms into one and score it: completion values come first, points only then.

    Rows of the same name that measure the same are one row: amounts and counts are added, target and actual alike;
    rates and times are averaged with the budgets as weights; equal words stay. A row whose actual is blank in one
    form is blank in all. Without `ruleset` the first form's is used.

    Raises:
        InputError: PF793 where there is no form, or no budget to weigh rates by.

    >>> import pfscore
    >>> def project(budget, people, rate):
    ...     return pfscore.Form(title=f"项目{budget}", year=2023, ruleset="cn-sc/project",
    ...         budget=(pfscore.BudgetLine(label="总额", budget=budget, expenditure=budget),),
    ...         indicators=(pfscore.Indicator(name="人数", target="≥10人", actual=people, points="5"),
    ...                     pfscore.Indicator(name="合格率", target="≥90%", actual=rate, points="5")))
    >>> whole = rollup([project("100", "8人", "80%"), project("300", "14人", "100%")])
    >>> [row.actual for row in whole.form.indicators], whole.sheet.total
    (['22人', '95%'], Decimal('10'))
    """
    if not forms:
        raise InputError.of(Diagnostic("PF793", Message("没有可汇总的表", "there is no form to combine")))
    dossier = Dossier(forms, [None] * len(forms))
    notes: list[Message] = []
    groups = _groups(dossier)
    rows = tuple(_combined(members, notes) for members in groups)
    first = forms[0]
    whole = Form(
        title=f"汇总（{len(forms)} 张表）：{first.title}",
        organisation=first.organisation,
        region=first.region,
        year=first.year,
        kind=first.kind,
        ruleset=first.ruleset,
        properties=tuple(stated for stated in first.properties if all(stated in form.properties for form in forms)),
        amount_unit=first.amount_unit,
        budget=tuple(_lines(dossier)),
        indicators=rows,
    )
    return RolledUp(whole, rules_for(first, ruleset).score_form(whole), tuple(notes))


def _groups(dossier: Dossier) -> list[list[tuple[Case, Row]]]:
    found: dict[object, list[tuple[Case, Row]]] = {}
    for case in dossier.cases:
        for row in case.rows:
            held = quantities(row.target)
            measured = held[0].dimension if held else "words"
            key = (row.indicator.path, row.plain, measured)
            found.setdefault(key, []).append((case, row))
    return list(found.values())


def _weight(case: Case) -> Fraction:
    """Return a form's funds in a unit that all forms share."""
    line = case.total_line
    if line is None or line.budget is None:
        message = Message(
            f"《{case.form.title}》没有预算数，比率无法按资金加权", f"{case.form.title} has no budget to weigh rates by"
        )
        raise InputError.of(Diagnostic("PF793", message, None, case.form.span("budget")))
    return line.budget * (case.money or Fraction(1))


def _combined(members: list[tuple[Case, Row]], notes: list[Message]) -> Indicator:
    first = members[0][1]
    plain = first.indicator.model_copy(update={"published_score": None, "published_deviation": None, "note": None})
    points = {row.indicator.points for _, row in members}
    if len(points) > 1:
        notes.append(
            _note(
                first,
                f"各表分值不同（{'、'.join(map(str, points))}），用第一张表的",
                "points differ; the first form's are used",
            )
        )
    if len(members) == 1:
        return plain
    if isinstance(first.target, Bound | Between):
        return _numbers(members, plain, notes)
    return _words(members, plain, notes)


def _note(row: Row, zh: str, en: str) -> Message:
    return Message(f"“{row.plain}”：{zh}", f"{row.plain}: {en}")


def _numbers(members: list[tuple[Case, Row]], plain: Indicator, notes: list[Message]) -> Indicator:
    first = members[0][1]
    unit = quantities(first.target)[0].unit
    weighted = unit == "1" or is_time(quantities(first.target)[0]) or (unit is None and is_rate(first.plain))
    weights = [_weight(case) if weighted else Fraction(1) for case, _ in members]
    share = sum(weights, start=Fraction(0)) if weighted else Fraction(1)

    def total(values: Sequence[Fraction]) -> Fraction:
        return sum((value * weight for value, weight in zip(values, weights, strict=True)), start=Fraction(0)) / share

    held = [[_in(quantity, unit) for quantity in quantities(row.target)] for _, row in members]
    ops = {type(row.target) if not isinstance(row.target, Bound) else row.target.op for _, row in members}
    if len(ops) > 1 or len({len(values) for values in held}) > 1:
        notes.append(_note(first, "各表指标值的符号不同，没有合并", "the operators differ; not combined"))
        return plain
    edges = [Quantity(_short(total(values), unit), unit) for values in zip(*held, strict=True)]
    target = _target(first, edges)
    actuals = [row.actual.quantity for _, row in members if isinstance(row.actual, Measured)]
    actual = None
    if len(actuals) == len(members):
        actual = exact_writer(unit)(_short(total([_in(quantity, unit) for quantity in actuals]), unit))
    else:
        notes.append(
            _note(first, "有的表没有填完成值，汇总后也空着", "an actual is blank in one form, so it stays blank")
        )
    return plain.model_copy(
        update={"target": target, "comparator": None, "unit": None, "targets": None, "actual": actual}
    )


def _in(quantity: Quantity, unit: str | None) -> Fraction:
    """Return a quantity in the unit of the first form."""
    if quantity.unit == unit or unit is None:
        return quantity.value
    return quantity.base / Quantity(Fraction(1), unit).base


def _short(value: Fraction, unit: str | None) -> Fraction:
    """Return a number without unit with a few decimals, as it cannot be written as a fraction."""
    return round_to(value, GRID_DIGITS) if unit is None else value


def _target(row: Row, edges: list[Quantity]) -> str:
    if isinstance(row.target, Between):
        return str(Between(edges[0], edges[1], row.target.low_open, row.target.high_open))
    op = row.target.op if isinstance(row.target, Bound) else TargetKind.BARE
    return str(Bound(op, edges[0]))


def _words(members: list[tuple[Case, Row]], plain: Indicator, notes: list[Message]) -> Indicator:
    """Return words that are equal; where they differ, a person has to judge the whole."""
    first = members[0][1]
    said = list(dict.fromkeys(row.indicator.actual or "" for _, row in members))
    if all(isinstance(row.actual, Level) and row.comparison.met is True for _, row in members) or len(said) == 1:
        return plain
    notes.append(
        _note(first, f"各表说法不同（{'；'.join(said)}），由评价人评定", "the words differ; a person must judge")
    )
    return plain.model_copy(update={"actual": "；".join(word for word in said if word) or None})


def _lines(dossier: Dossier) -> Iterator[BudgetLine]:
    """Add up the lines of the whole; the parts are left out."""
    lines = [case.total_line for case in dossier.cases]
    first = lines[0]
    if first is None:
        return
    found: dict[str, str | None] = {}
    for name in ("initial", "budget", "expenditure"):
        amounts = [case.in_money(line, name) for case, line in zip(dossier.cases, lines, strict=True)]
        unit = dossier.cases[0].money or Fraction(1)
        known = [amount for amount in amounts if amount is not None]
        found[name] = decimal_text(sum(known, start=Fraction(0)) / unit) if len(known) == len(amounts) else None
    cells = {"label": first.name, "points": first.line.points, **found}
    yield BudgetLine.model_validate(cells)
