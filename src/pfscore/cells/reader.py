"""Read the cells of a form: targets and completion values, with the comparator and unit cells beside them.

>>> str(parse_target("≥26万人"))
'≥260000人'
>>> parse_target("26", comparator="≥", unit="万人") == parse_target("≥26万人")
True
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.parser import parse
from pfscore.cells.grammar.terminals import counts_in_digits
from pfscore.cells.grammar.tree import Conditions, Trouble
from pfscore.cells.meaning.cell import Cell, SideName
from pfscore.cells.meaning.comparator_words import EXPLICIT
from pfscore.cells.meaning.conditions import read_conditions
from pfscore.cells.meaning.results import without
from pfscore.cells.meaning.side_columns import read_comparator, read_unit
from pfscore.cells.meaning.two_numbers import taken_apart
from pfscore.cells.meaning.words import check_words
from pfscore.cells.plain_numbers import plain_number, plain_words
from pfscore.cells.readings import Actual, AllOf, Bound, Level, NotApplicable, Op, Reading, Target
from pfscore.cells.refusals.damage import check_damage, is_blank, is_crowded
from pfscore.cells.refusals.mistakes import diagnose, is_prose, is_words
from pfscore.cells.refusals.sentences import explain
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError

_CACHE = 65536


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be read: its code, and the reason, which is put into words when it is asked for.

    `case` tells the cases of a code apart that have sentences of their own.
    """

    code: str
    start: int
    end: int
    side: SideName
    text: str
    comparator: str | None
    unit: str | None
    case: str | None = None

    @property
    def diagnostic(self) -> Diagnostic:
        """The reason, with the place and the nearest cells that would be read."""
        return _explained(self)

    def error(self) -> ExpressionError:
        """Return the error to raise."""
        return ExpressionError.of(self.diagnostic)


def parse_target(text: str, *, comparator: str | None = None, unit: str | None = None) -> Target:
    """Read a target cell (指标值), with the comparator (计算符号) and the unit (度量单位) of the columns beside it.

    Raises:
        ExpressionError: PF3xx, where the cell cannot be read or a column contradicts it.

    >>> str(parse_target("控制在60%到80%的区间"))
    '60%~80%'
    >>> str(parse_target("自受理申请之日起20个工作日内"))
    '≤20工作日'
    """
    found = read_target(text, comparator, unit)
    if isinstance(found, Refusal):
        raise found.error()
    return found


def parse_actual(text: str, *, unit: str | None = None) -> Actual:
    """Read a completion cell (完成值), with the unit of the column beside it.

    Raises:
        ExpressionError: PF3xx, where the cell cannot be read or the unit column contradicts it.

    >>> str(parse_actual("54.62亿元"))
    '5462000000元'
    """
    found = read_actual(text, unit)
    if isinstance(found, Refusal):
        raise found.error()
    return found


@lru_cache(maxsize=_CACHE)
def read_target(text: str, comparator: str | None = None, unit: str | None = None) -> Target | Refusal:
    """Read as :func:`parse_target` does, and return a refusal instead of raising."""
    return cast("Target | Refusal", _read("target", text, comparator, unit))


@lru_cache(maxsize=_CACHE)
def read_actual(text: str, unit: str | None = None) -> Actual | Refusal:
    """Read as :func:`parse_actual` does, and return a refusal instead of raising."""
    return cast("Actual | Refusal", _read("actual", text, None, unit))


def _read(side: SideName, author: str, comparator: str | None, unit: str | None) -> Reading | Refusal:
    plain = plain_number(side, author, comparator, unit)
    if plain is not None:
        return plain
    text = CellText(author)
    try:
        return _reading(side, text, comparator, unit)
    except Trouble as trouble:
        if trouble.code == "PF317" and (apart := taken_apart(side, text, trouble, _is_bare)) is not None:
            with suppress(Trouble):
                found = _reading(side, CellText(apart.text), comparator, unit)
                return found if apart.left_out is None else without(found, side, [apart.left_out])
        case = trouble.details.get("case")
        return Refusal(trouble.code, trouble.start, trouble.end, side, author, comparator, unit, case)


def _is_bare(text: str) -> bool:
    """Tell whether a text holds quantities and asks nothing of them."""
    found = _tried("target", text)
    parts = found.parts if isinstance(found, AllOf) else (found,)
    return all(isinstance(part, Bound) and part.op is Op.BARE for part in parts)


@lru_cache(maxsize=4096)
def _explained(refusal: Refusal) -> Diagnostic:
    details = {} if refusal.case is None else {"case": refusal.case}
    trouble = Trouble(refusal.code, refusal.start, refusal.end, **details)
    beside = refusal.comparator, refusal.unit
    return explain(
        trouble, refusal.side, CellText(refusal.text), beside, lambda near: _tried(refusal.side, near) is not None
    )


def _tried(side: SideName, text: str) -> Reading | None:
    """Read a cell on its own; `None` where it would be refused."""
    try:
        return _reading(side, CellText(text), None, None)
    except Trouble:
        return None


def _reading(side: SideName, text: CellText, comparator: str | None, unit: str | None) -> Reading:
    compact = text.compact
    if is_blank(compact):
        raise Trouble("PF301", 0, len(compact))
    check_damage(text)
    cell = Cell(side, read_comparator(comparator), read_unit(unit), compact, text.cut)
    if is_prose(compact):
        return Level(text.stripped())
    if is_crowded(compact):
        raise Trouble("PF312", 0, len(compact))
    parsed = None if plain_words(compact) else _parsed(side, compact)
    if parsed is None:
        check_words(compact)
        return Level(text.stripped())
    if parsed.not_applicable:
        return NotApplicable()
    found = read_conditions(cell, parsed)
    return (_counted(cell, parsed) or found) if isinstance(found, Level) else found


def _parsed(side: SideName, compact: str) -> Conditions | None:
    """Parse a cell; `None` where the grammar cannot read it, but it holds only words."""
    try:
        return parse(side, compact)
    except Trouble as trouble:
        if trouble.code != "PF302":
            raise
        if is_words(compact):
            return None
        raise diagnose(trouble, compact) from None


def _counted(cell: Cell, parsed: Conditions) -> Reading | None:
    """Look a second time at words that compare: in 至少举办一次培训 the 一 counts, in 一次性完成 it does not."""
    if not any(word.kind in EXPLICIT or word.kind == "EVERY" for clause in parsed.clauses for word in clause.lead):
        return None
    digits = counts_in_digits(cell.compact)
    if digits == cell.compact:
        return None
    try:
        again = parse(cell.side, digits)
        if len(again.clauses) != 1 or again.clauses[0].measure is None:
            return None
        return read_conditions(cell._replace(compact=digits, cut=lambda start, end: digits[start:end]), again)
    except Trouble:
        return None
