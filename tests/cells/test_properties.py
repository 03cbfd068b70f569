"""Promises about every cell: what never changes a reading, what always reads back, what never escapes."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.cells.lexicon.quantities import SCALES, Quantity, known_units, unit_of
from pfscore.cells.reader import Refusal, parse_actual, parse_target
from pfscore.cells.readings import Between, Bound, Reading
from pfscore.foundation.errors import ExpressionError
from tests.cells.cells import bounds, cells, edged, heads, numbers, percentages, quantities, read, units
from tests.tables import each

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
SIDES = st.sampled_from(["target", "actual"])


class TestSpellingDoesNotMatter:
    """Width, spaces and the signs' code points change nothing."""

    @given(SIDES, cells)
    def test_width(self, side: str, text: str) -> None:
        assert same(read(side, text), read(side, text.translate(WIDE)))

    @given(SIDES, cells, st.data())
    def test_spaces(self, side: str, text: str, data: st.DataObject) -> None:
        """A space anywhere but inside a number."""
        gaps = [
            index
            for index in range(1, len(text))
            if not (text[index - 1] in "0123456789.," and text[index] in "0123456789.,")
        ]
        chosen = data.draw(st.sets(st.sampled_from(gaps), max_size=4)) if gaps else set()
        spaced = "".join((" " if index in chosen else "") + char for index, char in enumerate(text))
        assert same(read(side, text), read(side, f" {spaced}\u3000"), words=False)

    @given(
        quantities | percentages,
        st.sampled_from([("≥", "≧"), ("≥", ">="), ("≥", "＞＝"), ("≤", "≦"), ("≤", "<="), ("=", "＝")]),
    )
    def test_signs(self, text: str, signs: tuple[str, str]) -> None:
        assert same(read("target", signs[0] + text), read("target", signs[1] + text))


class TestScalesAndUnits:
    """A scale word is a factor, and the unit column says what the cell would say."""

    @given(numbers, st.sampled_from(sorted(SCALES)), units)
    def test_a_scale_word_multiplies(self, number: str, scale: str, unit: str) -> None:
        if scale + unit in known_units() or unit[0] in "十百千万亿":
            return
        found = parse_target(f"≥{number}{scale}{unit}")
        assert isinstance(found, Bound)
        assert found.quantity.value == Fraction(number) * SCALES[scale]
        assert found.quantity.dimension == unit_of(known_units()[unit].text).dimension

    @given(heads, numbers, units)
    def test_the_columns_say_what_the_cell_says(self, head: str, number: str, unit: str) -> None:
        assert parse_target(number, comparator=head, unit=unit) == parse_target(f"{head}{number}{unit}")

    @given(numbers)
    def test_percent_permille_and_so_on(self, number: str) -> None:
        for sign, size in (("%", 100), ("‰", 1000), ("‱", 10000), ("百分比", 100)):
            found = parse_actual(f"{number}{sign}")
            assert found == parse_actual(number, unit=sign)
            assert str(found) == str(Quantity(Fraction(number) / size, "1"))

    def test_equal_quantities_are_equal_whatever_their_spelling(self) -> None:
        assert parse_actual("1公里") == parse_actual("1000米") == parse_actual("1km")
        assert hash(parse_actual("15亩")) == hash(parse_actual("1公顷"))
        assert parse_actual("2小时") == parse_actual("120分钟")
        assert parse_actual("1天") != parse_actual("1个工作日")
        assert parse_actual("5%") != parse_actual("5个百分点")

    def test_quantities_of_different_dimensions_have_no_order(self) -> None:
        with pytest.raises(ValueError, match="cannot compare"):
            _ = Quantity(Fraction(1), "人") < Quantity(Fraction(1), "公里")
        assert Quantity(Fraction(1), "公里") > Quantity(Fraction(999), "米")


class TestRoundTrip:
    """A reading's canonical text reads back to an equal reading."""

    @given(SIDES, cells)
    def test_it_reads_back(self, side: str, text: str) -> None:
        found = read(side, text)
        if not isinstance(found, Refusal):
            again = read(side, str(found))
            assert (again, str(again)) == (found, str(found))

    @given(SIDES, cells)
    def test_it_pickles(self, side: str, text: str) -> None:
        found = read(side, text)
        assert pickle.loads(pickle.dumps(found)) == found


class TestIntervals:
    """Two bounds on one quantity are an interval, whichever comes first."""

    @given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(["%", "人", "万元"]))
    def test_two_bounds(self, one: int, other: int, unit: str) -> None:
        low, high = sorted((one, other))
        wanted = parse_target(f"{low}{unit}~{high}{unit}")
        assert isinstance(wanted, Between)
        for text in (
            f"≥{low}{unit}且≤{high}{unit}",
            f"≤{high}{unit}，≥{low}{unit}",
            f"[{low}{unit},{high}{unit}]",
            f"{low}-{high}{unit}",
        ):
            assert parse_target(text) == wanted, text

    @given(st.integers(1, 1000), st.integers(0, 999))
    def test_reversed_ends_are_refused(self, high: int, low: int) -> None:
        if low < high:
            found = read("target", f"{high}%-{low}%")
            assert isinstance(found, Refusal)
            assert found.code == "PF319"


class TestNothingElseEscapes:
    """Arbitrary text raises an ExpressionError or nothing."""

    @settings(max_examples=400)
    @given(SIDES, st.text(max_size=40))
    def test_any_unicode(self, side: str, text: str) -> None:
        check(side, text, None, None)

    @settings(max_examples=400)
    @given(
        SIDES,
        st.text(
            "≥≤><=%‰0159.,-~～万亿人元年月日前内以上下（）()[]/·且或、；至到增长下降不低超过约每季度一三十百半成之 \n",
            max_size=24,
        ),
    )
    def test_any_text_of_cells(self, side: str, text: str) -> None:
        check(side, text, None, None)

    @settings(max_examples=250)
    @given(st.text(max_size=12), st.text(max_size=6), st.text(max_size=6))
    def test_any_columns(self, text: str, comparator: str, unit: str) -> None:
        check("target", text, comparator, unit)

    @each("text", ["每0户配备2名", "2名/0户", "百分之每0户配备2名", "每00万户2名", "2元/0.0人"])
    @each("unit", [None, "名", "名/户", "名/0户", "次/半年", "%", "万名/0万户"])
    def test_nothing_is_counted_for_zero_of_something(self, text: str, unit: str | None) -> None:
        for comparator in (None, "≤", "< ="):
            assert isinstance(read("target", text, comparator, unit), Refusal)

    @given(
        edged | bounds | quantities,
        st.sampled_from(["*", "#", "$", "^", "？", "\u200b", "<b>", "|"]),
        st.integers(0, 30),
    )
    def test_damage_is_never_read(self, text: str, damage: str, place: int) -> None:
        cut = place % (len(text) + 1)
        found = read("target", text[:cut] + damage + text[cut:])
        # 元/人*月 is a unit; a star inside a number's unit may make another.
        assert isinstance(found, Refusal) or damage == "*" or (damage == "$" and _is_dollars(text, found))


def _is_dollars(text: str, found: Reading) -> bool:
    """Return whether a number without a unit was read as one of dollars: $500, but not $500人."""
    plain = read("target", text)
    assert isinstance(plain, Bound) and isinstance(found, Bound)
    return (plain.quantity.unit, found.quantity.unit) == (None, "美元") and plain.quantity.value == found.quantity.value


def same(one: object, other: object, *, words: bool = True) -> bool:
    """Tell whether two readings agree; of words only that both are words, as spaces belong to them."""
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        return isinstance(one, Refusal) and isinstance(other, Refusal) and one.code == other.code
    if not words or hasattr(one, "text") or hasattr(one, "parts"):
        return type(one) is type(other)
    return one == other


def check(side: str, text: str, comparator: str | None, unit: str | None) -> None:
    """Read a cell; whatever is wrong with it must come out as one diagnostic with its place."""
    try:
        found = (
            parse_target(text, comparator=comparator, unit=unit) if side == "target" else parse_actual(text, unit=unit)
        )
    except ExpressionError as error:
        (diagnostic,) = error.diagnostics
        assert diagnostic.code.startswith("PF3")
        assert diagnostic.render("zh")
        assert diagnostic.render("en")
        return
    assert found.in_words()
    assert found.as_json()["kind"]
