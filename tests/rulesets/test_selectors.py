"""What selects rows: spellings that do not matter, and those that match no row, each told with what to write."""

from __future__ import annotations

import pytest

from pfscore.checking.check import check_text
from pfscore.foundation.diagnostics import Severity
from tests.rulesets.ruleset_text import form, rule, rules, text
from tests.tables import each

_WAY = 'points: 10\ntarget: "≤100%"\nformula: 分值 * 反比例(完成值, 指标值)\n'


@each(
    ("written", "printed"),
    [
        ("在职人员控制率", "1、在职人员控制率"),
        ("（一）在职人员控制率", "在职人员控制率"),
        ("在职人员控制率", "在职 人员　控制率："),
        ("在职人员控制率", "在职人员控制率（%）"),
        ("在职人员控制率(％)", "在职人员控制率"),
        ("在职人员控制率", "在职人员控制率（10分）"),
        ("“三公经费”变动率", '"三公经费"变动率'),
        ("“三公经费”变动率", "三公经费变动率"),
        ("三公经费变动率", "「三公经费」变动率"),
        ("变动率（含借调）", "变动率(含借调)"),
        ("ＰＭ2.5浓度", "PM2.5浓度"),
        ("在职人员控制率", "在職人員控制率"),
        ("在职人员控制率", "在职人员\u200b控制率"),
    ],
)
def test_names_are_the_same_however_they_are_spelt(written: str, printed: str) -> None:
    found = rules(_WAY, f"name: [{written}]" if '"' not in written else f"name: {written}")
    assert [row.rule for row in found.score_form(form({"name": printed, "actual": "100%"})).indicators] == ["r"]


@pytest.mark.parametrize(
    "printed", ["在职人员变动率", "在职人员控制率（含借调）", "年度在职人员控制率", "在职人员控制率≤90%"]
)
def test_another_name_is_another_indicator(printed: str) -> None:
    found = rules(_WAY, "name: 在职人员控制率")
    assert [row.rule for row in found.score_form(form({"name": printed, "actual": "100%"})).indicators] == [None]


def _told(applies: str, terms: str = "") -> list[tuple[str, str, str]]:
    checked = check_text(text(rule(_WAY, applies), terms))
    return [
        (one.code, one.severity.value, one.hint.zh if one.hint else "")
        for one in checked.problems
        if one.code in {"PF202", "PF203"}
    ]


@each("key", ["name", "block"])
@each(
    "names",
    ["甲指标、乙指标", "甲指标，乙指标", "甲指标, 乙指标", "甲指标；乙指标", "甲指标/乙指标", "[甲指标、乙指标]"],
)
def test_several_names_in_one_text(key: str, names: str) -> None:
    applies = f"name: 丙\n{key}: {names}" if key == "block" else f"{key}: {names}"
    if names.startswith("[") or "," not in names:
        hint = f"几个名称写成 {key}: [甲指标, 乙指标]；就是一个名称的，加上引号"
        assert _told(applies) == [("PF203", "warning", hint)]
    else:
        assert _told(applies)[0][0] == "PF203"


@pytest.mark.parametrize(
    "names",
    [
        "[甲指标, 乙指标]",
        '"甲指标、乙指标"',
        "甲指标（含乙、丙）",
        "“甲、乙”指标",
        "《甲、乙》落实率",
        "人/次",
        "产 出 指 标",
    ],
)
def test_names_that_are_meant(names: str) -> None:
    assert _told(f"name: {names}") == []


@pytest.mark.parametrize("key", ["either", "adjustments"])
def test_groups_have_lists_too(key: str) -> None:
    group = "names: [甲指标、乙指标, 丙]" + ("" if key == "either" else ', within: "[0, 3]"')
    assert [code for code, _, _ in _told("name: 丁", f"{key}:\n  - {{{group}}}\n")] == ["PF203"]


def test_a_group_of_one_text_is_told_to_be_a_list() -> None:
    assert _told("name: 丁", "either:\n  - names: 甲指标、乙指标\n") == [
        ("PF202", "error", "写成清单，如 names: [甲, 乙]")
    ]


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("万人", "写 unit: 人"),
        ("亿元", "写 unit: 元"),
        ("％", "写 unit: %"),
        ("‰", "写 unit: %"),
        ("个百分点", "写 unit: 百分点"),
        ("元／人", "写 unit: 元/人"),
        ("人、次", "写 unit: [人, 次]"),
        ("1", ""),
        ("1人", ""),
        ("部(台)", "写 unit: 部"),
    ],
)
def test_units_are_written_as_they_are_read(unit: str, hint: str) -> None:
    assert _told(f"name: 甲\nunit: {unit}") == [("PF203", "error", hint)]


@pytest.mark.parametrize("unit", ["人", "%", "元/人", "[人, 人次]", "平方米", "㎡", "km", "百分点", "工作日"])
def test_units_that_are_read(unit: str) -> None:
    assert _told(f"name: 甲\nunit: {unit}") == []


@pytest.mark.parametrize("level", ["≥95%", "80%-95%", "80至95", "[80%, 95%)", "＜60分"])
def test_a_range_of_numbers_is_no_level(level: str) -> None:
    checked = check_text(text(rule(f'levels:\n  - {{level: "{level}", share: 100%}}\n', "name: 甲")))
    assert [one.hint.zh for one in checked.problems if one.code == "PF203" and one.hint] == ["数的分档写 bands"]


def test_no_shipped_ruleset_is_told_so() -> None:
    from pfscore.checking.check import check_ruleset
    from pfscore.rulesets.search import ruleset_ids

    assert [one for name in ruleset_ids() for one in _of_selectors(check_ruleset(name).problems)] == []


def _of_selectors(problems: object) -> list[str]:
    assert isinstance(problems, tuple)
    return [one.message.zh for one in problems if one.code in {"PF203", "PF240"} and one.severity is not Severity.NOTE]
