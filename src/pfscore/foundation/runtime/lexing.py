"""The two parsers, without what Lark does at every start before the first cell is read.

Lark compares all terminals with each other, and compiles one pattern of all terminals for each state of the parser: a
tenth of a second for each. Here a state tries its terminals one after the other, in the same order, with patterns that
all states share, until it was used so often that one pattern of its own pays off.

A wheel carries the tables of the parsers, one file for each, with the version of Lark that built them in its name
(`hatch_build.py`), and the alternatives of each terminal, so that only those are compiled which a text may match; in a
checkout, and beside another version of Lark, a parser is built.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any, NamedTuple, cast

from lark import Lark
from lark import __version__ as lark_version
from lark.grammar import Rule
from lark.lexer import BasicLexer, ContextualLexer, Scanner, TerminalDef, _create_unless

from pfscore.foundation.runtime.resources import data_dir

#: How often a state tries its terminals one by one: to compile one pattern of all takes as long as some thousand tries.
_TRIES = 2000


class _Piece(NamedTuple):
    """An alternative of a terminal: the characters with which a match may begin, and of which it has one each."""

    pattern: str
    beginnings: frozenset[str] | None = None
    needs: tuple[frozenset[str], ...] = ()


#: The alternatives of a terminal, by its pattern, as far as tables that were read say so.
_PIECES: dict[str, tuple[_Piece, ...]] = {}


class _PatientScanner(Scanner):
    """A scanner that compiles the pattern of its state when it has been used often."""

    def __init__(self, terminals: Sequence[TerminalDef], *rest: Any) -> None:
        self.terminals = terminals
        self.allowed_types = {terminal.name for terminal in terminals}
        self._rest, self._left = rest, _TRIES
        patterns = ((terminal.name, terminal.pattern.to_regexp()) for terminal in terminals)
        self._tried = [(name, _PIECES.get(pattern) or (_Piece(pattern),)) for name, pattern in patterns]

    def match(self, text: Any, pos: int) -> tuple[str, str] | None:
        """Return the first terminal that matches at `pos`, with what it matches."""
        if not self._left:
            found: tuple[str, str] | None = super().match(text, pos)
            return found
        self._left -= 1
        if not self._left:
            super().__init__(self.terminals, *self._rest)  # type: ignore[no-untyped-call]
        source, end = (text, len(text)) if isinstance(text, str) else (text.text, text.end)
        first, rest = source[pos : pos + 1], source[pos:end]
        for name, pieces in self._tried:
            for pattern, beginnings, needs in pieces:
                if (beginnings is None or first in beginnings) and not any(one.isdisjoint(rest) for one in needs):
                    match = _compiled(pattern).match(source, pos, end)
                    if match is not None:
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


class _Lexers(dict[int, BasicLexer]):
    """The lexers of the states, each from its first use on; states that accept the same share one."""

    def __init__(self, conf: Any, states: Mapping[int, Collection[str]], always_accept: Collection[str]) -> None:
        super().__init__()
        self._conf, self._states = conf, states
        self._always = frozenset(conf.ignore) | frozenset(always_accept)
        self._by_terminals: dict[frozenset[str], BasicLexer] = {}

    def __missing__(self, state: int) -> BasicLexer:
        accepted = self._always.union(self._states[state])
        if (lexer := self._by_terminals.get(accepted)) is None:
            conf = copy(self._conf)
            by_name = conf.terminals_by_name
            conf.terminals = [by_name[name] for name in accepted if name in by_name]
            lexer = self._by_terminals[accepted] = _StateLexer(conf)
        self[state] = lexer
        return lexer


class UncheckedLexer(ContextualLexer):
    """A lexer that takes its terminals as checked, and makes those of its states when they are needed.

    Where `interegular` is installed, Lark compares all terminals with each other at every build, which takes seconds.
    tests/cells/grammar/test_parser.py and tests/formulas build the strict lexer instead.
    """

    def __init__(self, conf: Any, states: Mapping[int, Collection[str]], always_accept: Collection[str] = ()) -> None:
        conf.skip_validation = True
        self.lexers = cast("dict[int, Any]", _Lexers(conf, states, always_accept))
        self.root_lexer = _StateLexer(conf)


#: What Lark is told again when it loads tables; the rest is in them.
_TOLD_AGAIN = ("import_paths", "transformer", "_plugins", "source_path")


def tables_name(name: str) -> str:
    """Return the name of the file that holds the tables of a parser."""
    return f"{name}.lark-{lark_version}.tables"


def tables_of(parser: Lark) -> bytes:
    """Return the tables of a parser as bytes."""
    from pfscore.foundation.runtime.pattern_facts import alternatives, beginnings_of, needs_of

    def piece(pattern: str) -> _Piece:
        return _Piece(pattern, beginnings_of(pattern), tuple(map(frozenset, needs_of(pattern))))

    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name not in _TOLD_AGAIN}
    patterns = {terminal.pattern.to_regexp() for terminal in parser.terminals}
    pieces = {pattern: tuple(map(piece, alternatives(pattern))) for pattern in sorted(patterns)}
    return pickle.dumps(({"data": data, "memo": memo}, pieces), protocol=5)


def from_tables(tables: bytes, transformer: Any) -> Lark:
    """Return the parser of some tables."""
    stored, pieces = pickle.loads(tables)  # noqa: S301 - a file of this package
    _PIECES.update(pieces)
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
