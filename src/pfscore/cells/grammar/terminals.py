"""The terminals that need the table of units or the words of other terminals; and the lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pfscore.cells.lexicon import numerals
from pfscore.cells.lexicon.quantities import known_units
from pfscore.foundation.runtime.resources import data_dir

_STRING = re.compile(r'"([^"]+)"')
#: A terminal that is a list of words, over one or several lines.
_LIST = re.compile(r'^([A-Z_]+(?:\.[0-9]+)?):((?:\s*\|?\s*"[^"\n]+")+)[ \t]*$', re.MULTILINE)
#: An empty group that always holds; its "$" keeps `interegular`, where it is installed, from comparing the long word
#: lists with everything (minutes). tests/cells/grammar/test_parser.py compares them word by word.
_OPAQUE = "(?:|$)"

_PATTERN = re.compile(r"/((?:\\/|[^/\n])+)/")
#: Lists whose words stand only where no running text is read.
_NEVER_IN_TEXT = frozenset({"SCALE", "AROUND", "CLOSE", "LEFT", "DOT", "TIMES", "PLUS_MINUS", "WHICH_YEAR"})
#: Grades are ordered downwards (一级 is better than 二级), so a numeral before them is a word, not a quantity.
_GRADES = frozenset({*"级等类档款号代点面方手线样生餐", "等级", "档次"})
_MACRO = re.compile(r"⟨([a-z_]+)⟩")
_DEFINED = re.compile(r"^//: ([a-z_]+) +(.+)$", re.MULTILINE)


def grammar_text(name: str) -> str:
    """Return a file of the grammar; its word lists become one pattern each, which is faster to match."""
    text = (data_dir("grammar") / name).read_text(encoding="utf-8")
    return _LIST.sub(lambda match: f"{match[1]}: /{trie(_STRING.findall(match[2]))}{_OPAQUE}/", text)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Return the words of each list of `terminals.lark`, by the name of its terminal."""
    text = (data_dir("grammar") / "terminals.lark").read_text(encoding="utf-8")
    return {match[1].partition(".")[0]: tuple(_STRING.findall(match[2])) for match in _LIST.finditer(text)}


@cache
def patterns() -> dict[str, str]:
    """Return the patterns that `vocabulary.lark` calls by name."""
    text = (data_dir("grammar") / "vocabulary.lark").read_text(encoding="utf-8")
    units = known_units()
    found = {
        "unit": trie(units),
        "counted": trie(word for word in units if word not in _GRADES),
        "words": trie(word for name, words in word_lists().items() if name not in _NEVER_IN_TEXT for word in words),
        "beginnings": "|".join(_PATTERN.findall(grammar_text("terminals.lark").partition("BEGINNINGS:")[2])),
    }
    for name, pattern in _DEFINED.findall(text):
        found[name] = _MACRO.sub(lambda match: found[match[1]], pattern)
    return found


@cache
def vocabulary() -> str:
    """Return `vocabulary.lark`, completed."""
    text = (data_dir("grammar") / "vocabulary.lark").read_text(encoding="utf-8")
    known = patterns()
    completed = _MACRO.sub(lambda match: known[match[1]], text.partition("\n\n")[2])
    return re.sub(r"(?<!/)/$", f"{_OPAQUE}/", _DEFINED.sub("", completed), flags=re.MULTILINE)


@cache
def _count_pattern() -> re.Pattern[str]:
    return re.compile(patterns()["to_digits"])


def counts_in_digits(text: str) -> str:
    """Write the first Chinese numeral that stands before a unit in digits.

    >>> counts_in_digits("至少举办一次培训")
    '至少举办1次培训'
    """

    def digits(match: re.Match[str]) -> str:
        number = numerals.han(match[1])
        return match[0] if number is None or number.denominator != 1 else str(number)

    return _count_pattern().sub(digits, text, count=1)


def trie(words: Iterable[str]) -> str:
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
