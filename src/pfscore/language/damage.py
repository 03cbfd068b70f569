"""What the characters of a cell show to be broken, before any grammar: it is named and refused, never repaired."""

from __future__ import annotations

import re

from pfscore.language.celltext import CellText
from pfscore.language.parts import Trouble

#: The longest cell that is read as anything but plain words.
MAX_LENGTH = 500

BLANK = re.compile(r"[\s/\\.。…·_-]*")
#: One look tells whether a cell needs the closer looks below.
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad¡-¤¦¨-¯´¶¸-¿ÂÃÄÅÆÇÐÑÝÞßâãäåæçïðñýþÿ\u0300-\u036f\u0483-\u0489\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff\U00010000-\U0010ffff<&{}$@#*?_=^|\\锟鈮烫屯NXx×(OoОоIlSB□]|[0-9] +[0-9.]"
    r"|[^\x00-\x7f]{0}(?![0-9])\d"
)
_KINDS = (
    ("PF303", re.compile(
        r"[\x00-\x1f\x7f-\x9f\xad\u0300-\u036f\u0483-\u0489\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f"
        r"\ufeff\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff\U00010000-\U0001ffff\U000e0000-\U0010ffff]"
    )),
    ("PF304", re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});?|\$\{|\{\{|\}\}|`")),
    ("PF305", re.compile(
        r"^[=@+]\s*[A-Za-z]+[0-9(|!]|^=[0-9.]+[+*/]|^[@][A-Za-z]|#(?:DIV/0!|REF!|VALUE!|NAME\?|N/A|NUM!|NULL!)|#{3,}"
    )),
    ("PF308", re.compile(r"[¡-¤¦¨-¯´¶¸-¿ÂÃÄÅÆÇÐÑÝÞßâãäåæçïðñýþÿ]|锟斤拷|烫烫|屯屯|鈮|(?![0-9])\d")),
    ("PF306", re.compile(
        r"\*{2,}|^[^0-9]*\*[人户个次项%]|[Xx]{2,}|×{2,}|^[^0-9]*×[人户个次项%]|_+|\?+|□|\([ ]*\)"
        r"|^(?:[≥≤><=]|不少于|不低于|不超过|至少)?[NXx](?=[个次人项名户家场%])"
    )),
)  # fmt: skip
_LOOK_ALIKE = re.compile(
    r"(?<![A-Za-z])(?:[0-9]+[OoОо][0-9OoОо]*|[0-9]*[lI|][0-9]+|[0-9]+[lI|][0-9]*|(?!O3)[OoОо][0-9]+|[0-9]+[°o]/o)(?=$|[%‰万亿人个次户元项,;。)~-])"
)
#: Two numbers with nothing but a space between them.
_APART = re.compile(r"(?<![0-9])[0-9][0-9.,]* +[0-9][0-9.]*(?![0-9]*[年月日])")


def is_blank(folded: str) -> bool:
    """Tell whether a folded cell holds nothing: empty, a slash, dashes, dots."""
    return BLANK.fullmatch(folded) is not None


def check_damage(text: CellText) -> None:
    """Refuse a cell whose characters show damage.

    Raises:
        Trouble: PF303 to PF308, PF317, with the place in the compact text.
    """
    found = find_damage(text.folded.strip(" "))
    if found is not None:
        code, start, end = found
        # Places are counted without spaces, as everywhere.
        stripped = text.folded.strip(" ")
        start -= stripped.count(" ", 0, start)
        end -= stripped.count(" ", 0, end)
        raise Trouble(code, start, end)


def find_damage(folded: str) -> tuple[str, int, int] | None:
    """Return the code and the place of the first damage that the characters show, or `None`.

    >>> find_damage("≥95%"), find_damage("=SUM(A1)")
    (None, ('PF305', 0, 5))
    """
    if _SUSPECT.search(folded) is None:
        return None
    for code, pattern in _KINDS:
        match = pattern.search(folded)
        if match is not None:
            return code, match.start(), match.end()
    match = _APART.search(folded)
    if match is not None:
        return "PF317", match.start(), match.end()
    match = _LOOK_ALIKE.search(folded)
    return None if match is None else ("PF307", match.start(), match.end())
