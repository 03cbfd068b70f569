"""docs/reference/rulesets/: a page and the pictures of each built-in ruleset, from the rulesets themselves."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from pfscore.rulesets.search import builtin_ids
from ruleset_page import Page, index_page, picture_names, ruleset_page

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = "docs/reference/rulesets"


@cache
def _page(ruleset: str) -> Page:
    return ruleset_page(ruleset)


def _markdown(ruleset: str) -> str:
    return _page(ruleset).markdown


def _picture(ruleset: str, name: str) -> str:
    return _page(ruleset).pictures[name]


def ruleset_pages() -> dict[str, Callable[[], str]]:
    """Return what generates each page and picture, by path."""
    ids = builtin_ids()
    found: dict[str, Callable[[], str]] = {f"{_FOLDER}/README.md": partial(index_page, ids)}
    for ruleset in ids:
        found[f"{_FOLDER}/{ruleset.replace('/', '-')}.md"] = partial(_markdown, ruleset)
        for name in picture_names(ruleset):
            found[f"{_FOLDER}/{name}"] = partial(_picture, ruleset, name)
    return found
