"""What the characters of a cell show to be broken, before any grammar: it is named and refused, never repaired."""

from __future__ import annotations

import re

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble

#: The longest cell that is read as anything but plain words.
MAX_LENGTH = 300
#: The most numbers, signs, joints and words of comparison and calendar in a cell. Real cells have a dozen; a list of
#: hundreds only costs time.
MAX_SIGNS = 48
_SIGNS = re.compile(
    r"[0-9][0-9.,]*|[A-Za-z]+|[一二两三四五六七八九十半百千万亿,;。、:·且或和及与并≥≤><=±~%/()①-⑳“”-]"
    r"|[年月日底每增减升降最不以较]"
)
BLANK = re.compile(r"[\s/\\.。…·_-]*")
#: Controls, marks that combine, directions and widths of zero, private characters, halves of characters, pictures.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\xad\u0300-\u036f\u0483-\u0489\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff"
    r"\ufe00-\ufe0f\ufeff\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff\U00010000-\U0001ffff\U000e0000-\U0010ffff"
)
#: Latin letters and signs that Chinese text turns into when it is opened in the wrong encoding.
_GARBLED = "¡-¤¦¨-¯´¶¸-¿ÂÃÄÅÆÇÐÑÝÞßâãäåæçïðñýþÿ"
_ODD = "℀-ℂ℄-℈ℊ-℩ℬ-⅏←-⇿■-◗◙-◮◰-◿☀-➿§¶†‡※"
#: One look tells whether a cell needs the closer looks below.
_SUSPECT = re.compile(
    rf"[{_INVISIBLE}{_GARBLED}{_ODD}<&{{}}$@#*?_=^|\\`锟鈮烫屯NXx×(OoОоIl□]|[0-9] +[0-9.]"
    r"|[0-9]。[0-9]|(?![0-9])\d|单位:"
)
_THOUSANDS = r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?(?= ?[一-龥])"
_DAMAGE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("PF303", rf"[{_INVISIBLE}]"),
        # <p>  </td>  &ge;  &#37;  ${7*7}  {{95}}
        ("PF304", r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]{1,6});?"),
        ("PF304", r"\$\{|\{\{|\}\}|`"),
        # =SUM(A1)  =A1  =1+1  @SUM(A1)  #DIV/0!  ########
        ("PF305", r"^[=@+]\s*[A-Za-z]+[0-9(|!]|^=[0-9.]+(?:[+*]|/[0-9.]+[-+*/])|^@[A-Za-z]"),
        ("PF305", r"#(?:DIV/0!|REF!|VALUE!|NAME\?|N/A|NUM!|NULL!)|#{3,}"),
        # Digits of other scripts are garbled as well, and so is a sign behind a number that no cell has: 95℅, 95☆, 5%↓
        ("PF308", rf"[{_GARBLED}]|锟斤拷|烫烫|屯屯|鈮|(?![0-9])\d|(?<=[0-9%万亿])[{_ODD}]"),
        # 98。5%
        ("PF309", r"[0-9]。[0-9]"),
        # ≥**人  ≥XX%  ≥__人  ≥?%  N次  ≥( )%
        ("PF306", r"\*{2,}|^[^0-9]*[*×][人户个次项%]|[Xx]{2,}|×{2,}|_+|\?+|□|\( *\)"),
        ("PF306", r"^(?:[≥≤><=]|不少于|不低于|不超过|至少)?[NXx](?=[个次人项名户家场%])"),
        # 95 98%; but 1 200人次 has the space between thousands that GB/T 15835 asks for
        ("PF317", rf"(?<![0-9])(?!{_THOUSANDS})[0-9][0-9.,]* +[0-9][0-9.]*(?![0-9]*[年月日])"),
        # 单位:万元 120  120，单位:万元
        ("PF315", r"(?:^|(?<=[0-9%,;])|(?<=[0-9%,;] ))单位:"),
        # ≥9O%  ≥l00%  90o/o
        (
            "PF307",
            r"(?<![A-Za-z])(?:[0-9]+[OoОо][0-9OoОо]*|[0-9]*[lI|][0-9]+|[0-9]+[lI|][0-9]*|(?!O3)[OoОо][0-9]+|[0-9]+[°o]/o)"
            r"(?=$|[%‰万亿人个次户元项,;。)~-])",
        ),
    )
)


def is_crowded(compact: str) -> bool:
    """Tell whether a cell is longer, or holds more numbers, signs and joints, than anybody would look through."""
    return len(compact) > MAX_LENGTH or (len(compact) > MAX_SIGNS and len(_SIGNS.findall(compact)) > MAX_SIGNS)


def is_blank(folded: str) -> bool:
    """Tell whether a folded cell holds nothing: empty, a slash, dashes, dots."""
    return BLANK.fullmatch(folded) is not None


def check_damage(text: CellText) -> None:
    """Refuse a cell whose characters show damage.

    Raises:
        Trouble: PF303 to PF309, PF315, PF317, with the place in the compact text.
    """
    stripped = text.folded.strip(" ")
    found = find_damage(stripped)
    if found is not None:
        # Places are counted without spaces, as everywhere.
        code, start, end = found
        raise Trouble(code, start - stripped.count(" ", 0, start), end - stripped.count(" ", 0, end))


def find_damage(folded: str) -> tuple[str, int, int] | None:
    """Return the code and the place of the first damage that the characters show, or `None`.

    >>> find_damage("≥95%"), find_damage("=SUM(A1)")
    (None, ('PF305', 0, 5))
    """
    if _SUSPECT.search(folded) is None:
        return None
    for code, pattern in _DAMAGE:
        match = pattern.search(folded)
        if match is not None:
            return code, match.start(), match.end()
    return None
