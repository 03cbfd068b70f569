"""The outline by rule and version, also of a text that is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pfscore.editor.answers.outline import Entry, outline
from pfscore.editor.open_file import OpenFile
from tests.editor.wire import GOOD

WHOLE = """\
依据 7-11
  办法 某地办法 8-11
通则 12-20
  2023 13-20
规则 21-69
  ratio-higher 22-43
    2023 25-43
  printed 印刷数量 44-69
    2023 53-69"""


def shown(entries: Sequence[Entry], indent: str = "") -> Iterator[str]:
    for entry in entries:
        name = " ".join(part for part in (entry.name, entry.detail) if part)
        yield f"{indent}{name} {entry.line}-{entry.last}"
        yield from shown(entry.within, indent + "  ")


def test_sources_terms_rules_and_versions() -> None:
    file = OpenFile(Path("project.yaml"), GOOD)
    assert "\n".join(shown(outline(file, "zh"))) == WHOLE
    assert [entry.name for entry in outline(file, "en")] == ["sources", "the form as a whole", "rules"]


def test_a_broken_file_keeps_the_outline_where_its_parts_are_now() -> None:
    file = OpenFile(Path("project.yaml"), GOOD)
    before = outline(file, "zh")
    file.edit(GOOD.replace("rules:\n", "rules:\n  # 新的规则\n  - id：a\n"))
    after = outline(file, "zh")
    assert list(shown(after[:2])) == list(shown(before[:2]))
    assert [rule.line for rule in after[2].within] == [rule.line + 2 for rule in before[2].within]


def test_a_file_with_another_shape_has_the_outline_of_what_it_says() -> None:
    file = OpenFile(Path("project.yaml"), "ruleset: x\nrules:\n  - title: 甲\n  - 乙\nform: 丙\n")
    assert list(shown(outline(file, "zh"))) == ["规则 2-4", "  1 甲 3-3", "通则 5-5"]


def test_lists_that_are_empty_or_on_one_line() -> None:
    file = OpenFile(Path("project.yaml"), "{ruleset: x, rules: [], form: [{since: 2023}]}")
    assert list(shown(outline(file, "zh"))) == ["规则 1-1", "通则 1-1", "  2023 1-1"]
    assert outline(OpenFile(Path("project.yaml"), "{}"), "zh") == ()


def test_a_file_that_was_never_readable_has_none() -> None:
    assert outline(OpenFile(Path("project.yaml"), "ruleset：x"), "zh") == ()
