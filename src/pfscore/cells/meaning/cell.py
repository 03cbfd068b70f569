"""One cell while it is read: its side, what stands in the columns beside it, and how numbers get their units."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from pfscore.cells.grammar.tree import Amount, Trouble
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.units import RATIO, SCALES
from pfscore.cells.meaning.side_columns import (
    ColumnUnit,
    Comparator,
    is_counted_alike,
    is_scaled_twice,
    with_column,
)
from pfscore.cells.readings import Assumption
from pfscore.foundation.text import Message

SideName = Literal["target", "actual"]
_SIGN_OF = {100: "%", 1000: "‰", 10000: "‱"}
_SCALE_WORDS = {size: word for word, size in SCALES.items()}


class Cell(NamedTuple):
    """A cell: `compact` is what the grammar read, `cut` gives the author's text between two offsets of it."""

    side: SideName
    comparator: Comparator
    column: ColumnUnit
    compact: str
    cut: Callable[[int, int], str]

    def text(self) -> str:
        """Return the author's text, stripped."""
        return self.cut(0, len(self.compact))

    def quantity(self, amount: Amount, per: tuple[str, ...] = ()) -> Quantity:
        """Return an amount with its own unit or the column's, and with what 每… counts it for.

        Raises:
            Trouble: PF323 where the column contradicts the cell, PF324 where it is needed and cannot be read, PF327
                where it is counted for none (每0户).
        """
        if per and amount.unit is not None:
            amount = with_column(amount._replace(unit=_divided(amount.unit, per)), self.column)
        else:
            amount = with_column(amount, self.column)
            if per and amount.unit is not None:
                amount = amount._replace(unit=_divided(amount.unit, per))
        if amount.unit is not None and _FOR_NONE.search(amount.unit):
            raise Trouble("PF327", 0, len(self.compact))
        return Quantity(amount.value, amount.unit, _written(amount))

    def assumed(self, amount: Amount) -> tuple[Assumption, ...]:
        """Return what is assumed where an amount meets the unit column: one scale for two, one count for two words."""
        text = self.cut(amount.start, amount.end)
        if is_scaled_twice(amount, self.column):
            word = _SCALE_WORDS[self.column.scale]
            message = Message(f"“{text}”与单位栏的“{word}”只算一次", f"“{text}” and {word} of the column count once")
            return (Assumption("scale_once", message),)
        if is_counted_alike(amount, self.column):
            zh = f"“{text}”与单位栏“{self.column.unit}”按数的是同一样东西计"
            message = Message(zh, f"“{text}” and {self.column.unit} are taken to count the same")
            return (Assumption("same_things", message),)
        return ()


#: 名/0户: what a quantity is counted for is none.
_FOR_NONE = re.compile(r"[/·]0+(?:[.]0*)?(?![0-9.])")


def _divided(unit: str, per: tuple[str, ...]) -> str:
    """Put 每… below the line; a ratio is not counted for anything."""
    if unit == RATIO:
        return unit
    top, _, bottom = unit.partition("/")
    below = bottom.split("·") if bottom else []
    return "/".join((top, "·".join([*below, *(word for word in per if word not in below)])))


def _written(amount: Amount) -> str | None:
    """Return the unit as a unit column would have it: 万元, %."""
    if amount.unit is None and amount.scale == 1:
        return None
    sign = _SIGN_OF.get(amount.factor.denominator, amount.unit) if amount.unit == RATIO else amount.unit
    scale = "" if amount.scale == 1 else _SCALE_WORDS.get(amount.scale)
    return None if scale is None else scale + (sign or "")
