"""Do the tests notice when the reader of cells is changed? `python benchmarks/mutation.py [--sample N] [--write]`.

One small change at a time is made in a copy of the library: a comparison turned round, `and` for `or`, a number one
off, a condition negated, a `raise` left out. The copy then reads the corpus and, where the corpus notices nothing, runs
tests/language. A change that nothing notices survives. See benchmarks/mutation.md; this is too slow for CI.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "mutation.md"
MODULES = (
    "builder calendar cell celltext columns conditions damage demands diagnosis intervals levels measures names "
    "nearest numerals quantities reader refusals shortcuts units vocabulary wording"
)
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what may be put in the place of a node."""
    changed = copy.deepcopy(node)
    match changed:
        case ast.Compare(ops=[op]) if type(op) in _TURNED:
            changed.ops = [_TURNED[type(op)]()]
            yield "comparison", changed
        case ast.BoolOp(op=op):
            changed.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and/or", changed
        case ast.BinOp(op=op) if type(op) in _SWAPPED:
            changed.op = _SWAPPED[type(op)]()
            yield "arithmetic", changed
        case ast.UnaryOp(op=ast.Not()):
            yield "negation", changed.operand
        case ast.Constant(value=bool(value)):
            yield "constant", ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int(value)):
            yield "constant", ast.copy_location(ast.Constant(value + 1), node)
        case ast.If() | ast.IfExp():
            changed.test = ast.UnaryOp(ast.Not(), changed.test)
            yield "condition", changed
        case ast.Raise():
            yield "raise", ast.Pass()
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            changed.value = ast.Constant(None)
            yield "return", changed


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().generic_visit(node)


def mutants(module: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield module, line, kind and text of every change of a module."""
    text = (ROOT / "src" / "pfscore" / "language" / f"{module}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for kind, new in changes(node):
            original = ast.parse(text)
            twin = _same_place(original, tree, node)
            changed = ast.fix_missing_locations(_Replace(twin, new).visit(original))
            yield module, getattr(node, "lineno", 0), kind, ast.unparse(changed)


def _same_place(other: ast.AST, tree: ast.AST, node: ast.AST) -> ast.AST:
    return next(twin for twin, one in zip(ast.walk(other), ast.walk(tree), strict=True) if one is node)


def noticed(folder: Path) -> str:
    """Return what notices the change in `folder`: the corpus, the tests, or nothing."""
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}", "PYTHONDONTWRITEBYTECODE": "1"}
    quick = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider"]
    for name, tests in (
        ("corpus", ["tests/language/test_corpus.py::test_every_line_is_read_as_an_official_would"]),
        ("tests", ["tests/language", "--ignore=tests/language/test_grammar.py"]),
    ):
        try:
            done = subprocess.run(
                [*quick, *tests], cwd=folder, env=environment, capture_output=True, timeout=300, check=False
            )
        except subprocess.TimeoutExpired:
            return "time"
        if done.returncode:
            return name
    return ""


def main() -> None:
    """Run a sample of the changes, print the survivors; with --write, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = [mutant for module in MODULES.split() for mutant in mutants(module)]
    chosen = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    found: Counter[str] = Counter()
    survivors = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("src", "grammar", "docs/codes", "tests", "rulesets", "examples"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        for module, line, kind, text in chosen:
            path = folder / "src" / "pfscore" / "language" / f"{module}.py"
            kept = path.read_text(encoding="utf-8")
            path.write_text(text, encoding="utf-8")
            by = noticed(folder)
            path.write_text(kept, encoding="utf-8")
            found[by or "survived"] += 1
            if not by:
                survivors.append(f"{module}.py:{line} {kind}")
                print(survivors[-1], flush=True)
    killed = sum(found.values()) - found["survived"]
    share = f"{killed * 100 / len(chosen):.1f}%"
    report = [
        f"{len(chosen)} of {len(every):,} changes, seed {options.seed}: {killed} noticed ({share})",
        *(f"  by {by}: {count}" for by, count in sorted(found.items()) if by != "survived"),
        "survivors:",
        *(f"  {line}" for line in sorted(survivors)),
    ]
    print("\n".join(report))
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition("```text\n")
        PAGE.write_text(f"{head}```text\n{chr(10).join(report)}\n```{rest.partition('```')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
