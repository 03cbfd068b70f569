"""Either of two things: a target in words (二级或三级, 县级或市级验收合格), and an actual of two numbers (9或10人)."""

from __future__ import annotations

from collections.abc import Iterator

from pfscore.cells.lexicon.levels import grade_of, ranks, reaches
from pfscore.cells.lexicon.undone import stands_lower
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import read_actual, read_target
from pfscore.cells.readings import Actual, Between, Bound, Level, Measured
from pfscore.foundation.folding import fold_words
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.plain_answers import is_same_wording
from pfscore.scoring.row.preparing.related.beside_target import CLAUSE_END, Found, amount_of

# The rules are described, with rows, in grammar/words/by_label.txt.
_EITHER, _EITHER_NUMBER, _OR = rules("either_in_words", "either_number", "either_or")
_RANK = rule("rank_at_end")
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
            if reaches_it is False and _reaches(other, beside) is False:
                yield Level(side), Level(clause), Message(f"“{side}”“{other}”都没有达到", "neither is reached")
                return
            wanted, reached = read_target(other), read_actual(beside) if beside else None
            if reaches_it is False and isinstance(wanted, Bound) and isinstance(reached, Measured):
                zh, en = f"“{clause}”没有达到“{side}”，按“{other}”比较", f"“{clause}” is lower than “{side}”"
                yield wanted, reached, Message(zh, en)
                return


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


def either_in_words(target: Level, actual: Actual, said: str) -> Found:
    """Yield the one of two alternatives that an actual names, or the lower one where it is lower than both."""
    found = _EITHER.fullmatch(fold_words(target.text))
    if found is None:
        return
    pair = _apart(found["left"], found["right"])
    if pair is None:
        return
    named = [whole for word, whole in pair if word in said]
    if not named and all(_is_lower(whole, said) for _, whole in pair):
        named = [whole for at, (_, whole) in enumerate(pair) if _is_lower(pair[1 - at][1], whole)]
    if len(named) == 1:
        zh, en = f"“{target.text}”里按“{named[0]}”比较", f"of “{target.text}”, “{named[0]}” is compared"
        yield Level(named[0]), actual, Message(zh, en)


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
