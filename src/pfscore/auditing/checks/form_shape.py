"""The shape of the form: blocks and points that differ from the ruleset, repeated rows, figures that are no numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.figures import is_blank, read_figure, read_score
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.cells.readings import Level
from pfscore.forms.form import BudgetLine, Indicator
from pfscore.foundation.diagnostics import CELL_NAMES
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.form_terms import Block

#: What further cells are called where their stored value differs.
_FURTHER_CELLS = {
    "published_score": Message("得分", "score"),
    "published_rate": Message("执行率", "execution rate"),
    "published_deviation": Message("偏差", "deviation"),
}

_BUDGET = "预算执行"


def block_points(case: Case) -> Iterator[Finding]:
    """PF770: blocks have other points than in the ruleset. PF771: a block of the ruleset is missing.

    Nothing is known of a block with a row that has no points, nor of any block where a row has no heading.
    """
    wanted: tuple[Block, ...] | None = case.term("blocks")
    carried = _carried(
        case, {_block_name(name): _block_name(block.name) for block in wanted or () for name in block.including or ()}
    )
    if not wanted or "" in carried or not any(carried.values()):
        return
    points = {_block_name(block.name): block.points for block in wanted}
    other: list[_Weight] = []
    for block in wanted:
        name = _block_name(block.name)
        if name not in carried:
            yield _missing(case, block)
        elif block.points is not None and carried[name] not in {None, block.points}:
            other.append(_Weight(block.name, carried[name] or Fraction(0), block.points))
    for name, found in carried.items():
        if name not in points and found and not case.term("unstated"):
            other.append(_Weight(_as_printed(case, name), found, None))
    if other:
        yield _weights(case, other)


def _carried(case: Case, within: Mapping[str, str]) -> dict[str, Fraction | None]:
    """Return the points of each block of the form; `None` where a row of it has none.

    `within` are the headings whose rows count to another block.
    """
    counting = [row for row in case.rows if (row.is_applicable or row.points is not None) and not row.is_adjustment]
    rows: list[tuple[str, Line | Row]] = [(_block_name(row.block), row) for row in counting]
    scored = [line for line in case.lines if line.points is not None] or case.lines
    rows += [(_BUDGET, line) for line in scored]
    found: dict[str, Fraction | None] = {}
    for heading, one in rows:
        name = within.get(heading, heading)
        known = found.get(name, Fraction(0))
        found[name] = None if known is None or one.points is None else known + one.points.value
    return found


def _block_name(name: str) -> str:
    bare = plain_name(name).split("（")[0].split("(")[0].removesuffix("指标")
    return _BUDGET if bare.startswith(_BUDGET) else bare


def _as_printed(case: Case, name: str) -> str:
    """Return the heading of a block without its points: 成本指标 for 成本."""
    blocks = (plain_name(row.block) for row in case.rows if _block_name(row.block) == name)
    return next(blocks, name).split("（")[0].split("(")[0]


def _missing(case: Case, block: Block) -> Finding:
    return case.finding(
        "PF771" if block.points is None else "PF771 points",
        None,
        "indicators",
        name=block.name,
        computed=None if block.points is None else decimal_text(block.points),
    )


class _Weight(NamedTuple):
    """The points of a block: on the form and in the ruleset, which may not have the block."""

    name: str
    found: Fraction
    wanted: Fraction | None


def _weights(case: Case, other: Sequence[_Weight]) -> Finding:
    """PF770: one finding for all blocks, as one cause leads to them."""
    first = next((row for row in case.rows if _block_name(row.block) == _block_name(other[0].name)), None)
    said = [(one, decimal_text(one.found), "0" if one.wanted is None else decimal_text(one.wanted)) for one in other]
    return case.finding(
        "PF770",
        None,
        ("indicators",) if first is None else (*first.place, "path", 0),
        name="、".join(one.name for one in other),
        published="、".join(found for _, found, _ in said),
        computed="、".join(wanted for _, _, wanted in said),
        blocks=Message(
            "，".join(
                f"“{one.name}”共 {found} 分，规则集" + ("没有这一项" if one.wanted is None else f"规定 {wanted} 分")
                for one, found, wanted in said
            ),
            "; ".join(
                f"{one.name} carries {found} points; the ruleset "
                + ("has no such block" if one.wanted is None else f"says {wanted}")
                for one, found, wanted in said
            ),
        ),
    )


def duplicates(case: Case) -> Iterator[Finding]:
    """PF772: an indicator is repeated, so that it counts twice; one name with two targets is two indicators."""
    named: dict[str, list[Row]] = {}
    for row in case.rows:
        if not row.plain or not row.is_applicable or row.plain == "不适用":
            continue
        earlier = next((one for one in named.get(row.plain, ()) if _same_target(one, row)), None)
        named.setdefault(row.plain, []).append(row)
        if earlier is None:
            continue
        yield case.finding(
            "PF772",
            row,
            "name",
            published=row.name,
            computed=f"第 {earlier.number} 行",
            first=earlier.number,
            path=Message("，".join(earlier.indicator.path), ", ".join(earlier.indicator.path)),
        )


def _same_target(one: Row, other: Row) -> bool:
    """Return whether two rows have one target; of two texts, one may say more than the other."""
    if isinstance(one.target, Level) and isinstance(other.target, Level):
        shorter, longer = sorted((one.target.text, other.target.text), key=len)
        return shorter in longer
    if one.target is None or other.target is None:
        return one.shown_target == other.shown_target
    return str(one.target) == str(other.target)


def ruleset_without_rules(case: Case) -> Iterator[Finding]:
    """PF774: the ruleset has no rules for the form's date, so that only the rest could be checked."""
    problem = case.not_in_force
    if problem is not None:
        hints = [] if problem.hint is None else [problem.hint]
        yield case.finding("PF774", None, "year", evidence=hints, problem=problem.message)


def stored_values(case: Case) -> Iterator[Finding]:
    """PF775: a cell of a workbook shows another value than the one that is stored, as where a format rounds it."""
    rows: list[tuple[Line | Row, BudgetLine | Indicator]] = [(line, line.line) for line in case.lines]
    rows += [(row, row.indicator) for row in case.rows]
    for at, record in rows:
        for key, stored in record.stored:
            column = CELL_NAMES.get(key, _FURTHER_CELLS.get(key, Message(key, key)))
            yield case.finding("PF775", at, key, published=getattr(record, key, None), computed=stored, column=column)


def points_as_values(case: Case) -> Iterator[Finding]:
    """PF759: target and actual repeat the points of their rows, as where the points were typed into their columns."""
    if (total := _points_typed_in(case)) is not None:
        rows = list(case.rows)
        computed = decimal_text(total)
        published = rows[0].indicator.full_target
        yield case.finding("PF759 sum", rows[0], "target", published=published, computed=computed, count=len(rows))
        return
    rows = [row for row in case.rows if _repeats_points(row)]
    if len(rows) > 1 or any(row.points is not None and row.points.digits for row in rows):
        yield case.finding(
            "PF759",
            rows[0],
            "target",
            published=rows[0].indicator.full_target,
            count=len(rows),
            rows="、".join(str(row.number) for row in rows),
        )


def _points_typed_in(case: Case) -> Fraction | None:
    """Return the sum of all targets, where no row has points, every actual is its target and the sum is full."""
    pairs = [(read_figure(row.indicator.full_target), read_figure(row.indicator.actual)) for row in case.rows]
    full = case.term("total") or Fraction(100)
    if len(pairs) < 3 or any(row.points is not None or row.indicator.unit for row in case.rows):
        return None
    values = [one.value for one, other in pairs if one is not None and other is not None and one.text == other.text]
    total = sum(values, start=Fraction(0))
    plain = all(one is not None and one.scale == 1 for one, _ in pairs)
    return total if plain and len(values) == len(pairs) and total in {full, full - 10} else None


def _repeats_points(row: Row) -> bool:
    target, actual = read_figure(row.indicator.full_target), read_figure(row.indicator.actual)
    if row.points is None or target is None or actual is None or row.indicator.unit or not row.points.value:
        return False
    if {target.scale, actual.scale} != {1} or row.indicator.comparator not in {None, "", "=", "定量"}:
        return False
    printed = None if row.published is None else row.published.value
    return target.value == row.points.value and actual.value in {row.points.value, printed}


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
    read = read_figure if key in {"published_rate", "published_deviation"} else read_score
    if is_blank(text) or read(text) is not None:
        return
    yield case.finding("PF773", at, key, name=key if at is None else None, published=text)
