"""Two short ways around the grammar, for the cells that are seen most: a plain number, and plain words.

They never decide anything themselves: what is asked of the number, and which words are a level, is told by the same
functions that the grammar's way ends in. tests/language/test_shortcuts.py holds the two ways equal.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from pfscore.foundation.numbers import MAX_DIGITS, looks_like_float_noise
from pfscore.language import numerals
from pfscore.language.demands import EDGES, EXPLICIT, Demand
from pfscore.language.parts import Amount, Side
from pfscore.language.readings import Op
from pfscore.language.units import RATIO, SCALES, known_units
from pfscore.language.vocabulary import trie, word_lists

_ONE = Fraction(1)
#: Units that a number may also make a date with (9月, 2020年), or a name (5G).
_DOUBTFUL = ("年", "月", "日", "号", "季", "学年", "学期", "G", "K", "分")
#: Characters that no date, no measure and no sign has: a cell of them is words, whatever they say.
_WORD = (
    r"[^0-9A-Za-z零〇一二三四五六七八九十百千万亿半两壹贰叁肆伍陆柒捌玖拾年月日号季旬周适涉"
    r"≥≤><=≠±≈≮≯~%‰‱+*×÷^$#@&|\\{}_`?!£€¥℃°√∞/·.,;\[\]<>《》〈〉«»‹›²³\"'‘’①-⑳。-]"
)
_WORDS = re.compile(rf"{_WORD}+(?:[,;。]{_WORD}+)*。?")


@cache
def _plain() -> re.Pattern[str]:
    lists = word_lists()
    heads = trie(word for kind in EXPLICIT if kind in lists for word in lists[kind])
    scales = trie(SCALES)
    units = trie(word for word in known_units() if not word.startswith(_DOUBTFUL))
    edges = trie([*(word for kind in EDGES if kind in lists for word in lists[kind]), "内"])
    return re.compile(rf"({heads})?(0|[1-9][0-9]*)(\.[0-9]+)?(?:({scales})(?![十百千万亿]))??(?:({units})({edges})?)?")


@cache
def _heads() -> dict[str, Op]:
    return {word: op for kind, op in EXPLICIT.items() for word in word_lists().get(kind, ())}


@cache
def _edges() -> dict[str, Op]:
    return {"内": Op.AT_MOST} | {word: op for kind, op in EDGES.items() for word in word_lists().get(kind, ())}


def plain_number(text: str) -> tuple[Side, Demand] | None:
    """Read ≥26万人 or 95%以上; `None` where the grammar must be asked.

    >>> side, demand = plain_number("≥26万人")
    >>> side.amount.value, side.amount.unit, demand.op
    (Fraction(260000, 1), '人', <Op.AT_LEAST: 'at_least'>)
    """
    match = _plain().fullmatch(text)
    if match is None:
        return None
    head, whole, places, scale, unit, edge = match.groups()
    if len(whole) + len(places or "") > 11:
        number = whole + (places or "")
        if len(number) > MAX_DIGITS or looks_like_float_noise(number):
            return None
    op = None if head is None else _heads()[head]
    if edge is not None:
        behind = _edges()[edge]
        if op is not None and op is not behind:
            return None
        op = behind
    name, factor = None, _ONE
    if unit is not None:
        known = known_units()[unit]
        name, factor = known.text, known.factor if known.text == RATIO else _ONE
    start = len(head) if head is not None else 0
    end = len(text) - (len(edge) if edge is not None else 0)
    value = numerals.decimal(whole + places) if places is not None else Fraction(int(whole))
    amount = Amount(value, 1 if scale is None else SCALES[scale], name, factor, odd=False, start=start, end=end)
    return Side(amount), _NOTHING if op is None else Demand(op)


_NOTHING = Demand()


def plain_words(text: str) -> bool:
    """Tell whether a text is words and nothing that could be a number, a date or a sign.

    >>> plain_words("有效提升"), plain_words("一次性完成")
    (True, False)
    """
    return _WORDS.fullmatch(text) is not None
