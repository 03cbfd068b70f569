"""One number answers one thing; a date that names its year needs no other."""

from __future__ import annotations

from pfscore.cells.reader import parse_actual, parse_target
from pfscore.scoring.row.comparison import compare


def met(target: str, actual: str, *, year: int | None = None) -> bool | None:
    return compare(parse_target(target), parse_actual(actual), year=year).met


def test_one_number_does_not_answer_bounds_on_two_things() -> None:
    assert met("合格率≥98%且故障率≤2%", "100%") is None
    assert met("合格率≥98%且故障率≤2%", "99%且1%") is True
    assert met("合格率≥98%且故障率≤2%", "99%且3%") is False
    assert met("≥60%且≤80%", "70%") is True


def test_dates_that_name_their_year_are_compared_in_a_form_without_one() -> None:
    assert met("2023年12月底前", "2023年12月20日") is True
    assert met("2023年12月底前", "2024年1月5日") is False
    assert met("12月底前", "2023年12月20日") is None
    assert met("12月底前", "12月20日", year=2023) is True
