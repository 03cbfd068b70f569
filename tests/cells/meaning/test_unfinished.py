"""Words that say that a number or a date is of what is not finished."""

from __future__ import annotations

import pytest

from pfscore.cells.meaning.unfinished import hoped_words, unfinished_words


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


class _Asked(str):
    """A text that counts how often it is asked whether it holds another one."""

    times = 0

    def __contains__(self, other: object) -> bool:
        type(self).times += 1
        return str.__contains__(self, str(other))


@pytest.mark.parametrize("word", ["甲", "持续", "服务", "服务水平确保"])
def test_a_long_clause_is_looked_through_once(word: str) -> None:
    _Asked.times = 0
    hoped_words(f"{word * 2000}提升", "提升", _Asked("服务水平"))
    assert _Asked.times <= 2 * len(word) * 2000
