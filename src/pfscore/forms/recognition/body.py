"""The rows below a header: indicators, budget lines and totals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pfscore.forms.column_words import (
    GRADES,
    LEVELS,
    PROSE,
    TOTALS,
    bare_heading,
    column_unit,
    folded,
    is_person,
    stated_points,
    total_and_grade,
)
from pfscore.forms.recognition.account import NO_INDICATOR, PLACEHOLDER, Account, Corner, Data, Path
from pfscore.forms.recognition.headers import AMOUNTS, Column, Header, label_meaning
from pfscore.office.grid import Cell, Place

#: What a row of totals says, by the columns.
_TOTALS = {"points": "published_points", "published_score": "published_total", "reviewed_score": "reviewed_total"}
#: Text that belongs to the form as a whole, where it stands alone in a row.
_REMARK = re.compile(r"意见[:：]|[。；].|^(?:说明|注|备注)[:：]")
#: The name of a block of indicators that stands in a row of its own.
_BLOCK = re.compile(r"(?:产出|效益|效果|成本|满意度?|决策|过程|管理|投入|履职|运行|可持续)\w{0,6}")
#: What extends over several indicators, and is said of each.
_SHARED = frozenset({"duty", "related_project"})
_AMOUNT = re.compile(r"[-+(]?[0-9][0-9,]*(?:\.[0-9]+)?[)]?%?(?:亿|万|千)?元?|[-/—]*|#.*[!?A0]")
_NUMBER_ALONE = re.compile(r"[≥≤><=＝]{0,2}-?[0-9][0-9,]*(?:\.[0-9]+)?")
#: The name of a row that nobody filled in.
_EMPTY_NAME = re.compile(r"(?:指标\s*[0-9一二三四五六七八九十]{0,2}\s*[:：]?)?[.…·/—\-\s]*")
#: Labels of budget lines beside which nothing stands.
_FUNDS = re.compile(r"^(?!.*[:：]\s*[0-9]).*(?:资金|拨款|结转|结余|收入|预算|其中)")
_LONGEST_FUND = 20
#: What says more than a grade and a total is a conclusion in words.
_LONGEST_GRADE = 8
_BESIDE_NAMES = frozenset({"target", "actual", "full_year"})

#: The cells of one row by the meaning of their columns.
Values = Mapping[str, tuple[Corner, Cell]]


class Body:
    """Reads rows below headers into the indicators and the budget of a form."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._levels: dict[str, Cell] = {}
        self._header: Header | None = None
        #: The levels of which no indicator was read.
        self._idle: dict[Place, Cell] = {}
        #: The rows of totals: whether one is of a part, its block, and the cells of the totals.
        self._sums: list[_Sum] = []
        self.budget: list[Data] = []
        self.indicators: list[Data] = []
        #: The points that levels state for their blocks, and headings at the side of rows.
        self.block_points: dict[str, str] = {}
        self.side_points: dict[str, str] = {}

    def begin(self, header: Header) -> None:
        """Begin below a header: what is carried down ends there, but not on the next page or where it is repeated."""
        goes_on = self._account.number > 0 and header.row == 0 and not self._account.grid.before
        is_repeated = self._header is not None and header.columns == self._header.columns
        if header.kind == "indicators" and not (goes_on or is_repeated):
            self._levels.clear()
        self._header = header

    def read(self, header: Header, row: int) -> bool:
        """Read one row below a header; return whether it belongs to it."""
        grid = self._account.grid
        cells = [cell for column, cell in grid.row(row) if grid.corner(row, column)[0] == row]
        if not cells:
            return True
        first = cells[0]
        if any(folded(cell.text) in TOTALS for cell in cells[:3]):
            return self._totals(header, row)
        values = self._values(header, row)
        if header.kind == "indicators" and self._is_grade(row, values):
            return self._grade(row)
        is_label = label_meaning(folded(first.text)) is not None and header.kind == "budget"
        if is_person(first.text) or (is_label and not values.keys() & AMOUNTS):
            return False
        if len(cells) == 1 and self._is_block(header, row, first):
            return True
        is_remark = len(cells) == 1 and (first.columns >= grid.breadth - 1 or _REMARK.search(first.text))
        if is_remark or (folded(first.text) in PROSE and not values.keys() & {"actual", "points", "published_score"}):
            return False
        return self._line(header, row, values) if header.kind == "budget" else self._indicator(header, row, values)

    def _values(self, header: Header, row: int) -> Values:
        found: dict[str, tuple[Corner, Cell]] = {}
        for column in header.columns:
            own = self._shared(header, column, row) if column.meaning in _SHARED else self._own(column, row)
            if own is not None and column.meaning == "number":
                # A note that begins in the column of numbers extends over others.
                if column.answer or own[1].columns <= column.width:
                    self._account.take(own[0])
            elif own is not None and column.meaning == "block_points":
                self._account.take(own[0])
            elif own is not None and column.meaning is not None:
                found.setdefault(column.meaning, own)
        return found

    def _own(self, column: Column, row: int) -> tuple[Corner, Cell] | None:
        """Return the cell of a column that begins in a row; a merged one from above is not its own."""
        grid = self._account.grid
        for at in range(column.start, column.start + column.width):
            corner = grid.corner(row, at)
            cell = grid.cells.get(corner)
            if cell is not None and corner[0] == row and column.start <= corner[1]:
                return corner, cell
        return None

    def _shared(self, header: Header, column: Column, row: int) -> tuple[Corner, Cell] | None:
        """Return the cell that stands beside a row in a column, also a merged one from above."""
        corner = self._account.grid.corner(row, column.start)
        cell = self._account.grid.cells.get(corner)
        return None if cell is None or corner[0] < header.end else (corner, cell)

    # ── budget lines ──
    def _line(self, header: Header, row: int, values: Values) -> bool:
        amounts = [values[key][1].text for key in values if key in AMOUNTS]
        if amounts and not any(_AMOUNT.fullmatch(_half_width(text)) for text in amounts):
            return False
        label = self._label(header, row)
        beside = {key: found for key, found in values.items() if key != "label"}
        is_blank = all(PLACEHOLDER.fullmatch(cell.text) for _, cell in beside.values())
        is_fund = label is not None and _FUNDS.match(label[1].text) and len(label[1].text) < _LONGEST_FUND
        if not amounts and not (is_blank and is_fund):
            return False
        line: Data = {}
        path: Path = ("budget", len(self.budget))
        if header.group is not None:
            line["group"] = header.group.words
            self._account.cells[(*path, "group")] = self._account.grid.cells[header.row, header.group.start]
        if label is not None:
            self._account.put(line, path, "label", *label)
        for key, (corner, cell) in beside.items():
            if key in {"points", "published_score"} and PLACEHOLDER.fullmatch(cell.text):
                self._account.take(corner)
            else:
                self._account.put(line, path, key, corner, cell)
        self.budget.append(line)
        return True

    def _label(self, header: Header, row: int) -> tuple[Corner, Cell] | None:
        """Return the label of a budget line: the last cell before its amounts."""
        grid = self._account.grid
        found = None
        for at in range(header.first_amount):
            corner, cell = grid.corner(row, at), grid.at(row, at)
            if cell is not None and corner[0] == row and folded(cell.text) not in {"预算执行情况", "项目资金"}:
                found = corner, cell
        return found

    # ── indicators ──
    def _indicator(self, header: Header, row: int, values: Values) -> bool:
        name = values.get("name")
        if name is not None and self._is_prose(header, name[1], values):
            return False
        if name is None and self._is_prose_beside(header, row):
            return False
        self._carry_levels(header, row)
        name = name or self._name_above(header, row)
        beside = {key for key in values if key not in LEVELS}
        if name is None and not beside & _BESIDE_NAMES:
            return not beside
        if name is not None and self._is_template(name[1], values):
            for corner, _ in values.values():
                self._account.take(corner)
            return True
        indicator: Data = {}
        path: Path = ("indicators", len(self.indicators))
        levels = [self._levels[key] for key in LEVELS if key in self._levels]
        if levels:
            indicator["path"] = [self._heading(cell) for cell in levels]
            for index, cell in enumerate(levels):
                self._account.cells[(*path, "path", index)] = cell
                self._idle.pop(cell.place, None)
        if name is not None:
            self._account.put(indicator, path, "name", *name)
        self._fill(indicator, path, values)
        self._borrow_unit(header, indicator, path)
        self.indicators.append(indicator)
        return True

    def _is_block(self, header: Header, row: int, cell: Cell) -> bool:
        """Return whether a row holds nothing but the name of a block, where no column has the first level."""
        words = folded(cell.text)
        is_name = header.kind == "indicators" and "level1" not in header.meanings() and _BLOCK.fullmatch(words)
        if not is_name:
            return False
        stated = stated_points(cell.text)
        if stated is not None:
            self.block_points.setdefault(words, stated)
        self._levels = {"level1": replace(cell, text=words)}
        self._idle[cell.place] = cell
        self._account.take(next(self._account.grid.corner(row, at) for at, _ in self._account.grid.row(row)))
        return True

    def _is_prose(self, header: Header, name: Cell, values: Values) -> bool:
        """Return whether a row is a label beside running text that extends over the columns of values."""
        column = next(column for column in header.columns if column.meaning == "name")
        return name.columns > column.width and not values.keys() & _BESIDE_NAMES

    def _is_prose_beside(self, header: Header, row: int) -> bool:
        """Return whether running text extends from the columns of levels over those of values."""
        grid = self._account.grid
        return any(
            cell.columns > column.width + 1
            for column in header.columns
            if column.meaning in LEVELS
            and (cell := grid.at(row, column.start)) is not None
            and grid.corner(row, column.start)[0] == row
        )

    @staticmethod
    def _is_template(name: Cell, values: Values) -> bool:
        """Return whether a row is as in the template: dots or 指标1： for a name, and nothing or dots beside it."""
        beside = [cell for key, (_, cell) in values.items() if key not in {*LEVELS, "name"}]
        return _EMPTY_NAME.fullmatch(name.text) is not None and all(PLACEHOLDER.fullmatch(one.text) for one in beside)

    def _carry_levels(self, header: Header, row: int) -> None:
        """Take the first and second level of a row; where it has none, those above it hold."""
        grid = self._account.grid
        levels = [one for one in header.columns if one.meaning in LEVELS]
        for column in sorted(levels, key=lambda one: str(one.meaning)):
            cell = grid.at(row, column.start)
            if column.meaning is not None and cell is not None:
                if self._levels.get(column.meaning) != cell:
                    self._idle[cell.place] = cell
                    for below in LEVELS[LEVELS.index(column.meaning) + 1 :]:
                        self._levels.pop(below, None)
                self._levels[column.meaning] = cell
                self._account.take(grid.corner(row, column.start))
                beside = next((one for one in header.columns if one.start == column.start + column.width), None)
                if beside is not None and beside.meaning == "block_points" and (points := grid.text(row, beside.start)):
                    self.block_points.setdefault(bare_heading(cell.text), points)

    def _heading(self, cell: Cell) -> str:
        """Return the words of a level; the points that it states for its block are kept beside it."""
        words = bare_heading(cell.text)
        points = stated_points(cell.text)
        if points is not None:
            self.block_points.setdefault(words, points)
        return words

    def _fill(self, indicator: Data, path: Path, values: Values) -> None:
        put = self._account.put
        for key, (corner, cell) in values.items():
            match key:
                case "name" | "level1" | "level2" | "level3":
                    continue
                case "half_year" | "full_year":
                    put(indicator.setdefault("targets", {}), (*path, "targets"), key, corner, cell)
                case "adjusted":
                    put(indicator, path, "target", corner, cell)
                case "target" if "adjusted" in values:
                    put(indicator, path, "initial_target", corner, cell)
                case _:
                    put(indicator, path, key, corner, cell)

    def _borrow_unit(self, header: Header, indicator: Data, path: Path) -> None:
        """Take the unit that the header of a column states, where the cells hold numbers alone."""
        texts = [text for key in ("target", "actual") if (text := indicator.get(key)) is not None]
        if "unit" in indicator or not texts or not all(map(_NUMBER_ALONE.fullmatch, map(_half_width, texts))):
            return
        for column in header.columns:
            if column.meaning in {"target", "actual"} and (unit := column_unit(column.words)) is not None:
                indicator["unit"] = unit
                cell = self._account.grid.at(header.last, column.start)
                if cell is not None and header.row >= 0:
                    self._account.cells[(*path, "unit")] = cell
                return

    def _name_above(self, header: Header, row: int) -> tuple[Corner, Cell] | None:
        """Return the name that extends over this row from above: one name, several targets."""
        grid = self._account.grid
        for column in header.columns:
            if column.meaning == "name":
                corner = grid.corner(row, column.start)
                cell = grid.cells.get(corner)
                if cell is not None and header.end <= corner[0] < row:
                    return corner, cell
        return None

    # ── totals ──
    def _totals(self, header: Header, row: int) -> bool:
        account = self._account
        values = self._values(header, row)
        own = self._own_cells(row)
        for corner, cell in own.items():
            if folded(cell.text) in TOTALS:
                account.take(corner)
        if header.kind == "budget":
            return self._line(header, row, values)
        self._grade_beside(own)
        totals = {
            total: values[key]
            for key, total in _TOTALS.items()
            if key in values and not PLACEHOLDER.fullmatch(values[key][1].text) and not account.is_taken(values[key][0])
        }
        rest = [one for one in own.items() if not account.is_taken(one[0]) and _is_figure(one[1].text)]
        left = [one for one in rest if one[0] not in {corner for corner, _ in totals.values()}]
        if len(left) == 1:
            totals.setdefault("published_total", left[0])
        is_part = any(folded(cell.text) == "小计" for cell in own.values())
        levels = tuple(self._heading(self._levels[key]) for key in LEVELS[:2] if key in self._levels)
        self._sums.append(_Sum(is_part, levels, len(self.indicators), totals))
        for corner, _ in totals.values():
            account.take(corner)
        return True

    def _grade_beside(self, own: Mapping[Corner, Cell]) -> None:
        """Read the grade that a row of totals states behind a label."""
        for (corner, cell), (beside, value) in pairwise(own.items()):
            if folded(cell.text) in GRADES and not PLACEHOLDER.fullmatch(value.text) and not _is_figure(value.text):
                self._account.take(corner)
                self._account.set("published_grade", total_and_grade(value.text)[1], beside, value)

    def _own_cells(self, row: int) -> dict[Corner, Cell]:
        """Return the cells that begin in a row."""
        grid = self._account.grid
        return {grid.corner(row, column): cell for column, cell in grid.row(row) if grid.corner(row, column)[0] == row}

    def _is_grade(self, row: int, values: Values) -> bool:
        """Return whether a row states the grade, and is no indicator that is called one."""
        texts = [cell.text.strip() for cell in self._own_cells(row).values() if not PLACEHOLDER.fullmatch(cell.text)]
        filled = {key for key, (_, cell) in values.items() if not PLACEHOLDER.fullmatch(cell.text)}
        if len(texts) < 2 or folded(texts[0]) not in GRADES or len(filled & {"target", "actual", "points"}) > 1:
            return False
        return all(len(text) <= _LONGEST_GRADE for text in texts[1:])

    def _grade(self, row: int) -> bool:
        """Read the grade, and the total where one of its cells states it."""
        for corner, cell in self._own_cells(row).items():
            text = cell.text.strip()
            if folded(text) in GRADES or PLACEHOLDER.fullmatch(text):
                self._account.take(corner)
                continue
            total, grade = (text, None) if _is_figure(text) else total_and_grade(text)
            for key, value in (("published_total", total), ("published_grade", grade)):
                if value is not None:
                    self._account.set(key, value, corner, cell)
        return True

    def finish(self) -> list[Data]:
        """Set the totals of the form: those of the last row of totals; return the others as a table.

        The levels of which no indicator was read are listed.
        """
        for cell in self._idle.values():
            self._account.leave(cell, NO_INDICATOR)
        whole = [one.totals for one in self._sums if not one.is_part and one.totals]
        last = whole[-1] if whole else self._sums[0].totals if len(self._sums) == 1 else {}
        for key, (corner, cell) in last.items():
            self._account.set(key, cell.text.strip(), corner, cell)
        headings = self._summed()
        parts = [
            (heading, one.totals)
            for heading, one in zip(headings, self._sums, strict=True)
            if one.totals and one.totals is not last
        ]
        keys = [key for key in _TOTALS.values() if key != "reviewed_total" or any(key in of for _, of in parts)]
        heads = ["部分", *("分值", "得分", "复核得分")[: len(keys)]]
        rows = [[level, *(of[key][1].text.strip() if key in of else "" for key in keys)] for level, of in parts]
        return [{"title": "小计", "header": heads, "rows": rows}] if rows else []

    def _summed(self) -> list[str]:
        """Return of which heading each row of sums is.

        It is of the second level where indicators of the same first level follow one, and no other sum stands between.
        """
        found, of_second, end = list[str](), set[str](), -1
        for one in self._sums:
            first, second = (*one.levels, "", "")[:2]
            following = [*self.indicators, {}][one.end].get("path", [])
            is_second = bool(second) and one.end != end and (first in following[:1] or first in of_second)
            of_second |= {first} if is_second else set()
            found.append(second if is_second else first)
            end = one.end
        return found


class _Sum(NamedTuple):
    """A row of sums: whether it is called one of a part, the headings above, and how many indicators."""

    is_part: bool
    levels: tuple[str, ...]
    end: int
    totals: dict[str, tuple[Corner, Cell]]


def _half_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_figure(text: str) -> bool:
    return _AMOUNT.fullmatch(_half_width(text)) is not None and not PLACEHOLDER.fullmatch(text)
