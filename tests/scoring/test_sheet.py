"""The total of a form: what does not apply, what is missing or open, and the grade at its edges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pfscore
from pfscore.foundation.numbers import decimal_text
from tests.forms.rulesets import small
from tests.tables import each


def row(points: object, actual: str | None = "100", **cells: Any) -> pfscore.Indicator:
    return pfscore.Indicator(target="≥100", actual=actual, points=points, **cells)  # type: ignore[arg-type]


def sheet(rules: pfscore.Rules, *rows: pfscore.Indicator, **more: Any) -> pfscore.Sheet:
    return rules.score_form(pfscore.Form(title="表", year=2023, indicators=rows, **more))


def sums(found: pfscore.Sheet) -> tuple[object, object, object, object]:
    return found.low, found.high, found.full, found.grade


class TestNotApplicable:
    ROWS = (row(50), row(30, "50"), row(20, "不适用"))

    def test_nothing_said(self) -> None:
        found = sheet(small(), *self.ROWS)
        assert sums(found) == (65, 65, 80, None)
        assert "不适用，规则集没有写怎样计，不计入满分" in found.explain()
        assert (found.indicators[2].low, found.indicators[2].high) == (None, None)

    def test_left_out(self) -> None:
        assert sums(sheet(small("not_applicable: exclude"), *self.ROWS)) == (65, 65, 80, None)

    def test_full_points(self) -> None:
        assert sums(sheet(small("not_applicable: full"), *self.ROWS)) == (85, 85, 100, "良")

    def test_rescaled(self) -> None:
        found = sheet(small("not_applicable: rescale", "rounding: {digits: 2}"), *self.ROWS)
        assert sums(found) == (Decimal("81.25"), Decimal("81.25"), 100, "良")
        assert found.total_steps == ("50 + 15 = 65 → 81.25 / 100",)

    def test_a_rescaled_total_is_graded_before_it_is_rounded(self) -> None:
        # 80 of 90 left: 88.888…, and 71.91 of 80: 89.8875; the grade does not follow the rounding to 90.
        rules = small("not_applicable: rescale", "rounding: {digits: 0}")
        found = sheet(rules, row(80, "89.8875"), row(20, "不适用"))
        assert sums(found) == (90, 90, 100, "良")

    def test_rescaled_within_the_block(self) -> None:
        rules = small("not_applicable: rescale_block", "rounding: {digits: 2}")
        output, benefit = ("产出指标",), ("效益指标",)
        rows = (row(40, "50", path=output), row(20, "不适用", path=output), row(40, path=benefit))
        assert sums(sheet(rules, *rows)) == (70, 70, 100, "中")

    def test_rescaling_needs_a_rounding(self) -> None:
        with pytest.raises(pfscore.RulesetError) as caught:
            small("not_applicable: rescale")
        assert caught.value.code == "PF229"

    @pytest.mark.parametrize(
        "treatment", ["not_applicable: exclude", "not_applicable: rescale", "not_applicable: rescale_block", ""]
    )
    def test_nothing_that_applies_has_no_total(self, treatment: str) -> None:
        found = sheet(small(treatment, "rounding: {digits: 2}"), row(60, "不适用"), row(40, "不适用"))
        assert sums(found) == (None, None, None, None)
        assert found.explain().strip()

    def test_nothing_that_applies_with_full_points(self) -> None:
        assert sums(sheet(small("not_applicable: full"), row(60, "不适用"), row(40, "不适用"))) == (100, 100, 100, "优")


class TestMissing:
    ROWS = (row(50), row(30, None), row(20))

    @pytest.mark.parametrize("terms", [(), ("missing: open",)])
    def test_open(self, terms: tuple[str, ...]) -> None:
        found = sheet(small(*terms), *self.ROWS)
        assert (found.total, *sums(found)) == (None, 70, 100, 100, None)

    def test_zero(self) -> None:
        found = sheet(small("missing: zero"), *self.ROWS)
        assert sums(found) == (70, 70, 100, "中")
        assert [one.outcome for one in found.indicators] == ["scored", "missing", "scored"]

    def test_an_open_row_within_one_grade_has_that_grade(self) -> None:
        assert sums(sheet(small(), row(95), row(5, None))) == (95, 100, 100, "优")

    def test_a_blank_text_is_blank(self) -> None:
        assert sums(sheet(small(), row(50), row(50, " "))) == (50, 100, 100, None)


class TestGrades:
    @each(
        ("rate", "total", "grade"),
        [
            ("100", "100", "优"),
            ("90", "90", "优"),
            ("89.995", "90", "良"),
            ("89.99", "89.99", "良"),
            ("89.5", "89.5", "良"),
            ("80", "80", "良"),
            ("79.999", "80", "中"),
            ("60", "60", "中"),
            ("59.99", "59.99", "差"),
            ("0", "0", "差"),
        ],
    )
    def test_on_the_unrounded_total(self, rate: str, total: str, grade: str) -> None:
        found = sheet(small("rounding: {digits: 2}", digits=4), row(100, rate))
        assert (found.total, found.grade) == (Decimal(total), grade)

    def test_a_row_is_rounded_before_it_is_added(self) -> None:
        # 89.995 of 100 points rounds to 90.00 as a row, and two times 44.9975 of 50 to 45.00 each.
        assert sums(sheet(small(), row(100, "89.995")))[3] == "优"
        assert sums(sheet(small(), row(50, "89.995"), row(50, "89.995")))[3] == "优"

    def test_none_where_the_points_are_not_whole(self) -> None:
        found = sheet(small(), row(90))
        assert sums(found) == (90, 90, 90, None)
        assert [one.message.zh for one in found.diagnostics] == ["各行分值之和是 90，满分应是 100"]


class TestUnknownPoints:
    def test_no_total_where_points_cannot_be_read(self) -> None:
        found = sheet(small(), row(50), row("五十"))
        assert sums(found) == (None, None, None, None)
        assert [one.score for one in found.indicators] == [50, None]
        assert [one.code for one in found.problems] == ["PF510"]

    def test_a_row_without_points_does_not_count(self) -> None:
        found = sheet(small(), row(100), row(None))
        assert sums(found) == (100, 100, 100, "优")
        assert found.problems == ()

    def test_and_is_named_where_the_points_do_not_add_up(self) -> None:
        found = sheet(small(), row(90), row(None, name="满意度"), row(None, "不适用"))
        assert [one.code for one in found.indicators[1].diagnostics] == ["PF525"]
        assert found.indicators[2].diagnostics == ()

    def test_no_points_at_all(self) -> None:
        found = sheet(small(), row(None), row(None))
        assert (*sums(found), found.diagnostics) == (None, None, None, None, ())
        assert [one.met for one in found.indicators] == [True, True]


class TestTargetsOnly:
    def test_several_rows_without_any_actual(self) -> None:
        found = sheet(small(), row(60, None), row(40, ""))
        assert sums(found) == (0, 100, 100, None)
        assert [one.code for one in found.diagnostics] == ["PF530"]
        assert found.problems == ()

    @pytest.mark.parametrize("rows", [(row(100, None),), (row(60, None), row(40, None, published_score="40"))])
    def test_a_single_row_or_a_published_score_is_no_form_of_targets(self, rows: tuple[pfscore.Indicator, ...]) -> None:
        assert {one.code for one in sheet(small(), *rows).problems} == {"PF511"}

    def test_money_that_was_spent_makes_it_a_report(self) -> None:
        line = pfscore.BudgetLine(budget="5", expenditure="5", points="10")
        found = sheet(small(), row(60, None), row(30, None), budget=(line,))
        assert {one.code for one in found.problems} == {"PF511"}


class TestCrossedOut:
    @pytest.mark.parametrize(
        ("target", "actual", "points"),
        [
            ("/", "/", "/"),
            ("—", "—", None),
            ("——", "——", ""),
            ("-", "-", "-"),
            ("／", "／", "—"),
            ("/", None, "/"),
            ("", "－－", None),
        ],
    )
    def test_a_row_of_dashes_without_points_does_not_apply(
        self, target: str | None, actual: str | None, points: str | None
    ) -> None:
        crossed = pfscore.Indicator(name="无", target=target, actual=actual, points=points, published_score="/")
        found = sheet(small(), row(100), crossed)
        assert (found.indicators[1].outcome.value, found.indicators[1].codes) == ("not_applicable", ())
        assert (found.full, found.low, found.problems) == (Decimal(100), found.high, ())

    @pytest.mark.parametrize(
        ("target", "actual", "points"), [("/", "/", "10"), (None, None, None), ("/", "80人", None), ("≥5人", "/", None)]
    )
    def test_a_row_that_lacks_something_is_asked_about(
        self, target: str | None, actual: str | None, points: str | None
    ) -> None:
        [one] = sheet(small(), pfscore.Indicator(name="培训", target=target, actual=actual, points=points)).indicators
        assert one.outcome.value == "missing"


class TestSums:
    @given(
        st.lists(
            st.tuples(st.integers(0, 40), st.sampled_from(["0", "50", "99.999", "100", "120", "", "不适用", "x"])),
            max_size=8,
        )
    )
    def test_the_total_is_the_sum_of_its_parts(self, rows: list[tuple[int, str]]) -> None:
        found = sheet(small(), *(row(Fraction(quarters, 4), actual) for quarters, actual in rows))
        applicable = [quarters for quarters, actual in rows if actual != "不适用"]
        if found.full is None:
            assert not any(applicable)
            return
        low = sum((one.low or Decimal(0) for one in found.indicators), start=Decimal(0))
        high = sum((one.high or Decimal(0) for one in found.indicators), start=Decimal(0))
        assert found.full == Decimal(decimal_text(Fraction(sum(applicable), 4)))
        assert (found.low, found.high) == (low, high)
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.high <= found.full

    def test_a_sheet_without_rows(self) -> None:
        assert sums(sheet(small())) == (None, None, None, None)
