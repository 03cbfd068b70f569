"""The functions that a formula may call: built-in ones, and policies, which are defined in the formula language.

A built-in function is one record with all that is known of it: how it is written, its value, its generated code, and
what the prover has to know. A policy is a known way to turn an achieved value into points; its definition says it all.
`docs/reference/formula.md` lists every function, and `docs/policies/` has a page for each policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import reduce
from math import ceil, floor
from typing import Any, Literal, Protocol, TypeVar

from pfscore.formulas.glossary import Kind
from pfscore.foundation.numbers import round_to
from pfscore.foundation.text import Lang, Message

T = TypeVar("T")
#: A part of generated code: an expression, or an integer that is known already.
Atom = str | int

#: The most decimals that `round` may keep.
_MAX_ROUND_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function.

    `words` are the options of a parameter of kind `word`; the English one is the identity. `named` says that the
    canonical text writes the parameter's name before the argument (每=5%). An argument with `most` is written as a
    whole number from 0 to that.
    """

    zh: str
    en: str
    meaning: Message
    kind: Kind = Kind.NUMBER
    words: tuple[Message, ...] = ()
    default: Fraction | None = None
    named: bool = False
    most: int | None = None

    def name(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its two names, its parameters and its meaning.

    `many` lets the last parameter be repeated; `also` is one more accepted spelling.
    """

    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    meaning: Message
    many: bool = False
    also: str = ""

    def name(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.en if lang == "en" else self.zh

    def signature(self, lang: Lang = "zh") -> str:
        """Return how the function is written: `线性超额(完成值, 指标值, 归零=…)`."""
        parts = [
            f"{parameter.name(lang)}=…" if parameter.named else parameter.name(lang) for parameter in self.parameters
        ]
        return f"{self.name(lang)}({', '.join(parts)}{', …' if self.many else ''})"

    def parameters_for(self, count: int) -> tuple[Parameter, ...]:
        """Return the parameter of each of `count` arguments; the last one is repeated where it may be."""
        repeated = self.parameters[-1:] * (count - len(self.parameters)) if self.many else ()
        return self.parameters + repeated

    def bound(self, arguments: Iterable[T]) -> dict[str, T]:
        """Return what stands for each parameter, by its English name."""
        return dict(zip((parameter.en for parameter in self.parameters), arguments, strict=True))


# -- built-in functions ---------------------------------------------------------------------------------------


class Bounding(Protocol[T]):
    """The operations of the prover, on numbers that lie between two functions of the achieved value."""

    def minus(self, x: T) -> T:
        """Return -x."""

    def smaller(self, x: T, y: T) -> T:
        """Return the smaller of two numbers."""

    def scaled(self, x: T, factor: Fraction) -> T:
        """Return x × factor."""

    def floor(self, x: T) -> T:
        """Return the largest whole number not above x."""

    def nearest(self, x: T, unit: Fraction) -> T:
        """Return x rounded half up, away from zero, to a multiple of `unit`."""

    def constant(self, x: T) -> Fraction:
        """Return the value of an argument that is written as a number."""

    def zero(self) -> T:
        """Return zero."""


class Follows(Enum):
    """Which arguments decide a property of the result: its direction, or its power of a common factor."""

    ALL = auto()  # what all arguments have in common, constants aside
    FIRST = auto()  # that of the first, where the others are constants
    NONE = auto()  # known for constants only


@dataclass(frozen=True, slots=True)
class Choice:
    """Code for a function that gives one of its arguments: an earlier one where it stands in `sign` to a later one."""

    sign: Literal["<", ">"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Builtin(Function):
    """A function that the language brings with it.

    - `value`: the result for exact numbers.
    - `code`: numerator and denominator of the result as Python expressions, from those of each argument in turn.
    - `bounds`: the result for numbers of which the prover knows bounds.
    - `direction`: whether the result rises or falls as its arguments do.
    - `power`: the power of a factor by which everything is multiplied, in the result.
    - `steps`: whether the result is constant between steps, and a whole number its own result.
    """

    value: Callable[..., Fraction]
    code: Choice | Callable[..., tuple[Atom, Atom]]
    bounds: Callable[..., Any]
    direction: Follows
    power: Follows
    steps: bool


def _largest(on: Bounding[T], *numbers: T) -> T:
    return on.minus(reduce(on.smaller, map(on.minus, numbers)))


def _rounded(n: Atom, d: Atom, digits: int, _: int) -> tuple[Atom, Atom]:
    double = 2 * 10**digits
    half_up, half_down = f"({double} * {n} + {d}) // (2 * {d})", f"-(({d} - {double} * {n}) // (2 * {d}))"
    return f"{half_up} if {n} >= 0 else {half_down}", 10**digits


_NUMBER = Parameter("数", "number", Message("一个数", "a number"))
_NUMBERS = (_NUMBER, Parameter("另一数", "other", Message("另一个数", "another number")))
_DIGITS = Parameter(
    "位数",
    "digits",
    Message("保留的小数位数，0 至 12 的整数，不写为 0", "decimals to keep, a whole number from 0 to 12, 0 if left out"),
    default=Fraction(0),
    most=_MAX_ROUND_DIGITS,
)
_CONDITION = Parameter("条件", "condition", Message("必须成立的条件", "what must hold"), Kind.TRUTH)

_BUILTINS = (
    Builtin(
        "min",
        "min",
        _NUMBERS,
        Message("其中最小的数", "the smallest of the numbers"),
        many=True,
        also="最小",
        value=lambda *numbers: min(numbers),
        code=Choice("<"),
        bounds=lambda on, *numbers: reduce(on.smaller, numbers),
        direction=Follows.ALL,
        power=Follows.ALL,
        steps=False,
    ),
    Builtin(
        "max",
        "max",
        _NUMBERS,
        Message("其中最大的数", "the largest of the numbers"),
        many=True,
        also="最大",
        value=lambda *numbers: max(numbers),
        code=Choice(">"),
        bounds=_largest,
        direction=Follows.ALL,
        power=Follows.ALL,
        steps=False,
    ),
    Builtin(
        "绝对值",
        "abs",
        (_NUMBER,),
        Message("绝对值", "the number without its sign"),
        value=abs,
        code=lambda n, d: (f"-{n} if {n} < 0 else {n}", d),
        bounds=lambda on, x: _largest(on, x, on.minus(x), on.zero()),
        direction=Follows.NONE,
        power=Follows.FIRST,
        steps=False,
    ),
    Builtin(
        "四舍五入",
        "round",
        (_NUMBER, _DIGITS),
        Message("四舍五入到若干位小数，恰在中间时离零取整", "rounded half up: a tie goes away from zero"),
        value=lambda x, digits: round_to(x, int(digits)),
        code=_rounded,
        bounds=lambda on, x, digits: on.nearest(x, Fraction(1, 10 ** int(on.constant(digits)))),
        direction=Follows.FIRST,
        power=Follows.NONE,
        steps=True,
    ),
    Builtin(
        "向下取整",
        "floor",
        (_NUMBER,),
        Message("不大于它的最大整数", "the largest whole number not above it"),
        value=lambda x: Fraction(floor(x)),
        code=lambda n, d: (f"{n} // {d}", 1),
        bounds=lambda on, x: on.floor(x),
        direction=Follows.FIRST,
        power=Follows.NONE,
        steps=True,
    ),
    Builtin(
        "向上取整",
        "ceil",
        (_NUMBER,),
        Message("不小于它的最小整数", "the smallest whole number not below it"),
        value=lambda x: Fraction(ceil(x)),
        code=lambda n, d: (f"-(-{n} // {d})", 1),
        bounds=lambda on, x: on.minus(on.floor(on.minus(x))),
        direction=Follows.FIRST,
        power=Follows.NONE,
        steps=True,
    ),
)

#: The requirement: a part of the language like a conditional, written as a call. Its number is computed only where
#: its condition holds.
_REQUIRE = Function(
    "要求",
    "require",
    (_CONDITION, _NUMBER),
    Message("条件成立时等于该数；不成立时拒绝计算", "the number where the condition holds; else nothing is computed"),
)

#: English name → built-in function.
BUILTINS: dict[str, Builtin] = {function.en: function for function in _BUILTINS}


# -- policies -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Function):
    """A known way to turn an achieved value into points; `definition` is a formula over the parameters.

    `gives` is `share` (a part of the points, within 0 and 1), `deduction` (points to subtract, never negative),
    `points` or `number`. A share is multiplied by 分值; a deduction is subtracted from it, and 扣完为止 keeps the rest
    from falling below zero. No parameter that a document must fix has a default. Definitions may use the policies
    above them.
    """

    gives: str
    definition: str


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
    Policy(
        "全或无",
        "all_or_nothing",
        (
            Parameter(
                "条件", "condition", Message("得分的条件，多为 达标", "what earns the points, mostly met"), Kind.TRUTH
            ),
        ),
        Message("满足条件得满分，否则不得分", "all the points where the condition holds, else none"),
        gives="share",
        definition="如果 条件 则 1 否则 0",
    ),
    Policy(
        "按比例",
        "ratio",
        (_ACTUAL, _TARGET),
        Message("完成多少得多少，以满分为限", "as much as was achieved of the target, at most all"),
        gives="share",
        definition="要求(指标值 > 0, max(0, min(完成值 / 指标值, 1)))",
    ),
    Policy(
        "反比例",
        "inverse_ratio",
        (_ACTUAL, _TARGET),
        Message("不超过指标值得满分，超过按指标值 ÷ 完成值", "all up to the target, target ÷ actual above it"),
        gives="share",
        definition="要求(指标值 >= 0, 如果 完成值 <= 指标值 则 1 否则 指标值 / 完成值)",
    ),
    Policy(
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
        gives="share",
        definition="要求(指标值 > 0 且 归零 > 1, max(0, min(1, (归零 * 指标值 - 完成值) / (归零 * 指标值 - 指标值))))",
    ),
    Policy(
        "及格线折算",
        "threshold_rescaled",
        (_COMPLETION, _PASS),
        Message("低于及格线不得分，以上部分折算成 0 至满分", "none below the pass mark, then rescaled from 0 to all"),
        gives="share",
        definition="要求(0 <= 线 < 1, 如果 完成率 < 线 则 0 否则 min(1, (完成率 - 线) / (1 - 线)))",
    ),
    Policy(
        "及格线截断",
        "threshold_cut_off",
        (_COMPLETION, _PASS),
        Message("低于及格线不得分，以上按完成率", "none below the pass mark, in proportion from there"),
        gives="share",
        definition="要求(0 <= 线 <= 1, 如果 完成率 < 线 则 0 否则 min(1, 完成率))",
    ),
    Policy(
        "区间比例",
        "interval_ratio",
        (_ACTUAL, _LOW, _HIGH),
        Message("在区间内得满分，低于下限按比例，高于上限按反比例", "all inside, ratio below, inverse ratio above"),
        gives="share",
        definition="要求(0 < 下限 <= 上限, 如果 完成值 < 下限 则 max(0, 完成值 / 下限)"
        " 否则如果 完成值 > 上限 则 上限 / 完成值 否则 1)",
    ),
    Policy(
        "区间差",
        "interval_gap",
        (_ACTUAL, _LOW, _HIGH),
        Message("离区间有多远，在区间内为 0", "how far outside the interval, 0 inside"),
        gives="number",
        definition="要求(下限 <= 上限, max(下限 - 完成值, 完成值 - 上限, 0))",
    ),
    Policy(
        "逐级扣分",
        "step_deduction",
        (_GAP, _PER, _TAKE, _PARTIAL),
        Message("每差一级扣若干分", "points taken for each step that is missing"),
        gives="deduction",
        definition="要求(每 > 0 且 扣 >= 0, 扣 * (如果 零头 = 舍去 则 floor(max(差, 0) / 每)"
        " 否则如果 零头 = 进一 则 ceil(max(差, 0) / 每) 否则 max(差, 0) / 每))",
    ),
    Policy(
        "双向逐级扣分",
        "two_sided_step_deduction",
        (_GAP, _PER, _TAKE, _PARTIAL),
        Message("高了低了都按相差的级数扣分", "points taken for each step off, in either direction"),
        gives="deduction",
        definition="逐级扣分(abs(差), 每=每, 扣=扣, 零头=零头)",
    ),
    Policy(
        "名次扣分",
        "rank_deduction",
        (
            Parameter("名次", "rank", Message("第一名为 1", "1 for the first")),
            Parameter("每", "per", Message("几个名次为一级", "how many places make a step"), named=True),
            _TAKE,
            _MOST,
        ),
        Message("每低一级名次扣若干分", "points taken for each step of places"),
        gives="deduction",
        definition="要求(名次 >= 1 且 每 > 0 且 扣 >= 0 且 最多 >= 0, min(最多, 扣 * floor((名次 - 1) / 每)))",
    ),
    Policy(
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
        gives="share",
        definition="要求(起点 >= 0 且 斜率 >= 0 且 0 <= 最多 <= 1, 1 - min(最多, 斜率 * max(完成率 - 1 - 起点, 0)))",
    ),
    Policy(
        "扣完为止",
        "deduct_to_zero",
        (
            Parameter("得分", "score", Message("扣之前的分", "the points before")),
            Parameter(
                "扣分", "less", Message("要扣的分；负数按 0 计", "the points to take; below zero counts as zero")
            ),
        ),
        Message("扣到零为止", "what is left after the deduction, never below zero"),
        gives="points",
        definition="max(0, 得分 - max(0, 扣分))",
    ),
    Policy(
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
        gives="points",
        definition="要求(个数 >= 1 且 floor(个数) = 个数 且 1 <= 序号 <= 个数 且 floor(序号) = 序号 且 单位 > 0"
        " 且 floor(总分 / 单位) = 总分 / 单位,"
        " 如果 余数 = 逐项 则 单位 * floor(总分 / 单位 / 个数) + (如果 序号 <="
        " 总分 / 单位 - 个数 * floor(总分 / 单位 / 个数) 则 单位 否则 0)"
        " 否则如果 余数 = 末项 且 序号 = 个数 或 余数 = 首项 且 序号 = 1"
        " 则 总分 - (个数 - 1) * 单位 * round(总分 / 单位 / 个数)"
        " 否则 单位 * round(总分 / 单位 / 个数))",
    ),
)

#: English name → policy, in the order of their definitions.
POLICIES: dict[str, Policy] = {policy.en: policy for policy in _POLICIES}

#: English name → every function that a formula may call.
FUNCTIONS: dict[str, Function] = {**BUILTINS, _REQUIRE.en: _REQUIRE, **POLICIES}

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

#: How what a spreadsheet writes with a function is written here, by the spreadsheet's name for it; only suggested.
SPREADSHEET: dict[str, Message] = {
    "IF": Message("写 如果 条件 则 … 否则 …", "write `if condition then … else …`"),
    "IFS": Message("写 如果 … 则 … 否则如果 … 则 … 否则 …", "write `if … then … else if … then … else …`"),
    "AND": Message("写 条件 且 条件", "write `condition and condition`"),
    "OR": Message("写 条件 或 条件", "write `condition or condition`"),
    "NOT": Message("写 非 条件", "write `not condition`"),
    "ROUND": Message(
        "写 四舍五入(数, 位数)；得分的取整写在规则的 rounding 里",
        "write `round(x, digits)`; scores round by `rounding`",
    ),
    "ROUNDUP": Message("写 ceil(数)；得分的取整写在规则的 rounding 里", "write `ceil(x)`; scores round by `rounding`"),
    "ROUNDDOWN": Message(
        "写 floor(数)；得分的取整写在规则的 rounding 里", "write `floor(x)`; scores round by `rounding`"
    ),
    "MIN": Message("写 min(…)", "write `min(…)`"),
    "MAX": Message("写 max(…)", "write `max(…)`"),
    "ABS": Message("写 abs(…)", "write `abs(…)`"),
    "SUM": Message("写 甲 + 乙", "write `a + b`"),
    "AVERAGE": Message("写 (甲 + 乙) / 2", "write `(a + b) / 2`"),
    "INT": Message("写 向下取整(数)", "write `floor(x)`"),
    "POWER": Message("没有乘方；写成连乘", "there are no powers; write a product"),
    "IFERROR": Message("算不出的情形写明：如果 指标值 = 0 则 … 否则 …", "say when: `if target = 0 then … else …`"),
    **dict.fromkeys(
        ("VLOOKUP", "LOOKUP", "HLOOKUP", "XLOOKUP", "CHOOSE", "SWITCH"),
        Message("查表写成分档 bands 或 levels", "write a table as `bands` or `levels`"),
    ),
    **dict.fromkeys(
        ("SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "COUNT", "COUNTA"),
        Message("公式只看一行；几行合计的写在 form 里", "a formula is about one row; sums of rows stand under `form`"),
    ),
}
