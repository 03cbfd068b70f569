"""`pfscore fmt`: one spacing, every comment kept, nothing else changed, and nothing left to do twice."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import document_from_text
from pfscore.documents.positions import Data
from pfscore.foundation.errors import InputError
from pfscore.rulesets.writing import formatter as layout
from pfscore.rulesets.writing.formatter import format_yaml
from tests.documents.emitting import yaml_text
from tests.documents.strategies import YAML_PIECES, pieces, unhurried, yaml_data
from tests.house.tree import ROOT

MESSY = """\
# 某省的评分规则
# 第二行

title:   "某省项目支出"   # 名称
rules:     # 全部规则
# 第一条规则
- versions:
      - formula: 分值 *
            min(完成值 / 指标值, 1)
        cite: {at: 第三条,   source: 'A'}
        since: 2020
        # 版本末尾
  # id 上面
  id: ratio

  title: 比例


  # 规则末尾
-    # 横线旁边
    id: bands
    versions:
    - since: 2021
      bands:
        table:
        - { share: 1,
            range: "[95%, 100%)" }
        - range: '[0, 95%)'   # 其余
          share: 0
        of: 完成率
      cite:
        # 出处
        source: A
      note: |   # 说明
           第一行

             第二行
      unknown: 1
ruleset: cn-xx/project
sources: [
    {title: 办法, key: A},   # 办法
    {key: B, title: 表}
  ]
jurisdiction:
   CN-XX
note: >-
    一段
    说明
# 文件末尾
"""

NEAT = """\
# 某省的评分规则
# 第二行

title: "某省项目支出"     # 名称
rules:     # 全部规则
# 第一条规则
  - versions:
      - formula: 分值 * min(完成值 / 指标值, 1)
        cite: {at: 第三条, source: 'A'}
        since: 2020
        # 版本末尾
  # id 上面
    id: ratio

    title: 比例


  # 规则末尾
     # 横线旁边
  - id: bands
    versions:
      - since: 2021
        bands:
          table:
            - {share: 1, range: "[95%, 100%)"}
            - range: '[0, 95%)' # 其余
              share: 0
          of: 完成率
        cite:
        # 出处
          source: A
        note: |   # 说明
          第一行

            第二行
        unknown: 1
ruleset: cn-xx/project
sources: [{title: 办法, key: A},
                           # 办法
   {key: B, title: 表}]
jurisdiction: CN-XX
note: >-
  一段
  说明
# 文件末尾
"""


def read(text: str) -> Data:
    """Return the data of a YAML text."""
    return document_from_text("a.yaml", text, syntax="yaml").data


def test_a_messy_file_comes_out_neat() -> None:
    assert format_yaml(MESSY) == NEAT


def test_a_neat_file_stays() -> None:
    assert format_yaml(NEAT) == NEAT


@pytest.mark.parametrize(
    "path", sorted((ROOT / "rulesets").rglob("*.yaml")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_shipped_files_are_neat(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_yaml(text) == text


@unhurried
@given(yaml_data(), st.data())
def test_nothing_is_lost(data: Data, draw: st.DataObject) -> None:
    text = yaml_text(data, lambda n: draw.draw(st.integers(0, n - 1)))
    neat = format_yaml(text)
    assert read(neat) == data
    assert format_yaml(neat) == neat
    assert neat.count("# 注") == text.count("# 注")
    assert sorted("".join(neat.split())) == sorted("".join(text.split()))


@unhurried
@given(pieces(YAML_PIECES))
def test_any_text_that_can_be_read(text: str) -> None:
    try:
        data = read(text if text.endswith("\n") else text + "\n")
    except InputError:
        with pytest.raises(InputError):
            format_yaml(text)
        return
    neat = format_yaml(text)
    assert read(neat) == data
    assert format_yaml(neat) == neat


def test_a_file_with_mistakes_is_refused_as_elsewhere() -> None:
    with pytest.raises(InputError) as raised:
        format_yaml("title：a\nrules: []\n", name="b.yaml")
    assert raised.value.diagnostics[0].span is not None
    assert raised.value.diagnostics[0].span.source == "b.yaml"


def test_line_ends_and_the_end_of_the_file() -> None:
    assert format_yaml("title:   a\r\nruleset: b") == "title: a\nruleset: b\n"


def test_what_would_change_the_data_leaves_the_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_round_trip", lambda text, name: "ti: tlea\n")
    assert format_yaml("title:   a\n") == "title:   a\n"


def test_a_long_list_is_broken_into_lines() -> None:
    names = [f"第{n}项指标" for n in range(20)]
    neat = format_yaml(f"sources:\n  - key: [{','.join(names)}]\n")
    assert re.findall(r"第\d+项指标", neat) == names
    assert all(len(line) <= 130 for line in neat.splitlines())
    assert format_yaml(neat) == neat


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(InputError) as raised:
        format_yaml("title: a\n", name="b.yaml")
    assert raised.value.diagnostics[0].render("en") == (
        "PF110 error: the layout of fmt needs ruamel.yaml, which is not installed\n"
        "  b.yaml\n"
        "  hint: run: pip install 'pfscore[fmt]'"
    )
