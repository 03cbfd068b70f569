"""A ruleset file that is open: what its text says now, and the last that was known while it was whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from pfscore.checking.check import Checked, check_family, identity, in_order
from pfscore.documents.document import Document, document_from_text
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.rulesets.edition import formula_problems
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.load import inspect_family
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.search import Search

_FRESH = count(1)


@dataclass(frozen=True)
class Lines:
    """A text and a number for each of its lines, by which it is known after edits. Lines are counted from 1.

    >>> before = Lines.of("a\\nb\\nc")
    >>> after = before.edited("a\\nx\\ny\\nc").edited("z\\na\\nx\\ny\\nc")
    >>> [before.now(line, after) for line in (1, 2, 3)]
    [2, None, 5]
    """

    text: str
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Take a text of which nothing was known."""
        return cls(text, tuple(next(_FRESH) for _ in text.split("\n")))

    def edited(self, text: str) -> Lines:
        """Return the lines of the text after one edit: those before and behind it are the same."""
        if text == self.text:
            return self
        old, new = self.text.split("\n"), text.split("\n")
        most = min(len(old), len(new))
        head = next((number for number in range(most) if old[number] != new[number]), most)
        most -= head
        tail = next((number for number in range(most) if old[-1 - number] != new[-1 - number]), most)
        fresh = (next(_FRESH) for _ in range(len(new) - head - tail))
        return Lines(text, (*self.numbers[:head], *fresh, *self.numbers[len(old) - tail :]))

    def now(self, line: int, later: Lines) -> int | None:
        """Return where a line stands in a later or an earlier text; `None` where it does not."""
        return later._places.get(self.numbers[line - 1]) if 0 < line <= len(self.numbers) else None

    def near(self, line: int, later: Lines) -> int:
        """Return where a line stands in another text, or the line behind the last one before it that stands there."""
        if (place := self.now(line, later)) is not None:
            return place
        before = (self.now(one, later) for one in range(min(line, len(self.numbers)), 0, -1))
        return min(next((one for one in before if one is not None), 0) + 1, len(later.numbers))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.numbers, 1)}


#: The first key of a ruleset; of the others of the top level, two make one.
_FIRST = "ruleset"
_TOP_KEY = re.compile(r"^([a-z_]+)[ \t]*[:：]", re.MULTILINE)
_OTHERS = frozenset(Ruleset.model_fields) - {_FIRST, "title", "note", "kind", "status"}


def is_ruleset(text: str) -> bool:
    """Return whether a YAML text is a ruleset: it has the key `ruleset`, or two others that only rulesets have.

    >>> is_ruleset("ruleset: cn-xx/project"), is_ruleset("sources:\\nrules: []"), is_ruleset("name: CI\\non: push")
    (True, True, False)
    """
    keys = set(_TOP_KEY.findall(text))
    return _FIRST in keys or len(keys & _OTHERS) >= 2


@dataclass(frozen=True)
class Reading:
    """What a text says at once: its document where the syntax is right, its family where the shape is."""

    name: str
    lines: Lines
    document: Document | None
    family: tuple[Loaded, ...]
    problems: tuple[Diagnostic, ...]


def read_text(name: str, lines: Lines, *, search: Search = ()) -> Reading:
    """Read a text as the file of that name."""
    try:
        document = document_from_text(name, lines.text, syntax="yaml")
    except InputError as error:
        return Reading(name, lines, None, (), error.diagnostics)
    family, problems = inspect_family(document, search=search)
    if family:
        problems = in_order((*problems, *formula_problems(family[0])))
    return Reading(name, lines, document, family, problems)


class OpenFile:
    """An open file; :attr:`whole` and :attr:`checked` are what was last known, maybe of an earlier text."""

    def __init__(self, path: Path, text: str, *, search: Search = ()) -> None:
        self.path, self.search = path, search
        self.lines = Lines.of(text)
        #: The last reading whose shape was right, and the last whose syntax was.
        self.whole: Reading | None = None
        self.readable: Reading | None = None
        #: What the whole check found, and the lines that it was made of.
        self.checked: Checked | None = None
        self.checked_lines = self.lines
        self._late: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.lines.text

    def edit(self, text: str) -> None:
        """Take the new text."""
        self.lines = self.lines.edited(text)
        self.__dict__.pop("reading", None)

    @cached_property
    def reading(self) -> Reading:
        """What the text says now."""
        reading = read_text(str(self.path), self.lines, search=self.search)
        if reading.document is not None:
            self.readable = reading
        if reading.family:
            self.whole = reading
        return reading

    def named(self, section: str, name: str, title: str) -> Iterator[tuple[str, str]]:
        """Yield the names and titles in a list of the file, as they were when its syntax was last right."""
        reading = self.reading if self.reading.document is not None else self.readable
        data = None if reading is None or reading.document is None else reading.document.data
        members = data.get(section) if isinstance(data, dict) else None
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict) and isinstance(found := member.get(name), str):
                about = member.get(title)
                yield found, about if isinstance(about, str) else ""

    def parent_place(self) -> Span:
        """Return the place that names the parent, or the start of the file."""
        document = self.reading.document
        return Span(str(self.path)) if document is None else document.span(("extends",))

    def check(self, reading: Reading, between: Callable[[], object]) -> Checked:
        """Check the editions, proofs and examples of a reading; `between` may raise to end it."""
        return check_family(reading.name, reading.family, reading.problems, between=between)

    def take(self, reading: Reading, checked: Checked) -> None:
        """Keep what the check of a reading found."""
        known = {identity(problem) for problem in reading.problems}
        self._late = tuple(problem for problem in checked.problems if identity(problem) not in known)
        self.checked, self.checked_lines = checked, reading.lines

    def problems(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the text, and what the last check found that was not edited since."""
        yield from self.reading.problems
        for problem in self._late:
            if (moved := self._moved(problem)) is not None:
                yield moved

    def _moved(self, problem: Diagnostic) -> Diagnostic | None:
        span = problem.span
        if span is None or span.source != str(self.path) or not span.line:
            return problem
        line = self.checked_lines.now(span.line, self.lines)
        return None if line is None else replace(problem, span=replace(span, line=line))
