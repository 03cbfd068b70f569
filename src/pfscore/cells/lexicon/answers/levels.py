"""Words that stand on an ordered scale: 优良中差, 健全/基本健全/不健全, 达成/部分达成/未达成.

The scales themselves are `grammar/levels.txt`; this module only reads them.
"""

from __future__ import annotations

from functools import cache

from pfscore.foundation.folding import fold_unit
from pfscore.foundation.runtime.word_lists import section_lines

#: The ranks of a quality, best first, as forms write them.
_GRADES = (("~",), ("较~", "比较~"), ("基本~",), ("部分~",), ("不~", "未~", "欠~", "不够~"))


@cache
def scales() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return every scale: its name, and the words of each rank, the best first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, lines in section_lines("levels.txt").items():
        if name == "~":
            for word in " ".join(lines).split():
                found[word] = [tuple(form.replace("~", word) for form in forms) for forms in _GRADES]
        else:
            found[name] = [tuple(line.split()) for line in lines]
    return {name: tuple(ranks) for name, ranks in found.items()}


@cache
def _places() -> dict[str, dict[str, int]]:
    places: dict[str, dict[str, int]] = {}
    for name, ranks in scales().items():
        for rank, words in enumerate(ranks):
            for word in words:
                places.setdefault(word, {}).setdefault(name, rank)
    return places


def level_scale(text: str) -> tuple[str, int] | None:
    """Return the scale that `text` belongs to and its rank on it (0 is the best), or `None`.

    A word of several scales (一般) is given with the first; :func:`ranks` finds the one that two words share.

    >>> level_scale("良好"), level_scale("基本健全"), level_scale("应保尽保")
    (('优良中差', 1), ('健全', 2), None)
    """
    found = _places().get(_plain(text))
    return next(iter(found.items())) if found else None


def ranks(one: str, other: str) -> tuple[int, int] | None:
    """Return the ranks of two words on the scale that both stand on (0 is the best), or `None`.

    >>> ranks("较显著", "一般"), ranks("优", "一般"), ranks("优", "显著")
    ((1, 2), (0, 2), None)
    """
    places = _places()
    first, second = places.get(_plain(one), {}), places.get(_plain(other), {})
    return next(((rank, second[name]) for name, rank in first.items() if name in second), None)


def _plain(text: str) -> str:
    return fold_unit(text).rstrip("。.;,")
