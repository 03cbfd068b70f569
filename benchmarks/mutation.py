"""Do the tests notice when a module is changed? `python benchmarks/mutation.py [PACKAGE] [--sample N] [--write]`.

One small change at a time is made to a module of the package (cells, if none is named): a comparison turned round,
`and` for `or`, a number one off, a condition negated, a `raise` left out. A fresh process imports the changed module in
the place of the written one. For cells it reads the corpus first; then it runs the module's examples and the tests that
reach the changed line, the module's own and the quickest first, and stops at the first that fails; for what an import
runs, all tests of the package. Which tests reach a line is recorded once, without a change (extra `bench`). With --own
only the module's own tests are run, and those that say word for word what comes out: what they notice is noticed.
These are collected once: a child of the process that holds them gives the changed function its other code, and runs
them; what survives that, or is no function, is tried in a process that has not imported the package, like the others.
No file is touched. A change that nothing notices survives. See benchmarks/mutation.md; this is too slow for CI.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import doctest
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import multiprocessing
import os
import platform
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

# Loaded once, before the processes part; nothing of the library is among it.
import hypothesis  # noqa: F401
import lark  # noqa: F401
import pydantic  # noqa: F401
import pytest

ROOT = Path(__file__).resolve().parents[1]
os.environ["CI"] = "true"  # the same examples for each change
sys.path[0] = str(ROOT)  # in the place of this folder, where coverage.py is another one

from tests.corpus import lines  # noqa: E402

PAGE = ROOT / "benchmarks" / "mutation.md"
PACKAGE = ROOT / "src" / "pfscore"
SECONDS = 240  # of the processor; what takes longer has been noticed
QUICK_SECONDS = 60  # the same, where the tests are collected
QUICK = 40  # tests that are run first
#: The tests of each package; those of the grammar read its files, which no change touches.
TESTS = {
    "cells": ("tests/cells", "--ignore=tests/cells/grammar/test_parser.py"),
    "rulesets": ("tests/rulesets", "tests/checking/test_check.py"),
    "scoring": ("tests/scoring", "tests/four_documents", "tests/promises", "tests/wild"),
    "auditing": ("tests/auditing", "tests/wild"),
}
#: Tests that say word for word what comes out: few of them run most lines.
WHOLE = {
    "scoring": (
        *("row/test_explained.py", "row/test_score.py", "test_sheets.py", "row/comparing/test_every_pair.py"),
        "row/test_examined_rows.py",
        "row/test_judged_rows.py::test_rows_many_at_a_time_are_judged_as_alone",
        "row/comparing/in_words/test_shortfalls.py::test_no_row_that_failed_is_met_and_none_that_succeeded_is_missed",
        "row/framing/test_frames.py::test_few_rows_reach_the_passes",
        "columns/test_batch.py::TestWhatIsDoneAtOnce::test_few_rows_are_scored_alone",
        "columns/test_batch.py::test_rows_whose_explanations_are_known",
    ),
    "auditing": ("test_said.py",),
}
#: Packages of which --own runs all tests, as they are quick.
ALL = frozenset({"rulesets"})
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
    #: The line on which its statement begins.
    statement: int

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.kind}"

    def shown(self) -> str:
        """Return what stood there, and what is put in its place, as far as one line says it."""
        old = list(ast.walk(_tree(self.module)))[self.node]
        _, new = list(changes(old))[self.choice]
        (before, *_), (after, *_) = (ast.unparse(one).splitlines() for one in (old, new))
        return f"{self}: {before} → {after}"

    def compiled(self) -> CodeType:
        """Return the module as the change leaves it."""
        tree = _tree(self.module)
        old = list(ast.walk(tree))[self.node]
        _, new = list(changes(old))[self.choice]
        _Replace(old, new).visit(tree)  # in its place
        return _compiled(self.module, ast.fix_missing_locations(tree))


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().generic_visit(node)


def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def _compiled(module: str, tree: ast.Module) -> CodeType:
    return compile(tree, PACKAGE / f"{module}.py", "exec", dont_inherit=True)


def every_change(module: str) -> Iterator[Change]:
    """Yield every change of a module; texts and decorators (sizes of memories, layouts of classes) stay as they are."""
    tree = _tree(module)
    kept = {inner for node in ast.walk(tree) for one in getattr(node, "decorator_list", ()) for inner in ast.walk(one)}
    statements: dict[ast.AST, int] = {}
    for node in ast.walk(tree):
        begins = node.lineno if isinstance(node, ast.stmt) else statements.get(node, 0)
        statements.update(dict.fromkeys(ast.iter_child_nodes(node), begins))
    for number, node in enumerate(ast.walk(tree)):
        if node in kept:
            continue
        for choice, (kind, _) in enumerate(changes(node)):
            line = getattr(node, "lineno", 0)
            yield Change(module, number, choice, line, kind, line if isinstance(node, ast.stmt) else statements[node])


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed source where its module is imported."""

    def __init__(self, change: Change) -> None:
        self.name = f"pfscore.{change.module.replace('/', '.')}"
        self.path = PACKAGE / f"{change.module}.py"
        self.code = change.compiled()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, vars(module))


def modules_of(package: str) -> list[str]:
    """Return the modules of a package; the names of indicators are no cells."""
    paths = (path.relative_to(PACKAGE) for path in sorted((PACKAGE / package).rglob("*.py")))
    return [path.with_suffix("").as_posix() for path in paths if path.stem not in {"__init__", "indicator_names"}]


class Reach(NamedTuple):
    """Which tests run a line of a package, and how long each test takes; see :func:`reach_of`."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def tests_of(self, change: Change) -> list[str]:
        """Return the tests that run the changed line, the shortest first; an empty name stands for an import."""
        lines = self.lines.get(change.module, {})
        found = {test for line in (change.line, change.statement) for test in lines.get(line, ())}
        return sorted(found, key=lambda test: (not test, self.seconds.get(test, 0)))


def _memories() -> list[Any]:
    """Return a list of all memories of the library from now on: a test that finds one filled runs fewer lines."""
    recent = importlib.import_module("pfscore.foundation.runtime.memory").Recent
    made, begins = [], recent.__init__

    def begin(memory: Any, *size: int | None) -> None:
        begins(memory, *size)
        made.append(memory)

    recent.__init__ = begin
    return made


class _Tracer:
    """A plugin of pytest that records which test runs which line."""

    def __init__(self, package: str) -> None:
        self.folder, self.seconds = PACKAGE / package, dict[str, float]()
        self.coverage = importlib.import_module("coverage").Coverage(
            data_file=None, source=[str(self.folder)], config_file=False
        )
        self.coverage.start()
        self.memories = _memories()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for memory in self.memories:
            memory.forget()
        self.coverage.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - started
            self.coverage.switch_context("")

    def written(self) -> str:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            Path(file).relative_to(PACKAGE).with_suffix("").as_posix(): data.contexts_by_lineno(file)
            for file in data.measured_files()
        }
        return json.dumps([self.seconds, lines])


def reach_of(package: str, kept: Path | None) -> Reach:
    """Run the tests of a package without a change, and record what they reach; `kept` is a file of an earlier run."""
    if kept is None or not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "reach.json"
            if _in_child(partial(_trace, package, file)):
                raise SystemExit(f"the tests of {package} fail without a change:\n{' '.join(_command(TESTS[package]))}")
            text = file.read_text(encoding="utf-8")
        if kept is not None:
            kept.write_text(text, encoding="utf-8")
    else:
        text = kept.read_text(encoding="utf-8")
    seconds, lines = json.loads(text)
    return Reach(seconds, {module: {int(line): tests for line, tests in of.items()} for module, of in lines.items()})


def _trace(package: str, file: Path) -> int:
    tracer = _Tracer(package)
    failed = _tests_fail(TESTS[package], tracer)
    file.write_text(tracer.written(), encoding="utf-8")
    return 2 if failed else 0


class _Chosen:
    """A plugin of pytest that runs some tests alone, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.ranks = {test: rank for rank, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [item for item in items if item.nodeid in self.ranks]
        items[:] = sorted(chosen, key=lambda item: self.ranks[item.nodeid])


class _Collected:
    """A plugin of pytest that collects the tests of a package and, in the place of running them, does some work.

    A child of this process changes a function of the package by giving it other code, and runs a few of the tests.
    """

    def __init__(self, package: str, work: Callable[[_Collected], None]) -> None:
        self.package, self.work = package, work
        self.items: list[pytest.Item] = []
        self.live = defaultdict[CodeType, list[FunctionType]](list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        gc.unfreeze()
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(f"{PACKAGE}/{self.package}/"):
                self.live[one.__code__].append(one)
        gc.freeze()
        self.work(self)
        return True

    def fails(self, change: Change) -> int:
        """Return 2 if a test notices the change, 0 if none does, and 3 if no function could be given other code."""
        exchanged, changed = False, _codes(change.compiled())
        for place, code in _codes(_compiled(change.module, _tree(change.module))).items():
            for function in self.live.get(code, ()):
                with contextlib.suppress(ValueError):  # the change leaves a variable of an outer function out
                    function.__code__ = changed.get(place, code)
                    exchanged |= function.__code__ != code
        if not exchanged:
            return 3
        if _doctests_fail(change):
            return 2
        chosen = [
            *self.of(f"tests/{self.package}/{one}" for one in WHOLE.get(self.package, ())),
            *self.of([_own(change)]),
        ]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return 2
        return 0

    def of(self, names: Iterable[str]) -> Iterator[pytest.Item]:
        """Yield the tests of files, folders, or single ones."""
        for name in names:
            yield from (item for item in self.items if re.match(rf"{re.escape(name)}(?![\w.])", item.nodeid))


def _codes(module: CodeType) -> dict[tuple[object, ...], CodeType]:
    """Return the code of a module and of all within it by its place, the outer before the inner."""
    found: dict[tuple[object, ...], CodeType] = {(): module}
    waiting: list[tuple[tuple[object, ...], CodeType]] = [((), module)]
    for place, code in waiting:
        inner = Counter[str]()
        for const in code.co_consts:
            if isinstance(const, CodeType):
                inner[const.co_qualname] += 1
                key = (*place, const.co_qualname, inner[const.co_qualname])
                found[key] = const
                waiting.append((key, const))
    return found


def noticed(package: str, reach: Reach | None, change: Change) -> str:
    """Return what notices a change where the package was not imported: the corpus, the tests, the clock, or nothing."""
    return _NOTICED.get(_in_child(partial(_try, package, reach, change)), "time")


#: By the status of a child.
_NOTICED = {0: "", 1: "corpus", 2: "tests", 3: "not exchanged"}


def _in_child(work: Callable[[], int], seconds: int = SECONDS) -> int:
    """Do something in a child that prints nothing; return what it returns, or less than 0 where it took too long."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(10 * seconds)
        try:
            os._exit(work())
        except BaseException:  # noqa: BLE001  (a change may break anything)
            os._exit(2)


def _try(package: str, reach: Reach | None, change: Change) -> int:
    sys.meta_path.insert(0, _Changed(change))
    if package == "cells" and _corpus_notices():
        return 1
    own = _own(change)
    if _doctests_fail(change) or _tests_fail([f"tests/{package}/{one}" for one in WHOLE.get(package, ())]):
        return 2
    if reach is None:
        return 2 if _tests_fail([own]) else 0
    tests = reach.tests_of(change)
    if not tests:
        return 0
    by_test = [test for test in tests if test]
    for some in ([*(test for test in by_test if test.startswith(own)), *by_test][:QUICK], by_test):
        if _tests_fail(sorted({test.partition("::")[0] for test in some}), _Chosen(some)):
            return 2
    # The own tests again, as some may be new; and all of the package for what runs when it is imported.
    last = [[own]] if own.endswith(".py") else []
    last += [] if by_test else [list(TESTS[package])]
    return 2 if any(_tests_fail(some) for some in last) else 0


def _own(change: Change) -> str:
    """Return the file of the module's own tests, or their folder; for some packages all of their tests."""
    if (package := change.module.partition("/")[0]) in ALL:
        return f"tests/{package}"
    folder = f"tests/{Path(change.module).parent.as_posix()}"
    own = f"{folder}/test_{Path(change.module).name}.py"
    return own if (ROOT / own).exists() else folder


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


def _doctests_fail(change: Change) -> bool:
    module = importlib.import_module(f"pfscore.{change.module.replace('/', '.')}")
    return doctest.testmod(module).failed > 0


def _command(tests: Sequence[str]) -> list[str]:
    settings = ["-q", "-x", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return [*settings, "--hypothesis-profile", "few", *tests]


def _tests_fail(tests: Sequence[str], *plugins: object) -> bool:
    if not tests:
        return False
    with contextlib.chdir(ROOT):
        return pytest.main(_command(tests), plugins=plugins) not in {0, pytest.ExitCode.NO_TESTS_COLLECTED}


def _failing(names: list[str]) -> list[str]:
    """Return which of these files and folders of tests fail as they stand, each tried in a child."""
    return [name for name in names if _in_child(partial(_tests_fail, [name]))]


def main() -> None:
    """Try a sample of the changes, print the survivors; with --write, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("package", nargs="?", default="cells", choices=TESTS)
    parser.add_argument("--reach", type=Path, help="a file that keeps which tests run which line, for the next run")
    parser.add_argument("--own", action="store_true", help="only the module's own tests, and those that say most")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which no other change is tried")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = [change for module in modules_of(options.package) for change in every_change(module)]
    chosen = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    # Its processes part before anything of the library is imported.
    with multiprocessing.get_context("fork").Pool(options.jobs) as fresh:
        if options.own:
            plugin = _Collected(
                options.package, lambda collected: _report(options, chosen, len(every), fresh, collected)
            )
            with contextlib.chdir(ROOT):
                pytest.main([*_command([f"tests/{options.package}"]), "-s"], plugins=[plugin])
        else:
            _report(options, chosen, len(every), fresh)


#: The tests that the processes of the second pool hold.
_HELD: list[_Collected] = []


def _exchanged(change: Change) -> str:
    (collected,) = _HELD
    return _NOTICED.get(_in_child(partial(collected.fails, change), QUICK_SECONDS), "time")


def _tried(
    options: argparse.Namespace, chosen: list[Change], fresh: Pool, collected: _Collected | None
) -> Iterator[tuple[Change, str]]:
    """Yield each change, and what notices it."""
    if collected is None:
        reach = reach_of(options.package, options.reach)
        yield from zip(chosen, fresh.imap(partial(noticed, options.package, reach), chosen), strict=True)
        return
    names = {*(f"tests/{collected.package}/{one}" for one in WHOLE.get(collected.package, ())), *map(_own, chosen)}
    if wrong := fresh.apply(_failing, (sorted(names),)):
        raise SystemExit(f"these tests fail without a change, and would notice every one: {wrong}")
    _HELD.append(collected)
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        for change, by in zip(chosen, pool.imap(_exchanged, chosen), strict=True):
            # What was computed when the tests were collected hides some; a slow machine takes long without a change.
            again = by in {"", "not exchanged", "time"}
            yield change, fresh.apply(noticed, (options.package, None, change)) if again else by


def _report(
    options: argparse.Namespace,
    chosen: list[Change],
    every: int,
    fresh: Pool,
    collected: _Collected | None = None,
) -> None:
    started = time.monotonic()
    found: Counter[str] = Counter()
    survivors = []
    for change, by in _tried(options, chosen, fresh, collected):
        found[by] += 1
        if not by:
            survivors.append(change)
            print(change.shown(), flush=True)
        if time.monotonic() - started > options.minutes * 60:
            break
    tried, killed = found.total(), found.total() - len(survivors)
    report = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {time.monotonic() - started:.0f} s",
        f"{options.package}: {tried:,} of {every:,} changes, seed {options.seed}: "
        f"{killed:,} noticed ({killed * 100 / tried:.1f}%)" + (", by each module's own tests" if options.own else ""),
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
