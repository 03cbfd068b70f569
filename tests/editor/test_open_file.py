"""An open file keeps what was known of it while it is broken."""

from __future__ import annotations

from pathlib import Path

from pfscore.editor.open_file import OpenFile
from tests.editor.wire import GOOD


def codes(file: OpenFile) -> list[str]:
    return [problem.code for problem in file.problems()]


def lines(file: OpenFile) -> list[int]:
    return [problem.span.line for problem in file.problems() if problem.span]


def checked(text: str) -> OpenFile:
    file = OpenFile(Path("project.yaml"), text)
    file.take(file.reading, file.check(file.reading, bool))
    return file


def test_a_late_problem_moves_with_its_line_and_goes_when_that_is_edited() -> None:
    file = checked(GOOD.replace("score: 5", "score: 6"))
    at = {problem.code: problem.span.line for problem in file.problems() if problem.span}
    file.edit("# 说明\n" + file.text)
    assert {problem.code: problem.span.line for problem in file.problems() if problem.span} == {
        "PF603": at["PF603"] + 1
    }
    file.edit(file.text.replace("score: 6", "score: 7"))
    assert codes(file) == []


def test_a_broken_file_keeps_its_last_whole_reading() -> None:
    file = checked(GOOD)
    whole = file.reading
    file.edit(GOOD.replace("title: 达到", "title：达到", 1))
    assert codes(file) == ["PF131"]
    assert (file.whole, file.readable) == (whole, whole)


def test_what_is_wrong_with_the_parent_is_told() -> None:
    file = OpenFile(Path("project.yaml"), GOOD.replace("extends: cn/project", "extends: cn/projekt"))
    assert codes(file) == ["PF215"]
    assert file.reading.family == ()
