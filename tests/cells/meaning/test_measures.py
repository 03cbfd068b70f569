"""What a number is counted for, and what is said of it."""

from __future__ import annotations

import pytest

from pfscore.cells.reader import parse_actual, parse_target


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每千件投诉举报办结率＞98%", "每千件"),
        ("每7千件投诉举报办结率＞98%", "每7千件"),
        ("每2学期开学后2个月内", "每2学期"),
        ("三≥5个", "三"),
        ("二〇二四≥5个", "二〇二四"),
        ("十≠1,000", "十"),
    ],
)
def test_a_number_beside_the_reading_is_said(text: str, said: str) -> None:
    assert [one.message.zh for one in parse_target(text).assumptions] == [f"“{said}”没有计入"]


def test_words_of_other_clauses_are_said() -> None:
    assert parse_actual("截至12月底，发放9454人").beside == ("截至12月底",)
    assert parse_actual("100%，已全部拨付到位").beside == ("已全部拨付到位",)
