"""A target in words that either of two things meets: 二级或三级, 县级或市级验收合格."""

from __future__ import annotations

from pfscore.cells.lexicon.levels import ranks
from pfscore.cells.lexicon.undone import stands_lower
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.readings import Level
from pfscore.foundation.folding import fold_words
from pfscore.foundation.text import Message
from pfscore.scoring.row.preparing.related.beside_target import Found

# The rule is described, with rows, in grammar/words/by_label.txt.
_EITHER = rule("either_in_words")


def either_in_words(target: Level, actual: Level, said: str) -> Found:
    """Yield the one of two alternatives that an actual names, or the lower one where it is lower than both."""
    found = _EITHER.fullmatch(fold_words(target.text))
    if found is None:
        return
    pair = _apart(found["left"], found["right"])
    if pair is None:
        return
    named = [whole for word, whole in pair if word in said]
    if not named and all(_is_lower(whole, said) for _, whole in pair):
        named = [whole for at, (_, whole) in enumerate(pair) if _is_lower(pair[1 - at][1], whole)]
    if len(named) == 1:
        zh, en = f"“{target.text}”里按“{named[0]}”比较", f"of “{target.text}”, “{named[0]}” is compared"
        yield Level(named[0]), actual, Message(zh, en)


def _is_lower(target: str, said: str) -> bool:
    """Return whether words are of a lower rank than others."""
    places = ranks(target, said)
    return stands_lower(target, said) if places is None else places[1] > places[0]


def _apart(left: str, right: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the words that tell two alternatives apart, each with the whole that it stands for.

    >>> _apart("通过二级", "三级测评")
    (('二级', '通过二级测评'), ('三级', '通过三级测评'))
    >>> _apart("砼", "沥青"), _apart("国家级", "省级验收")
    ((('砼', '砼'), ('沥青', '沥青')), (('国家级', '国家级验收'), ('省级', '省级验收')))
    """
    end = right.find(left[-1]) + 1
    if not end:
        return (left, left), (right, right)
    word, tail = right[:end], right[end:]
    if len(left) < len(word):
        return None
    # 国家级 is one word, 通过二级 two.
    is_one_word = len(left) <= _LONGEST and left[: -len(word)] not in _DEEDS
    start = 0 if is_one_word else len(left) - len(word)
    one, head = left[start:], left[:start]
    return (one, f"{left}{tail}"), (word, f"{head}{word}{tail}")


_LONGEST, _DEEDS = 3, frozenset({"达", "获", "评", "为"})
