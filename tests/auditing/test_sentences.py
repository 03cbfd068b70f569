"""The table of sentences: both languages name the same fields, every row is used, every call gives its fields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

from pfscore.auditing.sentences import SENTENCES, template
from pfscore.foundation.codes import family
from tests.house.tree import modules, tree_of
from tests.tables import each

CHECKS = [module for module in modules() if module.startswith("auditing/checks/")]
#: What a call always gives: the name and the two figures.
GIVEN = {"name", "published", "computed"}
#: What a call may give that no sentence names.
BESIDE = {"name", "evidence", "cause"}


def fields(text: str) -> set[str]:
    """Return the fields that a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def wanted(key: str) -> set[str]:
    sentence = template(key)
    return fields(sentence.zh)


def keys(node: ast.AST) -> set[str]:
    """Return the keys of the table that stand below a node."""
    values = {child.value for child in ast.walk(node) if isinstance(child, ast.Constant)}
    return {value for value in values if isinstance(value, str) and value in SENTENCES}


def calls(module: str) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the keys of each call of `Case.finding` and the names of what it gives."""
    tree = tree_of(module)
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "finding"
    ]
    literal = set().union(*(keys(node.args[0]) for node in found)) if found else set()
    for node in found:
        assert all(keyword.arg for keyword in node.keywords), "fields are given by name"
        yield keys(node.args[0]) or keys(tree) - literal, {str(keyword.arg) for keyword in node.keywords}


@each("key", SENTENCES)
def test_both_languages_name_the_same_fields(key: str) -> None:
    sentence = template(key)
    assert sentence.zh and sentence.en
    assert fields(sentence.zh) == fields(sentence.en)
    assert bool(sentence.cause_zh) == bool(sentence.cause_en)


def test_every_code_of_a_finding_has_a_sentence() -> None:
    assert {key[:5] for key in SENTENCES} == {code for code in family("PF7") if code < "PF79"}
    assert {key[:5] for key in SENTENCES} <= set(SENTENCES)


def test_every_sentence_is_used() -> None:
    used = {key for module in CHECKS for found, _ in calls(module) for key in found}
    assert sorted(set(SENTENCES) - used) == []


@each("module", CHECKS)
def test_every_call_gives_the_fields_of_its_sentences(module: str) -> None:
    for found, given in calls(module):
        assert found, "a key that is not in the table"
        named = set().union(*(wanted(key) for key in found))
        assert named - given - {"name"} == set(), found
        assert given - named - BESIDE - GIVEN == set(), found
