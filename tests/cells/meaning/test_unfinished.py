"""Words that say that a number or a date is of what is not finished."""

from __future__ import annotations

import pytest

from pfscore.cells.meaning.unfinished import unfinished_words


@pytest.mark.parametrize(
    ("actual", "own", "words"),
    [
        ("6座桥梁有序推进维修", "桥梁维修", "有序推进维修"),
        ("6座桥梁（正在维修）", "桥梁维修", "正在维修"),
        ("6座，均已启动维修", "桥梁维修", "启动维修"),
        ("6座，正在组织验收资料", "桥梁维修", ""),
        ("完成6座，正在维修其余2座", "桥梁维修", ""),
        ("6座已启动维修", "桥梁维修启动数", ""),
        ("95%的问题正在整改", "问题整改率", "正在整改"),
        ("整改率95%，正在整改", "问题整改率", ""),
    ],
)
def test_words_of_what_is_not_finished(actual: str, own: str, words: str) -> None:
    assert unfinished_words(actual, own) == words


def test_a_date_is_judged_with_the_whole_cell() -> None:
    assert unfinished_words("2024年8月启动，12月完成", "桥梁维修", dated=True) == ""
    assert unfinished_words("2024年8月启动", "桥梁维修", dated=True) == "启动"
