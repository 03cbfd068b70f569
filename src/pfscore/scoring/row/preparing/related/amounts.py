"""Amounts that answer an amount: a share of the task, what lies above or below it, one for each of the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.quantities import (
    RATIO,
    TIMES,
    YUAN,
    Quantity,
    counted_alike,
    in_units,
    known_units,
    say,
    unit_of,
)
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import (
    LOWER,
    Achieved,
    Actual,
    AllOf,
    Assumption,
    Between,
    Bound,
    Change,
    Measured,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.numbers import PERIODS, amounts
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.measured_otherwise import measured_otherwise
from pfscore.scoring.row.preparing.related.bases import base_in, of_other_base, two_bases
from pfscore.scoring.row.preparing.related.beside_target import (
    CLAUSE_END,
    amount_of,
    beside_target,
    by_target,
    compared_with_target,
    has_ceiling,
    moved,
    near_target,
    none_of_it,
    number_of,
    size_of,
)
from pfscore.scoring.row.preparing.several_numbers import in_all, in_unit

# The rules are described, with rows, in grammar/words/relations.txt.
_SHARE, _ABOVE, _BELOW, _EXCEEDED = rules("share_of_task", "above_target", "below_target", "task_exceeded")
_OVER_LIMIT, _UNDER_LIMIT, _ORDINAL, _KEPT = rules("over_limit", "under_limit", "ordinal_day", "limit_kept")
_THERE_NOW, _IN_TIME, _DUE_AND_LACKING = rules("there_now", "kept_in_time", "due_and_lacking")
_OF_TARGET, _SHARE_OF_THEM, _MONTHS_LEFT_OUT = rules("of_target", "share_of_them", "months_left_out")
_FOR_WHOM, _OF_POPULATION, _STANDARD = rules("for_whom", "of_population", "standard")
_EACH_IN_NAME, _FOR_EACH_UNIT = rules("each_in_name", "for_each_unit")
_EACH_OF_PLACES, _FOR_EACH_PLACE = rules("each_of_places", "for_each_place")
_BESIDE_STANDARD, _TIME_AND_LATE = rules("beside_standard", "time_and_late")
_LONGEST, _DESIGN_LIFE = rules("longest_of_them", "design_life")
_MOST = rule("most_of_task")
_NUMBER_AND_SAVED = rule("number_and_saved")
_EACH_TIME = rule("kept_each_time")
_MEAN = rule("mean_of_time")
_OF_SAVING, _ALL_OF_PLACE = rules("of_saving", "all_of_place")
_TOTAL, _OVER_COUNT, _MEAN_NAMED = rules("total_of_so_many", "amount_over_count", "mean_named")
_EACH_AND_TIMES, _EVERY_DAY, _WHOLE_YEAR = rules("each_and_times", "every_day", "in_a_whole_year")
_BEGUN_AND_FINISHED, _BUILDING_TIME = rules("begun_and_finished", "of_building_time")
# In grammar/words/beside_numbers.txt.
_OF_YEAR, _NAMED_AMONG, _AHEAD_BY = rules("of_the_year", "named_among", "ahead_by")
_ASKS_OF_A_PERIOD = rule("asks_of_a_period")


def as_task(target: Bound, row: Written, said: str) -> Bound:
    """Return a number whose side nothing tells as a floor where an actual is a share of it: 4000家 ← 完成八成."""
    is_open = target.op is TargetKind.BARE and side_of(row.name, (), target.quantity.unit) is None
    is_task = is_open and (_SHARE.fullmatch(said) or _MOST.fullmatch(said))
    return replace(target, op=TargetKind.AT_LEAST) if is_task else target


def of_amount(target: Bound, cells: Cells, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what answers an amount: a share of it, what lies above or below it, one for each of the same."""
    yield from _beside_saving(target, row, said)
    yield from for_each_of_them(target, row, said)
    yield from _turned(target, cells.actual, said)
    yield from _each_and_times(target, row, said)
    yield from _rate_beside_total(target, cells.actual)
    yield from _by_every_day(target, cells.actual, row, said)
    yield from _of_whole_year(target, cells.actual, row, said)
    yield from _of_mean(target, row, said)
    yield from _of_either_unit(target, cells.actual, said)
    yield from measured_otherwise(target, cells.actual, row, said)
    yield from compared_with_target(target, row, said)
    yield from near_target(target, row, said)
    beside = beside_target(said, row)
    loss = _OVER_LIMIT.fullmatch(said) if _OF_SAVING.search(f"{fold(row.name)},{fold(row.target)}") else None
    if loss is not None and size_of(loss, target.quantity, row) is not None:
        zh, en = f"“{said}”就是没有节约", f"“{said}” is that nothing was saved"
        yield Measured(replace(target.quantity, value=Fraction(0))), Message(zh, en)
    if has_ceiling(target, row):
        yield from _of_limit(target, row, beside)
        yield from _of_time(target, row, said)
        yield from _of_times(target, cells.actual, row)
    elif target.quantity.value > 0 and target.op is not TargetKind.APPROXIMATELY:
        yield from _of_task(target, row, beside)
    found = _DESIGN_LIFE.fullmatch(said)
    life = None if found is None or found["what"] not in fold(row.own) else amount_of(found["amount"], row)
    if found is not None and life is not None and life.dimension == target.quantity.dimension:
        zh, en = f"“{said}”是设计值，按它计", f"“{said}” is the value of the design, which counts"
        yield Measured(life), Message(zh, en)
    if _MONTHS_LEFT_OUT.fullmatch(said) and (target.quantity.unit or "").endswith("/月"):
        zh, en = f"“{said}”按少于每月都做计", f"“{said}” is taken as less than each month"
        yield Achieved(TargetKind.LESS_THAN, target.quantity), Message(zh, en)
    ahead = _AHEAD_BY.fullmatch(said) if "提前" in row.name else None
    if ahead is not None and (size := size_of(ahead, target.quantity, row)) is not None:
        yield Measured(size), Message(f"“{said}”就是提前的时间", f"“{said}” is how much earlier")
    found = _THERE_NOW.fullmatch(said) if "在建" in row.name else None
    if found is not None and (now := amount_of(found["amount"], row)) is not None:
        yield (
            Measured(now),
            Message(f"指标说的是“在建”，取“{found['amount']}”", "the indicator is for what is under way"),
        )
    yield from _those_there(said, row)
    if target.op in LOWER and _EACH_OF_PLACES.fullmatch(said) and _FOR_EACH_PLACE.search(fold(row.name)):
        least = min((one for part in CLAUSE_END.split(said) for one in amounts(part, target, row.unit)), default=None)
        if least is not None and least.least == least.most:
            zh, en = f"“{least.clause}”最低，按它计", f"“{least.clause}” is the least, which counts"
            yield Measured(in_unit(target, least.least)), Message(zh, en)
    yield from _for_each(target, cells.actual, row, said)
    yield from _named_part(cells.actual, row, said)


def for_each_of_them(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what a total is for each of so many, under a target or a name for each of them.

    12公里共5040万元 is 420万元/公里, 9万元/250人 is 360元/人, 3车次/200公里 is 1.5车次/百公里 and 2天共640元/人 is
    320元/人·天.
    """
    found = _TOTAL.fullmatch(said) or _OVER_COUNT.fullmatch(said)
    base, total = (None, None) if found is None else (amount_of(found[part], row) for part in ("base", "total"))
    if base is not None and total is not None and base.value > 0:
        (top, given), wanted = unit_and_what(total.unit or ""), target.quantity
        each = _in_words_of(target, given | {base.unit or ""})
        rate = Quantity(total.value / base.value, f"{top}/{'·'.join(sorted(each))}")
        words, named = f"{fold(row.target)},{fold(row.name)}", base_in(row.name)
        if named is not None and named.size > 1 and each == {named.what} and "/" not in (wanted.unit or ""):
            rate = replace(rate, value=rate.value * named.size, unit=top)  # 4个/150户 under 每百户
        elif rate.dimension != wanted.dimension and "/" not in (wanted.unit or "") and RATIO not in {top, wanted.unit}:
            is_named = all(_is_said(one, words) or _is_named(one, fold(row.name)) for one in each)
            rate = replace(rate, unit=top) if is_named or _MEAN_NAMED.search(fold(row.name)) else rate
        if rate.dimension == wanted.dimension:
            size = replace(wanted, value=in_units(rate.base, wanted.unit))
            yield Measured(size), Message(f"“{said}”是 {say(size)}", f"“{said}” is {say(size, 'en')}")


def _in_words_of(target: Bound, given: frozenset[str] | set[str]) -> set[str]:
    """Return what a number is counted for in the words that its target has for the same."""
    _, asked = unit_and_what(target.quantity.unit or "")
    alike = {
        one: other
        for one in given
        for other in asked
        if counted_alike(one, other) or any({one, other} <= words for words in _ALIKE)
    }
    return {alike.get(one, one) for one in given}


def _turned(target: Bound, actual: Actual | None, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield how long one takes for how many there are in a time, and the reverse: 每小时10票 is 6分钟/票."""
    if not isinstance(actual, Measured) or not actual.quantity.value:
        return
    (top, asked), (other, given) = (unit_and_what(one.unit or "") for one in (target.quantity, actual.quantity))
    if len(asked) == len(given) == 1 and (unit_of(top).dimension in TIMES) is not (unit_of(other).dimension in TIMES):
        turned = Quantity(1 / actual.quantity.value, f"{next(iter(given))}/{next(iter(_in_words_of(target, {other})))}")
        if turned.dimension == target.quantity.dimension:
            size = replace(target.quantity, value=in_units(turned.base, target.quantity.unit))
            yield Measured(size), Message(f"“{said}”是 {say(size)}", f"“{said}” is {say(size, 'en')}")


def _each_and_times(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the product of an amount for each and how often it was paid: 每月1.1万元，全年付12个月."""
    found = _EACH_AND_TIMES.fullmatch(said)
    each = None if found is None else amount_of(found["amount"], row)
    if found is not None and each is not None and each.dimension == target.quantity.dimension:
        whole = replace(each, value=each.value * number_of(found["times"]))
        yield Measured(whole), Message(f"“{said}”共 {say(whole)}", f"“{said}” is {say(whole, 'en')} in all")


def _rate_beside_total(target: Bound, actual: Actual | None) -> Iterator[tuple[Actual, Message]]:
    """Yield the rate that a target asks for beside the total that it comes to: 全年4次，每季1次 under 每季度1次."""
    parts = [one for one in actual.parts if isinstance(one, Measured)] if isinstance(actual, AllOf) else []
    rates = [one for one in parts if one.quantity.dimension == target.quantity.dimension]
    if not isinstance(actual, AllOf) or len(actual.parts) != _TWO or len(parts) != _TWO or len(rates) != 1:
        return
    (top, each), total = unit_and_what(rates[0].quantity.unit or ""), next(one for one in parts if one is not rates[0])
    often = PERIODS.get(next(iter(each))) if len(each) == 1 else None
    if often is not None and total.quantity == Quantity(rates[0].quantity.value * often, top):
        zh, en = f"合计与“{rates[0].in_words()}”相符", f"the total agrees with “{rates[0].in_words('en')}”"
        yield replace(rates[0], label=""), Message(zh, en)


_TWO = 2


def _by_every_day(target: Bound, actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what is of each day of a year or a month, under a name for what goes on every day.

    260元/天 of 陪护费用 is 7280 to 8060元 a month, and 全年290万次 of 平台日均访问量 less than 0.8万次 a day.
    """
    if not isinstance(actual, Measured) or _EVERY_DAY.search(fold(row.name)) is None:
        return
    (top, asked), (other, given) = (unit_and_what(one.unit or "") for one in (target.quantity, actual.quantity))
    told = given or ({"年"} if _WHOLE_YEAR.search(said) else set())
    if len(asked) != 1 or len(told) != 1 or unit_of(top).dimension != unit_of(other).dimension:
        return
    (one,), (of,) = asked, told
    days = _ALL_DAYS_OF.get(of if one in _DAYS else one)
    if days is None or (one in _DAYS) is (of in _DAYS):
        return
    value = in_units(Quantity(actual.quantity.value, other).base, top)
    ends = [value / many if one in _DAYS else value * many for many in days]
    low, high = (replace(target.quantity, value=end) for end in sorted(ends))
    message = Message(f"“{said}”按每天都有计", f"“{said}” goes on every day")
    yield Between(low, high, assumptions=(Assumption("related", message),)), message


#: The days of a month and a year at least and at most.
_ALL_DAYS_OF = {"月": (28, 31), "年": (365, 366)}


def _for_each(target: Bound, actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield a number as counted for what its row counts for, or for so many of those."""
    if actual is None and "/" in said and isinstance(alone := read_actual(row.actual, None), Measured):
        actual = alone  # 元/人·年 beside a column of 元/年
    bases = two_bases(target, actual, row)
    if bases is not None and isinstance(actual, Measured):
        yield from of_other_base(target, actual, bases, said)
    else:
        yield from _counted_alike(target, actual, row, said)


def _beside_saving(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the number beside what was saved, where both come to the limit: 1760元，节约40元 under ≤1800元/立方米."""
    found = _NUMBER_AND_SAVED.fullmatch(said) if has_ceiling(target, row) else None
    reached = None if found is None else read_actual(found["number"])
    if found is None or not isinstance(reached, Measured):
        return
    if number_of(found["value"]) + number_of(found["by"]) == target.quantity.value:
        yield from _counted_alike(target, reached, row, found["number"])


def _of_mean(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what a mean of a day or a month comes to in a year, under a target so large that it is of the year.

    A year has 240 working days at least; how many of its days count, nobody says.
    """
    found, wanted = _MEAN.fullmatch(said), target.quantity
    if (
        found is None
        or has_ceiling(target, row)
        or "/" in (wanted.unit or "")
        or _ASKS_OF_A_PERIOD.search(fold(row.own))
    ):
        return
    mean, (least, most) = amount_of(found["amount"], row), _TIMES_A_YEAR[found["each"]]
    if mean is None or mean.dimension != wanted.dimension or wanted.base * 4 < mean.base * least:
        return
    spread = Fraction(1, 20) if "左右" in said or "约" in said else Fraction(0)
    low = replace(mean, value=mean.value * least * (1 - spread))
    high = replace(mean, value=mean.value * most * (1 + spread))
    zh, en = (
        f"“{said}”一年在 {say(low)} 到 {say(high)} 之间",
        f"“{said}” is {say(low, 'en')} to {say(high, 'en')} a year",
    )
    message = Message(zh, en)
    yield Between(low, high, assumptions=(Assumption("related", message),)), message


#: How often a period comes in a year at least, and at most.
_TIMES_A_YEAR = {"日": (240, 366), "周": (48, 53), "月": (12, 12), "季": (4, 4)}


def _of_either_unit(target: Bound, actual: Actual | None, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the sum of counts in a target's unit and in the one in brackets: ≥2万卷（件） ← 8614卷、12950件."""
    parts = [one for one in actual.parts if isinstance(one, Measured)] if isinstance(actual, AllOf) else []
    units = [one.quantity.unit or "" for one in parts]
    other = next((unit for unit in units if f"({unit})" in target.label), None)
    if isinstance(actual, AllOf) and len(parts) == len(actual.parts) and set(units) == {target.quantity.unit, other}:
        total = replace(target.quantity, value=sum([one.quantity.value for one in parts], start=Fraction(0)))
        yield Measured(total), in_all(said, total)


#: How long the name of another thing is that stands before the one that is named: 刑事民事, 中小学教师.
_ANOTHER = 2


def _named_part(actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the part that the indicator names: 谋划10个，其中入库6个 under 入库数.

    A thing may be all that it is for (农村公路养护里程), and is one of several where another one stands before it:
    1260件，其中民事830件 under 刑事民事结案总数 is 1260件.
    """
    found = _NAMED_AMONG.search(said)
    if found is None or not isinstance(actual, Measured):
        return
    word, name = found["deed"] or found["thing"], fold(row.name)
    before, is_named, _ = name.partition(word)
    if not is_named or word in actual.label.partition("其中")[0]:
        return
    part = amount_of(found["amount"], row)
    if part is None or part.dimension != actual.quantity.dimension:
        return
    if found["deed"]:
        message = Message(f"指标说的是“{word}”，取“{found[0]}”", f"the indicator is for “{word}”")
        yield Measured(part), message
    elif part.base <= actual.quantity.base and (len(before) > _ANOTHER or not strange_words(before, "")):
        zh, en = f"指标可能只说“{word}”，按“{found[0]}”与全部之间计", f"the indicator may be for “{word}” alone"
        yield Between(part, actual.quantity), Message(zh, en)


def _of_task(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield a share of the target, or what lies above or below it: 完成任务的75%, 超额完成412亩, 比计划少5户."""
    wanted = target.quantity
    found = _SHARE.fullmatch(said) or _SHARE_OF_THEM.fullmatch(said)
    if found is not None and (share := _share(found["share"])) is not None:
        quantity = replace(wanted, value=wanted.value * share)
        is_near = found["near"] or found.groupdict().get("about")
        reached = Achieved(TargetKind.APPROXIMATELY, quantity) if is_near else Measured(quantity)
        yield reached, by_target(found["share"], target, quantity)
    if _MOST.fullmatch(said):
        yield Achieved(TargetKind.LESS_THAN, wanted), Message(f"“{said}”按不到指标值计", f"“{said}” is less than all")
    found = _OF_TARGET.fullmatch(said)
    if found is not None and number_of(found["whole"]) == wanted.value and wanted.unit not in {RATIO, None}:
        quantity = replace(wanted, value=number_of(found["part"]))
        zh, en = f"“{said}”是 {say(wanted)}里的 {say(quantity)}", f"“{said}” is {say(quantity, 'en')} of those"
        yield Measured(quantity), Message(zh, en)
    for pattern, way in ((_ABOVE, 1), (_BELOW, -1)):
        if (found := pattern.fullmatch(said)) is not None and (size := size_of(found, wanted, row)) is not None:
            quantity = replace(wanted, value=moved(wanted, size, way))
            yield Measured(quantity), by_target(said, target, quantity)
    if _EXCEEDED.fullmatch(said) is not None:
        text = say(wanted)
        message = Message(f"“{said}”按多于指标值 {text} 计", f"“{said}” is taken as more than the target, {text}")
        yield Achieved(TargetKind.GREATER_THAN, wanted), message


def _of_limit(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what lies above or below a ceiling, 超支12.6万元, 节约3.1万元; what only says that it was kept: 未超支."""
    wanted = target.quantity
    found = _BESIDE_STANDARD.fullmatch(said)
    if found is not None and number_of(found["limit"]) == wanted.value:
        way = 1 if found["over"] or found["more"] else -1
        quantity = replace(wanted, value=wanted.value + way * number_of(found["by"]))
        yield Measured(quantity), by_target(said, target, quantity)
    ordinal = _ORDINAL.fullmatch(said)
    if ordinal is not None and unit_of(ordinal["unit"]).dimension == wanted.dimension:
        yield (
            Measured(Quantity(number_of(ordinal["number"]), ordinal["unit"])),
            Message(f"“{said}”是第几日", f"“{said}”"),
        )
    is_time = wanted.dimension in TIMES
    if wanted.value > 0 and _KEPT.fullmatch(said) and is_time is (_IN_TIME.search(said) is not None):
        text = say(wanted)
        message = Message(f"“{said}”按不超过指标值 {text} 计", f"“{said}” is taken as no more than the target, {text}")
        yield Achieved(TargetKind.AT_MOST, wanted), message
    yield from none_of_it(target, row, said)
    for pattern, way in ((_OVER_LIMIT, 1), (_UNDER_LIMIT, -1), (_ABOVE, 1), (_BELOW, -1)):
        found = pattern.fullmatch(said)
        if found is not None and "/" in (wanted.unit or "") and found.groupdict().get("alone") is not None:
            continue  # 节约0.4万元/公里 may be against last year
        if found is not None and (size := size_of(found, wanted, row)) is not None:
            value = moved(wanted, size, way)
            if value >= 0:
                quantity = replace(wanted, value=value)
                yield Measured(quantity), by_target(said, target, quantity)


def _of_time(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the longest of several times (一般12天，最长26天), and the days from 4月1日开工 to 7月25日完工."""
    found = _TIME_AND_LATE.fullmatch(said) if target.quantity.dimension in TIMES else None
    if found is not None:
        whole = replace(target.quantity, value=number_of(found["time"]) + number_of(found["late"]))
        yield Measured(whole), Message(f"“{said}”共 {say(whole)}", f"“{said}” is {say(whole, 'en')} in all")
    longest = _LONGEST.fullmatch(said)
    time = None if longest is None else amount_of(longest["after"], row)
    if longest is not None and time is not None and time.dimension == target.quantity.dimension:
        yield Measured(time), Message(f"按最长的“{longest['after']}”计", f"the longest counts, {longest['after']}")
    found = _BEGUN_AND_FINISHED.fullmatch(said) if _BUILDING_TIME.search(fold(row.name)) else None
    if found is None or row.year is None or target.quantity.unit not in _DAYS:
        return
    with suppress(ValueError):
        first = date(row.year, int(found["month"]), int(found["day"]))
        days = (date(row.year, int(found["to_month"]), int(found["to_day"])) - first).days
        if days >= 0:
            low, high = (replace(target.quantity, value=Fraction(days + more)) for more in (0, 1))
            message = Message(f"“{said}”是 {say(low)}（首尾都算 {say(high)}）", f"“{said}” is {say(low, 'en')}")
            yield Between(low, high), message


def _of_times(target: Bound, actual: Actual | None, row: Written) -> Iterator[tuple[Actual, Message]]:
    """Yield the longest of 1.5至5小时 under 爆管修复时长: each time is kept to a limit of it; a mean is one number."""
    is_of_times = isinstance(actual, Between) and not actual.assumptions and _EACH_TIME.fullmatch(fold(row.name))
    if not isinstance(actual, Between) or not is_of_times or target.quantity.dimension not in TIMES:
        return
    if actual.high.dimension == target.quantity.dimension and actual.high.base > target.quantity.base:
        text = say(actual.high)
        yield Measured(actual.high), Message(f"按最长的 {text} 计", f"the longest counts, {say(actual.high, 'en')}")


_DAYS = frozenset({"天", "日"})


def _share(text: str) -> Fraction | None:
    """Return a share in digits or in words: 75%, 七成五, 三分之二."""
    reading = read_actual(text.replace("半数", "一半"), None)
    return reading.quantity.value if isinstance(reading, Measured) and reading.quantity.unit == RATIO else None


def _those_there(said: str, row: Written) -> Iterator[tuple[Actual, Message]]:
    """Yield how many of those that were due are not missing: 应配100张，缺12张."""
    found = _DUE_AND_LACKING.fullmatch(said)
    if found is None:
        return
    due, lacking = (amount_of(found[name] + found["unit"], row) for name in ("whole", "part"))
    if due is not None and lacking is not None and lacking.value <= due.value:
        there = replace(due, value=due.value - lacking.value)
        yield Measured(there), Message(f"“{said}”是 {say(there)}", f"“{said}” is {say(there, 'en')}")


def _of_whole_year(target: Bound, actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what is of a whole year for each of those of whom a target asks it more often: 全年人均20次, 次/人·月."""
    top, asked = unit_and_what(target.quantity.unit or "")
    if not isinstance(actual, Measured) or not asked & PERIODS.keys() or _WHOLE_YEAR.search(said) is None:
        return
    if RATIO in {top, actual.quantity.unit}:
        return
    unit = f"{top}/{'·'.join(sorted(asked - PERIODS.keys() | {'年'}))}"
    of_year = replace(target, quantity=replace(target.quantity, unit=unit))
    counted = replace(actual, quantity=replace(actual.quantity, unit=f"{actual.quantity.unit}/年"))
    yield from _counted_alike(of_year, counted, row, _WHOLE_YEAR.sub("", said))


def _counted_alike(target: Bound, actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield a number as counted for what its target counts for: 人均4.5天 against 5天/人, 4.1个 against 4.5个/千人.

    An amount of more than one is no more for one: what is not above a ceiling for each is below it either way.
    """
    if not isinstance(actual, Measured | Change):
        return
    (top, asked), (other, given) = (unit_and_what(one.unit or "") for one in (target.quantity, actual.quantity))
    period, told = asked & _OF_A_YEAR, given & PERIODS.keys()
    often = 1
    if period and len(told) == 1 and told.isdisjoint(_OF_A_YEAR):  # 每学期360元 under 元/生·年
        often, given = PERIODS[next(iter(told))], given - told | period
    if not top or unit_of(top).dimension != unit_of(other).dimension or not (asked < given or given < asked):
        return
    if given < asked and _ALL_OF_PLACE.search(said):
        return  # 全校21000册 is no number for each
    words = said if given < asked else fold(row.target)
    lacking = sorted(asked ^ given)
    name = fold(row.name)
    value = often * in_units(Quantity(actual.quantity.value, other).base, top)
    text = "、".join(lacking)
    message = Message(f"“{said}”与指标值都按每{text}计", f"“{said}” and the target are both for each {text}")
    # 8.5件 can only be a rate; 25起 under 刑事发案数 may be all of them
    is_rate_of = given < asked or not name.endswith("数") or target.quantity.value.denominator > 1
    # 3.6元 is no sum of anything that was paid for
    is_price = given < asked and unit_of(top).dimension == YUAN and actual.quantity.base < _LEAST_SUM
    is_price = is_price and has_ceiling(target, row)
    if _OF_YEAR.search(words) or not all(
        is_price
        or _is_said(one, f"{words}，{name}")
        or _is_named(one, name)
        or (is_rate_of and _OF_POPULATION.search(one) is not None)
        for one in lacking
    ):
        is_whole = given < asked and not any(_OF_POPULATION.search(one) for one in lacking)
        limit = target.quantity.value
        is_below = 0 <= value < limit or (value == limit and target.op is not TargetKind.LESS_THAN)
        if not (is_whole and is_below and has_ceiling(target, row)):
            return
        zh = f"“{said}”没有写明按每{text}计，按不按都不超过指标值"
        message = Message(zh, f"“{said}” does not say whether it is for each {text}; it is below the target either way")
    yield replace(actual, quantity=replace(actual.quantity, value=value, unit=target.quantity.unit)), message


#: Less money than anything costs that a form is about, in 元.
_LEAST_SUM = 100
#: Periods that come once in a year.
_OF_A_YEAR = frozenset(one for one, often in PERIODS.items() if often == 1)


def unit_and_what(unit: str) -> tuple[str, frozenset[str]]:
    """Return a unit and what it is counted for: 次/人·月 is 次 for 人 and 月."""
    top, _, bottom = unit.partition("/")
    return top, frozenset(bottom.split("·")) if bottom else frozenset()


def _is_said(what: str, words: str) -> bool:
    """Return whether words say that a number is for each of these, or the name that it is a standard."""
    for found in _FOR_WHOM.finditer(words):
        each = found["what"] or found["each"]
        if each in what or what in each:
            return True
    return _STANDARD.search(words) is not None


#: Words that count the same visits and persons: 单次体检费用 is 380元/人, 生均经费 4000元/人, 单车成本 21万元/辆.
_ALIKE = (
    frozenset({"次", "人次", "人", "例"}),
    frozenset({"生", "人", "名", "学生"}),
    frozenset({"方", "平方米", "立方米", "㎡"}),
    frozenset({"车", "辆", "台"}),
)


def _is_named(what: str, name: str) -> bool:
    """Return whether a name says that its number is for each of these: 每公里造价, 单场成本, 次均费用, 单位造价.

    >>> _is_named("公里", "每公里造价"), _is_named("个", "每公里造价"), _is_named("座", "单位造价")
    (True, False, True)
    """
    for found in _EACH_IN_NAME.finditer(name):
        after, mean = found["after"] or "", found["mean"] or ""
        if after.startswith(what) or (mean and mean in what) or _begins_with_unit(after, what):
            return True
        if any(what in words and (mean in words or after.startswith(tuple(words))) for words in _ALIKE):
            return True
    return _FOR_EACH_UNIT.search(name) is not None


def is_for_each(name: str) -> bool:
    """Return whether a name is for an amount of each of something, which is no part of a sum.

    >>> [is_for_each(name) for name in ("设备采购单价", "每公里造价", "亩均补贴", "补助标准", "单位运行费用", "总成本")]
    [True, True, True, True, True, False]
    """
    folded = fold(name)
    if _FOR_EACH_UNIT.search(folded) or _STANDARD.search(folded):
        return True
    found = list(_EACH_IN_NAME.finditer(folded))
    return any(one["mean"] or any(one["after"].startswith(word) for word in known_units()) for one in found)


def _begins_with_unit(text: str, unit: str) -> bool:
    """Return whether a text begins with another word for a unit: 平方米 for ㎡."""
    same = unit_of(unit)
    words = (text[:size] for size in range(1, len(text) + 1))
    return any((unit_of(word).dimension, unit_of(word).factor) == (same.dimension, same.factor) for word in words)
