"""A form as it is printed, saved as CSV, is the form that the workbook gives."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

import pfscore
from pfscore.cli.main import main
from pfscore.forms.files.reader import is_office_file
from pfscore.foundation.errors import InputError
from tests.forms.recognition.layouts import LAYOUTS, national, published
from tests.forms.recognition.test_formats import said
from tests.office.made import WRITERS, Row, Table, table_text
from tests.shares import share

#: Layouts in one sheet, and the published forms of the examples and of the four documents.
TABLES: dict[str, Table] = {
    **{name: tables[0] for name, tables in LAYOUTS.items() if len(tables) == 1},
    "几张表在一张里": ([], [*LAYOUTS["云南"][0][1], *LAYOUTS["江西"][0][1]]),
    **{
        f"{name} {number}": national(form, split=name.startswith("luzhou"))
        for name in ("luzhou-2023", "yueyang-2023", "yancheng-2022", "suzhou-wujiang-2024")
        for number, form in enumerate(published(name))
        if form.get("indicators")
    },
}
ENCODINGS = [("gb18030", ","), ("utf-8-sig", ","), ("utf-8", ";"), ("utf-16", "\t")]


def saved(table: Table, folder: Path, encoding: str = "utf-8-sig", separator: str = ",") -> Path:
    path = folder / "表.csv"
    path.write_bytes(table_text(table, separator).encode(encoding))
    return path


@cache
def said_of_workbook(name: str) -> object:
    return said(pfscore.load_forms(WRITERS[".xlsx"]([TABLES[name]])))


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    share([(name, *encoding) for name in TABLES for encoding in ENCODINGS], len(ENCODINGS) - 1),
)
def test_is_as_the_workbook(name: str, encoding: str, separator: str, tmp_path: Path) -> None:
    path = saved(TABLES[name], tmp_path, encoding, separator)
    found = pfscore.load_forms(path)
    assert all(form.problems == () for form in found)
    assert said(found) == said_of_workbook(name)
    assert said(pfscore.load_forms(path.read_bytes())) == said(found)


HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注"]
HEAD: list[Row] = [["主管部门", ("某局", 3), "实施单位", ("某站", 3)]]


def test_levels_are_carried_down_and_nothing_else(tmp_path: Path) -> None:
    rows: list[Row] = [
        *HEAD,
        HEADER,
        ["产出指标", "数量指标", "次数", "≥3次", "3次", "10", "10", "说明甲"],
        ["", "", "人数", "", "", "", "", ""],
        ["效益指标", "", "带动", "≥5人", "", "", "", ""],
    ]
    [form] = pfscore.load_forms(saved(([], rows), tmp_path))
    keys = ("path", "name", "target", "actual", "points", "published_score", "note")
    assert [tuple(getattr(row, key) for key in keys) for row in form.indicators] == [
        (("产出指标", "数量指标"), "次数", "≥3次", "3次", "10", "10", "说明甲"),
        (("产出指标", "数量指标"), "人数", None, None, None, None, None),
        (("效益指标",), "带动", "≥5人", None, None, None, None),
    ]


def test_a_block_in_a_row_of_its_own_is_the_level_of_those_below(tmp_path: Path) -> None:
    rows: list[Row] = [
        *HEAD,
        HEADER,
        ["产出指标", "", "", "", "", "", "", ""],
        ["", "数量指标", "次数", "≥3次", "3次", "10", "10", ""],
        ["注：次数按台账。", "", "", "", "", "", "", ""],
    ]
    [form] = pfscore.load_forms(saved(([], rows), tmp_path))
    assert [(row.path, row.name) for row in form.indicators] == [(("产出指标", "数量指标"), "次数")]


def test_places_count_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """A blank row is a row, and a cell of two lines is in one."""
    rows: list[Row] = [
        ["绩效\n自评表"],
        ["", "", ""],
        *HEAD,
        HEADER,
        ["产出", "数量", "次数", "≥3次", "两次", "10", "x", "乙"],
    ]
    path = saved(([], rows), tmp_path)
    [form] = pfscore.load_forms(path)
    assert dict(form.indicators[0].places)["actual"] == "第 5 行 E 列"
    assert "第 5 行 G 列" in path_text(path, "audit", "--ruleset", "cn/project", "--year", "2023")
    assert "row 5, column G" in path_text(path, "audit", "--ruleset", "cn/project", "--year", "2023", "--lang", "en")


def test_what_is_in_no_column_is_listed_with_its_place(tmp_path: Path) -> None:
    rows: list[Row] = [*HEAD, [*HEADER, "处室"], ["产出", "数量", "次数", "≥3次", "3次", "10", "10", "", "二处"]]
    [form] = pfscore.load_forms(saved(([], rows), tmp_path))
    assert ("第 3 行 I 列", "二处") in [(cell.place, cell.text) for cell in form.unread]


#: A table in words that are not known.
FOREIGN: list[Row] = [
    [("某局任务表", 5)],
    ["主管部门", "某局", "实施单位", ("某站", 2)],
    ["任务", "要求", "做到", "权数", "备注"],
    ["培训", "≥3次", "3次", "60", ""],
    ["检查", "≥5次", "5次", "40", ""],
]


def test_a_table_that_is_not_recognised_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(([], FOREIGN), tmp_path)
    with pytest.raises(InputError) as caught:
        pfscore.load_forms(path)
    assert [one.code for one in caught.value.diagnostics] == ["PF168"]
    assert main(["convert", str(path)]) == 1
    shown = capsys.readouterr().err
    assert "第 3 行" in shown and "✓ 分值  [60 | 40]" in shown and "≥3次 | ≥5次" in shown
    answers = ["--map", "任务=三级指标", "--map", "要求=年度指标值", "--map", "C=实际完成值"]
    for how in (answers, [*answers, "--header", "3"], [*answers, "--range", "A3:D5"]):
        out = tmp_path / "out.json"
        assert main(["convert", str(path), *how, "-o", str(out), "--force"]) == 0
        [form] = pfscore.load_forms(out)
        assert [(row.name, row.target, row.actual, row.points) for row in form.indicators] == [
            ("培训", "≥3次", "3次", "60"),
            ("检查", "≥5次", "5次", "40"),
        ]
        assert ("任务", "三级指标") in form.mapped


@pytest.mark.parametrize(
    "text",
    [
        "指标名称,指标值,分值\n人数,≥5人,10\n",
        "表名,部门,指标名称,指标值,处室\n甲,某局,人数,≥5人,一\n",
        "2023年自评表,,\n单位：万元,,\n指标名称,指标值,分值\n人数,≥5人,10\n",
        "甲,乙,丙\n1,2,3\n",
    ],
)
def test_one_row_an_indicator_stays_what_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    assert not is_office_file(path)


def path_text(path: Path, command: str, *options: str) -> str:
    """Return what a command prints about a file."""
    out = io.StringIO()
    with redirect_stdout(out):
        main([command, str(path), *options])
    return out.getvalue()
