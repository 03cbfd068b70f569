"""What a review says of forms: standing, order, rows, shared problems."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pfscore
from pfscore.forms.form import UnreadCell
from pfscore.foundation.diagnostics import Severity
from pfscore.report.review.reviewed import Review, Standing, Unreadable, review_body
from tests.house.tree import ROOT
from tests.report.review.reviews import luzhou, no_ruleset, reviewed

ROW = pfscore.Indicator(name="人数", target="≥100人", actual="90人", points="100")
UNREADABLE_ROW = pfscore.Indicator(name="人数", target="≥**人", actual="90人", points="100")


def test_the_examples_in_numbers() -> None:
    review = luzhou()
    assert review.in_one_line() == "7 份：1 有错误，4 存疑，0 没读全，2 没有发现"
    assert review.in_one_line("en") == "7 forms: 1 with errors, 4 in doubt, 0 not read whole, 2 nothing found"


def test_the_worst_form_comes_first_and_its_gravest_finding_is_an_error() -> None:
    first = luzhou().by_urgency[0]
    assert (first.standing, first.difference, first.gravest and first.gravest.code) == (
        Standing.ERRORS,
        Fraction(-1, 100),
        "PF702",
    )
    assert luzhou().by_urgency[-1].standing is Standing.CLEAN


def test_a_problem_of_several_forms_is_listed_once_with_their_number() -> None:
    assert [(code, count) for code, _, count in luzhou().shared_problems() if count >= 4] == [("PF714", 7)]


def test_findings_stand_under_their_rows() -> None:
    rows = {row.name: row for row in luzhou().by_urgency[0].rows}
    assert [finding.code for finding in rows["总额"].findings] == ["PF702"]
    assert rows["总额"].difference == Fraction(-1, 100)
    assert [finding.code for finding in rows["公积金办事职工满意度"].findings] == ["PF761"]
    assert [finding.code for finding in luzhou().by_urgency[0].general] == ["PF709", "PF714", "PF719"]


def test_every_finding_stands_in_one_place() -> None:
    for one in luzhou().forms:
        assert sorted(one.findings, key=str) == sorted(
            [*one.general, *(finding for row in one.rows for finding in row.findings)], key=str
        )


def test_a_need_stands_with_the_line_or_the_row_that_it_is_about() -> None:
    rows = [row for row in luzhou().by_urgency[0].rows if row.need is not None and row.need.wanted is not None]
    assert [(row.name, row.need and row.need.result()) for row in rows] == [
        ("总额", "至少 245.68万元"),
        ("完成信息系统安全等级保护测评", "正好 1套"),
    ]


def test_the_standing_of_a_form() -> None:
    assert reviewed().standing is Standing.CLEAN
    assert reviewed(published_score="100", published_total="100").standing is Standing.ERRORS
    assert reviewed(indicators=(UNREADABLE_ROW,), published_total=None).standing is Standing.UNREAD
    assert reviewed(no_ruleset()).standing is Standing.UNREAD


def test_what_was_not_read_counts_as_not_read() -> None:
    review = Review((), (Unreadable("坏.json", no_ruleset().diagnostics),))
    assert review.counts[Standing.UNREAD] == 1


def test_a_form_without_rules_is_audited_all_the_same() -> None:
    line = pfscore.BudgetLine(label="总额", budget="348.00", expenditure="336.06", published_rate="95.57%")
    one = reviewed(no_ruleset(), budget=(line,))
    assert [(finding.code, finding.severity) for finding in one.findings if finding.code == "PF701"] == [
        ("PF701", Severity.ERROR)
    ]
    assert [problem.code for problem in one.problems] == ["PF526"]


def test_forms_of_one_title_keep_their_own_findings() -> None:
    rules = pfscore.load_ruleset("cn-sc/project")
    bad = ROW.model_copy(update={"published_score": "100"})
    good = ROW.model_copy(update={"published_score": "90"})
    forms = [
        (name, pfscore.Form(title="表", organisation="局", year=2023, indicators=(row,)))
        for name, row in (("1", bad), ("2", good))
    ]
    first, second = review_body(forms, [rules, rules])
    assert (first.count(Severity.ERROR), second.count(Severity.ERROR)) == (1, 0)


def test_a_review_can_be_sent_to_another_process() -> None:
    one = luzhou().by_urgency[0]
    assert pickle.loads(pickle.dumps(one)).findings == one.findings


def test_a_cell_that_was_not_read_counts_unless_nobody_reads_it() -> None:
    cells = [UnreadCell(place="表!K3", text="另附", reason="不在认出的栏里", by_design=one) for one in (True, False)]
    assert [reviewed(unread=(cell,)).standing for cell in cells] == [Standing.CLEAN, Standing.UNREAD]


def test_a_form_of_a_workbook_names_the_cell_of_its_gravest_finding() -> None:
    source = str(ROOT / "examples" / "luzhou-2023.xlsx")
    forms = [(source, form) for form in pfscore.load_forms(source)]
    first = Review(tuple(review_body(forms, [pfscore.load_ruleset("cn-sc/project")] * len(forms)))).by_urgency[0]
    assert first.gravest is not None
    assert first.place() == f"{source} › 住房公积金信息系统运行维护!J8"
