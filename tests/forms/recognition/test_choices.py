"""Answers of a person about columns, sheets, ranges and header rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.forms.recognition.choices import Choices, read_answer, read_area, read_header_rows, read_map_file
from pfscore.forms.recognition.recognise import recognise
from pfscore.foundation.errors import InputError
from pfscore.office.grid import Book
from pfscore.office.open import read_bytes
from tests.office.made import Row, Table, workbook

ROWS: list[Row] = [
    [("2023年度某局考核", 5)],
    ["考核内容", "考核重点", "工作要求", "权数值", "备注"],
    ["培训", "培训人数", "≥100人", "60", "甲"],
    ["宣传", "宣传次数", "≥3次", "40", "乙"],
]
ANSWERS = {"考核内容": "level2", "考核重点": "name", "工作要求": "target", "D": "points"}


def book(*tables: Table) -> Book:
    return read_bytes(workbook(tables or [([], ROWS)]), "表.xlsx")


def test_a_table_that_is_not_recognised_gives_no_form() -> None:
    assert recognise(book()).forms == ()


def test_answers_by_words_and_by_letters_give_the_form_and_stand_in_it() -> None:
    [form] = recognise(book(), Choices(ANSWERS)).forms
    assert [row["name"] for row in form.data["indicators"]] == ["培训人数", "宣传次数"]
    assert [row["points"] for row in form.data["indicators"]] == ["60", "40"]
    assert form.data["mapped"] == {
        "考核内容": "二级指标",
        "考核重点": "三级指标",
        "工作要求": "指标值",
        "权数值": "分值",
    }


def test_an_answer_goes_before_the_known_words_and_a_column_can_be_left_out() -> None:
    [form] = recognise(book(), Choices({**ANSWERS, "备注": "number"})).forms
    assert [row.get("note") for row in form.data["indicators"]] == [None, None]
    assert form.unread == []
    assert form.data["mapped"]["备注"] == "不读"


def test_a_header_row_that_is_named() -> None:
    rows = [*ROWS[:1], ["一级指标", "三级指标", "指标值", "分值", "得分"], *ROWS[1:]]
    found = recognise(book(([], rows)), Choices(ANSWERS, header=(2, 2))).forms
    assert [row["name"] for row in found[0].data["indicators"]] == ["培训人数", "宣传次数"]


def test_a_range_and_a_sheet_that_are_named() -> None:
    tables: list[Table] = [([], ROWS), ([], ROWS)]
    [form] = recognise(book(*tables), Choices(ANSWERS, sheets=("表2",), area=read_area("A2:E3"))).forms
    assert [row["name"] for row in form.data["indicators"]] == ["培训人数"]
    assert form.cells["indicators", 0, "name"].place.text() == "表2!B3"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (Choices({"考核重占": "name"}), "没有一张表有 “考核重占” 这一列\n  提示：是不是 “考核重点”？"),
        (Choices({"K": "name"}), "没有一张表有 “K” 这一列"),
        (Choices(sheets=("表3",)), "没有工作表 “表3”\n  提示：有 “表1”"),
    ],
)
def test_what_is_not_there(choices: Choices, said: str) -> None:
    with pytest.raises(InputError) as caught:
        recognise(book(), choices)
    assert str(caught.value) == f"PF169 错误：{said}"


@pytest.mark.parametrize("text", ["权数=分植", "=分值", "权数", "权数="])
def test_a_meaning_that_is_not_known(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_answer(text)
    assert caught.value.code == "PF169"


@pytest.mark.parametrize("text", ["A3", "3:5", "A0:B2"])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(InputError):
        read_area(text)


def test_header_rows() -> None:
    assert (read_header_rows("4"), read_header_rows("4-5")) == ((3, 3), (3, 4))
    for text in ("0", "5-4", "4-8", "四"):
        with pytest.raises(InputError):
            read_header_rows(text)


def test_a_file_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("map:\n  权数（分）: 分值\n  G: 不读\n", encoding="utf-8")
    assert read_map_file(path) == {"权数": "points", "G": "number"}
    path.write_text("- 分值\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_map_file(path)
    assert caught.value.code == "PF169"
