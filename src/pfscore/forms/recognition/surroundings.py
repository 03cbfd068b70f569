"""What stands around the rows of a form: title, year, labels beside values, prose, fields for persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pfscore.forms.column_words import HEADINGS, PROSE, TOTALS, amount_unit, folded, is_person
from pfscore.forms.recognition.account import (
    ANNEX_NUMBER,
    FOR_PERSONS,
    INSTRUCTION,
    NOT_IN_A_COLUMN,
    PLACEHOLDER,
    Account,
    Corner,
    Data,
    asks_for_something,
    is_instruction,
    reason_of,
)
from pfscore.forms.recognition.headers import AMOUNTS, BUDGET_MEANINGS, header_like, is_column_word, label_meaning
from pfscore.forms.recognition.parts import SECTION, is_of_title
from pfscore.office.grid import Cell, Grid

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_YEAR_ALONE = re.compile(r"[(（]?\s*((?:19|20)[0-9]{2})\s*年度?\s*[)）]?")
_BARE_YEAR = re.compile(r"((?:19|20)[0-9]{2})")
_REASONS = re.compile(r"原因分析$|改进措施|结果应用|存在的?问题|有关建议|项目类别|需要说明|意见$")
_BLOCK = re.compile(r"年度绩效目标[0-9一二三四五]*$")
_LONGEST_TITLE, _LONGEST_YEAR, _LONGEST_UNIT, _LONGEST_GRADE = 80, 16, 20, 8
_FIGURE = re.compile(r"\s*[-0-9.,%‰]+\s*")
#: The columns that make a table a form, and the words of a list of persons.
_OF_A_FORM = frozenset({"name", "target", "actual", "full_year", "points", "published_score", "budget", "expenditure"})
_PERSONAL = re.compile(r"^\s*(?:姓\s*名|联系人|联系电话|手机|身份证)")
_LIST = re.compile(r"(?:汇总|一览|明细|统计)表\s*$")
_KINDS = re.compile(r"^按..性质分$")
_LABELLED_AMOUNT = re.compile(r"(?:其中[:：])?(.+?)[:：]([-0-9.,]+)")
#: Between labels with their values: wide blanks, or one before a label or a year; pages show one where there are many.
_BETWEEN_PARTS = re.compile(r"\s{2,}|\n|\s(?=[^\s:：]{2,10}[:：])|\s(?=[(（]?(?:19|20)[0-9]{2}年度?[)）]?(?:\s|$))")
_LABELLED = re.compile(r"\S{2,12}?[:：]")
_WORDS, _STOP = re.compile(r"[\u4e00-\u9fff]{2}"), re.compile(r"[。；;]")
_LONGEST_LABEL, _LONGEST_FIELD, _SHORTEST_PROSE = 24, 10, 15
#: A row with so many cells is no label beside running text.
_MOST_BESIDE = 12
#: The most positions that an annex covers.
_LARGEST_ANNEX = 20_000
#: Years are written with digits of either kind: 二〇二三年.
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_LABEL_ALONE = re.compile(r"[^0-9。；;]*[\u4e00-\u9fff]{2}[^0-9。；;]*")
_MONEY = re.compile(r"[0-9]\s*[千万亿]?元")
#: Where a stamp is to be put.
_STAMP = re.compile(r"^[(（][盖公签加]{1,3}章[)）]\s*")
#: What a note below a table begins with, and what each further line of it does.
_NOTE, _FURTHER = (
    re.compile(r"(?:附?注|备注|说明)\s*[:：]\s*\S"),
    re.compile(r"[(（]?[0-9一二三四五六七八九]{1,2}[)）、.．]"),
)
#: What a paragraph before a table may say of the form.
_IN_PARAGRAPHS = {"project", "organisation", "year"}


class Surroundings:
    """Reads what stands outside the rows of a form."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.tables: list[Data] = []
        #: The sections of the report that ends in the form: the heading of each, its place, and its paragraphs.
        self._sections: list[tuple[str, Cell, list[str]]] = []
        #: Amounts that stand beside their labels, by the column of several beside each other, and then by key.
        self._lines: dict[int, dict[str, tuple[Corner, Cell]]] = {}
        #: The row below the goals that were read last, and their columns.
        self._below_goals = -1
        self._goals: dict[str, int] = {}
        #: Whether the row that is read stands above the first header, and the labels of any words there.
        self._is_above = False
        self._fields: list[list[str]] = []
        #: The row below the last line of a note.
        self._below_note = -1

    def paragraph(self, text: str) -> None:
        """Read a paragraph that stands before a table."""
        if is_person(text):
            return
        first = next(iter(self._account.grid.cells.values()))
        if self._is_of_a_section(text, Cell(text, first.place)):
            return
        if _is_title(text):
            self._title(Cell(text, first.place))
            return
        if (unit := amount_unit(text)) is not None:
            self._account.data.setdefault("amount_unit", unit)
        for part in _BETWEEN_PARTS.split(text):
            found = _YEAR.search(part.translate(_DIGITS))
            if found is not None and len(part) <= _LONGEST_YEAR:
                self._account.data.setdefault("year", found[1])
            words, _, inline = part.replace("：", ":").partition(":")
            key = label_meaning(folded(words))
            if key in _IN_PARAGRAPHS and inline.strip():
                self._set(key, words, inline.strip(), None, Cell(part, first.place))

    def _is_of_a_section(self, text: str, cell: Cell) -> bool:
        """Return whether a text is the heading of a section of the report, or a paragraph of it, and keep it."""
        if "title" not in self._account.data:
            return False
        if SECTION.fullmatch(text):
            words, _, inline = text.replace("：", ":").partition(":")
            if inline.strip() and label_meaning(folded(words)) is not None:
                return False
            self._sections.append((text, cell, []))
            return True
        if self._sections:
            self._sections[-1][2].append(text)
        return bool(self._sections)

    def finish(self, budget: list[Data]) -> None:
        """Put what the sections of a report say where it belongs: a goal, or the table of its sections.

        Amounts beside their labels are a budget line, where there is no table of them.
        """
        is_table = bool(budget)
        for found in self._lines.values():
            line: Data = {}
            for of_line, (corner, amount) in found.items():
                if is_table:
                    self._account.leave(amount, NOT_IN_A_COLUMN)
                else:
                    self._account.put(line, ("budget", len(budget)), of_line, corner, amount)
            if line:
                budget.append(line)
        rows: list[list[str]] = []
        for heading, cell, paragraphs in self._sections:
            key, text = label_meaning(folded(heading)), "\n".join(paragraphs)
            if key in {"goal", "goal_result"} and text:
                self._account.set(key, text, None, cell)
            elif text:
                rows.append([heading, text])
        if self._fields:
            self.tables.append({"title": "其他栏目", "header": ["栏目", "内容"], "rows": self._fields})
        if rows:
            self.tables.append({"title": "报告各部分", "header": ["栏目", "内容"], "rows": rows})

    def row(self, row: int, *, is_above: bool = False) -> None:
        """Read a row that belongs to no header; `is_above` says that it stands above the first of them."""
        grid, self._is_above = self._account.grid, is_above
        cells = [(grid.corner(row, column), cell) for column, cell in grid.row(row)]
        if is_above and len(cells) == 1 and cells[0][1].columns >= grid.breadth - 1:
            corner, cell = cells[0]
            if not is_person(cell.text) and self._is_of_a_section(cell.text.strip(), cell):
                self._account.take(corner)
                return
        if len(cells) == 1 and not is_above and self._is_note(*cells[0]):
            return
        if row == self._below_goals:
            self._further_goal(row)
        for index, (corner, cell) in enumerate(cells):
            if corner[0] != row or self._account.is_taken(corner):
                continue
            if is_person(cell.text):
                # That there are such fields is reported, and not what stands in them.
                self._account.leave(cell, FOR_PERSONS, "")
                for one, _ in cells[index:]:
                    self._account.take(one)
                return
            if not self._is_of_parts(corner, cell) and not self._is_of_line(corner, cell):
                self._cell(corner, cell)

    def _is_note(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a row below the table is a note, or a further line of one, and keep it."""
        is_further = corner[0] == self._below_note and _FURTHER.match(cell.text)
        if not (is_further or _NOTE.match(cell.text)) or asks_for_something(cell.text):
            return False
        self._account.note(cell)
        self._account.take(corner)
        self._below_note = corner[0] + cell.rows
        return True

    def _is_of_parts(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a cell holds several labels with their values: 填报单位：某局    单位：万元, and read them."""
        parts = [part.strip() for part in _BETWEEN_PARTS.split(cell.text) if part.strip()]
        if len(parts) < 2 or not all(_LABELLED.match(part) or _YEAR_ALONE.fullmatch(part) for part in parts):
            return False
        if not any(_YEAR_ALONE.fullmatch(one) or _says_what_it_is(one) for one in parts):
            return False
        self._account.take(corner)
        for part in parts:
            words, _, inline = part.replace("：", ":").partition(":")
            key, piece = label_meaning(folded(words)), replace(cell, text=part)
            if is_person(part):
                self._account.leave(piece, FOR_PERSONS, "")
            elif (year := _YEAR_ALONE.fullmatch(part.translate(_DIGITS))) is not None:
                self._account.set("year", year[1], None, piece)
            elif key is not None and inline.strip():
                self._set(key, words, inline.strip(), None, piece)
            elif (unit := amount_unit(part)) is not None:
                self._account.set("amount_unit", unit, None, piece)
            elif inline.strip():
                self._account.leave(piece, reason_of(part))
        return True

    def _cell(self, corner: Corner, cell: Cell) -> None:
        account = self._account
        words, _, inline = cell.text.replace("：", ":").partition(":")
        word = folded(words)
        beside = account.grid.cells.get((corner[0], corner[1] + cell.columns))
        key = _meaning(word, inline.strip() or (beside.text if beside is not None else ""))
        if key is not None and inline.strip():
            self._set(key, words, inline.strip(), corner, cell)
        elif key is not None and (found := self._beside(corner, cell, key)) is not None:
            account.take(corner)
            if PLACEHOLDER.fullmatch(found[1].text):
                account.take(found[0])
            else:
                self._set(key, words, found[1].text.strip(), *found)
            if key in {"goal", "goal_result"} and found[0][0] > corner[0]:
                self._goals[key], self._below_goals = found[0][1], found[0][0] + found[1].rows
        elif word in PROSE or _REASONS.search(word):
            self._prose(corner, cell, inline)
        elif _KINDS.search(word):
            self._kinds(corner, cell, word)
        elif key is not None or word in HEADINGS or word in TOTALS or _BLOCK.search(word):
            account.take(corner)  # a heading over other labels, or a label with nothing beside it
        else:
            self._other(corner, cell)

    def _other(self, corner: Corner, cell: Cell) -> None:
        """Read a cell that is no known label: a title, a year, a unit, a heading, or a label of any words."""
        account = self._account
        if self._is_side(corner, cell):
            account.take(corner)
        elif "title" not in account.data and _is_title(cell.text):
            self._title(cell)
            account.take(corner)
        elif (year := _YEAR_ALONE.fullmatch(cell.text.strip().translate(_DIGITS))) is not None:
            account.set("year", year[1], corner, cell)
        elif (unit := amount_unit(cell.text)) is not None and len(cell.text) < _LONGEST_UNIT:
            account.set("amount_unit", unit, corner, cell)
        elif self._is_heading(corner, cell):
            self._title(cell)
            account.take(corner)
        elif self._is_labelled_prose(corner, cell):
            self._prose(corner, cell, "")
        elif self._is_above and (value := self._value_of(corner, cell)) is not None:
            account.take(corner)
            account.take(value[0])
            self._fields.append([cell.text.strip().rstrip("：:"), value[1].text.strip()])

    def _value_of(self, corner: Corner, cell: Cell) -> tuple[Corner, Cell] | None:
        """Return the words beside a label of any words, such as 资金性质; an amount is none."""
        at = corner[0], corner[1] + cell.columns
        value = self._account.grid.cells.get(at)
        if value is None or self._account.is_taken(at) or _is_label(value) or not _WORDS.search(value.text):
            return None
        is_label = len(folded(cell.text)) <= _LONGEST_FIELD and _LABEL_ALONE.fullmatch(cell.text.strip())
        is_value = not _MONEY.search(value.text) and not asks_for_something(value.text)
        return (at, value) if is_label and is_value else None

    def _is_heading(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a cell is a heading over the whole table, where no title was recognised by its words."""
        account = self._account
        is_wide = cell.columns >= max(2, account.grid.breadth - 1)
        if "title" in account.data or not is_wide or reason_of(cell.text) is not NOT_IN_A_COLUMN:
            return False
        return not any(account.is_taken((row, column)) for row, column in account.grid.cells if row < corner[0])

    def _is_of_line(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a cell is a label such as 全年预算数 with an amount to the right of it, and keep this."""
        key, grid = BUDGET_MEANINGS.get(folded(cell.text)), self._account.grid
        amounts = list(self._amounts_after(corner[0], corner[1] + cell.columns)) if key in AMOUNTS else []
        first = amounts[0][0][1] if len(amounts) > 1 else 0
        if key is None or not amounts or key in self._lines.get(first, {}):
            return False
        self._account.take(corner)
        if (unit := amount_unit(cell.text)) is not None:
            self._account.data.setdefault("amount_unit", unit)
        for at, amount in amounts:
            self._account.take(at)
            line = self._lines.setdefault(0 if len(amounts) == 1 else at[1], {})
            above = grid.cells.get((at[0] - 1, at[1]))
            if not line and len(amounts) > 1 and above is not None:
                line["label"] = (at[0] - 1, at[1]), above
                self._account.take((at[0] - 1, at[1]))
            line[key] = at, amount
        return True

    def _amounts_after(self, row: int, column: int) -> Iterator[tuple[Corner, Cell]]:
        """Yield the amounts that stand beside each other in a row, from a column on."""
        grid = self._account.grid
        while (cell := grid.cells.get((row, column))) is not None and _FIGURE.fullmatch(cell.text):
            yield (row, column), cell
            column += cell.columns

    def _further_goal(self, row: int) -> None:
        """Read one more goal, with what came of it, in the row below those that were read."""
        account, grid = self._account, self._account.grid
        found = {key: grid.cells.get((row, column)) for key, column in self._goals.items()}
        texts = {key: cell.text.strip() for key, cell in found.items() if cell is not None}
        own = {corner for column, _ in grid.row(row) if (corner := grid.corner(row, column))[0] == row}
        if "goal" not in texts or own != {(row, self._goals[key]) for key in texts}:
            return
        for key in texts:
            account.take((row, self._goals[key]))
        goal = {"text": texts["goal"], **({"result": texts["goal_result"]} if "goal_result" in texts else {})}
        account.data.setdefault("further_goals", []).append(goal)
        self._below_goals = row + 1

    def _is_side(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a cell is a heading at the side of several rows, each with cells of its own."""
        right = self._account.grid.cells.get((corner[0], corner[1] + cell.columns))
        return cell.rows > 1 and right is not None and right.rows < cell.rows

    def _is_labelled_prose(self, corner: Corner, cell: Cell) -> bool:
        """Return whether a row is a label of any words, and running text beside it."""
        grid = self._account.grid
        row = list(islice(grid.row(corner[0]), _MOST_BESIDE))
        if len(row) == _MOST_BESIDE:
            return False
        row = [(column, one) for column, one in row if not self._account.is_taken((corner[0], column))]
        row = [(column, one) for column, one in row if grid.corner(corner[0], column)[0] == corner[0]]
        if len(row) != 2 or row[0][0] != corner[1] or row[1][0] != corner[1] + cell.columns:
            return False
        text = row[1][1].text
        is_label = len(folded(cell.text)) <= _LONGEST_LABEL and _WORDS.search(cell.text) and not _STOP.search(cell.text)
        return bool(is_label and _WORDS.search(text)) and (len(text) > _SHORTEST_PROSE or row[1][1].columns > 2)

    def _kinds(self, corner: Corner, cell: Cell, words: str) -> None:
        """Read the amounts that a heading like 按收入性质分 breaks down: a label and an amount in each cell below."""
        account, grid = self._account, self._account.grid
        account.take(corner)
        rows: list[list[str]] = []
        for row in grid.rows(corner[0] + cell.rows, grid.height):
            at = row, corner[1]
            found = grid.cells.get(at)
            match = None if found is None else _LABELLED_AMOUNT.fullmatch("".join(found.text.split()))
            if found is not None and match is None:
                break
            if match is not None:
                account.take(at)
                rows.append([match[1], match[2]])
        if rows:
            self.tables.append({"title": words, "header": [words, "金额"], "rows": rows})

    def _beside(self, corner: Corner, cell: Cell, key: str) -> tuple[Corner, Cell] | None:
        """Return the value of a label: to the right of it, past blank cells, or for a goal below it."""
        grid = self._account.grid
        below = grid.corner(corner[0] + cell.rows, corner[1])
        columns = range(corner[1] + cell.columns, grid.width)
        right = next((at for column in columns if (at := grid.corner(corner[0], column)) in grid.cells), corner)
        for at in (below, right) if key in {"goal", "goal_result"} and cell.rows == 1 else (right,):
            found = grid.cells.get(at)
            if found is not None and at[0] >= corner[0] and not _is_label(found) and not self._account.is_taken(at):
                return at, found
        return None

    def _set(self, key: str, words: str, text: str, corner: Corner | None, cell: Cell) -> None:
        text = _STAMP.sub("", text)
        if key == "organisation" and amount_unit(f"单位:{text}") == text:
            key = "amount_unit"
        if key == "year":
            found = _YEAR.search(text.translate(_DIGITS)) or _BARE_YEAR.search(text.translate(_DIGITS))
            if found is None:
                return
            text = found[1]
        if asks_for_something(text):
            self._account.leave(cell, INSTRUCTION, text)
            if corner is not None:
                self._account.take(corner)
            return
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
        elif any(word in cell.text for word in ("项目", "转移支付", "专项")):
            data.setdefault("kind", "project")


def _meaning(word: str, inline: str) -> str | None:
    """Return the key that a label means; a conclusion in words is no grade."""
    key = label_meaning(word)
    return None if key == "published_grade" and len(inline) > _LONGEST_GRADE else key


def _is_label(cell: Cell) -> bool:
    word = folded(cell.text)
    return label_meaning(word) is not None or word in HEADINGS or is_column_word(word) or is_person(cell.text)


def _says_what_it_is(part: str) -> bool:
    words = part.replace("：", ":").partition(":")[0]
    return label_meaning(folded(words)) is not None or amount_unit(part) is not None or is_person(part)


def _is_title(text: str) -> bool:
    return is_of_title(text) and len(text) < _LONGEST_TITLE and not _STOP.search(text)


def notes_below(account: Account, grid: Grid) -> None:
    """Keep the paragraphs below a table as far as they are notes."""
    last = next(reversed(grid.cells.values()))
    for number, text in enumerate(grid.behind):
        if not _NOTE.match(text) and not (number and _FURTHER.match(text)):
            break
        if not asks_for_something(text):
            account.note(Cell(text, last.place))


def notes_of_annex(account: Account, grid: Grid) -> None:
    """Keep the notes of a table that is no form: its last rows, and the paragraphs below it."""
    for row in _rows_of_notes(grid):
        account.note(next(cell for _, cell in grid.row(row)))
    notes_below(account, grid)


def _rows_of_notes(grid: Grid) -> list[int]:
    """Return the last rows of a table that are notes: one cell in each."""
    rows: list[int] = []
    for row in reversed(list(grid.rows(1, grid.height))):
        cells = [cell for _, cell in grid.row(row)]
        if len(cells) > 1 or not (_NOTE.match(cells[0].text) or _FURTHER.match(cells[0].text)):
            break
        rows.insert(0, row)
    return rows if rows and _NOTE.match(grid.text(rows[0], grid.width - grid.breadth)) else []


def is_list(grid: Grid) -> bool:
    """Return whether a table lists forms, and is none: its title says so."""
    first = [cell.text for row in list(grid.rows(0, grid.height))[:2] for _, cell in grid.row(row)]
    return any(_LIST.search(text) for text in [*grid.before[-1:], *first[:2]])


def annexes(grid: Grid) -> Iterator[Data]:
    """Yield a table of figures or tasks that is no form, as far as it has one header after the other.

    A table that may be a form in words that are not known is none, and neither is a list of persons.
    """
    header = None if is_list(grid) else header_like(grid)
    known = frozenset() if header is None else header.meanings() & _OF_A_FORM
    notes = _rows_of_notes(grid)
    rows = [(row, [cell for _, cell in grid.row(row)]) for row in grid.rows(0, grid.height) if row not in notes]
    if "name" in known or len(known) > 1 or any(_PERSONAL.search(cell.text) for cell in grid.cells.values()):
        return
    titles = [*(text for text in grid.before[-2:-1] if reason_of(text) is ANNEX_NUMBER), *grid.before[-1:]]
    while rows and len(rows[0][1]) == 1 and rows[0][1][0].columns >= grid.breadth - 1:
        titles.append(rows.pop(0)[1][0].text)
    title = " ".join(" ".join(text.split()) for text in titles)
    is_table = title and len(rows) > 1 and grid.breadth * len(rows) < _LARGEST_ANNEX
    blocks = list(_blocks(grid, [row for row, _ in rows])) if is_table else []
    for words, head, body in blocks:
        yield {"title": f"{title}：{words}" if len(blocks) > 1 else title, "header": head, "rows": body}


def _blocks(grid: Grid, rows: Sequence[int]) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield the words, the header and the rows of each part of a table that has a header of its own."""
    heads = [row for at, row in enumerate(rows) if at == 0 or _is_prose(grid, row) or _is_head(grid, row, rows[at - 1])]
    for head, end in zip(heads, [*heads[1:], rows[-1] + 1], strict=True):
        if _is_prose(grid, head):
            label, text = (cell.text.strip() for _, cell in grid.row(head))
            yield label, [label], [[text]]
            continue
        below = [row for row in rows if head < row < end]
        left = grid.width - grid.breadth
        # A heading at the side, merged over all rows of the part, is no column.
        is_side = bool(below) and grid.corner(below[-1], left) == (head, left)
        columns = range(left + is_side, grid.width)
        texts = [[_text_at(grid, row, column) for column in columns] for row in (head, *below)]
        used = [at for at in range(len(columns)) if any(row[at] for row in texts)]
        yield grid.text(head, left), [texts[0][at] for at in used], [[row[at] for at in used] for row in texts[1:]]


def _text_at(grid: Grid, row: int, column: int) -> str:
    """Return the text of a cell that begins in a column; one that is merged from above stands in each of its rows."""
    return grid.text(row, column).strip() if grid.corner(row, column)[1] == column else ""


def _is_prose(grid: Grid, row: int) -> bool:
    """Return whether a row is a label and running text that extends over the other columns."""
    cells = [cell for _, cell in grid.row(row)]
    return len(cells) == 2 and cells[1].columns >= max(2, grid.breadth - 1) and _FIGURE.fullmatch(cells[1].text) is None


def _is_head(grid: Grid, row: int, before: int) -> bool:
    """Return whether a row is the header of the rest of a table: words alone, below a row of figures."""
    cells, above = ([cell.text for _, cell in grid.row(one)] for one in (row, before))
    return len(cells) > 2 and not any(map(_FIGURE.fullmatch, cells)) and any(map(_FIGURE.fullmatch, above))
