"""The ways in which a version of a rule can score: a formula, levels, bands, thresholds, or a person's judgement.

A further way is a class here, a member of `Way`, a key of `RuleVersion`, and a row in each table by way (one in
each layer that has to tell the ways apart).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self, get_args

from pydantic import Field, model_validator

from pfscore.documents.scalars import problem
from pfscore.rulesets.model.base import Strict
from pfscore.rulesets.model.values import Amount, Interval, Points, Text, Texts, Truth

#: The most rows of one table of bands.
MAX_BANDS = 200


class LevelRow(Strict):
    """定性的一档：哪些说法，得分值的多少。Words, and the share of the points they earn."""

    level: Texts
    """完成值的说法；“同指标值”表示与指标值用词相同，“其他”表示未列出的说法。"""
    share: Interval
    """占分值的比例；一个数，或由评价人在内选定的区间，如 [80%, 100%]。"""


class ThresholdRow(Strict):
    """按本行所列起点的一档。A level whose threshold stands in the row itself."""

    level: str
    """档名，如“优”；起点写在表的 thresholds 里。"""
    share: Interval
    """占分值的比例；一个数，或由评价人在内选定的区间。"""


class BandRow(Strict):
    """分档的一档。A band: the range of the value, and what it earns."""

    range: Interval
    """数值区间，如 [95%, 100%)；没有端点写 -∞ 或 +∞。"""
    share: Amount | None = None
    """占分值的比例。"""
    points: Points | None = None
    """得分；与 share 只写一个。"""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.points is None):
            key = "points" if self.points is not None else "range"
            raise problem("PF208", "每档写 share 或 points 中的一个", "a band has either share or points", key=key)
        return self


class Bands(Strict):
    """分档：按哪个数分，各档。Which number is banded, and the bands, which cover it exactly once."""

    of: str = Field(min_length=1)
    """分档的数，如“完成率”，可写公式。"""
    over: Interval | None = None
    """取值范围；默认全部实数。各档须正好覆盖它一次。"""
    table: tuple[BandRow, ...] = Field(min_length=1, max_length=MAX_BANDS)
    """各档。"""


class Judgement(Strict):
    """由评价人在区间内评定。Left to a person, within bounds."""

    when: Text | None = None
    """何时由评价人评定，如“完成率 > 130%”；其余按同一版的 formula 等。不写则一律评定。"""
    share: Interval | None = None
    """占分值的比例区间，如 [0%, 100%]；或者写 low 和 high。"""
    low: Text | None = None
    """最低多少分的公式，如按“不足一级进一”算的得分。"""
    high: Text | None = None
    """最高多少分的公式；与 low 相等的行不必评定。"""
    full_when_met: Truth = False
    """达标时记满分，未达标才由评价人评定。"""

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
class ByJudgement(_Way):
    """A person gives the points, within bounds."""

    key: ClassVar[str] = "judgement"
    judgement: Judgement

    @property
    def is_guarded(self) -> bool:
        return self.judgement.when is not None


#: How a version scores; a guarded judgement may be added to another way.
Way = ByFormula | ByLevels | ByBands | ByThresholds | ByJudgement
#: The key of each way in a file.
WAYS: tuple[str, ...] = tuple(way.key for way in get_args(Way))
