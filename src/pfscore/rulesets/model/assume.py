"""What a ruleset lets the library assume where the cells of a row do not say it."""

from __future__ import annotations

from typing import Literal, Self

from pfscore.rulesets.model.base import Strict
from pfscore.rulesets.model.values import Portion, Truth

#: The side to which a result improves.
OneWay = Literal["higher", "lower"]


class Assume(Strict):
    """许可的推定：单元格没写明、但可据此评分的事，每次使用都会写进解释。What may be assumed; the explanation has it.

    A rule's own keys win over those of the form's terms, and a ruleset's over its parent's.

    >>> national = Assume(direction="by_name", same_words=True)
    >>> own = Assume(direction="open")
    >>> both = national.overridden_by(own)
    >>> both.direction, both.same_words
    ('open', True)
    """

    direction: Literal["higher", "lower", "by_name", "by_name_or_higher", "open"] | None = None
    """无符号的数：higher 视为不低于，lower 视为不超过，by_name 按指标名称和所在类别的用词，
    by_name_or_higher 用词没有说明的视为不低于，open 由评价人评定。
    A bare number: at least it, at most it, by the words of the name and the block (and at least it where no
    word says so), or left to a person."""
    equal: OneWay | None = None
    """等号：higher 视为不低于，lower 视为不超过；不写则须恰好相等。
    An equal sign: at least it, or at most it; without this the actual has to be equal."""
    at_edge: Truth | None = None
    """“>”“<”而恰好等于指标值时，视为达标。
    An actual that is equal to the target of “>” or “<” counts as met."""
    tolerance: Portion | None = None
    """“左右”的容差，占指标值的比例。
    The tolerance of 左右, as a share of the target."""
    answered_percent: Truth | None = None
    """以“100%”回答时限或文字，视为达标。
    An answer of 100% to a deadline or a text counts as met."""
    same_words: Truth | None = None
    """完成值与指标值写法相同（“零”“无”“0”也算相同），视为达标。
    An actual in the words of the target counts as met."""
    opposite: Truth | None = None
    """“是”以“否”回答、“零投诉”以件数回答，视为未达标。
    The answer 否 to 是, or a count to 零投诉, counts as missed."""
    same_year: Truth | None = None
    """时限和完成日期有一格没写年份的，视为同一年。
    A deadline and a date of which one names no year are in the same year."""

    @property
    def is_by_name(self) -> bool:
        """Whether the words of the name and the block say to which side a bare number improves."""
        return self.direction in {"by_name", "by_name_or_higher"}

    def overridden_by(self, other: Assume | None) -> Self:
        """Return these assumptions with those that `other` states in their place."""
        if other is None:
            return self
        stated = {key: value for key in type(self).model_fields if (value := getattr(other, key)) is not None}
        return self.model_copy(update=stated)
