"""From the parts of a cell to its reading: what each clause asks, and what the clauses ask together."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, cast

from pfscore.language import calendar
from pfscore.language.columns import ColumnUnit, Comparator, with_column
from pfscore.language.demands import EXPLICIT, Demand, demand_of
from pfscore.language.parts import Amount, Around, Clause, Conditions, Joint, One, Range, Side, Trouble
from pfscore.language.readings import (
    Achieved,
    AllOf,
    AnyOf,
    Between,
    Bound,
    Change,
    Dated,
    Deadline,
    Level,
    Measured,
    Op,
    Quantity,
    Reading,
)
from pfscore.language.units import RATIO, SCALES, known_units, unit_of
from pfscore.language.wording import check_not_a_unit, check_words

SideName = Literal["target", "actual"]
_DATES = frozenset({"DATE", "PERIOD", "MONTH", "YEAR", "DAY", "SEASON"})
_FIRM_DATES = frozenset({"DATE", "PERIOD", "DAY", "MONTH"})
#: Words that make a clause more than a date: 2023年增长.
_NOT_OF_DATES = frozenset({"RISE", "FALL", "RAISE", "LOWER", "REACH", "CONTROL", "GREATER_THAN", "ABOVE", "BELOW"})
#: Words without a number that still bind: 不超预算, 良好以上.
_BINDING = frozenset({"AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "CONTROL", "ABOVE", "BELOW"})
#: Joints inside one thought.
_SOFT_JOINTS = frozenset("和及与、并或")
#: 连续3年无事故: the words count, the number only says for how long.
_NOTHING_HAPPENED = re.compile(r"无|未|零|没有|不发生|不出现")
#: Words around a date that do not make the cell more than a date.
_AROUND_A_DATE = re.compile(
    r"(?:[于在至截到自从按已前内止末底并的]|之前|以前|为止|截至|截止|预计|实际|全部|按时|及时|按期|如期|完成|完工|竣工|验收|发放|支付|拨付|到位|开工|投入使用|交付|办结|"
    r"结束|上报|报送|实施|建成|启动|下达|完毕|工作|任务|采购|安装|项目|资金|度)*"
)
_LOWER = frozenset({Op.AT_LEAST, Op.GREATER_THAN})
_UPPER = frozenset({Op.AT_MOST, Op.LESS_THAN})
_SIGN_OF = {Fraction(1, 100): "%", Fraction(1, 1000): "‰", Fraction(1, 10000): "‱"}
_SCALE_WORDS = {size: word for word, size in SCALES.items()}
#: An operator that a letter was mistaken for stands alone before the number.
_MISREAD = frozenset("工二士土三之乏亏艺兰")


class Reader:
    """Reads the parts of one cell; `cut` gives the author's text between two offsets."""

    def __init__(
        self, side: SideName, comparator: Comparator, column: ColumnUnit, cut: Callable[[int, int], str], length: int
    ) -> None:
        self.side: SideName = side
        self.comparator = comparator
        self.column = column
        self.cut = cut
        self.length = length

    def read(self, conditions: Conditions) -> Reading:
        """Return the reading of the whole cell."""
        clauses = conditions.clauses
        if len(clauses) == 1 and clauses[0].measure is not None and not clauses[0].tail:
            return self.measured(clauses[0])
        if all(clause.measure is None for clause in clauses):
            return self.words(clauses)
        parts: list[Reading] = []
        any_of, waiting = False, ()
        for index, clause in enumerate(clauses):
            start, end = self.place(conditions, index)
            before = conditions.joints[index - 1] if index else None
            behind = conditions.joints[index] if index < len(conditions.joints) else None
            if clause.measure is not None:
                parts.append(self.measured(clause._replace(lead=(*waiting, *clause.lead)) if waiting else clause))
                parts += self.dates_behind(clause, end)
                waiting = ()
            elif self.is_date(clause):
                parts.append(self.dated(self.cut(start, end)))
            elif behind is not None and behind.text[0] in _SOFT_JOINTS:
                # 培训和宣传不少于2次: the words on both sides of 和 belong to one measure.
                waiting = (*waiting, *clause.lead)
            else:
                check_not_a_unit(clause.lead)
                if self.is_condition(clause, before, behind):
                    parts.append(Level(self.cut(start, end)))
            any_of = any_of or (before is not None and before.any_of and len(parts) > 1)
        return self.together(parts, any_of=any_of)

    def dates_behind(self, clause: Clause, end: int) -> list[Reading]:
        """Return the date behind a measure as a condition of its own: 2次(12月底前)."""
        late = [word for word in clause.tail if word.kind in _FIRM_DATES]
        if late and any(word.kind == "BEFORE" for word in clause.tail):
            return [self.dated(self.cut(late[0].start, end).rstrip(")）"))]
        return []

    def is_condition(self, clause: Clause, before: Joint | None, behind: Joint | None) -> bool:
        """Tell whether words beside a measure are a condition of their own, and not a remark."""
        if any(word.kind in _BINDING for word in clause.lead):
            return True
        joint = before.text[-1] if before is not None else behind.text[-1] if behind is not None else ","
        return joint in "且;"

    def place(self, conditions: Conditions, index: int) -> tuple[int, int]:
        """Return the offsets of a clause."""
        clause = conditions.clauses[index]
        start = clause.lead[0].start if clause.lead else 0
        if index + 1 < len(conditions.clauses):
            following = conditions.clauses[index + 1]
            head = following.lead[0].start if following.lead else _start(following)
            return start, head - len(conditions.joints[index].text)
        return start, self.length

    # ── words ──
    def words(self, clauses: tuple[Clause, ...]) -> Reading:
        """Read a cell without a number: a date, or words."""
        text = self.cut(0, self.length)
        if all(self.is_date(clause) for clause in clauses):
            return self.dated(text)
        if len(clauses) == 1 or not any(self.is_date(clause) for clause in clauses):
            check_words([word for clause in clauses for word in clause.lead], text)
        return Level(text)

    def is_date(self, clause: Clause) -> bool:
        """Tell whether a clause without a number is a calendar limit and nothing more."""
        kinds = [word.kind for word in clause.lead]
        if not any(kind in _DATES for kind in kinds):
            return False
        if any(kind in _NOT_OF_DATES for kind in kinds):
            return False
        for kind, following in zip(kinds, kinds[1:], strict=False):
            if kind in _DATES and following == "BEFORE":
                return True
        rest = "".join([word.text for word in clause.lead if word.kind not in _DATES and word.kind not in EXPLICIT])
        return _AROUND_A_DATE.fullmatch(rest) is not None

    def dated(self, text: str) -> Reading:
        """Return a deadline or a date."""
        wrong = calendar.impossible(text)
        if wrong is not None:
            raise Trouble("PF321", *wrong)
        return Deadline(text) if self.side == "target" else Dated(text)

    # ── measures ──
    def measured(self, clause: Clause) -> Reading:
        """Read one clause with a number."""
        measure = clause.measure
        assert measure is not None
        if clause.lead:
            self.check_lead(clause)
        if isinstance(measure, One):
            demand = demand_of(clause, measure.side.edges)
            if (
                demand.among
                or clause.tail
                and clause.tail[0].text in {"之", "之间"}
                and clause.tail[-1].text[-1] == "间"
            ):
                raise Trouble("PF318", measure.side.amount.start, measure.side.amount.end)
            if clause.tail:
                self.check_tail(clause, measure.side.amount)
                if demand.op is None and _NOTHING_HAPPENED.match("".join([word.text for word in clause.tail])):
                    return Level(self.cut(0, self.length))
            return self.bound(measure.side, demand)
        if isinstance(measure, Range):
            return self.range(measure, clause)
        return self.around(measure, clause)

    def check_tail(self, clause: Clause, amount: Amount) -> None:
        """Refuse a second unit behind the first: 95%人, 5个个."""
        tail = clause.tail[0]
        if tail.start != amount.end:
            return
        if amount.unit is None and tail.text[0].isascii() and tail.text[0].isalpha():
            raise Trouble("PF307", amount.start, tail.end)
        if tail.text in {"到", "至"} or tail.text[:2] in {"到的", "至的"}:
            raise Trouble("PF318", tail.start, tail.end)
        if amount.scale != 1 and amount.unit is None and tail.text[0] in "万亿":
            raise Trouble("PF309", amount.start, tail.end)
        if amount.unit is None:
            return
        text = "".join([word.text for word in clause.tail])
        if text == amount.unit or amount.unit == RATIO and text in known_units():
            raise Trouble("PF322", amount.start, tail.end)

    def check_lead(self, clause: Clause) -> None:
        """Refuse a single stray character before the number: 工5%, W5%."""
        if not clause.lead or clause.measure is None:
            return
        word = clause.lead[-1]
        if word.kind == "WORD" and "".join([word.text for word in clause.lead]).endswith("分之"):
            raise Trouble("PF309", word.start, word.end)
        stray = word.kind == "WORD" and len(word.text) == 1
        first = len(clause.lead) == 1 or clause.lead[-2].kind in {
            "AT_LEAST",
            "AT_MOST",
            "GREATER_THAN",
            "LESS_THAN",
            "EQUAL",
        }
        if stray and first and (word.text in _MISREAD or word.text.isascii() and word.text.isalpha()):
            raise Trouble("PF307", word.start, word.end)

    def quantity(self, amount: Amount, per: tuple[str, ...] = ()) -> Quantity:
        """Return an amount with the unit of its column and of 每…."""
        if per and amount.unit is None:
            amount = with_column(amount, self.column)
            amount = amount._replace(unit=_divided(amount.unit, per))
        else:
            if per:
                amount = amount._replace(unit=_divided(amount.unit, per))
            amount = with_column(amount, self.column)
        unit = amount.unit
        return Quantity(amount.value, unit, _written(amount, unit))

    def bound(self, side: Side, demand: Demand) -> Reading:
        """Read 26万人 with what is asked of it."""
        quantity = self.quantity(side.amount, demand.per)
        about = demand.about or side.amount.odd
        op = demand.op or (Op.APPROXIMATELY if about else None) or self.column.op
        if demand.unequal:
            return AnyOf((Bound(Op.GREATER_THAN, quantity), Bound(Op.LESS_THAN, quantity)))
        column = self.comparator
        if column.op is not None:
            if op is None and (demand.soft is None or _agree(demand.soft, column.op)):
                op = column.op
            elif op is not column.op:
                raise Trouble("PF325", side.amount.start, side.amount.end)
        elif column.about and op is None:
            op = Op.APPROXIMATELY
        elif column.unequal and op is None:
            return AnyOf((Bound(Op.GREATER_THAN, quantity), Bound(Op.LESS_THAN, quantity)))
        if op is None and self.side == "target":
            op = demand.soft
        direction = demand.direction or column.direction
        if direction == "both":
            return self.within(quantity, op, side.amount)
        if direction is not None:
            return Change(direction, op or Op.BARE, quantity)
        if self.side == "actual":
            return Measured(quantity) if op is None else Achieved(op, quantity)
        return Bound(op or Op.BARE, quantity)

    def within(self, quantity: Quantity, op: Op | None, amount: Amount) -> Reading:
        """Read 上下浮动不超过5%: a change of at most so much, either way."""
        if op is not Op.AT_MOST or self.side == "actual":
            raise Trouble("PF314", amount.start, amount.end)
        return Between(Quantity(-quantity.value, quantity.unit), quantity)

    def range(self, measure: Range, clause: Clause) -> Reading:
        """Read 60%-80%."""
        low, high = measure.low, measure.high
        low_amount, high_amount = _shared(low.amount, high.amount)
        low_open = measure.low_open or any(word.kind == "EXCLUDED" for word in low.edges)
        high_open = measure.high_open or any(word.kind == "EXCLUDED" for word in high.edges)
        demand = demand_of(clause, ())
        if len(measure.signs) == 1:
            return self.closed(measure, demand)
        if measure.signs:
            first, second = (word.kind for word in measure.signs)
            up = {"AT_MOST", "LESS_THAN"}
            if (first in up) != (second in up):
                raise Trouble("PF314", measure.signs[0].start, measure.signs[1].end)
            low_open, high_open = first in {"LESS_THAN", "GREATER_THAN"}, second in {"LESS_THAN", "GREATER_THAN"}
            if first not in up:
                low_amount, high_amount = high_amount, low_amount
                low_open, high_open = high_open, low_open
        if demand.op is not None and demand.op is not Op.EQUAL:
            raise Trouble("PF314", clause.lead[0].start if clause.lead else 0, high_amount.end)
        if self.comparator.op not in {None, Op.EQUAL}:
            raise Trouble("PF325", low_amount.start, high_amount.end)
        return self.between(
            self.quantity(low_amount, demand.per), self.quantity(high_amount, demand.per), low_amount, high_amount,
            demand, low_open=low_open, high_open=high_open,
        )  # fmt: skip

    def closed(self, measure: Range, demand: Demand) -> Reading:
        """Read ≥60%≤80%: two bounds without a word between them."""
        sign = measure.signs[0]
        high = Demand(op=EXPLICIT[sign.kind])
        one, other = self.bound(measure.low, demand), self.bound(measure.high, high)
        found = self.joined(one, other)
        if found is None and one.__class__ is Bound is other.__class__ and one.op is not Op.BARE:
            low, top = cast("Bound", one).quantity, cast("Bound", other).quantity
            found = AllOf((one, other)) if low.dimension != top.dimension else None
        if found is None:
            raise Trouble("PF317", sign.start, measure.high.amount.end)
        return found

    def between(
        self,
        low: Quantity,
        high: Quantity,
        first: Amount,
        second: Amount,
        demand: Demand,
        *,
        low_open: bool,
        high_open: bool,
    ) -> Reading:
        """Build an interval, or a change within one."""
        if low.dimension != high.dimension:
            raise Trouble("PF320", first.start, second.end)
        if low.base > high.base or (low.base == high.base and (low_open or high_open)):
            raise Trouble("PF319", min(first.start, second.start), max(first.end, second.end))
        if low.unit != high.unit:
            high = Quantity(high.base / unit_of(low.unit or "").factor, low.unit)
        if demand.direction is not None:
            return AllOf(
                (
                    Change(demand.direction, Op.GREATER_THAN if low_open else Op.AT_LEAST, low),
                    Change(demand.direction, Op.LESS_THAN if high_open else Op.AT_MOST, high),
                )
            )
        if self.side == "actual":
            raise Trouble("PF329", first.start, second.end)
        return Between(low, high, low_open, high_open)

    def around(self, measure: Around, clause: Clause) -> Reading:
        """Read 100±5 and ±5%以内."""
        spread = measure.spread.amount
        demand = demand_of(clause, ())
        if measure.centre is None:
            size = self.quantity(spread, demand.per)
            return self.between(
                Quantity(-size.value, size.unit), size, spread, spread, demand, low_open=False, high_open=False
            )
        centre, spread = _shared(measure.centre, spread)
        middle, size = self.quantity(centre, demand.per), self.quantity(spread, demand.per)
        if middle.dimension != size.dimension:
            raise Trouble("PF320", centre.start, spread.end)
        return self.between(
            Quantity(middle.value - size.value, middle.unit), Quantity(middle.value + size.value, middle.unit), centre, spread,
            demand, low_open=False, high_open=False,
        )  # fmt: skip

    # ── several ──
    def together(self, parts: list[Reading], *, any_of: bool) -> Reading:
        """Join the readings of the clauses."""
        if len(parts) == 1:
            return parts[0]
        if any_of:
            return AnyOf(tuple(parts))
        if len(parts) == 2:
            joined = self.joined(*parts)
            if joined is not None:
                return joined
        return AllOf(tuple(parts))

    def joined(self, one: Reading, other: Reading) -> Reading | None:
        """Two bounds on one quantity are one interval."""
        if not (isinstance(one, Bound) and isinstance(other, Bound)):
            return None
        if one.op in _UPPER and other.op in _LOWER:
            one, other = other, one
        if one.op not in _LOWER or other.op not in _UPPER:
            return None
        low, high = one.quantity, other.quantity
        if low.unit is None and high.unit is not None:
            low = Quantity(low.value, high.unit)
        if low.dimension != high.dimension:
            return None
        if low.base > high.base:
            raise Trouble("PF319", 0, self.length)
        return Between(low, high, one.op is Op.GREATER_THAN, other.op is Op.LESS_THAN)


def _divided(unit: str | None, per: tuple[str, ...]) -> str | None:
    """Put 每… below the line; a ratio is not counted for anything."""
    if unit is None or unit == RATIO:
        return unit
    top, _, bottom = unit.partition("/")
    below = bottom.split("·") if bottom else []
    return "/".join((top, "·".join([*below, *(word for word in per if word not in below)])))


def _written(amount: Amount, unit: str | None) -> str | None:
    """Return the unit as a unit column would have it: 万元, %."""
    if unit is None and amount.scale == 1:
        return None
    sign = _SIGN_OF.get(amount.factor, unit) if unit == RATIO else unit
    scale = "" if amount.scale == 1 else _SCALE_WORDS.get(amount.scale)
    return None if scale is None else scale + (sign or "")


def _start(clause: Clause) -> int:
    measure = clause.measure
    match measure:
        case One(side):
            return side.amount.start
        case Range(low):
            return low.amount.start
        case Around(centre, spread):
            return centre.start if centre is not None else spread.amount.start
    return 0


def _agree(soft: Op, op: Op) -> bool:
    return op is Op.EQUAL or (soft in _LOWER) == (op in _LOWER)


def _shared(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Let the unit and the scale word behind the second number serve both: 60-80%, 1.5-2亿元."""
    if low.unit is not None or high.unit is None and high.scale == 1:
        return low, high
    if low.scale == 1 and (high.scale == 1 or low.number < high.number):
        low = low._replace(scale=high.scale)
    return low._replace(unit=high.unit, factor=high.factor), high
