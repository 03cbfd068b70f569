"""Numbers in Chinese: every way to write them, and what is none."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.lexicon.numerals import decimal, han
from tests.tables import each

ONES, PLACES = "零一二三四五六七八九", ("", "十", "百", "千")


def in_han(number: int) -> str:
    """Write a number below 10^12 in Chinese."""
    if number == 0:
        return "零"
    text, empty = "", False
    for power in (2, 1, 0):
        section = number // 10 ** (4 * power) % 10000
        if section == 0:
            empty = bool(text)
            continue
        part = ""
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            part += ONES[digit] + PLACES[place] if digit else ("零" if part and not part.endswith("零") else "")
        if text and (empty or section < 1000):
            text += "零"
        text, empty = text + part.rstrip("零") + ("", "万", "亿")[power], False
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 10**12 - 1))
def test_every_number_is_read(number: int) -> None:
    assert han(in_han(number)) == number


@each(
    ("text", "number"),
    [
        ("半", Fraction(1, 2)),
        ("两", 2),
        ("三点五", Fraction(7, 2)),
        ("一点二五万", 12500),
        ("三万五", 35000),
        ("两千三", 2300),
        ("二〇二三", 2023),
        ("壹佰贰拾", 120),
        ("一百零二", 102),
        ("一百二", 120),
        ("零", 0),
    ],
)
def test_ways_to_write(text: str, number: Fraction) -> None:
    assert han(text) == number


@each("text", ["", "十十", "一百百", "三百千", "三四", "五六", "点五", "三点", "零万", "人"])
def test_what_is_no_number(text: str) -> None:
    assert han(text) is None


def test_digits() -> None:
    assert (decimal("1,200.50"), decimal("007"), decimal("3.0")) == (Fraction(2401, 2), 7, 3)
