"""Promises that can be read off the source: exact numbers, no clock, no code from data."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.tree import modules, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names that would let a clock, a locale, the environment or an ambient context into a result.
CLOCKS = {"today", "now", "utcnow"}
AMBIENT = CLOCKS | {"getcontext", "setcontext", "localcontext", "environ", "getenv", "setlocale"}
#: Names that would run what a file says.
RUNNING = {"eval", "exec", "compile", "__import__"}
#: The one module that writes Python: from the nodes of a checked formula, never from a file's text.
WRITES_PYTHON = {"formulas/evaluation/generated.py"}
#: What runs the library for people: it may ask the environment, and wait for part of a second.
HOSTS = ("cli/", "editor/", "service/")
#: Calls in which a float, or the name of its type, touches no number of a form: refusing one, and "did you mean".
HARMLESS = {"isinstance", "get_close_matches"}


def test_no_float() -> None:
    found = []
    for module in modules():
        tree = tree_of(module)
        waits = {line for node in ast.walk(tree) if module.startswith(HOSTS) for line in _waits(node, tree)}
        found += [f"{module}:{line} {what}" for line, what in _floats(tree) if line not in waits]
    assert found == []


def _waits(node: ast.AST, tree: ast.Module) -> Iterator[int]:
    """Yield the line of a constant of the module, or of a call that sleeps."""
    sleeps = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "sleep"
    if isinstance(node, ast.stmt | ast.expr) and (sleeps or (isinstance(node, ast.Assign) and node in tree.body)):
        yield node.lineno


def _floats(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield float numbers, and the word `float` wherever it does not serve to refuse one."""
    harmless = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.MatchClass) or (isinstance(node, ast.Call) and called(node) in HARMLESS)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in harmless:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "float"


def called(node: ast.Call) -> str:
    """Return the plain name that is called, or nothing."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_nothing_from_outside_enters_a_result() -> None:
    used = set()
    for module in modules():
        for node in ast.walk(tree_of(module)) if not module.startswith(HOSTS) else ():
            match node:
                case ast.Attribute(attr=name) | ast.alias(name=name):
                    used.add((module, name))
    assert [one for one in sorted(used) if one[1] in AMBIENT] == []


def test_nothing_runs_what_a_file_says() -> None:
    calls = {
        (module, called(node))
        for module in modules()
        if module not in WRITES_PYTHON
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
    }
    assert [one for one in sorted(calls) if one[1] in RUNNING] == []
