"""Many files at once: one that cannot be read does not stop the others, and each says what is wrong with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FORM
from tests.cli.running import run, run_apart

SAID = """\
PF101 错误：找不到文件 “missing.json”
  missing.json
PF102 错误：“folder.json” 是文件夹，不是文件
  folder.json
  提示：请写出文件夹里的文件名
PF103 错误：不是 UTF-8 编码：有字节 0xFF
  noise.csv:1:1
  提示：多半是 GBK；请用编辑器另存为 UTF-8
PF104 错误：文件是空的
  empty.json
PF104 错误：文件是空的
  empty.jsonl
PF104 错误：文件是空的
  empty.csv
PF104 错误：文件里没有内容，只有注释
  empty.yaml:1:1
    1 | # 表
      | ^
PF160 错误：文件已损坏，或没有传完整
  book.xlsx
  提示：请用原来的软件打开，另存一份
PF505 错误：CSV 里只有表头，没有行
  header.csv:1:1
    1 | 表名,三级指标
      | ^^
PF505 错误：文件里没有表
  number.json:1:1
    1 | 42
      | ^^
  提示：应是一张表（一个对象），或几张表的列表
"""
FILES: dict[str, bytes] = {
    "noise.csv": b"\xff\xff\n",
    "empty.json": b"",
    "empty.jsonl": b"\n",
    "empty.csv": b" \r\n",
    "empty.yaml": "# 表\n".encode(),
    "book.xlsx": b"PK",
    "header.csv": "表名,三级指标\n".encode(),
    "number.json": b"42",
}


@pytest.fixture
def bad(here: Path) -> list[str]:
    (here / "folder.json").mkdir()
    for name, content in FILES.items():
        (here / name).write_bytes(content)
    return ["missing.json", "folder.json", *FILES]


def test_everything_that_can_be_wrong_with_a_file(bad: list[str]) -> None:
    code, out, err = run_apart("score", *bad)
    assert (code, out, err) == (2, "", SAID)


def test_the_others_are_scored(bad: list[str]) -> None:
    half = len(bad) // 2
    code, out, err = run_apart("score", *bad[:half], "form.json", *bad[half:], "form.json", "--json")
    assert (code, err) == (2, SAID)
    assert [one["total"] for one in json.loads(out)] == ["98.48", "98.48"]


def test_what_is_printed_stays_in_order(here: Path) -> None:
    code, text = run("score", "form.json", "missing.json", "form.json")
    assert code == 2
    assert re.findall(r"^(《|PF101)", text, re.MULTILINE) == ["《", "PF101", "《"]


def test_a_form_without_rules_does_not_stop_those_after_it(write: Any) -> None:
    forms = [{**FORM, "title": f"第{number}张"} for number in range(1, 6)]
    forms[0]["ruleset"] = None
    forms[1]["year"] = None
    forms[2]["ruleset"] = "cn-xx/project"
    forms[3]["indicators"] = {}
    code, out, err = run_apart("score", write("five.json", *forms))
    assert code == 2
    assert re.findall(r"^PF\d{3}", err, re.MULTILINE) == ["PF526", "PF527", "PF225"]
    assert re.findall(r"^《第(.)张》", out, re.MULTILINE) == ["4", "5"]


def test_lines_of_a_jsonl_file(here: Path) -> None:
    good = json.dumps(FORM, ensure_ascii=False)
    lines = [good, '{"title": "坏", }', "", "[]", "7", f"[{good}, 3]", good.replace("项目支出", "部门支出")]
    (here / "forms.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run_apart("score", "forms.jsonl")
    assert code == 1
    assert len(re.findall("^总分：按规则 98.48", out, re.MULTILINE)) == 3
    assert [line for line in err.splitlines() if re.match(r"PF|  forms", line)] == [
        "PF120 错误：最后一项后面、“}” 前面多了逗号",
        "  forms.jsonl:2:14",
        "PF505 错误：文件里没有表",
        "  forms.jsonl:4:1",
        "PF505 错误：文件里没有表",
        "  forms.jsonl:5:1",
        "PF504 错误：这里应是一张表（一个对象）",
        f"  forms.jsonl:6:{len(good) + 4}",
    ]


def test_a_ruleset_that_is_wrong_is_said_once(here: Path) -> None:
    code, out, err = run_apart("score", "form.json", "form.json", "--ruleset", "cn-xx/project")
    assert (code, out, err.count("PF225")) == (2, "", 1)
