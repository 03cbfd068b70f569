"""Inference recovers the rules that forms were scored by, up to what their rows cannot tell apart."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.auditing.known_policies import POLICIES, Policy, environment, exact_score
from pfscore.checking.check import check_ruleset
from pfscore.forms.files.reader import load_forms
from pfscore.forms.form import Form, Indicator
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import Rounding, decimal_text, round_to
from pfscore.questions.inference.draft import draft_ruleset
from pfscore.questions.inference.infer import infer
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.rules import load_ruleset
from tests.house.tree import ROOT

SETTINGS = settings(max_examples=30, deadline=None)
OPS = {"higher": "≥", "lower": "≤", "equal": "="}
RULES = [policy for policy in POLICIES if not policy.is_odd and policy.key not in {"always-full", "interval-ratio"}]


@st.composite
def scored_forms(draw: st.DrawFn) -> tuple[Policy, str, Rounding, Form]:
    """Draw a policy, a direction and a rounding, and a form whose rows are scored by them."""
    policy = draw(st.sampled_from(RULES))
    direction = draw(st.sampled_from(sorted(OPS.keys() & policy.directions)))
    mode = draw(st.sampled_from(list(Rounding)))
    rows = []
    for number in range(draw(st.integers(1, 8))):
        target, points = draw(st.integers(10, 1000)), draw(st.integers(2, 20))
        actual = draw(st.integers(1, 2 * target))
        met = {"higher": actual >= target, "lower": actual <= target, "equal": actual == target}[direction]
        found = Comparison(met, direction, Fraction(target), Fraction(actual))  # type: ignore[arg-type]
        exact = exact_score(policy, environment(Fraction(points), found))
        assert exact is not None
        score = min(round_to(exact, 2, mode), Fraction(points))
        cells: dict[str, Any] = {
            "target": f"{OPS[direction]}{target}人",
            "actual": f"{actual}人",
            "points": str(points),
        }
        rows.append(Indicator(name=f"第{number}项", path=("产出指标",), published_score=decimal_text(score), **cells))
    return policy, direction, mode, Form(title="表", year=2023, kind="project", indicators=tuple(rows))


@SETTINGS
@given(drawn=scored_forms())
def test_the_policy_is_among_those_that_explain_every_row(drawn: tuple[Policy, str, Rounding, Form]) -> None:
    policy, _, mode, form = drawn
    (found,) = infer(form).kinds
    assert found.best[0].explained == len(form.indicators)
    assert (
        any(one.policy.key == policy.key and one.mode is mode for one in found.best) or policy.key not in found.policies
    )
    assert policy.key in found.policies


@SETTINGS
@given(drawn=scored_forms())
def test_the_draft_gives_every_published_score(
    drawn: tuple[Policy, str, Rounding, Form], tmp_path_factory: Any
) -> None:
    form = drawn[-1]
    inference = infer(form)
    file = Path(tmp_path_factory.mktemp("draft")) / "draft.yaml"
    file.write_text(draft_ruleset(inference), encoding="utf-8")
    checked = check_ruleset(file)
    assert [problem.render() for problem in checked.of(Severity.ERROR)] == []
    sheet = load_ruleset(file).score_form(form)
    for row, score in zip(form.indicators, sheet.indicators, strict=True):
        published = Fraction(row.published_score or 0)
        assert score.award.low is not None and score.award.high is not None
        # Cells that are implausible, 1人 under ≤999人, leave a row of a form open between what they may mean.
        if inference.kinds[0].chosen is not None and not score.doubts:
            assert score.award.low == score.award.high == published
        else:
            assert score.award.low <= published <= score.award.high


def documents(name: str) -> list[Form]:
    return load_forms(ROOT / "examples" / f"{name}.json")


def test_yueyang_shows_all_or_nothing_for_intervals() -> None:
    found = infer(documents("yueyang-2023")).kind("between")
    assert found is not None and found.chosen is not None
    assert found.policies == ("all-or-nothing",)
    assert (found.chosen.explained, found.informative) == (2, 2)


def test_yueyang_proves_nothing_about_what_was_always_met() -> None:
    inference = infer(documents("yueyang-2023"))
    assert {one.kind.key for one in inference.kinds if one.chosen is None} == {
        "execution-rate", "bare-floor", "cost-bare-ceiling", "answered", "level", "at-most", "at-least",
    }  # fmt: skip
    found = inference.kind("bare-floor")
    assert found is not None
    assert found.said().zh == "没有符号的数，视为下限：8 行都已达标，得满分，未达标时怎样得分，这些行证明不了"


def test_luzhou_shows_ratio_for_equality_and_half_up_with_one_exception() -> None:
    inference = infer(documents("luzhou-2023"))
    equal, execution = inference.kind("equal"), inference.kind("execution-rate")
    assert equal is not None and execution is not None and execution.chosen is not None
    assert equal.policies == ("ratio",)
    assert (execution.policies, execution.chosen.mode) == (("rate",), Rounding.HALF_UP)
    assert [(one.printed.text, one.name) for one in execution.chosen.exceptions] == [("8.91", "总额")]
    assert "信息系统运行维护" in execution.chosen.exceptions[0].form
    assert execution.said().zh == (
        "预算执行：按执行率，四舍五入到 2 位小数（截去尾数、四舍六入五成双解释得一样多），7 行中的 6 行如此，"
        "其中 5 行分得出办法；例外：《部门预算项目支出绩效自评表（2023年度）：住房公积金信息系统运行维护》"
        "总额印作 8.91（算得 8.9178…）"
    )


@pytest.mark.parametrize("document", ["luzhou-2023", "yueyang-2023"])
def test_the_draft_of_a_document_is_accepted(document: str, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(draft_ruleset(infer(documents(document))), encoding="utf-8")
    checked = check_ruleset(file)
    assert [problem.render() for problem in checked.of(Severity.ERROR)] == []
    assert checked.runs


def test_words_are_given_the_shares_that_were_published(tmp_path: Path) -> None:
    cells = [("优", "优", "10"), ("优", "良", "8"), ("优", "中", "6")]
    rows = [
        Indicator(name=f"甲{n}", target=t, actual=a, points="10", published_score=s)
        for n, (t, a, s) in enumerate(cells)
    ]
    form = Form(title="表", year=2023, indicators=tuple(rows))
    file = tmp_path / "draft.yaml"
    file.write_text(draft_ruleset(infer(form)), encoding="utf-8")
    assert [str(one.score) for one in load_ruleset(file).score_form(form).indicators] == ["10", "8", "6"]


def test_a_form_without_scores_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        infer(Form(title="表", indicators=(Indicator(name="甲", target="≥1人", actual="1人"),)))
    assert caught.value.code == "PF791"
