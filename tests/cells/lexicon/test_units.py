"""Units: exact conversions, units that are none of each other, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfscore.cells.lexicon.quantities import canonical, known_units, unit_of
from tests.tables import each


@each(
    ("one", "other", "ratio"),
    [
        ("公里", "米", 1000),
        ("km", "公里", 1),
        ("公顷", "亩", 15),
        ("平方公里", "公顷", 100),
        ("吨", "公斤", 1000),
        ("斤", "克", 500),
        ("天", "小时", 24),
        ("年", "月", 12),
        ("MW", "千瓦", 1000),
        ("m³", "L", 1000),
        ("元/人·月", "元/人·年", 12),
        ("μg/m³", "微克/立方米", 1),
        ("mg/L", "毫克/升", 1),
        ("mg/L", "μg/m³", 1000000),
        ("元/人月", "元/人·月", 1),
    ],
)
def test_exact_conversion(one: str, other: str, ratio: int) -> None:
    first, second = unit_of(one), unit_of(other)
    assert first.dimension == second.dimension
    assert first.factor / second.factor == ratio


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("天", "工作日"),
        ("月", "天"),
        ("年", "天"),
        ("百分点", "%"),
        ("人", "人次"),
        ("元", "美元"),
        ("分", "元"),
        ("个", "项"),
        ("窗格", "窗口"),
    ],
)
def test_no_conversion(one: str, other: str) -> None:
    assert unit_of(one).dimension != unit_of(other).dimension


def test_rates_per_many() -> None:
    assert unit_of("人/10万人").factor == Fraction(1, 100000)
    assert unit_of("张/千人").dimension == unit_of("张/人").dimension


def test_the_table() -> None:
    for word, unit in known_units().items():
        assert unit.factor > 0, word
        assert unit_of(word) == unit


@pytest.mark.parametrize(
    ("text", "written"),
    [("月", "个月"), ("季度", "个季度"), ("元/户", "元/户"), ("窗格", "[窗格]"), ("次/2年", "次/2年")],
)
def test_how_a_unit_is_written(text: str, written: str) -> None:
    assert canonical(text) == written


@pytest.mark.parametrize("unit", ["人/0人", "件/0万件", "人/00", "元/人·0月"])
def test_for_none_of_anything_is_a_unit_of_its_own(unit: str) -> None:
    assert (unit_of(unit).factor, unit_of(unit).dimension != unit_of(unit.replace("0", "1")).dimension) == (1, True)
