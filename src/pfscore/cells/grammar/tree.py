"""What the grammar finds in a cell, before it is decided what the cell asks for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Trouble(Exception):
    """A part of a cell that cannot be right: the code, the place, and what the sentence needs."""

    def __init__(self, code: str, start: int, end: int, **details: str) -> None:
        super().__init__(code, start, end, details)
        self.code, self.start, self.end, self.details = code, start, end, details


class Word(NamedTuple):
    """A word or a sign: `kind` is its terminal's name."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the word."""
        return self.start + len(self.text)


class Amount(NamedTuple):
    """A number with its scale word and its unit; `unit` is `"1"` for a ratio, `factor` the size of %."""

    number: Fraction
    scale: int
    unit: str | None
    factor: Fraction
    odd: bool
    start: int
    end: int

    @property
    def value(self) -> Fraction:
        """The number in its unit without scale word."""
        value = self.number * self.scale if self.scale != 1 else self.number
        return value if self.factor == 1 else value * self.factor


class Side(NamedTuple):
    """An amount with the words behind it: 以上, 以内, (含), 左右."""

    amount: Amount
    edges: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class One:
    """One amount."""

    side: Side


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends: 60%-80%, [60%,80%), 60%≤X≤80% (then `signs` stand between), 60%以上80%以下."""

    low: Side
    high: Side
    low_open: bool = False
    high_open: bool = False
    signs: tuple[Word, ...] = ()
    #: What stands between the signs.
    names: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """100±5, ±5%以内 (no centre: then `sign` comes first)."""

    centre: Amount | None
    spread: Side
    sign: Word | None = None


Measure = One | Range | Around


class Clause(NamedTuple):
    """A stretch of a cell between two joints: words, and perhaps one measure with words before and behind it."""

    lead: tuple[Word, ...]
    measure: Measure | None = None
    tail: tuple[Word, ...] = ()
    #: What only names the number, and asks nothing: 优(≥90分), 90%≤满意度.
    names: tuple[Word, ...] = ()

    @property
    def start(self) -> int:
        """The offset of the first word or number."""
        if self.lead:
            return self.lead[0].start
        match self.measure:
            case One(side) | Range(side):
                return side.amount.start
            case Around(centre, spread, sign):
                return (sign or centre or spread.amount).start
        return 0

    @property
    def lead_text(self) -> str:
        """The words before the measure."""
        return "".join([word.text for word in self.lead])

    @property
    def tail_text(self) -> str:
        """The words behind the measure."""
        return "".join([word.text for word in self.tail])

    @property
    def unit(self) -> str | None:
        """The unit of an amount, or of the upper end of an interval."""
        match self.measure:
            case One(side) | Range(_, side):
                return side.amount.unit
        return None


class Joint(NamedTuple):
    """What stands between two clauses."""

    any_of: bool
    text: str


class Conditions(NamedTuple):
    """A whole cell: clauses, and what joins each to the one before."""

    clauses: tuple[Clause, ...]
    joints: tuple[Joint, ...]
    not_applicable: bool = False
