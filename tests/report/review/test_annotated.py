"""Copies of workbooks with scores beside their forms: what is added, and that all else is as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pfscore
from pfscore.foundation.errors import InputError
from pfscore.report.review.annotated import annotated_workbook
from pfscore.report.review.reviewed import review_body
from tests.report.review.workbooks import opened, parts, workbook

SHEET = "xl/worksheets/sheet1.xml"
Annotate = Callable[[bytes], bytes]


@pytest.fixture
def annotate(tmp_path: Path) -> Annotate:
    """Return a function that annotates a workbook."""

    def annotate(data: bytes) -> bytes:
        path = tmp_path / "form.xlsx"
        path.write_bytes(data)
        forms = [("form.xlsx", one) for one in pfscore.load_forms(path)]
        rules = [pfscore.load_ruleset("cn/project") for _ in forms]
        return annotated_workbook("form.xlsx", data, review_body(forms, rules))

    return annotate


def texts(sheet: Any, row: int) -> list[Any]:
    """Return what the four added cells of a row hold."""
    return [sheet.cell(row, column).value for column in range(11, 15)]


def test_four_columns_stand_right_of_the_form(annotate: Annotate) -> None:
    sheet = opened(annotate(workbook()))["运维费"]
    assert texts(sheet, 3) == texts(sheet, 5) == ["系统得分", "差异", "依据", "说明"]
    assert texts(sheet, 4)[:2] == [5, 0]
    score, difference, clause, why = texts(sheet, 6)
    assert (score, difference) == (45, 5)
    assert clause
    assert why.split("；") == [
        "✕ 未达标（90 / ≥100人），却得满分 50，不应得满分",
        "按规则是 45（PF721）",
        "未达标：90 人 < 100 人",
        "完成率 90%",
        "要得满分：至少 100人",
    ]
    assert texts(sheet, 7)[:2] == [40, 0]
    assert texts(sheet, 8)[:3] == [90, 5, "cn/project（草案） 2023-12-31"]


def test_findings_are_coloured_and_carry_a_sign(annotate: Annotate) -> None:
    sheet = opened(annotate(workbook()))["运维费"]
    assert [sheet.cell(row, 14).fill.fgColor.rgb for row in (6, 7)] == ["FFFDECEA", "FFE8F1FB"]
    assert [sheet.cell(row, 14).value[:2] for row in (6, 7)] == ["✕ ", "i "]
    assert sheet["K6"].fill.fgColor.rgb == "00000000"


def test_every_other_part_is_as_it_was_byte_for_byte(annotate: Annotate) -> None:
    before = workbook()
    old, new = parts(before), parts(annotate(before))
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == [SHEET, "xl/styles.xml"]
    assert len(old) > 10


def test_what_stood_in_the_sheet_stands_there_byte_for_byte(annotate: Annotate) -> None:
    before = workbook()
    old, new = parts(before)[SHEET].decode(), parts(annotate(before))[SHEET].decode()
    for pattern in (r'<c r="[KLMN][1-9]" s="\d+"(?: t="inlineStr")?>.*?</c>', r'<col min="1[1-4]"[^>]*/>'):
        new = re.sub(pattern, "", new)
    assert new.replace('ref="A1:N9"', "") == re.sub(r'<c r="N9"[^>]*/>', r"\g<0>", old).replace('ref="A1:N9"', "")


def test_dates_order_and_comment_of_the_archive_are_kept(annotate: Annotate) -> None:
    before = workbook()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(annotate(before))) as new:
        assert [(one.filename, one.date_time, one.compress_type) for one in old.infolist()] == [
            (one.filename, one.date_time, one.compress_type) for one in new.infolist()
        ]


@pytest.mark.parametrize("text", ["=1+1", "+1人", "-2", "@SUM(A1)", "<b>&", "_x0041_"])
def test_a_text_stays_text(annotate: Annotate, text: str) -> None:
    sheet = opened(annotate(workbook(name=text)))["运维费"]
    added = [sheet.cell(row, column) for row in range(1, 10) for column in range(11, 15)]
    assert {cell.data_type for cell in added if isinstance(cell.value, str)} == {"s"}
    assert all(cell.quotePrefix for cell in added if cell.value is not None)


def test_the_copy_can_be_annotated_again(annotate: Annotate) -> None:
    sheet = opened(annotate(annotate(workbook())))["运维费"]
    assert sheet.cell(6, 11).value == 45


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{}", b"%PDF-1.4"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as raised:
        annotated_workbook("表.docx", data, [])
    assert raised.value.code in {"PF152", "PF160"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy(annotate: Annotate, tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(annotate(workbook()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"]
    subprocess.run([*command, tmp_path, path], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "copy.csv").read_text(encoding="utf-8").splitlines()
    assert lines[2].endswith("系统得分,差异,依据,说明")
    assert ",45,5," in lines[5]
