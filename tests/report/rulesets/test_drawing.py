"""What `pfscore plot` draws, and what it says where there is nothing to draw."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pfscore.checking.check import change_days
from pfscore.foundation.text import display_width
from pfscore.report.rulesets.drawing import has_picture, picture
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.load import load_family
from pfscore.rulesets.search import builtin_ids
from tests.cli.running import run_apart
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
    svg = picture([[in_force(how, applies)]])
    assert svg is not None
    return ET.fromstring(svg)


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
    def test_a_place_is_marked_on_both_sides(self) -> None:
        picture = drawn("formula: min(分值, max(0, 分值 / (完成率 - 99%)))")
        assert circles(picture) == [("325.64", "301", False), ("325.64", "61", False)]

    def test_it_is_labelled_on_the_axis(self) -> None:
        picture = drawn("formula: min(分值, max(0, 分值 / (完成率 - 99%)))")
        assert "99%" in [one.text for one in picture.iter(f"{_SVG}text")]

    def test_a_pole_has_no_values_beside_it(self) -> None:
        assert circles(drawn("formula: 分值 / (1 - 完成率)")) == []

    def test_a_stretch_is_a_gap_that_ends_in_a_dot(self) -> None:
        picture = drawn("formula: min(分值, 分值 * 0.1 / (如果 完成率 > 50% 则 1 否则 0))")
        assert circles(picture) == [("261.33", "277", False)]
        assert [start for start, _ in ends(picture)] == ["261.33 277"]

    def test_an_edge_that_has_a_score(self) -> None:
        picture = drawn("formula: min(分值, 分值 * 0.1 / (如果 完成率 >= 50% 则 1 否则 0))")
        assert circles(picture) == [("261.33", "277", True)]

    def test_everywhere(self) -> None:
        assert ends(drawn("formula: 分值 / (完成值 - 完成值)")) == []

    def test_what_is_no_line_over_a_line_is_a_gap(self) -> None:
        assert ends(drawn("formula: 分值 * min(1, 完成率 * 完成率)")) == []


class TestWhereAPersonDecides:
    def test_the_formula_ends_where_the_condition_starts(self) -> None:
        picture = drawn("formula: 分值 * min(完成率, 1)\njudgement:\n  when: 完成率 > 130%\n  share: '[0%, 100%]'")
        assert ends(picture) == [("64 301", "577.07 61")]
        assert circles(picture) == [("577.07", "61", True)]

    def test_an_edge_that_the_condition_takes(self) -> None:
        picture = drawn("formula: 分值 * min(完成率, 1)\njudgement:\n  when: 完成率 >= 130%\n  share: '[0%, 100%]'")
        assert circles(picture) == [("577.07", "61", False)]

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
            if (svg := picture([[one]])) is not None:
                assert self.beyond(ET.fromstring(svg)) == [], one.id


class TestTheGrid:
    def test_the_label_of_an_axis_keeps_off_its_ticks(self) -> None:
        picture = drawn("formula: 分值 * min(完成率, 1)")
        places = {one.text: Fraction(one.attrib["y"]) for one in picture.iter(f"{_SVG}text")}
        assert places["10"] - places["得分"] >= 13

    def test_pictures_stand_beside_one_another(self) -> None:
        one = in_force("formula: 分值 * min(完成率, 1)")
        svg = picture([[one]] * 3)
        assert svg is not None
        root = ET.fromstring(svg)
        assert root.attrib["width"] == "1360"
        moves = [cell.attrib["transform"] for cell in root.iter(f"{_SVG}g")]
        assert [move.split()[0] for move in moves] == ["translate(0", "translate(680", "translate(0"]
        assert moves[0].split()[1] == moves[1].split()[1] == "0)" != moves[2].split()[1]


ON_TIME = "formula: 如果 达标 则 分值 否则 0"
UNDRAWN = (
    ("comparator: 时限", ON_TIME),
    ("comparator: 定性", ON_TIME),
    ("comparator: 无符号", ON_TIME),
    ("comparator: ≥", "judgement: {share: '[0%, 100%]'}"),
    ("comparator: ≥", "formula: 分值 - 名次"),
    ("comparator: ≥\ntarget: 零", "formula: 分值 * min(完成率, 1)"),
)
WHY = "没有画：得分不随一个数变，或缺少例子里的数"


class TestWhatIsNotDrawn:
    @pytest.mark.parametrize(("applies", "how"), UNDRAWN)
    def test_it_has_no_picture(self, applies: str, how: str) -> None:
        one = in_force(how, applies)
        assert (picture([[one]]), has_picture(one)) == (None, False)

    def test_what_is_said_of_one_rule(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(text(rule(ON_TIME, "comparator: 时限")), encoding="utf-8")
        code, out, err = run_apart("plot", str(file), "r")
        assert (code, out) == (2, "")
        assert err.splitlines()[0] == f"PF234 说明：规则 “r” {WHY}"
        assert err.splitlines()[-1] == "PF234 错误：没有可画的"

    def test_what_is_left_out_of_several(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        late, more = rule(ON_TIME, "comparator: 时限"), rule(ON_TIME, AT_LEAST, name="s")
        file.write_text(text(late + more), encoding="utf-8")
        code, out, err = run_apart("plot", str(file))
        assert (code, ET.fromstring(out).tag) == (0, f"{_SVG}svg")
        assert err.splitlines()[0] == f"PF234 说明：规则 “r” {WHY}"
