"""Why the grammar could not read a cell: from the place where it stopped to the kind of mistake that was made."""

from __future__ import annotations

import re

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.word_patterns import rule

#: The first that is found in the cell names the mistake; the order is from the special to the general.
_MISTAKES = tuple(
    (code, rule(name))
    for code, name in (
        ("PF309", "commas_in_number"),
        ("PF309", "points_in_number"),
        ("PF309", "hexadecimal"),
        ("PF322", "doubled_share"),
        ("PF307", "look_alike"),
        ("PF315", "comparison_behind"),
        ("PF315", "share_before"),
        ("PF313", "doubled_minus"),
        ("PF318", "half_interval"),
        ("PF318", "half_bracket"),
        ("PF316", "no_number"),
    )
)
_NOT_ONLY_WORDS = rule("not_only_words")
_LAST_NUMBER = re.compile(r"[0-9.]+$")


def diagnose(trouble: Trouble, compact: str) -> Trouble:
    """Return what `trouble`, a cell that the grammar could not read, is called by people.

    >>> diagnose(Trouble("PF302", 3, 4), "95%%").code
    'PF322'
    """
    for code, mistake in _MISTAKES:
        match = mistake.search(compact)
        if match is not None and match.end() > match.start():
            return Trouble(code, match.start(), match.end())
    last = _LAST_NUMBER.search(compact)
    if trouble.start == len(compact) and last is not None and re.search(r"[0-9]", compact[: last.start()]):
        return Trouble("PF317", last.start(), last.end())
    before = compact[: trouble.start]
    if re.search(r"[0-9]", before) and re.match(r"[0-9(]|[≥≤><=]?[0-9]", compact[trouble.start :]):
        return Trouble("PF317", trouble.start, trouble.end)
    return trouble


#: A date or a count in Chinese numerals is shorter than this; what is longer and has no digit is words.
_LONG = 100


def is_words(compact: str) -> bool:
    """Return whether a cell that the grammar could not read holds nothing but words all the same."""
    return _NOT_ONLY_WORDS.search(compact) is None


def is_prose(compact: str) -> bool:
    """Return whether a cell is a long text of words, which the grammar need not be asked about."""
    return len(compact) > _LONG and is_words(compact)
