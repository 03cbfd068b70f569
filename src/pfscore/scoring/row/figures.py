"""Figures that may not be meant as they stand: by their size, their sign, or the side to which the name improves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.directions import harm_in, is_doubtful, is_many, is_share, lessens_harm
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import LOWER, UPPER, Bound, Measured, Reading
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.memory import remembered
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome, quantities

#: The factor from which two amounts are doubted: the smallest slip of a unit (元 for 千元).
FAR_APART = 1000
#: What a decimal point, a percent sign or a scale word that was left out makes of a number.
_SLIPS = (100, 1000, 10**4, 10**8)
#: How near to a slip two numbers are that differ by one; rates are further from their targets.
_NEAR, _NEAR_OF_RATES = Fraction(11, 10), Fraction(5, 4)
#: A share of most of a whole (合格率 ≥90%) is not a tenth of it (9.09): a decimal point is in the wrong place.
_MOST, _TEN = Fraction(1, 2), 10
#: An actual that is less than a share of a whole by a factor between these may be a tenth of it.
TENTH = int(_TEN / _NEAR), int(_TEN * _NEAR)
#: Apart from that, no size is doubted where one of two figures is at most so many times the other,
SURELY_MEANT = int(_SLIPS[0] / _NEAR_OF_RATES) - 1
#: or between so many times.
_SURELY_MEANT_TOO = int(_SLIPS[0] * _NEAR_OF_RATES), int(_SLIPS[1] / _NEAR_OF_RATES) - 1
#: A whole number, or an array.
_Size = Any
# The rules are described, with rows, in grammar/words/doubts.txt.
_SIGNED, _MAY_BE_CAPPED, _FALL = rules("may_be_negative", "may_be_capped", "of_a_fall")


class OfName(NamedTuple):
    """What of a doubt depends on the name of a row: the same for nearly all names.

    Figures of which nobody says what they measure are only numbers: they are doubted where the row `is_named`.
    `is_whole` says that the number is a share which cannot pass 100%, `is_fall` that it is how much less there is.
    `turned` holds the kinds of targets that ask for the wrong side, as :func:`asked_by` names them.
    """

    is_named: bool = False
    is_whole: bool = False
    may_be_negative: bool = False
    is_fall: bool = False
    turned: frozenset[str] = frozenset()

    def may_turn(self, asked: frozenset[str]) -> bool:
        """Return whether a target that asks for this may ask for the wrong side, whatever its number."""
        return not self.turned.isdisjoint(asked)


#: What is known of a row without a name, and of one that is taken as it is written.
OF_NO_NAME = OfName()


@remembered
def of_name(name: str, path: tuple[str, ...] = ()) -> OfName:
    """Return what of a doubt depends on a name.

    >>> of_name("培训人数") == OfName(is_named=True), of_name("群众满意度").is_whole, of_name("投诉件数").turned
    (True, True, frozenset({'floor'}))
    """
    plain = plain_name(name)
    if not plain:
        return OF_NO_NAME
    may_be_negative = _SIGNED.search(plain) is not None
    is_fall = _FALL.search(plain) is not None
    is_whole = is_share(plain) and not may_be_negative
    return OfName(
        is_named=True,
        is_whole=is_whole,
        may_be_negative=may_be_negative,
        is_fall=is_fall,
        turned=_turned(plain, path),
    )


def _turned(plain: str, path: tuple[str, ...]) -> frozenset[str]:
    if harm_in(plain):
        return frozenset({"floor"})
    found = {"rate"} if lessens_harm(plain) else set()
    if not is_doubtful(plain) and not _MAY_BE_CAPPED.search(plain):
        found |= {"share"} if is_share(plain) else set()
        found |= {"count"} if is_many(plain) and any("产出" in part for part in path) else set()
    return frozenset(found)


_FLOOR, _RATE, _COUNT = frozenset({"floor"}), frozenset({"rate", "share"}), frozenset({"count"})


def asked_by(target: Reading | None) -> frozenset[str]:
    """Return what a target asks for of which some names say that it is the wrong side."""
    if not isinstance(target, Bound) or target.op not in LOWER | UPPER:
        return frozenset()
    return _FLOOR if target.op in LOWER else _RATE if target.quantity.unit == "1" else _COUNT


@dataclass(frozen=True)
class Figures:
    """The figures of a row with their comparison, and what of a doubt depends on its name.

    `has_lost_points` says that a score was printed which is less than the points.
    """

    cells: Cells
    comparison: Comparison
    of_name: OfName
    has_lost_points: bool = False

    @cached_property
    def slip(self) -> int | None:
        """The factor by which the actual looks wrong: 0.962% beside ≥95%, 6000户 beside ≥60户.

        What keeps below its limit may be as small as it likes.
        """
        return None if self._is_below_limit else self._factor

    @property
    def _is_below_limit(self) -> bool:
        return bool(self.comparison.met) and self.comparison.direction != "higher"

    @cached_property
    def _ratio(self) -> Fraction | None:
        """How many times the one of two positive figures is the other, 1 or more."""
        target, actual = self.comparison.target, self.comparison.actual
        if not target or not actual or self.comparison.stated is not None:
            return None
        ratio = actual / target
        if target.numerator < 0 or ratio.numerator < 0:
            return None
        return ratio if ratio.numerator > ratio.denominator else 1 / ratio

    @cached_property
    def _factor(self) -> int | None:
        target, actual, ratio = self.comparison.target, self.comparison.actual, self._ratio
        if ratio is None or target is None or actual is None or self.comparison.met is None or ratio < TENTH[0]:
            return None
        held = quantities(self.cells.target)
        is_rate = bool(held) and held[0].unit == "1"
        is_tenth = _TEN / _NEAR <= ratio <= _TEN * _NEAR and actual < target
        if is_rate and target >= _MOST and self.of_name.is_whole and is_tenth:
            return _TEN
        near = _NEAR_OF_RATES if is_rate else _NEAR
        return next((size for size in _SLIPS if size / near <= ratio <= size * near), None)

    @property
    def is_far_apart(self) -> bool:
        """Whether one of the two figures is a thousand times the other, or more."""
        return self._ratio is not None and self._ratio >= FAR_APART

    @cached_property
    def improves(self) -> Literal["higher", "lower"] | None:
        """The side to which the number plainly improves where the target asks for the other: 满意度 ≤95%, 投诉 ≥50件.

        A row that lost points by its target is as it is meant.
        """
        target, turned = self.cells.target, self.of_name.turned
        if not turned or not isinstance(target, Bound) or self.cells.outcome is Outcome.NOT_APPLICABLE:
            return None
        if self.comparison.met is False and self.has_lost_points:
            return None
        value, asked = target.quantity.value, asked_by(target) & turned
        if "floor" in asked:
            return "lower" if value > 0 else None
        is_wrong = ("rate" in asked and value > 0) or ("share" in asked and value < 1) or "count" in asked
        return "higher" if is_wrong else None

    @property
    def is_doubted(self) -> bool:
        """Whether the reading of the row is doubted itself, so that nothing is certain that follows from it.

        So it is where the direction is doubtful, where two figures are too far apart, and where a figure cannot be,
        under a name; without one, the rows of a table of numbers are as they are written.
        """
        if not self.of_name.is_named:
            return False
        is_slip = self.slip is not None or (self.is_far_apart and not (self._is_below_limit and self._factor is None))
        is_wrong = self.is_above_whole or self.is_below_zero or self.is_signed_fall
        return is_slip or self.improves is not None or is_wrong or self.has_two_signs

    @property
    def other_reading(self) -> Cells | None:
        """The cells as they may be meant, where they are doubted; `None` where they may be anything."""
        target, actual = self.cells.target, self.cells.actual
        if self.is_above_whole or self.is_below_zero:
            return None
        if self.improves is not None and isinstance(target, Bound):
            return replace(self.cells, target=replace(target, op=target.op.turned))
        if not isinstance(actual, Measured):
            return None
        if self.is_signed_fall:
            return replace(self.cells, actual=replace(actual, quantity=_times(actual.quantity, Fraction(-1))))
        if self.has_two_signs:
            tenfold = _unit_sign(actual.quantity.written or "") == "‰"
            return replace(self.cells, actual=replace(actual, quantity=_times(actual.quantity, _SIGN[tenfold])))
        if self._factor is None:
            return None
        size = Fraction(self._factor)
        if (self.comparison.actual or 0) > (self.comparison.target or 0):
            size = 1 / size
        return replace(self.cells, actual=replace(actual, quantity=_times(actual.quantity, size)))

    @property
    def is_below_zero(self) -> bool:
        """Whether the actual is negative, where what is counted cannot be."""
        held = self.cells.actual.quantity if isinstance(self.cells.actual, Measured) else None
        if held is None or held.value >= 0 or held.unit in {"1", None} or self.is_signed_fall:
            return False
        return not self.of_name.may_be_negative

    @property
    def is_signed_fall(self) -> bool:
        """Whether a fall is asked for as a positive number and the actual is negative: 下降率 ≥10% by -12.5%.

        The sign may say that it fell, or that it rose instead.
        """
        target, actual = self.cells.target, self.cells.actual
        if not self.of_name.is_fall or not isinstance(target, Bound) or not isinstance(actual, Measured):
            return False
        return target.quantity.value > 0 > actual.quantity.value

    @property
    def is_above_whole(self) -> bool:
        """Whether a share of a whole is above 100%."""
        held = self.cells.actual.quantity if isinstance(self.cells.actual, Measured) else None
        return held is not None and held.unit == "1" and held.value > 1 and self.of_name.is_whole

    @property
    def scales(self) -> tuple[str, str] | None:
        """The units that the two cells write, where both write one of the same dimension and they differ."""
        wanted, given = quantities(self.cells.target), quantities(self.cells.actual)
        if not wanted or not given or wanted[0].written == given[0].written:
            return None
        if wanted[0].written is None or given[0].written is None or wanted[0].dimension != given[0].dimension:
            return None
        written = _unit_sign(wanted[0].written), _unit_sign(given[0].written)
        return None if written[0] == written[1] else written

    @property
    def has_two_signs(self) -> bool:
        """Whether one cell is in percent and the other in per mille, so that one of the signs may be wrong."""
        return set(self.scales or ()) == {"%", "‰"}


#: What the other sign makes of a number in percent, and in per mille.
_SIGN = {False: Fraction(1, 10), True: Fraction(10)}


def _times(quantity: Quantity, factor: Fraction) -> Quantity:
    return replace(quantity, value=quantity.value * factor)


def _unit_sign(written: str) -> str:
    text = fold(written).strip()
    return {"百分比": "%", "百分号": "%", "千分比": "‰"}.get(text, text)


def may_be_negative(name: str) -> bool:
    """Return whether what an indicator measures may fall below zero.

    >>> may_be_negative("收入增长率"), may_be_negative("培训人数")
    (True, False)
    """
    return _SIGNED.search(name) is not None


def may_be_slip(larger: _Size, smaller: _Size) -> _Size:
    """Return whether the size of two figures may be doubted: whole numbers above zero, or arrays of them.

    >>> [may_be_slip(times, 1) for times in (79, 80, 125, 126, 799, 800, 10**6)]
    [False, True, True, False, False, True, True]
    """
    low, high = _SURELY_MEANT_TOO
    return (larger > SURELY_MEANT * smaller) & ((larger <= low * smaller) | (larger > high * smaller))


def are_far_apart(first: Fraction | None, second: Fraction | None) -> bool:
    """Return whether one of two positive amounts is a thousand times the other, or more.

    >>> are_far_apart(Fraction(2), Fraction(2000)), are_far_apart(Fraction(0), Fraction(2000))
    (True, False)
    """
    if first is None or second is None or first <= 0 or second <= 0:
        return False
    return max(first, second) >= min(first, second) * FAR_APART
