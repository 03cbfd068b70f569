"""Patterns of Chinese words stand in `grammar/`, as named rules with cells beside them, and not in the code."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import modules, tree_of

#: Characters that are no words: the range of all of them, and numerals with their point, which are digits.
_NO_WORDS = re.compile(r"一-[龥鿿]|[零〇一二两三四五六七八九十百千万亿半点]")
_HAN = re.compile(r"[一-龥]")
#: What only a pattern has.
_SYNTAX = re.compile(r"\(\?|\[\^|[\])][*+?{]|[^\\]\|.*[^\\]\|")
#: Classes of characters by which nothing is decided.
ALLOWED = {
    # What no number, date or measure has; the grammar reads such a cell as the same words.
    "cells/plain_numbers.py": {"_WORD"},
    # Signs and joints are counted, to bound the work on a list of hundreds.
    "cells/refusals/damage.py": {"_SIGNS"},
    # A suggestion with its ends in order, which is read before anybody sees it.
    "cells/refusals/sentences.py": {"_ENDS"},
    # The sentence for a line of a file of accepted findings.
    "auditing/finding.py": {"_problem"},
    # Labels of budget lines, and heads and titles of tables beside the form: which of them belong together.
    "auditing/checks/budget_parts.py": {"_SOURCES", "_KINDS", "_TREASURY"},
    "auditing/checks/tables.py": {
        *("_SUM", "_PART", "_PLAN", "_DONE", "_CONTROL", "_BUDGETED", "_SPENT", "_ANNEX", "_MONEY_HEAD"),
        *("_UNITS", "_NO_AMOUNT", "_items", "overspending"),
    },
    # A unit, and a figure with its sign.
    "auditing/checks/targets.py": {"_TIME"},
    "auditing/figures.py": {"_FIGURE"},
}


def _patterns(tree: ast.Module) -> dict[str, str]:
    """Return the patterns of words in a module, by the name of the constant or the function that holds them."""
    found: dict[str, str] = {}
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if isinstance(node.body[0], ast.Expr)
    }
    for statement in tree.body:
        name = statement.name if isinstance(statement, ast.FunctionDef | ast.ClassDef) else ""
        if isinstance(statement, ast.Assign):
            name = ast.unparse(statement.targets[0])
        compiled = {
            text
            for call in ast.walk(statement)
            if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).startswith(("re.", "Pattern"))
            for text in ast.walk(call.args[0])
        }
        for node in ast.walk(statement):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in docstrings:
                continue
            has_words = _HAN.search(_NO_WORDS.sub("", node.value)) is not None
            if has_words and (node in compiled or _SYNTAX.search(node.value)):
                found[name] = node.value
    return found


def test_no_module_holds_a_pattern_of_words() -> None:
    wrong = {
        (module, name): text
        for module in modules()
        if module.startswith(("cells/", "scoring/", "auditing/"))
        for name, text in _patterns(tree_of(module)).items()
        if name not in ALLOWED.get(module, ())
    }
    assert wrong == {}


@pytest.mark.parametrize("module", ALLOWED)
def test_what_is_allowed_is_there(module: str) -> None:
    assert ALLOWED[module] == set(_patterns(tree_of(module)))


def test_what_a_pattern_of_words_is() -> None:
    code = """
import re
A = re.compile("完成|办结")
B = re.compile("[一-龥]{2}[0-9百千]")
C = "(?:完成)?办结"
D = f"{A}完成{B}"
def e(text):
    '''Return (?:完成)? in a docstring.'''
    return re.sub("完成", "", text) or "(完成)"
"""
    assert set(_patterns(ast.parse(code))) == {"A", "C", "e"}
