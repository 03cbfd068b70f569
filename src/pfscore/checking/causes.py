"""One finding for each cause: what only follows from another finding about the same rule is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.rulesets.in_force import Loaded

#: What is wrong with the content of a rule, so that it is left out of the edition or does not score as it should.
_OF_CONTENT = frozenset(
    f"PF{number}" for number in (*range(205, 209), *range(211, 215), *range(217, 223), *range(229, 239))
)
#: What the examples of a rule show, and whether it applies at all.
_EXAMPLES = frozenset({"PF603", "PF604", "PF607"})
_FOLLOWS = _EXAMPLES | {"PF240"}
#: What proofs show, the cause before what may follow from it.
_PROOFS = ("PF251", "PF252", "PF250", "PF254", "PF253")


def causes_only(problems: Sequence[Diagnostic], loaded: Loaded) -> Iterator[Diagnostic]:
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
