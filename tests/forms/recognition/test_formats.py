"""Every layout in every format gives one and the same form."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

import pfscore
from pfscore.forms.form import Form
from tests.forms.recognition.layouts import LAYOUTS, national, published
from tests.office.made import WRITERS, Row, Table, converted_together, document

#: Layouts, and several forms in one table, in one file, over two tables.
TABLES: dict[str, list[Table]] = {
    **LAYOUTS,
    "四川": [national(form, split=True) for form in published("luzhou-2023")[:2]],
    "全国": [national(form) for form in published("yueyang-2023")[1:]],
    "几张表在一张里": [([], [*LAYOUTS["云南"][0][1], *LAYOUTS["江西"][0][1]])],
    "几张表在一个文件里": [*LAYOUTS["重庆"], *LAYOUTS["江苏"], *LAYOUTS["转移支付"]],
}
#: What LibreOffice makes, and of what; the pages of the PDF are large, as no row is to be cut here.
CONVERTED = {"ods": ".xlsx", "odt": ".docx", "pdf": ".docx"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the files of every layout that LibreOffice makes."""
    found: dict[tuple[str, str], Path] = {}
    for wanted, suffix in CONVERTED.items():
        write = partial(document, is_large=True) if wanted == "pdf" else WRITERS[suffix]
        files = {name: write(tables) for name, tables in TABLES.items()}
        paths = converted_together(files, suffix, wanted, tmp_path_factory.mktemp(wanted))
        found |= {(wanted, name): path for name, path in paths.items()}
    return found


def said(forms: list[Form]) -> list[Any]:
    """Return what forms say, without where they say it and without the breaks of lines.

    The number of an annex is a cell of a workbook and a paragraph of a document.
    """
    return [
        _unwrapped(form.model_dump(exclude_none=True, exclude={"unread"}))
        | {"unread": [_unwrapped(cell.text) for cell in form.unread if cell.text[:2] != "附件"]}
        for form in forms
    ]


def _unwrapped(data: Any) -> Any:
    if isinstance(data, str):
        return "".join(data.split())
    if isinstance(data, dict):
        return {key: _unwrapped(value) for key, value in data.items() if key not in {"places", "place"}}
    return [_unwrapped(one) for one in data] if isinstance(data, list | tuple) else data


@pytest.mark.parametrize("name", TABLES)
def test_libraries(name: str) -> None:
    expected = pfscore.load_forms(WRITERS[".xlsx"](TABLES[name]))
    assert all(form.problems == () for form in expected)
    for suffix in (".xls", ".docx", ".html"):
        assert said(pfscore.load_forms(WRITERS[suffix](TABLES[name]))) == said(expected), suffix


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("wanted", CONVERTED)
def test_libreoffice(wanted: str, name: str, made: dict[tuple[str, str], Path]) -> None:
    assert said(pfscore.load_forms(made[wanted, name])) == said(pfscore.load_forms(WRITERS[".xlsx"](TABLES[name])))


def test_a_sheet_of_forms_beside_each_other_is_cut() -> None:
    """Two forms stand beside each other in one sheet, with a blank column between."""
    left: list[Row] = [["三级指标", "指标值", "完成值", "分值"], ["人数", "≥5人", "6人", "10"]]
    right: list[Row] = [["三级指标", "指标值", "完成值", "分值"], ["次数", "≥3次", "2次", "20"]]
    rows = [[*one, "", *other] for one, other in zip(left, right, strict=True)]
    found = pfscore.load_forms(WRITERS[".xlsx"]([([], rows)]))
    assert [[row.name for row in form.indicators] for form in found] == [["人数"], ["次数"]]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_sheets_without_titles_are_forms_of_their_own(suffix: str) -> None:
    tables: list[Table] = [
        ([], [["三级指标", "指标值", "完成值", "分值"], [name, "≥5人", "6人", "10"]]) for name in ("甲", "乙", "丙")
    ]
    found = pfscore.load_forms(WRITERS[suffix](tables))
    assert [[row.name for row in form.indicators] for form in found] == [["甲"], ["乙"], ["丙"]]
