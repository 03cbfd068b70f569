"""A file is what its content says; what cannot be read is refused with the sentence that helps."""

from __future__ import annotations

import io
import struct
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import pfscore
from pfscore.foundation.errors import InputError
from pfscore.office.formats import archive
from pfscore.office.formats import pdf_file as pdf
from pfscore.office.open import read_bytes
from tests.office.made import Table, changed, document, old_workbook, page, workbook, zipped

SMALL: list[Table] = [
    (
        ["2023年度项目支出绩效自评表"],
        [
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
            ["产出指标", "数量指标", "培训人数", "≥100人", "120人", "50", "50"],
        ],
    )
]
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
#: A PDF of one blank page.
BLANK_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
"""


def _with_doctype(data: bytes, part: str) -> bytes:
    return changed(data, part, lambda text: text.replace("?>", f"?>{DOCTYPE}", 1) if "?>" in text else DOCTYPE + text)


def _sheet_of(rows: int) -> bytes:
    sheet = "<worksheet><sheetData>" + "<row><c/></row>" * rows + "</sheetData></worksheet>"
    return changed(workbook(SMALL), "xl/worksheets/sheet1.xml", lambda _: sheet)


def _lying(data: bytes) -> bytes:
    """Return an archive whose first sheet declares that it is small."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        info = found.getinfo("xl/worksheets/sheet1.xml")
    size = struct.pack("<L", info.file_size)
    assert data.count(size) == 2
    return data.replace(size, struct.pack("<L", 1000))


def compound_file(stream: str) -> bytes:
    """Return the beginning of a compound file that holds a stream of this name."""
    name = stream.encode("utf-16-le") + bytes(2)
    return (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(504)
        + name.ljust(64, b"\0")
        + struct.pack("<H", len(name))
        + bytes(62)
    )


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "cut off workbook": ("PF160", lambda: workbook(SMALL)[:2000], "PF160 错误：文件已损坏，或没有传完整"),
    "cut off old workbook": ("PF166", lambda: old_workbook(SMALL)[:3000], "PF166 错误：看不出是哪种文件"),
    "broken old workbook": ("PF160", lambda: compound_file("Workbook"), "PF160 错误：文件已损坏，或没有传完整"),
    "cut off document": ("PF160", lambda: document(SMALL)[:-200], "PF160 错误：文件已损坏，或没有传完整"),
    "broken PDF": ("PF160", lambda: b"%PDF-1.4\n" + bytes(range(256)), "PF160 错误：文件已损坏，或没有传完整"),
    "no XML": (
        "PF160",
        lambda: changed(document(SMALL), "word/document.xml", lambda text: text[:500]),
        "PF160 错误：文件已损坏，或没有传完整",
    ),
    "many parts": (
        "PF161",
        lambda: zipped({f"{number}": "" for number in range(10_001)}),
        "PF161 错误：文件里有 10001 个部件，太多了",
    ),
    "deep XML": (
        "PF161",
        lambda: changed(document(SMALL), "word/document.xml", lambda _: "<a>" * 300 + "</a>" * 300),
        "PF161 错误：XML 嵌套太深",
    ),
    "entities in a workbook": (
        "PF162",
        lambda: _with_doctype(workbook(SMALL), "xl/workbook.xml"),
        "PF162 错误：xl/workbook.xml 里有 DTD 声明，不读",
    ),
    "entities in a document": (
        "PF162",
        lambda: _with_doctype(document(SMALL), "word/document.xml"),
        "PF162 错误：word/document.xml 里有 DTD 声明，不读",
    ),
    "encrypted": ("PF163", lambda: compound_file("EncryptedPackage"), "PF163 错误：文件加了密码，不能读"),
    "blank PDF": ("PF165", lambda: BLANK_PDF, "PF165 错误：PDF 里没有文字"),
    "archive of something": ("PF166", lambda: zipped({"a.txt": "a"}), "PF166 错误：压缩包里没有表格或文档"),
    "noise": ("PF166", lambda: bytes(range(256)) * 8, "PF166 错误：看不出是哪种文件"),
    "old document": ("PF167", lambda: compound_file("WordDocument"), "PF167 错误：是旧式的 Word 文档（.doc）"),
    "nothing": ("PF104", lambda: b"", "PF104 错误：文件是空的"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read(name: str) -> None:
    code, make, said = BAD[name]
    with pytest.raises(InputError) as caught:
        read_bytes(make(), "表.xlsx")
    assert (caught.value.code, str(caught.value).splitlines()[:2]) == (code, [said, "  表.xlsx"])


@pytest.mark.parametrize(
    ("bound", "lies", "code"),
    [("MAX_INFLATED", False, "PF161"), ("MAX_INFLATED", True, "PF160"), ("MAX_ELEMENTS", False, "PF161")],
)
def test_a_bomb_is_refused_before_much_of_it_is_read(
    bound: str, *, lies: bool, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, bound, 10_000)
    data = _lying(_sheet_of(100_000)) if lies else _sheet_of(100_000)
    tracemalloc.start()
    with pytest.raises(InputError) as caught:
        read_bytes(data, "表.xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == code
    assert most < 500_000


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 0)
    with pytest.raises(InputError) as caught:
        read_bytes(BLANK_PDF, "表.pdf")
    assert caught.value.code == "PF161"


@pytest.mark.parametrize(
    ("module", "suffix", "make"),
    [
        ("xlrd", "xls", lambda: old_workbook(SMALL)),
        ("selectolax.lexbor", "html", lambda: page(SMALL)),
        ("pdfplumber", "pdf", lambda: BLANK_PDF),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_its_command(
    module: str, suffix: str, make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError) as caught:
        read_bytes(make(), "表")
    assert str(caught.value) == (
        f"PF110 错误：读 .{suffix} 文件需要另装 {module.split('.')[0]}\n  表\n"
        f"  提示：请运行：pip install 'pfscore[{'excel' if suffix == 'xls' else suffix}]'"
    )


@pytest.mark.parametrize("make", [workbook, old_workbook, document, page])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".docx", ".html", ".pdf", ".et"])
def test_the_content_decides_and_not_the_name(
    make: Callable[[list[Table]], bytes], suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(make(SMALL))
    (form,) = pfscore.load_forms(path)
    assert (form.title, form.indicators[0].actual) == ("2023年度项目支出绩效自评表", "120人")


@pytest.mark.parametrize("make", [workbook, old_workbook, document, page])
def test_bytes_are_read_as_the_file_is(make: Callable[[list[Table]], bytes]) -> None:
    (form,) = pfscore.load_forms(make(SMALL))
    assert form.indicators[0].actual == "120人"
