"""No character of a cell is lost on the way to the grammar: every place in the compact text leads back to its own."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

import pfscore
from pfscore.cells.cell_text import CellText
from pfscore.foundation.folding import fold

#: All of Unicode's blanks, line ends, and characters that only format or control.
UNSEEN = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cf", "Cc"} or char.isspace()
]


def leads_back(written: str) -> None:
    text = CellText(written)
    places = [text.place(index, index + 1) for index in range(len(text.compact))]
    assert [fold(written[start:end]) for start, end in places] == list(text.compact)
    assert text.stripped() == written[places[0][0] : places[-1][1]] if places else text.stripped() == ""
    assert sorted(set(text.compact)) == sorted(set(fold(written)) - {" "})


def test_every_character_that_is_not_seen() -> None:
    assert len(UNSEEN) > 200
    for char in UNSEEN:
        for written in (f"甲{char} 乙", f" {char}甲", f"甲 {char}", f"甲 {char} {char}乙 丙", char, f"{char} "):
            leads_back(written)


@given(st.text(st.one_of(st.sampled_from(UNSEEN), st.sampled_from("甲乙 95%≥，"))))
def test_any_text(written: str) -> None:
    leads_back(written)


def test_different_cells_are_not_the_same_words() -> None:
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    for char in ("\u2028", "\u2029", "\x85", "\x1c", "\x0b"):
        one = rules.score(target=f"优{char} 不足", actual="优", points="5")
        assert one.met is not True, (hex(ord(char)), one)
