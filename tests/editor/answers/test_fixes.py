"""What an editor writes for its author mends the problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.editor.answers.fixes import Fix, fixes
from pfscore.editor.open_file import OpenFile
from tests.editor.wire import GOOD


def checked(text: str) -> OpenFile:
    file = OpenFile(Path("project.yaml"), text)
    if file.reading.family:
        file.take(file.reading, file.check(file.reading, bool))
    return file


def offered(file: OpenFile) -> list[Fix]:
    return list(fixes(file, 0, len(file.text), "zh"))


def written(file: OpenFile, fix: Fix) -> str:
    text = file.text
    for edit in sorted(fix.edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("good", "bad", "title"),
    [
        ("title: 印刷数量", "title： 印刷数量", "改为 “:”"),
        ("title: 印刷数量", "title：印刷数量", "改为 “: ”"),
        ("title: 印刷数量", "titel: 印刷数量", "改为 “title”"),
        ("title: 印刷数量", "标题: 印刷数量", "改为 “title”"),
        ("status: active", "status: activ", "改为 “active”"),
        ("name: [印刷数量]", "name: [印刷数量\u200b]", "删去"),
        ("则 分值 否则", "则 权重 否则", "改为 “分值”"),
        ("* min(完成值", "* mim(完成值", "改为 “min”"),
    ],
)
def test_signs_keys_and_names(good: str, bad: str, title: str) -> None:
    file = checked(GOOD.replace(good, bad))
    (fix,) = offered(file)
    assert (fix.title, written(file, fix)) == (title, GOOD)


@pytest.mark.parametrize("expected", ["score: 6", "low: 0\n            high: 10", "outcome: judgement", "error: PF521"])
def test_the_computed_score_is_taken(expected: str) -> None:
    file = checked(GOOD.replace("score: 5", expected))
    taken = [fix for fix in offered(file) if fix.title == "改为算出的结果：score: 5"]
    assert [written(file, fix) for fix in taken[:1]] == [GOOD]


def test_a_range_is_taken_for_a_score() -> None:
    open_rule = GOOD.replace("formula: 如果 完成值 >= 指标值 则 分值 否则 0", 'judgement: {share: "[0%, 100%]"}')
    file = checked(open_rule.replace("points: 10\n            score: 0", "points: 10\n            score: 3"))
    fix = offered(file)[-1]
    assert fix.title == "改为算出的结果：low: 0, high: 10"
    assert "            points: 10\n            low: 0\n            high: 10\n" in written(file, fix)


def test_in_brackets() -> None:
    text = GOOD[: GOOD.index("          - title: 未达到")]
    text += '          - {target: "≥100册", actual: 50册, points: 10, score: 7}\n'
    file = checked(text)
    (fix,) = offered(file)
    assert written(file, fix) == text.replace("score: 7", "score: 0")


def test_not_after_an_edit_until_that_is_checked() -> None:
    file = checked(GOOD.replace("score: 5", "score: 6"))
    assert len(offered(file)) == 1
    file.edit(file.text.replace("分值 * min", "分值 * max"))
    assert [fix for fix in offered(file) if "算出" in fix.title] == []


def test_missing_examples_are_added() -> None:
    whole = GOOD[GOOD.index('        examples:\n          - title: 达到\n            target: "≥100册"') :]
    first = whole[: whole.index("          - title: 未达到")]
    file = checked(GOOD.replace(whole, first))
    (less,) = offered(file)
    assert less.title == "加一个未得满分的例子"
    mended = checked(written(file, less))
    assert [problem.code for problem in mended.problems()] == []
    none = checked(GOOD.replace(whole, ""))
    full, less = offered(none)
    assert (full.title, less.title) == ("加一个满分的例子", "加一个未得满分的例子")
    once = checked(written(none, full))
    (less,) = offered(once)
    assert [problem.code for problem in checked(written(once, less)).problems()] == []


def test_only_where_it_is_asked_for() -> None:
    file = checked(GOOD.replace("title: 印刷数量", "titel: 印刷数量"))
    at = file.text.index("titel")
    assert list(fixes(file, 0, at - 1, "zh")) == []
    assert [fix.title for fix in fixes(file, at, at, "en")] == ["write “title”"]
