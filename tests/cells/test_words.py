"""Tables of words: levels, numerals, units, columns."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon.levels import level_scale, ranks, scales
from pfscore.cells.lexicon.numerals import decimal, han
from pfscore.cells.lexicon.units import canonical, known_units, unit_of
from pfscore.cells.meaning.side_columns import read_comparator, read_unit
from pfscore.cells.readings import TargetKind
from pfscore.foundation.folding import fold, fold_unit

#: Words in a unit column that name a type of indicator.
TYPES = """
定性 定量 定性指标 定量指标 是 否 是/否 是否 是或否 有/无 有无 正向 反向 正向指标 反向指标 逆向 逆向指标 正指标 逆指标
区间 区间值 范围 介于 之间 介于之间 介于…之间 介于...之间
其他 其它 无 文字 文本 比例 比值 文字描述 定性描述 优良中差 优良中低差 好坏 高中低
"""
ONES, PLACES = "零一二三四五六七八九", ("", "十", "百", "千")


def in_han(number: int) -> str:
    """Write a number below 10^12 in Chinese."""
    if number == 0:
        return "零"
    text, empty = "", False
    for power in (2, 1, 0):
        section = number // 10 ** (4 * power) % 10000
        if section == 0:
            empty = bool(text)
            continue
        part = ""
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            part += ONES[digit] + PLACES[place] if digit else ("零" if part and not part.endswith("零") else "")
        if text and (empty or section < 1000):
            text += "零"
        text, empty = text + part.rstrip("零") + ("", "万", "亿")[power], False
    return text.removeprefix("一") if text.startswith("一十") else text


class TestNumerals:
    @given(st.integers(1, 10**12 - 1))
    def test_every_number_is_read(self, number: int) -> None:
        assert han(in_han(number)) == number

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("半", Fraction(1, 2)),
            ("两", 2),
            ("三点五", Fraction(7, 2)),
            ("一点二五万", 12500),
            ("三万五", 35000),
            ("两千三", 2300),
            ("二〇二三", 2023),
            ("壹佰贰拾", 120),
            ("一百零二", 102),
            ("一百二", 120),
            ("零", 0),
        ],
    )
    def test_ways_to_write(self, text: str, number: Fraction) -> None:
        assert han(text) == number

    @pytest.mark.parametrize("text", ["", "十十", "一百百", "三百千", "三四", "五六", "点五", "三点", "零万", "人"])
    def test_what_is_no_number(self, text: str) -> None:
        assert han(text) is None

    def test_digits(self) -> None:
        assert (decimal("1,200.50"), decimal("007"), decimal("3.0")) == (Fraction(2401, 2), 7, 3)


class TestLevels:
    def test_no_word_stands_twice_on_one_scale(self) -> None:
        for name, words in scales().items():
            flat = [word for rank in words for word in rank]
            assert len(flat) == len(set(flat)), name

    @pytest.mark.parametrize(
        ("words", "scale"),
        [
            (("优", "良好", "中", "差"), "优良中差"),
            (("健全", "较健全", "基本健全", "不健全"), "健全"),
            (("显著", "较显著", "不显著"), "显著"),
            (("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"), "达成"),
            (("全部或基本达成预期目标", "部分达成预期目标并具有一定效果", "未达成预期目标且效果较差"), "达成"),
            (("全部完成", "基本完成", "部分完成", "未完成"), "完成"),
            (("非常满意", "满意", "基本满意", "不满意"), "满意"),
        ],
    )
    def test_the_order_of_a_scale(self, words: tuple[str, ...], scale: str) -> None:
        found = [level_scale(word) for word in words]
        assert [one and one[0] for one in found] == [scale] * len(words)
        assert [one[1] for one in found if one] == sorted({one[1] for one in found if one})

    @pytest.mark.parametrize(
        "word", ["提升", "有效提升", "应保尽保", "是", "否", "有", "无", "高", "低", "", "即时办理"]
    )
    def test_words_without_an_order(self, word: str) -> None:
        assert level_scale(word) is None

    def test_the_scale_that_two_words_share(self) -> None:
        assert ranks("较显著", "一般") == (1, 2)
        assert ranks("优", "一般") == (0, 2)
        assert ranks("優", "良。") == (0, 1)
        assert ranks("优", "健全") is None


class TestUnits:
    @pytest.mark.parametrize(
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
    def test_exact_conversion(self, one: str, other: str, ratio: int) -> None:
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
    def test_no_conversion(self, one: str, other: str) -> None:
        assert unit_of(one).dimension != unit_of(other).dimension

    def test_rates_per_many(self) -> None:
        assert unit_of("人/10万人").factor == Fraction(1, 100000)
        assert unit_of("张/千人").dimension == unit_of("张/人").dimension

    def test_the_table(self) -> None:
        for word, unit in known_units().items():
            assert unit.factor > 0, word
            assert unit_of(word) == unit

    @pytest.mark.parametrize(
        ("text", "written"),
        [("月", "个月"), ("季度", "个季度"), ("元/户", "元/户"), ("窗格", "[窗格]"), ("次/2年", "次/2年")],
    )
    def test_how_a_unit_is_written(self, text: str, written: str) -> None:
        assert canonical(text) == written


class TestColumns:
    @pytest.mark.parametrize(
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
    def test_comparators(self, text: str | None, op: TargetKind | None) -> None:
        assert read_comparator(text).op is op

    def test_comparators_that_are_more_than_an_operator(self) -> None:
        assert read_comparator("约").about
        assert read_comparator("左右").about
        assert read_comparator("≠").unequal
        assert read_comparator("增长").direction == "increase"

    @pytest.mark.parametrize("text", ["?", "工", "W", "95", "≥95", "<p>≥</p>", "=A1", "二", "很多", "≥≥", "==", "≥≤"])
    def test_comparators_that_cannot_be_read(self, text: str) -> None:
        with pytest.raises(Trouble) as caught:
            read_comparator(text)
        assert caught.value.code == "PF326"

    @pytest.mark.parametrize(
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
    def test_units(self, text: str | None, scale: int, unit: str | None, factor: Fraction) -> None:
        column = read_unit(text)
        assert (column.scale, column.unit, column.factor) == (scale, unit, factor)

    @pytest.mark.parametrize("text", ["??", "%%", "=A1", "#REF!", "<b>%</b>", "≥", "100", "%\u200b"])
    def test_units_that_cannot_be_read(self, text: str) -> None:
        with pytest.raises(Trouble) as caught:
            read_unit(text)
        assert caught.value.code == "PF324"

    def test_a_sentence_in_the_unit_column(self) -> None:
        assert read_unit("详见实施方案的说明").prose
        assert all(read_unit(word).unit is None for word in TYPES.split())


class TestFolding:
    @given(st.text())
    def test_the_length_stays(self, text: str) -> None:
        assert len(fold(text)) == len(text)

    @given(st.text())
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    def test_what_is_folded(self) -> None:
        assert fold("≧２６萬人，（含）～８０％") == "≥26万人,(含)~80%"
        assert fold_unit("萬元 ／ 每 項目") == "万元/每项目"
