"""Compare what was achieved with what was asked for: met or not, by how much, and what had to be assumed."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.directions import Side
from pfscore.cells.lexicon.quantities import CURRENCIES, TIMES, Quantity, Unit
from pfscore.cells.lexicon.word_patterns import rule, rules
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
    Level,
    Measured,
    Reading,
    Target,
    TargetKind,
    on_two_things,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, not_comparable, shown
from pfscore.scoring.row.comparing.dates import compare_dates
from pfscore.scoring.row.comparing.numbers import compare_between, compare_bound, compare_change
from pfscore.scoring.row.comparing.plain_answers import first_of_nothing, is_nothing, is_same_wording
from pfscore.scoring.row.comparing.words import (
    compare_count_of_none,
    compare_percent,
    compare_words,
    is_count,
    is_of_another_kind,
)

_NOTHING = Assume()


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
    if found.met and _only_repeats(target, actual):
        zh = f"完成值“{shown(actual, 'zh')}”与指标值相同，没有另写实际数，视为达标"
        en = f"the actual “{shown(actual, 'en')}” is the target again, without a figure of its own; taken as met"
        found = replace(found, assumptions=(*found.assumptions, Assumption("repeated", Message(zh, en))))
    return found


def _only_repeats(target: Target, actual: Actual) -> bool:
    """Return whether an actual is the bound or the interval of its target once more: ≥95% ← 不低于95%."""
    if any(one.key == "related" for one in actual.assumptions):
        return False  # 未超预算 is no figure that was written
    match target, actual:
        case (Bound(), Achieved()) | (Between(), Between()):
            return is_same_wording(str(target), str(actual))
        case Change(op=op), Change() if op is not TargetKind.BARE:
            return is_same_wording(str(target), str(actual))
    return False


def _counts_instead(reading: Reading) -> tuple[str, ...]:
    """Return what the reader says that a cell counts in place of an achievement: 未参保人数, 开工."""
    return tuple(one.message.zh for one in reading.assumptions if one.key == "counts_instead")


def _of_something_else(target: Target, actual: Actual) -> Diagnostic:
    why = "；".join(_counts_instead(actual))
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{shown(actual, 'zh')}”{why}，不能直接当作指标值“{shown(target, 'zh')}”的完成",
            f"the actual “{shown(actual, 'en')}” counts what was begun or left out, "
            f"not what the target “{shown(target, 'en')}” asks for",
        ),
        BY_HAND,
    )


def _compared(target: Target, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    match target, actual:
        case Level(), Measured() if is_nothing(target.text) and is_of_another_kind(target, actual):
            return Comparison(undecided=not_comparable(target, actual))
        case Level(), Measured() if is_nothing(target.text) and is_count(actual.quantity):
            return compare_count_of_none(target, actual, assume)
        case Bound(), Level() if is_nothing(first_of_nothing(actual.text)):
            return _none_reached(target, replace(actual, text=first_of_nothing(actual.text)), assume, side)
    if answers_with_percent(target, actual):
        return compare_percent(target, actual, assume, side)
    return _by_kind(target, actual, assume, side, year)


def answers_with_percent(target: Reading, actual: Reading) -> bool:
    """Return whether a percentage answers a target that is none: 100% against 5个工作日内, or against 有效."""
    if not isinstance(actual, Measured) or actual.quantity.unit != "1":
        return False
    match target:
        case Bound(quantity=quantity) | Change(quantity=quantity):
            return quantity.unit not in {"1", None}
        case Between(low=low):
            return low.unit not in {"1", None}
        case Level() | Deadline():
            return True
    return False


def _by_kind(target: Target, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    match target, actual:
        case Between(low=wanted), Between(low=low, high=high) if low.unit and (wanted.unit or "").startswith(
            f"{low.unit}/"
        ):
            # 27至36人 under 25—30人/班 is no total
            each = [replace(end, unit=wanted.unit) for end in (low, high)]
            return _of_interval(target, replace(actual, low=each[0], high=each[1]), assume, side)
        case ((Bound() | Between() | Change()), Between()):
            return _of_interval(target, actual, assume, side)
        case Bound(), (Measured() | Achieved()):
            return compare_bound(target, actual, assume, side)
        case Bound(), AllOf(parts=parts):
            return _each_short(target, parts, assume, side) or compare_words(target, actual, assume, side)
        case Between(), (Measured() | Achieved()):
            return compare_between(target, actual, side)
        case Change(), (Measured() | Achieved() | Change()):
            return compare_change(target, actual, assume, side)
        case Deadline(), Dated():
            return compare_dates(target, actual, assume, year)
        case ((AllOf() | AnyOf()), _):
            return _several(target, actual, assume, side, year)
    return compare_words(target, actual, assume, side)


def _none_reached(target: Bound, actual: Level, assume: Assume, side: Side | None) -> Comparison:
    """Compare a number of what should not happen, or a ceiling, with 无: that is zero."""
    wanted = target.quantity
    is_ceiling = target.op in UPPER or wanted.value == 0 or (side is not None and side.direction == "lower")
    if not assume.same_words or not is_ceiling:
        return compare_words(target, actual, assume, side)
    found = compare_bound(target, Measured(Quantity(Fraction(0), wanted.unit)), assume, side)
    message = Message(f"“{actual.text}”就是 0", f"“{actual.text}” is 0")
    return replace(found, assumptions=(Assumption("same_words", message), *found.assumptions))


def _of_interval(target: Bound | Between | Change, actual: Between, assume: Assume, side: Side | None) -> Comparison:
    """Compare 18℃~22℃: met where the whole interval meets, not met where none of it does.

    Values that were measured are not met either where some of them miss (17℃~23℃ under 18℃~22℃, 0.6-1.3NTU under
    ≤1NTU); one number that is only known to be between two is left to a person.
    """
    low, high = (compare(target, Measured(end), assume, side) for end in (actual.low, actual.high))
    if low.problem is not None:
        return low
    met = low.met if low.met is high.met and not (low.met is False and is_within(low, high)) else None
    if met is None and None not in {low.met, high.met} and _is_of_values(target, actual):
        met = False
    undecided = None if met is not None else low.undecided or not_comparable(target, actual)
    assumptions = tuple(dict.fromkeys((*low.assumptions, *high.assumptions)))
    return replace(low, met=met, actual=None, assumptions=assumptions, undecided=undecided, ends=(low, high))


def _is_of_values(target: Bound | Between | Change, actual: Between) -> bool:
    """Return whether an interval is of values that were measured, and not of one number that is not known."""
    if any(one.key == "related" for one in actual.assumptions) or isinstance(target, Change):
        return False
    if isinstance(target, Between) or (actual.low.dimension in _TIME_AND_AGAIN and target.op in LOWER | UPPER):
        return True
    measure = actual.low.measure
    return target.op in UPPER and measure is not None and _is_measured(measure)


def _is_measured(unit: Unit) -> bool:
    """Return whether a unit is of what instruments show, where the highest value counts: m, mg/L; no time or money."""
    return not unit.is_count and not ({"比率", *TIMES, *CURRENCIES} & set(re.split("[/·]", unit.dimension)))


#: What is measured time and again, and kept each time; a rate, a yield or a mean is one number.
_TIME_AND_AGAIN = frozenset({"温度", "声级", "浊度", "压强"})


def is_within(low: Comparison, high: Comparison) -> bool:
    """Return whether what is asked lies between the two ends of an actual."""
    least, most = (low.target, low.target) if low.low is None else (low.low, low.high)
    if low.actual is None or high.actual is None or least is None or most is None:
        return False
    return low.actual <= most and high.actual >= least


def _each_short(target: Bound, parts: tuple[Reading, ...], assume: Assume, side: Side | None) -> Comparison | None:
    """Return that a target is missed that none of several results reaches, nor all of them: 国家级2项，省级11项.

    Steps of one thing are not added: 报名200人，实到163人 is 163. One kind of them may reach the target alone.
    """
    found = [compare_bound(target, part, assume, side) for part in parts if isinstance(part, Measured)]
    first = found[0] if found else None
    if first is None or len(found) != len(parts) or any(one.direction != "higher" or one.problem for one in found):
        return None
    measure = target.quantity.measure
    kinds = (measure is None or measure.is_count) and all(_KIND.fullmatch(part.label) for part in parts)
    if kinds and (one := next((one for one in found if one.met), None)) is not None:
        return _told(one, "其中一类就达到了指标值", "one kind of them reaches the target alone")
    final = [one for one, part in zip(found, parts, strict=True) if _FINAL.search(part.label)]
    if len(final) == 1:
        zh, en = "取最后实际的数", "the number is that which it came to in the end"
        return _told(final[0], zh, en) if final[0].met is False else None
    total = sum([one.actual or Fraction(0) for one in found], start=Fraction(0))
    if total >= (first.target or 0):
        return None
    zh, en = "各数合计不到指标值", "all of them together are less than the target"
    return _told(replace(first, actual=total, met=False), zh, en)


def _told(found: Comparison, zh: str, en: str) -> Comparison:
    return replace(found, assumptions=(*found.assumptions, Assumption("each_of_them", Message(zh, en))))


# In grammar/words/beside_numbers.txt.
_KIND, _FINAL = rules("kind_of_them", "final_of_them")


def _several(target: AllOf | AnyOf, actual: Actual, assume: Assume, side: Side | None, year: int | None) -> Comparison:
    """Judge each part on its own, against the actual's part of the same place or against the one actual."""
    answers = _answers_of_parts(target, actual)
    if answers is None:
        return Comparison(undecided=not_comparable(target, actual))
    found = [compare(part, answer, assume, side, year=year) for part, answer in zip(target.parts, answers, strict=True)]  # type: ignore[arg-type]
    met = [one.met for one in found]
    assumptions = tuple(assumption for one in found for assumption in one.assumptions)
    problem = next((one.problem for one in found if one.problem is not None), None)
    decided: bool | None
    if isinstance(target, AllOf):
        decided = False if False in met else None if None in met else True
    else:
        decided = True if True in met else None if None in met else False
    undecided = not_comparable(target, actual) if decided is None else None
    return Comparison(met=decided, assumptions=assumptions, problem=problem, undecided=undecided)


#: The words of a label that do not tell one thing from another, in grammar/words/beside_numbers.txt.
_NO_NAME = rule("empty_of_label")


def _answers_of_parts(target: AllOf | AnyOf, actual: Actual) -> tuple[Reading, ...] | None:
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
    return _NO_NAME.sub("", part.label.replace(" ", ""))


def _same_name(one: Reading, other: Reading) -> bool:
    first, second = _name(one), _name(other)
    return bool(first and second) and (first in second or second in first)
