"""From the texts of a row to the numbers that scoring needs: points, a person's additions, amounts, neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pydantic_core import PydanticCustomError

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.reader import parse_actual
from pfscore.cells.readings import Measured
from pfscore.cells.refusals.damage import is_blank
from pfscore.documents.scalars import read_amount
from pfscore.forms.form import BudgetLine, Form, Indicator, is_total, parts_of_budget
from pfscore.formulas.glossary import OF_FORM
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_places
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message, shorten
from pfscore.rulesets.in_force import Terms
from pfscore.scoring.row.awarding.award import Extras
from pfscore.scoring.row.row import Row


@remembered
def read_points(text: str | None) -> tuple[Fraction | None, tuple[Diagnostic, ...]]:
    """Read the points of a row; blank means that it carries none."""
    number, problem = _read_number(text, "points")
    return number, () if problem is None else (problem,)


#: What is read of what a person adds; a share may be a percentage, the others are numbers of their own.
_EXTRAS = ("share", "decision", "rank", "deduction")


def read_extras(row: Row, peers: Extras) -> tuple[Extras, tuple[Diagnostic, ...]]:
    """Read what a person added to the row, beside the facts about its block."""
    given: dict[str, Any] = {}
    problems = []
    for name in _EXTRAS:
        number, problem = _read_number(getattr(row, name), name, signed=row.adjusts and name == "decision")
        if problem is not None:
            problems.append(problem)
        elif number is not None:
            given[name] = number
    if not given and not row.thresholds:
        return peers, tuple(problems)
    thresholds, more = _read_thresholds(row)
    return replace(peers, thresholds=thresholds, **given), (*problems, *more)


def _read_number(text: str | None, cell: str, *, signed: bool = False) -> tuple[Fraction | None, Diagnostic | None]:
    """Read a number that a form or a person gives about a row, or say what is wrong with it."""
    if text is None or is_blank(fold(text)):
        return None, None
    name, shown = CELL_NAMES[cell], shorten(text)
    plain = text.strip().removesuffix("分").strip()
    hint: Message | None = None
    try:
        number = read_amount(plain)
    except PydanticCustomError as error:
        context = error.context or {}
        message = Message(f"{name.zh}“{shown}”不是数", f"{name.en}: {shown!r} is not a number")
        hint = Message(context["hint_zh"], context["hint_en"]) if cell == "share" or "," in plain else None
    else:
        if cell != "share" and plain[-1] in "%％‰":
            message = Message(f"{name.zh}“{shown}”是百分数", f"{name.en}: {shown!r} is a percentage")
            bare = plain[:-1].strip()
            hint = Message(f"写分数：{bare} 分写 {bare}", f"for {bare} points write {bare}")
        elif "/" in plain and cell != "share" and decimal_places(number) is not None:
            # What it is of is not known: 9/10 may be 9 points, of 10.
            message = Message(f"{name.zh}“{shown}”是分数式，不是分", f"{name.en}: {shown!r} is a fraction, not points")
            hint = Message(f"写分数：{plain.partition('/')[0]} 分写 {plain.partition('/')[0]}", "write a decimal")
        elif number < 0 and not signed:
            message = Message(f"{name.zh}“{shown}”是负数", f"{name.en}: {shown!r} is negative")
        elif decimal_places(number) is None:
            message = Message(f"{name.zh}“{shown}”除不尽", f"{name.en}: {shown!r} has no finite decimal")
            hint = Message("请写成小数", "write a decimal")
        else:
            return number, None
    return None, Diagnostic("PF510", message, hint, Span(cell=cell))


def _read_thresholds(row: Row) -> tuple[dict[str, Quantity] | None, list[Diagnostic]]:
    """Read a row's own thresholds, in the unit of the row where they give none."""
    if not row.thresholds:
        return None, []
    found: dict[str, Quantity] = {}
    problems: list[Diagnostic] = []
    for level, text in row.thresholds:
        try:
            reading = parse_actual(text, unit=row.unit)
        except ExpressionError as error:
            problems += error.diagnostics
            continue
        if isinstance(reading, Measured):
            found[level] = reading.quantity
        else:
            message = Message(
                f"“{level}”的起点“{shorten(text)}”不是数", f"the threshold {shorten(text)!r} is no number"
            )
            problems.append(Diagnostic("PF532", message))
    return found, problems


def neighbours(rows: Sequence[Indicator], block_of: Callable[[Indicator], Hashable]) -> Iterator[Extras]:
    """Yield for each row the facts about its block: its points, how many rows it has, and the row's place in it."""
    keys = [block_of(row) for row in rows]
    counts, seen = Counter(keys), Counter[Hashable]()
    totals: dict[Hashable, Fraction] = {}
    for row, key in zip(rows, keys, strict=True):
        points, _ = read_points(row.points)
        if points is not None:
            totals[key] = totals.get(key, Fraction(0)) + points
    for key in keys:
        seen[key] += 1
        yield Extras(block_points=totals.get(key), count=Fraction(counts[key]), position=Fraction(seen[key]))


def read_amounts(row: BudgetLine | Row, unit: str | None) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Read a line's amounts; a blank one is left out."""
    problems: list[Diagnostic] = []
    amounts: dict[str, Quantity] = {}
    for name in ("initial", "budget", "expenditure"):
        text = getattr(row, name) or ""
        try:
            reading = parse_actual(text, unit=unit)
        except ExpressionError as error:
            problems += (_in_cell(found, name) for found in error.diagnostics if found.code != "PF301")
            continue
        if isinstance(reading, Measured) and all(one.key == "beside" for one in reading.assumptions):
            amounts[name] = reading.quantity
        else:
            zh, en = f"{CELL_NAMES[name].zh}“{shorten(text)}”不是金额", f"the {CELL_NAMES[name].en} {shorten(text)!r}"
            problems.append(Diagnostic("PF524", Message(zh, f"{en} is not an amount"), None, Span(cell=name)))
    problems += _amount_units(amounts)
    env: dict[str, Any] = {name: amount.base for name, amount in amounts.items()}
    if not amounts and not problems and isinstance(row, Row):
        printed = _printed_rate(row.printed_rate)
        return ({}, ()) if printed is None else ({"execution_rate": printed}, ())
    if env.get("budget") and "expenditure" in env:
        env["execution_rate"] = env["expenditure"] / env["budget"]
    if "budget" in env:
        env["target"] = env["budget"]
    if "expenditure" in env:
        env["actual"] = env["expenditure"]
        if "budget" in env:
            env["met"] = env["expenditure"] >= env["budget"]
    return env, tuple(problems)


def form_amounts(form: Form) -> dict[str, Any]:
    """Return the amounts that a form states as a whole: of its total line, and what was carried over.

    Amounts that cannot be read are left out; their own lines say so.
    """
    parts = parts_of_budget(form.budget)
    whole = [line for index, line in enumerate(form.budget) if index not in parts and not _is_carried_over(line)]
    total = next((line for line in whole if line.points), None) or next(
        (line for line in whole if is_total(line.label)), whole[0] if whole else None
    )
    found = {} if total is None else read_amounts(total, form.amount_unit)[0]
    amounts = {name: found[name] for name in OF_FORM if name in found}
    for line in form.budget:
        if _is_carried_over(line):
            carried = read_amounts(line, form.amount_unit)[0]
            value = carried.get("budget", carried.get("initial"))
            amounts |= {} if value is None else {"carried_over": value}
            break
    return amounts


def stated_properties(form: Form, terms: Terms) -> tuple[tuple[str, str], ...]:
    """Return what a form states of itself, as far as the ruleset knows the property and the value."""
    known = {one.name: one.values for one in terms.get("properties") or ()}
    return tuple((name, value) for name, value in form.properties if value in known.get(name, ()))


def property_problems(form: Form, terms: Terms) -> Iterator[Diagnostic]:
    """Yield the properties of a form that have a value which the ruleset does not know."""
    known = {one.name: one.values for one in terms.get("properties") or ()}
    for name, value in form.properties:
        if name in known and value not in known[name]:
            zh, en = "、".join(known[name]), ", ".join(known[name])
            yield Diagnostic(
                "PF539",
                Message(
                    f"“{name}”写作“{shorten(value)}”，应是{zh}之一", f"{name} is {shorten(value)!r}, not one of {en}"
                ),
                None,
                form.span("properties", name),
            )


def _is_carried_over(line: BudgetLine) -> bool:
    return "上年结转" in line.label or "上年结余" in line.label


def _printed_rate(text: str | None) -> Fraction | None:
    """Read a rate that is printed as a percentage; one without its sign may as well be points."""
    plain = fold(text or "").strip()
    if not plain.endswith("%"):
        return None
    try:
        return read_amount(plain)
    except PydanticCustomError:
        return None


def _in_cell(problem: Diagnostic, cell: str) -> Diagnostic:
    return replace(problem, span=replace(problem.span or Span(), cell=cell))


def _amount_units(amounts: Mapping[str, Quantity]) -> Iterator[Diagnostic]:
    """Yield that a line's amounts are not of one unit: 万元 beside 元 is, 万元 beside nothing is not."""
    first = next(iter(amounts.items()), None)
    for name, amount in amounts.items():
        if first is not None and amount.dimension != first[1].dimension:
            other = CELL_NAMES[first[0]]
            message = Message(
                f"{CELL_NAMES[name].zh}“{amount}”与{other.zh}“{first[1]}”单位不同",
                f"the {CELL_NAMES[name].en} {amount} and the {other.en} {first[1]} have different units",
            )
            hint = Message(
                "请在每一格写同一单位，或只在 amount_unit 写", "write one unit in each, or under `amount_unit`"
            )
            yield Diagnostic("PF515", message, hint, Span(cell=name))
