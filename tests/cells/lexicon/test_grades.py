"""Grades and ranks in words."""

from __future__ import annotations

import pytest

from pfscore.cells.lexicon.levels import grade_of, reaches

REACHED = """
B级及以上 A级|Ⅲ类及以上 Ⅱ类|A级或B级 B级|前5名 第4名|保持全市第一 全市第1|达到Ⅲ类及以上标准 Ⅱ类|Ⅲ类水质 Ⅲ类
良好以上 优秀|前三名 第二|A级以上 A+级|进入全省前八 全省第6位|全国前50名 全国第48位|III类 Ⅲ类|前10名 前5名
4A级 5A级
"""
MISSED = """
优秀等次 良好|AAA AA|达到或优于III类 IV类|全省前10 第12位|Ⅲ类 劣V类|A级 B级|前十 第十一名|4A级 3A级|第一 第三
水质达到Ⅱ类 Ⅲ类|不低于Ⅲ类 Ⅳ类
"""
OPEN = """
良好及以上 合格|全省前三 全市第二|前5名 前10名|Ⅱ类 Ⅲ类及以上
"""


@pytest.mark.parametrize(("pairs", "expected"), [(REACHED, True), (MISSED, False), (OPEN, None)])
def test_pairs(pairs: str, expected: bool | None) -> None:
    wrong = []
    for pair in pairs.strip().replace("\n", "|").split("|"):
        target, actual = (grade_of(text) for text in pair.split())
        if target is None or actual is None or reaches(target, actual) is not expected:
            wrong.append((pair, target, actual))
    assert wrong == []


@pytest.mark.parametrize("text", ["一类疫苗", "有效", "第三方", "前期", "第一产业", "前20%", "优良", "二级医院3家"])
def test_what_is_no_grade(text: str) -> None:
    assert grade_of(text) is None
