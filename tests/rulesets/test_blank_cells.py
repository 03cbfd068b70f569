"""A rule for indicators of a name or under a heading asks only for the cells by which it scores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pfscore.checking.check import check_text
from pfscore.foundation.diagnostics import Severity
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import form, loaded, rule, rules, scored, text
from tests.tables import each

_BANDS = """
points: 5
bands:
  of: 完成值
  over: "[0, 8%)"
  table:
    - {range: "[0, 4%)", points: 5}
    - {range: "[4%, 8%)", points: "[3, 4]"}
"""
_WORDS = "points: 3\nlevels:\n  - {level: 好, share: 100%}\n  - {level: 一般, share: 50%}\n  - {level: 差, share: 0%}\n"
_RANK = "points: 20\nformula: 扣完为止(分值, (名次 - 1) * 0.25)\n"
_JUDGED = 'points: 10\njudgement: {share: "[0%, 100%]"}\n'
_BONUS = 'adjusts: "[0, 3]"\njudgement: {low: 0, high: 3}\n'
_CAPPED = 'adjusts: "[0, 5]"\nformula: min(5, 完成值 * 2)\n'


def earned(how: str, **cells: Any) -> str:
    return scored(rules(how, "name: 甲"), name="甲", points=None, **cells)


class TestTargets:
    @each("target", [None, "", "—", "/", "按评分标准执行", "每项加1分，最多加5分，扣3分为止"])
    @each(
        ("how", "actual", "earns"),
        [
            *((_BANDS, "3%", "5"), (_BANDS, "5%", "[3, 4]"), (_WORDS, "好", "3"), (_WORDS, "一般", "1.5")),
            *((_CAPPED, "2项", "4"), (_CAPPED, "7项", "5"), (_CAPPED, "0项", "0")),
        ],
    )
    def test_what_does_not_use_the_target_needs_none(
        self, target: str | None, how: str, actual: str, earns: str
    ) -> None:
        assert earned(how, target=target, actual=actual) == earns

    def test_what_uses_it_needs_one(self) -> None:
        for how in ("formula: 分值 * min(完成率, 1)", "formula: 如果 达标 则 分值 否则 0"):
            assert earned(f"points: 5\n{how}\n", actual="3%") == "[0, 5]"
        assert earned(_BANDS.replace("of: 完成值", "of: 完成率"), actual="3%") == "[0, 5]"

    def test_a_target_that_is_there_is_compared(self) -> None:
        one = rules(_BANDS, "name: 甲").score(name="甲", target="≤4%", actual="5%")
        assert (one.met, str(one.low), str(one.high)) == (False, "3", "4")

    @pytest.mark.parametrize(("actual", "code"), [("290$", "PF307"), ("", "PF511"), ("9%", "PF538")])
    def test_an_actual_that_is_no_number_stays_open(self, actual: str, code: str) -> None:
        assert code in rules(_BANDS, "name: 甲").score(name="甲", actual=actual).codes

    def test_damage_is_refused_all_the_same(self) -> None:
        one = rules(_BANDS, "name: 甲").score(name="甲", target="≥**人", actual="5%")
        assert one.outcome == "refused"


class TestWordsInPlaceOfANumber:
    """90%（含）以上得10分…；未开展满意度调查的不得分."""

    _NUMBER = rule(
        'points: 10\nbands:\n  of: 完成值\n  table:\n    - {range: "[90%, +∞)", points: 10}\n'
        '    - {range: "(-∞, 90%)", points: 6}\n',
        "name: 满意度",
        "number",
    )
    _NONE = rule(
        'points: 10\nlevels:\n  - {level: 未开展调查, share: 0%}\n  - {level: 其他, share: "[0%, 100%]"}\n',
        "name: 满意度\nactual: 文字",
        "none",
    ).replace("- id: none\n", "- id: none\n  overrides: [number]\n")

    @each("target", [None, "≥90%", "/"])
    @each(("actual", "earns"), [("92%", "10"), ("70%", "6"), ("未开展调查", "0"), ("见调查报告", "[0, 10]")])
    def test_each_has_its_rule(self, target: str | None, actual: str, earns: str) -> None:
        found = Rules((loaded(text(self._NUMBER + self._NONE)),), on=date(2023, 12, 31))
        assert scored(found, points=None, name="满意度", target=target, actual=actual) == earns


class TestActuals:
    @pytest.mark.parametrize(("rank", "earns"), [("1", "20"), ("3", "19.5"), ("81", "0")])
    def test_a_rank_needs_neither(self, rank: str, earns: str) -> None:
        """D3: 按排位打分,每位次按0.25分递减."""
        assert earned(_RANK, rank=rank) == earns

    def test_without_a_rank_it_is_asked_for(self) -> None:
        assert rules(_RANK, "name: 甲").score(name="甲").codes == ("PF529",)

    @pytest.mark.parametrize(
        ("how", "decision", "earns"), [(_JUDGED, "7.5", "7.5"), (_BONUS, "2", "2"), (_BONUS, "0", "0")]
    )
    def test_a_person_decides_without_cells(self, how: str, decision: str, earns: str) -> None:
        assert earned(how, decision=decision) == earns

    @pytest.mark.parametrize(("how", "earns"), [(_JUDGED, "[0, 10]"), (_BONUS, "[0, 3]")])
    def test_what_nobody_decided_is_a_persons(self, how: str, earns: str) -> None:
        one = rules(how, "name: 甲").score(name="甲")
        assert (one.outcome, f"[{one.low}, {one.high}]") == ("judgement", earns)

    def test_a_blank_actual_may_count_for_nothing(self) -> None:
        found = rules(_JUDGED + "missing: zero\n", "name: 甲")
        assert [str(found.score(name="甲", **cells).score) for cells in ({}, {"decision": "4"})] == ["0", "4"]

    def test_a_heading_is_enough(self) -> None:
        """综合得分=部门自评得分×40%+财政复核得分×60%."""
        terms = (
            "total: 100\nblocks:\n  - {name: 部门自评, points: 100, counts: 40%}\n"
            "  - {name: 财政复核, points: 100, counts: 60%}\n"
        )
        found = rules('judgement: {share: "[0%, 100%]"}\n', "block: [部门自评, 财政复核]", terms)
        rows = [
            {"path": [name], "name": name, "points": "100", "decision": given}
            for name, given in (("部门自评", "95"), ("财政复核", "80"))
        ]
        sheet = found.score_form(form(*rows))
        assert (str(sheet.total), str(sheet.full)) == ("86", "100")

    def test_a_rule_for_every_row_is_none_for_blank_ones(self) -> None:
        found = rules('judgement: {share: "[0%, 100%]"}\n')
        assert found.score(name="甲", points="10", decision="7").outcome == "missing"


class TestChecks:
    def _said(self, how: str, examples: str) -> list[str]:
        found = check_text(text(rule(f"{how}examples:\n{examples}", "name: 甲")))
        return [one.code for one in found.problems if one.severity is not Severity.NOTE and one.code != "PF243"]

    def test_such_rules_are_proved_whatever_the_target(self) -> None:
        assert self._said(_CAPPED, "  - {actual: 3项, score: 5}\n  - {actual: 1项, score: 2}\n") == []
        assert self._said(_RANK, "  - {rank: 1, score: 20}\n  - {rank: 2, score: 19.75}\n") == []
        assert self._said(_BONUS, "  - {decision: 3, score: 3}\n  - {decision: 1, score: 1}\n") == []

    def test_what_leaves_the_points_is_refuted(self) -> None:
        how = "points: 5\nformula: 完成值 * 2\n"
        assert self._said(how, "  - {actual: 2.5项, score: 5}\n  - {actual: 1项, score: 2}\n") == ["PF251"]

    def test_a_negative_target_is_proved_as_it_is(self) -> None:
        """A6: 变动率 (−30 %), 按完成比例计算得分,满分为止."""
        how = 'points: 20\ntarget: "≤-30%"\nformula: 分值 * max(0, min(1, 完成值 / 指标值))\n'
        assert self._said(how, "  - {actual: -30%, score: 20}\n  - {actual: -15%, score: 10}\n") == []

    def test_one_finding_for_several_kinds_of_targets(self) -> None:
        how = 'points: 5\ntarget: "≥100%"\nformula: 如果 完成值 >= 100% 则 5 否则 完成值 * 3\n'
        assert self._said(how, "  - {actual: 100%, score: 5}\n  - {actual: 50%, score: 1.5}\n") == ["PF254"]


def test_rows_in_bulk_are_scored_alike() -> None:
    found: Rules = rules(_CAPPED, "name: 甲")
    rows = [{"name": "甲", "actual": "2项"}, {"name": "乙", "actual": "2项"}] * 3
    assert [str(one.score) for one in found.score_many(rows)] == ["4", "None"] * 3
