"""Doubts about a row: what its own cells make implausible, whatever a rule gives for it and whatever was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.directions import harm_in, is_doubtful, is_many, is_share, lessens_harm
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import LOWER, UPPER, Achieved, Actual, Bound, Level, Measured, Target, TargetKind
from pfscore.forms.form import Indicator
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome, quantities
from pfscore.scoring.row.preparing.inputs import read_points

#: The factor from which two amounts are doubted: the smallest slip of a unit (元 for 千元).
FAR_APART = 1000
#: What a decimal point, a percent sign or a scale word that was left out makes of a number.
_SLIPS = (100, 1000, 10**4, 10**8)
#: A share of most of a whole (合格率 ≥90%) is not a tenth of it (9.09): a decimal point is in the wrong place.
_MOST, _TEN, _NEAR = Fraction(1, 2), 10, Fraction(11, 10)
# The rules are described, with rows, in grammar/words/doubts.txt.
_SIGNED, _NO_SURVEY, _YEAR, _OTHER_YEAR = rules("may_be_negative", "not_surveyed", "about_a_year", "of_another_year")
_MAY_BE_CAPPED, _MAY_PASS_WHOLE, _FALL = rules("may_be_capped", "may_pass_whole", "of_a_fall")


@dataclass(frozen=True)
class ReadRow:
    """An indicator row with its readings and their comparison; `year` is that of the form, where it is known."""

    indicator: Indicator
    cells: Cells
    comparison: Comparison
    year: int | None

    @cached_property
    def plain(self) -> str:
        """The name without numbering and closing punctuation."""
        return plain_name(self.indicator.name)

    @property
    def target(self) -> Target | None:
        """The target, where it can be read."""
        return self.cells.target

    @property
    def actual(self) -> Actual | None:
        """The actual, where it can be read."""
        return self.cells.actual

    @property
    def shown_target(self) -> str:
        """The target with its sign and unit, as printed."""
        return f"{self.indicator.comparator or ''}{self.indicator.full_target or ''}{self.indicator.unit or ''}"

    @property
    def is_applicable(self) -> bool:
        """Whether the row is not marked 不适用."""
        return self.cells.outcome is not Outcome.NOT_APPLICABLE

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
    def _factor(self) -> int | None:
        target, actual = self.comparison.target, self.comparison.actual
        if self.comparison.met is None or self.comparison.stated is not None:
            return None
        if not target or not actual or target <= 0 or actual <= 0:
            return None
        ratio = max(target, actual) / min(target, actual)
        held = quantities(self.target)
        is_rate = bool(held) and held[0].unit == "1"
        if is_rate and target >= _MOST and self._is_share and actual < target and _TEN / _NEAR <= ratio <= _TEN * _NEAR:
            return _TEN
        near = Fraction(5, 4) if is_rate else _NEAR
        return next((size for size in _SLIPS if size / near <= ratio <= size * near), None)

    @property
    def is_far_apart(self) -> bool:
        """Whether one of the two figures is a thousand times the other, or more."""
        return self.comparison.stated is None and are_far_apart(self.comparison.target, self.comparison.actual)

    @cached_property
    def improves(self) -> Literal["higher", "lower"] | None:
        """The side to which the number plainly improves where the target asks for the other: 满意度 ≤95%, 投诉 ≥50件.

        A row that lost points by its target is as it is meant.
        """
        if not isinstance(self.target, Bound) or not self.is_applicable:
            return None
        if self.comparison.met is False:
            published, points = (
                read_points(text)[0] for text in (self.indicator.published_score, self.indicator.points)
            )
            if published is not None and points is not None and published < points:
                return None
        return _improves(self, self.target)

    @property
    def is_doubted(self) -> bool:
        """Whether the reading of the row is doubted itself, so that nothing is certain that follows from it.

        So it is where the direction is doubtful, where two figures are too far apart, and where a figure cannot be.
        """
        is_slip = self.slip is not None or (self.is_far_apart and not (self._is_below_limit and self._factor is None))
        is_wrong = self.is_above_whole or self.is_below_zero or self.is_signed_fall
        return is_slip or self.has_two_signs or self.improves is not None or is_wrong

    @property
    def other_reading(self) -> Cells | None:
        """The cells as they may be meant, where they are doubted; `None` where they may be anything."""
        target, actual = self.target, self.actual
        if self.is_above_whole or self.is_below_zero:
            return None
        if self.improves is not None and isinstance(target, Bound):
            return replace(self.cells, target=replace(target, op=_TURNED[target.op]))
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
        held = self.actual.quantity if isinstance(self.actual, Measured) else None
        if held is None or held.value >= 0 or held.unit in {"1", None} or self.is_signed_fall:
            return False
        return not _may_be_negative(self.plain)

    @property
    def is_signed_fall(self) -> bool:
        """Whether a fall is asked for as a positive number and the actual is negative: 下降率 ≥10% by -12.5%.

        The sign may say that it fell, or that it rose instead.
        """
        target, actual = self.target, self.actual
        if not isinstance(target, Bound) or not isinstance(actual, Measured) or _FALL.search(self.plain) is None:
            return False
        return target.quantity.value > 0 > actual.quantity.value

    @property
    def is_above_whole(self) -> bool:
        """Whether a share of a whole is above 100%."""
        held = self.actual.quantity if isinstance(self.actual, Measured) else None
        return held is not None and held.unit == "1" and held.value > 1 and self._is_share

    @property
    def repeats_bound(self) -> bool:
        """Whether the actual repeats the bound of the target (≥95% by ≥95%) and does not say what was reached."""
        target, actual = self.target, self.actual
        if not isinstance(target, Bound) or not isinstance(actual, Achieved) or target.op is TargetKind.EQUAL:
            return False
        return actual.op is target.op and actual.quantity == target.quantity

    @property
    def is_unsurveyed(self) -> bool:
        """Whether the actual of a satisfaction says that nobody was asked, and points are given nevertheless."""
        published = read_points(self.indicator.published_score)[0]
        is_said = "满意" in self.plain and isinstance(self.actual, Level)
        return is_said and bool(published) and _NO_SURVEY.search(fold(self.indicator.actual or "")) is not None

    @property
    def scales(self) -> tuple[str, str] | None:
        """The units that the two cells write, where both write one of the same dimension and they differ."""
        wanted, given = quantities(self.target), quantities(self.actual)
        if not wanted or not given or wanted[0].dimension != given[0].dimension:
            return None
        if wanted[0].written is None or given[0].written is None:
            return None
        written = _unit_sign(wanted[0].written), _unit_sign(given[0].written)
        return None if written[0] == written[1] else written

    @property
    def has_two_signs(self) -> bool:
        """Whether one cell is in percent and the other in per mille, so that one of the signs may be wrong."""
        return set(self.scales or ()) == {"%", "‰"}

    @cached_property
    def doubts(self) -> tuple[Diagnostic, ...]:
        """What makes the row implausible; nothing of a row that does not apply."""
        return tuple(doubt for find in _DOUBTS for doubt in find(self)) if self.is_applicable else ()

    @property
    def _is_share(self) -> bool:
        return is_share(self.plain) and not _may_be_negative(self.plain)


#: What the other sign makes of a number in percent, and in per mille.
_SIGN = {False: Fraction(1, 10), True: Fraction(10)}
_TURNED = {
    TargetKind.AT_LEAST: TargetKind.AT_MOST,
    TargetKind.AT_MOST: TargetKind.AT_LEAST,
    TargetKind.GREATER_THAN: TargetKind.LESS_THAN,
    TargetKind.LESS_THAN: TargetKind.GREATER_THAN,
}


def _times(quantity: Quantity, factor: Fraction) -> Quantity:
    return replace(quantity, value=quantity.value * factor)


def _may_be_negative(name: str) -> bool:
    """Return whether what an indicator measures may fall below zero.

    >>> _may_be_negative("收入增长率"), _may_be_negative("培训人数")
    (True, False)
    """
    return _SIGNED.search(name) is not None


def are_far_apart(first: Fraction | None, second: Fraction | None) -> bool:
    """Return whether one of two positive amounts is a thousand times the other, or more.

    >>> are_far_apart(Fraction(2), Fraction(2000)), are_far_apart(Fraction(0), Fraction(2000))
    (True, False)
    """
    if first is None or second is None or first <= 0 or second <= 0:
        return False
    return max(first, second) >= min(first, second) * FAR_APART


def always_met(target: Target, name: str) -> Message | None:
    """Return why every result meets a target: ≥0件, a share of ≤100%."""
    if not isinstance(target, Bound):
        return None
    value = target.quantity.value
    below = (target.op is TargetKind.AT_LEAST and value <= 0) or (target.op is TargetKind.GREATER_THAN and value < 0)
    if below and not _may_be_negative(name):
        return Message("不会小于零", "it cannot be below zero")
    above = target.op is TargetKind.AT_MOST and target.quantity.unit == "1" and value >= 1
    return Message("不会超过 100%", "it cannot pass 100%") if above and is_share(name) else None


def years_in(text: str) -> set[int]:
    """Return the years that a text is about."""
    return {int(one["year"]) for one in _YEAR.finditer(fold(text))}


def _improves(row: ReadRow, target: Bound) -> Literal["higher", "lower"] | None:
    is_harm = bool(harm_in(row.plain))
    if target.op in LOWER:
        return "lower" if is_harm and target.quantity.value > 0 else None
    if target.op not in UPPER or is_harm:
        return None
    if target.quantity.unit == "1" and target.quantity.value > 0 and lessens_harm(row.plain):
        return "higher"
    if is_doubtful(row.plain) or _MAY_BE_CAPPED.search(row.plain):
        return None
    if target.quantity.unit == "1":
        is_wrong = target.quantity.value < 1 and is_share(row.plain)
    else:
        is_wrong = is_many(row.plain) and any("产出" in part for part in row.indicator.path)
    return "higher" if is_wrong else None


def _unit_sign(written: str) -> str:
    text = fold(written).strip()
    return {"百分比": "%", "百分号": "%", "千分比": "‰"}.get(text, text)


def _doubt(code: str, cell: str, zh: str, en: str, severity: Severity = Severity.WARNING) -> Iterator[Diagnostic]:
    yield Diagnostic(code, Message(zh, en), None, Span(cell=cell), severity=severity)


def _direction(row: ReadRow) -> Iterator[Diagnostic]:
    shown, cell = row.shown_target, "target" if row.indicator.targets is None else "targets"
    if row.improves == "higher":
        yield from _doubt(
            "PF747",
            cell,
            f"指标值“{shown}”的方向可疑：这样的数越高、越多越好，却写成了上限",
            f"the direction of “{shown}” is doubtful: higher or more is better, yet it is a ceiling",
        )
    elif row.improves == "lower":
        yield from _doubt(
            "PF747",
            cell,
            f"指标值“{shown}”的方向可疑：这样的数越少越好，却写成了下限",
            f"the direction of “{shown}” is doubtful: less is better, yet it is a floor",
        )


def _size(row: ReadRow) -> Iterator[Diagnostic]:
    actual, target = row.indicator.actual, row.indicator.full_target
    if row.slip is not None:
        yield from _doubt(
            "PF758",
            "actual",
            f"完成值“{actual}”与指标值“{row.shown_target}”差约 {row.slip} 倍，像是小数点或单位写错，请核对",
            f"the actual “{actual}” and the target “{row.shown_target}” differ by a factor of about {row.slip}:"
            " a decimal point or a unit looks wrong",
        )
    elif row.is_far_apart:
        yield from _doubt(
            "PF758",
            "actual",
            f"{actual} 与 {target} 相差一千倍以上，像是单位写错",
            f"{actual} and {target} differ by a factor of a thousand or more: a unit looks wrong",
        )


def _above_whole(row: ReadRow) -> Iterator[Diagnostic]:
    if row.is_above_whole:
        actual = row.indicator.actual
        if _MAY_PASS_WHOLE.search(row.plain):
            zh, en = (
                f"“{actual}”高于 100%，这样的比率一般不会超过它",
                f"“{actual}” is above 100%, which this rate rarely is",
            )
            yield from _doubt("PF745", "actual", zh, en)
            return
        zh = f"“{actual}”高于 100%，这样的比率不会超过它"
        yield from _doubt("PF745", "actual", zh, f"“{actual}” is above 100%, which this rate cannot be", Severity.ERROR)


def _below_zero(row: ReadRow) -> Iterator[Diagnostic]:
    if not row.is_below_zero:
        return
    actual, held = row.indicator.actual, quantities(row.actual)
    if held and "货币" in (held[0].dimension or ""):
        zh, en = f"“{actual}”是负数，请核对", f"“{actual}” is negative; please check"
        yield from _doubt("PF746", "actual", zh, en)
        return
    zh = f"“{actual}”是负数，这里不会小于零"
    yield from _doubt("PF746", "actual", zh, f"“{actual}” is negative, which this cannot be", Severity.ERROR)


def _signed_fall(row: ReadRow) -> Iterator[Diagnostic]:
    if row.is_signed_fall:
        actual, shown = row.indicator.actual, row.shown_target
        zh, en = (
            f"完成值“{actual}”的负号是下降还是反弹，说不准：指标值“{shown}”把下降写成正数",
            f"the sign of “{actual}” may mean a fall or a rise: the target “{shown}” writes a fall without it",
        )
        yield from _doubt("PF746", "actual", zh, en)


def _vacuous(row: ReadRow) -> Iterator[Diagnostic]:
    why = None if row.target is None or row.indicator.target is None else always_met(row.target, row.plain)
    if why is not None:
        text = row.indicator.target
        zh, en = f"指标值“{text}”什么结果都能达到：{why.zh}", f"the target “{text}” is met by every result: {why.en}"
        yield from _doubt("PF740", "target", zh, en)


def _repeated(row: ReadRow) -> Iterator[Diagnostic]:
    if row.repeats_bound and "满意" in row.plain:
        actual, shown = row.indicator.actual, row.shown_target
        yield from _doubt(
            "PF748",
            "actual",
            f"完成值“{actual}”只是照抄指标值“{shown}”，没有写实际是多少",
            f"the actual “{actual}” only repeats the target “{shown}”; what was reached is not said",
        )


def _unsurveyed(row: ReadRow) -> Iterator[Diagnostic]:
    if row.is_unsurveyed:
        actual, score = row.indicator.actual, row.indicator.published_score
        zh, en = (
            f"完成值写“{actual}”，没有调查，得 {score} 分没有依据",
            f"the actual says “{actual}”: nobody was asked, so nothing bears out the {score} points",
        )
        yield from _doubt("PF749", "actual", zh, en)
    if "满意" not in row.plain or not isinstance(row.actual, Measured | Achieved):
        return
    if (denied := _NO_SURVEY.search(fold(row.indicator.note or ""))) is not None:
        actual = row.indicator.actual
        zh, en = (
            f"满意度填“{actual}”，备注却说“{denied[0]}”",
            f"satisfaction of “{actual}”, yet the note says “{denied[0]}”",
        )
        yield from _doubt("PF749", "note", zh, en)


def _other_year(row: ReadRow) -> Iterator[Diagnostic]:
    if row.year is not None and (found := _earlier(row, row.year)) is not None:
        cell, text, other = found
        zh, en = (
            f"“{text}”是{other}的数，不是本年度的",
            f"“{text}” is of an earlier year ({other}), not of the form's year",
        )
        yield from _doubt("PF739", cell, zh, en)


def _earlier(row: ReadRow, year: int) -> tuple[str, str, str] | None:
    """Return the cell that names an earlier year, its text, and the year."""
    actual, note = row.indicator.actual or "", row.indicator.note or ""
    years = years_in(actual)
    if years and max(years) < year:
        return "actual", shorten(actual, 40), f"{max(years)} 年"
    if (said := _OTHER_YEAR.search(fold(note))) is not None:
        named = said["year"] or said["used"]
        if named is None or int(named) < year:
            return "note", shorten(note, 40), "上年" if named is None else f"{named} 年"
    return None


def _signs(row: ReadRow) -> Iterator[Diagnostic]:
    if row.has_two_signs and row.scales is not None:
        wanted, given = row.scales
        actual = row.indicator.actual
        yield from _doubt(
            "PF751",
            "actual",
            f"指标值以“{wanted}”计，完成值“{actual}”却用“{given}”，两个符号差 10 倍",
            f"the target is in {wanted}, the actual “{actual}” in {given}: the two signs differ by a factor of 10",
        )


#: Every doubt, in the order in which it is said.
_DOUBTS: tuple[Callable[[ReadRow], Iterator[Diagnostic]], ...] = (
    _direction,
    _size,
    _above_whole,
    _below_zero,
    _signed_fall,
    _vacuous,
    _repeated,
    _unsurveyed,
    _other_year,
    _signs,
)
