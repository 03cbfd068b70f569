"""What a function looks like from outside, and the built-in ones; the policies are in `formula_policies`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pfscore.formulas.glossary import Kind
from pfscore.foundation.text import Lang, Message

#: The most decimals that `round` may keep.
MAX_ROUND_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function.

    `words` are the options of a parameter of kind `word`; the English one is the identity. `named` says that the
    canonical text writes the parameter's name before the argument (每=5%).
    """

    zh: str
    en: str
    meaning: Message
    kind: Kind = Kind.NUMBER
    words: tuple[Message, ...] = ()
    default: Fraction | None = None
    named: bool = False

    def name(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its two names, its parameters and what it gives.

    `gives` is `number`, or for policies `share` (a part of the points, within 0 and 1), `deduction` (points to
    subtract, never negative) or `points`. `definition` is a formula over the parameters; built-in functions have
    none. `many` lets the last parameter be repeated; `also` is one more accepted spelling.
    """

    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    meaning: Message
    gives: str = "number"
    definition: str = ""
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


_NUMBER = Parameter("数", "number", Message("一个数", "a number"))
_NUMBERS = (_NUMBER, Parameter("另一数", "other", Message("另一个数", "another number")))
_DIGITS = Parameter(
    "位数",
    "digits",
    Message("保留的小数位数，0 至 12 的整数，不写为 0", "decimals to keep, a whole number from 0 to 12, 0 if left out"),
    default=Fraction(0),
)
_CONDITION = Parameter("条件", "condition", Message("必须成立的条件", "what must hold"), Kind.TRUTH)

_BUILTINS = (
    Function("min", "min", _NUMBERS, Message("其中最小的数", "the smallest of the numbers"), many=True, also="最小"),
    Function("max", "max", _NUMBERS, Message("其中最大的数", "the largest of the numbers"), many=True, also="最大"),
    Function("绝对值", "abs", (_NUMBER,), Message("绝对值", "the number without its sign")),
    Function(
        "四舍五入",
        "round",
        (_NUMBER, _DIGITS),
        Message("四舍五入到若干位小数，恰在中间时离零取整", "rounded half up: a tie goes away from zero"),
    ),
    Function("向下取整", "floor", (_NUMBER,), Message("不大于它的最大整数", "the largest whole number not above it")),
    Function("向上取整", "ceil", (_NUMBER,), Message("不小于它的最小整数", "the smallest whole number not below it")),
    Function(
        "要求",
        "require",
        (_CONDITION, _NUMBER),
        Message(
            "条件成立时等于该数；不成立时拒绝计算", "the number where the condition holds; else nothing is computed"
        ),
    ),
)

#: English name → built-in function.
BUILTINS: dict[str, Function] = {function.en: function for function in _BUILTINS}
