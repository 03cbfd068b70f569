"""Numbers of an actual that answer a target only together with another number: a share of it, a part of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.directions import change_named, side_of
from pfscore.cells.lexicon.quantities import RATIO, SCALES, TIMES, Quantity, known_units, say, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.reader import Refusal, read_actual
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Achieved,
    Actual,
    AllOf,
    Assumption,
    Between,
    Bound,
    Change,
    Level,
    Measured,
    Target,
    TargetKind,
)
from pfscore.foundation.folding import fold, fold_words
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.numbers import amounts
from pfscore.scoring.row.comparing.other_words import Written
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.several_numbers import in_unit, several

# The rules are described, with rows, in grammar/words/relations.txt.
_SHARE, _ABOVE, _BELOW, _EXCEEDED = rules("share_of_task", "above_target", "below_target", "task_exceeded")
_OVER_LIMIT, _UNDER_LIMIT, _TURNED = rules("over_limit", "under_limit", "turned_about")
_COMPARED, _NEAR, _ORDINAL, _KEPT = rules("compared_with_target", "near_it", "ordinal_day", "limit_kept")
_NONE_NAMED, _RATE_OF, _NONE_LACKS, _ALL_OF_AMOUNT = rules("none_named", "rate_of", "none_lacks_it", "all_of_amount")
_OTHER_SIDE, _THERE_NOW, _CUE, _IN_TIME = rules("other_side", "there_now", "said_of_target", "kept_in_time")
_DUE_AND_DONE, _DUE_AND_LACKING, _PART_OF_THEM = rules("due_and_done", "due_and_lacking", "part_of_them")
_GONE_WRONG, _ALL, _OUT_OF, _OF_TARGET = rules("gone_wrong", "all_of_it", "out_of", "of_target")
_FROM_TO, _WITH_LAST_YEAR, _LAST_AND_THIS = rules("from_to", "with_last_year", "last_and_this_year")
_BUDGET_AND_PAID, _SAVED = rules("budget_and_paid", "saved_share")
_FOR_WHOM, _OF_POPULATION, _STANDARD = rules("for_whom", "of_population", "standard")
_EACH_IN_NAME, _FOR_EACH_UNIT = rules("each_in_name", "for_each_unit")
_ONE_TO, _FOR_THE_SECOND = rules("one_to", "for_the_second")
_SCORE, _OF_CONTENT = rules("score_of_full", "of_content")
_CLOSED, _PUT_RIGHT, _DESIGN_LIFE = rules("closed_share", "of_problems_put_right", "design_life")
_MONTHS_LEFT_OUT, _SHARE_OF_THEM = rules("months_left_out", "share_of_them")
_CHECKED_ALONE, _OF_QUALITY = rules("checked_alone", "of_quality")
_WITHIN_BUDGET, _LIMIT_AND_PAID, _PAID_AND_LIMIT = rules("within_budget", "limit_and_paid", "paid_and_limit")
_ABLE_AND_USED, _RATE_OF_USE, _ASKED_BACK = rules("able_and_used", "rate_of_use", "asked_back_satisfied")
_FROM_JANUARY, _LONGEST = rules("begin_and_end_of_year", "longest_of_them")
_BEGUN_AND_FINISHED, _BUILDING_TIME = rules("begun_and_finished", "of_building_time")
_EACH_OF_PLACES, _FOR_EACH_PLACE = rules("each_of_places", "for_each_place")
_ALL_AND_DAMAGED, _RATE_OF_SOUND, _SO_MANY_IN_ALL = rules("all_and_damaged", "rate_of_sound", "so_many_in_all")
# In grammar/words/undone.txt and beside_numbers.txt.
(_WHY,) = rules("why")
(_OF_YEAR,) = rules("of_the_year")
_NAMED_AMONG, _AHEAD_BY = rules("named_among", "ahead_by")
#: Cells that may say more beside each other than alone: two numbers, a unit of its own, a number elsewhere.
_MENDABLE = frozenset({"PF317", "PF323", "PF330"})
_POINTS = "百分点"
_CLAUSE_END = re.compile("[,;。:、()]")


def is_compared(cells: Cells) -> bool:
    """Return whether both cells hold one number of the same, so that they answer each other as they stand."""
    match cells.target, cells.actual:
        case Bound(quantity=wanted), Measured(quantity=reached, label="", assumptions=()):
            return wanted.unit == reached.unit and (wanted.unit != RATIO or wanted.written == "%" == reached.written)
    return False


def related(cells: Cells, row: Written) -> Cells:
    """Return the cells of a row with the number that its actual gives beside its target, or as a part of a whole.

    完成任务的75% answers 120家 as 90家, 应助826人，实助811人 answers 100% as 98.18%, and 由26.3%提高到27.8% answers
    提高1个百分点 as a rise by 1.5. What was computed is named.
    """
    target = cells.target
    if target is None or (cells.actual is None and not _is_mendable(cells)):
        return cells
    said = fold_words(row.actual)
    found = next(_found(cells, row, said), None)
    if found is None:
        return cells
    wanted, reached, message = found
    return Cells(wanted, reached, assumptions=(*cells.assumptions, Assumption("related", message)))


def _is_mendable(cells: Cells) -> bool:
    return len(cells.diagnostics) == 1 and cells.diagnostics[0].code in _MENDABLE


_Found = Iterator[tuple[Target, Actual, Message]]


def _found(cells: Cells, row: Written, said: str) -> _Found:
    """Yield what the two cells come to beside each other."""
    match cells.target:
        case Bound() as target if _is_for_second(row, said):
            yield from _of_second(target, cells.actual)
        case Bound(quantity=quantity) as target:
            yield from several(target, row, said, is_ceiling=_is_ceiling(target, row))
            found = (
                _of_share(target, cells, row, said) if quantity.unit == RATIO else _of_amount(target, cells, row, said)
            )
            yield from ((target, actual, message) for actual, message in found)
        case Change() as target:
            yield from ((target, actual, message) for actual, message in _change(target, row, said))
        case AllOf(parts=(Bound() as one, Bound() as other)):
            yield from _of_total(one, other, cells.actual)
            yield from _of_total(other, one, cells.actual)
        case Level() as words:
            yield from _of_all(fold_words(words.text), cells.actual, said, row)
            yield from _within_budget(fold_words(words.text), said, row)
            yield from ((words, actual, message) for actual, message in _change(None, row, said))


def _of_amount(target: Bound, cells: Cells, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what answers an amount: a share of it, what lies above or below it, one for each of the same."""
    yield from _of_either_unit(target, cells.actual, said)
    yield from _compared(target, row, said)
    yield from _near(target, row, said)
    beside = _beside_target(said, row)
    if _is_ceiling(target, row):
        yield from _of_limit(target, row, beside)
        yield from _of_time(target, row, said)
    elif target.quantity.value > 0 and target.op is not TargetKind.APPROXIMATELY:
        yield from _of_task(target, row, beside)
    found = _DESIGN_LIFE.fullmatch(said)
    life = None if found is None or found["what"] not in fold(row.own) else _amount(found["amount"], row)
    if found is not None and life is not None and life.dimension == target.quantity.dimension:
        zh, en = f"“{said}”是设计值，按它计", f"“{said}” is the value of the design, which counts"
        yield Measured(life), Message(zh, en)
    if _MONTHS_LEFT_OUT.fullmatch(said) and (target.quantity.unit or "").endswith("/月"):
        zh, en = f"“{said}”按少于每月都做计", f"“{said}” is taken as less than each month"
        yield Achieved(TargetKind.LESS_THAN, target.quantity), Message(zh, en)
    ahead = _AHEAD_BY.fullmatch(said) if "提前" in row.name else None
    if ahead is not None and (size := _size(ahead, target.quantity, row)) is not None:
        yield Measured(size), Message(f"“{said}”就是提前的时间", f"“{said}” is how much earlier")
    found = _THERE_NOW.fullmatch(said) if "在建" in row.name else None
    if found is not None and (now := _amount(found["amount"], row)) is not None:
        yield (
            Measured(now),
            Message(f"指标说的是“在建”，取“{found['amount']}”", "the indicator is for what is under way"),
        )
    yield from _those_there(said, row)
    if target.op in LOWER and _EACH_OF_PLACES.fullmatch(said) and _FOR_EACH_PLACE.search(fold(row.name)):
        least = min((one for part in _CLAUSE_END.split(said) for one in amounts(part, target, row.unit)), default=None)
        if least is not None and least.least == least.most:
            zh, en = f"“{least.clause}”最低，按它计", f"“{least.clause}” is the least, which counts"
            yield Measured(in_unit(target, least.least)), Message(zh, en)
    actual = cells.actual
    if actual is None and "/" in said and isinstance(alone := read_actual(row.actual, None), Measured):
        # 元/人·年 beside a column of 元/年
        actual = alone
    yield from _counted_alike(target, actual, row, said)
    yield from _named_part(cells.actual, row, said)


def _of_either_unit(target: Bound, actual: Actual | None, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the sum of counts in a target's unit and in the one in brackets: ≥2万卷（件） ← 8614卷、12950件."""
    parts = [one for one in actual.parts if isinstance(one, Measured)] if isinstance(actual, AllOf) else []
    units = [one.quantity.unit or "" for one in parts]
    other = next((unit for unit in units if f"({unit})" in target.label), None)
    if isinstance(actual, AllOf) and len(parts) == len(actual.parts) and set(units) == {target.quantity.unit, other}:
        total = replace(target.quantity, value=sum([one.quantity.value for one in parts], start=Fraction(0)))
        yield Measured(total), Message(f"“{said}”合计 {say(total)}", f"“{said}” are {say(total, 'en')} in all")


def _compared(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the number of 91%，低于目标值4个百分点, where it is so far from the target."""
    found = _COMPARED.fullmatch(said)
    if found is None:
        return
    text = found["before"] or found["behind"]
    reached = _amount(text, row)
    by = _A_NUMBER.search(said.replace(text, "", 1))
    if reached is None or by is None or reached.dimension != target.quantity.dimension:
        return
    apart = abs(reached.base - target.quantity.base) * (100 if reached.unit == RATIO else 1)
    size = 1 if target.quantity.measure is None else target.quantity.measure.factor
    scale = SCALES.get(by["scale"], 1)
    if _number(by["number"]) * scale * size == apart:
        rest = said.replace(text, "", 1).strip(",;()")
        yield Measured(reached), Message(f"“{rest}”与指标值相符", f"“{rest}” agrees with the target")


_A_NUMBER = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>[万亿]?)")


def _near(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield 接近70% as less than 70%, beside a target of no less than that."""
    found = _NEAR.fullmatch(said)
    near = None if found is None else _amount(found["amount"], row)
    if near is not None and near.dimension == target.quantity.dimension and near.base <= target.quantity.base:
        message = Message(f"“{said}”按不到这个数计", f"“{said}” is taken as less than that")
        yield Achieved(TargetKind.LESS_THAN, near), message


def _by_points(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what lies so many percentage points above or below the target: 低于目标值0.3个百分点; a loss: 超支3%."""
    for pattern, way in ((_ABOVE, 1), (_BELOW, -1)):
        found = pattern.fullmatch(said)
        if found is not None and found["amount"].endswith(_POINTS):
            quantity = replace(target.quantity, value=target.quantity.value + way * _number(found["number"]) / 100)
            yield Measured(quantity), _by_target(said, target, quantity)
    found = _OVER_LIMIT.fullmatch(said) if "节约" in row.name or "节支" in row.name else None
    if found is not None and found["amount"].endswith("%"):
        quantity = Quantity(-_number(found["number"]) / 100, RATIO, "%")
        yield Measured(quantity), Message(f"“{said}”是节约的反面", f"“{said}” is the opposite of a saving")


def _none_of_it(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield zero for 无闲置 under a ceiling for 闲置率."""
    found, name = _NONE_NAMED.fullmatch(said), plain_name(fold(row.name))
    of = _RATE_OF.search(name)
    if found is None or of is None or not name[: of.start()].endswith(found["what"]):
        return
    if said[found.start("what") - 1] + found["what"] in name:
        return  # 不合格 under 不合格率
    yield Measured(replace(target.quantity, value=Fraction(0))), Message(f"“{said}”就是 0", f"“{said}” is 0")


def _wholly(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield 100% for 均已发放, 无未整改问题 and 1260万元全部兑付 under a rate of just that."""
    found = _NONE_LACKS.fullmatch(said) or _ALL_OF_AMOUNT.fullmatch(said)
    if found is not None:
        words = found.groupdict()
        deed = words.get("done") or words["deed"]
        if deed in fold(row.name) or (deed in _DONE and not words.get("done")):
            yield Measured(_WHOLE), _all(said)


_DONE = frozenset({"完成", "办结", "落实"})


def _other_side(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rest of 100% for 不合格率3% under 合格率; who is not 不满意 need not be 满意."""
    found, name = _OTHER_SIDE.fullmatch(said), fold(row.name)
    if found is None or found["what"] not in name or f"{found['no']}{found['what']}" in name:
        return
    rest = Quantity(1 - _number(found["share"]) / 100, RATIO, "%")
    message = Message(f"“{said}”，其余是 {rest}", f"“{said}” leaves {rest}")
    yield (Achieved(TargetKind.AT_MOST, rest) if found["what"] == "满意" else Measured(rest)), message


def _beside_target(said: str, row: Written) -> str:
    """Return what an actual says of its target, without the reason and the row's own words.

    >>> _beside_target("受人员不足影响,检查家次较计划少40家次", Written("监督检查家次", "≥300家次", "", ""))
    '较计划少40家次'
    """
    plain = _WHY.sub("", said).strip(",;") or said
    cue = _CUE.search(plain)
    head = "" if cue is None else plain[: cue.start()]
    return plain if _DIGIT.search(head) or strange_words(head, row.own) else plain[len(head) :]


_DIGIT = re.compile("[0-9]")


def _named_part(actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the part that the indicator names: 谋划10个，其中入库6个 under 入库数."""
    found = _NAMED_AMONG.search(said)
    if found is None or not isinstance(actual, Measured) or found["word"] not in fold(row.name):
        return
    if found["word"] in actual.label.partition("其中")[0]:
        return
    part = _amount(found["amount"], row)
    if part is not None and part.dimension == actual.quantity.dimension:
        message = Message(f"指标说的是“{found['word']}”，取“{found[0]}”", f"the indicator is for “{found['word']}”")
        yield Measured(part), message


def _of_share(target: Bound, cells: Cells, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what answers a share: a quotient, or 全部."""
    is_limit = _is_limit(target, row)
    yield from _of_two_amounts(target, row, said)
    yield from _of_whole(said, is_limit=is_limit, name=fold(row.name))
    yield from _compared(target, row, said)
    yield from _near(target, row, said)
    yield from _closed(row, said)
    yield from _of_full_score(row, said)
    yield from _by_points(target, row, said)
    yield from _turned_about(target, row, said)
    if is_limit:
        yield from _none_of_it(target, row, said)
    else:
        yield from _out_of(row, said)
        yield from _of_rate(row, said)
        yield from _wholly(row, said)
        yield from _other_side(row, said)
    if isinstance(cells.actual, Level) and _ALL.fullmatch(said) and not is_limit:
        yield Measured(_WHOLE), _all(said)


def _of_full_score(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share of the full score that a score of satisfaction is: 4.62分（5分制）."""
    found = _SCORE.fullmatch(said) if _OF_CONTENT.search(fold(row.name)) else None
    if found is None:
        return
    score, full = _number(found["score"]), Fraction(found["full"])
    if score <= full:
        digits = _percent(score / full)
        zh, en = f"“{said}”满分 {full} 分，折合 {digits}", f"“{said}” of {full} is {digits}"
        yield Measured(Quantity(score / full, RATIO, "%")), Message(zh, en)


def _closed(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rate of problems that were closed under one of problems put right: 销号率96%."""
    found = _CLOSED.match(said)
    if found is not None and _PUT_RIGHT.search(fold(row.name)):
        share = Quantity(_number(found["share"]) / 100, RATIO, "%")
        message = Message(f"“{found[0]}”按“{row.name}”计", f"“{found[0]}” is taken for “{row.name}”")
        yield Measured(share), message


def _turned_about(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what went the other way: 不增反降1.6% under 财政收入增长率."""
    found = _TURNED.fullmatch(said)
    if found is None or _WAYS[found["came"]] == _WAYS[found["asked"]]:
        return
    if any(_WAYS.get(one) == _WAYS[found["asked"]] for one in f"{row.name}{row.target}"):
        quantity = replace(target.quantity, value=-_number(found["size"]) / 100)
        yield Measured(quantity), Message(f"“{said}”与指标的方向相反", f"“{said}” went the other way")


_WAYS = {"降": -1, "减": -1, "增": 1, "升": 1}


def _is_for_second(row: Written, said: str) -> bool:
    """Return whether both cells are 1:n, under a name that is for the n."""
    texts = fold_words(row.target), said
    return _FOR_THE_SECOND.search(fold(row.name)) is not None and all(_ONE_TO.fullmatch(one) for one in texts)


def _of_second(target: Bound, actual: Actual | None) -> _Found:
    """Yield the n of two cells 1:n."""
    if isinstance(actual, Measured):
        (wanted, reached) = (replace(one, value=1 / one.value) for one in (target.quantity, actual.quantity))
        message = Message("按比的后项比较", "the second terms of the ratios are compared")
        yield replace(target, quantity=wanted), replace(actual, quantity=reached), message


def _within_budget(wanted: str, said: str, row: Written) -> _Found:
    """Yield the limit that words are of, and what it came to: 不超概算 ← 概算1860万元，结算审定1912万元."""
    asked = _WITHIN_BUDGET.fullmatch(wanted)
    found = _LIMIT_AND_PAID.fullmatch(said) or _PAID_AND_LIMIT.fullmatch(said)
    if asked is None or found is None or found["limit"] != asked["limit"]:
        return
    limit, paid = (_amount(found[name], row) for name in ("before", "after"))
    if limit is not None and paid is not None and limit.dimension == paid.dimension:
        zh, en = f"“{wanted}”按不超过 {say(limit)} 计", f"“{wanted}” is no more than {say(limit, 'en')}"
        yield Bound(TargetKind.AT_MOST, limit), Measured(paid), Message(zh, en)


def _of_all(wanted: str, actual: Actual | None, said: str, row: Written) -> _Found:
    """Yield what answers 全覆盖: a quotient, or a percentage."""
    if _ALL.fullmatch(wanted) is None:
        return
    whole = Bound(TargetKind.AT_LEAST, _WHOLE)
    for share, message in _of_whole(said, is_limit=False):
        yield whole, share, message
    found = _SO_MANY_IN_ALL.fullmatch(said)
    if found is not None and found["deed"] in row.own:
        yield from ((whole, share, message) for share, message in _quotient(found, said))
    if isinstance(actual, Measured) and actual.quantity.unit == RATIO:
        yield whole, actual, _all(wanted)


def _of_total(rate: Bound, total: Bound, actual: Actual | None) -> _Found:
    """Yield the total of 每周1份，共52份 where the actual is one: it says nothing of each week."""
    (top, each), (sum_, none) = (_apart(one.quantity.unit or "") for one in (rate, total))
    if not isinstance(actual, Measured) or not each or none or top != sum_:
        return
    if actual.quantity.dimension == total.quantity.dimension:
        zh, en = (
            f"只核对了合计；“{rate.in_words()}”没有单独核对",
            f"only the total is compared, not “{rate.in_words('en')}”",
        )
        yield total, actual, Message(zh, en)


_WHOLE = Quantity(Fraction(1), RATIO, "%")


def _all(words: str) -> Message:
    return Message(f"“{words}”就是 100%", f"“{words}” is 100%")


def _is_limit(target: Bound, row: Written) -> bool:
    if target.op in UPPER or target.op in LOWER:
        return target.op in UPPER
    side = side_of(row.name, (), RATIO)
    return side is not None and side.direction == "lower"


def _of_task(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield a share of the target, or what lies above or below it: 完成任务的75%, 超额完成412亩, 比计划少5户."""
    wanted = target.quantity
    found = _SHARE.fullmatch(said) or _SHARE_OF_THEM.fullmatch(said)
    if found is not None and (share := _share(found["share"])) is not None:
        quantity = replace(wanted, value=wanted.value * share)
        is_near = found["near"] or found.groupdict().get("about")
        reached = Achieved(TargetKind.APPROXIMATELY, quantity) if is_near else Measured(quantity)
        yield reached, _by_target(found["share"], target, quantity)
    found = _OF_TARGET.fullmatch(said)
    if found is not None and _number(found["whole"]) == wanted.value and wanted.unit not in {RATIO, None}:
        quantity = replace(wanted, value=_number(found["part"]))
        zh, en = f"“{said}”是 {say(wanted)}里的 {say(quantity)}", f"“{said}” is {say(quantity, 'en')} of those"
        yield Measured(quantity), Message(zh, en)
    for pattern, way in ((_ABOVE, 1), (_BELOW, -1)):
        if (found := pattern.fullmatch(said)) is not None and (size := _size(found, wanted, row)) is not None:
            quantity = replace(wanted, value=_in(wanted, size, way))
            yield Measured(quantity), _by_target(said, target, quantity)
    if _EXCEEDED.fullmatch(said) is not None:
        text = say(wanted)
        message = Message(f"“{said}”按多于指标值 {text} 计", f"“{said}” is taken as more than the target, {text}")
        yield Achieved(TargetKind.GREATER_THAN, wanted), message


def _is_ceiling(target: Bound, row: Written) -> bool:
    """Return whether a number may not be exceeded, by its sign or by the row's name."""
    if target.op is not TargetKind.BARE:
        return target.op in UPPER
    side = side_of(row.name, (), target.quantity.unit)
    return side is not None and side.direction == "lower"


def _of_limit(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what lies above or below a ceiling, 超支12.6万元, 节约3.1万元; what only says that it was kept: 未超支."""
    wanted = target.quantity
    ordinal = _ORDINAL.fullmatch(said)
    if ordinal is not None and unit_of(ordinal["unit"]).dimension == wanted.dimension:
        yield Measured(Quantity(_number(ordinal["number"]), ordinal["unit"])), Message(f"“{said}”是第几日", f"“{said}”")
    is_time = wanted.dimension in TIMES
    if wanted.value > 0 and _KEPT.fullmatch(said) and is_time is (_IN_TIME.search(said) is not None):
        text = say(wanted)
        message = Message(f"“{said}”按不超过指标值 {text} 计", f"“{said}” is taken as no more than the target, {text}")
        yield Achieved(TargetKind.AT_MOST, wanted), message
    yield from _none_of_it(target, row, said)
    for pattern, way in ((_OVER_LIMIT, 1), (_UNDER_LIMIT, -1), (_ABOVE, 1), (_BELOW, -1)):
        if (found := pattern.fullmatch(said)) is not None and (size := _size(found, wanted, row)) is not None:
            value = _in(wanted, size, way)
            if value >= 0:
                quantity = replace(wanted, value=value)
                yield Measured(quantity), _by_target(said, target, quantity)


def _of_time(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the longest of several times (一般12天，最长26天), and the days from 4月1日开工 to 7月25日完工."""
    longest = _LONGEST.fullmatch(said)
    time = None if longest is None else _amount(longest["after"], row)
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


_DAYS = frozenset({"天", "日"})


def _share(text: str) -> Fraction | None:
    """Return a share in digits or in words: 75%, 七成五, 三分之二."""
    reading = read_actual(text.replace("半数", "一半"), None)
    return reading.quantity.value if isinstance(reading, Measured) and reading.quantity.unit == RATIO else None


def _size(found: re.Match[str], wanted: Quantity, row: Written) -> Quantity | None:
    """Return the amount beside the target, in its unit or as a share of it; `None` where it is of something else."""
    reading = read_actual(found["amount"], None)
    if isinstance(reading, Measured) and reading.quantity.unit is None:
        reading = read_actual(found["amount"], row.unit or wanted.written or wanted.unit)
    if not isinstance(reading, Measured) or reading.assumptions:
        return None
    size = reading.quantity
    return size if size.unit == RATIO or size.dimension == wanted.dimension else None


def _in(wanted: Quantity, size: Quantity, way: int) -> Fraction:
    if size.unit == RATIO:
        return wanted.value * (1 + way * size.value)
    factor = Fraction(1) if wanted.unit is None else unit_of(wanted.unit).factor
    return wanted.value + way * size.base / factor


def _by_target(said: str, target: Bound, reached: Quantity) -> Message:
    zh, en = say(target.quantity), say(target.quantity, "en")
    return Message(
        f"“{said}”按指标值 {zh} 推算，为 {say(reached)}",
        f"“{said}” is computed from the target, {en}: {say(reached, 'en')}",
    )


def _of_whole(said: str, *, is_limit: bool, name: str = "") -> Iterator[tuple[Actual, Message]]:
    """Yield the quotient of 应助826人，实助811人, of 应到200人，缺8人 and of 37所中有2所不合格."""
    if _CHECKED_ALONE.match(said) and _OF_QUALITY.search(name):
        return  # 应检100批，实检98批 under 合格率
    for pattern in (_DUE_AND_DONE, _DUE_AND_LACKING, _PART_OF_THEM):
        found = pattern.fullmatch(said)
        if found is None:
            continue
        part, whole = _number(found["part"]), _number(found["whole"])
        if not whole or not (whole.denominator == part.denominator == 1):
            continue
        words = said[found.start("unit") : found.start("part")] + said[found.end("part") :]
        lacks = pattern is _DUE_AND_LACKING
        if pattern is _PART_OF_THEM and (rest := found["rest"]) is not None:
            if part + _number(rest) != whole:
                continue
            words = words[: words.rindex(rest)]
        is_due_and_done = pattern is _DUE_AND_DONE and _is_rate_of_due(found, said, name)
        label = "" if lacks or is_due_and_done else _done(found, said)
        if not is_limit and (lacks or _GONE_WRONG.search(words) is not None):
            if pattern is _DUE_AND_DONE or part > whole:
                continue
            part, label = whole - part, ""
        share = Quantity(part / whole, RATIO)
        digits = _percent(share.value)
        message = Message(f"“{said}”折合 {digits}", f"“{said}” is {digits}")
        yield Measured(share, label=label), message
        return


def _is_rate_of_due(found: re.Match[str], said: str, name: str) -> bool:
    """Return whether a name is for the rate of a deed that was due and done: 应筛5200人，实筛5148人 under 筛查率."""
    due, done = said[found.end("due") : found.start("whole")], said[found.end("deed") : found.start("part")]
    rate = name[: name.rfind("率")][-_LONGEST_DEED:]
    return bool(due) and due == done and any(letter in rate for letter in due)


#: How many letters before 率 may name its deed.
_LONGEST_DEED = 3


def _out_of(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the quotient of 发出检察建议20份，采纳16份 under 采纳率."""
    found = _OUT_OF.fullmatch(said)
    if found is None or f"{found['deed'] or found['all']}率" not in fold(row.name).replace("完成率", "率"):
        return
    yield from _quotient(found, said)


def _of_rate(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the quotient that a name is for: 可租6.2万㎡，已租3.9万㎡ under 出租率, 共500台，损坏8台 under 完好率."""
    name = fold(row.name)
    used, use = _ABLE_AND_USED.fullmatch(said), _RATE_OF_USE.search(name)
    if used is not None and use is not None and (used["deed"] or "用") == use["deed"]:
        yield from _quotient(used, said)
    damaged = _ALL_AND_DAMAGED.fullmatch(said) if _RATE_OF_SOUND.search(name) else None
    if damaged is not None:
        yield from _quotient(damaged, said, lacks=True)
    back = _ASKED_BACK.fullmatch(said)
    if back is not None and back["deed"] in name:
        part, returned, given = (_number(back[one]) for one in ("part", "back", "whole"))
        if 0 < part <= returned <= given:
            low, high = (Quantity(part / one, RATIO) for one in (given, returned))
            digits, top = _percent(low.value), _percent(high.value)
            message = Message(f"“{said}”在 {digits} 到 {top} 之间", f"“{said}” is between {digits} and {top}")
            yield Between(low, high), message


def _quotient(found: re.Match[str], said: str, *, lacks: bool = False) -> Iterator[tuple[Actual, Message]]:
    """Yield the share that a part is of its whole, or where the part is what lacks, the rest."""
    whole = _number(found["whole"])
    part = _number(found["part"]) if found["part"] else whole
    if whole and part <= whole:
        share = Quantity((whole - part if lacks else part) / whole, RATIO)
        digits = _percent(share.value)
        yield Measured(share), Message(f"“{said}”折合 {digits}", f"“{said}” is {digits}")


def _done(found: re.Match[str], said: str) -> str:
    """Return what the part of a whole is said to be: 整改到位 of 12个问题整改到位11个."""
    before = said[found.start("deed") : found.start("part")]
    behind = found.groupdict().get("what") or ""
    return f"{before} {behind}".strip("中的里, ")


def _those_there(said: str, row: Written) -> Iterator[tuple[Actual, Message]]:
    """Yield how many of those that were due are not missing: 应配100张，缺12张."""
    found = _DUE_AND_LACKING.fullmatch(said)
    if found is None:
        return
    due, lacking = (_amount(found[name] + found["unit"], row) for name in ("whole", "part"))
    if due is not None and lacking is not None and lacking.value <= due.value:
        there = replace(due, value=due.value - lacking.value)
        yield Measured(there), Message(f"“{said}”是 {say(there)}", f"“{said}” is {say(there, 'en')}")


def _percent(share: Fraction) -> str:
    hundredths = round(share * 10000)
    return f"{hundredths // 100}.{hundredths % 100:02}%".replace(".00%", "%")


def _change(target: Change | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the change of 由26.3%提高到27.8% and of 89.6%，上年为88.1%.

    Beside a target that asks for a change, a second value alone answers nothing: where the change is not known, the
    words are for a person.
    """
    found = _FROM_TO.search(said) or _WITH_LAST_YEAR.fullmatch(said) or _of_two_years(said)
    if found is None and (target is not None or "年初" in row.target):
        found = _FROM_JANUARY.fullmatch(said)
    if found is None:
        return
    before, after = (_amount(found[name], row) for name in ("before", "after"))
    if after is not None and (before is None or before.unit is None):
        before = _amount(found["before"] + (after.written or after.unit or "").replace("1", "%"), row)
    by = _risen(target, before, after)
    if by is None:
        if target is not None:
            zh = f"看不出“{found[0]}”是不是“{row.target}”说的变化"
            message = Message(zh, f"“{found[0]}” may not be the change that “{row.target}” asks for")
            yield Level(row.actual), message
        return
    size = replace(by, value=abs(by.value))
    # Beside words, what moved need not be what they are of: 营商环境优化 ← 审批时限由10天压缩到5天.
    what = "" if target is not None else _CLAUSE_END.split(said[: found.start()])[-1]
    change = Change("increase" if by.value > 0 else "decrease", TargetKind.BARE, size, label=what)
    text = say(size) if size.unit != RATIO else _percent(size.value)
    zh = f"“{found[0]}”是{'增加' if by.value > 0 else '减少'} {text}"
    yield change, Message(zh, f"“{found[0]}” is {'a rise' if by.value > 0 else 'a fall'} by {text}")


def _of_two_years(said: str) -> re.Match[str] | None:
    """Return a value of last year and this year's: 上年52万人次，本年57.2万人次; 2023年880吨，2024年829吨."""
    found = _LAST_AND_THIS.fullmatch(said)
    if found is None:
        return None
    years = [one[:4] for one in (found["past"], found["now"]) if one[0].isdecimal()]
    return found if not years or (len(years) == 2 and int(years[1]) - int(years[0]) == 1) else None


def _of_two_amounts(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the change or the saving that a name is for: 上年52万人次，本年57.2万人次; 预算500万元，结算484万元."""
    direction = change_named(row.name)
    if direction is not None:
        for change, message in _change(Change(direction, target.op, target.quantity), row, said):
            if isinstance(change, Change):
                yield change, message
    found = _BUDGET_AND_PAID.fullmatch(said) if _SAVED.search(fold(row.name)) else None
    if found is None:
        return
    before, after = (_amount(found[name], row) for name in ("before", "after"))
    if before is not None and after is not None and before.dimension == after.dimension and before.base:
        share = Quantity(1 - after.base / before.base, RATIO)
        digits = _percent(share.value)
        yield Measured(share), Message(f"“{said}”是节约 {digits}", f"“{said}” is a saving of {digits}")


def _risen(target: Change | None, before: Quantity | None, after: Quantity | None) -> Quantity | None:
    """Return by how much a value rose, as the target counts it; `None` where they are of different things."""
    if before is None or after is None or before.dimension != after.dimension:
        return None
    by, is_share = after.base - before.base, after.unit == RATIO
    if target is None:
        return Quantity(by * 100, _POINTS) if is_share else Quantity(by / _factor(after.unit), after.unit)
    wanted = target.quantity
    if wanted.unit == _POINTS:
        return Quantity(by * 100, _POINTS) if is_share else None
    if wanted.unit in {RATIO, "倍"}:
        if not before.base:
            return None
        # 提高1% of a share is one hundredth of it, or one percentage point: read where both come to the same.
        sizes = [abs(by) / before.base, *([abs(by)] if is_share else [])]
        alike = len({(size > wanted.base, size < wanted.base) for size in sizes}) == 1
        return Quantity(by / before.base, RATIO) if alike else None
    if after.dimension != wanted.dimension:
        return None
    return Quantity(by / _factor(wanted.unit), wanted.unit)


def _factor(unit: str | None) -> Fraction:
    return Fraction(1) if unit is None else unit_of(unit).factor


def _amount(text: str, row: Written) -> Quantity | None:
    reading = read_actual(text, None)
    if isinstance(reading, Refusal) or not isinstance(reading, Measured):
        return None
    if reading.quantity.unit is None and row.unit:
        again = read_actual(text, row.unit)
        return again.quantity if isinstance(again, Measured) else None
    return reading.quantity


def _counted_alike(target: Bound, actual: Actual | None, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield a number as counted for what its target counts for: 人均4.5天 against 5天/人, 4.1个 against 4.5个/千人.

    An amount of more than one is no more for one: what is not above a ceiling for each is below it either way.
    """
    if not isinstance(actual, Measured | Change):
        return
    (top, asked), (other, given) = (_apart(one.unit or "") for one in (target.quantity, actual.quantity))
    if not top or unit_of(top).dimension != unit_of(other).dimension or not (asked < given or given < asked):
        return
    words = said if given < asked else fold(row.target)
    lacking = sorted(asked ^ given)
    name = fold(row.name)
    value = actual.quantity.value * unit_of(other).factor / unit_of(top).factor
    text = "、".join(lacking)
    message = Message(f"“{said}”与指标值都按每{text}计", f"“{said}” and the target are both for each {text}")
    if _OF_YEAR.search(words) or not all(_is_said(one, f"{words}，{name}") or _is_named(one, name) for one in lacking):
        is_whole = given < asked and not any(_OF_POPULATION.search(one) for one in lacking)
        limit = target.quantity.value
        is_below = 0 <= value < limit or (value == limit and target.op is not TargetKind.LESS_THAN)
        if not (is_whole and is_below and _is_ceiling(target, row)):
            return
        zh = f"“{said}”没有写明按每{text}计，按不按都不超过指标值"
        message = Message(zh, f"“{said}” does not say whether it is for each {text}; it is below the target either way")
    yield replace(actual, quantity=replace(actual.quantity, value=value, unit=target.quantity.unit)), message


def _apart(unit: str) -> tuple[str, frozenset[str]]:
    """Return a unit and what it is counted for: 次/人·月 is 次 for 人 and 月."""
    top, _, bottom = unit.partition("/")
    return top, frozenset(bottom.split("·")) if bottom else frozenset()


def _is_said(what: str, words: str) -> bool:
    """Return whether words say that a number is for each of these, or the name that it is a standard or a rate."""
    for found in _FOR_WHOM.finditer(words):
        each = found["what"] or found["each"]
        if each in what or what in each:
            return True
    return _OF_POPULATION.search(what) is not None or _STANDARD.search(words) is not None


#: Words that count the same visits and persons: 单次体检费用 is 380元/人, 生均经费 4000元/人, 单车成本 21万元/辆.
_ALIKE = (frozenset({"次", "人次", "人", "例"}), frozenset({"生", "人"}), frozenset({"车", "辆", "台"}))


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


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
