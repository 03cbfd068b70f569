"""Find what answers each part of a target that has several."""

from __future__ import annotations

from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.readings import (
    Achieved,
    Actual,
    AllOf,
    AnyOf,
    Between,
    Bound,
    Change,
    Measured,
    Reading,
    on_two_things,
)

#: The words of a label that do not tell one thing from another, in grammar/words/beside_numbers.txt.
_NO_NAME = rule("empty_of_label")


def answers_of_parts(target: AllOf | AnyOf, actual: Actual) -> tuple[Reading, ...] | None:
    """Return what answers each part of a target: the part of its dimension, of several that of its label.

    `None` where that cannot be told: 本科≥90%，专科≥80% and 92%，85%. Parts that nobody labelled answer in their order.
    """
    if not isinstance(actual, AllOf):
        alone = on_two_things(target.parts) or any(_rivals(target, part) for part in target.parts)
        # 合格率≥98%且故障率≤2% and one number: it says nothing about one of the two.
        return None if alone else (actual,) * len(target.parts)
    if len(target.parts) != len(actual.parts):
        return None
    by_place = on_two_things(target.parts) and not any(map(_name, actual.parts))
    left, found = list(enumerate(actual.parts)), []
    for place, part in enumerate(target.parts):
        alike = [one for one in left if _measures(one[1]) == _measures(part)]
        if by_place or not alike or not (_rivals(target, part) or any(_name(one) for _, one in alike)):
            alike = [one for one in left if one[0] == place]
        elif len(alike) > 1 or _rivals(target, part):
            alike = [one for one in alike if _same_name(part, one[1])]
        if len(alike) != 1:
            return None
        left.remove(alike[0])
        found.append(alike[0][1])
    return tuple(found)


def _rivals(target: AllOf | AnyOf, part: Reading) -> bool:
    """Return whether another part measures the same of another thing."""
    others = [one for one in target.parts if one is not part and _measures(one) == _measures(part)]
    return any(_name(one) != _name(part) for one in others)


def _measures(part: Reading) -> str | None:
    """Return what the number of a part measures; a change is no amount."""
    match part:
        case Bound(quantity=quantity) | Measured(quantity=quantity) | Achieved(quantity=quantity):
            return quantity.dimension or ""
        case Between(low=low):
            return low.dimension or ""
        case Change(quantity=quantity):
            return f"{part.kind} {quantity.dimension}"
    return part.kind


def _name(part: Reading) -> str:
    """Return the label of a part without the words that many labels share."""
    return _NO_NAME.sub("", part.label)


def _same_name(one: Reading, other: Reading) -> bool:
    first, second = _name(one), _name(other)
    return bool(first and second) and (first in second or second in first)
