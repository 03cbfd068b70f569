"""A score that a weakly known rule does not give is a doubt, until other rows of the document bear the rule out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import pfscore
from pfscore.auditing.case import case_of
from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from pfscore.report.findings_text import form_text
from pfscore.report.one_sentence import totals_text
from tests.auditing.making import Cells, found, row
from tests.tables import each

NOTE = "因流动人口减少"


def form(*rows: Cells, ruleset: str | None = "cn/project", **cells: Any) -> Form:
    return Form.model_validate(
        {"title": "表", "kind": "project", "year": 2023, "ruleset": ruleset, "indicators": list(rows), **cells}
    )


def missed(score: str, actual: str = "90人", points: str = "10") -> Cells:
    return row("≥100人", actual, "服务人数", points=points, published_score=score, note=NOTE)


def line(score: str, spent: str = "201.35") -> Cells:
    return {"label": "总额", "budget": "286.40", "expenditure": spent, "points": "10", "published_score": score}


def test_a_score_that_no_other_row_bears_out_is_a_doubt() -> None:
    assert found(form(missed("8")), "PF720") == [("PF720", "warning", 1)]
    (one,) = audit(form(missed("8")), select=["PF720"])
    assert "没有别的行印证" in one.evidence[-1].zh


def test_another_row_that_lost_points_by_the_rule_bears_it_out() -> None:
    assert found(form(missed("8"), missed("7", "70人")), "PF720") == [("PF720", "error", 1)]


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("习惯尚未养成，按完成比例计分", "error"),
        ("按实际完成率折算得分", "error"),
        ("按比例扣分", "error"),
        ("完成率90%，按照达成比例相应扣减分值", "error"),
        ("按完成情况的百分比赋分", "error"),
        # another way, or a figure that gives what is printed
        ("完成率95%，按比例计分", "warning"),
        ("按比例计分，扣0.5分", "warning"),
        ("按完成比例的一半扣分", "warning"),
        ("完成80%以上的得9.5分", "warning"),
        ("按规定扣分", "warning"),
        ("经批复调减为95人，按完成比例计分", "warning"),
    ],
)
def test_a_note_that_names_the_way_of_the_rule_bears_it_out(note: str, severity: str) -> None:
    assert found(form({**missed("9.5"), "note": note}), "PF720") == [("PF720", severity, 1)]
    beside = missed("7", "70人")
    assert found(form({**missed("9.5"), "note": note}, beside), "PF720") == [("PF720", severity, 1)]


def test_a_row_with_all_its_points_bears_out_nothing_but_that_met_is_full() -> None:
    full = row("≥100人", "100人", "服务人数", points="10", published_score="10")
    assert found(form(missed("8"), full), "PF720") == [("PF720", "warning", 1)]
    short = row("≥100人", "110人", "服务人数", points="10", published_score="9")
    assert found(form(short), "PF722") == [("PF722", "warning", 1)]
    assert found(form(short, full), "PF722") == [("PF722", "error", 1)]


def test_full_points_for_a_missed_target_are_wrong_by_every_rule() -> None:
    assert found(form(missed("10")), "PF721") == [("PF721", "error", 1)]


@pytest.mark.parametrize(
    ("target", "actual", "severities"),
    [
        ("建立", "建立了运维管理制度，但运维经费尚未落实", ["warning"]),
        ("建立", "建立了台账；经费未落实", ["warning"]),
        ("健全", "制度健全，但执行不到位", ["warning"]),
        ("建立", "未建立", ["error"]),
        ("建立", "未建立，经费已落实", ["error"]),
        ("健全", "制度不健全，正在修订", ["error"]),
        ("建立", "建立了管理制度", []),
    ],
)
def test_words_that_follow_what_was_asked_take_nothing_back_for_certain(
    target: str, actual: str, severities: list[str]
) -> None:
    one = row(target, actual, "长效机制", points="10", published_score="10")
    total = form(one, published_total="10")
    assert [severity for _, severity, _ in found(total, "PF721")] == severities
    assert [severity for _, severity, _ in found(total, "PF709")] == ["error"] * severities.count("error")


@each("ruleset", [None, "cn/project", "cn-sc/project"])
@each(
    ("score", "actual", "severities"),
    [
        # 9.998 is 10.00 at two decimals, 9.95 is 10 in whole points, and 9.8 is no 10 at all
        ("10", "99.998人", []),
        ("10", "99.5人", ["warning"]),
        ("10.0", "99.5人", ["warning"]),
        ("10.00", "99.5人", ["error"]),
        ("10", "98人", ["error"]),
    ],
)
def test_full_points_that_are_only_rounded_are_a_doubt_and_those_at_two_decimals_none(
    score: str, actual: str, severities: list[str], ruleset: str | None
) -> None:
    one = form(missed(score, actual), ruleset=ruleset)
    assert [severity for _, severity, _ in found(one, "PF721")] == severities
    assert found(one, "PF731") == []


@pytest.mark.parametrize("ruleset", [None, "cn/project"])
def test_a_ceiling_that_is_passed_by_a_hair_is_a_doubt(ruleset: str | None) -> None:
    one = row("≤1500元/亩", "1505.85元/亩", "亩均投入标准", points="8", published_score="8", note="控制在标准以内")
    assert found(form(one, ruleset=ruleset), "PF721") == [("PF721", "warning", 1)]


@pytest.mark.parametrize("ruleset", [None, "cn/project"])
def test_a_form_with_decimals_rounds_to_no_fewer(ruleset: str | None) -> None:
    tenths, hundredths = [missed("9.7", "97人"), missed("9.6", "96人")], [missed("9.65", "96.5人")] * 2
    full = missed("10", "99.4人")
    assert found(form(full, *tenths, ruleset=ruleset), "PF721") == [("PF721", "error", 1)]
    full = missed("10", "99.6人")
    assert found(form(full, *tenths, ruleset=ruleset), "PF721") == [("PF721", "warning", 1)]
    full = missed("10", "99.94人")
    assert found(form(full, *hundredths, ruleset=ruleset), "PF721") == [("PF721", "error", 1)]


def test_a_form_with_decimals_rounds_none_to_a_whole_number() -> None:
    others = [missed("9.7", "97人"), missed("9.65", "96.5人")]
    full = missed("10", "99.5人")
    assert found(form(full, others[0]), "PF721") == [("PF721", "warning", 1)]
    assert found(form(full, *others), "PF721") == [("PF721", "error", 1)]
    [said] = audit(form(full, *others), select=["PF721"])
    assert "整数" not in str(said.cause)
    assert found(form(missed("10", "99.5人"), missed("9", "90人"), missed("8", "80人")), "PF721") == [
        ("PF721", "warning", 1)
    ]


@pytest.mark.parametrize("ruleset", ["cn/project", "cn-sc/project"])
def test_fewer_digits_than_the_rule_keeps_are_a_hint(ruleset: str) -> None:
    assert found(form(budget=[line("7")], ruleset=ruleset), "PF702") == [("PF702", "note", None)]
    assert found(form(missed("8.8", "88.4人"), ruleset=ruleset), "PF720") == [("PF720", "note", 1)]


@pytest.mark.parametrize("ruleset", ["cn/project", "cn-sc/project"])
def test_another_rounding_is_a_doubt(ruleset: str) -> None:
    cut_off = line("8.91", "255.406")
    assert found(form(budget=[cut_off], ruleset=ruleset), "PF702") == [("PF702", "warning", None)]


def test_no_cause_is_guessed_for_a_figure_that_no_usual_rounding_gives() -> None:
    (one,) = audit(form(missed("9", "97.7人")), select=["PF720"])
    assert one.cause is None


def test_a_rule_whose_text_was_read_needs_no_other_row() -> None:
    staff = {"path": ["投入"], "name": "在职人员控制率", "actual": "103%", "points": "5", "published_score": "4"}
    one = form(staff, ruleset="cn-hn-430600/department", kind="department").model_copy(update={"year": 2018})
    assert [severity for _, severity, _ in found(one, "PF720", "PF721")] == ["error"]


def test_a_doubt_never_carries_into_the_total() -> None:
    one = form(missed("8"), budget=[line("7")], published_total="15")
    assert found(one, "PF709") == []


def test_the_total_of_a_finding_says_why_it_is_not_that_of_the_sheet() -> None:
    one = form(missed("10"), missed("8", points="20"), row("15所", "11所", points="5", published_score="5", note=NOTE))
    one = one.model_copy(update={"published_total": "23"})
    (finding,) = audit(one, select=["PF709"])
    assert (finding.published, finding.computed) == ("23", "30.67")
    assert finding.message.zh == "总分印作 23，其中可以确定有误：第 1 行不应得满分"
    assert finding.evidence[0].zh == "第 2 行、第 3 行规则未定或只是存疑，没有更正；全按规则是 30.67"


@pytest.mark.parametrize(
    ("target", "unit", "actual"), [("≥95", "%", "0.962"), ("≥95%", None, "0.962%"), ("≥300万元", None, "0.03万元")]
)
def test_an_implausible_reading_is_a_doubt_alone(target: str, unit: str | None, actual: str) -> None:
    one = form(row(target, actual, "成活情况", unit=unit, points="6", published_score="6"))
    about_figures = ("PF720", "PF721", "PF722", "PF730", "PF731", "PF741", "PF758")
    assert found(one, *about_figures) == [("PF758", "warning", 1)]


def test_a_unit_that_is_not_given_is_asked_for_once() -> None:
    one = form(row("≥95%", "0.962", "成活情况", points="6", published_score="6"))
    assert found(one, "PF755", "PF756", "PF721", "PF758") == [("PF755", "warning", 1)]


def test_a_grade_is_doubted_where_the_ruleset_has_none() -> None:
    met = row("≥100人", "100人", points="85", published_score="85")
    undone = row("≥1人", "0人", points="15", published_score="0", note=NOTE)
    one = form(met, undone, ruleset="cn-hb/project", published_total="85", published_grade="优秀")
    assert found(one, "PF711") == [("PF711", "warning", None)]
    assert found(one.model_copy(update={"published_grade": "良好"}), "PF711") == []
    assert found(one.model_copy(update={"published_grade": "通过"}), "PF711") == []


BUDGET = {"label": "总额", "budget": "1200.00", "expenditure": "1152.36", "points": "10"}
MISSED = row("≤3%", "4.2%", "设备故障率", points="10", published_score="10")
OPEN = row("≥90%", "满意", "患者满意度", points="10", published_score="10")


def test_a_score_by_a_wrong_printed_rate_is_an_error_and_counts_to_the_total() -> None:
    line = {**BUDGET, "published_rate": "98.03%", "published_score": "9.8"}
    one = form(MISSED, OPEN, budget=[line], published_total="29.8", ruleset="cn/project")
    assert ("PF702", "error", None) in found(one, "PF702")
    [total] = audit(one, select=["PF709"])
    sheet = pfscore.load_ruleset("cn/project").score_form(one)
    assert total.computed == f"[{sheet.low}, {sheet.high}]"
    certain = "“总额”印作 9.8，应为 9.6；第 1 行不应得满分"
    assert total.message.zh == f"总分印作 29.8，其中可以确定有误：{certain}。按规则不高于 26.74"


def test_a_total_without_its_doubted_scores_says_so() -> None:
    line = {**BUDGET, "published_rate": "96.03%", "published_score": "9.9"}
    one = form(MISSED, OPEN, budget=[line], published_total="29.9", ruleset="cn/project")
    assert ("PF702", "warning", None) in found(one, "PF702")
    [total] = audit(one, select=["PF709"])
    assert total.message.zh == "总分印作 29.9，其中可以确定有误：第 1 行不应得满分。按规则不高于 27.04"
    assert total.evidence[0].zh == "“总额”、第 2 行规则未定或只是存疑，没有更正；全按规则是 [16.74, 26.74]"


def test_no_figure_stands_outside_the_own_interval() -> None:
    rows = [
        row("≥100人", "80人", "培训人数", points="20", published_score="20", note=NOTE),
        row("≥50人", "45人", "参会人数", points="10", published_score="9", note=NOTE),
        row("健全", "部分达成", "制度健全性", points="10", published_score="10"),
    ]
    one = form(*rows, published_total="39", ruleset="cn/project")
    [total] = audit(one, select=["PF709"])
    assert total.message.zh == (
        "总分印作 39，其中可以确定有误：第 1 行印作 20，应为 16；第 3 行不应得满分。按规则不高于 32.99"
    )
    assert total.computed == "[31, 32.99]"
    head = totals_text(one, pfscore.load_ruleset("cn/project").score_form(one))
    assert head.startswith("公布 39，各行之和 39，按规则 [31, 32.99] / 40，等级")


@each("target", ["=100%", "＝100%", "等于100%"])
@each(
    ("actual", "points", "severity"),
    [("99.98%", "10", "warning"), ("99.5%", "10", "warning"), ("99%", "10", "error"), ("98%", "2", "warning")],
)
def test_all_points_for_nearly_100_percent_may_be_rounded(target: str, actual: str, points: str, severity: str) -> None:
    rows = row(target, actual, "补助发放准确率", points=points, published_score=points, note=NOTE)
    one = form(rows, published_total=points)
    assert found(one, "PF721") == [("PF721", severity, 1)]
    assert [code for code, _, _ in found(one, "PF709")] == ([] if severity == "warning" else ["PF709"])


@each("spent", ["100", "80", "92"])
@each("score", ["9.2", "8", "10"])
@each("actual", ["满意", "99%", "60%", "70%"])
def test_a_total_never_points_to_two_sides(spent: str, score: str, actual: str) -> None:
    line = {"label": "总额", "budget": "100", "expenditure": spent, "points": "10", "published_score": score}
    line["published_rate"] = f"{Decimal(score) * 10}%"
    other = row("≥90%", actual, "患者满意度", points="10", published_score="8")
    one = form(MISSED, other, budget=[line], published_total=str(Decimal(score) + 18), ruleset="cn/project")
    for total in audit(one, select=["PF709"]):
        said = total.message.zh
        sides = {word for word in ("多计", "少计", "不高于", "不低于") if word in said}
        assert len(sides) <= 1, said
        assert "至少" not in said


def test_a_row_in_doubt_carries_no_figure_into_the_total() -> None:
    rows = [
        row("≥20人", "-22人", "引进人才", points="10", published_score="10"),
        row("≥3‰", "1.9‰", "新生儿死亡率", points="6", published_score="6"),
        row("≥97%", "101.2%", "抽检合格率", points="8", published_score="8"),
    ]
    one = form(*rows, published_total="24", ruleset="cn/project")
    assert found(one, "PF709", "PF720", "PF721", "PF731") == []
    sheet = pfscore.load_ruleset("cn/project").score_form(one)
    assert (str(sheet.low), str(sheet.high)) == ("3.8", "24")


def test_a_grade_that_contradicts_the_total_is_not_called_that_of_the_rules_before_it() -> None:
    rows = [row("≥100人", "100人", "培训人数", points="100", published_score="100")]
    one = form(*rows, published_total="100", published_grade="良", ruleset="cn/project")
    sheet = pfscore.load_ruleset("cn/project").score_form(one)
    text = form_text(case_of(one, sheet), audit(one))
    assert text.splitlines()[1] == "公布 100，各行之和 100，按规则 100 / 100"


@pytest.mark.parametrize(
    ("printed", "score", "cause"),
    [("104.68%", "10", "是按印错的执行率 104.68%，以满分为限算的"), ("96%", "9.6", "是按印错的执行率 96% 算的")],
)
def test_a_score_on_a_wrong_rate_names_it(printed: str, score: str, cause: str) -> None:
    line = {"label": "总额", "initial": "240", "budget": "265", "expenditure": "251.22", "points": "10"}
    one = form(budget=[line | {"published_rate": printed, "published_score": score}], ruleset="cn/project")
    (finding,) = audit(one, select=["PF702"])
    assert (finding.severity.value, finding.cause and finding.cause.zh) == ("error", cause)


def with_full_witness(*cells: Cells, **more: Any) -> Form:
    """Return a form in which another row bears out that what is met has all its points."""
    return form(*cells, row("≥100人", "100人", "服务人数", points="10", published_score="10"), **more)


@each(
    ("target", "actual", "score", "note", "severity"),
    [
        ("≥100人", "80人", "10", "钢材涨价", "error"),
        ("≥100人", "80人", "10", None, "error"),
        ("≥100人", "80人", "10", "经财政局批复，指标值调减为80人", "warning"),
        ("≥100人", "80人", "10", "年中目标调整为80人", "warning"),
        ("≥100人", "80人", "10", "因疫情，属不可抗力，不扣分", "warning"),
        ("≥100人", "80人", "10", "完成80人以上得10分", "warning"),
        ("≥100人", "110人", "9", None, "error"),
        ("≥100人", "110人", "9", "样本资料不全，扣1分", "warning"),
        ("≥100人", "110人", "9", "部分人员中途退出", "warning"),
        ("≥100人", "110人", "9", "已完成", "error"),
        ("≥100人", "180人", "9", None, "warning"),
    ],
)
def test_a_score_that_rests_on_more_than_the_numbers_is_a_doubt(
    target: str, actual: str, score: str, note: str | None, severity: str
) -> None:
    one = row(target, actual, "培训人数", points="10", published_score=score, note=note)
    total = str(10 + int(score))
    found_codes = found(with_full_witness(one, published_total=total), "PF721", "PF722", "PF709")
    assert [severity for code, severity, _ in found_codes if code != "PF709"] == [severity]
    assert any(code == "PF709" for code, _, _ in found_codes) is (severity == "error")


@pytest.mark.parametrize(("target", "severity"), [("≥100人", "error"), ("100人", "warning")])
def test_a_claim_is_doubted_where_only_the_name_has_a_direction(target: str, severity: str) -> None:
    one = row(target, "80人", "培训人数", points="10", published_score="8", note="已完成")
    assert found(form(one), "PF730") == [("PF730", severity, 1)]


@pytest.mark.parametrize(
    ("ruleset", "severity"), [("cn/project", "warning"), ("cn-sc/project", "error"), (None, "warning")]
)
def test_points_for_what_does_not_apply_are_wrong_where_the_rules_say_so(ruleset: str | None, severity: str) -> None:
    one = row("不适用", "不适用", "出国批次", points="10", published_score="10")
    assert found(form(one, ruleset=ruleset), "PF723") == [("PF723", severity, 1)]


def test_all_points_that_the_rule_itself_gives_are_right() -> None:
    """4.9962 is 5 by the rounding of the rule, though other scores have decimals."""
    nearly = row("≥1320户", "1319户", "服务户数", points="5", published_score="5", note=NOTE)
    others = [missed("9.7", "97人"), missed("9.65", "96.5人")]
    one = form(nearly, *others, published_total="24.35", ruleset="cn-sc/project")
    assert found(one, "PF709", "PF720", "PF721") == []


@pytest.mark.parametrize("doubted", [missed("8"), missed("9.5")])
@pytest.mark.parametrize(
    "wrong",
    [
        row("≥50场", "40场", "宣传场次", points="10", published_score="10", note=NOTE),
        row("健全", "未达成", "制度健全性", points="10", published_score="10", note=NOTE),
    ],
)
def test_a_bound_of_the_total_corrects_no_row_that_is_only_doubted(wrong: Cells, doubted: Cells) -> None:
    total = 10 + Decimal(doubted["published_score"])
    [finding] = audit(form(wrong, doubted, published_total=str(total)), select=["PF709"])
    _, _, bound = finding.message.zh.partition("不高于 ")
    assert not bound or Decimal(bound) >= total - 10
    assert "全按规则是" not in finding.message.zh
    assert finding.evidence[0].zh.startswith("第 2 行规则未定或只是存疑，没有更正；全按规则是 ")
