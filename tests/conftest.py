"""Settings for every test: properties take the time they need, as speed is measured in benchmarks/ alone."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

# pytest-xdist gives its processes a terminal of 80 columns; what the library prints into a pipe has none.
os.environ.pop("COLUMNS", None)

#: Where the variable CI is set, the same examples are drawn on every run; elsewhere others each time, and what fails is
#: printed with the line that repeats it. No test fails because the machine is busy.
ALIKE = bool(os.environ.get("CI"))
#: Thirty examples a property in every run, as many as the suite has time for; benchmarks/fuzz.py draws millions.
BASE = settings(max_examples=30, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
if ALIKE:
    BASE = settings(BASE, derandomize=True, database=None)
settings.register_profile("pfscore", BASE)
# For measures that take each test many times: `pytest --hypothesis-profile few`.
settings.register_profile("few", BASE, max_examples=10)
# For a change of what many properties are about: `pytest -m hypothesis --hypothesis-profile many`.
settings.register_profile("many", BASE, max_examples=1000)
settings.load_profile("pfscore")
if ALIKE:
    # Examples are made from constants of the loaded modules too, and which are loaded depends on the process.
    with contextlib.suppress(ImportError):  # older versions do not
        from hypothesis.internal.conjecture import providers

        providers._get_local_constants = lambda: providers._local_constants

#: Files that take long, the longest first: a process that begins one at the end would be waited for.
LONG = (
    "service/test_pages_in_browser.py",
    "scoring/columns/test_batch.py",
    "promises/test_denied.py",
    "office/test_hostile.py",
    "forms/recognition/test_wild_files.py",
    "packaging/test_wheel.py",
    "promises/test_same_input_same_output.py",
    "docs/test_examples.py",
    "cells/lexicon/test_word_patterns.py",
    "service/test_description.py",
    "scoring/row/framing/test_frames.py",
    "foundation/runtime/test_memory.py",
    "report/review/test_page_in_browser.py",
    "promises/test_unfinished.py",
    "auditing/test_planting.py",
    "service/test_server.py",
    "editor/test_server.py",
    "editor/test_odd_texts.py",
    "forms/recognition/test_document.py",
    "forms/recognition/test_formats.py",
    "scoring/row/test_judged_rows.py",
    "test_testing.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect no garbage while tests are collected: nearly all that is made then stays, and is looked at many times."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of long files come first; one process runs all tests of a file."""
    ranks = {name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0].removeprefix("tests/"), len(LONG)))


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of every later collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def installed() -> Iterator[None]:
    """Let the processes that the tests of a file start import the package as it is installed."""
    from tests.installed import installed

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(installed()), prepend=os.pathsep)
        # What multiprocessing starts is told the path of this process.
        patch.setattr(sys, "path", [str(installed()), *sys.path])
        yield
