"""The closed glossary of a formula: every name that a formula may use, in one table.

A name stands for a value of the row that is scored. Values are handed in as exact numbers in one common unit:
ratios as fractions (95% is 0.95), amounts in the unit of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pfscore.foundation.text import Lang, Message


class Kind(StrEnum):
    """What an expression gives: a number, a truth value, or one of the words that a function parameter allows."""

    NUMBER = "number"
    TRUTH = "truth"
    WORD = "word"


#: The kinds in words, for messages.
KIND_WORDS = {
    Kind.NUMBER: Message("数值", "a number"),
    Kind.TRUTH: Message("真假", "a truth value"),
    Kind.WORD: Message("选项", "a word"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One name of the glossary: Chinese, English, kind, dimension and meaning.

    `dimension` says what is measured: `points`, `quantity` (in the unit of the row), `ratio`, `money`, `count`,
    or `truth`. It decides how the value is shown, never how it is computed.
    """

    zh: str
    en: str
    dimension: str
    meaning: Message

    @property
    def kind(self) -> Kind:
        """Whether the name stands for a number or for a truth value."""
        return Kind.TRUTH if self.dimension == "truth" else Kind.NUMBER

    def name(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.en if lang == "en" else self.zh


_TERMS = (
    Term("分值", "points", "points", Message("该指标最多可得的分", "the most that the indicator can earn")),
    Term("指标值", "target", "quantity", Message("年度指标值", "the value that was asked for")),
    Term("完成值", "actual", "quantity", Message("全年实际完成值", "the value that was achieved")),
    Term("下限", "low", "quantity", Message("区间指标的下限", "the lower edge of an interval target")),
    Term("上限", "high", "quantity", Message("区间指标的上限", "the upper edge of an interval target")),
    Term("完成率", "completion", "ratio", Message("完成值 ÷ 指标值", "actual ÷ target")),
    Term("偏差率", "deviation_rate", "ratio", Message("（完成值 − 指标值）÷ 指标值", "(actual − target) ÷ target")),
    Term("达标", "met", "truth", Message("完成值是否满足指标值的要求", "whether the actual satisfies the target")),
    Term("基期值", "baseline", "quantity", Message("增长或下降所比较的基期数", "what a change is measured against")),
    Term("名次", "rank", "count", Message("在同类中的名次，第一名为 1", "the place among peers, 1 for the first")),
    Term(
        "评定比例", "share", "ratio", Message("评价人在档内评定的比例", "the share that an evaluator chose in a level")
    ),
    Term("扣减", "deduction", "points", Message("人工核减的分", "the points taken off by hand")),
    Term(
        "滞后天数",
        "days_late",
        "count",
        Message("完成日期晚于时限的天数", "by how many days the date misses its limit"),
    ),
    Term(
        "滞后年数",
        "years_late",
        "count",
        Message("完成日期晚于时限的年数", "by how many years the date misses its limit"),
    ),
    Term(
        "计划天数",
        "planned_days",
        "count",
        Message(
            "指标值写明起止日期的，从起到止的天数，首尾都算",
            "the days from the start to the end that the target states, both included",
        ),
    ),
    Term("年初预算数", "initial", "money", Message("年初预算数", "the budget at the start of the year")),
    Term("预算数", "budget", "money", Message("全年（调整后）预算数", "the budget of the year after adjustments")),
    Term("执行数", "expenditure", "money", Message("全年执行数", "what was spent in the year")),
    Term("执行率", "execution_rate", "ratio", Message("执行数 ÷ 预算数", "expenditure ÷ budget")),
    Term("上年结转", "carried_over", "money", Message("上年结转的资金", "the money carried over from the year before")),
    Term("类别分值", "block_points", "points", Message("所在类别的总分", "the points of the whole block")),
    Term("指标个数", "count", "count", Message("同类别的指标个数", "how many indicators share the block")),
    Term(
        "指标序号",
        "position",
        "count",
        Message("在类别中的序号，第一个为 1", "the place in the block, 1 for the first"),
    ),
)

#: English name → its entry. The English name is the identity of a name: syntax trees and environments use it.
GLOSSARY: dict[str, Term] = {term.en: term for term in _TERMS}

#: What only rows with a time limit that is answered by a date give.
LATENESS = frozenset({"days_late", "years_late", "planned_days"})

#: The amounts that a form states as a whole. A formula for an indicator may use them in place of its own cells.
OF_FORM = frozenset({"initial", "budget", "expenditure", "execution_rate", "carried_over"})
#: What the cells of an indicator row give.
OF_CELLS = frozenset({"target", "actual", "low", "high", "met", "completion", "deviation_rate", *LATENESS})

#: Every accepted spelling of a name → its identity.
SPELLINGS: dict[str, str] = {spelling: term.en for term in _TERMS for spelling in (term.zh, term.en)}

#: What authors write instead, taken from the column heads of published forms → the identity that is meant.
#: Not accepted, only suggested: 权重 is also the weight of a block, 目标值 also a target of several years.
NEAR_NAMES: dict[str, str] = {
    "权重": "points",
    "满分": "points",
    "标准分": "points",
    "目标值": "target",
    "年度指标值": "target",
    "计划值": "target",
    "实际值": "actual",
    "实际完成值": "actual",
    "全年完成值": "actual",
    "完成数": "actual",
    "偏差": "deviation_rate",
    "是否达标": "met",
    "完成": "met",
    "排名": "rank",
    "全年预算数": "budget",
    "超期天数": "days_late",
    "逾期天数": "days_late",
    "滞后时间": "days_late",
    "计划时间": "planned_days",
    "计划完成时间": "planned_days",
    "调整后预算数": "budget",
    "全年执行数": "expenditure",
    "结转": "carried_over",
    "上年结转数": "carried_over",
    "上年结余": "carried_over",
    "支出数": "expenditure",
    "预算执行率": "execution_rate",
    "weight": "points",
    "value": "actual",
    "goal": "target",
}
