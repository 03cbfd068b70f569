"""The package as a wheel lays it out, for the processes that tests start.

In a checkout every process builds both parsers, and compiles the source where compiled files may not be kept: half of
what it computes.
"""

from __future__ import annotations

import atexit
import compileall
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pfscore.cells.grammar import parser as cells
from pfscore.formulas import parser as formulas
from pfscore.foundation.runtime.lexing import tables_name, tables_of
from tests.house.tree import ROOT


@cache
def installed() -> Path:
    """Return the folder to import it from; each process of tests makes one."""
    folder = Path(tempfile.mkdtemp(prefix="pfscore-installed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    package = folder / "pfscore"
    shutil.copytree(ROOT / "src" / "pfscore", package, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(package, quiet=2)
    for name in ("grammar", "rulesets", "docs/codes"):
        shutil.copytree(ROOT / name, package / "_data" / Path(name).name)
    for name, build in (("cells", cells.build), ("formula", formulas.build)):
        (package / "_data" / "grammar" / tables_name(name)).write_bytes(tables_of(build()))
    return folder
