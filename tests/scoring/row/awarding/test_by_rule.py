"""Every known way of scoring can be written: each policy as YAML, and what it gives at its edges."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import form, loaded, rule, rules, scored, text

TWO_DIGITS = "rounding: {digits: 2}"


def table(found: Rules, target: str, wanted: dict[str, str], **cells: str) -> None:
    assert {actual: scored(found, target=target, actual=actual, **cells) for actual in wanted} == wanted


def test_p1_all_or_nothing() -> None:
    found = rules("formula: 分值 * 全或无(达标)")
    table(found, "≥5项", {"5项": "10", "4.99项": "0", "6项": "10"})
    table(found, "有制度", {"没有制度": "[0, 10]"})


def test_p1_yes_or_no_answered_in_the_targets_words() -> None:
    found = rules("formula: 分值 * 全或无(达标)\nassume: {same_words: 是}")
    table(found, "是", {"是": "10"})


def test_p2_ratio_to_two_decimals() -> None:
    found = rules(f"formula: 分值 * 按比例(完成值, 指标值)\n{TWO_DIGITS}")
    table(found, "≥3个", {"3个": "10", "2个": "6.67", "0个": "0", "5个": "10"})


def test_p3_inverse_ratio() -> None:
    found = rules(f"formula: 分值 * 反比例(完成值, 指标值)\n{TWO_DIGITS}")
    table(found, "≤5天", {"5天": "10", "5.5天": "9.09", "6天": "8.33", "10天": "5", "25天": "2"})


def test_p4_linear_excess_is_nothing_at_twice_the_target() -> None:
    found = rules(f"formula: 分值 * 线性超额(完成值, 指标值, 归零=2)\n{TWO_DIGITS}")
    table(found, "≤5天", {"5天": "10", "5.5天": "9", "6天": "8", "9天": "2", "10天": "0", "25天": "0"})


def test_p5_pass_mark_rescaled() -> None:
    found = rules(f"formula: 分值 * 及格线折算(完成率, 线=60%)\n{TWO_DIGITS}")
    table(found, "≥100人", {"50人": "0", "60人": "0", "70人": "2.5", "80人": "5", "90人": "7.5", "100人": "10"})


def test_p6_pass_mark_cut_off() -> None:
    found = rules(f"formula: 分值 * 及格线截断(完成率, 线=60%)\n{TWO_DIGITS}")
    table(found, "≥100人", {"59人": "0", "60人": "6", "70人": "7", "100人": "10"})


@pytest.mark.parametrize(("partial", "wanted"), [("舍去", "10"), ("进一", "8"), ("按比例", "8.8")])
def test_p7_steps_with_a_part_of_one(partial: str, wanted: str) -> None:
    found = rules(f"formula: 扣完为止(分值, 逐级扣分(指标值 - 完成值, 每=5%, 扣=2, 零头={partial}))")
    table(found, "≥100%", {"97%": wanted, "95%": "8", "90%": "6", "70%": "0", "100%": "10", "110%": "10"})


def test_p7_what_the_text_leaves_open_is_left_to_a_person() -> None:
    """“每低于5%扣2分” does not say what 3% short costs: nothing, or 2 points."""
    found = rules(
        """
        judgement:
          low: 扣完为止(分值, 逐级扣分(指标值 - 完成值, 每=5%, 扣=2, 零头=进一))
          high: 扣完为止(分值, 逐级扣分(指标值 - 完成值, 每=5%, 扣=2, 零头=舍去))
        """
    )
    table(found, "≥100%", {"100%": "10", "97%": "[8, 10]", "95%": "8", "93%": "[6, 8]", "20%": "0"})
    assert scored(found, target="≥100%", actual="97%", decision="9") == "9"
    assert scored(found, target="≥100%", actual="97%", decision="7") == "[8, 10]"


def test_p7_points_for_each_percentage_point_above() -> None:
    found = rules("formula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=舍去))")
    table(found, "≤100%", {"100%": "5", "103%": "3.5", "109%": "0.5", "150%": "0"}, points="5")


def test_p8_steps_in_both_directions() -> None:
    found = rules("formula: 扣完为止(分值, 双向逐级扣分(偏差率, 每=3%, 扣=1, 零头=舍去))")
    table(
        found,
        "100",
        {"100": "15", "103": "14", "97": "14", "94": "13", "106": "13", "160": "0", "20": "0"},
        points="15",
    )


def test_p9_bands_of_the_deviation() -> None:
    """±10%以内 5 分，±10–15% 3 分，±15–20% 1 分，±20% 以外 0 分."""
    found = rules(
        """
        bands:
          of: 绝对值(偏差率)
          over: "[0, +∞)"
          table:
            - {range: "[0, 10%]", points: 5}
            - {range: "(10%, 15%]", points: 3}
            - {range: "(15%, 20%]", points: 1}
            - {range: "(20%, +∞)", points: 0}
        """
    )
    wanted = {"100": "5", "110": "5", "90": "5", "110.1": "3", "85": "3", "120": "1", "120.1": "0", "0": "0"}
    table(found, "=100", wanted, points="5")


def test_p9_bands_as_shares_of_the_points() -> None:
    """列养率 100% 5 分，[95,100) 3 分，95 以下 0 分."""
    found = rules(
        """
        bands:
          of: 完成值
          table:
            - {range: "[100%, +∞)", share: 100%}
            - {range: "[95%, 100%)", share: 60%}
            - {range: "(-∞, 95%)", share: 0}
        """
    )
    table(found, "≥100%", {"100%": "5", "99.9%": "3", "95%": "3", "94.9%": "0"}, points="5")


GRADED = """
thresholds:
  - {level: 优, share: 100%}
  - {level: 良, share: 80%}
  - {level: 中, share: "[60%, 80%)"}
  - {level: 差, share: 0}
rounding: {digits: 2}
"""


def test_p9b_thresholds_that_stand_in_the_row() -> None:
    found = rules(GRADED, "row: graded")
    cuts = {"优": "100%", "良": "90%", "中": "85%", "差": "85%"}
    earned = {
        actual: scored(found, thresholds=cuts, actual=actual)
        for actual in ("100%", "120%", "95%", "90%", "85%", "84.9%")
    }
    assert earned == {"100%": "10", "120%": "10", "95%": "8", "90%": "8", "85%": "[6, 7.99]", "84.9%": "0"}


def test_p9b_thresholds_that_rise_are_ceilings() -> None:
    found = rules(GRADED, "row: graded")
    cuts = {"优": "3天", "良": "5天", "中": "8天", "差": "8天"}
    earned = {actual: scored(found, thresholds=cuts, actual=actual) for actual in ("2天", "5天", "9天")}
    assert earned == {"2天": "10", "5天": "8", "9天": "0"}


def test_p9b_thresholds_that_are_missing_or_out_of_order() -> None:
    found = rules(GRADED, "row: graded")
    for cuts in (
        {"优": "100%", "良": "90%"},
        {"优": "90%", "良": "100%", "中": "95%"},
        {"优": "多", "良": "1", "中": "1"},
    ):
        one = found.score(thresholds=cuts, actual="95%", points="10")
        assert [problem.code for problem in one.diagnostics][:1] == ["PF532"]


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        (f"formula: 分值 * min(执行率, 1)\n{TWO_DIGITS}", ("8.62", "10", "10")),
        ("formula: 分值 * min(执行率, 1)\nrounding: [{digits: 2, at: completion}, {digits: 2}]", ("8.6", "10", "10")),
        ("formula: 分值 * min(执行率, 1)\nrounding: {digits: 0}", ("9", "10", "10")),
        (f"formula: 分值 * min(执行数 / 年初预算数, 1)\n{TWO_DIGITS}", ("7.18", "8.33", "10")),
        ("formula: 扣完为止(分值, 逐级扣分(1 - 执行率, 每=5%, 扣=2, 零头=进一))", ("4", "10", "10")),
    ],
)
def test_p10_budget_execution(how: str, wanted: tuple[str, ...]) -> None:
    from pfscore.forms.form import BudgetLine, Form

    found = rules(how, "row: budget")
    lines = (("300", "250", "215.4576"), ("300", "250", "250"), ("200", "250", "260"))
    budget = tuple(BudgetLine(initial=a, budget=b, expenditure=c, points="10") for a, b, c in lines)
    sheet = found.score_form(Form(title="表", year=2023, budget=budget))
    assert tuple(f"{line.score}" for line in sheet.budget) == wanted


def test_p10_only_what_the_rule_uses_has_to_be_there() -> None:
    from pfscore.forms.form import BudgetLine, Form

    found = rules("formula: 分值 * min(四舍五入(执行数 / 年初预算数, 2), 1)", "row: budget")
    budget = (BudgetLine(initial="310.2", expenditure="154.74", points="10"), BudgetLine(initial="1", points="10"))
    sheet = found.score_form(Form(title="表", year=2023, budget=budget))
    assert [f"{line.score}" for line in sheet.budget] == ["5", "None"]
    assert sheet.budget[1].diagnostics[0].message.zh == "预算行缺全年执行数"


def test_p10_a_budget_of_zero_is_scored_where_the_formula_guards_it() -> None:
    from pfscore.forms.form import BudgetLine, Form

    nothing = Form(title="表", year=2023, budget=(BudgetLine(budget="0", expenditure="0", points="10"),))
    guarded = rules("formula: 如果 预算数 = 0 则 分值 否则 分值 * min(执行率, 1)", "row: budget")
    assert [f"{line.score}" for line in guarded.score_form(nothing).budget] == ["10"]
    (line,) = rules("formula: 分值 * min(执行率, 1)", "row: budget").score_form(nothing).budget
    assert (line.score, line.diagnostics[0].code) == (None, "PF521")


@pytest.mark.parametrize(
    ("edge", "wanted"), [("60%", ("[8, 10]", "[6, 7.99]", "[0, 5.99]")), ("50%", ("[8, 10]", "[5, 7.99]", "[0, 4.99]"))]
)
def test_p11_three_levels(edge: str, wanted: tuple[str, ...]) -> None:
    found = rules(
        f"""
        levels:
          - level: 达成预期指标
            share: "[80%, 100%]"
          - level: 部分达成预期指标并具有一定效果
            share: "[{edge}, 80%)"
          - level: 未达成预期指标且效果较差
            share: "[0%, {edge})"
        rounding: {{digits: 2}}
        """
    )
    levels = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")
    assert tuple(scored(found, target="有效", actual=level) for level in levels) == wanted
    assert scored(found, target="有效", actual=levels[1], share="75%") == "7.5"
    one = found.score(target="有效", actual=levels[1], points="10", share="80%")
    assert [problem.code for problem in one.diagnostics] == ["PF523"]


def test_p12_overshoot_reduces_the_points() -> None:
    found = rules(
        f"""
        formula: 分值 * 按比例(完成值, 指标值) * 超额调减(完成率, 起点=30%, 斜率=1, 最多=20%)
        overshoot: 第六条
        {TWO_DIGITS}
        """
    )
    table(found, "≥100人", {"90人": "9", "100人": "10", "130人": "10", "140人": "9", "200人": "8"})


def test_p12_an_overshoot_without_a_number_is_a_persons() -> None:
    found = rules(
        f"""
        formula: 分值 * 按比例(完成值, 指标值)
        judgement:
          when: 完成率 > 130%
          share: "[0%, 100%]"
        {TWO_DIGITS}
        """
    )
    table(found, "≥100人", {"90人": "9", "130人": "10", "131人": "[0, 10]"})
    assert scored(found, target="≥100人", actual="200人", decision="9") == "9"


def test_p13_rank() -> None:
    """第 1–5 名满分，6–10 名扣 0.5 分，11 名及以后扣 1 分，占比为 0 不得分."""
    found = rules("formula: 如果 完成值 = 0 则 0 否则 扣完为止(分值, 名次扣分(名次, 每=5, 扣=0.5, 最多=1))")
    ranks = {"1": "2", "5": "2", "6": "1.5", "10": "1.5", "11": "1", "30": "1"}
    assert {rank: scored(found, target="≥1%", actual="3%", rank=rank, points="2") for rank in ranks} == ranks
    assert scored(found, target="≥1%", actual="0%", rank="1", points="2") == "0"
    assert [one.code for one in found.score(target="≥1%", actual="3%", points="2").diagnostics] == ["PF529"]


def test_p14_discretion_must_be_asked_for() -> None:
    found = rules('judgement: {share: "[0%, 100%)", full_when_met: 是}\nrounding: {digits: 1}')
    table(found, "≥95%", {"95%": "10", "94%": "[0, 9.9]"})
    assert scored(found, target="≥95%", actual="94%", decision="9.5") == "9.5"


def test_p15_a_deduction_after_scoring() -> None:
    found = rules("formula: 分值 * 全或无(达标)", form="deduction: 是")
    assert scored(found, target="≥5", actual="5", deduction="3") == "7"
    assert scored(found, target="≥5", actual="5", deduction="30") == "0"
    one = found.score(target="≥5", actual="5", deduction="3", points="10")
    assert "另行扣减 3 分，余 7 分" in one.explain()


def test_p15_a_deduction_that_is_not_provided_for() -> None:
    one = rules("formula: 分值 * 全或无(达标)").score(target="≥5", actual="5", deduction="3", points="10")
    assert (f"{one.score}", [problem.code for problem in one.diagnostics]) == ("10", ["PF534"])


def test_p15_a_deduction_inside_the_formula() -> None:
    found = rules("formula: 扣完为止(分值 * 全或无(达标), 扣减)", form="deduction: 是")
    assert [scored(found, target="≥5", actual="5", deduction=less) for less in (None, "3")] == ["10", "7"]


def split(unit: str, remainder: str) -> Rules:
    return rules(
        "formula: 分值 * 全或无(达标)",
        form=f"""
        blocks:
          - name: 产出指标
            points: 40
            parts:
              - name: 数量指标
                points: 15
                split: 均分(类别分值, 指标个数, 指标序号, 单位={unit}, 余数={remainder})
              - name: 质量指标
        """,
    )


@pytest.mark.parametrize(
    ("unit", "remainder", "wanted"),
    [
        ("1", "末项", ["4", "4", "4", "3"]),
        ("1", "首项", ["3", "4", "4", "4"]),
        ("1", "逐项", ["4", "4", "4", "3"]),
        ("0.01", "末项", ["3.75", "3.75", "3.75", "3.75"]),
    ],
)
def test_p16_points_split_equally(unit: str, remainder: str, wanted: list[str]) -> None:
    row = {"path": ("产出指标(40分)", "数量指标"), "target": "≥1", "actual": "1"}
    sheet = split(unit, remainder).score_form(form(*(row | {"name": f"指标{index}"} for index in range(4))))
    assert [f"{one.points}" for one in sheet.indicators] == wanted
    assert f"{sheet.total}" == "15"
    assert sheet.indicators[0].assumptions[0].key == "points"


def test_p16_printed_points_that_differ_are_told() -> None:
    row = {"path": ("产出指标", "数量指标"), "name": "甲", "target": "≥1", "actual": "1", "points": "7"}
    sheet = split("1", "末项").score_form(form(row, row | {"name": "乙"}))
    assert [[problem.code for problem in one.diagnostics] for one in sheet.indicators] == [["PF533"], []] or [
        [problem.code for problem in one.diagnostics] for one in sheet.indicators
    ] == [["PF533"], ["PF533"]]


class TestFixedByName:
    RULES = rule(
        """
        points: 5
        target: ≤100%
        formula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=舍去))
        not_applicable: full
        """,
        "name: [在职人员控制率]",
    )

    def rules(self) -> Rules:
        return Rules((loaded(text(self.RULES)),), on=rules("formula: 分值").edition.on)

    def test_what_the_form_leaves_out_is_filled_in_and_said(self) -> None:
        one = self.rules().score(name="1. 在职人员控制率", actual="102%")
        assert (f"{one.score}", f"{one.points}") == ("4", "5")
        assert [item.key for item in one.assumptions] == ["points", "target"]

    def test_not_applicable_earns_full_marks_by_its_own_rule(self) -> None:
        one = self.rules().score(name="在职人员控制率", actual="不适用")
        assert (one.outcome.value, f"{one.score}", one.rule) == ("not_applicable", "5", "r")
        assert "不适用，记满分" in one.explain()

    def test_points_that_differ_are_told(self) -> None:
        one = self.rules().score(name="在职人员控制率", actual="100%", points="6")
        assert (f"{one.score}", [problem.code for problem in one.diagnostics]) == ("6", ["PF533"])


class TestNotApplicable:
    ROWS = (
        {"path": ("产出指标",), "name": "甲", "target": "≥10", "actual": "8", "points": "60"},
        {"path": ("产出指标",), "name": "乙", "target": "≥10", "actual": "不适用", "points": "10"},
        {"path": ("效益指标",), "name": "丙", "target": "≥10", "actual": "10", "points": "30"},
    )

    def total(self, treatment: str) -> tuple[str, str, str]:
        terms = f"total: 100\nrounding: {{digits: 2}}\n{treatment}"
        sheet = rules("formula: 分值 * 按比例(完成值, 指标值)", form=terms).score_form(form(*self.ROWS))
        return f"{sheet.low}", f"{sheet.high}", f"{sheet.full}"

    def test_left_out_where_nothing_is_said(self) -> None:
        assert self.total("") == ("78", "78", "90")

    def test_excluded(self) -> None:
        assert self.total("not_applicable: exclude") == ("78", "78", "90")

    def test_the_rest_of_the_form_rescaled(self) -> None:
        assert self.total("not_applicable: rescale") == ("86.67", "86.67", "100")

    def test_the_rest_of_the_block_rescaled(self) -> None:
        assert self.total("not_applicable: rescale_block") == ("86", "86", "100")

    def test_full_marks(self) -> None:
        assert self.total("not_applicable: full") == ("88", "88", "100")


class TestEither:
    def scores(self, take: str, *actuals: str | None) -> list[str]:
        found = rules(
            f"formula: 分值 * 按比例(完成值, 指标值)\n{TWO_DIGITS}",
            form=f"either:\n  - {{names: [甲, 乙], take: {take}}}",
        )
        rows = (
            {"name": name, "target": "≥10", "actual": actual, "points": "5"}
            for name, actual in zip("甲乙", actuals, strict=True)
        )
        sheet = found.score_form(form(*rows))
        return [f"{one.score}" if one.score is not None else one.outcome.value for one in sheet.indicators] + [
            f"{sheet.low}~{sheet.high}/{sheet.full}"
        ]

    def test_the_one_that_is_filled_in_counts(self) -> None:
        assert self.scores("judge", None, "8") == ["not_applicable", "4", "4~4/5"]
        assert self.scores("judge", "6", "不适用") == ["3", "not_applicable", "3~3/5"]

    def test_neither_is_filled_in(self) -> None:
        assert self.scores("judge", None, None) == ["missing", "not_applicable", "0~5/5"]

    def test_both_are_filled_in(self) -> None:
        assert self.scores("best", "6", "8") == ["not_applicable", "4", "4~4/5"]
        assert self.scores("first", "6", "8") == ["3", "not_applicable", "3~3/5"]
        assert self.scores("judge", "6", "8") == ["judgement", "not_applicable", "3~4/5"]


class TestRounding:
    def test_to_half_a_point(self) -> None:
        found = rules("formula: 分值 * 按比例(完成值, 指标值)\nrounding: {step: 0.5}")
        table(found, "≥10", {"9": "9", "8.7": "8.5", "8.75": "9", "3.1": "3"})

    def test_a_range_is_rounded_inwards(self) -> None:
        found = rules('judgement: {share: "[33%, 66%]"}\nrounding: {step: 0.5}')
        table(found, "有效", {"好": "[3.5, 6.5]"})

    @pytest.mark.parametrize(("mode", "wanted"), [("half_up", "6.67"), ("down", "6.66"), ("up", "6.67")])
    def test_modes(self, mode: str, wanted: str) -> None:
        found = rules(f"formula: 分值 * 按比例(完成值, 指标值)\nrounding: {{digits: 2, mode: {mode}}}")
        table(found, "≥3", {"2": wanted})

    def test_an_endless_decimal_without_rounding_is_refused(self) -> None:
        one = rules("formula: 分值 * 按比例(完成值, 指标值)").score(target="≥3", actual="2", points="10")
        assert [problem.code for problem in one.diagnostics] == ["PF528"]


class TestSigns:
    def test_a_strict_sign_at_its_edge(self) -> None:
        how = "formula: 分值 * 全或无(达标)"
        table(rules(how), ">5", {"5": "0", "5.1": "10"})
        lenient = rules(f"{how}\nassume: {{at_edge: 是}}")
        table(lenient, ">5", {"5": "10", "4.9": "0"})
        table(lenient, "<5", {"5": "10", "5.1": "0"})
        assert [item.key for item in lenient.score(target=">5", actual="5", points="1").assumptions] == ["at_edge"]
        assert lenient.score(target=">5", actual="6", points="1").assumptions == ()

    def test_an_equals_sign_as_it_stands_or_as_a_floor(self) -> None:
        how = "formula: 分值 * 全或无(达标)"
        table(rules(how), "=100", {"100": "10", "101": "0", "99": "0"})
        table(rules(f"{how}\nassume: {{equal: higher}}"), "=100", {"100": "10", "101": "10", "99": "0"})
        table(rules(f"{how}\nassume: {{equal: lower}}"), "=0", {"0": "10", "1": "0"})

    def test_rules_for_below_and_above(self) -> None:
        below = rule(
            f"formula: 分值 * 按比例(完成值, 指标值)\n{TWO_DIGITS}", "actual: [低于指标值, 等于指标值]", "below"
        )
        above = rule('judgement: {share: "[0%, 100%]"}', "actual: [高于指标值]", "above")
        found = Rules((loaded(text(below + above)),), on=rules("formula: 分值").edition.on)
        table(found, "=100", {"90": "9", "100": "10", "101": "[0, 10]"})

    def test_zero_and_negative_targets(self) -> None:
        ratio = rule(f"formula: 分值 * 反比例(完成值, 指标值)\n{TWO_DIGITS}", "target: 正", "ratio")
        other = rule("formula: 分值 * 全或无(达标)", "target: [零, 负]", "other")
        found = Rules((loaded(text(ratio + other)),), on=rules("formula: 分值").edition.on)
        table(found, "≤0", {"0": "10", "0.1": "0", "-3": "10"})
        table(found, "≤-30%", {"-30%": "10", "-20%": "0", "-40%": "10"})
        table(found, "≤5", {"10": "5"})

    def test_about_has_a_tolerance_or_is_judged(self) -> None:
        how = 'judgement: {share: "[0%, 100%]", full_when_met: 是}'
        table(rules(how), "90%左右", {"90%": "10", "89%": "[0, 10]"})
        table(rules(f"{how}\nassume: {{tolerance: 5%}}"), "90%左右", {"85.5%": "10", "85.4%": "[0, 10]"})


def test_blanks_are_open_or_cost_the_points_where_a_source_says_so() -> None:
    how = "formula: 分值 * 全或无(达标)"
    assert scored(rules(how), target="≥5", actual=None) == "[0, 10]"
    assert scored(rules(how, form="missing: zero"), target="≥5", actual="") == "0"
    assert scored(rules(f"{how}\nmissing: zero"), target="≥5", actual="") == "0"
    assert scored(rules(f"{how}\nmissing: open", form="missing: zero"), target="≥5", actual="") == "[0, 10]"


def test_targets_for_half_a_year() -> None:
    row = {"name": "甲", "targets": {"half_year": "≥5", "full_year": "≥10"}, "actual": "5", "points": "10"}
    how = "formula: 分值 * 按比例(完成值, 指标值)"
    assert [f"{rules(how, form=terms).score_form(form(row)).total}" for terms in ("period: half_year", "")] == [
        "10",
        "5",
    ]


def test_intervals_all_or_nothing_or_by_distance() -> None:
    table(rules("formula: 分值 * 全或无(达标)"), "60%~80%", {"59.22%": "0", "60%": "10", "80%": "10", "80.01%": "0"})
    steps = rules("formula: 扣完为止(分值, 逐级扣分(区间差(完成值, 下限, 上限), 每=1%, 扣=1, 零头=进一))")
    table(steps, "60%~80%", {"60%": "10", "59.22%": "9", "82%": "8"})
    ratio = rules(f"formula: 分值 * 区间比例(完成值, 下限, 上限)\n{TWO_DIGITS}")
    table(ratio, "60%~80%", {"30%": "5", "70%": "10", "160%": "5"})


def test_policies_combine() -> None:
    """完成 60% 以下不得分；以上按比例；超时再每天扣 1 分，扣完为止."""
    found = rules(
        f"""
        formula: |
          扣完为止(
            如果 完成率 < 60% 则 0 否则 分值 * 按比例(完成值, 指标值),
            扣减)
        {TWO_DIGITS}
        """,
        form="deduction: 是",
    )
    assert [scored(found, target="≥100", actual=actual, deduction="1") for actual in ("50", "80", "100")] == [
        "0",
        "7",
        "9",
    ]
