"""The annual goal in words, and what was achieved in words, against the rows that carry the same figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pfscore.auditing.case import Case, Row
from pfscore.auditing.figures import power_of_ten
from pfscore.auditing.finding import Finding
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Bound, Measured
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.readings_of_row import quantities

_CLAUSE = rule("figure_in_words")  # in grammar/words/running_text.txt
_SPLIT = re.compile(r"[,;。、\n]")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Statement:
    """The name and the quantity of a clause, with the clause itself."""

    name: str
    quantity: Quantity
    clause: str


def goals(case: Case) -> Iterator[Finding]:
    """PF735: the goal in words states another figure than the target of the same indicator."""
    for row, clause, cause in _contradicted(case, case.form.goal, lambda row: quantities(row.target)):
        cell, text = "target" if row.indicator.targets is None else "targets", row.indicator.full_target
        yield case.finding("PF735", row, cell, published=text, computed=clause, cause=cause)


def results(case: Case) -> Iterator[Finding]:
    """PF735: what was achieved in words is another figure than the actual of the same indicator."""

    def measured(row: Row) -> Sequence[Quantity]:
        return [row.actual.quantity] if isinstance(row.actual, Measured) else []

    for row, clause, cause in _contradicted(case, case.form.goal_result, measured):
        text = row.indicator.actual
        yield case.finding("PF735 result", row, "actual", published=text, computed=clause, cause=cause)


def _contradicted(
    case: Case, text: str | None, held_by: Callable[[Row], Sequence[Quantity]]
) -> Iterator[tuple[Row, str, Message | None]]:
    """Yield the rows that hold another figure than a clause of a text about them, with the clause and its cause."""
    for statement, row in _pairs(case, list(_statements(text or ""))):
        said, held = statement.quantity, held_by(row)
        if len(held) == 1 and held[0].dimension == said.dimension and held[0].base != said.base:
            yield row, statement.clause, _factor(said, held[0])


def _statements(text: str) -> Iterator[_Statement]:
    for clause in _SPLIT.split(fold(text)):
        match = _CLAUSE.fullmatch(clause.strip())
        if match is None:
            continue
        try:
            reading = parse_target(match["value"])
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


def _means(phrase: str, name: str) -> bool:
    """Return whether a phrase means an indicator: one ends with the other, or both end in the same rate (…逾期率)."""
    if min(len(phrase), len(name)) >= _LEAST and (phrase.endswith(name) or name.endswith(phrase)):
        return True
    if not (phrase.endswith("率") and name.endswith("率")):
        return False
    common = 0
    while common < min(len(phrase), len(name)) and phrase[-1 - common] == name[-1 - common]:
        common += 1
    return common >= _LEAST


def _factor(first: Quantity, second: Quantity) -> Message | None:
    factor = power_of_ten(first, second)
    if factor is None:
        return None
    return Message(
        f"两者正好差 {factor} 倍，像是 % 与 ‰ 或单位写错",
        f"they differ by exactly {factor}: a sign or unit looks wrong",
    )
