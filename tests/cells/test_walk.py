"""The loop over Lark's tables gives what Lark's own loop gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar import loop as walk
from pfscore.cells.grammar.loop import Walker, only
from pfscore.cells.grammar.parser import STARTS, build
from pfscore.cells.grammar.tree import Trouble, Word
from tests.cells.cells import cells
from tests.corpus import lines

LARK = build()


class Trees:
    """A builder that keeps every rule, as Lark does without a transformer."""

    def __getattr__(self, name: str) -> Callable[[list[Any]], Tree[Any]]:
        return lambda parts: Tree(name, parts)


@pytest.fixture(scope="module")
def walker() -> Walker:
    return Walker(LARK, Trees())


def by_lark(parser: Lark, start: str, text: str) -> Any:
    """Return Lark's tree with words for tokens, or where Lark stops."""
    try:
        tree = parser.parse(text, start=start)
    except UnexpectedToken as error:
        if error.token.type == "$END":
            return len(text), len(text)
        return error.token.start_pos, error.token.end_pos
    except UnexpectedInput as error:
        place = error.pos_in_stream
        assert place is not None
        return place, place + 1
    return with_words(tree)


def with_words(part: Tree[Token] | Token) -> Any:
    if isinstance(part, Tree):
        return Tree(part.data, [with_words(child) for child in part.children])
    return Word(part.type.rpartition("__")[2], str(part), part.start_pos or 0)


def by_walk(walker: Walker, start: str, text: str) -> Any:
    """Return the walker's tree, or where it stops."""
    try:
        return walker.read(start, text)
    except Trouble as trouble:
        assert trouble.code == "PF302"
        return trouble.start, trouble.end


def test_every_line_of_the_corpus_has_the_same_tree(walker: Walker) -> None:
    for name in ("targets.tsv", "actuals.tsv", "rejected.tsv"):
        for line in lines.read(name):
            side, text = "target" if line.side == "target" else "actual", CellText(line.text).compact
            assert by_walk(walker, side, text) == by_lark(LARK, side, text), text


@given(
    st.sampled_from(STARTS), cells | st.text("≥≤5%人以上且或,；;到至-~每(含)万元/·培训不低于约内年月日", max_size=16)
)
def test_any_text_has_the_same_tree(walker: Walker, start: str, text: str) -> None:
    compact = CellText(text).compact
    assert by_walk(walker, start, compact) == by_lark(LARK, start, compact)


def test_what_is_not_kept_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_KEPT", 0)
    forgetful = Walker(LARK, Trees())
    for text in ("培训12次,满意度≥95%以上", "[60%,80%)", "元/人·月", "5#"):
        assert by_walk(forgetful, "target", text) == by_lark(LARK, "target", text)


def test_the_corpus_has_far_fewer_situations_than_are_kept(walker: Walker) -> None:
    test_every_line_of_the_corpus_has_the_same_tree(walker)
    assert len(walker._situations) < walk._KEPT / 2


def test_no_pattern_has_a_group_of_its_own() -> None:
    """The number of the last group tells which kind of word was found."""
    assert [one.name for one in LARK.terminals if re.compile(one.pattern.to_regexp()).groups] == []


def test_a_rule_that_makes_nothing_of_its_part_has_one_part() -> None:
    assert only([Word("WORD", "培训", 0)]) == Word("WORD", "培训", 0)
    from pfscore.cells.grammar.clauses import Builder

    same = {name for name, value in vars(Builder).items() if isinstance(value, staticmethod) and value.__func__ is only}
    rules = [rule for rule in LARK.rules if str(rule.alias or rule.origin.name).rpartition("__")[2] in same]
    assert rules
    assert [rule for rule in rules if len(rule.expansion) != 1] == []
