"""YAML as its authors write it: text nodes with places. Nothing is constructed, no tag is honoured.

A text of plain lines needs no parser, see `yaml_plain`. Otherwise PyYAML's gives events; a short loop makes the data
of them, and stops at the first thing that is out of the ordinary. Only then, and when a place is asked for, `yaml_tree`
goes over the text again and says what and where.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from pfscore.documents.positions import MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, Data, Place, too_many
from pfscore.documents.yaml_plain import NotPlain, read_plain
from pfscore.documents.yaml_traps import Scalar, is_doubtful, scalar_traps
from pfscore.documents.yaml_tree import load_yaml, mend_yaml, yaml_tree
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message

_NOTHING = frozenset({"", "~", "null"})
#: Escapes that may give NUL or half a character, which the two editions of the parser do not treat alike.
_DOUBTFUL_ESCAPE = re.compile(r"\\(?:0|x00|u0000|U00000000|u[dD][89a-fA-F]|U0000[dD][89a-fA-F])")
#: YAML 1.1 takes some of these for line ends, YAML 1.2 does not; the rest cannot be seen.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")


class _Odd(Exception):
    """Something that the slow reading explains."""


def read_yaml(source: Source) -> Data:
    """Return what the YAML text says.

    Raises:
        InputError: PF1xx, with every problem that could be found.

    >>> read_yaml(Source("a.yaml", "share: 0.10\\nlevels: [优, 良]\\nmet: 否\\nnote: ~"))
    {'share': '0.10', 'levels': ['优', '良'], 'met': '否', 'note': None}
    """
    _refuse_unfit(source)
    yaml = load_yaml()
    with suppress(NotPlain):
        return read_plain(source.text)
    if "\t" not in source.text and not _DOUBTFUL_ESCAPE.search(source.text):
        with suppress(_Odd, yaml.YAMLError):
            return _read(yaml, source)
    if problems := mend_yaml(source).problems:
        raise InputError(problems)
    return yaml_tree(source).data()


def yaml_place(source: Source) -> Place:
    """Return the places of a text that :func:`read_yaml` has read."""
    return yaml_tree(source)


def _read(yaml: Any, source: Source) -> Data:  # noqa: C901  (one loop, for speed; `yaml_tree` is the same at length)
    text = source.text
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    step = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
    doubts: list[Scalar] = []
    root: list[Data] = []
    box: Any = root
    key: str | None = None
    keyed = flow = False
    stack: list[tuple[Any, bool, bool]] = []
    count = 0
    step()
    if (start := step()).__class__ is not yaml.DocumentStartEvent or start.explicit:
        raise _Odd
    while True:
        event = step()
        kind = event.__class__
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                raise _Odd
            count += 1
            if count > MAX_VALUES:
                raise InputError.of(too_many(source, event.start_mark.index))
            value = event.value
            style = event.style
            if not style:
                if is_doubtful(value):
                    begin, end = event.start_mark, event.end_mark
                    if begin.line != end.line or not value.isascii() or ":" in value or value[0] in "-<":
                        doubts.append(Scalar(begin.index, end.index, "", flow, keyed and key is None))
                elif value in _NOTHING and not (keyed and key is None):
                    value = None
            elif style == "|" or style == ">":
                begin, end = event.start_mark, event.end_mark
                doubts.append(Scalar(begin.index, end.index, style, flow, keyed and key is None))
            if not keyed:
                box.append(value)
            elif key is not None:
                box[key] = value
                key = None
            elif value in box or not value:
                raise _Odd
            else:
                key = value
        elif kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                raise _Odd
            count += 1
            if count > MAX_VALUES:
                raise InputError.of(too_many(source, event.start_mark.index))
            inner: Data = {} if kind is mapping else []
            if not keyed:
                box.append(inner)
            elif key is not None:
                box[key] = inner
                key = None
            else:
                raise _Odd
            stack.append((box, keyed, flow))
            box, keyed, flow = inner, kind is mapping, event.flow_style
        elif kind in ends:
            box, keyed, flow = stack.pop()
        else:
            break
    if kind is not yaml.DocumentEndEvent or event.explicit or step().__class__ is not yaml.StreamEndEvent:
        raise _Odd
    if any(True for doubt in doubts for _ in scalar_traps(source, text, doubt)):
        raise _Odd
    return root[0]


def _refuse_unfit(source: Source) -> None:
    found = []
    for match in _UNFIT.finditer(source.text):
        code = f"U+{ord(match[0]):04X}"
        message = Message(
            f"文件里有不该出现的控制字符或不可见字符 {code}",
            f"the file contains the control or invisible character {code}",
        )
        hint = Message("删去它；换行只用普通的换行符", "remove it; end lines with ordinary line ends only")
        found.append(Diagnostic("PF113", message, hint, source.span_at(match.start())))
        if len(found) == MAX_PROBLEMS:
            break
    if found:
        raise InputError(found)
