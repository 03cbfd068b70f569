"""Everything that can be said about a ruleset before it scores a form: its problems and its examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import PfscoreError
from pfscore.language.formula import parse_formula
from pfscore.rules.edition import Edition, Loaded, edition
from pfscore.rules.load import inspect_family
from pfscore.rules.model import FormVersion, RuleVersion
from pfscore.scoring.coverage import coverage, coverage_problems
from pfscore.scoring.examiner import Engine
from pfscore.scoring.examples import ExampleRun, example_problems, run_examples


@dataclass(frozen=True)
class Checked:
    """What `pfscore check` finds about one ruleset; `family` is empty where it could not be read."""

    name: str
    family: tuple[Loaded, ...]
    problems: tuple[Diagnostic, ...]
    runs: tuple[ExampleRun, ...] = ()

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Return the problems of one severity."""
        return tuple(problem for problem in self.problems if problem.severity is severity)

    @property
    def readable(self) -> bool:
        """Whether the file could be read at all."""
        unread = any(problem.code.startswith("PF1") or problem.code == "PF225" for problem in self.problems)
        return bool(self.family) or not unread


def check_ruleset(ruleset: str | Path) -> Checked:
    """Check one ruleset, a built-in id or a file; problems are returned, never raised.

    >>> check_ruleset("cn-sc/project").of(Severity.ERROR)
    ()
    """
    family, problems = inspect_family(ruleset)
    found = list(problems)
    if not family:
        return Checked(str(ruleset), (), _sorted(found))
    found += _formulas(family[0])
    for day in change_days(family):
        try:
            current = edition(family, day)
            found += _compilable(current)
            found += coverage_problems(coverage(current), current)
        except PfscoreError as error:
            found += error.diagnostics
    runs = tuple(run_examples(family))
    found += (problem for run in runs for problem in run.problems)
    found += example_problems(family[0])
    return Checked(str(ruleset), family, _sorted(found), runs)


def change_days(family: Sequence[Loaded]) -> tuple[date, ...]:
    """Return the days on which something that is active changes, from the first day of `family[0]` on."""
    own = _starts(family[0])
    first = min(own, default=None)
    days = {day for loaded in family for day in _starts(loaded)}
    return tuple(sorted(day for day in days if first is not None and day >= first))


def _starts(loaded: Loaded) -> set[date]:
    ruleset = loaded.ruleset
    versions: list[FormVersion | RuleVersion] = [*ruleset.form]
    versions += [version for rule in ruleset.rules for version in rule.versions]
    active = [version for version in versions if version.disabled is None]
    days = {version.since for version in active} | {removed.since for removed in ruleset.removed}
    return days | {version.until for version in active if version.until is not None}


def _formulas(loaded: Loaded) -> Iterator[Diagnostic]:
    """Read the formulas of disabled versions too; those in force are read with their edition."""
    for index, rule in enumerate(loaded.ruleset.rules):
        for number, version in enumerate(rule.versions):
            if version.formula is None:
                continue
            try:
                parse_formula(version.formula, at=loaded.document.span(("rules", index, "versions", number, "formula")))
            except PfscoreError as error:
                yield from error.diagnostics


def _compilable(current: Edition) -> Iterator[Diagnostic]:
    engine = Engine(current)
    for rule in current.rules:
        try:
            engine.compiled(rule)
        except PfscoreError as error:
            yield from error.diagnostics


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order problems by file and place, each once."""
    unique = {(one.code, _place(one), one.message.zh): one for one in problems}
    return tuple(sorted(unique.values(), key=lambda one: (_place(one), one.code)))


def _place(problem: Diagnostic) -> tuple[str, int, int]:
    span = problem.span
    return ("", 0, 0) if span is None else (span.source, span.line, span.column)
