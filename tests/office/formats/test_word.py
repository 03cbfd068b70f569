"""Documents: tracked changes, content controls, hidden text, merged cells, tables within cells."""

from __future__ import annotations

from pfscore.office.formats.word import read_docx
from pfscore.office.grid import Book
from tests.office.made import zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(table: str, before: str = "") -> Book:
    body = f"<w:document {W}><w:body>{before}<w:tbl>{table}</w:tbl></w:body></w:document>"
    return read_docx(zipped({"word/document.xml": body}), "表.docx")


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inner}</w:p></w:tc>"


def text(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def texts(book: Book, number: int = 0) -> list[list[str]]:
    grid = book.grids[number]
    return [[grid.text(row, column) for column in range(grid.width)] for row in range(grid.height)]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    inserted = f"<w:ins>{text('16.6')}</w:ins><w:del><w:r><w:delText>15</w:delText></w:r></w:del>{text('亿元')}"
    moved = f"<w:moveFrom>{text('旧')}</w:moveFrom><w:moveTo>{text('新')}</w:moveTo>"
    assert texts(read(row(cell(inserted), cell(moved)))) == [["16.6亿元", "新"]]


def test_content_controls_around_text_cells_and_rows() -> None:
    inside = cell(f"<w:sdt><w:sdtContent>{text('95%')}</w:sdtContent></w:sdt>")
    around = f"<w:sdt><w:sdtContent>{cell(text('优'))}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row(cell(text('一')), cell(text('二')))}</w:sdtContent></w:sdt>"
    assert texts(read(row(inside, around) + rows)) == [["95%", "优"], ["一", "二"]]


def test_hidden_text_is_listed_and_not_read() -> None:
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>{text('公开')}"
    book = read(row(cell(hidden)))
    assert texts(book) == [["公开"]]
    assert [(one.text, one.reason.zh) for one in book.grids[0].unread] == [("内部", "是隐藏的文字")]


def test_merged_cells_stand_once_and_are_found_from_everywhere() -> None:
    table = row(cell(text("甲"), '<w:gridSpan w:val="2"/>'), cell(text("乙"), '<w:vMerge w:val="restart"/>')) + row(
        cell(text("一")), cell(text("二")), cell("", "<w:vMerge/>")
    )
    book = read(table)
    assert texts(book) == [["甲", "甲", "乙"], ["一", "二", "乙"]]
    assert len(book.grids[0].cells) == 4


def test_a_table_within_a_cell_is_one_of_its_own() -> None:
    inner = f"<w:tbl>{row(cell(text('内')))}</w:tbl>"
    book = read(row(f"<w:tc>{inner}<w:p>{text('外')}</w:p></w:tc>"), f"<w:p>{text('2023年度自评表')}</w:p>")
    assert [texts(book, number) for number in (0, 1)] == [[["外"]], [["内"]]]
    assert book.grids[0].before == ("2023年度自评表",)


def test_line_breaks_and_tabs() -> None:
    broken = "<w:r><w:t>年度</w:t><w:br/><w:t>指标值</w:t><w:tab/><w:t>A</w:t></w:r>"
    assert texts(read(row(cell(broken)))) == [["年度\n指标值\tA"]]
