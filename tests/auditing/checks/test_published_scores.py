"""Full points for a missed target, whatever the ruleset."""

from __future__ import annotations

import pytest

import pfscore
from tests.auditing.making import Cells, form, found, row
from tests.tables import each

FULL = {"points": "10", "published_score": "10", "note": "因故"}


def test_full_points_for_a_missed_target_without_any_ruleset() -> None:
    assert found(form(row("≥100人", "90人", **FULL)), "PF721") == [("PF721", "error", 1)]
    assert found(form(row("≥100人", "90人", **FULL | {"published_score": "9"})), "PF721") == []
    assert found(form(row("≥100人", "100人", **FULL)), "PF721") == []


@pytest.mark.parametrize("rules", [{}, {"ruleset": "cn/project"}])
def test_full_points_for_a_shortfall_that_has_no_direction(rules: Cells) -> None:
    assert found(form(row("15所", "11所", "学校数", **FULL), **rules), "PF721") == [("PF721", "warning", 1)]
    assert found(form(row("15所", "16所", "学校数", **FULL), **rules), "PF721") == []


@pytest.mark.parametrize("name", ["森林火灾受害率", "林业有害生物成灾率", "投诉率", "办理天数"])
def test_less_of_what_should_not_happen_is_no_shortfall(name: str) -> None:
    assert found(form(row("0.9%", "0.1%", name, **FULL)), "PF721") == []


def test_a_bare_cost_that_was_not_spent_is_no_shortfall() -> None:
    one = row("15万元", "11万元", "成本", path=["成本指标"], **FULL)
    assert found(form(one), "PF721") == []


@each("rules", [{}, {"ruleset": "cn/project"}])
@each("actual", ["次年3月", "2024年3月", "2024年3月15日", "次年3月底", "下年1月份", "第二年2月", "明年3月"])
def test_full_points_for_a_date_after_the_end_of_the_year(actual: str, rules: Cells) -> None:
    late = form(row("12月底前", actual, "完成时间", **FULL), **rules)
    assert found(late, "PF721", "PF732") == [("PF721", "error", 1)]


@pytest.mark.parametrize(("target", "actual"), [("0起", "2起"), ("0", "2"), ("0次", "1次")])
def test_full_points_for_a_count_of_what_should_not_happen_once(target: str, actual: str) -> None:
    one = form(row(target, actual, "安全事故起数", **FULL), ruleset="cn/project")
    assert found(one, "PF721") == [("PF721", "error", 1)]


@pytest.mark.parametrize(
    ("target", "actual", "name", "said"),
    [
        (
            "≤15万元",
            "16万元",
            "维修费用",
            "未达标（16万元 / ≤15万元），却得满分 10，不应得满分；按规则是 9.38",
        ),
        (
            "6月底前",
            "8月底",
            "完工时间",
            "未达标（8月底 / 6月底前），却得满分 10，不应得满分；规则没有定怎样扣分",
        ),
        (
            "≥95%",
            "未达标",
            "整改率",
            "未达标（未达标 / ≥95%），却得满分 10，不应得满分；没有写完成多少，无法按规则计算",
        ),
        (
            "健全",
            "部分达成",
            "制度健全性",
            "未达标（部分达成 / 健全），却得满分 10，不应得满分；规则只允许 6 到 7.99",
        ),
    ],
)
def test_what_is_certain_of_full_points_is_said_alone(target: str, actual: str, name: str, said: str) -> None:
    one = form(row(target, actual, name, **FULL), ruleset="cn/project")
    (finding,) = pfscore.audit(one, select=["PF721"])
    assert (finding.severity.value, finding.message.zh) == ("error", said)


PLAIN = row("≥5人", "5人", "参训人数", points="5", published_score="5")


@each("rules", [{}, {"ruleset": "cn/project"}])
@each(
    ("name", "target", "actual", "codes"),
    [
        ("安全事故", "0起", "无", []),
        ("重大舆情", "无", "无", []),
        ("群体性事件", "不发生", "无", []),
        ("安全事故", "≤1起", "无", []),
        ("信访", "≤3件", "无", []),
        ("培训期数", "≥3期", "—", ["PF725"]),
        ("培训期数", "≥3期", None, ["PF725"]),
    ],
)
def test_none_answers_what_should_not_happen(
    name: str, target: str, actual: str | None, codes: list[str], rules: Cells
) -> None:
    one = row(target, actual, name, points="5", published_score="5")
    assert [code for code, _, _ in found(form(PLAIN, one, **rules), "PF725")] == codes


@pytest.mark.parametrize(
    ("score", "note", "codes"),
    [
        ("8", None, ["PF722"]),
        ("8", "已完成", ["PF722"]),
        ("8", "宣传面还不够广", []),
        ("8", "酌情扣2分", []),
        ("10", None, []),
        ("7", None, ["PF720"]),
    ],
)
def test_points_that_are_taken_off_what_is_met_in_words_need_a_reason(
    score: str, note: str | None, codes: list[str]
) -> None:
    one = row("有效发挥", "有效发挥", "发挥作用", points="10", published_score=score, note=note)
    said = found(form(one, ruleset="cn/project"), "PF720", "PF722")
    assert [(code, severity) for code, severity, _ in said] == [(code, "warning") for code in codes]


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        ("≥5%", "-3%", "投诉下降率"),
        ("≥5%", "-0.5%", "能耗降低率"),
        ("≥95%", "0.9%", "验收合格率"),
        ("≥95%", "8.8%", "群众满意度"),
        ("≥5‰", "0.1%", "抽检率"),
    ],
)
@pytest.mark.parametrize("rules", [{}, {"ruleset": "cn/project"}])
def test_full_points_for_what_is_missed_however_a_doubted_figure_is_meant(
    target: str, actual: str, name: str, rules: Cells
) -> None:
    one = form(row(target, actual, name, **FULL), **rules)
    assert found(one, "PF721") == [("PF721", "error", 1)]
    assert found(form(row(target, actual, name, **FULL | {"published_score": "1"}), **rules), "PF720", "PF721") == []


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        ("≥5%", "-7%", "投诉下降率"),
        ("≥95%", "0.962%", "验收合格率"),
        ("≥5‰", "0.6%", "抽检率"),
        ("≤95%", "96%", "满意度"),
    ],
)
def test_full_points_for_a_doubted_figure_that_may_be_met_stay_a_doubt(target: str, actual: str, name: str) -> None:
    assert found(form(row(target, actual, name, **FULL), ruleset="cn/project"), "PF721") == []


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        ("下降≥5%", "上升2.1%", "事故起数"),
        ("=100%", "98%", "合格率"),
        ("12月底前", "次年3月", "完成时间"),
        ("0起", "2起", "安全事故起数"),
        ("≤0%", "3%", "超支率"),
        ("≥50公里且≤60公里", "42公里", "养护里程"),
    ],
)
def test_score_and_audit_agree_that_a_missed_target_earns_less_than_all_points(
    target: str, actual: str, name: str
) -> None:
    one = form(row(target, actual, name, **FULL), ruleset="cn/project")
    [score] = pfscore.load_ruleset("cn/project", on="2023-12-31").score_form(one).indicators
    assert (score.met, str(score.low), str(score.high)) == (False, "0", "9.99")
    assert found(one, "PF720", "PF721") == [("PF721", "error", 1)]
    almost = form(row(target, actual, name, **FULL | {"published_score": "9.5"}), ruleset="cn/project")
    assert found(almost, "PF720", "PF721") == []


@pytest.mark.parametrize("rules", [{}, {"ruleset": "cn/project"}])
@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [("=4元", "5元", "每生每天补助标准"), ("=100人", "120人", "培训人数"), ("=86所", "87所", "供餐学校数")],
)
def test_more_than_an_equal_sign_asks_for_is_no_shortfall(target: str, actual: str, name: str, rules: Cells) -> None:
    one = form(row(target, actual, name, **FULL | {"note": None}), **rules)
    assert found(one, "PF721", "PF731", "PF730", "PF709") == [("PF721", "warning", 1)]
    because = form(row(target, actual, name, **FULL | {"note": "经批准增加"}), **rules)
    assert found(because, "PF721", "PF731", "PF709") == []
    less = form(row(target, "3.9" + target[-1], name, **FULL), **rules)
    assert found(less, "PF721") == [("PF721", "error", 1)]
    assert found(form(row("=0起", "1起", "安全事故", **FULL), **rules), "PF721") == [("PF721", "error", 1)]


@pytest.mark.parametrize(
    ("name", "target", "severity"),
    [
        ("资金发放及时率", "100%", "error"),
        ("验收合格率", "100%", "error"),
        ("办结率", "98%", "warning"),
    ],
)
def test_all_of_a_whole_has_no_other_side(name: str, target: str, severity: str) -> None:
    one = form(row(target, "95%", name, **FULL), ruleset="cn-sc/project")
    assert found(one, "PF721") == [("PF721", severity, 1)]


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ({"footnotes": ["得分=预算执行率×分值"]}, "error"),
        ({"footnotes": ["预算执行率得分：执行率*该指标分值，最高不得超过分值上限"]}, "error"),
        ({"note": "10分×执行率"}, "error"),
        ({"footnotes": ["执行率低于60%的不得分"]}, "warning"),
        ({}, "warning"),
    ],
)
def test_a_form_that_says_how_its_budget_is_scored_bears_its_rule_out(said: Cells, severity: str) -> None:
    line = {"label": "年度资金总额", "budget": "760", "expenditure": "532", "points": "10", "published_score": "8"}
    line |= {key: text for key, text in said.items() if key == "note"}
    cells = {key: text for key, text in said.items() if key != "note"}
    one = form(row("≥1人", "1人", **FULL), budget=[line], ruleset="cn/project", **cells)
    assert found(one, "PF702") == [("PF702", severity, None)]


@pytest.mark.parametrize(("actual", "severity"), [("0", "error"), ("1个", "warning")])
def test_nothing_of_what_is_better_with_more_is_missed_for_certain(actual: str, severity: str) -> None:
    one = form(row("2个", actual, "建立师资库", **FULL), ruleset="cn/project")
    assert found(one, "PF721") == [("PF721", severity, 1)]
    assert found(form(row("2起", "0", "投诉起数", **FULL), ruleset="cn/project"), "PF721") == []


@pytest.mark.parametrize(("target", "codes"), [("≥5次", ["PF725"]), ("12月底前", ["PF725"]), ("≤5件", [])])
def test_none_is_an_answer_or_a_blank_and_no_other_kind_of_answer(target: str, codes: list[str]) -> None:
    one = form(row(target, "无", "投诉处理", **FULL), row("≥1人", "1人"))
    assert [code for code, _, _ in found(one, "PF725", "PF732")] == codes


def test_a_score_with_fewer_decimals_is_a_hint_though_other_rows_have_more() -> None:
    rows = [
        row("≥95%", "93.6%", "满意度", points="10", published_score="9.85", note="停车难"),
        row("≥120处", "118处", "普查点", points="10", published_score="9.8", note="已消失"),
        row("≥120处", "118处", "普查点二", points="10", published_score="9.84", note="已消失"),
    ]
    found_ = found(form(*rows, ruleset="cn/project"), "PF720")
    assert found_ == [("PF720", "error", 3), ("PF720", "note", 2)]


@pytest.mark.parametrize(
    ("target", "actual", "note", "codes"),
    [
        ("≥95%", "96%", None, ["PF722"]),
        ("≥95%", "96%", "已完成", ["PF722"]),
        ("≥95%", "96%", "有两人投诉", []),
        ("≥50人", "90人", None, []),
        ("50人", "55人", None, []),
        ("≥95%", "90%", "有两人投诉", []),
    ],
)
def test_points_taken_off_what_is_met_are_doubted_without_a_ruleset(
    target: str, actual: str, note: str | None, codes: list[str]
) -> None:
    one = form(row(target, actual, "使用人员满意度", points="10", published_score="8.5", note=note))
    assert found(one, "PF720", "PF721", "PF722") == [(code, "warning", 1) for code in codes]
