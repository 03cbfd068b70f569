"""The form itself against the ruleset: blocks and their points, rows that stand twice, figures that are none."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.figures import is_blank, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.cells.readings import Level
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.ruleset import Block
from pfscore.scoring.row.readings_of_row import quantities

_BUDGET = "预算执行"


def block_points(case: Case) -> Iterator[Finding]:
    """PF770: a block carries other points than the ruleset says. PF771: a block of the ruleset is missing."""
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
    points = "" if block.points is None else decimal_text(block.points)
    return case.finding(
        "PF771",
        Severity.WARNING,
        Message(
            f"没有“{block.name}”" + (f"，规则集规定 {points} 分" if points else ""),
            f"there is no block {block.name}" + (f"; the ruleset gives it {points} points" if points else ""),
        ),
        name=block.name,
        cell=("indicators",),
        computed=points or None,
    )


def _weight(case: Case, name: str, found: Fraction, wanted: str) -> Finding:
    return case.finding(
        "PF770",
        Severity.WARNING,
        Message(
            f"“{name}”共 {decimal_text(found)} 分，规则集规定 {wanted} 分",
            f"{name} carries {decimal_text(found)} points; the ruleset says {wanted}",
        ),
        name=name,
        cell=("indicators",),
        published=decimal_text(found),
        computed=wanted,
    )


def duplicates(case: Case) -> Iterator[Finding]:
    """PF772: an indicator stands twice; the same thing is counted twice."""
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
            "PF772",
            Severity.ERROR if same else Severity.WARNING,
            Message(
                f"与第 {earlier.number} 行（{'，'.join(earlier.indicator.path)}）是同一个指标，计了两次",
                f"the same indicator as row {earlier.number} ({', '.join(earlier.indicator.path)}); it counts twice",
            ),
            row=row,
            cell=("name",),
            published=row.name,
            computed=f"第 {earlier.number} 行",
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
            yield from _damaged(case, getattr(line.line, key), (key,), line=line)
    for row in case.rows:
        for key in ("published_score", "published_deviation", "points"):
            yield from _damaged(case, getattr(row.indicator, key), (key,), row=row)
    for key in ("published_total", "published_points"):
        yield from _damaged(case, getattr(case.form, key), (key,))


def _damaged(
    case: Case, text: str | None, cell: tuple[str], *, line: Line | None = None, row: Row | None = None
) -> Iterator[Finding]:
    if is_blank(text) or read_figure(text) is not None:
        return
    yield case.finding(
        "PF773",
        Severity.WARNING,
        Message(f"“{text}”不是数，未能核对", f"{text!r} is no number; nothing was checked against it"),
        row=row,
        line=line,
        name=None if row is not None or line is not None else cell[0],
        cell=cell,
        published=text,
    )
