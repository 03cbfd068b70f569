"""What every part of a ruleset file is made of: closed records, sources with their evidence, citations, rounding."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from pfscore.documents.model_fields import Described
from pfscore.documents.scalars import fold, one_value, problem
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.foundation.text import shorten
from pfscore.rulesets.model.values import Amount, Day, Texts


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
