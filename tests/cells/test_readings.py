"""What a reading says to an official, in Chinese and in English, and the cell as it is written back."""

from __future__ import annotations

import pytest

from tests.cells.cells import actual, target
from tests.tables import each


@each(
    ("text", "chinese", "english"),
    [
        ("≥26万人", "不低于 26 万人", "at least 260000 人"),
        ("≤1‰", "不超过 0.1%", "at most 0.1%"),
        (">5%", "高于 5%", "more than 5%"),
        ("<5%", "低于 5%", "less than 5%"),
        ("=100%", "等于 100%", "exactly 100%"),
        ("约90%", "大约 90%", "about 90%"),
        ("48亿元", "48 亿元", "4800000000 元"),
        ("增长5%以上", "比基期增长不低于 5%", "rises by at least 5%"),
        ("下降3%", "比基期下降 3%", "falls by 3%"),
        ("下降2个百分点", "比基期下降 2 百分点", "falls by 2 百分点"),
        ("60%-80%", "从 60%（含）到 80%（含）", "from 60% (included) to 80% (included)"),
        ("(60%,80%]", "从 60%（不含）到 80%（含）", "from 60% (excluded) to 80% (included)"),
        ("[60%,80%)", "从 60%（含）到 80%（不含）", "from 60% (included) to 80% (excluded)"),
        ("≥5次且≥95%", "不低于 5 次，并且不低于 95%", "at least 5 次 and at least 95%"),
        ("10人或5户", "10 人，或者 5 户", "10 人 or 5 户"),
        ("优", "文字“优”", "the words “优”"),
        ("9月前", "时限“9月前”", "the time limit “9月前”"),
        ("不适用", "不适用", "not applicable"),
        ("合格率≥60%且投诉率≤80%", "不低于 60%，并且另一项不超过 80%", "at least 60% and another thing at most 80%"),
    ],
)
def test_a_target_in_words(text: str, chinese: str, english: str) -> None:
    reading = target(text)
    assert (reading.in_words("zh"), reading.in_words("en")) == (chinese, english)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("54.62亿元", "54.62 亿元", "5462000000 元"),
        ("95%以上", "不低于 95%", "at least 95%"),
        ("2023年11月", "日期“2023年11月”", "the date “2023年11月”"),
        ("较上年下降1.5%", "比基期下降 1.5%", "falls by 1.5%"),
        ("6次、320人", "6 次，并且 320 人", "6 次 and 320 人"),
    ],
)
def test_an_actual_in_words(text: str, chinese: str, english: str) -> None:
    reading = actual(text)
    assert (reading.in_words("zh"), reading.in_words("en")) == (chinese, english)
