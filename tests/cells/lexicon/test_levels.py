"""Scales of levels: the order of their words, and words without one."""

from __future__ import annotations

import pytest

from pfscore.cells.lexicon.levels import level_scale, ranks, scales
from tests.tables import each


def test_no_word_stands_twice_on_one_scale() -> None:
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
def test_the_order_of_a_scale(words: tuple[str, ...], scale: str) -> None:
    found = [level_scale(word) for word in words]
    assert [one and one[0] for one in found] == [scale] * len(words)
    assert [one[1] for one in found if one] == sorted({one[1] for one in found if one})


@each("word", ["提升", "有效提升", "应保尽保", "是", "否", "有", "无", "高", "低", "", "即时办理"])
def test_words_without_an_order(word: str) -> None:
    assert level_scale(word) is None


def test_the_scale_that_two_words_share() -> None:
    assert ranks("较显著", "一般") == (1, 2)
    assert ranks("优", "一般") == (0, 2)
    assert ranks("優", "良。") == (0, 1)
    assert ranks("优", "健全") is None
