"""Several numbers of one thing in an actual: a later one replaces, takes off or adds to what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from pfscore.cells.lexicon.around import excluded_words, strange_words, undone_in
from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.quantities import RATIO, TIMES, Quantity, in_units, say
from pfscore.cells.lexicon.undone import shares_stage
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.unfinished import unfinished_words
from pfscore.cells.readings import Actual, Assumption, Between, Bound, Measured, TargetKind
from pfscore.foundation.folding import fold, fold_words
from pfscore.foundation.runtime.patterns import Pattern, pattern_of
from pfscore.foundation.runtime.resources import section_lines, section_pattern
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.comparison import no_result
from pfscore.scoring.row.comparing.numbers import UNKNOWN, Amount, amounts

# The rules are described, with rows, in grammar/words/several_numbers.txt.
_CORRECTED, _MOVED_TO, _LATER_SHARE, _CHECKER = rules("corrected", "moved_to", "later_share", "who_checks")
_COUNTED_OTHERWISE = rule("counted_otherwise")
_MAY_REPLACE, _TAKEN_OFF, _MAY_BE_OFF = rules("may_replace", "taken_off", "may_be_taken_off")
_ADDED, _ASIDE, _EARLIER, _OTHER_RATE = rules("added", "said_beside", "earlier_value", "rate_of_its_own")
_AT_FIRST, _TOTAL = rules("of_first_check", "year_or_sum")
_OF_MEAN, _PART, _OF_PERIOD, _EVENTS = rules("of_mean", "part_of_sum", "part_of_a_year", "counted_events")
_LOST, _MADE_GOOD, _COMPLETES, _BATCH = rules("lost_of_it", "made_good", "completes", "one_of_batches")
_TO_COME, _NOT_YET, _WHAT_WAS_DUE = rules("still_to_come", "not_yet_behind", "what_was_due")
_CANCELLED, _WITHOUT, _OF_WHICH = rules("cancelled_of_them", "without_it", "of_which_so_many")
_PUT_OFF, _ALSO_DONE, _STEP_BEHIND = rules("put_off_of_them", "also_done", "step_behind_number")
_EACH_OF_PERIODS, _LABEL_BEHIND = rules("each_of_two_periods", "label_behind_number")
_KEPT_SHARE, _OF_LAST_YEAR = rules("share_that_lives", "share_of_last_year")
_ONCE, _INTENDED = rules("reached_once", "only_intended")
_DONE_OF_THEM, _BEGUN = rules("done_in_brackets", "begun_by_name")
_OTHERWISE, _OTHERS = rules("done_otherwise", "others_beside")
_DONE_ONCE, _REST, _RUN_ON = rules("done_once", "rest_of_them", "parts_run_on")
_OF_EARLIER_YEARS, _STOCK, _TIME_IN_ALL = rules("of_earlier_years", "stock_by_name", "time_in_all")
_CHECKED_AGAIN = rule("checked_again")
_BEYOND_PLAN, _REST_NOT_DONE, _IN_FULL = rules("beyond_the_plan", "rest_not_done", "made_good_in_full")
_NOT_COUNTED, _CHECKED_OR_TWICE, _KIND_NAMED = rules("said_not_to_count", "checked_or_twice", "kind_in_name")
_USABLE, _DRAWN_TOGETHER = rules("usable_of_them", "drawn_together")
_OWN_DEED, _KIND_OF_WHOLE, _OF_EACH = rules("deed_before_kinds", "kind_of_whole", "of_each_kind")
_OF_LATER_YEARS, _MONTHS, _OF_PASSED = rules("of_later_years", "months_of_a_number", "of_what_passed")
# In grammar/words/beside_numbers.txt and undone.txt.
_AT_LAST, _DENIED = rules("final_of_them", "denied_at_once")

_CLAUSE = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|[;。()]|(?<=[一-龥])、(?=[0-9])")
_PIECE = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|[;。()、+]")
#: A label and a number without unit that a bracket is: (线下150).
_BARE_IN_BRACKET = re.compile(r"\((?P<label>[一-龥]{2,8})(?P<number>[0-9]+(?:\.[0-9]+)?)\)")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def with_labels_before(text: str) -> str | None:
    """Return a cell with what its numbers are before them; `None` where no plan stands behind one.

    >>> with_labels_before("600人（计划），540人（实际）"), with_labels_before("600人（含540人实际到场）")
    ('计划600人,实际540人', None)
    >>> with_labels_before("18（计划数，实际15.6）")
    '计划18,实际15.6'
    """
    plain = fold_words(text)
    if not any(one["plan"] for one in _LABEL_BEHIND.finditer(plain)):
        return None
    found = [f"{one['label']}{one['amount']}{one['rest'] or ''}" for one in _LABEL_BEHIND.finditer(plain)]
    if not _LABEL_BEHIND.sub("", plain).strip(",;、"):
        return ",".join(found)  # 6000(计划)5412(实际)
    return _LABEL_BEHIND.sub(lambda one: f"{one['label']}{one['amount']}{one['rest'] or ''}", plain)


# ── what they come to ──
@dataclass(slots=True)
class _Result:
    """What the numbers of an actual come to, each after the other: the number, or the least and the most of it."""

    least: Fraction
    most: Fraction
    said: list[str]
    others: list[str] = field(default_factory=list)

    def replace(self, one: Amount) -> None:
        self.least, self.most = one.least, one.most
        self.said.append(one.clause)

    def add(self, one: Amount, *, way: int = 1) -> None:
        self.least, self.most = (
            self.least + way * (one.least if way > 0 else one.most),
            self.most + way * (one.most if way > 0 else one.least),
        )
        self.said.append(one.clause)

    def doubt(self, value: Fraction, clause: str, *, is_more: bool = False) -> None:
        """Take a number for the result, for a part of what stands before, or where it may be, for more of the same."""
        most = self.most + value if is_more else value
        self.least, self.most = min(self.least, value), max(self.most, most)
        self.said.append(clause)


def _written_out(said: str, target: Bound) -> str:
    """Return an actual in which each number stands behind its words, with its unit."""
    said = _STEP_BEHIND.sub(r"\g<step>\g<amount>,", said)
    said = _BEYOND_PLAN.sub(r"完成\g<amount>,另", said)
    said = _RUN_ON.sub(r"\g<first>,", said)
    said = _EACH_OF_PERIODS.sub(r"\g<one>\g<kind>\g<amount>,\g<two>\g<kind>\g<amount>", said)
    bare = _BARE_IN_BRACKET.search(said)
    if bare is None or not _KIND_NAMED.search(bare["label"]):
        return said
    return said.replace(bare[0], f"({bare['label']}{bare['number']}{target.quantity.written or ''})")


def several(target: Bound, row: Written, said: str, *, is_ceiling: bool) -> Iterator[tuple[Bound, Actual, Message]]:
    """Yield what several numbers of one thing come to: 合格率100%，复核后为92% is 92%, 3150亩，核减370亩 2780亩.

    Where the words do not say which of them counts, it is something between the least and the most of them. Under a
    ceiling, what was added (480万元，追加60万元) may have raised the ceiling too. The target is a floor where the
    actual says that its number is what was due: 应接126家，已接119家.
    """
    if len(_NUMBER.findall(said)) < 2:
        return
    said = _written_out(said, target)
    row = row._replace(actual=said)
    pieces = [one for part in _PIECE.split(said) for one in amounts(part, target, row.unit)]
    if (parts := _sum_of_parts(pieces, target, row, said)) is not None:
        yield target, *parts
        return
    plain = _OF_LAST_YEAR.sub("", said)
    plain = plain if is_ceiling else _ONCE.sub("", plain)
    figures = _figures(_CLAUSE.split(plain), target, row)
    if not figures and (unit := target.quantity.written) and target.quantity.unit != RATIO:  # 2350（含下年度600）
        row = row._replace(unit=unit)
        figures = _figures(_CLAUSE.split(_MONTHS.sub("", plain)), target, row)
    if any(one.is_less or one.most - one.least >= UNKNOWN for one in figures):
        return
    figures, others = _with_others(figures, target, row)
    is_floor = target.quantity.unit != RATIO and not is_ceiling
    if others and is_floor:
        figures = [one for one in figures if one not in others]
        if len(figures) == 1 and not strange_words(figures[0].words, row.own):
            first = _Result(figures[0].least, figures[0].most, [figures[0].clause])
            yield target, *_told(first, target, [one.clause for one in others])
            return
    wanted = target if is_ceiling else _due(figures, target, row)
    found = (_of_whole(figures, target, row, said) if is_floor else None) or _result(
        figures, wanted, row, said, is_ceiling=is_ceiling
    )
    aside = [one.clause for one in figures if _is_aside(one, row) or _is_open(one)]
    if found is not None:
        yield wanted, *_told(found, target, aside)
    elif wanted is not target or plain != said:
        kept = [one for one in figures if not _is_aside(one, row) and not strange_words(one.lead, row.own)]
        if len(kept) == 1:
            yield wanted, *_told(_Result(kept[0].least, kept[0].most, [kept[0].clause]), target, aside)


def _of_whole(figures: list[Amount], target: Bound, row: Written, said: str) -> _Result | None:
    """Return what a whole comes to beside a number of them, whatever steps they are of."""
    return (
        _of_all(figures)
        or _in_the_end(figures, row, said)
        or _contained(figures, row)
        or _usable(figures, target, row)
        or _done_and_rest(figures, target)
        or _done_of_them(figures, row)
        or _of_earlier_years(figures, target, row)
        or _even_without(figures, target, row)
    )


def _figures(clauses: list[str], target: Bound, row: Written) -> list[Amount]:
    """Return the amounts of clauses; what was lost again may be said in a clause behind them: 1个超标，正在返工."""
    found: list[Amount] = []
    for clause in clauses:
        held = amounts(clause, target, row.unit)
        if found and not held and _LOST.search(clause):
            found[-1] = found[-1]._replace(tail=f"{found[-1].tail} {clause}")
        found += held
    return found


def _told(found: _Result, target: Bound, aside: list[str]) -> tuple[Actual, Message]:
    """Return a result as a reading, which names the clauses that it was not made from, and what it was made from."""
    low, high = (in_unit(target, value) for value in (found.least, found.most))
    words = "”“".join(dict.fromkeys(found.said))
    left_out = _left_out([one for one in dict.fromkeys(aside) if one not in found.said])
    others = "”“".join(one for one in dict.fromkeys(found.others) if one not in {*found.said, *aside})
    beside = f"，“{others}”没有计入" if others else ""
    if found.least == found.most:
        zh, en = f"按“{words}”，结果是 {say(low)}", f"by “{words}” it comes to {say(low, 'en')}"
        return Measured(low, assumptions=left_out), Message(zh + beside, en)
    zh = f"“{words}”与前面的数，没有写明以哪个为准，按 {say(low)} 到 {say(high)} 之间计"
    en = f"“{words}” or what stands before: which counts is not told; between {say(low, 'en')} and {say(high, 'en')}"
    return Between(low, high, assumptions=left_out), Message(zh + beside, en)


def _left_out(clauses: list[str]) -> tuple[Assumption, ...]:
    return (no_result("”“".join(clauses)),) if clauses else ()


def in_all(parts: str, total: Quantity) -> Message:
    """Return the message that parts come to a total."""
    return Message(f"“{parts}”合计 {say(total)}", f"“{parts}” are {say(total, 'en')} in all")


def in_unit(target: Bound, base: Fraction) -> Quantity:
    """Return an amount in the base unit as one in the unit of a target."""
    wanted = target.quantity
    return replace(wanted, value=in_units(base, wanted.unit))


def _due(figures: list[Amount], target: Bound, row: Written) -> Bound:
    """Return a target without sign as a floor where an actual says that just so much was due: 应接126家, 立杆45处."""
    if target.op is not TargetKind.BARE or side_of(row.name, (), target.quantity.unit) is not None:
        return target
    due = [one for one in figures[:-1] if _WHAT_WAS_DUE.search(one.lead) or _steps(one.words)]
    is_due = any(one.least == one.most == target.quantity.base for one in due)
    is_due = is_due or (any(map(_is_open, figures)) and sum(one.least for one in figures) == target.quantity.base)
    lost = [one for one in figures[1:] if _is_lost(one, row)]
    is_due = is_due or (bool(lost) and figures[0].least == target.quantity.base)
    return replace(target, op=TargetKind.AT_LEAST) if is_due else target


def _result(figures: list[Amount], target: Bound, row: Written, said: str, *, is_ceiling: bool) -> _Result | None:
    """Return what several numbers come to; `None` where no number has to do with another one."""
    is_count = target.quantity.unit != RATIO
    lost = [one for one in figures if is_count and not is_ceiling and _is_lost(one, row)]
    open_ = [one for one in figures if is_count and not is_ceiling and one not in lost and _is_open(one)]
    figures = [one for one in figures if one in lost or not (one in open_ or _is_aside(one, row))]
    if not figures or _AT_FIRST.search(row.own) or any(map(_is_total, figures)):
        return None
    first, *rest = figures
    if first in lost or _TAKEN_OFF.search(first.lead) or _MAY_BE_OFF.search(first.lead):
        return None
    if not rest:
        return _alone(first, open_, target, row, said, is_floor=is_count and not is_ceiling)
    if is_count and not is_ceiling and all(map(_is_also_done, rest)):
        found = _Result(first.least, first.most, [first.clause])
        for one in rest:
            found.add(one)
        return found  # 已编6个，另2个也已编完
    of_one = len({one.clause for one in figures}) < 2 and not all(one in lost for one in rest)
    if of_one or all(_OF_PERIOD.fullmatch(one.lead) for one in figures):
        return None
    if _is_final(first, target) and all(_EARLIER.search(one.lead) and not _is_final(one, target) for one in rest):
        return _Result(first.least, first.most, [first.clause])
    chain = [one for one in figures if one not in lost]
    is_off = any(_TAKEN_OFF.search(one.lead) or _MAY_BE_OFF.search(one.lead) for one in chain)
    start = None if is_ceiling or is_off else _by_steps(chain, target, row)
    if start is not None:
        found, at = start
        behind = [one for one in lost if figures.index(one) > at]
    else:
        found, behind = _Result(first.least, first.most, []), rest
    return _after_each_other(found, first, behind, target, row, said, is_ceiling=is_ceiling)


def _of_all(figures: list[Amount]) -> _Result | None:
    """Return what is left of all of them, of which so many were cancelled, or may yet take place: 共有12期，3期停办."""
    off = [one for one in figures if _CANCELLED.search(one.words) or _PUT_OFF.search(one.words)]
    whole = [one for one in figures if one not in off]
    if not len(whole) == len(off) == 1 or not (_WHAT_WAS_DUE.search(whole[0].lead) or _is_total(whole[0])):
        return None
    found = _Result(whole[0].least, whole[0].most, [whole[0].clause])
    if _PUT_OFF.search(off[0].words):
        found.doubt(found.least - off[0].most, off[0].clause)
    else:
        found.add(off[0], way=-1)
    return found


def _done_of_them(figures: list[Amount], row: Written) -> _Result | None:
    """Return how many are done after all, where that stands in brackets: 6座（已完工4座）, 3000块（已更换2600块）."""
    if len(figures) != _A_PAIR or not _in_brackets(figures[1], row) or figures[1].tail:
        return None
    whole, part = figures
    found, name = _DONE_OF_THEM.fullmatch(part.lead), fold(row.name)
    if found is None or part.most >= whole.least or _BEGUN.search(name) or _is_early(whole):
        return None
    is_own = found["already"] and found["deed"] and found["deed"] in name
    if not (is_own or (found["done"] and section_pattern("undone.txt", "work").search(name))):
        return None
    return _Result(part.least, part.most, [part.clause], [whole.clause])


def _done_and_rest(figures: list[Amount], target: Bound) -> _Result | None:
    """Return how many are done where just the rest of the target is left: 已修160册，剩40册 of 200册."""
    if len(figures) != _A_PAIR or not _REST.fullmatch(figures[1].lead):
        return None
    done, rest = figures
    if _DENIED.search(done.words) or _WHAT_WAS_DUE.search(done.lead):
        return None
    is_left = not rest.tail or _REST_NOT_DONE.fullmatch(rest.tail) is not None
    if not is_left or done.least != done.most or done.least + rest.least != target.quantity.base:
        return None
    return _Result(done.least, done.most, [done.clause], [rest.clause])


_A_PAIR = 2


def _in_the_end(figures: list[Amount], row: Written, said: str) -> _Result | None:
    """Return what there was at last, behind what was returned at first: 首批退货40套，厂家已补齐，最终验收入库600套."""
    if len(figures) != _A_PAIR or not _is_lost(figures[0], row):
        return None
    lost, last = figures
    is_last = _AT_LAST.search(last.lead) is not None or last.lead.removeprefix("最终") in fold(row.name)
    if last.tail or not last.lead or not is_last or not (_MADE_GOOD.search(said) or _AT_LAST.search(last.lead)):
        return None
    return _Result(last.least, last.most, [last.clause], [lost.clause])


def _contained(figures: list[Amount], row: Written) -> _Result | None:
    """Return how many are left without those that a row is not for, or how many of them are what it is for.

    16项（其中校级7项不计入）, 93场（含线上9场） and 260人次（线下150） under 线下培训人次.
    """
    if len(figures) != _A_PAIR or figures[1].most > figures[0].least:
        return None
    whole, part = figures
    of_which = _OF_WHICH.match(part.lead)
    if _OTHERS.search(part.lead) or (of_which is None and not _in_brackets(part, row)):
        return None
    label, found = part.lead[of_which.end() if of_which else 0 :], _Result(whole.least, whole.most, [whole.clause])
    if _NOT_COUNTED.fullmatch(part.tail):
        found.add(part, way=-1)
    elif _is_lost(part, row):
        return None
    elif of_which is not None and (excluded_words(part.clause, row.own) or _CHECKED_OR_TWICE.fullmatch(label)):
        found.doubt(whole.least - part.most, part.clause)
    elif not part.tail and _is_kind_named(label, fold(row.name)) and label not in whole.words:
        return _Result(part.least, part.most, [part.clause], [whole.clause])
    else:
        return None
    return found


def _is_kind_named(label: str, name: str) -> bool:
    """Return whether a name is for just that kind: 线下 in 线下培训; not 女职工 in 男女职工, nor 小学 in 中小学."""
    if not label:
        return False
    before, found, behind = name.partition(label)
    is_alone = _DRAWN_TOGETHER.search(before) is None and not _KIND_NAMED.search(before + " " + behind)
    return bool(found) and _KIND_NAMED.fullmatch(label) is not None and is_alone


def _usable(figures: list[Amount], target: Bound, row: Written) -> _Result | None:
    """Return that fewer of them can be used than there are: 安装120套，108套正常运行."""
    if len(figures) != _A_PAIR or (target.quantity.unit or "").startswith(("人", "名")):
        return None
    whole, part = figures
    found = _USABLE.fullmatch(part.words.replace(" ", ""))
    if found is None or part.most >= whole.least or found["usable"] in row.own:
        return None
    result = _Result(whole.least, whole.most, [whole.clause])
    result.doubt(part.least, part.clause)
    return result


def _of_earlier_years(figures: list[Amount], target: Bound, row: Written) -> _Result | None:
    """Return that a target may be reached only with what is of earlier years: 20台（含上年结转6台）."""
    if len(figures) != _A_PAIR or _STOCK.search(fold(row.own)):
        return None
    whole, part = figures
    found, wanted = _OF_EARLIER_YEARS.fullmatch(part.lead), target.quantity.base
    if found is None or (found["year"] and row.year is not None and int(found["year"]) >= row.year):
        return None
    if found["finished"] and part.most <= whole.least:
        result = _Result(whole.least, whole.most, [whole.clause])
        result.add(part, way=-1)
        return result
    if not whole.least - part.most < wanted <= whole.least or part.most > whole.least:
        return None
    result = _Result(whole.least, whole.most, [whole.clause])
    result.doubt(whole.least - part.most, part.clause)
    return result


def _even_without(figures: list[Amount], target: Bound, row: Written) -> _Result | None:
    """Return that a target is reached even without those of which something is denied or to come: 52座（1座未验收）."""
    if len(figures) != _A_PAIR or _is_lost(figures[1], row):
        return None
    whole, part = figures
    is_of_them = _OF_WHICH.match(part.lead) is not None or (not part.lead and _in_brackets(part, row))
    is_doubtful = undone_in(part.words) or _NOT_YET.match(part.tail) is not None
    if not (is_of_them and is_doubtful) or whole.least - part.most < target.quantity.base:
        return None
    result = _Result(whole.least, whole.most, [whole.clause])
    result.doubt(whole.least - part.most, part.clause)
    return result


def _alone(
    one: Amount, open_: list[Amount], target: Bound, row: Written, said: str, *, is_floor: bool
) -> _Result | None:
    """Return what a number comes to beside what is only part of it, is open or to come, or only lives in part."""
    found = _Result(one.least, one.most, [])
    share = _KEPT_SHARE.search(said)
    if is_floor and share is not None and share["share"] not in row.own:
        rate = Fraction(share["share"].removesuffix("%")) / 100
        found.doubt(one.least * rate, share[0])
        return found
    if not is_floor or not open_ or one.least != one.most:
        return None
    left = sum((each.most for each in open_), start=Fraction(0))
    is_own = not strange_words(_BATCH.sub("", one.lead), row.own)
    is_own = is_own or section_pattern("stages.txt", "granted").fullmatch(one.lead) is not None
    if one.most < target.quantity.base or any(_BATCH.search(each.lead) for each in open_):
        found.said.append(one.clause)
        return found if is_own else None
    if one.least - left >= target.quantity.base:
        return None
    found.doubt(one.least - left, open_[0].clause)
    return found


def _after_each_other(
    found: _Result, first: Amount, rest: list[Amount], target: Bound, row: Written, said: str, *, is_ceiling: bool
) -> _Result | None:
    """Return what a first number comes to by each of those behind it."""
    is_marked = False
    known = f"{row.own},{first.clause}"
    made_good = _made_good_in_full(rest, row, said)
    found.said += [one.clause for one in made_good]
    rest = [one for one in rest if one not in made_good]
    for at, one in enumerate(rest):
        lead = one.lead
        is_own = not strange_words(_without_marks(lead), known)
        is_share = target.quantity.unit == RATIO
        is_other = is_share and (_COUNTED_OTHERWISE.search(lead) is not None or _is_passed_again(one, first))
        if not is_share and not is_ceiling and _is_lost(one, row):
            if _MADE_GOOD.search(said) or found.least < one.most:
                found.doubt(max(found.least - one.most, Fraction(0)), one.clause)
            else:
                found.add(one, way=-1)
        elif not is_share and (_TAKEN_OFF.search(lead) or _MAY_BE_OFF.search(lead)) and not _CORRECTED.search(lead):
            if _TAKEN_OFF.search(lead) and not one.tail:
                found.add(one, way=-1)
            else:
                found.doubt(found.least - one.most, one.clause)
        elif not is_share and not is_ceiling and _ADDED.fullmatch(lead) and not one.tail:
            found.add(one)
        elif is_own and not is_other and _replaces(one, first, target, row):
            found.replace(one)
        elif is_other or is_marked or any(mark.search(lead) for mark in _REPLACING):
            may = _MAY_REPLACE.search(lead)
            is_more = not is_share and not _is_final(one, target) and (may is None or may["more"] is not None)
            found.doubt(one.least, one.clause, is_more=is_more)
        elif not any(_CORRECTED.search(later.lead) for later in rest[at + 1 :]):
            return None
        is_marked = True
    return found


def _made_good_in_full(rest: list[Amount], row: Written, said: str) -> list[Amount]:
    """Return what was lost where nothing of it is missing any more: 退换800株，已全部补足."""
    if _IN_FULL.search(said) is None:
        return []
    return [one for one in rest if _is_lost(one, row) or _MAY_BE_OFF.search(one.lead)]


_REPLACING = (_CORRECTED, _MOVED_TO, _LATER_SHARE, _MAY_REPLACE)


def _replaces(one: Amount, first: Amount, target: Bound, row: Written) -> bool:
    """Return whether words say that their number stands in the place of the first, or their name is for it."""
    return (_is_final(one, target) and not _is_mean(row, one.lead)) or _is_named_check(one, first, row)


def _is_passed_again(one: Amount, first: Amount) -> bool:
    """Return whether a share only is higher by a second check, and the row does not say which: 初检92%，复检98%."""
    found = _CHECKED_AGAIN.fullmatch(one.lead)
    return found is not None and one.least > first.most and _EARLIER.search(first.lead) is not None


def _is_total(one: Amount) -> bool:
    """Return whether a number is said to be that of the year or of all, which the reader takes for its parts."""
    return _TOTAL.search(one.lead) is not None and not (_CORRECTED.search(one.lead) or _MOVED_TO.search(one.lead))


def _is_mean(row: Written, lead: str) -> bool:
    """Return whether a name is for a mean of a time of which a value is only the last."""
    return _OF_MEAN.search(fold(row.name)) is not None and _CORRECTED.search(lead) is None


def _is_named_check(one: Amount, first: Amount, row: Written) -> bool:
    """Return whether a name is for what the first number is not: 建成2万亩，县级验收1.4万亩 under 验收面积."""
    found = _MAY_REPLACE.search(one.lead)
    return found is not None and found[0] in fold(row.name) and found[0] not in first.lead


def is_said_aside(label: str) -> bool:
    """Return whether words before a number say that it is no result beside others, or of which check it is."""
    marks = (_ASIDE, _CORRECTED, _MOVED_TO, _LATER_SHARE, _EARLIER, _OTHER_RATE, _TOTAL)
    return any(mark.search(label) for mark in marks)


def is_place(label: str) -> bool:
    """Return whether a label is for a part of a whole that has a share of its own: 城区, 小学."""
    return _PART.fullmatch(label) is not None


def is_of_step(label: str) -> bool:
    """Return whether words before a number end with a step of work: 报名, 设备验收; but not 接入网."""
    return any(match.end() == len(label) for match in _any_step().finditer(label))


def _is_aside(one: Amount, row: Written) -> bool:
    """Return whether a number is of another thing or another year, or only says again what was to be."""
    if _is_also_done(one):
        return False
    if _ASIDE.search(one.lead) and not (_TAKEN_OFF.search(one.lead) or _COUNTED_OTHERWISE.search(one.lead)):
        return True
    otherwise = _OTHERWISE.search(one.lead)
    if otherwise is not None and (not otherwise["deed"] or any(letter in row.own for letter in otherwise["deed"])):
        return True
    intended = _INTENDED.search(one.lead)
    if intended is not None and intended[0] not in fold(row.own):
        return True
    rate = _OTHER_RATE.search(one.lead)
    return rate is not None and rate["what"] not in fold(row.name) and not _steps(one.words)


def _is_lost(one: Amount, row: Written) -> bool:
    """Return whether so many were sent back, were lost again or failed again: 退货1800册, 其中12处复查仍漏水.

    So are those without what the row is named for, 其中37套未入网 under 终端入网, 8个（2个未投用） under 建成并投用,
    and those that are not done or of a year to come: 含在建1.2公里.
    """
    is_of_them = _OF_WHICH.match(one.lead) is not None
    is_to_come = _OF_LATER_YEARS.fullmatch(one.lead) is not None or bool(unfinished_words(one.lead, row.own))
    if is_of_them and is_to_come and not _STOCK.search(fold(row.own)):
        return True
    denied = _WITHOUT.search(one.words) if is_of_them or (not one.lead and _in_brackets(one, row)) else None
    if denied is not None and denied["failed"]:
        return _OF_PASSED.search(fold(row.name)) is not None
    if denied is not None and (denied["done"] or denied["deed"] in fold(row.name)):
        return True
    return _LOST.search(one.words) is not None and not _CORRECTED.search(one.lead)


def _with_others(figures: list[Amount], target: Bound, row: Written) -> tuple[list[Amount], list[Amount]]:
    """Return the numbers of a cell, and those of others on top; 另退货4台 beside what reaches the target is neither."""
    if figures and figures[0].most >= target.quantity.base:
        figures = [one for one in figures if not (_OTHERS.search(one.lead) and _is_lost(one, row))]
    return figures, [one for one in figures[1:] if _is_on_top(one, figures[0], target, row)]


def _is_on_top(one: Amount, first: Amount, target: Bound, row: Written) -> bool:
    """Return whether a number is of others, and the first reaches the target: 1450个，另完成社区书屋60个."""
    if _is_also_done(one) or _NOT_COUNTED.fullmatch(one.tail):
        return False
    if _REST.fullmatch(one.lead):  # 已编5200册，余800册待编
        return first.least >= target.quantity.base and _REST_NOT_DONE.fullmatch(one.tail) is not None
    if _OTHERS.search(one.lead) is None:
        return False
    return first.least >= target.quantity.base or bool(strange_words(_BATCH.sub("", one.lead), row.own))


def _is_also_done(one: Amount) -> bool:
    """Return whether the rest of them is done as well: 另2个也已编完, 其余6部11月更新完."""
    return _BATCH.match(one.lead) is not None and _ALSO_DONE.fullmatch(one.tail) is not None


def _is_open(one: Amount) -> bool:
    """Return whether so many are still to come or under way: 第二批60个预计5月完成, 5户正在安装, 另1个待验收."""
    is_part = _OF_WHICH.match(one.lead) is not None
    return not is_part and (_TO_COME.search(one.lead) is not None or _NOT_YET.match(one.tail) is not None)


def _is_final(one: Amount, target: Bound) -> bool:
    """Return whether words say plainly that their number is the last one: 复核为, 降至; of a share, 年末."""
    if _CORRECTED.search(one.lead) or _MOVED_TO.search(one.lead):
        return True
    return target.quantity.unit == RATIO and _LATER_SHARE.search(one.lead) is not None


def _without_marks(lead: str) -> str:
    for mark in (_CHECKER, _CORRECTED, _MOVED_TO, _LATER_SHARE):
        lead = mark.sub(" ", lead)
    return lead


# ── steps of work, each with its number ──
def _by_steps(figures: list[Amount], target: Bound, row: Written) -> tuple[_Result, int] | None:
    """Return what the numbers of several steps of one work come to, and the place of the one that counts.

    The step that the row names counts, or where it names none, the last one; never an earlier one. What completes the
    named step counts for it (采购20辆，交付12辆); of another step behind it, a person decides (抚育3150亩，合格2780亩).
    """
    if len(figures) < 2 or _CORRECTED.search(figures[-1].lead):
        return None
    asked, steps = _steps(row.own), [_steps(one.lead if _in_brackets(one, row) else one.words) for one in figures]
    named = [at for at, one in enumerate(figures) if _is_named(one, steps[at], asked, row)]
    if any(not step and at not in named for at, step in enumerate(steps)) or not any(steps):
        return None
    if any(_is_of_other_things(one, row, figures[0]) for one in figures):
        return None
    ranks = [max(step, default=-1) for step in steps]
    last = max(range(len(figures)), key=lambda at: (ranks[at], at))
    pick = max(named, key=lambda at: (ranks[at], at)) if named else last
    if ranks.count(ranks[pick]) > 1:
        return None
    counted = figures[pick]
    found = _Result(counted.least, counted.most, [counted.clause], [one.clause for one in figures])
    if not named:
        is_before = _is_early(counted) or max(asked, default=-1) > ranks[last]
        if is_before and counted.most >= target.quantity.base:
            found.doubt(Fraction(0), counted.clause)
        done = [one for one in figures[:pick] if _COMPLETES.search(one.words) and not (asked or _is_early(one))]
        if done:  # 完工5座，验收3座 under 水库除险加固
            found.doubt(done[-1].least, done[-1].clause)
        return found, pick
    later, known = figures[last], f"{row.own},{counted.clause}"
    is_complete = _is_complete(counted, later, row)
    completes = _COMPLETES.search(later.words) is not None
    is_other = completes and strange_words(_COMPLETES.sub(" ", later.words), known)
    if last <= pick or ranks[last] <= ranks[pick] or is_complete or is_other:
        return None if pick == 0 and ranks[last] <= ranks[pick] else (found, pick)
    is_of_people = (target.quantity.unit or "").startswith(("人", "名"))
    is_completed = completes and not is_of_people and not _in_brackets(later, row)
    if is_completed or _AT_LAST.search(_any_step().sub("", later.lead)):
        found.replace(later)
        return found, last
    found.doubt(later.least, later.clause)
    return found, last


def _is_complete(counted: Amount, later: Amount, row: Written) -> bool:
    """Return whether a number is of what is complete, whatever came after it: 326套（已入住281套） under 交付套数."""
    if _is_paper(counted, row) or shares_stage(counted.lead, fold_words(row.own)):
        return True
    is_named = not _steps(counted.words)
    if is_named and _is_early(later) and later.least > counted.most:
        return True  # 24人（签约30人）
    deed = fold(row.name) if is_named else counted.words
    return _COMPLETES.search(deed) is not None and _MAY_REPLACE.search(later.words) is None


def _in_brackets(one: Amount, row: Written) -> bool:
    """Return whether a number stands in brackets, where it tells of the one before: 65座（3座改为专项检测）."""
    return f"({one.clause}" in fold_words(row.actual)


def _is_named(one: Amount, steps: frozenset[int], asked: frozenset[int], row: Written) -> bool:
    """Return whether a number is of the step that a row names, or of its thing without any step."""
    if steps:
        return not steps.isdisjoint(asked)
    deed = one.lead.lstrip("已实仅只")
    if len(deed) == 1 and any(deed in match[0] for match in _any_step().finditer(fold(row.own))):
        return True  # 装22套 under 安装套数
    return not strange_words(one.words, row.own)


def _is_of_other_things(one: Amount, row: Written, first: Amount) -> bool:
    """Return whether a step was done with something that the row does not know: 安装黑板30套 under 采购课桌."""
    known = f"{row.own},{first.clause}"
    words = list(_any_step().finditer(one.lead))
    object_ = one.lead[words[-1].end() :] if words else ""
    return bool(object_) and bool(strange_words(object_, known))


def _is_early(one: Amount) -> bool:
    """Return whether a number is only of steps that nothing was brought about by: 报名, 签约, 采购."""
    steps = _steps(one.words)
    return bool(steps) and max(steps) < len(section_lines("stages.txt")["steps before"])


def _is_paper(one: Amount, row: Written) -> bool:
    """Return whether a row is for just an early step, which is complete in itself: 报名人数, 扫描页数; not 采购."""
    return _is_early(one) and not section_pattern("stages.txt", "bought").search(fold_words(row.own))


@cache
def _step_lines() -> tuple[Pattern, ...]:
    """Return the steps, the earliest first."""
    lists = section_lines("stages.txt")
    return tuple(pattern_of(line.split()) for name in ("steps before", "steps after") for line in lists[name])


@cache
def _any_step() -> Pattern:
    lists = section_lines("stages.txt")
    return pattern_of(" ".join((*lists["steps before"], *lists["steps after"])).split())


def _steps(words: str) -> frozenset[int]:
    """Return the steps that words name, and do not deny, by their places."""
    return frozenset(
        at
        for at, line in enumerate(_step_lines())
        if any(not _DENIED.search(words[: match.start()]) for match in line.finditer(words))
    )


# ── parts of a whole ──
def is_time_in_all(row: Written) -> bool:
    """Return whether a row is for a time that is added up: 停机时间."""
    return _TIME_IN_ALL.search(fold(row.name)) is not None


def _is_in_name(label: str, labels: list[str], name: str) -> bool:
    """Return whether a name has a label of several, alone or drawn together with another: 中学 in 中小学教师."""
    return label in name or any(f"{label[:1]}{other}" in name for other in labels if other != label)


def _without_common_end(labels: list[str], row: Written) -> list[str]:
    """Return labels without the row's own words that all of them end with: 集中供养, 分散供养 under 供养人数."""
    ends = (labels[0][at:] for at in range(len(labels[0]) - 1)) if labels else ()
    end = next((one for one in ends if one in row.own and all(label.endswith(one) for label in labels)), "")
    return [label.removesuffix(end) for label in labels]


def _are_kinds(labels: list[str], row: Written) -> bool:
    """Return whether three labels or more name kinds of one whole, and no deeds: 发明, 实用新型, 外观."""
    first, *rest = labels
    deed = _OWN_DEED.match(first)
    labels = [first if deed is None else first[deed.end() :], *rest]
    if len(labels) <= _A_PAIR or _OF_EACH.search(fold(row.own)) or not all(map(_KIND_OF_WHOLE.fullmatch, labels)):
        return False
    return not any(_any_step().search(one) or undone_in(one) or is_said_aside(one) for one in labels)


def _sum_of_parts(figures: list[Amount], target: Bound, row: Written, said: str) -> tuple[Actual, Message] | None:
    """Return what parts come to of which none is a part of another: 城区3座、乡镇4座; no shares, times and means."""
    figures = [one._replace(tail="") if _ALSO_DONE.fullmatch(one.tail) else one for one in figures]
    # 18所小学、1所初中 is of the parts that stand behind
    leads = _without_common_end([one.lead.strip() or one.tail.strip() for one in figures], row)
    wanted, name = target.quantity, fold(row.name)
    is_mean = wanted.unit == RATIO or "/" in (wanted.unit or "")
    is_mean = is_mean or (wanted.dimension in TIMES and not is_time_in_all(row))
    if len(figures) < 2 or len(set(leads)) < len(leads) or is_mean or any(one.least != one.most for one in figures):
        return None
    if len({_is_in_name(lead, leads, name) for lead in leads}) > 1:  # 小学30人、初中20人 under 小学教师培训
        return None
    if len(_NUMBER.findall(_OF_PERIOD.sub("", said))) != len(figures) or _OF_MEAN.search(fold(row.own)):
        return None
    if all(map(_OF_PERIOD.fullmatch, leads)):
        is_once = _DONE_ONCE.search(name) is not None and wanted.dimension not in {"人", "户"}
        if not (is_once or _EVENTS.fullmatch(wanted.unit or "")):
            return None
    elif any(one.lead.strip() and one.tail for one in figures) or not (
        all(map(_PART.fullmatch, leads)) or (len({bool(one.tail) for one in figures}) == 1 and _are_kinds(leads, row))
    ):
        return None
    parts = "”“".join(one.clause for one in figures)
    total = in_unit(target, sum((one.least for one in figures), start=Fraction(0)))
    return Measured(total), in_all(parts, total)
