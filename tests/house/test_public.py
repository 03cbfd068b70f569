"""What is public is documented, and importing it builds nothing."""

from __future__ import annotations

import inspect
import pickle
import subprocess
import sys
from typing import Any

import pytest

import pfscore
from tests.house.tree import ROOT

PUBLIC = [name for name in pfscore.__all__ if not name.startswith("__")]
CALLABLE = [name for name in PUBLIC if callable(getattr(pfscore, name)) and inspect.getmodule(getattr(pfscore, name))]
CLASSES = [name for name in PUBLIC if inspect.isclass(getattr(pfscore, name))]
ERRORS = [name for name in CLASSES if issubclass(getattr(pfscore, name), BaseException)]

PROBE = """
import gc, sys
import pfscore
names = [getattr(pfscore, name) for name in pfscore.__all__]
import lark.lark
from lark.parsers.lalr_parser import LALR_Parser
unwanted = {"yaml", "argparse", "multiprocessing", "pfscore.cli"} & set(sys.modules)
built = [type(one).__name__ for one in gc.get_objects() if isinstance(one, (lark.lark.Lark, LALR_Parser))]
print(sorted(unwanted), built)
"""


def test_names_are_sorted_and_exist() -> None:
    assert sorted(set(pfscore.__all__), key=str.casefold) == sorted(pfscore.__all__, key=str.casefold)
    assert all(hasattr(pfscore, name) for name in pfscore.__all__)


def test_a_public_name_has_a_docstring_with_an_example() -> None:
    docs = {name: getattr(pfscore, name).__doc__ or "" for name in CALLABLE}
    assert [name for name, doc in docs.items() if len(doc.split("\n")[0]) <= len(name)] == []
    assert [name for name, doc in docs.items() if ">>> " not in doc] == []


def test_a_public_method_has_a_docstring() -> None:
    missing = [
        (name, member)
        for name, owner in ((name, getattr(pfscore, name)) for name in CLASSES)
        for base in owner.__mro__
        if base.__module__.startswith("pfscore")
        for member, value in vars(base).items()
        if not member.startswith(("_", "model_")) and _is_documentable(value)
        if not inspect.getdoc(getattr(owner, member))
    ]
    assert missing == []


def _is_documentable(value: Any) -> bool:
    return inspect.isfunction(value) or isinstance(value, property | classmethod | staticmethod)


def test_a_public_name_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    assert [name for name in PUBLIC if f"### `{name}`\n" not in page] == []


def test_an_argument_with_a_default_is_keyword_only() -> None:
    positional = [
        (name, parameter.name)
        for name, value in ((name, getattr(pfscore, name)) for name in CALLABLE)
        if not inspect.isclass(value)
        for parameter in inspect.signature(value).parameters.values()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is not parameter.empty
    ]
    assert positional == []


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_ours_and_pickles(name: str) -> None:
    from pfscore.foundation.diagnostics import Diagnostic
    from pfscore.foundation.text import Message

    error = getattr(pfscore, name)((Diagnostic("PF101", Message("文件", "file")),))
    assert isinstance(error, pfscore.PfscoreError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "PF101 错误：文件"


def test_importing_builds_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"
