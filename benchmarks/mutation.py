"""Do the tests notice when a module is changed? `python benchmarks/mutation.py [PACKAGE] [--sample N] [--write]`.

One small change at a time is made to a module of the package (cells, if none is named): a comparison turned round,
`and` for `or`, a number one off, a condition negated, a `raise` left out. A fresh process imports the changed module in
the place of the written one. For cells it reads the corpus first; then it runs the module's own tests and, where they
notice nothing, those of the package. No file is touched. A change that nothing notices survives. See
benchmarks/mutation.md; this is too slow for CI.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import platform
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

# Loaded once, before the processes part; nothing of the library is among it.
import lark  # noqa: F401
import pydantic  # noqa: F401
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.corpus import lines  # noqa: E402

PAGE = ROOT / "benchmarks" / "mutation.md"
PACKAGE = ROOT / "src" / "pfscore"
SECONDS = 240  # of the processor; what takes longer has been noticed
#: The tests of each package; those of the grammar read its files, which no change touches.
TESTS = {
    "cells": ("tests/cells", "--ignore=tests/cells/grammar/test_parser.py"),
    "rulesets": ("tests/rulesets", "tests/checking/test_check.py"),
    "scoring": ("tests/scoring", "tests/four_documents"),
    "auditing": ("tests/auditing", "tests/wild"),
}
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


class Change(NamedTuple):
    """One change: the place of the node among the nodes of its module, and which of the node's changes it is."""

    module: str
    node: int
    choice: int
    line: int
    kind: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.kind}"

    def source(self) -> str:
        """Return the module as the change leaves it."""
        tree = _tree(self.module)
        old = list(ast.walk(tree))[self.node]
        _, new = list(changes(old))[self.choice]
        return ast.unparse(ast.fix_missing_locations(_Replace(old, new).visit(tree)))


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().generic_visit(node)


def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def every_change(module: str) -> Iterator[Change]:
    """Yield every change of a module; texts and decorators (sizes of memories, layouts of classes) stay as they are."""
    tree = _tree(module)
    kept = {inner for node in ast.walk(tree) for one in getattr(node, "decorator_list", ()) for inner in ast.walk(one)}
    for number, node in enumerate(ast.walk(tree)):
        if node in kept:
            continue
        for choice, (kind, _) in enumerate(changes(node)):
            yield Change(module, number, choice, getattr(node, "lineno", 0), kind)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed source where its module is imported."""

    def __init__(self, change: Change) -> None:
        self.name = f"pfscore.{change.module.replace('/', '.')}"
        self.path = PACKAGE / f"{change.module}.py"
        self.text = change.source()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.text, self.path, "exec"), vars(module))


def modules_of(package: str) -> list[str]:
    """Return the modules of a package; the names of indicators are no cells."""
    paths = (path.relative_to(PACKAGE) for path in sorted((PACKAGE / package).rglob("*.py")))
    return [path.with_suffix("").as_posix() for path in paths if path.stem not in {"__init__", "indicator_names"}]


def noticed(package: str, change: Change | None) -> str:
    """Return what notices a change: the corpus, the tests, the clock, or nothing. None is the package as it is."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "time"
        return {0: "", 1: "corpus"}.get(os.waitstatus_to_exitcode(status), "tests")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if change:
            sys.meta_path.insert(0, _Changed(change))
        os._exit(1 if package == "cells" and _corpus_notices() else 2 if _tests_notice(package, change) else 0)


def _corpus_notices() -> bool:
    try:
        from tests.cells.cells import read
        from tests.cells.test_corpus import stated

        for name in lines.HEADERS:
            for line in lines.read(name):
                found = stated(read(line.side, line.text, line.comparator, line.unit))
                if found not in [dict(reading) for reading in line.readings]:
                    return True
    except Exception:  # noqa: BLE001  (a change may break anything)
        return True
    return False


def _tests_notice(package: str, change: Change | None) -> bool:
    settings = ["-q", "-x", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    chosen = [[*TESTS[package]]]
    if change is not None:
        module = Path("tests") / change.module
        if (own := module.with_name(f"test_{module.name}.py")).exists():
            chosen.insert(0, [str(own)])
    with contextlib.chdir(ROOT):
        try:
            return any(pytest.main([*settings, "--hypothesis-profile", "few", *one]) != 0 for one in chosen)
        except Exception:  # noqa: BLE001  (a change may break anything)
            return True


def main() -> None:
    """Try a sample of the changes, print the survivors; with --write, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("package", nargs="?", default="cells", choices=TESTS)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which no other change is tried")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = [change for module in modules_of(options.package) for change in every_change(module)]
    chosen = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    started = time.monotonic()
    found: Counter[str] = Counter()
    survivors = []
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        if by := pool.apply(noticed, [options.package, None]):
            parser.error(f"the {by} already fails without a change")
        tried = 0
        for change, by in zip(chosen, pool.imap(partial(noticed, options.package), chosen), strict=True):
            tried += 1
            found[by] += 1
            if not by:
                survivors.append(change)
                print(change, flush=True)
            if time.monotonic() - started > options.minutes * 60:
                pool.terminate()
                break
    killed = tried - len(survivors)
    report = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {time.monotonic() - started:.0f} s",
        f"{options.package}: {tried:,} of {len(every):,} changes, seed {options.seed}: "
        f"{killed:,} noticed ({killed * 100 / tried:.1f}%)",
        *(f"  by the {by}: {count:,}" for by, count in sorted(found.items()) if by),
        "survivors:",
        *(f"  {change}" for change in sorted(survivors)),
    ]
    print("\n".join(report))
    if options.write:
        mark = f"<!-- {options.package} -->\n```text\n"
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(mark)
        PAGE.write_text(f"{head}{mark}{chr(10).join(report)}\n```{rest.partition('```')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
