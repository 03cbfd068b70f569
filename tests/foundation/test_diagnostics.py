"""What rendering a diagnostic costs does not grow with its line, and what looking for damage costs is no square."""

from __future__ import annotations

import pytest

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.refusals import damage
from pfscore.foundation import diagnostics
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, visible


def test_rendering_looks_at_the_characters_around_the_caret_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    def counted(text: str) -> str:
        nonlocal looked_at
        looked_at += len(text)
        return visible(text)

    monkeypatch.setattr(diagnostics, "visible", counted)
    costs = []
    for size in (4_000, 40_000, 400_000):
        source, looked_at = Source("a.json", "指标1," * (size // 4)), 0
        for place in (0, size // 2, size - 5):
            text = Diagnostic("PF101", Message("错", "wrong"), None, source.span_at(place, 2)).render()
            assert len(text.splitlines()) == 4 and "^" in text
        costs.append(looked_at)
    assert costs[0] == costs[1] == costs[2] < 10_000


@pytest.mark.parametrize("place", [0, 100, 1_999, 3_998])
def test_a_long_line_is_cut_on_both_sides(place: int) -> None:
    line = "".join(f"{number % 10}" for number in range(4_000))
    shown, carets = (
        Diagnostic("PF101", Message("错", "wrong"), None, Source("a", line).span_at(place, 2))
        .render()
        .splitlines()[-2:]
    )
    begin = carets.index("^")
    assert shown[begin : begin + 2] == line[place : place + 2]
    assert (shown.split(" | ")[1].startswith("…"), shown.endswith("…")) == (place > 60, place < 3_900)
    assert len(shown.split(" | ")[1]) <= 120


def test_damage_is_found_in_a_long_text_stretch_by_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    find = damage.find_damage

    def counted(text: str) -> Trouble | None:
        looked_at.append(len(text))
        return find(text)

    monkeypatch.setattr(damage, "find_damage", counted)
    assert find("1" * 16_000 + "l" * 16_000) is None
    assert find("字" * 32_000) is None
    assert looked_at and max(looked_at) <= 4 * damage.MAX_LENGTH and sum(looked_at) <= 2 * 2 * 32_000
    found = find("很长的文字" * 1_000 + "#REF!")
    assert found is not None
    assert (found.code, found.start <= 5_000 < found.end) == ("PF305", True)
