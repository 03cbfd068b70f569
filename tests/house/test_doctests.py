"""Every example in a docstring runs and shows what it says."""

from __future__ import annotations

import doctest
import importlib
from typing import TYPE_CHECKING

import pytest

from tests.house.tree import ROOT, modules

if TYPE_CHECKING:
    from pathlib import Path


def dotted(module: str) -> str:
    """Return the dotted name of a module's path."""
    parts = module.removesuffix(".py").split("/")
    return ".".join(["pfscore", *(part for part in parts if part != "__init__")])


@pytest.mark.parametrize("module", [module for module in modules() if not module.endswith("__main__.py")])
def test_docstrings(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("examples", "rulesets"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    assert doctest.testmod(importlib.import_module(dotted(module))).failed == 0
