"""Every character of a cell counts: with another one, the reading changes, says so, or the cell is refused."""

from __future__ import annotations

import re
import unicodedata

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
SIGNS_TWICE = frozenset("=<>≥≤+-−/¥↑↓")
#: What is said twice there: the unit of both ends (60%-80%), of a name (合格率（%）≥95), of ¥500.
SAID_TWICE = re.compile("[-~～至—－±（(¥￥]")

CELLS = [
    line
    for name in ("targets.tsv", "actuals.tsv")
    for line in lines.read(name)
    if line.comparator is None
    and line.unit is None
    and len(line.text) < 24
    # Nothing is nothing in any unit.
    and not re.search(r"(?<![0-9.])0(?:\.0+)?(?![0-9.])", unicodedata.normalize("NFKC", line.text))
]


def said(reading: Reading) -> list[object]:
    """Return everything that a reading says: its text, its label, what it assumes, and the same of its parts."""
    parts = reading.parts if isinstance(reading, AllOf | AnyOf) else ()
    assumed = [one.message.zh for one in reading.assumptions]
    return [str(reading), reading.label, reading.beside, assumed, *map(said, parts)]


def says_the_same(text: str, place: int, added: str, after: object) -> bool:
    """Return whether a cell means the same with what is added."""
    if added in {"=", "+"} and not text[:place][-1:].isdigit():
        # +26万亩 is 26万亩, and =100% is 100%.
        return True
    if added in SIGNS_TWICE:
        return any(word in str(after) for word in "≥≤=><~元增下[(")
    if added == "±":
        # 增减幅度±不超过5%
        return "浮动" in text or "增减" in text
    if text[:place].endswith(("/10万", "/100万", "/万")):
        # A rate per 100 000 is a ratio of any things: 18/10万人.
        return added in {"人", "3个", "个"}
    if added == "1" and text[place] in "十百":
        return True
    if added == "万" and text[:place][-1:].isdigit() and re.match(r"[0-9]{4}(?![0-9])", text[place:]):
        # 1万5000 is 15000.
        return True
    money = added == "元" and re.search("[¥￥]", text) is not None
    return money or (added in text and not added.isdigit() and SAID_TWICE.search(text) is not None)


def is_lost(side: str, text: str, place: int, added: str) -> bool:
    """Return whether what is added at a place of a cell is passed over in silence."""
    before = read(side, text)
    after = read(side, text[:place] + added + text[place:])
    if isinstance(before, Refusal) or isinstance(after, Refusal):
        return False
    return said(before) == said(after) and not says_the_same(text, place, added, after)


@given(st.data())
def test_nothing_that_is_added_is_passed_over(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(CELLS))
    place = data.draw(st.integers(0, len(line.text)))
    added = data.draw(st.sampled_from(NUMBERS + SIGNS + UNITS))
    assert not is_lost(line.side, line.text, place, added)


@pytest.mark.parametrize("line", CELLS[:: len(CELLS) // 100], ids=lambda line: line.text)
def test_nothing_that_is_added_anywhere_is_passed_over(line: lines.Line) -> None:
    added = [*"7三½²①±×^↑%万元", "美元", "公里"]
    places = range(len(line.text) + 1)
    assert [(place, one) for place in places for one in added if is_lost(line.side, line.text, place, one)] == []
