"""A scoring rule: what it is for, and in each dated version how it scores, on whose word, with which examples."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from pfscore.cells.readings import TargetKind
from pfscore.documents.scalars import problem
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite, StepRounding, Strict
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.form_terms import Missing, NotApplicable
from pfscore.rulesets.model.values import Day, Interval, Points, Text, Texts, read_list
from pfscore.rulesets.model.way import MAX_CHECKS, Bands, CheckRow, Judgement, LevelRow, ThresholdRow, Way

_RULE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

#: How authors write what kind of target a rule is for.
if TYPE_CHECKING:
    Comparator = str
else:
    Comparator = Literal[tuple(kind.author_word for kind in TargetKind)]
Sign = Literal["零", "负", "正"]
#: What kind of answer the actual is; the last three say how it stands to a target that is a number.
Answer = Literal["数值", "100%", "百分比", "文字", "日期", "界限", "同指标值", "低于指标值", "等于指标值", "高于指标值"]
_GLYPHS = str.maketrans({"＞": ">", "＜": "<", "＝": "=", "≧": "≥", "≦": "≤", "％": "%"})


def _read_words(value: Any) -> Any:
    """Take one word for a list, and other glyphs for the usual signs."""
    words = read_list(value)
    if not isinstance(words, list):
        return words
    return [_read_word(word) if isinstance(word, str) else word for word in words]


@lru_cache(maxsize=256)
def _read_word(word: str) -> str:
    sign = word.strip().translate(_GLYPHS)
    return {">=": "≥", "<=": "≤"}.get(sign, sign)


def _read_properties(value: Any) -> Any:
    """Keep a mapping as pairs, so that it can be hashed."""
    return tuple(value.items()) if isinstance(value, dict) else value


class Applies(Strict):
    """适用范围：列出的条件都要满足，每条内满足其一即可。All that are given must hold; any member of each."""

    row: Literal["indicator", "graded", "budget"] = "indicator"
    """indicator 指标行，graded 本行自列各档起点的指标行，budget 预算执行行。
    Indicator rows, rows with thresholds of their own, or rows of the budget."""
    comparator: Annotated[
        tuple[Comparator, ...] | None,
        BeforeValidator(_read_words, json_schema_input_type=Comparator | list[Comparator] | None),
    ] = None
    """指标值的种类：≥ > ≤ < = 左右 无符号 区间 增减 时限 定性 且 或。
    The kinds of targets."""
    block: Texts | None = None
    """一级或二级指标名称。
    The headings of the first or second level."""
    name: Texts | None = None
    """三级指标名称（编号、空格、引号、末尾括号里的单位不计，全角半角不分）。按名称的规则用不着的格，表上可以空着。
    The names of indicators; numbering, spaces, quotation marks, a unit in brackets and the width of signs do not count.
    Cells that such a rule does not use may be blank."""
    unit: Texts | None = None
    """单位，不带万、亿；百分数写 %。
    The units, without 万 and 亿; % for percentages."""
    properties: Annotated[
        tuple[tuple[str, Texts], ...] | None,
        BeforeValidator(_read_properties, json_schema_input_type=dict[str, Texts] | None),
        PlainSerializer(lambda asked: None if asked is None else dict(asked)),
    ] = None
    """表的属性，如 {地区: 中部} 或 {地区: [中部, 西部]}；须在 form 的 properties 里声明。
    The properties of the form, which its terms declare."""
    target: Annotated[
        tuple[Sign, ...] | None, BeforeValidator(_read_words, json_schema_input_type=Sign | list[Sign] | None)
    ] = None
    """指标值的正负。
    The sign of the target."""
    actual: Annotated[
        tuple[Answer, ...] | None, BeforeValidator(_read_words, json_schema_input_type=Answer | list[Answer] | None)
    ] = None
    """完成值的种类；“100%”“百分比”只指以百分数回答不是百分数的指标值；低于、等于、高于只对一个数的指标值。
    The kind of the actual, or how it stands to a target that is a number."""

    @property
    def kinds(self) -> frozenset[TargetKind] | None:
        """The kinds of targets that `comparator` stands for; `None` means every kind."""
        return None if self.comparator is None else frozenset(map(TargetKind.of, self.comparator))


def _rounding_list(value: Any) -> Any:
    return [value] if isinstance(value, dict | str) else value


#: What stands in `overrides` for every rule that is not for indicators of certain names.
GENERAL = "通用规则"


class RuleVersion(Strict):
    """规则自某日起的写法。A rule as it stands since a date."""

    since: Day
    """施行日期。
    The day it starts."""
    until: Day | None = None
    """废止日期（当日起失效），只用于废止。
    The day it is repealed, which is the first without it."""
    cite: Cite
    """出处。
    Where it is written."""
    also: tuple[AlsoCite, ...] | None = None
    """另据：其中某几项出自别处。
    Further citations, for some of the keys."""
    disabled: str | None = None
    """停用的原因；写了就不生效。
    Why it is not active."""
    points: Points | None = None
    """本指标固定的分值；表上没写时用它，写了不同的分值就指出。
    The fixed points of the indicator, where the form states none."""
    adjusts: Interval | None = None
    """加减分指标：不计入满分，得分在此区间内加到总分，如加分 [0, 5]、减分 [-10, 0]、可加可减 [-5, 3]。
    The range that is added to the total, for indicators outside the full score."""
    target: Text | None = None
    """本指标固定的指标值，如“≤100%”；表上没写时用它。
    The fixed target of the indicator, where the form states none."""
    formula: Text | None = None
    """得分公式，如“分值 * min(完成值 / 指标值, 1)”。
    The formula of the points."""
    levels: tuple[LevelRow, ...] | None = None
    """定性分档。
    Levels of words."""
    bands: Bands | None = None
    """数值分档。
    Bands of a number."""
    thresholds: tuple[ThresholdRow, ...] | None = None
    """各行自定起点的分档，从高到低；最后一档收其余。
    Levels whose thresholds stand in each row, from the highest to the lowest; the last one takes the rest."""
    checklist: Annotated[tuple[CheckRow, ...], Field(min_length=1, max_length=MAX_CHECKS)] | None = None
    """核对表：逐条做到得分，合计为得分；表上不必有指标值和完成值。须写 applies 的 name。
    Points that are met one by one and add up; the form needs no target and no actual."""
    judgement: Judgement | None = None
    """由评价人评定。
    Left to a person."""
    not_applicable: NotApplicable | None = None
    """本指标不适用时，代替通则的办法。
    What becomes of this indicator where it does not apply."""
    missing: Missing | None = None
    """本指标缺完成值时，代替通则的办法。
    What becomes of this indicator where its actual is blank."""
    assume: Assume | None = None
    """许可的推定。
    What may be assumed."""
    rounding: Annotated[
        tuple[StepRounding, ...] | None,
        BeforeValidator(_rounding_list, json_schema_input_type=StepRounding | list[StepRounding] | None),
    ] = None
    """得分的取整；可写几步。
    How the points are rounded, in one step or several."""
    overshoot: str | None = None
    """若得分会随结果变好而下降（超额调减），写明依据的条款。
    The clause by which a better result may score less."""
    steps: str | None = None
    """若得分有跳变（全或无、逐级），写明依据的条款。
    The clause by which the points jump."""
    note: str | None = None
    """说明。
    What a reader should know."""
    examples: tuple[Example, ...] = ()
    """例子；至少一个满分，一个部分得分或拒绝。
    Examples: at least one with full points, and one with less or refused."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [way.key for way in self.ways if not way.is_guarded]
        if len(ways) > 1:
            raise problem(
                "PF208",
                f"一版规则只能用一种评分办法，这里写了 {'、'.join(ways)}",
                f"a version scores in one way, not in {len(ways)}: {', '.join(ways)}",
                "删去其余的，或拆成几条规则；只在某些情况下由评价人评定的，给 judgement 写 when",
                "remove the others, or make several rules; a judgement in some cases only says `when`",
                key=ways[-1],
            )
        return self

    @model_validator(mode="after")
    def _adjusting(self) -> Self:
        """An adjustment adds up to so much, takes off up to so much, or both; its points follow from that."""
        if self.adjusts is None:
            return self
        low, high = self.adjusts.low, self.adjusts.high
        if low is None or high is None or not low <= 0 <= high or low == high or self.adjusts.is_open:
            raise problem(
                "PF207",
                f"加减分的区间 “{self.adjusts}” 应当两端都写、都含在内，并且包含 0",
                f"the range of an adjustment, {self.adjusts}, needs both its ends, included, and 0 within",
                "加分写 [0, 5]，减分写 [-10, 0]",
                "write [0, 5] for a bonus, [-10, 0] for what is taken off",
                key="adjusts",
            )
        if self.points is not None:
            raise problem(
                "PF208",
                "加减分指标的分值就是 adjusts 的区间，不再写 points",
                "the points of an adjustment are the range of `adjusts`, not `points` too",
                key="points",
            )
        return self

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways of scoring that the version states: one, and a guarded judgement beside it."""
        return tuple(way(value) for way in get_args(Way) if (value := getattr(self, way.key)) is not None)

    @property
    def way(self) -> Way | None:
        """The one way in which the version scores; `None` where it takes over its parent's.

        >>> bare = {"since": "2021-01-01", "cite": {"source": "x"}}
        >>> RuleVersion.model_validate({**bare, "formula": "分值"}).way
        ByFormula(text='分值')
        >>> RuleVersion.model_validate(bare).way is None
        True
        """
        return next((way for way in self.ways if not way.is_guarded), None)


class Rule(Strict):
    """评分规则。A scoring rule: what it is for, which rules it wins over, and its dated versions."""

    id: str = Field(pattern=_RULE_ID)
    """规则代号，小写字母、数字和连字符。
    The id: small letters, digits and hyphens."""
    title: str | None = None
    """规则名称。
    The name."""
    replaces: str | None = None
    """改写上级规则集的同名规则时，写上级规则集的代号。
    The id of the parent whose rule of the same id is replaced."""
    overrides: Texts | None = None
    """同时适用时，优先于哪些规则；“通用规则”指所有不按指标名称的规则。
    Over which rules it wins where both apply; 通用规则 are all that are not for indicators of certain names."""
    applies: Applies | None = None
    """适用范围。
    What it is for."""
    versions: tuple[RuleVersion, ...] = Field(min_length=1)
    """各版本，按施行日期。
    The versions, by the day they start."""


class Removed(Strict):
    """不再适用的上级规则。A rule of the parent that does not hold here."""

    rule: str
    """规则代号。
    The id of the rule."""
    since: Day
    """自何日起。
    From this day."""
    cite: Cite
    """出处。
    Where it is written."""
