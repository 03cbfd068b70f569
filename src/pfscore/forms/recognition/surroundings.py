"""What stands around the rows of a form: title, year, labels beside values, prose, fields for persons."""

from __future__ import annotations

import re

from pfscore.forms.column_words import HEADINGS, PROSE, TOTALS, amount_unit, folded, is_person
from pfscore.forms.recognition.account import (
    FOR_PERSONS,
    INSTRUCTION,
    NOT_IN_A_COLUMN,
    PLACEHOLDER,
    Account,
    Corner,
    Data,
    is_instruction,
    reason_of,
)
from pfscore.forms.recognition.headers import LABEL_MEANINGS, is_column_word
from pfscore.forms.recognition.parts import TITLE
from pfscore.office.grid import Cell

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_YEAR_ALONE = re.compile(r"[(（]?\s*((?:19|20)[0-9]{2})\s*年度?\s*[)）]?")
_BARE_YEAR = re.compile(r"((?:19|20)[0-9]{2})")
_REASONS = re.compile(r"原因分析$|改进措施|结果应用|存在的?问题|有关建议|项目类别|需要说明")
_BLOCK = re.compile(r"年度绩效目标[0-9一二三四五]*$")
_LONGEST_TITLE, _LONGEST_YEAR, _LONGEST_UNIT, _LONGEST_GRADE = 80, 16, 20, 8
#: Years are written with digits of either kind: 二〇二三年.
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
#: What a paragraph before a table may say of the form.
_IN_PARAGRAPHS = {"project", "organisation", "year"}


class Surroundings:
    """Reads what stands outside the rows of a form."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.tables: list[Data] = []

    def paragraph(self, text: str) -> None:
        """Read a paragraph that stands before a table."""
        if is_person(text):
            return
        first = next(iter(self._account.grid.cells.values()))
        if TITLE.search(text) and len(text) < _LONGEST_TITLE:
            self._title(Cell(text, first.place))
            return
        found = _YEAR.search(text.translate(_DIGITS))
        if found is not None and len(text) <= _LONGEST_YEAR:
            self._account.data.setdefault("year", found[1])
        if (unit := amount_unit(text)) is not None:
            self._account.data.setdefault("amount_unit", unit)
        for part in re.split(r"\s{2,}|\n", text):
            words, _, inline = part.replace("：", ":").partition(":")
            key = LABEL_MEANINGS.get(folded(words))
            if key in _IN_PARAGRAPHS and inline.strip():
                self._set(key, words, inline.strip(), None, Cell(part, first.place))

    def row(self, row: int) -> None:
        """Read a row that belongs to no header."""
        grid = self._account.grid
        cells = [(grid.corner(row, column), cell) for column, cell in grid.row(row)]
        for index, (corner, cell) in enumerate(cells):
            if corner[0] != row or self._account.is_taken(corner):
                continue
            if is_person(cell.text):
                # That there are such fields is reported, and not what stands in them.
                self._account.leave(cell, FOR_PERSONS, "")
                for one, _ in cells[index:]:
                    self._account.take(one)
                return
            self._cell(corner, cell)

    def _cell(self, corner: Corner, cell: Cell) -> None:
        account = self._account
        words, _, inline = cell.text.replace("：", ":").partition(":")
        word = folded(words)
        key = _meaning(word, inline.strip())
        if key is not None and inline.strip():
            self._set(key, words, inline.strip(), corner, cell)
        elif key is not None and (found := self._beside(corner, cell, key)) is not None:
            account.take(corner)
            if PLACEHOLDER.fullmatch(found[1].text):
                account.take(found[0])
            else:
                self._set(key, words, found[1].text.strip(), *found)
        elif word in PROSE or _REASONS.search(word):
            self._prose(corner, cell, inline)
        elif key is not None or word in HEADINGS or word in TOTALS or _BLOCK.search(word):
            account.take(corner)  # a heading over other labels, or a label with nothing beside it
        elif TITLE.search(cell.text) and "title" not in account.data and len(cell.text) < _LONGEST_TITLE:
            self._title(cell)
            account.take(corner)
        elif (year := _YEAR_ALONE.fullmatch(cell.text.strip().translate(_DIGITS))) is not None:
            account.set("year", year[1], corner, cell)
        elif (unit := amount_unit(cell.text)) is not None and len(cell.text) < _LONGEST_UNIT:
            account.set("amount_unit", unit, corner, cell)
        elif self._is_heading(corner, cell):
            self._title(cell)
            account.take(corner)

    def _is_heading(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a cell is a heading over the whole table, where no title was recognised by its words."""
        account = self._account
        is_first = not any(account.is_taken((row, column)) for row, column in account.grid.cells if row < corner[0])
        is_bare = reason_of(cell.text) is NOT_IN_A_COLUMN
        return "title" not in account.data and is_first and is_bare and cell.columns >= max(2, account.grid.breadth - 1)

    def _beside(self, corner: Corner, cell: Cell, key: str) -> tuple[Corner, Cell] | None:
        """Return the value of a label: to the right of it, or for a goal below it."""
        grid = self._account.grid
        below = grid.corner(corner[0] + cell.rows, corner[1])
        right = grid.corner(corner[0], corner[1] + cell.columns)
        for at in (below, right) if key in {"goal", "goal_result"} and cell.rows == 1 else (right,):
            found = grid.cells.get(at)
            if found is not None and at[0] >= corner[0] and not _is_label(found) and not self._account.is_taken(at):
                return at, found
        return None

    def _set(self, key: str, words: str, text: str, corner: Corner | None, cell: Cell) -> None:
        if key == "organisation" and amount_unit(f"单位:{text}") == text:
            key = "amount_unit"
        if key == "year":
            found = _YEAR.search(text.translate(_DIGITS)) or _BARE_YEAR.search(text.translate(_DIGITS))
            if found is None:
                return
            text = found[1]
        self._account.set(key, text, corner, cell, wins="调整" in words)

    def _prose(self, corner: Corner, cell: Cell, inline: str) -> None:
        account = self._account
        account.take(corner)
        text, of = inline.strip(), cell
        right = account.grid.corner(corner[0], corner[1] + cell.columns)
        found = account.grid.cells.get(right)
        if not text and found is not None and right[0] == corner[0]:
            account.take(right)
            text, of = found.text.strip(), found
        if text and is_instruction(text):
            account.leave(of, INSTRUCTION, text)
        elif text:
            title = "".join(cell.text.replace("：", ":").partition(":")[0].split())
            self.tables.append({"title": title, "rows": [[text]]})

    def _title(self, cell: Cell) -> None:
        data = self._account.data
        data["title"] = "".join(cell.text.split())
        self._account.cells[("title",)] = cell
        if (found := _YEAR.search(cell.text.translate(_DIGITS))) is not None:
            data.setdefault("year", found[1])
        if "整体" in cell.text:
            data.setdefault("kind", "department")
        elif "项目" in cell.text or "转移支付" in cell.text:
            data.setdefault("kind", "project")


def _meaning(word: str, inline: str) -> str | None:
    """Return the key that a label means; a conclusion in words is no grade."""
    key = LABEL_MEANINGS.get(word)
    return None if key == "published_grade" and len(inline) > _LONGEST_GRADE else key


def _is_label(cell: Cell) -> bool:
    word = folded(cell.text)
    return word in LABEL_MEANINGS or word in HEADINGS or is_column_word(word)
