"""Questions: another ruleset, the middle of the year, several projects together; functions and commands."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfscore.auditing.run import audit
from pfscore.cli.main import main
from pfscore.forms.form import BudgetLine, Form, Indicator, Targets
from pfscore.foundation.errors import InputError, NotFoundError
from pfscore.questions.compare import compare
from pfscore.questions.monitor import Progress, monitor
from pfscore.questions.rollup import rollup
from pfscore.scoring.rules import Rules, load_ruleset
from tests.house.tree import ROOT

LUZHOU = str(ROOT / "examples" / "luzhou-2023.json")
LIGHTS = Path(__file__).parent / "rulesets" / "lights.yaml"


@pytest.fixture(scope="module")
def lights() -> Rules:
    return load_ruleset(LIGHTS, on="2023-12-31")


def form(*rows: dict[str, Any], **keys: Any) -> Form:
    indicators = tuple(Indicator(**{"name": f"甲{number}", **row}) for number, row in enumerate(rows))
    return Form(**{"title": "表", "year": 2023, "ruleset": "cn-sc/project", **keys}, indicators=indicators)


# compare


def test_every_row_under_each_ruleset() -> None:
    one = form({"target": "=1套", "actual": "0.5套", "points": "4"}, {"target": "≥5人", "actual": "5人", "points": "6"})
    found = compare(one, rulesets=["cn-sc/project", "cn/project"])
    assert found.rulesets == ("cn-sc/project", "cn/project")
    assert [row.differs for row in found.rows] == [True, False]
    assert [(sheet.low, sheet.high) for sheet in found.sheets] == [(Decimal(8), Decimal(8)), (Decimal(6), Decimal(10))]
    data = found.as_json()
    assert data["rows"][0]["scores"][1] == {
        "ruleset": "cn/project",
        "score": None,
        "low": "0",
        "high": "4",
        "outcome": "judgement",
        "rule": "met-or-judged",
    }


def test_a_ruleset_that_does_not_exist() -> None:
    with pytest.raises(NotFoundError):
        compare(form(), rulesets=["cn-xx/project"])


def test_the_command_compares_with_the_forms_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", LUZHOU, "--form", "5", "--ruleset", "cn/project"]) == 0
    text = capsys.readouterr().out
    assert "cn-sc/project  96.92 / 100" in text
    assert main(["compare", LUZHOU, "--form", "5", "--ruleset", "cn/project", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [total["ruleset"] for total in data["totals"]] == ["cn-sc/project", "cn/project"]


# monitor


def told(rows: list[Progress]) -> list[tuple[str, str | None, str]]:
    return [(one.shown(), one.light, one.basis.en if one.basis else "") for one in rows]


def test_half_year_targets_before_prorated_ones(lights: Rules) -> None:
    half = Targets(half_year="≥50人", full_year="≥120人")
    rows: list[dict[str, Any]] = [
        {"targets": half, "actual": "45人"},
        {"target": "≥100人", "actual": "45人"},
        {"target": "≥90%", "actual": "63%"},
        {"target": "≤10万元", "actual": "4万元"},
        {"target": "≤10万元", "actual": "12万元"},
        {"target": "健全", "actual": "健全"},
        {"target": "≥100人", "actual": None},
        {"target": "≥100人", "actual": "70人"},
    ]
    assert told(monitor(form(*rows), ruleset=lights)) == [
        ("90%", "绿", "half-year target"),
        ("90%", "绿", "full-year target × 6/12"),
        ("70%", "黄", "full-year target"),
        ("40%", "绿", "full-year target"),
        ("120%", "红", "full-year target"),
        ("—", "绿", "full-year target"),
        ("—", None, ""),
        ("140%", "蓝", "full-year target × 6/12"),
    ]


def test_a_month_and_the_budget(lights: Rules) -> None:
    line = BudgetLine(label="总额", budget="120", expenditure="20", half_year="40")
    one = form({"target": "≥120人", "actual": "20人"}, budget=(line,))
    assert told(monitor(one, ruleset=lights, month=3)) == [
        ("66.67%", "黄", "budget × 3/12"),
        ("66.67%", "黄", "full-year target × 3/12"),
    ]
    assert told(monitor(one, ruleset=lights))[0] == ("50%", "红", "half-year plan")
    with pytest.raises(InputError):
        monitor(one, ruleset=lights, month=13)


def test_times_and_rates_are_not_prorated(lights: Rules) -> None:
    one = form({"target": "≤5个工作日", "actual": "4个工作日"}, {"target": "=365天", "actual": "365天"})
    assert [row.basis.en for row in monitor(one, ruleset=lights) if row.basis] == ["full-year target"] * 2


@settings(max_examples=40, deadline=None)
@given(target=st.integers(1, 10**6), actual=st.integers(0, 10**6), month=st.integers(1, 12))
def test_progress_is_exact(lights: Rules, target: int, actual: int, month: int) -> None:
    one = form({"target": f"≥{target}人", "actual": f"{actual}人"})
    (row,) = monitor(one, ruleset=lights, month=month)
    assert row.progress == Fraction(actual * 12, target * month)
    names = [(Fraction(6, 5), "蓝"), (Fraction(4, 5), "绿"), (Fraction(3, 5), "黄"), (Fraction(0), "红")]
    assert row.light == next(name for least, name in names if row.progress >= least)


def test_the_command_shows_what_falls_short_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", LUZHOU, "--form", "5", "--month", "12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["灯", "行", "指标", "指标值", "完成值", "进度", "对照"]
    assert "50%" in lines[2]
    assert lines[-1] == "规则集没有写监控灯"
    assert main(["monitor", LUZHOU, "--form", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["month"] == 6


# rollup


def project(budget: str, people: str | None, rate: str, days: str = "5个工作日", word: str = "优") -> Form:
    return form(
        {"name": "人数", "target": "≥10人", "actual": people, "points": "5"},
        {"name": "合格率", "target": "≥90%", "actual": rate, "points": "5"},
        {"name": "时限", "target": "≤6个工作日", "actual": days, "points": "5"},
        {"name": "效果", "target": "优", "actual": word, "points": "5"},
        title=f"项目{budget}",
        amount_unit="万元",
        budget=(BudgetLine(label="总额", budget=budget, expenditure=budget, points="10"),),
    )


def test_amounts_are_added_and_rates_weighted() -> None:
    whole = rollup([project("100", "8人", "80%"), project("300", "14人", "100%", "9个工作日")])
    assert [row.target for row in whole.form.indicators] == ["≥20人", "≥90%", "≤6工作日", "优"]
    assert [row.actual for row in whole.form.indicators] == ["22人", "95%", "8工作日", "优"]
    assert (whole.form.budget[0].budget, whole.form.budget[0].expenditure) == ("400", "400")
    assert [str(score.score) for score in whole.sheet.indicators] == ["5", "5", "3.75", "5"]
    assert whole.notes == ()


def test_the_result_comes_first_and_points_then() -> None:
    """One project fell short by as much as the other exceeded: together the target is met, and all points are due."""
    whole = rollup([project("1", "5人", "95%"), project("1", "15人", "95%")])
    assert str(whole.sheet.indicators[0].score) == "5"


def test_a_blank_stays_blank_and_words_that_differ_are_judged() -> None:
    whole = rollup([project("1", "8人", "95%"), project("1", None, "95%", word="良")])
    assert (whole.form.indicators[0].actual, whole.form.indicators[3].actual) == (None, "优；良")
    assert [note.en.split(": ")[1] for note in whole.notes] == [
        "an actual is blank in one form, so it stays blank",
        "the words differ; a person must judge",
    ]


def test_funds_in_another_unit_weigh_the_same() -> None:
    first, second = project("100", "8人", "80%"), project("300", "14人", "100%")
    in_yuan = second.model_copy(
        update={"amount_unit": "元", "budget": (second.budget[0].model_copy(update={"budget": "3000000"}),)}
    )
    assert rollup([first, in_yuan]).form.indicators[1].actual == "95%"


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.tuples(st.integers(1, 10**4), st.integers(0, 100)), min_size=2, max_size=4))
def test_a_weighted_rate_is_exact(parts: list[tuple[int, int]]) -> None:
    whole = rollup([project(str(budget), "8人", f"{rate}%") for budget, rate in parts])
    total = sum(budget for budget, _ in parts)
    wanted = Fraction(sum(budget * rate for budget, rate in parts), total * 100)
    assert whole.sheet.indicators[1].completion == wanted / Fraction(9, 10)


def test_nothing_to_combine() -> None:
    with pytest.raises(InputError) as caught:
        rollup([])
    assert caught.value.code == "PF793"


def test_the_command_combines_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = []
    for number, one in enumerate((project("100", "8人", "80%"), project("300", None, "100%"))):
        file = tmp_path / f"{number}.json"
        file.write_text(one.model_dump_json(exclude_none=True), encoding="utf-8")
        files.append(str(file))
    assert main(["rollup", *files]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "· “人数”：有的表没有填完成值，汇总后也空着"
    assert main(["rollup", *files, "--json", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == ["人数: an actual is blank in one form, so it stays blank"]


# needed, infer, and what an audit takes from the ruleset


def test_the_needed_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["needed", LUZHOU, "--form", "5", "--more", "1"]) == 0
    assert "至少 243.72万元" in capsys.readouterr().out
    assert main(["needed", LUZHOU, "--form", "5", "--more", "一"]) == 1
    assert capsys.readouterr().err.startswith("PF510 ")
    assert main(["needed", LUZHOU, "--form", "5", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows[0]["low"] == {"value": "245.6771", "included": True}


def test_the_infer_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    assert main(["infer", LUZHOU, "-o", str(draft)]) == 0
    assert "= 指标：按完成比例" in capsys.readouterr().out
    assert main(["check", str(draft)]) == 0
    capsys.readouterr()
    assert main(["infer", LUZHOU, "--id", "cn-sc/draft"]) == 0
    assert "\nruleset: cn-sc/draft\n" in capsys.readouterr().out
    assert main(["infer", LUZHOU, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["draft"] == draft.read_text(encoding="utf-8")
    assert {one["kind"] for one in data["kinds"]} >= {"execution-rate", "equal", "level"}


def test_a_bad_file_does_not_stop_a_question(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["needed", str(tmp_path / "none.json"), LUZHOU, "--form", "5"]) == 2
    captured = capsys.readouterr()
    assert "PF101" in captured.err
    assert "245.68" in captured.out


def test_the_limit_of_the_ruleset_for_what_was_far_exceeded(lights: Rules) -> None:
    one = form({"target": "≥100人", "actual": "140人"}, {"target": "≥100人", "actual": "151人"})
    assert [(found.row, found.severity.value) for found in audit(one, ruleset=lights)] == [(2, "warning")]
    assert [(found.row, found.severity.value) for found in audit(one)] == [(1, "note"), (2, "note")]
