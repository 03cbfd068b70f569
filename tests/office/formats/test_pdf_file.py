"""PDFs: a table that goes on over pages, rows that a page break cuts, headers that every page repeats."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from pfscore.foundation.errors import InputError
from pfscore.office.formats.pdf_file import read_pdf
from pfscore.office.grid import Book
from tests.office.ruled import Page, ruled_pdf

HEADER = ["一级指标", "三级指标", "指标值", "完成值", "得分"]
#: In characters; the scores are narrow.
WIDTHS = [4, 6, 4, 4, 2]


def read(*pages: Page | None) -> Book:
    return read_pdf(ruled_pdf(pages), "表.pdf")


def texts(book: Book) -> list[list[list[str]]]:
    return [
        [[grid.text(row, column) for column in range(grid.width)] for row in range(grid.height)] for grid in book.grids
    ]


def page(*rows: list[str], **other: object) -> Page:
    return Page(rows, WIDTHS, **other)  # type: ignore[arg-type]


FIRST = ["产出", "培训人数", "≥百人", "百廿人", "十"]
SECOND = ["效益", "带动就业", "≥十人", "十二人", "五"]


def test_a_table_goes_on_where_a_page_number_stands_between() -> None:
    above = page(HEADER, FIRST, below=["第 1 页"])
    assert texts(read(above, page(SECOND))) == [[HEADER, FIRST, SECOND]]


def test_a_heading_begins_another_table() -> None:
    assert len(read(page(HEADER, FIRST), page(HEADER, SECOND, above=["2023年度自评表"])).grids) == 2


def test_a_header_that_every_page_repeats_stands_once() -> None:
    assert texts(read(page(HEADER, FIRST), page(HEADER, SECOND), page(HEADER, FIRST))) == [
        [HEADER, FIRST, SECOND, FIRST]
    ]


def test_rows_that_are_the_same_are_no_header() -> None:
    row = ["产出", "培训人数", "3人", "3人", "10"]
    assert texts(read(page(HEADER, row), page(row, SECOND))) == [[HEADER, row, row, SECOND]]


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        # one text is cut, or several are, each where the page and its column are full
        (
            ["产出", "参加业务培训", "≥百人", "百廿人", "十"],
            ["", "的人数", "", "", ""],
            ["产出", "参加业务培训的人数", "≥百人", "百廿人", "十"],
        ),
        (
            ["产出", "参加业务培训", "不少于一", "百廿人", "十"],
            ["", "的人数", "百人", "", ""],
            ["产出", "参加业务培训的人数", "不少于一百人", "百廿人", "十"],
        ),
        # the end of a paragraph is at the end of the page
        (
            ["产出", "人数：", "≥百人", "百廿人", "十"],
            ["", "参加培训", "", "", ""],
            ["产出", "人数：参加培训", "≥百人", "百廿人", "十"],
        ),
    ],
)
def test_a_row_that_the_page_break_cuts_is_joined(upper: list[str], lower: list[str], whole: list[str]) -> None:
    assert texts(read(page(HEADER, FIRST, upper), page(lower, SECOND))) == [[HEADER, FIRST, whole, SECOND]]
    repeated = read(page(HEADER, FIRST, upper), page(HEADER, SECOND))
    assert texts(repeated) == [[HEADER, FIRST, upper, SECOND]]


@pytest.mark.parametrize(
    "lower",
    [
        SECOND,
        ["", "带动就业", "≥十人", "十二人", ""],  # no score: it is merged with the one above
        ["", "带动就业", "≥十人", "十二人", "五"],
        ["", "带动就业", "不适用", "", ""],
    ],
)
@pytest.mark.parametrize(
    "upper", [FIRST, ["产出", "参加业务培训\n的在职及退休\n人员", "≥百人", "百廿人", "十"]], ids=["low", "high"]
)
def test_a_row_after_the_page_break_stays_a_row(upper: list[str], lower: list[str]) -> None:
    whole = ["".join(text.split()) for text in upper]
    assert texts(read(page(HEADER, upper), page(lower, SECOND))) == [[HEADER, whole, lower, SECOND]]


@pytest.mark.parametrize("sides", [(True, True), (True, False), (False, True)])
def test_a_row_without_a_rule_at_the_page_break_is_one(sides: tuple[bool, bool]) -> None:
    upper, lower = ["产出", "参加\n培训", "≥百人", "", "十"], ["", "人数", "", "百廿人", ""]
    book = read(page(HEADER, FIRST, upper, open_below=sides[0]), page(lower, SECOND, open_above=sides[1]))
    assert texts(book) == [[HEADER, FIRST, ["产出", "参加培训人数", "≥百人", "百廿人", "十"], SECOND]]


def test_a_cell_over_many_pages() -> None:
    pages = [page(HEADER, ["产出", "一二三四五六\n七八九十十一", "", "", ""])]
    pages += [page(["", "一二三四五六\n七八九十十一", "", "", ""]) for _ in range(2)]
    pages += [page(["", "完", "", "", ""], SECOND)]
    long = "一二三四五六七八九十十一" * 3 + "完"
    assert texts(read(*pages)) == [[HEADER, ["产出", long, "", "", ""], SECOND]]


def test_a_page_of_pictures_is_listed() -> None:
    book = read(page(HEADER, FIRST), None)
    assert [(one.place.text(), one.place.text("en"), one.reason.zh) for one in book.unread] == [
        ("第 2 页", "page 2", "这一页只有图片，没有文字")
    ]


def test_places_name_page_table_and_row() -> None:
    grid = read(page(HEADER, FIRST), page(SECOND)).grids[0]
    assert [grid.cells[row, 1].place.text() for row in range(3)] == [
        "第 1 页表 1 第 1 行",
        "第 1 页表 1 第 2 行",
        "第 2 页表 1 第 1 行",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_put_in_sideways_is_read_upright(turn: int) -> None:
    document = pypdfium2.PdfDocument(ruled_pdf([page(HEADER, FIRST), page(HEADER, SECOND)]))
    document[0].set_rotation(turn)
    turned = io.BytesIO()
    document.save(turned)
    assert texts(read_pdf(turned.getvalue(), "表.pdf")) == [[HEADER, FIRST, SECOND]]


def test_a_table_without_lines_is_refused_with_what_helps() -> None:
    with pytest.raises(InputError, match=r"PF168 错误：PDF 里没有画出格线的表格\n.*\n  提示：没有格线.*请向填报单位要"):
        read(page(above=["三级指标 指标值 完成值 得分", "人数 ≥5人 6人 10"]))
