"""What makes a row implausible by its own cells: said of the score, and by the audit with the same words."""

from __future__ import annotations

import json
from typing import Any

import pytest

import pfscore
from pfscore.foundation.diagnostics import Severity
from pfscore.report.sheet_text import sheet_text
from pfscore.report.table_text import interval
from tests.tables import each

RULES = pfscore.load_ruleset("cn/project", on="2023-12-31")
COUNT = {"path": ("产出指标", "数量指标")}
SATISFIED = {"name": "群众满意度", "path": ("满意度指标", "服务对象满意度指标")}
#: Cells, what the rule gives for them as they stand and as they may be meant, and the codes of the doubts.
ROWS: list[tuple[dict[str, Any], str | None, list[str]]] = [
    ({**SATISFIED, "target": "≤95%", "actual": "90%"}, "[9.47, 10]", ["PF747"]),
    ({**SATISFIED, "target": "≤95%", "actual": "97%", "published_score": "9.79"}, None, []),
    ({"name": "群众投诉数", "target": "≥10件", "actual": "12件"}, "[8.33, 10]", ["PF747"]),
    ({**COUNT, "name": "服务窗口建设数量", "target": "≤4个", "actual": "3个"}, "[7.5, 10]", ["PF747"]),
    ({**SATISFIED, "target": "≥90%", "actual": "104%"}, "[0, 10]", ["PF745"]),
    ({**COUNT, "name": "培训人数", "target": "≤-1人", "actual": "-3人"}, "[0, 10]", ["PF747", "PF746"]),
    ({**SATISFIED, "target": "≥95%", "actual": "0.962%"}, "[0.1, 10]", ["PF758"]),
    ({**COUNT, "name": "造林面积", "target": "≥2万亩", "actual": "2亿亩"}, "10", ["PF758"]),
    ({**COUNT, "name": "无障碍改造", "target": "60户", "actual": "6000户"}, "10", ["PF758"]),
    ({**COUNT, "name": "投诉件数", "target": "≤100件", "actual": "1件"}, "10", []),
    ({"name": "投诉起数", "target": "≥0起", "actual": "3起"}, "10", ["PF740"]),
    ({**SATISFIED, "target": "≥90%", "actual": "≥90%"}, "10", ["PF748"]),
    ({**SATISFIED, "target": "≥90%", "actual": "92%", "note": "未开展问卷调查"}, "[0, 10]", ["PF749"]),
    ({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "92人", "note": "沿用上年数据"}, "[0, 10]", ["PF739"]),
    ({"name": "贷款逾期率", "target": "≤0.5‰", "actual": "0.04%"}, "10", ["PF751"]),
    ({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "92人"}, "10", []),
    ({"name": "投诉起数", "target": "≤5起", "actual": "6起"}, None, []),
    ({**SATISFIED, "target": "不适用", "actual": "104%"}, None, []),
    # A person has looked.
    ({**SATISFIED, "target": "≥90%", "actual": "104%", "decision": "8"}, "8", []),
]


def form_of(cells: dict[str, Any]) -> pfscore.Form:
    return pfscore.Form(title="表", year=2023, indicators=(pfscore.Indicator(**{"points": "10", **cells}),))


@each(("cells", "score", "codes"), ROWS)
def test_a_score_says_what_makes_its_cells_implausible(
    cells: dict[str, Any], score: str | None, codes: list[str]
) -> None:
    sheet = RULES.score_form(form_of(cells))
    [one] = sheet.indicators
    assert [doubt.code for doubt in one.doubts] == codes
    if score is not None:
        assert interval(one.low, one.high) == score
    shown = sheet.as_json()["indicators"][0]["doubts"]
    assert [doubt["code"] for doubt in shown] == codes
    text = sheet_text(sheet, form_of(cells))
    for doubt in one.doubts:
        assert f"存疑：{doubt.message.zh}" in " ".join(text.split()).replace(" ", "") or doubt.message.zh in text
        assert f"存疑：{doubt.code} {doubt.message.zh}" in one.explain()
        assert f"doubtful: {doubt.code} {doubt.message.en}" in one.explain("en")


@each(("cells", "score", "codes"), ROWS)
def test_the_audit_has_the_same_doubts(cells: dict[str, Any], score: str | None, codes: list[str]) -> None:
    del score
    form = form_of({name: cell for name, cell in cells.items() if name != "decision"})
    doubts = [doubt for one in RULES.score_form(form).indicators for doubt in one.doubts]
    found = {(finding.code, finding.message) for finding in pfscore.audit(form, ruleset=RULES)}
    assert {(doubt.code, doubt.message) for doubt in doubts} <= found
    assert "decision" in cells or [doubt.code for doubt in doubts] == codes


AREA = {"name": "改造校舍面积", "target": "≥8600平方米", "actual": "8600平方米"}
BUILT = {"name": "平台建设", "path": ("产出指标", "质量指标"), "target": "建成", "actual": "建成"}


@each(
    ("cells", "score", "codes"),
    [
        # the note gives another number, or how much is left
        ({**AREA, "note": "城关二小320平方米因征地未完成，结转下年实施"}, "[9.63, 10]", ["PF737"]),
        ({**AREA, "note": "还有0.086万平方米未改造"}, "[9, 10]", ["PF737"]),
        ({**AREA, "note": "未完成面积860平方米"}, "[9, 10]", ["PF737"]),
        ({**AREA, "note": "实际改造面积7740平方米，余下待拨款"}, "[9, 10]", ["PF737"]),
        ({**AREA, "note": "仅完成7740平方米", "published_score": "10"}, "[9, 10]", ["PF737"]),
        ({**AREA, "note": "仅完成7740平方米", "published_score": "9"}, "[9, 10]", ["PF737"]),
        ({**AREA, "actual": "9000平方米", "note": "还有100平方米未改造"}, "10", []),
        # it only says that something is left
        ({**AREA, "note": "尚有2所未完工"}, "[0, 10]", ["PF737"]),
        ({**BUILT, "note": "平台尚未建成"}, "[0, 10]", ["PF737"]),
        # it counts another share
        ({**SATISFIED, "target": "≥95%", "actual": "95%", "note": "发放问卷200份，满意171份"}, "[9, 10]", ["PF737"]),
        ({**SATISFIED, "target": "≥80%", "actual": "95%", "note": "发放问卷200份，满意171份"}, "10", ["PF737"]),
        # the day of an earlier year may be that of this one
        ({"name": "下达时间", "target": "2023年3月底前", "actual": "2022年3月26日"}, "[0, 10]", ["PF739"]),
        ({"name": "下达时间", "target": "2023年3月底前", "actual": "2022年5月26日"}, "[0, 10]", ["PF739"]),
        ({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "2022年培训92人"}, "[0, 10]", ["PF739"]),
        # the target, or the name, is about that year too
        ({"name": "完工时间", "target": "2022年12月底前", "actual": "2022年11月"}, "10", []),
        ({"name": "2022年续建项目完工", "target": "12月底前", "actual": "2022年11月"}, None, []),
        # a target that is only repeated, and notes that take nothing back
        (AREA, "10", []),
        ({**AREA, "note": "已完成"}, "10", []),
        ({**AREA, "note": "未发生安全事故"}, "10", []),
        ({**AREA, "note": "经批准调减320平方米，未完成部分不扣分"}, "10", []),
        ({**AREA, "note": "上年未完成部分一并完成"}, "10", []),
        ({"name": "按期完工率", "target": "≥90%", "actual": "95%", "note": "1个项目未按期完工，占5%"}, "10", []),
        ({**COUNT, "name": "检测样品", "target": "≥200批次", "actual": "215批次", "note": "其中不合格5批次"}, "10", []),
        ({"name": "抽检合格率", "target": "≥98%", "actual": "98.5%", "note": "不合格产品已下架"}, "10", []),
        ({"name": "抽检合格率", "target": "≥98%", "actual": "100%", "note": "其中不合格5批次"}, "[0, 10]", ["PF737"]),
        (
            {**COUNT, "name": "巡查次数", "target": "≥12次", "actual": "12次", "note": "8月因高温未开展，9月补查"},
            "10",
            [],
        ),
        # it is missed as it stands
        ({**AREA, "actual": "7740平方米", "note": "860平方米因征地未完成"}, "9", []),
        # a person has looked
        ({**AREA, "note": "尚有2所未完工", "decision": "9.5"}, "9.5", []),
        ({**SATISFIED, "target": "≥90%", "actual": "92%", "note": "未开展问卷调查", "decision": "0"}, "0", []),
    ],
)
def test_what_the_form_itself_says_against_a_row_opens_it(cells: dict[str, Any], score: str, codes: list[str]) -> None:
    form = form_of(cells)
    [one] = RULES.score_form(form).indicators
    assert [doubt.code for doubt in one.doubts] == codes
    if score is not None:
        assert interval(one.low, one.high) == score
    # A row of a stream has no year.
    if "PF739" not in codes and "完工时间" not in cells["name"] and score is not None:
        rows = [{"points": "10", **cells, "note": note} for note in ("已完成", cells.get("note"), None)]
        alone = [RULES.score(**row) for row in rows]
        assert interval(alone[1].low, alone[1].high) == score
        assert [(row.low, row.high) for row in RULES.score_many(rows * 3)] == [(row.low, row.high) for row in alone] * 3


def test_the_total_of_the_audit_is_that_of_the_score() -> None:
    form = form_of({**AREA, "note": "城关二小320平方米因征地未完成", "published_score": "10"})
    sheet = RULES.score_form(form)
    assert interval(sheet.low, sheet.high) == "[9.63, 10]"
    assert [one.code for one in pfscore.audit(form, ruleset=RULES)] == ["PF737"]
    assert "完成值 8600平方米，算作达标；备注却说“城关二小320平方米因征地未完成”" in sheet_text(sheet, form)


def test_a_full_score_that_is_doubted_is_named_at_the_top() -> None:
    form = form_of({**SATISFIED, "target": "≥90%", "actual": "≥90%"})
    text = sheet_text(RULES.score_form(form), form)
    assert "存疑（1 行）：\n  第 1 行 群众满意度：10 / 10 分。" in text


def test_a_row_in_doubt_is_open_and_says_why() -> None:
    form = form_of({"name": "新生儿死亡率", "target": "≥3‰", "actual": "1.9‰"})
    text = "".join(sheet_text(RULES.score_form(form), form).split())
    assert "待评定（1行）：第1行新生儿死亡率：待评定[6.33,10]/10分。" in text
    assert "未达标：1.9‰<3‰；这一行存疑，核对之前不定分。评价人定分，6.33到10。" in text


@each(
    ("cells", "score"),
    [
        ({"name": "带动消费", "target": "≥200万元", "actual": "215元"}, "[0, 10]"),
        ({"name": "绿化面积", "target": "≥3000亩", "actual": "3.1亩"}, "[0.01, 10]"),
        ({"name": "项目成本", "target": "≤200万元", "actual": "215元"}, "[9.3, 10]"),
        ({"name": "引进人才", "target": "≥20人", "actual": "-22人"}, "[0, 10]"),
        ({"name": "投诉率", "target": "≥2%", "actual": "1.5%"}, "[7.5, 10]"),
        # it is met either way
        ({"name": "带动增收", "target": "≥50万元", "actual": "52亿元"}, "10"),
        ({"name": "故障时间", "target": "≤1000分钟", "actual": "0.5分钟"}, "10"),
        # a row that lost points by its target is as it is meant
        ({"name": "投诉率", "target": "≥2%", "actual": "1.5%", "published_score": "7.5"}, "7.5"),
        # a person has decided
        ({"name": "投诉率", "target": "≥2%", "actual": "1.5%", "decision": "10"}, "10"),
        ({"name": "引进人才", "target": "≥20人", "actual": "-22人", "decision": "9"}, "9"),
    ],
)
def test_a_doubt_leaves_the_points_of_every_way_to_read_the_row(cells: dict[str, Any], score: str) -> None:
    sheet = RULES.score_form(form_of(cells))
    assert interval(sheet.low, sheet.high) == interval(sheet.indicators[0].low, sheet.indicators[0].high) == score
    assert pfscore.Sheet.model_validate_json(sheet.model_dump_json()) == sheet


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("在编人数", []),
        ("核定编制数", []),
        ("班额人数", []),
        ("特困供养人员数", []),
        ("低保对象人数", []),
        ("培训人数", ["PF747"]),
        ("服务窗口建设数量", ["PF747"]),
    ],
)
def test_what_may_be_capped_has_no_doubtful_ceiling(name: str, codes: list[str]) -> None:
    [one] = RULES.score_form(form_of({**COUNT, "name": name, "target": "≤45人", "actual": "45人"})).indicators
    assert [doubt.code for doubt in one.doubts] == codes


@pytest.mark.parametrize(
    ("name", "target", "actual", "score", "code"),
    [
        ("节水率", "≥15%", "15.2‰", "[1.01, 10]", "PF751"),
        ("贷款不良率", "≤3‰", "1.5%", "[2, 10]", "PF751"),
        ("地表水达标率", "≥90%", "9.09", "[1.01, 10]", "PF758"),
        ("产品合格率", "≥95%", "9.6%", "[1.01, 10]", "PF758"),
        ("群众满意度", "≥90%", "9.5%", "[1.06, 10]", "PF758"),
        ("垃圾分类覆盖率", "95%", "9.6%", "[1.01, 10]", "PF758"),
    ],
)
def test_a_tenth_of_a_share_is_a_slip(name: str, target: str, actual: str, score: str, code: str) -> None:
    form = form_of({**COUNT, "name": name, "target": target, "actual": actual, "published_score": "10"})
    sheet = RULES.score_form(form)
    [one] = sheet.indicators
    assert (interval(one.low, one.high), [doubt.code for doubt in one.doubts]) == (score, [code])
    assert interval(sheet.low, sheet.high) == score
    found = pfscore.audit(form.model_copy(update={"published_total": "10"}), ruleset=RULES)
    assert not {"PF709", "PF720", "PF721", "PF731", "PF741"} & {finding.code for finding in found}


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("产值增长率", "≥60%", "6%"),
        ("节水率", "≥15%", "1.5%"),
        ("参训人数", "≥50人", "5人"),
        ("产品合格率", "≥95%", "12%"),
    ],
)
def test_a_tenth_that_may_be_a_result_is_none(name: str, target: str, actual: str) -> None:
    [one] = RULES.score_form(form_of({**COUNT, "name": name, "target": target, "actual": actual})).indicators
    assert (one.doubts, one.low == one.high) == ((), True)


@each(
    ("name", "target", "actual", "score"),
    [
        ("交通事故起数同比下降", "≥10%", "-12.5%", "[0, 10]"),
        ("案件数同比下降", "≥10%", "-15%", "[0, 10]"),
        ("能耗降低率", "≥3%", "-3.6%", "[0, 10]"),
        ("火灾起数同比减少", "≥5%", "-8%", "[0, 10]"),
        ("单位能耗下降率", "≥3%", "-3.6", "[0, 10]"),
        ("死亡人数同比降幅", "≥5%", "−6.1%", "[0, 10]"),
        ("公用经费压减率", "≥5%", "-6%", "[0, 10]"),
        ("成本节约率", "≥5%", "-6%", "[0, 10]"),
        ("节约资金", "≥5万元", "-6万元", "[0, 10]"),
        ("减少投诉数", "≥5起", "-6起", "[0, 10]"),
        ("能耗强度降幅", "≥3个百分点", "-3.5个百分点", "[0, 10]"),
        ("信访量下降率", "3%", "-4%", "[0, 10]"),
        # it falls short either way
        ("信访量降幅", "≥5%", "-2%", "[0, 4]"),
    ],
)
def test_a_negative_fall_may_be_the_fall(name: str, target: str, actual: str, score: str) -> None:
    form = form_of({**COUNT, "name": name, "target": target, "actual": actual, "published_score": "10"})
    sheet = RULES.score_form(form.model_copy(update={"published_total": "10"}))
    [one] = sheet.indicators
    assert (interval(one.low, one.high), [doubt.code for doubt in one.doubts]) == (score, ["PF746"])
    assert interval(sheet.low, sheet.high) == score
    found = pfscore.audit(form.model_copy(update={"published_total": "10"}), ruleset=RULES)
    said = {finding.code: finding.severity.value for finding in found if finding.row == 1}
    assert said["PF746"] == "warning"
    follows = {"PF709", "PF720", "PF721", "PF731", "PF741"} & {finding.code for finding in found}
    assert follows == (set() if score.endswith("10]") else {"PF709", "PF721"})


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("产值增长率", "≥5%", "-6%"),  # it is for a rise
        ("能耗降低率", "≥3%", "上升3.6%"),  # it says in words that it rose
        ("能耗降低率", "≤-3%", "-3.6%"),  # the target has the same sign
        ("能耗变化", "下降3%", "-3.6%"),  # the target says it in words
        ("能耗降低率", "≥3%", "3.6%"),
    ],
)
def test_a_sign_that_can_only_be_read_in_one_way_is_no_doubt(name: str, target: str, actual: str) -> None:
    [one] = RULES.score_form(form_of({**COUNT, "name": name, "target": target, "actual": actual})).indicators
    assert (one.doubts, one.low == one.high) == ((), True)


def test_a_decision_outside_what_the_doubt_leaves_is_named() -> None:
    [one] = RULES.score_form(form_of({"name": "投诉率", "target": "≥2%", "actual": "1.5%", "decision": "3"})).indicators
    assert (interval(one.low, one.high), one.codes) == ("[7.5, 10]", ("PF523",))


def test_a_doubted_score_is_stored_and_read_back() -> None:
    sheet = RULES.score_form(form_of({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "2022年92人"}))
    again = pfscore.Sheet.model_validate_json(sheet.model_dump_json())
    assert again == sheet
    assert [doubt.code for doubt in again.indicators[0].doubts] == ["PF739"]


def test_a_row_that_a_frame_scored_has_its_doubts() -> None:
    rows = [{**SATISFIED, "target": "≥90%", "actual": actual, "points": "10"} for actual in ("104%", "105%", "95%")]
    assert [[doubt.code for doubt in one.doubts] for one in RULES.score_many(rows)] == [["PF745"], ["PF745"], []]
    assert json.loads(json.dumps(next(RULES.score_many(rows[1:])).as_json()))["doubts"][0]["code"] == "PF745"


@each(
    ("name", "target", "actual", "severities"),
    [
        ("产品合格率", "≥95%", "101%", ["error"]),
        ("群众满意度", "≥95%", "101%", ["error"]),
        ("基本医疗保险参保率", "≥95%", "101%", ["warning"]),
        ("资金到位率", "100%", "104%", ["warning"]),
        ("毛入学率", "≥95%", "101%", []),
        ("任务完成率", "≥100%", "105%", []),
        ("病床使用率", "≥85%", "105%", []),
        ("国有资产保值增值率", "≥100%", "102%", []),
        ("产值增长率", "≥50%", "120%", []),
        ("引进人才", "≥20人", "-22人", ["error"]),
        ("事故起数同比", "≤-2起", "-3起", []),
        ("冬季最低水温", "≥-5℃", "-4℃", []),
        ("经营利润", "≥50万元", "-3万元", []),
        ("新增产值", "≥100万元", "-3万元", ["warning"]),
    ],
)
def test_what_cannot_be_is_an_error_and_what_rarely_is_a_doubt(
    name: str, target: str, actual: str, severities: list[str]
) -> None:
    path = ("产出指标", "质量指标")
    given = pfscore.Indicator(name=name, path=path, target=target, actual=actual, points="10", published_score="10")
    [one] = pfscore.load_ruleset("cn/project").score_form(pfscore.Form(year=2023, indicators=(given,))).indicators
    assert [doubt.severity.value for doubt in one.doubts if doubt.code in {"PF745", "PF746"}] == severities


@each(
    ("name", "target", "actual", "codes"),
    [
        ("图书馆全年开放时间", "≥3500小时", "9125小时", ["PF745"]),
        ("全年运行天数", "≥350天", "400天", ["PF745"]),
        ("值班周数", "≥50周", "54周", ["PF745"]),
        ("设备运行月数", "≥10个月", "13个月", ["PF745"]),
        ("图书馆全年开放时间", "≥3500小时", "8760小时", []),
        ("各馆累计开放时间", "≥3500小时", "9125小时", []),
        ("全年运行天数", "≥700天", "730天", []),
        ("设备使用寿命", "≥10年", "13年", []),
        ("培训时长", "≥9000小时", "9125小时", []),
        ("事故率", "≤3‰", "0.12%", []),
        ("误差率", "≤0.5‰", "0.03%", []),
        ("事故率", "≤3‰", "0.5%", ["PF751"]),
        ("节水率", "≥15%", "15.2‰", ["PF751"]),
    ],
)
def test_more_than_a_year_has_and_two_signs_that_leave_no_doubt(
    name: str, target: str, actual: str, codes: list[str]
) -> None:
    [one] = RULES.score_form(form_of({"name": name, "target": target, "actual": actual})).indicators
    said = [doubt for doubt in one.doubts if doubt.code in {"PF745", "PF751"}]
    assert [doubt.code for doubt in said if doubt.severity is not Severity.NOTE] == codes
    assert (one.low == one.high) is (codes != ["PF751"])
