"""Indicators that add to the total or take points off it, and blocks that count with a share of their score."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.checking.check import check_ruleset
from pfscore.forms.form import Form
from pfscore.foundation.errors import RulesetError
from pfscore.report.sheet_text import sheet_text
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import form, loaded, rule, rules, text

_DAY = "2023-12-31"
DAY = date.fromisoformat(_DAY)


def sheet(found: Rules, *rows: dict[str, Any]) -> Any:
    return found.score_form(form(*rows))


def two(first: str, second: str, terms: str = "total: 20") -> Rules:
    return Rules((loaded(text(first + second, terms)),), on=DAY)


_RATIO = rule("formula: 分值 * min(完成率, 1)\n", 'comparator: ["≥"]', "ratio")
_DONE = {"name": "工作量", "target": "≥10件", "actual": "9件", "points": "20"}
_TAKES_OFF = rule(
    'adjusts: "[-10, 0]"\ntarget: "≤0例"\nformula: -min(10, 完成值 * 2)\n', "name: 违规情况", "violations"
)
_ADDS = rule('adjusts: "[0, 5]"\ntarget: "≥0项"\nformula: min(5, 完成值)\n', "name: 创新加分", "bonus").replace(
    "- id: bonus\n", "- id: bonus\n  overrides: [通用规则]\n"
)


class TestTotals:
    @pytest.mark.parametrize(
        ("actual", "score", "total"),
        [("0例", "0", "18"), ("1例", "-2", "16"), ("5例", "-10", "8"), ("9例", "-10", "8")],
    )
    def test_points_are_taken_off_the_total(self, actual: str, score: str, total: str) -> None:
        """D3: 第10项指标为减分指标。最后得分为10项指标得分之和."""
        found = sheet(two(_RATIO, _TAKES_OFF), _DONE, {"name": "违规情况", "actual": actual})
        assert (str(found.indicators[1].score), str(found.total), str(found.full)) == (score, total, "20")

    @pytest.mark.parametrize(("actual", "total"), [("0项", "18"), ("3项", "21"), ("8项", "23")])
    def test_points_are_added_up_to_a_cap(self, actual: str, total: str) -> None:
        """D5: a bonus of 5."""
        found = sheet(two(_RATIO, _ADDS), _DONE, {"name": "创新加分", "actual": actual, "points": "5"})
        assert (str(found.total), str(found.full)) == (total, "20")
        assert found.diagnostics == ()

    @pytest.mark.parametrize(
        ("actual", "score"), [("12%", "2"), ("30%", "3"), ("10%", "0"), ("6%", "-2"), ("0%", "-5"), ("-3%", "-5")]
    )
    def test_an_adjustment_goes_both_ways(self, actual: str, score: str) -> None:
        """D4: 基础分 + 调整指标; 低于增幅的按比例减分.

        The digits of the page are lost: that there is a most to add and a most to take off was read, and not how many
        points. The range, the slope and the target are the test's own; no ruleset that is shipped states them.
        """
        found = rules(
            'adjusts: "[-5, 3]"\ntarget: "≥10%"\n'
            "formula: 如果 达标 则 min(3, (完成值 - 指标值) * 100) 否则 -min(5, (指标值 - 完成值) / 指标值 * 5)\n",
            "name: 投入增幅",
        )
        assert str(found.score(name="投入增幅", actual=actual).score) == score

    def test_what_is_not_filled_in_stays_open(self) -> None:
        found = sheet(two(_RATIO, _TAKES_OFF), _DONE, {"name": "违规情况"})
        assert (str(found.low), str(found.high)) == ("8", "18")

    def test_a_row_that_does_not_apply_adjusts_nothing(self) -> None:
        found = sheet(two(_RATIO, _TAKES_OFF), _DONE, {"name": "违规情况", "target": "不适用", "actual": "不适用"})
        assert str(found.total) == "18"

    def test_the_sum_reads_as_people_write_it(self) -> None:
        found = sheet(two(_RATIO, _TAKES_OFF), _DONE, {"name": "违规情况", "actual": "2例"})
        assert found.total_steps == ("18 - 4 = 14 / 20",)
        assert found.indicators[1].in_words() == "-4 分（加减分 [-10, 0]）"
        assert found.indicators[1].in_words("en") == "-4 points (an adjustment of [-10, 0])"


class TestOtherWays:
    def test_a_checklist_counts_from_the_worst(self) -> None:
        found = rules('adjusts: "[-3, 0]"\nchecklist:\n  - {item: 没有违规, points: 3, each: 1}\n', "name: 违规")
        given = {one: str(found.score(name="违规", actual=one).score) for one in ("0例", "1例", "2例", "7例")}
        assert given == {"0例": "0", "1例": "-1", "2例": "-2", "7例": "-3"}

    def test_a_person_may_take_points_off(self) -> None:
        found = rules('adjusts: "[-3, 0]"\njudgement: {share: "[0%, 100%]"}\n', "name: 违规")
        one = found.score(name="违规", target="有效", actual="较好", decision="-2")
        assert (str(one.score), one.codes) == ("-2", ())
        assert found.score(name="违规", target="有效", actual="较好", decision="1").codes == ("PF523",)

    def test_bands_have_negative_points(self) -> None:
        found = rules(
            """
            adjusts: "[-4, 2]"
            target: "≤10%"
            bands:
              of: 完成值
              table:
                - {range: "(-∞, 5%]", points: 2}
                - {range: "(5%, 10%]", points: 0}
                - {range: "(10%, +∞)", points: "[-4, -1]"}
            """,
            "name: 结转率",
        )
        assert str(found.score(name="结转率", actual="3%").score) == "2"
        one = found.score(name="结转率", actual="20%")
        assert (str(one.low), str(one.high)) == ("-4", "-1")

    @pytest.mark.parametrize("points", ["10", "-10", "−10", "", "—"])
    def test_forms_print_the_points_in_several_ways(self, points: str) -> None:
        one = two(_RATIO, _TAKES_OFF).score(name="违规情况", actual="1例", points=points)
        assert (str(one.score), one.codes) == ("-2", ())

    def test_other_points_than_the_rulesets_are_told(self) -> None:
        one = two(_RATIO, _TAKES_OFF).score(name="违规情况", actual="1例", points="8")
        assert (str(one.score), one.codes) == ("-2", ("PF533",))


class TestErrors:
    @pytest.mark.parametrize(
        ("how", "code", "said"),
        [
            ('adjusts: "[1, 5]"\nformula: 分值', "PF207", "加减分的区间 “[1, 5]” 应当两端都写、都含在内，并且包含 0"),
            ('adjusts: "[-5, 0)"\nformula: 分值', "PF207", "加减分的区间 “[-5, 0)” 应当两端都写、都含在内，并且包含 0"),
            (
                'points: 5\nadjusts: "[0, 5]"\nformula: 分值',
                "PF208",
                "加减分指标的分值就是 adjusts 的区间，不再写 points",
            ),
            (
                'adjusts: "[0, 5]"\nchecklist:\n  - {item: 甲, points: 4}',
                "PF219",
                "核对表合计 4 分，与加减分的区间 [0, 5] 的长度不符",
            ),
            (
                'bands:\n  of: 完成率\n  table:\n    - {range: "(-∞, +∞)", points: -3}',
                "PF205",
                "得分 [-3, -3] 是负数",
            ),
        ],
    )
    def test_what_is_wrong_is_told_at_its_place(self, how: str, code: str, said: str) -> None:
        with pytest.raises(RulesetError) as caught:
            loaded(text(rule(how + "\n", "name: 甲")))
        (problem,) = caught.value.diagnostics
        assert (problem.code, problem.message.zh) == (code, said)
        assert problem.span is not None
        assert problem.span.line > 14

    def test_it_is_for_indicators_of_certain_names(self) -> None:
        with pytest.raises(RulesetError) as caught:
            loaded(text(rule('adjusts: "[0, 5]"\nformula: min(5, 完成值)\n', 'comparator: ["≥"]')))
        assert [one.code for one in caught.value.diagnostics] == ["PF236"]


class TestProofs:
    def _checked(self, tmp_path: Any, how: str) -> Any:
        examples = "steps: 每例\nexamples:\n  - {actual: 0例, score: 0}\n  - {actual: 1例, score: -2}\n"
        path = tmp_path / "demo.yaml"
        path.write_text(text(rule(how + examples, "name: 违规情况", "violations")), encoding="utf-8")
        return check_ruleset(path)

    def test_the_range_is_proved(self, tmp_path: Any) -> None:
        found = self._checked(tmp_path, 'adjusts: "[-10, 0]"\ntarget: "≤0例"\nformula: -min(10, max(0, 完成值 * 2))\n')
        assert [one.code for one in found.problems if one.severity.value == "error"] == []
        assert all(run.passed for run in found.runs)
        said = "；".join(proof.said() for proof in found.proofs)
        assert "加减分在 [-10, 0] 之内" in said
        assert "达标就得满分" not in said

    def test_a_formula_that_leaves_the_range_is_refuted(self, tmp_path: Any) -> None:
        found = self._checked(tmp_path, 'adjusts: "[-10, 0]"\ntarget: "≤0例"\nformula: -max(0, 完成值 * 2)\n')
        problem = next(one for one in found.problems if one.code == "PF251")
        assert "会超出加减分的区间 [-10, 0]" in problem.message.zh
        assert "→ -1" in problem.message.zh, problem.message.zh


class TestShares:
    _TERMS = """
        total: 100
        blocks:
          - {name: 定性评价, points: 100, counts: 40%}
          - {name: 定量评价, points: 100, counts: 60%}
    """

    def _rows(self, first: str, second: str) -> list[dict[str, Any]]:
        return [
            {"path": ("定性评价",), "name": "甲", "target": "≥10件", "actual": first, "points": "100"},
            {"path": ("定量评价",), "name": "乙", "target": "≥10件", "actual": second, "points": "100"},
        ]

    def _rules(self) -> Rules:
        return two(_RATIO, "", self._TERMS)

    def test_a_block_counts_with_a_share_of_its_score(self) -> None:
        found = sheet(self._rules(), *self._rows("9件", "5件"))
        assert (str(found.total), str(found.full), found.diagnostics) == ("66", "100", ())
        assert found.total_steps == ("90 * 40% + 50 * 60% = 66 / 100",)

    def test_shares_have_to_make_up_the_total(self) -> None:
        with pytest.raises(RulesetError) as caught:
            loaded(text(_RATIO, self._TERMS.replace("60%", "50%")))
        assert [one.code for one in caught.value.diagnostics] == ["PF219"]

    @pytest.mark.parametrize("counts", ["0", "120%"])
    def test_a_share_is_a_part(self, counts: str) -> None:
        with pytest.raises(RulesetError) as caught:
            loaded(text(_RATIO, f"blocks:\n  - {{name: 甲, counts: {counts}}}"))
        assert [one.code for one in caught.value.diagnostics] == ["PF230"]

    def test_the_audit_adds_up_with_the_shares(self) -> None:
        rows = [
            {**row, "published_score": one, "note": "疫情影响"}
            for row, one in zip(self._rows("9件", "5件"), ("90", "50"), strict=True)
        ]
        told = {
            total: [one.code for one in audit(form_of(rows, total), ruleset=self._rules())] for total in ("66", "140")
        }
        assert told["66"] == []
        assert "PF708" in told["140"]


def form_of(rows: list[dict[str, Any]], total: str) -> Form:
    return Form.model_validate({"title": "表", "year": 2023, "indicators": rows, "published_total": total})


class TestAudits:
    def test_a_printed_adjustment_is_no_finding(self) -> None:
        rows = [
            {**_DONE, "published_score": "18", "note": "疫情影响"},
            {"name": "违规情况", "actual": "2例", "points": "-10", "published_score": "-4", "note": "案件未结"},
        ]
        assert [one.code for one in audit(form_of(rows, "14"), ruleset=two(_RATIO, _TAKES_OFF))] == []

    def test_another_one_is(self) -> None:
        rows = [
            {**_DONE, "published_score": "18", "note": "疫情影响"},
            {"name": "违规情况", "actual": "2例", "points": "-10", "published_score": "-3", "note": "案件未结"},
        ]
        found = audit(form_of(rows, "15"), ruleset=two(_RATIO, _TAKES_OFF))
        assert [one.code for one in found] == ["PF720", "PF709"]
        assert found[0].computed == "-4"


def test_an_adjustment_that_takes_nothing_off_is_not_listed_as_lost() -> None:
    found = sheet(two(_RATIO, _TAKES_OFF), {**_DONE, "actual": "10件"}, {"name": "违规情况", "actual": "0例"})
    assert [row.is_full for row in found.indicators] == [True, True]
    assert "未得满分" not in sheet_text(found, form({**_DONE, "actual": "10件"}, {"name": "违规情况", "actual": "0例"}))


def test_an_addition_is_not_listed_as_lost() -> None:
    rows = {**_DONE, "actual": "10件"}, {"name": "创新加分", "actual": "2项"}
    assert "未得满分" not in sheet_text(sheet(two(_RATIO, _ADDS), *rows), form(*rows))


class TestBoundsOnSums:
    """获国家级表彰每项加2分，获省级表彰每项加1分，累计加分不超过3分；各类通报累计扣分不超过4分."""

    _RULES = "".join(
        rule(f'adjusts: "{within}"\nformula: {how}\n', f"name: {name}", key)
        for name, key, within, how in (
            ("国家级表彰", "nation", "[0, 10]", "min(10, 完成值 * 2)"),
            ("省级表彰", "province", "[0, 10]", "min(10, 完成值)"),
            ("省级通报", "criticised", "[-10, 0]", "-min(10, 完成值 * 3)"),
        )
    )
    _DONE = rule("formula: 分值 * min(完成率, 1)\n", 'comparator: ["≥"]\nblock: 产出', "ratio")

    def _rules(self, bounds: str) -> Rules:
        return Rules((loaded(text(self._RULES + self._DONE, f"total: 20\nadjustments:\n{bounds}")),), on=DAY)

    @staticmethod
    def _rows(*given: tuple[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [{"path": ["加减分", heading], "name": name} for heading, name in _PLACES]
        for row, (_, actual) in zip(rows, given, strict=True):
            row["actual"] = actual
        return [{**_DONE, "path": ["产出"]}, *rows]

    @pytest.mark.parametrize(
        ("bounds", "given", "total"),
        [
            ('  - {within: "[-4, 3]"}', ("1项", "0项", "0次"), "20"),
            ('  - {within: "[-4, 3]"}', ("1项", "5项", "0次"), "21"),
            ('  - {within: "[-4, 3]"}', ("1项", "5项", "1次"), "21"),
            ('  - {within: "[-4, 3]"}', ("0项", "0次", "3次"), "14"),
            ('  - {names: [国家级表彰, 省级表彰], within: "[0, 3]"}', ("1项", "5项", "1次"), "18"),
            ('  - {names: 加分, within: "[0, 3]"}\n  - {names: 扣分, within: "[-4, 0]"}', ("9项", "9项", "9次"), "17"),
            ('  - {within: "(-∞, 3]"}', ("0项", "0项", "3次"), "9"),
        ],
    )
    def test_the_sum_is_bounded(self, bounds: str, given: tuple[str, ...], total: str) -> None:
        found = sheet(self._rules(bounds), *self._rows(*zip("abc", given, strict=True)))
        assert [one.in_words() for one in found.indicators if one.score is None] == []
        assert (str(found.total), str(found.full)) == (total, "20")
        assert type(found).model_validate_json(found.model_dump_json()) == found

    def test_it_is_shown_in_the_sum(self) -> None:
        found = sheet(self._rules('  - {within: "[-4, 3]"}'), *self._rows(("", "1项"), ("", "5项"), ("", "0次")))
        assert found.total_steps == ("18 + (2 + 5 + 0 → 3) = 21 / 20",)

    def test_what_is_open_is_bounded_too(self) -> None:
        rows = self._rows(("", "1项"), ("", ""), ("", "0次"))
        found = sheet(self._rules('  - {within: "[-4, 3]"}'), *rows)
        assert (str(found.low), str(found.high)) == ("20", "21")

    def test_the_audit_adds_up_as_the_rules_do(self) -> None:
        rows = self._rows(("", "1项"), ("", "5项"), ("", "0次"))
        for row, score in zip(rows, ("18", "2", "5", "0"), strict=True):
            row["published_score"] = score
        found = self._rules('  - {within: "[-4, 3]"}')
        one = form(*rows)
        right = audit(one.model_copy(update={"published_total": "21"}), ruleset=found)
        assert [f.code for f in right if f.code in {"PF708", "PF709"}] == []
        (wrong,) = [
            f for f in audit(one.model_copy(update={"published_total": "25"}), ruleset=found) if f.code == "PF708"
        ]
        assert (wrong.computed, wrong.evidence[0].zh) == ("21", "18 + 2 + 5 + 0 - 4 = 21")

    @pytest.mark.parametrize(
        ("printed", "total", "computed"),
        [
            # What is wrong is beyond the bound either way: 2 + 5 and 2 + 4 both count as 3.
            (("18", "2", "4", "0"), "21", None),
            (("17", "2", "4", "0"), "20", "21"),
            (("18", "2", "0", "0"), "20", "21"),
            (("18", "2", "5", "-3"), "21", None),
            (("18", "0", "0", "-9"), "14", "16"),
        ],
    )
    def test_a_corrected_total_is_bounded_too(self, printed: tuple[str, ...], total: str, computed: str | None) -> None:
        rows = self._rows(("", "1项"), ("", "5项"), ("", "3次" if printed[3] == "-9" else "0次"))
        for row, score in zip(rows, printed, strict=True):
            row["published_score"] = score
        found = self._rules('  - {within: "[-4, 3]"}')
        one = form(*rows).model_copy(update={"published_total": total})
        told = {one.code: one.computed for one in audit(one, ruleset=found) if one.code in {"PF708", "PF709"}}
        assert told == ({} if computed is None else {"PF709": computed})

    @pytest.mark.parametrize(
        ("bounds", "code", "said"),
        [
            ('  - {within: "[1, 3]"}', "PF207", "合计的区间 “[1, 3]” 应当包含 0"),
            ('  - {within: "[0, 3)"}', "PF207", "合计的区间 “[0, 3)” 应当包含 0，写了的端点含在内"),
            ('  - {within: "[0, 3]"}\n  - {within: "[-1, 0]"}', "PF231", "“全部加减分指标” 写在两处"),
            ('  - {names: [甲, 乙], within: "[0, 3]"}\n  - {names: 甲, within: "[0, 2]"}', "PF231", "“甲” 写在两处"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_place(self, bounds: str, code: str, said: str) -> None:
        with pytest.raises(RulesetError) as raised:
            self._rules(bounds)
        assert [(one.code, said in one.message.zh) for one in raised.value.diagnostics] == [(code, True)]


#: The headings and names of the rows that adjust the total.
_PLACES = (("加分", "国家级表彰"), ("加分", "省级表彰"), ("扣分", "省级通报"))
