"""The slow reading of YAML: a tree of places, and every problem that the file has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple

from pfscore.documents.positions import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Place,
    bad_escape,
    duplicate_key,
    first_line,
    too_deep,
    too_many,
)
from pfscore.documents.yaml_errors import explain
from pfscore.documents.yaml_traps import Edits, Scalar, is_doubtful, scalar_traps, tab
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: How many characters are read in all while one mistake after the other is mended to find the next.
_MENDING_WORK = 4_000_000
#: Indentation, what YAML cannot read, keys that are none and open brackets: mended, something of the file is lost.
_LOSING = frozenset({"PF130", "PF137", "PF145", "PF146"})
_NOTHING = frozenset({"", "~", "null"})
_HALF = re.compile("[\ud800-\udfff\x00]").search
#: A comment, or tabs.
_TABS = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*|(\t+)", re.MULTILINE)
_LEADING_TABS = re.compile(r"^ *(\t+)", re.MULTILINE)
_REMOVE = Message("删去这一行", "remove this line")
_SIGNS = r"""
    (?P<open>[\[{]) | (?P<close>[\]}]) | '(?:[^']|'')*+'? | "(?:[^"\\]|\\.)*+"? | \#[^\n]*+ | [-?:](?=\s) | [&*!]\S*+
  | [^\s,](?:[^\s:%s]|:(?!\s)|[ \t](?!\#))*+ | [\s,]
"""
#: A token between brackets, where every bracket is a sign, and one outside, where it may be part of a text.
_FLOW_TOKEN = re.compile(_SIGNS % r",\[\]{}", re.VERBOSE | re.DOTALL)
_BLOCK_TOKEN = re.compile(_SIGNS % "", re.VERBOSE | re.DOTALL)


def load_yaml() -> Any:
    """Return the module `yaml`.

    Raises:
        InputError: PF110 where PyYAML is not installed.
    """
    try:
        import yaml
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
    reading = _Reading(source, source.text)
    reading.run()
    return reading.root or Place(0, 0)


class Mended(NamedTuple):
    """What is wrong with a text, and what it says once that is mended; nothing where it cannot be.

    Where `sound` is not true, keys or lists may have been lost on the way.
    """

    problems: list[Diagnostic]
    root: Place | None
    sound: bool


def mend_yaml(source: Source) -> Mended:
    """Return every problem of the text that can be found, in the order of the text, and its mended tree.

    The parser stops at its first error. That one is explained, mended in a copy of the same length, and the copy is
    read again, until nothing is left or what is left cannot be mended. So are texts that say something else than
    their author means.
    """
    yaml = load_yaml()
    text, work, sound = source.text, 0, True
    found: list[Diagnostic] = []
    told: dict[int, str] = {}
    while True:
        reading, root = _Reading(source, text), None
        try:
            reading.run()
            problems, edits, root = reading.problems, reading.edits, reading.root
        except yaml.YAMLError as error:
            if (deep := reading.too_deep_before(error)) is not None:
                found.append(deep)
                break
            problem, edits = explain(source, text, error)
            problems = [problem]
            sound = sound and problem.code not in _LOSING and _keeps_lines(text, edits)
        found += _own(problems, told)
        before, work = text, work + len(text)
        for start, replacement in edits.items():
            text = text[:start] + replacement + text[start + len(replacement) :]
        if text == before or work >= _MENDING_WORK or len(found) >= MAX_PROBLEMS:
            break
    places: dict[tuple[str, int, int], Diagnostic] = {}
    for problem in [*found, *_own(reading.problems, told)]:
        places.setdefault((problem.code, *_position(problem)), problem)
    return Mended(sorted(places.values(), key=_position)[:MAX_PROBLEMS], root, sound)


def _own(problems: Sequence[Diagnostic], told: dict[int, str]) -> list[Diagnostic]:
    """Leave out what is wrong with a line that was mended: its author may have had no part in that."""
    own = [problem for problem in problems if told.get(_position(problem)[0], problem.code) == problem.code]
    for problem in own:
        told.setdefault(_position(problem)[0], problem.code)
    return own


def _keeps_lines(text: str, edits: Edits) -> bool:
    """Tell whether no line becomes a comment that its author did not mean as one."""
    return all(replacement != "#" or text[start] == "＃" for start, replacement in edits.items())


def _position(problem: Diagnostic) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


class _Stop(Exception):
    """Nothing more can be read."""


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled, and the key that waits for its value."""

    start: int
    holds: dict[str, tuple[Place, Place]] | list[Place]
    flow: bool
    key: Place | None = None


@dataclass
class _Reading:
    """One pass over the parser's events; `text` is that of `source`, or a mended copy of the same length."""

    source: Source
    text: str
    problems: list[Diagnostic] = field(default_factory=list)
    root: Place | None = None
    #: What would mend the texts that say something else than their author means.
    edits: Edits = field(default_factory=dict)
    _count: int = 0
    _documents: int = 0
    #: Where texts in quotes or after `|` stand, which may hold tabs.
    _texts: list[tuple[int, int, str]] = field(default_factory=list)
    _boxes: list[_Box] = field(default_factory=list)
    #: Where the last event ends.
    _read: int = 0

    def run(self) -> None:
        """Read everything; `yaml.YAMLError` where the parser stops."""
        yaml = load_yaml()
        step = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text).get_event
        handlers = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_list,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document_start,
            yaml.DocumentEndEvent: self._document_end,
            yaml.StreamStartEvent: lambda _: None,
            yaml.StreamEndEvent: self._stream_end,
        }
        with suppress(_Stop):
            while (event := step()) is not None:
                handlers[event.__class__](event)
                self._read = event.end_mark.index
            if "\t" in self.text:
                self._refuse_tabs()

    def too_deep_before(self, error: Any) -> Diagnostic | None:
        """Return the problem of brackets that are nested too deep before the place where the parser failed.

        The parser looks ahead of its events, and has a limit of its own that depends on its version.
        """
        mark = getattr(error, "problem_mark", None)
        end = mark.index if mark else self._read
        at, depth, flow = self._read, len(self._boxes), sum(box.flow for box in self._boxes)
        while at < end and (match := (_FLOW_TOKEN if flow else _BLOCK_TOKEN).match(self.text, at)) is not None:
            step = (match["open"] is not None) - (match["close"] is not None)
            depth, flow = depth + step, max(0, flow + step)
            if depth > MAX_DEPTH:
                return too_deep(self.source, at)
            at = match.end()
        return None

    def _say(self, code: str, start: int, length: int, message: Message, hint: Message | None) -> None:
        self._keep(Diagnostic(code, message, hint, first_line(self.source, start, start + length)))

    def _keep(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _document_start(self, event: Any) -> None:
        start = event.start_mark.index
        self._documents += 1
        if self._documents > 1:
            message = Message(
                "一个文件只能有一份文档，这里开始了第二份", "a file holds one document; here a second one starts"
            )
            self._say("PF143", start, 3, message, Message("把它另存为一个文件", "put it into a file of its own"))
            raise _Stop
        if event.version or event.tags:
            self._say("PF144", start, 80, Message("不接受 “%” 指令", "directives are not accepted"), _REMOVE)
            start = self.text.find("\n---", start) + 1
        if event.explicit:
            self._say("PF144", start, 3, Message("不需要 “---”", "'---' has no use here"), _REMOVE)

    def _document_end(self, event: Any) -> None:
        if event.explicit:
            self._say("PF144", event.start_mark.index, 3, Message("不需要 “...”", "'...' has no use here"), _REMOVE)

    def _stream_end(self, _: Any) -> None:
        if not self._documents:
            message = Message("文件里没有内容，只有注释", "the file holds nothing but comments")
            self._say("PF104", 0, 1, message, None)

    def _refuse_marks(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None:
            self._refuse_anchor(start, f"&{event.anchor}")
        if event.tag is not None:
            shown = self.text[start : event.end_mark.index].split()[0]
            message = Message(f"不接受标签 “{shorten(shown)}”", f"tags are not accepted: {shorten(shown)!r}")
            hint = Message("若 “!” 是文字的一部分，请加引号", "if the '!' is part of a text, put the text in quotes")
            self._say("PF141", start, len(shown), message, hint)

    def _refuse_anchor(self, start: int, shown: str) -> None:
        message = Message(
            f"不接受锚点和引用：“{shorten(shown)}”", f"anchors and aliases are not accepted: {shorten(shown)!r}"
        )
        hint = Message(
            f"把内容写全；若 “{shown[0]}” 是文字的一部分，请加引号",
            f"write it out; if the {shown[0]!r} is part of a text, put the text in quotes",
        )
        self._say("PF140", start, len(shown), message, hint)

    def _alias(self, event: Any) -> None:
        shown = f"*{event.anchor}"
        start = event.start_mark.index
        self._refuse_anchor(start, shown)
        self._add(Place(start, start + len(shown), shown))

    def _scalar(self, event: Any) -> None:
        start, end, value, style = event.start_mark.index, event.end_mark.index, event.value, event.style
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        box = self._boxes[-1] if self._boxes else None
        is_key = box is not None and box.key is None and isinstance(box.holds, dict)
        if style == "|" or style == ">" or (not style and is_doubtful(value)):
            scalar = Scalar(start, end, style or "", box is not None and box.flow, is_key)
            for trap, edits in islice(scalar_traps(self.source, self.text, scalar), MAX_PROBLEMS):
                self.edits |= edits
                self._keep(trap)
        elif not style and not is_key and value in _NOTHING:
            value = None
        if style:
            self._texts.append((start, end, style))
        if style == "|" or style == ">":
            start, end = self._content(start, end)
        elif style and _HALF(value):
            self._keep(bad_escape(self.source, start, end))
        self._add(Place(start, end, value))

    def _refuse_tabs(self) -> None:
        """Refuse every tab outside quotes and comments: editions of the parser take some of them, and not the same."""
        last = 0
        for start, end, style in [*self._texts, (len(self.text), len(self.text), "")]:
            found: Iterator[re.Match[str]] = _TABS.finditer(self.text, last, start)
            if style in {"|", ">"}:
                header_end = start + len(self.text[start:end].split("\n", 1)[0])
                content = _LEADING_TABS.finditer(self.text, header_end, end)
                found = chain(found, _TABS.finditer(self.text, start, header_end), content)
            for match in found:
                if match[1]:
                    self._keep(tab(self.source, match.start(1), match.end(1)))
            last = end

    def _content(self, start: int, end: int) -> tuple[int, int]:
        """Return where the first line of a block text stands, rather than its `|`."""
        begin = self.text.find("\n", start, end) + 1
        while 0 < begin < end and self.text[begin] in " \r\n":
            begin += 1
        return (begin, end) if 0 < begin < end else (start, start + 1)

    def _counted(self, at: int) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self._keep(too_many(self.source, at))
            raise _Stop

    def _add(self, place: Place) -> None:
        self._counted(place.start)
        if not self._boxes:
            self.root = place
            return
        box = self._boxes[-1]
        holds = box.holds
        if isinstance(holds, list):
            holds.append(place)
        elif box.key is None:
            box.key = self._key(holds, place)
        else:
            holds.setdefault(str(box.key.holds), (box.key, place))
            box.key = None

    def _key(self, holds: dict[str, tuple[Place, Place]], place: Place) -> Place:
        key = place.holds
        if not isinstance(key, str) or not key:
            message = Message(
                "键必须是文字，这里是空的或是列表、键值对", "a key must be text; this one is empty, a list or a mapping"
            )
            hint = Message(
                "若行首的字符是文字的一部分，请加引号",
                "if the first character is part of a text, put the text in quotes",
            )
            self._say("PF145", place.start, place.end - place.start, message, hint)
        elif key in holds:
            self._keep(duplicate_key(self.source, place, holds[key][0]))
        else:
            return place
        return Place(place.start, place.end, f"\0{place.start}")

    def _open_mapping(self, event: Any) -> None:
        self._open(event, {})

    def _open_list(self, event: Any) -> None:
        self._open(event, [])

    def _open(self, event: Any, holds: dict[str, tuple[Place, Place]] | list[Place]) -> None:
        start = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if len(self._boxes) >= MAX_DEPTH:
            self._keep(too_deep(self.source, start))
            raise _Stop
        self._boxes.append(_Box(start, holds, event.flow_style))

    def _close(self, event: Any) -> None:
        box = self._boxes.pop()
        end = event.end_mark.index if box.flow else box.start + 1
        if not box.flow and isinstance(box.holds, dict) and box.holds:
            end = next(iter(box.holds.values()))[0].end
        self._add(Place(box.start, end, box.holds))
