"""Settings for every test: properties take the time they need, as speed is measured in benchmarks/ alone."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# pytest-xdist gives its processes a terminal of 80 columns; what the library prints into a pipe has none.
os.environ.pop("COLUMNS", None)

# Where the variable CI is set, hypothesis draws the same examples on every run; this keeps that, and drops deadlines.
settings.register_profile("pfscore", settings(), deadline=None)
# For measures that take each test many times: `pytest --hypothesis-profile few`.
settings.register_profile("few", settings(), deadline=None, max_examples=10)
settings.load_profile("pfscore")

#: Files that take long, the longest first: a process that begins one at the end would be waited for.
LONG = (
    "forms/recognition/test_wild_files.py",
    "packaging/test_wheel.py",
    "auditing/test_planting.py",
    "editor/test_server.py",
    "docs/test_examples.py",
    "forms/recognition/test_document.py",
    "forms/recognition/test_formats.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of long files come first; one process runs all tests of a file."""
    ranks = {name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.location[0].removeprefix("tests/"), len(LONG)))
