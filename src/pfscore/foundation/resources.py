"""Find the data folders (`grammar`, `rulesets`, `codes`) in a wheel, a zip or a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = {"grammar": "grammar", "rulesets": "rulesets", "codes": "docs/codes"}


def data_dir(name: str) -> Traversable:
    """Return the folder `name`: the one shipped in the package, else the one at the checkout's top level."""
    shipped = files("pfscore") / "_data" / name
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).parents[3] / _CHECKOUT[name]
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(name)
