"""The project's files and their imports, for the tests of the house."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "pfscore"
_SKIPPED = {
    ".git", ".venv", "venv", "build", "dist", "mutants", "__pycache__", "node_modules",
    ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache",
}  # fmt: skip
_BUILT = ROOT / "docs" / "build"


def modules() -> list[str]:
    """Return the modules of pfscore as paths below src/pfscore, such as `rulesets/load.py`."""
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@cache
def tree_of(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"), module)


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every imported module with its line, those inside functions too; a relative one starts with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "pfscore":
                yield from ((f"pfscore.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield "." * node.level + (node.module or ""), node.lineno


def text_files(folder: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Yield the text files of the project, without what tools leave behind."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if (path.name not in _SKIPPED and not path.name.endswith(".egg-info")) or path == _BUILT:
                yield from text_files(path)
        elif path.is_file() and path.name not in _SKIPPED:
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
