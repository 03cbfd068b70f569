"""What the two cells of a row give together, and the sentences of what nothing decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pfscore.cells.lexicon.quantities import say
from pfscore.cells.readings import Assumption, Bound, Dated, Deadline, Direction, Level, Measured, Reading, TargetKind
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Lang, Message
from pfscore.scoring.row.comparing.plain_answers import is_same_wording

#: What to do with a row that nothing decides.
BY_HAND = Message("由评价人评定的，把得分写在 decision 里", "a person who judges writes the score under `decision`")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two cells of a row give together; numbers are in the unit of the target.

    `met` is `None` where it cannot be told. `stated` is the bound of an actual that only repeats one (`≥95%`):
    then `actual` is that bound and the true value lies on its side. `problem` says why numbers could not be compared,
    `undecided` why a person must look. `ends` are the comparisons of both ends of an actual that is an interval.
    `days_late` and `years_late` say by how much a date misses its limit, `planned_days` how long it was to take.
    """

    met: bool | None = None
    direction: Direction | None = None
    target: Fraction | None = None
    actual: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    stated: TargetKind | None = None
    assumptions: tuple[Assumption, ...] = ()
    problem: Diagnostic | None = None
    undecided: Diagnostic | None = None
    ends: tuple[Comparison, Comparison] | None = None
    days_late: Fraction | None = None
    years_late: Fraction | None = None
    planned_days: Fraction | None = None

    @property
    def completion(self) -> Fraction | None:
        """Actual ÷ target, where both are numbers and the target is not zero."""
        if self.target is None or self.actual is None or not self.target:
            return None
        return self.actual / self.target

    @property
    def deviation_rate(self) -> Fraction | None:
        """(Actual − target) ÷ target, as the forms print it; undefined for a zero target."""
        completion = self.completion
        return None if completion is None else completion - 1

    @property
    def is_beyond_equal(self) -> bool:
        """Whether the actual is more than an equal sign asks for (=100人 ← 120人), which is no shortfall.

        Of what there is to be nothing of (=0起 ← 1起), more is one.
        """
        if self.direction != "equal" or not self.target or self.actual is None:
            return False
        return self.actual > self.target > 0


#: The comparison of a row that has nothing to compare.
NOTHING_COMPARED = Comparison()


def words_of(reading: Reading, lang: Lang) -> str:
    """Return a reading for use between quotation marks: words as they stand, numbers as an official says them."""
    return reading.text if isinstance(reading, Level | Deadline | Dated) else reading.in_words(lang)


def not_comparable(target: Reading, actual: Reading) -> Diagnostic:
    """Return that nothing decides whether an actual meets its target."""
    if is_same_wording(str(target), str(actual)):
        return Diagnostic(
            "PF516",
            Message(
                f"完成值与指标值写法相同（“{shown(actual, 'zh')}”），规则集没有写这样是否达标",
                f"the actual repeats the target (“{shown(actual, 'en')}”); the ruleset does not say if that meets it",
            ),
            BY_HAND,
        )
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{shown(actual, 'zh')}”与指标值“{shown(target, 'zh')}”无法直接比较",
            f"the actual “{shown(actual, 'en')}” cannot be compared with the target “{shown(target, 'en')}”",
        ),
        BY_HAND,
    )


def left_open(why: Message) -> Comparison:
    """Return what a row comes to at which a person must look."""
    return Comparison(undecided=Diagnostic("PF516", why, BY_HAND))


def only_estimated(actual: str) -> Comparison:
    """Return that an actual gives a number that is expected, and not what was reached."""
    zh, en = f"完成值“{actual}”是预计的数，没有写实际结果", f"the actual “{actual}” is expected, not what was reached"
    return left_open(Message(zh, en))


def unknown(actual: str) -> Comparison:
    """Return that an actual says that its result is not known."""
    zh, en = f"完成值“{actual}”没有写结果", f"the actual “{actual}” says that there is no result yet"
    return left_open(Message(zh, en))


def shown(reading: Reading, lang: Lang) -> str:
    """Return a reading for a sentence: a plain amount in its own scale (480 万元), and what else as it is written."""
    match reading:
        case Measured(quantity=quantity) | Bound(op=TargetKind.BARE, quantity=quantity):
            return say(quantity, lang)
    return str(reading)


def no_result(words: str) -> Assumption:
    """Return that words of an actual are not taken for its result."""
    return Assumption("left_out", Message(f"“{words}”没有当作结果", f"“{words}” is not taken for a result"))
