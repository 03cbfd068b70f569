"""The slow reading of YAML: a tree of places, and every problem that the file has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten
from pfscore.rules.places import MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, Place, duplicate_key, too_deep, too_many
from pfscore.rules.yaml_syntax import explain
from pfscore.rules.yaml_traps import Scalar, scalar_trap

#: How many characters are read in all while one mistake after the other is mended to find the next.
_MENDING_WORK = 4_000_000
_HALF = re.compile("[\ud800-\udfff\x00]")
_NOTHING = frozenset({"", "~", "null"})


def load_yaml() -> Any:
    """Return the module `yaml`.

    Raises:
        InputError: PF110 where PyYAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  (an extra; only who reads YAML needs it)
    except ModuleNotFoundError:
        raise InputError.of(
            Diagnostic(
                "PF110",
                Message("读 YAML 需要另装 PyYAML", "reading YAML needs PyYAML, which is not installed"),
                Message("请运行：pip install 'pfscore[yaml]'", "run: pip install 'pfscore[yaml]'"),
            )
        ) from None
    return yaml


def yaml_tree(source: Source) -> Place:
    """Return the places of everything in a text that is known to be readable."""
    return _Reading(source, source.text).run()


def yaml_problems(source: Source) -> list[Diagnostic]:
    """Return every problem of the text that can be found, in the order of the text.

    The parser stops at its first error. That one is explained, mended in a copy of the same length, and the copy is
    read again, until nothing is left or what is left cannot be mended.
    """
    yaml = load_yaml()
    text, work = source.text, 0
    found: list[Diagnostic] = []
    while True:
        reading = _Reading(source, text)
        try:
            reading.run()
        except yaml.YAMLError as error:
            problem, edits = explain(source, text, error)
            found.append(problem)
            work += len(text)
            if edits and work < _MENDING_WORK and len(found) < MAX_PROBLEMS:
                for start, replacement in sorted(edits.items()):
                    text = text[:start] + replacement + text[start + len(replacement) :]
                continue
        except _Stop:
            pass
        break
    places: dict[tuple[str, int, int], Diagnostic] = {}
    for problem in [*found, *reading.problems]:
        span = problem.span or source.span(1, 1)
        places.setdefault((problem.code, span.line, span.column), problem)
    return sorted(
        places.values(), key=lambda each: (each.span.line, each.span.column) if each.span else (0, 0)
    )[:MAX_PROBLEMS]


class _Stop(Exception):
    """Nothing more can be read."""


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled."""

    place: Place
    flow: bool
    key: Place | None = None
    #: The box stands where a key should.
    as_key: bool = False


@dataclass
class _Reading:
    source: Source
    text: str
    problems: list[Diagnostic] = field(default_factory=list)
    _count: int = 0
    _boxes: list[_Box] = field(default_factory=list)
    _root: Place | None = None

    def run(self) -> Place:
        yaml = load_yaml()
        documents = 0
        for event in self._events(yaml):
            match event:
                case yaml.ScalarEvent():
                    self._marks(event)
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._refuse_anchor(event, f"*{event.anchor}")
                    self._add(Place(event.start_mark.index, len(event.anchor) + 1, f"*{event.anchor}"))
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._marks(event)
                    self._open(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case yaml.DocumentStartEvent():
                    documents += 1
                    self._document_start(event, documents)
                case yaml.DocumentEndEvent() if event.explicit:
                    self._say(
                        "PF144",
                        event.start_mark.index,
                        3,
                        Message("不需要 “...”", "'...' has no use here"),
                        _REMOVE,
                    )
                case _:
                    pass
        if self._root is None:
            self._say(
                "PF104",
                0,
                0,
                Message("文件里没有内容，只有注释", "the file holds nothing but comments"),
                None,
            )
            raise _Stop
        return self._root

    def _events(self, yaml: Any) -> Iterator[Any]:
        step = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text).get_event
        while (event := step()) is not None:
            yield event

    def _say(self, code: str, start: int, length: int, message: Message, hint: Message | None) -> None:
        self.problems.append(
            Diagnostic(code, message, hint, self.source.span_at(start, self._on_line(start, start + length)))
        )

    def _on_line(self, start: int, end: int) -> int:
        """Return how many characters of `text[start:end]` stand on its first line."""
        line_end = self.text.find("\n", start, end)
        return max(1, len(self.text[start : end if line_end < 0 else line_end].rstrip()))

    def _document_start(self, event: Any, number: int) -> None:
        start = event.start_mark.index
        if number > 1:
            self._say(
                "PF143",
                start,
                3,
                Message(
                    "一个文件只能有一份文档，这里开始了第二份",
                    "a file holds one document; here a second one starts",
                ),
                Message("把它另存为一个文件", "put it into a file of its own"),
            )
            raise _Stop
        if event.version or event.tags:
            self._say(
                "PF144", start, 1_000, Message("不接受 “%” 指令", "directives are not accepted"), _REMOVE
            )
        elif event.explicit:
            self._say("PF144", start, 3, Message("不需要 “---”", "'---' has no use here"), _REMOVE)

    def _marks(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None:
            self._refuse_anchor(event, f"&{event.anchor}")
        if event.tag is not None:
            shown = shorten(
                self.text[start : start + self._on_line(start, event.end_mark.index)].split(" ")[0]
            )
            self._say(
                "PF141",
                start,
                len(shown),
                Message(f"不接受标签 “{shown}”", f"tags are not accepted: {shown!r}"),
                Message(
                    "若 “!” 是文字的一部分，请加引号", "if the '!' is part of a text, put the text in quotes"
                ),
            )

    def _refuse_anchor(self, event: Any, shown: str) -> None:
        sign = shown[0]
        self._say(
            "PF140",
            event.start_mark.index,
            len(shown),
            Message(
                f"不接受锚点和引用：“{shorten(shown)}”",
                f"anchors and aliases are not accepted: {shorten(shown)!r}",
            ),
            Message(
                f"把内容写全；若 “{sign}” 是文字的一部分，请加引号",
                f"write it out; if the {sign!r} is part of a text, put the text in quotes",
            ),
        )

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        box = self._boxes[-1] if self._boxes else None
        is_key = box is not None and isinstance(box.place.holds, dict) and box.key is None
        if style in {"", ">"}:
            trap = scalar_trap(
                self.source, self.text, Scalar(start, end, style, box is not None and box.flow, is_key)
            )
            if trap:
                self.problems.append(trap)
        value = None if not style and event.value in _NOTHING and not is_key else event.value
        if style in {"|", ">"}:
            start, end = self._content(start, end)
        if isinstance(value, str) and _HALF.search(value):
            self._say("PF114", start, end - start, *_HALF_WORDS)
        self._add(Place(start, self._on_line(start, end) if end > start else 0, value))

    def _content(self, start: int, end: int) -> tuple[int, int]:
        """Return where the first line of a block text stands, rather than its `|`."""
        begin = self.text.find("\n", start, end) + 1
        while begin and begin < end and self.text[begin] in " \r\n":
            begin += 1
        return (begin, end) if 0 < begin < end else (start, start + 1)

    def _add(self, place: Place) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self._say("PF112", place.start, 1, *too_many())
            raise _Stop
        if not self._boxes:
            self._root = place
            return
        box = self._boxes[-1]
        if isinstance(box.place.holds, list):
            box.place.holds.append(place)
        elif isinstance(box.place.holds, dict):
            if box.key is None:
                self._key(box, place)
            else:
                box.place.holds.setdefault(str(box.key.holds), (box.key, place))
                box.key = None

    def _key(self, box: _Box, place: Place) -> None:
        box.key = place
        if not isinstance(place.holds, str) or not place.holds:
            box.key = Place(place.start, place.length, f"\0{place.start}")
            self._say("PF145", place.start, place.length, *_NO_KEY)
        elif isinstance(box.place.holds, dict) and place.holds in box.place.holds:
            first, _ = box.place.holds[place.holds]
            self.problems.append(duplicate_key(self.source, place, first))
            box.key = Place(place.start, place.length, f"\0{place.start}")

    def _open(self, event: Any, holds: dict[str, tuple[Place, Place]] | list[Place]) -> None:
        start = event.start_mark.index
        if len(self._boxes) >= MAX_DEPTH:
            self._say("PF111", start, 1, *too_deep())
            raise _Stop
        place = Place(start, self._on_line(start, start + 1), holds)
        self._add(place)
        self._boxes.append(_Box(place, event.flow_style))

    def _close(self, event: Any) -> None:
        box = self._boxes.pop()
        place = box.place
        if box.flow:
            place.length = self._on_line(place.start, event.end_mark.index)
        elif isinstance(place.holds, dict) and place.holds:
            place.length = next(iter(place.holds.values()))[0].length


_REMOVE = Message("删去这一行", "remove this line")
_NO_KEY = (
    Message(
        "键必须是文字，这里是空的或是列表、键值对",
        "a key must be text; this one is empty, a list or a mapping",
    ),
    Message(
        "若行首的字符是文字的一部分，请加引号",
        "if the first character is part of a text, put the text in quotes",
    ),
)
_HALF_WORDS = (
    Message("转义出来的是空字符（NUL）或不完整的字符", "an escape gives NUL or half a character"),
    Message("直接写这个字", "write the character itself"),
)
