"""Budget lines that are parts of others: which belong to which, and whether they add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from pfscore.auditing.case import Case, Line
from pfscore.auditing.figures import as_ratio, read_figure
from pfscore.auditing.finding import Finding
from pfscore.cells.indicator_names import plain_name
from pfscore.forms.form import is_total
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message, joined
from pfscore.scoring.row.figures import FAR_APART

#: Where money comes from and what it is spent on: the usual parts of a total.
_SOURCES = re.compile(
    r"(?:其中[:：]?)?(?:当年|本年|上年)?(?:财政拨款|财政资金|财政拨款小计|财政专户管理资金|单位资金|自筹资金|"
    r"上年结转(?:资金)?|结转结余资金|上年结余|其他资金|其他)"
)
_KINDS = re.compile(r"(?:其中[:：]?)?(?:基本支出|项目支出|公用经费|人员经费)")
#: The parts of a 小计 of the treasury's money.
_TREASURY = re.compile(r"(?:其中[:：]?)?(?:一般公共预算|政府性基金|国有资本经营|社会保险基金|财政专户管理|纳入专户)\S*")
#: An amount in the wrong unit is large; a line of 0.01 beside one of 10.01 is only small.
LEAST_WRONG_UNIT = 1000
#: How far apart amounts are of which another figure shows that one is in the wrong unit: 612000 千元 beside 680.
_APART_IF_SHOWN = 100
#: What an amount in 元 is of the same in 万元 and 千元.
_FACTORS = (10000, 1000)
#: The amounts of a budget line, and what they are called.
COLUMNS = (
    ("initial", Message("年初预算数", "initial budget")),
    ("adjustment", Message("调整数", "adjustment")),
    ("budget", Message("全年预算数", "budget")),
    ("expenditure", Message("执行数", "expenditure")),
    ("half_year", Message("半年计划执行数", "half-year plan")),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """A line and the lines that it should be the sum of."""

    whole: Line
    parts: tuple[Line, ...]


def _groups(lines: Sequence[Line]) -> Iterator[_Group]:
    """Find the totals among budget lines and their parts; where labels do not tell, there is no group."""
    for _, members in groupby(lines, key=lambda line: line.line.group):
        yield from _groups_of(list(members))


def _groups_of(lines: list[Line]) -> Iterator[_Group]:
    labels = [plain_name(line.name) for line in lines]
    kinds = [index for index, label in enumerate(labels) if _KINDS.fullmatch(label)]
    whole = next((index for index, label in enumerate(labels) if is_total(label)), None)
    projects = next((index for index in kinds if labels[index].endswith("项目支出")), None)
    if projects is not None:
        below = [
            line for line, label in zip(lines[projects + 1 :], labels[projects + 1 :], strict=True) if not _known(label)
        ]
        if below and len(below) == len(lines) - projects - 1:
            yield _Group(lines[projects], tuple(below))
        top = [lines[index] for index in kinds if labels[index].endswith(("基本支出", "项目支出"))]
        if whole is not None and whole < kinds[0] and len(top) == 2:
            yield _Group(lines[whole], tuple(top))
        return
    subtotal = next((index for index, label in enumerate(labels) if label.endswith("小计")), None)
    inner: list[int] = []
    if subtotal is not None:
        for index in range(subtotal + 1, len(lines)):
            if not _TREASURY.fullmatch(labels[index]):
                break
            inner.append(index)
        if inner:
            yield _Group(lines[subtotal], tuple(lines[index] for index in inner))
    if whole is None:
        return
    outer = [index for index in range(len(lines)) if index != whole and index not in inner and index > whole]
    parts = [lines[index] for index in outer]
    if outer and all(_SOURCES.fullmatch(labels[index]) for index in outer):
        yield _Group(lines[whole], tuple(parts))
    else:
        yield from _groups_by_amounts(lines[whole], parts)


def _groups_by_amounts(whole: Line, lines: Sequence[Line]) -> Iterator[_Group]:
    """Yield a total and its parts, whatever they are called, where amounts show that no part is left out.

    The parts have all the budget, or all the initial budget and all that was spent.
    """
    for columns in (("budget",), ("initial", "expenditure")):
        top, *others = (_top_level(lines, column, whole) for column in columns)
        if len(lines) > 1 and top and all(one == top for one in others):
            yield _Group(whole, tuple(lines[index] for index in top))
            for index, following in pairwise((*top, len(lines))):
                if below := lines[index + 1 : following]:
                    yield _Group(lines[index], tuple(below))
            return


def _top_level(lines: Sequence[Line], column: str, whole: Line) -> list[int]:
    """Return the places of the lines that add up to a total in a column; the others are parts of them."""
    amounts, total = [getattr(line, column) for line in lines], getattr(whole, column)
    return [] if None in amounts or not total else top_level(amounts, total) or []


def _known(label: str) -> bool:
    return bool(_KINDS.fullmatch(label) or _SOURCES.fullmatch(label) or is_total(label))


def parts_and_wholes(case: Case) -> Iterator[Finding]:
    """PF706: budget lines that do not add up to the line that they are parts of."""
    for group in _groups(case.lines):
        if _is_left_at_zero(group.whole) and any(line.budget or line.expenditure for line in group.parts):
            yield _left_at_zero(case, group)
            continue
        wrong = [column for column, _ in COLUMNS if _is_off(case, group, column)]
        alike: dict[tuple[Fraction | None, ...], list[str]] = {}
        for column in wrong:
            alike.setdefault(tuple(getattr(line, column) for line in (group.whole, *group.parts)), []).append(column)
        for columns in alike.values():
            yield _wrong_sum(case, group, columns)


def wholes_left_at_zero(case: Case) -> list[Line]:
    """Return the totals that print nothing but zeros above parts that have amounts."""
    return [
        group.whole
        for group in _groups(case.lines)
        if _is_left_at_zero(group.whole) and any(line.budget or line.expenditure for line in group.parts)
    ]


def _is_left_at_zero(line: Line) -> bool:
    """Return whether every amount that a line prints is zero."""
    amounts = [amount for amount in (line.initial, line.budget, line.expenditure) if amount is not None]
    return len(amounts) > 1 and not any(amounts)


def _left_at_zero(case: Case, group: _Group) -> Finding:
    """PF706 of a total that was never filled in: one finding, whatever the number of its columns."""
    sums = []
    for column, title in COLUMNS:
        parts: list[Fraction] = [value for line in group.parts if (value := getattr(line, column)) is not None]
        if any(parts):
            sums.append((title, decimal_text(sum(parts, start=Fraction(0)))))
    listed = joined((Message(f"{title.zh} {total}", f"{title.en} {total}") for title, total in sums), "，")
    return case.finding(
        "PF706 zero", group.whole, "budget", published=group.whole.line.budget, computed=sums[0][1], sums=listed
    )


def _parts(group: _Group, column: str) -> list[Fraction]:
    return [value for line in group.parts if (value := getattr(line, column)) is not None]


def _is_off(case: Case, group: _Group, column: str) -> bool:
    """Return whether the parts of a total do not add up to it in a column."""
    whole, parts = getattr(group.whole, column), _parts(group, column)
    if whole is None or not parts or any(_unreadable(line, column) for line in group.parts):
        return False
    return top_level(parts, whole) is None and not _in_one_unit(case, group, column)


def _wrong_sum(case: Case, group: _Group, columns: Sequence[str]) -> Finding:
    """PF706: one finding for columns with the same amounts."""
    column, parts = columns[0], _parts(group, columns[0])
    total = sum(parts, start=Fraction(0))
    off = getattr(group.whole, column) - total
    printed: str = getattr(group.whole.line, column)
    return case.finding(
        "PF706 rounding"
        if _may_round(group, column, off)
        else "PF706 some"
        if off > 0 and len(parts) < max(2, len(group.parts))
        else "PF706",
        group.whole,
        column,
        published=printed,
        computed=decimal_text(total),
        evidence=[_sum_text(group, column, total)],
        column=joined(title for name, title in COLUMNS if name in columns),
        count=len(parts),
        off=decimal_text(abs(off)),
    )


def top_level(parts: Sequence[Fraction], whole: Fraction) -> list[int] | None:
    """Return the places of the parts that add up to a whole, also where one is the sum of two or more that follow it.

    >>> top_level([Fraction(90), Fraction(60), Fraction(30), Fraction(10)], Fraction(100))
    [0, 3]
    >>> top_level([Fraction(60), Fraction(40)], Fraction(100))
    [0, 1]
    >>> top_level([Fraction(60), Fraction(50), Fraction(10)], Fraction(100))
    """
    at, left = 0, list(range(len(parts)))
    if sum(parts, start=Fraction(0)) == whole:
        return left
    while at < len(left):
        for end in range(at + 3, len(left) + 1):
            if parts[left[at]] and parts[left[at]] == sum((parts[one] for one in left[at + 1 : end]), Fraction(0)):
                del left[at + 1 : end]
                break
        at += 1
    return left if sum((parts[one] for one in left), Fraction(0)) == whole else None


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """An amount of a line in a unit `factor` times too small: another figure comes out with `right` in its place."""

    column: str
    factor: int
    right: Fraction
    shown: Message


def has_wrong_unit(case: Case, line: Line) -> bool:
    """Return whether an amount of a line looks to be in the wrong unit, so that nothing computed from it counts."""
    is_large = line.expenditure is not None and line.expenditure >= LEAST_WRONG_UNIT
    is_overspent = bool(line.budget and line.expenditure and line.expenditure >= line.budget * FAR_APART)
    return (is_large and is_overspent) or wrong_unit(case, line) is not None


def wrong_unit(case: Case, line: Line) -> WrongUnit | None:
    """Return the amount of a line that is far above its neighbour and in the wrong unit, as other figures show.

    They are the printed rate of the line, and the amounts that it is the sum of or is a part of.
    """
    if not line.expenditure or not line.budget:
        return None
    for column, amount, other in (
        ("expenditure", line.expenditure, line.budget),
        ("budget", line.budget, line.expenditure),
    ):
        if amount < LEAST_WRONG_UNIT or other <= 0 or amount < other * _APART_IF_SHOWN:
            continue
        for factor in _FACTORS:
            right = amount / factor
            if shown := _shown_by(case, line, column, right):
                return WrongUnit(column, factor, right, joined(shown, "，", " and "))
    return None


def _shown_by(case: Case, line: Line, column: str, right: Fraction) -> list[Message]:
    """Return the figures that come out where `right` stands in place of an amount."""
    if line.budget is None or line.expenditure is None:
        return []
    rate = right / line.budget if column == "expenditure" else line.expenditure / right
    found = []
    if line.rate is not None and as_ratio(line.rate).agrees(rate, case.dossier.rate_rounding):
        text = line.rate.text
        found.append(Message(f"执行率就正是印的 {text}", f"the execution rate is the printed {text}"))
    groups = (group for group in _groups(case.lines) if line in (group.whole, *group.parts))
    if any(_adds_up(group, column, {id(line): right}) for group in groups):
        found.append(Message("分项与合计也就相符", "the parts add up"))
    return found


def _adds_up(group: _Group, column: str, right: Mapping[int, Fraction]) -> bool:
    """Return whether the parts of a group add up in a column with the `right` amounts of some lines."""
    whole, *parts = [right.get(id(line), getattr(line, column)) for line in (group.whole, *group.parts)]
    return whole is not None and whole == sum(part for part in parts if part is not None)


def _in_one_unit(case: Case, group: _Group, column: str) -> bool:
    """Return whether parts add up once the amounts in a wrong unit, which PF758 names, are corrected."""
    found = ((line, wrong_unit(case, line)) for line in (group.whole, *group.parts))
    right = {id(line): slip.right for line, slip in found if slip is not None and slip.column == column}
    return bool(right) and _adds_up(group, column, right)


def _unreadable(line: Line, column: str) -> bool:
    text: str | None = getattr(line.line, column)
    return getattr(line, column) is None and text is not None and read_figure(text) is None and bool(text.strip("/-— "))


def _may_round(group: _Group, column: str, off: Fraction) -> bool:
    """Return whether rounding every part and the whole to the printed digits can explain the difference."""
    texts = [getattr(line.line, column) for line in (group.whole, *group.parts)]
    figures = [figure for text in texts if (figure := read_figure(text)) is not None]
    digits = max((figure.digits for figure in figures), default=0)
    if not digits:
        return False
    return abs(off) <= Fraction(len(figures), 2 * 10**digits)


def _sum_text(group: _Group, column: str, total: Fraction) -> str:
    numbers = [str(getattr(line.line, column)) for line in group.parts if getattr(line, column) is not None]
    return f"{' + '.join(numbers)} = {decimal_text(total)}"
