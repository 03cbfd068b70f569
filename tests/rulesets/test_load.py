"""All problems of one layer at once: syntax, then shape, then content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pfscore.rulesets.load import compiled, inspect_family, load_family
from tests.rulesets.ruleset_text import HEAD

RULE = """\
rules:
  - id: r
    versions:
      - since: 2020
        cite:
          source: 示例
        formula: 分值 * 执行率
"""
FORM = """\
form:
  - since: 2020
    cite:
      source: 示例
    total: 100
    blocks:
      - name: 产出指标
        points: 100
"""


def found_in(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return each problem as its code and the words under its carets."""
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    found = []
    for problem in inspect_family(path)[1]:
        span = problem.span
        assert span is not None
        found.append((problem.code, span.text[span.column - 1 :][: span.length]))
    return found


def test_nothing_is_wrong(tmp_path: Path) -> None:
    assert found_in(tmp_path, HEAD + FORM + RULE) == []


@pytest.mark.parametrize(
    ("written", "wrong", "expected"),
    [
        ("title: 示例办法", "title：示例办法", ("PF131", "：")),
        ("title: 示例办法", "title:示例办法", ("PF131", ":")),
        ("title: 示例办法", "title:\u3000示例办法", ("PF132", "\u3000")),
        ("  - key: 示例", "  - key：示例", ("PF131", "：")),
        ("  - key: 示例", "  － key: 示例", ("PF132", "－")),
        ("    title: 示例办法", "\u3000\u3000title: 示例办法", ("PF132", "\u3000\u3000")),
        ("status: draft", "status: draft\n＃ 注释", ("PF132", "＃")),
        ("status: draft", "status: draft\nnote: @所有人", ("PF135", "@所有人")),
        ("status: draft", "status draft", ("PF131", "status draft")),
    ],
)
def test_a_mistake_of_syntax_comes_alone(written: str, wrong: str, expected: tuple[str, str], tmp_path: Path) -> None:
    text = (HEAD + FORM + RULE).replace(written, wrong, 1)
    more = text.replace("points: 100", "points: 60分").replace("formula: 分值", "formula: 分值分")
    assert found_in(tmp_path, text) == found_in(tmp_path, more) == [expected]


def test_all_mistakes_of_shape_come_at_once_and_before_those_of_content(tmp_path: Path) -> None:
    text = (HEAD + FORM + RULE).replace("points: 100", "points: 60分").replace("total: 100", "total: 一百")
    text = text.replace("formula:", "fromula:").replace("- since: 2020", "- since: 二〇二〇", 1)
    text = text.replace("source: 示例", "source: 另一份")
    assert found_in(tmp_path, text) == [
        ("PF206", "二〇二〇"),
        ("PF205", "一百"),
        ("PF205", "60分"),
        ("PF201", "fromula"),
    ]


def test_all_mistakes_of_content_come_at_once(tmp_path: Path) -> None:
    text = (HEAD + FORM + RULE).replace("points: 100", "points: 90").replace("source: 示例", "source: 另一份")
    assert found_in(tmp_path, text) == [("PF209", "另一份"), ("PF209", "另一份"), ("PF219", "blocks")]


def test_a_compiled_ruleset_is_json_with_a_line_for_each_value(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + RULE, encoding="utf-8")
    written = compiled(load_family(path)[0])
    data = json.loads(written)
    assert list(data)[:2] == ["compiled_from", "ruleset"]
    assert data["compiled_from"] == hashlib.sha256((HEAD + RULE).encode()).hexdigest()
    assert written == json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (tmp_path / "b.json").write_text(written, encoding="utf-8")
    assert compiled(load_family(tmp_path / "b.json")[0]) == written


@pytest.mark.parametrize("parents", [3, 4, 5])
def test_a_family_has_at_most_four_parents(parents: int, tmp_path: Path) -> None:
    for number in range(parents + 1):
        head = HEAD.replace("cn-demo/project", f"cn-demo/project-{number}")
        extends = f"extends: project-{number - 1}.yaml\n" if number else ""
        (tmp_path / f"project-{number}.yaml").write_text(f"{head}{extends}rules: []\n", encoding="utf-8")
    problems = inspect_family(tmp_path / f"project-{parents}.yaml")[1]
    said = [problem.message.zh for problem in problems if problem.code == "PF215"]
    assert said == (["上级规则集超过 4 层"] if parents > 4 else [])
