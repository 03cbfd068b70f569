"""The nearest cells that would be read, for the hint of a refusal. They are offered, never taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal

from pfscore.cells.grammar.tree import Trouble

_DIGIT_OF = str.maketrans(
    {"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;|&#x?[0-9a-fA-F]+;")
_ENTITIES = {"&ge;": "≥", "&le;": "≤", "&gt;": ">", "&lt;": "<", "&nbsp;": "", "&#37;": "%"}
_PRIVATE = {"\uf0b3": "≥", "\uf0a3": "≤", "\uf0b1": "±"}


def nearest(trouble: Trouble, compact: str, readable: Callable[[str], bool]) -> tuple[str, ...]:
    """Return at most two cells near `compact` that would be read."""
    if len(compact) > 60:
        return ()
    found: list[str] = []
    for candidate in _candidates(trouble, compact):
        if candidate and candidate != compact and candidate not in found and readable(candidate):
            found.append(candidate)
            if len(found) == 2:
                break
    return tuple(found)


def _candidates(trouble: Trouble, compact: str) -> Iterator[str]:
    before, part, behind = compact[: trouble.start], compact[trouble.start : trouble.end], compact[trouble.end :]
    match trouble.code:
        case "PF303" | "PF304":
            yield _cleaned(compact)
        case "PF307":
            yield from _look_alikes(before, part, behind)
        case "PF309" | "PF317":
            yield from (before + number + behind for number in _numbers(part))
        case "PF311":
            yield before + _shortest(part) + behind
        case "PF313" | "PF322":
            yield before + part[: (len(part) + 1) // 2] + behind
            yield before + part[1:] + behind
        case "PF315":
            if part == "单位:":
                # 单位:万元120, and 120,单位:万元
                yield _UNIT_FIRST.sub(r"\2\1", before.rstrip(",;") + behind)
                return
            yield part + before + behind
            yield before + behind + part
        case "PF319":
            swapped = _ENDS.fullmatch(compact)
            if swapped is not None:
                yield "".join((swapped[1] or "", swapped[4], swapped[3], swapped[2], swapped[5] or ""))


_UNIT_FIRST = re.compile(r"^([^0-9]+)([0-9.]+)$")
_ENDS = re.compile(r"(\[|\()?(.+?)([-~至到,])(.+?)(\]|\))?")


def _cleaned(text: str) -> str:
    """Take out what nobody sees, and markup; signs of the Symbol font and entities become what they show."""
    for written, shown in (_PRIVATE | _ENTITIES).items():
        text = text.replace(written, shown)
    return "".join(char for char in _MARKUP.sub("", text) if unicodedata.category(char) not in _UNSEEN)


_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Me", "So"})


def _numbers(part: str) -> Iterator[str]:
    yield part.replace(",", "")
    yield re.sub(r"\.{2,}", ".", part)
    yield part.rstrip(".")
    if part.startswith("."):
        yield f"0{part}"


def _look_alikes(before: str, part: str, behind: str) -> Iterator[str]:
    digits = part.translate(_DIGIT_OF)
    yield before + digits + behind
    if part.endswith("$"):
        yield before + part[:-1] + "%" + behind
    if part[:1] in "^Zz2工" and part[1:2].isdigit():
        yield before + "≥" + part[1:].replace("$", "%") + behind
    if part in {"工", "^", "Z", "z"}:
        yield f"{before}≥{behind}"
        yield f"{before}1{behind}"
    if part in {"W", "w"}:
        yield f"{before}≤{behind}"
    if part in {"土", "士"}:
        yield f"{before}±{behind}"
    if part == "二":
        yield f"{before}={behind}"
    if "=" in part:
        yield before + "≥" + part.partition("=")[2] + behind
    yield re.sub(r"[°o]/o", "%", before + part + behind)


def _shortest(text: str) -> str:
    """Return the shortest decimal that a spreadsheet would have shown so: 0.0900000762939453 is 0.09."""
    number = Decimal(text)
    for digits in range(1, 10):
        short = Decimal(f"{number:.{digits}e}")
        if abs(short - number) * 10**6 <= abs(number) * 2:
            return f"{short:f}".rstrip("0").rstrip(".")
    return text
