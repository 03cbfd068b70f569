"""Shares of a whole: a quotient, what is left of it, a score of its full score, 全部."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import RATIO, Quantity
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import (
    Actual,
    Between,
    Bound,
    Level,
    Measured,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.readings_of_row import Cells
from pfscore.scoring.row.preparing.related.beside_target import (
    POINTS,
    WHOLE,
    Found,
    all_of_it,
    by_target,
    compared_with_target,
    limits,
    near_target,
    none_of_it,
    number_of,
    percent_of,
)
from pfscore.scoring.row.preparing.related.changes import of_saving

# The rules are described, with rows, in grammar/words/relations.txt.
_ABOVE, _BELOW, _OVER_LIMIT, _TURNED = rules("above_target", "below_target", "over_limit", "turned_about")
_NONE_LACKS, _ALL_OF_AMOUNT, _OTHER_SIDE = rules("none_lacks_it", "all_of_amount", "other_side")
_THOSE_AND_DONE, _YEAR_AND_MONTH = rules("those_and_done", "year_and_month")
_DUE_AND_DONE, _DUE_AND_LACKING, _PART_OF_THEM = rules("due_and_done", "due_and_lacking", "part_of_them")
_GONE_WRONG, _ALL, _OUT_OF = rules("gone_wrong", "all_of_it", "out_of")
_SCORE, _OF_CONTENT = rules("score_of_full", "of_content")
_CLOSED, _PUT_RIGHT = rules("closed_share", "of_problems_put_right")
_CHECKED_ALONE, _OF_QUALITY = rules("checked_alone", "of_quality")
_ABLE_AND_USED, _RATE_OF_USE, _ASKED_BACK = rules("able_and_used", "rate_of_use", "asked_back_satisfied")
_ALL_AND_DAMAGED, _RATE_OF_SOUND, _SO_MANY_IN_ALL = rules("all_and_damaged", "rate_of_sound", "so_many_in_all")
_QUOTIENT, _OVER_COUNT = rules("quotient_of_same", "amount_over_count")
_SO_MANY_IN_NAME, _DEED_AND_COUNT = rules("so_many_in_name", "deed_and_count")


def _by_points(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what lies so many percentage points above or below the target: 低于目标值0.3个百分点; a loss: 超支3%."""
    for pattern, way in ((_ABOVE, 1), (_BELOW, -1)):
        found = pattern.fullmatch(said)
        if found is not None and found["amount"].endswith(POINTS):
            quantity = replace(target.quantity, value=target.quantity.value + way * number_of(found["number"]) / 100)
            yield Measured(quantity), by_target(said, target, quantity)
    found = _OVER_LIMIT.fullmatch(said) if "节约" in row.name or "节支" in row.name else None
    if found is not None and found["amount"].endswith("%"):
        quantity = Quantity(-number_of(found["number"]) / 100, RATIO, "%")
        yield Measured(quantity), Message(f"“{said}”是节约的反面", f"“{said}” is the opposite of a saving")


def _wholly(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield 100% for 均已发放, 无未整改问题 and 1260万元全部兑付 under a rate of just that."""
    found = _NONE_LACKS.fullmatch(said) or _ALL_OF_AMOUNT.fullmatch(said)
    if found is not None:
        words = found.groupdict()
        deed = words.get("done") or words["deed"]
        if deed in fold(row.name) or (deed in _DONE and not words.get("done")):
            yield Measured(WHOLE), all_of_it(said)


_DONE = frozenset({"完成", "办结", "落实"})


def _other_side(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rest of 100% for 不合格率3% under 合格率."""
    found, name = _OTHER_SIDE.fullmatch(said), fold(row.name)
    if found is None or found["what"] not in name or f"{found['no']}{found['what']}" in name:
        return
    rest = Quantity(1 - number_of(found["share"]) / 100, RATIO, "%")
    message = Message(f"“{said}”，其余是 {rest}", f"“{said}” leaves {rest}")
    yield Measured(rest), message


def of_share(target: Bound, cells: Cells, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what answers a share: a quotient, or 全部."""
    is_limit = limits(target, row)
    yield from of_saving(row, said)
    yield from _one_by_other(row, said)
    yield from _one_of_so_many(cells.actual, said)
    yield from _of_those(row, said)
    yield from _of_year(target, said)
    yield from _of_whole(said, is_limit=is_limit, name=fold(row.name))
    yield from compared_with_target(target, row, said)
    yield from near_target(target, row, said)
    yield from _closed(row, said)
    yield from _of_full_score(row, said)
    yield from _by_points(target, row, said)
    yield from _turned_about(target, row, said)
    if is_limit:
        yield from none_of_it(target, row, said)
    else:
        yield from _out_of(row, said)
        yield from _of_rate(row, said)
        yield from _wholly(row, said)
        yield from _other_side(row, said)
    if isinstance(cells.actual, Level) and _ALL.fullmatch(said) and not is_limit:
        yield Measured(WHOLE), all_of_it(said)


def is_quotient(said: str) -> bool:
    """Return whether a cell is one number by another: 1840户÷2000户, 50万元÷200户."""
    return _QUOTIENT.fullmatch(said) is not None or _OVER_COUNT.fullmatch(said) is not None


def _one_of_so_many(actual: Actual | None, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share of 每15家抽1家."""
    if not isinstance(actual, Measured) or actual.quantity.measure is None:
        return
    top, stroke, bottom = actual.quantity.measure.dimension.partition("/")
    if stroke and top == bottom:
        share = actual.quantity.base
        yield Measured(Quantity(share, RATIO)), Message(f"“{said}”是 {percent_of(share)}", f"“{said}”")


def _one_by_other(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share of 1840户÷2000户, and of 使用5.2万份/建档9.1万份 where the row is named for what was done."""
    found = _QUOTIENT.fullmatch(said)
    if found is not None and (found["deed"] or "") not in fold(row.name):
        return
    if found is not None and 0 < number_of(found["whole"]) >= number_of(found["part"]):
        share = number_of(found["part"]) / number_of(found["whole"])
        if found["result"] and abs(share * 100 - number_of(found["result"])) >= 1:
            return
        yield Measured(Quantity(share, RATIO)), Message(f"“{said}”是 {percent_of(share)}", f"“{said}”")


def _of_year(target: Bound, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rate of the year of 全年11.2%(12月9.6%)."""
    found = _YEAR_AND_MONTH.fullmatch(said)
    if found is not None:
        share = number_of(found["year"]) / 100
        message = Message(f"按全年的 {percent_of(share)} 计", f"that of the year counts, {percent_of(share)}")
        yield Measured(replace(target.quantity, value=share)), message


def _of_those(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield 28/320 for 符合条件320人，交流28人 under ≥符合条件教师的10%."""
    found = _THOSE_AND_DONE.fullmatch(said)
    if found is None or found["those"] not in fold(row.target).rpartition("的")[0]:
        return
    whole, part = number_of(found["whole"]), number_of(found["part"])
    if whole >= part > 0:
        share = Quantity(part / whole, RATIO)
        digits = percent_of(share.value)
        yield Measured(share), Message(f"“{said}”是 {digits}", f"“{said}” is {digits}")


def _of_full_score(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share of the full score that a score of satisfaction is: 4.62分（5分制）."""
    found = _SCORE.fullmatch(said) if _OF_CONTENT.search(fold(row.name)) else None
    if found is None:
        return
    score, full = number_of(found["score"]), Fraction(found["full"])
    if score <= full:
        digits = percent_of(score / full)
        zh, en = f"“{said}”满分 {full} 分，折合 {digits}", f"“{said}” of {full} is {digits}"
        yield Measured(Quantity(score / full, RATIO, "%")), Message(zh, en)


def _closed(row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rate of problems that were closed under one of problems put right: 销号率96%."""
    found = _CLOSED.match(said)
    if found is not None and _PUT_RIGHT.search(fold(row.name)):
        share = Quantity(number_of(found["share"]) / 100, RATIO, "%")
        message = Message(f"“{found[0]}”按“{row.name}”计", f"“{found[0]}” is taken for “{row.name}”")
        yield Measured(share), message


def _turned_about(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what went the other way: 不增反降1.6% under 财政收入增长率."""
    found = _TURNED.fullmatch(said)
    if found is None or _WAYS[found["came"]] == _WAYS[found["asked"]]:
        return
    if any(_WAYS.get(one) == _WAYS[found["asked"]] for one in f"{row.name}{row.target}"):
        quantity = replace(target.quantity, value=-number_of(found["size"]) / 100)
        yield Measured(quantity), Message(f"“{said}”与指标的方向相反", f"“{said}” went the other way")


_WAYS = {"降": -1, "减": -1, "增": 1, "升": 1}


def of_all(wanted: str, actual: Actual | None, said: str, row: Written) -> Found:
    """Yield what answers 全覆盖: a quotient, or a percentage."""
    if _ALL.fullmatch(wanted) is None:
        return
    whole = Bound(TargetKind.AT_LEAST, WHOLE)
    for share, message in _of_whole(said, is_limit=False):
        yield whole, share, message
    found = _SO_MANY_IN_ALL.fullmatch(said)
    if found is not None and found["deed"] in row.own:
        yield from ((whole, share, message) for share, message in _quotient(found, said))
    if isinstance(actual, Measured) and actual.quantity.unit == RATIO:
        yield whole, actual, all_of_it(wanted)


def _of_whole(said: str, *, is_limit: bool, name: str = "") -> Iterator[tuple[Actual, Message]]:
    """Yield the quotient of 应助826人，实助811人, of 应到200人，缺8人 and of 37所中有2所不合格."""
    if _CHECKED_ALONE.match(said) and _OF_QUALITY.search(name):
        return  # 应检100批，实检98批 under 合格率
    for pattern in (_DUE_AND_DONE, _DUE_AND_LACKING, _PART_OF_THEM):
        found = pattern.fullmatch(said)
        if found is None:
            continue
        part, whole = number_of(found["part"]), number_of(found["whole"])
        if not whole or not (whole.denominator == part.denominator == 1):
            continue
        words = said[found.start("unit") : found.start("part")] + said[found.end("part") :]
        lacks = pattern is _DUE_AND_LACKING
        if pattern is _PART_OF_THEM and (rest := found["rest"]) is not None:
            if part + number_of(rest) != whole:
                continue
            words = words[: words.rindex(rest)]
        is_due_and_done = pattern is _DUE_AND_DONE and _is_rate_of_due(found, said, name)
        label = "" if lacks or is_due_and_done else _done(found, said)
        if not is_limit and (lacks or _GONE_WRONG.search(words) is not None):
            if pattern is _DUE_AND_DONE or part > whole:
                continue
            part, label = whole - part, ""
        share = Quantity(part / whole, RATIO)
        digits = percent_of(share.value)
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
    yield from _of_those_in_name(name, said)
    damaged = _ALL_AND_DAMAGED.fullmatch(said) if _RATE_OF_SOUND.search(name) else None
    if damaged is not None:
        yield from _quotient(damaged, said, lacks=True)
    back = _ASKED_BACK.fullmatch(said)
    if back is not None and back["deed"] in name:
        part, returned, given = (number_of(back[one]) for one in ("part", "back", "whole"))
        if 0 < part <= returned <= given:
            low, high = (Quantity(part / one, RATIO) for one in (given, returned))
            digits, top = percent_of(low.value), percent_of(high.value)
            message = Message(f"“{said}”在 {digits} 到 {top} 之间", f"“{said}” is between {digits} and {top}")
            yield Between(low, high), message


def _of_those_in_name(name: str, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the share that 建成2个 is under 3个巡回法庭建成率."""
    asked, found = _SO_MANY_IN_NAME.fullmatch(name), _DEED_AND_COUNT.fullmatch(said)
    if asked is None or found is None:
        return
    part, unit = number_of(found["part"] or found["some"]), found["unit"] or found["of"]
    is_of_it = (found["thing"] or found["things"] or "") in asked["thing"] and unit == asked["unit"]
    if is_of_it and (found["deed"] or found["done"]) == asked["deed"] and part <= number_of(asked["whole"]):
        share = part / number_of(asked["whole"])
        zh, en = f"“{said}”折合 {percent_of(share)}", f"“{said}” is {percent_of(share)}"
        yield Measured(Quantity(share, RATIO)), Message(zh, en)


def _quotient(found: re.Match[str], said: str, *, lacks: bool = False) -> Iterator[tuple[Actual, Message]]:
    """Yield the share that a part is of its whole, or where the part is what lacks, the rest."""
    whole = number_of(found["whole"])
    part = number_of(found["part"]) if found["part"] else whole
    if whole and part <= whole:
        share = Quantity((whole - part if lacks else part) / whole, RATIO)
        digits = percent_of(share.value)
        yield Measured(share), Message(f"“{said}”折合 {digits}", f"“{said}” is {digits}")


def _done(found: re.Match[str], said: str) -> str:
    """Return what the part of a whole is said to be: 整改到位 of 12个问题整改到位11个."""
    before = said[found.start("deed") : found.start("part")]
    behind = found.groupdict().get("what") or ""
    return f"{before} {behind}".strip("中的里, ")
