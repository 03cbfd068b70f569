"""The comparator column and the unit column: what they say, and what cannot be read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.meaning.cell import read_comparator, read_unit
from pfscore.cells.readings import TargetKind
from tests.tables import each

#: Words in a unit column that name a type of indicator.
TYPES = """
定性 定量 定性指标 定量指标 是 否 是/否 是否 是或否 有/无 有无 正向 反向 正向指标 反向指标 逆向 逆向指标 正指标 逆指标
区间 区间值 范围 介于 之间 介于之间 介于…之间 介于...之间
其他 其它 无 文字 文本 比例 比值 文字描述 定性描述 优良中差 优良中低差 好坏 高中低
"""


@each(
    ("text", "op"),
    [
        ("≥", TargetKind.AT_LEAST),
        ("＞＝", TargetKind.AT_LEAST),
        ("大于或等于", TargetKind.AT_LEAST),
        ("至少", TargetKind.AT_LEAST),
        ("达到", TargetKind.AT_LEAST),
        ("以上", TargetKind.AT_LEAST),
        ("≤", TargetKind.AT_MOST),
        ("不超过", TargetKind.AT_MOST),
        ("最多", TargetKind.AT_MOST),
        ("控制在", TargetKind.AT_MOST),
        ("以内", TargetKind.AT_MOST),
        ("＞", TargetKind.GREATER_THAN),
        ("<", TargetKind.LESS_THAN),
        ("=", TargetKind.EQUAL),
        ("═", TargetKind.EQUAL),
        ("定性", None),
        ("定量指标", None),
        ("是/否", None),
        ("/", None),
        ("", None),
        (None, None),
        (" ≥ ", TargetKind.AT_LEAST),
    ],
)
def test_comparators(text: str | None, op: TargetKind | None) -> None:
    assert read_comparator(text).op is op


def test_comparators_that_are_more_than_an_operator() -> None:
    assert read_comparator("约").about
    assert read_comparator("左右").about
    assert read_comparator("≠").unequal
    assert read_comparator("增长").direction == "increase"


@each("text", ["?", "工", "W", "95", "≥95", "<p>≥</p>", "=A1", "二", "很多", "≥≥", "==", "≥≤"])
def test_comparators_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_comparator(text)
    assert caught.value.code == "PF326"


@each(
    ("text", "scale", "unit", "factor"),
    [
        ("万元", 10000, "元", 1),
        ("%", 1, "1", Fraction(1, 100)),
        ("％", 1, "1", Fraction(1, 100)),
        ("‰", 1, "1", Fraction(1, 1000)),
        ("百分比（%）", 1, "1", Fraction(1, 100)),
        ("万元/每项目", 10000, "元/项目", 1),
        ("个工作日", 1, "工作日", 1),
        ("1/10万", 1, "1", Fraction(1, 100000)),
        ("公里（km）", 1, "公里", 1),
        ("批(次)", 1, "批(次)", 1),
        ("万元（人民币）", 10000, "元", 1),
        ("成", 1, "1", Fraction(1, 10)),
        ("定性", 1, None, 1),
        ("是/否", 1, None, 1),
        ("—", 1, None, 1),
        (None, 1, None, 1),
        ("天数", 1, "天数", 1),
        ("萬元", 10000, "元", 1),
    ],
)
def test_units(text: str | None, scale: int, unit: str | None, factor: Fraction) -> None:
    column = read_unit(text)
    assert (column.scale, column.unit, column.factor) == (scale, unit, factor)


@pytest.mark.parametrize("text", ["??", "%%", "=A1", "#REF!", "<b>%</b>", "≥", "100", "%\u200b"])
def test_units_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_unit(text)
    assert caught.value.code == "PF324"


def test_a_sentence_in_the_unit_column() -> None:
    assert read_unit("详见实施方案的说明").prose
    assert all(read_unit(word).unit is None for word in TYPES.split())
