"""Write data as YAML in block style: one rule for quotes and one for lists, for everything that writes rulesets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

_PLAIN = re.compile(r"[^\s\"'#&*!|>%@`{}\[\],:?=≥≤<>~“【：，\-［］｛｝][^\"#\[\]{}:［］｛｝]*")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
#: What does not stand in a plain text: a tab or another space than the ordinary one, and what cannot be seen.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\u200b-\u200d\u2060\u3000\ufeff\ufffe\uffff]")
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


def flow_list(texts: Iterator[str] | list[str]) -> str:
    """Return a list of texts on one line.

    >>> flow_list(["优", "≥", "80%, 100%"])
    '[优, "≥", "80%, 100%"]'
    """
    return f"[{', '.join(scalar(text, within=',，') for text in texts)}]"


def key_lines(key: str, value: object, indent: str = "") -> Iterator[str]:
    """Yield the lines of a key with its value.

    >>> list(key_lines("rounding", {"digits": "2", "modes": ["up", "down"]}))
    ['rounding:', '  digits: 2', '  modes: [up, down]']
    """
    if isinstance(value, dict):
        yield f"{indent}{key}:"
        for inner, member in value.items():
            yield from key_lines(inner, member, indent + "  ")
    elif isinstance(value, list) and all(isinstance(member, str) for member in value):
        yield f"{indent}{key}: {flow_list([str(member) for member in value])}"
    elif isinstance(value, list):
        yield f"{indent}{key}:"
        for member in value:
            yield from member_lines(member if isinstance(member, dict) else {}, indent + "  ")
    elif isinstance(value, str) and "\n" in value:
        yield f"{indent}{key}: |"
        yield from (f"{indent}  {line}".rstrip() for line in value.rstrip("\n").split("\n"))
    else:
        yield f"{indent}{key}: {'' if value is None else scalar(str(value))}".rstrip()


def member_lines(member: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """Yield the lines of one mapping in a list, the first after a dash.

    >>> list(member_lines({"target": "≥5人", "points": "10"}))
    ['- target: "≥5人"', '  points: 10']
    """
    lines = [line for key, value in member.items() for line in key_lines(key, value, indent + "  ")]
    if lines:
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]
