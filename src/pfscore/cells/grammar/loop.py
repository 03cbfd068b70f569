"""The loop that reads a cell with the tables that Lark made of the grammar.

Nothing in a cell nests, so a reader is nearly always in one of some hundred situations: which states lie on the
parser's stack. What a kind of word does in one of them, which rules it ends and where it leads, is worked out from
Lark's tables once and kept; Lark's own loop works it out for every word of every cell. tests/cells/test_walk.py
holds the two to the same trees.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from pfscore.cells.grammar.tree import Trouble, Word

if TYPE_CHECKING:
    from lark import Lark

_END = "$END"
#: Situations that are kept: several times what real cells have. The grammar has many thousands more, in texts that
#: nobody writes; those are worked out each time.
_KEPT = 4096
_Match = Callable[[str, int], re.Match[str] | None]


def only(parts: list[Any]) -> Any:
    """Return the only part of a rule that makes nothing of it: the loop leaves it where it is."""
    return parts[0]


class _Way(NamedTuple):
    """What one kind of word does: the rules that end before it, each with the number of its parts, and what is next."""

    ends: tuple[tuple[Callable[[list[Any]], Any], int], ...]
    kind: str
    then: _Situation | None


class _Situation:
    """Where a reader is: the states on the stack, the words that may follow, and the ways that were gone from here.

    The pattern of the words is large, and is made when a text goes on from here.
    """

    __slots__ = ("match", "names", "stack", "ways")

    def __init__(self, stack: tuple[Any, ...]) -> None:
        self.stack = stack
        self.match: _Match | None = None
        self.names: list[str] = []
        self.ways: dict[int | None, _Way] = {}


class Walker:
    """Reads texts as `parser` does, and hands the parts of each rule to the function of that name in `builder`."""

    def __init__(self, parser: Lark, builder: Any) -> None:
        frontend: Any = parser.parser
        self._table = frontend.parser._parse_table  # noqa: SLF001 - Lark shows its tables nowhere else
        self._builder = builder
        self._lexer = frontend.lexer
        self._patterns: dict[int, tuple[_Match, list[str]]] = {}
        self._situations: dict[tuple[Any, ...], _Situation] = {}
        self._starts = {start: self._situation((state,)) for start, state in self._table.start_states.items()}

    def read(self, start: str, text: str) -> Any:
        """Return what the builder makes of a text.

        Raises:
            Trouble: PF302 where no rule has the word that is found; others where the builder raises them.
        """
        situation, values, place, length = self._starts[start], list[Any](), 0, len(text)
        while True:
            found, number = None, None
            if place < length:
                found = (situation.match or self._open(situation))(text, place)
                if found is None:
                    raise self._astray(text, place)
                number = found.lastindex
            way = situation.ways.get(number) or self._way(situation, number)
            for function, size in way.ends:
                if size == 1:
                    values[-1] = function([values[-1]])
                else:
                    values[-size:] = [function(values[-size:])]
            if way.then is None:
                raise Trouble("PF302", place, length if found is None else found.end())
            if found is None:
                return values[-1]
            situation = way.then
            values.append(Word(way.kind, found.group(), place))
            place = found.end()

    def _way(self, situation: _Situation, number: int | None) -> _Way:
        """Work out a way that was not gone before; a thread that does the same at the same time finds the same."""
        name = _END if number is None else situation.names[number - 1]
        states, stack, ends = self._table.states, list(situation.stack), list[Any]()
        then = None
        while (step := states[stack[-1]].get(name)) is not None:
            rule = step[1]
            if not hasattr(rule, "expansion"):
                then = self._situation((*stack, rule))
                break
            size = len(rule.expansion)  # never 0: no rule of the grammar is empty
            function = _function(rule, self._builder)
            if function is not only:
                ends.append((function, size))
            del stack[len(stack) - size :]
            stack.append(states[stack[-1]][rule.origin.name][1])
            if name == _END and stack[-1] in self._table.end_states.values():
                then = situation
                break
        way = _Way(tuple(ends), name.rpartition("__")[2], then)
        if then is None or then.stack in self._situations:
            situation.ways[number] = way
        return way

    def _situation(self, stack: tuple[Any, ...]) -> _Situation:
        found = self._situations.get(stack)
        if found is None:
            found = _Situation(stack)
            if len(self._situations) < _KEPT:
                self._situations[stack] = found
        return found

    def _open(self, situation: _Situation) -> _Match:
        """Give a situation the pattern of the words that may follow."""
        match, names = self._pattern(self._lexer.lexers[situation.stack[-1]])
        # The names first: another thread takes a situation that has its pattern for open.
        situation.names, situation.match = names, match
        return match

    def _pattern(self, lexer: Any) -> tuple[_Match, list[str]]:
        """Return one pattern for the words that may follow: an empty group behind each tells which one was found.

        A group around each, as Lark has it, would keep the engine from passing over a word by its first character.
        """
        if id(lexer) not in self._patterns:
            terminals = lexer.terminals
            pattern = "|".join(f"(?:{terminal.pattern.to_regexp()})()" for terminal in terminals)
            # Where nothing may follow, nothing fits.
            self._patterns[id(lexer)] = re.compile(pattern or "(?!)").match, [terminal.name for terminal in terminals]
        return self._patterns[id(lexer)]

    def _astray(self, text: str, place: int) -> Trouble:
        """Return the reason where no word that may follow is found: a word from elsewhere, or none at all."""
        match, _ = self._pattern(self._lexer.root_lexer)
        found = match(text, place)
        return Trouble("PF302", place, place + 1 if found is None else found.end())


def _function(rule: Any, builder: Any) -> Callable[[list[Any]], Any]:
    """Return the function that makes something of a rule's parts.

    Where a rule says "one or more", Lark has a rule of its own, which collects a list; the list's members are parts of
    the rule that said so.
    """
    lists = [index for index, symbol in enumerate(rule.expansion) if _collects(symbol)]
    if _collects(rule.origin):
        return _longer if lists else list
    function: Callable[[list[Any]], Any] = getattr(builder, rule.alias or rule.origin.name)
    if not lists:
        return function
    if len(rule.expansion) == 1:
        return lambda parts: function(parts[0])

    def spread(parts: list[Any]) -> Any:
        return function([each for index, part in enumerate(parts) for each in (part if index in lists else (part,))])

    return spread


def _collects(symbol: Any) -> bool:
    return bool(symbol.name.startswith("__"))


def _longer(parts: list[Any]) -> list[Any]:
    found: list[Any] = parts[0]
    found.extend(parts[1:])
    return found
