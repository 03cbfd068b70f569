"""The shape of the code: the order of packages, no circles, few members a folder, dependencies by extra."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter

import pfscore
from tests.house.tree import PACKAGE, ROOT, imports, modules, tree_of

TESTS = ROOT / "tests"
#: The packages in order; each imports only from those before it.
ORDER = (
    *("foundation", "documents", "cells", "formulas", "rulesets", "office", "forms"),
    *("scoring", "checking", "auditing", "questions", "report", "editor", "service", "cli"),
)
#: What may be imported at run time beside the standard library. pydantic_core is the half of pydantic
#: that has its errors; typing_extensions comes with it and has the TypedDict that it takes before Python 3.12.
THIRD_PARTY = {"pydantic", "pydantic_core", "typing_extensions", "lark"}
#: The modules that score whole columns.
COLUMNS = ("actuals", "batch", "results")
#: What an extra gives, and which modules may ask for it, inside a function.
EXTRAS = {
    "yaml": {"documents/yaml/reader.py"},
    "ruamel": {"rulesets/writing/formatter.py"},
    "jinja2": {"report/review/page.py", "service/app.py", "cli/commands/serve.py"},
    "xlsxwriter": {"report/review/workbook.py", "forms/files/writing.py"},
    "xlrd": {"office/formats/xls.py"},
    "selectolax": {"office/formats/html.py"},
    "pdfplumber": {"office/formats/pdf_file.py"},
    "pdfminer": {"office/formats/pdf_file.py"},
    "pygls": {"editor/protocol.py", "editor/server.py"},
    "hypothesis": {"testing.py"},
    "fastapi": {"service/app.py", "service/routes.py", "cli/commands/serve.py"},
    "starlette": {f"service/{name}.py" for name in ("app", "guard", "problems", "routes")},
    "uvicorn": {"cli/commands/serve.py"},
    "python_multipart": {"cli/commands/serve.py"},
    "numpy": {"formulas/evaluation/columns.py", *(f"scoring/columns/{name}.py" for name in COLUMNS)},
    "pyarrow": {f"scoring/columns/{name}.py" for name in COLUMNS},
    "lsprotocol": {"editor/protocol.py", "editor/server.py"},
}
#: What is imported by those alone who have its extra.
OF_EXTRAS = {
    "testing.py",
    *EXTRAS["numpy"],
    *(f"service/{name}.py" for name in ("app", "guard", "problems", "routes")),
}
#: How many members a folder has; a list of equals may be longer.
MEMBERS = range(3, 10)
LISTS = {"auditing/checks", "cli/commands"}


def position(name: str) -> int:
    """Return the position of a dotted name or a path in `ORDER`; `__main__` and the package itself come last."""
    part = name.replace("/", ".").removeprefix("pfscore.").split(".")[0]
    return ORDER.index(part) if part in ORDER else len(ORDER)


def test_every_package_has_a_place_in_the_order() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages == set(ORDER)


def test_a_package_imports_only_from_those_before_it() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        if module != "__init__.py"  # it hands names on
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


def test_an_import_names_the_module_that_defines_the_name() -> None:
    wrong = [
        f"{module}:{node.lineno} imports {alias.name}, which {node.module} imports too"
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pfscore.")
        for alias in node.names
        if node.module != "pfscore.cli" and alias.name in _imported(node.module or "")
    ]
    assert wrong == []


@cache
def _imported(name: str) -> frozenset[str]:
    """Return the names that a module imports from others of this package."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    tree = tree_of(
        (
            path.relative_to(PACKAGE) / "__init__.py" if path.is_dir() else path.relative_to(PACKAGE).with_suffix(".py")
        ).as_posix()
    )
    return frozenset(
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pfscore.")
        for alias in node.names
    )


def test_what_only_its_module_uses_is_private() -> None:
    words = {module: set(re.findall(r"\w+", text)) for module, text in _python_files().items()}
    alone = [
        f"{module}: {name}"
        for module in modules()
        if not module.endswith("__.py")
        for name in _functions_and_constants(tree_of(module))
        if not name.startswith("_")
        and not any(name in used for other, used in words.items() if other != f"src/pfscore/{module}")
    ]
    assert alone == []


def _python_files() -> dict[str, str]:
    """Return the project's Python files by their paths."""
    paths = [path for folder in ("src", "tests", "docs", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _functions_and_constants(tree: ast.Module) -> list[str]:
    """Return the functions and constants of a module; types are named by what is made of them."""
    found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    return found + [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()]


@cache
def members(folder: str) -> set[str]:
    """Return the modules and packages of a folder below src/pfscore, by name."""
    return {
        path.stem
        for path in (PACKAGE / folder).iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }


def folders() -> list[str]:
    """Return the packages and sub-packages as paths below src/pfscore."""
    return sorted(path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("*/**/__init__.py"))


def test_a_folder_has_few_members() -> None:
    found = {folder: sorted(members(folder)) for folder in folders() if folder not in LISTS}
    assert {folder: names for folder, names in found.items() if len(names) not in MEMBERS} == {}


def test_a_file_name_stands_once_in_a_package() -> None:
    names = Counter(
        (package, path.name)
        for package in ORDER
        for path in (PACKAGE / package).rglob("*.py")
        if path.name != "__init__.py"
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_the_members_of_a_folder_import_each_other_in_one_direction() -> None:
    wrong = []
    for folder in folders():
        sorter = TopologicalSorter({member: _used(folder, member) for member in members(folder)})
        try:
            sorter.prepare()
        except CycleError as error:
            wrong.append(f"{folder}: {' -> '.join(error.args[1])}")
    assert wrong == []


def _used(folder: str, member: str) -> set[str]:
    """Return the other members of its folder that a module or sub-package imports."""
    inside = f"pfscore.{folder.replace('/', '.')}."
    paths = [path for path in modules() if path == f"{folder}/{member}.py" or path.startswith(f"{folder}/{member}/")]
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    if full.startswith(inside):
                        found.add(full.removeprefix(inside).split(".")[0])
    return (found - {member}) & members(folder)


def test_the_folders_of_tests_mirror_the_packages() -> None:
    mirrored = {path for package in ORDER for path in (TESTS / package).rglob("*") if path.is_dir()}
    extra = {path.relative_to(TESTS).as_posix() for path in mirrored if any(path.glob("test_*.py"))} - set(folders())
    assert sorted(extra) == []


def test_tests_named_after_a_module_stand_where_it_stands() -> None:
    wrong = []
    for package in ORDER:
        homes = {path.name: path.parent.relative_to(PACKAGE) for path in (PACKAGE / package).rglob("*.py")}
        for path in (TESTS / package).rglob("test_*.py"):
            folder = path.parent.relative_to(TESTS)
            if homes.get(path.name.removeprefix("test_"), folder) != folder:
                wrong.append(path)
    assert wrong == []


def test_run_time_needs_only_pydantic_and_lark() -> None:
    assert [wrong for module in modules() for wrong in _unasked(module)] == []


def _unasked(module: str) -> Iterator[str]:
    """Yield the imports of a module that no extra gives it, or that run before anybody asked."""
    tree = tree_of(module)
    at_import = {name for name, _ in imports(ast.Module(list(_always(tree)), []))}
    for name, line in imports(tree):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top in THIRD_PARTY or top == "pfscore":
            continue
        if module not in EXTRAS.get(top, ()):
            yield f"{module}:{line} imports {name}"
        elif name in at_import and module not in OF_EXTRAS:
            yield f"{module}:{line} imports {name} before anybody asked"


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
