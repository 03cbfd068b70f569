"""The other tables of a document: their sums and rates, and what contradicts the indicators or the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Place, Row
from pfscore.auditing.checks.budget_parts import top_level
from pfscore.auditing.figures import Figure, Guess, is_blank, likely_cause, read_figure, show
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import item_number, plain_name
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Bound
from pfscore.forms.form import Table
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold_without_spaces
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message, joined

_SUM = re.compile(r"(?:合计|总计|小计)[:：]?")
#: Columns whose numbers are not added up.
_NO_AMOUNT = re.compile(r"率|比例|占比|序号|%|单价|年度|年份|批次|编号|代码|时间|日期|标准(?!分)")
_PART = re.compile(r"\s*其中")
_MORE = re.compile(r"[.…·\s]+")
_UNITS = re.compile(r"(万元|元|亿元|万|人|个|项|次|户|套|年|月|天|㎡|平方米)$")
_PLAN = re.compile(r"编制|批复|预算|计划|概算|核定|年初")
_DONE = re.compile(r"实际|决算|执行|完成|在职|支出")
_CONTROL = re.compile(r".*控制率")
_BUDGETED = re.compile(r"((?:20[0-9]{2})?年?)(?:年初|全年|调整后)?预算数?")
_SPENT = re.compile(r"((?:20[0-9]{2})?年?)(?:决算|执行|实际支出)数?")
_ANNEX = re.compile(r"附件|附表|明细|资金|绩效目标")
_MONEY_HEAD = re.compile(r"金额|资金|预算|支付|下达")


def _table_number(text: str | None) -> Figure | None:
    """Read a cell of a table: a number with or without a sign of comparison and a unit behind it."""
    if text is None:
        return None
    bare = re.sub(r"^[≥≤=<>]+", "", fold_without_spaces(text))
    return read_figure(_UNITS.sub("", bare))


def _is_sum(cell: str | None) -> bool:
    """Return whether a cell says that its row is a sum: 合计, 小计."""
    return bool(_SUM.fullmatch("".join((cell or "").split())))


def table_sums(case: Case) -> Iterator[Finding]:
    """PF713: a 合计 of a table, or a line with numbered items below it, is not the sum of them."""
    for number, table in enumerate(case.form.tables):
        for index, cells in enumerate(table.rows):
            if any(_is_sum(cell) for cell in cells[:2]):
                start = _start(table, index)
                yield from _compare(case, number, index, range(start, index))
        for index, items in _numbered(table):
            yield from _compare(case, number, index, items)


def _start(table: Table, end: int) -> int:
    """Return where the rows begin that a 合计 at `end` adds up: behind the 合计 before it."""
    before = [index for index in range(end) if any(_is_sum(cell) for cell in table.rows[index][:2])]
    return before[-1] + 1 if before else 0


def _numbered(table: Table) -> Iterator[tuple[int, list[int]]]:
    """Yield each line that is followed by numbered items, with the items; a list that says 其中 or …… is open."""
    labels = [(cells[0] or "") if cells else "" for cells in table.rows]
    numbers = [item_number(label) for label in labels]
    for index, label in enumerate(labels[:-1]):
        first = numbers[index + 1]
        own = numbers[index]
        if not label or _PART.match(label) or first is None or not first[1] or (own is not None and own[0] == first[0]):
            continue
        items, inside = list[int](), False
        for place in range(index + 1, len(labels)):
            number = numbers[place]
            if number is not None and number[0] == first[0] and not (items and number[1]):
                items.append(place)
                inside = False
            elif number is not None and number[0] not in {first[0], own[0] if own is not None else None}:
                continue  # an item of an item
            elif _MORE.fullmatch(labels[place]):
                items.clear()
                break
            elif _PART.match(labels[place]):
                inside = True
            elif number is not None or not inside:
                break
        if len(items) > 1:
            yield index, items


def _compare(case: Case, number: int, index: int, items: Sequence[int]) -> Iterator[Finding]:
    table = case.form.tables[number]
    for column, text in enumerate(table.rows[index]):
        head = table.header[column] if column < len(table.header) else ""
        if column == 0 or _NO_AMOUNT.search(head) or (whole := _table_number(text)) is None:
            continue
        cells = [table.rows[item][column] if column < len(table.rows[item]) else None for item in items]
        figures = [_table_number(cell) for cell in cells if not is_blank(cell)]
        if not figures or any(figure is None or figure.scale != 1 for figure in figures) or whole.scale != 1:
            continue
        parts = [figure for figure in figures if figure is not None]
        total = sum((figure.value for figure in parts), start=Fraction(0))
        if total != whole.value and not _adds_up_within(table, items, column, whole.value):
            label = table.rows[index][0] or "合计"
            yield case.finding(
                "PF713",
                None,
                ("tables", number, "rows", index, column),
                name=plain_name(label) or table.title,
                published=text,
                computed=decimal_text(total),
                evidence=[f"{' + '.join(figure.text for figure in parts)} = {decimal_text(total)}"],
                table=table.title,
                column=Message(f"“{head}”一栏", f"column {head}, ") if head else "",
                label=label.strip(),
            )


def _adds_up_within(table: Table, items: Sequence[int], column: int, whole: Fraction) -> bool:
    """Return whether items add up where some of them break down the one before: 基本支出, 其中：人员经费."""
    every = [_table_number(table.rows[item][column]) if column < len(table.rows[item]) else None for item in items]
    known = [(item, one.value) for item, one in zip(items, every, strict=True) if one is not None]
    outer = [value for item, value in known if not _PART.match("".join(filter(None, table.rows[item][:1])))]
    return any(top_level(parts, whole) is not None for parts in ([value for _, value in known], outer))


def control_rates(case: Case) -> Iterator[Finding]:
    """PF704: a control rate that a table prints is not actual ÷ planned, taken from the two columns before it."""
    for number, table in enumerate(case.form.tables):
        for column, head in enumerate(table.header):
            if column < 2 or not _CONTROL.fullmatch(head) or _DONE.search(table.header[column - 1]) is None:
                continue
            if _PLAN.search(table.header[column - 2]) is None:
                continue
            for index, cells in enumerate(table.rows):
                if len(cells) > column:
                    yield from _control(case, (number, index, column), cells, head)


def _control(case: Case, at: tuple[int, int, int], cells: Sequence[str | None], head: str) -> Iterator[Finding]:
    number, index, column = at
    planned, done, printed = (_table_number(cells[column - back]) for back in (2, 1, 0))
    if planned is None or done is None or printed is None or not planned.value:
        return
    exact = done.value / planned.value
    if printed.scale == 1 and printed.value > 1:
        printed = Figure(printed.text, printed.value / 100, printed.digits, 100)
    if printed.agrees(exact, case.dossier.rate_rounding):
        return
    quotient = f"{done.text} ÷ {planned.text}"
    guesses = [Guess(Message("分子分母颠倒", "numerator and denominator swapped"), 1 / exact)] if exact else []
    yield case.finding(
        "PF704 rounded" if printed.roundings_of(exact) else "PF704",
        None,
        ("tables", number, "rows", index, column),
        name=head,
        published=printed.text,
        computed=printed.write(exact, case.dossier.rate_rounding),
        evidence=[f"{quotient} = {show(exact * 100)}%"],
        cause=likely_cause(printed, exact, guesses),
        rate=head,
        quotient=quotient,
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """A cell of another table that states an amount for something that an indicator names, too."""

    text: str
    quantity: Quantity
    place: Place
    title: str


def items_and_indicators(case: Case) -> Iterator[Finding]:
    """PF766: another table sets a different figure for what an indicator names."""
    named: dict[str, list[_Item]] = {}
    for number, table in enumerate(case.form.tables):
        for index, cells in enumerate(table.rows):
            for cell in cells:
                name = plain_name(cell or "")
                if name:
                    named.setdefault(name, []).extend(_items(table, number, index))
    for row in case.rows:
        yield from _item_findings(case, row, named.get(row.plain, []))


def _items(table: Table, number: int, index: int) -> Iterator[_Item]:
    for column, cell in enumerate(table.rows[index]):
        head = table.header[column] if column < len(table.header) else ""
        unit = re.search(r"[（(](?:单位[:：])?(万元|亿元|元)[)）]", head)
        if cell and re.search(r"[0-9]", cell):
            try:
                reading = parse_target("".join(cell.split()), unit=None if unit is None else unit[1])
            except ExpressionError:
                continue
            if isinstance(reading, Bound) and reading.quantity.unit is not None:
                yield _Item(cell, reading.quantity, ("tables", number, "rows", index, column), table.title)


def _item_findings(case: Case, row: Row, items: Sequence[_Item]) -> Iterator[Finding]:
    if not isinstance(row.target, Bound):
        return
    wanted = row.target.quantity
    same = [item for item in items if _kind(item.quantity) == _kind(wanted) and _kind(wanted) is not None]
    if len({item.quantity.base for item in same}) != 1 or same[0].quantity.base == wanted.base:
        return
    item = same[0]
    yield case.finding(
        "PF766",
        row,
        "target",
        published=row.indicator.full_target,
        computed=item.text,
        target=row.shown_target,
        table=item.title,
    )


def _kind(quantity: Quantity) -> str | None:
    """Return what is measured; an amount per project is an amount."""
    return None if quantity.dimension is None else quantity.dimension.removesuffix("/项目")


def overspending(case: Case) -> Iterator[Finding]:
    """PF717, PF718: a table shows spending without a budget, or above it, for the same year."""
    for number, table in enumerate(case.form.tables):
        columns = _columns(table)
        if columns is None:
            continue
        for index, cells in enumerate(table.rows):
            planned, spent = (_table_number(cells[column]) if column < len(cells) else None for column in columns)
            if planned is None or spent is None or planned.scale != 1 or spent.value <= planned.value:
                continue
            yield case.finding(
                "PF718" if planned.value else "PF717 table",
                None,
                ("tables", number, "rows", index, columns[1]),
                name=re.sub(r"^其中[:：]", "", plain_name((cells[0] or "").strip())) or table.title,
                published=spent.text,
                computed=planned.text,
                budget=table.header[columns[0]],
                spending=table.header[columns[1]],
            )


def _columns(table: Table) -> tuple[int, int] | None:
    """Return the columns of budget and of spending of one year."""
    budgeted = {match[1]: column for column, head in enumerate(table.header) if (match := _BUDGETED.fullmatch(head))}
    spent = {match[1]: column for column, head in enumerate(table.header) if (match := _SPENT.fullmatch(head))}
    return next(((budgeted[year], spent[year]) for year in budgeted if year in spent), None)


def totals_of_annexes(case: Case) -> Iterator[Finding]:
    """PF719: the total of an annex agrees with no figure of the budget."""
    line = case.total_line
    if line is None or case.form.kind != "project":
        return
    known = {amount for amount in (line.initial, line.budget, line.expenditure) if amount is not None}
    if not known:
        return
    for number, table in enumerate(case.form.tables):
        if not _ANNEX.search(table.title):
            continue
        for index, cells in enumerate(table.rows):
            if not any(_is_sum(cell) for cell in cells[:2]):
                continue
            for column, text in enumerate(cells):
                head = table.header[column] if column < len(table.header) else ""
                figure = _table_number(text)
                if column == 0 or figure is None or not _MONEY_HEAD.search(head) or figure.value in known:
                    continue
                yield case.finding(
                    "PF719",
                    None,
                    ("tables", number, "rows", index, column),
                    name=table.title,
                    published=text,
                    computed=line.line.budget or decimal_text(figure.value),
                    amounts=_known_amounts(line),
                )


def _known_amounts(line: Line) -> Message:
    amounts = (
        ("年初预算数", "initial", line.line.initial),
        ("全年预算数", "budget", line.line.budget),
        ("执行数", "expenditure", line.line.expenditure),
    )
    return joined(Message(f"{zh} {amount}", f"{en} {amount}") for zh, en, amount in amounts if amount)
