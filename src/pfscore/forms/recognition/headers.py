"""Finding the headers of a table: over one row or two, in any order of columns, merged or wrapped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Protocol

from pfscore.forms.column_words import (
    BUDGET_COLUMNS,
    FORM_COLUMNS,
    IDENTITY_COLUMNS,
    IGNORED,
    INDICATOR_COLUMNS,
    are_marks,
    folded,
    meanings,
)
from pfscore.office.grid import Grid

_VALUES = frozenset({"target", "actual", "full_year", "half_year", "points", "published_score", "adjusted"})
_NAMES = frozenset({"name", "level2", "level1"})
#: Words below that of a level or of a name.
_NAME_OF = frozenset({"名称", "内容"})
AMOUNTS = frozenset({"initial", "budget", "expenditure", "published_rate", "adjustment", "half_year"})
#: Words above the labels of budget lines that say to which group the lines belong.
_GROUPS = frozenset({"收入", "支出", "收入预算", "支出预算", "收入来源", "支出构成"})
#: What headers of indicators and of budget lines mean on a printed form, and labels beside values.
INDICATOR_MEANINGS = (
    meanings(INDICATOR_COLUMNS)
    | dict.fromkeys(("调整指标值", "调整后指标值", "年中调整指标值"), "adjusted")
    | dict.fromkeys(IGNORED, "number")
    | {"单位": "unit"}
)
BUDGET_MEANINGS = (
    meanings(BUDGET_COLUMNS)
    | {"项目": "label", "半年计划执行数": "half_year", **dict.fromkeys(_GROUPS, "label")}
    | dict.fromkeys(("分值", "权重", "执行率权重", "预算执行率权重"), "points")
    | dict.fromkeys(("得分", "自评得分", "执行率得分", "预算执行率得分"), "published_score")
    | dict.fromkeys(INDICATOR_COLUMNS["note"], "note")
)
#: Words that give way where another column has a more special one: 三级指标 over 指标, 类别 over 分解目标.
_LOOSE = {
    "name": frozenset({"绩效指标", "指标", "考核指标"}),
    "level1": frozenset({"分解目标"}),
}
_REASON = re.compile(r"(?:偏差|未完成|未达标|超额|扣分)\w*(?:原因|说明|措施)|原因\w{0,4}(?:分析|说明|措施)")
_LONGEST_REASON = 24
_FIGURE = re.compile(r"[-0-9.,]+%?")
#: What the words of columns begin with.
_FIRST = frozenset(word[:1] for word in (*INDICATOR_MEANINGS, *BUDGET_MEANINGS))
#: How many rows are looked at for one that is like a header.
_MOST_LOOKED_AT = 200
_KINDS = {"indicators": INDICATOR_MEANINGS, "budget": BUDGET_MEANINGS}
LABEL_MEANINGS = {
    word: key
    for word, key in meanings(IDENTITY_COLUMNS, FORM_COLUMNS).items()
    if key not in {"title", "kind", "ruleset", "published_points", "form_note"} and word != "总分"
} | {"实际完成情况": "goal_result", "全年完成情况": "goal_result", "自评得分": "published_total"}


#: What a body says of itself before the word for it: 市级预算部门名称.
_LEVEL_OF_BODY = re.compile(r"^(?:省|市|区|县|州|镇)(?:直|本)?级(?=.{2})")


def label_meaning(word: str) -> str | None:
    """Return the key that a folded label means.

    >>> label_meaning("市级预算部门名称")
    'organisation'
    """
    return LABEL_MEANINGS.get(word) or LABEL_MEANINGS.get(_LEVEL_OF_BODY.sub("", word))


def is_column_word(word: str) -> bool:
    """Return whether a folded text is a word of a column."""
    return word in INDICATOR_MEANINGS


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its meaning, its printed words, and over how many columns of the grid it extends.

    `answer` is what a person was asked for, where the meaning comes from a person.
    """

    meaning: str | None
    words: str
    start: int
    width: int = 1
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A header row, or two of them: `kind` is `indicators` or `budget`.

    `marks` tells how many rows below only mark its columns: A, B, C=B/A.
    """

    kind: str
    row: int
    rows: int
    columns: tuple[Column, ...]
    marks: int = 0

    @property
    def last(self) -> int:
        """The last row with words of columns."""
        return self.row + self.rows - 1

    @property
    def end(self) -> int:
        """The first row below the header."""
        return self.row + self.rows + self.marks

    @property
    def group(self) -> Column | None:
        """The column of labels that says to which group the lines below belong."""
        return next((one for one in self.columns if one.meaning == "label" and one.words in _GROUPS), None)

    @property
    def first_amount(self) -> int:
        """The first column of amounts of a header of budget lines; what stands left of it are labels."""
        amounts = [one.start for one in self.columns if one.meaning not in {None, "label"}]
        return min(amounts, default=0) if self.kind == "budget" else 0

    def knows(self, column: int) -> bool:
        """Return whether a column of the grid has a meaning here, or no words to have one by."""
        return all(one.meaning for one in self.columns if one.start <= column < one.start + one.width)

    def meanings(self) -> frozenset[str]:
        """Return the meanings of its columns."""
        return frozenset(column.meaning for column in self.columns if column.meaning is not None)


class Answers(Protocol):
    """What a person decided about headers."""

    @property
    def header(self) -> tuple[int, int] | None:
        """The first and the last row of the header, where a person names them."""

    @property
    def asks(self) -> bool:
        """Whether there are answers about columns."""

    def meaning(self, words: str, column: int) -> tuple[str, str] | None:
        """Return the answer for a column, by its folded words or its place, and the meaning that it gives."""


class _NoAnswers:
    header = None
    asks = False

    def meaning(self, words: str, column: int) -> tuple[str, str] | None:
        """Return nothing."""


def find_headers(grid: Grid, answers: Answers | None = None) -> list[Header]:
    """Return the headers of a table from top to bottom; a person's answers go before the known words."""
    answers = answers or _NoAnswers()
    if answers.header is not None:
        best = _best(grid, answers.header[0], answers, (answers.header[1] - answers.header[0] + 1,))
        return [] if best is None else [best]
    headers: list[Header] = []
    for row in grid.rows(0, grid.height):
        if headers and row < headers[-1].end:
            continue
        may_begin = answers.asks or any(folded(cell.text)[:1] in _FIRST for _, cell in grid.row(row))
        if may_begin and (header := _header_at(grid, row, answers)) is not None:
            headers.append(header)
    return headers


def header_like(grid: Grid) -> Header | None:
    """Return the row with the most known words, where a table has no header: what to show a person."""
    rows = islice(grid.rows(0, grid.height), _MOST_LOOKED_AT)
    found = [header for row in rows if (header := _best(grid, row, _NoAnswers(), (1,))) is not None]
    return max(found, key=lambda header: (len(header.meanings()), len(header.columns), -header.row), default=None)


def _header_at(grid: Grid, row: int, answers: Answers) -> Header | None:
    """Return the header that begins at a row: of one row, or of two where the upper adds to what the lower says."""
    two, below = _best(grid, row, answers, (2,)), _best(grid, row + 1, answers, (1, 2))
    adds = two is not None and len(two.meanings()) > (0 if below is None else len(below.meanings()))
    best = _best(grid, row, answers, (1, 2) if adds else (1,))
    return best if best is not None and _is_header(best) else None


def _best(grid: Grid, row: int, answers: Answers, heights: Sequence[int]) -> Header | None:
    """Return the reading of a header at a row that knows the most columns."""
    found = [
        Header(kind, row, rows, _columns(grid, row, rows, marks, words, answers), marks)
        for kind, words in _KINDS.items()
        for rows, marks in dict.fromkeys(_without_marks(grid, row, rows) for rows in heights)
    ]
    return max((header for header in found if header.columns), key=_rank, default=None)


def _without_marks(grid: Grid, row: int, rows: int) -> tuple[int, int]:
    """Return how many rows of a header have words, and how many below only mark its columns."""
    if rows > 1 and _marks_columns(grid, row + rows - 1):
        return rows - 1, 1
    return rows, int(_marks_columns(grid, row + rows))


def _marks_columns(grid: Grid, row: int) -> bool:
    return are_marks([cell.text for at, cell in grid.row(row) if grid.corner(row, at)[0] == row])


def _rank(header: Header) -> tuple[bool, int, int]:
    return _is_header(header), len(header.meanings()), -header.rows


def _is_header(header: Header) -> bool:
    found = header.meanings()
    if header.kind == "budget":
        amounts = found & AMOUNTS
        if any(_FIGURE.fullmatch(column.words) for column in header.columns):
            return False  # labels beside their amounts
        return len(amounts) >= 2 or (bool(amounts) and header.group is not None)
    return len(found) >= 3 and bool(found & _NAMES) and bool(found & (_VALUES - {"points"}))


def _columns(
    grid: Grid, row: int, rows: int, marks: int, words: Mapping[str, str], answers: Answers
) -> tuple[Column, ...]:
    """Return the columns of a header at `row`, or nothing where the second row is no part of it."""
    if row + rows > grid.height:
        return ()
    columns: list[Column] = []
    below = 0
    for start, width in _cuts(grid, row, rows):
        texts = _stacked(grid, row, rows, marks, start)
        meaning, used = _meaning(texts, words)
        words_here = "".join("".join(text.split()) for text in texts)
        given = _answer(texts, start, words, answers)
        answer, meaning = (None, meaning) if given is None else given
        below += used or (given is not None and len(texts) == 2)
        if columns and meaning is not None and columns[-1].meaning == meaning and columns[-1].words == words_here:
            columns[-1] = Column(meaning, words_here, columns[-1].start, columns[-1].width + width, answer)
        elif words_here:
            columns.append(Column(meaning, words_here, start, width, answer))
    return tuple(_without_twins(columns)) if rows == 1 or below else ()


def _cuts(grid: Grid, row: int, rows: int) -> list[tuple[int, int]]:
    """Return the stretches of columns over which nothing changes in the header's rows, where there is anything."""
    cells = [one for line in range(row, row + rows) for one in grid.row(line)]
    edges = sorted({edge for column, cell in cells for edge in (column, min(column + cell.columns, grid.width))})
    lines = range(row, row + rows)
    return [(start, end - start) for start, end in pairwise(edges) if any(grid.at(line, start) for line in lines)]


def _stacked(grid: Grid, row: int, rows: int, marks: int, column: int) -> list[str]:
    """Return the texts of a header above each other, a merged one once, and no mark.

    A cell that extends below the header is a heading at the side, not a column; one from above is not of this header.
    """
    texts: list[str] = []
    seen: set[tuple[int, int]] = set()
    for line in range(row, row + rows):
        corner = grid.corner(line, column)
        cell = grid.cells.get(corner)
        if cell is None or corner in seen or corner[0] < row or corner[0] + cell.rows > row + rows + marks:
            continue
        seen.add(corner)
        texts.append(cell.text)
    return texts


def _meaning(texts: list[str], words: Mapping[str, str]) -> tuple[str | None, int]:
    """Return what stacked texts mean, and whether the lower of two took part."""
    if len(texts) == 2:
        joined = words.get(folded(texts[0] + texts[1]))
        if joined is not None:
            return joined, 1
        if (upper := words.get(folded(texts[0]))) in _NAMES and folded(texts[1]) in _NAME_OF:
            return upper, 1
        if upper in _NAMES - {"name"} and folded(texts[1]) in INDICATOR_COLUMNS["points"]:
            return "block_points", 1
        if (lower := _known(texts[1], words)) is not None:
            return lower, 1
        return None, 0
    if len(texts) == 1:
        return _known(texts[0], words), 0
    return None, 0


def _known(text: str, words: Mapping[str, str]) -> str | None:
    """Return what the words of a column mean; there are many words for the reason of a deviation."""
    word = folded(text)
    return words.get(word) or ("note" if _REASON.search(word) and len(word) < _LONGEST_REASON else None)


def _answer(texts: list[str], column: int, words: Mapping[str, str], answers: Answers) -> tuple[str, str] | None:
    """Return a person's answer for a column, where its meaning is one of this kind of header."""
    for text in ("".join(texts), *texts[-1:]):
        given = answers.meaning(folded(text), column)
        if given is not None and given[1] in {*words.values(), "number"}:
            return given
    return None


def _with_four_levels(columns: Sequence[Column]) -> list[Column]:
    """Return the columns where 四级指标 is the name, and 三级指标 a level above it."""
    if not any(column.meaning == "name" and folded(column.words) == "四级指标" for column in columns):
        return list(columns)
    return [
        replace(column, meaning="level3") if column.meaning == "name" and folded(column.words) != "四级指标" else column
        for column in columns
    ]


def _without_twins(columns: list[Column]) -> list[Column]:
    """Keep a meaning for its first column, unless a later one has a more special word.

    年度预算数 above the labels of budget lines, and an amount of that meaning to the right of it, is no amount.
    """
    columns = _with_four_levels(columns)
    amounts = [index for index, column in enumerate(columns) if column.meaning == "budget"]
    if len(amounts) > 1 and not any(column.meaning for column in columns[: amounts[0]]):
        columns[amounts[0]] = replace(columns[amounts[0]], meaning="label")
    chosen: dict[str, int] = {}
    for index, column in enumerate(columns):
        if column.meaning is None:
            continue
        known = chosen.get(column.meaning)
        if known is None or column.answer or folded(columns[known].words) in _LOOSE.get(column.meaning, ()):
            chosen[column.meaning] = index
    return [
        column
        if column.meaning in {None, "number", "block_points"} or chosen[str(column.meaning)] == index
        else Column(None, column.words, column.start, column.width)
        for index, column in enumerate(columns)
    ]
