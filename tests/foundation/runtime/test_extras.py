"""A library that is missing is named, with the command that installs it, and the extra of the command holds it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import LIBRARIES, library
from tests.tables import each

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGE = Path(__file__).parents[3] / "src" / "pfscore"


@each("name", LIBRARIES)
def test_the_extra_of_a_library_holds_it(name: str) -> None:
    extra, _ = LIBRARIES[name]
    for held in (extra, "all", "test"):
        listed = {re.split("[<>=]", one)[0].lower() for one in PROJECT["optional-dependencies"][held]}
        assert name.lower() in listed  # pip takes FastAPI and fastapi for one name


@each("name", LIBRARIES)
def test_a_missing_library_is_one_code_with_the_command(name: str) -> None:
    with pytest.raises(InputError) as caught, library(name, "表.xls"):
        raise ModuleNotFoundError(name)
    extra, purpose = LIBRARIES[name]
    assert caught.value.render("zh") == (
        f"PF110 错误：{purpose.zh}需要另装 {name}\n  表.xls\n  提示：请运行：pip install 'pfscore[{extra}]'"
    )
    assert caught.value.render("en") == (
        f"PF110 error: {purpose.en} needs {name}, which is not installed\n  表.xls\n"
        f"  hint: run: pip install 'pfscore[{extra}]'"
    )


def test_one_place_says_how_a_library_is_installed() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert [path.name for path, text in texts.items() if "pip install" in text] == ["resources.py"]
