"""What the installation gives: its version, its data folders, its logger, and the garbage collector of the process."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

#: Silent unless a program asks for it, as with `logging.basicConfig(level="DEBUG")`.
LOGGER = logging.getLogger("pfscore")
LOGGER.addHandler(logging.NullHandler())
_CHECKOUT = {"grammar": "grammar", "rulesets": "rulesets", "codes": "docs/codes"}


def data_dir(name: str) -> Traversable:
    """Return the folder `name`: the one shipped in the package, else the one at the checkout's top level."""
    shipped = files("pfscore") / "_data" / name
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).parents[4] / _CHECKOUT[name]
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(name)


@contextmanager
def uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector while many long-lived objects are built.

    A ruleset of 10,000 rules loads in 1.3 s of work instead of 2.1 s; a usual one takes as long either way. The switch
    is that of the whole process, so :func:`pfscore.load_ruleset` is the one place that uses it.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _installed() -> str:
    try:
        return version("pfscore")
    except PackageNotFoundError:
        return "0+unknown"


#: The version of the installed package.
__version__ = _installed()
