"""Numbers that a cell writes as a word: 零, 翻一番, 减半."""

from __future__ import annotations

from fractions import Fraction

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Change, Quantity, TargetKind

# The rules are described, with cells, in grammar/words/comparisons.txt.
_MULTIPLIED, _HALVED, _ZERO = rules("multiplied", "halved", "zero")
_FOLDS = {None: 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_EDGES = {
    None: TargetKind.BARE,
    "以上": TargetKind.AT_LEAST,
    "左右": TargetKind.APPROXIMATELY,
    "以内": TargetKind.AT_MOST,
}


def change_in_words(compact: str) -> Change | None:
    """Read 翻一番 (增长100%), 翻两番 (增长300%) and 减半 (下降50%).

    >>> str(change_in_words("农民收入翻一番以上")), str(change_in_words("减半")), change_in_words("未翻番")
    ('增长≥100%', '下降50%', None)
    """
    if (match := _MULTIPLIED.fullmatch(compact)) is not None:
        size = Quantity(Fraction(2 ** _FOLDS[match["folds"]] - 1), "1")
        return Change("increase", _EDGES[match["edge"]], size, label=match["what"])
    if (match := _HALVED.fullmatch(compact)) is not None:
        return Change("decrease", _EDGES[match["edge"]], Quantity(Fraction(1, 2), "1"), label=match["what"])
    return None


def zero_in_digits(compact: str) -> str | None:
    """Return a zero that is written as a word, with its sign, in digits.

    >>> zero_in_digits("≤零"), zero_in_digits("零投诉")
    ('≤0', None)
    """
    match = _ZERO.fullmatch(compact)
    return None if match is None else f"{match['sign'] or ''}0{match['unit'] or ''}"
