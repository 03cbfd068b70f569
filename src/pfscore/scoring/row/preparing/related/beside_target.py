"""Numbers beside a target, and the messages about them, which the readers of related numbers share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.directions import side_of
from pfscore.cells.lexicon.quantities import RATIO, SCALES, Quantity, in_units, say, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.reader import Refusal, read_actual
from pfscore.cells.readings import (
    LOWER,
    UPPER,
    Achieved,
    Actual,
    Bound,
    Measured,
    Target,
    TargetKind,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written

# In grammar/words/relations.txt, but for the last, which is in undone.txt.
_COMPARED, _NEAR, _NONE_NAMED, _RATE_OF = rules("compared_with_target", "near_it", "none_named", "rate_of")
_CUE, _WHY = rules("said_of_target", "why")

POINTS = "百分点"
CLAUSE_END = re.compile("[,;。:、()]")


Found = Iterator[tuple[Target, Actual, Message]]


def compared_with_target(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield the number of 91%，低于目标值4个百分点, where it is so far from the target."""
    found = _COMPARED.fullmatch(said)
    if found is None:
        return
    text = found["before"] or found["behind"]
    reached = amount_of(text, row)
    by = _A_NUMBER.search(said.replace(text, "", 1))
    if reached is None or by is None or reached.dimension != target.quantity.dimension:
        return
    apart = abs(reached.base - target.quantity.base) * (100 if reached.unit == RATIO else 1)
    if number_of(by["number"]) * SCALES.get(by["scale"], 1) == in_units(apart, target.quantity.unit):
        rest = said.replace(text, "", 1).strip(",;()")
        yield Measured(reached), Message(f"“{rest}”与指标值相符", f"“{rest}” agrees with the target")


_A_NUMBER = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>[万亿]?)")


def near_target(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield 接近70% as less than 70%, beside a target of more; what is near the target itself may be it, rounded."""
    found = _NEAR.fullmatch(said)
    near = None if found is None else amount_of(_with_one(found["amount"]), row)
    if near is None or near.dimension != target.quantity.dimension:
        return
    is_at_limit = near.base == target.quantity.base and has_ceiling(target, row)
    if near.base < target.quantity.base or is_at_limit:
        message = Message(f"“{said}”按不到这个数计", f"“{said}” is taken as less than that")
        yield Achieved(TargetKind.LESS_THAN, near), message


def _with_one(text: str) -> str:
    """Return 千册 as 一千册."""
    return f"一{text}" if text[0] in SCALES else text


def none_of_it(target: Bound, row: Written, said: str) -> Iterator[tuple[Actual, Message]]:
    """Yield zero for 无闲置 under a ceiling for 闲置率."""
    found, name = _NONE_NAMED.fullmatch(said), plain_name(fold(row.name))
    of = _RATE_OF.search(name)
    if found is None or of is None or not name[: of.start()].endswith(found["what"]):
        return
    if said[found.start("what") - 1] + found["what"] in name:
        return  # 不合格 under 不合格率
    yield Measured(replace(target.quantity, value=Fraction(0))), Message(f"“{said}”就是 0", f"“{said}” is 0")


def beside_target(said: str, row: Written) -> str:
    """Return what an actual says of its target, without the reason and the row's own words.

    >>> beside_target("受人员不足影响,检查家次较计划少40家次", Written("监督检查家次", "≥300家次", "", ""))
    '较计划少40家次'
    """
    plain = _WHY.sub("", said).strip(",;") or said
    cue = _CUE.search(plain)
    head = "" if cue is None else plain[: cue.start()]
    return plain if _DIGIT.search(head) or strange_words(head, row.own) else plain[len(head) :]


_DIGIT = re.compile("[0-9]")
WHOLE = Quantity(Fraction(1), RATIO, "%")


def all_of_it(words: str) -> Message:
    """Return the message that words say all of it."""
    return Message(f"“{words}”就是 100%", f"“{words}” is 100%")


def limits(target: Bound, row: Written) -> bool:
    """Return whether a target limits what should not be: by its comparator, else by the direction of its name."""
    if target.op in UPPER or target.op in LOWER:
        return target.op in UPPER
    side = side_of(row.name, (), RATIO)
    return side is not None and side.direction == "lower"


def has_ceiling(target: Bound, row: Written) -> bool:
    """Return whether a number may not be exceeded, by its sign or by the row's name."""
    if target.op is not TargetKind.BARE:
        return target.op in UPPER
    side = side_of(row.name, (), target.quantity.unit)
    return side is not None and side.direction == "lower"


def size_of(found: re.Match[str], wanted: Quantity, row: Written) -> Quantity | None:
    """Return the amount beside the target, in its unit or as a share of it; `None` where it is of something else."""
    reading = read_actual(found["amount"], None)
    if isinstance(reading, Measured) and reading.quantity.unit is None:
        reading = read_actual(found["amount"], row.unit or wanted.written or wanted.unit)
    if not isinstance(reading, Measured) or reading.assumptions:
        return None
    size = reading.quantity
    top, stroke, _ = (wanted.unit or "").partition("/")
    if stroke and size.unit is not None and size.dimension == unit_of(top).dimension:  # 0.4元 below 5元/册
        size = replace(wanted, value=in_units(size.base, top))
    return size if size.unit == RATIO or size.dimension == wanted.dimension else None


def moved(wanted: Quantity, size: Quantity, way: int) -> Fraction:
    """Return a number that lies above (1) or below (-1) another by a size, or by a share of it."""
    if size.unit == RATIO:
        return wanted.value * (1 + way * size.value)
    return wanted.value + way * in_units(size.base, wanted.unit)


def by_target(said: str, target: Bound, reached: Quantity) -> Message:
    """Return the message that words come to an amount beside their target."""
    zh, en = say(target.quantity), say(target.quantity, "en")
    return Message(
        f"“{said}”按指标值 {zh} 推算，为 {say(reached)}",
        f"“{said}” is computed from the target, {en}: {say(reached, 'en')}",
    )


def percent_of(share: Fraction) -> str:
    """Return a share as a percentage of at most two decimals."""
    hundredths = round(share * 10000)
    return f"{hundredths // 100}.{hundredths % 100:02}%".replace(".00%", "%")


def amount_of(text: str, row: Written) -> Quantity | None:
    """Return the one amount that a text is, or `None`; a bare number takes the unit of the row."""
    reading = read_actual(text, None)
    if isinstance(reading, Refusal) or not isinstance(reading, Measured):
        return None
    if reading.quantity.unit is None and row.unit:
        again = read_actual(text, row.unit)
        return again.quantity if isinstance(again, Measured) else None
    return reading.quantity


def number_of(text: str) -> Fraction:
    """Return the number that digits are, with or without separators."""
    return Fraction(text.replace(",", ""))
