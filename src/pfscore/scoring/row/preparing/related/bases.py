"""Rates of so many people or things, of which a row names the one and its actual another: 每千人2.8起 under 每万人."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.quantities import RATIO, SCALES, Quantity, counted_alike, in_units, say, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Actual, Bound, Level, Measured
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.preparing.related.beside_target import amount_of

# In grammar/words/relations.txt.
_BASE, _BESIDE, _THOSE = rules("base_of_rate", "count_beside_base", "whole_base")


class Base(NamedTuple):
    """Of how many of whom a rate is, and the words for that: 10000 of 人, 每万人口; `of` is which of them: 常住."""

    size: Fraction
    of: str
    what: str
    written: str

    def is_like(self, other: Base) -> bool:
        """Return whether two rates are of the same people or things: 人 and 常住人口, but not 常住 and 户籍人口.

        千名 are any people.
        """
        is_same = self.what == other.what or (not other.what and self.what in _PEOPLE)
        return is_same and (self.of == other.of or not (self.of and other.of))


_PEOPLE = frozenset({"人", "学生", "老人", "儿童", "妇女", "产妇", "教职工", "职工", "员工"})
_SAME = {"人口": "人", "居民": "人", "生": "学生", "老年人": "老人", "车": "辆", "家庭": "户", "农户": "户"}


def base_in(text: str) -> Base | None:
    """Return the base of a rate that words name, or the unit behind its stroke.

    >>> [(str(one.size), one.what) for one in map(base_in, ("每十万人口死亡数", "每100户", "生均图书")) if one]
    [('100000', '人'), ('100', '户'), ('1', '学生')]
    >>> base_in("培训万人次"), base_in("2万人")
    (None, None)
    """
    found = _BASE.search(fold(text))
    if found is None:
        return None
    what = found["what"] or found["mean"] or ""
    size = Fraction(found["digits"] or 1) * SCALES.get(found["scale"] or "", 1)
    return Base(size, found["of"] or "", _SAME.get(what, what), found[0].removeprefix("每"))


def two_bases(target: Bound, actual: Actual | None, row: Written) -> tuple[Base, Base] | None:
    """Return the bases that a row and its actual name, where the two cells alone do not compare them."""
    if not isinstance(actual, Measured):
        return None
    (_, asked_in), (_, given_in) = ((one.unit or "").partition("/")[::2] for one in (target.quantity, actual.quantity))
    if (asked_in and given_in) or "·" in asked_in:
        return None
    asked = base_in(f"每{asked_in}" if asked_in else row.name)
    given = base_in(row.actual) or base_in(f"每{given_in}")
    if asked is None or given is None or asked.size == given.size == 1:
        return None
    return asked, given


def of_other_base(
    target: Bound, actual: Measured, bases: tuple[Base, Base], said: str
) -> Iterator[tuple[Actual, Message]]:
    """Yield a rate as one of the base that its row names: 每千人2.8起 under 每万人刑事发案数 is 28起."""
    asked, given = bases
    (top, _), (other, _) = ((one.unit or "").partition("/")[::2] for one in (target.quantity, actual.quantity))
    if not asked.is_like(given) or RATIO in {top, other} or unit_of(top).dimension != unit_of(other).dimension:
        return
    value = in_units(Quantity(actual.quantity.value, other).base, top) * asked.size / given.size
    quantity = replace(actual.quantity, value=value, unit=target.quantity.unit)
    zh, en = (say(replace(quantity, unit=top), lang) for lang in ("zh", "en"))
    message = Message(f"“{said}”按每{asked.written}计，是 {zh}", f"“{said}” is {en} for each {asked.written}")
    if asked.size == given.size:
        zh, en = f"“{said}”与指标值都按每{asked.written}计", f"“{said}” and the target are both for each"
        message = Message(zh, f"{en} {asked.written}")
    yield Measured(quantity), message


def of_count_beside_base(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the rate that a count and its base are: 6万人，社工42人 under 每万人社工数 is 7人."""
    asked, found = base_in(row.name), _BESIDE.fullmatch(said)
    if asked is None or found is None or target.quantity.unit == RATIO:
        return
    is_open = False
    for first, second in ((1, 2), (2, 1)):
        base, count = (amount_of(found[f"amount{at}"], row) for at in (first, second))
        if base is None or count is None or base.base < asked.size or count.base > base.base:
            continue
        is_open = True
        whose = found[f"lead{first}"]
        is_base = base.unit == asked.what or counted_alike(base.unit, asked.what) or asked.what in whose
        is_base = is_base or (base.dimension == "人" and _THOSE.fullmatch(whose) is not None)
        is_base = is_base and (_THOSE.fullmatch(whose) is not None or not strange_words(whose, row.own))
        is_count = count.dimension == unit_of((target.quantity.unit or "").partition("/")[0]).dimension
        if is_base and is_count and not strange_words(found[f"lead{second}"], row.own):
            rate = replace(target.quantity, value=count.value * asked.size / base.base)
            zh, en = (say(rate, lang) for lang in ("zh", "en"))
            yield Measured(rate), Message(f"“{said}”按每{asked.written}计，是 {zh}", f"“{said}” is {en} for each")
            return
    if is_open:
        zh, en = f"看不出“{said}”里哪个是每{asked.written}的", f"which of “{said}” is the base is not told"
        yield Level(row.actual), Message(zh, en)
