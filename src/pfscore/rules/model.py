"""The model of a ruleset file: closed English keys, Chinese values, a citation inside every dated version."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from pfscore.foundation.numbers import Rounding
from pfscore.rules.scalars import Amount, Day, Range, Texts, Truth, fold, problem

_RULESET_ID = r"^[a-z]{2}(-[a-z0-9]{1,3})?(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
_RULE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

#: How authors write what kind of target a rule is for, and the kinds of readings meant.
COMPARATORS: dict[str, tuple[str, ...]] = {
    "≥": ("at_least",),
    ">": ("greater_than",),
    "≤": ("at_most",),
    "<": ("less_than",),
    "=": ("equal",),
    "左右": ("approximately",),
    "无符号": ("bare",),
    "区间": ("between",),
    "增减": ("change",),
    "时限": ("deadline",),
    "定性": ("level",),
    "且": ("all_of",),
    "或": ("any_of",),
}


class Strict(BaseModel):
    """Frozen, closed, and without coercion surprises: every scalar has arrived as text."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Evidence(StrEnum):
    """How well the source of a rule is known."""

    TEXT = "text"
    """原文已读。The document itself was read."""
    RESTATED = "restated"
    """见他处转述。A form, a footnote or a notice repeats it."""
    OBSERVED = "observed"
    """由已公布的表推得。Inferred from published forms."""
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
    """依据等级：text 原文已读，restated 转述，observed 由公布的表推得，none 未见。"""
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


def _read_digits(value: Any) -> Any:
    text = fold(str(value)).strip()
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= 12):
        raise problem("PF205", f"小数位数应是 0 到 12 的整数，这里是 “{value}”", f"digits must be 0 to 12, not {value!r}")
    return int(text)


class RoundingRule(Strict):
    """取整：保留几位、怎样舍入、在哪一步。How many decimals, which way, and at which step."""

    digits: Annotated[int, BeforeValidator(_read_digits, json_schema_input_type=str)]
    """保留的小数位数。Decimals kept."""
    mode: Rounding = Rounding.HALF_UP
    """half_up 四舍五入，half_even 四舍六入五成双，down 截断，up 进位。"""
    at: Literal["score", "completion", "total"] = "score"
    """在哪一步：score 得分，completion 完成率或执行率（先取整再算分），total 总分。"""


class Block(Strict):
    """一级指标及其分值。A block of the form and the points it carries."""

    name: str
    """一级指标名称，如“产出指标”；预算执行写“预算执行”。"""
    points: Amount | None = None
    """分值；不固定时不写。Its points; left out where the form may choose them."""


class Grade(Strict):
    """等级：从多少分起（含）。A grade and the lowest total that earns it, on the unrounded total."""

    name: str
    """等级名称，如“优”。"""
    since: Amount = Field(alias="from")
    """起点分（含），直到上一档起点（不含）。"""


class Light(Strict):
    """监控灯：完成进度从多少起（含）。A monitoring light and the lowest progress that shows it."""

    name: str
    """灯色，如“绿”。"""
    since: Amount = Field(alias="from")
    """进度起点（含）。"""


class FormVersion(Strict):
    """一类表的通则，自某日起。What holds for the form as a whole since a date."""

    since: Day
    """施行日期。In force from this day."""
    until: Day | None = None
    """废止日期（当日起失效），只用于废止。Repealed from this day."""
    cite: Cite
    """出处。"""
    disabled: str | None = None
    """停用的原因；写了就不生效。Why it is not active."""
    total: Amount | None = None
    """满分。"""
    blocks: tuple[Block, ...] | None = None
    """各一级指标的分值。"""
    grades: tuple[Grade, ...] | None = None
    """等级，从高到低。"""
    rounding: RoundingRule | None = None
    """总分的取整；不写则为各行得分之和。"""
    missing: Literal["open", "zero"] | None = None
    """缺完成值：open 不评分，总分成为区间；zero 记 0 分（须有出处）。"""
    not_applicable: Literal["exclude", "rescale", "full"] | None = None
    """不适用的行：exclude 不计，rescale 其余行折算为满分，full 记满分。"""
    borrow_unit: Truth | None = None
    """一格没写单位时可否借用同行另一格的单位（每次都会写明）。"""
    far_exceeded: Amount | None = None
    """完成率超过多少就提示目标可能偏低（只提示，不扣分）。"""
    lights: tuple[Light, ...] | None = None
    """监控灯，从高到低。"""


class Applies(Strict):
    """适用范围：列出的条件都要满足，每条内满足其一即可。All that are given must hold; any member of each."""

    row: Literal["indicator", "budget"] = "indicator"
    """indicator 指标行，budget 预算执行行。"""
    comparator: Texts | None = None
    """指标值的种类：≥ > ≤ < = 左右 无符号 区间 增减 时限 定性 且 或。"""
    block: Texts | None = None
    """一级或二级指标名称。"""
    name: Texts | None = None
    """三级指标名称（编号和空格不计）。"""
    unit: Texts | None = None
    """单位，不带万、亿；百分数写 %。"""
    target: tuple[Literal["零", "负", "正"], ...] | None = None
    """指标值的正负。"""
    actual: tuple[Literal["数值", "100%", "百分比", "文字", "日期", "界限", "同指标值"], ...] | None = None
    """完成值的种类；“100%”“百分比”只指以百分数回答不是百分数的指标值。"""

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        if isinstance(data, dict):
            data = {key: [value] if key in {"target", "actual"} and isinstance(value, str) else value for key, value in data.items()}
        return data

    @model_validator(mode="after")
    def _known(self) -> Self:
        for word in self.comparator or ():
            if word not in COMPARATORS:
                known = " ".join(COMPARATORS)
                raise problem(
                    "PF203",
                    f"不认识的指标值种类 “{word}”",
                    f"unknown kind of target {word!r}",
                    f"可写：{known}",
                    f"known: {known}",
                )
        return self

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of readings that `comparator` stands for; `None` means every kind."""
        if self.comparator is None:
            return None
        return frozenset(kind for word in self.comparator for kind in COMPARATORS[word])


class Assume(Strict):
    """许可的推定：单元格没写明、但可据此评分的事，每次使用都会写进解释。What may be assumed, and is said each time."""

    direction: Literal["higher", "lower"] | None = None
    """无符号的数：higher 视为不低于，lower 视为不超过。"""
    tolerance: Amount | None = None
    """“左右”的容差，占指标值的比例。"""
    answered_percent: Truth | None = None
    """以“100%”回答时限或文字，视为达标。"""
    same_words: Truth | None = None
    """完成值与指标值用词相同，视为达标。"""


def _read_range(value: Any) -> Range:
    return Range.read(value)


Interval = Annotated[Range, BeforeValidator(_read_range, json_schema_input_type=str), PlainSerializer(str, return_type=str)]


class LevelRow(Strict):
    """定性的一档：哪些说法，得分值的多少。Words, and the share of the points they earn."""

    level: Texts
    """完成值的说法；“同指标值”表示与指标值用词相同，“其他”表示未列出的说法。"""
    share: Interval
    """占分值的比例；一个数，或由评价人在内选定的区间，如 [80%, 100%]。"""


class BandRow(Strict):
    """分档的一档。A band: the range of the value, and what it earns."""

    range: Interval
    """数值区间，如 [95%, 100%)；没有端点写 -∞ 或 +∞。"""
    share: Amount | None = None
    """占分值的比例。"""
    points: Amount | None = None
    """得分；与 share 只写一个。"""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.points is None):
            raise problem("PF208", "每档写 share 或 points 中的一个", "a band has either share or points")
        return self


class Bands(Strict):
    """分档：按哪个数分，各档。Which number is banded, and the bands, which cover it exactly once."""

    of: str = Field(min_length=1)
    """分档的数，如“完成率”，可写公式。"""
    over: Interval | None = None
    """取值范围；默认全部实数。各档须正好覆盖它一次。"""
    table: tuple[BandRow, ...] = Field(min_length=1)
    """各档。"""


class Judgement(Strict):
    """由评价人在区间内评定。Left to a person, within bounds."""

    share: Interval
    """占分值的比例区间，如 [0%, 100%]。"""
    full_when_met: Truth = False
    """达标时记满分，未达标才由评价人评定。"""


class Example(Strict):
    """例：一行指标（或预算）和应得的分。An indicator or budget row with what it must earn."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    title: str | None = None
    """这个例子说明什么。"""
    path: Texts | None = None
    """一、二级指标。"""
    name: str | None = None
    """三级指标名称。"""
    comparator: str | None = None
    """指标性质。"""
    target: str | None = None
    """指标值。"""
    unit: str | None = None
    """度量单位。"""
    actual: str | None = None
    """完成值。"""
    initial: str | None = None
    """年初预算数（预算行）。"""
    budget: str | None = None
    """全年预算数（预算行）。"""
    expenditure: str | None = None
    """全年执行数（预算行）。"""
    points: str
    """分值。"""
    share: str | None = None
    """评价人选定的比例。"""
    rank: str | None = None
    """名次。"""
    deduction: str | None = None
    """另行扣减的分。"""
    score: Amount | None = None
    """应得分。"""
    low: Amount | None = None
    """应得的最低分（待评定时）。"""
    high: Amount | None = None
    """应得的最高分（待评定时）。"""
    outcome: Literal["scored", "judgement", "not_applicable", "missing", "refused"] | None = None
    """应有的结果。"""
    error: str | None = Field(default=None, pattern=r"^PF\d{3}$")
    """应有的拒绝代码。"""
    on: Day | None = None
    """按哪一天的规则；不写则为本版施行之日。"""
    from_form: str | None = None
    """取自哪张已公布的表。"""

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
        return self


def _rounding_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class RuleVersion(Strict):
    """规则自某日起的写法。A rule as it stands since a date."""

    since: Day
    """施行日期。"""
    until: Day | None = None
    """废止日期（当日起失效），只用于废止。"""
    cite: Cite
    """出处。"""
    disabled: str | None = None
    """停用的原因；写了就不生效。"""
    formula: str | None = None
    """得分公式，如“分值 * min(完成值 / 指标值, 1)”。"""
    levels: tuple[LevelRow, ...] | None = None
    """定性分档。"""
    bands: Bands | None = None
    """数值分档。"""
    judgement: Judgement | None = None
    """由评价人评定。"""
    assume: Assume | None = None
    """许可的推定。"""
    rounding: Annotated[
        tuple[RoundingRule, ...] | None,
        BeforeValidator(_rounding_list, json_schema_input_type=RoundingRule | list[RoundingRule]),
    ] = None
    """得分的取整；可写几步。"""
    overshoot: str | None = None
    """若得分会随结果变好而下降（超额调减），写明依据的条款。"""
    steps: str | None = None
    """若得分有跳变（全或无、逐级），写明依据的条款。"""
    note: str | None = None
    """说明。"""
    examples: tuple[Example, ...] = ()
    """例子；至少一个满分，一个部分得分或拒绝。"""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [key for key in ("formula", "levels", "bands", "judgement") if getattr(self, key) is not None]
        if len(ways) > 1:
            raise problem(
                "PF208",
                f"一版规则只能用一种评分办法，这里写了 {'、'.join(ways)}",
                f"a version scores in one way, not in {len(ways)}: {', '.join(ways)}",
                "删去其余的，或拆成几条规则",
                "remove the others, or make several rules",
            )
        return self


class Rule(Strict):
    """评分规则。A scoring rule: what it is for, which rules it wins over, and its dated versions."""

    id: str = Field(pattern=_RULE_ID)
    """规则代号，小写字母、数字和连字符。"""
    title: str | None = None
    """规则名称。"""
    replaces: str | None = None
    """改写上级规则集的同名规则时，写上级规则集的代号。"""
    overrides: Texts | None = None
    """同时适用时，优先于哪些规则。"""
    applies: Applies | None = None
    """适用范围。"""
    versions: tuple[RuleVersion, ...] = Field(min_length=1)
    """各版本，按施行日期。"""


class Removed(Strict):
    """不再适用的上级规则。A rule of the parent that does not hold here."""

    rule: str
    """规则代号。"""
    since: Day
    """自何日起。"""
    cite: Cite
    """出处。"""


class Ruleset(Strict):
    """规则集文件：一个地区、一类表的评分规则。One jurisdiction, one kind of form."""

    ruleset: str = Field(pattern=_RULESET_ID)
    """代号，如 cn-sc/project：地区（ISO 3166-2）/表的种类。"""
    title: str
    """名称。"""
    jurisdiction: str = Field(pattern=r"^CN(-[A-Z0-9]{1,3})?$")
    """地区代码，如 CN-SC。"""
    kind: Literal["project", "department"]
    """project 项目支出，department 部门整体支出。"""
    status: Literal["active", "draft"]
    """active 现行，draft 草案（依据未齐）。"""
    extends: str | None = None
    """上级规则集：代号，或同一文件夹内的文件。"""
    note: str | None = None
    """说明。"""
    compiled_from: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """由 YAML 编译时写入：原文的 SHA-256。Written by `pfscore compile`; not for authors."""
    sources: tuple[SourceEntry, ...] = ()
    """依据。"""
    form: tuple[FormVersion, ...] = ()
    """整张表的通则，各版本。"""
    rules: tuple[Rule, ...] = ()
    """评分规则。"""
    removed: tuple[Removed, ...] = ()
    """不再适用的上级规则。"""
