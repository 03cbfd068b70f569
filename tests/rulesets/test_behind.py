"""All problems at once: what is wrong behind a mistake of syntax, or of shape, is told with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.rulesets.load import inspect_family
from tests.rulesets.writing import HEAD

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


def told(folder: Path, text: str) -> list[tuple[str, str]]:
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
    assert told(tmp_path, HEAD + FORM + RULE) == []


@pytest.mark.parametrize(
    ("written", "wrong", "expected"),
    [
        ("title: 示例办法", "title：示例办法", ("PF131", "：")),
        ("title: 示例办法", "title:示例办法", ("PF138", ":")),
        ("title: 示例办法", "title:\u3000示例办法", ("PF149", "\u3000")),
        ("  - key: 示例", "  - key：示例", ("PF131", "：")),
        ("  - key: 示例", "  － key: 示例", ("PF132", "－")),
        ("    title: 示例办法", "\u3000\u3000title: 示例办法", ("PF149", "\u3000\u3000")),
        ("status: draft", "status: draft\n＃ 注释", ("PF138", "＃")),
        ("status: draft", "status: draft\nnote: @所有人", ("PF135", "@所有人")),
    ],
)
def test_what_is_wrong_behind_a_mistake_of_syntax(
    written: str, wrong: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    text = (HEAD + FORM + RULE).replace(written, wrong, 1)
    assert told(tmp_path, text) == [expected]
    more = text.replace("points: 100", "points: 60分").replace("formula: 分值", "formula: 分值分")
    assert told(tmp_path, more) == [expected, ("PF205", "60分"), ("PF410", "分值分")]
    assert told(tmp_path, text.replace("formula:", "fromula:")) == [expected, ("PF201", "fromula")]
    assert told(tmp_path, text.replace("points: 100", "points: 90")) == [expected, ("PF219", "blocks")]


def test_where_keys_may_be_lost_only_values_are_told(tmp_path: Path) -> None:
    text = (HEAD + FORM + RULE).replace("status: draft", "status draft").replace("since: 2020", "since: 二〇二〇")
    assert told(tmp_path, text) == [("PF138", "status draft"), ("PF206", "二〇二〇"), ("PF206", "二〇二〇")]


def test_formulas_are_read_beside_mistakes_of_shape(tmp_path: Path) -> None:
    judged = "        judgement:\n          when: 完成率 >\n          low: 分值分\n          high: 分值\n"
    text = (HEAD + FORM + RULE + judged).replace("total: 100", "total: 一百")
    assert [code for code, _ in told(tmp_path, text)] == ["PF205", "PF403", "PF410"]
