"""The four documents, whole: every row's score as published, every total, and where a published figure is wrong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import pfscore
from pfscore.forms.files.reader import load_forms
from pfscore.scoring.rules import load_ruleset
from pfscore.scoring.sheet import Sheet

EXAMPLES = Path(__file__).parents[2] / "examples"


def sheets(name: str) -> list[tuple[pfscore.Form, Sheet]]:
    found = []
    for form in load_forms(EXAMPLES / f"{name}.json"):
        assert form.ruleset is not None
        found.append((form, load_ruleset(form.ruleset).score_form(form)))
    return found


def text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def differences(form: pfscore.Form, sheet: Sheet) -> list[tuple[str, str | None, str | None]]:
    """Every published score that is not the computed one."""
    lines = [(row.label, row.published_score, one.score) for row, one in zip(form.budget, sheet.budget, strict=True)]
    rows = [
        (row.name, row.published_score, one.score) for row, one in zip(form.indicators, sheet.indicators, strict=True)
    ]
    return [
        (name, published, text(score))
        for name, published, score in (*lines, *rows)
        if published is not None and Decimal(published) != score
    ]


def test_luzhou_scores_as_published_but_for_the_one_figure_that_was_cut_off() -> None:
    found = sheets("luzhou-2023")
    assert [text(sheet.total) for _, sheet in found] == ["99.48", "99.66", "100", "97.94", "96.92", "100", "98.26"]
    assert [differences(form, sheet) for form, sheet in found] == [[], [], [], [], [("总额", "8.91", "8.92")], [], []]
    assert {sheet.grade for _, sheet in found} == {"优"}
    assert all(sheet.full == 100 for _, sheet in found)


def test_luzhou_half_finished_row_earns_two_of_four() -> None:
    _, sheet = sheets("luzhou-2023")[4]
    one = sheet.indicators[2]
    assert one.name == "完成信息系统安全等级保护测评"
    assert [one.score, one.points, one.met] == [2, 4, False]


def test_luzhou_explanation_shows_where_the_published_figure_is_wrong() -> None:
    _, sheet = sheets("luzhou-2023")[4]
    explained = sheet.budget[0].explain()
    assert "8.917819…" in explained
    assert "8.92" in explained


@pytest.mark.parametrize("index", [0, 1])
def test_yueyang_earns_98_with_every_row_as_published(index: int) -> None:
    form, sheet = sheets("yueyang-2023")[index]
    assert [sheet.total, sheet.full, sheet.grade] == [98, 100, "优"]
    assert differences(form, sheet) == []
    lost = [(number, one.name) for number, one in enumerate(sheet.indicators, 1) if one.points and one.score == 0]
    assert lost == [(6, "2.住房公积金个贷率控制在60%到80%的区间")]
    assert sheet.indicators[13].outcome is pfscore.Outcome.NOT_APPLICABLE
    assert sheet.problems == ()


def test_yueyang_says_what_it_assumed() -> None:
    _, sheet = sheets("yueyang-2023")[0]
    keys = [[assumption.key for assumption in one.assumptions] for one in sheet.indicators]
    assert keys[0] == ["direction"]
    assert keys[7] == ["answered_percent"]
    assert keys[11] == ["same_words"]
    assert keys[5] == []


def test_wujiang_has_no_points_but_every_deviation() -> None:
    ((form, sheet),) = sheets("suzhou-wujiang-2024")
    assert (sheet.total, sheet.low, sheet.grade) == (None, None, None)
    missed = [number for number, one in enumerate(sheet.indicators, 1) if one.met is False]
    assert missed == [31, 43]
    assert len(form.indicators) == 55
    rates = {row.label: row.execution_rate for row in sheet.budget}
    assert rates["预算总金额"] == Fraction(82420, 83022)


def test_yancheng_states_targets_only() -> None:
    ((_, sheet),) = sheets("yancheng-2022")
    assert {one.outcome for one in sheet.indicators} == {pfscore.Outcome.MISSING}
    assert [diagnostic.code for diagnostic in sheet.diagnostics] == ["PF530"]
    assert sheet.problems == ()
