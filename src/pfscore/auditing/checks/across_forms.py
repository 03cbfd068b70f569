"""Figures that differ between the forms of one body and year, and cost rows that differ from the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pfscore.auditing.case import Case, Row
from pfscore.auditing.figures import is_blank, power_of_ten, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Achieved, Between, Bound, Measured, Reading, TargetKind
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message, joined
from pfscore.scoring.row.comparing.readings_of_row import quantities
from pfscore.scoring.row.preparing.related.amounts import is_for_each

#: The factors of a wrong unit in words.
_FACTORS = {10: "十", 100: "百", 1000: "千", 10**4: "一万", 10**8: "一亿"}
#: The sentence, by the cell that differs and whether a wrong unit explains it.
_KEYS = {
    ("target", False): "PF760",
    ("target", True): "PF762 target",
    ("actual", False): "PF761",
    ("actual", True): "PF762",
}

_Place = tuple[Case, Row]


def same_targets(case: Case) -> Iterator[Finding]:
    """PF760: the same indicator has another target in the other forms of the body. PF762: another scale."""
    return _differing(case, "target")


def same_actuals(case: Case) -> Iterator[Finding]:
    """PF761: the same indicator has another actual in the other forms of the body. PF762: another scale."""
    return _differing(case, "actual")


def _differing(case: Case, key: str) -> Iterator[Finding]:
    """Yield the rows of numbers of which most rows that are the same indicator, in several forms, have another cell."""
    for row in case.rows:
        places = [] if row.identity is None else case.dossier.by_name[row.identity]
        if all(other is case for other, _ in places):
            continue
        if key == "actual":
            places = [place for place in places if isinstance(place[1].actual, Measured | Achieved)]
            if not isinstance(row.actual, Measured | Achieved):
                continue
        said = [str(_canonical(getattr(other, key))) for _, other in places]
        common = _common(said)
        if str(_canonical(getattr(row, key))) != common:
            others = [place for place, one in zip(places, said, strict=True) if one == common]
            yield _differs(case, row, others, key)


def _canonical(reading: Reading | None) -> object:
    """Return a reading in base units, so that 1 亿元 and 10000 万元 are the same."""
    match reading:
        case Bound(op, quantity):
            return op.value, quantity.base
        case Between(low, high):
            return low.base, high.base, reading.low_open, reading.high_open
        case Measured(quantity):
            return quantity.base
        case Achieved(op, quantity):
            return op.value, quantity.base
    return str(reading)


def _common(values: list[str]) -> str:
    """Return the value that most rows have; of several, the first."""
    counted = Counter(values)
    most = max(counted.values())
    return next(value for value in values if counted[value] == most)


def _differs(case: Case, row: Row, others: list[_Place], key: str) -> Finding:
    factor = power_of_ten(_quantity(row, key), _quantity(others[0][1], key))
    shown = _cell(others[0][1], key)
    listed = joined(
        Message(f"《{other.short_title}》第 {found.number} 行", f"{other.short_title} row {found.number}")
        for other, found in others
    )
    return case.finding(
        _KEYS[key, factor is not None],
        row,
        key,
        published=_printed(row, key),
        computed=_printed(others[0][1], key),
        evidence=[Message(f"{shown}：{listed.zh}", f"{shown}: {listed.en}")],
        cause=None
        if factor is None
        else Message(
            f"两数正好差{_FACTORS[factor]}倍，像是单位写错", f"they differ by exactly {factor}: a unit looks wrong"
        ),
        mine=_cell(row, key),
        theirs=shown,
        count=len(others),
    )


def _cell(row: Row, key: str) -> str:
    """Return a cell with the sign and the unit of its row."""
    text = row.indicator.actual or ""
    if key == "target":
        return row.shown_target
    return text if not row.indicator.unit or not text[-1:].isdigit() else f"{text}{row.indicator.unit}"


def _printed(row: Row, key: str) -> str | None:
    return row.indicator.full_target if key == "target" else row.indicator.actual


def _quantity(row: Row, key: str) -> Quantity | None:
    held = quantities(row.target if key == "target" else row.actual)
    return held[0] if len(held) == 1 else None


def project_spending(case: Case) -> Iterator[Finding]:
    """PF763: the projects' forms have more money than the department's form says was spent on projects."""
    if case.form.kind != "department":
        return
    projects = [other for other in case.others if other.form.kind == "project"]
    for column, title in (
        ("budget", Message("全年预算数", "budget")),
        ("expenditure", Message("执行数", "expenditure")),
    ):
        said = _project_amount(case, column)
        amounts = [amount for other in projects if (amount := other.in_money(other.total_line, column)) is not None]
        if said is None or not amounts:
            continue
        text, whole = said
        total = sum(amounts, start=Fraction(0))
        if total <= whole:
            continue
        unit = case.money or Fraction(1)
        listed = "、".join(f"《{other.short_title}》" for other in projects)
        yield case.finding(
            "PF763",
            name="项目支出",
            published=text,
            computed=decimal_text(total / unit),
            evidence=[Message(f"项目表：{listed}", f"projects: {', '.join(other.form.title for other in projects)}")],
            column=title,
        )
        return


def _project_amount(case: Case, column: str) -> tuple[str, Fraction] | None:
    """Return what the form says about project spending, from its budget lines or another table, in 元."""
    unit = case.money or Fraction(1)
    for line in case.lines:
        amount: Fraction | None = getattr(line, column)
        if plain_name(line.name) == "项目支出" and amount is not None:
            return str(getattr(line.line, column)), amount * unit
    for table in case.form.tables:
        for cells in table.rows:
            if len(cells) == 2 and plain_name(cells[0] or "") == "项目支出":
                figure = read_figure(cells[1])
                if figure is not None:
                    return figure.text, figure.value * unit
    return None


def cost_limits(case: Case) -> Iterator[Finding]:
    """PF764: a cost target above the budget, or still the initial budget after the budget was changed."""
    line, unit = case.total_line, case.money
    rows = _cost_rows(case)
    if line is None or not line.budget or unit is None or len(rows) != 1:
        return
    row = rows[0]
    limit = _limit(row)
    if limit is None or limit == line.budget * unit:
        return
    is_initial = line.initial is not None and limit == line.initial * unit and line.initial != line.budget
    if limit <= line.budget * unit and not is_initial:
        return
    yield case.finding(
        "PF764 initial" if is_initial else "PF764",
        row,
        "target",
        published=row.indicator.full_target,
        computed=line.line.budget,
        limit=row.shown_target,
    )


def _limit(row: Row) -> Fraction | None:
    """Return a cost row's ceiling in 元."""
    if isinstance(row.target, Bound) and row.target.op in {
        TargetKind.AT_MOST,
        TargetKind.LESS_THAN,
        TargetKind.BARE,
        TargetKind.EQUAL,
    }:
        return row.target.quantity.base
    return None


def _cost_rows(case: Case) -> list[Row]:
    """Return the rows of a cost block that state amounts of money, for the whole or for each project."""
    return [row for row in case.rows if _is_cost(row) and _is_money(row.target)]


def _is_cost(row: Row) -> bool:
    return row.is_applicable and any("成本" in part for part in row.indicator.path)


def _is_money(reading: Reading | None) -> bool:
    held = quantities(reading)
    return bool(held) and (held[0].dimension or "").removesuffix("/项目") == "货币"


def cost_sums(case: Case) -> Iterator[Finding]:
    """PF765: what the cost rows say was spent is not what the budget line says."""
    line, unit = case.total_line, case.money
    listed = [row for row in case.rows if _is_cost(row) and (_is_money(row.target) or _is_money(row.actual))]
    rows = [row for row in listed if not _is_for_each(row)]
    if line is None or line.expenditure is None or unit is None or not rows or any(row.is_doubted for row in rows):
        return
    if any(_is_cost(row) and row.actual is None and not is_blank(row.indicator.actual) for row in case.rows):
        return
    amounts = [row.actual.quantity.base for row in rows if isinstance(row.actual, Measured)]
    total, spent = sum(amounts, start=Fraction(0)), line.expenditure * unit
    if len(amounts) != len(rows) or total == spent or (len(rows) == 1 and not _is_whole(case, rows[0])):
        return
    if total < spent and len(rows) < len(listed):
        return  # what each of something cost is a part of what was spent
    single = rows[0] if len(rows) == 1 else None
    shown = decimal_text(total / unit)
    yield case.finding(
        "PF765" if total > spent else "PF765 below",
        single,
        "actual" if single else "indicators",
        name=rows[0].name if single else "成本指标",
        published=shown,
        computed=line.line.expenditure,
        evidence=[_cost_steps(rows, shown)],
        count=len(rows),
        rest=decimal_text((spent - total) / unit),
    )


def _is_for_each(row: Row) -> bool:
    """Return whether a cost is that of each of something: 1450元/亩, 设备采购单价."""
    cells = (row.indicator.full_target, row.indicator.actual, row.indicator.unit)
    of = [fold(text).rpartition("/")[2].strip().removeprefix("每") for text in cells if text and "/" in fold(text)]
    return any(one not in _WHOLE for one in of) or is_for_each(row.plain)


#: What there is one of in a form: 36万元/项目 is all of it.
_WHOLE = frozenset({"项目", "个项目", "年"})


def _is_whole(case: Case, row: Row) -> bool:
    """Return whether a single cost row is about the whole project: its limit is one of the project's budgets."""
    line, unit, limit = case.total_line, case.money, _limit(row)
    if line is None or unit is None or limit is None:
        return False
    return limit in {amount * unit for amount in (line.initial, line.budget) if amount is not None}


def _cost_steps(rows: list[Row], total: str) -> Message:
    said = ((row.indicator.actual, row.number) for row in rows)
    parts = joined((Message(f"{text}（第 {at} 行）", f"{text} (row {at})") for text, at in said), " + ", " + ")
    return Message(f"{parts.zh} = {total}", f"{parts.en} = {total}")
