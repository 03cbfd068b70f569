"""YAML as its authors write it: text values and where each stands. Nothing is constructed, no tag is honoured.

One loop over the parser's events gives the data, the places and the problems. What the parser takes without a word and
refuses with its own words is explained by `yaml_traps` and `yaml_errors`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import chain
from typing import Any

from pfscore.documents.positions import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Data,
    Marks,
    Path,
    bad_escape,
    duplicate_key,
    first_line,
    place_tree,
    too_deep,
    too_many,
)
from pfscore.documents.yaml.errors import explain
from pfscore.documents.yaml.traps import (
    Scalar,
    cut_by_comment,
    is_doubtful,
    open_quote,
    scalar_traps,
    swallows_keys,
    tab,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import library
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

_NOTHING = frozenset({"", "~", "null"})
_HALF = re.compile("[\ud800-\udfff\x00]").search
#: YAML 1.1 takes some of these for line ends, YAML 1.2 does not; the rest cannot be seen.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
#: A comment, or tabs.
_TABS = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*|(\t+)", re.MULTILINE)
_LEADING_TABS = re.compile(r"^ *(\t+)", re.MULTILINE)
_SIGNS = r"""
    (?P<open>[\[{]) | (?P<close>[\]}]) | '(?:[^']|'')*+'? | "(?:[^"\\]|\\.)*+"? | \#[^\n]*+ | [-?:](?=\s) | [&*!]\S*+
  | [^\s,](?:[^\s:%s]|:(?!\s)|[ \t](?!\#))*+ | [\s,]
"""
#: A token between brackets, where every bracket is a sign, and one outside, where it may be part of a text.
_FLOW_TOKEN = re.compile(_SIGNS % r",\[\]{}", re.VERBOSE | re.DOTALL)
_BLOCK_TOKEN = re.compile(_SIGNS % "", re.VERBOSE | re.DOTALL)
_REMOVE = Message("删去这一行", "remove this line")


def read_yaml(source: Source) -> tuple[Data, Marks]:
    """Return what the YAML text says, and where each value stands, for :func:`place_tree`.

    Raises:
        InputError: PF1xx, with every problem up to the first that the parser cannot pass.

    >>> read_yaml(Source("a.yaml", "share: 0.10\\nlevels: [优, 良]\\nmet: 否\\nnote: ~"))[0]
    {'share': '0.10', 'levels': ['优', '良'], 'met': '否', 'note': None}
    """
    _refuse_unfit(source)
    yaml = _load_yaml()
    reading = _Reading(source)
    try:
        reading.run(yaml)
        reading.refuse_tabs()
    except yaml.YAMLError as error:
        reading.refuse_rest(error)
    except _Stop:
        pass
    if problems := reading.all_problems():
        raise InputError(problems)
    return reading.root[0], reading.marks


def _load_yaml() -> Any:
    """Return the module `yaml`.

    Raises:
        InputError: PF110 where PyYAML is not installed.
    """
    with library("PyYAML"):
        import yaml
    return yaml


def _refuse_unfit(source: Source) -> None:
    found = []
    for match in _UNFIT.finditer(source.text):
        code = f"U+{ord(match[0]):04X}"
        message = Message(
            f"文件里有不该出现的控制字符或不可见字符 {code}",
            f"the file contains the control or invisible character {code}",
        )
        hint = Message("删去它；换行只用普通的换行符", "remove it; end lines with ordinary line ends only")
        found.append(Diagnostic("PF113", message, hint, source.span_at(match.start()), fix=""))
        if len(found) == MAX_PROBLEMS:
            break
    if found:
        raise InputError(found)


class _Stop(Exception):
    """Nothing more can be read, or enough is wrong."""


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        #: The one value of the file, once it has begun.
        self.root: list[Data] = []
        self.marks: Marks = array("I")
        self.problems: list[Diagnostic] = []
        #: Lists and mappings around the next event, the outermost first; what is not in brackets has no end.
        self._boxes: list[Any] = [self.root]
        self._flow: list[bool] = [False]
        self._documents = 0
        #: Where texts in quotes or after `|` stand, which may hold tabs.
        self._texts: list[tuple[int, int, str]] = []
        self._has_tabs = "\t" in self.text
        self._has_comments = " #" in self.text or "\t#" in self.text
        #: Keys that stand twice, by path, with where they do so.
        self._duplicates: list[tuple[Path, int, int]] = []
        self._last: Any = None

    def run(self, yaml: Any) -> None:  # noqa: C901  (one loop, for speed)
        """Read everything; `yaml.YAMLError` where the parser stops, `_Stop` where nothing more is to be reported."""
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        step = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text).get_event
        marks, boxes, flows = self.marks, self._boxes, self._flow
        mark = marks.append
        box: Any = self.root
        key: str | None = None
        keyed = False
        #: Where the marks of the boxes around this one stand, whether they are mappings, and the key of what follows.
        outer: list[tuple[int, bool, str | None]] = []
        opened = 0
        #: Texts that nobody can take for anything else, most of them keys that come again and again.
        plain: set[str] = set()
        most = 2 * MAX_VALUES
        while (event := step()) is not None:
            kind = event.__class__
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                value, style = event.value, event.style
                begin, end = event.start_mark, event.end_mark
                start, stop = begin.index, end.index
                is_key = keyed and key is None
                if not style:
                    if self._has_comments and not is_key and value:
                        self._refuse_cut(value, stop, key)
                    if value not in plain:
                        if value in _NOTHING:
                            value = value if is_key else None
                        elif not is_doubtful(value):
                            plain.add(value)
                        elif begin.line != end.line or not value.isascii() or ":" in value or value[0] in "-<":
                            self._refuse_traps(Scalar(start, stop, "", flows[-1], is_key))
                else:
                    start, stop = self._quoted(value, style, Scalar(start, stop, style, flows[-1], is_key))
                mark(start)
                mark(stop)
                if not keyed:
                    box.append(value)
                elif key is not None:
                    box[key] = value
                    key = None
                elif value in box or not value:
                    key = self._refuse_key(value, start, stop)
                else:
                    key = value
            elif kind is mapping or kind is sequence:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                start = event.start_mark.index
                if len(boxes) > MAX_DEPTH:
                    raise InputError.of(too_deep(self.source, start))
                inner: Any = {} if kind is mapping else []
                after = None
                if not keyed:
                    box.append(inner)
                elif key is not None:
                    box[key] = inner
                    key = None
                else:
                    after = self._refuse_key(None, start, event.end_mark.index)
                    box[f"{after}?"] = inner
                    marks.extend((start, start))
                outer.append((opened, keyed, after))
                opened = len(marks)
                mark(start)
                mark(0)
                boxes.append(inner)
                flows.append(event.flow_style)
                box, keyed = inner, kind is mapping
            elif kind in ends:
                if flows.pop():
                    marks[opened + 1] = event.end_mark.index
                boxes.pop()
                box = boxes[-1]
                opened, keyed, key = outer.pop()
                if key is not None:
                    marks.extend((0, 0))
            elif kind is yaml.AliasEvent:
                start, shown = event.start_mark.index, f"*{event.anchor}"
                self._refuse_anchor(start, shown)
                mark(start)
                mark(start + len(shown))
                if not keyed:
                    box.append(shown)
                elif key is None:
                    key = shown
                else:
                    box[key] = shown
                    key = None
            elif kind is not yaml.StreamStartEvent:
                self._frame(event, yaml)
            if len(marks) > most:
                raise InputError.of(too_many(self.source, marks[-2]))
            self._last = event

    def all_problems(self) -> list[Diagnostic]:
        """Return the problems in the order of the text."""
        if self._duplicates:
            tree = place_tree(self.root[0], self.marks)
            for path, start, end in self._duplicates:
                self.problems.append(duplicate_key(self.source, str(path[-1]), start, end, tree.find(path, key=True)))
        return sorted(self.problems, key=_position)[:MAX_PROBLEMS]

    def refuse_rest(self, error: Any) -> None:
        """Report why the parser went no further than this."""
        found = self._too_deep_before(error) or explain(self.source, error)
        reported = {(problem.code, _position(problem)) for problem in self.problems}
        if (found.code, _position(found)) not in reported:
            self.problems.append(found)

    def _too_deep_before(self, error: Any) -> Diagnostic | None:
        """Return the problem of brackets that are nested too deep before the place where the parser failed.

        The parser looks ahead of its events, and has a limit of its own that depends on its version.
        """
        mark = getattr(error, "problem_mark", None)
        at = self._last.end_mark.index if self._last is not None else 0
        end = mark.index if mark else at
        depth, flow = len(self._boxes) - 1, sum(self._flow)
        while at < end and (match := (_FLOW_TOKEN if flow else _BLOCK_TOKEN).match(self.text, at)) is not None:
            step = (match["open"] is not None) - (match["close"] is not None)
            depth, flow = depth + step, max(0, flow + step)
            if depth > MAX_DEPTH:
                return too_deep(self.source, at)
            at = match.end()
        return None

    def refuse_tabs(self) -> None:
        """Refuse every tab outside quotes and comments: editions of the parser take some of them, and not the same."""
        if not self._has_tabs:
            return
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

    def _keep(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) + len(self._duplicates) >= MAX_PROBLEMS:
            raise _Stop

    def _refuse(self, code: str, start: int, length: int, message: Message, hint: Message | None) -> None:
        self._keep(Diagnostic(code, message, hint, first_line(self.source, start, start + length)))

    def _refuse_traps(self, scalar: Scalar) -> None:
        for problem in scalar_traps(self.source, scalar):
            self._keep(problem)

    def _refuse_cut(self, value: str, end: int, key: str | None) -> None:
        if (problem := cut_by_comment(self.source, value, end, key)) is not None:
            self._keep(problem)

    def _quoted(self, value: str, style: str, scalar: Scalar) -> tuple[int, int]:
        """Look at a text in quotes or after `|`, and return where its content stands."""
        start, end = scalar.start, scalar.end
        if self._has_tabs:
            self._texts.append((start, end, style))
        if style != "|" and style != ">":
            if _HALF(value):
                self._keep(bad_escape(self.source, start, end))
            if "\n" in self.text[start:end] and swallows_keys(self.text[start:end]):
                self._keep(open_quote(self.source, start))
            return start, end
        self._refuse_traps(scalar)
        begin = self.text.find("\n", start, end) + 1
        while 0 < begin < end and self.text[begin] in " \r\n":
            begin += 1
        return (begin, end) if 0 < begin < end else (start, start + 1)

    def _refuse_key(self, value: str | None, start: int, end: int) -> str:
        """Refuse a key, and return one of our own for the rest of the reading."""
        if value:
            path = [len(box) - 1 if isinstance(box, list) else next(reversed(box)) for box in self._boxes[1:-1]]
            self._duplicates.append(((*path, value), start, end))
            if len(self.problems) + len(self._duplicates) >= MAX_PROBLEMS:
                raise _Stop
        else:
            message = Message(
                "键必须是文字，这里是空的或是列表、键值对", "a key must be text; this one is empty, a list or a mapping"
            )
            hint = Message(
                "若行首的字符是文字的一部分，请加引号",
                "if the first character is part of a text, put the text in quotes",
            )
            self._refuse("PF130", start, end - start, message, hint)
        return f"\0{start}"

    def _refuse_marks(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None:
            self._refuse_anchor(start, f"&{event.anchor}")
        if event.tag is not None:
            shown = self.text[start : event.end_mark.index].split()[0]
            message = Message(f"不接受标签 “{shorten(shown)}”", f"tags are not accepted: {shorten(shown)!r}")
            hint = Message("若 “!” 是文字的一部分，请加引号", "if the '!' is part of a text, put the text in quotes")
            self._refuse("PF140", start, len(shown), message, hint)

    def _refuse_anchor(self, start: int, shown: str) -> None:
        message = Message(
            f"不接受锚点和引用：“{shorten(shown)}”", f"anchors and aliases are not accepted: {shorten(shown)!r}"
        )
        hint = Message(
            f"把内容写全；若 “{shown[0]}” 是文字的一部分，请加引号",
            f"write it out; if the {shown[0]!r} is part of a text, put the text in quotes",
        )
        self._refuse("PF140", start, len(shown), message, hint)

    def _frame(self, event: Any, yaml: Any) -> None:
        """Look at where a document or the file begins and ends."""
        start, kind = event.start_mark.index, event.__class__
        if kind is yaml.StreamEndEvent:
            if not self._documents:
                message = Message("文件里没有内容，只有注释", "the file holds nothing but comments")
                self._refuse("PF104", 0, 1, message, None)
        elif kind is yaml.DocumentEndEvent:
            if event.explicit:
                self._refuse("PF140", start, 3, Message("不需要 “...”", "'...' has no use here"), _REMOVE)
        else:
            self._documents += 1
            if self._documents > 1:
                message = Message(
                    "一个文件只能有一份文档，这里开始了第二份", "a file holds one document; here a second one starts"
                )
                self._refuse("PF140", start, 3, message, Message("把它另存为一个文件", "put it into a file of its own"))
                raise _Stop
            if event.version or event.tags:
                self._refuse("PF140", start, 80, Message("不接受 “%” 指令", "directives are not accepted"), _REMOVE)
                start = self.text.find("\n---", start) + 1
            if event.explicit:
                self._refuse("PF140", start, 3, Message("不需要 “---”", "'---' has no use here"), _REMOVE)


def _position(problem: Diagnostic) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)
