"""Find the fenced blocks of a Markdown page, and put other text into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'\btitle="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: `language` and `title` of its info string, `body` at characters `start` to `end`."""

    language: str
    title: str | None
    body: str
    line: int
    start: int
    end: int


def blocks_of(page: str) -> list[Block]:
    """Return the blocks of a page in order. A fence starts in the first column."""
    found = []
    for match in _FENCE.finditer(page):
        info = match[1].strip()
        title = _TITLE.search(info)
        found.append(
            Block(
                info.split(" ")[0],
                title[1] if title else None,
                match[2],
                page.count("\n", 0, match.start()) + 1,
                match.start(2),
                match.end(2),
            )
        )
    return found


def follows(page: str, block: Block, other: Block) -> bool:
    """Tell whether nothing but blank lines stands between the two."""
    return page[block.end : other.start].replace("```text", "").replace("```", "").strip() == ""


def replaced(page: str, bodies: Mapping[Block, str]) -> str:
    """Return the page with other bodies in some of its blocks."""
    parts, at = [], 0
    for block in sorted(bodies, key=lambda block: block.start):
        parts += [page[at : block.start], bodies[block]]
        at = block.end
    return "".join([*parts, page[at:]])
