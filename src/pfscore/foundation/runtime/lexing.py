"""The two parsers, without what Lark does at every start before the first cell is read.

Lark compares all terminals with each other, and compiles one pattern of all terminals for each state of the parser: a
tenth of a second for each. Here a state tries its terminals one after the other, in the same order, with patterns that
all states share, until it was used so often that one pattern of its own pays off.

A wheel carries the tables of the parsers, one file for each, with the version of Lark that built them in its name
(`hatch_build.py`); in a checkout, and beside another version of Lark, a parser is built.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from lark import Lark
from lark import __version__ as lark_version
from lark.grammar import Rule
from lark.lexer import BasicLexer, ContextualLexer, Scanner, TerminalDef, _create_unless

from pfscore.foundation.runtime.resources import data_dir

#: How often a state tries its terminals one by one.
_TRIES = 50
#: The longest range of characters that is written out.
_MOST_OF_RANGE = 256
#: By the pattern of a terminal, the characters with which a match may begin, as far as tables that were read say so.
_BEGINNINGS: dict[str, frozenset[str]] = {}


class _PatientScanner(Scanner):
    """A scanner that compiles the pattern of its state when it has been used often."""

    def __init__(self, terminals: Sequence[TerminalDef], *rest: Any) -> None:
        self.terminals = terminals
        self.allowed_types = {terminal.name for terminal in terminals}
        self._rest, self._left = rest, _TRIES
        patterns = ((terminal.name, terminal.pattern.to_regexp()) for terminal in terminals)
        self._tried = [(name, pattern, _BEGINNINGS.get(pattern)) for name, pattern in patterns]

    def match(self, text: Any, pos: int) -> tuple[str, str] | None:
        """Return the first terminal that matches at `pos`, with what it matches."""
        if not self._left:
            found: tuple[str, str] | None = super().match(text, pos)
            return found
        self._left -= 1
        if not self._left:
            super().__init__(self.terminals, *self._rest)  # type: ignore[no-untyped-call]
        source, end = (text, len(text)) if isinstance(text, str) else (text.text, text.end)
        for name, pattern, beginnings in self._tried:
            if (beginnings is None or source[pos : pos + 1] in beginnings) and (
                match := _compiled(pattern).match(source, pos, end)
            ):
                return match[0], name
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class _StateLexer(BasicLexer):
    """The lexer of one state."""

    def _build_scanner(self) -> Scanner:
        flags, module, use_bytes = self.g_regex_flags, self.re, self.use_bytes
        terminals, self.callback = _create_unless(  # type: ignore[no-untyped-call]
            self.terminals, flags, module, use_bytes
        )
        if self.user_callbacks:
            raise ValueError("no terminal has a callback of its own")
        self._scanner = _PatientScanner(terminals, flags, module, use_bytes)  # Lark before 1.3 looks there
        return self._scanner


class UncheckedLexer(ContextualLexer):
    """A lexer that takes its terminals as checked.

    Where `interegular` is installed, Lark compares all terminals with each other at every build, which takes seconds.
    tests/cells/grammar/test_parser.py and tests/formulas build the strict lexer instead.
    """

    BasicLexer = _StateLexer

    def __init__(self, conf: Any, *args: Any, **options: Any) -> None:
        conf.skip_validation = True
        super().__init__(conf, *args, **options)


#: What Lark is told again when it loads tables; the rest is in them.
_TOLD_AGAIN = ("import_paths", "transformer", "_plugins", "source_path")


def tables_name(name: str) -> str:
    """Return the name of the file that holds the tables of a parser."""
    return f"{name}.lark-{lark_version}.tables"


def tables_of(parser: Lark) -> bytes:
    """Return the tables of a parser as bytes."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name not in _TOLD_AGAIN}
    patterns = {terminal.pattern.to_regexp() for terminal in parser.terminals}
    beginnings = {pattern: found for pattern in patterns if (found := _beginnings_of(pattern)) is not None}
    return pickle.dumps(({"data": data, "memo": memo}, beginnings), protocol=5)


def _beginnings_of(pattern: str) -> frozenset[str] | None:
    """Return the characters with which a match of a pattern may begin; `None` where any may, or it may be empty.

    >>> sorted(_beginnings_of("(?:万?元|[2-4]日)x*") or ()), _beginnings_of("元?"), _beginnings_of("[^0-9]+")
    (['2', '3', '4', '万', '元'], None, None)
    """
    found, may_be_empty = _beginnings(import_module("re._parser").parse(pattern))
    return None if may_be_empty or found is None else found


def _beginnings(parts: Any) -> tuple[frozenset[str] | None, bool]:
    """Return the characters with which some parts of a pattern may begin, and whether they may match nothing."""
    found: frozenset[str] = frozenset()
    more: frozenset[str] | None
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


def _set(members: Any) -> frozenset[str] | None:
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


def from_tables(tables: bytes, transformer: Any) -> Lark:
    """Return the parser of some tables."""
    stored, beginnings = pickle.loads(tables)  # noqa: S301 - a file of this package
    _BEGINNINGS.update(beginnings)
    parser: Lark = Lark._load_from_dict(  # type: ignore[no-untyped-call]  # noqa: SLF001 - what lark.tools.standalone calls
        **stored,
        transformer=transformer,
        _plugins={"ContextualLexer": UncheckedLexer},
    )
    return parser


def parser_of(name: str, build: Callable[[Any], Lark], transformer: Any) -> Lark:
    """Return the parser of the tables that came with the wheel, else build it."""
    try:
        tables = (data_dir("grammar") / tables_name(name)).read_bytes()
    except OSError:
        return build(transformer)
    return from_tables(tables, transformer)
