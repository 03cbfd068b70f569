"""Words that stand on an ordered scale: 优良中差, 健全/基本健全/不健全; grades and ranks: Ⅱ类, A级, AAA, 前5名.

The scales of words are `grammar/levels.txt`, the rules of grades `grammar/words/grades.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold, fold_without_spaces, fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, pattern_of
from pfscore.foundation.runtime.resources import section_lines

#: The ranks of a quality, best first, as forms write them.
_GRADES = (("~",), ("较~", "比较~"), ("基本~",), ("部分~",), ("不~", "未~", "欠~", "不够~"))


@cache
def scales() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return every scale: its name, and the words of each rank, the best first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, lines in section_lines("levels.txt").items():
        if name == "~":
            for word in " ".join(lines).split():
                found[word] = [tuple(form.replace("~", word) for form in forms) for forms in _GRADES]
        else:
            found[name] = [tuple(line.split()) for line in lines]
    return {name: tuple(ranks) for name, ranks in found.items()}


@cache
def _places() -> dict[str, dict[str, int]]:
    places: dict[str, dict[str, int]] = {}
    for name, ranks in scales().items():
        for rank, words in enumerate(ranks):
            for word in words:
                places.setdefault(word, {}).setdefault(name, rank)
    return places


def level_scale(text: str) -> tuple[str, int] | None:
    """Return the scale that `text` belongs to and its rank on it (0 is the best), or `None`.

    A word of several scales (一般) is given with the first; :func:`ranks` finds the one that two words share.

    >>> level_scale("良好"), level_scale("基本健全"), level_scale("应保尽保")
    (('优良中差', 1), ('健全', 2), None)
    """
    found = _places().get(_plain(text))
    return next(iter(found.items())) if found else None


def ranks(one: str, other: str) -> tuple[int, int] | None:
    """Return the ranks of two words on the scale that both stand on (0 is the best), or `None`.

    >>> ranks("较显著", "一般"), ranks("优", "一般"), ranks("优", "显著")
    ((1, 2), (0, 2), None)
    """
    places = _places()
    first, second = places.get(_plain(one), {}), places.get(_plain(other), {})
    return next(((rank, second[name]) for name, rank in first.items() if name in second), None)


def _plain(text: str) -> str:
    return fold_without_spaces(text).rstrip("。.;,")


_FOLDED = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI"})
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "首": 1}
# The rules are described, with rows, in grammar/words/grades.txt.
_WHERE, _BEFORE, _BEHIND, _OR_BETTER = rules("ranked_where", "before_grade", "behind_grade", "or_better")
_CLASS, _LETTERS, _RANK, _WORD = rules("grade_by_class", "grade_by_letter", "grade_by_rank", "grade_by_word")
_ONE_OF, _NUMBER_LETTER, _NOT_ASKED = rules("one_of_grades", "grade_by_number_and_letter", "rank_not_asked")
_LISTED_PRIZES = rule("listed_prizes")


class Grade(NamedTuple):
    """A place on a scale, 1 or the first letter being the best; a bound of an actual says “so or better”."""

    scale: str
    place: tuple[int, ...]
    or_better: bool = False
    where: str = ""


@remembered
def grade_of(text: str) -> Grade | None:
    """Return the grade or rank that a text is, or the lowest one of several that it accepts.

    >>> grade_of("达到Ⅲ类及以上标准")
    Grade(scale='类', place=(3,), or_better=True, where='')
    >>> grade_of("全省前10") == Grade("名", (10,), or_better=True, where="全省")
    True
    >>> grade_of("一类疫苗")
    """
    plain = "".join(fold(text).translate(_FOLDED).split()).rstrip("。.;,!")
    parts = [_grade(part) for part in _ONE_OF.split(plain)]
    found = [part for part in parts if part is not None]
    if len(found) != len(parts) or len({part.scale for part in found}) != 1:
        return None
    return max(found, key=lambda grade: grade.place)


def reaches(target: Grade, actual: Grade) -> bool | None:
    """Return whether a grade is the one asked for or a better one; `None` where that cannot be told.

    >>> reaches(Grade("类", (3,)), Grade("类", (2,))), reaches(Grade("名", (5,)), Grade("名", (6,)))
    (True, False)
    """
    if target.scale != actual.scale or (target.where and actual.where and target.where != actual.where):
        return None
    if actual.place <= target.place:
        return True
    return None if actual.or_better else False


def _grade(text: str) -> Grade | None:
    where = _WHERE.search(text)
    plain = text if where is None else text[: where.start()] + text[where.end() :]
    place = "" if where is None else where[0]
    bare = _BEHIND.sub("", _BEFORE.sub("", plain))
    core = _BEHIND.sub("", _OR_BETTER.sub("", bare))
    or_better = core != bare or "优于" in plain
    if match := _CLASS.fullmatch(core):
        number = _ROMAN.get(match["number"]) or _HAN.get(match["number"])
        return None if number is None else Grade("类", (6 if match["worse"] else number,), or_better, place)
    if match := _NUMBER_LETTER.fullmatch(core):
        return Grade("级类", (_HAN[match["number"]], ord(match["letter"])), or_better, place)
    if match := _LETTERS.fullmatch(core):
        count = int(match["count"] or core.count(match["letter"]))
        plus = {"+": -1, "-": 1}.get(match["sign"], 0)
        return Grade("级", (ord(match["letter"]) - ord("A"), -count, plus), or_better, place)
    if match := _RANK.fullmatch(core):
        number = int(match["number"]) if match["number"].isdigit() else _han(match["number"])
        return None if number is None else Grade("名", (number,), or_better or match["kind"] == "前", place)
    if match := _WORD.fullmatch(core):
        scale = level_scale(match["word"])
        return None if scale is None else Grade(scale[0], (scale[1],), or_better, place)
    return None


def _han(text: str) -> int | None:
    if len(text) == 1:
        return _HAN.get(text)
    first, second = (_HAN[word] for word in text)
    return 10 + second if first == 10 else first * 10 if second == 10 else None


# ── ranks in other words ──
class _Ranked(NamedTuple):
    """A word for a rank: which order it is of, the ranks that it may be there, 0 the highest, and where it stands."""

    order: int
    ranks: frozenset[int]
    start: int
    end: int


@remembered
def _ranked(text: str) -> tuple[_Ranked, ...]:
    """Return the ranks that a folded text names, from left to right; of 三级甲等 and 甲等 in it, the longer."""
    said = text.translate(_ROMAN_IN_LETTERS)
    found = (
        _Ranked(order, ranks[match[0]], *match.span())
        for order, (pattern, ranks) in enumerate(_orders_of_ranks())
        for match in pattern.finditer(said)
        if not (match.start() and match[0][0].isascii() and said[match.start() - 1] in _PART_OF_RANK)
    )
    longest, outer = [], (0, 0)
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.end > outer[1] or (one.start, one.end) == outer:
            longest.append(one)
            outer = one.start, one.end
    return tuple(longest)


_ROMAN_IN_LETTERS = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"})
#: AA in AAA, I类 in VI类, 0.5A: letters and digits of a rank that begins before.
_PART_OF_RANK = frozenset("AIV0123456789.")


@cache
def _orders_of_ranks() -> tuple[tuple[Pattern, dict[str, frozenset[int]]], ...]:
    orders = []
    for line in section_lines("answers.txt")["ranked"]:
        words = [part.split() for part in line.split("|")]
        known = sorted({word for part in words for word in part}, key=len, reverse=True)
        ranks = {word: frozenset(at for at, part in enumerate(words) if word in part) for word in known}
        orders.append((pattern_of(known), ranks))
    return tuple(orders)


def ranks_asked(target: str, name: str) -> dict[int, frozenset[int]]:
    """Return the ranks that a row asks for: those of its target, else of its name, but for who pays or asks.

    >>> ranks_asked("2个二等奖", "省级奖项"), ranks_asked("2个", "省级奖项"), ranks_asked("2个", "省级财政支持项目")
    ({5: frozenset({2})}, {0: frozenset({1})}, {})
    """
    for text in (target, name):
        said = fold_words(text)
        found = [one for one in _ranked(said) if not _NOT_ASKED.match(said, one.end)]
        if found:
            return _by_order(found)
    return {}


def ranks_in(text: str) -> dict[int, frozenset[int]]:
    """Return the ranks that words name, by the order that they stand in: 0 is the highest.

    >>> ranks_in("国家级或省级奖"), ranks_in("二等奖"), ranks_in("三级甲等医院"), ranks_in("奖")
    ({0: frozenset({0, 1})}, {5: frozenset({2})}, {3: frozenset({0})}, {})
    """
    return _by_order(_ranked(_LISTED_PRIZES.sub(r"\g<rank>等奖、", fold_words(text))))


def _by_order(ranked: Iterable[_Ranked]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for one in ranked:
        found[one.order] = found.get(one.order, frozenset()) | one.ranks
    return found


def places_of_ranks(text: str) -> frozenset[int]:
    """Return where the ranks of a folded text begin, of which a digit is no number of anything: 1家4A级景区."""
    return frozenset(one.start for one in _ranked(text))


def beside_ranks(text: str) -> tuple[str, ...]:
    """Return what stands before, between and behind the ranks of a text.

    >>> beside_ranks("创建4A级景区"), beside_ranks("三等奖"), beside_ranks("奖项")
    (('创建', '景区'), ('', ''), ('奖项',))
    """
    said, found, start = fold_words(text), [], 0
    for one in _ranked(said):
        found.append(said[start : one.start])
        start = one.end
    return (*found, said[start:])


def stands_higher(target: str, said: str) -> bool:
    """Return whether words are those of a target with a higher rank, or a higher rank alone: 三级乙等 ← 三级甲等.

    >>> stands_higher("三级乙等", "三级甲等"), stands_higher("获二等奖", "获一等奖"), stands_higher("一等奖", "二等奖")
    (True, True, False)
    """
    asked, given, beside = ranks_in(target), ranks_in(said), beside_ranks(said)
    if not asked or asked.keys() != given.keys() or any(map(str.isdecimal, "".join(beside))):
        return False
    is_so = all(max(given[order]) <= min(asked[order]) for order in asked) and given != asked
    return is_so and (not any(beside) or beside == beside_ranks(target))


def is_of_rank(asked: dict[int, frozenset[int]], given: dict[int, frozenset[int]]) -> bool | None:
    """Return whether what has some ranks is of those asked for, or of higher ones; `None` where that cannot be told.

    >>> is_of_rank(ranks_in("二等奖"), ranks_in("一等奖")), is_of_rank(ranks_in("省级"), ranks_in("市级一等奖"))
    (True, False)
    >>> is_of_rank(ranks_in("省级奖"), ranks_in("一等奖"))
    """
    if any(min(given[order]) > max(asked[order]) for order in asked.keys() & given.keys()):
        return False
    return True if all(order in given and max(given[order]) <= max(asked[order]) for order in asked) else None
