"""`pfscore convert`: forms of office files as files of forms, and what is said of what was not recognised."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import pfscore
from tests.cli.running import run, run_apart
from tests.forms.recognition.layouts import LAYOUTS, national, published
from tests.office.made import Table, converted, document, workbook

UNKNOWN: list[Table] = [
    (
        [],
        [
            ["序号", "考核重点", "工作要求", "权数值"],
            ["1", "培训人数", "≥100人", "60"],
            ["2", "宣传次数", "≥3次", "40"],
        ],
    )
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("云南.xlsx").write_bytes(workbook(LAYOUTS["云南"]))
    Path("重庆.docx").write_bytes(document(LAYOUTS["重庆"]))
    Path("考核.xlsx").write_bytes(workbook(UNKNOWN))
    return tmp_path


@pytest.mark.parametrize("suffix", [".json", ".yaml", ".csv", ".xlsx"])
def test_forms_are_written(suffix: str, folder: Path) -> None:
    assert run("convert", "云南.xlsx", "重庆.docx", "-o", f"out{suffix}") == (0, "")
    forms = pfscore.load_forms(f"out{suffix}")
    assert [form.title for form in forms] == ["2021年度项目支出绩效自评表", "重庆市某区林业局部门整体绩效自评表"]
    assert [row.name for row in forms[1].indicators] == ["森林面积", "受害率"]


def test_without_an_output_it_says_what_was_read_and_what_was_not(folder: Path) -> None:
    assert run("convert", "重庆.docx") == (
        0,
        "重庆.docx：《重庆市某区林业局部门整体绩效自评表》 指标 2 行，预算 1 行\n"
        "  没有读 表 1 第 5 行：目标一（同一项有两个值，取了另一个）\n",
    )


def test_a_table_that_is_not_recognised_is_shown_and_gives_nothing(folder: Path) -> None:
    assert run("convert", "考核.xlsx", "-o", "out.json") == (
        1,
        """\
考核.xlsx › 表1!A1：表头像是第 1 行
  A  序号      ✓ 不读  [1 | 2]
  B  考核重点  ? 三级指标：都是文字，各不相同  [培训人数 | 宣传次数]
  C  工作要求  ? 指标值：有 ≥、≤ 一类的符号  [≥100人 | ≥3次]
  D  权数值    ? 分值：表头像“权数”；分值：都是数，相加得 100  [60 | 40]
PF168 错误：有 1 张表，没有一张认得出是自评表
  考核.xlsx
  提示：用 --map '表头=含义' 指明，如 --map '权数=分值'；表头在别的行，用 --header
""",
    )
    assert not Path("out.json").exists()


def test_answers_are_used_saved_and_used_again(folder: Path) -> None:
    answers = ["--map", "考核重点=三级指标", "--map", "工作要求=指标值", "--map", "D=分值"]
    assert run("convert", "考核.xlsx", *answers, "--save-map", "m.yaml", "-o", "one.json") == (0, "")
    assert Path("m.yaml").read_text(encoding="utf-8") == "map:\n  考核重点: 三级指标\n  工作要求: 指标值\n  D: 分值\n"
    assert run("convert", "考核.xlsx", "--map-file", "m.yaml", "-o", "two.json") == (0, "")
    data = json.loads(Path("one.json").read_text(encoding="utf-8"))
    assert data == json.loads(Path("two.json").read_text(encoding="utf-8"))
    assert data["mapped"] == {"考核重点": "三级指标", "工作要求": "指标值", "权数值": "分值"}
    assert [row["points"] for row in data["indicators"]] == ["60", "40"]


def test_a_map_that_names_no_column(folder: Path) -> None:
    code, said = run("convert", "考核.xlsx", "--map", "权树=分值")
    assert (code, said) == (2, "PF169 错误：没有一张表有 “权树” 这一列\n")


def test_one_bad_file_leaves_the_others(folder: Path) -> None:
    Path("坏.xlsx").write_bytes(workbook(LAYOUTS["云南"])[:1000])
    code, out, said = run_apart("convert", ".", "-o", "-")
    assert (code, len(json.loads(out))) == (2, 2)
    assert said.startswith("PF160 错误：文件已损坏，或没有传完整\n  坏.xlsx\n")
    assert "考核.xlsx › 表1!A1" in said


def test_a_diagnostic_of_a_score_names_the_cell(folder: Path) -> None:
    form = published("luzhou-2023")[0]
    form["indicators"][1]["points"] = "十分好"
    Path("表.xlsx").write_bytes(workbook([national(form, split=True)]))
    code, said = run("score", "表.xlsx", "--ruleset", "cn-sc/project")
    assert code == 1
    assert "  表.xlsx › 表1!I16  第 2 行，分值\n      | 十分好\n      | ^^^^^^\n" in said


@pytest.mark.parametrize("name", ["out.pptx", "out"])
def test_a_kind_that_is_not_written(name: str, folder: Path) -> None:
    code, said = run("convert", "云南.xlsx", "-o", name)
    assert (code, said.splitlines()[0][:8]) == (2, "PF109 错误")


def test_an_old_document_is_converted_where_it_is_asked_for(folder: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    made = converted(document(LAYOUTS["江苏"]), ".docx", "doc", folder)
    assert run("convert", str(made))[1].startswith("PF167 错误：是旧式的 Word 文档（.doc）")
    assert run("convert", str(made), "--libreoffice", "-o", "out.json") == (0, "")
    assert [line.label for line in pfscore.load_forms("out.json")[0].budget] == ["收入合计", "基本支出"]
