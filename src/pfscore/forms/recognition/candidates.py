"""A table as a person is asked about it: its columns with headers and samples, and what each may mean, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from pfscore.cells.lexicon.quantities import known_units
from pfscore.forms.column_words import folded
from pfscore.forms.recognition.choices import meaning_name
from pfscore.forms.recognition.headers import INDICATOR_MEANINGS, Column, Header, header_like
from pfscore.forms.recognition.recognise import Recognised
from pfscore.foundation.text import Message
from pfscore.office.grid import Cell, Grid, column_letters

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SIGN = re.compile(r"[≥≤><=＝﹦≠]|大于等于|小于等于|定性|定量|等于|大于|小于")
_SAMPLES, _LONGEST_NAME = 3, 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meaning that a column may have, and why."""

    meaning: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column as it is shown: its letters, its header, samples of what stands below, and its meaning or candidates."""

    letters: str
    words: str
    samples: tuple[str, ...]
    meaning: str | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is shown: where it is, its header's row from 1, and its columns."""

    place: Message
    row: int
    columns: tuple[ColumnView, ...]

    @property
    def looks_like_a_form(self) -> bool:
        """Whether two or more of its columns are known: it may be a form, and a person should say."""
        return sum(column.meaning is not None for column in self.columns) >= 2


def tables_to_ask(found: Recognised) -> list[TableView]:
    """Return the tables of a file about which a person should say something."""
    tables = [one for grid in found.others if (one := view(grid)) is not None]
    return [one for one in tables if one.looks_like_a_form or not found.forms]


def view(grid: Grid) -> TableView | None:
    """Return a table with what its columns may mean, below the row that is most like a header."""
    header = header_like(grid)
    if header is None:
        return None
    first = next(iter(grid.cells.values())).place
    place = Message(first.text(), first.text("en"))
    points = _points_of(grid, header)
    return TableView(place, header.row + 1, tuple(_column(grid, header, one, points) for one in header.columns))


def _points_of(grid: Grid, header: Header) -> list[Fraction | None]:
    for column in header.columns:
        if column.meaning == "points":
            return [_number(cell.text) for cell in _below(grid, header, column)]
    return []


def _column(grid: Grid, header: Header, column: Column, points: Sequence[Fraction | None]) -> ColumnView:
    texts = [" ".join(cell.text.split()) for cell in _below(grid, header, column)]
    samples = tuple(dict.fromkeys(texts))[:_SAMPLES]
    candidates = () if column.meaning else tuple(_candidates(column.words, texts, points))
    meaning = None if column.meaning is None else meaning_name(column.meaning)
    return ColumnView(column_letters(column.start), column.words, samples, meaning, candidates)


def _below(grid: Grid, header: Header, column: Column) -> list[Cell]:
    """Return the cells of a column below its header, a merged one once."""
    found = {
        grid.corner(row, column.start): cell
        for row in range(header.end, grid.height)
        if (cell := grid.at(row, column.start)) is not None
    }
    return list(found.values())


def _candidates(words: str, texts: Sequence[str], points: Sequence[Fraction | None]) -> Iterator[Candidate]:
    if close := get_close_matches(folded(words), list(INDICATOR_MEANINGS), 1, 0.6):
        name = meaning_name(INDICATOR_MEANINGS[close[0]])
        yield Candidate(name, Message(f"表头像“{close[0]}”", f"the header is like {close[0]!r}"))
    numbers = [_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    if texts and len(known) == len(texts):
        if sum(known) in {100, 200}:  # with or without the row of the total
            yield Candidate("分值", Message("都是数，相加得 100", "all are numbers, and add up to 100"))
        elif points and all(n <= p for n, p in zip(known, (p for p in points if p is not None), strict=False)):
            yield Candidate("得分", Message("都是数，都不超过分值", "all are numbers, none above the points"))
        else:
            yield Candidate("完成值", Message("都是数", "all are numbers"))
    elif texts and all(text in known_units() or text in {"%", "‰"} for text in texts):
        yield Candidate("度量单位", Message("都是单位", "all are units"))
    elif texts and all(_SIGN.fullmatch(text) for text in texts):
        yield Candidate("指标性质", Message("都是大于、小于一类的符号", "all are signs of comparison"))
    elif texts and any(_SIGN.match(text) for text in texts):
        yield Candidate("指标值", Message("有 ≥、≤ 一类的符号", "there are signs of comparison"))
    elif len(texts) > 1 and len(set(texts)) == len(texts) and all(len(text) < _LONGEST_NAME for text in texts):
        yield Candidate("三级指标", Message("都是文字，各不相同", "all are texts, no two the same"))


def _number(text: str) -> Fraction | None:
    return Fraction(text) if _NUMBER.fullmatch(text) else None
