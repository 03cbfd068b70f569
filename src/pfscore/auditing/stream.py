"""Audit any number of forms in constant memory: forms of one body that follow each other are held together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pfscore.auditing.finding import Finding
from pfscore.auditing.run import Wanted, audit_body
from pfscore.forms.form import Form
from pfscore.scoring.rules import Rules

#: The most forms that are kept at once to be held against each other.
MAX_BODY = 200


@dataclass(frozen=True, slots=True)
class Audited:
    """The forms of one body and year, and what was found in them."""

    forms: tuple[Form, ...]
    findings: tuple[Finding, ...]


def audit_stream(forms: Iterable[Form], rules: Callable[[Form], Rules | None], wanted: Wanted) -> Iterator[Audited]:
    """Audit forms as they come. Those of one body and year that follow each other are held against each other."""
    for members in _runs(forms):
        found = audit_body(members, [rules(form) for form in members], wanted)
        yield Audited(tuple(members), tuple(found))


def _runs(forms: Iterable[Form]) -> Iterator[list[Form]]:
    members: list[Form] = []
    for form in forms:
        if members and (len(members) >= MAX_BODY or not _same_body(members[-1], form)):
            yield members
            members = []
        members.append(form)
    if members:
        yield members


def _same_body(first: Form, second: Form) -> bool:
    return bool(first.organisation) and (first.organisation, first.year) == (second.organisation, second.year)
