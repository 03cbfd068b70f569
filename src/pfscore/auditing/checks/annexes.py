"""Annexes against the budget: spending that was not budgeted, and totals that no budget figure agrees with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case
from pfscore.auditing.checks.tables import is_sum, table_number
from pfscore.auditing.finding import Finding
from pfscore.forms.form import Table
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.scoring.row.rule_choice import plain_name

_BUDGETED = re.compile(r"((?:20[0-9]{2})?年?)(?:年初|全年|调整后)?预算数?")
_SPENT = re.compile(r"((?:20[0-9]{2})?年?)(?:决算|执行|实际支出)数?")
_ANNEX = re.compile(r"附件|附表|明细|资金|绩效目标")
_MONEY_HEAD = re.compile(r"金额|资金|预算|支付|下达")


def overspending(case: Case) -> Iterator[Finding]:
    """PF717, PF718: a table shows spending without a budget, or above it, for the same year."""
    for number, table in enumerate(case.form.tables):
        columns = _columns(table)
        if columns is None:
            continue
        for index, cells in enumerate(table.rows):
            planned, spent = (table_number(cells[column]) if column < len(cells) else None for column in columns)
            if planned is None or spent is None or planned.scale != 1 or spent.value <= planned.value:
                continue
            without = planned.value == 0
            label = (cells[0] or "").strip()
            head = table.header[columns[0]], table.header[columns[1]]
            yield case.finding(
                "PF717" if without else "PF718",
                Severity.WARNING if without else Severity.NOTE,
                Message(
                    f"{head[0]} {planned.text}，{head[1]} {spent.text}："
                    + ("没有预算而有支出" if without else "超过预算"),
                    f"{head[0]} {planned.text}, {head[1]} {spent.text}: "
                    + ("spent without a budget" if without else "above the budget"),
                ),
                name=re.sub(r"^其中[:：]", "", plain_name(label)) or table.title,
                cell=("tables", number, "rows", index, columns[1]),
                published=spent.text,
                computed=planned.text,
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
            if not any(is_sum(cell) for cell in cells[:2]):
                continue
            for column, text in enumerate(cells):
                head = table.header[column] if column < len(table.header) else ""
                figure = table_number(text)
                if column == 0 or figure is None or not _MONEY_HEAD.search(head) or figure.value in known:
                    continue
                yield _annex(case, table, text or "", figure.value, ("tables", number, "rows", index, column))


def _annex(case: Case, table: Table, text: str, total: Fraction, place: tuple[str | int, ...]) -> Finding:
    line = case.total_line
    amounts = (
        ("年初预算数", "initial", None if line is None else line.line.initial),
        ("全年预算数", "budget", None if line is None else line.line.budget),
        ("执行数", "expenditure", None if line is None else line.line.expenditure),
    )
    zh = "、".join(f"{title} {amount}" for title, _, amount in amounts if amount)
    en = ", ".join(f"{title} {amount}" for _, title, amount in amounts if amount)
    return case.finding(
        "PF719",
        Severity.NOTE,
        Message(
            f"《{table.title}》合计 {text}，与{zh}都不同",
            f"the total of table {table.title} is {text}; it is none of {en}",
        ),
        name=table.title,
        cell=place,
        published=text,
        computed=None if line is None else line.line.budget or decimal_text(total),
    )


CHECKS = (overspending, totals_of_annexes)
