"""The check of a ruleset before it scores a form: problems, examples and proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path as FilePath

from pfscore.checking.causes import causes_only
from pfscore.checking.counterexamples import proof_problems
from pfscore.checking.coverage import coverage, coverage_problems
from pfscore.checking.examples import ExampleRun, example_problems, run_examples, unexercised
from pfscore.checking.proofs import Proof, proofs
from pfscore.documents.document import Syntax, document_of_bytes
from pfscore.documents.positions import Data
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.text import Message
from pfscore.rulesets.consistency import uncited_numbers
from pfscore.rulesets.edition import edition, formula_problems, sound_edition
from pfscore.rulesets.in_force import Loaded, Path, authority
from pfscore.rulesets.load import compiled, inspect_family
from pfscore.rulesets.model.base import Evidence
from pfscore.rulesets.model.form_terms import FormVersion
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.search import Search
from pfscore.rulesets.writing.new_ruleset import BLANK
from pfscore.scoring.row.engine import Engine


@dataclass(frozen=True)
class Checked:
    """What `pfscore check` finds about one ruleset; `family` is empty where it could not be read."""

    name: str
    family: tuple[Loaded, ...]
    problems: tuple[Diagnostic, ...]
    runs: tuple[ExampleRun, ...] = ()
    proofs: tuple[Proof, ...] = ()

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Return the problems of one severity."""
        return tuple(problem for problem in self.problems if problem.severity is severity)

    @property
    def readable(self) -> bool:
        """Whether the file could be read at all."""
        unread = any(problem.code.startswith("PF1") or problem.code == "PF225" for problem in self.problems)
        return bool(self.family) or not unread


def check_ruleset(ruleset: str | FilePath, *, search: Search = ()) -> Checked:
    """Check one ruleset, an id or a file; problems are returned, never raised.

    >>> check_ruleset("cn-sc/project").of(Severity.ERROR)
    ()
    """
    family, problems = inspect_family(ruleset, search=search)
    if not family:
        return Checked(str(ruleset), (), in_order(problems))
    return check_family(str(ruleset), family, problems)


def check_text(text: str | bytes, *, search: Search = ()) -> Checked:
    """Check what a ruleset says, in YAML or JSON; it stands in no folder, and names its parent by id.

    >>> [problem.code for problem in check_text("ruleset: cn-xx/project").of(Severity.ERROR)][:2]
    ['PF202', 'PF202']
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    syntax: Syntax = "json" if data.lstrip()[:1] == b"{" else "yaml"
    try:
        document = document_of_bytes("text", data, syntax=syntax)
    except PfscoreError as error:
        return Checked("text", (), error.diagnostics)
    family, problems = inspect_family(document, search=search, in_folder=False)
    if not family:
        return Checked("text", (), in_order(problems))
    return check_family("text", family, problems)


def check_family(
    name: str, family: Sequence[Loaded], problems: Sequence[Diagnostic], *, between: Callable[[], object] = bool
) -> Checked:
    """Check a family that was read, beside the `problems` found with that.

    `between` is called between two steps of the work; what it raises ends the check.
    """
    found = [*problems, *(problem for check in CHECKS for problem in check(family[0])), *_not_in_force(family)]
    proved: dict[Path, list[Proof]] = {}
    for day in change_days(family):
        found += _edition_problems(family, day, proved, between)
    runs = []
    for run in run_examples(family):
        between()
        runs.append(run)
    found += (problem for run in runs for problem in run.problems)
    found += unexercised(runs, family[0])
    causes = tuple(causes_only(in_order(found), family[0]))
    return Checked(name, tuple(family), causes, tuple(runs), tuple(chain.from_iterable(proved.values())))


def _edition_problems(
    family: Sequence[Loaded], day: date, proved: dict[Path, list[Proof]], between: Callable[[], object]
) -> Iterator[Diagnostic]:
    """Yield the problems of the edition of a day; its proofs are added to `proved`, once for each version."""
    fresh = []
    try:
        current, broken = sound_edition(family, day)
        between()
        yield from broken or coverage_problems(coverage(current), current)
        for proof in proofs(current):
            between()
            if proof.rule.layers[-1].version_path not in proved:
                fresh.append(proof)
        for problem in proof_problems(fresh, Engine(current)):
            between()
            yield problem
    except PfscoreError as error:
        yield from error.diagnostics
        return
    for proof in fresh:
        proved.setdefault(proof.rule.layers[-1].version_path, []).append(proof)


#: The evidence that leaves nothing to be read.
_KNOWN = (Evidence.TEXT, Evidence.DEFAULT)


def _not_in_force(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """Yield notes for a draft, and for disabled versions with what must be verified."""
    loaded = family[0]
    ruleset = loaded.ruleset
    if ruleset.status == "draft":
        own = [source.key for source in ruleset.sources if source.evidence not in _KNOWN]
        listed = "、".join(dict.fromkeys((*own, *_unread_above(family))))
        message = Message(f"草案；原文未读的依据：{listed or '无'}", f"a draft; sources not read: {listed or 'none'}")
        yield Diagnostic("PF245", message, None, loaded.span(("status",)), severity=Severity.NOTE)
    for index, form in enumerate(ruleset.form):
        if form.disabled is not None:
            yield _disabled(loaded, ("form", index), form.disabled, None)
    for number, rule in enumerate(ruleset.rules):
        for index, version in enumerate(rule.versions):
            if version.disabled is not None:
                yield _disabled(loaded, ("rules", number, "versions", index), version.disabled, rule.id)


def _unread_above(family: Sequence[Loaded]) -> Iterator[str]:
    """Yield the unread sources of the parents that something in force here is cited from."""
    if len(family) == 1:
        return
    for day in change_days(family):
        try:
            current = edition(family, day)
        except PfscoreError:
            continue  # reported with the edition
        words = [*current.terms.authority.values(), *(rule.authority for rule in current.rules)]
        for rule in current.rules:
            words += (authority(rule.layers[-1].loaded.ruleset, cite) for cite in rule.version.also or ())
        own = family[0].ruleset.ruleset
        yield from (word.source for word in words if word.ruleset != own and word.evidence not in _KNOWN)


def _stale(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield a warning where the compiled file beside the author's text was not compiled from it."""
    author = FilePath(loaded.document.source.name)
    built = author.with_suffix(".json")
    if author.suffix not in {".yaml", ".yml"} or not author.is_file() or not built.is_file():
        return
    if built.read_text(encoding="utf-8", errors="replace") != compiled(loaded):
        message = Message(f"“{built}” 不是由现在的内容编译的", f"'{built}' was not compiled from this text")
        hint = Message(f"pfscore compile {author} -o {built}", f"pfscore compile {author} -o {built}")
        yield Diagnostic("PF226", message, hint, Span(str(built)), severity=Severity.WARNING)


def _unfilled(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield what `pfscore new` left for the author to fill in."""
    return _blanks(loaded, loaded.document.data, ())


def _blanks(loaded: Loaded, data: Data, path: Path) -> Iterator[Diagnostic]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _blanks(loaded, value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _blanks(loaded, value, (*path, index))
    elif data is not None and data.startswith(BLANK):
        message = Message(f"还没有填写：{data.strip()[len(BLANK) :]}", f"not yet filled in: {path[-1]}")
        yield Diagnostic("PF233", message, None, loaded.span(path))


def _disabled(loaded: Loaded, path: Path, why: str, rule: str | None) -> Diagnostic:
    return Diagnostic(
        "PF246",
        Message(f"停用：{why}", f"disabled: {why}"),
        None,
        loaded.span((*path, "disabled"), rule=rule),
        severity=Severity.NOTE,
    )


#: The checks of a file that need neither an edition nor the results of its examples.
CHECKS: tuple[Callable[[Loaded], Iterator[Diagnostic]], ...] = (
    formula_problems,
    example_problems,
    uncited_numbers,
    _unfilled,
    _stale,
)


def change_days(family: Sequence[Loaded]) -> tuple[date, ...]:
    """Return the days on which something that is active changes, from the first day of `family[0]` on.

    A ruleset of which nothing is active yet is its parents'.
    """
    days = {day for loaded in family for day in _starts(loaded)}
    first = min(_starts(family[0]) or days, default=None)
    return tuple(sorted(day for day in days if first is not None and day >= first))


def _starts(loaded: Loaded) -> set[date]:
    ruleset = loaded.ruleset
    versions: list[FormVersion | RuleVersion] = [*ruleset.form]
    versions += [version for rule in ruleset.rules for version in rule.versions]
    active = [version for version in versions if version.disabled is None]
    days = {version.since for version in active} | {removed.since for removed in ruleset.removed}
    return days | {version.until for version in active if version.until is not None}


def in_order(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order problems by file and place, each once."""
    unique = {identity(one): one for one in problems}
    return tuple(sorted(unique.values(), key=lambda one: (_place(one), one.code)))


def identity(problem: Diagnostic) -> tuple[object, ...]:
    """Return what tells a problem from others: two checks may find the same one."""
    return problem.code, _place(problem), problem.message.zh


def _place(problem: Diagnostic) -> tuple[str, int, int]:
    span = problem.span
    return ("", 0, 0) if span is None else (span.source, span.line, span.column)
