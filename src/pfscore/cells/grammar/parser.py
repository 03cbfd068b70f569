"""The parser of the cells: built from `grammar/*.lark` on first use and kept.

Lark reads the grammar files through a small loader, so they work from a checkout, a wheel and a zip. One of them,
`vocabulary.lark`, is completed on the way, see :mod:`pfscore.cells.grammar.terminals`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pfscore.cells.grammar.clauses import Builder
from pfscore.cells.grammar.loop import Walker
from pfscore.cells.grammar.terminals import grammar_text, vocabulary
from pfscore.cells.grammar.tree import Conditions, Trouble

if TYPE_CHECKING:
    from lark import Lark

#: What the parser can be asked for: a target cell, a completion cell, a unit cell.
STARTS = ("target", "actual", "unit_cell")


def build(*, strict: bool = False) -> Lark:
    """Return a new parser for every rule of `STARTS`; `strict` needs `interegular` and finds collisions."""
    # Importing lark costs 40 ms, which only a reader of cells should pay.
    from lark import Lark

    from pfscore.foundation.lexing import UncheckedLexer

    return Lark(
        grammar_text("actual.lark"),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        maybe_placeholders=False,
        strict=strict,
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


@cache
def _walker() -> Walker:
    return Walker(build(), Builder())


def parse(side: str, text: str) -> Conditions:
    """Parse a folded cell without spaces.

    Raises:
        Trouble: PF302 where the grammar does not know the text; others where a number cannot be one.
    """
    return cast("Conditions", _walker().read(side, text))


def parse_unit(text: str) -> tuple[int, str, Fraction] | None:
    """Parse a folded unit cell into scale, unit and factor; `None` where it is no unit."""
    try:
        return cast("tuple[int, str, Fraction]", _walker().read("unit_cell", text))
    except Trouble:
        return None
