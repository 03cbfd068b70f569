"""What can be said of a pattern before it is compiled: its alternatives, where it may begin, what every match has.

Compiling a pattern takes a thousand times as long as using it, and most of those that a cell is matched with find
nothing in it. All this is found when a wheel is built, from the patterns themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

#: The longest range of characters that is written out.
_MOST_OF_RANGE = 256
#: How many characters of each branch are asked for where a pattern branches.
_OF_BRANCH = 3
#: What a pattern is made of, as far as its brackets and branches go.
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]")
_REPEATS = re.compile(r"[?*+{]")
_Characters = frozenset[str]


def alternatives(pattern: str) -> tuple[str, ...]:
    r"""Return patterns of which the first that matches at a place matches there as the whole does.

    What stands around a group that branches goes with each branch, where it cannot match in several ways before it.

    >>> alternatives(r"(?:元(?:/[户|])?|(?:米|\(里))|千(?=克)")
    ('元(?:/[户|])?', '米', '\\(里', '千(?=克)')
    >>> alternatives("(?<!每)(?:个|人)(?:次|$)"), alternatives("(?:个|人)?次")
    (('(?<!每)(?:个)(?:次|$)', '(?<!每)(?:人)(?:次|$)'), ('(?:个|人)?次',))
    """
    parts = _parts(pattern)
    if len(branches := _split(parts)) > 1:
        return tuple(piece for one in branches for piece in alternatives(one))
    at = next((number for number, part in enumerate(parts) if not _LOOKS_AROUND.match(part)), len(parts))
    group, behind = "".join(parts[at : at + 1]), "".join(parts[at + 1 :])
    if not group.startswith("(?:") or _REPEATS.match(behind):
        return (pattern,)
    if at == 0 and not behind:
        return alternatives(group[3:-1])
    before = "".join(parts[:at])
    return tuple(f"{before}(?:{one}){behind}" for one in _split(_parts(group[3:-1])))


def _parts(pattern: str) -> list[str]:
    r"""Return the characters of a pattern, what is in brackets as one.

    >>> _parts(r"(?:元|\(里)[|)]|(?=克)")
    ['(?:元|\\(里)', '[|)]', '|', '(?=克)']
    """
    found: list[str] = []
    depth = start = 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0:
            found.append(pattern[start : token.end()])
            start = token.end()
    return found


def _split(parts: list[str]) -> list[str]:
    """Return what stands between the bars."""
    found = [""]
    for part in parts:
        if part == "|":
            found.append("")
        else:
            found[-1] += part
    return found


def beginnings_of(pattern: str) -> frozenset[str] | None:
    """Return the characters with which a match of a pattern may begin; `None` where any may, or it may be empty.

    >>> sorted(beginnings_of("(?:万?元|[2-4]日)x*") or ()), beginnings_of("元?"), beginnings_of("[^0-9]+")
    (['2', '3', '4', '万', '元'], None, None)
    """
    found, may_be_empty = _beginnings(_parsed(pattern))
    return None if may_be_empty or found is None else found


def needs_of(pattern: str) -> tuple[str, ...]:
    """Return characters of which each match has one, with what it looks ahead at, the fewest first.

    >>> needs_of("未?(?:完成|办结)[0-9]*项(?=目)"), needs_of("(?:完成)?"), needs_of("[^0-9]")
    (('目', '项', '办完', '成结'), (), ())
    """
    found = {"".join(sorted(some)) for some in _needs(_parsed(pattern))}
    return tuple(sorted(found, key=lambda some: (len(some), some)))


def _parsed(pattern: str) -> Any:
    parts = import_module("re._parser").parse(pattern)
    return () if parts.state.flags & re.IGNORECASE else parts


def _beginnings(parts: Any) -> tuple[_Characters | None, bool]:
    """Return the characters with which some parts of a pattern may begin, and whether they may match nothing."""
    found: _Characters = frozenset()
    more: _Characters | None
    for kind, value in parts:
        match str(kind):
            case "LITERAL":
                more, may_be_empty = frozenset(chr(value)), False
            case "IN":
                more, may_be_empty = _set(value), False
            case "BRANCH":
                branches = [_beginnings(branch) for branch in value[1]]
                may_be_empty = any(empty for _, empty in branches)
                sets = [some for some, _ in branches if some is not None]
                more = frozenset[str]().union(*sets) if len(sets) == len(branches) else None
            case "SUBPATTERN" if not value[1]:
                more, may_be_empty = _beginnings(value[3])
            case "MAX_REPEAT" | "MIN_REPEAT":
                more, may_be_empty = _beginnings(value[2])
                may_be_empty = may_be_empty or value[0] == 0
            case "ASSERT" | "ASSERT_NOT" | "AT":
                continue
            case _:
                return None, False
        if more is None:
            return None, False
        found |= more
        if not may_be_empty:
            return found, False
    return found, True


def _needs(parts: Any) -> list[_Characters]:
    """Return sets of characters, of each of which a match of some parts of a pattern has one."""
    found: list[_Characters] = []
    for kind, value in parts:
        match str(kind):
            case "LITERAL":
                found.append(frozenset(chr(value)))
            case "IN" if (some := _set(value)) is not None:
                found.append(some)
            case "BRANCH":
                branches = [sorted(_needs(branch), key=lambda one: (len(one), sorted(one))) for branch in value[1]]
                if all(branches):
                    found += (
                        _one_of(one[min(number, len(one) - 1)] for one in branches) for number in range(_OF_BRANCH)
                    )
            case "SUBPATTERN" if not value[1]:
                found += _needs(value[3])
            case "MAX_REPEAT" | "MIN_REPEAT" if value[0] > 0:
                found += _needs(value[2])
            case "ASSERT" if value[0] > 0:
                found += _needs(value[1])
    return found


def _one_of(sets: Iterable[_Characters]) -> _Characters:
    return frozenset[str]().union(*sets)


def _set(members: Any) -> _Characters | None:
    """Return the characters of a set, unless it is all but some, or one of many."""
    found: set[str] = set()
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                found.add(chr(value))
            case "RANGE" if value[1] - value[0] < _MOST_OF_RANGE:
                found.update(map(chr, range(value[0], value[1] + 1)))
            case _:
                return None
    return frozenset(found)
