"""The ways in which a version of a rule can score: formula, levels, bands, thresholds, checklist, or a judgement.

A further way is a class here, a member of `Way`, a key of `RuleVersion`, and a row in each table by way (one in
each layer that has to tell the ways apart).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self, get_args

from pydantic import Field, model_validator

from pfscore.documents.scalars import problem
from pfscore.rulesets.model.base import Strict
from pfscore.rulesets.model.values import Interval, PointRange, PointsAbove, Range, ShareRange, Text, Texts, Truth

#: The most rows of one table of bands.
MAX_BANDS = 200
#: The most rows of a checklist, and of different scores that it can give.
MAX_CHECKS, MAX_SCORES = 20, 1000


class LevelRow(Strict):
    """定性的一档：哪些说法，得分值的多少。Words, and the share of the points they earn."""

    level: Texts
    """完成值的说法；“同指标值”表示与指标值用词相同，“其他”表示未列出的说法。
    The words of the actual; 同指标值 for those of the target, 其他 for all others."""
    share: Interval
    """占分值的比例；一个数，或由评价人在内选定的区间，如 [80%, 100%]。
    The share of the points, or a range from which a person chooses."""


class ThresholdRow(Strict):
    """按本行所列起点的一档。A level whose threshold stands in the row itself."""

    level: str
    """档名，如“优”；起点写在表的 thresholds 里。
    The name of the level, such as 优; its threshold stands in the row."""
    share: Interval
    """占分值的比例；一个数，或由评价人在内选定的区间。
    The share of the points, or a range from which a person chooses."""


class BandRow(Strict):
    """分档的一档。A band: the range of the value, and what it earns."""

    range: Interval
    """数值区间，如 [95%, 100%)；没有端点写 -∞ 或 +∞。
    The range of the number; -∞ and +∞ for no edge."""
    share: ShareRange | None = None
    """占分值的比例；一个数，或由评价人在内选定的区间，如 [60%, 80%]。
    The share of the points, or a range from which a person chooses."""
    points: PointRange | None = None
    """得分；一个数，或由评价人在内选定的区间，如 [3, 4]（含两端）。与 share 只写一个。
    The points, or a range from which a person chooses; in place of `share`."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.points is None):
            key = "points" if self.points is not None else "range"
            raise problem("PF208", "每档写 share 或 points 中的一个", "a band has either share or points", key=key)
        worth = self.worth
        if worth.low is None or worth.high is None or worth.low_open or worth.high_open:
            raise problem(
                "PF207",
                f"得分的区间 “{worth}” 两端都要写，并且都含在内",
                f"the range of points {worth} needs both its ends, included",
                "写成 [3, 4]",
                "write [3, 4]",
                key="points" if self.points is not None else "share",
            )
        return self

    @property
    def worth(self) -> Range:
        """What the band earns: points, or a share of the row's points."""
        return self.points or self.share or Range(Fraction(0), Fraction(0))


class Bands(Strict):
    """分档：按哪个数分，各档。Which number is banded, and the bands, which cover it exactly once."""

    of: str = Field(min_length=1)
    """分档的数，如“完成率”，可写公式。
    The number that is banded, or a formula of it."""
    over: Interval | None = None
    """取值范围；默认全部实数。各档须正好覆盖它一次。
    The range that the bands cover exactly once; all numbers by default."""
    table: tuple[BandRow, ...] = Field(min_length=1, max_length=MAX_BANDS)
    """各档。
    The bands."""

    @property
    def is_open(self) -> bool:
        """Whether a band leaves its points to a person, within a range."""
        return any(row.worth.low != row.worth.high for row in self.table)


class CheckRow(Strict):
    """核对表的一条：做到得几分；写了 each 的，每出现一例扣几分，扣完为止。A point of a checklist, met or not."""

    item: str = Field(min_length=1)
    """内容，如“①已制定管理制度”。
    What is checked."""
    points: PointsAbove
    """做到得几分。
    The points where it is met."""
    each: PointsAbove | None = None
    """每出现一例扣几分，扣完为止；不写则只有做到、没做到两种。
    The points taken off for each case; without it, it is met or not."""

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """Every score that it can give.

        >>> [str(score) for score in CheckRow(item="合规", points="3", each="1").scores]
        ['3', '2', '1', '0']
        """
        if self.each is None:
            return self.points, Fraction(0)
        cases = -(-self.points // self.each)
        return tuple(max(self.points - case * self.each, Fraction(0)) for case in range(cases + 1))


class Judgement(Strict):
    """由评价人在区间内评定。Left to a person, within bounds."""

    when: Text | None = None
    """何时由评价人评定，如“完成率 > 130%”；其余按同一版的 formula 等。不写则一律评定。
    When a person judges; always, where it is left out."""
    share: Interval | None = None
    """占分值的比例区间，如 [0%, 100%]；或者写 low 和 high。
    The range of shares; or give `low` and `high`."""
    low: Text | None = None
    """最低多少分的公式，如按“不足一级进一”算的得分。
    The formula of the least points."""
    high: Text | None = None
    """最高多少分的公式；与 low 相等的行不必评定。
    The formula of the most points."""
    full_when_met: Truth = False
    """达标时记满分，未达标才由评价人评定。
    Full points where the target is met; a person judges only the others."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if (self.share is None) != (self.low is not None and self.high is not None) or (self.low is None) != (
            self.high is None
        ):
            raise problem(
                "PF208",
                "评定的范围写 share，或者写 low 和 high",
                "a judgement has either `share`, or `low` and `high`",
            )
        return self


class _Way:
    """One way of scoring; `key` is what the file writes it under."""

    __slots__ = ()
    key: ClassVar[str]

    @property
    def is_guarded(self) -> bool:
        """Whether it scores some cases only, and another way the others."""
        return False


@dataclass(frozen=True, slots=True)
class ByFormula(_Way):
    """A formula gives the points."""

    key: ClassVar[str] = "formula"
    text: str


@dataclass(frozen=True, slots=True)
class ByLevels(_Way):
    """The words of the actual fall into a level, which earns a share of the points."""

    key: ClassVar[str] = "levels"
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class ByBands(_Way):
    """A number falls into a band, which earns points or a share of them."""

    key: ClassVar[str] = "bands"
    bands: Bands


@dataclass(frozen=True, slots=True)
class ByThresholds(_Way):
    """The actual reaches a threshold of its own row, which earns a share of the points."""

    key: ClassVar[str] = "thresholds"
    rows: tuple[ThresholdRow, ...]


@dataclass(frozen=True, slots=True)
class ByChecklist(_Way):
    """Points are met or not, or lose points for each case; the form needs neither a target nor an actual."""

    key: ClassVar[str] = "checklist"
    rows: tuple[CheckRow, ...]

    @property
    def points(self) -> Fraction:
        """What all points together earn."""
        return sum((row.points for row in self.rows), start=Fraction(0))

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """Every score that the list can give, the best first."""
        found = {Fraction(0)}
        for row in self.rows:
            found = {score + more for score in found for more in row.scores}
        return tuple(sorted(found, reverse=True))


@dataclass(frozen=True, slots=True)
class ByJudgement(_Way):
    """A person gives the points, within bounds."""

    key: ClassVar[str] = "judgement"
    judgement: Judgement

    @property
    def is_guarded(self) -> bool:
        return self.judgement.when is not None


#: How a version scores; a guarded judgement may be added to another way.
Way = ByFormula | ByLevels | ByBands | ByThresholds | ByChecklist | ByJudgement
#: The key of each way in a file.
WAYS: tuple[str, ...] = tuple(way.key for way in get_args(Way))
