"""The account of one form while it is read: its data, the cell of each value, what was taken and what was not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pfscore.forms.column_words import HEADINGS, folded
from pfscore.forms.recognition.parts import Part
from pfscore.foundation.text import Lang, Message
from pfscore.office.grid import Cell, Grid, Unread
from pfscore.office.refusals import HIDDEN_AND_NO_FORM, REASONS, unknown_format

Data = dict[str, Any]
Path = tuple[str | int, ...]
Corner = tuple[int, int]

#: Texts that only hold a place: the dots of an empty template row, a dash in a cell that does not apply.
PLACEHOLDER = re.compile(r"[.…·/—\-\s]*")
_NOTE = re.compile(r"^[(（].*[)）]$|^(?:注|说明|备注)[:：]")
_ASKS = re.compile(r"[0-9]+字(?:以内|左右)|对照年度目标|填[写表报]说明|=.*/.*×")
_NUMBER_OF_TABLE = re.compile(
    r"附[件表录]?[0-9一二三四五六七八九十]*(?:[-—.][0-9]+)*[:：]?|(?:报表编号|表号)[:：]?[0-9A-Za-z_-]*"
)
NOT_IN_A_COLUMN = Message("不在认出的栏里", "in no column that was recognised")
FOR_PERSONS = Message("填表人一类的栏，不读", "a field for persons, not read")
INSTRUCTION = Message("是填表说明", "an instruction for filling in the form")
ANNEX_NUMBER = Message("是附件或报表的编号", "the number of the annex or of the form")
_SECOND_VALUE = Message("同一项有两个值，取了另一个", "there are two values for this, and the other was taken")
NOT_A_FORM = Message("这张表没有认出来", "the table was not recognised as a form")
RUNNING_TEXT = Message("只有成段的文字，没有表格", "running text, and no table")
NO_INDICATOR = Message("这一类下面没有指标", "there is no indicator under this heading")
#: What is not read by design, whatever stands in it.
BY_DESIGN = frozenset({RUNNING_TEXT, FOR_PERSONS, INSTRUCTION, ANNEX_NUMBER, HIDDEN_AND_NO_FORM, NO_INDICATOR})
#: The reasons by their Chinese text, which is what a form holds.
_REASONS = {one.zh: one for one in (*REASONS, *BY_DESIGN, NOT_IN_A_COLUMN, _SECOND_VALUE, NOT_A_FORM)}
_FORMAT = unknown_format("(.*)")


def reason_text(reason: str, lang: Lang) -> str:
    """Return why a cell was not read, as a form holds it, in a language.

    >>> reason_text("在隐藏的行里", "en")
    'in a hidden row'
    """
    if (found := re.fullmatch(_FORMAT.zh, reason)) is not None:
        return unknown_format(found[1]).text(lang)
    return _REASONS[reason].text(lang) if reason in _REASONS else reason


def reason_of(text: str) -> Message:
    """Return why a text was not read that stands in no column."""
    if is_instruction(text):
        return INSTRUCTION
    return ANNEX_NUMBER if _NUMBER_OF_TABLE.fullmatch("".join(text.split())) else NOT_IN_A_COLUMN


def is_instruction(text: str) -> bool:
    """Return whether a text says how to fill in the form, and is no content of it."""
    return _NOTE.search(text) is not None or asks_for_something(text)


def asks_for_something(text: str) -> bool:
    """Return whether a text tells who fills in the form what to write."""
    return _ASKS.search(text) is not None


@dataclass
class Account:
    """What was read of one form; `grid` is the table that is being read, and `number` counts the form's tables."""

    data: Data = field(default_factory=dict)
    cells: dict[Path, Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    grid: Grid = field(default_factory=lambda: Grid("", {}))
    number: int = -1
    _taken: set[tuple[int, int, int]] = field(default_factory=set)

    def turn_to(self, grid: Grid) -> None:
        """Begin with the next table of the form."""
        self.grid, self.number = grid, self.number + 1

    def take(self, corner: Corner) -> None:
        """Note that a cell was read, or is a heading."""
        self._taken.add((self.number, *corner))

    def is_taken(self, corner: Corner) -> bool:
        """Return whether a cell was read before."""
        return (self.number, *corner) in self._taken

    def put(self, record: Data, path: Path, key: str, corner: Corner, cell: Cell) -> None:
        """Put the text of a cell into a record that stands at `path` in the form."""
        text = cell.text.strip()
        if key in {"label", "name"}:  # lines are broken where the column is narrow
            text = "".join(line.strip() for line in text.splitlines())
        record[key] = text.rstrip("：:") if key == "label" else text
        self.cells[(*path, key)] = cell
        self.take(corner)

    def set(self, key: str, text: str, corner: Corner | None, cell: Cell, *, wins: bool = False) -> None:
        """Set a value of the form as a whole, which has one: the first, or one that `wins`; the other is not read."""
        if corner is not None:
            self.take(corner)
        known = self.data.get(key)
        if known is not None and known != text:
            other = self.cells.get((key,))
            if not wins:
                self.leave(cell, _SECOND_VALUE)
                return
            if other is not None:
                self.leave(other, _SECOND_VALUE)
        self.data[key] = text
        self.cells[(key,)] = cell

    def note(self, cell: Cell) -> None:
        """Add a note on the form, or a further line of one."""
        text = cell.text.strip()
        self.cells.setdefault(("note",), cell)
        self.data["note"] = f"{self.data['note']}\n{text}" if "note" in self.data else text

    def leave(self, cell: Cell, reason: Message, text: str | None = None) -> None:
        """Note that a cell is not read, and why."""
        self.unread.append(Unread(cell.place, cell.text.strip() if text is None else text, reason))

    def leave_rest(self, part: Part) -> None:
        """List every cell of a part that was not taken."""
        for corner, cell in sorted(part.grid.cells.items()):
            text = cell.text.strip()
            is_bare = PLACEHOLDER.fullmatch(text) or folded(text) in HEADINGS
            if part.start <= corner[0] < part.end and not self.is_taken(corner) and not is_bare:
                self.leave(cell, reason_of(text))
