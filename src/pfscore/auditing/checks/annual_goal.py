"""The annual goal in words, and what was achieved in words, against the rows that carry the same figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pfscore.auditing.case import Case, Row
from pfscore.auditing.finding import Finding
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Bound, Measured, Quantity
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.readings_of_row import quantities

_CLAUSE = re.compile(
    r"(?P<name>[^0-9≥≤=<>%‰,;。、:()]{2,30}?)"
    r"(?P<value>(?:控制在|保持在|维持在|稳定在|达到|达|不低于|不少于|不超过|不高于|为|≥|≤|=|>|<)*[0-9][^,;。、:()]*)"
)
_SPLIT = re.compile(r"[,;。、\n]")
_FILLER = re.compile(r"控制在|保持在|维持在|稳定在|达到|达|为")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a clause says: a name and a quantity, and the clause itself."""

    name: str
    quantity: Quantity
    clause: str


def goals(case: Case) -> Iterator[Finding]:
    """PF735: the goal in words states another figure than the target of the same indicator."""
    statements = list(_statements(case.form.goal or ""))
    for statement, row in _pairs(case, statements):
        held = quantities(row.target)
        if (
            len(held) != 1
            or held[0].dimension != statement.quantity.dimension
            or held[0].base == statement.quantity.base
        ):
            continue
        yield _finding(case, row, statement, ("target", "指标值", row.indicator.full_target or ""), held[0])


def results(case: Case) -> Iterator[Finding]:
    """PF735: what was achieved in words is another figure than the actual of the same indicator."""
    statements = list(_statements(case.form.goal_result or ""))
    for statement, row in _pairs(case, statements):
        if not isinstance(row.actual, Measured) or row.actual.quantity.dimension != statement.quantity.dimension:
            continue
        if row.actual.quantity.base != statement.quantity.base:
            cell = ("actual", "完成值", row.indicator.actual or "")
            yield _finding(case, row, statement, cell, row.actual.quantity)


def _statements(text: str) -> Iterator[_Statement]:
    for clause in _SPLIT.split(fold(text)):
        match = _CLAUSE.fullmatch(clause.strip())
        if match is None:
            continue
        try:
            reading = parse_target(_FILLER.sub("", match["value"]))
        except ExpressionError:
            continue
        if isinstance(reading, Bound) and reading.quantity.unit is not None:
            yield _Statement(match["name"].strip(), reading.quantity, clause.strip())


def _pairs(case: Case, statements: list[_Statement]) -> Iterator[tuple[_Statement, Row]]:
    """Pair each statement with the one row that it can only mean; where two could be meant, with none."""
    for statement in statements:
        rows = [row for row in case.rows if row.plain and _means(statement.name, row.plain)]
        rivals = [other for other in statements if rows and _means(other.name, rows[0].plain)]
        if len(rows) == 1 and len(rivals) == 1:
            yield statement, rows[0]


def _means(said: str, name: str) -> bool:
    """Whether a phrase means an indicator: one ends with the other, or both end in the same rate (…逾期率)."""
    if min(len(said), len(name)) >= _LEAST and (said.endswith(name) or name.endswith(said)):
        return True
    if not (said.endswith("率") and name.endswith("率")):
        return False
    common = 0
    while common < min(len(said), len(name)) and said[-1 - common] == name[-1 - common]:
        common += 1
    return common >= _LEAST


def _finding(case: Case, row: Row, statement: _Statement, cell: tuple[str, str, str], quantity: Quantity) -> Finding:
    key, zh, text = cell
    key = "targets" if key == "target" and row.indicator.targets is not None else key
    ratio = _ratio(statement.quantity, quantity)
    return case.finding(
        "PF735",
        Severity.WARNING,
        Message(
            f"年度目标的文字写“{statement.clause}”，{zh}是“{text}”"
            if key != "actual"
            else f"完成情况的文字写“{statement.clause}”，{zh}是“{text}”",
            f"the text says “{statement.clause}”, the {'actual' if key == 'actual' else 'target'} is “{text}”",
        ),
        row=row,
        cell=(key,),
        published=text,
        computed=statement.clause,
        cause=None
        if ratio is None
        else Message(
            f"两者正好差 {ratio} 倍，像是 % 与 ‰ 或单位写错",
            f"they differ by exactly {ratio}: a sign or unit looks wrong",
        ),
    )


def _ratio(first: Quantity, second: Quantity) -> int | None:
    if not first.base or not second.base:
        return None
    ratio = max(first.base / second.base, second.base / first.base)
    return next((factor for factor in (10, 100, 1000, 10**4, 10**8) if ratio == Fraction(factor)), None)
