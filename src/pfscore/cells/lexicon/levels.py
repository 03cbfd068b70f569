"""Words that stand on an ordered scale: 优良中差, 健全/基本健全/不健全; grades and ranks: Ⅱ类, A级, AAA, 前5名.

The scales of words are `grammar/levels.txt`, the rules of grades `grammar/words/grades.txt`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
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
_ONE_OF, _NUMBER_LETTER = rules("one_of_grades", "grade_by_number_and_letter")


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
