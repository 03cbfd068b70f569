"""The parsers of the cells: built from `grammar/*.lark` on first use and kept.

Lark reads the grammar files through a small loader, so they work from a checkout, a wheel and a zip. One file of
the grammar is not on disk: `vocabulary.lark` holds the terminals that are made from the tables (every unit word)
and from the other terminals (the text between words), so that nothing has to be written twice.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from pfscore.foundation.resources import data_dir
from pfscore.language.builder import Builder
from pfscore.language.parts import Conditions, Trouble
from pfscore.language.units import known_units

if TYPE_CHECKING:
    from lark import Lark

HAN_DIGITS = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
#: Characters that are never running text: signs and digits must be explained, or the cell is refused.
_SIGNS = r"0-9≥≤><=≠±%‰‱+×÷*~^$#@&|\\{}_`?≈€£¥℃°$€£¥\-\/.,;。\[\]"
_STRING = re.compile(r'"([^"]+)"')
#: A terminal that is a list of words.
_LIST = re.compile(r'^([A-Z_]+(?:\.[0-9]+)?):((?:\s*\|?\s*"[^"\n]+")+)[ \t]*$', re.MULTILINE)


def build(side: str, *, transformer: Any = None, strict: bool = False) -> Lark:
    """Return a new parser for `side` (`target` or `actual`); `strict` needs `interegular` and finds collisions."""
    from lark import Lark  # noqa: PLC0415  importing lark costs 40 ms, which only a reader of cells should pay

    return Lark(
        _text(f"{side}.lark"),
        parser="lalr",
        lexer="contextual",
        start=["start", "unit_cell"],
        transformer=transformer,
        maybe_placeholders=False,
        strict=strict,
        import_paths=[_load],
        source_path=f"{side}.lark",
    )


@cache
def _parser(side: str) -> Lark:
    return build(side, transformer=Builder())


def parse(side: str, text: str) -> Conditions | None:
    """Parse a folded cell without spaces; `None` is 不适用.

    Raises:
        Trouble: where the grammar does not know the text.
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken  # noqa: PLC0415

    try:
        found: Conditions | None = _parser(side).parse(text, start="start")
    except UnexpectedInput as error:
        start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
        end = start + 1
        if isinstance(error, UnexpectedToken) and error.token.end_pos:
            end = error.token.end_pos
        elif not isinstance(error, UnexpectedCharacters):
            start, end = max(0, len(text) - 1), len(text)
        raise Trouble("PF302", start, end) from None
    return found


def unit_parser(text: str) -> tuple[int, str, Fraction] | None:
    """Parse a folded unit cell into scale, unit and factor; `None` where it is no unit."""
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415

    try:
        found: tuple[int, str, Fraction] = _parser("target").parse(text, start="unit_cell")
    except (UnexpectedInput, Trouble):
        return None
    return found


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """Return the words of each list of `terminals.lark`, by the name of its terminal."""
    return {
        match[1].partition(".")[0]: frozenset(_STRING.findall(match[2]))
        for match in _LIST.finditer(_text("terminals.lark"))
    }


def _load(_base: Any, path: str) -> tuple[str, str]:
    name = str(path).replace("\\", "/").rsplit("/", 1)[-1]
    if name == "vocabulary.lark":
        return name, vocabulary()
    try:
        return name, _LIST.sub(_as_trie, _text(name))
    except OSError:
        raise FileNotFoundError(name) from None


def _as_trie(match: re.Match[str]) -> str:
    """Write a list of words as one regular expression: faster to match, and opaque to `interegular`."""
    words = _STRING.findall(match[2])
    return f"{match[1]}: /{trie(words)}{_OPAQUE}/"


def _text(name: str) -> str:
    return (data_dir("grammar") / name).read_text(encoding="utf-8")


@cache
def vocabulary() -> str:
    """Return `vocabulary.lark`: the terminals that are made from the unit table and from `terminals.lark`."""
    unit = trie(known_units())
    digits = f"[{HAN_DIGITS}]"
    count = (
        rf"(?:[零〇一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾]{digits}*(?:点{digits}+)?)|[一二两三四五六七八九]个半|半"
    )
    counted = trie(word for word in known_units() if word not in _GRADES)
    stop = r"(?=$|以|之[上下内]|及以|左右|上下|内|[,;。)(\/、]|每|且|或)"
    behind = r"(?<=[于过少多达到超约≥≤><=为在])"
    lines = [
        f"UNIT.24: /{unit}{_OPAQUE}/",
        f"HAN_COUNT.25: /(?:{count})(?=(?:{counted}){stop})|{behind}(?:{count})(?={counted})/",
        f"EVERY.26: /每[0-9]*[十百千万]*(?:{unit}){_OPAQUE}/",
        rf"NEW_UNIT.-1: /(?!{_NOT_A_UNIT})[一-龥]{{1,4}}(?=$|[,;。()\/]|以[上下内]|之[上下内]|左右|及以上|及以下|内$)|[A-Za-z]{{1,6}}[0-9²³]?(?![A-Za-z0-9])/",
        rf"WORD.-2: /[^{_initials()}{_SIGNS}A-Za-z]+|[A-Za-z]+(?![0-9])|(?<=[一-龥])[-\/](?=[一-龥])|\.(?![0-9])|[^{_SIGNS}]/",
    ]
    return "\n".join(lines) + "\n"


#: An empty group that always holds; its "$" keeps `interegular`, where it is installed, from comparing the word lists with
#: everything (minutes for 400 words); tests/language/test_grammar.py compares them word by word.
_OPAQUE = "(?:|$)"
#: Grades are ordered downwards (一级 is better than 二级), so a numeral before them is a word, not a quantity.
_GRADES = frozenset("级等类档款期届号位代")
#: What may follow a number directly and is no unit.
_NOT_A_UNIT = r"[^,;。()\/]{0,3}(?:[的了是已未不无均全或且和及前后余多至到以之内左上下]|完成|达标|合格|到位|优秀|满意|及格|增长|下降|提高|提升|降低|减少|率)"


def _initials() -> str:
    """Return the characters that begin a word of `terminals.lark`, as part of a character class."""
    strings = _STRING.findall(_text("terminals.lark"))
    first = {string[0] for string in strings} | set(
        "第每前超逾《本当全年上下月季一二三四五六七八九十两半对零壹贰叁肆伍陆柒捌玖拾" + "①②③④⑤⑥⑦⑧⑨⑩([百千万亿不N"
    )
    return "".join(sorted(re.escape(char) for char in first if "一" <= char <= "龥" or char in "《①②③④⑤⑥⑦⑧⑨⑩(《"))


def trie(words: Any) -> str:
    """Return one regular expression that matches the longest of `words`, quickly.

    >>> trie(["公里", "公顷", "米"])
    '(?:公(?:里|顷)|米)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _expression(tree)


def _expression(node: dict[str, Any]) -> str:
    branches = [_escape(char) + _expression(rest) for char, rest in sorted(node.items()) if char]
    if not branches:
        return ""
    text = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return text + ("?" if "" in node else "")


def _escape(char: str) -> str:
    return re.escape(char).replace("/", r"\/")
