"""The programs of docs/build as modules."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.house.tree import ROOT


def build_script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a program of docs/build, loaded for one test."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "build"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "build" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module
