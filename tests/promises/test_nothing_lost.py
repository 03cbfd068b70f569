"""Every character of a cell counts: with another one, the reading changes, says so, or the cell is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.reader import Refusal
from pfscore.cells.readings import AllOf, AnyOf, Reading
from tests.cells.cells import read
from tests.corpus import lines

#: What may not be passed over: numbers in every writing, signs, currencies, units, scale words.
NUMBERS = [*"17三十½²⁴①", "７", "五百", "10"]
SIGNS = [*"±×*/^~↑↓%‰=<>≥≤+-−"]
UNITS = [*"元人米万亿千¥$€￡", "美元", "欧元", "港币", "公里", "m²", "3个"]
#: Signs that may stand beside one that says the same: ≥=, 95%以上+, --, 增长↑.
SAYS_THE_SAME = frozenset("=<>≥≤+-−/¥↑↓")

CELLS = [
    line
    for name in ("targets.tsv", "actuals.tsv")
    for line in lines.read(name)
    if line.comparator is None
    and line.unit is None
    and len(line.text) < 24
    # Nothing is nothing in any unit.
    and not re.search(r"(?<![0-9.])0(?![0-9.])", line.text)
]


def said(reading: Reading) -> list[object]:
    """Return everything that a reading says: its text, its label, what it assumes, and the same of its parts."""
    parts = reading.parts if isinstance(reading, AllOf | AnyOf) else ()
    return [str(reading), reading.label, [one.message.zh for one in reading.assumptions], *map(said, parts)]


def is_lost(side: str, text: str, place: int, added: str) -> bool:
    """Return whether what is added at a place of a cell is passed over in silence."""
    before = read(side, text)
    after = read(side, text[:place] + added + text[place:])
    if isinstance(before, Refusal) or isinstance(after, Refusal):
        return False
    same = added in SAYS_THE_SAME and any(word in str(after) for word in "≥≤=><~元增下")
    return said(before) == said(after) and not same


@given(st.data())
def test_nothing_that_is_added_is_passed_over(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(CELLS))
    place = data.draw(st.integers(0, len(line.text)))
    added = data.draw(st.sampled_from(NUMBERS + SIGNS + UNITS))
    assert not is_lost(line.side, line.text, place, added)


@pytest.mark.parametrize("line", CELLS[:: len(CELLS) // 40], ids=lambda line: line.text)
def test_nothing_that_is_added_anywhere_is_passed_over(line: lines.Line) -> None:
    added = [*"7三½²①±×^↑%万元", "美元", "公里"]
    places = range(len(line.text) + 1)
    assert [(place, one) for place in places for one in added if is_lost(line.side, line.text, place, one)] == []
