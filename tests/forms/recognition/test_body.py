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
