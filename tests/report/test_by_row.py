"""What a reviewer reads first, what is one remark, and what is one line for many rows."""

from __future__ import annotations

from pfscore.auditing.finding import Finding
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.text import Message
from pfscore.report.findings_text import by_row

ERROR, WARNING, NOTE = Severity


def finding(code: str, severity: Severity, row: int | None, name: str = "指标", said: str = "说明") -> Finding:
    return Finding(code, severity, "表", row, name, Message(said, said))


def read(*findings: Finding) -> list[tuple[str, tuple[int, ...], list[str]]]:
    return [(one.severity.value, one.rows, [each.code for each in one.findings]) for one in by_row(findings)]


def test_one_remark_a_row_with_one_verdict() -> None:
    found = read(finding("PF731", WARNING, 3), finding("PF721", ERROR, 3), finding("PF730", ERROR, 3))
    assert found == [("error", (3,), ["PF721", "PF730", "PF731"])]


def test_total_budget_and_grade_come_first_and_hints_last() -> None:
    found = read(
        finding("PF750", NOTE, 1),
        finding("PF732", WARNING, 1),
        finding("PF721", ERROR, 4),
        finding("PF771", WARNING, None, "效益指标"),
        finding("PF711", ERROR, None, "等级"),
        finding("PF702", WARNING, None, "总额"),
        finding("PF708", ERROR, None, "总分"),
    )
    assert [codes for _, _, codes in found] == [
        ["PF708"],
        ["PF702"],
        ["PF711"],
        ["PF721"],
        ["PF771"],
        ["PF732"],
        ["PF750"],
    ]


def test_a_total_that_only_follows_from_rows_comes_behind_their_errors() -> None:
    found = read(finding("PF709", ERROR, None, "总分"), finding("PF731", WARNING, 2), finding("PF721", ERROR, 4))
    assert [codes for _, _, codes in found] == [["PF721"], ["PF709"], ["PF731"]]


def test_a_missing_reason_of_several_rows_is_one_remark() -> None:
    found = read(*(finding("PF731", WARNING, row, said=f"第 {row} 行") for row in (2, 5)), finding("PF721", ERROR, 7))
    assert found == [("error", (7,), ["PF721"]), ("warning", (2, 5), ["PF731", "PF731"])]


def test_a_row_with_something_else_stays_a_remark_of_its_own() -> None:
    found = read(finding("PF731", WARNING, 2), finding("PF731", WARNING, 5), finding("PF732", WARNING, 5))
    assert found == [("warning", (2,), ["PF731"]), ("warning", (5,), ["PF731", "PF732"])]


def test_the_same_doubt_of_many_rows_is_read_in_one_place() -> None:
    found = read(*(finding("PF732", WARNING, row, said=f"第 {row} 行") for row in (7, 8, 9)))
    assert found == [("warning", (7, 8, 9), ["PF732"] * 3)]
    assert len(read(*(finding("PF732", WARNING, row, said=f"第 {row} 行") for row in (7, 8)))) == 2


def test_errors_are_never_put_together() -> None:
    assert len(read(*(finding("PF721", ERROR, row) for row in (1, 2, 3)))) == 3


def test_hints_are_one_line_a_code() -> None:
    found = read(*(finding("PF755", NOTE, row) for row in (1, 2, 6)), finding("PF750", NOTE, 2))
    assert found == [("note", (2,), ["PF750"]), ("note", (1, 2, 6), ["PF755"] * 3)]


def test_the_points_of_blocks_stand_beside_a_wrong_sum_of_points() -> None:
    blocks = finding("PF770", WARNING, None, "产出指标")
    assert read(blocks) == [("warning", (), ["PF770"])]
    assert read(blocks, finding("PF707", ERROR, None, "分值合计")) == [("error", (), ["PF707", "PF770"])]
    [one] = by_row([blocks, finding("PF707", ERROR, None, "分值合计")])
    assert (one.name, one.is_shared) == ("分值合计", False)


def test_a_hint_about_a_score_stands_with_what_else_is_said_of_the_row() -> None:
    found = read(finding("PF731", WARNING, 3), finding("PF721", NOTE, 3), finding("PF721", NOTE, 4))
    assert found == [("warning", (3,), ["PF731", "PF721"]), ("note", (4,), ["PF721"])]


def test_blocks_are_one_remark_beside_the_sum_of_points_or_alone() -> None:
    blocks = [finding("PF770", WARNING, None, "产出指标"), finding("PF771", WARNING, None, "满意度指标")]
    assert read(*blocks) == [("warning", (), ["PF770", "PF771"])]
    of_sum = read(finding("PF707", ERROR, None, "分值合计"), *blocks)
    assert of_sum == [("error", (), ["PF707", "PF770", "PF771"])]
