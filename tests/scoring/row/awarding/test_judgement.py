"""What a person decides: within the rule's bounds it settles a row, otherwise it is said not to be used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import pfscore
from tests.forms.rulesets import small

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
WORDS = {"target": "有效", "actual": "较好", "points": "10"}


def judged(**cells: Any) -> pfscore.IndicatorScore:
    return small().score(**{**WORDS, **cells})


def said(one: pfscore.IndicatorScore) -> list[str]:
    return [f"{found.code} {found.message.zh}" for found in one.diagnostics]


def test_open_until_somebody_decides() -> None:
    one = judged()
    assert (one.outcome, one.score, one.low, one.high) == ("judgement", None, 5, 10)


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ({"decision": "5"}, "5"),
        ({"decision": "7.25"}, "7.25"),
        ({"decision": "10分"}, "10"),
        ({"decision": "１０"}, "10"),
        ({"share": "50%"}, "5"),
        ({"share": "85%"}, "8.5"),
        ({"share": "1"}, "10"),
        ({"share": "66.666%"}, "6.67"),
    ],
)
def test_within_the_bounds(cells: dict[str, str], score: str) -> None:
    one = judged(**cells)
    assert (one.outcome, one.score, said(one)) == ("scored", Decimal(score), [])
    assert "评定：由评价人定为" in one.explain()
    assert [step.kind for step in one.trace.walk()].count("decision") >= 1


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"decision": "4.99"}, "PF523 评定的得分 4.99 不在 [5, 10] 之内"),
        ({"decision": "10.01"}, "PF523 评定的得分 10.01 不在 [5, 10] 之内"),
        ({"share": "49%"}, "PF523 评定的比例 49% 不在 [50%, 100%] 之内"),
        ({"decision": "-1"}, "PF510 评定得分“-1”是负数"),
        ({"decision": "90%"}, "PF510 评定得分“90%”是百分数"),
        ({"decision": "八"}, "PF510 评定得分“八”不是数"),
        ({"decision": "1/3"}, "PF510 评定得分“1/3”除不尽"),
        ({"share": "高"}, "PF510 评定比例“高”不是数"),
    ],
)
def test_what_is_not_used_is_said(cells: dict[str, str], message: str) -> None:
    one = judged(**cells)
    assert (one.score, message in said(one)) == (None, True)


@pytest.mark.parametrize("decision", ["", " ", "—", "/"])
def test_a_blank_decision_is_none(decision: str) -> None:
    assert judged(decision=decision) == judged(decision=decision)
    open_row = judged(decision=decision)
    assert (open_row.low, said(open_row)) == (5, ["PF516 完成值“较好”与指标值“有效”无法直接比较"])


def test_a_row_that_no_rule_is_for() -> None:
    row = {"target": "12月底前", "actual": "11月", "points": "10"}
    assert said(small().score(**row)) == [
        "PF513 规则集里没有规则适用于这样的行（指标值 时限；完成值是日期）",
    ]
    one = small().score(**row, decision="8")
    assert (one.outcome, one.score, said(one)) == ("scored", 8, [])
    assert small().score(**row, decision="11").score is None


def test_words_against_a_number() -> None:
    one = SICHUAN.score(target="≥90%", actual="基本满意", points="10", decision="6")
    assert (one.outcome, one.score, said(one)) == ("scored", 6, [])


def test_where_nothing_is_open() -> None:
    row = {"target": "≥100", "actual": "80", "points": "10"}
    assert said(small().score(**row, decision="8")) == []
    one = small().score(**row, decision="9")
    assert (one.score, said(one)) == (8, ["PF523 评定的得分 9 没有采用：按规则得 8 分，不须评定"])
    one = small().score(**row, share="90%")
    assert (one.score, said(one)) == (8, ["PF523 评定的比例 90% 没有采用：按规则得 8 分，不须评定"])


def test_a_decision_does_not_fill_in_a_missing_actual() -> None:
    one = small().score(target="≥100", actual="", points="10", decision="9")
    assert (one.outcome, one.low, one.high) == ("missing", 0, 10)
