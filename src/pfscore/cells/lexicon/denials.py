"""Words of denial, lateness and beginning: which of them in a cell a named rule explains, and which none does.

The rules are in `grammar/words/denial.txt`. A number beside a word that none explains is no achievement (无5人).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pfscore.cells.lexicon.word_patterns import Rule, rule, rules

Place = tuple[int, int]
_DENIAL = rule("denial")
#: What a number beside a word means all the same, in this order.
_EXPLAINED = rules("noun", "object", "name_of_rate", "by_plan", "not_late", "nothing_at_all", "of_sample", "except")
_REMARKS = rules("reason", "rest", "not_to_target", "not_done_but", "within_limit", "none_happened", "not_published")
#: What only a target says.
_OF_TARGETS = rules("planned_as_target", "late_at_most")
#: What is counted in place of an achievement.
_NAME_OF_REST, _BEGUN = rules("name_of_rest", "begun")
#: What is the opposite of one, unless the indicator is for just that.
_REVERSED = rule("reversed")


class Denials(NamedTuple):
    """What a cell denies: the places that no rule explains, and what it counts in place of an achievement.

    `reversed` is the opposite of one, unless the indicator is for just that.
    """

    unexplained: tuple[Place, ...] = ()
    instead: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()


_NONE = Denials()


def denials_of(text: str, side: Literal["target", "actual"], said: Iterable[Place]) -> Denials:
    """Look for words of denial in a folded cell; `said` are the places that the reading has taken or put aside.

    >>> denials_of("无5人", "actual", []).unexplained, denials_of("无人机5架", "actual", []).unexplained
    (((0, 1),), ())
    >>> denials_of("开工3个", "actual", []).instead, denials_of("漏查5户", "actual", []).reversed
    (('开工',), ('漏查',))
    """
    places = _outside(_places(_DENIAL, text), said)
    for explains in (*_EXPLAINED, *_REMARKS):
        if not places:
            return _NONE
        places = _outside(places, _places(explains, text))
    instead: list[str] = []
    for counts in (_NAME_OF_REST, _BEGUN):
        for match in _matches(counts, text) if places else ():
            left = _outside(places, [match.span()])
            if left != places and match.groupdict().get("and_done") is None:
                instead.append(match[0])
            places = left
    for explains in _OF_TARGETS if side == "target" else ():
        places = _outside(places, _places(explains, text))
    if not places:
        return Denials(instead=tuple(instead))
    turned = _places(_REVERSED, text)
    words = tuple([text[start:end] for start, end in turned if (start, end) in places])
    return Denials(tuple(_outside(places, turned)), tuple(instead), words if side == "actual" else ())


def _places(of: Rule, text: str) -> list[Place]:
    return [match.span() for match in _matches(of, text)]


def _matches(of: Rule, text: str) -> Iterator[re.Match[str]]:
    start = 0
    while (match := of.search(text, start)) is not None:
        if match.end() > match.start():
            yield match
        start = max(match.end(), start + 1)


def _outside(places: list[Place], others: Iterable[Place]) -> list[Place]:
    """Return the places that none of the others covers."""
    around = tuple(others)
    return [one for one in places if not any(start <= one[0] and one[1] <= end for start, end in around)]
