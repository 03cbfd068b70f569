"""The same 1,000 rows for every contestant, and what each row must earn."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

COUNT = 1_000
#: How often each kind of target occurs, in percent; close to published forms.
KINDS = (("≥", 55), ("≤", 20), ("=", 15), ("~", 10))
POINTS = ("2", "4", "5", "8", "9.5", "10")
#: The units of the targets; pfscore reads them, the other engines are spared.
UNITS = ("%", "万人", "元", "个工作日", "次")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as text, and its numbers."""

    kind: str
    target: str
    actual: str
    points: str
    numbers: tuple[Fraction, Fraction, Fraction]
    high: Fraction

    @property
    def cells(self) -> dict[str, str]:
        """The row as a form states it."""
        return {"target": self.target, "actual": self.actual, "points": self.points}

    def expected(self) -> Fraction:
        """What the row earns: the same few words for every engine, in plain fractions."""
        target, actual, points = self.numbers
        if self.kind == "~":
            return points if target <= actual <= self.high else Fraction(0)
        share = target / actual if self.kind == "≤" and actual > target else min(actual / target, Fraction(1))
        share = Fraction(1) if self.kind == "≤" and actual <= target else share
        return Fraction((points * share * 200 + 1) // 2, 100)


def rows(count: int = COUNT, *, fresh: bool = False) -> list[Row]:
    """Return rows in which targets repeat; with `fresh`, no two rows have a target or an actual in common."""
    chance = random.Random(20231231)
    kinds = [kind for kind, often in KINDS for _ in range(often)]
    return [_row(chance, chance.choice(kinds), number, fresh=fresh) for number in range(count)]


def _row(chance: random.Random, kind: str, number: int, *, fresh: bool) -> Row:
    unit = chance.choice(UNITS)
    target = Fraction(chance.choice((5, 10, 20, 50, 60, 80, 90, 95, 100, 120)))
    actual = Fraction(round(target * chance.randrange(5000, 12000) / 100), 100)
    if fresh:
        target, actual = target + Fraction(number, 100_000), actual + Fraction(number, 100_000)
    high = target * Fraction(6, 5)
    text = f"{_text(target)}{unit}~{_text(high)}{unit}" if kind == "~" else f"{kind}{_text(target)}{unit}"
    points = chance.choice(POINTS)
    return Row(kind, text, f"{_text(actual)}{unit}", points, (target, actual, Fraction(points)), high)


def _text(number: Fraction) -> str:
    whole, rest = divmod(number.numerator * 10**6 // number.denominator, 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
