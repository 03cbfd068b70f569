"""Indicator names: their numbering, and the conditions that are written inside them.

A form's name column often repeats its target (逾期率控制在0.05%以下) or holds one of its own
(增值收益率≥1%为优), so the two columns can be checked against each other.

>>> name = parse_name("1.年度个人住房贷款逾期率控制在0.05%以下")
>>> name.bare, [str(condition.reading) for condition in name.conditions]
('年度个人住房贷款逾期率', ['≤0.05%'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.parser import parse, parse_unit
from pfscore.cells.grammar.tree import Around, Clause, One, Range, Side, Trouble
from pfscore.cells.lexicon.units import RATIO, canonical
from pfscore.cells.meaning.cell import Cell
from pfscore.cells.meaning.comparator_words import BINDING
from pfscore.cells.meaning.conditions import read_conditions
from pfscore.cells.meaning.side_columns import ColumnUnit, Comparator
from pfscore.cells.readings import Between, Bound, Change, Deadline, Op, Target
from pfscore.cells.refusals.damage import MAX_LENGTH, find_damage

#: 4、 (2) ① ★ 指标1: before a name, in any order.
_NUMBERING = re.compile(
    r"(?:[★☆▲△●○◆◇■□*·#]+|[0-9]{1,2}(?:[.、)]|-(?=[一-龥]))(?![0-9])|\([0-9一二三四五六七八九十]{1,2}\)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}、|指标[0-9]{1,2}(?::|、|\.|(?=[一-龥]))|其中:)+"
)
_PIECE = re.compile(r"[^,;。()、]+")
#: 为优: what meeting the condition is worth; it goes with the condition.
_WORTH = re.compile(r"(?:的?(?:区间|范围内?)|之间)?(?:的?为(?:优|良|中|差|合格|满分))?")
_LIMIT = re.compile(r"前|年内|[底末]")
_UNIT = re.compile(r"\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition inside a name: its reading, and where it stands in the author's text."""

    reading: Target
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name: without numbering and conditions, with what was taken out of it.

    `numbering` is what stood before it (`4、`, `★`), `unit` a unit in brackets at its end (`总建筑面积(平方米)`).
    """

    text: str
    bare: str
    numbering: str
    unit: str | None
    conditions: tuple[Condition, ...]


@lru_cache(maxsize=16384)
def parse_name(text: str) -> Name:
    """Read an indicator's name; words that cannot be read are part of the name, so nothing is ever refused.

    >>> parse_name("★支持职工住房消费，户数不超过450户为优。").bare
    '支持职工住房消费，户数'
    >>> parse_name("保障在职职工人数(人)").unit
    '人'
    """
    cell = CellText(text)
    compact = cell.compact
    numbering = _NUMBERING.match(compact)
    first = numbering.end() if numbering is not None else 0
    conditions: list[Condition] = []
    cuts: list[tuple[int, int]] = []
    if len(compact) <= MAX_LENGTH:
        for piece in _PIECE.finditer(compact, first):
            found = _condition(piece[0])
            if found is None:
                continue
            reading, start, end = found
            start, end = start + piece.start(), end + piece.start()
            conditions.append(Condition(reading, *cell.place(start, end)))
            if not (isinstance(reading, Bound) and reading.op is Op.BARE):
                worth = _WORTH.match(compact, end)
                cuts.append((start, worth.end() if worth is not None else end))
    unit = _UNIT.search(compact)
    if unit is not None and _is_unit(unit[1]):
        cuts.append((unit.start(), unit.end()))
    else:
        unit = None
    # A name that is nothing but a condition keeps its words.
    bare = _without(cell, first, cuts) or _without(cell, first, [])
    before = cell.cut(0, first) if first else ""
    return Name(text, bare, before, None if unit is None else unit[1], tuple(conditions))


def _is_unit(text: str) -> bool:
    """Tell whether the text in brackets is a unit that the table knows."""
    found = parse_unit(text) if find_damage(text) is None else None
    return found is not None and (found[1] == RATIO or not canonical(found[1]).startswith("["))


def _condition(piece: str) -> tuple[Target, int, int] | None:
    """Return the condition in a piece of a name, with its place in the piece."""
    if find_damage(piece) is not None or not re.search(r"[0-9一二三四五六七八九十半]", piece):
        return None
    try:
        parsed = parse("target", piece)
        measured = [clause for clause in parsed.clauses if clause.measure is not None]
        if not parsed.clauses or len(measured) > 1:
            return None
        cell = Cell("target", Comparator(), ColumnUnit(), piece, lambda start, end: piece[start:end])
        reading = read_conditions(cell, parsed)
    except Trouble:
        return None
    if not isinstance(reading, Bound | Between | Change | Deadline):
        return None
    if isinstance(reading, Deadline):
        # 9月底前 is a limit; (7月) says what the name is about.
        return (reading, 0, len(piece)) if _LIMIT.search(piece) else None
    start, end = _place(measured[0])
    if isinstance(reading, Bound) and reading.op is Op.BARE and not _WORTH.fullmatch(piece, end):
        # 5000吨稻谷储备到位率: a number in the middle is part of the name.
        return None
    return reading, start, end


def _place(clause: Clause) -> tuple[int, int]:
    """Return where the measure stands, from the first word that binds it to the last."""
    binding = [word.start for word in clause.lead if word.kind in BINDING]
    sides: list[Side] = []
    match clause.measure:
        case One(side):
            sides = [side]
        case Range(low, high):
            sides = [low, high]
        case Around(centre, spread):
            sides = [spread] if centre is None else [Side(centre), spread]
    start = min([side.amount.start for side in sides] + binding)
    return start, max(max([side.amount.end, *(edge.end for edge in side.edges)]) for side in sides)


def _without(cell: CellText, first: int, cuts: list[tuple[int, int]]) -> str:
    """Return the author's text without the cuts, and without what they leave dangling."""
    kept, position = [], first
    for start, end in sorted(cuts):
        if start >= position:
            kept.append(cell.cut(position, start) if start > position else "")
            position = end
    if position < len(cell.compact):
        kept.append(cell.cut(position, len(cell.compact)))
    text = "".join(kept).replace("（）", "").replace("()", "").strip()
    return text.rstrip("，。；、,;：:— ")
