"""The house has one street: a package imports only from those on its left."""

from __future__ import annotations

import ast
import sys

import pytest

import pfscore
from tests.house.tree import PACKAGE, imports, modules, tree_of

STREET = (
    *("foundation", "documents", "cells", "formulas", "rulesets", "forms"),
    *("scoring", "checking", "auditing", "questions", "report", "cli"),
)
#: What may be imported at run time beside the standard library. pydantic_core is the half of pydantic
#: that has its errors.
THIRD_PARTY = {"pydantic", "pydantic_core", "lark"}
#: What an extra gives, and which modules may ask for it, inside a function.
EXTRAS = {"yaml": {"documents/yaml_reader.py", "documents/yaml_tree.py"}}
MAX_LINES = 400


def position(name: str) -> int:
    """Return where on the street a dotted name or a path stands; `__main__` stands at the end."""
    part = name.replace("/", ".").removeprefix("pfscore.").split(".")[0]
    return STREET.index(part) if part in STREET else len(STREET)


def test_every_package_stands_on_the_street() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages <= set(STREET)


@pytest.mark.parametrize("module", [module for module in modules() if module != "__init__.py"])  # it hands names on
def test_a_package_imports_only_from_its_left(module: str) -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for name, line in imports(tree_of(module))
        if name.startswith(".") or (name.split(".")[0] == "pfscore" and position(name) > position(module))
    ]
    assert wrong == []


def test_the_package_itself_only_hands_names_on() -> None:
    for node in tree_of("__init__.py").body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_table = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"__all__", "_HOMES", "_MODULES"}
        is_lazy = isinstance(node, ast.FunctionDef) and node.name in {"__getattr__", "__dir__"}
        is_typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        assert is_import or is_docstring or is_table or is_lazy or is_typing, ast.unparse(node)


def test_the_package_hands_on_the_same_names_to_readers_and_to_type_checkers() -> None:
    block = next(node for node in tree_of("__init__.py").body if isinstance(node, ast.If))
    typed = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed == pfscore._MODULES
    assert sorted(typed) == sorted(pfscore.__all__)


@pytest.mark.parametrize("module", modules())
def test_a_module_holds_one_responsibility(module: str) -> None:
    lines = (PACKAGE / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES


@pytest.mark.parametrize("module", modules())
def test_run_time_needs_only_pydantic_and_lark(module: str) -> None:
    tree = tree_of(module)
    at_import = {name for name, _ in imports(ast.Module(list(_always(tree)), []))}
    for name, line in imports(tree):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top in THIRD_PARTY or top == "pfscore":
            continue
        assert module in EXTRAS.get(top, ()), f"{module}:{line} imports {name}"
        assert name not in at_import, f"{module}:{line} imports {name} before anybody asked"


def _always(node: ast.AST) -> list[ast.stmt]:
    """Return the statements that run when the module is imported; type checkers alone read the rest."""
    found: list[ast.stmt] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import | ast.ImportFrom):
            found.append(child)
        found += _always(child)
    return found
