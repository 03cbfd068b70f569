"""Compare what was achieved with what was asked for: met or not, by how much, and what had to be assumed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from pfscore.cells.lexicon.answers.levels import level_scale
from pfscore.cells.lexicon.answers.undone import forbids, may_reach, says_late, says_undone
from pfscore.cells.lexicon.directions import Side
from pfscore.cells.lexicon.quantities import Quantity, say
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Achieved,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Change,
    Dated,
    Deadline,
    Direction,
    Level,
    Measured,
    Reading,
    Target,
    TargetKind,
    on_two_things,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.model.assume import Assume
from pfscore.scoring.row.comparing.lateness import years_late
from pfscore.scoring.row.comparing.plain_answers import (
    answer_by_change,
    answer_in_words,
    answer_to_change,
    is_in_time,
    is_nothing,
    is_opposite,
    is_same_wording,
    is_wholly,
    says_itself,
)

#: What a strict sign becomes where a ruleset takes its edge as met.
_AT_EDGE = {TargetKind.GREATER_THAN: TargetKind.AT_LEAST, TargetKind.LESS_THAN: TargetKind.AT_MOST}
_NOTHING = Assume()
#: What to do with a row that nothing decides.
BY_HAND = Message("由评价人评定的，把得分写在 decision 里", "a person who judges writes the score under `decision`")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two cells of a row give together; numbers are in the unit of the target.

    `met` is `None` where it cannot be told. `stated` is the bound of an actual that only repeats one (`≥95%`):
    then `actual` is that bound and the true value lies on its side. `problem` says why numbers could not be compared,
    `undecided` why a person must look. `ends` are the comparisons of both ends of an actual that is an interval.
    `days_late` and `years_late` say by how much a date misses its limit, `planned_days` how long it was to take.
    """

    met: bool | None = None
    direction: Direction | None = None
    target: Fraction | None = None
    actual: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    stated: TargetKind | None = None
    assumptions: tuple[Assumption, ...] = ()
    problem: Diagnostic | None = None
    undecided: Diagnostic | None = None
    ends: tuple[Comparison, Comparison] | None = None
    days_late: Fraction | None = None
    years_late: Fraction | None = None
    planned_days: Fraction | None = None

    @property
    def completion(self) -> Fraction | None:
        """Actual ÷ target, where both are numbers and the target is not zero."""
        if self.target is None or self.actual is None or not self.target:
            return None
        return self.actual / self.target

    @property
    def deviation_rate(self) -> Fraction | None:
        """(Actual − target) ÷ target, as the forms print it; undefined for a zero target."""
        completion = self.completion
        return None if completion is None else completion - 1


#: The comparison of a row that has nothing to compare.
NOTHING_COMPARED = Comparison()


def _is_percent(reading: Reading | None) -> bool:
    """Return whether a reading is a ratio such as 100%."""
    return isinstance(reading, Measured) and reading.quantity.unit == "1"


def answers_with_percent(target: Reading, actual: Reading) -> bool:
    """Return whether a percentage answers a target that is none: 100% against 5个工作日内, or against 有效."""
    if not _is_percent(actual):
        return False
    match target:
        case Bound(quantity=quantity) | Change(quantity=quantity):
            return quantity.unit not in {"1", None}
        case Between(low=low):
            return low.unit not in {"1", None}
        case Level() | Deadline():
            return True
    return False


def same_words(target: Reading, actual: Reading) -> bool:
    """Return whether both cells hold the same words; closing punctuation and spaces do not count."""
    return isinstance(target, Level) and isinstance(actual, Level) and is_same_wording(target.text, actual.text)


def compare(
    target: Target,
    actual: Actual,
    assume: Assume | None = None,
    side: Side | None = None,
    *,
    year: int | None = None,
) -> Comparison:
    """Compare `actual` with `target`; what the text does not say is taken from `assume`, and reported.

    `side` is the side to which the row's name says that a bare number improves, or the size of a change.
    """
    found = _compared(target, actual, assume or _NOTHING, side, year)
    if found.met and _counts_instead(actual) and not _counts_instead(target):
        return Comparison(undecided=_of_something_else(target, actual))
    return found


def _counts_instead(reading: Reading) -> tuple[str, ...]:
    """Return what the reader says that a cell counts in place of an achievement: 未参保人数, 开工."""
    return tuple(one.message.zh for one in reading.assumptions if one.key == "counts_instead")


def _of_something_else(target: Target, actual: Actual) -> Diagnostic:
    why = "；".join(_counts_instead(actual))
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{_shown(actual, 'zh')}”{why}，不能直接当作指标值“{_shown(target, 'zh')}”的完成",
            f"the actual “{_shown(actual, 'en')}” counts what was begun or left out, "
            f"not what the target “{_shown(target, 'en')}” asks for",
        ),
        BY_HAND,
    )


def _compared(target: Target, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    match target, actual:
        case Level(), Measured() if is_nothing(target.text) and _is_count(actual.quantity):
            return _none_wanted(target, actual, assume)
        case Bound(), Level() if is_nothing(actual.text):
            return _none_reached(target, actual, assume, side)
    if answers_with_percent(target, actual):
        return _answered(target, actual, assume)
    return _by_kind(target, actual, assume, side, year)


def _by_kind(target: Target, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    match target, actual:
        case ((Bound() | Between() | Change()), Between()):
            return _of_interval(target, actual, assume, side)
        case Bound(), (Measured() | Achieved()):
            return _bound(target, actual, assume, side)
        case Between(), (Measured() | Achieved()):
            return _between(target, actual, side)
        case Change(), (Measured() | Achieved() | Change()):
            return _change(target, actual, assume, side)
        case Deadline(), Dated():
            return _dates(target, actual, assume, year)
        case ((AllOf() | AnyOf()), _):
            return _several(target, actual, assume, side, year)
    return _by_words(target, actual, assume, side)


def _by_words(target: Target, actual: Actual, assume: Assume, side: Side | None = None) -> Comparison:
    """Compare cells of which at least one is words."""
    met: bool | None = None
    match target, actual:
        case Level(), Level():
            if (found := _words(target, actual, assume)).met is not None:
                return found
        case Level(), Change():
            met = answer_by_change(target.text, actual)
        case Change(), Level():
            met = answer_to_change(target, actual.text)
        case Level(), Measured():
            is_all = _is_percent(actual) and actual.quantity.value == 1
            met = says_itself(target.text, actual.label, wholly=is_all) or None
            actual = Level(actual.label) if met else actual
        case Deadline(), Level():
            met = is_in_time(actual.text) or None
        case Bound(quantity=quantity), Level() if (
            quantity.unit == "1" and quantity.value == 1 and target.op not in UPPER
        ):
            met = is_wholly(actual.text) or None
    if met is None and _is_undone(target, actual, side):
        met = False
    return _in_words(target, actual, assume, met)


#: What is measured in time, as dimensions name it.
_TIMES = frozenset({"时间", "月", "工作日", "工作时间"})


def _is_undone(target: Target, actual: Actual, side: Side | None) -> bool:
    """Return whether words say that a target was not reached, or that there was what it forbids."""
    match target, actual:
        case Level(), Level():
            return says_undone(actual.text, target.text) or forbids(target.text, actual.text)
        case Level(), Measured():
            return actual.quantity.value > 0 and forbids(target.text, actual.label)
        case Level(), AllOf(parts=parts):
            return any(isinstance(part, Measured) and _is_undone(target, part, side) for part in parts)
        case AllOf(parts=parts), Level():
            return any(isinstance(part, Level) and forbids(part.text, actual.text) for part in parts)
        case Bound(op=op, quantity=quantity), Level() if op in UPPER:
            return quantity.dimension in _TIMES and says_late(actual.text)
        case Deadline(), Level():
            return says_undone(actual.text, target.text, in_words=False)
        case ((Bound(quantity=quantity) | Change(quantity=quantity)), Level()):
            is_limit = target.op in UPPER or (
                isinstance(target, Bound) and side is not None and side.direction == "lower"
            )
            is_open = quantity.value <= 0 or may_reach(quantity.value, actual.text, share=quantity.unit == "1")
            wanted = "100%" if quantity.unit == "1" and quantity.value == 1 else ""
            return not is_open and not is_limit and says_undone(actual.text, wanted, in_words=False)
        case Between(), Level():
            return says_undone(actual.text, "", in_words=False)
    return False


def _same_text(target: Reading, actual: Reading, assume: Assume) -> Comparison | None:
    """Return that the target is met where the actual is the same text, and the ruleset lets this be assumed."""
    if not assume.same_words or not is_same_wording(str(target), str(actual)):
        return None
    if is_nothing(str(actual)) and "".join(str(target).split()) != "".join(str(actual).split()):
        # 零发生 ← 未发生
        return _in_words(target, actual, assume, met=True)  # type: ignore[arg-type]
    message = Message(
        f"完成值与指标值写法相同（“{_words_of(actual, 'zh')}”），视为达标",
        f"the actual repeats the target (“{_words_of(actual, 'en')}”); taken as met",
    )
    return Comparison(met=True, assumptions=(Assumption("same_words", message),))


def _is_count(quantity: Quantity) -> bool:
    """Return whether a quantity counts, or is zero: a share says nothing about how often something happened."""
    return quantity.unit != "1" or quantity.value == 0


def _none_wanted(target: Level, actual: Measured, assume: Assume) -> Comparison:
    """Compare 零投诉 with a number of complaints."""
    if actual.quantity.value == 0:
        if not assume.same_words:
            return Comparison(undecided=_not_comparable(target, actual))
        message = Message(f"“{actual}”就是“{target.text}”，视为达标", f"“{actual}” is “{target.text}”; taken as met")
        return Comparison(met=True, assumptions=(Assumption("same_words", message),))
    return _missed(target, actual, assume)


def _in_words(target: Target, actual: Actual, assume: Assume, met: bool | None) -> Comparison:  # noqa: FBT001
    """Return what words come to, where the ruleset lets it be assumed."""
    if met is False:
        return _missed(target, actual, assume)
    if met is None or not assume.same_words:
        return _same_text(target, actual, assume) or Comparison(undecided=_not_comparable(target, actual))
    message = Message(
        f"“{_words_of(actual, 'zh')}”做到了“{_words_of(target, 'zh')}”，视为达标",
        f"“{_words_of(actual, 'en')}” does what “{_words_of(target, 'en')}” asks; taken as met",
    )
    return Comparison(met=True, assumptions=(Assumption("same_words", message),))


def _missed(target: Reading, actual: Reading, assume: Assume) -> Comparison:
    """Return that an answer in the opposite sense misses its target, where the ruleset lets this be assumed."""
    if not assume.opposite:
        return Comparison(undecided=_not_comparable(target, actual))
    message = Message(
        f"“{_words_of(actual, 'zh')}”没有做到“{_words_of(target, 'zh')}”，视为未达标",
        f"“{_words_of(actual, 'en')}” is not what “{_words_of(target, 'en')}” asks; taken as missed",
    )
    worth = Message(
        f"完成值“{_shown(actual, 'zh')}”没有做到指标值“{_shown(target, 'zh')}”，得多少分由人定",
        f"the actual “{_shown(actual, 'en')}” is not what the target “{_shown(target, 'en')}” asks; "
        "what it is worth is for a person",
    )
    undecided = Diagnostic("PF516", worth, BY_HAND)
    return Comparison(met=False, assumptions=(Assumption("opposite", message),), undecided=undecided)


def _none_reached(target: Bound, actual: Level, assume: Assume, side: Side | None) -> Comparison:
    """Compare a number of what should not happen, or a ceiling, with 无: that is zero."""
    wanted = target.quantity
    is_ceiling = target.op in UPPER or wanted.value == 0 or (side is not None and side.direction == "lower")
    if not assume.same_words or not is_ceiling:
        return _by_words(target, actual, assume, side)
    found = _bound(target, Measured(Quantity(Fraction(0), wanted.unit)), assume, side)
    message = Message(f"“{actual.text}”就是 0", f"“{actual.text}” is 0")
    return replace(found, assumptions=(Assumption("same_words", message), *found.assumptions))


def _words_of(reading: Reading, lang: Lang) -> str:
    """Return a reading for use between quotation marks: words as they stand, numbers as an official says them."""
    return reading.text if isinstance(reading, Level | Deadline) else reading.in_words(lang)


def _answered(target: Target, actual: Actual, assume: Assume) -> Comparison:
    if not isinstance(actual, Measured) or actual.quantity.value != 1 or not assume.answered_percent:
        return _by_words(target, actual, assume)
    message = Message(
        f"以“{actual}”回答“{_words_of(target, 'zh')}”，按全部做到处理",
        f"“{actual}” answers “{_words_of(target, 'en')}”; taken as all done",
    )
    return Comparison(met=True, assumptions=(Assumption("answered_percent", message),))


def _bound(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison:
    wanted, reached = target.quantity, actual.quantity
    if (problem := _unit_problem(wanted, reached)) is not None:
        found = _in_a_year(target, actual, assume, side)
        return Comparison(problem=problem) if found is None else found
    value = _in_unit_of(reached, wanted)
    target = _at_least_if_odd(target)
    stated = _at_least_if_odd(actual).op if isinstance(actual, Achieved) else None
    if target.op is TargetKind.APPROXIMATELY and assume.tolerance is not None:
        return _about(wanted.value, value, stated, assume, side)
    op, assumptions, undecided = _effective_op(target, value, assume, side)
    if op is None:
        # 95%左右 answered by 95%左右
        same = _same_text(target, actual, assume) if stated is target.op and value == wanted.value else None
        if same is not None:
            return replace(same, target=wanted.value, actual=value, stated=stated)
        met = True if stated is None and value == wanted.value else None
        return Comparison(met, target=wanted.value, actual=value, stated=stated, undecided=undecided)
    if stated is TargetKind.APPROXIMATELY and assume.tolerance is not None:
        spread = abs(value) * assume.tolerance
        ends = {_holds(op, number, wanted.value) for number in (value - spread, value + spread)}
        message = Message(
            f"“约”按完成值的 ±{_percent(assume.tolerance)} 计",
            f"“about” is taken as ±{_percent(assume.tolerance)} of the actual",
        )
        assumptions = (*assumptions, Assumption("tolerance", message))
        met = ends.pop() if len(ends) == 1 else None
    else:
        met = _certain(stated, lambda number: _holds(op, number, wanted.value), value, op)
    unknown = _not_comparable(target, actual) if met is None and stated is TargetKind.APPROXIMATELY else None
    return Comparison(met, op.direction, wanted.value, value, stated=stated, assumptions=assumptions, undecided=unknown)


def _in_a_year(target: Bound, actual: Measured | Achieved, assume: Assume, side: Side | None) -> Comparison | None:
    """Compare 每年1次 with 1次, as a form is of one year; `None` where the units differ in more than that."""
    wanted, reached = (replace(one, unit=_without_year(one.unit)) for one in (target.quantity, actual.quantity))
    if not assume.same_year or wanted.dimension != reached.dimension:
        return None
    found = _bound(replace(target, quantity=wanted), replace(actual, quantity=reached), assume, side)
    message = Message(
        "自评表一年一张，“每年”与全年视为相同", "a form is of one year; “a year” and the whole year are the same"
    )
    return replace(found, assumptions=(Assumption("same_year", message), *found.assumptions))


def _without_year(unit: str | None) -> str | None:
    return None if unit is None else re.sub(r"·年$|(?<=/)年·|/年$", "", unit)


def _at_least_if_odd(reading: _B) -> _B:
    """Return 3000余人 as at least 3000人."""
    is_odd = reading.op is TargetKind.APPROXIMATELY and any(one.key == "odd" for one in reading.assumptions)
    return replace(reading, op=TargetKind.AT_LEAST) if is_odd else reading


_B = TypeVar("_B", Bound, Achieved)


def _about(
    target: Fraction, value: Fraction, stated: TargetKind | None, assume: Assume, side: Side | None
) -> Comparison:
    """Compare with a target that is only about a number, within the tolerance of the ruleset.

    Beyond it, the row's name may say whether that is better or worse; where names are asked and none does, a person
    decides.
    """
    tolerance = assume.tolerance or Fraction(0)
    low, high = target - abs(target) * tolerance, target + abs(target) * tolerance
    message = Message(
        f"“左右”按指标值的 ±{_percent(tolerance)} 计", f"“about” is taken as ±{_percent(tolerance)} of the target"
    )
    known = None if stated is TargetKind.APPROXIMATELY else stated
    met = _certain(known, lambda number: low <= number <= high, value, None)
    assumptions = [Assumption("tolerance", message)]
    is_far = abs(value - target) > 2 * abs(target) * tolerance
    if met is False and side is not None and (is_far or (value > target) is (side.direction == "higher")):
        met = (value > target) is (side.direction == "higher")
        way = Message(
            f"超出这个范围的，按“{side.word}”{'多' if side.direction == 'higher' else '少'}的为好",
            f"beyond that, by “{side.word}” {'more' if side.direction == 'higher' else 'less'} is better",
        )
        assumptions.append(Assumption("direction", way))
    elif met is False and assume.direction == "by_name":
        zh, en = (
            "在“左右”的范围之外不远，或名称没有写明多好还是少好",
            "not far beyond “about”, or no word says which way is better",
        )
        undecided = Diagnostic("PF519", Message(zh, en), BY_HAND)
        return Comparison(None, "between", target, value, low, high, stated, tuple(assumptions), undecided=undecided)
    return Comparison(met, "between", target, value, low, high, stated, tuple(assumptions))


def _effective_op(
    target: Bound, value: Fraction, assume: Assume, side: Side | None
) -> tuple[TargetKind | None, tuple[Assumption, ...], Diagnostic | None]:
    """Return the sign that is judged by, what that assumes, and why none can be given."""
    if target.op is TargetKind.APPROXIMATELY:
        zh, en = "规则没有给出“左右”的容差", "the ruleset gives no tolerance for 左右"
        hint = Message(
            f"{BY_HAND.zh}；规则集可写 assume: tolerance", f"{BY_HAND.en}; a ruleset may say `assume: tolerance`"
        )
        return None, (), Diagnostic("PF519", Message(zh, en), hint)
    if target.op is TargetKind.EQUAL and assume.equal is not None:
        higher = assume.equal == "higher"
        zh, en = ("不低于", "a floor") if higher else ("不超过", "a ceiling")
        message = Message(f"“{target}”的等号视为“{zh}”", f"the equals sign of “{target}” is taken as {en}")
        return (TargetKind.AT_LEAST if higher else TargetKind.AT_MOST), (Assumption("equal", message),), None
    if target.op in _AT_EDGE and assume.at_edge and value == target.quantity.value:
        message = Message(f"恰好等于“{target}”的界限，视为达标", f"exactly at the edge of “{target}”; taken as met")
        return _AT_EDGE[target.op], (Assumption("at_edge", message),), None
    if target.op is not TargetKind.BARE:
        return target.op, (), None
    if assume.direction == "by_name":
        is_zero = target.quantity.value == 0
        if side is None and is_zero and value >= 0:
            side = Side("lower", "0")
        # Nobody asks for at least nothing, so a name that says so is not understood.
        if side is not None and not (is_zero and side.direction == "higher"):
            return _by_name(target, side)
    if assume.direction not in {"higher", "lower"}:
        zh, en = (
            f"指标值“{target.in_words()}”没有写明是下限还是上限",
            f"the target “{target.in_words('en')}” does not say whether it is a floor or a ceiling",
        )
        hint = Message(f"请在计算符号一栏写 ≥ 或 ≤；{BY_HAND.zh}", f"write ≥ or ≤ as the comparator; {BY_HAND.en}")
        return None, (), Diagnostic("PF518", Message(zh, en), hint)
    higher = assume.direction == "higher"
    zh, en = ("不低于", "a floor") if higher else ("不超过", "a ceiling")
    message = Message(
        f"“{target.in_words()}”没有写符号，视为“{zh}”", f"“{target.in_words('en')}” has no sign; taken as {en}"
    )
    return (TargetKind.AT_LEAST if higher else TargetKind.AT_MOST), (Assumption("direction", message),), None


def _by_name(target: Bound, side: Side) -> tuple[TargetKind, tuple[Assumption, ...], None]:
    """Return the sign that a word of the row's name or block gives to a bare number."""
    zh, en = ("不低于", "a floor") if side.direction == "higher" else ("不超过", "a ceiling")
    message = Message(
        f"“{target.in_words()}”没有写符号，按“{side.word}”视为“{zh}”",
        f"“{target.in_words('en')}” has no sign; by “{side.word}” it is taken as {en}",
    )
    return (
        (TargetKind.AT_LEAST if side.direction == "higher" else TargetKind.AT_MOST),
        (Assumption("direction", message),),
        None,
    )


def _holds(op: TargetKind, value: Fraction, target: Fraction) -> bool:
    match op:
        case TargetKind.AT_LEAST:
            return value >= target
        case TargetKind.AT_MOST:
            return value <= target
        case TargetKind.GREATER_THAN:
            return value > target
        case TargetKind.LESS_THAN:
            return value < target
    return value == target


#: Bounds that point away from each other.
_OPPOSITE = ((LOWER, UPPER), (UPPER, LOWER))
#: Less than any two numbers of a form differ by.
_NEXT = Fraction(1, 10**40)


def _certain(
    stated: TargetKind | None, test: Callable[[Fraction], bool], value: Fraction, wanted: TargetKind | None
) -> bool | None:
    """Judge a value that is known only up to a bound: met or missed where every number within the bound is."""
    if stated is None:
        return test(value)
    if wanted is not None and any(stated in one and wanted in other for one, other in _OPPOSITE):
        # 低于95% misses ≥95%, and so does any lower bound; 不超过98% may reach it.
        beside = value + (1 if stated in LOWER else -1) * _NEXT
        return None if test(value if stated in {TargetKind.AT_LEAST, TargetKind.AT_MOST} else beside) else False
    if wanted is not None and any(stated in side and wanted in side for side in (LOWER, UPPER)):
        # A strict bound at the target itself is on the good side of a strict target.
        return (
            True
            if test(value) or (stated is wanted and wanted in {TargetKind.GREATER_THAN, TargetKind.LESS_THAN})
            else None
        )
    if stated in {TargetKind.EQUAL, TargetKind.BARE}:
        return test(value)
    return None


def _between(target: Between, actual: Measured | Achieved, side: Side | None = None) -> Comparison:
    reached = actual.quantity
    if (problem := _unit_problem(target.low, reached)) is not None:
        return Comparison(problem=problem)
    low, high, value = target.low.value, _in_unit_of(target.high, target.low), _in_unit_of(reached, target.low)

    def inside(number: Fraction) -> bool:
        above = number > low if target.low_open else number >= low
        return above and (number < high if target.high_open else number <= high)

    stated = actual.op if isinstance(actual, Achieved) else None
    met = _certain(stated, inside, value, None)
    found = Comparison(met, "between", actual=value, low=low, high=high, stated=stated)
    if met is not False or side is None or side.direction != "higher" or value <= high:
        return found
    message = Message(
        f"高于区间“{target}”，按“{side.word}”视为达标", f"above “{target}”; by “{side.word}” it is taken as met"
    )
    return replace(found, met=True, assumptions=(Assumption("direction", message),))


def _of_interval(target: Bound | Between | Change, actual: Between, assume: Assume, side: Side | None) -> Comparison:
    """Compare 18℃~22℃: met where the whole interval meets, not met where none of it does, else left to a person."""
    low, high = (compare(target, Measured(end), assume, side) for end in (actual.low, actual.high))
    if low.problem is not None:
        return low
    met = low.met if low.met is high.met and not (low.met is False and is_within(low, high)) else None
    undecided = None if met is not None else low.undecided or _not_comparable(target, actual)
    assumptions = tuple(dict.fromkeys((*low.assumptions, *high.assumptions)))
    return replace(low, met=met, actual=None, assumptions=assumptions, undecided=undecided, ends=(low, high))


def is_within(low: Comparison, high: Comparison) -> bool:
    """Return whether what is asked lies between the two ends of an actual."""
    least, most = (low.target, low.target) if low.low is None else (low.low, low.high)
    if low.actual is None or high.actual is None or least is None or most is None:
        return False
    return low.actual <= most and high.actual >= least


def _change(target: Change, actual: Measured | Achieved | Change, assume: Assume, side: Side | None) -> Comparison:
    wanted = Bound(target.op, _as_share(target.quantity))
    if isinstance(actual, Measured) and actual.quantity.value < 0 and target.direction == "decrease":
        # -3.6% answers 下降3%: the sign says the same as the word.
        quantity = Quantity(-actual.quantity.value, actual.quantity.unit, actual.quantity.written)
        actual = replace(actual, quantity=quantity)
    if not isinstance(actual, Change):
        reached = _as_share(actual.quantity)
        if target.direction == "decrease" and reached.value < 0:
            # 下降3% ← -3.6%
            message = Message(f"“{actual}”是下降", f"“{actual}” is a fall")
            found = _bound(wanted, replace(actual, quantity=replace(reached, value=-reached.value)), assume, side)
            return replace(found, assumptions=(Assumption("signed_change", message), *found.assumptions))
        return _bound(wanted, replace(actual, quantity=reached), assume, side)
    reached = _as_share(actual.quantity)
    if actual.direction != target.direction:
        return _bound(wanted, Measured(Quantity(-reached.value, reached.unit)), assume, side)
    plain = Measured(reached) if actual.op is TargetKind.BARE else Achieved(actual.op, reached)
    return _bound(wanted, plain, assume, side)


def _as_share(quantity: Quantity) -> Quantity:
    """Return a change by 1倍 as one by 100%."""
    return Quantity(quantity.value, "1") if quantity.unit == "倍" else quantity


def _words(target: Level, actual: Level, assume: Assume) -> Comparison:
    if is_same_wording(target.text, actual.text):
        return _same_text(target, actual, assume) or Comparison(undecided=_not_comparable(target, actual))
    if is_opposite(target.text, actual.text):
        return _missed(target, actual, assume)
    wanted, reached = level_scale(target.text), level_scale(actual.text)
    if wanted is not None and reached is not None and wanted[0] == reached[0]:
        return Comparison(met=reached[1] <= wanted[1])
    return _in_words(target, actual, assume, answer_in_words(target.text, actual.text))


#: A leap year and another one: what holds in both holds in every year.
_ANY_YEARS = (2004, 2001)


def _dates(target: Deadline, actual: Dated, assume: Assume, year: int | None) -> Comparison:
    if (same := _same_text(target, actual, assume)) is not None:
        return same
    found = _in_time(target, actual, year)
    if found is not None:
        return found if found.met is not None else replace(found, undecided=_not_comparable(target, actual))
    stated = target.last_day(None) or actual.last_day(None)
    if year is None and assume.same_year:
        years = _ANY_YEARS if stated is None else (stated.year,)
        tried = [_in_time(target, actual, one) for one in years]
        first = tried[0]
        if (
            first is not None
            and first.met is not None
            and all(one is not None and one.met is first.met for one in tried)
            and not (first.met and _may_be_next_year(target, actual))
        ):
            message = Message(
                f"“{target}”与“{actual}”没有都写年份，视为同一年",
                f"“{target}” and “{actual}” do not both name a year; taken as the same year",
            )
            # How late it was may depend on the year; only what holds in every one is told.
            alike = first if all(one == first for one in tried) else Comparison(met=first.met)
            return replace(alike, assumptions=(Assumption("same_year", message),))
    return Comparison(undecided=_not_comparable(target, actual))


def _may_be_next_year(target: Deadline, actual: Dated) -> bool:
    """Return whether a date may be one of the year after its limit: 1月15日 under 12月底前."""
    limit, done = target.last_day(_ANY_YEARS[0]), actual.last_day(_ANY_YEARS[0])
    return limit is not None and done is not None and limit.month >= _LATE and done.month <= _EARLY


#: A limit in the last two months of a year, and a date in the first two.
_LATE, _EARLY = 11, 2


def _in_time(target: Deadline, actual: Dated, year: int | None) -> Comparison | None:
    """Compare a date with its limit in a form of `year`; `None` where the days themselves cannot be told.

    Of a month that the limit falls into nobody knows on which side the date lies; its ends then bound how late it was.
    """
    limit, done = target.last_day(year), actual.completed(year)
    if limit is None or done is None:
        return None
    first, last = (
        Comparison(
            met=day <= limit,
            days_late=Fraction(max(0, (day - limit).days)),
            years_late=years,
            planned_days=_planned(target, year),
        )
        for day, years in zip(done, years_late(limit, done), strict=True)
    )
    if first == last:
        return first
    met = first.met if first.met is last.met else None
    return Comparison(met=met, planned_days=first.planned_days, ends=(first, last))


def _planned(target: Deadline, year: int | None) -> Fraction | None:
    days = target.planned_days(year)
    return None if days is None else Fraction(days)


def _several(target: AllOf | AnyOf, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    """Judge each part on its own, against the actual's part of the same place or against the one actual."""
    answers = _answers(target, actual)
    if answers is None:
        return Comparison(undecided=_not_comparable(target, actual))
    found = [compare(part, answer, assume, side, year=year) for part, answer in zip(target.parts, answers, strict=True)]  # type: ignore[arg-type]
    met = [one.met for one in found]
    assumptions = tuple(assumption for one in found for assumption in one.assumptions)
    problem = next((one.problem for one in found if one.problem is not None), None)
    decided: bool | None
    if isinstance(target, AllOf):
        decided = False if False in met else None if None in met else True
    else:
        decided = True if True in met else None if None in met else False
    undecided = _not_comparable(target, actual) if decided is None else None
    return Comparison(met=decided, assumptions=assumptions, problem=problem, undecided=undecided)


def _answers(target: AllOf | AnyOf, actual: Actual) -> tuple[Reading, ...] | None:
    """Return what answers each part of a target: the part of its dimension, of several that of its label.

    `None` where that cannot be told: 本科≥90%，专科≥80% and 92%，85%. Parts that nobody labelled answer in their order.
    """
    if not isinstance(actual, AllOf):
        alone = on_two_things(target.parts) or any(_rivals(target, part) for part in target.parts)
        # 合格率≥98%且故障率≤2% and one number: it says nothing about one of the two.
        return None if alone else (actual,) * len(target.parts)
    if len(target.parts) != len(actual.parts):
        return None
    by_place = on_two_things(target.parts) and not any(map(_name, actual.parts))
    left, found = list(enumerate(actual.parts)), []
    for place, part in enumerate(target.parts):
        alike = [one for one in left if _measures(one[1]) == _measures(part)]
        if by_place or not alike or not (_rivals(target, part) or any(_name(one) for _, one in alike)):
            alike = [one for one in left if one[0] == place]
        elif len(alike) > 1 or _rivals(target, part):
            alike = [one for one in alike if _same_name(part, one[1])]
        if len(alike) != 1:
            return None
        left.remove(alike[0])
        found.append(alike[0][1])
    return tuple(found)


def _rivals(target: AllOf | AnyOf, part: Reading) -> bool:
    """Return whether another part measures the same of another thing."""
    others = [one for one in target.parts if one is not part and _measures(one) == _measures(part)]
    return any(_name(one) != _name(part) for one in others)


def _measures(part: Reading) -> str | None:
    """Return what the number of a part measures; a change is no amount."""
    match part:
        case Bound(quantity=quantity) | Measured(quantity=quantity) | Achieved(quantity=quantity):
            return quantity.dimension or ""
        case Between(low=low):
            return low.dimension or ""
        case Change(quantity=quantity):
            return f"{part.kind} {quantity.dimension}"
    return part.kind


def _name(part: Reading) -> str:
    """Return the label of a part without the words that many labels share."""
    return _NO_NAME.sub("", part.label)


def _same_name(one: Reading, other: Reading) -> bool:
    first, second = _name(one), _name(other)
    return bool(first and second) and (first in second or second in first)


#: Words of a label that do not tell one thing from another.
_NO_NAME = re.compile(r"完成|达到?|实现|实际|开展|组织|举办|全年|年度|[共的为是约已均了、,;:。()]|数量|指标")


def _unit_problem(wanted: Quantity, reached: Quantity) -> Diagnostic | None:
    if wanted.dimension == reached.dimension:
        return None
    return Diagnostic(
        "PF515",
        Message(
            f"指标值“{say(wanted, 'zh')}”与完成值“{say(reached, 'zh')}”单位不同，不能比较",
            f"the target “{say(wanted, 'en')}” and the actual “{say(reached, 'en')}” have different units",
        ),
        Message("请核对单位栏和两格的单位", "check the unit column and both cells"),
    )


def _not_comparable(target: Reading, actual: Reading) -> Diagnostic:
    if is_same_wording(str(target), str(actual)):
        return Diagnostic(
            "PF516",
            Message(
                f"完成值与指标值写法相同（“{_shown(actual, 'zh')}”），规则集没有写这样是否达标",
                f"the actual repeats the target (“{_shown(actual, 'en')}”); the ruleset does not say if that meets it",
            ),
            BY_HAND,
        )
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{_shown(actual, 'zh')}”与指标值“{_shown(target, 'zh')}”无法直接比较",
            f"the actual “{_shown(actual, 'en')}” cannot be compared with the target “{_shown(target, 'en')}”",
        ),
        BY_HAND,
    )


def _shown(reading: Reading, lang: Lang) -> str:
    """Return a reading for a sentence: a plain amount in its own scale (480 万元), and what else as it is written."""
    match reading:
        case Measured(quantity=quantity) | Bound(op=TargetKind.BARE, quantity=quantity):
            return say(quantity, lang)
    return str(reading)


def _in_unit_of(quantity: Quantity, other: Quantity) -> Fraction:
    if quantity.unit == other.unit or other.unit is None:
        return quantity.value
    measure = other.measure
    return quantity.base / measure.factor if measure is not None else quantity.value


def _percent(share: Fraction) -> str:
    return str(Quantity(share, "1"))
