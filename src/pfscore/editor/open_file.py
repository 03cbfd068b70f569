"""A ruleset file that is open: what its text says now, and the last that was known while it was whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pfscore.checking.check import Checked, check_family, shape_problems
from pfscore.documents.document import Document, document_from_text
from pfscore.editor.line_map import LineMap
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.load import Search, inspect_family
from pfscore.rulesets.model.ruleset import Ruleset

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

    source: Source
    document: Document | None
    family: tuple[Loaded, ...]
    problems: tuple[Diagnostic, ...]


def read_text(name: str, text: str, *, search: Search = ()) -> Reading:
    """Read a text as the file of that name."""
    source = Source(name, text)
    try:
        document = document_from_text(name, text, syntax="yaml")
    except InputError as error:
        return Reading(source, None, (), error.diagnostics)
    family, problems = inspect_family(document, search=search)
    if family:
        problems = (*problems, *shape_problems(family[0]))
    return Reading(source, document, family, problems)


class OpenFile:
    """An open file; :attr:`whole` and :attr:`checked` are what was last known, maybe of an earlier text."""

    def __init__(self, path: Path, text: str, *, search: Search = ()) -> None:
        self.path, self.search = path, search
        self.text = text
        #: The last reading whose shape was right, and the last whose syntax was.
        self.whole: Reading | None = None
        self.readable: Reading | None = None
        #: What the whole check found, of the text of :attr:`checked_text`.
        self.checked: Checked | None = None
        self.checked_text = ""
        self._late: tuple[Diagnostic, ...] = ()

    def edit(self, text: str) -> None:
        """Take the new text."""
        self.text = text
        self.__dict__.pop("reading", None)

    @cached_property
    def reading(self) -> Reading:
        """What the text says now."""
        reading = read_text(str(self.path), self.text, search=self.search)
        if reading.document is not None:
            self.readable = reading
        if reading.family:
            self.whole = reading
        return reading

    def parent_place(self) -> Span:
        """Return the place that names the parent, or the start of the file."""
        document = self.reading.document
        return Span(str(self.path)) if document is None else document.span(("extends",))

    def check(self, reading: Reading, between: Callable[[], object]) -> Checked:
        """Check the editions, proofs and examples of a reading; `between` may raise to end it."""
        return check_family(reading.source.name, reading.family, reading.problems, between=between)

    def take(self, reading: Reading, checked: Checked) -> None:
        """Keep what the check of a reading found."""
        known = {_key(problem) for problem in reading.problems}
        self._late = tuple(problem for problem in checked.problems if _key(problem) not in known)
        self.checked, self.checked_text = checked, reading.source.text

    def problems(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the text, and what the last check found that was not edited since."""
        yield from self.reading.problems
        if self._late:
            lines = LineMap.between(self.checked_text, self.text)
            for problem in self._late:
                if (moved := self._moved(problem, lines)) is not None:
                    yield moved

    def _moved(self, problem: Diagnostic, lines: LineMap) -> Diagnostic | None:
        span = problem.span
        if span is None or span.source != str(self.path) or not span.line:
            return problem
        line = lines.new(span.line)
        return None if line is None else replace(problem, span=replace(span, line=line))


def _key(problem: Diagnostic) -> tuple[str, Span | None, str]:
    return problem.code, problem.span, problem.message.zh
