"""The known ways to turn an achieved value into points, each defined in the formula language itself.

One convention: a policy that `gives` a *share* is multiplied by 分值; one that gives a *deduction* is subtracted
from it, and 扣完为止 keeps the rest from falling below zero. No parameter that a document must fix has a default.
Definitions may use the policies above them. `docs/policies/` has a page for each, with who uses it.
"""

from __future__ import annotations

from pfscore.formulas.functions import BUILTINS, Function, Parameter
from pfscore.formulas.glossary import Kind
from pfscore.foundation.text import Message

_ACTUAL = Parameter("完成值", "actual", Message("实际完成的数", "what was achieved"))
_TARGET = Parameter("指标值", "target", Message("要求达到的数", "what was asked for"))
_LOW = Parameter("下限", "low", Message("区间的下限", "the lower edge"))
_HIGH = Parameter("上限", "high", Message("区间的上限", "the upper edge"))
_COMPLETION = Parameter("完成率", "completion", Message("完成值 ÷ 指标值", "actual ÷ target"))
_PASS = Parameter("线", "pass_mark", Message("及格线，如 60%", "the pass mark, such as 60%"), named=True)
_GAP = Parameter("差", "gap", Message("与要求相差多少；负数按 0 计", "how far it is off; below zero counts as zero"))
_PER = Parameter("每", "per", Message("一级的大小，如 1%", "the size of one step, such as 1%"), named=True)
_TAKE = Parameter("扣", "take", Message("每级扣多少分", "points taken for each step"), named=True)
_PARTIAL = Parameter(
    "零头",
    "partial",
    Message("不足一级的部分怎样计", "how a part of a step counts"),
    Kind.WORD,
    (Message("舍去", "down"), Message("进一", "up"), Message("按比例", "exact")),
    named=True,
)
_MOST = Parameter("最多", "most", Message("最多扣多少", "the most that is taken"), named=True)

_POLICIES = (
    Function(
        "全或无",
        "all_or_nothing",
        (
            Parameter(
                "条件", "condition", Message("得分的条件，多为 达标", "what earns the points, mostly met"), Kind.TRUTH
            ),
        ),
        Message("满足条件得满分，否则不得分", "all the points where the condition holds, else none"),
        "share",
        "如果 条件 则 1 否则 0",
    ),
    Function(
        "按比例",
        "ratio",
        (_ACTUAL, _TARGET),
        Message("完成多少得多少，以满分为限", "as much as was achieved of the target, at most all"),
        "share",
        "要求(指标值 > 0, max(0, min(完成值 / 指标值, 1)))",
    ),
    Function(
        "反比例",
        "inverse_ratio",
        (_ACTUAL, _TARGET),
        Message("不超过指标值得满分，超过按指标值 ÷ 完成值", "all up to the target, target ÷ actual above it"),
        "share",
        "要求(指标值 >= 0, 如果 完成值 <= 指标值 则 1 否则 指标值 / 完成值)",
    ),
    Function(
        "线性超额",
        "linear_excess",
        (
            _ACTUAL,
            _TARGET,
            Parameter(
                "归零",
                "zero_at",
                Message("完成值达到指标值的几倍时得零分", "at how many times the target nothing is left"),
                named=True,
            ),
        ),
        Message("不超过指标值得满分，超过后直线递减到零", "all up to the target, then falling in a line to none"),
        "share",
        "要求(指标值 > 0 且 归零 > 1, max(0, min(1, (归零 * 指标值 - 完成值) / (归零 * 指标值 - 指标值))))",
    ),
    Function(
        "及格线折算",
        "threshold_rescaled",
        (_COMPLETION, _PASS),
        Message("低于及格线不得分，以上部分折算成 0 至满分", "none below the pass mark, then rescaled from 0 to all"),
        "share",
        "要求(0 <= 线 < 1, 如果 完成率 < 线 则 0 否则 min(1, (完成率 - 线) / (1 - 线)))",
    ),
    Function(
        "及格线截断",
        "threshold_cut_off",
        (_COMPLETION, _PASS),
        Message("低于及格线不得分，以上按完成率", "none below the pass mark, in proportion from there"),
        "share",
        "要求(0 <= 线 <= 1, 如果 完成率 < 线 则 0 否则 min(1, 完成率))",
    ),
    Function(
        "区间比例",
        "interval_ratio",
        (_ACTUAL, _LOW, _HIGH),
        Message("在区间内得满分，低于下限按比例，高于上限按反比例", "all inside, ratio below, inverse ratio above"),
        "share",
        "要求(0 < 下限 <= 上限, 如果 完成值 < 下限 则 max(0, 完成值 / 下限)"
        " 否则如果 完成值 > 上限 则 上限 / 完成值 否则 1)",
    ),
    Function(
        "区间差",
        "interval_gap",
        (_ACTUAL, _LOW, _HIGH),
        Message("离区间有多远，在区间内为 0", "how far outside the interval, 0 inside"),
        "number",
        "要求(下限 <= 上限, max(下限 - 完成值, 完成值 - 上限, 0))",
    ),
    Function(
        "逐级扣分",
        "step_deduction",
        (_GAP, _PER, _TAKE, _PARTIAL),
        Message("每差一级扣若干分", "points taken for each step that is missing"),
        "deduction",
        "要求(每 > 0 且 扣 >= 0, 扣 * (如果 零头 = 舍去 则 floor(max(差, 0) / 每)"
        " 否则如果 零头 = 进一 则 ceil(max(差, 0) / 每) 否则 max(差, 0) / 每))",
    ),
    Function(
        "双向逐级扣分",
        "two_sided_step_deduction",
        (_GAP, _PER, _TAKE, _PARTIAL),
        Message("高了低了都按相差的级数扣分", "points taken for each step off, in either direction"),
        "deduction",
        "逐级扣分(abs(差), 每=每, 扣=扣, 零头=零头)",
    ),
    Function(
        "名次扣分",
        "rank_deduction",
        (
            Parameter("名次", "rank", Message("第一名为 1", "1 for the first")),
            Parameter("每", "per", Message("几个名次为一级", "how many places make a step"), named=True),
            _TAKE,
            _MOST,
        ),
        Message("每低一级名次扣若干分", "points taken for each step of places"),
        "deduction",
        "要求(名次 >= 1 且 每 > 0 且 扣 >= 0 且 最多 >= 0, min(最多, 扣 * floor((名次 - 1) / 每)))",
    ),
    Function(
        "超额调减",
        "overshoot_reduction",
        (
            _COMPLETION,
            Parameter(
                "起点",
                "start",
                Message("超过指标值多少起调减，如 30%", "from what excess over the target on, such as 30%"),
                named=True,
            ),
            Parameter(
                "斜率", "slope", Message("每多超 1 减去多大的比例", "the share taken for each further 1"), named=True
            ),
            _MOST,
        ),
        Message("超额完成过多时调减的系数", "the factor for a target that was exceeded by far"),
        "share",
        "要求(起点 >= 0 且 斜率 >= 0 且 0 <= 最多 <= 1, 1 - min(最多, 斜率 * max(完成率 - 1 - 起点, 0)))",
    ),
    Function(
        "扣完为止",
        "deduct_to_zero",
        (
            Parameter("得分", "score", Message("扣之前的分", "the points before")),
            Parameter(
                "扣分", "less", Message("要扣的分；负数按 0 计", "the points to take; below zero counts as zero")
            ),
        ),
        Message("扣到零为止", "what is left after the deduction, never below zero"),
        "points",
        "max(0, 得分 - max(0, 扣分))",
    ),
    Function(
        "均分",
        "equal_split",
        (
            Parameter("总分", "total", Message("要分的总分", "the points to split")),
            Parameter("个数", "count", Message("分成几份", "into how many parts")),
            Parameter("序号", "position", Message("第几份，从 1 数起", "which part, counted from 1")),
            Parameter(
                "单位", "unit", Message("每份取整到多少，如 1 或 0.1", "the unit of a part, such as 1"), named=True
            ),
            Parameter(
                "余数",
                "remainder",
                Message("取整后的余数归谁", "who gets what rounding leaves"),
                Kind.WORD,
                (
                    Message("末项", "last"),
                    Message("首项", "first"),
                    Message("逐项", "each"),
                    Message("不补", "nobody"),
                ),
                named=True,
            ),
        ),
        Message("把类别分值平均分给各指标", "the points of a block split equally"),
        "points",
        "要求(个数 >= 1 且 floor(个数) = 个数 且 1 <= 序号 <= 个数 且 floor(序号) = 序号 且 单位 > 0"
        " 且 floor(总分 / 单位) = 总分 / 单位,"
        " 如果 余数 = 逐项 则 单位 * floor(总分 / 单位 / 个数) + (如果 序号 <="
        " 总分 / 单位 - 个数 * floor(总分 / 单位 / 个数) 则 单位 否则 0)"
        " 否则如果 余数 = 末项 且 序号 = 个数 或 余数 = 首项 且 序号 = 1"
        " 则 总分 - (个数 - 1) * 单位 * round(总分 / 单位 / 个数)"
        " 否则 单位 * round(总分 / 单位 / 个数))",
    ),
)

#: English name → policy, in the order of their definitions.
POLICIES: dict[str, Function] = {policy.en: policy for policy in _POLICIES}

#: English name → every function that a formula may call.
FUNCTIONS: dict[str, Function] = BUILTINS | POLICIES

#: Every accepted spelling of a function → its English name.
FUNCTION_SPELLINGS: dict[str, str] = {
    spelling: function.en
    for function in FUNCTIONS.values()
    for spelling in (function.zh, function.en, function.also)
    if spelling
}

#: What authors write instead → the function that is meant; only suggested.
NEAR_FUNCTIONS: dict[str, str] = {
    "最小值": "min",
    "较小值": "min",
    "最大值": "max",
    "较大值": "max",
    "取整": "floor",
    "舍入": "round",
    "int": "floor",
    "ceiling": "ceil",
    "比例": "ratio",
    "超额扣减": "overshoot_reduction",
    "阶梯扣分": "step_deduction",
}
