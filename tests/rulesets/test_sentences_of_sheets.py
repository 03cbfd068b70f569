"""Sentences that need more than their own row: amounts and weights of a whole form, rows that do not apply, grades.

Beside `test_sentences.py`, which has the rows that stand alone; region, lateness, amounts of the form and adjustments
have tests of their own, each with the sentence it is from.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from pfscore.report.one_sentence import reason
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, review_body
from pfscore.report.sheet_text import sheet_text
from pfscore.scoring.rules import Rules, load_ruleset
from tests.rulesets.ruleset_text import loaded, rule, rules, scored, text


def whole(*parts: str, terms: str = "") -> Rules:
    return Rules((loaded(text("".join(parts), terms)),), on=date(2023, 12, 31))


def form(*rows: dict[str, Any], **more: Any) -> Form:
    return Form.model_validate({"title": "表", "year": 2023, "indicators": rows, **more})


def totals(found: Rules, one: Form) -> tuple[str, str]:
    sheet = found.score_form(one)
    total = str(sheet.total) if sheet.low == sheet.high else f"[{sheet.low}, {sheet.high}]"
    return total, str(sheet.full)


_RATIO = rule("formula: 分值 * min(完成率, 1)\n", 'comparator: ["≥"]', "ratio")
_JUDGED = rule('judgement: {share: "[0%, 100%]"}\n', "comparator: 定性", "judged")


class TestCounty:
    """A6: 一般公共预算支出管理 60."""

    def test_what_was_done_of_the_initial_budget(self) -> None:
        """实际完成率 20 = 完成数/年初预算数, 按完成比例计算得分,满分为止."""
        found = rules("points: 20\nformula: 分值 * min(执行数 / 年初预算数, 1)\n", "name: 实际完成率")
        for spent, earns in {"90": "18", "100": "20", "130": "20", "0": "0"}.items():
            line = {"label": "总额", "initial": "100", "budget": "140", "expenditure": spent}
            (row,) = found.score_form(form({"name": "实际完成率"}, budget=[line])).indicators
            assert str(row.score) == earns, spent

    _EITHER = "either:\n  - names: [结转结余率, 结转结余变动率]\n"
    _RATE = rule('points: 20\ntarget: "≤9%"\nformula: 分值 * 反比例(完成值, 指标值)\n', "name: 结转结余率", "rate")
    _CHANGE = rule(
        'points: 20\ntarget: "≤-30%"\nformula: 分值 * min(1, max(0, 完成值 / 指标值))\n',
        "name: 结转结余变动率",
        "change",
    )

    @pytest.mark.parametrize(
        ("rate", "change", "earns"),
        [
            *(("8%", None, "20"), ("12%", None, "15"), (None, "-30%", "20"), (None, "-15%", "10"), (None, "5%", "0")),
            # Both are filled in: the sentence does not say which one counts.
            ("12%", "-15%", "[10, 15]"),
        ],
    )
    def test_one_of_two_counts(self, rate: str | None, change: str | None, earns: str) -> None:
        """结转结余率 (9 %) or 变动率 (−30 %) 20: 二者择其一进行考核,按完成比例计算得分,满分为止."""
        found = whole(self._RATE, self._CHANGE, terms=self._EITHER)
        rows = ({"name": "结转结余率", "actual": rate}, {"name": "结转结余变动率", "actual": change})
        assert totals(found, form(*rows)) == (earns, "20")

    def test_the_other_one_says_that_it_was_not_chosen(self) -> None:
        found = whole(self._RATE, self._CHANGE, terms=self._EITHER)
        named = {"name": "结转结余率", "actual": "8%"}, {"name": "结转结余变动率"}
        sheet = found.score_form(form(*named))
        said = "未选用，二者择一，按“结转结余率”计"
        other = sheet.indicators[1]
        assert (other.outcome.value, other.in_words(), reason(other)) == ("not_applicable", said, said)
        assert reason(other, "en") == "not chosen: '结转结余率' counts in its place"
        assert other.explain().startswith(f"结转结余变动率：{said}\n")
        shown = other.as_json()
        assert shown["diagnostics"][0]["message"] == said
        assert [step["label"] for step in shown["trace"]["steps"] if step.get("op") == "either"] == ["结转结余率"]
        assert said in sheet_text(sheet, form(*named))
        assert said in review_page(Review(tuple(review_body([("表", form(*named))], [found]))))
        both = found.score_form(form({**named[0]}, {**named[1], "actual": "-15%"}))
        assert both.indicators[1].in_words() == "二者择一，由评价人定，见“结转结余率”"
        assert type(both).model_validate_json(both.model_dump_json()) == both

    @pytest.mark.parametrize(
        ("take", "printed", "total", "told"),
        [
            ("best", ("18", "10"), "98", []),
            ("best", ("18", None), "98", []),
            ("best", ("18", "10"), "108", ["PF708"]),
            ("best", ("18", "10"), "90", ["PF708"]),
            ("first", ("18", "10"), "98", []),
            # A person chooses, and the total says which one.
            ("judge", ("18", "10"), "98", []),
            ("judge", ("18", "10"), "90", []),
            ("judge", (None, "10"), "90", []),
            ("judge", ("18", "10"), "108", ["PF708"]),
        ],
    )
    def test_the_audit_counts_one_of_them(
        self, take: str, printed: tuple[str | None, ...], total: str, told: list[str]
    ) -> None:
        found = whole(_RATIO, terms=f"total: 100\neither:\n  - {{names: [甲, 乙], take: {take}}}\n")
        rows: list[dict[str, Any]] = [
            {"name": name, "target": "≥10件", "actual": actual, "points": points, "published_score": score}
            for name, actual, points, score in zip(
                "丙甲乙", ("10件", "9件", "5件"), ("80", "20", "20"), ("80", *printed), strict=True
            )
        ]
        one = form(*rows).model_copy(update={"published_total": total, "published_points": "100"})
        codes = [f.code for f in audit(one, ruleset=found) if f.code not in {"PF726", "PF731"}]
        assert codes == told


class TestBlocks:
    def test_the_blocks_of_sichuan_in_2017(self) -> None:
        """A7: 部门 决策 25 / 综合管理 30 / 绩效 45; points only."""
        terms = (
            "total: 100\nblocks:\n  - {name: 决策, points: 25}\n  - {name: 综合管理, points: 30}\n"
            "  - {name: 绩效, points: 45}\n"
        )
        rows = [
            {"path": [name], "name": name, "target": "有效", "actual": "有效", "points": points, "decision": given}
            for name, points, given in (("决策", "25", "23"), ("综合管理", "30", "27"), ("绩效", "45", "45"))
        ]
        assert totals(whole(_JUDGED, terms=terms), form(*rows)) == ("95", "100")
        rows[0]["points"] = "24"
        assert "PF770" in {one.code for one in audit(form(*rows), ruleset=whole(_JUDGED, terms=terms))}

    def test_the_blocks_of_yueyang_as_far_as_they_were_read(self) -> None:
        """A1: 投入 15 (预算配置 15) · 过程 40 (15 and 15, rest 10 not seen) · 产出/效果 45 (by difference)."""
        terms = load_ruleset("cn-hn-430600/department", on="2018-12-31").edition.terms
        read = {one.name: (str(one.points), str(one.unstated)) for one in terms.get("blocks")}
        assert read == {"投入": ("15", "None"), "过程": ("40", "10")}
        parts = {part.name: str(part.points) for one in terms.get("blocks") for part in one.parts}
        assert parts == {"预算配置": "15", "预算执行": "15", "预算管理": "15"}
        assert (str(terms.get("total")), str(terms.get("unstated"))) == ("100", "45")

    def test_weights_of_which_a_part_is_not_stated(self) -> None:
        """B2: 成本指标10分、产出指标30分、效益指标25分、满意度指标5分; the other 30 are not stated."""
        shipped = load_ruleset("cn-ha/project", on="2024-12-31").edition.terms
        points = {block.name: str(block.points) for block in shipped.get("blocks")}
        assert points == {"成本指标": "10", "产出指标": "30", "效益指标": "25", "满意度指标": "5"}
        assert (str(shipped.get("total")), str(shipped.get("unstated"))) == ("100", "30")

    def test_an_execution_rate_that_is_an_ordinary_indicator(self) -> None:
        """B3: 决策 10, 管理 25 (预算执行率 10 as an ordinary indicator row), 产出 30, 效益 35."""
        shipped = load_ruleset("cn-nx-640100/project", on="2021-12-31").edition.terms
        points = {block.name: str(block.points) for block in shipped.get("blocks")}
        assert points == {"决策": "10", "管理": "25", "产出": "30", "效益": "35"}

    def test_two_indicators_of_half_the_weight_each(self) -> None:
        """D2: 两项指标各占50%考核比重; 专项资金明确规定用于扶持中小企业的项目,不适用第二项指标."""
        terms = (
            "total: 100\nnot_applicable: rescale\nrounding: {digits: 2}\nblocks:\n"
            "  - {name: 第一项, points: 100, counts: 50%}\n  - {name: 第二项, points: 100, counts: 50%}\n"
        )
        first = {"path": ["第一项"], "name": "甲", "target": "≥100%", "actual": "90%", "points": "100"}
        second = {"path": ["第二项"], "name": "乙", "target": "≥100%", "actual": "60%", "points": "100"}
        found = whole(_RATIO, terms=terms)
        assert totals(found, form(first, second)) == ("75", "100")
        assert totals(found, form(first, {**second, "target": "不适用", "actual": "不适用"})) == ("90", "100")

    def test_a_qualitative_and_a_quantitative_hundred(self) -> None:
        """D8: 定性 100 (任务完成率达到80%以上。25分), 定量 100 by index."""
        reached = rule(
            'points: 25\ntarget: "≥80%"\nformula: 如果 达标 则 分值 否则 0\n', "name: 任务完成率", "reached"
        ).replace("- id: reached\n", "- id: reached\n  overrides: [通用规则]\n")
        terms = "total: 200\nblocks:\n  - {name: 定性, points: 100}\n  - {name: 定量, points: 100}\n"
        found = whole(_RATIO, _JUDGED, reached, terms=terms)
        for actual, earns in {"80%": "25", "95%": "25", "79.9%": "0"}.items():
            assert str(found.score(name="任务完成率", actual=actual).score) == earns
        rest = {"path": ["定性"], "name": "组织", "target": "有效", "actual": "有效", "points": "75", "decision": "70"}
        index = {"path": ["定量"], "name": "指数", "target": "≥100", "actual": "92", "points": "100"}
        task = {"path": ["定性"], "name": "任务完成率", "actual": "85%"}
        assert totals(found, form(task, rest, index)) == ("187", "200")


class TestXinshao:
    """A2: the sheet of 新邵县 for 2017, as far as it was read."""

    @pytest.mark.parametrize(("actual", "earns"), [("98%", "5"), ("100%", "5"), ("125%", "4"), ("110%", "4.55")])
    def test_the_same_item_is_in_proportion_there(self, actual: str, earns: str) -> None:
        """小于或等于1计5分,否则按比例计分; 岳阳 takes half a point for each percentage point."""
        found = load_ruleset("cn-hn-430522/department", on="2017-12-31")
        assert str(found.score(name="在职人员控制率", actual=actual).score) == earns

    @pytest.mark.parametrize("decision", ["0", "0.5", "1", "1.5", "2"])
    def test_the_points_of_its_checklist(self, decision: str) -> None:
        found = load_ruleset("cn-hn-430522/department", on="2017-12-31")
        assert str(found.score(name="绩效目标合理性", decision=decision).score) == decision
        assert found.score(name="绩效目标合理性", decision="1.2").codes == ("PF523",)

    def test_of_one_item_only_the_points_were_read(self) -> None:
        """目标设定 5 (绩效目标合理性 2, 绩效指标明确性 3): how the three points are given is not in the excerpt."""
        found = load_ruleset("cn-hn-430522/department", on="2017-12-31")
        one = found.score(name="绩效指标明确性")
        assert (one.outcome, str(one.low), str(one.high)) == ("judgement", "0", "3")
        assert str(found.score(name="绩效指标明确性", decision="2").score) == "2"


class TestNotApplicable:
    def test_without_the_item_all_its_points(self) -> None:
        """A3: 100%以下(含)计满分,每超出5%扣2分,扣完为止。没有楼堂馆所项目的部门按满分计算."""
        low, high = (
            f"扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=5%, 扣=2, 零头={part}))" for part in ("进一", "舍去")
        )
        how = f'points: 5\ntarget: "≤100%"\nnot_applicable: full\njudgement:\n  low: {low}\n  high: {high}\n'
        found = rules(how, "name: 新建楼堂馆所面积控制率")
        cells: dict[str, Any] = {"name": "新建楼堂馆所面积控制率", "points": None}
        rows = {"100%": "5", "105%": "3", "110%": "1", "115%": "0", "103%": "[3, 5]", "不适用": "5"}
        assert {one: scored(found, **cells, actual=one) for one in rows} == rows

    def test_nothing_is_taken_off_for_work_that_was_not_planned(self) -> None:
        """D5: 实际完成量/目标任务的比值*该项指标分值; 若实施方案没有该项建设任务的,不扣分."""
        found = rules("not_applicable: full\nformula: 分值 * min(完成率, 1)\n", "name: [新增耕地, 道路]")
        one = form(
            {"name": "新增耕地", "target": "≥200亩", "actual": "150亩", "points": "20"},
            {"name": "道路", "target": "不适用", "actual": "不适用", "points": "10"},
        )
        assert totals(found, one) == ("25", "30")

    def test_the_rest_is_rescaled_to_a_hundred(self) -> None:
        """B5: 对于不适用部分评价对象的评价指标,不考核…,用适用指标得分汇总后按百分制…计分."""
        found = whole(_RATIO, terms="total: 100\nnot_applicable: rescale\nrounding: {digits: 2}\n")
        one = form(
            {"name": "甲", "target": "≥10件", "actual": "9件", "points": "80"},
            {"name": "乙", "target": "不适用", "actual": "不适用", "points": "20"},
        )
        assert totals(found, one) == ("90", "100")


class TestBandsAndWords:
    def test_edges_that_are_not_stated_are_left_to_a_person(self) -> None:
        """D6: 项目投资计划完成率,100%:5分;90-100%:3分;70-90%:1分;70%以下:0分."""
        found = rules(
            """
            points: 5
            target: "≥100%"
            bands:
              of: 完成值
              table:
                - {range: "[100%, +∞)", points: 5}
                - {range: "(90%, 100%)", points: 3}
                - {range: "90%", points: "[1, 3]"}
                - {range: "(70%, 90%)", points: 1}
                - {range: "70%", points: "[0, 1]"}
                - {range: "(-∞, 70%)", points: 0}
            """,
            "name: 项目投资计划完成率",
        )
        rows = {"100%": "5", "99.9%": "3", "90%": "[1, 3]", "80%": "1", "70%": "[0, 1]", "69.9%": "0"}
        given: dict[str, Any] = {"name": "项目投资计划完成率", "points": None}
        assert {one: scored(found, **given, actual=one) for one in rows} == rows

    @pytest.mark.parametrize(
        ("months", "earns"), [("1个月", "10"), ("1.5个月", "[8, 9]"), ("2个月", "[8, 9]"), ("3个月", "PF538")]
    )
    def test_a_range_of_points_for_months(self, months: str, earns: str) -> None:
        """D3: >1个月,≤2个月 9-8."""
        found = rules(
            """
            points: 10
            target: "≤1个月"
            bands:
              of: 完成值
              over: "[0, 2]"
              table:
                - {range: "[0, 1]", points: 10}
                - {range: "(1, 2]", points: "[8, 9]"}
            """,
            "name: 资金拨付时间",
        )
        one = found.score(name="资金拨付时间", actual=months)
        given = f"[{one.low}, {one.high}]" if one.low != one.high else str(one.score)
        assert (one.codes[0] if "PF538" in one.codes else given) == earns

    def test_words_of_half_the_points(self) -> None:
        """D6: words 3/1.5/0."""
        found = rules(
            "points: 3\nlevels:\n  - {level: 好, share: 100%}\n  - {level: 一般, share: 50%}\n"
            "  - {level: 差, share: 0%}\n",
            "name: 组织管理",
        )
        rows = {"好": "3", "一般": "1.5", "差": "0"}
        given: dict[str, Any] = {"name": "组织管理", "target": "好", "points": None}
        assert {one: scored(found, **given, actual=one) for one in rows} == rows

    def test_bands_of_which_the_points_were_not_seen(self) -> None:
        """D2: x<85% | 85%≤x<90% | 90%≤x<95% | 95%≤x<100% | x=100%.

        The page shows the five bands and not what each earns: the rule leaves every band below 100% to a person, and
        no ruleset that is shipped states points for them. That the last one earns all points is the test's own.
        """
        found = rules(
            """
            target: "≥100%"
            bands:
              of: 完成值
              over: "(-∞, 100%]"
              table:
                - {range: "100%", share: 100%}
                - {range: "[95%, 100%)", share: "[0%, 100%]"}
                - {range: "[90%, 95%)", share: "[0%, 100%]"}
                - {range: "[85%, 90%)", share: "[0%, 100%]"}
                - {range: "(-∞, 85%)", share: "[0%, 100%]"}
            """,
            "name: 甲",
        )
        rows = {"100%": "10", "95%": "[0, 10]", "84%": "[0, 10]"}
        assert {one: scored(found, name="甲", actual=one) for one in rows} == rows

    def test_half_a_point_for_each_entry(self) -> None:
        """D7: checklists, 0.5 each."""
        entries = "".join(f"  - {{item: {n}, points: 0.5}}\n" for n in ("①", "②", "③", "④"))
        found = rules(f"checklist:\n{entries}", "name: 贴息材料")
        rows = {"2": "2", "1.5": "1.5", "0": "0", "0.5": "0.5"}
        cells: dict[str, Any] = {"name": "贴息材料", "points": None}
        assert {one: scored(found, **cells, decision=one) for one in rows} == rows
        assert found.score(name="贴息材料", decision="1.2").codes == ("PF523",)

    def test_each_missing_entry_takes_a_point(self) -> None:
        """A5, “三公经费”管理 3: 明确招待标准和招待人数,1分;…每少一项扣1分."""
        found = rules("checklist:\n  - {item: 三公经费管理, points: 3, each: 1}\n", "name: “三公经费”管理")
        rows = {"0项": "3", "1项": "2", "3项": "0", "5项": "0"}
        cells: dict[str, Any] = {"name": "“三公经费”管理", "points": None}
        assert {one: scored(found, **cells, actual=one) for one in rows} == rows

    @pytest.mark.parametrize(("actual", "earns"), [("100%", "6"), ("102%", "4"), ("106%", "0"), ("100.5%", "[5, 6]")])
    def test_one_point_for_each_percentage_point(self, actual: str, earns: str) -> None:
        """A1, “三公经费”控制率: ≦100%,计6分;每超过一个百分点扣1分,扣完为止."""
        found = load_ruleset("cn-hn-430600/department", on="2018-12-31")
        assert scored(found, points=None, name="“三公经费”控制率", actual=actual) == earns

    @pytest.mark.parametrize(("level", "low", "high"), [("100%", "80", "100"), ("80%", "60", "80"), ("60%", "0", "60")])
    def test_three_levels_of_a_footnote(self, level: str, low: str, high: str) -> None:
        """B5, 中江: 100-80%(含80%)、80-60%(含60%)、60-0%合理确定得分."""
        words = {"100%": "达成", "80%": "部分达成", "60%": "未达成"}
        found = rules(
            'rounding: {digits: 1}\nlevels:\n  - {level: 达成, share: "[80%, 100%]"}\n'
            '  - {level: 部分达成, share: "[60%, 80%)"}\n  - {level: 未达成, share: "[0%, 60%)"}\n'
        )
        one = found.score(target="有效", actual=words[level], points="100")
        edge = {"100": "100", "80": "79.9", "60": "59.9"}[high]
        assert (str(one.low), str(one.high)) == (low, edge)

    def test_a_budget_of_zero_earns_nothing(self) -> None:
        """B7, 池州: budget 0, and 0 of 10 printed."""
        found = rules("formula: 如果 预算数 = 0 则 0 否则 分值 * min(执行率, 1)\n", "row: budget")
        line = {"label": "年度资金总额", "budget": "0", "expenditure": "0", "points": "10"}
        assert [str(one.score) for one in found.score_form(form(budget=[line])).budget] == ["0"]


class TestShipped:
    def test_levels_and_weights_of_hubei(self) -> None:
        """B1: 预算执行情况20分,产出指标40分、效益指标40分; three levels 100–80 %, [50 %, 80 %), 50–0 %."""
        found = load_ruleset("cn-hb/project", on="2020-12-31")
        points = {block.name: str(block.points) for block in found.edition.terms.get("blocks")}
        assert {name: points[name] for name in ("预算执行", "产出指标", "效益指标")} == {
            "预算执行": "20",
            "产出指标": "40",
            "效益指标": "40",
        }
        words = {
            "达成预期指标": ("8", "10"),
            "部分达成预期指标并具有一定效果": ("5", "7.99"),
            "未达成预期指标且效果较差": ("0", "4.99"),
        }
        for word, (low, high) in words.items():
            one = found.score(target="有效", actual=word, points="10")
            assert (str(one.low), str(one.high)) == (low, high), word

    def test_a_list_of_words_as_the_target(self) -> None:
        """B4, 大英: 指标值 优良中低差, 完成值 优 → 10 of 10."""
        found = load_ruleset("cn-sc/project", on="2023-12-31")
        assert str(found.score(comparator="定性", target="优良中低差", actual="优", points="10").score) == "10"

    @pytest.mark.parametrize(
        ("spent", "note", "codes"), [("89", None, ["PF738"]), ("89", "招标推迟", []), ("95", None, [])]
    )
    def test_a_rate_below_ninety_has_to_be_explained(self, spent: str, note: str | None, codes: list[str]) -> None:
        """B4: 预算执行率未达到90%的需说明原因; a missing explanation is a finding and costs no points."""
        line = {"label": "总额", "initial": "100", "budget": "100", "expenditure": spent, "points": "10", "note": note}
        one = form(budget=[line])
        assert [found.code for found in audit(one, ruleset="cn-sc/project") if found.code == "PF738"] == codes
        assert str(load_ruleset("cn-sc/project").score_form(one).budget[0].score) == {"89": "8.9", "95": "9.5"}[spent]

    @pytest.mark.parametrize(
        ("initial", "note", "codes"),
        [("100", None, ["PF738"]), ("120", None, ["PF738"]), ("100", "追加设备", []), ("110", None, [])],
    )
    def test_an_adjusted_budget_has_to_be_explained(self, initial: str, note: str | None, codes: list[str]) -> None:
        """B4: 年中发生预算调整的（追加或调减），应单独说明理由."""
        line = {
            "label": "总额",
            "initial": initial,
            "budget": "110",
            "expenditure": "110",
            "points": "10",
            "note": note,
        }
        found = audit(form(budget=[line]), ruleset="cn-sc/project")
        assert [one.code for one in found if one.code == "PF738"] == codes


class TestTotals:
    @pytest.mark.parametrize(
        ("score", "grade"), [("90", "优"), ("89.5", "良"), ("80", "良"), ("79", "中"), ("60", "中"), ("59.99", "差")]
    )
    def test_grades_without_gaps(self, score: str, grade: str) -> None:
        """B6: 优(90-100分)、良(80-89分)、中(60-79分)、差(0-59分); what lies between two is of the lower one."""
        grades = "".join(
            f"  - {{name: {name}, from: {low}}}\n" for name, low in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
        )
        found = whole(_JUDGED, terms=f"total: 100\ngrades:\n{grades}")
        row = {"name": "甲", "target": "有效", "actual": "有效", "points": "100", "decision": score}
        assert found.score_form(form(row)).grade == grade

    def test_ten_indicators_of_which_the_last_takes_off(self) -> None:
        """D3: 第10项指标为减分指标。最后得分为10项指标得分之和."""
        last = rule('adjusts: "[-5, 0]"\ntarget: "≤0起"\nformula: -min(5, max(0, 完成值))\n', "name: 违规违纪", "off")
        rows = [{"name": f"第{n}项", "target": "≥10", "actual": "9", "points": "10"} for n in range(9)]
        found = whole(_RATIO, last, terms="total: 90\n")
        assert totals(found, form(*rows, {"name": "违规违纪", "actual": "2起", "points": "-5"})) == ("79", "90")

    def test_levels_with_edges_of_the_row_itself(self) -> None:
        """B5, unnamed: “项目管理”(60分)和“项目绩效”(40分); four levels per indicator."""
        graded = rule(
            "thresholds:\n  - {level: 优, share: 100%}\n  - {level: 良, share: 80%}\n  - {level: 中, share: 60%}\n"
            "  - {level: 差, share: 0%}\n",
            "row: graded",
        )
        terms = "total: 100\nblocks:\n  - {name: 项目管理, points: 60}\n  - {name: 项目绩效, points: 40}\n"
        edges = {"优": "100%", "良": "90%", "中": "85%"}
        rows = [
            {"path": [block], "name": block, "thresholds": edges, "actual": actual, "points": points}
            for block, actual, points in (("项目管理", "100%", "60"), ("项目绩效", "92%", "40"))
        ]
        assert totals(whole(graded, terms=terms), form(*rows)) == ("92", "100")
