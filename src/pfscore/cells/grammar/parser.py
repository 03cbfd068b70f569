"""The parser of the cells: built by Lark from `grammar/*.lark`, with the wheel or else on first use, and kept.

Lark reads the grammar files through a small loader, so they work from a checkout, a wheel and a zip. One of them,
`vocabulary.lark`, is completed on the way, see :mod:`pfscore.cells.grammar.terminals`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pfscore.cells.grammar.clauses import Builder
from pfscore.cells.grammar.terminals import grammar_text, vocabulary
from pfscore.cells.grammar.tree import Conditions, Trouble, Word

if TYPE_CHECKING:
    from lark import Lark, Token

#: What the parser can be asked for: a target cell, a completion cell, a unit cell.
STARTS = ("target", "actual", "unit_cell")


def build(transformer: Any = None, *, strict: bool = False) -> Lark:
    """Return a new parser for every rule of `STARTS`; `strict` needs `interegular` and finds collisions."""
    # Importing lark costs 40 ms, which only a reader of cells should pay.
    from lark import Lark

    from pfscore.foundation.runtime.lexing import UncheckedLexer

    return Lark(
        grammar_text("actual.lark"),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        maybe_placeholders=False,
        strict=strict,
        transformer=transformer,
        import_paths=[_load],
        source_path="actual.lark",
        _plugins={} if strict else {"ContextualLexer": UncheckedLexer},
    )


def _load(_base: Any, path: str) -> tuple[str, str]:
    name = str(path).replace("\\", "/").rsplit("/", 1)[-1]
    if name == "vocabulary.lark":
        return name, vocabulary()
    try:
        return name, grammar_text(name)
    except OSError:
        raise FileNotFoundError(name) from None


class _Transformer:
    """The builder's functions as Lark calls them: with words for tokens, and by names without a file in front.

    A name that one grammar file imports from another carries the name of that file (`quantity__number`).
    """

    def __init__(self, token: type[Token]) -> None:
        self._token = token
        self._kinds: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callable[[list[Any]], Any]:
        function: Callable[[list[Any]], Any] = getattr(Builder, name.rpartition("__")[2])
        token, word = self._token, self._word
        return lambda parts: function([word(part) if part.__class__ is token else part for part in parts])

    def _word(self, token: Token) -> Word:
        kind = self._kinds.get(token.type) or self._kinds.setdefault(token.type, token.type.rpartition("__")[2])
        return Word(kind, token.value, token.start_pos or 0)


@cache
def _parser() -> Lark:
    from lark import Token

    from pfscore.foundation.runtime.lexing import parser_of

    return parser_of("cells", build, _Transformer(Token))


def parse(start: str, text: str) -> Conditions:
    """Parse a folded cell without spaces.

    Raises:
        Trouble: PF302 where the grammar does not know the text; others where a number cannot be one.
    """
    return cast("Conditions", _parse(start, text))


def parse_unit(text: str) -> tuple[int, str, Fraction] | None:
    """Parse a folded unit cell into scale, unit and factor; `None` where it is no unit."""
    try:
        return cast("tuple[int, str, Fraction]", _parse("unit_cell", text))
    except Trouble:
        return None


def _parse(start: str, text: str) -> Any:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        return _parser().parse(text, start=start)
    except UnexpectedToken as error:
        place = len(text) if error.token.type == "$END" else error.token.start_pos or 0
        raise Trouble("PF302", place, place if place == len(text) else place + len(error.token)) from None
    except UnexpectedCharacters as error:
        place = error.column - 1
        raise Trouble("PF302", place, place + 1) from None
