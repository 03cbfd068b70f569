"""What the tests of cells share: reading either side, and cells made by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.lexicon.units import SCALES, known_units
from pfscore.cells.reader import Refusal, read_actual, read_target
from pfscore.cells.readings import Reading


def read(side: str, text: str, comparator: str | None = None, unit: str | None = None) -> Reading | Refusal:
    """Read a cell of either side without raising."""
    return read_target(text, comparator, unit) if side == "target" else read_actual(text, unit)


def target(text: str, comparator: str | None = None, unit: str | None = None) -> Reading:
    """Read a target that must be readable."""
    found = read_target(text, comparator, unit)
    assert not isinstance(found, Refusal), found.diagnostic.render()
    return found


def actual(text: str, unit: str | None = None) -> Reading:
    """Read an actual that must be readable."""
    found = read_actual(text, unit)
    assert not isinstance(found, Refusal), found.diagnostic.render()
    return found


def _one_of(words: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(words))


#: Units that are no part of the calendar and no percentage, so that they may follow any number.
UNITS = [
    word for word in known_units() if word[0] not in "年月日号季学个%‰‱百千" and word not in {"G", "K", "分", "成", "l"}
]
units = _one_of(UNITS)
scales = _one_of(list(SCALES))
heads = _one_of([word for kind in ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN") for word in word_lists()[kind]])
edges = st.sampled_from(["以上", "以下", "以内", "之内", "及以上", "左右", "（含）以上", "(不含)以下", "内"])
whole_numbers = st.integers(0, 10**9).map(str)
decimals = st.decimals(0, 10**6, places=2, allow_nan=False).map(lambda number: f"{number:f}")
numbers = whole_numbers | decimals
joints = st.sampled_from(["-", "~", "～", "—", "至", "到"])
words = st.sampled_from(
    [
        "完成",
        "培训",
        "覆盖率",
        "新建道路",
        "全市",
        "确保",
        "惠及群众",
        "有效",
        "按时",
        "满意度",
        "宣传",
        "采购设备",
        "长效机制",
    ]
)

quantities = st.builds(lambda number, scale, unit: number + scale + unit, numbers, st.just("") | scales, units)
percentages = numbers.map(lambda number: f"{number}%")
bounds = st.builds(lambda head, quantity: head + quantity, heads, quantities | percentages)
edged = st.builds(lambda quantity, edge: quantity + edge, quantities | percentages, edges)
changes = st.builds(
    lambda base, verb, head, share: base + verb + head + share,
    st.sampled_from(["", "同比", "较上年", "比2020年"]),
    st.sampled_from(["增长", "下降", "提高", "降低", "增幅", "降幅"]),
    st.sampled_from(["", "≥", "不低于", "不超过", "约"]),
    percentages | numbers.map(lambda number: f"{number}个百分点"),
)
dates = st.sampled_from(
    [
        "12月底前",
        "2023年12月31日前",
        "9月前",
        "第四季度前",
        "年底前",
        "2023年11月",
        "1-12月",
        "2023.07-2024.01",
        "上半年完成",
    ]
)
levels = st.sampled_from(["优", "健全", "有效提升", "手续齐全的，即时办理。", "达成预期指标", "进一步完善", "不断提高"])
prose = st.builds(
    lambda before, measure, behind: before + measure + behind, words, bounds | quantities, st.just("") | words
)
#: Cells as forms have them; some say nothing sensible, and may be refused.
cells = st.one_of(quantities, percentages, bounds, edged, changes, dates, levels, prose)
