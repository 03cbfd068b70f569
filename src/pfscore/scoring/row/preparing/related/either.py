"""Several things that a target names: either of two (二级或三级), all of a list (1-3号楼), one level after another.

An actual of two numbers (9或10人) is one of them, and one whose digits are doubtful (4 3人, 199.999999999998,
0.018 under ≤2%) is one of the numbers that it may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.levels import beside_ranks, grade_of, is_of_rank, ranks, ranks_in, reaches
from pfscore.cells.lexicon.numerals import han
from pfscore.cells.lexicon.quantities import RATIO, Quantity, say
from pfscore.cells.lexicon.undone import stands_lower
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual, read_target
from pfscore.cells.readings import LOWER, Actual, Between, Bound, Change, Level, Measured, TargetKind
from pfscore.foundation.folding import fold, fold_words
from pfscore.foundation.numbers import decimal_text, looks_like_float_noise, without_float_tail
from pfscore.foundation.runtime.resources import section_lines
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.in_words.own_words import words_for
from pfscore.scoring.row.comparing.plain_answers import is_same_wording
from pfscore.scoring.row.comparing.readings_of_row import Cells, quantities
from pfscore.scoring.row.preparing.related.beside_target import CLAUSE_END, Found, amount_of

# The rules are described, with rows, in grammar/words/by_label.txt.
_EITHER, _EITHER_NUMBER, _OR = rules("either_in_words", "either_number", "either_or")
_RANK, _NONE_OF_EITHER, _STEP, _NOT_WON = rules("rank_at_end", "none_of_either", "numbered_level", "prize_not_won")
_HIGHER_IS_MORE = rule("higher_number_is_more")
_MEMBERS, _MEMBER, _MARK, _NAMES = rules("members_of_list", "one_member", "mark_of_several", "so_many_of_each")
_AROUND_DEED, _DONE, _UNDONE = rules("around_deed", "item_done", "item_undone")
_FROM_TO, _LEVEL_NOW, _NOT_RAISED = rules("from_level_to_level", "level_now", "not_raised")
_ONLY_ONE_DEED = rule("only_one_deed")
_TWO_DEEDS = rule("several_deeds")  # in grammar/words/answers.txt
_WITH_LEVEL, _SO_MANY_WITH_LEVEL = rules("thing_with_level", "so_many_with_level")
_CUT, _ALONE, _LETTER, _NUMBER = rules("cut_number", "number_in_brackets", "letter_of_size", "decimal_alone")
_TWO = 2


def either_number(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield what 9或10人 lies between: one number, of which only that is known."""
    found = _EITHER_NUMBER.fullmatch(said)
    if found is None:
        return
    unit = found["of"] or found["unit"]
    one, other = (amount_of(f"{found[name]}{unit}", row) for name in ("one", "other"))
    if one is None or other is None or found["unit"] not in {"", unit} or one.dimension != target.quantity.dimension:
        return
    low, high = sorted((one, other), key=lambda each: each.base)
    yield Between(low, high), Message(f"“{said}”是其中的一个", f"“{said}” is one of the two")


def either_reading(target: Bound, cells: Cells, row: Written) -> Iterator[tuple[Actual, Message]]:
    """Yield what a number lies between that may be read in several ways, or the one way in which it can be meant.

    A number that a blank cuts is one of its halves or the whole; the tail of a float may have been none; and a bare
    number under a percentage is a share of 1 or a percentage.
    """
    found = _may_be(target.quantity, cells, row)
    if not found or not _is_settled(target, found):
        return
    low, high = min(found, key=lambda one: one.base), max(found, key=lambda one: one.base)
    said = row.actual.strip()
    if low == high:
        yield Measured(low), Message(f"“{said}”按 {say(low)} 计", f"“{said}” is taken as {say(low, 'en')}")
        return
    zh, en = f"“{said}”在 {say(low)} 到 {say(high)} 之间", f"“{said}” is between {say(low, 'en')} and {say(high, 'en')}"
    yield Between(low, high), Message(zh, en)


def _is_settled(target: Bound, found: list[Quantity]) -> bool:
    """Return whether all that a number may be lies on one side of its target."""
    wanted = target.quantity
    if any(one.dimension != wanted.dimension for one in found):
        return False
    is_below, is_above = (any(one.base < wanted.base for one in found), any(one.base > wanted.base for one in found))
    is_at_it = any(one.base == wanted.base for one in found)
    if not is_at_it or not (is_below or is_above):
        return not (is_below and is_above)
    kept = {TargetKind.AT_MOST, TargetKind.GREATER_THAN} if is_below else {TargetKind.AT_LEAST, TargetKind.LESS_THAN}
    return target.op in kept and is_below is not is_above


def _may_be(wanted: Quantity, cells: Cells, row: Written) -> list[Quantity]:
    """Return what a number that the cells do not settle may be; nothing for another one."""
    said, codes = fold(row.actual).strip(), {one.code for one in cells.diagnostics}
    if (cut := _CUT.fullmatch(said)) is not None and codes == {"PF317"}:
        texts = [f"{number}{cut['unit']}" for number in (cut["one"], cut["two"], cut["one"] + cut["two"])]
    elif (alone := _ALONE.fullmatch(said)) is not None and wanted.measure is not None and wanted.measure.is_count:
        texts = [alone["amount"]]
    elif (short := _LETTER.fullmatch(said)) is not None and (codes or quantities(cells.actual)[:1] != (wanted,)):
        texts = [f"{short['number']}{_SIZES[short['letter'].lower()]}{short['unit']}"]
    else:
        return _of_float(said, wanted, row) if codes and codes <= {"PF311", "PF517"} else []
    found = [_amount(text, wanted, row) for text in texts]
    return [one for one in found if one is not None] if None not in found else []


_SIZES = {"w": "万", "k": "千"}


def _of_float(said: str, wanted: Quantity, row: Written) -> list[Quantity]:
    """Return a number with and without the tail of a float, and of a bare one under % what it is as a share of 1."""
    match = _NUMBER.fullmatch(said)
    if match is None:
        return []
    written = Fraction(match["number"])
    number = without_float_tail(written) if looks_like_float_noise(match["number"]) else written
    if number is None or not number:
        return []
    if not (match["unit"] or row.unit) and wanted.unit == RATIO and number <= 1:
        size = _HUNDRED if wanted.written == "%" else _THOUSAND if wanted.written == "‰" else None
        if size is None:
            return []
        found = [Quantity(number, RATIO, wanted.written), Quantity(number / size, RATIO, wanted.written)]
    else:
        one = None if number == written else _amount(f"{decimal_text(number)}{match['unit']}", wanted, row)
        found = [] if one is None else [one]
    return [replace(one, value=one.value * tail) for one in found for tail in {_ONE, written / number}]


_ONE, _HUNDRED, _THOUSAND = Fraction(1), Fraction(100), Fraction(1000)


def _amount(text: str, wanted: Quantity, row: Written) -> Quantity | None:
    """Return the amount that a text is, in the unit of the row or of the target where it has none."""
    found = amount_of(text, row)
    if found is None or found.unit is not None or wanted.unit is None:
        return found
    lent = read_actual(text, wanted.written or wanted.unit)
    return lent.quantity if isinstance(lent, Measured) else None


def either_kind(row: Written) -> Found:
    """Yield the one of two alternatives of different kinds that a rank or a level answers: 前三名或金牌1枚 ← 第2名.

    Where a rank is told that is too low, the number beside it decides: 95%以上或全省前三 ← 94%，全省第5.
    """
    sides = _OR.split(fold_words(row.target))
    if len(sides) != _TWO:
        return
    clauses = [one for one in CLAUSE_END.split(fold_words(row.actual)) if one]
    of_one_kind = not any(map(str.isdecimal, row.target)) and not any(map(grade_of, sides))
    if of_one_kind or not 0 < len(clauses) <= _TWO:
        return
    for side, other in (sides, sides[::-1]):
        for at, clause in enumerate(clauses):
            reaches_it = _reaches(side, clause)
            if reaches_it:
                yield Level(side), Level(clause), Message(f"按“{side}”比较", f"“{side}” is compared")
                return
            beside = clauses[1 - at] if len(clauses) > 1 else ""
            if reaches_it is False and (_reaches(other, beside) is False or _is_not_won(other, beside)):
                yield Level(side), Level(clause), Message(f"“{side}”“{other}”都没有达到", "neither is reached")
                return
            wanted, reached = read_target(other), read_actual(beside) if beside else None
            if reaches_it is False and isinstance(wanted, Bound) and isinstance(reached, Measured):
                zh, en = f"“{clause}”没有达到“{side}”，按“{other}”比较", f"“{clause}” is lower than “{side}”"
                yield wanted, reached, Message(zh, en)
                return


def either_number_or_change(row: Written) -> Found:
    """Yield a number and a change, of which one is enough: ≥60%或较上年提高5个百分点 ← 58%，较上年提高6.2个百分点."""
    sides = _OR.split(fold_words(row.target))
    clauses = [one for one in CLAUSE_END.split(fold_words(row.actual)) if one]
    if not len(sides) == len(clauses) == _TWO:
        return
    match read_target(sides[0]), read_actual(clauses[0]), read_target(sides[1]), read_actual(clauses[1]):
        case Bound() as bound, Measured() as measured, Change() as change, Change() as changed:
            is_enough = bound.op in LOWER and measured.quantity.base >= bound.quantity.base
            message = Message(f"按“{sides[not is_enough]}”比较", f"“{sides[not is_enough]}” is compared")
            if bound.op in LOWER and bound.quantity.dimension == measured.quantity.dimension:
                yield (bound, measured, message) if is_enough else (change, changed, message)


def either_rank(row: Written) -> Found:
    """Yield whether a rank is that of either of two, or higher: 省级一等奖或国家级三等奖以上 ← 省级二等奖 is not."""
    sides = [ranks_in(one) for one in _OR.split(fold_words(row.target))]
    given = ranks_in(row.actual)
    if len(sides) != _TWO or not all(sides) or not given or len(CLAUSE_END.split(row.actual)) > 1:
        return
    found = {is_of_rank(one, given) for one in sides}
    rest = _AROUND_DEED.sub("", "".join(beside_ranks(row.actual)))
    if (True in found and rest in row.own) or found == {False}:
        yield from _verdict(row.target, row.actual, is_met=True in found)


def _verdict(target: str, said: str, *, is_met: bool) -> Found:
    """Yield that words come to what a target asks for, or do not."""
    verdict = "已达到要求" if is_met else "未达到要求"
    zh, en = (
        f"“{said}”{'做到了' if is_met else '没有做到'}“{target}”",
        f"“{said}” is {'' if is_met else 'not '}“{target}”",
    )
    yield Level("达到要求"), Level(verdict), Message(zh, en)


def _is_not_won(side: str, clause: str) -> bool:
    """Return whether a clause says that there was none of what one alternative counts: 无奖牌 of 金牌1枚."""
    found = _NOT_WON.fullmatch(clause)
    return found is not None and not set(found["what"]).isdisjoint(side)


def _reaches(side: str, clause: str) -> bool | None:
    """Return whether a rank or a level is no lower than another; `None` for what is none of the same kind.

    >>> _reaches("全省前三", "全省第5"), _reaches("优秀", "优秀"), _reaches("≥90分", "92分")
    (False, True, None)
    """
    asked, given, places = grade_of(side), grade_of(clause), ranks(side, clause)
    if asked is not None and given is not None:
        return reaches(asked, given)
    if places is not None:
        return places[1] <= places[0]
    return (not any(map(str.isdecimal, side)) and is_same_wording(side, clause)) or None


def either_in_words(target: Level, actual: Actual, said: str, row: Written) -> Found:
    """Yield the one of two alternatives that an actual names, or the lower one where it is lower than both.

    What is another thing of the same kind is neither: 砂石路面 under 沥青或水泥路面.
    """
    found = _EITHER.fullmatch(fold_words(target.text))
    pair = None if found is None else _apart(found["left"], found["right"])
    if pair is None:
        return
    named = [whole for word, whole in pair if word in said]
    denied = _NONE_OF_EITHER.fullmatch(said)
    if denied is not None and denied["deed"] in row.own and len(named) != 1:
        yield from _verdict(target.text, said, is_met=False)
        return
    clauses = [one for one in CLAUSE_END.split(said) if one]
    is_of_them = all(any(word in clause for word, _ in pair) for clause in clauses)
    if is_of_them and any(_is_plainly(word, clause, whole, row) for word, whole in pair for clause in clauses):
        yield from _verdict(target.text, said, is_met=True)
        return
    is_met = _is_one_of([word for word, _ in pair], said, row)
    if is_met is not None and not (named and is_met is False):
        yield from _verdict(target.text, said, is_met=is_met)
        return
    if not named and all(_is_lower(whole, said) for _, whole in pair):
        named = [whole for at, (_, whole) in enumerate(pair) if _is_lower(pair[1 - at][1], whole)]
    if len(named) == 1:
        zh, en = f"“{target.text}”里按“{named[0]}”比较", f"of “{target.text}”, “{named[0]}” is compared"
        yield Level(named[0]), actual, Message(zh, en)


def _is_plainly(word: str, clause: str, whole: str, row: Written) -> bool:
    """Return whether a clause says one alternative, and beside it only what the row names: 无人机巡检, 通过二级测评."""
    before, found, behind = clause.partition(word)
    if not found:
        return False
    rest = _AROUND_DEED.sub("", before + behind)
    letters = iter(whole)
    return all(letter in letters for letter in clause) or not rest or rest in row.own


def _is_one_of(words: list[str], said: str, row: Written) -> bool | None:
    """Return whether words name a thing that a target names, by another word for it, or another of the kind."""
    steps, step = [_STEP.fullmatch(one) for one in words], _STEP.fullmatch(_LEVEL_NOW.sub("", said))
    if step is not None and all(steps):
        asked = [han(one["number"]) or 0 for one in steps if one is not None]
        number = han(step["number"]) or 0
        is_beyond = number > max(asked) or (number < min(asked) and _HIGHER_IS_MORE.search(row.own) is not None)
        return False if is_beyond else None
    for line in section_lines("answers.txt")["rivals"]:
        kinds = [kind.split() for kind in line.split("|")]
        *wanted, given = ([kind for kind in kinds if any(name in one for name in kind)] for one in (*words, said))
        if all(wanted) and given:
            found = {any(kind in one for one in wanted) for kind in given}
            return found.pop() if len(found) == 1 else None
    return None


def _is_lower(target: str, said: str) -> bool:
    """Return whether words are of a lower rank than others."""
    places = ranks(target, said)
    return stands_lower(target, said) if places is None else places[1] > places[0]


def _apart(left: str, right: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the words that tell two alternatives apart, each with the whole that it stands for.

    >>> _apart("通过二级", "三级测评")
    (('二级', '通过二级测评'), ('三级', '通过三级测评'))
    >>> _apart("砼", "沥青"), _apart("国家级", "省级验收")
    ((('砼', '砼'), ('沥青', '沥青')), (('国家级', '国家级验收'), ('省级', '省级验收')))
    >>> _apart("获国家级", "省级表彰"), _apart("调解", "裁决结案")
    ((('国家级', '获国家级表彰'), ('省级', '获省级表彰')), (('调解', '调解结案'), ('裁决', '裁决结案')))
    """
    end = right.find(left[-1]) + 1
    if not end:
        tail = right[_TWO:] if (len(left), len(right)) == (_TWO, 2 * _TWO) else ""
        return (left, left + tail), (right.removesuffix(tail), right)
    word, tail = right[:end], right[end:]
    if len(left) < len(word):
        return None
    # 国家级 is one word, 通过二级 two.
    is_one_word = len(left) <= _LONGEST and left[: -len(word)] not in _DEEDS
    rank = _RANK.search(left)
    start = rank.start() if rank is not None else 0 if is_one_word else len(left) - len(word)
    one, head = left[start:], left[:start]
    return (one, f"{left}{tail}"), (word, f"{head}{word}{tail}")


_LONGEST, _DEEDS = 3, frozenset({"达", "获", "评", "为"})


# ── all of a list ──
def of_members(cells: Cells, row: Written) -> Found:
    """Yield whether all that a target lists by number or name are done: 1-3号楼完工 ← 1、2号楼完工 are not."""
    wanted, said = fold_words(row.target), fold_words(row.actual)
    only = _ONLY_ONE_DEED.fullmatch(said)
    if only is not None and only["deed"] in (deeds := _TWO_DEEDS.split(wanted)) and len(deeds) > 1:
        yield from _verdict(row.target, row.actual, is_met=False)
        return
    asked = None if wanted == said else _asked_members(wanted)
    is_met = None if asked is None else _are_done(*asked, said)
    if is_met is not None:
        yield from _verdict(row.target, row.actual, is_met=is_met)
    elif asked is not None and isinstance(cells.target, Between):
        message = Message(f"“{row.target}”是编号，不是区间", f"“{row.target}” are numbers of things, no interval")
        yield Level(row.target), Level(row.actual), message


def _asked_members(wanted: str) -> tuple[frozenset[str], str | None] | None:
    """Return the members that a target lists, and what is to be done of all of them, if it is one thing.

    >>> sorted(_asked_members("第一、二标段完工")[0]), sorted(_asked_members("CT、DR各1台")[0])
    (['1标段', '2标段'], ['CT', 'DR'])
    """
    deed: str | None = None
    if (names := _NAMES.fullmatch(wanted)) is not None:
        found = frozenset(names["names"].split("、"))
    elif _MARK.match(wanted) is not None:
        found = frozenset(_MARK.findall(wanted))
    else:
        found, deed = _members(wanted)
        if any(map(str.isdecimal, deed)) or _UNDONE.fullmatch(deed):
            return None
    return None if len(found) < _TWO else (found, deed)


def _members(text: str) -> tuple[frozenset[str], str]:
    """Return the members of the list that a text begins with, each with its kind, and what else the text says.

    >>> [sorted(_members(text)[0]) for text in ("1-3号楼完工", "A、B栋封顶", "举办1-2期", "3栋完工")]
    [['1楼', '2楼', '3楼'], ['A栋', 'B栋'], [], []]
    """
    found = _MEMBERS.search(text)
    if found is None:
        return frozenset(), text
    if found["first"] is not None:
        first, last = (int(_in_digits(found[name])) for name in ("first", "last"))
        listed = [str(number) for number in range(first, last + 1)]
    else:
        listed = [_in_digits(one["number"]) for one in _MEMBER.finditer(found["listed"])]
    rest = text[: found.start()] + text[found.end() :]
    return frozenset(f"{one}{found['kind']}" for one in listed), _AROUND_DEED.sub("", rest)


def _in_digits(number: str) -> str:
    value = han(number)
    return number if value is None else str(value)


def _are_done(asked: frozenset[str], deed: str | None, said: str) -> bool | None:
    """Return whether all members are done by the clauses of an actual; `None` where that is not told.

    >>> asked = frozenset({"①", "②", "③"})
    >>> [_are_done(asked, None, said) for said in ("①②完成，③未做", "①②③均完成", "①②完成", "①②完成，已验收")]
    [False, True, None, None]
    """
    done, undone, waiting = set[str](), set[str](), set[str]()
    for clause in filter(None, _CLAUSE_OF_MEMBERS.split(_BEFORE_MARK.sub(",", said))):
        members, rest = _head(clause, asked)
        if not members:
            return None
        if not rest and deed != "":
            waiting |= members
        elif _DONE.fullmatch(rest) if deed is None else rest in words_for(deed):
            done |= members | waiting
            waiting = set()
        elif _UNDONE.fullmatch(rest):
            undone |= members | waiting
            waiting = set()
        elif deed is not None:
            return None
    if waiting or done & undone:
        return None
    if undone & asked:
        return False
    if asked <= done:
        return True
    return False if done & asked and deed is not None else None


_BEFORE_MARK = re.compile(r"(?<=[^①-⑨,;、])(?=[①-⑨])")
#: A list has 、 between its members.
_CLAUSE_OF_MEMBERS = re.compile("[,;。()]")


def _head(clause: str, asked: frozenset[str]) -> tuple[frozenset[str], str]:
    """Return the members that a clause speaks of, and what it says of them."""
    found, rest = _members(clause)
    if found:
        return found, rest
    names, rest = set[str](), clause
    while name := next((one for one in asked if rest.startswith(one)), ""):
        names.add(name)
        rest = rest.removeprefix(name).lstrip("、和及与")
    return frozenset(names), _AROUND_DEED.sub("", rest)


# ── levels ──
def of_levels(row: Written) -> Found:
    """Yield which level something came to: 由Ⅲ类提升到Ⅱ类 ← 由Ⅱ类变为Ⅲ类, 断面1Ⅲ类;断面2Ⅲ类 ← 断面1Ⅱ类;断面2Ⅳ类."""
    wanted, said = fold_words(row.target), fold_words(row.actual)
    if wanted == said:
        return
    asked = _FROM_TO.fullmatch(wanted)
    if asked is not None:
        is_met = _is_raised(asked["from"], asked["to"], said)
        if is_met is not None:
            yield from _verdict(row.target, row.actual, is_met=is_met)
        return
    given = _with_levels(fold(row.actual))
    so_many = _SO_MANY_WITH_LEVEL.fullmatch(wanted)
    if so_many is not None and given:
        found = [_reaches(so_many["level"], one) for one in given.values()]
        count = Fraction(_in_digits(so_many["count"]))
        if None not in found and len(found) >= count:
            reached = Quantity(Fraction(found.count(True)), "个")
            message = Message(f"达到的有 {found.count(True)} 个", f"{found.count(True)} of them reach it")
            yield Bound(TargetKind.AT_LEAST, Quantity(count, "个")), Measured(reached), message
        return
    levels = _with_levels(fold(row.target))
    if len(levels) > 1 and levels.keys() == given.keys():
        met = [_reaches(level, given[label]) for label, level in levels.items()]
        if False in met or None not in met:
            yield from _verdict(row.target, row.actual, is_met=False not in met)


def _with_levels(text: str) -> dict[str, str]:
    """Return the levels of several things by their labels.

    >>> _with_levels("东关Ⅲ类、西关Ⅱ类"), _with_levels("东关Ⅲ类，西关未测")
    ({'东关': 'Ⅲ类', '西关': 'Ⅱ类'}, {})
    """
    found = [_WITH_LEVEL.fullmatch(one) for one in re.split("[,;、。 ]+", text) if one]
    known = {one["label"]: one["level"] for one in found if one is not None}
    return known if len(known) == len(found) else {}


def _is_raised(before: str, wanted: str, said: str) -> bool | None:
    """Return whether a level is the one that was to come after another, or further on the way there.

    >>> [_is_raised("三级", "二级", said) for said in ("仍为三级", "升为二级", "评为一级", "未晋级", "正在申报")]
    [False, True, True, False, None]
    """
    if _NOT_RAISED.fullmatch(said):
        return False
    moved = _FROM_TO.fullmatch(said)
    last = moved["to"] if moved is not None else _LEVEL_NOW.sub("", said)
    start, end, reached = (_place(one) for one in (before, wanted, last))
    if start is None or end is None or reached is None or not start[0] == end[0] == reached[0]:
        return None
    way = end[1] - start[1]
    return (reached[1] - end[1]) * way >= 0 if way else None


def _place(level: str) -> tuple[str, int] | None:
    """Return the order that a level stands in, and its place there."""
    step = _STEP.fullmatch(level)
    if step is not None and not step["letter"]:
        return "级", int(_in_digits(step["number"]))
    grade = grade_of(level)
    if grade is not None:
        return f"{grade.scale}{len(grade.place)}", _in_one(grade.place)
    ranked = ranks_in(level)
    return next(((str(order), min(places)) for order, places in ranked.items() if len(places) == 1), None)


def _in_one(place: tuple[int, ...]) -> int:
    number = 0
    for one in place:
        number = number * 100 + one
    return number
