"""The check of a ruleset before it scores a form: problems, examples and proofs, and of those one for each cause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path as FilePath

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
    causes = tuple(_causes_only(in_order(found), family[0]))
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
    for path, version, rule in ruleset.versions():
        if (why := version.disabled) is not None:
            span = loaded.span((*path, "disabled"), rule=rule)
            message = Message(f"停用：{why}", f"disabled: {why}")
            yield Diagnostic("PF246", message, None, span, severity=Severity.NOTE)


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
    active = [version for _, version, _ in loaded.ruleset.versions() if version.disabled is None]
    days = {version.since for version in active} | {removed.since for removed in loaded.ruleset.removed}
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


#: What is wrong with the content of a rule, so that it is left out of the edition or does not score as it should.
_OF_CONTENT = frozenset(
    f"PF{number}" for number in (*range(205, 209), *range(211, 215), *range(217, 223), *range(229, 239))
)
#: What the examples of a rule show, and whether it applies at all.
_EXAMPLES = frozenset({"PF603", "PF604", "PF607"})
_FOLLOWS = _EXAMPLES | {"PF240"}
#: What proofs show, the cause before what may follow from it.
_PROOFS = ("PF251", "PF252", "PF250", "PF254", "PF253")


def _causes_only(problems: Sequence[Diagnostic], loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield the findings about a file without those that another finding about the same rule explains.

    A rule whose content is wrong is not in the edition: that its examples fail, or that it never applies, says nothing
    more. Where two rules compete, or a rule never applies, its examples fail for that. A rule for every kind of target
    is wrong for several of them in several ways for one reason; a rule for several kinds, in one way. Examples
    that fail with the same code, or are all left to a person, fail for one reason.
    """
    rules = _Rules(loaded)
    groups: dict[int | None, list[Diagnostic]] = {}
    for one in problems:
        groups.setdefault(rules.index_of(one), []).append(one)
    competing = {index for one in problems if one.code == "PF242" for index in rules.indexes_of(one)}
    broken = any(one.code in _OF_CONTENT and one.severity is Severity.ERROR for one in problems)
    dropped: set[int] = set()
    for index, group in groups.items():
        if index is not None:
            wrong = _consequences(group, is_competing=index in competing, is_for_all=rules.is_for_all(index))
            dropped |= {id(one) for one in wrong}
    undeclared = any(one.code == "PF237" for one in problems)
    for one in problems:
        if undeclared and one.code == "PF603" and "（PF539）" in one.message.zh:
            continue  # the form of the example cannot state what nobody declares
        if id(one) in dropped or (one.code == "PF241" and broken):
            continue
        group = groups[rules.index_of(one)]
        hides_error = any(id(other) in dropped and other.severity is Severity.ERROR for other in group)
        # What is only a warning by itself does not hide that examples fail.
        yield replace(one, severity=Severity.ERROR) if one.code == "PF240" and hides_error else one


def _consequences(group: Sequence[Diagnostic], *, is_competing: bool, is_for_all: bool) -> Iterator[Diagnostic]:
    codes = {one.code for one in group}
    if any(one.code in _OF_CONTENT and one.severity is Severity.ERROR for one in group):
        yield from (one for one in group if one.code in _FOLLOWS or one.code in {*_PROOFS, "PF255"})
    elif is_competing:
        yield from (one for one in group if one.code in _FOLLOWS)
    elif "PF240" in codes:
        yield from (one for one in group if one.code in _EXAMPLES)
    failing: set[str] = set()
    for one in group:
        if one.code == "PF603" and (shown := _CODES.search(one.message.zh)) is not None:
            reason = shown[0].split(" ")[0]
            if reason in failing:
                yield one
            failing.add(reason)
    proofs = sorted(
        (one for one in group if one.code in _PROOFS),
        key=lambda one: (one.severity is not Severity.ERROR, _PROOFS.index(one.code)),
    )
    if is_for_all:
        yield from proofs[1:]
        return
    known = {_rows(one) for one in proofs if one.code in {"PF251", "PF252"}}
    said: set[str] = set()
    for one in proofs:
        # What is wrong in the same way for other rows of the rule is wrong for the same reason.
        what = _OF_ROWS.sub("", one.message.zh).partition("：")[0]
        if what in said or (one.code == "PF253" and _rows(one) in known):
            yield one
        said.add(what)


#: The codes of what the engine makes of an example, at the end of the message; or that a person has to decide.
_CODES = re.compile(r"（PF\d+(?:、PF\d+)*）$|；实为：(?:待评定|没有分值)[^（]*$")
#: For which rows a proof is, in its message.
_OF_ROWS = re.compile(r"（[^）]*）|也适用于[^，]*，")


def _rows(proof: Diagnostic) -> str:
    """Return which rule for which rows a proof is about, as its message begins."""
    return proof.message.zh.partition("）")[0]


class _Rules:
    """Which rule of a file a finding is about, by its line."""

    def __init__(self, loaded: Loaded) -> None:
        self._source = loaded.document.source.name
        self._rules = loaded.ruleset.rules
        self._starts = [loaded.document.span(("rules", index)).line for index in range(len(self._rules))]
        self._known = {rule.id: index for index, rule in reversed(list(enumerate(self._rules)))}

    def index_of(self, problem: Diagnostic) -> int | None:
        """Return the place of the rule; `None` for what is about no rule of the file."""
        span = problem.span
        if span is None or span.source != self._source:
            return None
        if span.rule in self._known:
            return self._known[span.rule]
        index = bisect_right(self._starts, span.line) - 1
        return index if index >= 0 and span.line >= self._starts[0] else None

    def indexes_of(self, problem: Diagnostic) -> Iterator[int]:
        """Yield the places of the rule and of those that are shown beside it."""
        spans = [problem.span, *(span for _, span in problem.related)]
        yield from (self._known[span.rule] for span in spans if span is not None and span.rule in self._known)

    def is_for_all(self, index: int) -> bool:
        """Return whether a rule does not say for which kinds of targets it is."""
        applies = self._rules[index].applies
        fixed = any(version.target is not None for version in self._rules[index].versions)
        return not fixed and (applies is None or (applies.comparator is None and applies.row == "indicator"))
