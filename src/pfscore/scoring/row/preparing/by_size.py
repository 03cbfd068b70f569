"""Results of things of a size, beside a row for things of a size: 20方以上24口，8方40口 under 20方以上沼气池."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.quantities import SCALES, counted_alike, unit_of
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.reader import read_actual
from pfscore.cells.readings import Actual, Assumption, Between, Bound, Measured, Target, TargetKind
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written

# In grammar/words/by_label.txt.
_SIZE = rule("size_of_kind")
_PIECES = re.compile(r"[,;、。+]")


class _Kind(NamedTuple):
    """A size that tells one kind from another: 64排, 50座以上."""

    of: str
    size: Fraction
    #: 1 for so much or more, -1 for so much or less.
    side: int


def by_size(target: Bound, row: Written, *, is_read: bool) -> Iterator[tuple[Target, Actual, Message]]:
    """Yield how many are of the size that a row is for: a smaller one is not, and of a larger one a person decides.

    Where the actual `is_read` and is all of that size, there is nothing to say.
    """
    sizes = (kind for text in (row.target, row.name) for kind in _kinds(fold(text)))
    asked = next((kind for kind in sizes if _is_told(kind, target)), None)
    pieces = [piece for piece in _PIECES.split(fold(row.actual).strip()) if piece.strip()]
    if asked is None:
        return
    least = most = Fraction(0)
    counted = []
    for piece in pieces:
        found = _of_one_kind(piece, target, row)
        if found is None or found[0].of != asked.of:
            return
        kind, many = found
        is_of_it = _is_of(asked, kind)
        least += many if is_of_it else 0
        most += 0 if is_of_it is False else many
        counted += [piece] if is_of_it else []
    if is_read and len(counted) == len(pieces) == 1:
        return
    low, high = (replace(target.quantity, value=number) for number in (least, most))
    floor = replace(target, op=TargetKind.AT_LEAST) if target.op is TargetKind.BARE else target
    message = _OTHER_SIZE
    if least == most:
        said = "”“".join(counted)
        message = _NONE_OF_IT if not counted else Message(f"算数的是“{said}”", f"“{said}” counts")
    told = (Assumption("each_of_them", message),)
    yield floor, Measured(low, assumptions=told) if least == most else Between(low, high, assumptions=told), message


_NONE_OF_IT = Message("完成值写的都不是指标要的规格", "none of the actual is of the size that the indicator asks for")
_OTHER_SIZE = Message(
    "完成值的规格与指标要的不同，能不能算要由人定",
    "the actual is of another size than the indicator asks for; a person decides whether that counts",
)


def _kinds(text: str) -> Iterator[_Kind]:
    for found in _SIZE.finditer(text):
        yield _kind(found)


def _kind(found: re.Match[str]) -> _Kind:
    side = 1 if found["least"] else -1 if found["most"] else 0
    if found["bore"]:
        return _Kind("DN", Fraction(found["bore"]), side)
    number, scale = found["size"].rstrip("百千万"), found["size"][-1]
    unit = unit_of(found["of"])
    size = Fraction(number or 1) * SCALES.get(scale, 1) * unit.factor
    return _Kind(unit.dimension or found["of"], size, side)


def _is_told(kind: _Kind, target: Bound) -> bool:
    """Return whether a size is none of the number that a target asks for."""
    return (kind.of, kind.size) != (target.quantity.dimension, target.quantity.base)


def _of_one_kind(piece: str, target: Bound, row: Written) -> tuple[_Kind, Fraction] | None:
    """Return the size of what a piece counts, and how many; `None` for other pieces."""
    for found in _SIZE.finditer(piece):
        reading = read_actual(f"{piece[: found.start()]}{piece[found.end() :].strip()}")
        if isinstance(reading, Measured) and not reading.assumptions and not reading.beside:
            wanted, many = target.quantity, reading.quantity
            is_alike = many.dimension == wanted.dimension or counted_alike(many.unit, wanted.unit)
            if is_alike and not strange_words(reading.label, row.own):
                return _kind(found), many.base / (wanted.base / wanted.value if wanted.value else 1)
    return None


def _is_of(asked: _Kind, given: _Kind) -> bool | None:
    """Return whether what is of one size is of the size asked for; `None` where that cannot be told."""
    if given.size == asked.size:
        return True if given.side in {0, asked.side} or asked.side == 0 else None
    way = 1 if given.size > asked.size else -1
    if asked.side == way and given.side in {0, way}:
        return True
    is_away = given.side in {0, way}
    return False if (is_away and way < 0 <= asked.side) or (is_away and asked.side < 0 < way) else None
