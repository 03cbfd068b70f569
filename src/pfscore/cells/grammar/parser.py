"""The parser of the cells: built by Lark from `grammar/*.lark`, with the wheel or else on first use, and kept.

Lark reads the grammar files through a small loader, so they work from a checkout, a wheel and a zip. One of them,
`vocabulary.lark`, is completed on the way, see :mod:`pfscore.cells.grammar.terminals`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pfscore.cells.grammar.amounts import Amounts, Children, Named
from pfscore.cells.grammar.terminals import grammar_text, vocabulary
from pfscore.cells.grammar.tree import (
    Amount,
    Around,
    Clause,
    Conditions,
    Joint,
    Measure,
    One,
    Range,
    Side,
    Trouble,
    Word,
)
from pfscore.cells.lexicon.quantities import SCALES

if TYPE_CHECKING:
    from lark import Lark, Token


_ASKING = frozenset({"AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "REACH", "CONTROL"})
_TURNED = {"AT_MOST": "ABOVE", "AT_LEAST": "BELOW", "LESS_THAN": "BEYOND", "GREATER_THAN": "SHORT"}


class Builder(Amounts):
    """The functions that the parser calls, one for each rule."""

    @staticmethod
    def edged(children: Children) -> Side:
        """60%(含)以上."""
        return Side(children[0], tuple(children[1:]))

    @staticmethod
    def noted_edge(children: Children) -> Side:
        """10(不含)万元: the unit comes behind the note."""
        amount, note = children[:2]
        at = next(index for index, child in enumerate(children) if isinstance(child, Named))
        unit, factor, end = children[at]
        if amount.unit is not None or (at > 2 and amount.scale != 1):
            raise Trouble("PF322", amount.start, end)
        scale = amount.scale
        for word in children[2:at]:
            scale *= SCALES[word.text]
        amount = amount._replace(scale=scale, unit=unit, factor=factor, end=end)
        return Side(amount, (note, *children[at + 1 :]))

    # ── measures ──
    @staticmethod
    def one(children: Children) -> Measure:
        """26万人, 95%以上."""
        return One(_side(children[0]))

    @staticmethod
    def span(children: Children) -> Measure:
        """60%-80%, 60%以上80%以下."""
        return Range(_side(children[0]), _side(children[-1]))

    @staticmethod
    def bracketed(children: Children) -> Measure:
        """[60%,80%)."""
        return Range(Side(children[1]), Side(children[3]), children[0].text == "(", children[4].text == ")")

    @staticmethod
    def tolerance(children: Children) -> Measure:
        """100±5, (50±5)mg/L."""
        if len(children) == 3:
            return Around(children[0], _side(children[2]))
        unit, factor, end = children[5]
        for child in (children[1], children[3]):
            if child.unit not in {None, unit}:
                # (50元±5)毫克
                raise Trouble("PF322", child.start, end)
        centre, spread = (child._replace(unit=unit, factor=factor, end=end) for child in (children[1], children[3]))
        return Around(centre, Side(spread))

    @staticmethod
    def symmetric(children: Children) -> Measure:
        """±5%以内."""
        return Around(None, _side(children[1]), children[0])

    @staticmethod
    def closed(children: Children) -> Measure:
        """≥60%≤80%: the sign before the first end leads its clause."""
        return Range(_side(children[0]), _side(children[2]), signs=(children[1],))

    @staticmethod
    def chain(children: Children) -> Measure:
        """60%≤X≤80%."""
        signs = tuple(child for child in children[1:-1] if child.kind in _TURNED)
        names = tuple(child for child in children[1:-1] if child.kind not in _TURNED)
        return Range(_side(children[0]), _side(children[-1]), signs=signs, names=names)

    # ── clauses ──
    @staticmethod
    def lead(children: Children) -> tuple[Word, ...]:
        """What stands before a measure, or instead of one."""
        return tuple(children)

    tail = lead

    @staticmethod
    def words(children: Children) -> Clause:
        """A clause without a number."""
        return Clause(children[0])

    @staticmethod
    def measured(children: Children) -> Clause:
        """A clause with a number."""
        if len(children) == 1:
            return Clause((), children[0])
        if isinstance(children[0], tuple):
            return Clause(children[0], children[1], children[2] if len(children) > 2 else ())
        return Clause((), children[0], children[1])

    @staticmethod
    def aside(children: Children) -> Clause:
        """优(≥90分): the words before the bracket only name what the number says; 达成预期指标(100%-80%) is a grade.

        What they ask for holds: 控制在预算内(50万元) is a ceiling.
        """
        if any("预期" in word.text for word in children[0]):
            return Clause(children[0])
        asks = tuple([word for word in children[0] if word.kind in _ASKING])
        names = tuple([word for word in children[0] if word.kind not in _ASKING])
        return Clause((*asks, *children[2]) if len(children) == 5 else asks, children[-2], names=names)

    @staticmethod
    def turned(children: Children) -> Clause:
        """90%≤满意度: the number stands first, so its sign is turned round."""
        sign = children[1]
        turned = One(Side(children[0], (sign._replace(kind=_TURNED[sign.kind]),)))
        return Clause((), turned, names=tuple(children[2:]))

    @staticmethod
    def joint(children: Children) -> Joint:
        """且, 或, a comma."""
        return Joint(children[-1].kind == "OR", "".join([word.text for word in children]))

    @staticmethod
    def conditions(children: Children) -> Conditions:
        """The whole cell."""
        clauses = tuple([child for child in children if isinstance(child, Clause)])
        if len(clauses) == len(children) == 1:
            return Conditions(clauses, ())
        return Conditions(clauses, tuple([child for child in children if isinstance(child, Joint)]))

    @staticmethod
    def not_applicable(_children: Children) -> Conditions:
        """不适用."""
        return Conditions((), (), not_applicable=True)


def _side(child: Amount | Side) -> Side:
    return child if isinstance(child, Side) else Side(child)


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
