"""The plain lines that a large ruleset is made of, read without a YAML parser.

A line is indentation, perhaps a dash, perhaps a key, and one value that YAML 1.1, YAML 1.2 and an author all take the
same way. A file that holds anything else, or anything that `yaml_traps` would look at twice, is left to `yaml_reader`;
tests/documents/test_plain_yaml.py holds the two ways equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pfscore.documents.positions import MAX_DEPTH, MAX_VALUES, Data
from pfscore.documents.yaml_traps import WIDE_KEY

#: No sign of YAML before a text or between its words, and none of the signs that an author may take for one.
_FIRST = r"[^\s\-<>?:,\[\]{}#&*!|'\"%@`=~.：，［］｛｝【】“”\u200b-\u200d\u2060]"
_INNER = r"[^\s:#\u200b-\u200d\u2060]"
_PLAIN = rf"{_FIRST}{_INNER}*(?: {_INNER}+)*|https?://{_INNER}+|~"
_QUOTED = r'"[^"\\\r\n]*"'
_MEMBER = rf"{_QUOTED}|~|{_FIRST}[^\s:#,\[\]{{}}：，\u200b-\u200d\u2060]*"
_VALUE = rf"(?P<text>{_PLAIN})|(?P<quoted>{_QUOTED})|\[(?P<members>(?:{_MEMBER})(?:, (?:{_MEMBER}))*)\]"
_KEY = rf"(?P<key>[^\W\d]\w{{0,99}}):(?: (?:{_VALUE}))?"
_ALONE = _VALUE.replace("?P<", "?P<only_")
_LINE = re.compile(rf"(?P<indent> *)(?:(?P<dash>- )?(?:{_KEY}|{_ALONE}) *(?: #.*)?|#.*)?\r?")
_MEMBERS = re.compile(_MEMBER)
_NOTHING = frozenset({"~", "null"})
#: How many lines are remembered; those that repeat are met early.
_REMEMBERED = 8192


class _Line(NamedTuple):
    """A line: `opens` tells that its key has no value here, `values` is how many values and keys it adds."""

    indent: int
    dash: bool
    key: str | None
    value: Data
    opens: bool
    values: int


class NotPlain(Exception):
    """The text holds more than plain lines."""


def read_plain(text: str) -> Data:
    """Return what a text of plain lines says.

    Raises:
        NotPlain: where it holds anything else; that it is right is not said then, nor that it is wrong.

    >>> read_plain("id: a\\nversions:\\n  - since: 2020-01-01 # 试行\\n    levels: [优, 良]\\n  - since:")
    {'id': 'a', 'versions': [{'since': '2020-01-01', 'levels': ['优', '良']}, {'since': None}]}
    """
    # The document is the value of a key that stands to the left of everything.
    holder: dict[str, Data] = {"": None}
    box: Any = holder
    level, count = -1, 1
    open_key: str | None = ""
    stack: list[tuple[Any, int]] = []
    for indent, dash, key, value, opens, values in _lines(text):
        count += values
        while level > indent or (level == indent and not dash and box.__class__ is list):
            box, level = stack.pop()
            open_key = None
        if level != indent or dash != (box.__class__ is list):
            # What stands here can only be the value of the key before it.
            if open_key is None:
                raise NotPlain
            inner: Any = [] if dash else {}
            box[open_key] = inner
            stack.append((box, level))
            box, level = inner, indent
        if dash:
            box.append(value if key is None else {key: value})
            if key is not None:
                stack.append((box, level))
                box, level = box[-1], indent + 2
        elif key in box:
            raise NotPlain
        else:
            box[key] = value
        open_key = key if opens else None
        if len(stack) > MAX_DEPTH:
            raise NotPlain
    if count > MAX_VALUES or holder[""] is None:
        raise NotPlain
    return holder[""]


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that say something; those that repeat are read once."""
    known: dict[str, _Line | None] = {}
    for written in text.split("\n"):
        if written in known:
            line = known[written]
        else:
            line = _read(written)
            # Two lists may not be one and the same.
            if len(known) < _REMEMBERED and (line is None or line.value.__class__ is not list):
                known[written] = line
        if line is not None:
            yield line


def _read(written: str) -> _Line | None:
    """Read one line; `None` where it says nothing."""
    match = _LINE.fullmatch(written)
    if match is None:
        raise NotPlain
    key, dash = match["key"], match["dash"] is not None
    prefix = "" if key is not None else "only_"
    text, quoted, members = match[f"{prefix}text"], match[f"{prefix}quoted"], match[f"{prefix}members"]
    value: Data = None
    values = 1 + (key is not None) + (dash and key is not None)
    if text is not None:
        if "：" in text and WIDE_KEY.match(text):
            raise NotPlain
        value = None if text in _NOTHING else text
    elif quoted is not None:
        value = quoted[1:-1]
    elif members is not None:
        value = [_member(member) for member in _MEMBERS.findall(members)]
        values += len(value)
    elif key is None:
        return None
    if key is None and not dash:
        raise NotPlain
    opens = text is None and quoted is None and members is None
    return _Line(match.end("indent"), dash, key, value, opens, values)


def _member(text: str) -> str | None:
    if text[0] == '"':
        return text[1:-1]
    return None if text in _NOTHING else text
