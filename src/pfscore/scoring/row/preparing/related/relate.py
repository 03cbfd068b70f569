"""Numbers of an actual that answer a target only together with another number: a share of it, a part of a whole."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise

from pfscore.cells.lexicon.quantities import RATIO, say
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.words import change_of_share
from pfscore.cells.readings import (
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
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.plain_answers import is_nothing
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.by_size import by_size
from pfscore.scoring.row.preparing.related.amounts import as_task, for_each_of_them, of_amount, unit_and_what
from pfscore.scoring.row.preparing.related.bases import of_count_beside_base
from pfscore.scoring.row.preparing.related.beside_target import WHOLE, Found, amount_of, has_ceiling, number_of
from pfscore.scoring.row.preparing.related.by_day import by_day, by_period, by_span
from pfscore.scoring.row.preparing.related.by_label import by_label
from pfscore.scoring.row.preparing.related.changes import (
    of_base_asked,
    of_change,
    of_month_and_days,
    of_named_change,
    of_rank,
    of_what_is_left,
)
from pfscore.scoring.row.preparing.related.either import (
    either_in_words,
    either_kind,
    either_number,
    either_number_or_change,
    either_rank,
    either_reading,
    of_levels,
    of_members,
)
from pfscore.scoring.row.preparing.related.shares import is_quotient, of_all, of_share
from pfscore.scoring.row.preparing.several_numbers import in_unit, several

# In grammar/words/answers.txt.
_NONE_LATE, _SLIGHTER = rules("zero_late", "only_slighter")
_DONE_SHARE = rule("done_share")
_PART_OF_WORK, _SHARE_OF_PART = rules("part_of_work", "share_of_part")
# In grammar/words/relations.txt.
_LATE_BY, _NAMED_LATE = rules("late_by", "named_late")
_ONE_TO, _FOR_THE_SECOND = rules("one_to", "for_the_second")
_WITHIN_LIMIT, _BESIDE_LIMIT = rules("within_limit_named", "beside_limit_named")
_YEAR_BY_YEAR, _IN_TURN, _SHARE_WITHIN = rules("year_by_year", "numbers_in_turn", "share_within")
_NO_MORE_THAN, _SHARE_OF_LIMIT = rules("no_more_than_limit", "share_of_limit")
_WITHIN_BUDGET, _LIMIT_AND_PAID, _PAID_AND_LIMIT = rules("within_budget", "limit_and_paid", "paid_and_limit")

#: Cells that may say more beside each other than alone: two numbers, a unit of its own, a number elsewhere.
_MENDABLE = frozenset({"PF317", "PF319", "PF320", "PF323", "PF330"})


def is_compared(cells: Cells) -> bool:
    """Return whether both cells hold one number of the same, so that they answer each other as they stand."""
    match cells.target, cells.actual:
        case Bound(quantity=wanted), Measured(quantity=reached, label="", assumptions=()):
            is_signed = min(wanted.value, reached.value) < 0
            return (
                wanted.unit == reached.unit
                and not is_signed
                and (wanted.unit != RATIO or wanted.written == "%" == reached.written)
            )
    return False


def related(cells: Cells, row: Written) -> Cells:
    """Return the cells of a row with the number that its actual gives beside its target, or as a part of a whole.

    完成任务的75% answers 120家 as 90家, 应助826人，实助811人 answers 100% as 98.18%, and 由26.3%提高到27.8% answers
    提高1个百分点 as a rise by 1.5. What was computed is named.
    """
    found = next(
        chain(
            by_day(cells, row),
            by_period(cells, row),
            by_span(cells, row),
            _by_size(cells, row),
            by_label(cells, row),
            of_members(cells, row),
            of_levels(row),
            _either(cells, row),
        ),
        None,
    )
    if found is None:
        text = fold_words(row.actual)
        if cells.target is None or (
            cells.actual is None and not (_is_mendable(cells) or is_quotient(text) or _IN_TURN.fullmatch(text))
        ):
            return cells
        found = next(_found(cells, row, text), None)
    if found is None:
        return cells
    wanted, reached, message = found
    is_said = any(one.message == message for one in reached.assumptions)
    said = () if is_said else (Assumption("related", message),)
    if isinstance(reached, Between):  # one number, of which only that is known
        return Cells(wanted, replace(reached, assumptions=(*reached.assumptions, *said)), assumptions=cells.assumptions)
    return Cells(wanted, reached, assumptions=(*cells.assumptions, *said))


def _by_size(cells: Cells, row: Written) -> Found:
    if isinstance(cells.target, Bound) and not has_ceiling(cells.target, row):
        yield from by_size(cells.target, row, is_read=isinstance(cells.actual, Measured))


def _either(cells: Cells, row: Written) -> Found:
    if isinstance(cells.target, Bound):
        yield from ((cells.target, actual, message) for actual, message in either_reading(cells.target, cells, row))


def _is_mendable(cells: Cells) -> bool:
    return len(cells.diagnostics) == 1 and cells.diagnostics[0].code in _MENDABLE


def _found(cells: Cells, row: Written, said: str) -> Found:
    """Yield what the two cells come to beside each other."""
    yield from either_number_or_change(row)
    yield from either_kind(row)
    yield from either_rank(row)
    yield from _only_slighter(cells.target, row, said)
    match cells.target:
        case Bound() as target if _is_for_second(row, said):
            yield from _of_second(target, cells.actual)
        case Bound(quantity=quantity) as target:
            yield from _of_other_sign(target, cells.actual, row)
            yield from of_named_change(target, row, said)
            yield from _late_by(target, row, said)
            for found in (
                of_what_is_left(target, row, said),
                of_month_and_days(target, said),
                either_number(target, row, said),
                for_each_of_them(target, row, said),
                of_count_beside_base(target, row, said),
            ):
                yield from ((target, actual, message) for actual, message in found)
            yield from several(target, row, said, is_ceiling=has_ceiling(target, row))
            found = (
                of_share(target, cells, row, said) if quantity.unit == RATIO else of_amount(target, cells, row, said)
            )
            yield from ((as_task(target, row, said), actual, message) for actual, message in found)
        case Change() as target:
            yield from _of_plan_or_base(target, row, said)
            changes = chain(of_base_asked(row, said), of_change(target, row, said))
            yield from ((target, actual, message) for actual, message in changes)
        case AllOf(parts=(Bound() as one, Bound() as other)):
            yield from _within(one, other, row, said)
            yield from _of_total(one, other, cells.actual)
            yield from _of_total(other, one, cells.actual)
        case Level() as words:
            if isinstance(cells.actual, Level | Measured):
                yield from either_in_words(words, cells.actual, said, row)
            if _NONE_LATE.fullmatch(said) and not is_nothing(words.text):
                none = "无逾期"
                yield words, Level(none), Message(f"“{said}”就是{none}", f"“{said}” is that nothing was late")
            yield from of_all(fold_words(words.text), cells.actual, said, row)
            yield from _within_budget(fold_words(words.text), said, row)
            yield from _year_by_year(words, said)
            yield from _share_of_part(fold_words(words.text), said, row)
            for found in (of_rank(said), of_change(None, row, said)):
                yield from ((words, actual, message) for actual, message in found)


def _of_other_sign(target: Bound, actual: Actual | None, row: Written) -> Found:
    """Yield a target with a sign as a limit on its side, where the actual has the other sign: +8% ← -8%."""
    wanted, reached = _SIGNED.fullmatch(fold(row.target).strip()), _SIGNED.match(fold(row.actual).strip())
    if target.op is not TargetKind.BARE or wanted is None or reached is None or wanted["sign"] == reached["sign"]:
        return
    if isinstance(actual, Measured) and actual.quantity.value and target.quantity.value:
        op = TargetKind.AT_LEAST if wanted["sign"] == "+" else TargetKind.AT_MOST
        zh, en = f"“{row.actual}”与“{row.target}”一增一减", f"“{row.target}” and “{row.actual}” have opposite signs"
        yield replace(target, op=op), actual, Message(zh, en)


_SIGNED = re.compile("(?P<sign>[-+])(?=[0-9])[^,;。]*")


def _only_slighter(target: Target | None, row: Written, said: str) -> Found:
    """Yield that there was nothing of what is grave, where only slighter ones are counted: 无重大火灾，一般火灾3起."""
    found = _SLIGHTER.fullmatch(said)
    if found is None or found["grave"] not in fold(row.own):
        return
    message = Message(f"“{said}”里没有指标所说的", f"nothing of “{said}” is what the indicator is for")
    match target:
        case Bound(quantity=quantity) if not quantity.value:
            yield target, Measured(quantity), message
        case Level(text=text) if is_nothing(text):
            yield target, Level("无"), message


def _of_plan_or_base(target: Change, row: Written, said: str) -> Found:
    """Yield 103% as the share of a base that 不低于上年的105% is, and as words what may be of the plan: 完成103%."""
    if not any(one.key == "share_of_base" for one in target.assumptions):
        return
    if _DONE_SHARE.fullmatch(said):
        zh, en = f"看不出“{said}”是计划的，还是基数的", f"“{said}” may be of the plan or of the base"
        yield target, Level(row.actual), Message(zh, en)
        return
    share = amount_of(said, row)
    if share is not None and share.written == "%" and 2 * share.value >= 1:
        message = Message(f"“{said}”与指标值都按基数的比例计", f"“{said}” is of the base, as the target is")
        change = change_of_share(Measured(share), Assumption("share_of_base", message))
        if change is not None:
            yield target, change, message


def _late_by(target: Bound, row: Written, said: str) -> Found:
    """Yield by how much something was late, under a name for just that: 延期6天 is 6天 of 延期天数."""
    found = _LATE_BY.fullmatch(said) if _NAMED_LATE.search(fold(row.name)) is not None else None
    late = None if found is None else in_unit(target, Fraction(0)) if found["none"] else amount_of(found["amount"], row)
    if late is not None and late.dimension == target.quantity.dimension:
        yield target, Measured(late), Message(f"“{said}”就是 {say(late)}", f"“{said}” is {say(late, 'en')}")


def _share_of_part(wanted: str, said: str, row: Written) -> Found:
    """Yield how much of a part is done, beside all of it: 主体完工 ← 主体完工率80%."""
    asked, given = _PART_OF_WORK.fullmatch(wanted), _SHARE_OF_PART.fullmatch(said)
    if asked is None or given is None or asked["part"] != given["part"]:
        return
    share = amount_of(given["share"], row)
    if share is not None and share.unit == RATIO:
        message = Message(f"“{wanted}”就是 100%", f"“{wanted}” is 100%")
        yield Bound(TargetKind.AT_LEAST, WHOLE), Measured(share), message


def _is_for_second(row: Written, said: str) -> bool:
    """Return whether both cells are 1:n, under a name that is for the n."""
    texts = fold_words(row.target), said
    return _FOR_THE_SECOND.search(fold(row.name)) is not None and all(_ONE_TO.fullmatch(one) for one in texts)


def _of_second(target: Bound, actual: Actual | None) -> Found:
    """Yield the n of two cells 1:n."""
    if isinstance(actual, Measured):
        (wanted, reached) = (replace(one, value=1 / one.value) for one in (target.quantity, actual.quantity))
        message = Message("按比的后项比较", "the second terms of the ratios are compared")
        yield replace(target, quantity=wanted), replace(actual, quantity=reached), message


def _year_by_year(target: Level, said: str) -> Found:
    """Yield whether each number goes the way of 逐年减少: 11起→9起→10起 does not."""
    asked, numbers = _YEAR_BY_YEAR.fullmatch(fold_words(target.text)), _NUMBER.findall(said)
    if asked is None or _IN_TURN.fullmatch(said) is None:
        return
    pairs = [(number_of(one), number_of(other)) for one, other in pairwise(numbers)]
    is_so = all(one > other if asked["down"] else one < other for one, other in pairs)
    zh, en = ("都是" if is_so else "不都是"), ("goes" if is_so else "does not go")
    yield (
        target,
        Level(target.text if is_so else f"未{target.text}"),
        Message(f"“{said}”{zh}", f"“{said}” {en} that way"),
    )


_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def _within(time: Bound, share: Bound, row: Written, said: str) -> Found:
    """Yield the share that was reached within the time that is asked for; within a longer one, that it was missed."""
    found = _SHARE_WITHIN.fullmatch(said)
    took, reached = (None, None) if found is None else (amount_of(found[part], row) for part in ("time", "share"))
    if took is None or reached is None or share.quantity.unit != RATIO or took.dimension != time.quantity.dimension:
        return
    if took.base == time.quantity.base or (took.base < time.quantity.base and reached.base >= share.quantity.base):
        yield share, Measured(reached), Message(f"“{said}”与指标值是同一时限", f"“{said}” is of the time that is asked")
    elif took.base > time.quantity.base:
        zh, en = f"“{said}”的时限比指标值长", f"the time of “{said}” is longer than the target's"
        yield time, Measured(took), Message(zh, en)


def _within_budget(wanted: str, said: str, row: Written) -> Found:
    """Yield the limit that words are of, and what it came to: 不超概算 ← 概算1860万元，结算审定1912万元."""
    named, beside = _WITHIN_LIMIT.fullmatch(wanted), _BESIDE_LIMIT.fullmatch(said)
    if named is not None and beside is not None and named["limit"] == beside["limit"]:
        verdict = "超支" if beside["over"] or beside["more"] else "未超支"
        yield Level("不超支"), Level(verdict), Message(f"“{said}”就是{verdict}", f"“{said}” is by how much it differs")
    asked, given = _NO_MORE_THAN.fullmatch(wanted), _SHARE_OF_LIMIT.fullmatch(said)
    share = None if given is None else amount_of(given["share"], row)
    if asked is not None and given is not None and share is not None and asked["limit"] == given["limit"]:
        yield Bound(TargetKind.AT_MOST, WHOLE), Measured(share), Message(f"“{wanted}”就是 100%", f"“{wanted}” is 100%")
    asked = _WITHIN_BUDGET.fullmatch(wanted)
    found = _LIMIT_AND_PAID.fullmatch(said) or _PAID_AND_LIMIT.fullmatch(said)
    if asked is None or found is None or found["limit"] != asked["limit"]:
        return
    limit, paid = (amount_of(found[name], row) for name in ("before", "after"))
    if limit is not None and paid is not None and limit.dimension == paid.dimension:
        zh, en = f"“{wanted}”按不超过 {say(limit)} 计", f"“{wanted}” is no more than {say(limit, 'en')}"
        yield Bound(TargetKind.AT_MOST, limit), Measured(paid), Message(zh, en)


def _of_total(rate: Bound, total: Bound, actual: Actual | None) -> Found:
    """Yield the total of 每周1份，共52份 where the actual is one: it says nothing of each week."""
    (top, each), (sum_, none) = (unit_and_what(one.quantity.unit or "") for one in (rate, total))
    if not isinstance(actual, Measured) or not each or none or top != sum_:
        return
    if actual.quantity.dimension == total.quantity.dimension:
        zh, en = (
            f"只核对了合计；“{rate.in_words()}”没有单独核对",
            f"only the total is compared, not “{rate.in_words('en')}”",
        )
        yield total, actual, Message(zh, en)
