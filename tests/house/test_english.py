"""Docstrings are written as engineers write."""

from __future__ import annotations

import ast
import re

from tests.house.tree import modules, tree_of

_HEAVY = re.compile(r"(?:Say|Tell|Tells) |.*\b(?:what becomes of|held against|is none to)\b", re.DOTALL)


def test_docstrings_are_written_as_engineers_write() -> None:
    """A function returns, reports and describes; it does not say and tell."""
    heavy = [
        (module, text)
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if _HEAVY.match(text := ast.get_docstring(node) or "")
    ]
    assert heavy == []
