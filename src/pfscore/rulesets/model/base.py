"""What every part of a ruleset file is made of: closed records, sources, citations, rounding, assumptions."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from pfscore.documents.model_fields import Described
from pfscore.documents.scalars import fold, one_value, problem
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.foundation.text import shorten
from pfscore.rulesets.model.values import Amount, Day, Portion, Texts, Truth


class Strict(Described):
    """Frozen, closed, and without coercion surprises: every scalar has arrived as text."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Evidence(StrEnum):
    """How well the source of a rule is known."""

    TEXT = "text"
    """原文已读。The document itself was read."""
    RESTATED = "restated"
    """见他处转述。A form, a footnote or a notice repeats it."""
    OBSERVED = "observed"
    """由已公布的表推得。Inferred from published forms."""
    DEFAULT = "default"
    """本项目的默认办法，没有文件这样写。The project's own choice; no source says it."""
    NONE = "none"
    """未见。Not seen; nothing that rests on it is active."""


class SourceEntry(Strict):
    """依据：一份文件或一张已公布的表。A document or a published form that rules are cited from."""

    key: str = Field(min_length=1)
    """引用时用的简称或文号。The short name that `cite` uses."""
    title: str = Field(min_length=1)
    """全称。The full title."""
    issuer: str | None = None
    """发文机关。Who issued it."""
    issued: Day | None = None
    """成文日期或年份。When it was issued."""
    evidence: Evidence
    """依据等级：text 原文已读，restated 转述，observed 由公布的表推得，default 本项目的默认办法，none 未见。
    How well the source is known: read, restated, inferred from published forms, the project's own, not seen."""
    read_to: str | None = None
    """读到哪里为止，如“过程，预决算信息公开性”；不写则全文已读。Where the part that was read ends."""
    url: str | None = None
    """网址。Where it was seen."""
    note: str | None = None
    """说明。What a reader of the ruleset should know about the source."""


class Cite(Strict):
    """出处：哪份依据，第几条，原话。Which source, where in it, and its words."""

    source: str
    """依据的 key。The `key` of a source of this file."""
    at: str | None = None
    """条款、表注或行。The article, footnote or row."""
    quote: str | None = None
    """原话。The words themselves."""


class AlsoCite(Strict):
    """另据：这一版里的某几项出自别处。Where some of a version's keys come from, if not from its `cite`."""

    keys: Texts = Field(alias="for")
    """哪几项，如 [grades]、[rounding]。Which keys of the version."""
    source: str
    """依据的 key。The `key` of a source of this file."""
    at: str | None = None
    """条款、表注或行。The article, footnote or row."""
    quote: str | None = None
    """原话。The words themselves."""


def _read_digits(value: Any) -> Any:
    text = fold(one_value(value)).strip()
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= 12):
        raise problem(
            "PF205", f"小数位数应是 0 到 12 的整数，这里是 “{value}”", f"digits must be 0 to 12, not {value!r}"
        )
    return int(text)


class RoundingRule(Strict):
    """取整：保留几位或取到多少的倍数、怎样舍入。Decimals or a multiple, and which way."""

    digits: Annotated[int | None, BeforeValidator(_read_digits), WithJsonSchema({"type": ["integer", "string"]})] = None
    """保留的小数位数。Decimals kept."""
    step: Amount | None = None
    """取到它的整数倍，如 0.5（半分）；与 digits 只写一个。The multiple that is rounded to."""
    mode: Rounding = Rounding.HALF_UP
    """half_up 四舍五入，half_even 四舍六入五成双，down 截断，up 进位。
    Half up, half to even, cut off, or up."""

    @model_validator(mode="before")
    @classmethod
    def _written_out(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        digits = text if (text := fold(value).strip()).isascii() and text.isdigit() else "2"
        meant = f"{{digits: {digits}, mode: half_up}}"
        raise problem(
            "PF204",
            f"取整要写出位数和怎样舍入，这里只有 “{shorten(value)}”",
            f"a rounding says its digits and which way; here is only {shorten(value)!r}",
            f"四舍五入到 {digits} 位：{meant}",
            f"half up to {digits} decimals: {meant}",
        )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.digits is None) == (self.step is None):
            raise problem("PF208", "取整写 digits 或 step 中的一个", "rounding has either digits or step")
        if self.step is not None and self.step <= 0:
            raise problem("PF205", "step 应大于 0", "`step` must be above 0")
        return self

    @property
    def unit(self) -> Fraction:
        """What every rounded number is a multiple of.

        >>> RoundingRule(digits="2").unit, RoundingRule(step="0.5").unit
        (Fraction(1, 100), Fraction(1, 2))
        """
        return Fraction(1, 10**self.digits) if self.digits is not None else self.step or Fraction(1)

    def apply(self, number: Fraction, mode: Rounding | None = None) -> Fraction:
        """Return `number` rounded; `mode` in place of the rule's own.

        >>> RoundingRule(step="0.5").apply(Fraction("7.25"))
        Fraction(15, 2)
        """
        if self.digits is not None:
            return round_to(number, self.digits, mode or self.mode)
        return round_to(number / self.unit, 0, mode or self.mode) * self.unit


class StepRounding(RoundingRule):
    """某一步的取整。Rounding at one step of a rule."""

    at: Literal["score", "completion"] = "score"
    """在哪一步：score 得分，completion 完成率或执行率（先取整再算分）。
    Which step: the score, or the rate before it is scored."""


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
    below_full: Truth | None = None
    """未达标而由评价人评定的，不得满分。
    A row that missed its target and is left to a person earns less than all its points."""

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
