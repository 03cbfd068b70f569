"""Hidden sheets: listed and not read; one that holds no form does not keep its workbook from being read whole."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

import pfscore
from pfscore.forms.recognition.choices import Choices
from pfscore.forms.recognition.recognise import recognise
from pfscore.office.open import read_bytes
from tests.office.made import converted

FORM = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "培训人数", "≥100人", "120人", "50", "50"],
]
LIST = [["单位"], ["万元"], ["人次"]]
HIDDEN = [("底稿", FORM), ("选项", LIST), ("空白", [])]


def xlsx() -> bytes:
    book: Any = openpyxl.Workbook()
    for name, rows in [("自评表", FORM), *HIDDEN]:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "visible" if name == "自评表" else "hidden" if name == "底稿" else "veryHidden"
    del book[book.sheetnames[0]]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in [("自评表", FORM), *HIDDEN]:
        sheet = book.add_sheet(name)
        sheet.visibility = 0 if name == "自评表" else 1
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                sheet.write(row, column, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_hidden_sheets_are_listed_and_only_a_form_in_one_is_missing(suffix: str, tmp_path: Path) -> None:
    data = xls() if suffix == "xls" else xlsx()
    if suffix == "ods":
        data = converted(data, ".xlsx", "ods", tmp_path).read_bytes()
    (form,) = pfscore.load_forms(data)
    assert [(cell.place, cell.text, cell.reason, cell.by_design) for cell in form.unread] == [
        ("底稿!A1", "底稿", "工作表是隐藏的", False),
        ("选项!A1", "选项", "工作表是隐藏的，里面没有自评表", True),
    ]


def test_a_hidden_sheet_is_read_where_a_person_names_it() -> None:
    book = read_bytes(xlsx(), "表.xlsx")
    (form,) = recognise(book, Choices(sheets=("底稿",))).forms
    assert form.cells["indicators", 0, "name"].place.text() == "底稿!C2"
