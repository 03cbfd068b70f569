"""Rows written as lines of cells: name | target | actual, or name | unit | target | actual."""

from __future__ import annotations

from collections.abc import Iterable

from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.rules import Rules

Judged = tuple[bool | None, str, str, str, str]


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the cells of each line; a line without `|` is a remark."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.splitlines() if "|" in line]


def judged(met: str, missed: str, left_open: str) -> list[Judged]:
    """Return rows of name, unit, target and actual, each behind whether it meets its target."""
    kinds = ((True, met), (False, missed), (None, left_open))
    return [(found, name, unit, target, actual) for found, text in kinds for name, unit, target, actual in rows(text)]


def score_of(rules: Rules, name: str, unit: str, target: str, actual: str) -> IndicatorScore:
    """Return the score of a row of ten points."""
    return rules.score(name=name, unit=unit or None, target=target, actual=actual, points="10")


def all_met(rules: Rules, judged_rows: Iterable[Judged]) -> list[bool | None]:
    """Return whether each of many rows that are scored together meets its target."""
    keys = ("name", "unit", "target", "actual", "points")
    given = [dict(zip(keys, (*cells, "10"), strict=True)) for _, *cells in judged_rows]
    return [one.met for one in rules.score_many(given)]
