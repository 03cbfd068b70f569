"""Calendar limits, and the dates that are compared with them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.lexicon.calendar import days_of, impossible
from pfscore.cells.reader import Refusal, parse_actual, parse_target, read_target
from pfscore.cells.readings import Dated, Deadline
from tests.tables import each


@each(
    ("text", "last"),
    [
        ("2023年12月31日前", date(2023, 12, 31)),
        ("12月31日之前", date(2023, 12, 31)),
        ("12月底前", date(2023, 12, 31)),
        ("12月底前完成", date(2023, 12, 31)),
        ("2月底前", date(2023, 2, 28)),
        ("2024年2月底前", date(2024, 2, 29)),
        ("9月前", date(2023, 8, 31)),
        ("11月以前", date(2023, 10, 31)),
        ("9月底", date(2023, 9, 30)),
        ("12月中旬前", date(2023, 12, 20)),
        ("年底前", date(2023, 12, 31)),
        ("2025年年底前", date(2025, 12, 31)),
        ("2025年前", date(2024, 12, 31)),
        ("第四季度前", date(2023, 9, 30)),
        ("第三季度末", date(2023, 9, 30)),
        ("四季度完成", date(2023, 12, 31)),
        ("上半年", date(2023, 6, 30)),
        ("年内", date(2023, 12, 31)),
        ("次年3月底前", date(2024, 3, 31)),
        ("1-12月", date(2023, 12, 31)),
        ("2023.07-2024.01", date(2024, 1, 31)),
        ("2021-2023年", date(2023, 12, 31)),
        ("2022年1月1日至12月31日", date(2022, 12, 31)),
        ("2023年", date(2023, 12, 31)),
        ("≤2023年12月31日", date(2023, 12, 31)),
        ("不晚于12月31日", date(2023, 12, 31)),
        ("早于12月31日", date(2023, 12, 30)),
        ("2023-11-15", date(2023, 11, 15)),
        ("十二月底前", date(2023, 12, 31)),
        ("每月10日前", None),
    ],
)
def test_the_last_day_of_a_limit(text: str, last: date | None) -> None:
    reading = parse_target(text)
    assert isinstance(reading, Deadline), reading
    assert reading.last_day(2023) == last
    # Without the form's year only a limit that names its own is a day.
    assert reading.last_day(None) == (last if "20" in text else None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年11月", date(2023, 11, 1), date(2023, 11, 30)),
        ("已于9月完成", date(2023, 9, 1), date(2023, 9, 30)),
        ("2023年11月15日", date(2023, 11, 15), date(2023, 11, 15)),
        ("2023.11", date(2023, 11, 1), date(2023, 11, 30)),
        ("12月", date(2023, 12, 1), date(2023, 12, 31)),
        ("第三季度完成", date(2023, 7, 1), date(2023, 9, 30)),
        ("2024年1月完成", date(2024, 1, 1), date(2024, 1, 31)),
    ],
)
def test_the_days_of_an_actual(text: str, first: date, last: date) -> None:
    reading = parse_actual(text)
    assert isinstance(reading, Dated), reading
    assert (reading.first_day(2023), reading.last_day(2023)) == (first, last)


@each(
    ("text", "first", "last"),
    [
        ("12月上旬", date(2023, 12, 1), date(2023, 12, 10)),
        ("12月初", date(2023, 12, 1), date(2023, 12, 10)),
        ("12月中旬", date(2023, 12, 11), date(2023, 12, 20)),
        ("12月下旬", date(2023, 12, 21), date(2023, 12, 31)),
        ("11月底", date(2023, 11, 21), date(2023, 11, 30)),
        ("11月末", date(2023, 11, 21), date(2023, 11, 30)),
        ("年初", date(2023, 1, 1), date(2023, 1, 31)),
        ("2024年中", date(2024, 6, 1), date(2024, 6, 30)),
        ("年底", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023年末", date(2023, 12, 1), date(2023, 12, 31)),
        ("二季度末", date(2023, 6, 21), date(2023, 6, 30)),
        ("下半年", date(2023, 7, 1), date(2023, 12, 31)),
    ],
)
def test_the_days_that_a_text_names(text: str, first: date, last: date) -> None:
    days = days_of(text, 2023)
    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["2023年13月31日前", "13月底前", "2023年2月30日前", "12月32日前", "第五季度前", "2月30日前", "0月底前"]
)
def test_dates_that_do_not_exist(text: str) -> None:
    found = read_target(text)
    assert isinstance(found, Refusal)
    assert found.code == "PF321"


@pytest.mark.parametrize("text", ["2024年2月29日前", "2月29日前", "12月31日前", "第一季度", "1-12月", "2023-11-15"])
def test_dates_that_exist(text: str) -> None:
    assert impossible(text) is None


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{y}年{m}月{d}日", "{y}-{m}-{d}", "{y}.{m}.{d}", "{y}/{m}/{d}"]),
)
def test_every_day_is_read(day: date, form: str) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    reading = parse_actual(text)
    assert isinstance(reading, Dated), text
    assert (reading.first_day(2000), reading.last_day(2000)) == (day, day)


@given(st.text(max_size=30), st.integers(1950, 2100))
def test_any_text(text: str, year: int) -> None:
    days = days_of(text, year)
    assert days is None or days.first <= days.last
