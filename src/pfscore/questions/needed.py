"""What result would earn full points, or so many points more: the exact inverse of the rule of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pfscore.auditing.case import read_money
from pfscore.auditing.figures import read_figure
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Between, Bound, Change, Deadline, Level, Reading
from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.foundation.numbers import Rounding, decimal_places, decimal_text, round_to
from pfscore.foundation.text import Lang, Message
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.score import Score
from pfscore.scoring.rules import Rules, rules_for

#: How far from the target a result is looked for.
_FAR = 10**6
#: More decimals than this look like the noise of a float; a fraction is written instead.
GRID_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Need:
    """What a row needs: a result within [`low`, `high`] earns `wanted` points.

    The edges are exact and in `unit`; `None` means that there is none on that side. `words` is what to fill in where
    the target is words. `note` says why there is no answer, or that nothing is needed. `row` counts the indicators
    from 1 and is `None` for a budget line.

    >>> from fractions import Fraction
    >>> from pfscore.questions.needed import Edge
    >>> Need(1, "满意度", Fraction(5), Fraction(4), Fraction(5), low=Edge(Fraction(9, 10), True), unit="%").result()
    '至少 90%'
    """

    row: int | None
    name: str
    points: Fraction | None
    score: Fraction | None
    wanted: Fraction | None
    low: Edge | None = None
    high: Edge | None = None
    unit: str | None = None
    digits: int = 2
    words: str | None = None
    note: Message | None = None

    def result(self, lang: Lang = "zh") -> str:
        """Return which result is needed, in numbers that can be filled in: rounded to the safe side."""
        zh = lang == "zh"
        if self.words is not None:
            return f"“{self.words}”"
        low = None if self.low is None else self._written(self.low, Rounding.UP)
        high = None if self.high is None else self._written(self.high, Rounding.DOWN)
        if low is not None and low == high:
            return f"正好 {low}" if zh else f"exactly {low}"
        if low is not None and high is not None:
            return f"{low} 到 {high}" if zh else f"{low} to {high}"
        if low is not None:
            return f"至少 {low}" if zh else f"at least {low}"
        if high is not None:
            return f"不超过 {high}" if zh else f"at most {high}"
        return "" if self.note is None else self.note.text(lang)

    def _written(self, edge: Edge, mode: Rounding) -> str:
        """Write an edge with a few digits, moved to the side on which it still earns what is wanted."""
        value, percent = (edge.value * 100, "%") if self.unit == "%" else (edge.value, "")
        up = mode is Rounding.UP
        scaled = value * 10**self.digits
        whole = -((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator
        if whole == scaled and not edge.included:
            whole += 1 if up else -1
        return f"{decimal_text(Fraction(whole, 10**self.digits))}{percent or self.unit or ''}"

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the need as plain JSON data; edges are exact, as decimal text or as a fraction."""
        return {
            "row": self.row,
            "name": self.name,
            "points": _text(self.points),
            "score": _text(self.score),
            "wanted": _text(self.wanted),
            "low": _edge(self.low),
            "high": _edge(self.high),
            "unit": self.unit,
            "words": self.words,
            "result": self.result(lang) or None,
            "note": None if self.note is None else self.note.text(lang),
        }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)


def _edge(edge: Edge | None) -> dict[str, Any] | None:
    return None if edge is None else {"value": decimal_text(edge.value), "included": edge.included}


def needed(form: Form, *, ruleset: Rules | str | None = None, more: Fraction | int | str | None = None) -> list[Need]:
    """Return for every row what result would earn its full points, or with `more`, so many points more than now.

    Without `ruleset` the one that the form names is used. A row that a person judges, or that lacks points or a
    target, says so in its `note`.

    Raises:
        InputError: PF526 where neither names a ruleset.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, ruleset="cn-sc/project", indicators=(
    ...     pfscore.Indicator(name="人数", target="≥300人", actual="210人", points="10"),))
    >>> [one.result("en") for one in needed(form)], [one.result("en") for one in needed(form, more=1)]
    (['at least 300人'], ['at least 240人'])
    """
    rules = rules_for(form, ruleset)
    sheet = rules.score_form(form)
    engine = rules.at(sheet.on)
    step = None if more is None else Fraction(more)
    needs = [
        _budget_need(engine, line, score, step, form.amount_unit)
        for line, score in zip(form.budget, sheet.budget, strict=True)
        if score.points_exact is not None
    ]
    rows = zip(form.indicators, sheet.indicators, engine.peers(form), strict=True)
    for number, (row, score, peers) in enumerate(rows, 1):

        def earned(actual: str, row: Indicator = row, peers: Any = peers) -> Score:
            return engine.score(row.model_copy(update={"actual": actual}), year=form.year, peers=peers, as_written=True)

        needs.append(_row_need(number, row, score, earned, step))
    return needs


def _wanted(score: Score, more: Fraction | None) -> tuple[Fraction | None, Message | None]:
    """Return the points that are asked for, or why the question has no answer."""
    points, low = score.points_exact, score.award.low
    if score.adjusts is not None:
        points = score.adjusts.high
    if points is None:
        return None, Message("没有分值", "no points")
    if score.outcome is Outcome.NOT_APPLICABLE:
        return None, Message("不适用", "not applicable")
    now = low or Fraction(0)
    if now >= points:
        return None, Message("已是满分", "full already")
    if more is None:
        return points, None
    if now + more > points:
        rest = decimal_text(points - now)
        return None, Message(f"最多只能再得 {rest} 分", f"at most {rest} points more can be had")
    return now + more, None


def _row_need(number: int, row: Indicator, score: Score, earned: Callable[[str], Score], more: Fraction | None) -> Need:
    wanted, note = _wanted(score, more)
    base = Need(number, row.name, score.points_exact, score.award.low, wanted, note=note)
    if wanted is None:
        return base
    target = None if score.cells is None else score.cells.target
    if target is None:
        return _with(base, note=score.diagnostics[0].message if score.diagnostics else _NO_TARGET)
    if isinstance(target, Level | Deadline):
        return _words(base, target, wanted, earned)
    quantities = _edges_of(target)
    if not quantities:
        return _with(base, note=Message("这种指标值算不出", "not for this kind of target"))
    return _numbers(base, quantities, wanted, earned, row)


_NO_TARGET = Message("没有指标值", "no target")


def _with(need: Need, **changes: Any) -> Need:
    values = {name: getattr(need, name) for name in Need.__slots__}
    return Need(**{**values, **changes})


def _words(need: Need, target: Reading, wanted: Fraction, earned: Callable[[str], Score]) -> Need:
    """Try the target's own words, then the usual answers; a time limit is met by its own date."""
    for words in (str(target), "达成预期指标", "100%"):
        award = earned(words).award
        if award.low is not None and award.low >= wanted:
            return _with(need, words=words)
    return _with(need, note=Message("须由评价人评定", "a person must judge"))


def _edges_of(target: Reading) -> tuple[Quantity, ...]:
    match target:
        case Bound(quantity=quantity) | Change(quantity=quantity):
            return (quantity,)
        case Between(low, high):
            return (low, high)
    return ()


def _numbers(
    need: Need, edges: tuple[Quantity, ...], wanted: Fraction, earned: Callable[[str], Score], row: Indicator
) -> Need:
    unit = edges[0].unit
    writer = exact_writer(unit)
    grid = Fraction(1, 10**GRID_DIGITS) if unit is None or "/" in unit else None

    def holds(value: Fraction) -> bool:
        award = earned(writer(value)).award
        return award.low is not None and award.low >= wanted

    found = _region([edge.value for edge in edges], holds, grid)
    if found is None:
        return _with(need, note=Message("须由评价人评定", "a person must judge"))
    return _in_written_unit(need, found, edges[0], row)


def _region(
    edges: Sequence[Fraction], holds: Callable[[Fraction], bool], grid: Fraction | None
) -> tuple[Edge | None, Edge | None] | None:
    """Find a result that holds near the target, then the region around it."""
    width = max(abs(edge) for edge in edges) + 1
    tries = [*edges, sum(edges, start=Fraction(0)) / len(edges)]
    tries += [edge + sign * width * size for edge in edges for size in (Fraction(1, 100), 1, 10) for sign in (1, -1)]
    good = next((value for value in map(Fraction, tries) if holds(value)), None)
    if good is None:
        return None
    floor = Fraction(0) if min(edges) >= 0 else -width * _FAR
    return region_around(good, holds, least=min(floor, good), most=width * _FAR, grid=grid)


def _in_written_unit(need: Need, found: tuple[Edge | None, Edge | None], quantity: Quantity, row: Indicator) -> Need:
    """Return the edges in the unit in which the form writes the row: 万人, %, 元/项目."""
    written = quantity.written or quantity.unit
    figures = [figure for text in (row.full_target, row.actual) if (figure := read_figure(text)) is not None]
    finest = 2 if quantity.unit == "1" or (quantity.dimension or "").startswith("货币") else 0
    digits = max([finest, *(figure.digits for figure in figures)])
    if quantity.unit == "1":
        return _with(need, low=found[0], high=found[1], unit="%", digits=digits)
    size = Fraction(1)
    if written is not None and written != quantity.unit:
        size = read_money("1", written) or Fraction(1)
    low, high = (None if edge is None else Edge(edge.value / size, edge.included) for edge in found)
    return _with(need, low=low, high=high, unit=written, digits=digits)


def _budget_need(engine: Engine, line: BudgetLine, score: Score, more: Fraction | None, unit: str | None) -> Need:
    wanted, note = _wanted(score, more)
    base = Need(None, line.label, score.points_exact, score.award.low, wanted, unit=unit, note=note)
    figure = read_figure(line.budget)
    if wanted is None:
        return base
    if figure is None or figure.value <= 0:
        return _with(base, note=Message("没有预算数", "no budget"))
    size = Fraction(1) if unit is None else read_money("1", unit) or Fraction(1)
    plain = "" if unit is None else "元"

    def holds(value: Fraction) -> bool:
        number = value * size
        places = decimal_places(number)
        text = decimal_text(number) if places is not None and places <= GRID_DIGITS else _ratio_text(number)
        award = engine.score_budget(line.model_copy(update={"expenditure": f"{text}{plain}"}), unit).award
        return award.low is not None and award.low >= wanted

    grid = Fraction(1, 10**GRID_DIGITS) if unit is None else None
    found = _region([figure.value], holds, grid)
    if found is None:
        return _with(base, note=Message("须由评价人评定", "a person must judge"))
    return _with(base, low=found[0], high=found[1], digits=max(2, figure.digits))


def exact_writer(unit: str | None) -> Callable[[Fraction], str]:
    """Return how to write any number exactly as an actual in `unit`: short decimals, else a fraction.

    >>> exact_writer("1")(Fraction(2, 3)), exact_writer("1")(Fraction(9, 10)), exact_writer("套")(Fraction(3, 4))
    ('2/3', '90%', '0.75套')
    """

    def write(value: Fraction) -> str:
        if unit == "1":
            hundred = value * 100
            return f"{decimal_text(hundred)}%" if _is_short(hundred) else _ratio_text(value)
        return f"{decimal_text(value) if _is_short(value) else _ratio_text(value)}{unit or ''}"

    return write


def _ratio_text(value: Fraction) -> str:
    """Write a number as a fraction."""
    return f"{value.numerator}/{value.denominator}"


def _is_short(value: Fraction) -> bool:
    places = decimal_places(value)
    return places is not None and places <= GRID_DIGITS


#: How close the two sides are brought together; only one fraction of a sane size then lies between them.
_CLOSE = Fraction(1, 10**28)
_HAIR = Fraction(1, 10**24)
#: How much closer the two sides come before it is guessed that the edge is the simplest number between them.
_GUESS = Fraction(1, 1000)
#: The digits behind the point of a number beside a guess.
_SHORT = 40

Holds = Callable[[Fraction], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a condition begins or ceases to hold, and whether it holds there."""

    value: Fraction
    included: bool


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator within [`low`, `high`].

    >>> simplest_between(Fraction("0.333"), Fraction("0.334"))
    Fraction(1, 3)
    """
    whole = low.numerator // low.denominator
    if whole == low:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1) if low > 0 or high < 0 else Fraction(0 if low <= 0 <= high else whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))


def edge_between(bad: Fraction, good: Fraction, holds: Holds, *, grid: Fraction | None = None) -> Edge:
    """Return the edge between a number for which a condition does not hold and one for which it does.

    With `grid`, only multiples of it count, and the edge is the last of them that holds.

    >>> edge_between(Fraction(0), Fraction(10), lambda number: number * 3 >= 2)
    Edge(value=Fraction(2, 3), included=True)
    """
    if grid is not None:
        return _on_grid(bad, good, holds, grid)
    scale = max(abs(bad), abs(good), Fraction(1))
    close, guess_at = _CLOSE * scale, scale * _GUESS
    while (gap := abs(good - bad)) > close:
        if gap <= guess_at:
            if (edge := _guessed(bad, good, holds, close)) is not None:
                return edge
            guess_at = gap * _GUESS
        middle = _middle(bad, good)
        if holds(middle):
            good = middle
        else:
            bad = middle
    found = simplest_between(min(bad, good), max(bad, good))
    return Edge(found, holds(found))


def _guessed(bad: Fraction, good: Fraction, holds: Holds, close: Fraction) -> Edge | None:
    """Return the simplest number between two as the edge, where the condition begins right there."""
    value = simplest_between(min(bad, good), max(bad, good))
    step = close if good > bad else -close
    before, behind = (round_to(value + side, _SHORT, Rounding.HALF_UP) for side in (-step, step))
    return Edge(value, holds(value)) if holds(behind) and not holds(before) else None


def _middle(bad: Fraction, good: Fraction) -> Fraction:
    """Return a short number about half-way; short numbers keep the search quick and its cells readable."""
    middle = (bad + good) / 2
    gap = abs(good - bad)
    digits = 0
    while gap * 10**digits < 8:
        digits += 1
    rounded = round_to(middle, digits, Rounding.HALF_UP)
    return rounded if min(bad, good) < rounded < max(bad, good) else middle


def _on_grid(bad: Fraction, good: Fraction, holds: Holds, grid: Fraction) -> Edge:
    low, high = bad / grid, good / grid
    off = low.numerator // low.denominator if low < high else -((-low.numerator) // low.denominator)
    on = -((-high.numerator) // high.denominator) if low < high else high.numerator // high.denominator
    while abs(on - off) > 1:
        middle = (on + off) // 2
        if holds(middle * grid):
            on = middle
        else:
            off = middle
    return Edge(on * grid, included=True)


def region_around(
    good: Fraction, holds: Holds, *, least: Fraction, most: Fraction, grid: Fraction | None = None
) -> tuple[Edge | None, Edge | None]:
    """Return the edges of the region around `good` in which a condition holds; `None` where it goes on.

    >>> region_around(Fraction(5), lambda number: 2 < number <= 7, least=Fraction(-100), most=Fraction(100))
    (Edge(value=Fraction(2, 1), included=False), Edge(value=Fraction(7, 1), included=True))
    """
    low = None if holds(least) else edge_between(_last_bad(good, least, holds), good, holds, grid=grid)
    high = None if holds(most) else edge_between(_last_bad(good, most, holds), good, holds, grid=grid)
    return low, high


def _last_bad(good: Fraction, far: Fraction, holds: Holds) -> Fraction:
    """Approach `good` from a far number as long as the condition does not hold, so that no island is jumped."""
    bad = far
    for step in (
        _HAIR,
        Fraction(1, 10**6),
        Fraction(1, 1000),
        Fraction(1, 100),
        Fraction(1, 10),
        Fraction(1, 2),
        Fraction(1),
    ):
        near = good + (far - good) * step if step < 1 else far
        if not holds(near):
            bad = near
            break
    return bad
