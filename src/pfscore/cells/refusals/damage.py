"""What is wrong with a cell: characters that show damage, and the mistake where the grammar stopped.

It is named and refused, never repaired.
"""

from __future__ import annotations

import re

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.word_patterns import rule

#: The longest cell that is read as anything but plain words.
MAX_LENGTH = 300
#: The most numbers, signs, joints and words of comparison and calendar in a cell. Real cells have a dozen; a list of
#: hundreds only costs time.
MAX_SIGNS = 48
#: Damage stands in a few characters beside each other; longer texts are looked through by overlapping stretches.
_STRETCH = 2 * MAX_LENGTH
_SIGNS = re.compile(
    r"[0-9][0-9.,]*|[A-Za-z]+|[一二两三四五六七八九十半百千万亿,;。、:·且或和及与并≥≤><=±~%/()①-⑳“”-]"
    r"|[年月日底每增减升降最不以较]"
)
#: A single 一 is a dash.
BLANK = re.compile(r"[\s/\\.。…·_-]*|\s*一+\s*")
# The rules are described, with cells, in grammar/words/damage.txt.
_SUSPECT = rule("suspect")
#: Digits that a converter spread are no two numbers.
SPACED_OUT = rule("digits_spaced_out")
#: The first that is found names the damage.
_DAMAGE = tuple(
    (code, rule(name))
    for code, name in (
        ("PF303", "hidden_character"),
        ("PF304", "markup"),
        ("PF304", "template"),
        ("PF305", "spreadsheet_formula"),
        ("PF305", "spreadsheet_error"),
        ("PF308", "garbled"),
        ("PF309", "chinese_full_stop"),
        ("PF331", "letter_for_ten_thousand"),
        ("PF306", "placeholder"),
        ("PF306", "letter_for_number"),
        ("PF317", "space_in_number"),
        ("PF315", "unit_named"),
        ("PF307", "letter_in_number"),
    )
)


def is_crowded(compact: str) -> bool:
    """Return whether a cell is longer, or holds more numbers, signs and joints, than anybody would look through."""
    return len(compact) > MAX_LENGTH or (len(compact) > MAX_SIGNS and len(_SIGNS.findall(compact)) > MAX_SIGNS)


def is_blank(folded: str) -> bool:
    """Return whether a folded cell holds nothing: empty, a slash, dashes, dots."""
    return BLANK.fullmatch(folded) is not None


def check_damage(text: CellText) -> None:
    """Refuse a cell whose characters show damage.

    Raises:
        Trouble: PF303 to PF309, PF315, PF317, with the place in the compact text.
    """
    stripped = text.folded.strip(" ")
    if SPACED_OUT.search(stripped) is not None:
        stripped = text.compact
    found = find_damage(stripped)
    if found is not None:
        # Places are counted without spaces, as everywhere.
        start, end = (place - stripped.count(" ", 0, place) for place in (found.start, found.end))
        raise Trouble(found.code, start, end, **found.details)


def _first_damage(folded: str) -> Trouble | None:
    """Look through a text that is far longer than a cell stretch by stretch, which costs what its length costs."""
    for begin in range(0, len(folded), _STRETCH):
        if (found := find_damage(folded[begin : begin + 2 * _STRETCH])) is not None:
            return Trouble(found.code, begin + found.start, begin + found.end, **found.details)
    return None


def find_damage(folded: str) -> Trouble | None:
    """Return the first damage that the characters show, or `None`.

    >>> find_damage("≥95%"), find_damage("=SUM(A1)").code
    (None, 'PF305')
    """
    if len(folded) > 2 * _STRETCH:
        return _first_damage(folded)
    if _SUSPECT.search(folded) is None:
        return None
    for code, damage in _DAMAGE:
        match = damage.search(folded)
        if match is not None:
            return Trouble(code, match.start(), match.end(), case=damage.name)
    return None


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
        ("PF331", "accounting_minus"),
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
            return Trouble(code, match.start(), match.end(), case=mistake.name)
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
