"""From the texts of a row to the numbers that scoring needs: points, a person's additions, amounts, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.text import Message, shorten
from pfscore.language.reader import parse_actual
from pfscore.language.readings import Measured, Quantity
from pfscore.rules.scalars import read_amount
from pfscore.scoring.awarding import Extras
from pfscore.scoring.form import BudgetLine, Indicator

#: The keys of a row whose values are plain cells.
_CELLS = frozenset(Indicator.model_fields) - {"path", "targets", "thresholds"}


def row_of(cells: Mapping[str, Any]) -> Indicator:
    """Build a row without pydantic's cost where all its cells are text; what a form allows is allowed here.

    Raises:
        InputError: PF501 to PF504 for what no row has, PF531 for a float; all of them at once.
    """
    values: dict[str, Any] = {}
    for key, value in cells.items():
        if key in _CELLS and (type(value) is str or value is None):
            values[key] = value
        elif key == "path" and isinstance(value, list | tuple) and all(type(part) is str for part in value):
            values[key] = tuple(value)
        else:
            return Indicator(**cells)
    if values.get("name", "") is None:
        del values["name"]
    return Indicator.model_construct(**values)


@lru_cache(maxsize=4096)
def read_points(text: str | None) -> tuple[Fraction | None, tuple[Diagnostic, ...]]:
    """Read the points of a row; blank means that it carries none."""
    if text is None or text.strip() in {"", "/", "—", "-", "——"}:
        return None, ()
    try:
        points = read_amount(text.removesuffix("分"))
    except ValueError:
        points = Fraction(-1)
    if points < 0:
        message = Message(f"分值“{shorten(text)}”不是数", f"the points {shorten(text)!r} are not a number")
        return None, (Diagnostic("PF510", message),)
    return points, ()


def read_extras(row: Indicator | BudgetLine, peers: Extras) -> tuple[Extras, tuple[Diagnostic, ...]]:
    """Read what a person added to the row, beside the facts about its block."""
    given: dict[str, Any] = {}
    problems = []
    for name in ("share", "decision", "rank", "deduction"):
        if (text := getattr(row, name, None)) is None:
            continue
        try:
            given[name] = read_amount(text)
        except ValueError:
            message = Message(f"“{name}”的值“{shorten(text)}”不是数", f"{name} {shorten(text)!r} is not a number")
            problems.append(Diagnostic("PF510", message))
    if not given and not (isinstance(row, Indicator) and row.thresholds):
        return peers, tuple(problems)
    thresholds, more = _read_thresholds(row) if isinstance(row, Indicator) else (None, [])
    return replace(peers, thresholds=thresholds, **given), (*problems, *more)


def _read_thresholds(row: Indicator) -> tuple[dict[str, Quantity] | None, list[Diagnostic]]:
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


def neighbours(rows: Sequence[Indicator], block_of: Callable[[Indicator], Hashable] | None = None) -> Iterator[Extras]:
    """Give each row the facts about its block: its points, how many rows it has, and the row's place in it.

    Rows of one `path` are a block, unless `block_of` says otherwise.
    """
    keys = [row.path if block_of is None else block_of(row) for row in rows]
    blocks: dict[Hashable, list[Fraction | None]] = {}
    for row, key in zip(rows, keys, strict=True):
        blocks.setdefault(key, []).append(read_points(row.points)[0])
    seen: dict[Hashable, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        known = [points for points in blocks[key] if points is not None]
        total = sum(known, start=Fraction(0)) if known else None
        yield Extras(block_points=total, count=Fraction(len(blocks[key])), position=Fraction(seen[key]))


def read_amounts(row: BudgetLine, unit: str | None) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Read a line's amounts; a blank one is left out."""
    env: dict[str, Any] = {}
    problems: list[Diagnostic] = []
    for name in ("initial", "budget", "expenditure"):
        text = getattr(row, name)
        try:
            reading = parse_actual(text or "", unit=unit)
        except ExpressionError as error:
            if error.code != "PF301":
                problems += error.diagnostics
            continue
        if isinstance(reading, Measured):
            env[name] = reading.quantity.value
        else:
            message = Message(f"预算金额“{shorten(text)}”不是数", f"the amount {shorten(text)!r} is not a number")
            problems.append(Diagnostic("PF524", message))
    if env.get("budget") and "expenditure" in env:
        env["execution_rate"] = env["expenditure"] / env["budget"]
    if "budget" in env:
        env["target"] = env["budget"]
    if "expenditure" in env:
        env["actual"] = env["expenditure"]
        if "budget" in env:
            env["met"] = env["expenditure"] >= env["budget"]
    return env, tuple(problems)
