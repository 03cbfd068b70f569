"""The shape of the form: blocks and points that differ from the ruleset, repeated rows, figures that are no numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.figures import is_blank, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.cells.readings import Level
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.ruleset import Block
from pfscore.scoring.row.readings_of_row import quantities

_BUDGET = "预算执行"


def block_points(case: Case) -> Iterator[Finding]:
    """PF770: a block has other points than in the ruleset. PF771: a block of the ruleset is missing."""
    wanted: tuple[Block, ...] | None = case.term("blocks")
    carried = _carried(case)
    if not wanted or not carried:
        return
    total = sum(carried.values(), start=Fraction(0))
    for block in wanted:
        found = carried.pop(_block_name(block.name), None)
        if found is None:
            yield _missing(case, block)
        elif block.points is not None and found != block.points:
            yield _weight(case, block.name, found, decimal_text(block.points))
    if total:
        for name, found in carried.items():
            yield _weight(case, name, found, "0")


def _carried(case: Case) -> dict[str, Fraction]:
    """Return the points of each block of the form; a form without points has none."""
    found: dict[str, Fraction] = {}
    rows: list[tuple[str, Line | Row]] = [(_BUDGET, line) for line in case.lines]
    rows += [(_block_name(row.block), row) for row in case.rows]
    for name, one in rows:
        if one.points is not None:
            found[name] = found.get(name, Fraction(0)) + one.points.value
    return found


def _block_name(name: str) -> str:
    bare = plain_name(name).split("（")[0].split("(")[0].removesuffix("指标")
    return _BUDGET if bare.startswith(_BUDGET) else bare


def _missing(case: Case, block: Block) -> Finding:
    return case.finding(
        "PF771" if block.points is None else "PF771 points",
        None,
        "indicators",
        name=block.name,
        computed=None if block.points is None else decimal_text(block.points),
    )


def _weight(case: Case, name: str, found: Fraction, wanted: str) -> Finding:
    return case.finding("PF770", None, "indicators", name=name, published=decimal_text(found), computed=wanted)


def duplicates(case: Case) -> Iterator[Finding]:
    """PF772: an indicator is repeated, so that it counts twice."""
    first: dict[tuple[str, str | None], Row] = {}
    for row in case.rows:
        if not row.plain or not row.is_applicable or row.plain == "不适用":
            continue
        key = (row.plain, _what(row))
        earlier = first.setdefault(key, row)
        if earlier is row:
            continue
        same = (
            earlier.indicator.full_target == row.indicator.full_target and earlier.indicator.path == row.indicator.path
        )
        yield case.finding(
            "PF772" if same else "PF772 differs",
            row,
            "name",
            published=row.name,
            computed=f"第 {earlier.number} 行",
            first=earlier.number,
            path=Message("，".join(earlier.indicator.path), ", ".join(earlier.indicator.path)),
        )


def _what(row: Row) -> str | None:
    """Return what a row measures; rows of one name that measure different things are different indicators."""
    held = quantities(row.target)
    if held:
        return held[0].dimension or "-"
    return "文字" if isinstance(row.target, Level) else "其他"


def damaged_figures(case: Case) -> Iterator[Finding]:
    """PF773: a printed figure that is no number, so that nothing could be checked against it."""
    for line in case.lines:
        for key in ("published_rate", "published_score", "points"):
            yield from _damaged(case, getattr(line.line, key), key, line)
    for row in case.rows:
        for key in ("published_score", "published_deviation", "points"):
            yield from _damaged(case, getattr(row.indicator, key), key, row)
    for key in ("published_total", "published_points"):
        yield from _damaged(case, getattr(case.form, key), key, None)


def _damaged(case: Case, text: str | None, key: str, at: Line | Row | None) -> Iterator[Finding]:
    if is_blank(text) or read_figure(text) is not None:
        return
    yield case.finding("PF773", at, key, name=key if at is None else None, published=text)
