"""Write data as YAML in a style that is drawn for each value: what is accepted, in all its forms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from pfscore.documents.positions import Data

_PLAIN = re.compile(
    r"[^\s\-?:,\[\]{}#&*!|>'\"%@`“［｛【<][^\s:#,\[\]{}：，]*(?: [^\s:#,\[\]{}：，\-][^\s:#,\[\]{}：，]*)*"
)
_NOTHING = ("", "~", "null")

Pick = Callable[[int], int]


def yaml_text(data: Data, pick: Pick) -> str:
    """Write data; `pick(n)` chooses one of n styles wherever there is a choice."""
    return _node(data, pick, 0, flow=False).lstrip(" ").removeprefix("\n") + "\n"


def _node(data: Data, pick: Pick, depth: int, *, flow: bool) -> str:
    if isinstance(data, dict | list) and (flow or not data or depth > 3 or pick(4) == 0):
        return _flow(data, pick, depth)
    if isinstance(data, dict):
        return _mapping(data, pick, depth)
    if isinstance(data, list):
        return _list(data, pick, depth)
    return " " + _scalar(data, pick, depth, flow=flow)


def _flow(data: dict[str, Data] | list[Data], pick: Pick, depth: int) -> str:
    glue = [", ", ",", ",\n" + " " * (4 * depth + 4)][pick(3)]
    if isinstance(data, dict):
        members = [f"{_key(key, pick)}:{_node(value, pick, depth, flow=True)}" for key, value in data.items()]
        return " {" + glue.join(members) + "}"
    return " [" + glue.join(_node(each, pick, depth, flow=True).strip() or "''" for each in data) + "]"


def _mapping(data: dict[str, Data], pick: Pick, depth: int) -> str:
    lines = []
    for key, value in data.items():
        if pick(6) == 0:
            lines.append("\n" + " " * pick(2 * depth + 1) + "# 注：a: b" if pick(2) else "\n")
        lines.append(f"\n{' ' * (2 * depth)}{_key(key, pick)}:{_node(value, pick, depth + 1, flow=False)}")
    return "".join(lines)


def _list(data: list[Data], pick: Pick, depth: int) -> str:
    lines = []
    for each in data:
        inner = _node(each, pick, depth + 1, flow=False)
        if inner.startswith("\n" + " " * (2 * depth + 2)) and not inner[2 * depth + 3 :].startswith((" ", "\n", "#")):
            inner = " " + inner[2 * depth + 3 :]
        lines.append(f"\n{' ' * (2 * depth)}-{inner}")
    return "".join(lines)


def _key(key: str, pick: Pick) -> str:
    if _PLAIN.fullmatch(key) and pick(3):
        return key
    return "'" + key.replace("'", "''") + "'" if pick(2) else json.dumps(key, ensure_ascii=False)


def _scalar(text: Data, pick: Pick, depth: int, *, flow: bool) -> str:
    if text is None:
        return ["", "~", "null"][pick(3)] if not flow else ["~", "null"][pick(2)]
    assert isinstance(text, str)
    if _PLAIN.fullmatch(text) and text not in _NOTHING and pick(3):
        return text
    indent = " " * (2 * depth + 2)
    if not flow and re.fullmatch(r"[^\s].*[^\s]", text) and pick(3) == 0:
        return f"{['|-', '>-'][pick(2)]}{['', '  # 注'][pick(2)]}\n{indent}{text}"
    return (
        "'" + text.replace("'", "''") + "'"
        if pick(2)
        else json.dumps(text, ensure_ascii=bool(pick(2) and text.isascii()))
    )
