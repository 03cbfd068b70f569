"""`pfscore report`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run, run_apart, run_at_terminal
from tests.questions.forms import LUZHOU

pytest.importorskip("jinja2", reason="the page is made by Jinja2 (extra `report`)")
COUNTS = "7 份：1 有错误，4 存疑，0 没读全，2 没有发现\n"


def test_a_page_a_workbook_and_markdown_at_once(here: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the workbook is written by XlsxWriter (extra `excel`)")
    outputs = ("--html", "out.html", "--xlsx", "out.xlsx", "--markdown", "out.md")
    assert run("report", LUZHOU, *outputs) == (1, COUNTS)
    assert (here / "out.xlsx").read_bytes().startswith(b"PK")
    assert (here / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>\n<html lang=")
    assert (here / "out.md").read_text(encoding="utf-8").startswith("# 绩效自评核对\n")


def test_without_an_output_the_markdown_is_printed(here: Path) -> None:
    code, printed = run("report", "form.json", "--lang", "en")
    head = "1 form: 0 with errors, 1 in doubt, 0 not read whole, 0 nothing found"
    assert (code, printed.split("\n\n")[:2]) == (0, ["# Review of performance self-evaluations", head])


def test_a_folder_with_bad_files_gives_all_the_others(here: Path, write: Any) -> None:
    (here / "sub").mkdir()
    write("sub/second.json")
    write("no-ruleset.json", ruleset=None)
    (here / "bad.json").write_text("{", encoding="utf-8")
    (here / "picture.png").write_bytes(b"\x89PNG")
    code, printed = run("report", ".", "--html", "out.html")
    assert (code, printed) == (1, "4 份：0 有错误，2 存疑，2 没读全，0 没有发现\n")
    page = (here / "out.html").read_text(encoding="utf-8")
    assert "bad.json" in page
    assert "PF526" in page
    assert "picture.png" not in page
    assert run("report", ".", "--html", "out.html")[1] == printed, "a page of before is no form"


def test_a_file_that_is_named_is_reported_whatever_its_kind(here: Path) -> None:
    (here / "picture.png").write_bytes(b"\x89PNG")
    code, printed = run("report", "picture.png", "none.json", "form.json")
    assert code == 1
    assert "不读 “.png” 文件" in printed
    assert "none.json" in printed


def test_several_processes_give_the_same(here: Path, write: Any) -> None:
    for number in range(4):
        write(f"{number}.json", title=f"表{number}", organisation="局")
    alone, together = (run_apart("report", ".", "--markdown", f"{jobs}.md", "--jobs", jobs) for jobs in ("1", "2"))
    assert alone == together
    assert (here / "1.md").read_bytes() == (here / "2.md").read_bytes()


def test_the_year_and_the_ruleset_of_the_command(here: Path, write: Any) -> None:
    write("bare.json", ruleset=None, year=None)
    assert run("report", "bare.json", "--markdown", "o.md")[1] == "1 份：0 有错误，0 存疑，1 没读全，0 没有发现\n"
    code, printed = run("report", "bare.json", "--ruleset", "cn-sc/project", "--year", "2023", "--markdown", "o.md")
    assert (code, printed) == (0, "1 份：0 有错误，1 存疑，0 没读全，0 没有发现\n")


def test_what_is_wrong_with_the_command_is_said_before_anything_is_read(here: Path) -> None:
    assert run("report", "form.json", "--ruleset", "cn-xx/project")[0] == 2
    assert run("report", "form.json", "--jobs", "0")[0] == 2
    assert run("report", "form.json", "--on", "昨天")[0] == 2


def test_no_input_is_overwritten(here: Path) -> None:
    before = (here / "form.json").read_text(encoding="utf-8")
    code, printed = run("report", "form.json", "--html", "form.json")
    assert (code, json.loads(before)["title"] in (here / "form.json").read_text(encoding="utf-8")) == (2, True)
    assert printed.startswith("PF151 ")


def test_an_annotated_copy_of_a_workbook(here: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the copy is read back by openpyxl (extra `test`)")
    from tests.report.review.workbooks import workbook

    for name in ("a/表.xlsx", "b/表.xlsx"):
        (here / name).parent.mkdir()
        (here / name).write_bytes(workbook())
    given = ("--ruleset", "cn/project", "--annotate")
    assert run("report", "a/表.xlsx", *given, "copy.xlsx")[0] == 1
    assert openpyxl.load_workbook(here / "copy.xlsx")["运维费"]["K6"].value == 45
    code, printed = run("report", "a", "b", *given, "copies.xlsx")
    assert (code, printed.startswith("PF152 ")) == (2, True)
    (here / "copies").mkdir()
    assert run("report", "a", "b", *given, "copies")[0] == 1
    assert sorted(path.name for path in (here / "copies").iterdir()) == ["表-2.xlsx", "表.xlsx"]
    assert run("report", "form.json", *given, "copy.json")[0] == 2
    code, printed = run("report", ".", *given, "copies")
    assert "PF152 说明：1 个文件没有写回：form.json\n  提示：只有 .xlsx 工作簿可以写回\n" in printed
    assert "\n4 份：" in printed, "the copies in the folder are no input"


def test_findings_that_were_settled_are_left_out(here: Path) -> None:
    assert run("report", LUZHOU, "--ignore", "PF702,PF709", "--markdown", "o.md") == (
        0,
        "7 份：0 有错误，5 存疑，0 没读全，2 没有发现\n",
    )
    run("audit", LUZHOU, "--write-accepted", "accepted.txt")
    for jobs in ("1", "2"):
        given = ("--accepted", "accepted.txt", "--markdown", "o.md", "--jobs", jobs)
        assert run("report", LUZHOU, *given) == (0, "7 份：0 有错误，0 存疑，0 没读全，7 没有发现\n")
    assert run("report", LUZHOU, "--select", "PF999")[0] == 2


@pytest.mark.parametrize("command", ["score", "audit"])
def test_score_and_audit_write_the_same_reports(here: Path, command: str) -> None:
    run("report", LUZHOU, "none.json", "--html", "report.html", "--markdown", "report.md")
    code, printed = run(command, LUZHOU, "none.json", "--html", "out.html", "--markdown", "out.md")
    assert (code, "PF101" in printed, "住房公积金" in printed) == (2, True, True)
    for suffix in ("html", "md"):
        assert (here / f"out.{suffix}").read_bytes() == (here / f"report.{suffix}").read_bytes()


def test_one_form_of_a_file_alone(here: Path) -> None:
    run("audit", LUZHOU, "--form", "5", "--ignore", "PF709", "--markdown", "out.md")
    text = (here / "out.md").read_text(encoding="utf-8")
    assert text.startswith("# 绩效自评核对\n\n1 份：1 有错误，0 存疑")
    assert "PF709" not in text


def test_the_report_of_what_came_from_standard_input(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO((here / "form.json").read_bytes()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stream)
    assert run("score", "-", "--markdown", "out.md")[0] == 0
    assert (here / "out.md").read_text(encoding="utf-8").startswith("# 绩效自评核对\n\n1 份：")


@pytest.mark.parametrize("command", ["report", "score", "audit"])
@pytest.mark.parametrize("option", ["--markdown", "--html"])
def test_a_report_that_is_text_goes_to_standard_output(command: str, option: str, here: Path) -> None:
    run("report", "form.json", option, "file")
    code, out, said = run_apart(command, "form.json", option, "-")
    assert (code, out, said) == (0, (here / "file").read_text(encoding="utf-8"), "")
    assert not (here / "-").exists()


@pytest.mark.parametrize("command", ["report", "score", "audit"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--xlsx", "-"], "PF108 错误：工作簿不写到标准输出\n  提示：写一个文件名，如 out.xlsx\n"),
        (["--annotate", "-"], "PF108 错误：工作簿不写到标准输出\n  提示：写一个文件名，如 out.xlsx\n"),
        (
            ["--html", "-", "--markdown", "-"],
            "PF108 错误：两份报告都要写到标准输出\n  提示：一份写 -，另一份写文件名\n",
        ),
    ],
)
def test_what_does_not_go_there(command: str, given: list[str], said: str, here: Path) -> None:
    assert run_apart(command, "form.json", *given) == (2, "", said)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_progress_is_shown_at_a_terminal_alone(here: Path, write: Any, jobs: str) -> None:
    for number in range(12):
        write(f"{number}.json", title=f"表{number}")
    given = ("report", ".", "--markdown", "o.md", "--jobs", jobs)
    code, seen, out = run_at_terminal(here, [], *given)
    assert (code, out) == (0, "13 份：0 有错误，13 存疑，0 没读全，0 没有发现\n")
    assert seen == "\r已读 10\r\033[K\r已核对 10\r\033[K"
    assert run_apart(*given)[2] == ""
