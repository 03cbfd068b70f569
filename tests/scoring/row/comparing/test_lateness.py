"""How late a date is: in days, in years, and as a part of the planned time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.checking.check import check_ruleset
from tests.rulesets.ruleset_text import rule, rules, scored, text
from tests.tables import each

_STEPS = "judgement:\n  low: 扣完为止(分值, 逐级扣分({0}, 每={1}, 扣={2}, 零头=进一))\n" + (
    "  high: 扣完为止(分值, 逐级扣分({0}, 每={1}, 扣={2}, 零头=舍去))\nsteps: 扣完为止\n"
)
_BY_PLAN = _STEPS.format("滞后天数 / 计划天数", "4%", 1)
_BY_YEAR = _STEPS.format("滞后年数", 1, 2)
_FOR_DATES = 'comparator: ["时限"]'


@pytest.mark.parametrize(
    ("actual", "earns"),
    [
        *(("2021年4月10日", "10"), ("2021年3月31日", "10"), ("2021年4月14日", "9"), ("2021年4月18日", "8")),
        *(("2021年4月12日", "[9, 10]"), ("2021年5月30日", "0"), ("2022年3月1日", "0")),
    ],
)
def test_lateness_as_a_part_of_the_planned_time(actual: str, earns: str) -> None:
    """C, 进度: 超计划时间占计划完成时间百分比…每相差4%,扣1分,扣满10分为止; 100 days were planned."""
    found = rules(_BY_PLAN, _FOR_DATES)
    assert scored(found, target="2021年1月1日至2021年4月10日", actual=actual) == earns


def test_without_a_start_there_is_no_planned_time() -> None:
    found = rules(_BY_PLAN, _FOR_DATES)
    one = found.score(target="2021年4月10日前", actual="2021年4月14日", points="10")
    assert one.codes == ("PF529",)
    assert one.diagnostics[0].message.zh == "公式要用“计划天数”，这一行没有"
    hint = one.diagnostics[0].hint
    assert hint is not None
    assert hint.zh == "指标值写明起止日期，如 2021年1月1日至2021年12月31日"


@each(
    ("target", "actual", "earns"),
    [
        *(
            ("2020年底前", "2020年11月", "10"),
            ("2020年底前", "2021年12月31日", "8"),
            ("2020年底前", "2022年12月31日", "6"),
        ),
        *(
            ("2020年", "2021年", "8"),
            ("2020年", "2022年", "6"),
            ("2019年底前", "2024年", "0"),
            ("2019年", "2030年", "0"),
        ),
        # A part of a year: the sentence does not say what it takes.
        *(("2020年底前", "2021年6月30日", "[8, 10]"), ("2020年12月31日前", "2022年3月", "[6, 8]")),
        # On which side of the limit a day of that month lies, nobody can tell.
        ("2020年6月15日前", "2020年6月", "[8, 10]"),
        ("2019年3月至2020年12月", "2019年5月至2021年12月31日", "8"),
    ],
)
def test_every_year_two_points(target: str, actual: str, earns: str) -> None:
    """D5: 每滞后一年扣2分,扣完为止."""
    assert scored(rules(_BY_YEAR, _FOR_DATES), target=target, actual=actual) == earns


def test_days_are_counted_exactly() -> None:
    found = rules("formula: 扣完为止(分值, 滞后天数 * 0.1)\n", _FOR_DATES)
    one = found.score(target="2024年2月28日前", actual="2024年3月1日", points="10")
    assert (str(one.score), one.met) == ("9.8", False)
    assert "滞后天数" in one.explain()
    assert "late" in one.explain("en")


def _checked(tmp_path: Path, how: str, applies: str = _FOR_DATES) -> list[str]:
    examples = (
        "examples:\n  - {target: 2020年底前, actual: 2020年11月, points: 10, score: 10}\n"
        "  - {target: 2020年底前, actual: 2021年12月31日, points: 10, score: 8}\n"
    )
    path = tmp_path / "demo.yaml"
    path.write_text(text(rule(how + examples, applies)), encoding="utf-8")
    found = check_ruleset(path)
    return [one.message.zh for one in found.problems if one.code.startswith("PF25")] or [
        proof.said() for proof in found.proofs
    ]


def test_what_is_proved(tmp_path: Path) -> None:
    said = _checked(tmp_path, _BY_YEAR)
    assert said[0] == (
        "r（时限）最低：已证：任何完成值都算得出；得分在 0 与分值之间；完成得更好，得分不会更低；达标就得满分；"
        "得满分的都达标（分值 10，滞后任何天数）"
    )


def test_a_formula_that_rewards_lateness_is_refuted(tmp_path: Path) -> None:
    (first, *_) = _checked(tmp_path, "formula: min(分值, 滞后天数)\n")
    assert first.startswith("规则 “r”（时限）")


def test_other_rows_have_no_lateness(tmp_path: Path) -> None:
    said = _checked(tmp_path, _BY_YEAR, 'comparator: ["时限", "≥"]')
    assert "规则 “r” 也适用于“≥”，而那样的行没有滞后年数" in said
