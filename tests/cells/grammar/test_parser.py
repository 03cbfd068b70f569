"""The grammar itself: every terminal named, no collisions, no word that another kind swallows."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.grammar import parser as grammars
from pfscore.cells.grammar.parser import STARTS, Builder, build, parse
from pfscore.cells.grammar.terminals import grammar_text, patterns, vocabulary, word_lists
from pfscore.cells.grammar.tree import Conditions, Trouble
from pfscore.cells.lexicon.quantities import known_units
from pfscore.foundation.folding import fold, fold_without_spaces
from tests.cells.cells import bounds, dates, edged, levels, percentages, quantities

FILES = ("terminals.lark", "vocabulary.lark", "quantity.lark", "target.lark", "actual.lark")
PATTERN = re.compile(r"/((?:\\/|[^/\n])+)/")


def test_the_strict_grammar_has_no_collisions() -> None:
    parser = build(strict=True)
    assert parser.options.parser == "lalr"
    assert sorted(parser.options.start) == sorted(STARTS)


def test_every_terminal_is_named() -> None:
    names = [terminal.name for terminal in build().terminals]
    assert [name for name in names if "__ANON" in name] == []
    assert all(re.fullmatch(r"(?:[a-z_]+__)*[A-Z_]+", name) for name in names)


def test_patterns_have_priorities_of_their_own() -> None:
    """The lexer's choice between two patterns is written down, not left to their lengths."""
    listed = set(word_lists())
    priorities = Counter(
        terminal.priority
        for terminal in build().terminals
        if terminal.name.rpartition("__")[2] not in listed and terminal.name.rpartition("__")[2] != "BEGINNINGS"
    )
    assert [priority for priority, count in priorities.items() if count > 1] == []


def test_no_word_stands_in_two_lists_of_one_priority() -> None:
    text = grammar_text("terminals.lark")
    priority = {name: re.search(rf"^{name}(?:\.([0-9]+))?:", text, re.MULTILINE) for name in word_lists()}
    places: dict[tuple[str, str], list[str]] = {}
    # Brackets and dots are told apart by where they stand.
    for name, words in word_lists().items():
        if name not in {"DOT", "TIMES", "LEFT", "CLOSE", "WHICH_YEAR"}:
            match = priority[name]
            for word in words:
                places.setdefault((word, match[1] if match and match[1] else "0"), []).append(name)
    assert {word: names for word, names in places.items() if len(names) > 1} == {}


def test_no_word_is_listed_twice_and_none_would_be_folded() -> None:
    for name, words in word_lists().items():
        assert [word for word, count in Counter(words).items() if count > 1] == [], name
        assert [word for word in words if fold_without_spaces(word) != word] == [], name
    assert [word for word in known_units() if fold(word) != word] == []


@pytest.mark.parametrize("name", FILES)
def test_the_grammar_never_uses_the_classes_of_python(name: str) -> None:
    """`\\d` and `\\w` match digits and letters of every script."""
    assert [pattern for pattern in PATTERN.findall(grammar_text(name)) if re.search(r"\\[dDwWsSbB]", pattern)] == []


def test_every_pattern_of_the_vocabulary_is_known_and_compiles() -> None:
    assert "⟨" not in vocabulary()
    for name, pattern in patterns().items():
        if name not in {"sign", "one"}:
            re.compile(pattern)


def test_running_text_stops_at_every_word() -> None:
    """A word behind text is found, so prose never swallows a comparison, a direction or a date."""
    kinds = {
        "AT_LEAST",
        "AT_MOST",
        "GREATER_THAN",
        "LESS_THAN",
        "ABOUT",
        "REACH",
        "CONTROL",
        "RISE",
        "FALL",
        "RAISE",
        "LOWER",
    }
    for kind in kinds:
        for word in word_lists()[kind]:
            found = parse("target", f"该项工作{word}5人")
            assert isinstance(found, Conditions)
            assert (kind, word) in [(one.kind, one.text) for one in found.clauses[0].lead], word


def test_every_unit_is_read_behind_a_number() -> None:
    wrong = []
    for word, unit in known_units().items():
        try:
            found = parse("target", f"≥5{word}")
        except Trouble as trouble:
            wrong.append((word, trouble.code))
            continue
        measure = found.clauses[0].measure
        amount = getattr(getattr(measure, "side", None), "amount", None)
        if amount is None or amount.unit != unit.text:
            wrong.append((word, str(found)))
    assert wrong == []


def test_every_rule_has_a_function_of_the_builder() -> None:
    named = [rule.alias or rule.origin.name for rule in build().rules if rule.alias or not rule.options.expand1]
    plain = {name.rpartition("__")[2] for name in named if not name.startswith("__")}
    assert [name for name in sorted(plain) if not callable(getattr(Builder, name, None))] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("5#", (1, 2)), ("5次)", (2, 3)), ("", (0, 0)), ("[60%,80%", (0, 1))],
)
def test_a_text_that_is_no_cell_is_refused_where_it_stops(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(Trouble) as caught:
        parse("target", text)
    assert (caught.value.code, (caught.value.start, caught.value.end)) == ("PF302", place)


def test_nothing_is_built_at_import() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", "import sys, pfscore; print('lark' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_a_grammar_file_that_does_not_exist() -> None:
    with pytest.raises(FileNotFoundError):
        grammars._load(None, "common.lark")


@given(st.sampled_from(["target", "actual"]), st.one_of(quantities, percentages, bounds, edged, dates, levels))
def test_cells_drawn_from_the_grammar_parse(side: str, text: str) -> None:
    found = parse(side, fold_without_spaces(text))
    assert isinstance(found, Conditions)
    assert found.clauses
