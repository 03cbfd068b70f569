"""Doubts about a row: what its own cells make implausible, whatever a rule gives for it and whatever was published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.lexicon.directions import is_rate, is_share
from pfscore.cells.lexicon.undone import says_undone
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.reader import parse_actual
from pfscore.cells.readings import Achieved, Actual, Bound, Dated, Deadline, Level, Measured, Target, TargetKind
from pfscore.forms.form import KINDS, Indicator
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold, fold_without_spaces, fold_words
from pfscore.foundation.numbers import decimal_text, round_to
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.row.comparing.compare import compare
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome, quantities
from pfscore.scoring.row.figures import Figures, may_be_negative, of_name
from pfscore.scoring.row.preparing.inputs import read_points

# The rules are described, with rows, in grammar/words/doubts.txt.
_NO_SURVEY, _ASKED, _YEAR, _OTHER_YEAR = rules("not_surveyed", "surveyed_after_all", "about_a_year", "of_another_year")
_MAY_PASS_WHOLE, _WITHIN_A_YEAR, _AGAINST = rules("may_pass_whole", "within_a_year", "may_speak_against")
_NO_BASIS = rule("without_basis")
# The rules are described, with rows, in grammar/words/notes.txt.
_DECIDED, _ASIDE, _SOME_LEFT, _LEFT = rules("decided_otherwise", "not_of_the_result", "some_left", "so_much_left")
_SOME_BAD = rule("some_bad")
_REALLY, _COUNTED, _WHOLES = rules("really_reached", "counted_in_note", "counted_before")
_SHARE_SAID, _PART_OF_ALL = rules("share_in_note", "one_part_of_all")
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_SPLIT = re.compile(r"[,。;\n]")


class Contradiction(NamedTuple):
    """What the note of a row says against its actual, and the actual that it gives instead, where it gives one."""

    said: str
    message: Message
    actual: Actual | None = None


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
        text, unit, sign = self.indicator.full_target or "", self.indicator.unit or "", self.indicator.comparator or ""
        return f"{'' if sign in KINDS else sign}{text.removesuffix(unit)}{unit}"

    @property
    def is_applicable(self) -> bool:
        """Whether the row is not marked 不适用."""
        return self.cells.outcome is not Outcome.NOT_APPLICABLE

    @cached_property
    def figures(self) -> Figures:
        """What its figures make implausible, beside its name."""
        named = of_name(self.indicator.name, self.indicator.path)
        return Figures(self.cells, self.comparison, named, has_lost_points(self.indicator))

    @property
    def is_doubted(self) -> bool:
        """Whether the reading of the row is doubted itself, so that nothing is certain that follows from it.

        So it is where its figures are, and where the form itself says against a row that is met that it was not, that
        it is of an earlier year, or that nobody was asked. A row that only repeats its target is as it is written.
        """
        return self.figures.is_doubted or self.contradiction is not None or self._is_unfounded

    @cached_property
    def other_reading(self) -> Cells | None:
        """The cells of a doubted row as they may be meant; `None` where they may be anything."""
        if self.figures.is_doubted:
            return self.figures.other_reading
        if self.contradiction is not None:
            actual = self.contradiction.actual
            return None if actual is None else replace(self.cells, actual=actual)
        if self.earlier is None or self.year is None or not isinstance(self.actual, Dated):
            return None
        text = _YEAR.sub(lambda found: found[0].replace(found["year"], str(self.year)), fold(self.actual.text))
        return replace(self.cells, actual=Dated(text))

    @cached_property
    def contradiction(self) -> Contradiction | None:
        """What the note of the row says against its actual: 实际完成80户, 还有5公里未铺设, 196份有效，满意181份."""
        note = self.indicator.note
        if not note or not may_speak_against(note) or not self.is_applicable:
            return None
        return _counted_otherwise(self, note) or _shared_otherwise(self, note) or _taken_back(self, note)

    @cached_property
    def earlier(self) -> tuple[str, str, str] | None:
        """The cell that names an earlier year than that of the form, its text, and the year."""
        return None if self.year is None else _earlier(self, self.year)

    @property
    def denied_survey(self) -> str | None:
        """What the note says of a satisfaction or a rate in figures: that nobody was asked, or counted."""
        note, is_opinion = self.indicator.note or "", "满意" in self.plain
        if not isinstance(self.actual, Measured | Achieved) or not may_speak_against(note):
            return None
        if not (is_opinion or is_rate(self.plain)):
            return None
        denied = (_NO_SURVEY if is_opinion else _NO_BASIS).search(fold(note))
        return None if denied is None or _ASKED.search(fold(note)) is not None else denied[0]

    @property
    def _is_unfounded(self) -> bool:
        is_met = self.comparison.met is True and self.is_applicable
        return is_met and (self.earlier is not None or self.denied_survey is not None)

    @cached_property
    def is_missed_either_way(self) -> bool:
        """Whether a doubted row misses its target as it stands and as it may be meant: 下降率 ≥5% by -3%."""
        other = self.other_reading if self.comparison.met is False else None
        if other is None or other.target is None or other.actual is None:
            return False
        return compare(other.target, other.actual, None, year=self.year).met is False

    @property
    def repeats_bound(self) -> bool:
        """Whether the actual repeats the bound of the target (≥95% by ≥95%) and does not say what was reached.

        So it does where only the actual has a sign (12个 by ≥12个).
        """
        target, actual = self.target, self.actual
        if not isinstance(target, Bound) or not isinstance(actual, Achieved) or target.op is TargetKind.EQUAL:
            return False
        return target.op in {actual.op, TargetKind.BARE} and actual.quantity == target.quantity

    @property
    def is_unsurveyed(self) -> bool:
        """Whether the actual of a satisfaction says that nobody was asked, and points are given nevertheless."""
        published = read_points(self.indicator.published_score)[0]
        is_said = "满意" in self.plain and isinstance(self.actual, Level)
        return is_said and bool(published) and _NO_SURVEY.search(fold(self.indicator.actual or "")) is not None

    @cached_property
    def doubts(self) -> tuple[Diagnostic, ...]:
        """What makes the row implausible; nothing of a row that does not apply."""
        return tuple(doubt for find in _DOUBTS for doubt in find(self)) if self.is_applicable else ()


def has_lost_points(row: Indicator) -> bool:
    """Return whether a score is printed that is less than the points of its row."""
    published, points = (read_points(text)[0] for text in (row.published_score, row.points))
    return published is not None and points is not None and published < points


def always_met(target: Target, name: str) -> Message | None:
    """Return why every result meets a target: ≥0件, a share of ≤100%."""
    if not isinstance(target, Bound):
        return None
    value = target.quantity.value
    below = (target.op is TargetKind.AT_LEAST and value <= 0) or (target.op is TargetKind.GREATER_THAN and value < 0)
    if below and not may_be_negative(name):
        return Message("不会小于零", "it cannot be below zero")
    above = target.op is TargetKind.AT_MOST and target.quantity.unit == "1" and value >= 1
    return Message("不会超过 100%", "it cannot pass 100%") if above and is_share(name) else None


def years_in(text: str) -> set[int]:
    """Return the years that a text is about."""
    return {int(one["year"]) for one in _YEAR.finditer(fold(text))}


def _doubt(code: str, cell: str, zh: str, en: str, severity: Severity = Severity.WARNING) -> Iterator[Diagnostic]:
    yield Diagnostic(code, Message(zh, en), None, Span(cell=cell), severity=severity)


def _direction(row: ReadRow) -> Iterator[Diagnostic]:
    shown, cell = row.shown_target, "target" if row.indicator.targets is None else "targets"
    if row.figures.improves == "higher":
        yield from _doubt(
            "PF747",
            cell,
            f"指标值“{shown}”的方向可疑：这样的数越高、越多越好，却写成了上限",
            f"the direction of “{shown}” is doubtful: higher or more is better, yet it is a ceiling",
        )
    elif row.figures.improves == "lower":
        yield from _doubt(
            "PF747",
            cell,
            f"指标值“{shown}”的方向可疑：这样的数越少越好，却写成了下限",
            f"the direction of “{shown}” is doubtful: less is better, yet it is a floor",
        )


def _size(row: ReadRow) -> Iterator[Diagnostic]:
    actual, target = row.indicator.actual, row.indicator.full_target
    if row.figures.slip is not None:
        yield from _doubt(
            "PF758",
            "actual",
            f"完成值“{actual}”与指标值“{row.shown_target}”差约 {row.figures.slip} 倍，像是小数点或单位写错，请核对",
            f"the actual “{actual}” and the target “{row.shown_target}” differ by a factor of about {row.figures.slip}:"
            " a decimal point or a unit looks wrong",
        )
    elif row.figures.is_far_apart:
        yield from _doubt(
            "PF758",
            "actual",
            f"{actual} 与 {target} 相差一千倍以上，像是单位写错",
            f"{actual} and {target} differ by a factor of a thousand or more: a unit looks wrong",
        )


def _above_whole(row: ReadRow) -> Iterator[Diagnostic]:
    if row.figures.is_above_whole:
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


#: How much of each unit of time a year has, a leap year.
_OF_A_YEAR = {"小时": 8784, "天": 366, "日": 366, "周": 53, "月": 12}


def _above_year(row: ReadRow) -> Iterator[Diagnostic]:
    held, wanted = quantities(row.actual), quantities(row.target)
    if not held or not wanted or not isinstance(row.actual, Measured) or not _WITHIN_A_YEAR.search(row.plain):
        return
    most = _OF_A_YEAR.get(held[0].unit or "")
    is_of_several = wanted[0].unit == held[0].unit and most is not None and wanted[0].value > most
    if most is not None and held[0].value > most and not is_of_several:
        actual, limit = row.indicator.actual, f"{most}{held[0].unit}"
        zh, en = f"“{actual}”多于一年所有的 {limit}", f"“{actual}” is more than a year has ({limit})"
        yield from _doubt("PF745", "actual", zh, en)


def _below_zero(row: ReadRow) -> Iterator[Diagnostic]:
    if not row.figures.is_below_zero:
        return
    actual, held = row.indicator.actual, quantities(row.actual)
    if held and "货币" in (held[0].dimension or ""):
        zh, en = f"“{actual}”是负数，请核对", f"“{actual}” is negative; please check"
        yield from _doubt("PF746", "actual", zh, en)
        return
    zh = f"“{actual}”是负数，这里不会小于零"
    yield from _doubt("PF746", "actual", zh, f"“{actual}” is negative, which this cannot be", Severity.ERROR)


def _signed_fall(row: ReadRow) -> Iterator[Diagnostic]:
    if row.figures.is_signed_fall:
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
    if (denied := row.denied_survey) is not None:
        actual, is_opinion = row.indicator.actual, "满意" in row.plain
        zh, en = (
            f"{'满意度' if is_opinion else '完成值'}填“{actual}”，备注却说“{denied}”",
            f"{'satisfaction of' if is_opinion else 'the actual is'} “{actual}”, yet the note says “{denied}”",
        )
        yield from _doubt("PF749", "note", zh, en)


def _other_year(row: ReadRow) -> Iterator[Diagnostic]:
    if row.earlier is not None:
        cell, text, other = row.earlier
        what = "" if isinstance(row.actual, Dated) else "数"
        zh, en = (
            f"“{text}”是{other}的{what}，不是本年度的",
            f"“{text}” is of an earlier year ({other}), not of the form's year",
        )
        yield from _doubt("PF739", cell, zh, en)


def _earlier(row: ReadRow, year: int) -> tuple[str, str, str] | None:
    """Return the cell that names an earlier year, its text, and the year."""
    actual, note = row.indicator.actual or "", row.indicator.note or ""
    years = years_in(actual)
    if years and max(years) < year and max(years) not in years_in(f"{row.plain},{row.indicator.full_target or ''}"):
        return "actual", shorten(actual, 40), f"{max(years)} 年"
    if may_speak_against(note) and (said := _OTHER_YEAR.search(fold(note))) is not None:
        named = said["year"] or said["used"]
        if named is None or int(named) < year:
            return "note", shorten(note, 40), "以前年度" if named is None else f"{named} 年"
    return None


@remembered
def may_speak_against(note: str) -> bool:
    """Return whether a note may say something against the actual of its row: a denial, another number, another year.

    >>> [may_speak_against(note) for note in ("已按计划完成", "尚有2所未完工", "实际完成80户", "沿用上年数据")]
    [False, True, True, True]
    """
    return _AGAINST.search(fold_without_spaces(note)) is not None


def may_be_contradicted(row: Indicator, year: int | None) -> bool:
    """Return whether the note of a row, or an earlier year in its actual, may speak against it."""
    if row.note and may_speak_against(row.note):
        return True
    return year is not None and "年" in (row.actual or "") and any(one < year for one in years_in(row.actual or ""))


def is_decided_otherwise(note: str) -> bool:
    """Return whether a note says that a row counts for more or less than its numbers say, or how points are given.

    >>> [is_decided_otherwise(note) for note in ("经批复调减为80人", "90%以上得10分", "钢材涨价")]
    [True, True, False]
    """
    return _DECIDED.search(fold_without_spaces(note)) is not None


def _contradicted(row: ReadRow) -> Iterator[Diagnostic]:
    if row.contradiction is not None:
        message = row.contradiction.message
        yield from _doubt("PF737", "note", message.zh, message.en)


def _counted_otherwise(row: ReadRow, note: str) -> Contradiction | None:
    """Return the share that a note counts, where it is not the printed one: 95% ← 有效问卷196份，其中满意181份."""
    actual, said = row.actual, fold_words(note)
    found = _COUNTED.search(said)
    if found is None or not isinstance(actual, Measured) or actual.quantity.unit != "1":
        return None
    part = Fraction(found["good"] or found["count"])
    wholes = [Fraction(one["whole"]) for one in _WHOLES.finditer(said[: found.start()])]
    shares = [(part / whole, whole) for whole in wholes if whole >= part > 0]
    digit = _last_digit(row.indicator.actual or "")
    if not shares or any(abs(share - actual.quantity.value) < digit for share, _ in shares):
        return None
    share, whole = shares[-1]
    rate = f"{decimal_text(round_to(share * 100, 2))}%"
    text, how = shorten(note, 40), f"{decimal_text(part)} ÷ {decimal_text(whole)} = {rate}"
    message = Message(
        f"完成值 {row.indicator.actual}，备注“{text}”算出的是 {how}",
        f"the actual is {row.indicator.actual}; by the note “{text}” it is {how}",
    )
    return Contradiction(rate, message, replace(actual, quantity=replace(actual.quantity, value=share)))


def _shared_otherwise(row: ReadRow, note: str) -> Contradiction | None:
    """Return the share that a note names of the row's own thing: 90.25% ← 问卷显示98%的家长表示满意."""
    actual, said = row.actual, fold_without_spaces(note)
    if not isinstance(actual, Measured) or actual.quantity.unit != "1" or is_decided_otherwise(note):
        return None
    found = [one for one in _SHARE_SAID.finditer(said) if (one["thing"] or one["other"]) in row.plain]
    if len(found) != 1 or _ASIDE.search(said) or _PART_OF_ALL.search(said):
        return None
    rate = found[0]["rate"] or found[0]["share"]
    share, text = Fraction(rate) / 100, shorten(note, 40)
    if abs(share - actual.quantity.value) < max(_last_digit(f"{rate}%"), _last_digit(row.indicator.actual or "")):
        return None
    message = Message(
        f"完成值 {row.indicator.actual}，备注却说“{text}”",
        f"the actual is {row.indicator.actual}, yet the note says “{text}”",
    )
    return Contradiction(f"{rate}%", message, replace(actual, quantity=replace(actual.quantity, value=share)))


def _taken_back(row: ReadRow, note: str) -> Contradiction | None:
    """Return what a note says against a row that is met: its own number does not, or something is undone."""
    if row.comparison.met is not True or is_decided_otherwise(note):
        return None
    text, shown = shorten(note, 40), row.indicator.actual
    message = Message(
        f"完成值 {shown}，算作达标；备注却说“{text}”", f"the actual is {shown}, met; yet the note says “{text}”"
    )
    clauses = [clause for clause in _SPLIT.split(fold_words(note)) if not _ASIDE.search(clause)]
    if not _is_all_of_whole(row):
        clauses = [clause for clause in clauses if not _SOME_BAD.search(clause)]
        clauses = [] if _is_rest(row, note) else clauses
    for clause in clauses:
        match = _REALLY.search(clause)
        other = None if match is None else _same_unit(row, match["value"])
        if match is not None and other is not None and _misses(row, other):
            return Contradiction(match["value"], message, other)
    is_limit = row.comparison.direction == "lower" and not isinstance(row.target, Deadline)
    left, words = ",".join(clauses), isinstance(row.target, Level)
    if is_limit or not (says_undone(left, row.indicator.full_target or "", in_words=words) or _SOME_LEFT.search(left)):
        return None
    less = _less(row, clauses)
    return None if less is not None and not _misses(row, less) else Contradiction(text, message, less)


def _is_all_of_whole(row: ReadRow) -> bool:
    return isinstance(row.actual, Measured) and row.actual.quantity.unit == "1" and row.actual.quantity.value == 1


def _is_rest(row: ReadRow, note: str) -> bool:
    """Return whether a note names the share that is missing to all of a whole: 95% ← 1个项目未按期完工，占5%."""
    if not isinstance(row.actual, Measured) or row.actual.quantity.unit != "1":
        return False
    shares = [Fraction(one) / 100 for one in _SHARE.findall(fold(note))]
    return 1 - row.actual.quantity.value in shares


def _misses(row: ReadRow, actual: Actual) -> bool:
    """Return whether another actual does not meet the target."""
    return row.target is not None and compare(row.target, actual, None, year=row.year).met is False


def _less(row: ReadRow, clauses: list[str]) -> Measured | None:
    """Return the actual without what a note says is left to be done: 8600平方米, 320平方米因征地未完成."""
    actual = row.actual
    for match in filter(None, map(_LEFT.search, clauses)):
        left = _same_unit(row, match["before"] or match["behind"])
        if left is not None and isinstance(actual, Measured) and left.quantity.base < actual.quantity.base:
            share = left.quantity.base / actual.quantity.base
            value = actual.quantity.value * (1 - share)
            return replace(actual, quantity=replace(actual.quantity, value=value))
    return None


def _same_unit(row: ReadRow, text: str) -> Measured | None:
    """Read a number of a note; `None` for what is none, or of another unit than the actual."""
    try:
        reading = parse_actual(text)
    except ExpressionError:
        return None
    if not isinstance(row.actual, Measured) or not isinstance(reading, Measured):
        return None
    return reading if reading.quantity.dimension == row.actual.quantity.dimension else None


def _last_digit(text: str) -> Fraction:
    """Return how much one of the last digit of a percentage is.

    >>> _last_digit("95%"), _last_digit("92.35%")
    (Fraction(1, 100), Fraction(1, 10000))
    """
    places = len("".join(re.findall(r"\.([0-9]+)", fold(text))[:1]))
    return Fraction(1, 100 * 10**places)


def _signs(row: ReadRow) -> Iterator[Diagnostic]:
    if row.figures.has_two_signs and row.figures.scales is not None:
        wanted, given = row.figures.scales
        actual = row.indicator.actual
        yield from _doubt(
            "PF751",
            "actual",
            f"指标值以“{wanted}”计，完成值“{actual}”却用“{given}”，两个符号差 10 倍",
            f"the target is in {wanted}, the actual “{actual}” in {given}: the two signs differ by a factor of 10",
            Severity.NOTE if _is_met_by_both(row) else Severity.WARNING,
        )


def _is_met_by_both(row: ReadRow) -> bool:
    """Return whether a row is met whichever of two signs is meant: ≤3‰ ← 0.12%, which is 1.2‰ or 0.12‰."""
    compared, held = row.comparison, quantities(row.actual)
    target, actual = compared.target, compared.actual
    if compared.met is not True or target is None or actual is None or not held:
        return False
    other = actual / 10 if fold(held[0].written or "").strip() in {"%", "百分比", "百分号"} else actual * 10
    return other <= target if compared.direction == "lower" else compared.direction == "higher" and other >= target


#: Every doubt, in the order in which it is said.
_DOUBTS: tuple[Callable[[ReadRow], Iterator[Diagnostic]], ...] = (
    _direction,
    _size,
    _above_whole,
    _above_year,
    _below_zero,
    _signed_fall,
    _vacuous,
    _repeated,
    _unsurveyed,
    _contradicted,
    _other_year,
    _signs,
)
