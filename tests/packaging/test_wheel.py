"""The wheel holds what it should, and a bare install of it scores a form from another folder, without PyYAML."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pfscore.cells.grammar import parser as cells
from pfscore.cells.lexicon import word_patterns
from pfscore.formulas import parser as formulas
from pfscore.foundation.runtime.lexing import from_tables, tables_name
from tests.house.tree import PACKAGE, ROOT

DATA = {"grammar": ROOT / "grammar", "rulesets": ROOT / "rulesets", "codes": ROOT / "docs" / "codes"}
PARSERS: dict[str, Callable[[], Any]] = {"cells": cells.build, "formula": formulas.build}
PLACES = {"cells": "cells.grammar", "formula": "formulas"}
FORM = "yueyang-2023.json"
FROM_ZIP = """
import sys
sys.path.insert(0, sys.argv[1])
import pfscore
assert pfscore.__file__.startswith(sys.argv[1]), pfscore.__file__
for form in pfscore.load_forms(sys.argv[2]):
    print(pfscore.load_ruleset(form.ruleset, on="2023-12-31").score_form(form).total)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return its output; what it says on failure is shown."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution, and the wheel from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, with what it says it needs; return the environment's programs."""
    environment = tmp_path_factory.mktemp("bare") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=wheel.parent)
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", programs / "python")
    run(*pip, "install", "--quiet", wheel, cwd=wheel.parent)
    return programs


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """Copy a form to a folder that has nothing to do with the checkout."""
    return Path(shutil.copy(ROOT / "examples" / FORM, tmp_path / FORM))


def test_the_wheel_holds_the_data_folders_and_the_code(wheel: Path) -> None:
    expected = {
        f"pfscore/_data/{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in DATA.items()
        for path in folder.rglob("*")
        if path.is_file()
    }
    expected |= {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    expected |= {f"pfscore/_data/grammar/{name}" for name in (*map(tables_name, PARSERS), word_patterns.TABLE)}
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name and not name.endswith("/")}
    assert (sorted(expected - shipped), sorted(shipped - expected)) == ([], [])


def test_the_parsers_of_an_install_were_built_with_the_wheel(wheel: Path, bare: Path) -> None:
    for name, build in PARSERS.items():
        with zipfile.ZipFile(wheel) as archive:
            shipped = from_tables(archive.read(f"pfscore/_data/grammar/{tables_name(name)}"), None)
        rebuilt = build()
        assert sorted(map(str, shipped.rules)) == sorted(map(str, rebuilt.rules))
        # Flags come back from the file as a list.
        mine, theirs = (
            {one.name: (one.pattern.value, sorted(one.pattern.flags), one.priority) for one in lark.terminals}
            for lark in (shipped, rebuilt)
        )
        assert mine == theirs
        built = f"from pfscore.{PLACES[name]} import parser; parser.build = None; parser._parser()"
        run(bare / "python", "-I", "-c", built, cwd=wheel.parent)


def test_the_patterns_of_words_were_completed_when_the_wheel_was_built(wheel: Path, bare: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(f"pfscore/_data/grammar/{word_patterns.TABLE}").decode() == word_patterns.table()
    read = "from pfscore.cells.lexicon import word_patterns as of; of.read_rules = None; of.rule('plan').search('计划')"
    run(bare / "python", "-I", "-c", read, cwd=wheel.parent)


def test_a_bare_install_scores_without_yaml(bare: Path, form: Path) -> None:
    probe = "import importlib.util; print(importlib.util.find_spec('yaml'))"
    assert run(bare / "python", "-c", probe, cwd=form.parent) == "None\n"
    scored = json.loads(run(bare / "pfscore", "score", form.name, "--json", cwd=form.parent))
    assert [Decimal(str(sheet["total"])) for sheet in scored] == [Decimal(98), Decimal(98)]


def test_reading_yaml_without_the_extra_says_what_installs_it(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text("title: 表\n", encoding="utf-8")
    done = subprocess.run(
        [bare / "pfscore", "score", "form.yaml"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "pip install 'pfscore[yaml]'" in done.stderr


def test_the_wheel_works_as_a_zip(bare: Path, wheel: Path, form: Path) -> None:
    assert run(bare / "python", "-c", FROM_ZIP, wheel, form, cwd=form.parent) == "98\n98\n"
