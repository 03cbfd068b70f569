"""Results of which each has a label of its own: 图书馆318天；文化馆287天, beside one target, or one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import NamedTuple

from pfscore.cells.cell_text import SideName
from pfscore.cells.lexicon.around import left_out_words, strange_words
from pfscore.cells.lexicon.directions import measured_by, side_of
from pfscore.cells.lexicon.levels import beside_ranks, is_of_rank, places_of_ranks, ranks_asked, ranks_in
from pfscore.cells.lexicon.quantities import RATIO, TIMES, Quantity, counted_alike, say, unit_at
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual, read_target
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Level,
    Measured,
    Reading,
    Target,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.related.beside_target import Found, has_ceiling
from pfscore.scoring.row.preparing.several_numbers import (
    in_all,
    in_unit,
    is_of_step,
    is_place,
    is_said_aside,
    is_time_in_all,
)

# The rules are described, with rows, in grammar/words/by_label.txt.
_EACH, _NO_PART, _NUMBERED, _JOINT = rules("each_of_them", "no_such_part", "mark_of_item", "joint_of_items")
_WHOLE_AND_PARTS, _PRIZE, _NONE_OF_ITEM, _BATCH = rules("whole_and_parts", "prize_won", "none_of_item", "batch")
_SIZE, _BOTH_OF_THEM, _WITHOUT_PART = rules("size_in_brackets", "both_of_them", "without_part")
_EACH_PERIOD, _IN_ONE_PERIOD = rules("each_period", "rate_in_one_period")
#: In grammar/words/beside_numbers.txt.
_NO_NAME = rule("empty_of_label")
_IN_ALL = rule("asked_in_all")

_NUMBER = re.compile(r"(?<![0-9.])[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?[万亿]?")
_PARTING = re.compile(r"[,;、/ ]+|。")


class _Item(NamedTuple):
    """One amount of a cell, the words that say of what it is, and which of several it is by its number."""

    label: str
    reading: Bound | Measured
    number: int | None
    #: Whether 或 stands before it.
    is_either: bool


class _Place(NamedTuple):
    start: int
    end: int


def by_label(cells: Cells, row: Written) -> Found:
    """Yield what the labelled amounts of an actual come to beside its target.

    县道36km 乡道82km answers 县道35km 乡道80km one by one, and 厅级2项 answers 省级1项或厅级3项. 一期92%、二期64%
    answers 均≥80% by the least of them, and ≥60% by all of them together.
    """
    wanted, reached = fold(row.target).strip(" 。;"), fold(row.actual).strip(" 。;")
    if (wanted == reached and cells.target is not None) or not any(map(str.isdecimal, wanted)):
        return
    if any(one.key == "each_time" for one in cells.assumptions):
        return
    yield from _below_in_one(cells, wanted, reached)
    yield from _whole_and_parts(wanted, reached, row, is_read=isinstance(cells.target, Bound))
    yield from _of_one_size(wanted, reached, row)
    yield from _numbers_in_order(wanted, reached, row)
    asked = _items("target", wanted)
    given = _items("actual", reached if asked is None else _with_none(asked, reached))
    one = asked[0].reading if asked is not None and len(asked) == 1 else cells.target
    if isinstance(one, Bound) and given is not None and (ranked := _of_ranks(one, given, row)) is not None:
        yield ranked
    if asked is not None and given is not None:
        yield from _one_by_one(asked, given, row)
    if isinstance(cells.target, Bound) and given is not None:
        yield from _of_one_target(cells.target, given, row)


def _below_in_one(cells: Cells, wanted: str, reached: str) -> Found:
    """Yield the rate of one period where it misses what each is to reach: 每月≥90% ← 全年90.5%，其中7月86%."""
    target = cells.target
    if not isinstance(target, Bound) or target.op not in LOWER or _EACH_PERIOD.match(wanted) is None:
        return
    for one in _IN_ONE_PERIOD.finditer(reached):
        rate = read_actual(one["rate"])
        if isinstance(rate, Measured) and rate.quantity.base < target.quantity.base:
            message = Message(f"“{one['said']}”没有达到", f"“{one['said']}” misses it")
            is_part = Assumption("part_of_each", message)
            yield (
                replace(target, quantity=replace(target.quantity, unit=RATIO)),
                Measured(rate.quantity, assumptions=(is_part,)),
                message,
            )


def _with_none(asked: tuple[_Item, ...], reached: str) -> str:
    """Return an actual in which the label of what there is none of has a 0 behind it: 花山节停办 as 花山节0届."""
    units = {one.label: one.reading.quantity.unit for one in asked if one.label}
    if len(units) < 2:
        return reached
    said = _PARTING.split(reached)
    clauses = list(said)
    for at, clause in enumerate(said):
        found = _NONE_OF_ITEM.fullmatch(clause)
        if found is not None and (unit := units.get(found["label"])) is not None:
            clauses[at] = f"{found['label']}0{'%' if unit == RATIO else unit}"
    return reached if clauses == said else ",".join(clauses)


def _whole_and_parts(wanted: str, reached: str, row: Written, *, is_read: bool) -> Found:
    """Yield a whole and its parts, each beside that which it answers: ≥10件（其中发明≥4件） ← 12件（其中发明5件）."""
    both = _WHOLE_AND_PARTS.fullmatch(wanted), _WHOLE_AND_PARTS.fullmatch(reached)
    without = _WITHOUT_PART.fullmatch(reached)
    if both[0] is not None and without is not None and without["part"] in (both[0]["parts"] or ""):
        message = Message(f"“{reached}”没有“{without['part']}”", f"“{reached}” has none of “{without['part']}”")
        yield Level("达到要求"), Level("未达到要求"), message
        return
    if both[0] is None or both[1] is None:
        return
    whole, reached_whole = read_target(both[0]["whole"]), read_actual(both[1]["whole"])
    sides: tuple[SideName, SideName] = "target", "actual"
    asked, given = (
        _items(side, found["parts"] or found["named"]) for side, found in zip(sides, both, strict=True) if found
    )
    if not isinstance(whole, Bound) or not isinstance(reached_whole, Measured) or asked is None or given is None:
        return
    pairs = _matched(asked, given, row)
    if pairs is None or any(one.reading.quantity.dimension != whole.quantity.dimension for one in asked):
        return
    if strange_words(reached_whole.label, row.own):
        return
    bare = [(one, other) for one, other in pairs if one.op is TargetKind.BARE]
    if bare and (is_read or any(other.quantity.base < one.quantity.base for one, other in bare)):
        return  # whether 1000户（其中危房200户） asks for as many of the part, a person decides
    parts = [(_like(one, whole), other) for one, other in pairs]
    yield _aligned([(whole, reached_whole), *parts], row, AllOf)


def _of_one_size(wanted: str, reached: str, row: Written) -> Found:
    """Yield how many, and of which size they are, beside what was asked for: 6辆（50座） ← 6辆（19座）.

    Whether more than what was asked for is better (500kVA, 60W), a person decides.
    """
    both = _SIZE.fullmatch(wanted), _SIZE.fullmatch(reached)
    if both[0] is None or both[1] is None:
        return
    whole, size = (read_target(both[0][name]) for name in ("whole", "size"))
    many, given = (read_actual(both[1][name]) for name in ("whole", "size"))
    if not (isinstance(whole, Bound) and isinstance(size, Bound)):
        return
    if not (isinstance(many, Measured) and isinstance(given, Measured)) or strange_words(many.label, row.own):
        return
    asked, found = size.quantity, given.quantity
    is_size = measured_by(asked.unit) == "count" and asked.dimension not in {None, whole.quantity.dimension}
    if is_size and asked.dimension == found.dimension and found.base <= asked.base and not has_ceiling(whole, row):
        yield _aligned([(whole, many), (replace(size, op=TargetKind.AT_LEAST), given)], row, AllOf)


def _like(part: Bound, whole: Bound) -> Bound:
    """Return a part without sign as what its whole asks for."""
    return replace(part, op=whole.op) if part.op is TargetKind.BARE else part


def _one_by_one(asked: tuple[_Item, ...], given: tuple[_Item, ...], row: Written) -> Found:
    """Yield labelled amounts beside labelled ones: 县道35km 乡道80km, 省级1项或厅级3项."""
    if len(asked) == 1:
        yield from _of_its_kind(asked[0], given, row)
        return
    pairs = _in_order(asked, given, row) or _repeated_or_missed(asked, given, row)
    if pairs is not None:
        yield _aligned(pairs, row, AllOf)
        return
    either = {one.is_either for one in asked[1:]}
    if len(either) != 1 or not all(one.label or one.number for one in asked):
        return
    if either == {False}:
        if (pairs := _matched(asked, given, row)) is not None:
            yield _aligned(pairs, row, AllOf)
        return
    named = [one for one in asked if any(_same(one, other, row) for other in given)]
    pairs = _matched(named, given, row)
    if not pairs or len(named) < len(given):
        return
    if len(pairs) > 1:
        yield _aligned(pairs, row, AnyOf)
        return
    ((one, other),) = pairs
    left = "”“".join(each.label for each in asked if each not in named)
    zh, en = f"完成值写的是“{named[0].label}”，“{left}”没有写", f"the actual is for “{named[0].label}” alone"
    yield _floor(one, row), _bare(other), Message(zh, en)


def _in_order(asked: tuple[_Item, ...], given: tuple[_Item, ...], row: Written) -> list[tuple[Bound, Measured]] | None:
    """Return amounts without labels one by one, where their units or a name tell them apart: 3150人/76场."""
    is_bare = not any(one.label or one.number or one.is_either for one in (*asked, *given))
    are_told_by_unit = len({one.reading.quantity.dimension for one in asked}) == len(asked)
    if not (is_bare and len(asked) == len(given)):
        return None
    if not are_told_by_unit and len(_LISTED.split(fold(row.name))) != len(asked):
        return None
    beside = product(asked, given) if are_told_by_unit else zip(asked, given, strict=True)
    pairs = [
        (one.reading, other.reading)
        for one, other in beside
        if isinstance(one.reading, Bound) and isinstance(other.reading, Measured)
        if _alike(one.reading.quantity, other.reading.quantity)
    ]
    return pairs if len(pairs) == len(asked) else None


def _repeated_or_missed(
    asked: tuple[_Item, ...], given: tuple[_Item, ...], row: Written
) -> list[tuple[Bound, Measured]] | None:
    """Return amounts without labels beside labelled ones, where all are repeated, or one is missed in any order."""
    if len(asked) != len(given) or any(one.label or one.number for one in given) or any(one.is_either for one in asked):
        return None
    if any(len(one.label) < 2 for one in asked):
        return None  # 由9条减至3条 has one label
    targets = [_plain_floor(one.reading, row) for one in asked if isinstance(one.reading, Bound)]
    actuals = [one.reading for one in given if isinstance(one.reading, Measured)]
    alike = all(_alike(one.quantity, other.quantity) for one, other in product(targets, actuals))
    if not alike or not len(targets) == len(actuals) == len(asked) <= _FEW:
        return None
    orders = permutations(actuals)
    is_missed = all(any(map(_misses, targets, order)) for order in orders)
    is_repeated = all(one.quantity.base == other.quantity.base for one, other in zip(targets, actuals, strict=True))
    return list(zip(targets, actuals, strict=True)) if is_missed or is_repeated else None


_FEW = 4


def _plain_floor(target: Bound, row: Written) -> Bound:
    """Return an amount without sign as a floor, where its name says so, and 100%, which nothing exceeds."""
    is_whole = target.quantity.unit == RATIO and target.quantity.value == 1
    side = side_of(row.name, (), target.quantity.unit)
    is_floor = is_whole or (side is not None and side.direction == "higher" and target.quantity.value > 0)
    return replace(target, op=TargetKind.AT_LEAST) if target.op is TargetKind.BARE and is_floor else _floor(target, row)


def _misses(target: Bound, actual: Measured) -> bool:
    """Return whether an amount is on the wrong side of a bound."""
    wanted, reached = target.quantity.base, actual.quantity.base
    return (target.op in LOWER and reached < wanted) or (target.op in UPPER and reached > wanted)


def _numbers_in_order(wanted: str, reached: str, row: Written) -> Found:
    """Yield numbers one by one, in the order of a name that lists as many things: 28/61 under SO2/NOx浓度 ≤35/≤50."""
    listed = len(_LISTED.split(_IN_BRACKETS.sub("", fold(row.name))))
    sides = wanted.split("/"), reached.split("/")
    if listed < 2 or any(len(side) != listed for side in sides):
        return
    readings = [(read_target(one), read_actual(other)) for one, other in zip(*sides, strict=True)]
    pairs = [
        (one, other)
        for one, other in readings
        if isinstance(one, Bound) and isinstance(other, Measured) and one.op is not TargetKind.BARE
        if one.quantity.unit == other.quantity.unit and not one.label and not other.label
    ]
    if len(pairs) == listed:
        yield _aligned(pairs, row, AllOf)


_IN_BRACKETS = re.compile(r"\([^()]*\)")
#: What parts the things that a name lists.
_LISTED = re.compile("[/、]")


def _of_its_kind(one: _Item, given: tuple[_Item, ...], row: Written) -> Found:
    """Yield the amount of the label that is asked for: 党报3120份、日报900份 under 党报≥3000份."""
    others = [other for other in given if other.label != one.label]
    kind = one.label[-1:]
    if not kind or not others or any(other.label[-1:] != kind or _is_no_part(other) for other in others):
        return
    pairs = _matched([one], tuple(other for other in given if other not in others), row)
    for wanted, reached in pairs or ():
        left = "”“".join(f"{other.label}{say(other.reading.quantity)}" for other in others)
        message = Message(f"“{left}”没有计入", f"“{left}” does not count")
        yield _floor(wanted, row), _bare(reached), message


def _matched(asked: Iterable[_Item], given: tuple[_Item, ...], row: Written) -> list[tuple[Bound, Measured]] | None:
    """Return each amount that is asked for beside the one of its label; `None` where one has none, or several."""
    pairs, left = [], list(given)
    for one in asked:
        found = [other for other in left if other.label == one.label and other.number == one.number]
        found = found or [other for other in left if _same(one, other, row)]
        if len(found) != 1 or not isinstance(one.reading, Bound) or not isinstance(found[0].reading, Measured):
            return None
        left.remove(found[0])
        pairs.append((one.reading, found[0].reading))
    return pairs


def _same(one: _Item, other: _Item, row: Written) -> bool:
    """Return whether two amounts are of the same: by their labels, or where only one has any, by their numbers."""
    if not _alike(one.reading.quantity, other.reading.quantity):
        return False
    if not (one.label and other.label):
        return one.number is not None and one.number == other.number
    if other.label in one.label:
        return True
    rest = other.label.replace(one.label, " ", 1)
    return one.label in other.label and not (strange_words(rest, row.own) or _NO_PART.search(rest))


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension or counted_alike(one.unit, other.unit)


def _aligned(
    pairs: list[tuple[Bound, Measured]], row: Written, joined: type[AllOf | AnyOf]
) -> tuple[Target, Actual, Message]:
    """Return pairs as a target and an actual of as many parts, in one order."""
    targets = tuple(_floor(one, row) for one, _ in pairs)
    actuals = tuple(replace(_bare(other), quantity=_as_asked(one, other)) for one, other in pairs)
    said = "，".join(f"{_named(one)}：{say(other.quantity)}" for one, other in zip(targets, actuals, strict=True))
    told = ", ".join(f"{_named(one)}: {say(other.quantity, 'en')}" for one, other in zip(targets, actuals, strict=True))
    plain = tuple(replace(one, label="", assumptions=()) for one in targets)
    message = Message(f"逐项比较：{said}", f"compared one by one: {told}")
    return joined(plain), AllOf(actuals, assumptions=_told(message)), message


def _told(message: Message) -> tuple[Assumption, ...]:
    """Return what an actual says that was compared with each of its labels known."""
    return (Assumption("each_of_them", message),)


def _named(one: Bound) -> str:
    return f"{one.label}{one}"


def _as_asked(asked: Bound, given: Measured) -> Quantity:
    """Return an amount in the unit that is asked for where both count the same: 3项 and 3个."""
    alike = counted_alike(given.quantity.unit, asked.quantity.unit)
    return replace(given.quantity, unit=asked.quantity.unit) if alike else given.quantity


def _bare(one: Measured) -> Measured:
    """Return an amount without its label, which was compared."""
    return replace(one, label="", assumptions=(), beside=())


def _floor(target: Bound, row: Written) -> Bound:
    """Return one of several amounts without sign as a floor, where it counts or measures and no name says otherwise."""
    unit = target.quantity.unit
    if target.op is TargetKind.BARE and not target.quantity.value:
        return replace(target, op=TargetKind.AT_MOST)
    if target.op is not TargetKind.BARE or measured_by(unit) != "count" or side_of(row.name, (), unit) is not None:
        return target
    return replace(target, op=TargetKind.AT_LEAST)


# ── one target for all of them ──
def _of_one_target(target: Bound, given: tuple[_Item, ...], row: Written) -> Found:
    """Yield the worst of several results where each must reach the target, else of shares what they lie between.

    What is numbered, ①乡镇4场②社区3场, and what came in batches is added up.
    """
    labels = [one.label or (str(one.number) if one.number else "") for one in given]
    if (of_each := _of_each_place(target, given)) is not None:
        yield of_each
        return
    if any(one.reading.quantity.dimension != target.quantity.dimension for one in given):
        return
    each = _EACH.search(fold(row.target))
    is_told_apart = all(labels) and len({(one.number, one.label) for one in given}) == len(given)
    if any(map(_is_no_part, given)) or not (is_told_apart or (each and len(given) > 1 and not any(labels))):
        return
    held = [one.reading.quantity for one in given]
    low, high, total = min(held, key=_base), max(held, key=_base), sum(map(_base, held), start=Fraction(0))
    is_ceiling = has_ceiling(target, row)
    said = "”“".join(f"{one.label}{say(one.reading.quantity)}" for one in given)
    if each is not None:
        yield from _worst(target, given, high if is_ceiling else low, each, row, said)
    elif (
        target.quantity.unit == RATIO and fold(row.name).startswith(_EACH_OF_NAME) and all(one.number for one in given)
    ):
        worst = high if is_ceiling else low
        zh, en = f"“{said}”按最差的 {say(worst)} 比较", f"of “{said}” the worst counts, {say(worst, 'en')}"
        yield target, Measured(worst), Message(zh, en)
    elif len(set(labels)) < len(given) or len(given) < 2:
        return
    elif target.quantity.unit == RATIO and (
        _are_listed(labels, row)
        or (target.quantity.value == high.base == 1 > low.base and not is_ceiling and _are_parts(labels, row))
    ):
        worst = high if is_ceiling else low
        zh, en = f"“{said}”按最差的 {say(worst)} 比较", f"of “{said}” the worst counts, {say(worst, 'en')}"
        yield target, Measured(worst), Message(zh, en)
    elif _is_mean(target, row, is_ceiling=is_ceiling) and (
        all(map(is_place, labels)) or (target.quantity.unit == RATIO and _are_parts(labels, row))
    ):
        # 60% and 32% may be parts of one whole, which is then their sum.
        most = high if total > 1 or all(map(is_place, labels)) else replace(high, value=total)
        zh, en = (
            f"“{said}”合起来在 {say(low)} 到 {say(most)} 之间",
            f"“{said}” together are between {say(low, 'en')} and {say(most, 'en')}",
        )
        yield target, Between(low, most), Message(zh, en)
    elif (
        all(one.number for one in given) or all(map(_BATCH.fullmatch, labels)) or _is_asked_in_all(labels, target, row)
    ) and not (is_ceiling or any(map(is_of_step, labels))):
        sum_ = in_unit(target, total)
        yield target, Measured(sum_), in_all(said, sum_)


#: 各泊位利用率: a rate that each is to reach.
_EACH_OF_NAME = "各"


def _of_each_place(target: Bound, given: tuple[_Item, ...]) -> tuple[Target, Actual, Message] | None:
    """Return the least of several places, of which each is to have so many: 东河2座、柳林1座 under 每镇2座."""
    top, _, place = (target.quantity.unit or "").partition("/")
    labels = {one.label for one in given}
    if place not in _PLACES or target.op in UPPER or len(given) < 2 or len(labels) < len(given) or "" in labels:
        return None
    if any(one.reading.quantity.unit != top or _is_no_part(one) or is_of_step(one.label) for one in given):
        return None
    wanted = replace(target, quantity=replace(target.quantity, unit=top), op=TargetKind.AT_LEAST)
    worst = min((one.reading.quantity for one in given), key=_base)
    message = Message(f"最少的是 {say(worst)}", f"the least of them is {say(worst, 'en')}")
    return wanted, Measured(worst, assumptions=_told(message)), message


#: What has so many of each: 每镇2座.
_PLACES = frozenset("村镇乡县区市州校园院站")


def _of_ranks(target: Bound, given: tuple[_Item, ...], row: Written) -> tuple[Target, Actual, Message] | None:
    """Return how many there are of the ranks that a row asks for: 2个二等奖、1个三等奖 under 获3个二等奖.

    A higher rank counts as well, 1家5A级景区 under 1家4A级景区; of another order, 1家四星级, a person decides.
    Under 获奖数, and where the row names no rank, all of them count.
    """
    alike = all(_alike(target.quantity, one.reading.quantity) for one in given)
    if measured_by(target.quantity.unit) != "count" or _EACH.search(fold(row.target)) or has_ceiling(target, row):
        return None
    found, asked = [ranks_in(one.label) for one in given], ranks_asked(row.target, row.name)
    if not alike or not all(found) or any(map(_is_no_part, given)):
        return None
    for one in given:
        rest = "".join(beside_ranks(one.label))
        is_own = asked or rest or one.label.endswith("级") or (_PRIZE.search(row.own) and one.label[-1] in _PRIZES)
        if not is_own or is_of_step(one.label) or strange_words(rest, row.own):
            return None
        behind = "".join(beside_ranks(one.label)[1:])
        if asked and not ranks_in(row.target) and not any(part.startswith(behind[:2]) for part in _behind(row.name)):
            return None  # 市级志愿者 under 全国文明城市创建志愿者人数
    found = [{**found[0], **ranks} if asked else ranks for ranks in found]  # 省级一等奖1项、二等奖2项
    counts, orders = [is_of_rank(asked, ranks) for ranks in found], {order for ranks in found for order in ranks}
    plain = replace(target, label="", assumptions=())
    if None in counts and False in counts:
        # of which 二等奖 under 省级二等奖 is not told; 三等奖 is none in any case
        most = sum(
            (one.reading.quantity.value for one, count in zip(given, counts, strict=True) if count is not False),
            start=Fraction(0),
        )
        low, high = (replace(target.quantity, value=value) for value in (Fraction(0), most))
        zh, en = f"算数的至多 {say(high)}", f"at most {say(high, 'en')} count"
        return _floor(plain, row), Between(low, high), Message(zh, en)
    if None in counts or (not asked and (len(orders) > 1 or (orders == {_OF_PLACES} and len(given) > 1))):
        return None  # what won 国家级 and what won 省级 may be the same
    counted = [one for one, is_one in zip(given, counts, strict=True) if is_one]
    quantity = replace(target.quantity, value=sum((one.reading.quantity.value for one in counted), start=Fraction(0)))
    said = "”“".join(f"{one.label}{say(one.reading.quantity)}" for one in given)
    message = Message(f"“{said}”里算数的是 {say(quantity)}", f"of “{said}” {say(quantity, 'en')} count")
    return _floor(plain, row), Measured(quantity, assumptions=_told(message)), message


def _behind(name: str) -> tuple[str, ...]:
    """Return what stands behind each rank that a name has."""
    return tuple(part.removeprefix("及").removeprefix("以上").removeprefix("的") for part in beside_ranks(name)[1:])


_PRIZES = frozenset("奖牌")
#: The order of 国家级 and 省级.
_OF_PLACES = 0


def _worst(
    target: Bound, given: tuple[_Item, ...], worst: Quantity, each: re.Match[str], row: Written, said: str
) -> Found:
    """Yield the worst of several results, of which each must reach the target; not of all, where some are not there."""
    named = [one for one in _PARTING.split(fold(row.target)[: each.start()]) if one]
    count = _COUNTS[each["count"]] if each["count"] else max(len(named), 2)
    if len(given) == 1 and not (given[0].label in named or (each["count"] and _is_of_less(given[0].label, row))):
        return
    zh, en = f"“{said}”按最差的 {say(worst)} 比较", f"of “{said}” the worst counts, {say(worst, 'en')}"
    reached: Actual = Measured(worst, assumptions=_told(Message(zh, en)))
    if len(given) < count:
        if has_ceiling(target, row):
            return
        zh, en = f"只写了“{said}”，别的没有写", f"only “{said}” is told"
        reached = Between(replace(worst, value=Fraction(0)), worst)
    yield _floor(target, row), reached, Message(zh, en)


def _is_of_less(label: str, row: Written) -> bool:
    """Return whether a label names something narrower than the row: 困难补贴 under 两项补贴."""
    return bool(strange_words(label, row.own) or left_out_words(label, row.own))


def _base(one: Quantity) -> Fraction:
    return one.base


_COUNTS = {number: count for count, number in enumerate("两三四五六七八九", 2)}


def _is_mean(target: Bound, row: Written, *, is_ceiling: bool) -> bool:
    """Return whether what several parts come to lies between them: a share, 元/人, a time under a ceiling."""
    wanted = target.quantity
    is_time = is_ceiling and wanted.dimension in TIMES and not is_time_in_all(row)
    return wanted.unit == RATIO or "/" in (wanted.unit or "") or is_time


def _are_parts(labels: list[str], row: Written) -> bool:
    """Return whether labels name parts that a rate is made of: none that the row names alone, no rate, time or step."""
    own = [not strange_words(label, row.own) for label in labels]
    return not any(own) and not any(is_said_aside(label) or is_of_step(label) for label in labels)


def _are_listed(labels: list[str], row: Written) -> bool:
    """Return whether a name lists just these labels, so that its rate is of each of them: 路灯、井盖完好率."""
    if len(labels) == 2 and (both := _BOTH_OF_THEM.search(fold(row.name))) is not None:
        first, second = both["first"], both["second"]
        return any(first in one and second in other for one, other in (labels, labels[::-1]))
    *listed, last = _PARTING.split(_JOINT.sub("、", fold(row.name)))
    named = [one for one in labels if one not in listed]
    return bool(listed) and len(labels) == len(listed) + 1 and len(named) == 1 and last.startswith(named[0])


def _is_asked_in_all(labels: list[str], target: Bound, row: Written) -> bool:
    """Return whether a target is for all that its name lists: 合计≥150批次 under 药品、化妆品抽检批次."""
    is_count = measured_by(target.quantity.unit) == "count" and "/" not in (target.quantity.unit or "")
    return is_count and _IN_ALL.match(fold(row.target)) is not None and all(label in fold(row.name) for label in labels)


def _is_no_part(one: _Item) -> bool:
    return _NO_PART.search(one.reading.label or one.label) is not None


# ── the amounts of a cell ──
def _items(side: SideName, text: str) -> tuple[_Item, ...] | None:
    """Return the amounts of a cell, each with its label before it, or behind it all along; `None` for other cells.

    What parts them is a comma, a stroke, a blank, the number of the item, or nothing: 男12支女9支.
    """
    places = list(_amounts(text))
    if not places:
        return None
    gaps = [text[: places[0].start]]
    gaps += [text[one.end : other.start] for one, other in pairwise(places)]
    tail = text[places[-1].end :].strip(" ,;")
    heads, tails = [gaps[0]], []
    is_behind = not gaps[0].strip() and len(places) > 1 and bool(tail)
    for gap in gaps[1:]:
        behind, head = _parted(gap, is_behind=is_behind)
        tails.append(behind)
        heads.append(head)
    tails.append(tail)
    items = [
        _item(side, head, text[place.start : place.end], tail)
        for head, place, tail in zip(heads, places, tails, strict=True)
    ]
    return None if any(one is None for one in items) else tuple(one for one in items if one is not None)


def _amounts(text: str) -> Iterator[_Place]:
    """Yield the places of the numbers with a unit."""
    ranked = places_of_ranks(text)
    for match in _NUMBER.finditer(text):
        if match.start() in ranked:
            continue
        start = match.end() + (text[match.end() : match.end() + 1] == " ")
        if unit := unit_at(text, start):
            of = unit_at(text, start + len(unit) + 1) if text[start + len(unit) :].startswith("/") else ""
            yield _Place(match.start(), start + len(unit) + (len(of) + 1 if of else 0))


def _parted(gap: str, *, is_behind: bool) -> tuple[str, str]:
    """Return what stands behind one amount and before the next."""
    mark = _PARTING.search(gap)
    if mark is not None:
        return gap[: mark.start()], gap[mark.end() :]
    return (gap, "") if is_behind else ("", gap)


def _item(side: SideName, head: str, amount: str, tail: str) -> _Item | None:
    """Return one amount with its label; `None` where more stands around it than a label."""
    joint = _JOINT.match(head)
    head = head if joint is None else head[joint.end() :]
    mark = _NUMBERED.match(head)
    number = None if mark is None else _ORDINALS.get(mark["number"])
    head = head if mark is None else head[mark.end() :]
    is_symbol = side == "actual" and _SYMBOL.fullmatch(head.strip(" :")) is not None
    text = amount if is_symbol else f"{head}{amount}"
    reading = read_target(text) if side == "target" else read_actual(text)
    if not isinstance(reading, Bound | Measured) or any(one.key not in _HARMLESS for one in reading.assumptions):
        return None
    label = head.strip(" :") if is_symbol else _name(reading)
    if tail:
        tail = tail[1:-1] if tail[:1] == "(" and tail[-1:] == ")" else tail
        if label or any(map(str.isdecimal, "".join(beside_ranks(tail)))):
            return None
        label = _NO_NAME.sub("", tail)
    return _Item(label, reading, number, joint is not None and joint["either"] is not None)


_HARMLESS = frozenset({"beside"})
#: COD, SO2, PM2.5: beside digits, the reader takes it for a name.
_SYMBOL = re.compile(r"[A-Za-z]+[0-9]*(?:\.[0-9]+)?")
_ORDINALS = {number: at % 9 + 1 for at, number in enumerate("①②③④⑤⑥⑦⑧⑨123456789一二三四五六七八九")}


def _name(reading: Reading) -> str:
    return _NO_NAME.sub("", reading.label.replace(" ", "")).removeprefix("其中")
