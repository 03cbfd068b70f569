"""What `pfscore plot` draws, and what it says where there is nothing to draw."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pfscore.checking.check import change_days
from pfscore.foundation.text import display_width
from pfscore.report.plot.drawing import has_picture, plot
from pfscore.report.plot.undrawn import why_undrawn
from pfscore.rulesets.edition import RuleInForce, edition
from pfscore.rulesets.load import builtin_ids, load_family
from tests.cli.running import run, run_apart
from tests.rulesets.ruleset_text import loaded, rule, text

AT_LEAST = 'comparator: "≥"\ntarget: 正'
_SVG = "{http://www.w3.org/2000/svg}"


def in_force(how: str, applies: str = AT_LEAST) -> RuleInForce:
    """Return the one rule of a ruleset."""
    found = edition((loaded(text(rule(how, applies))),), date(2023, 12, 31)).rule("r")
    assert found is not None
    return found


def drawn(how: str, applies: str = AT_LEAST) -> ET.Element:
    """Return the picture of a rule."""
    svg = plot([in_force(how, applies)])
    assert svg is not None
    return ET.fromstring(svg)


def said(picture: ET.Element) -> list[str]:
    """Return the lines under a picture that say where nothing is drawn."""
    return [one.text for one in picture.iter(f"{_SVG}text") if one.text and one.text.startswith("○")]


def circles(picture: ET.Element) -> list[tuple[str, str, bool]]:
    """Return the dots of a picture: their place, and whether they are filled."""
    return [
        (one.attrib["cx"], one.attrib["cy"], one.attrib["fill"] != "#ffffff") for one in picture.iter(f"{_SVG}circle")
    ]


def ends(picture: ET.Element) -> list[tuple[str, str]]:
    """Return the first and the last point of each line."""
    lines = [one.attrib["d"] for one in picture.iter(f"{_SVG}path") if one.attrib["fill"] == "none"]
    return [(line.split(" L")[0][1:], line.split(" L")[-1]) for line in lines]


class TestWhereThereIsNoScore:
    def test_a_place_is_marked_on_both_sides_and_said(self) -> None:
        picture = drawn("formula: min(分值, max(0, 分值 / (完成率 - 99%)))")
        assert circles(picture) == [("325.64", "301", False), ("325.64", "61", False)]
        assert said(picture) == ["○ 完成率 99% 没有得分（算不出），左边是 0 分，右边是 10 分"]

    def test_it_is_labelled_on_the_axis(self) -> None:
        picture = drawn("formula: min(分值, max(0, 分值 / (完成率 - 99%)))")
        assert "99%" in [one.text for one in picture.iter(f"{_SVG}text")]

    def test_in_english(self) -> None:
        svg = plot([in_force("formula: min(分值, max(0, 分值 / (完成率 - 99%)))")], lang="en")
        assert svg is not None
        assert said(ET.fromstring(svg)) == [
            "○ completion 99% has no score (not computable), 0 to its left, 10 to its right"
        ]

    def test_a_pole_has_no_values_beside_it(self) -> None:
        picture = drawn("formula: 分值 / (1 - 完成率)")
        assert (circles(picture), said(picture)) == ([], ["○ 完成率 100% 没有得分（算不出）"])

    def test_a_stretch_with_its_edges(self) -> None:
        picture = drawn("formula: min(分值, 分值 * 0.1 / (如果 完成率 > 50% 则 1 否则 0))")
        assert said(picture) == ["○ 完成率 [0%, 50%] 没有得分（算不出）"]
        assert circles(picture) == [("261.33", "277", False)]

    def test_an_edge_that_has_a_score(self) -> None:
        picture = drawn("formula: min(分值, 分值 * 0.1 / (如果 完成率 >= 50% 则 1 否则 0))")
        assert said(picture) == ["○ 完成率 [0%, 50%) 没有得分（算不出）"]
        assert circles(picture) == [("261.33", "277", True)]

    def test_everywhere(self) -> None:
        assert said(drawn("formula: 分值 / (完成值 - 完成值)")) == ["○ 完成值 [0, +∞) 没有得分（算不出）"]

    def test_steps_too_small_to_draw_are_said_once(self) -> None:
        (line,) = said(drawn("formula: 四舍五入(分值 * min(完成率, 1), 4)"))
        assert line.endswith("之间有的地方没有画：台阶太密，或不能判定")

    def test_a_place_that_is_no_fraction(self) -> None:
        picture = drawn("formula: 如果 完成率 * 完成率 > 2 则 分值 否则 0")
        assert "≈141.42%" in [one.text for one in picture.iter(f"{_SVG}text")]


class TestWhereAPersonDecides:
    def test_the_formula_ends_where_the_condition_starts(self) -> None:
        picture = drawn("formula: 分值 * min(完成率, 1)\njudgement:\n  when: 完成率 > 130%\n  share: '[0%, 100%]'")
        assert ends(picture) == [("64 301", "577.07 61")]
        assert circles(picture) == [("577.07", "61", True)]

    def test_an_edge_that_the_condition_takes(self) -> None:
        picture = drawn("formula: 分值 * min(完成率, 1)\njudgement:\n  when: 完成率 >= 130%\n  share: '[0%, 100%]'")
        assert circles(picture) == [("577.07", "61", False)]

    def test_no_hole_is_said_of_what_a_person_decides(self) -> None:
        hole = "formula: min(分值, max(0, 分值 / (完成率 - 99%)))"
        assert said(drawn(f"{hole}\njudgement:\n  when: 完成率 < 100%\n  share: '[0%, 100%]'")) == []

    def test_computed_bounds_only_where_the_condition_holds(self) -> None:
        how = "formula: 分值 * min(完成率, 1)\njudgement:\n  when: 完成率 > 130%\n  low: 0\n  high: 分值 / 2"
        assert ends(drawn(how)) == [("64 301", "577.07 61"), ("577.07 301", "656 301"), ("577.07 181", "656 181")]


class TestLabels:
    def beyond(self, picture: ET.Element) -> list[str]:
        """Return the texts that do not fit into the width of a picture."""
        width, found = Fraction(picture.attrib["width"]), []
        for one in picture.iter(f"{_SVG}text"):
            size = Fraction(one.attrib.get("font-size", "13"))
            x, long = Fraction(one.attrib["x"]), Fraction(display_width(one.text or "")) * size / 2
            left = {"end": x - long, "middle": x - long / 2}.get(one.attrib.get("text-anchor", ""), x)
            if left < 0 or left + long > width:
                found.append(one.text or "")
        return found

    def test_a_long_one_at_the_edge(self) -> None:
        how = (
            "formula: 扣完为止(分值, 双向逐级扣分(偏差率, 每=3%, 扣=1, 零头=舍去))\nassume: {tolerance: 3%}\n"
            "examples: [{target: 100人左右, actual: 102人, points: 10, score: 10}]"
        )
        picture = drawn(how, "comparator: 左右\ntarget: 正")
        assert "158.75人" in [one.text for one in picture.iter(f"{_SVG}text")]
        assert self.beyond(picture) == []

    @pytest.mark.parametrize("name", builtin_ids())
    def test_of_every_ruleset(self, name: str) -> None:
        family = load_family(name)
        for one in edition(family, change_days(family)[-1]).rules:
            if (svg := plot([one])) is not None:
                assert self.beyond(ET.fromstring(svg)) == [], one.id


ON_TIME = "formula: 如果 达标 则 分值 否则 0"
#: What is not drawn, and why: for what it is, how it scores, the reason.
UNDRAWN = (
    ("comparator: 时限", ON_TIME, "指标值是“时限”的，完成值是日期，不是数"),
    ("comparator: [时限, 且]", ON_TIME, "指标值是“且”的，要同时看几个条件；指标值是“时限”的，完成值是日期，不是数"),
    ("comparator: 定性", ON_TIME, "指标值是“定性”的，完成值是文字，不是数"),
    ("comparator: 无符号", ON_TIME, "指标值是“无符号”的，没有推定往哪边算好（assume.direction）"),
    ("comparator: 左右", ON_TIME, "指标值是“左右”的，没有写容差（assume.tolerance）"),
    ("comparator: 定性", "judgement: {share: '[0%, 100%]'}", "得分由评价人评定"),
    ("comparator: ≥", "judgement: {share: '[0%, 100%]'}", "得分由评价人评定"),
    (
        "comparator: 时限",
        "judgement: {share: '[0%, 100%]', full_when_met: 是}",
        "指标值是“时限”的，完成值是日期，不是数",
    ),
    ("comparator: ≥", "formula: 分值 - 名次", "公式要用“名次”，没有例子写出它"),
    ("comparator: ≥\ntarget: 零", "formula: 分值 * min(完成率, 1)", "公式要用“完成率”，这样的指标值没有它"),
    ("comparator: ≥\ntarget: 正", "formula: 分值 * min(完成值 / 下限, 1)", "公式要用“下限”，这样的指标值没有它"),
)


class TestWhatIsNotDrawn:
    @pytest.mark.parametrize(("applies", "how", "reason"), UNDRAWN)
    def test_the_reason(self, applies: str, how: str, reason: str) -> None:
        one = in_force(how, applies)
        assert (plot([one]), has_picture(one), why_undrawn(one).zh) == (None, False, reason)

    @pytest.mark.parametrize("name", builtin_ids())
    def test_every_rule_is_drawn_or_has_a_reason(self, name: str) -> None:
        family = load_family(name)
        for one in edition(family, change_days(family)[-1]).rules:
            assert has_picture(one) or why_undrawn(one).zh

    def test_what_is_said_of_one_rule(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(text(rule(ON_TIME, "comparator: 时限")), encoding="utf-8")
        reason = "PF234 错误：这些规则没有可画的：指标值是“时限”的，完成值是日期，不是数\n"
        assert run("plot", str(file), "r") == (2, reason)

    def test_what_is_left_out_of_several(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        late, more = rule(ON_TIME, "comparator: 时限"), rule(ON_TIME, AT_LEAST, name="s")
        file.write_text(text(late + more), encoding="utf-8")
        code, out, err = run_apart("plot", str(file))
        assert (code, ET.fromstring(out).tag) == (0, f"{_SVG}svg")
        assert err.splitlines()[0] == "PF234 说明：规则 “r” 没有画：指标值是“时限”的，完成值是日期，不是数"

    def test_what_has_several_reasons(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        late, more = rule(ON_TIME, "comparator: 时限"), rule(ON_TIME, "comparator: 定性", name="s")
        file.write_text(text(late + more), encoding="utf-8")
        said = "r 指标值是“时限”的，完成值是日期，不是数；s 指标值是“定性”的，完成值是文字，不是数"
        assert run("plot", str(file)) == (2, f"PF234 错误：这些规则没有可画的：{said}\n")
