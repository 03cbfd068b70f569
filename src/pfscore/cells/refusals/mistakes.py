"""Why the grammar could not read a cell: from the place where it stopped to the kind of mistake that was made."""

from __future__ import annotations

import re

from pfscore.cells.grammar.tree import Trouble

#: The first that is found in the cell names the mistake; the order is from the special to the general.
_MISTAKES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        # 12,34  1,,000  500,人
        ("PF309", r"[0-9]+(?:,+[0-9]+)+,?(?![^\[(]*[\])]$)"),
        # 1.2.3  95..5  95.%  .5%
        ("PF309", r"[0-9]*\.[0-9]*\.[0-9.]*|[0-9]+\.(?![0-9])|(?<![0-9])\.[0-9]*"),
        # 1e99  0x1F
        ("PF309", r"[0-9]+[eExX][0-9A-Fa-f+]+"),
        # 95%%  三成%  95%‰
        ("PF322", r"[%‰‱成]{2,}|(?<=分之)[0-9一二三四五六七八九十百.]+[%‰]"),
        # ≥9S%  90$  ^80%  5=50%  W0
        ("PF307", r"[0-9]+[SBZOolI|][0-9]*|[0-9]+\$|^[\^WwZz][0-9]+|[0-9]+=[0-9]+"),
        # 95%≥  30人≥
        ("PF315", r"(?<=[0-9%‰一-龥])[≥≤><=]+$"),
        # %95  %≥95
        ("PF315", r"(?:^|(?<=[≥≤><=]))[%‰][≥≤><=]?(?=[0-9])"),
        # --5  +-5
        ("PF313", r"^[-+]{2,}"),
        # 60%-  100±  60%-80%-90%  [60%,80%
        ("PF318", r"(?<=[0-9%‰一-龥])[-~至到±]+$|±(?![0-9])|[-~][^-~,;。]+[-~](?=[0-9])|±.+±"),
        ("PF318", r"^\[[^\]]*$|^[^\[]*\]$|^[(\[].*[)\]]$"),
        # ≥%  ±  不低于%
        ("PF316", r"^[^0-9一二三四五六七八九十半]*[%‰‱≥≤><=±~][^0-9一二三四五六七八九十半]*$"),
    )
)


_LAST_NUMBER = re.compile(r"[0-9.]+$")


def diagnose(trouble: Trouble, compact: str) -> Trouble:
    """Return what `trouble`, a cell that the grammar could not read, is called by people.

    >>> diagnose(Trouble("PF302", 3, 4), "95%%").code
    'PF322'
    """
    for code, pattern in _MISTAKES:
        match = pattern.search(compact)
        if match is not None and match.end() > match.start():
            return Trouble(code, match.start(), match.end())
    last = _LAST_NUMBER.search(compact)
    if trouble.start == len(compact) and last is not None and re.search(r"[0-9]", compact[: last.start()]):
        return Trouble("PF317", last.start(), last.end())
    before = compact[: trouble.start]
    if re.search(r"[0-9]", before) and re.match(r"[0-9(]|[≥≤><=]?[0-9]", compact[trouble.start :]):
        return Trouble("PF317", trouble.start, trouble.end)
    return trouble


#: A cell without any of these is words, even where its words do not make a condition.
_MEASURES = re.compile(r"[0-9%‰‱≥≤><=±~$^#@|\\{}_`+?]|分之")


#: A date or a count in Chinese numerals is shorter than this; what is longer and has no digit is words.
_LONG = 100


def is_words(compact: str) -> bool:
    """Tell whether a cell that the grammar could not read holds nothing but words all the same."""
    return _MEASURES.search(compact) is None


def is_prose(compact: str) -> bool:
    """Tell whether a cell is a long text of words, which the grammar need not be asked about."""
    return len(compact) > _LONG and is_words(compact)
