"""The terminals that are made, not written: from the table of units, and from the words of `terminals.lark`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pfscore.foundation.resources import data_dir
from pfscore.language import numerals
from pfscore.language.units import known_units

_STRING = re.compile(r'"([^"]+)"')
#: A terminal that is a list of words, over one or several lines.
_LIST = re.compile(r'^([A-Z_]+(?:\.[0-9]+)?):((?:\s*\|?\s*"[^"\n]+")+)[ \t]*$', re.MULTILINE)
#: An empty group that always holds; its "$" keeps `interegular`, where it is installed, from comparing the long word
#: lists with everything (minutes). tests/language/test_grammar.py compares them word by word.
_OPAQUE = "(?:|$)"

_PATTERN = re.compile(r"/((?:\\/|[^/\n])+)/")
#: Lists whose words stand only where no running text is read.
_NEVER_IN_TEXT = frozenset({"SCALE", "AROUND", "CLOSE", "LEFT", "DOT", "TIMES", "PLUS_MINUS", "WHICH_YEAR", "YUAN"})
#: Characters that are never running text: signs and digits must be explained, or the cell is refused.
_SIGNS = r"0-9≥≤><=≠±%‰‱+×÷*~^$#@&|\\{}_`?≈€£¥℃°\-\/.,;。\[\]»«›‹〉〈》《²³√∞"
_ONES = "零〇一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
_NUMERAL = rf"[{_ONES}](?:[{_ONES}万亿佰仟]|千(?![克米瓦卡伏帕焦赫升])|百(?!分))*(?:点[{_ONES}]+[万亿]?)?"
#: Numerals in Chinese are numbers only where nothing else can be meant: 三次 but not 三次元.
_COUNT = rf"(?<![第数几上下好每近个])(?:[一二两三四五六七八九]个半|{_NUMERAL}|半(?!$|以|[,;。)]))"
_AFTER_UNIT = (
    r"(?:整?$|以[上下内]|之[上下内]|及以|左右|上下|内|半|[,;。)(\/、~-]|每|且|或|[至到][一二两三四五六七八九十])"
)
_AFTER_NUMBER = r"(?:$|以[上下内]|之[上下内]|及以|左右|上下|内$|\()"
_BEHIND = r"(?<=[于过少多达到至足超约近≈≥≤≯≮><=为在)~-])"
#: Grades are ordered downwards (一级 is better than 二级), so a numeral before them is a word, not a quantity.
_GRADES = frozenset("级等类档款号代点面方手线样生")
#: Words that begin like a unit and are none: 60-80区间, 5项目标 (5 项).
_NEVER_A_UNIT = "区间|区域"
#: What may follow a number directly and is no unit.
_NOT_A_UNIT = (
    r"[十百千万亿零一二三四五六七八九两半]|[OoIl](?![A-Za-z])"
    r"|[^,;。()\/]{0,3}(?:[的了是已未不无均全或且和及前后余多至到以之内左上下]|完成|达标|合格|到位|优秀|满意|及格|增长|下降|提高|提升|降低|减少|率|区间|之间|范围|为)"
)


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
def vocabulary() -> str:
    """Return `vocabulary.lark`."""
    units = known_units()
    unit = trie(units)
    counted = trie(word for word in units if word not in _GRADES)
    second = rf"[至到~-]{_NUMERAL}(?:{counted})"
    terminals = {
        "EVERY.33": rf"每(?:[0-9]+|[两二三四五六七八九十]+(?=年|月|周|天|日|个月|小时|季度))?[十百千万]*(?:{unit})(?:(?<!每个)|(?=[0-9]))"
        rf"|(?:一(?:年|季度|季|月|周|天|日)|半年)(?=[{_ONES}0-9])",
        "HAN_COUNT.32": rf"{_COUNT}(?=(?:{counted}){_AFTER_UNIT}|{second})|{_BEHIND}(?:{_COUNT}(?={counted})|(?![零〇]){_COUNT}(?={_AFTER_NUMBER}))"
        rf"|^(?![零〇]){_COUNT}(?={_AFTER_NUMBER})",
        "UNIT_NOTE.30": rf"\((?=[十百千万亿]*{unit}\))",
        "UNIT.31": rf"(?!{_NEVER_A_UNIT}){unit}",
        "NEW_UNIT.-1": rf"(?!{_NOT_A_UNIT})(?:[一-龥]{{1,4}}(?=$|[,;。()\/~±-]|以[上下内]|之[上下内]|左右|及以|内$|[至到][0-9])"
        r"|[A-Za-z]{1,6}[0-9²³]?(?![A-Za-z0-9一-龥]))",
        "WORD.-2": rf"(?:(?!{_beginnings()})[^{_SIGNS}A-Za-z])+|[A-Za-z]+(?![0-9])|(?<=[一-龥])[-\/](?=[一-龥])|\.(?![0-9])|[^{_SIGNS}]",
    }
    return "".join(f"{name}: /{pattern}{_OPAQUE}/\n" for name, pattern in terminals.items())


@cache
def _count_pattern() -> re.Pattern[str]:
    counted = trie(word for word in known_units() if word not in _GRADES)
    return re.compile(rf"(?<![第数几上好每近个{_ONES}])({_NUMERAL})(?!次性|体化|站式|件事|揽子|带一路)(?={counted})")


def counts_in_digits(text: str) -> str:
    """Write the first Chinese numeral that stands before a unit in digits.

    >>> counts_in_digits("至少举办一次培训")
    '至少举办1次培训'
    """

    def digits(match: re.Match[str]) -> str:
        number = numerals.han(match[1])
        return match[0] if number is None or number.denominator != 1 else str(number)

    return _count_pattern().sub(digits, text, count=1)


def _beginnings() -> str:
    """Return where running text stops: at a listed word that may stand in it, and where a pattern can begin."""
    patterns = _PATTERN.findall(grammar_text("terminals.lark").partition("BEGINNINGS:")[2])
    words = trie(word for name, words in word_lists().items() if name not in _NEVER_IN_TEXT for word in words)
    return "|".join([words, *patterns])


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
