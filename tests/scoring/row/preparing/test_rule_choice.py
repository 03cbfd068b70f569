"""Which rule scores a row: by its name, whatever numbering stands before it, its target, and its answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import pfscore
from pfscore.scoring.rules import Rules
from tests.rulesets.ruleset_text import loaded, rule, text

DAY = date(2023, 12, 31)

RULESET = """\
ruleset: cn/names
title: 试算
jurisdiction: CN
kind: project
status: draft
sources:
  - key: 试算
    title: 试算
    issued: 2023
    evidence: text
form:
  - since: 2023
    cite: {source: 试算, at: 通则}
    total: 100
rules:
  - id: named
    title: 按名称
    applies: {name: [培训人数]}
    versions:
      - since: 2023
        cite: {source: 试算, at: 一}
        formula: 分值
"""
NUMBERINGS = "1. 1、 （1） (一) ① ⑴ ★ ☆1. ▲ * # 指标1. 指标1： 指标1 一、 第一、"


@pytest.mark.parametrize("numbering", ["", *NUMBERINGS.split()])
def test_numbering_does_not_matter(numbering: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(RULESET, encoding="utf-8")
    rules = pfscore.load_ruleset(path, on="2023-12-31")
    one = rules.score(name=f"{numbering}培训人数", target="≥5人", actual="6人", points="10")
    assert (one.score, [found.code for found in one.diagnostics]) == (10, [])


ANSWERS = [
    *("80人", "90人", "95人", "80~85人", "91~95人", "85~95人", "-2%", "-3~-2.5%", "90%", "100%", "良好"),
    *("6月5日", "≥95人", "增长2%"),
]
#: By what rules ask for of an answer; the first two ask for the target as well.
ASKED = {
    "percent": "actual: 百分比\ncomparator: 定性",
    "people": "actual: 高于指标值\nunit: 人",
    "below": "actual: 低于指标值",
    "at": "actual: 等于指标值",
    "above": "actual: 高于指标值\nunit: '%'",
    "words": "actual: 同指标值",
    "date": "actual: 日期",
    "bound": "actual: 界限",
}
#: Which answers each of these rules is chosen for; there is none for the others.
CHOSEN = {
    "≥90人": {"below": "80人 80~85人", "at": "90人", "people": "95人 91~95人"},
    "≥-2%": {"below": "-3~-2.5%", "at": "-2%", "above": "90% 100%"},
    "0件": {},
    "良好": {"percent": "-2% 90% 100%", "words": "良好"},
    "80~90人": {},
    "增长-3%": {},
}
#: Targets of which no rule is for a number, or for words, and what is said of a number, words and 100%.
SAID = {
    "≥90件": ("指标值 ≥ 正；完成值是数", "指标值 ≥ 正；完成值是文字", "指标值 ≥ 正；完成值是100%"),
    "0件": ("指标值 无符号 零；完成值是数", "指标值 无符号 零；完成值是文字", "指标值 无符号 零；完成值是100%"),
    "增长-3%": ("指标值 增减 负；完成值是数", "指标值 增减 负；完成值是文字", "指标值 增减 负；完成值是数"),
    "80~90人": ("指标值 区间；完成值是数", "指标值 区间；完成值是文字", "指标值 区间；完成值是100%"),
}


def rules_of(asked: dict[str, str], how: str = "formula: 分值") -> Rules:
    return Rules((loaded(text("".join(rule(how, applies, name) for name, applies in asked.items()))),), on=DAY)


@pytest.mark.parametrize("target", CHOSEN)
def test_kinds_of_answers(target: str) -> None:
    wanted = {"date": "6月5日", "bound": "≥95人", **CHOSEN[target]}
    by_answer = {answer: name for name, answers in wanted.items() for answer in answers.split()}
    found = rules_of(ASKED)
    scores = {answer: found.score(target=target, actual=answer, points="10") for answer in ANSWERS}
    assert {answer: one.rule for answer, one in scores.items()} == {one: by_answer.get(one) for one in ANSWERS}
    codes = {answer: one.codes for answer, one in scores.items() if one.rule is None}
    assert set(codes.values()) == {("PF513",)}


@pytest.mark.parametrize("target", SAID)
def test_a_row_without_a_rule_says_what_it_is(target: str) -> None:
    found = rules_of({"date": "actual: 日期"})
    scores = [found.score(target=target, actual=answer, points="10") for answer in ("95件", "一般", "100%")]
    said = [one.diagnostics[0].message.zh for one in scores]
    assert said == [f"规则集里没有规则适用于这样的行（{words}）" for words in SAID[target]]


def test_several_rules_are_named_in_their_order() -> None:
    found = rules_of({"two": "comparator: ≥", "one": "actual: 数值", "three": "unit: 件"})
    one = found.score(target="≥5件", actual="6件", points="10")
    (problem,) = one.diagnostics
    assert (one.score, one.low, one.high, problem.code) == (None, 0, 10, "PF514")
    assert problem.message.zh == "几条规则同时适用：one、three、two"
    assert [message.zh for message, _ in problem.related] == ["规则 three", "规则 two"]
    assert found.score(target="≤5件", actual="6件", points="10").diagnostics[0].message.zh.endswith("one、three")
    assert found.score(target="≤5人", actual="6人", points="10").rule == "one"


def test_a_rule_that_overrides_another_is_chosen() -> None:
    first, second = rule("formula: 分值", "comparator: ≥", "general"), rule("formula: 分值 / 2", "unit: 件", "own")
    second = second.replace("  versions:", "  overrides: [general]\n  versions:")
    found = Rules((loaded(text(first + second)),), on=DAY)
    rows = (("≥5件", "6件"), ("≥5人", "6人"), ("≤9件", "6件"))
    assert [found.score(target=target, actual=actual, points="10").score for target, actual in rows] == [5, 10, 5]


def test_how_rows_of_a_name_are_treated() -> None:
    parts = (
        rule("formula: 分值\nmissing: zero\nnot_applicable: full", "name: 甲", "first"),
        rule("formula: 分值\nmissing: open", "row: budget", "budget"),
        rule("formula: 分值", "", "general"),
    )
    found = Rules((loaded(text("".join(parts))),), on=DAY)
    missing = [found.score(name=name, target="≥5件", actual="", points="10") for name in ("甲", "乙")]
    assert [(one.low, one.high, one.rule) for one in missing] == [(0, 0, "first"), (0, 10, None)]
    no_case = [found.score(name=name, target="≥5件", actual="不适用", points="10") for name in ("甲", "乙")]
    assert [(one.low, one.high, one.rule) for one in no_case] == [(10, 10, "first"), (None, None, None)]
