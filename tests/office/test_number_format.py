"""What a spreadsheet shows of a stored value: value, format, shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pfscore.office.number_format import BUILT_IN, UnknownFormat, shown, shown_text, stored_behind, stored_number
from tests.tables import each

SHOWN = [
    ("0.0948", "0.00%", "9.48%"),
    ("0.948362", "0.00%", "94.84%"),
    ("0.94840000000000002", "0%", "95%"),
    ("0.0900000762939453", "0.00%", "9.00%"),
    ("95", '"≥"0"%"', "≥95%"),
    ("98.5", '"≤"0.##"%"', "≤98.5%"),
    ("3", '0"项"', "3项"),
    ("12", '[>=10]"多"0;0', "多12"),
    ("1234.5", "#,##0.00", "1,234.50"),
    ("1234567", "#,##0", "1,234,567"),
    ("1234567", '#,##0.00,"千"', "1,234.57千"),
    ("5000", "[$¥-804]#,##0.00", "¥5,000.00"),
    ("-3.5", "0.00;(0.00)", "(3.50)"),
    ("-5", "0;-0", "-5"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("-0.001", "0.00", "0.00"),
    ("0.285", "0%", "29%"),
    ("2.5", "0", "3"),
    ("5", "00", "05"),
    ("5", "0.0#", "5.0"),
    ("0.5", "#.##", ".5"),
    ("0.05", "0‰", "50‰"),
    ("20240630", "0000-00-00", "2024-06-30"),
    ("0.5", "# ?/?", "1/2"),
    ("1.5", "# ?/?", "1 1/2"),
    ("1234", "0.00E+00", "1.23E+03"),
    ("0.30000000000000004", "General", "0.3"),
    ("123456789012", "General", "1.23457E+11"),
    ("0.00012345678901", "General", "0.000123457"),
    ("45291", "yyyy/m/d", "2023/12/31"),
    ("45291", BUILT_IN[31], "2023年12月31日"),
    ("45291", BUILT_IN[57], "2023年12月"),
    ("45291", BUILT_IN[58], "12月31日"),
    ("45291.5", "yyyy/m/d h:mm", "2023/12/31 12:00"),
    ("60", "yyyy/m/d", "1900/2/29"),
    ("1.25", "[h]:mm:ss", "30:00:00"),
    ("0.5", "h:mm AM/PM", "12:00 PM"),
    ("0.0173611111111111", "h:mm", "0:25"),
    ("0.999988", "h:mm", "23:59"),
]


@each(("value", "code", "expected"), SHOWN)
def test_a_number_is_shown_as_a_spreadsheet_shows_it(value: str, code: str, expected: str) -> None:
    number = stored_number(value)
    assert number is not None
    assert shown(number, code) == expected


def test_dates_of_1904() -> None:
    assert shown(Decimal(43829), "yyyy/m/d", epoch_1904=True) == "2023/12/31"


def test_text_has_a_section_of_its_own() -> None:
    assert shown_text("优", '0;0;0;"评为"@') == "评为优"
    assert (shown_text("优", "0.00"), shown_text("优", "@")) == ("优", "优")


@pytest.mark.parametrize(("value", "code"), [("1", "[DBNum1]0"), ("-1", "yyyy/m/d")])
def test_what_cannot_be_shown_exactly_is_refused(value: str, code: str) -> None:
    with pytest.raises(UnknownFormat):
        shown(Decimal(value), code)


@pytest.mark.parametrize(
    ("text", "value", "code", "expected"),
    [
        ("95%", "0.9484", "0%", "0.9484"),
        ("94.84%", "0.948362", "0.00%", None),
        ("≥95%", "95", '"≥"0"%"', None),
        ("9.00%", "0.0900000762939453", "0.00%", None),
        ("10", "9.5", "0", "9.5"),
        ("2023/12/31", "45291", "yyyy/m/d", None),
        ("已完成", "1", '"已完成"', "1"),
    ],
)
def test_the_stored_value_is_kept_where_it_differs_by_a_hundredth(
    text: str, value: str, code: str, expected: str | None
) -> None:
    assert stored_behind(text, Decimal(value), code) == expected
