"""What stands among the rows of a form and is no indicator: notes, conclusions, headings of empty blocks."""

from __future__ import annotations

import pytest

import pfscore
from tests.office.made import WRITERS, Row

HEAD: Row = ["序号", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
ROWS: list[Row] = [
    [("二〇二三年度项目支出绩效自评表", 8)],
    HEAD,
    ["1", "产出指标", "数量指标", "人数", "≥5人", "6人", "100", "100"],
    ["2", "效益指标", "生态效益指标", "", "", "", "", ""],
]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    ("row", "unread", "note", "tables"),
    [
        ([("注：未完成的要说明原因。", 8)], [], "注：未完成的要说明原因。", []),
        ([("本表由项目单位填写", 6), "", ""], ["本表由项目单位填写"], None, []),
        (["", ("存在问题及改进措施", 1), ("加强预算管理", 6)], [], None, [("存在问题及改进措施", "加强预算管理")]),
        ([("自评结论：项目完成良好，达到了预期目标。", 8)], [], None, [("自评结论", "项目完成良好，达到了预期目标。")]),
    ],
)
def test_nothing_beside_the_indicators_is_lost(
    suffix: str, row: Row, unread: list[str], note: str | None, tables: list[tuple[str, str]]
) -> None:
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], [*ROWS, row])]))
    assert [one.name for one in form.indicators] == ["人数"]
    assert [cell.text for cell in form.unread if cell.reason != "这一类下面没有指标"] == unread
    assert form.note == note
    assert [(table.title, table.rows[0][0]) for table in form.tables] == tables
    assert (form.year, form.published_grade) == (2023, None)


def test_headings_of_blocks_without_indicators_are_listed_and_do_not_count() -> None:
    (form,) = pfscore.load_forms(WRITERS[".xlsx"]([([], ROWS)]))
    assert [(cell.text, cell.reason, cell.by_design) for cell in form.unread] == [
        ("效益指标", "这一类下面没有指标", True),
        ("生态效益指标", "这一类下面没有指标", True),
    ]


def test_a_form_may_begin_at_any_column_and_row() -> None:
    rows: list[Row] = [["", ""], *[["", "", *row] for row in ROWS], ["", "", ("注：无。", 8)]]
    (form,) = pfscore.load_forms(WRITERS[".xlsx"]([([], rows)]))
    assert (form.title, form.indicators[0].name) == ("二〇二三年度项目支出绩效自评表", "人数")
    assert dict(form.indicators[0].places)["name"] == "表1!F4"


MONEY: list[Row] = [
    ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", ""],
    ["年度资金总额", "100", "100", "95", "10", "95%", "9.5", ""],
]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    "marks",
    [
        ["", "", "", "", "（A）", "（B）", "", ""],
        ["", "", "", "", "A", "B", "C", "D"],
        ["", "", "", "", "①", "②", "③", "④=②/①×③"],
        ["", "", "", "", "（1）", "（2）", "（3）", "（4）"],
        ["", "", "", "", "a", "b", "c", "d=b/a×c"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["栏次", "", "", "", "1", "2", "3", "4"],
        ["甲", "乙", "丙", "丁", "1", "2", "3", "4=2/1*3"],
        ["—", "—", "—", "—", "A", "B", "C", "D=B÷A*C"],
    ],
)
@pytest.mark.parametrize("is_merged", [False, True])
def test_a_row_that_marks_the_columns_is_part_of_the_header(suffix: str, marks: list[str], *, is_merged: bool) -> None:
    """Also where the words above the blank cells of it extend over it."""
    table = [ROWS[0], *MONEY, HEAD, marks, *ROWS[2:]]
    if is_merged:
        table[3:5] = [
            [word if mark else (str(word), 1, 2) for word, mark in zip(HEAD, marks, strict=True)],
            [mark for mark in marks if mark],
        ]
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], table)]))
    assert [(one.name, one.target, one.points) for one in form.indicators] == [("人数", "≥5人", "100")]
    assert [(line.label, line.budget) for line in form.budget] == [("年度资金总额", "100")]
    assert [cell.text for cell in form.unread if cell.reason != "这一类下面没有指标"] == []


@pytest.mark.parametrize("suffix", WRITERS)
def test_columns_of_amounts_are_marked_too(suffix: str) -> None:
    marks = ["", "A", "B", "C", "D", "E=C/B", "F=D*E", ""]
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], [ROWS[0], MONEY[0], marks, MONEY[1], *ROWS[1:]])]))
    assert [(line.label, line.budget, line.points) for line in form.budget] == [("年度资金总额", "100", "10")]
    assert [cell.text for cell in form.unread if cell.reason != "这一类下面没有指标"] == []


@pytest.mark.parametrize("suffix", WRITERS)
def test_numbers_below_a_header_may_be_those_of_an_indicator(suffix: str) -> None:
    one = ["1", "产出指标", "数量指标", "人数", "3", "4", "5", "5"]
    other = ["2", "产出指标", "数量指标", "A", "6", "7", "8", "8"]
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], [ROWS[0], HEAD, other, one])]))
    assert [(one.name, one.target) for one in form.indicators] == [("A", "6"), ("人数", "3")]


_LAST: Row = [("总分", 6), "100", "95"]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    "rows",
    [
        [_LAST, ["自评等级", "", "", "", "良", "", "", ""]],
        [_LAST, ["", "", "", "评价等级", "", "良", "", ""]],
        [_LAST, [("自评结论", 6), "", "良"]],
        [_LAST, [("等级", 4), ("良", 4)]],
        [_LAST, [("绩效等级：良", 8)]],
        [["自评得分及等级", "", "", "", "95分 良", "", "", ""]],
        [["自评得分及等级", "", "", "", "", "", "95", "良"]],
        [[("评价得分及等级", 4), ("良（95分）", 4)]],
        [["总分", "", "", "", "95", "", "等级", "良"]],
        [[("总分", 3), "95", ("等级", 2), ("良", 2)]],
    ],
)
def test_the_grade_below_the_rows_is_read(suffix: str, rows: list[Row]) -> None:
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], [*ROWS[:3], *rows])]))
    assert [one.name for one in form.indicators] == ["人数"]
    assert (form.published_total, form.published_grade, form.unread) == ("95", "良", ())


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_indicator_called_a_grade_is_one(suffix: str) -> None:
    row: Row = ["2", "产出指标", "质量指标", "评价等级", "优", "良", "10", "8"]
    (form,) = pfscore.load_forms(WRITERS[suffix]([([], [*ROWS[:3], row])]))
    assert ([one.name for one in form.indicators], form.published_grade) == (["人数", "评价等级"], None)
