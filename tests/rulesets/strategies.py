"""Random valid rulesets, as data and as the text of a file that knows on which line each key stands."""

from __future__ import annotations

import json
from typing import Any

from pfscore.testing import ruleset_data as rulesets

__all__ = ["Path", "rulesets", "text_of"]
Path = tuple[str | int, ...]


def text_of(data: dict[str, Any]) -> tuple[str, dict[Path, int]]:
    """Write a ruleset as YAML; say on which line (from 1) each key and each member of a list starts."""
    lines: list[str] = []
    places: dict[Path, int] = {}
    _write(data, (), "", lines, places)
    return "\n".join(lines) + "\n", places


def _write(data: Any, path: Path, indent: str, lines: list[str], places: dict[Path, int]) -> None:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        here = (*path, key)
        places[here] = len(lines) + 1
        head = f"{indent}{key}:" if isinstance(data, dict) else f"{indent}-"
        if isinstance(value, dict | list) and value:
            start = len(lines)
            if isinstance(data, dict):
                lines.append(head)
            _write(value, here, indent + "  ", lines, places)
            if not isinstance(data, dict):  # the first key of a member stands behind its dash
                lines[start] = f"{indent}- {lines[start].lstrip()}"
        else:
            lines.append(f"{head} {json.dumps(value, ensure_ascii=False)}")
