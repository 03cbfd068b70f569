"""Named rules: the patterns of words that decide what a cell means, in `grammar/words/*.txt`, with cells beside them.

`grammar/words/README.md` describes the files. A module asks for its rules by name and keeps them as constants; a
:class:`Rule` is used as a compiled pattern is:

>>> PLAN = rule("plan")
>>> PLAN.match("计划10次") is not None, PLAN.match("计划完成率98%")
(True, None)

Which rules take part in a reading is recorded inside :func:`traced`, in the thread that opened it; at other times a
rule costs what its pattern costs. What a cache remembers is not read again, so clear the caches of the functions that
are called (`read_target`, `read_actual`, `read_unit`, `read_comparator`) before the block:

>>> with traced() as trace:
...     _ = PLAN.match("计划10次"), PLAN.match("实际12次")
>>> [(match.rule.name, match.text) for match in trace.matches], PLAN.file, PLAN.note
([('plan', '计划')], 'results.txt', '计划10次，完成12次: what repeats the plan is no result')

`traced(off="plan")` reads as if that rule did not exist: a rule decides a cell where the two readings differ.

A wheel carries the patterns with the characters that every match of them has (`hatch_build.py`), so that a rule
compiles its own when a text has those. In a checkout the files are read, and each rule compiles its pattern on first
use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, NamedTuple, cast

from pfscore.foundation.runtime.patterns import FINDS, WAYS, Pattern, Way, any_of
from pfscore.foundation.runtime.resources import data_dir, section_words

#: [plan]  # what repeats the plan is no result
_RULE = re.compile(r"\[(?P<name>[a-z][a-z0-9_]*)\](?:\s*#\s*(?P<note>.*))?(?P<words>)")
#: {period}: 年初|年度
_PART = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)\}:\s*(?P<note>)(?P<words>.*)")
#: What is rewritten in a pattern: `{part}`, `{file.section}` and a bracket that only groups; not what is escaped or
#: in a class.
_REWRITTEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?:(?P<file>[a-z]+)\.(?P<section>[a-z ,]+)|(?P<part>[a-z][a-z0-9_]*))\}|\((?!\?)"
)


class Example(NamedTuple):
    """A cell beside a rule: whether the rule decides it, the cell and its reading as they are written, and its line."""

    decides: bool
    cell: str
    reading: str
    line: int


@dataclass
class Entry:
    """What a file says under one name: a rule, or (without examples) a part that rules include."""

    name: str
    note: str
    file: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    is_rule: bool = True

    def error(self, problem: str, line: int | None = None) -> ValueError:
        """Return the error to raise, with file and line."""
        return ValueError(f"grammar/words/{self.file}:{line or self.line}: [{self.name}] {problem}")


class Rule(Pattern):
    """A named pattern, with cells that it decides and cells that it does not match.

    `note` is the remark behind its name, `file` and `line` its place in `grammar/words`.
    """

    __slots__ = ("_wrapped", "examples", "file", "line", "name", "note")

    note: str
    file: str
    line: int
    examples: list[Example]

    def __init__(self, name: str, source: str = "", beginnings: str = "", *needs: str) -> None:
        super().__init__(source, beginnings, *needs)
        self.name = name
        self._wrapped: Callable[[Rule, str], Way] = _unchanged

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_ENTRY:
            return super().__getattr__(name)
        for one in _OF_ENTRY:
            setattr(self, one, getattr(_entries()[self.name], one))
        return getattr(self, name)

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern, which in a checkout stands in the files."""
        return super().compiled() if self.source else compiled(_entries(), self.name)

    def way(self, way: str) -> Way:
        """Return what uses the pattern in one of the ways."""
        return self._wrapped(self, way)

    def wrap(self, wrapped: Callable[[Rule, str], Way]) -> None:
        """Replace the ways in which the rule is used by what `wrapped` makes of the pattern's own."""
        self._wrapped = wrapped
        self.renew()


class Match(NamedTuple):
    """One match of a rule: the rule, and the words that it matched."""

    rule: Rule
    text: str


@dataclass
class Trace:
    """The matches of rules inside a block of :func:`traced`, in their order; the rule named `off` matches nothing."""

    off: str | None
    matches: list[Match] = field(default_factory=list)


#: What a rule has from the files.
_OF_ENTRY = ("note", "file", "line", "examples")
_TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)
_LOCK = Lock()
_IN_USE: list[Rule] = []
#: The open blocks of all threads; while there are any, every rule looks for a trace.
_OPEN: list[Trace] = []


@cache
def rule(name: str) -> Rule:
    """Return the rule of that name.

    Raises:
        ValueError: where there is none or a file is invalid, with file and line.
    """
    shipped = _shipped().get(name)
    if shipped is None and (name not in _entries() or not _entries()[name].is_rule):
        raise ValueError(f"grammar/words has no rule [{name}]")
    found = Rule(name, *(shipped or ()))
    with _LOCK:
        _IN_USE.append(found)
        found.wrap(_recording if _OPEN else _unchanged)
    return found


def rules(*names: str) -> tuple[Rule, ...]:
    """Return the rules of those names, as :func:`rule` does."""
    return tuple(rule(name) for name in names)


def rules_in_use() -> tuple[Rule, ...]:
    """Return the rules that modules have asked for."""
    return tuple(_IN_USE)


def rule_names() -> tuple[str, ...]:
    """Return the names of the rules, in the order of the files."""
    return tuple(name for name, entry in _entries().items() if entry.is_rule)


@contextmanager
def traced(off: str | None = None) -> Iterator[Trace]:
    """Record the rules that match inside the block, in this thread; the rule named `off` matches nothing there."""
    trace = Trace(off)
    token = _TRACE.set(trace)
    with _LOCK:
        _OPEN.append(trace)
        for found in _IN_USE if len(_OPEN) == 1 else ():
            found.wrap(_recording)
    try:
        yield trace
    finally:
        _TRACE.reset(token)
        with _LOCK:
            del _OPEN[-1]
            for found in () if _OPEN else _IN_USE:
                found.wrap(_unchanged)


def _unchanged(of: Rule, way: str) -> Way:
    return Pattern.way(of, way)


def _recording(of: Rule, way: str) -> Way:
    use: Way = getattr(of.pattern, way)

    def record(*args: Any) -> Any:
        trace = _TRACE.get()
        if trace is None:
            return use(*args)
        matches = [use(*args)] if way in FINDS else of.pattern.finditer(*args[way == "sub" :])
        # A match of no words says nothing of the cell.
        found = [match for match in matches if match is not None and match[0]]
        if trace.off == of.name and found:
            return WAYS[way](*args)
        trace.matches += (Match(of, match[0]) for match in found)
        return use(*args)

    return record


# ── the files ──
TABLE = "words.json"


def table() -> str:
    """Return what a wheel carries of each rule, as JSON: the pattern, the characters with which a match begins where
    that is known, and characters of which every match has one.
    """
    from pfscore.foundation.runtime.pattern_facts import beginnings_of, needs_of

    patterns = {name: compiled(_entries(), name).pattern for name in rule_names()}
    known = {name: (one, "".join(sorted(beginnings_of(one) or "")), *needs_of(one)) for name, one in patterns.items()}
    return json.dumps(known, ensure_ascii=False, indent=1)


@cache
def _shipped() -> dict[str, list[str]]:
    try:
        text = (data_dir("grammar") / TABLE).read_text(encoding="utf-8")
    except OSError:
        return {}
    return cast("dict[str, list[str]]", json.loads(text))


@cache
def _entries() -> dict[str, Entry]:
    files = sorted((data_dir("grammar") / "words").iterdir(), key=lambda file: file.name)
    return read_rules((file.name, file.read_text(encoding="utf-8")) for file in files if file.name.endswith(".txt"))


def read_rules(files: Iterable[tuple[str, str]]) -> dict[str, Entry]:
    """Return what files, given by name and text, say under each name.

    Raises:
        ValueError: with file and line, where a name comes twice, or a rule has no pattern or no cell of each kind.
    """
    entries: dict[str, Entry] = {}
    for file, text in files:
        for entry in _entries_of(file, text):
            if entry.name in entries:
                raise entry.error("has the name of another entry")
            if not entry.lines:
                raise entry.error("has no pattern")
            if entry.is_rule and {example.decides for example in entry.examples} != {True, False}:
                raise entry.error("needs a cell that it decides (=) and one that it does not match (≠)")
            entries[entry.name] = entry
    return entries


def _entries_of(file: str, text: str) -> list[Entry]:
    found: list[Entry] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line == "#" or line.startswith("# "):
            continue
        head = (_RULE.fullmatch(line) or _PART.fullmatch(line)) if line[0] in "[{" else None
        if head is not None:
            found.append(Entry(head["name"], head["note"] or "", file, number, is_rule=line[0] == "["))
            line = head["words"]
        if not found:
            raise ValueError(f"grammar/words/{file}:{number}: a pattern without a name")
        if line.startswith(("= ", "≠ ")):
            cell, arrow, reading = line[2:].rpartition("→")
            if not arrow:
                raise found[-1].error("has a cell without → and its reading", number)
            found[-1].examples.append(Example(line[0] == "=", cell.strip(), reading.strip(), number))
        elif line:
            found[-1].lines.append((number, line))
    return found


def compiled(entries: dict[str, Entry], name: str) -> re.Pattern[str]:
    """Return the pattern of an entry.

    Raises:
        ValueError: with file and line, where it is invalid or includes what does not exist.
    """
    entry, text, ends = entries[name], "", []
    for number, line in entry.lines:
        text += _expanded(entries, entry, number, line, ())
        ends.append((len(text), number))
    try:
        return re.compile(text)
    except re.error as error:
        place = error.pos or 0
        raise entry.error(error.msg, next((number for end, number in ends if place < end), None)) from None


def _expanded(entries: dict[str, Entry], entry: Entry, number: int, line: str, inside: tuple[str, ...]) -> str:
    def words_of(file: str, section: str) -> tuple[str, ...]:
        try:
            lists = section_words(f"{file}.txt")
            return tuple(word for name in section.split(", ") for word in lists[name])
        except (KeyError, FileNotFoundError):
            raise entry.error(f"cannot include {{{file}.{section}}}", number) from None

    def rewritten(match: re.Match[str]) -> str:
        if match["file"] is not None:
            return f"(?:{any_of(words_of(match['file'], match['section']))})"
        name = match["part"]
        if name is None:
            return "(?:" if match[0] == "(" else match[0]
        if name not in entries or name in inside:
            raise entry.error(f"cannot include {{{name}}}", number)
        part = entries[name]
        return f"(?:{''.join(_expanded(entries, part, *one, (*inside, name)) for one in part.lines)})"

    return _REWRITTEN.sub(rewritten, line)
