"""One number answers one thing; a date that names its year needs no other."""

from __future__ import annotations

from pfscore.cells.reader import parse_actual, parse_target
from pfscore.scoring.row.comparing.compare import compare


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


def test_an_interval_is_met_where_all_of_it_is_and_missed_where_none_is() -> None:
    assert met("≥18℃", "18-22℃") is True
    assert met("≥20℃", "18-22℃") is False
    assert met("≥25℃", "18-22℃") is False
    assert met("18-22℃", "19℃-21℃") is True
    assert met("18-22℃", "21℃-25℃") is False
    assert met("18-22℃", "10℃-30℃") is False
    assert met("18-22℃", "23℃-25℃") is False
    assert met("=20℃", "18-22℃") is None
    assert met("≤5%", "3%-4%") is True
    assert met("增长5%以上", "6%-8%") is True


def test_parts_are_answered_by_what_they_measure_and_by_their_label() -> None:
    both = "本科≥90%，专科≥80%"
    assert met(both, "本科92%，专科85%") is True
    assert met(both, "专科85%，本科92%") is True
    assert met(both, "专科92%，本科85%") is False
    assert met(both, "92%，85%") is None
    assert met(both, "本科92%，硕士85%") is None
    assert met(both, "92%") is None
    assert met("培训≥3次，满意度≥90%", "满意度95%，培训3次") is True
    assert met("≥90%，≥80%", "92%，85%") is True
