"""A person at a terminal is asked what the columns of a table mean; a pipe never is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import pfscore
from tests.cli.commands.test_convert import UNKNOWN
from tests.cli.running import run_at_terminal
from tests.office.made import workbook

pytest.importorskip("pty", reason="terminals are those of Unix")
pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(workbook(UNKNOWN))
    return tmp_path


def convert(folder: Path, lines: Sequence[str], *arguments: str, terminal: bool = True) -> tuple[int, str, str]:
    return run_at_terminal(folder, lines, "convert", *arguments, terminal=terminal)


def test_the_answers_are_used_for_all_files_and_kept(folder: Path) -> None:
    lines = ["\n", "指标直\n", "指标值\n", "分值\n", "m.yaml\n"]
    code, seen, _ = convert(folder, lines, "甲.xlsx", "乙.xlsx", "-o", "out.json")
    assert code == 0
    assert (
        seen
        == """\
甲.xlsx › 表1!A1：表头像是第 1 行
  A  序号      ✓ 不读  [1 | 2]
  B  考核重点  ? 三级指标：都是文字，各不相同  [培训人数 | 宣传次数]
  C  工作要求  ? 指标值：有 ≥、≤ 一类的符号  [≥100人 | ≥3次]
  D  权数值    ? 分值：表头像“权数”；分值：都是数，相加得 100  [60 | 40]
每列是什么？写含义，如 分值；回车用方括号里的；不要的写 不读；? 列出含义；Ctrl-D 不再问
  B  考核重点（培训人数、宣传次数）[三级指标] \
  C  工作要求（≥100人、≥3次）[指标值] \
PF169 错误：不认识的含义：“工作要求=指标直”
  提示：是不是 “指标”？写成 '表头=含义'，如 '权数=分值'；不要的列写 '=不读'
  C  工作要求（≥100人、≥3次）[指标值] \
  D  权数值（60、40）[分值] \
把这些对照存下来，下次用 --map-file：文件名（回车不存） """
    )
    forms = pfscore.load_forms(folder / "out.json")
    assert [[row.points for row in form.indicators] for form in forms] == [["60", "40"]] * 2
    assert dict(forms[1].mapped) == {"考核重点": "三级指标", "工作要求": "指标值", "权数值": "分值"}
    assert (folder / "m.yaml").read_text(encoding="utf-8") == (
        "map:\n  考核重点: 三级指标\n  工作要求: 指标值\n  权数值: 分值\n"
    )
    again = convert(folder, [], "甲.xlsx", "--map-file", "m.yaml", "-o", "again.json", terminal=False)
    assert again == (0, "", "")


def test_what_can_be_answered_is_listed_and_the_answers_need_not_be_kept(folder: Path) -> None:
    code, seen, out = convert(folder, ["?\n", "\n", "\n", "\n", "\n"], "甲.xlsx", "--lang", "en")
    assert (code, out.splitlines()[0]) == (0, "甲.xlsx: “-”, 2 indicators, 0 budget lines")
    assert "  一级指标、二级指标、三级指标、" in seen
    assert "What is each column?" in seen
    assert list(folder.glob("*.yaml")) == []


def test_a_person_may_end_the_questions(folder: Path) -> None:
    code, seen, _ = convert(folder, ["\n", "\x04"], "甲.xlsx", "-o", "out.json")
    assert (code, seen.count("[分值]"), "PF168 错误" in seen) == (1, 0, True)
    assert not (folder / "out.json").exists()


def test_a_pipe_is_never_asked(folder: Path) -> None:
    code, seen, _ = convert(folder, [], "甲.xlsx", "-o", "out.json", terminal=False)
    assert (code, "每列是什么" in seen, "PF168 错误" in seen) == (1, False, True)


def test_an_answer_need_be_used_in_one_of_several_files(folder: Path) -> None:
    (folder / "丙.xlsx").write_bytes(
        workbook([([], [["一级指标", "三级指标", "指标值", "分值"], ["产出指标", "户数", "1", "2"]])])
    )
    answers = ["--map", "考核重点=三级指标", "--map", "工作要求=指标值"]
    given = ("甲.xlsx", "丙.xlsx", *answers, "-o", "out.json")
    assert convert(folder, [], *given, terminal=False)[0] == 0
    assert len(pfscore.load_forms(folder / "out.json")) == 2
    code, seen, _ = convert(folder, [], "甲.xlsx", "丙.xlsx", *answers, "--map", "工作要球=指标值", terminal=False)
    assert (code, seen) == (2, "PF169 错误：没有一张表有 “工作要球” 这一列\n  提示：是不是 “工作要求”？\n")
