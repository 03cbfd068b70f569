"""Counts over many forms: findings by code, severity, region and year; it holds no form and no finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pfscore.auditing.finding import Finding
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Severity


class Tally:
    """The running counts of an audit."""

    def __init__(self) -> None:
        self.forms = 0
        self.clean = 0
        self.accepted = 0
        self.codes: Counter[str] = Counter()
        self.severities: Counter[Severity] = Counter()
        self.regions: Counter[str] = Counter()
        self.years: Counter[str] = Counter()

    def add(self, forms: Iterable[Form], findings: Iterable[Finding]) -> None:
        """Count forms and their findings."""
        marked = set()
        for finding in findings:
            marked.add(finding.form)
            self.codes[finding.code] += 1
            self.severities[finding.severity] += 1
            self.regions[finding.region or "—"] += 1
            self.years["—" if finding.year is None else str(finding.year)] += 1
        for form in forms:
            self.forms += 1
            self.clean += form.title not in marked

    @property
    def has_errors(self) -> bool:
        """Whether a finding was an error."""
        return self.severities[Severity.ERROR] > 0

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain JSON data."""
        return {
            "forms": self.forms,
            "clean": self.clean,
            "accepted": self.accepted,
            "severity": {severity.value: self.severities[severity] for severity in Severity},
            "code": dict(sorted(self.codes.items())),
            "region": dict(sorted(self.regions.items())),
            "year": dict(sorted(self.years.items())),
        }
