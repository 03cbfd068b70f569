"""Shares of long products: an ordinary run takes some of each, `pytest --hypothesis-profile many` takes all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")


def takes_all() -> bool:
    """Return whether this run draws many examples."""
    return settings.default is not None and settings.default.max_examples >= 1000


def share(items: Sequence[T], one_in: int, first: int = 0) -> list[T]:
    """Return every so manieth of the items, from the first given; a run that draws many examples gets all.

    Tests over several rows give each another first item, so that over the rows together every item is tried.
    """
    return list(items if takes_all() else items[first % one_in :: one_in])
