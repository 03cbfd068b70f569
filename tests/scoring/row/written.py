"""Rows written as lines of cells: name | target | actual, or name | unit | target | actual."""

from __future__ import annotations


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the cells of each line; a line without `|` is a remark."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.splitlines() if "|" in line]


def judged(met: str, missed: str, left_open: str) -> list[tuple[bool | None, str, str, str, str]]:
    """Return rows of name, unit, target and actual, each behind whether it meets its target."""
    kinds = ((True, met), (False, missed), (None, left_open))
    return [(found, name, unit, target, actual) for found, text in kinds for name, unit, target, actual in rows(text)]
