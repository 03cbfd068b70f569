"""Patterns that are compiled when a text comes that they may match.

Compiling a pattern takes a thousand times as long as using it, and most of those that a cell is matched with find
nothing in it: that shows in the characters of the text, where it is known which of them every match has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, cast

Find = Callable[..., re.Match[str] | None]
Way = Callable[..., Any]
_AT_PLACE = ("match", "fullmatch")
#: The ways in which a pattern is used that give a match or nothing.
FINDS = ("search", *_AT_PLACE)
#: The ways in which a pattern is used, and what comes out where it matches nothing.
WAYS: dict[str, Way] = {
    **dict.fromkeys(FINDS, lambda *_: None),
    "findall": lambda *_: [],
    "finditer": lambda *_: iter(()),
    "split": lambda text, *_: [text],
    "sub": lambda _new, text, *_: text,
}
#: By then looking at the characters of texts has taken about as long as compiling the pattern.
_SPARED = 1000


class Pattern:
    """A pattern that is used as a compiled one is.

    `beginnings` are the characters with which a match begins, where that is known, and `needs` sets of characters, of
    each of which every match has one; there are none once the pattern is used on every text.

    >>> pattern = Pattern("完(?:成|工)", "完", "完", "成工")
    >>> pattern.search("已办结"), pattern.needs == ()
    (None, False)
    >>> pattern.search("已完成")[0], pattern.needs == ()
    ('完成', True)
    """

    __slots__ = ("beginnings", "needs", "pattern", "source", "spared", *WAYS)

    pattern: re.Pattern[str]
    search: Find
    match: Find
    fullmatch: Find
    findall: Callable[[str], list[Any]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    split: Callable[[str], list[str]]
    sub: Callable[[str | Callable[[re.Match[str]], str], str], str]

    def __init__(self, source: str, beginnings: str = "", *needs: str) -> None:
        self.source, self.beginnings, self.needs = source, beginnings, tuple(map(frozenset, needs))
        #: How often a text without what a match needs may still come before the pattern is compiled all the same.
        self.spared = _SPARED

    def __getattr__(self, name: str) -> Any:
        if name == "pattern":
            self.pattern = self.compiled()
        elif name in WAYS:
            for way in WAYS:
                setattr(self, way, self.way(way))
        else:
            raise AttributeError(name)
        return getattr(self, name)

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern."""
        return re.compile(self.source)

    def way(self, way: str) -> Way:
        """Return what uses the pattern in one of the ways."""
        return self._sparing(way) if self.needs else cast("Way", getattr(self.pattern, way))

    def _sparing(self, way: str) -> Way:
        """Return a way that compiles the pattern when a text comes that it may match."""

        def use(*args: Any) -> Any:
            text = args[way == "sub"]
            first = text[sum(args[1:2]) :][:1] if way in _AT_PLACE else ""
            return (getattr(self.pattern, way) if self._may_match(text, first) else WAYS[way])(*args)

        return use

    def _may_match(self, text: str, first: str) -> bool:
        """Return whether the pattern is to be used on a text, from which on it is used on every one.

        `first` is the character with which a match must begin, where that is known.
        """
        if self.spared and (
            (first and self.beginnings and first not in self.beginnings)
            or any(some.isdisjoint(text) for some in self.needs)
        ):
            self.spared -= 1
            return False
        self.needs = ()
        self.renew()
        return True

    def renew(self) -> None:
        """Forget the ways in which the pattern is used."""
        with suppress(AttributeError):  # What was not used yet has none.
            for way in WAYS:
                delattr(self, way)


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, the longest first.

    >>> any_of(["亿", "万亿", "."])
    '万亿|\\\\.|亿'
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def pattern_of(words: Iterable[str], before: str = "", behind: str = "") -> Pattern:
    """Return the pattern of any of some words, between what `before` and `behind` match.

    >>> pattern_of(["亿", "万亿"]).sub("", "3万亿元"), pattern_of(["亿"], behind="$").search("3亿元")
    ('3元', None)
    """
    known = tuple(words)
    source = f"{before}(?:{any_of(known)}){behind}" if before or behind else any_of(known)
    if not all(known):
        return Pattern(source)
    return Pattern(source, "", *("".join({word[place] for word in known}) for place in (0, -1)))
