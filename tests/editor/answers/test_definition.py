"""Where something is defined."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.editor.answers.hover import definitions
from pfscore.editor.open_file import OpenFile
from tests.editor.wire import GOOD
from tests.house.tree import ROOT

PARENT = (ROOT / "rulesets" / "cn" / "project.yaml").read_text(encoding="utf-8").split("\n")


def at(place: str, text: str = GOOD) -> list[str]:
    """Return the lines that define what stands at the bar in `place`."""
    file = OpenFile(Path("project.yaml"), GOOD)
    assert file.reading.family
    file.edit(text)
    before, _, after = place.partition("|")
    assert text.count(before + after) == 1, place
    texts = {"project.yaml": text.split("\n"), "rulesets/cn/project.yaml": PARENT}
    spans = definitions(file, text.index(before + after) + len(before))
    return [f"{span.source.split('/')[0]}: {texts[span.source][span.line - 1].strip()}" for span in spans]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("extends: cn/|project", "rulesets: ruleset: cn/project"),
        ("replaces: cn/|project", "rulesets: - id: ratio-higher"),
        ("id: ratio-|higher", "rulesets: - id: ratio-higher"),
        ("source: 办|法\n          at: 第三条", "project.yaml: - key: 办法"),
        ("cite: {source: 办|法", "project.yaml: - key: 办法"),
        ("block: [产出|指标]", "project.yaml: - name: 产出指标"),
    ],
)
def test_what_is_defined_somewhere(place: str, line: str) -> None:
    assert at(place) == [line]


def test_a_rule_that_is_overridden() -> None:
    text = GOOD.replace("[通用规则]", "[ratio-higher, qualitative]")
    file = OpenFile(Path("project.yaml"), text)
    sources = [span.source for span in definitions(file, text.index("qualitative"))]
    assert sources == ["rulesets/cn/project.yaml"]


def test_a_place_in_a_text_that_was_edited_is_where_it_is_now() -> None:
    text = GOOD.replace("extends: cn/project\n", "extends: cn/project\nnote：说明\n")
    assert at("block: [产出|指标]", text) == ["project.yaml: - name: 产出指标"]


@pytest.mark.parametrize("place", ["ti|tle: 印刷数量", "overrides: [通|用规则]", "id: prin|ted"])
def test_what_is_defined_nowhere_else(place: str) -> None:
    assert at(place) == []
