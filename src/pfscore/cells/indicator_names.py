"""Indicator names: their numbering, the unit and the conditions that are written inside them.

A form's name column often repeats its target (逾期率控制在0.05%以下) or holds one of its own
(增值收益率≥1%为优), so the two columns can be checked against each other.

>>> name = parse_name("1.年度个人住房贷款逾期率控制在0.05%以下")
>>> name.bare, [str(condition.reading) for condition in name.conditions]
('年度个人住房贷款逾期率', ['≤0.05%'])
>>> plain_name("★1.年度个人住房贷款逾期率控制在0.05%以下")
'年度个人住房贷款逾期率控制在0.05%以下'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.parser import parse, parse_unit
from pfscore.cells.grammar.tree import Around, Clause, One, Range, Side, Trouble
from pfscore.cells.lexicon.quantities import RATIO, canonical, unit_at
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.meaning.cell import Cell, ColumnUnit, Comparator
from pfscore.cells.meaning.comparator_words import BINDING
from pfscore.cells.meaning.conditions import read_conditions
from pfscore.cells.readings import Between, Bound, Change, Deadline, Target, TargetKind
from pfscore.cells.refusals.damage import MAX_LENGTH, find_damage
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern

# The rules are described, with names, in grammar/words/names.txt.
_NUMBERING, _NUMERAL, _AMONG, _POINTS = rules("numbering", "number_of_item", "among_them", "printed_points")
_PIECE, _WORTH, _LIMIT = rules("piece_of_name", "worth", "limit_in_name")
_LETTER = Pattern(r"[一-龥A-Za-z]")
#: Quotation marks, and characters that have no width.
_UNMARKED = dict.fromkeys(map(ord, "\"'“”‘’„‟「」『』〝〞〟＂＇\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_FIRST = frozenset({"1", *"一①⑴⒈❶㈠㊀"})
_UNIT = re.compile(r"\(([^()]+)\)$")
#: Quantities that ask nothing.
_MERE = frozenset({TargetKind.BARE, TargetKind.APPROXIMATELY})
#: 3个工作日内作出决定, 90%以上的设备正常: what these measure is asked for, wherever it stands.
_NO_SCOPE = frozenset({"比率", "时间", "工作日", "工作时间", "月"})
_SIGN_OF_A_NAME = re.compile(r"[0-9]+[+×][0-9A-Z]+(?![0-9A-Z.%])")
_NUMBER_OF_A_LINE = re.compile(r"1[12][0-9]{1,3}(?=[一-龥])|9[56][0-9]{3}(?=[一-龥])")
_QUANTITY = re.compile(r"[0-9一二两三四五六七八九十百半]")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition inside a name: its reading, and its place in the author's text."""

    reading: Target
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name: without numbering and conditions, with what was taken out of it.

    `numbering` is what stood before it (`4、`, `★`, `其中:`), `unit` a unit in brackets at its end
    (`总建筑面积(平方米)`).
    """

    text: str
    bare: str
    numbering: str
    unit: str | None
    conditions: tuple[Condition, ...]


@remembered
def plain_name(text: str) -> str:
    """Return the name of an indicator or a block without numbering, spaces, closing punctuation and printed points.

    Names are compared in this form: conditions and units stay, as a name with another condition is another indicator.

    >>> plain_name("4、实现住房公积金增值收益。"), plain_name("①培训人数"), plain_name("2023年培训人数")
    ('实现住房公积金增值收益', '培训人数', '2023年培训人数')
    >>> plain_name("产 出 指 标（50分）")
    '产出指标'
    """
    cell = CellText(text)
    first = _numbering(cell)
    kept = cell.cut(first, len(cell.compact)) if first else text
    return _POINTS.sub("", "".join(kept.split()).rstrip("。．.；;，,：:"))


@remembered
def name_key(text: str) -> str:
    """Return what names of a ruleset and of a form are compared by: the plain name, in one spelling of its characters.

    Quotation marks do not count, nor does a unit in brackets at the end.

    >>> name_key("1、“三公经费”变动率（%）") == name_key('"三公经费"变动率'), name_key("ＰＭ２.5（年均）")
    (True, 'PM2.5(年均)')
    """
    plain = fold(plain_name(text)).translate(_UNMARKED)
    unit = _UNIT.search(plain)
    return plain[: unit.start()] if unit is not None and unit.start() and _is_unit(unit[1]) else plain


def item_number(text: str) -> tuple[str, bool] | None:
    """Return how the items of a list are numbered, and whether this is the first; `None` where there is no number.

    >>> item_number("1、工资"), item_number("2、津贴"), item_number("（一）工资"), item_number("★工资")
    (('#、', True), ('#、', False), ('(十)', True), None)
    """
    cell = CellText(text)
    mark = cell.compact[: _numbering(cell)]
    number = _NUMERAL.search(mark)
    if number is None:
        return None
    kind = "#" if number[0].isascii() else "十" if number[0][0] in "一二三四五六七八九十" else "①"
    return mark[: number.start()] + kind + mark[number.end() :], number[0] in _FIRST


@remembered
def number_in_name(text: str) -> str:
    """Return the number that a name begins with and that counts nothing, as that of a hotline; else nothing.

    >>> number_in_name("12315投诉办结率"), number_in_name("120台设备更新"), number_in_name("2024年培训人数")
    ('12315', '', '')
    """
    name = plain_name(text)
    found = _NUMBER_OF_A_LINE.match(name)
    return "" if found is None or unit_at(name, found.end()) else found[0]


@remembered
def sign_in_name(text: str) -> str:
    """Return the sign of digits and letters in a name that counts nothing; else nothing.

    >>> sign_in_name("3×3篮球赛场次"), sign_in_name("“1+X”数据专区建设"), sign_in_name("新增3+2专业")
    ('3×3', '1+X', '3+2')
    """
    found = _SIGN_OF_A_NAME.search(fold(text))
    return "" if found is None else found[0]


def _numbering(cell: CellText) -> int:
    """Return where a name begins behind its numbering; a name that has nothing else keeps it."""
    match = _NUMBERING.match(cell.compact)
    return match.end() if match is not None and _LETTER.search(cell.compact, match.end()) is not None else 0


@remembered
def parse_name(text: str) -> Name:
    """Read an indicator's name; words that cannot be read are part of the name, so nothing is ever refused.

    >>> parse_name("★支持职工住房消费，户数不超过450户为优。").bare
    '支持职工住房消费，户数'
    >>> parse_name("保障在职职工人数(人)").unit
    '人'
    """
    cell = CellText(text)
    compact = cell.compact
    first = _numbering(cell)
    if (among := _AMONG.match(compact, first)) is not None:
        numbered = _NUMBERING.match(compact, among.end())
        first = among.end() if numbered is None else numbered.end()
    conditions: list[Condition] = []
    cuts: list[tuple[int, int]] = []
    if len(compact) <= MAX_LENGTH:
        for piece in _PIECE.finditer(compact, first):
            for reading, start, end in _conditions(piece[0], piece.start()):
                conditions.append(Condition(reading, *cell.place(start, end)))
                if not (isinstance(reading, Bound) and reading.op is TargetKind.BARE):
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
    """Return whether the text in brackets is a unit that the table knows."""
    found = parse_unit(text) if find_damage(text) is None else None
    return found is not None and (found[1] == RATIO or not canonical(found[1]).startswith("["))


def _conditions(piece: str, at: int = 0) -> list[tuple[Target, int, int]]:
    """Return the conditions in a piece of a name, each with its place; `at` is the place of the piece."""
    if find_damage(piece) is not None or not _QUANTITY.search(piece):
        return []
    try:
        parsed = parse("target", piece)
        cell = Cell("target", Comparator(), ColumnUnit(), piece, lambda start, end: piece[start:end])
        reading = read_conditions(cell, parsed)
    except Trouble:
        return []
    measured = [clause for clause in parsed.clauses if clause.measure is not None]
    if isinstance(reading, Deadline):
        # 9月底前 is a limit; (7月) says what the name is about.
        return [(reading, at, at + len(piece))] if _LIMIT.search(piece) else []
    if len(measured) > 1 and not isinstance(reading, Between):
        # 培训不少于三次且每次不少于50人: each on its own.
        starts = [clause.start for clause in parsed.clauses]
        ends = [start - len(joint.text) for start, joint in zip(starts[1:], parsed.joints, strict=False)]
        pieces = zip(starts, [*ends, len(piece)], strict=True)
        return [one for start, end in pieces for one in _conditions(piece[start:end], at + start)]
    if not measured or not isinstance(reading, Bound | Between | Change):
        return []
    places = [_place(clause) for clause in measured]
    start, end = places[0][0], places[-1][1]
    if isinstance(reading, Bound) and reading.op in _MERE and not _WORTH.fullmatch(piece, end):
        # 5000吨稻谷储备到位率, 约500家单位参加培训: a number in the middle is part of the name.
        return []
    return [] if _is_scope(measured[-1], reading) else [(reading, at + start, at + end)]


def _is_scope(clause: Clause, reading: Target) -> bool:
    """Return whether a bound says which things are meant, and not how many: 500万元以上项目投资额, 30人以上班级占比."""
    if not isinstance(reading, Bound) or any(word.kind in BINDING for word in clause.lead):
        return False
    return clause.tail_text != "" and reading.quantity.dimension not in _NO_SCOPE


def _place(clause: Clause) -> tuple[int, int]:
    """Return the place of the measure, from the first word that binds it to the last."""
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
