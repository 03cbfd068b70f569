"""What a benchmark measured, as a table that is printed, stored and shown in the docs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pfscore.foundation.text import display_width


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of the columns, and rows of text; the first column says what was measured."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def text(self) -> str:
        """Return the table as aligned text."""
        lines = [(self.title, *self.heads), *self.rows]
        widths = [max(display_width(line[at]) for line in lines) for at in range(len(self.heads) + 1)]
        shown = []
        for line in lines:
            first, *rest = (
                cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)
            )
            numbers = (cell.rstrip().rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
            shown.append("  ".join([first, *numbers]).rstrip())
        return "\n".join(shown)

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain data."""
        return {"title": self.title, "heads": self.heads, "rows": self.rows}
