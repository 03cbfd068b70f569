"""The examples that stand inside a rule: a row of a form, and what it must earn."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from pfscore.documents.scalars import Pairs, problem
from pfscore.foundation.numbers import decimal_text
from pfscore.rulesets.model.base import Strict
from pfscore.rulesets.model.values import (
    Amount,
    Day,
    Points,
    SignedPoints,
    Text,
    Texts,
    read_points,
    read_signed_points,
)

#: What stands in a form as a number of its own.
_POINTS = ("points", "decision", "rank", "deduction")


class Example(Strict):
    """例：一行指标（或预算）和应得的分。An indicator or budget row with what it must earn."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    title: str | None = None
    """这个例子说明什么。
    What the example shows."""
    path: Texts | None = None
    """一、二级指标。
    The headings of the first and second level."""
    name: Text | None = None
    """三级指标名称。
    The name of the indicator."""
    comparator: Text | None = None
    """指标性质。
    The comparator."""
    target: Text | None = None
    """指标值。
    The target."""
    unit: Text | None = None
    """度量单位。
    The unit."""
    thresholds: Pairs | None = None
    """本行各档的起点，如 {优: 100%, 良: 90%}。
    The thresholds of the row."""
    actual: Text | None = None
    """完成值。
    The actual."""
    initial: Text | None = None
    """年初预算数。
    The initial budget."""
    budget: Text | None = None
    """全年预算数。
    The budget of the year."""
    expenditure: Text | None = None
    """全年执行数。
    The expenditure of the year."""
    properties: Pairs | None = None
    """表的属性，如 {地区: 中部}。
    The properties of the form."""
    carried_over: Text | None = None
    """上年结转（按表上金额评分的规则）。
    What was carried over from the year before."""
    points: Text | None = None
    """分值；规则定死分值的可以不写。
    The points; left out where the rule fixes them."""
    share: Text | None = None
    """评价人选定的比例。
    The share that a person chose."""
    decision: Text | None = None
    """评价人评定的得分。
    The points that a person gave."""
    rank: Text | None = None
    """名次。
    The place among peers."""
    deduction: Text | None = None
    """另行扣减的分。
    The points taken off."""
    block_points: Points | None = None
    """所在类别的总分（按类别分分值时）。
    The points of the whole block."""
    count: Amount | None = None
    """同类别的指标个数。
    How many indicators share the block."""
    position: Amount | None = None
    """在类别中的序号。
    The place in the block."""
    score: SignedPoints | None = None
    """应得分。
    The points it must earn."""
    low: SignedPoints | None = None
    """应得的最低分（待评定时）。
    The least it must earn."""
    high: SignedPoints | None = None
    """应得的最高分（待评定时）。
    The most it must earn."""
    outcome: Literal["scored", "judgement", "not_applicable", "missing", "refused"] | None = None
    """应有的结果。
    What must become of it."""
    error: str | None = Field(default=None, pattern=r"^PF\d{3}$")
    """应有的拒绝代码。
    The code with which it must be refused."""
    on: Day | None = None
    """按哪一天的规则；不写则为本版施行之日。
    The day whose rules hold; the first of the version where it is left out."""
    from_form: str | None = None
    """取自哪张已公布的表。
    The published form that it is taken from."""

    @model_validator(mode="after")
    def _expects(self) -> Self:
        if (self.score, self.low, self.high, self.outcome, self.error) == (None,) * 5:
            raise problem(
                "PF601",
                "例子没有写应得的分",
                "the example expects nothing",
                "写 score，或 low 与 high，或 outcome，或 error",
                "give score, or low and high, or outcome, or error",
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            low, high = decimal_text(self.low), decimal_text(self.high)
            raise problem(
                "PF207",
                f"low {low} 大于 high {high}",
                f"low {low} is above high {high}",
                "两者对调",
                "swap them",
                value="low",
            )
        if self.error is not None and not _is_code(self.error):
            raise problem(
                "PF203",
                f"没有代码 “{self.error}”",
                f"there is no code {self.error!r}",
                "pfscore explain 说明每个代码",
                "`pfscore explain` tells what each code means",
                value="error",
            )
        return self

    @model_validator(mode="after")
    def _readable(self) -> Self:
        """Report invalid points at their place, not where the score differs; unless just that is expected."""
        if self.error is None and self.outcome != "refused":
            for key in _POINTS:
                read = read_signed_points if key == "decision" else read_points
                if (error := _unreadable((getattr(self, key) or "").strip(), read)) is not None:
                    raise PydanticCustomError("pfscore", "{en}", {**(error.context or {}), "value": key})
        return self


def _unreadable(text: str, read: Callable[[str], Fraction]) -> PydanticCustomError | None:
    """Return what is wrong with a number as a form has it, 10 or 10分; nothing where it is blank."""
    found = None
    for written in (text, text.removesuffix("分").strip()):
        try:
            if written:
                read(written)
        except PydanticCustomError as error:
            found = found or error
        else:
            return None
    return found


def _is_code(error: str) -> bool:
    from pfscore.foundation.codes import CODES

    return error in CODES
