"""Lines that inform and are not scored: parts of a budget, rows of sums, points in headings, forms without points."""

from __future__ import annotations

from typing import Any

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import BudgetLine, Form, Goal, Indicator
from pfscore.scoring.rules import load_ruleset
from pfscore.scoring.sheet import Sheet
from tests.tables import each


def line(label: str, points: str | None = "10", **more: Any) -> BudgetLine:
    return BudgetLine(label=label, **{"budget": "100", "expenditure": "90", **more}, points=points)


def row(name: str = "培训人数", **more: Any) -> Indicator:
    cells = {"path": ("产出指标", "数量指标"), "target": "≥10人", "actual": "10人", "points": "90"}
    return Indicator(**{**cells, "name": name, **more})


def form(budget: tuple[BudgetLine, ...] = (), rows: tuple[Indicator, ...] = (), **more: Any) -> Form:
    return Form(title="表", year=2023, ruleset="cn/project", budget=budget, indicators=rows, **more)


def sheet(one: Form) -> Sheet:
    return load_ruleset("cn/project").score_form(one)


def codes(one: Form, *wanted: str) -> list[str]:
    return [finding.code for finding in audit(one) if finding.code in wanted]


@pytest.mark.parametrize(
    "labels",
    [
        ("年度资金总额", "其中：财政拨款"),
        ("年度资金总额：", "其中:当年财政拨款", "上年结转资金", "其他资金"),
        ("项目资金", "  其中：财政拨款"),
        ("一、年度资金总额", "1.其中：本年一般公共预算拨款"),
    ],
)
def test_a_part_that_repeats_the_points_is_information(labels: tuple[str, ...]) -> None:
    one = form(
        tuple(line(label, published_score="9") for label in labels), (row(published_score="90"),), published_total="99"
    )
    found = sheet(one)
    assert (found.low, found.full) == (99, 100)
    assert [part.outcome for part in found.budget[1:]] == ["information"] * (len(labels) - 1)
    assert codes(one, "PF707", "PF708", "PF722") == []


def test_lines_with_points_of_their_own_are_scored() -> None:
    found = sheet(form((line("基本支出", "5"), line("项目支出", "5")), (row(),)))
    assert [part.outcome for part in found.budget] == ["scored", "scored"]
    # Where the total carries no points, the part that does is the line that counts.
    found = sheet(form((line("年度资金总额", None), line("其中：财政拨款")), (row(),)))
    assert [part.outcome for part in found.budget] == ["compared", "scored"]


@each("word", ["合计", "小计", "总计", "总分", "总 分", "合 计：", "总分（100分）"])
@each("place", ["一级指标", "二级指标", "三级指标"])
def test_a_row_of_sums_is_no_indicator(word: str, place: str) -> None:
    path, name = {"一级指标": ((word,), ""), "二级指标": (("产出指标", word), ""), "三级指标": ((), word)}[place]
    last = Indicator(path=path, name=name, points="100" if path[:1] != ("产出指标",) else "90", published_score="90")
    one = form((line("总额", published_score="9"),), (row(published_score="90"), last))
    found = sheet(one)
    assert (found.low, found.full) == (99, 100)
    assert found.indicators[1].outcome == "information"
    assert [problem.code for problem in found.diagnostics] == []


def test_a_row_of_sums_is_checked() -> None:
    wrong = Indicator(path=("合计",), points="100", published_score="98")
    one = form((line("总额", published_score="9"),), (row(published_score="90"), wrong))
    assert codes(one, "PF707", "PF708") == ["PF708"]
    part = Indicator(path=("产出指标",), name="小计", points="80", published_score="90")
    assert codes(form((line("总额"),), (row(published_score="90"), part)), "PF710") == ["PF710"]


GRADES = ("自评等级", "评价等级", "绩效等级", "等级", "自评结论", "评价结果", "评定等级：", "自评得分及等级", "等 级")


@pytest.mark.parametrize("word", GRADES)
@pytest.mark.parametrize("cell", ["target", "actual", "published_score"])
def test_a_row_of_the_grade_is_no_indicator_and_is_checked(word: str, cell: str) -> None:
    cells = {cell: "良"}
    rows = (row(published_score="90"), Indicator(name="合计", points="100", published_score="99"))
    one = form((line("总额", published_score="9"),), (*rows, Indicator(name=word, **cells)))  # type: ignore[arg-type]
    found = sheet(one)
    assert found.indicators[2].outcome == "information"
    assert [problem.code for score in found.indicators for problem in score.diagnostics] == []
    assert codes(one, "PF711") == ["PF711"]
    good = one.model_copy(update={"indicators": (*rows, Indicator(name=word, **{cell: "优"}))})  # type: ignore[arg-type]
    assert codes(good, "PF711") == []


@pytest.mark.parametrize("text", ["99分 良", "99（良）", "良（99分）", "99分，良好", "良"])
def test_a_grade_may_stand_beside_the_total(text: str) -> None:
    rows = (row(published_score="90"), Indicator(name="自评得分及等级", actual=text))
    more = {} if "99" in text else {"published_total": "99"}
    one = form((line("总额", published_score="9"),), rows, **more)
    assert codes(one, "PF708", "PF711") == ["PF711"]
    other = form((line("总额", published_score="9"),), rows[:1], published_total="99", published_grade=text)
    assert codes(other, "PF708", "PF711") == ["PF711"]


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"target": "优秀", "actual": "优秀", "points": "10"}, "judgement"),
        ({"target": "优秀", "actual": "优秀"}, "compared"),
        ({"target": "优秀", "points": "10"}, "missing"),
    ],
)
def test_an_indicator_may_be_called_a_grade(cells: dict[str, str], outcome: str) -> None:
    assert sheet(form(rows=(row(), Indicator(name="评价等级", **cells)))).indicators[1].outcome == outcome  # type: ignore[arg-type]


def test_an_indicator_with_a_target_is_one() -> None:
    assert sheet(form(rows=(row("总分"),))).indicators[0].outcome == "scored"


def test_a_form_without_points_is_compared_row_by_row() -> None:
    rows = (
        row(points=None, published_score="20"),
        row("合格率", target="95%", actual="96%", points=None, published_score="30"),
        row("效果", target="明显", actual="明显", points=None, published_score="30"),
        row("完成及时率", target="≥100%", actual="90%", points=None),
    )
    one = form((line("总额", "20", published_score="18"),), rows, published_total="97")
    found = sheet(one)
    assert [part.outcome for part in found.indicators] == ["compared"] * 4
    assert [part.met for part in found.indicators] == [True, True, True, False]
    assert found.indicators[3].completion is not None
    assert (found.low, found.full, found.diagnostics) == (None, None, ())
    # The published scores are added up all the same.
    assert codes(one, "PF708") == ["PF708"]
    assert codes(one.model_copy(update={"published_total": "98"}), "PF708") == []


def test_points_in_the_heading_are_checked() -> None:
    wide: dict[str, Any] = {"path": ("产出指标（50分）", "数量指标")}
    assert codes(form(rows=(row(points="30", **wide), row("场次", points="20", **wide))), "PF710") == []
    assert codes(form(rows=(row(points="30", **wide), row("场次", points="10", **wide))), "PF710") == ["PF710"]


def test_a_printed_rate_without_amounts_is_scored() -> None:
    one = form((BudgetLine(label="总额", points="10", published_rate="95%", published_score="9.5"),), (row(),))
    found = sheet(one)
    assert (found.budget[0].low, found.budget[0].outcome) == (9.5, "scored")
    assert [problem.severity for problem in found.budget[0].diagnostics] == ["note"]
    assert codes(one, "PF702", "PF754") == []
    wrong = form((BudgetLine(label="总额", points="10", published_rate="95%", published_score="10"),), (row(),))
    assert codes(wrong, "PF702") == ["PF702"]


def test_a_rate_without_its_sign_is_not_taken_for_one() -> None:
    found = sheet(form((BudgetLine(label="总额", points="10", published_rate="20"),), (row(),)))
    assert found.budget[0].outcome == "missing"


def test_one_cause_is_one_finding() -> None:
    total = line("年度资金总额", initial="0", budget="0", expenditure="0", published_rate="0", published_score="0")
    one = form((total, line("其中：财政拨款", None, initial="90")), (row(),))
    assert codes(one, "PF706", "PF714") == ["PF706"]
    over = form((line("年度资金总额", expenditure="110"), line("其中：财政拨款", None, expenditure="110")), (row(),))
    assert codes(over, "PF718") == ["PF718"]


def test_what_a_form_can_hold() -> None:
    one = row(initial_target="≥8人", completion="100%", coefficient="1", core="是", criteria="每少1人扣1分")
    both = one.model_copy(update={"reviewed_score": "88", "reference": "上年9人"})
    assert (both.reviewed_score, both.reference) == ("88", "上年9人")
    held = form(further_goals=(Goal(text="培训200人"),), footnotes=("定性分三档。",), reviewed_total="88")
    assert Form.model_validate(held.model_dump()) == held
