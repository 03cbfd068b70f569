"""Write data as YAML in block style: one rule for quotes and one for lists, for everything that is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

_PLAIN = re.compile(r"[^\s\"'#&*!|>%@`{}\[\],:?=≥≤<>~“【：，\-［］｛｝][^\"#\[\]{}:［］｛｝]*")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
#: What does not stand in a plain text: a tab or another space than the ordinary one, and what cannot be seen.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\u200b-\u200d\u2060\u3000\ufeff\ufffe\uffff]")
_NOT_IN_BLOCK = re.compile(rf"{_UNSEEN.pattern}| $")
_END = "\n"
_NOTHING = frozenset({"null", "~"})


def scalar(text: str, *, within: str = "") -> str:
    """Return a text as YAML needs it: plain where that is safe (without the signs `within`), else in quotes.

    >>> scalar("分值 * 0.5"), scalar("≥90%"), scalar("8.62")
    ('分值 * 0.5', '"≥90%"', '8.62')
    """
    plain = _NUMBER.fullmatch(text) or (_PLAIN.fullmatch(text) and text.strip() == text and not _UNSEEN.search(text))
    if plain and text not in _NOTHING and not set(within) & set(text):
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def flow_list(texts: Iterable[str | None]) -> str:
    """Return a list of texts on one line.

    >>> flow_list(["优", "≥", "80%, 100%"])
    '[优, "≥", "80%, 100%"]'
    """
    return f"[{', '.join('null' if text is None else scalar(str(text), within=',，') for text in texts)}]"


def block_lines(value: object) -> Iterator[str]:
    """Yield the lines of a value; the texts of a list stand on one line.

    >>> list(block_lines({"digits": "2", "modes": ["up", None], "note": "上\\n下"}))
    ['digits: 2', 'modes: [up, null]', 'note: |-', '  上', '  下']
    """
    if isinstance(value, dict):
        for key, member in value.items():
            yield from key_lines(scalar(key), member)
    elif isinstance(value, list) and any(isinstance(member, dict | list) for member in value):
        for member in value:
            yield from member_lines(member)
    else:
        yield _in_line(value)


def key_lines(key: str, value: object, indent: str = "") -> Iterator[str]:
    """Yield the lines of a key with its value.

    >>> list(key_lines("rounding", {"digits": "2", "modes": ["up", "down"]}))
    ['rounding:', '  digits: 2', '  modes: [up, down]']
    """
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value)):
        yield f"{indent}{key}:"
        yield from (f"{indent}  {line}" for line in block_lines(value))
    elif isinstance(value, str) and _is_block(value):
        yield f"{indent}{key}: {'|' if value.endswith(_END) else '|-'}"
        yield from (f"{indent}  {line}".rstrip() for line in value.removesuffix(_END).split(_END))
    else:
        yield f"{indent}{key}: {'' if value is None else _in_line(value)}".rstrip()


def member_lines(member: object, indent: str = "") -> Iterator[str]:
    """Yield the lines of one member of a list, the first after a dash.

    >>> list(member_lines({"target": "≥5人", "points": "10"}))
    ['- target: "≥5人"', '  points: 10']
    """
    for number, line in enumerate(block_lines(member)):
        yield f"{indent}{'  ' if number else '- '}{line}"


def _in_line(value: object) -> str:
    if isinstance(value, list):
        return flow_list(value)
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else scalar(str(value))


def _is_block(text: str) -> bool:
    """Return whether a text of several lines is the same when it is read as a block."""
    lines = text.removesuffix(_END).split(_END)
    first, last = lines[0], lines[-1]
    return _END in text and bool(last) and first[:1].strip() != "" and not any(map(_NOT_IN_BLOCK.search, lines))
