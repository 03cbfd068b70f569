"""What a ruleset says about the form as a whole: blocks, grades, and how rows that are not plain are treated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pfscore.documents.positions import Path
from pfscore.documents.scalars import problem
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite, RoundingRule, Strict
from pfscore.rulesets.model.values import Day, Interval, Names, Points, Portion, Truth

#: What becomes of a row that does not apply.
NotApplicable = Literal["exclude", "rescale", "rescale_block", "full"]
#: What becomes of a row whose actual is blank.
Missing = Literal["open", "zero"]


class Block(Strict):
    """一级指标（或其下的二级指标）及其分值。A block of the form and the points it carries."""

    name: str
    """一级指标名称，如“产出指标”；预算执行写“预算执行”。
    The heading of the first level; for the budget 预算执行."""
    points: Points | None = None
    """分值；不固定时不写。Its points; left out where the form may choose them."""
    counts: Portion | None = None
    """本级得分按多少计入总分，如 60%；不写则全部计入。What share of its score counts to the total."""
    including: Names | None = None
    """并入本级分值合计的其他一级指标，如“效益指标”并入“满意度指标”。Further headings whose rows count to its points."""
    unstated: Points | None = None
    """其中没有写明归哪个下级指标的分值。The part of its points of which the source does not say where it goes."""
    split: str | None = None
    """表上没有写各行分值时怎样分，如“均分(类别分值, 指标个数, 指标序号, 单位=1, 余数=末项)”。
    How the points are shared out where the form states none, as a formula."""
    parts: tuple[Block, ...] | None = None
    """其下的二级指标；都写了分值时须合计为本级分值。
    The headings of the second level; where all have points, they add up to those of this one."""


def walk_blocks(blocks: Sequence[Block] | None, path: Path = ()) -> Iterator[tuple[Path, Block]]:
    """Yield blocks, each with its path and before its parts."""
    for index, block in enumerate(blocks or ()):
        yield (*path, index), block
        yield from walk_blocks(block.parts, (*path, index, "parts"))


class Grade(Strict):
    """等级：从多少分起（含）。A grade and the lowest total that earns it, on the unrounded total."""

    name: str
    """等级名称，如“优”。
    The name of the grade, such as 优."""
    since: Points = Field(alias="from")
    """起点分（含），直到上一档起点（不含）。
    The least total that earns it."""


class Light(Strict):
    """监控灯：完成进度从多少起（含）。A monitoring light and the lowest progress that shows it."""

    name: str
    """灯色，如“绿”。
    The colour, such as 绿."""
    since: Portion = Field(alias="from")
    """进度起点（含）。
    The least progress that shows it."""


class FormProperty(Strict):
    """表的属性：评分办法因它而异，如地区、单位类别；写在表的 properties 里。What a form states, and rules depend on."""

    name: str = Field(min_length=1)
    """名称，如“地区”。
    The name, such as 地区."""
    values: Annotated[Names, Field(min_length=2)]
    """可写的值，如 [东部, 中部, 西部]。
    The values that may be written."""


class Either(Strict):
    """二者择其一：几个指标只考核一个。Of several indicators only one counts."""

    names: Names
    """三级指标名称，至少两个。
    The names of the indicators, at least two."""
    take: Literal["judge", "best", "first"] = "judge"
    """都填了完成值时：judge 由评价人定，best 取得分率高的，first 取写在前面的。
    Where all are filled in: a person decides, the best counts, or the first."""

    @model_validator(mode="after")
    def _several(self) -> Self:
        if len(self.names) < 2:
            raise problem(
                "PF202",
                "二者择一至少写两个指标名称",
                "`names` needs at least two indicators",
                "写成清单，如 names: [甲, 乙]",
                "write a list, such as names: [甲, 乙]",
                key="names",
            )
        return self


class AdjustmentGroup(Strict):
    """几个加减分指标合计的上下限，如“累计加分不超过 3 分”。What several adjustments add to the total together."""

    names: Names | None = None
    """加减分指标的名称，或其上的一、二级指标名称，如“加分项”；不写则指全部加减分指标。
    The names of the indicators, or of headings above them; all adjustments by default."""
    within: Interval
    """合计计入的区间，如 [0, 3]；只限一头的写 (-∞, 3]。
    The range of what counts of their sum, such as [0, 3]; (-∞, 3] bounds one side only."""

    @model_validator(mode="after")
    def _around_nothing(self) -> Self:
        low, high = self.within.low, self.within.high
        excluded = (low is not None and self.within.low_open) or (high is not None and self.within.high_open)
        if Fraction(0) not in self.within or low == high or excluded:
            raise problem(
                "PF207",
                f"合计的区间 “{self.within}” 应当包含 0，写了的端点含在内",
                f"the range of a sum, {self.within}, needs 0 within, and the ends that it states included",
                "累计加分不超过 3 分写 [0, 3]，累计扣分不超过 10 分写 [-10, 0]",
                "write [0, 3] where at most 3 points are added, [-10, 0] where at most 10 are taken off",
                key="within",
            )
        return self


class Deviation(Strict):
    """偏差率怎样印：（完成值 − 指标值）÷ 指标值。How the form prints the deviation rate."""

    rounding: RoundingRule | None = None
    """百分数的取整（digits: 2 即 0.01%）。How the percentage is rounded."""
    undefined: str | None = None
    """指标值为零或是文字时印什么，如“0%”。What stands where the target is zero or words."""


class Explanation(Strict):
    """须作说明的情形：缺说明只是审核发现，不扣分。What a form has to explain; a missing explanation costs no points."""

    row: Literal["indicator", "budget"] = "indicator"
    """哪些行：indicator 指标行，budget 预算行。
    Which rows: indicators, or the budget."""
    when: str = Field(min_length=1)
    """何时须说明，如“执行率 < 90%”“预算数 != 年初预算数”“完成率 > 120%”。
    The condition under which it has to be explained."""
    about: str = Field(min_length=1)
    """要说明什么，照依据的原话。
    What has to be explained, in the words of the source."""


class FormVersion(Strict):
    """一类表的通则，自某日起。What holds for the form as a whole since a date."""

    since: Day
    """施行日期。In force from this day."""
    until: Day | None = None
    """废止日期（当日起失效），只用于废止。Repealed from this day."""
    cite: Cite
    """出处。
    Where it is written."""
    also: tuple[AlsoCite, ...] | None = None
    """另据：其中某几项出自别处。
    Further citations, for some of the keys."""
    disabled: str | None = None
    """停用的原因；写了就不生效。Why it is not active."""
    note: str | None = None
    """说明。
    What a reader should know."""
    total: Points | None = None
    """满分。
    The full score."""
    blocks: tuple[Block, ...] | None = None
    """各一级指标的分值。
    The points of each heading of the first level."""
    unstated: Points | None = None
    """满分中没有写明归哪个一级指标的分值。The part of the total of which the source does not say where it goes."""
    grades: tuple[Grade, ...] | None = None
    """等级，从高到低。
    The grades, from the highest to the lowest."""
    rounding: RoundingRule | None = None
    """总分的取整；不写则为各行得分之和。
    How the total is rounded; without it, it is the sum of the rows."""
    missing: Missing | None = None
    """缺完成值：open 不评分，总分成为区间；zero 记 0 分（须有出处）。
    A blank actual: `open` is not scored and makes the total a range, `zero` earns nothing (with a source for it)."""
    not_applicable: NotApplicable | None = None
    """不适用的行：exclude 不计，rescale 其余行折算为满分，rescale_block 在同一级指标内折算，full 记满分。
    Rows that do not apply: left out, the rest rescaled to the total or within the block, or full points."""
    properties: tuple[FormProperty, ...] | None = None
    """表须写明的属性，如地区；规则的 applies 可按它适用。
    Properties that a form has to state, such as its region; rules may apply by them."""
    either: tuple[Either, ...] | None = None
    """二者择其一考核的指标。
    Indicators of which only one counts."""
    adjustments: tuple[AdjustmentGroup, ...] | None = None
    """加减分指标合计的上下限。
    Bounds on the sum of adjustments."""
    deduction: Truth | None = None
    """评分后可否由人扣减（行内 deduction 一栏），扣完为止。
    Whether a person may take points off afterwards, down to none."""
    period: Literal["full_year", "half_year"] | None = None
    """分期的表按哪一期指标值：full_year 全年（默认），half_year 半年。
    Which target of a form with several periods counts; that of the full year by default."""
    deviation: Deviation | None = None
    """偏差率怎样印（只核对，不评分）。
    How deviations are printed; compared, not scored."""
    borrow_unit: Truth | None = None
    """一格没写单位时可否借用同行另一格的单位（每次都会写明）。
    Whether a cell without a unit takes that of its neighbour, which is said each time."""
    assume: Assume | None = None
    """各条规则共同的推定；规则自己的 assume 优先，下级规则集可逐项改写或停用。
    What all rules may assume; a rule's own `assume` wins."""
    explanations: tuple[Explanation, ...] | None = None
    """须作说明的情形（只审核，不扣分）。
    What a form has to explain; audited, not scored."""
    far_exceeded: Portion | None = None
    """完成率超过多少就提示目标可能偏低（只提示，不扣分）。
    Above which completion a target is noted as probably too low."""
    lights: tuple[Light, ...] | None = None
    """监控灯，从高到低。
    The monitoring lights, from the highest to the lowest."""
