"""The version of the installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]


def _installed() -> str:
    try:
        return version("pfscore")
    except PackageNotFoundError:
        return "0+unknown"


__version__ = _installed()
