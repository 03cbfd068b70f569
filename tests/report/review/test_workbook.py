"""The summary workbook: lines that can be sorted and filtered, numbers as numbers, texts as texts."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest

import pfscore
from pfscore.foundation.errors import InputError
from pfscore.report.review.reviewed import Review, Unreadable
from pfscore.report.review.workbook import review_workbook
from tests.report.review.reviews import luzhou, no_ruleset, reviewed

pytest.importorskip("xlsxwriter", reason="the workbook is written by XlsxWriter (extra `excel`)")
openpyxl = pytest.importorskip("openpyxl", reason="the workbook is read back by openpyxl (extra `test`)")


def opened(review: Review) -> Any:
    """Return the workbook as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(review_workbook(review)))


def line(sheet: Any, number: int) -> dict[str, Any]:
    """Return a line of a sheet by its headings."""
    headings, *lines = sheet.iter_rows(values_only=True)
    return dict(zip(headings, lines[number], strict=True))


def test_three_sheets_with_a_filter_and_a_heading_that_stays() -> None:
    book = opened(luzhou())
    assert book.sheetnames == ["汇总", "发现", "各行"]
    assert [(sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book] == [
        ("A2", "A1:R8"),
        ("A2", "A1:M24"),
        ("A2", "A1:R120"),
    ]


def test_a_line_of_each_sheet() -> None:
    book = opened(luzhou())
    form = line(book["汇总"], 0)
    assert (form["结论"], form["公布"], form["系统最低"], form["系统最高"], form["差"]) == (
        "有错误",
        96.91,
        96.92,
        96.92,
        -0.01,
    )
    assert (form["年度"], form["错误"], form["系统等级"], form["规则集"]) == (2023, 2, "优", "cn-sc/project")
    finding = line(book["发现"], 0)
    assert (finding["级别"], finding["代码"], finding["指标"]) == ("错误", "PF702", "总额")
    assert (finding["公布"], finding["应为"]) == (8.91, 8.92)
    row = line(book["各行"], 7)
    assert (row["行"], row["指标"], row["系统最低"], row["要得满分"]) == (
        3,
        "完成信息系统安全等级保护测评",
        2,
        "正好 1套",
    )


def test_numbers_are_written_as_they_are_and_not_as_binary_fractions() -> None:
    with zipfile.ZipFile(io.BytesIO(review_workbook(luzhou()))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>96.92</v>" in sheet
    assert "<v>-0.01</v>" in sheet


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1人", "@SUM(A1)", "{=1}", "https://example.org", "\t=1", "9" * 40])
def test_a_text_stays_text_whatever_it_begins_with(sign: str) -> None:
    row = pfscore.Indicator(name=sign, target="≥100人", actual=sign, points="100")
    form = reviewed(title=sign, organisation=sign, project=sign, indicators=(row,))
    book = opened(Review((form,), (Unreadable(sign, no_ruleset().diagnostics),)))
    cells = [cell for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value == sign]
    assert len(cells) > 8
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_an_open_total_has_two_ends_and_no_difference() -> None:
    row = pfscore.Indicator(name="好评", target="优", actual="有一定差距", points="100")
    form = reviewed(pfscore.load_ruleset("cn/project"), indicators=(row,))
    found = line(opened(Review((form,)))["汇总"], 0)
    assert (found["公布"], found["系统最低"], found["系统最高"], found["差"]) == (90, 0, 99.99, None)


def test_what_could_not_be_read_has_a_line() -> None:
    found = line(opened(Review((), (Unreadable("坏.json", no_ruleset().diagnostics),)))["汇总"], 0)
    assert (found["结论"], found["最要紧的一条"], found["在哪里"]) == ("没读全", "没有指明用哪个规则集", "坏.json")


def test_the_same_review_gives_the_same_bytes() -> None:
    assert review_workbook(luzhou()) == review_workbook(luzhou())


def test_without_xlsxwriter_the_workbook_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError) as raised:
        review_workbook(luzhou())
    assert str(raised.value) == (
        "PF110 错误：写工作簿需要另装 XlsxWriter\n  提示：请运行：pip install 'pfscore[excel]'"
    )
