"""Hostile office files, built in code: bombs, entities, far cells, endless merges, broken, mis-named and scanned files.

Each is small or can be sent by mail, and asks a reader for far more than that.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

_MEBIBYTE = 1024 * 1024
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">{_ENTITIES}]><x>&a11;</x>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
_HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _bomb(parts: Mapping[str, str | bytes], part: str, mebibytes: int, filling: str = " ") -> bytes:
    """Return an archive in which one part goes on and on."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        block = (filling * (_MEBIBYTE // len(filling.encode()) + 1)).encode()
        with archive.open(part, "w", force_zip64=True) as inside:
            inside.write(b"<x>")
            for _ in range(mebibytes):
                inside.write(block)
    return stream.getvalue()


# ── workbooks ──
def _parts(sheet: str, *, strings: str = "", styles: str = "", sheets: int = 1) -> dict[str, str]:
    numbers = range(1, sheets + 1)
    entries = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns:r="{kind}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
        **{f"xl/worksheets/sheet{n}.xml": sheet for n in numbers},
    }


def _xlsx(sheet: str, **other: object) -> bytes:
    return _zipped(_parts(sheet, **other))  # type: ignore[arg-type]


def _sheet(rows: str, behind: str = "", before: str = "") -> str:
    return f"<worksheet>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"


def _text(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


@cache
def _sheet_bomb(mebibytes: int) -> bytes:
    parts = {name: part for name, part in _parts("").items() if "sheet1" not in name}
    return _bomb(parts, "xl/worksheets/sheet1.xml", mebibytes)


def _lying_bomb() -> bytes:
    """Return a bomb whose directory says that the sheet is small."""
    data = _sheet_bomb(256)
    true = (256 * (_MEBIBYTE + 1) + 3).to_bytes(8, "little")
    for size in (true, true[:4]):
        data = data.replace(size, (1000).to_bytes(len(size), "little"))
    return data


def _merges() -> str:
    """Return merged ranges that cover the whole sheet, again and again, between two texts far apart."""
    ranges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 1001))
    return f"<mergeCells>{ranges}</mergeCells>"


def _corners() -> str:
    rows = "".join(f'<row r="{n}">{_text(f"A{n}", "甲")}</row>' for n in range(1, 1001))
    return rows + f'<row r="1048576">{_text("XFD1048576", "乙")}</row>'


def _formats() -> str:
    codes = [
        *("0" * 100_000, "#," * 50_000, "&quot;" * 99_999, "[" * 50_000, "[&gt;1]0;" * 20_000, "_(" * 50_000),
        *("0." + "0" * 90_000, "yyyy" * 20_000, "0E+" + "0" * 50_000, "%" * 50_000, "?/" * 20_000),
    ]
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"


def _numbers() -> str:
    values = ["1E+999999999", "-1E-999999999", "9" * 100_000, "1E400000", "0." + "0" * 99_999 + "1", "nan", "inf"]
    cells = "".join(f'<c s="{style}"><v>{value}</v></c>' for value in values for style in range(11))
    return f"<row>{cells}</row>" * 20


def _filled(rows: int, columns: int) -> str:
    cells = "".join("<c><v>1</v></c>" for _ in range(columns))
    return f"<row>{cells}</row>" * rows


# ── documents ──
def _docx(body: str) -> bytes:
    return _zipped({"word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"})


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _nested_docx(depth: int) -> bytes:
    return _docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def _wide_docx() -> bytes:
    cell = _tc("甲", '<w:gridSpan w:val="1000000000"/><w:vMerge w:val="restart"/>')
    return _docx(f"<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * 2000}</w:tbl>")


# ── OpenDocument ──
def _opendocument(kind: str, body: str) -> bytes:
    content = f"<office:document-content {_OFFICE}><office:body>{body}</office:body></office:document-content>"
    return _zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def _repeated(rows: int, columns: int, text: str = "<text:p>1</text:p>", more: str = "") -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" {more}>{text}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return f'<table:table table:name="表">{row}</table:table>'


# ── pages ──
def _html(body: str) -> bytes:
    return f"<!doctype html><html><body>{body}</body></html>".encode()


# ── PDFs ──
def _pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """Return a PDF of objects; the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (one if isinstance(one, bytes) else one.encode("latin-1")) + b"\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    size = len(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
            f"startxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def _one_page(content: bytes, *, packed: bool = True, resources: str = "/Font<</F 5 0 R>>") -> bytes:
    data = zlib.compress(content, 9) if packed else content
    head = f"<</Length {len(data)}{'/Filter/FlateDecode' if packed else ''}>>stream\n".encode()
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}>>/Contents 4 0 R>>",
        head + data + b"\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _form(content: str, drawn: str) -> str:
    head = f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<{drawn}>>>>/Length {len(content)}>>"
    return f"{head}stream\n{content}\nendstream"


def _text_bomb() -> bytes:
    """Return a page whose content inflates to 256 MiB."""
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(b"0 0 m " * 174_763) for _ in range(256)) + packer.flush()
    head = f"<</Length {len(data)}/Filter/FlateDecode>>stream\n".encode()
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        head + data + b"\nendstream",
    )


def _characters(count: int) -> bytes:
    return (
        b"BT /F 8 Tf "
        + b"".join(f"1 0 0 1 {n * 7 % 590} {n // 84 * 9 % 840} Tm (x) Tj ".encode() for n in range(count))
        + b"ET"
    )


def _rules(count: int) -> bytes:
    lines = (f"{n % 590} 0 m {n % 590} 842 l S 0 {n % 840} m 595 {n % 840} l S ".encode() for n in range(count))
    return b"".join(lines)


def _many_pages(count: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", *[page] * count)


def _scan(pages: int) -> bytes:
    picture = zlib.compress(bytes(2480 * 3508), 9)
    head = (
        "<</Type/XObject/Subtype/Image/Width 2480/Height 3508/ColorSpace/DeviceGray/BitsPerComponent 8"
        f"/Length {len(picture)}/Filter/FlateDecode>>stream\n"
    ).encode()
    kids = " ".join(f"{n} 0 R" for n in range(5, pages + 5))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>>>/Contents 4 0 R>>"
    draw = "q 595 0 0 842 0 0 cm /I Do Q"
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        head + picture + b"\nendstream",
        f"<</Length {len(draw)}>>stream\n{draw}\nendstream",
        *[page] * pages,
    )


# ── old files ──
def compound_file(stream: str, filling: bytes = b"") -> bytes:
    """Return the beginning of a compound file that holds a stream of this name."""
    name = stream.encode("utf-16-le") + bytes(2)
    return (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(504)
        + name.ljust(64, b"\0")
        + len(name).to_bytes(2, "little")
        + bytes(62)
        + filling
    )


#: The files by what they do; each is built when it is asked for.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "workbook, 256 MiB in a sheet": lambda: _sheet_bomb(256),
    "workbook, 256 MiB declared as 1,000 bytes": _lying_bomb,
    "workbook, entities in entities": lambda: _zipped({**_parts(_sheet("")), "xl/sharedStrings.xml": LAUGHS}),
    "workbook, entity of a file outside": lambda: _zipped({**_parts(_sheet("")), "xl/workbook.xml": OUTSIDE}),
    "workbook, 1,000 merged ranges over everything": lambda: _xlsx(_sheet(_corners(), _merges())),
    "workbook, 1,000,000 blank rows": lambda: _xlsx(_sheet("<row/>" * 999_000)),
    "workbook, more cells than are read": lambda: _xlsx(_sheet(_filled(3000, 100))),
    "workbook, as many cells as are read": lambda: _xlsx(_sheet(_filled(990, 100))),
    "workbook, 60 MiB in one text": lambda: _xlsx(
        _sheet('<row><c t="s"><v>0</v></c></row>' * 1000), strings=f"<si><t>{'字' * 20 * _MEBIBYTE}</t></si>"
    ),
    "workbook, 500,000 texts that nothing shows": lambda: _xlsx(_sheet(""), strings="<si><t>甲乙丙</t></si>" * 490_000),
    "workbook, 9,000 sheets": lambda: _xlsx(_sheet(f"<row>{_text('A1', '甲')}</row>"), sheets=9000),
    "workbook, number formats without end": lambda: _xlsx(_sheet(_numbers()), styles=_formats()),
    "workbook, hidden columns without end": lambda: _xlsx(
        _sheet("", before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 2000 + "</cols>")
    ),
    "workbook, 190,000 formulas without values": lambda: _xlsx(_sheet("<row><c><f>A1</f></c></row>" * 190_000)),
    "workbook, deep XML": lambda: _xlsx("<a>" * 100_000),
    "workbook, cut off": lambda: _xlsx(_sheet(_filled(100, 10)))[:-200],
    "workbook with macros, nothing else": lambda: _zipped(
        {**_parts(_sheet("")), "xl/vbaProject.bin": bytes(5 * _MEBIBYTE)}
    ),
    "document, 256 MiB": lambda: _bomb({}, "word/document.xml", 256),
    "document, entities in entities": lambda: _zipped({"word/document.xml": LAUGHS}),
    "document, tables in tables": lambda: _nested_docx(80),
    "document, cells over everything": _wide_docx,
    "document, more cells than are read": lambda: _docx(
        f"<w:tbl>{f'<w:tr>{_tc(chr(30002)) * 50}</w:tr>' * 4500}</w:tbl>"
    ),
    "document, 60 MiB in one paragraph": lambda: _docx(f"<w:tbl><w:tr>{_tc('字' * 20 * _MEBIBYTE)}</w:tr></w:tbl>"),
    "OpenDocument sheet, a cell repeated 10^18 times": lambda: _opendocument(
        "spreadsheet", f"<office:spreadsheet>{_repeated(10**9, 10**9)}</office:spreadsheet>"
    ),
    "OpenDocument sheet, blank cells without end": lambda: _opendocument(
        "spreadsheet", f"<office:spreadsheet>{_repeated(10**9, 10**9, '') * 1000}</office:spreadsheet>"
    ),
    "OpenDocument sheet, spans over everything": lambda: _opendocument(
        "spreadsheet",
        "<office:spreadsheet>"
        + _repeated(1000, 100, more='table:number-rows-spanned="1000000" table:number-columns-spanned="16000"')
        + "</office:spreadsheet>",
    ),
    "OpenDocument text, entities in entities": lambda: _zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": LAUGHS}
    ),
    "page, 20,000 tables in tables": lambda: _html("<table><tr><td>甲" * 20_000),
    "page, a cell over 10^18 cells": lambda: _html('<table><tr><td rowspan="999999999" colspan="999999999">甲' * 3),
    "page, spans over everything": lambda: _html("<table>" + '<tr><td rowspan="65534" colspan="1000">甲' * 3000),
    "page, 300,000 cells": lambda: _html("<table>" + "<tr>" + "<td>甲" * 300_000),
    "page, 60 MiB of text": lambda: _html("<table><tr><td>" + "字" * 20 * _MEBIBYTE),
    "page, 2,000,000 tags": lambda: _html("<b><i>" * 1_000_000),
    "page, a tag of 50 MiB": lambda: _html(f'<table><tr><td style="{"x" * 50 * _MEBIBYTE}">甲'),
    "PDF, a page that inflates to 256 MiB": _text_bomb,
    "PDF, 300,000 characters on a page": lambda: _one_page(_characters(300_000)),
    "PDF, 20,000 rules on a page": lambda: _one_page(_rules(20_000)),
    "PDF, 200,000 curves on a page": lambda: _one_page(b"0 0 m 1 1 2 2 3 3 c S " * 200_000),
    "PDF, a million operators without a page of text": lambda: _one_page(b"q Q " * 1_000_000),
    "PDF, 100,000 nested arrays": lambda: _one_page(b"[" * 100_000, packed=False),
    "PDF, a page tree that leads to itself": lambda: _pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    ),
    "PDF, a form that draws itself": lambda: _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 4 0 R>>",
        _form("/X Do /X Do", "/X 4 0 R"),
    ),
    "PDF, forms that draw forms 1,000 times, six deep": lambda: _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 4 0 R>>",
        *[_form("/X Do " * 1000, f"/X {n} 0 R") for n in range(5, 10)],
        _form("0 0 m 1 1 l S ", ""),
    ),
    "PDF, LZW that goes on and on": lambda: _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 4 0 R>>",
        b"<</Length 2000000/Filter/LZWDecode>>stream\n" + bytes(range(256)) * 7812 + b"\nendstream",
    ),
    "PDF, 5,000 pages": lambda: _many_pages(5_000),
    "PDF, 450 pages without text": lambda: _many_pages(450),
    "PDF, a scan of 200 pages": lambda: _scan(200),
    "PDF, encrypted": lambda: _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[]/Count 0>>",
        f"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{'00' * 32}>/U<{'11' * 32}>>>",
        trailer="/Encrypt 3 0 R/ID[<00><00>]",
    ),
    "PDF, noise behind its head": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40_000,
    "old workbook, noise": lambda: compound_file("Workbook", bytes(range(256)) * 40_000),
    "old workbook, encrypted": lambda: compound_file("EncryptedPackage"),
    "old document": lambda: compound_file("WordDocument"),
    "60 MiB of noise": lambda: bytes(range(256)) * 4096 * 60,
    "an archive of archives": lambda: _zipped({"a.zip": _sheet_bomb(64), "b.zip": _sheet_bomb(64)}),
    "nothing": lambda: b"",
}
