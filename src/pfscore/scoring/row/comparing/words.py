"""Compare cells of which at least one is words, or a percentage that answers words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.directions import Side
from pfscore.cells.lexicon.levels import ranks
from pfscore.cells.lexicon.quantities import TIMES, Quantity, unit_of
from pfscore.cells.lexicon.undone import forbids, may_reach, says_late, says_nothing_done, says_undone
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.readings import (
    UPPER,
    Actual,
    AllOf,
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
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold_words
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison, not_comparable, shown, words_of
from pfscore.scoring.row.comparing.plain_answers import (
    answer_by_change,
    answer_in_words,
    answer_to_change,
    attained,
    in_time_each_month,
    is_in_time,
    is_lower_degree,
    is_nothing,
    is_on_the_way,
    is_opposite,
    is_same_wording,
    is_under_way,
    is_wholly,
    says_itself,
)


def same_words(target: Reading, actual: Reading) -> bool:
    """Return whether both cells hold the same words; closing punctuation and spaces do not count."""
    return isinstance(target, Level) and isinstance(actual, Level) and is_same_wording(target.text, actual.text)


def compare_words(target: Target, actual: Actual, assume: Assume, side: Side | None = None) -> Comparison:
    """Compare cells of which at least one is words."""
    met: bool | None = None
    match target, actual:
        case Level(), Level() if _goes_on(target, actual):
            return Comparison(undecided=not_comparable(target, actual))
        case Level(), Level():
            if (found := _levels(target, actual, assume)).met is not None:
                return found
        case Level(), Change():
            met = answer_by_change(target.text, actual)
        case Change(), Level():
            met = answer_to_change(target, actual.text)
        case Level(), Measured():
            is_all = actual.quantity.unit == "1" and actual.quantity.value == 1
            is_part = actual.quantity.unit == "1" and not is_all
            label = fold_words(actual.label)
            is_none = actual.quantity.value == 0 and label in fold_words(target.text) and forbids(target.text, label)
            met = None if is_part else is_none or says_itself(target.text, actual.label, wholly=is_all) or None
            actual = Level(actual.label.replace(" ", "…")) if met and not is_none else actual
        case Deadline(), Level() | Dated():
            met = in_time_each_month(target.text, actual.text)
            met = is_in_time(actual.text) or None if met is None else met
        case ((Bound() | Between()), Level()):
            met = _answers_number(target, actual.text, side)
    if met is None and _is_undone(target, actual, side):
        return _none_done(target, actual, assume) or missed_in_words(target, actual, assume)
    found = met_in_words(target, actual, assume, met)
    return _within(target, found) if met else found


def _within(target: Target, found: Comparison) -> Comparison:
    """Return an answer in words to a time limit as that limit, which it repeats: 15日内 ← 按期办结."""
    if not found.met or not isinstance(target, Bound) or target.quantity.dimension not in TIMES:
        return found
    limit = target.quantity.value
    return replace(found, direction="lower", target=limit, actual=limit, stated=TargetKind.AT_MOST)


def _answers_number(target: Bound | Between, said: str, side: Side | None) -> bool | None:
    """Return whether words answer a number: a time limit by 按期办结, 100% by 全部完工 or by an official level."""
    reached = attained(said)
    if reached is False:
        return False
    if _is_time_limit(target, side):
        return is_in_time(said) or None
    match target:
        case Bound(op=op, quantity=quantity) if quantity.unit == "1" and quantity.value == 1 and op not in UPPER:
            return is_wholly(said) or (op is TargetKind.BARE and reached) or None
    return None


def _is_time_limit(target: Reading, side: Side | None) -> bool:
    """Return whether a target says how long something may take, or by when it is to be done: 15日内, 12月底前."""
    match target:
        case Deadline():
            return True
        case Bound(op=op, quantity=quantity):
            is_limit = op in UPPER or (op is TargetKind.BARE and side is not None and side.direction == "lower")
            return is_limit and quantity.dimension in TIMES
        case Between(low=low):
            return low.dimension in TIMES and (side is None or side.direction == "lower")
    return False


def _none_done(target: Target, actual: Actual, assume: Assume) -> Comparison | None:
    """Return that nothing was achieved of what a target counts or measures, where nothing was done: ≥12个 ← 未开展.

    How high a share or a score is that nobody brought about, and how long it took, is not known.
    """
    if not assume.opposite or not isinstance(target, Bound) or not isinstance(actual, Level):
        return None
    quantity = target.quantity
    is_amount = quantity.unit not in {None, *_OF_NO_AMOUNT} and quantity.dimension not in TIMES
    if target.op in UPPER or not is_amount or not says_nothing_done(actual.text):
        return None
    message = Message(
        f"“{words_of(actual, 'zh')}”就是一点没有做，按完成 0 计",
        f"“{words_of(actual, 'en')}” means that nothing was done; taken as 0",
    )
    side = target.op.direction or "higher"
    none = Comparison(met=False, direction=side, target=quantity.value, actual=Fraction(0))
    return replace(none, assumptions=(Assumption("opposite", message),))


_OF_NO_AMOUNT = frozenset({"1", "百分点", "分", "级", "度", "℃"})


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
            return quantity.dimension in TIMES and says_late(actual.text)
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


def same_text(target: Reading, actual: Reading, assume: Assume) -> Comparison | None:
    """Return that the target is met where the actual is the same text, and the ruleset lets this be assumed."""
    if not assume.same_words or not is_same_wording(str(target), str(actual)):
        return None
    if is_nothing(str(actual)) and "".join(str(target).split()) != "".join(str(actual).split()):
        # 零发生 ← 未发生
        return met_in_words(target, actual, assume, met=True)  # type: ignore[arg-type]
    message = Message(
        f"完成值与指标值写法相同（“{words_of(actual, 'zh')}”），视为达标",
        f"the actual repeats the target (“{words_of(actual, 'en')}”); taken as met",
    )
    return Comparison(met=True, assumptions=(Assumption("same_words", message),))


def is_count(quantity: Quantity) -> bool:
    """Return whether a quantity counts, or is zero: a share says nothing about how often something happened."""
    return quantity.unit != "1" or quantity.value == 0


def is_of_another_kind(target: Level, actual: Measured) -> bool:
    """Return whether an amount cannot count what a target excludes: 60元 under 零投诉; but 3万元 under 零欠薪 can.

    >>> from pfscore.cells.reader import parse_actual, parse_target
    >>> [is_of_another_kind(parse_target(one), parse_actual("60元")) for one in ("零投诉", "无拖欠")]
    [True, False]
    """
    quantity = actual.quantity
    is_counted = quantity.unit in {None, "1"} or unit_of((quantity.unit or "").partition("/")[0]).is_count
    return bool(quantity.value) and not is_counted and _OF_AN_AMOUNT.search(target.text) is None


# In grammar/words/answers.txt.
_OF_AN_AMOUNT = rule("harm_of_an_amount")


def compare_count_of_none(target: Level, actual: Measured, assume: Assume) -> Comparison:
    """Compare 零投诉 with a number of complaints."""
    if actual.quantity.value == 0:
        if not assume.same_words:
            return Comparison(undecided=not_comparable(target, actual))
        message = Message(f"“{actual}”就是“{target.text}”，视为达标", f"“{actual}” is “{target.text}”; taken as met")
        return Comparison(met=True, assumptions=(Assumption("same_words", message),))
    return missed_in_words(target, actual, assume)


def met_in_words(target: Target, actual: Actual, assume: Assume, met: bool | None) -> Comparison:  # noqa: FBT001
    """Return what words come to, where the ruleset lets it be assumed."""
    if met is False:
        return missed_in_words(target, actual, assume)
    if met is None or not assume.same_words:
        return same_text(target, actual, assume) or Comparison(undecided=not_comparable(target, actual))
    message = Message(
        f"“{words_of(actual, 'zh')}”做到了“{words_of(target, 'zh')}”，视为达标",
        f"“{words_of(actual, 'en')}” does what “{words_of(target, 'en')}” asks; taken as met",
    )
    return Comparison(met=True, assumptions=(Assumption("same_words", message),))


def missed_in_words(target: Reading, actual: Reading, assume: Assume) -> Comparison:
    """Return that an answer in the opposite sense misses its target, where the ruleset lets this be assumed."""
    if not assume.opposite:
        return Comparison(undecided=not_comparable(target, actual))
    message = Message(
        f"“{words_of(actual, 'zh')}”没有做到“{words_of(target, 'zh')}”，视为未达标",
        f"“{words_of(actual, 'en')}” is not what “{words_of(target, 'en')}” asks; taken as missed",
    )
    worth = Message(
        f"完成值“{shown(actual, 'zh')}”没有做到指标值“{shown(target, 'zh')}”，得多少分由人定",
        f"the actual “{shown(actual, 'en')}” is not what the target “{shown(target, 'en')}” asks; "
        "what it is worth is for a person",
    )
    undecided = Diagnostic("PF516", worth, BY_HAND)
    return Comparison(met=False, assumptions=(Assumption("opposite", message),), undecided=undecided)


def compare_percent(target: Target, actual: Actual, assume: Assume, side: Side | None) -> Comparison:
    """Compare a percentage with a target that is none: 100% is all of it, if the ruleset lets this be assumed.

    All of it was in time where the target is a time limit.
    """
    if not isinstance(actual, Measured) or actual.quantity.value != 1:
        return compare_words(target, actual, assume)
    in_time = assume.answered_percent is None and assume.same_words and _is_time_limit(target, side)
    in_time = in_time and (not actual.label or is_in_time(actual.label))
    if not assume.answered_percent and not in_time:
        return compare_words(target, actual, assume)
    message = Message(
        f"以“{actual}”回答“{words_of(target, 'zh')}”，按全部做到处理",
        f"“{actual}” answers “{words_of(target, 'en')}”; taken as all done",
    )
    return _within(target, Comparison(met=True, assumptions=(Assumption("answered_percent", message),)))


def _goes_on(target: Level, actual: Level) -> bool:
    """Return whether a change is not over; of a state, 正在完善, it is for the words that say what was not done."""
    return is_under_way(target.text, actual.text) and not is_on_the_way(target.text, actual.text)


def _levels(target: Level, actual: Level, assume: Assume) -> Comparison:
    if is_same_wording(target.text, actual.text):
        return same_text(target, actual, assume) or Comparison(undecided=not_comparable(target, actual))
    if is_opposite(target.text, actual.text):
        return missed_in_words(target, actual, assume)
    if is_lower_degree(target.text, actual.text) or is_on_the_way(target.text, actual.text):
        return Comparison(undecided=not_comparable(target, actual))
    if (places := ranks(target.text, actual.text)) is not None:
        wanted, reached = places
        return Comparison(met=reached <= wanted)
    return met_in_words(target, actual, assume, answer_in_words(target.text, actual.text))
